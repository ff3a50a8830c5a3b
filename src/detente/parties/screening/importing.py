"""Keep lists from files, and take them out again.

A version is kept by its list, its day and its source, so that one file of a day never destroys
another; what counts then is said in `versions`. Either step can be tried without being done.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from detente._shapes import NamedTuple
from detente.core.clock import day_number
from detente.core.collector import without_collector
from detente.core.figures import counted
from detente.core.watched import watching
from detente.parties.lists.as_held import as_held
from detente.parties.lists.end_days import with_end_days
from detente.parties.lists.keys import key_of, same_entries
from detente.parties.lists.listed_days import is_changed, is_day, with_first_days
from detente.parties.lists.lists import PLAIN_TABLE, is_register, is_told_as_held, read_list
from detente.parties.lists.model import (
    CHINESE,
    OFFICIAL,
    ListedEntry,
    ListReading,
    Name,
)
from detente.parties.lists.readers.common import BREAKS_OFF, once
from detente.parties.lists.standing import LISTED, NOT_LISTED, standing_of
from detente.parties.lists.versions import Counting, Version, counting, versions_of
from detente.parties.names.names import NameTables, parts, squashed
from detente.parties.screening.listed.addresses import CALLED, is_untold
from detente.parties.screening.listed.entries import members
from detente.parties.screening.listed.index import (
    WORTH_READING,
    NamesRead,
    add_version,
    build_postings,
    entries_called,
    entry_of,
    read_anew,
    reading_of,
    told_person,
)
from detente.parties.screening.losses import (
    LossError,
    OlderError,
    absent,
    is_replaced,
    missing,
    older,
    shrunk,
    thinned,
)
from detente.parties.screening.store import (
    ListFacts,
    built_in_state,
    built_in_tables,
    open_built_in,
    open_user,
    read_facts,
    update_sources,
    version_entries,
)
from detente.parties.screening.unnamed import without_unnamed

Progress = Callable[[str, int, int], None]
READING, KEEPING, INDEXING = "bytes read", "entries kept", "names indexed"
"""What an import does: of a file, of what was in it, and of all names that are kept."""


class Difference(NamedTuple):
    """What an import changed against what counted before it, by key of the entry.

    Attributes:
        before: day of the version that counted before; "" for none.
        added: entries that it did not have.
        removed: those that it had and the file has not.
        changed: those of which the file says something else.
        on: the day of the file, where the version before is of a later one: of that version only
            the entries are compared that were listed on this day; "" otherwise.
    """

    before: str
    added: tuple[ListedEntry, ...]
    removed: tuple[ListedEntry, ...]
    changed: tuple[ListedEntry, ...]
    on: str = ""

    def compared(self) -> str:
        """What the file was compared with, in words; "" for nothing."""
        if self.on:
            return f"beside who was listed on {self.on} by the version of {self.before}"
        return f"since {self.before}" if self.before else ""


class Files(NamedTuple):
    """Both files of lists, open."""

    built_in: sqlite3.Connection
    own: sqlite3.Connection

    def versions(self) -> list[Version]:
        """Every version of every list."""
        return versions_of(self.built_in, True) + versions_of(self.own, False)

    def counting(self, on: str | None) -> dict[str, Counting]:
        """What counts of each list on a day."""
        return counting(self.versions(), on)

    def entries(
        self,
        versions: Iterable[Version],
        at_hand: Mapping[tuple[str, str], Iterable[ListedEntry]] = MappingProxyType({}),
    ) -> dict[str, ListedEntry]:
        """The entries of versions by key; of one key that two sources have, the later source's.

        Args:
            versions: of one list.
            at_hand: by day and source, the entries of imported versions that need not be read.
        """
        found: dict[str, ListedEntry] = {}
        for each in versions:
            database = self.built_in if each.built_in else self.own
            own = None if each.built_in else at_hand.get((each.day, each.source))
            entries = version_entries(database, (each,)) if own is None else own
            found.update((entry.key, entry) for entry in entries)
        return found

    def named(self, versions: Sequence[Version]) -> set[str]:
        """The parties of versions of one list, by name."""
        found: set[str] = set()
        for each in versions:
            found.update(map(key_of, self.entries([each]).values()))
        return found

    def begin(self) -> None:
        """Begin to write: nobody else does until it is done, so what is read now stays so."""
        self.own.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Close them."""
        self.built_in.close()
        self.own.close()


