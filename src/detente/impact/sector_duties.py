"""Additional duties of the register by sector and pair of countries, weighted by trade.

    duty(sector, importer, exporter) = sum of value x additional duty / sum of value

over the lines that the crosswalk gives to the sector. Into the United States lines weigh their
imports from the partners that the country stands for; into China, whose imports by line are
not at hand, subheadings weigh as in its average (`detente.trade.weights`). Ordinary duties are left
to the model's data, which have those of their own year.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.answer import HELD, AverageQuestion, check_average
from detente.average.cases import BASE, SCALE, StackCase
from detente.average.classes import Classes, classes_of
from detente.average.flow_rates import Choice, FlowRates, Side, flow_rates
from detente.average.law import AverageLaw
from detente.average.stacks import Stacks
from detente.average.timelines import ClassTimelines
from detente.core.clock import day_number
from detente.duty.amounts import ColumnRates
from detente.duty.question import QuestionError
from detente.goods.schedule import Schedule
from detente.impact.accounts.layout import DataLayout, crosswalk
from detente.trade.flows import Flows, FlowWeighting
from detente.trade.weights import find_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FREE = ColumnRates("Free", "", "")

Cell = tuple[str, str, str]
"""Sector, importer, exporter."""


class SectorDuty(NamedTuple):
    """Additional duties of one sector from one country, as fractions.

    ``value`` is what they are weighted by, in dollars.
    """

    before: float
    after: float
    value: float


class SectorDuties(NamedTuple):
    """Additional duties by cell, and what was left out of them.

    Attributes:
        cells: by sector, importer and exporter.
        left_out: dollars of goods that the crosswalk leaves out, by importer.
        unresolved: dollars of goods without a resolved duty, by importer.
        outside: dollars of goods of partners for whom the data have no country, by importer.
        total: dollars of all goods, by importer.
        weights: the trade that weighs them: "US imports of" a year.
    """

    cells: dict[Cell, SectorDuty]
    left_out: dict[str, float]
    unresolved: dict[str, float]
    outside: dict[str, float]
    total: dict[str, float]
    weights: tuple[str, ...] = ()


class _CellSums:
    """Sums of value and of value times duty, by cell."""

    def __init__(self) -> None:
        self.sums: dict[Cell, list[float]] = {}
        self.left_out: dict[str, float] = {}
        self.unresolved: dict[str, float] = {}
        self.outside: dict[str, float] = {}
        self.total: dict[str, float] = {}

    def add(
        self, sector: str | None, importer: str, exporters: tuple[str, ...], row: SectorDuty
    ) -> None:
        """One flow: its duties before and after, which may be NaN, and its value."""
        self.total[importer] = self.total.get(importer, 0.0) + row.value
        if sector is None:
            self.left_out[importer] = self.left_out.get(importer, 0.0) + row.value
            return
        # Only NaN differs from itself.
        if row.before != row.before or row.after != row.after:
            self.unresolved[importer] = self.unresolved.get(importer, 0.0) + row.value
            return
        if not exporters:
            self.outside[importer] = self.outside.get(importer, 0.0) + row.value
        for exporter in exporters:
            sums = self.sums.setdefault((sector, importer, exporter), [0.0, 0.0, 0.0])
            sums[0] += row.before * row.value
            sums[1] += row.after * row.value
            sums[2] += row.value

    def add_all(
        self,
        sectors: Sequence[str | None],
        importer: str,
        exporters: Sequence[tuple[str, ...]],
        rates: FlowRates,
    ) -> None:
        """All flows of one importer: by sector and partner, as `add` does it one by one."""
        import numpy

        names = [each for each in dict.fromkeys(sectors) if each is not None]
        place = {name: number for number, name in enumerate(names)}
        of_line = numpy.array([place.get(each, -1) if each else -1 for each in sectors])
        sector, value = of_line[rates.line], rates.value
        known = ~(numpy.isnan(rates.before) | numpy.isnan(rates.after))
        for held, selected in (
            (self.total, numpy.ones(len(value), bool)),
            (self.left_out, sector < 0),
            (self.unresolved, (sector >= 0) & ~known),
        ):
            if selected.any():
                held[importer] = held.get(importer, 0.0) + float(value[selected].sum())
        selected = (sector >= 0) & known
        # Sector and partner packed into one number, so that one count sums all their pairs.
        key = sector[selected] * len(exporters) + rates.partner[selected]
        size = len(names) * len(exporters)
        columns = [
            numpy.bincount(key, value[selected] * each, size).tolist()
            for each in (rates.before[selected], rates.after[selected], 1.0)
        ]
        for at, (before, after, worth) in enumerate(zip(*columns, strict=True)):
            # The count has a place for every pair, those without trade included.
            if not worth:
                continue
            number, partner = divmod(at, len(exporters))
            if not exporters[partner]:
                self.outside[importer] = self.outside.get(importer, 0.0) + worth
            for exporter in exporters[partner]:
                found = self.sums.setdefault((names[number], importer, exporter), [0.0, 0.0, 0.0])
                found[0] += before
                found[1] += after
                found[2] += worth

    def close(self) -> SectorDuties:
        """The weighted duties."""
        cells = {
            cell: SectorDuty(before / value, after / value, value)
            for cell, (before, after, value) in self.sums.items()
            if value
        }
        return SectorDuties(cells, self.left_out, self.unresolved, self.outside, self.total)


class OtherSide(NamedTuple):
    """Additional duties of another country on goods of the United States, by line.

    Attributes:
        destination: the country.
        lines: units of weight by code.
        units: how many units make a dollar.
        before: duty on the first side, a fraction; NaN where it is not resolved.
        after: duty on the second side.
    """

    destination: str
    lines: Mapping[str, int]
    units: int
    before: list[float]
    after: list[float]


class LineDuties(NamedTuple):
    """Additional duties of both countries on both sides by line, the same for every world.

    Attributes:
        rates: of what the United States import.
        others: of what other countries import from there.
        weights: as in `SectorDuties`.
    """

    rates: FlowRates
    others: tuple[OtherSide, ...]
    weights: tuple[str, ...] = ()


def line_duties(
    schedule: Schedule,
    flows: Flows,
    sides: tuple[Side, Side],
    known_on: str | None = None,
    claimed: Mapping[str, float] | None = None,
    claimed_after: Mapping[str, float] | None = None,
) -> LineDuties:
    """Additional duties of both countries on both sides, line by line.

    Raises:
        QuestionError: a day cannot be understood.
    """
    choice = Choice(
        known_on=known_on,
        claimed=claimed or {},
        ordinary=False,
        claimed_after=claimed_after or {},
    )
    # Those of the United States first, as the rates are.
    modelled = sorted(
        (each for each in flows.weightings() if each.modelled),
        key=lambda each: each.destination != HELD,
    )
    others = (
        _other_side(flows, sides, weighting, known_on)
        for weighting in modelled
        if weighting.destination != HELD
    )
    weights = tuple(f"{HELD} {each.flow} of {each.year}" for each in modelled)
    return LineDuties(flow_rates(schedule, flows, sides, choice), tuple(others), weights)


def sector_duties(lines: LineDuties, layout: DataLayout) -> SectorDuties:
    """Additional duties of both countries on both sides, by the sectors of a world.

    Raises:
        QuestionError: the data have no country for a party.
        ImpactError: a line has no sector.
    """
    sums = _CellSums()
    table = crosswalk()
    states = _own(layout, HELD)
    rates = lines.rates
    sectors = layout.sectors_of(rates.codes, table)
    exporters = [layout.country_of(partner.countries) for partner in rates.partners]
    sums.add_all(sectors, states, exporters, rates)
    for other in lines.others:
        importer = _own(layout, other.destination)
        rows = zip(
            layout.sectors_of(other.lines, table),
            other.before,
            other.after,
            other.lines.values(),
            strict=True,
        )
        for sector, before, after, value in rows:
            sums.add(sector, importer, (states,), SectorDuty(before, after, value / other.units))
    return sums.close()._replace(weights=lines.weights)


def _other_side(
    flows: Flows, sides: tuple[Side, Side], weighting: FlowWeighting, known_on: str | None
) -> OtherSide:
    """Additional duties of another country on goods of the United States."""
    destination = weighting.destination
    weights = find_weights(flows, weighting.name, HELD, destination)
    classes = classes_of([side.register for side in sides], destination)
    before, after = (
        _additional(side, weights.lines, own, known_on)
        for side, own in zip(sides, classes, strict=True)
    )
    return OtherSide(destination, weights.lines, weights.units, before, after)


def _additional(
    side: Side, codes: Iterable[str], classes: Classes, known_on: str | None
) -> list[float]:
    """Additional duties of another country on goods of the United States, by code."""
    destination = classes.destination
    question = AverageQuestion(HELD, side.day, side.day, destination, known_on=known_on)
    query = check_average(side.register, question)
    law = AverageLaw(side.register, destination, (day_number(side.day),), query.known_on)
    stacks = Stacks(ClassTimelines(law, classes))
    goods = stacks.of(HELD, query.facts)
    kinds = [*goods.kinds((code, None) for code in codes)]
    # Thousands of codes are of a few kinds.
    distinct = {kind.number: kind for kind in kinds}
    shares = {number: _share(kind.segments[0].case) for number, kind in distinct.items()}
    return [shares[kind.number] for kind in kinds]


def _share(case: StackCase) -> float:
    # On a line that is free otherwise: ordinary duties are the model's own.
    charge = case.charge(FREE)
    if charge.unresolved:
        return float("nan")
    return sum(part for family, part in charge.families if family != BASE) / SCALE


def _own(layout: DataLayout, iso: str) -> str:
    """The model's country that stands for one country alone.

    Raises:
        QuestionError: the data have none.
    """
    found = [name for name, codes in layout.countries.items() if tuple(codes) == (iso,)]
    if not found:
        raise QuestionError(
            f"{layout.title} has no country for {iso} alone, and its duties need one"
        )
    return found[0]
