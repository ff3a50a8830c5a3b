"""Bring lists up to date from the files of their publishers, in a folder or online, with checks.

A file that is empty, larger than any list, unreadable, unchanged, or that shrinks a list by more
than a tenth is not taken; why is told, and the version before it stays. What is taken is an import
like any other, with its day and its checksum.

A file that was fetched on a later day than it is of settles the days between, and so does somebody
who compares a list with its publisher's; see `compared`.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Collection, Iterator

from detente._shapes import NamedTuple
from detente.core.clock import day_number
from detente.core.figures import counted
from detente.core.vocabulary import one_of, refuse
from detente.parties.lists.compared import ComparedList, comparisons, keep, withdraw
from detente.parties.lists.listed_days import is_day
from detente.parties.lists.lists import guess_format, is_by_day, read_list
from detente.parties.lists.model import ListReading
from detente.parties.lists.readers.common import NAME_ITS_FORMAT
from detente.parties.lists.versions import Counting, counting, is_of, state_of
from detente.parties.screening.importing import Difference, keep_reading
from detente.parties.screening.store import all_versions, open_built_in, open_user, update_sources
from detente.store.fetching import Fetched, fetch_newer
from detente.store.home import home
from detente.store.whole import write_whole

TAGS = "fetched.tsv"
"""In the user's folder: by address, the state that the publisher gave the file last taken."""

NEVER_LISTS = ("ftm", "bods", "gleif", "gleif-xml", "lei", "lei-xml", "csv")
"""Formats in a folder that are no list of an authority, and are passed over."""


SUFFIXES = (".json", ".csv", ".xml", ".txt", ".html", ".htm", ".zip", ".gz")
"""How files of lists are called; one of another name that is empty or no list is not told of."""

DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)")
"""A day in an address."""

_ADVICE = re.compile(rf"[.,:;]?(?: and)? {re.escape(NAME_ITS_FORMAT)}.*", re.I | re.S)
"""What is said of an option that an update does not have."""

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


UPDATING = "detente lists update"
"""Who compared, where a file was fetched."""


class UpdateRequest(NamedTuple):
    """What is asked of an update.

    Attributes:
        lists: short names of those that are wanted; all where empty.
        day: ISO, of files that do not say theirs; None where nobody says.
        fetched: ISO day on which the files were fetched from their publishers; "" where nobody
            says.
        dry_run: say what would change, and keep nothing.
        today: ISO day after which no file can be; "" to take any.
    """

    lists: Collection[str] = ()
    day: str | None = None
    fetched: str = ""
    dry_run: bool = False
    today: str = ""


ALL_FILES = UpdateRequest()
"""Every list, of the day that its file says."""


def from_folder(folder: str, asked: UpdateRequest = ALL_FILES) -> Iterator[Update]:
    """Take the files of a folder that are lists of an authority.

    Args:
        folder: where they stand.
        asked: what is asked.

    Raises:
        ValueError: the folder is none, or holds no such file; the day of fetching has not come.
    """
    _check_past(asked.fetched, asked.today)
    if not os.path.isdir(folder):
        raise ValueError(
            f"{folder} is not a folder: name the one with the files of the publishers, or an "
            "address that begins with https://"
        )
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder))]
    files = [path for path in paths if os.path.isfile(path) and not _is_beside(path)]
    found = [path for path in files if _may_be_list(path)]
    if not found:
        raise ValueError(f"{folder} holds no file that begins like a list of an authority")
    for path in found:
        yield _taken(path, asked, os.path.basename(path))
    for path in files:
        if path not in found and path.casefold().endswith(SUFFIXES):
            words = "it begins like no list of an authority, and was passed over"
            yield Update(os.path.basename(path), "", {}, words, True)


def online(asked: UpdateRequest = ALL_FILES) -> Iterator[Update]:
    """Fetch the files from their publishers and take them.

    Raises:
        ValueError: none of the lists has an address from which it can be fetched.
    """
    database = open_built_in()
    sources = list(update_sources(database))
    database.close()
    known = sorted({code for each in sources for code in each.lists})
    for code in asked.lists:
        if code not in known:
            raise ValueError(
                f"no address is known from which {code} could be fetched: {one_of(code, known)}; "
                "a file of another list is taken with `detente lists import FILE`"
            )
    for source in sources:
        if not asked.lists or set(asked.lists) & set(source.lists):
            yield from_address(source.address, asked, source.file)