def import_list(
    path: str,
    form: str | None = None,
    source_date: str | None = None,
    name: str | None = None,
    dry_run: bool = False,
    encoding: str | None = None,
    fewer: bool = False,
    progress: Progress = lambda step, done, total: None,
    history: bool = False,
    today: str = "",
    sheet: str = "",
) -> tuple[ListReading, dict[str, Difference]]:
    """Read a file and keep each list in it as of its day.

    Args:
        path: the file.
        form: its format; guessed when None.
        source_date: its day, for a file that does not say, or says another than it has.
        name: the list's short name, for a file that does not say.
        dry_run: say what would change, and keep nothing.
        encoding: of a table that does not say it.
        fewer: keep it though it lacks what was held before; see `losses`.
        progress: is told what is being done, how much of it is, and of how much in all: bytes of
            the file that were read, entries that are kept, then names that are indexed.
        history: keep it though a later version of a list in it is held, for the days before that.
        today: ISO day after which no file can be; "" to take any.
        sheet: of a workbook; "" for the only one that has cells.

    Returns:
        What was read, with notes on what counts no longer, and by list what changed.

    Raises:
        ValueError: the file is of no known format, its day is not known or has not come, it holds
            nothing that can be kept, so much less than before that it cannot be whole, or a list of
            which a later version is held.
    """
    with without_collector():
        with watching(partial(progress, READING)):
            reading = read_list(path, form, encoding, sheet)
        return keep_reading(
            path, reading, source_date, name, dry_run, fewer, progress, history, today
        )


def keep_reading(
    path: str,
    reading: ListReading,
    source_date: str | None = None,
    name: str | None = None,
    dry_run: bool = False,
    fewer: bool = False,
    progress: Progress = lambda step, done, total: None,
    history: bool = False,
    today: str = "",
) -> tuple[ListReading, dict[str, Difference]]:
    """Keep what was read of a file; arguments and errors are those of `import_list`."""
    day = _day_of(path, reading, source_date, today)
    broken = [each for each in reading.not_understood if each.endswith(BREAKS_OFF)]
    if broken and not fewer:
        raise LossError(f"{path}, {each}: who stood behind it is not in it" for each in broken)
    listed, untargeted = _targets(path, reading, name)
    distinct, unnamed = list(once(listed)), list[str]()
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    source = os.path.basename(path)
    files = _opened()
    try:
        tables = built_in_tables(built_in_state())
        _read_equal(files, tables)
        doubled = len(listed) - len(distinct)
        if reading.format == PLAIN_TABLE:
            distinct, unnamed = without_unnamed(distinct, tables)
            if not distinct:
                raise ValueError(f"{path} holds no party to keep: {'; '.join(unnamed)}")
        files.begin()
        by_list = _by_list(files, distinct, name)
        if not history and (found := list(older(by_list, files.counting(None), day))):
            raise OlderError(found)
        by_list, lacking = _whole(files, by_list, reading.format, day, source, name is not None)
        if lacking and not fewer:
            raise LossError(lacking)
        imported = ImportedFile(
            files, tables, reading, day, source, digest,
            set(files.built_in.execute("SELECT list, name FROM persons")),
            read_facts(files.built_in), NamesRead(files.built_in), progress,
        )  # fmt: skip
        changes: dict[str, Difference] = {}
        notes = [*reading.notes, *untargeted, *unnamed, *_other_day(reading, day), *lacking]
        if doubled:
            notes.append(
                f"{counted(doubled, 'entry repeats', 'entries repeat')} another word for word and "
                f"{'is' if doubled == 1 else 'are'} not kept twice"
            )
        for code, entries in by_list.items():
            changes[code], of_list = imported.keep(code, entries)
            notes += of_list
        if name is None:
            lists_of_kind = [
                each.lists for each in update_sources(files.built_in) if each.name == reading.format
            ]
            notes += absent(lists_of_kind, by_list, files.counting(day), lacking)
        # A trial is the step itself taken back, so that it cannot tell anything else.
        if dry_run:
            files.own.rollback()
        else:
            build_postings(files.own, tables, files.built_in, partial(progress, INDEXING))
            files.own.commit()
    finally:
        files.close()
    return reading._replace(notes=tuple(notes)), changes


