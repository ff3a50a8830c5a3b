"""What partners' goods are charged by day, as the law reads and after each step of claims.

    statutory(day) = sum over lines and partners of value x rate / sum of values
    after a step   = the same with the goods of each line taken apart (`claim_steps`)

A step is summed as what it changes: goods leave one set of facts and enter another. So lines that
no claim touches are summed once. Units of weight are columns, and what pays alike over the same
days is one load, of however many partners.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.average.classes import ClassPlace
from detente.average.followed import PARTS
from detente.average.layered.claim_steps import NOTHING, Facts, Shares, Steps
from detente.average.layered.field import GroupField
from detente.average.layered.load_sums import KindSegments, Loads, sums_of
from detente.average.layered.split_goods import ClassifiedLine, FactNumbers, Moves, SplitGoods
from detente.average.rate_readings import RateReadings
from detente.average.stacks import OriginGoods, PlacesByClaim, Stacks
from detente.average.sums import Sums
from detente.duty.amounts import ColumnRates
from detente.trade.flows import Partner

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

STATUTORY = "statutory"

EXACT = 2**63
"""Whole numbers of a column stay below this."""

Span = tuple[str, int, int]
"""A chapter, and the days ``[first, until)`` over which goods of it weigh."""


class PartnerGoods(NamedTuple):
    """Goods of a partner, and whose duties they pay."""

    partner: Partner
    origin: str
    values: Mapping[str, int]


class PartnerCharges(NamedTuple):
    """What the goods of one partner or of several are charged.

    Attributes:
        steps: names of the steps of claims, as partners have them.
        sums: by step and chapter: ``statutory`` in full, each later step as what it changes. The
            chapter is "" where chapters are not asked for.
    """

    steps: tuple[str, ...]
    sums: Mapping[tuple[str, str], Sums]


class PooledUnits(NamedTuple):
    """Units of weight of goods with some facts: columns of equal length.

    ``run`` is the place of their days among the runs of the calculation.
    """

    facts: Column
    run: Column
    group: Column
    units: Column


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
        import numpy

        self._stacks = stacks
        self._days = len(days)
        self._facts = facts
        self._shares = shares
        self._codes = {code: place for place, code in enumerate(field.codes)}
        self._lines = FieldLines.of(field)
        # Rates are told apart once, and not for each partner: to compare two takes long.
        numbers: dict[ColumnRates, int] = {}
        rates = [numbers.setdefault(each.rates, len(numbers)) for each in field.groups]
        self._rate_of = numpy.array(rates, numpy.intp)
        self._rates = RateReadings(tuple(numbers))
        self._places = PlacesByClaim([ClassPlace(each.claim, each.place) for each in field.groups])
        self._spans = FieldSpans(field, len(days), shares.runs(days) if shares is not None else ())
        self._numbers = FactNumbers()
        self._splits: dict[object, SplitGoods] = {}
        self._segments = KindSegments()
        self._kind_of: dict[OriginGoods, Column] = {}

    def charged(self, partners: Sequence[PartnerGoods]) -> PartnerCharges:
        """The sums of the goods of some partners, all together."""
        pooled: dict[str, dict[str, list[PooledUnits]]] = {STATUTORY: {}}
        dollars = sum(sum(goods.values.values()) for goods in partners)
        for goods in partners:
            units = self._units(goods.values, dollars)
            # Origins whose goods the law treats alike are one.
            origin = self._stacks.law.alike(goods.origin)
            pooled[STATUTORY].setdefault(origin, []).append(self._whole(units))
            if self._shares is not None:
                claims = self._steps(self._shares, goods)
                for name, moves in self._moves(claims, units):
                    own = pooled.setdefault(name, {}).setdefault(origin, [])
                    own.extend(self._pooled(moves))
        sums: dict[tuple[str, str], Sums] = {}
        for name, by_origin in pooled.items():
            self._sum(name, by_origin, sums)
        return PartnerCharges(self.steps(partners), sums)

    def steps(self, partners: Sequence[PartnerGoods]) -> tuple[str, ...]:
        """The steps of claims that some partners have, in the order in which they are met."""
        if self._shares is None:
            return ()
        each_has = (self._shares.steps(goods.partner) for goods in partners)
        return tuple(dict.fromkeys(name for names in each_has for name in names))

    def _units(self, values: Mapping[str, int], dollars: int) -> Column:
        """Units of weight by line: dollars times parts."""
        import numpy

        # Sums that may pass 64 bits are added up as Python adds.
        exact = numpy.int64 if dollars * PARTS < EXACT else object
        by_code = numpy.zeros(len(self._codes), exact)
        by_code[[self._codes[code] for code in values]] = [*values.values()]
        units: Column = by_code[self._lines.code] * self._lines.parts
        return units

    def _steps(self, shares: Shares, goods: PartnerGoods) -> Steps:
        law, group = self._stacks.law, self._stacks.classes.groups[""]
        measures = law.touching(goods.origin)
        return Steps(shares, law.register, measures, goods.partner, goods.origin, group)

    def _moves(self, claims: Steps, units: Column) -> Iterator[tuple[str, Moves]]:
        """What the steps move of a partner's goods: none of those entered under a claim."""
        if claims.alike not in self._splits:
            self._splits[claims.alike] = SplitGoods(claims, self._lines.classified, self._numbers)
        last = claims.by_line(tuple(self._codes))
        if last is not None:
            last = last._replace(row_of=last.row_of[self._lines.code[self._lines.plain]])
        return self._splits[claims.alike].moves(units[self._lines.plain], last)

    def _whole(self, units: Column) -> PooledUnits:
        """All goods as the law reads."""
        import numpy

        nothing = numpy.full(len(units), self._numbers.number(NOTHING))
        return PooledUnits(nothing, numpy.zeros(len(units), numpy.intp), self._lines.group, units)

    def _pooled(self, moves: Moves) -> Iterator[PooledUnits]:
        """Goods that enter some facts, and the same that leave others."""
        group, run = self._lines.group[self._lines.plain[moves.line]], moves.period + 1
        yield PooledUnits(moves.after, run, group, moves.units)
        yield PooledUnits(moves.before, run, group, -moves.units)

    def _sum(
        self,
        name: str,
        by_origin: Mapping[str, Sequence[PooledUnits]],
        into: dict[tuple[str, str], Sums],
    ) -> None:
        """Sum units of weight under their facts into the sums of a step."""
        import numpy

        loads = [each for origin, own in by_origin.items() for each in self._loads(origin, own)]
        if not loads:
            return
        columns = [numpy.concatenate(each) for each in zip(*loads, strict=True)]
        span, kind, rate, units = _merged(columns)
        chapter, begin, end = (numpy.array(each) for each in zip(*self._spans.clipped, strict=True))
        found = Loads(begin[span], end[span], kind, rate, units)
        for own in sorted(set(chapter[span].tolist())):
            chosen = chapter[span] == own
            own_loads = Loads(*(each[chosen] for each in found))
            into[name, own] = sums_of(own_loads, self._segments, self._rates, self._days)

    def _loads(self, origin: str, pooled: Sequence[PooledUnits]) -> Iterator[tuple[Column, ...]]:
        """Spans, kinds, ordinary rates and units of the goods of an origin, by their facts."""
        import numpy

        columns = [numpy.concatenate(each) for each in zip(*pooled, strict=True)]
        facts, run, group, units = _merged(columns)
        span = self._spans.of(run, group)
        left = (span >= 0) & (units != 0)
        facts, span, group, units = facts[left], span[left], group[left], units[left]
        # Rows stand in order of their facts.
        begins = numpy.flatnonzero(numpy.diff(facts, prepend=-1)).tolist()
        for begin, end in pairwise((*begins, len(facts))):
            own = slice(begin, end)
            goods = self._goods(origin, self._numbers.facts[int(facts[begin])])
            kinds = self._kinds_of(goods, group[own])
            yield span[own], kinds, self._rate_of[group[own]], units[own]

    def _goods(self, origin: str, facts: Facts) -> OriginGoods:
        texts = {**self._facts.texts, **dict(facts)}
        own = EntryFacts(self._facts.known, texts) if facts else self._facts
        return self._stacks.of(origin, own)

    def _kinds_of(self, goods: OriginGoods, groups: Column) -> Column:
        """The kinds of groups, by number."""
        import numpy

        found = self._kind_of.setdefault(goods, numpy.full(self._places.size, -1))
        unknown = numpy.unique(groups[found[groups] < 0])
        if len(unknown):
            kinds, which = goods.kinds_at(self._places, unknown)
            self._segments.add(kinds)
            found[unknown] = numpy.array([kind.number for kind in kinds])[which[unknown]]
        own: Column = found[groups]
        return own