def from_address(address: str, asked: UpdateRequest = ALL_FILES, file: str = "") -> Update:
    """Fetch one file and take it.

    Args:
        address: https, or http on this machine.
        asked: what is asked.
        file: how to call it; "" for the last part of the address.
    """
    file = file or os.path.basename(address.partition("?")[0].rstrip("/")) or "list"
    tag, held = _known_state(address)
    asked = _asked_of(address, asked)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, file)
        came = fetch_newer(address, path, tag)
        if came.wrong:
            return Update(file, "", {}, came.wrong)
        if came.unchanged:
            words = "its publisher still has the file that was taken before: nothing changed"
            return Update(file, "", {}, words, True, _settled(held, address, asked))
        taken = _taken(path, asked, address)
        # Where it was fetched to is gone by the time that anybody reads of it.
        taken = taken._replace(refused=taken.refused.replace(path, address))
        _remember(address, came, taken, asked)
        return taken


def _asked_of(address: str, asked: UpdateRequest) -> UpdateRequest:
    """What is asked of an address: of the day that stands in it, else of the day of fetching."""
    days = [each for each in DAY.findall(address) if is_day(each)]
    if len(days) == 1:
        return asked._replace(day=asked.day or days[0])
    return asked._replace(fetched=asked.fetched or asked.today)


def _remember(address: str, came: Fetched, taken: Update, asked: UpdateRequest) -> None:
    # A file that was refused has to come again, so its state must not be remembered.
    if came.tag and not asked.dry_run and (taken.unchanged or not taken.refused):
        _keep_tag(address, came.tag, taken.sha256)


def _tags() -> dict[str, tuple[str, str]]:
    """By address, the state of the file that was taken and the checksum of that file."""
    try:
        with open(os.path.join(home(), TAGS), encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
    except FileNotFoundError:
        return {}
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 3}


def _known_state(address: str) -> tuple[str, str]:
    """The state and the checksum of a file that was taken and is still held; "" for none."""
    tag, digest = _tags().get(address, ("", ""))
    # The version may have been removed since; its state would then keep it away for ever.
    return (tag, digest) if any(each.sha256 == digest for each in all_versions()) else ("", "")


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


def _taken(path: str, asked: UpdateRequest, place: str) -> Update:
    """Take a file; ``place`` is where it is from, in words."""
    name = os.path.basename(path)
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if wrong := _wrong_checksum(path, digest):
        return Update(name, digest, {}, wrong)
    try:
        reading = read_list(path)
    except ValueError as error:
        return Update(name, digest, {}, _in_update(str(error)))
    stated = reading.source_date[:10] or asked.day or ""
    if early := _fetched_before(stated, asked.fetched):
        return Update(name, digest, {}, early)
    held = dict.fromkeys(entry.list for entry in reading.entries)
    if asked.lists and held.keys().isdisjoint(asked.lists):
        return Update(name, digest, {}, f"it holds {', '.join(held)}, which is not asked for")
    if any(each.sha256 == digest for each in all_versions()):
        words = "it is the file that was taken before: nothing changed"
        return Update(name, digest, {}, words, True, _settled(digest, place, asked))
    try:
        by_day = is_by_day(reading.format)
        day = stated or ("" if by_day else asked.fetched) or None
        kept, changes = keep_reading(
            path, reading, day, None, asked.dry_run, history=by_day, today=asked.today
        )
    except ValueError as error:
        return Update(name, digest, {}, str(error))
    settled = _settled(digest, place, asked)
    beside = [each for each in changes if asked.lists and each not in asked.lists]
    told = [f"{', '.join(beside)}: in the same file, and taken with what is asked for"]
    notes = (*(told if beside else ()), *_lost(reading), *kept.notes, *settled)
    return Update(name, digest, changes, "", notes=notes)


def _in_update(fault: str) -> str:
    """Why a file was not read, where nobody can name its format."""
    words = _ADVICE.sub("", fault)
    if words == fault:
        return fault
    return (
        f"{words}; if it is a page that says why nothing was sent, save the file in a browser; "
        "`detente lists import FILE --format NAME` takes one whose format you know"
    )


