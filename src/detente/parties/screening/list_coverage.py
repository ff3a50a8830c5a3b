"""Which lists a name was screened against, of which day and scope, and what that settles.

No hit settles nothing by itself: ``clear`` stands only where every list was read whole for the day.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.coverage import BEYOND, PARTLY, READ, UNREAD, Coverage, verdict
from detente.core.figures import counted
from detente.parties.lists.announced import heard_of, heard_row, standing_by
from detente.parties.lists.keys import folded
from detente.parties.lists.lists import is_published_whole
from detente.parties.lists.standing import LISTED, UNKNOWN, standing_of
from detente.parties.screening.listed.addresses import is_untold
from detente.register.model import LAW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from detente.answers.parties import HeardListing
    from detente.answers.shared import Coverage as CoverageRow
    from detente.parties.lists.announced import AnnouncedSuspension
    from detente.parties.lists.model import ListedEntry
    from detente.parties.lists.versions import Counting
    from detente.parties.screening.hits import NameHit
    from detente.parties.screening.store import ListFacts, Screen

HIT, CLEAR, PART, NOT_SCREENED = "hit", "clear", "partly", "not_screened"
"""Verdicts on a name: it may be a listed party; it is none; it is none of those that were read; it
was asked for a day before any list begins."""

WHOLE = "whole"

_NOT_HELD = "not held: "
"""What stands in a scope before that part of a list that came with the package and lacks some."""

MOST_NAMED = 3
"""Parties of a later version that are named."""


class ListedLater(NamedTuple):
    """Parties that a later version of a list says were listed on a day, and the one of it lacks.

    Attributes:
        day: of the later version, ISO.
        names: main names of the parties.
        perhaps: those of parties of whom it leaves that open.
    """

    day: str
    names: tuple[str, ...]
    perhaps: tuple[str, ...] = ()

    def sentence(self, code: str, day: str) -> str:
        """What it says of the list."""
        told = [f"{_named(self.names)} as listed by {day}"] if self.names else []
        if self.perhaps:
            told.append(f"{_named(self.perhaps)} as perhaps listed by {day}")
        return (
            f"{code} as of {self.day} has {', and '.join(told)}, and the version that "
            f"counts for that day has not: ask for {self.day}"
        )


def _named(names: Sequence[str]) -> str:
    """The first names, and how many there are more."""
    more = len(names) - MOST_NAMED
    rest = f" and {counted(more, 'party', 'parties')} more" if more > 0 else ""
    return f"{', '.join(names[:MOST_NAMED])}{rest}"


NOT_CITED: Mapping[str, str] = {}
"""Where lists stand in the law, of none of which that is told."""


class UnreadAddresses(NamedTuple):
    """Entries of a list that are addresses of which no text is held.

    Attributes:
        entries: how many there are.
        rows: in how many rows of the files of one day they stand.
    """

    entries: int
    rows: int


NONE_UNREAD = UnreadAddresses(0, 0)


class ListsCoverage(NamedTuple):
    """How all lists together were read for a day.

    Attributes:
        rows: one a list, under the keys of the interface.
        status: of a name without a hit.
        reason: in words, what was not read; empty where everything was.
        day: the day that is asked about, ISO.
        later: lists that are held from a later day on only.
        beside: one a list that names are screened against too and the status does not speak of.
        cited: where each list that is known stands in the law, by short name.
        pauses: the suspensions of listings that were only announced.
        reading: the one that is followed: the law, or what was announced.
    """

    rows: tuple[CoverageRow, ...]
    status: str
    reason: str
    day: str
    later: frozenset[str]
    beside: tuple[CoverageRow, ...] = ()
    cited: Mapping[str, str] = NOT_CITED
    pauses: tuple[AnnouncedSuspension, ...] = ()
    reading: str = LAW

    def standing(self, entry: ListedEntry) -> str:
        """How an entry stands on the day; see `standing_by`."""
        return standing_by(entry, self.day, self.later, self.pauses, self.reading)

    def heard(self, entry: ListedEntry) -> HeardListing | None:
        """How an entry stands on the day by what was only announced, where that is otherwise."""
        return heard_row(entry, heard_of(entry, self.day, self.pauses), self.reading)

    def status_of(self, hits: Iterable[NameHit]) -> str:
        """The verdict on a name."""
        unknown = False
        for hit in hits:
            for entry in hit.entries:
                standing = self.standing(entry)
                if standing in LISTED:
                    return HIT
                unknown = unknown or standing == UNKNOWN
        return PART if unknown and self.status == CLEAR else self.status

    def reason_of(self, status: str, hits: Iterable[NameHit] = ()) -> str:
        """Why the verdict is not settled; empty where it is.

        Args:
            status: the verdict.
            hits: the listed parties that come close, of one of which it may not be known whether
                it stands.
        """
        if status not in (PART, NOT_SCREENED):
            return ""
        doubted = next(
            (each for hit in hits for each in hit.entries if self.standing(each) == UNKNOWN), None
        )
        if doubted is None:
            return self.reason
        why = f" ({doubted.doubt})" if doubted.doubt else ""
        stands = f"Whether {doubted.names[0].text} stands on {doubted.list} is not known{why}"
        return f"{stands}. {self.reason}" if self.reason else stands

    def in_short(self) -> str:
        """Each list with its day and state, in one line."""
        return "; ".join(
            f"{row['what']} {row['through'] or 'not held'}"
            + ("" if row["through"] is None else f" {row['state']}")
            for row in self.rows
        )


def screened(screen: Screen) -> ListsCoverage:
    """How the lists were read that names are screened against."""
    rows = tuple(each.row() for each in lists_read(screen).values())
    held = [each for each in rows if each["through"] is not None]
    unread = all(each["state"] == UNREAD for each in held)
    status = NOT_SCREENED if unread else verdict(CLEAR, PART, rows)
    beside = tuple(each.row() for each in lists_beside(screen).values())
    reason = _reason(screen, rows)
    cited = {name: facts.citation for name, facts in screen.facts.items()}
    day, later = screen.day, screen.later
    pauses = screen.pauses
    return ListsCoverage(rows, status, reason, day, later, beside, cited, pauses, screen.reading)


def lists_read(screen: Screen) -> dict[str, Coverage]:
    """How each list that a verdict rests on was read for the day, by short name.

    Those that are not held are among them.
    """
    later = listed_later(screen)
    return {
        name: _row(
            name,
            screen.facts.get(name),
            screen.counting.get(name),
            screen.day,
            name in later,
            _untold(screen, name),
        )
        for name in (*screen.facts, *(each for each in screen.counting if each not in screen.facts))
        if _rests(screen, name)
    }


def lists_beside(screen: Screen) -> dict[str, Coverage]:
    """How each list was read of which a verdict does not speak, by short name."""
    return {
        name: _row(name, facts, screen.counting.get(name), screen.day, untold=_untold(screen, name))
        for name, facts in screen.facts.items()
        if not _rests(screen, name)
    }


_LATER: dict[object, dict[str, ListedLater]] = {}
"""What was found for the last days that were asked about, by the state of the lists."""

REMEMBERED = 16
"""Days of which that is remembered."""


def listed_later(screen: Screen) -> dict[str, ListedLater]:
    """By list, whom a later version says to have been listed on the day that is asked about.

    A notice may come out days after it took effect, so a later version may know more of a day than
    the one that was read for it. A party that the earlier one has under any name is none of these.
    """
    if screen.on is None:
        return {}
    if screen.state not in _LATER:
        if len(_LATER) >= REMEMBERED:
            del _LATER[next(iter(_LATER))]
        pairs = (
            (name, _listed_later(screen, found, screen.newest[name]))
            for name, found in screen.counting.items()
            if not found.is_later and _is_followed(found, screen.newest[name])
        )
        told = {name: later for name, later in pairs if later.names or later.perhaps}
        _LATER[screen.state] = told
    return _LATER[screen.state]


def _is_followed(found: Counting, newest: Counting) -> bool:
    """Whether somebody brought a later version.

    Whoever lays a file before a version of the package says that it is better for its days.
    """
    return newest.day > found.day and not newest.versions[0].built_in


def _listed_later(screen: Screen, found: Counting, newest: Counting) -> ListedLater:
    came = [
        entry
        for entry in screen.entries(newest, found.versions)
        if entry.since and standing_of(entry, screen.day) in {*LISTED, UNKNOWN}
    ]
    if not came:
        return ListedLater(newest.day, ())
    held = {folded(name.text) for entry in screen.entries(found) for name in entry.names}
    new = [each for each in came if held.isdisjoint(folded(name.text) for name in each.names)]
    sure = tuple(e.names[0].text for e in new if standing_of(e, screen.day) in LISTED)
    perhaps = (each.names[0].text for each in new)
    return ListedLater(newest.day, sure, tuple(each for each in perhaps if each not in sure))


def lacks_some(row: CoverageRow) -> bool:
    """Whether a row says of its list that part of it is not held."""
    return _NOT_HELD in row["scope"]


def _rests(screen: Screen, name: str) -> bool:
    facts = screen.facts.get(name)
    return facts is None or facts.rests == "yes"


def _row(
    name: str,
    facts: ListFacts | None,
    found: Counting | None,
    day: str,
    later: bool = False,
    untold: UnreadAddresses = NONE_UNREAD,
) -> Coverage:
    if found is None:
        return Coverage(name, None, None, f"{facts.scope if facts else ''}", UNREAD)
    number = sum(each.entries for each in found.versions)
    count = f"{number:,} {'entry' if number == 1 else 'entries'}"
    if len(found.versions) > 1:
        count += f" in {len(found.versions)} files of the day, which may have the same parties"
    scope = f"{count}: {'; '.join(_scope(facts, found, untold))}"
    if found.next_day and day > found.through:
        scope += f"; read again for {found.next_day}"
    state = _state(facts, found, day)
    if later and state == READ:
        state = PARTLY
    return Coverage(name, found.start, found.through, scope, state)


def _state(facts: ListFacts | None, found: Counting, day: str) -> str:
    if found.is_later:
        return UNREAD
    if day > found.through:
        return BEYOND
    if lost_since(facts, found, day):
        return PARTLY
    return READ if is_whole(facts, found) else PARTLY


def lost_since(facts: ListFacts | None, found: Counting, day: str) -> str:
    """The day through which parties may have been removed whose names are not held; "" for none.

    A list that came with the package is held as of one day, with the days of its entries: who stood
    there on an earlier day and was removed since is not in it, unless every removal is known.
    """
    if not found.versions[0].built_in or day >= found.day or facts is None:
        return ""
    return "" if facts.removals and day >= facts.removals else facts.removals or found.day


def is_whole(facts: ListFacts | None, found: Counting) -> bool:
    """Whether what counts of a list is the whole of it, as far as its sources say.

    A file in a format of no authority is the whole of a list of the user's own, and nobody knows
    how much of one that an authority keeps.
    """
    if found.versions[0].built_in:
        return facts is not None and facts.held == WHOLE
    if any(each.left_out for each in found.versions):
        return False
    return facts is None or any(is_published_whole(each.format) for each in found.versions)


_UNTOLD: dict[tuple[object, str], UnreadAddresses] = {}
"""The addresses without a text that were found, by the state of the lists and the list."""


def _untold(screen: Screen, name: str) -> UnreadAddresses:
    """How many entries of a list from files are addresses of which no text is held.

    They are counted with what was not understood, and only a list of which the package lacks some
    has such entries: of all others the entries need not be read.
    """
    facts, found = screen.facts.get(name), screen.counting.get(name)
    if facts is None or not facts.lacks or found is None:
        return NONE_UNREAD
    if found.versions[0].built_in or not any(each.left_out for each in found.versions):
        return NONE_UNREAD
    asked = screen.state, name
    if asked not in _UNTOLD:
        if len(_UNTOLD) >= REMEMBERED:
            del _UNTOLD[next(iter(_UNTOLD))]
        by_file = [
            {each.key for each in screen.entries(found._replace(versions=(one,)))
             if is_untold(each)}
            for one in found.versions
        ]  # fmt: skip
        _UNTOLD[asked] = UnreadAddresses(len(set().union(*by_file)), sum(map(len, by_file)))
    return _UNTOLD[asked]


def _scope(
    facts: ListFacts | None, found: Counting, untold: UnreadAddresses = NONE_UNREAD
) -> Iterable[str]:
    if found.compared is not None:
        yield f"as of {found.day}, {found.compared.sentence()}"
    if found.versions[0].built_in:
        yield facts.scope if facts is not None else "as built in"
        if facts is not None and facts.lacks:
            yield f"{_NOT_HELD}{facts.lacks}"
        return
    yield f"as read from {', '.join(each.source for each in found.versions)}"
    lost = max(0, sum(each.left_out for each in found.versions) - untold.rows)
    if untold.entries:
        entries = counted(untold.entries, "entry that is an address", "entries that are addresses")
        yield f"{_NOT_HELD}the text of {entries}"
    if lost:
        yield f"{counted(lost, 'row was', 'rows were')} not understood"
    elif not untold.entries and not is_whole(facts, found):
        yield "whether that is the whole list the file does not say"


def _part(facts: ListFacts | None, found: Counting, untold: UnreadAddresses) -> str:
    """Which part of a list that is not whole is held, in words behind "held"."""
    if found.versions[0].built_in and facts is not None:
        return f"but for {facts.lacks}"
    return f"in part ({'; '.join(_scope(facts, found, untold))})"


def _reason(screen: Screen, rows: Sequence[CoverageRow]) -> str:
    """What was not read for the day, in words."""
    described = []
    for start, names in _grouped(rows, lambda row: row["from"], UNREAD):
        if start is not None:
            described.append(
                f"{_listed(names)} {_are(names)} held from {start} on, not for {screen.day}"
            )
    lost: dict[str, list[str]] = {}
    resting = [(name, each) for name, each in screen.counting.items() if _rests(screen, name)]
    for name, found in resting:
        until = "" if found.is_later else lost_since(screen.facts.get(name), found, screen.day)
        if until:
            lost.setdefault(until, []).append(name)
    for until, names in lost.items():
        described.append(
            f"Of parties removed from {_listed(names)} between {screen.day} and {until} the names "
            "are not held"
        )
    for through, names in _grouped(rows, lambda row: row["through"], BEYOND):
        described.append(f"{_listed(names)} {_are(names)} read through {through} only")
    for day, names in _grouped(rows, lambda row: screen.counting[row["what"]].next_day, BEYOND):
        if day:
            described.append(
                f"{_listed(names)} {_are(names)} read again for {day}: ask for that day to see "
                "who came"
            )
    for name, later in listed_later(screen).items():
        if _rests(screen, name):
            described.append(later.sentence(name, screen.day))
    parts: dict[str, list[str]] = {}
    for name, found in resting:
        if not is_whole(screen.facts.get(name), found):
            parts.setdefault(
                _part(screen.facts.get(name), found, _untold(screen, name)), []
            ).append(name)
    for part, names in parts.items():
        described.append(f"{_listed(names)} {_are(names)} held {part}")
    absent = [row["what"] for row in rows if row["through"] is None]
    if absent:
        described.append(f"{_listed(absent)} {_are(absent)} not held")
    return ". ".join(described)


def _grouped(
    rows: Iterable[CoverageRow], key: Callable[[CoverageRow], str | None], state: str
) -> Iterable[tuple[str | None, list[str]]]:
    found: dict[str | None, list[str]] = {}
    for row in rows:
        if row["state"] == state:
            found.setdefault(key(row), []).append(row["what"])
    return found.items()


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"
