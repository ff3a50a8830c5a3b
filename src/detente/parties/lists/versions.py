"""Which versions of which lists count for a day, out of the built-in ones and the user's.

Of each list the newest version by the day counts, with every source that was kept for that day. One
of the very day goes before a later one that reaches back, and the user's own before the built-in
one. A list that begins after the day is at hand in its first version, as a lead: whoever stands
there may have been listed before, and others may have been. Whom the versions that count lack, one
beside them may have: the built-in version of the same day, and an older one beside a version that
reaches back over its day.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from typing import TypedDict

    from detente.parties.lists.compared import ComparedList

    class ListsRead(TypedDict):
        """The lists that a screening read: the hash of all, the day and the files of each."""

        sha256: str
        lists: dict[str, str]
        versions: dict[str, str]


_DIGITS = 16
"""Of a checksum, which say which file it is."""


BUILT_IN = "built-in:"
"""What stands before the checksum of a list that came with the package."""


class Version(NamedTuple):
    """One list as one source had it on one day.

    Attributes:
        number: its id in the file.
        list: short name of the list.
        day: ISO day that it is of, through which it was read.
        source: name of the file that it was read from; empty for one that came with the package.
        format: which reader read it.
        entries: how many it holds.
        left_out: rows of the source that were not understood.
        built_in: whether it came with the package.
        start: first day that it answers for: ``day``, or an earlier one where every entry says on
            which days it is listed.
        sha256: of the source; of one that came with the package of what it says.
    """

    number: int
    list: str
    day: str
    source: str
    format: str
    entries: int
    left_out: int
    built_in: bool
    start: str
    sha256: str


class Counting(NamedTuple):
    """The versions of one list that count for a day.

    Attributes:
        versions: those of one day, one a source.
        is_later: whether the list begins only after the day asked for.
        compared: the last comparison of these versions with their publisher's; None for none.
        next_day: the first day of a version that counts instead later on; "" for none.
    """

    versions: tuple[Version, ...]
    is_later: bool
    compared: ComparedList | None = None
    next_day: str = ""

    @property
    def start(self) -> str:
        """The first day that they answer for."""
        return min(each.start for each in self.versions)

    @property
    def day(self) -> str:
        """The day that they are of."""
        return self.versions[0].day

    @property
    def through(self) -> str:
        """The day through which they hold: their own, or a later one, if compared on it."""
        return self.day if self.compared is None else max(self.day, self.compared.through)


def versions_of(database: sqlite3.Connection, built_in: bool) -> list[Version]:
    """Every version that a file holds."""
    # Members are kept in four bytes each, so their number is told without unpacking them.
    return [
        Version(number, name, day, source, form, size, left_out, built_in, start or day, sha256)
        for number, name, day, source, form, size, left_out, start, sha256 in database.execute(
            "SELECT id, list, source_date, file, format, length(members) / 4, left_out, start,"
            " sha256 FROM versions ORDER BY list, source_date, file"
        )
    ]


def counting(
    versions: Iterable[Version], on: str | None, compared: Iterable[ComparedList] = ()
) -> dict[str, Counting]:
    """What counts of each list, by short name.

    Args:
        versions: of all files.
        on: ISO day; None for the newest of each list.
        compared: which versions were compared with their publisher's, the latest last.
    """
    by_list: dict[str, list[Version]] = {}
    for each in versions:
        by_list.setdefault(each.list, []).append(each)
    found = {name: _of_one(own, on) for name, own in by_list.items()}
    for comparison in compared:
        held = found.get(comparison.list)
        if held is not None and is_of(comparison, held):
            found[comparison.list] = held._replace(compared=comparison)
    return found


class VersionBeside(NamedTuple):
    """A version that does not count and may have parties which those that count lack.

    Attributes:
        version: the one.
        through: the day of the versions that count.
        is_past: whether it is of a day before the one that is asked about, so that whom it has may
            have been removed by then.
    """

    version: Version
    through: str
    is_past: bool


def versions_beside(
    versions: Iterable[Version], found: Mapping[str, Counting], on: str | None
) -> list[VersionBeside]:
    """The versions that may have parties which those that count lack.

    Args:
        versions: of all files.
        found: what counts of each list; see `counting`.
        on: ISO day; None for the newest of each list.
    """
    told = []
    last: dict[str, Version] = {}
    for each in versions:
        counts = found[each.list]
        if each in counts.versions or counts.is_later:
            continue
        if each.built_in:
            if each.day == counts.day:
                told.append(VersionBeside(each, counts.day, False))
        elif on is not None and each.day <= counts.day and counts.day > on:
            if each.day >= on:
                told.append(VersionBeside(each, counts.day, False))
            elif each.list not in last or last[each.list].day < each.day:
                last[each.list] = each  # whom an older one has beside it had gone by then
    past = [VersionBeside(each, found[each.list].day, True) for each in last.values()]
    return told + past


def is_of(comparison: ComparedList, held: Counting) -> bool:
    """Whether a comparison is one of the versions that count."""
    return (comparison.day, comparison.state) == (held.day, state_of(held.versions))


def _of_one(versions: list[Version], on: str | None) -> Counting:
    by_then = [each for each in versions if on is None or each.start <= on]
    if by_then:
        # What was read for the very day is surer than what a later version says of it.
        day = max(each.day for each in by_then)
        day = next((each.day for each in by_then if each.day == on), day)
        next_day = min((each.start for each in versions if on and each.start > on), default="")
        chosen = _first_choice([each for each in by_then if each.day == day])
        return Counting(chosen, False, next_day=next_day)
    start = min(each.start for each in versions)
    return Counting(_first_choice([each for each in versions if each.start == start]), True)


def _first_choice(versions: list[Version]) -> tuple[Version, ...]:
    """The user's own versions of a day where there are any, else the built-in one."""
    own = [each for each in versions if not each.built_in]
    return tuple(own or versions)


def state_of(versions: Iterable[Version]) -> str:
    """Which versions these are: by the checksums of their files, or of what the package brought."""
    return " ".join(
        sorted(f"{BUILT_IN if each.built_in else ''}{each.sha256[:_DIGITS]}" for each in versions)
    )