def _settled(digest: str, place: str, asked: UpdateRequest) -> tuple[str, ...]:
    """Keep that a file that is held was its publisher's on the day of fetching, and tell it."""
    if asked.dry_run or not asked.fetched:
        return ()
    by_day: dict[str, list[str]] = {}
    with open_user() as database:
        for name, each in counting(all_versions(), None, comparisons(database)).items():
            own = any(
                version.sha256 == digest and not is_by_day(version.format)
                for version in each.versions
            )
            if own and asked.fetched > each.through:
                keep(database, _comparison(name, each, asked.fetched, UPDATING, place))
                by_day.setdefault(each.day, []).append(name)
    database.close()
    return tuple(
        f"{', '.join(names)} of {day}: what its publisher has on {asked.fetched} too"
        for day, names in sorted(by_day.items())
    )


def _comparison(name: str, held: Counting, through: str, by: str, against: str) -> ComparedList:
    return ComparedList(name, held.day, state_of(held.versions), through, by, against)


def confirm(
    codes: Collection[str], day: str, by: str, against: str, today: str, dry_run: bool = False
) -> list[ComparedList]:
    """Keep that lists, as they are held, are what their publishers have on a day.

    Args:
        codes: short names of the lists, in any case.
        day: ISO day on which they were compared.
        by: who compared.
        against: what they were compared with, in words.
        today: the clock's day; none after it can be confirmed.
        dry_run: keep nothing.

    Returns:
        What was kept, one a list.

    Raises:
        UnknownWordError: a list is not at hand.
        ValueError: the day is not one, lies before the day of a list or has not come; nobody is
            named, or nothing to compare with.
    """
    if not by.strip() or not against.strip():
        raise ValueError("say who compared (--by) and with what (--against)")
    if not is_day(day):
        raise ValueError(f"{day!r} is not a day: name the one on which the list was compared")
    _check_past(day, today)
    kept = []
    for name, held in _at_hand(codes):
        if day < held.day:
            raise ValueError(
                f"{name} is held as of {held.day}: what its publisher had on {day} says nothing "
                "of the days since"
            )
        kept.append(_comparison(name, held, day, by.strip(), against.strip()))
    if not dry_run:
        with open_user() as database:
            for each in kept:
                keep(database, each)
        database.close()
    return kept


def unconfirm(codes: Collection[str], dry_run: bool = False) -> list[ComparedList]:
    """Take back that lists were compared, by `confirm` or by an update.

    Returns:
        What was taken back.

    Raises:
        UnknownWordError: a list is not at hand.
        ValueError: a list was not compared.
    """
    gone = []
    with open_user() as database:
        held = comparisons(database)
        for name, each in _at_hand(codes):
            own = [one for one in held if one.list == name and is_of(one, each)]
            if not own:
                raise ValueError(f"{name} of {each.day} was not compared: nothing to take back")
            gone += own
        for one in gone if not dry_run else ():
            withdraw(database, one)
    database.close()
    return gone


def _at_hand(codes: Collection[str]) -> Iterator[tuple[str, Counting]]:
    """What counts of some lists today, by short name."""
    found = counting(all_versions(), None)
    by_case = {name.casefold(): name for name in found}
    for code in dict.fromkeys(codes):
        name = by_case.get(code.casefold())
        if name is None:
            raise refuse(code, sorted(found), "a list that is held", "list")
        yield name, found[name]


def _check_past(day: str, today: str) -> None:
    """Refuse a day that has not come; a publisher may be a day ahead of whoever reads it."""
    if day and today and day_number(day) > day_number(today) + 1:
        raise ValueError(f"{day} has not come: nobody has seen yet what a publisher has then")


def _fetched_before(stated: str, fetched: str) -> str:
    """Why a file of a day cannot have been fetched on another; "" where it can, or nobody says.

    A publisher may be a day ahead of whoever fetches.
    """
    if not (is_day(stated) and fetched) or day_number(stated) <= day_number(fetched) + 1:
        return ""
    return (
        f"it is of {stated}, and nobody can have fetched it on {fetched}: name the day on which it "
        "was fetched with --fetched"
    )


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
