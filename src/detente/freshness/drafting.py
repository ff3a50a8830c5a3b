"""Drafts as files, for each new document, from the texts that lie beside the answers."""

from __future__ import annotations

import re
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.freshness.drafts import (
    ENTRY_COLUMNS,
    LineChange,
    edition_changes,
    listed_entries,
    order_draft,
)
from detente.freshness.found import FormatError, plain
from detente.store.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.freshness.answers import Fetcher
    from detente.freshness.touching import Touching
    from detente.freshness.watch_answer import UnreadRow
    from detente.register.book import Register


def write_drafts(
    register: Register,
    unread: Iterable[UnreadRow],
    touching: Touching,
    saved: Path | None,
    target: Path,
    reader: Fetcher | None = None,
) -> list[str]:
    """Write a draft for each document that an index lists and the register does not know.

    Args:
        register: the register.
        unread: rows of the answer of a look.
        touching: looks names up.
        saved: a folder with texts, ``NUMBER.txt``, ``NUMBER.xml``, and exports, ``NUMBER.json``.
        target: a folder, which must be there.
        reader: fetches a text that is not saved; None where nothing is fetched.

    Returns:
        The names of the files that were written.
    """
    names: list[str] = []
    for row in unread:
        if row["known"]:
            continue
        stem = file_name(row["document"])
        if row["topic"] == "edition":
            names += _edition(register, row, saved, target, stem)
            continue
        text = _text(saved, stem) or _fetched(row, stem, reader)
        xml = saved / f"{stem}.xml" if saved else None
        if xml is not None and xml.is_file():
            text = text or plain(xml.read_text(encoding="utf-8"))
            names += _entries(xml, target, stem)
        area = next((each for each in row["areas"]), "us/control")
        texts = (row["title"], row["citation"] or row["document"], row["url"] or "")
        touches = touching.of(f"{row['title']} {text}")
        draft = order_draft(area, *texts, row["published"] or "", text, touches)
        write_whole(target / f"{stem}.yaml", draft.encode())
        names.append(f"{stem}.yaml")
    return names


def file_name(number: str) -> str:
    """A document's number as the name of a file."""
    # The number comes from outside, and must name a file of the folder and no other place.
    return re.sub(r"[^\w.-]+", "-", number).strip("-")[:80]


def _fetched(row: UnreadRow, stem: str, reader: Fetcher | None) -> str:
    """The plain text of a document from its publisher; "" where it does not come.

    A draft without it says so: it quotes nothing.
    """
    address = row.get("text_url")
    if reader is None or not address:
        return ""
    try:
        return plain(reader(f"{stem}.txt", address))
    except (OSError, FormatError):
        return ""


def _text(saved: Path | None, stem: str) -> str:
    """The plain text of a document, where it is at hand."""
    for suffix in (".txt", ".md", ".html"):
        path = saved / f"{stem}{suffix}" if saved else None
        if path is not None and path.is_file():
            return plain(path.read_text(encoding="utf-8", errors="replace"))
    return ""


def _edition(
    register: Register, row: UnreadRow, saved: Path | None, target: Path, stem: str
) -> list[str]:
    """What a new edition changes, where its export lies beside the answers."""
    from detente.goods.schedule import Schedule

    export = saved / f"{stem}.json" if saved else None
    if export is None or not export.is_file():
        return []
    changes = edition_changes(register, Schedule(), export)
    lines = ["\t".join(LineChange._fields), *("\t".join(each) for each in changes)]
    write_whole(target / f"{stem}-lines.tsv", "".join(f"{line}\n" for line in lines).encode())
    return [f"{stem}-lines.tsv"]


def _entries(xml: Path, target: Path, stem: str) -> list[str]:
    try:
        entries = listed_entries(xml.read_text(encoding="utf-8"))
    except FormatError:
        return []
    if not entries:
        return []
    lines = ["\t".join(ENTRY_COLUMNS), *("\t".join(each) for each in entries)]
    write_whole(target / f"{stem}-entries.tsv", "".join(f"{line}\n" for line in lines).encode())
    return [f"{stem}-entries.tsv"]
