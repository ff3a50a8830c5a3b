"""Bring lists up to date from the files of their publishers, in a folder or online, with checks.

A file that is empty, larger than any list, unreadable, unchanged, or that shrinks a list by more
than a tenth is not taken; why is told, and the version before it stays. What is taken is an import
like any other, with its day and its checksum.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator

from detente._shapes import NamedTuple
from detente.core.figures import counted
from detente.core.vocabulary import one_of
from detente.parties.lists.lists import guess_format, read_list
from detente.parties.lists.model import ListReading
from detente.parties.screening.importing import Difference, keep_reading
from detente.parties.screening.store import all_versions, open_built_in, update_sources
from detente.store.fetching import fetch_newer
from detente.store.home import home
from detente.store.whole import write_whole

TAGS = "fetched.tsv"
"""In the user's folder: by address, the state that the publisher gave the file last taken."""

NEVER_LISTS = ("ftm", "bods", "gleif", "gleif-xml", "lei", "lei-xml", "csv")
"""Formats in a folder that are no list of an authority, and are passed over."""


SUFFIXES = (".json", ".csv", ".xml", ".txt", ".zip", ".gz")
"""How files of lists are called; one of another name that is empty or no list is not told of."""

STATED = ".sha256"
"""Behind the name of a file: the checksum that it must have, as `sha256sum` writes it."""


class Update(NamedTuple):
    """What became of one file.

    Attributes:
        file: its name.
        sha256: of its content; empty where it was not read.
        changes: what changed, by list; empty where nothing was taken.
        refused: why it was not taken; empty where it was.
        unchanged: it is what was taken before.
        notes: what else must be told of it: rows that were not understood, and what counts no
            longer.
    """

    file: str
    sha256: str
    changes: dict[str, Difference]
    refused: str
    unchanged: bool = False
    notes: tuple[str, ...] = ()


def from_folder(
    folder: str,
    lists: Collection[str] = (),
    day: str | None = None,
    dry_run: bool = False,
    today: str = "",
) -> Iterator[Update]:
    """Take the files of a folder that are lists of an authority.

    Args:
        folder: where they stand.
        lists: short names of those that are wanted; all where empty.
        day: ISO, of files that do not say theirs.
        dry_run: say what would change, and keep nothing.
        today: ISO day after which no file can be; "" to take any.

    Raises:
        ValueError: the folder is none, or holds no such file.
    """
    if not os.path.isdir(folder):
        raise ValueError(f"{folder} is not a folder: name the one with the files of the publishers")
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    files = [path for path in paths if os.path.isfile(path) and not _is_beside(path)]
    found = [path for path in files if _may_be_list(path)]
    if not found:
        raise ValueError(f"{folder} holds no file that begins like a list of an authority")
    for path in found:
        yield _taken(path, lists, day, dry_run, today)
    for path in files:
        if path not in found and path.casefold().endswith(SUFFIXES):
            words = "it begins like no list of an authority, and was passed over"
            yield Update(os.path.basename(path), "", {}, words, True)


def online(
    lists: Collection[str] = (), day: str | None = None, dry_run: bool = False, today: str = ""
) -> Iterator[Update]:
    """Fetch the files from their publishers and take them; arguments as in `from_folder`.

    Raises:
        ValueError: none of the lists has an address from which it can be fetched.
    """
    database = open_built_in()
    sources = list(update_sources(database))
    database.close()
    known = sorted({code for each in sources for code in each.lists})
    for code in lists:
        if code not in known:
            raise ValueError(
                f"no address is known from which {code} could be fetched: {one_of(code, known)}; "
                "a file of another list is taken with `detente lists import FILE`"
            )
    sources = [each for each in sources if not lists or set(lists) & set(each.lists)]
    for source in sources:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, source.file)
            came = fetch_newer(source.address, path, _tag(source.address))
            if came.wrong:
                yield Update(source.file, "", {}, came.wrong)
            elif came.unchanged:
                words = "its publisher still has the file that was taken before: nothing changed"
                yield Update(source.file, "", {}, words, True)
            else:
                taken = _taken(path, lists, day, dry_run, today)
                # Where it was fetched to is gone by the time that anybody reads of it.
                taken = taken._replace(refused=taken.refused.replace(path, source.address))
                # A file that was refused has to come again, so its state must not be remembered.
                if came.tag and not dry_run and (taken.unchanged or not taken.refused):
                    _keep_tag(source.address, came.tag, taken.sha256)
                yield taken


def _tags() -> dict[str, tuple[str, str]]:
    """By address, the state of the file that was taken and the checksum of that file."""
    try:
        with open(os.path.join(home(), TAGS), encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
    except FileNotFoundError:
        return {}
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 3}


def _tag(address: str) -> str:
    """The state of a file that was taken and is still held; "" where there is none."""
    tag, digest = _tags().get(address, ("", ""))
    # The version may have been removed since; its state would then keep it away for ever.
    return tag if any(each.sha256 == digest for each in all_versions()) else ""


def _keep_tag(address: str, tag: str, digest: str) -> None:
    rows = {**_tags(), address: (tag, digest)}
    text = "".join(f"{where}\t{state}\t{of}\n" for where, (state, of) in rows.items())
    write_whole(os.path.join(home(), TAGS), text.encode())


def _may_be_list(path: str) -> bool:
    """Whether a file is to be taken, or to be told of since it is empty."""
    empty = os.path.getsize(path) == 0 and path.casefold().endswith(SUFFIXES)
    return empty or _is_list(path)


def _is_beside(path: str) -> bool:
    """Whether a file is read beside the one that it belongs to: further names, a checksum."""
    name = os.path.basename(path).casefold()
    marks = ("alt.", "add.", "comments.", "_alt", "_add")
    return name.endswith(STATED) or any(mark in name for mark in marks)


def _is_list(path: str) -> bool:
    """Whether a file begins like a list of an authority."""
    try:
        return guess_format(path) not in NEVER_LISTS
    except ValueError:
        return False


def _taken(path: str, lists: Collection[str], day: str | None, dry_run: bool, today: str) -> Update:
    name = os.path.basename(path)
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if wrong := _wrong_checksum(path, digest):
        return Update(name, digest, {}, wrong)
    try:
        reading = read_list(path)
    except ValueError as error:
        return Update(name, digest, {}, str(error))
    held = dict.fromkeys(entry.list for entry in reading.entries)
    if lists and held.keys().isdisjoint(lists):
        return Update(name, digest, {}, f"it holds {', '.join(held)}, which is not asked for")
    if any(each.sha256 == digest for each in all_versions()):
        words = "it is the file that was taken before: nothing changed"
        return Update(name, digest, {}, words, True)
    try:
        stated = reading.source_date[:10] or day
        kept, changes = keep_reading(path, reading, stated, None, dry_run, today=today)
    except ValueError as error:
        return Update(name, digest, {}, str(error))
    return Update(name, digest, changes, "", notes=(*_lost(reading), *kept.notes))


def _lost(reading: ListReading) -> Iterator[str]:
    """Of the rows that were not understood how many there are, and the first, as a sentence."""
    if lost := reading.not_understood:
        yield f"{counted(len(lost), 'row was', 'rows were')} not understood: {lost[0]}"


def _wrong_checksum(path: str, digest: str) -> str:
    """Why a file is not the one whose checksum stands beside it; "" where none does, or it is."""
    try:
        with open(path + STATED, encoding="utf-8") as file:
            stated = file.read(1000).split()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    if stated and stated[0].casefold() == digest:
        return ""
    return (
        f"its SHA-256 is {digest[:12]}…, which is not what {os.path.basename(path)}{STATED} says: "
        "download it again"
    )
