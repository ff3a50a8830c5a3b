"""What partners' goods are charged by day, as the law reads and after each step of claims.

    statutory(day) = sum over lines and partners of value x rate / sum of values
    after a step   = the same with the goods of each line taken apart (`claim_steps`)

A step is summed as what it changes: goods leave one set of facts and enter another. So lines that
no claim touches are summed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.average.cases import Load
from detente.average.claim_steps import NOTHING, Facts, Shares, Steps, Taking
from detente.average.field import GroupField
from detente.average.stacks import CodeKind, OriginGoods, Stacks
from detente.average.sums import Sums
from detente.duty.amounts import ColumnRates
from detente.trade.claims import WHOLE
from detente.trade.flows import Partner

STATUTORY = "statutory"

Units = dict[int, int]
"""Units of weight by group of the field, or by rate."""

Span = tuple[str, int, int]
"""A chapter, and the days ``[first, until)`` over which goods of it weigh."""


class PartnerGoods(NamedTuple):
    """Goods of a partner, and whose duties they pay."""

    partner: Partner
    origin: str
    values: Mapping[str, int]


class PartnerCharges(NamedTuple):
    """What a partner's goods are charged.

    Attributes:
        steps: names of the steps of claims, in order.
        sums: by step and chapter: ``statutory`` in full, each later step as what it changes. The
            chapter is "" where chapters are not asked for.
    """

    steps: tuple[str, ...]
    sums: Mapping[tuple[str, str], Sums]


class Weighed(NamedTuple):
    """A partner's goods and what they are charged."""

    goods: PartnerGoods
    charged: PartnerCharges