def _by_list(
    files: Files, entries: Iterable[ListedEntry], name: str | None
) -> dict[str, list[ListedEntry]]:
    """The entries of a file by the short name of their list, as it is written where it is known.

    Elsewhere a list may be named in small letters: a second one beside it would be compared with
    nothing, and both would count.
    """
    known = (*read_facts(files.built_in), *files.counting(None))
    written = {code.casefold(): code for code in reversed(known)}
    by_list: dict[str, list[ListedEntry]] = {}
    for entry in entries:
        stated = (name or entry.list).strip()
        code = written.setdefault(stated.casefold(), stated)
        by_list.setdefault(code, []).append(
            entry if entry.list == code else entry._replace(list=code)
        )
    return by_list


def _targets(
    path: str, reading: ListReading, name: str | None
) -> tuple[Sequence[ListedEntry], list[str]]:
    """The entries of a file that it lists, and what must be told of whom it names beside them.

    Whoever names the list takes all of a file that has no target; see `ListReading.unlisted`.

    Raises:
        ValueError: it has none, and no list is named.
    """
    if is_register(reading.format):
        return reading.entries, [
            "the file is a register of companies and does not say that it restricts anybody: from "
            "here on each of them is a hit. `detente lists remove` takes them out again; "
            "`detente owners` reads who owns whom"
        ]
    kept = [each for each in reading.entries if each.key not in reading.unlisted]
    beside = len(reading.entries) - len(kept)
    if not beside:
        return reading.entries, []
    if not kept and name is None:
        raise ValueError(
            f"{path} calls none of its {counted(beside, 'party', 'parties')} a target, so nobody "
            "is listed in it: name the list that they are (--name), or ask `detente owners` who "
            "owns whom"
        )
    if not kept:
        return reading.entries, []
    return kept, [
        f"{counted(beside, 'party', 'parties')} of the file {'is' if beside == 1 else 'are'} no "
        "target, such as what a target owns, and not taken as listed; `detente owners` reads who "
        "owns whom"
    ]


