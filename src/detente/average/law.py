"""The law of a destination on the days asked, as sets of days.

Days are numbered in the order of the days asked; a set of days is an integer with one bit a day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from detente.applicability.changepoints import Changepoints, stacking_rules_in_force
from detente.applicability.entry_facts import EntryFacts
from detente.applicability.scope import (
    ScopedProvision,
    membership_changepoints,
    provision_changepoints,
    stacking_changepoints,
)
from detente.core.clock import MINUTES
from detente.register.book import Register
from detente.register.model import Measure, Provision, StackingRule

CLAIM = "chapter98"
"""The fact that names the provision of chapter 98 under which goods are entered."""


class AverageLaw:
    """The measures of a destination, and on which days their provisions, lists and yields hold.

    Attributes:
        minutes: the last minute of each day, since a bare day means its last instant.
        stacking: who gives way to whom on each day.
    """

    def __init__(
        self,
        register: Register,
        destination: str,
        days: Sequence[int],
        known_on: int | None = None,
        beside: AverageLaw | None = None,
    ) -> None:
        """Read the law.

        Args:
            register: the register asked.
            destination: ISO country of import.
            days: the days asked, ascending, by their numbers.
            known_on: as known at the end of this day; None for everything known.
            beside: the law of another register on the same days: what both leave of a measure that
                they share is one object.
        """
        self.register = register
        self.known_on = known_on
        self.minutes = [day * MINUTES + MINUTES - 1 for day in days]
        self._measures = tariff(register, destination)
        self._of_origin: dict[tuple[object, ...], Measure] = beside._of_origin if beside else {}
        self._touching: dict[str, tuple[Measure, ...]] = {}
        self._alike: dict[tuple[int, ...], str] = {}
        self._charging: dict[int, tuple[tuple[int, bool], ...]] = {}
        self._listed: dict[object, tuple[int, int]] = {}
        self.stacking = StackingDays(register.stacking_rules, self._stacking_days())

    def touching(self, origin: str) -> tuple[Measure, ...]:
        """The measures with the provisions that can fit goods of an origin.

        Origins that a measure treats alike get one object.
        """
        if origin not in self._touching:
            found = []
            for each in of_origin(self.register, self._measures, origin):
                key = (each.id, *map(id, each.provisions))
                found.append(self._of_origin.setdefault(key, each))
            self._touching[origin] = tuple(found)
        return self._touching[origin]

    def alike(self, origin: str) -> str:
        """The first origin asked about whose goods all measures treat as those of an origin."""
        return self._alike.setdefault(tuple(map(id, self.touching(origin))), origin)

    def left(self, measure: Measure, facts: EntryFacts) -> tuple[Provision, ...]:
        """The provisions that charge on some of the days, and that the facts do not keep out."""
        return tuple(
            provision
            for provision in measure.provisions
            if any(charges for _, charges in self.charging(provision))
            and _may_hold(provision, facts)
        )

    def columns(self, origin: str, facts: EntryFacts) -> frozenset[str]:
        """The columns of the schedule that goods of an origin may pay, some of them by a claim."""
        return frozenset(
            period.duty.column
            for measure in self.touching(origin)
            for provision in measure.provisions
            for period in provision.periods
            if period.duty and period.duty.column and _may_hold(provision, facts, (CLAIM,))
        )

    def between(self, changepoints: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Runs of days between changepoints of the law."""
        # A day stands for its last minute, so a change within it counts from that day on.
        marks = {bisect_left(self.minutes, minute) for minute in changepoints}
        ordered = sorted({0, *marks} - {len(self.minutes)})
        yield from zip(ordered, [*ordered[1:], len(self.minutes)], strict=True)

    def charging(self, provision: Provision) -> tuple[tuple[int, bool], ...]:
        """Runs of days by first day, over which one set of periods covers; whether one charges."""
        found = self._charging.get(id(provision))
        if found is None:
            runs = (
                (first, self._charges(provision, self.minutes[first]))
                for first, _ in self.between(provision_changepoints(provision))
            )
            found = self._charging[id(provision)] = tuple(runs)
        return found

    def charging_days(self, provision: Provision) -> int:
        """The days on which a provision charges."""
        runs = self.charging(provision)
        ends = [*(first for first, _ in runs[1:]), len(self.minutes)]
        days = 0
        for (first, charges), until in zip(runs, ends, strict=True):
            days |= (1 << until) - (1 << first) if charges else 0
        return days

    def _charges(self, provision: Provision, minute: int) -> bool:
        return any(
            period.duty
            and period.start <= minute
            and (period.until is None or minute < period.until)
            and (self.known_on is None or period.announced <= self.known_on)
            for period in provision.periods
        )

    def membership(self, scoped: ScopedProvision) -> tuple[int, int]:
        """Days on which a provision lists the goods, and days on which that is not known."""
        rows = [row for rows in (*scoped.goods, *scoped.not_goods) for row in rows]
        sides = (scoped.always, tuple(len(each) for each in scoped.goods))
        key = (id(scoped.provision), sides, tuple((len(row.code), *row[1:]) for row in rows))
        if key not in self._listed:
            listed = doubtful = 0
            for first, until in self.between(membership_changepoints(scoped)):
                held = scoped.listed(self.minutes[first], self.known_on).listed
                # The bits from `first` up to `until`, and without it.
                days = (1 << until) - (1 << first)
                listed |= days if held else 0
                doubtful |= days if held is None else 0
            self._listed[key] = listed, doubtful
        return self._listed[key]

    def _stacking_days(self) -> list[int]:
        """The yields in force on each day, by their places, as the bits of whole numbers."""
        rows = self.register.stacking_rules
        runs = [*self.between(stacking_changepoints(rows))]
        numbers, active = stacking_rules_in_force(rows, (self.minutes[first] for first, _ in runs))
        bits = [sum(1 << place for place in places) for places in active]
        found: list[int] = []
        for number, (first, until) in zip(numbers, runs, strict=True):
            found.extend([bits[number]] * (until - first))
        return found