class Calculation:
    """Sums for many partners over the same days, law and lines."""

    def __init__(
        self,
        field: GroupField,
        stacks: Stacks,
        days: Sequence[int],
        facts: EntryFacts,
        *,
        shares: Shares | None = None,
    ) -> None:
        """Take what partners share.

        Args:
            field: every line, followed through the editions.
            stacks: the law on the days.
            days: the days by number.
            facts: entry facts of all goods.
            shares: tables of claims; None for the statutory layer alone.
        """
        self._field = field
        self._stacks = stacks
        self._days = days
        self._facts = facts
        self._shares = shares
        self._runs = shares.runs(days) if shares is not None else []
        # Rates are told apart once, and not for each partner: to compare two takes long.
        numbers: dict[ColumnRates, int] = {}
        self._rates = [numbers.setdefault(each.rates, len(numbers)) for each in field.groups]
        self._distinct_rates = tuple(numbers)
        self._places = [(each.claim, each.place) for each in field.groups]
        spans: dict[Span, int] = {}
        named = ((each.chapter, each.first, each.until) for each in field.groups)
        self._span_of = [spans.setdefault(each, len(spans)) for each in named]
        self._spans = tuple(spans)
        self._periods = [self._meeting(span) for span in spans]

    def charged(self, query: PartnerGoods) -> PartnerCharges:
        """The sums of a partner."""
        sums: dict[tuple[str, str], Sums] = {}
        everything = [(0, len(self._days))]
        plain = [(NOTHING, everything[0], self._field.units(query.values))]
        self._sum(STATUTORY, query.origin, plain, sums)
        steps: tuple[str, ...] = ()
        if self._shares is not None:
            claims = Steps(
                self._shares,
                self._stacks.law.register,
                self._stacks.law.touching(query.origin),
                query.partner,
                query.origin,
                self._stacks.classes.groups[""],
            )
            steps = claims.names
            for name, changes in self._changes(claims, query.values).items():
                rows = [(facts, run, units) for (facts, run), units in changes.items()]
                self._sum(name, query.origin, rows, sums)
        for each in sums.values():
            each.close()
        return PartnerCharges(steps, sums)

    def _changes(
        self, claims: Steps, values: Mapping[str, int]
    ) -> dict[str, dict[tuple[Facts, tuple[int, int]], Units]]:
        """By step, what goods of some facts lose and others gain, and on which days."""
        found: dict[str, dict[tuple[Facts, tuple[int, int]], Units]] = {
            name: {} for name in claims.names
        }
        places, all_parts = self._places, self._field.parts
        steps_of = {name: (claims.taking(name), found[name]) for name in claims.names}
        for code, value in values.items():
            steps = [steps_of[name] for name in claims.touching(code)]
            if not steps:
                continue
            for number, parts in all_parts[code]:
                claim, place = places[number]
                # The steps know the goods that are entered under no claim of chapter 98.
                if claim:
                    continue
                goods: list[tuple[Facts, int]] = []
                for take, into in steps:
                    if not goods and take(code, place, NOTHING) is None:
                        continue  # as most do: nothing is known of these goods
                    goods = goods or [(NOTHING, value * parts)]
                    goods = self._step(take, (code, place, number), goods, into)
        return found

    def _step(
        self,
        take: Taking,
        line: tuple[str, int, int],
        goods: list[tuple[Facts, int]],
        into: dict[tuple[Facts, tuple[int, int]], Units],
    ) -> list[tuple[Facts, int]]:
        """Take goods apart, and note what changes; returns them as the next step finds them."""
        code, place, number = line
        every = (0, len(self._days))
        after: list[tuple[Facts, int]] = []
        for facts, units in goods:
            portions = take(code, place, facts)
            if portions is None:
                after.append((facts, units))
                continue
            for portion in portions:
                if len(portion.shares) == 1:
                    part = units * portion.shares[0] // WHOLE
                    _add(into, portion.facts, every, number, part)
                    _add(into, facts, every, number, -part)
                    after.append((portion.facts, part))
                    continue
                # The last step: shares by period.
                if portion.facts == facts:
                    continue
                for at in self._periods[self._span_of[number]]:
                    part = units * portion.shares[at] // WHOLE
                    if part:
                        _add(into, portion.facts, self._runs[at], number, part)
                        _add(into, facts, self._runs[at], number, -part)
        return after

    def _sum(
        self,
        name: str,
        origin: str,
        rows: Iterable[tuple[Facts, tuple[int, int], Units]],
        into: dict[tuple[str, str], Sums],
    ) -> None:
        """Sum units of weight under their facts into the sums of a step."""
        goods: dict[Facts, OriginGoods] = {}
        loads: dict[tuple[Span, int], tuple[CodeKind, Units]] = {}
        for facts, run, by_group in rows:
            if facts not in goods:
                texts = {**self._facts.texts, **dict(facts)}
                own = EntryFacts(self._facts.known, texts) if facts else self._facts
                goods[facts] = self._stacks.of(origin, own)
            self._load(goods[facts], run, by_group, loads)
        for ((chapter, begin, end), _), (kind, by_rates) in loads.items():
            load = Load()
            for rate, units in by_rates.items():
                load.add(self._distinct_rates[rate], units)
            sums = into.setdefault((name, chapter), Sums(len(self._days)))
            for segment in kind.segments:
                first, until = max(begin, segment.first), min(end, segment.until)
                if first < until:
                    sums.take(segment.case.total(load), first, until)
                    if segment.doubtful:
                        sums.doubt(segment.doubtful, first, until, sum(load.units.values()))

    def _load(
        self,
        goods: OriginGoods,
        run: tuple[int, int],
        by_group: Units,
        loads: dict[tuple[Span, int], tuple[CodeKind, Units]],
    ) -> None:
        """Put units of weight on the loads of their kinds, over the days on which they weigh."""
        spans = self._clipped(run)
        places, span_of, rates, kind_at = self._places, self._span_of, self._rates, goods.kind_at
        for number, units in by_group.items():
            span = spans[span_of[number]]
            if span is None or not units:
                continue
            kind = kind_at(places[number])
            found = loads.get((span, kind.number))
            if found is None:
                found = loads[span, kind.number] = (kind, {})
            by_rates, rate = found[1], rates[number]
            by_rates[rate] = by_rates.get(rate, 0) + units

    def _meeting(self, span: Span) -> list[int]:
        """The periods of claims, by number, of which days lie in a span."""
        _, first, until = span
        runs = enumerate(self._runs)
        return [at for at, (begin, end) in runs if max(begin, first) < min(end, until)]

    def _clipped(self, run: tuple[int, int]) -> list[Span | None]:
        """The spans of the field within a run of days; None where nothing is left of one."""
        begin, end = run
        clipped = ((each, max(begin, first), min(end, until)) for each, first, until in self._spans)
        return [span if span[1] < span[2] else None for span in clipped]


def _add(
    into: dict[tuple[Facts, tuple[int, int]], Units],
    facts: Facts,
    run: tuple[int, int],
    number: int,
    units: int,
) -> None:
    own = into.setdefault((facts, run), {})
    own[number] = own.get(number, 0) + units