class ImportedFile(NamedTuple):
    """A file of lists as it is read and kept.

    Attributes:
        files: the built-in lists and the user's own.
        tables: what names are read with.
        reading: what was read of the file.
        day: the day of its versions.
        source, digest: its name and checksum.
        persons: list and name of the entries that are persons, though no list says so.
        facts: what is told of each list that is known.
        read: the names of built-in entries as they are read.
        progress: is told how far it is.
    """

    files: Files
    tables: NameTables
    reading: ListReading
    day: str
    source: str
    digest: str
    persons: set[tuple[str, str]]
    facts: Mapping[str, ListFacts]
    read: NamesRead
    progress: Progress

    def keep(self, code: str, entries: Iterable[ListedEntry]) -> tuple[Difference, list[str]]:
        """Keep one list as a version of the day; what changed, and notes on it."""
        files, day = self.files, self.day
        before = files.counting(day).get(code)
        held = {} if before is None else files.entries(before.versions)
        old = {} if before is None or before.is_later else _listed_by(held, before.day, day)
        told = [told_person(each, self.persons) for each in entries]
        if any(map(is_untold, told)):
            texts = _addresses(files.built_in)
            told = [_with_address(each, texts) for each in told]
        kept = _with_added(told, files.built_in, self.tables)
        days: list[str] = []
        known, through = self.facts.get(code), "" if before is None else before.day
        if known is not None and known.undated:
            # Whatever day it is of, the days of the same order are in the version that is held.
            kept, days = with_end_days(held, kept, known.undated)
            kept, more = with_first_days(held, kept, through, day, self.facts)
        else:
            kept, more = with_first_days(old, kept, through, day, self.facts)
        kept, places = _with_places(old, kept, self.facts)
        untold = sum(map(is_untold, kept))
        lacks = len(self.reading.not_understood) + untold
        form, rows = self.reading.format, self.reading.rows
        version = (code, day, form, rows, self.source, self.digest, lacks, "")
        alike = self.read if len(kept) >= WORTH_READING else None
        add_version(files.own, version, _told(kept, self.progress), self.tables, self.facts, alike)
        after = files.counting(day)[code]
        new = files.entries(after.versions, {(day, self.source): kept})
        notes = []
        if untold:
            notes.append(
                f"{code}: {counted(untold, 'entry is an address', 'entries are addresses')} "
                "whose text is not in the file: nothing is compared with that"
            )
        notes += _ceased(code, day, self.source, before, after)
        notes += [f"{code}: {each}" for each in (*days, *more, *places)]
        difference, reworded = _difference(old, new, before, day, self.facts)
        if reworded:
            entries_of_day = counted(reworded, "entry was", "entries were")
            notes.append(
                f"{code}: {entries_of_day} changed by notices after {day}, and what the list said "
                "of them on that day is not held: they are not compared"
            )
        newest = files.counting(None)[code].day
        if newest > after.day:
            notes.append(
                f"{code}: the file is older than the version of {newest}, which counts from then on"
            )
        return difference, notes


def _whole(
    files: Files, by_list: dict[str, list[ListedEntry]], form: str, day: str, source: str,
    named: bool,
) -> tuple[dict[str, list[ListedEntry]], list[str]]:  # fmt: skip
    """The entries of a file as they are kept, and what it lacks of what was held, in sentences.

    What is told as held is told by the version that counts for its day, or the first one behind.
    """
    thin: list[str] = []
    if is_told_as_held(form):
        counts = files.counting(day)
        by_list = dict(by_list)
        for code, entries in by_list.items():
            held = counts.get(code)
            old = () if held is None else tuple(files.entries(held.versions).values())
            by_list[code] = as_held(old, entries, day)
            if held is not None and held.day <= day:
                thin += thinned(code, old, by_list[code])
    # A list that is short as a whole is so in most of its countries too.
    return by_list, _losses(files, by_list, day, source, named) or thin


def _told(entries: Sequence[ListedEntry], progress: Progress) -> Iterator[ListedEntry]:
    """Entries, each told before it is kept."""
    for number, entry in enumerate(entries):
        progress(KEEPING, number, len(entries))
        yield entry


def _other_day(reading: ListReading, day: str) -> Iterator[str]:
    """That a file says another day than it is kept for, as a sentence."""
    stated = reading.source_date[:10]
    if stated and stated != day:
        yield f"the file says that it is of {stated}; it is kept as of {day}, as was asked"