class StackingDays:
    """Who gives way to whom on each day: sets of yields are the bits of whole numbers."""

    def __init__(self, rules: Sequence[StackingRule], by_day: Sequence[int]) -> None:
        """Take the yields, and those in force on each day."""
        self._rules, self._by_day = rules, by_day
        self._yielding: dict[str, int] = {}
        self._prevailing: dict[str, int] = {}
        for place, rule in enumerate(rules):
            for name, own in (
                (rule.yielding, self._yielding),
                (rule.prevailing, self._prevailing),
            ):
                own[name] = own.get(name, 0) | 1 << place
        self._among: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._of_bits: dict[int, tuple[StackingRule, ...]] = {}

    def of(self, measure: str) -> tuple[int, int]:
        """The yields by which a measure gives way, and those by which others give way to it."""
        return self._yielding.get(measure, 0), self._prevailing.get(measure, 0)

    def days(self, among: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Of some yields those in force on each day, and the days on which they change."""
        found = self._among.get(among)
        if found is None:
            by_day = tuple([bits & among for bits in self._by_day])
            found = self._among[among] = by_day, changepoints_in(by_day)
        return found

    def rules(self, bits: int) -> tuple[StackingRule, ...]:
        """Yields in order."""
        if bits not in self._of_bits:
            self._of_bits[bits] = tuple(
                rule for place, rule in enumerate(self._rules) if bits >> place & 1
            )
        return self._of_bits[bits]


def changepoints_in(by_day: Sequence[int]) -> tuple[int, ...]:
    """The days whose number differs from that of the day before."""
    later = enumerate(pairwise(by_day), 1)
    return tuple([at for at, (before, now) in later if before != now])


def _may_hold(provision: Provision, facts: EntryFacts, claims: Iterable[str] = ()) -> bool:
    """Whether some goods can pass the tests of a provision, by their lists or by facts claimed."""
    return all(
        facts.holds(test)
        or (
            not facts.is_stated(test.fact) and (test.fact in claims or facts.known[test.fact].goods)
        )
        for test in provision.when
    )


def tariff(register: Register, destination: str) -> list[Measure]:
    """The measures of a destination's tariff."""
    return register.measures(f"{destination.lower()}/tariff", "measure")


def of_origin(register: Register, measures: Iterable[Measure], origin: str) -> Iterator[Measure]:
    """Measures with the provisions that can fit goods of the origin."""
    # A provision that names no place reaches wherever its measure does.
    inside: dict[tuple[str, ...], bool] = {(): True}
    for measure in measures:
        if register.inside(measure.places, origin):
            for provision in measure.provisions:
                if provision.places not in inside:
                    inside[provision.places] = register.inside(provision.places, origin)
            # An average follows the law as read, and asks nothing of it.
            provisions = tuple(
                provision
                for provision in measure.provisions
                if inside[provision.places] and not provision.possible
            )
            yield measure._replace(provisions=provisions)


def law_days(register: Register, origin: str | None, destination: str) -> set[int]:
    """Every day on which a measure, a list or a yield that can touch the goods changes.

    Args:
        register: the register asked.
        origin: whose goods; None for those of all countries.
        destination: ISO country of import.
    """
    measures: Iterable[Measure] = tariff(register, destination)
    if origin is not None:
        measures = of_origin(register, measures, origin)
    return {minute // MINUTES for minute in Changepoints(register).of_law(measures)}


def changes_of(days: int) -> int:
    """Days that differ from the day before them."""
    return days ^ (days << 1)