class FieldLines(NamedTuple):
    """Goods of lines over some days, as columns of equal length.

    Attributes:
        code: the place of their code.
        group: the group of the field.
        parts: how many of `PARTS` of the code.
        plain: places of those that are entered under no claim of chapter 98.
        classified: those, with their code and class.
    """

    code: Column
    group: Column
    parts: Column
    plain: Column
    classified: tuple[ClassifiedLine, ...]

    @staticmethod
    def of(field: GroupField) -> FieldLines:
        """The lines of a field."""
        import numpy

        claimed = numpy.array([each.claim != "" for each in field.groups], bool)
        # The steps know the goods that are entered under no claim of chapter 98.
        plain = numpy.flatnonzero(~claimed[field.group])
        place = [each.place for each in field.groups]
        classified = tuple(
            ClassifiedLine(field.codes[code], place[group])
            for code, group in zip(
                field.code[plain].tolist(), field.group[plain].tolist(), strict=True
            )
        )
        return FieldLines(field.code, field.group, field.share, plain, classified)


class FieldSpans:
    """Spans of a field's groups within runs of days.

    Attributes:
        clipped: chapter and days of each, by number.
    """

    def __init__(self, field: GroupField, days: int, runs: Sequence[tuple[int, int]]) -> None:
        """Clip them.

        Args:
            field: groups, each with its span.
            days: how many days there are; all of them are the first run.
            runs: the other runs, in order.
        """
        import numpy

        numbers: dict[Span, int] = {}
        named = [(each.chapter, each.first, each.until) for each in field.groups]
        self._span_of = numpy.array(
            [numbers.setdefault(each, len(numbers)) for each in named], numpy.intp
        )
        clipped: dict[Span, int] = {}
        self._numbers = numpy.full((len(runs) + 1, len(numbers)), -1)
        for run, (begin, end) in enumerate(((0, days), *runs)):
            for place, (chapter, first, until) in enumerate(numbers):
                span = (chapter, max(begin, first), min(end, until))
                if span[1] < span[2]:
                    self._numbers[run, place] = clipped.setdefault(span, len(clipped))
        self.clipped = tuple(clipped)

    def of(self, runs: Column, groups: Column) -> Column:
        """The numbers of the spans of groups within runs; -1 where nothing is left of one."""
        found: Column = self._numbers[runs, self._span_of[groups]]
        return found


def _merged(columns: Sequence[Column]) -> list[Column]:
    """Rows that are equal but for the last column as one, in order, with the sum of that."""
    import numpy

    *keys, units = columns
    if not len(units):
        return [*columns]
    key = keys[0]
    for each in keys[1:]:
        key = key * (int(each.max()) + 1) + each
    order = numpy.argsort(key, kind="stable")
    key = key[order]
    first = numpy.flatnonzero(numpy.concatenate(([True], key[1:] != key[:-1])))
    places = order[first]
    return [*(each[places] for each in keys), numpy.add.reduceat(units[order], first)]
