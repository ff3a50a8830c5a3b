"""What weighs something and is not in an average, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from textwrap import shorten

from detente._shapes import TYPE_CHECKING
from detente.average.cases import BASE
from detente.average.cells import WeighedCell, WeighedCells
from detente.average.stacks import CodeKind, OriginGoods
from detente.average.sums import LoadKey, Sums
from detente.core.clock import day_text
from detente.core.figures import rate
from detente.duty.amounts import ColumnRates
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.lists import prefixes
from detente.trade.flows import Flows
from detente.trade.weights import SUBHEADING, Weights

if TYPE_CHECKING:
    from detente.answers.average import LeftOut, WithoutRate

REMEDIES = frozenset(("us_remedy", "cn_remedy"))
"""The facts that say whether an order describes the goods."""

PRINTED = 60
"""Signs of a printed rate that are shown; some are a paragraph of law."""


def dollars_of(units: int, weights: Weights) -> str:
    """Units of weight as dollars."""
    whole = Fraction(units, weights.units)
    return (
        f"{whole.numerator // whole.denominator}" if weights.units == 1 else f"{float(whole):.2f}"
    )


def unmatched(weights: Weights, cells: WeighedCells) -> list[LeftOut]:
    """Codes and chapters that weigh something and have no line, the heaviest first."""
    rows = [(units, code, why) for (code, why), units in cells.unmatched.items()]
    why = "no line of this chapter is at hand"
    rows += [(units, chapter, why) for chapter, units in weights.without_line.items()]
    rows.sort(key=lambda row: (-row[0], row[1]))
    return [
        {"code": code, "value": dollars_of(units, weights), "why": why} for units, code, why in rows
    ]


def with_known_subheadings(weights: Weights, schedule: Schedule, flows: Flows) -> Weights:
    """The same weights with codes under no subheading of the Harmonized System left without a line.

    Args:
        weights: what codes weigh.
        schedule: a schedule whose codes agree with all others down to six digits.
        flows: trade flows, with the subheadings of the years of their weights.
    """
    years = {each.year for each in flows.weightings()}
    known = {code for year in years for code in flows.subheadings(year)}
    unknown = {
        code: units
        for code, units in weights.lines.items()
        if code[:SUBHEADING] not in known and schedule.first_edition(code[:SUBHEADING]) is None
    }
    lines = {code: units for code, units in weights.lines.items() if code not in unknown}
    return weights._replace(lines=lines, without_line={**weights.without_line, **unknown})


def without_subheading(weights: Weights) -> list[LeftOut]:
    """Chapters and codes that weigh something and have no subheading, the heaviest first."""
    rows = sorted(weights.without_line.items(), key=lambda row: (-row[1], row[0]))
    return [
        {
            "code": code,
            "value": dollars_of(units, weights),
            "why": "no subheading of this chapter is at hand"
            if len(code) < SUBHEADING
            else "the Harmonized System has no such subheading in the years at hand",
        }
        for code, units in rows
    ]


def load_of(kind: CodeKind, cell: WeighedCell) -> LoadKey:
    """The load under which a cell of a kind weighs."""
    return kind.number, cell.first, cell.until


def unresolved(
    register: Register,
    weights: Weights,
    cells: WeighedCells,
    goods: OriginGoods,
    sums: Sums,
    days: Sequence[int],
) -> list[WithoutRate]:
    """Lines whose duty is not known as a share of the value on some days, the heaviest first.

    Args:
        register: the register asked.
        weights: what lines weigh.
        cells: the lines by the days on which they have one code and one rate.
        goods: the stacks of the origin.
        sums: what was summed of them.
        days: the days asked, by their numbers.
    """
    found: dict[tuple[str, str], list[int]] = {}
    for cell, printed, names, first, until in _open(cells, goods, sums):
        row = found.setdefault((cell.code, _why(register, printed, names)), [0] * (len(days) + 1))
        row[first] += cell.units
        row[until] -= cell.units
    rows = []
    for (code, why), changes in found.items():
        by_day = [sum(changes[: at + 1]) for at in range(len(days))]
        begins = next(at for at, units in enumerate(by_day) if units)
        rows.append((max(by_day), code, day_text(days[begins]), why))
    rows.sort(key=lambda row: (-row[0], row[1]))
    return [
        {"code": code, "value": dollars_of(units, weights), "on": on, "why": why}
        for units, code, on, why in rows
    ]


def _open(
    cells: WeighedCells, goods: OriginGoods, sums: Sums
) -> Iterator[tuple[WeighedCell, str, tuple[str, ...], int, int]]:
    """Cells without a rate: it as printed, whose duty has none, and the days ``[first, until)``."""
    if not sums.open:
        return
    kinds = goods.kinds((each.code, each.later) for each in cells.cells)
    known: dict[tuple[int, ColumnRates], tuple[str, ...]] = {}
    for kind, cell in zip(kinds, cells.cells, strict=True):
        if load_of(kind, cell) not in sums.open:
            continue
        for segment in kind.segments:
            first, until = max(cell.first, segment.first), min(cell.until, segment.until)
            if first >= until:
                continue
            # By identity: a case that several kinds meet is one object.
            key = id(segment.case), cell.rates
            if key not in known:
                known[key] = segment.case.unresolved(cell.rates)
            if known[key]:
                yield cell, segment.case.printed(cell.rates), known[key], first, until


def _why(register: Register, rate: str, names: Sequence[str]) -> str:
    """Whose duty is not a share of the value; `rate` is the ordinary one."""
    measures = [register.measure(name) for name in names]
    ordinary = shorten(rate, PRINTED, placeholder=" …")
    stated = [
        f"its ordinary duty, {ordinary!r}," if each.family == BASE else f"the duty of {each.title}"
        for each in measures
    ]
    return f"{' and '.join(stated)} is not known as a share of the value"


def remedies_left_out(register: Register, destination: str, origin: str, weights: Weights) -> str:
    """A note on the value that antidumping and countervailing orders may touch, in percent.

    An order describes goods, and its rate is that of a producer: no table of trade tells either. So
    the fact that an order describes the goods stands at its default, and what is said is the share
    of the value on lines that orders name.

    Args:
        register: the register asked.
        destination: the side into which the goods come.
        origin: where they come from.
        weights: units of weight by code.
    """
    named = {
        name
        for measure in register.measures(f"{destination.lower()}/tariff")
        if register.inside(measure.places, origin)
        for provision in measure.provisions
        if not REMEDIES.isdisjoint(test.fact for test in provision.when)
        for name in provision.goods
    }
    written = {name for name in named if name[0].isdigit()}
    codes = {name.replace(".", "") for name in written}
    codes.update(row.code for name in named - written for row in register.codes_of(name))
    touched = sum(
        units for code, units in weights.lines.items() if not codes.isdisjoint(prefixes(code))
    )
    said = "Antidumping and countervailing duties are not counted"
    if not touched:
        return f"{said}."
    share = rate(Fraction(touched, weights.total) * 100)
    return f"{said}: {share}% of the value lies on lines that orders name, some of it theirs."