def _day_of(path: str, reading: ListReading, source_date: str | None, today: str) -> str:
    """The day that a file is of.

    Raises:
        ValueError: it is not known or has not come, or the file holds nothing that can be kept.
    """
    if not reading.entries:
        first = next(iter(reading.not_understood), "")
        why = f", none of which is understood: {first}" if first else ""
        raise ValueError(
            f"{path} holds no party to keep ({counted(reading.rows, 'row')} as {reading.format}"
            f"{why}); look whether it is the right file"
        )
    day = source_date or reading.source_date[:10]
    if not day:
        raise ValueError(f"{path} does not say of which day it is: name it with --as-of DAY")
    if not is_day(day):
        raise ValueError(f"{path} is of {day!r}, which is not a day: name it with --as-of DAY")
    # A publisher may be a day ahead of whoever reads it.
    if today and day_number(day) > day_number(today) + 1:
        raise ValueError(
            f"{path} is of {day}, which has not come: until then it would stand for lists that "
            "nobody has read; name its day with --as-of DAY"
        )
    return day


def _losses(
    files: Files, by_list: Mapping[str, Collection[ListedEntry]], day: str, source: str, named: bool
) -> list[str]:
    """What a file lacks of what was held before, in sentences; see `losses`."""
    sizes = {code: len(entries) for code, entries in by_list.items()}
    found = list(shrunk(by_list, files.counting(day), day, source, files.named))
    # Under a name of one's own a file is one list, whatever was in it before.
    return found if named else [*found, *missing(sizes, files.versions(), source)]


def remove_list(
    code: str, day: str | None = None, source: str | None = None, dry_run: bool = False
) -> tuple[list[Version], list[str]]:
    """Take imported versions of a list out again.

    Args:
        code: short name of the list.
        day: of the versions, ISO; None for all.
        source: name of the file that they were read from; None for all.
        dry_run: say what would go, and take nothing out.

    Returns:
        The versions that go, and in sentences what counts then.

    Raises:
        ValueError: no imported version is so called; the message names those there are.
    """
    files = _opened()
    try:
        files.begin()
        imported = versions_of(files.own, False)
        code = next((x.list for x in imported if x.list.casefold() == code.casefold()), code)
        own = [each for each in imported if each.list == code]
        gone = [
            each
            for each in own
            if (day is None or each.day == day) and (source is None or each.source == source)
        ]
        if not gone:
            raise ValueError(_nothing_such(files, code, own))
        for each in gone:
            files.own.execute("DELETE FROM versions WHERE id = ?", (each.number,))
        found = files.counting(None).get(code)
        described = [f"{code}: {_counting(found)}"]
        if dry_run:
            files.own.rollback()
        else:
            _forget(files)
            files.own.commit()
    finally:
        files.close()
    return gone, described


def _opened() -> Files:
    return Files(open_built_in(), open_user())


def _read_equal(files: Files, tables: NameTables) -> None:
    """See that the user's lists are read with the words and the code of today."""
    if reading_of(files.own) != reading_of(files.built_in):
        read_anew(files.own, tables, files.built_in)


def _forget(files: Files) -> None:
    """Drop the entries that no version holds any more."""
    held = members(files.own)
    numbers = [row[0] for row in files.own.execute("SELECT id FROM entries")]
    files.own.executemany(
        "DELETE FROM entries WHERE id = ?", [(each,) for each in numbers if each not in held]
    )
    read_anew(files.own, built_in_tables(built_in_state()), files.built_in)


def _nothing_such(files: Files, code: str, own: list[Version]) -> str:
    if own:
        there = "; ".join(f"--as-of {each.day} --source {each.source}" for each in own)
        return f"{code} has no such imported version, but {there}"
    names = sorted({each.list for each in versions_of(files.own, False)})
    if code in read_facts(files.built_in):
        return f"{code} was not imported: what came with the package cannot be taken out"
    from detente.core.vocabulary import refuse

    if not names:
        return f"{code} was not imported: no list was"
    return str(refuse(code, names, "an imported list", "list"))


def _counting(found: Counting | None) -> str:
    if found is None:
        return "nothing counts any more"
    first = found.versions[0]
    whose = "the built-in version" if first.built_in else _sources(found.versions)
    number = sum(each.entries for each in found.versions)
    return f"{counted(number, 'entry counts', 'entries count')}, of {whose} of {first.day}"


