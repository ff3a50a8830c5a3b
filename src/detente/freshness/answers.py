"""The answers of the official indexes: fetched, or saved in a folder, and read with checks.

What is not seen whole is a fault that is told, never an empty list: a silent server, a half file,
another format, an answer to another question, a list that lost documents, and a gap between what an
index still lists and what was known before.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import sleep
from urllib.parse import urljoin, urlsplit

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.freshness.formats import FORMATS
from detente.freshness.found import FormatError, IndexedDocument, IndexPage
from detente.freshness.known import Known
from detente.store.fetching import fetch
from detente.store.whole import write_whole

if TYPE_CHECKING:
    from detente.register.documents import Document, Watched

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of the largest answer of an index."""

PAGES = 40
"""Pages of one answer that are followed at most."""

WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "ascii": "utf-8"}
"""Character sets that pages name, by those that hold all that such pages really write."""

PAUSE = 1.0
"""Seconds between two requests to one publisher."""

ROLLING = ("feed", "bulletins", "links")
"""Formats that list the latest alone: what lies between the day asked and the oldest is not seen,
unless the list still has a document that was known."""


class AnswerCompared(NamedTuple):
    """What became of one answer.

    Attributes:
        watched: which answer.
        found: the documents that it lists, those before the first day asked left out.
        fault: why it was not seen whole; "" where it was.
        passed: how many were passed over, since they do not fit ``only``.
        newest: the newest day that it lists; "" where it lists none.
    """

    watched: Watched
    found: tuple[IndexedDocument, ...]
    fault: str
    passed: int
    newest: str


Fetcher = Callable[[str, str], str]
"""Gives the text of a page: of the file name of an answer and its address; raises OSError."""


def from_folder(folder: str) -> Fetcher:
    """Answers saved in a folder, by the names of the settings; further pages as ``NAME.2``.

    Raises:
        ValueError: the folder is none.
    """
    if not os.path.isdir(folder):
        raise ValueError(f"{folder} is not a folder: name the one with the saved answers")

    def read(name: str, address: str) -> str:
        path = Path(folder, name)
        if not path.is_file():
            raise FileNotFoundError("no saved answer")
        if path.stat().st_size > LARGEST_ANSWER:
            raise OSError(f"larger than {LARGEST_ANSWER} bytes")
        return decoded(path.read_bytes())

    return read


def from_addresses(
    base: str = "", seconds: float = 60, pause: float = PAUSE, save: str = ""
) -> Fetcher:
    """Answers fetched from their publishers, or from one address that serves them all.

    Args:
        base: an address under which every answer stands by its file name; "" for the publishers.
        seconds: how long a server may be silent.
        pause: seconds between two requests, and before another try.
        save: a folder in which each answer is kept as it came, for ``from_folder``; "" for none.
    """

    def read(name: str, address: str) -> str:
        where = f"{base.rstrip('/')}/{name}" if base else address
        if not base:
            sleep(pause)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "answer")
            wrong = fetch(where, path, LARGEST_ANSWER, seconds, pause)
            if wrong:
                raise OSError(wrong)
            body = Path(path).read_bytes()
        if save:
            os.makedirs(save, exist_ok=True)
            write_whole(os.path.join(save, name), body)
        return decoded(body)

    return read


def decoded(body: bytes) -> str:
    """The text of an answer, in the character set that it names, or else UTF-8.

    Raises:
        FormatError: it is not such a text; read otherwise, its titles would be other titles.
    """
    # A byte order mark that is read as ASCII comes out as replacement characters.
    head = body[:2048].decode("ascii", errors="replace").lstrip("\ufffd \r\n\t")
    stated = re.search(r"""(?:charset|encoding)\s*=\s*["']?([\w-]+)""", head, re.IGNORECASE)
    # Markup alone names its character set; in JSON such words may be those of any text.
    named = stated[1].casefold() if stated and head.startswith("<") else "utf-8"
    charset = WIDER.get(named, named)
    try:
        return body.decode("utf-8-sig" if charset in ("utf-8", "utf8") else charset)
    except (LookupError, UnicodeDecodeError) as error:
        raise FormatError(f"its text is not in {charset}: {error}") from error


