"""The law that can touch goods of one origin on the days asked, as sets of days.

Days are numbered in the order of the days asked; a set of days is an integer with one bit a day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from detente._shapes import NamedTuple
from detente.duty.entry_facts import EntryFacts
from detente.duty.scope import ScopedLimb
from detente.register.book import Register
from detente.register.clock import MINUTES
from detente.register.model import Limb, Measure, Paint, Yield


class Asked(NamedTuple):
    """What is the same for every line: origin, destination, facts, what was known, the days.

    ``doubtful`` says how a limb counts of which it is not known whether it lists the goods.
    """

    origin: str
    destination: str
    facts: EntryFacts
    known_on: int | None
    days: tuple[int, ...]
    doubtful: bool = False

    def minute(self, at: int) -> int:
        """The last minute of a day: a bare day means its last instant."""
        return self.days[at] * MINUTES + MINUTES - 1


class Law:
    """What can touch goods of the origin on the days asked, under one set of facts.

    Limbs that the facts keep out, or that charge on none of the days, are left out: no line can
    come to them.
    """

    def __init__(self, register: Register, asked: Asked, facts: EntryFacts) -> None:
        self.facts = facts
        self.known_on = asked.known_on
        self.minutes = [asked.minute(at) for at in range(len(asked.days))]
        measures, limbs = [], []
        self.paints: list[list[tuple[int, tuple[Paint, ...]]]] = []
        for measure in _of_origin(register, asked.origin, asked.destination):
            kept = []
            for limb in measure.limbs:
                paints = self._covering(limb)
                if any(shown for _, shown in paints) and _may_hold(limb, facts):
                    kept.append(limb)
                    limbs.append(limb)
                    self.paints.append(paints)
            if kept:
                measures.append(measure._replace(limbs=tuple(kept)))
        self.measures = tuple(measures)
        self.numbers = {id(limb): number for number, limb in enumerate(limbs)}
        goods = {name for limb in limbs for name in (*limb.goods, *limb.not_goods)}
        self.codes = tuple(sorted(name for name in goods if name[0].isdigit()))
        defaults = {fact.default_goods for fact in register.facts.values()} - {""}
        self.lists = frozenset(goods | defaults)
        self.defaults = defaults
        self.yields = [
            (row, days) for row in register.yields if (days := self._days(row.start, row.until))
        ]
        self._among: dict[frozenset[str], tuple[tuple[tuple[Yield, int], ...], int]] = {}
        self._listed: dict[object, tuple[int, int]] = {}

    def between(self, edges: Iterable[int | None]) -> Iterator[tuple[int, int]]:
        """Runs of days between edges of the law."""
        marks = {bisect_left(self.minutes, edge) for edge in edges if edge is not None}
        ordered = sorted({0, *marks} - {len(self.minutes)})
        yield from zip(ordered, [*ordered[1:], len(self.minutes)], strict=True)

    def _covering(self, limb: Limb) -> list[tuple[int, tuple[Paint, ...]]]:
        """Runs of days by first day, with the paints that cover them where one charges."""
        runs: list[tuple[int, tuple[Paint, ...]]] = []
        edges = {edge for paint in limb.paints for edge in (paint.start, paint.until)}
        for first, _ in self.between(edges):
            minute = self.minutes[first]
            covering = tuple(
                paint
                for paint in limb.paints
                if paint.start <= minute
                and (paint.until is None or minute < paint.until)
                and (self.known_on is None or paint.announced <= self.known_on)
            )
            shown = covering if any(paint.duty for paint in covering) else ()
            if not runs or runs[-1][1] != shown:
                runs.append((first, shown))
        return runs

    def _days(self, start: int, until: int | None) -> int:
        first = bisect_left(self.minutes, start)
        end = len(self.minutes) if until is None else bisect_left(self.minutes, until)
        return (1 << max(end, first)) - (1 << first)

    def membership(self, scoped: ScopedLimb, number: int) -> tuple[int, int]:
        """Days on which a limb lists the goods, and days on which that is not known."""
        rows = [row for rows in (*scoped.goods, *scoped.not_goods) for row in rows]
        sides = (scoped.always, tuple(len(each) for each in scoped.goods))
        key = (number, sides, tuple((len(row.code), *row[1:]) for row in rows))
        if key not in self._listed:
            edges = {edge for row in rows for edge in (row.start, row.until)}
            edges.update(edge for start, until, _ in scoped.unknown for edge in (start, until))
            listed = doubtful = 0
            for first, until in self.between(edges):
                held = scoped.listed(self.minutes[first], self.known_on).listed
                days = (1 << until) - (1 << first)
                listed |= days if held else 0
                doubtful |= days if held is None else 0
            self._listed[key] = listed, doubtful
        return self._listed[key]

    def yields_among(self, names: frozenset[str]) -> tuple[tuple[tuple[Yield, int], ...], int]:
        """The yields among some measures with their days, and the days on which these change."""
        if names not in self._among:
            rows = tuple(
                (row, days)
                for row, days in self.yields
                if row.loser in names and row.winner in names
            )
            changes = 0
            for _, days in rows:
                changes |= changes_of(days)
            self._among[names] = rows, changes
        return self._among[names]


def _may_hold(limb: Limb, facts: EntryFacts) -> bool:
    """Whether some goods can pass the tests of a limb: only lists can change what facts say."""
    return all(
        facts.holds(test) or (facts.known[test.fact].default_goods and not facts.given(test.fact))
        for test in limb.when
    )


def _of_origin(register: Register, origin: str, destination: str) -> Iterator[Measure]:
    """The destination's measures with the limbs that can fit goods of the origin."""
    for measure in register.measures(f"{destination.lower()}/tariff", "measure"):
        if register.inside(measure.places, origin):
            limbs = tuple(
                limb
                for limb in measure.limbs
                if not limb.places or register.inside(limb.places, origin)
            )
            yield measure._replace(limbs=limbs)


def law_days(register: Register, origin: str, destination: str) -> set[int]:
    """Every day on which a measure, a list or a yield that can touch the goods changes."""
    edges: set[int | None] = set()
    names: set[str] = set()
    for measure in _of_origin(register, origin, destination):
        edges.update(edge for void in measure.voids for edge in (void.start, void.until))
        for limb in measure.limbs:
            names.update((*limb.goods, *limb.not_goods))
            edges.update(edge for paint in limb.paints for edge in (paint.start, paint.until))
    for row in register.all_members():
        if row.list in names:
            edges.update((row.start, row.until))
    for name, listed in register.lists.items():
        if name in names:
            edges.update(edge for start, until, _ in listed.unknown for edge in (start, until))
    for each in register.yields:
        edges.update((each.start, each.until))
    return {edge // MINUTES for edge in edges if edge is not None}


def changes_of(days: int) -> int:
    """Days that differ from the day before them."""
    return days ^ (days << 1)