def _sources(versions: Iterable[Version]) -> str:
    return ", ".join(each.source or "the package" for each in versions)


def _listed_by(held: Mapping[str, ListedEntry], through: str, day: str) -> dict[str, ListedEntry]:
    """The entries of a version that may have been listed on the day of a file.

    A version of a later day has the entries of the days between, too, and those that ended.

    Args:
        held: its entries, by key.
        through: the day of the version, ISO.
        day: of the file, ISO.
    """
    if through <= day:
        return dict(held)
    return {key: each for key, each in held.items() if standing_of(each, day) not in NOT_LISTED}


def _difference(
    old: Mapping[str, ListedEntry],
    new: Mapping[str, ListedEntry],
    before: Counting | None,
    day: str,
    numbered: Container[str],
) -> tuple[Difference, int]:
    """What is other than before, and how many entries later notices changed, so nothing is told.

    Args:
        old: entries that counted before, by key; see `_listed_by`.
        new: those that count now.
        before: what counted before; None for nothing.
        day: of the file, ISO.
        numbered: lists whose numbers stay with a party; see `same_entries`.
    """
    same = same_entries(old, new, numbered)
    known = set(same.values())
    counted_before = before is not None and not before.is_later
    reaches_back = before is not None and counted_before and before.day > day
    removed = (old[key] for key in old if key not in same)
    compared = [(old[was], new[now]) for was, now in same.items()]
    later = 0
    if reaches_back:
        # Of whom it is not known whether he was listed on the day, nothing tells that he went.
        removed = (each for each in removed if standing_of(each, day) in LISTED)
        later = sum(was.changed > day for was, _ in compared)
        compared = [each for each in compared if each[0].changed <= day]
    difference = Difference(
        before.day if before is not None and counted_before else "",
        tuple(new[key] for key in new if key not in known),
        tuple(removed),
        tuple(now for was, now in compared if _is_changed(was, now)),
        day if reaches_back else "",
    )
    return difference, later


def _is_changed(one: ListedEntry, other: ListedEntry) -> bool:
    """Whether an entry says something else than before; the text of one that is an address does."""
    return is_changed(one, other) or (is_untold(one) and not is_untold(other))


def _ceased(
    code: str, day: str, source: str, before: Counting | None, after: Counting
) -> Iterable[str]:
    """What counts no longer from the day on, and what stands beside the import, in sentences."""
    if before is None or before.is_later:
        return
    counts = {each.number for each in after.versions if not each.built_in}
    for each in before.versions:
        if is_replaced(each, day, source):
            yield f"{code}: replaces what was read from {source} for {day} before"
        elif each.built_in or each.number not in counts:
            what = "built-in version" if each.built_in else f"version from {each.source}"
            number = counted(each.entries, "entry", "entries")
            if each.day > day:
                yield (
                    f"{code}: counts for {day}, the {what} of {each.day} for days around it; whom "
                    "this one has alone is asked on earlier days by the days of the file, and may "
                    "have been removed on those between"
                )
                continue
            if each.built_in and each.day == day:
                yield (
                    f"{code}: counts in place of the built-in version of {day} "
                    f"({number}); whom that has alone is screened against still"
                )
                continue
            yield (
                f"{code}: the {what} of {each.day} ({number}) counts no longer from "
                f"{day} on; to keep both, import it under another name (--name)"
            )
        else:
            yield f"{code}: {each.source} of {each.day} counts beside it"
    if source not in {each.source for each in after.versions}:
        yield f"{code}: a newer version of {after.day} counts for {day} already"