def see(
    watched: Watched,
    read: Fetcher,
    known: Known,
    since: str,
    documents: list[Document],
    until: str = "",
) -> AnswerCompared:
    """Read one answer with all its pages.

    Args:
        watched: which one.
        read: gives the text of a page.
        known: the documents of the register.
        since: the first day that is asked for, ISO.
        documents: all that the register knows.
        until: the last day that is asked for, ISO; "" for today.
    """
    until = until or date.today().isoformat()
    try:
        rows, count = _pages(watched, read, since, known, until)
    except FileNotFoundError:
        return AnswerCompared(watched, (), "no saved answer of it", 0, "")
    except (OSError, FormatError) as error:
        return AnswerCompared(watched, (), str(error), 0, "")
    fault = ""
    newest = max((row.published for row in rows), default="")
    if count is not None and len(rows) < count:
        fault = f"half of a list: {len(rows)} of {count} documents came"
    oldest = min((row.published for row in rows if row.published), default="9999")
    if not fault and watched.least:
        fault = _shrunken(rows, known, watched, documents, oldest)
    if not fault and watched.format in ROLLING and not _reaches(watched, rows, since, known):
        fault = f"it begins on {oldest}: what was listed from {since} to then was not seen"
    rows = [row._replace(address=_absolute(watched, row.address)) for row in rows]
    fits = [row for row in rows if _fits(watched, row)]
    found = tuple(row for row in fits if not row.published or row.published >= since)
    return AnswerCompared(watched, found, fault, len(rows) - len(fits), newest)


def _reaches(watched: Watched, rows: list[IndexedDocument], since: str, known: Known) -> bool:
    """Whether a list of the latest reaches back to the day asked, or to what was known.

    A known document in its midst proves nothing: somebody may have recorded a late one first.
    """
    dated = [row for row in rows if row.published]
    oldest = min((row.published for row in dated), default="9999")
    if oldest <= since:
        return True
    return any(known.find(watched.source, row) for row in dated if row.published == oldest)


def _absolute(watched: Watched, address: str) -> str:
    """An address as a page has it, from where the page stands."""
    return urljoin(watched.address, address) if address else ""


def _fits(watched: Watched, row: IndexedDocument) -> bool:
    words = f"{row.title} {row.text}"
    return not watched.only or re.search(watched.only, words, re.IGNORECASE) is not None


def _pages(
    watched: Watched, read: Fetcher, since: str, known: Known, until: str
) -> tuple[list[IndexedDocument], int | None]:
    """The documents of all pages, and how many there should be.

    Further pages are followed on the same host alone, and none twice.
    """
    waiting = _first_pages(watched, since, until)
    host, met = urlsplit(waiting[0]).netloc, set(waiting)
    rows: list[IndexedDocument] = []
    count: int | None = None
    for number in range(1, PAGES + 1):
        try:
            name = watched.file if number == 1 else f"{watched.file}.{number}"
            listing = _page(watched, read(name, waiting.pop(0)))
        except FileNotFoundError:
            if number == 1:
                raise
            return rows, count
        following = listing.following or _further(watched, number, rows, listing, since, known)
        rows += listing.found
        count = listing.total if count is None else count
        # A page that names one before it as the next would be read without end.
        if following and following not in met and (count is None or len(rows) < count):
            # An answer must not be able to send its reader to hosts of its own choosing.
            if urlsplit(following).netloc != host:
                raise FormatError(f"its next page lies on another host: {following}")
            met.add(following)
            waiting.append(following)
        if not waiting:
            return rows, count
    raise FormatError(f"it has more than {PAGES} pages: ask for fewer days with --since")


def _first_pages(watched: Watched, since: str, until: str) -> list[str]:
    """The address of an answer; of one that stands by year, that of each year."""
    address = watched.address.replace("{since}", since)
    years = range(int(since[:4]), max(int(since[:4]), int(until[:4])) + 1)
    return list(dict.fromkeys(address.replace("{year}", str(year)) for year in years))


def _further(
    watched: Watched,
    number: int,
    rows: list[IndexedDocument],
    listing: IndexPage,
    since: str,
    known: Known,
) -> str:
    """The address of the page after one, where the list has not yet reached back far enough."""
    described = {row.id for row in rows}
    new = any(row.id not in described for row in listing.found)
    if not watched.further or not new or _reaches(watched, listing.found, since, known):
        return ""
    page = watched.further.replace("{page}", str(number + 1))
    return page.replace("{before}", str(number))


def _page(watched: Watched, text: str) -> IndexPage:
    if not text.strip():
        raise FormatError("an empty answer came")
    listing = FORMATS[watched.format](text)
    if watched.expect and watched.expect.casefold() not in listing.description.casefold():
        raise FormatError(
            f"it answers another question: {listing.description!r} does not name {watched.expect!r}"
        )
    return listing


def _shrunken(
    rows: list[IndexedDocument],
    known: Known,
    watched: Watched,
    documents: list[Document],
    oldest: str,
) -> str:
    """That a list of everything lost documents that it had, or ""."""
    if len(rows) < watched.least:
        return f"it has shrunk: {len(rows)} where at least {watched.least} stood"
    listed = {document.id for row in rows if (document := known.find(watched.source, row))}
    had = {e.id for e in documents if e.source == watched.source and e.published >= oldest}
    lost = sorted(had - listed)
    more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
    return f"it has shrunk: {', '.join(lost[:3])}{more} stood in it" if lost else ""