def _added_names(
    built_in: sqlite3.Connection, called: Collection[str]
) -> dict[str, tuple[Name, ...]]:
    """The names that no list prints of built-in entries, by the main names of these, squashed.

    Args:
        built_in: the built-in lists.
        called: main names of which they are asked, squashed.
    """
    kept: dict[str, dict[Name, None]] = {}
    for number in sorted(entries_called(built_in, called)):
        (text,) = built_in.execute("SELECT body FROM entries WHERE id = ?", (number,)).fetchone()
        # Of the entry: in the index a name is also kept as it is read otherwise.
        if names := [name for name in entry_of(text).names if name.grade != OFFICIAL]:
            (main,) = built_in.execute(
                "SELECT squashed FROM names WHERE entry = ? ORDER BY id LIMIT 1", (number,)
            ).fetchone()
            kept.setdefault(main, {}).update(dict.fromkeys(names))
    return {main: tuple(names) for main, names in kept.items()}


def _addresses(built_in: sqlite3.Connection) -> dict[tuple[object, ...], ListedEntry]:
    """The entries that are addresses and came with their text, by list and key.

    Also by list, name and countries, where no two are called so: a file may print no citation.
    """
    query = "SELECT body FROM entries WHERE body LIKE ?"
    entries = (entry_of(text) for (text,) in built_in.execute(query, ('%"Address %',)))
    found: dict[tuple[object, ...], ListedEntry] = {}
    called: dict[tuple[object, ...], list[ListedEntry]] = {}
    for each in entries:
        if CALLED.fullmatch(each.names[0].text):
            found[each.list, each.key] = each
            called.setdefault(_called_in(each), []).append(each)
    found |= {key: some[0] for key, some in called.items() if len(some) == 1}
    return {key: each for key, each in found.items() if each.addresses}


def _called_in(entry: ListedEntry) -> tuple[object, ...]:
    return entry.list, entry.names[0].text, frozenset(entry.countries)


def _with_address(
    entry: ListedEntry, places: Mapping[tuple[object, ...], ListedEntry]
) -> ListedEntry:
    """An entry that is an address, with the built-in text of it where its file prints none."""
    if not is_untold(entry):
        return entry
    known = places.get((entry.list, entry.key)) or places.get(_called_in(entry))
    return entry if known is None else entry._replace(addresses=known.addresses, note=known.note)


def _with_places(
    old: Mapping[str, ListedEntry], new: Sequence[ListedEntry], numbered: Container[str]
) -> tuple[list[ListedEntry], list[str]]:
    """Entries with the addresses that are held of them, where their file prints none of anybody.

    Args:
        old: entries of the version that is held, by key.
        new: entries of one list, as a file has them.
        numbered: lists whose numbers stay with a party; see `same_entries`.

    Returns:
        The entries, and in a sentence how many have the addresses that are held.
    """
    if any(each.addresses for each in new):
        return list(new), []
    same = same_entries(old, {e.key: e for e in new}, numbered)
    was = {now: old[key] for key, now in same.items()}
    placed = {key: held.addresses for key, held in was.items() if held.addresses}
    kept = [each._replace(addresses=placed.get(each.key, ())) for each in new]
    entries = counted(len(placed), "entry", "entries")
    told = f"the addresses of {entries} are those held before, since the file prints none"
    return kept, [told] if placed else []


def _with_added(
    entries: Sequence[ListedEntry], built_in: sqlite3.Connection, tables: NameTables
) -> list[ListedEntry]:
    """Entries with the names that no list prints of the built-in entry of the same main name.

    One for which the file prints a Chinese name itself gets no other, and none gets one that the
    file prints.
    """
    called = [squashed(parts(each.names[0].text, tables)) for each in entries]
    added = _added_names(built_in, set(called))
    kept = []
    for entry, name in zip(entries, called, strict=True):
        more = added.get(name, ())
        if more and any(name.kind == CHINESE for name in entry.names):
            more = tuple(name for name in more if name.kind != CHINESE)
        if more:
            printed = {name.text.casefold() for name in entry.names}
            more = tuple(name for name in more if name.text.casefold() not in printed)
        kept.append(entry._replace(names=(*entry.names, *more)) if more else entry)
    return kept
