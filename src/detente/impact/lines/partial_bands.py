"""How far an answer line by line moves with what is not known, source by source and together.

    elasticities   all between origins divided and multiplied by a factor
    demand         the elasticity of demand between two values
    pass-through   what buyers pay of the duty, between the published estimates at the border
    entry facts    the duties that other facts of entry give, where some are named

Each source moves alone with the others at the centre. Together is the least and the most over all
combinations of their ends: no draws, since nothing says how likely an end is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.impact.accounts.sheets import built_in_rows
from detente.impact.errors import ImpactError
from detente.impact.lines.demand_response import Partial, respond

if TYPE_CHECKING:
    import numpy

    from detente.answers import impact as typed
    from detente.average.flow_rates import FlowRates

    Column = numpy.ndarray

ESTIMATES, BORDER = "households-passthrough", "border"
"""Totals that are told at each end."""

Range = tuple[float, float]


class Ranges(NamedTuple):
    """The ends between which each source moves.

    Attributes:
        spread: factor of the elasticities between origins; 1 for none.
        eta: of demand; None for the central value over and times `spread`.
        pass_through: None for the published estimates at the border, with the central value.
        facts: entry facts of the other end; empty where none are named.
    """

    spread: float
    eta: Range | None = None
    pass_through: Range | None = None
    facts: Mapping[str, str] = {}


class Point(NamedTuple):
    """Everything that a response hangs on."""

    rates: FlowRates
    sigma: Column
    eta: float
    pass_through: float

    def respond(self) -> Partial:
        """Imports after the change."""
        rates = self.rates
        return respond(
            rates.line,
            rates.value,
            rates.before,
            rates.after,
            self.sigma,
            self.eta,
            self.pass_through,
        )


Move = Callable[[Point], Point]
"""What an end of a source makes of a point."""


class DoubtSource(NamedTuple):
    """A source of doubt: its name, its ends in words, and what each end changes."""

    name: str
    ends: tuple[str, str]
    low: Move
    high: Move
    why: str


def read_range(text: str, name: str) -> Range | None:
    """A range such as ``0.8..1.6``; None for nothing.

    Raises:
        ImpactError: it is none.
    """
    if not text:
        return None
    first, mark, last = text.partition("..")
    try:
        low, high = float(first), float(last)
    except ValueError:
        mark = ""
    if not mark or not 0 <= low <= high:
        raise ImpactError(f"{name} {text!r} is not a range: write 0.8..1.6")
    return low, high


def published_pass_through() -> tuple[Range, str]:
    """The least and the largest published share at the border, and who says them.

    Raises:
        ImpactError: the compiled data lack them.
    """
    rows = [row for row in built_in_rows(ESTIMATES) if row["stage"] == BORDER]
    lows = [float(row["low"] or row["share"]) for row in rows]
    highs = [float(row["high"] or row["share"]) for row in rows]
    studies = "; ".join(dict.fromkeys(f"{row['study']} {row['day'][:4]}" for row in rows))
    return (min(lows), max(highs)), studies


def sources_of(centre: Point, ranges: Ranges, other: FlowRates | None) -> Iterator[DoubtSource]:
    """The sources that move, each with its ends.

    Args:
        centre: the central answer.
        ranges: the ends.
        other: the duties under the other facts; None where none are named.
    """
    if ranges.spread != 1:
        factor = ranges.spread
        yield DoubtSource(
            "elasticities",
            (f"all divided by {factor:g}", f"all times {factor:g}"),
            lambda point: point._replace(sigma=point.sigma / factor),
            lambda point: point._replace(sigma=point.sigma * factor),
            "a factor on all elasticities between origins",
        )
    eta = ranges.eta or (centre.eta / ranges.spread, centre.eta * ranges.spread)
    if eta[0] != eta[1]:
        yield DoubtSource(
            "demand",
            (f"{eta[0]:g}", f"{eta[1]:g}"),
            lambda point: point._replace(eta=eta[0]),
            lambda point: point._replace(eta=eta[1]),
            "as given" if ranges.eta else "the same factor; no estimate by line is at hand",
        )
    passed, why = ranges.pass_through, "as given"
    if passed is None:
        published, why = published_pass_through()
        # What was asked for may lie outside the published estimates, and its band must hold it.
        passed = (min(published[0], centre.pass_through), max(published[1], centre.pass_through))
    if passed[0] != passed[1]:
        yield DoubtSource(
            "pass-through",
            (f"{passed[0]:g}", f"{passed[1]:g}"),
            lambda point: point._replace(pass_through=passed[0]),
            lambda point: point._replace(pass_through=passed[1]),
            why,
        )
    if other is not None:
        stated = ", ".join(f"{key}={value}" for key, value in ranges.facts.items())
        yield DoubtSource(
            "entry facts",
            ("as asked", stated),
            _stays,
            lambda point: point._replace(rates=other),
            "as given",
        )


def bands_by_source(
    centre: Point,
    ranges: Ranges,
    other: FlowRates | None,
    totals: Callable[[FlowRates, Partial], typed.PartialTotals],
) -> typed.BandsBySource:
    """The totals at the ends of each source alone, and the least and the most of all together.

    Args:
        centre: the central answer.
        ranges: the ends of each source.
        other: the duties under the other facts; None where none are named.
        totals: sums of a response, as texts.
    """
    sources = list(sources_of(centre, ranges, other))

    known: dict[tuple[Move, ...], typed.SourceTotals] = {}

    def at(*ends: Move) -> typed.SourceTotals:
        # Corners that differ only by an end at which nothing moves are one answer.
        moves = tuple(each for each in ends if each is not _stays)
        if moves not in known:
            point = centre
            for move in moves:
                point = move(point)
            found = totals(point.rates, point.respond())
            known[moves] = {
                "value_after": found["value_after"],
                "change": found["change"],
                "duty_after": found["duty_after"],
                "buyers_lose": found["buyers_lose"],
                "revenue_less_loss": found["revenue_less_loss"],
            }
        return known[moves]

    rows: list[typed.SourceBand] = [
        {
            "source": each.name,
            "ends": list(each.ends),
            "low": at(each.low),
            "high": at(each.high),
            "why": each.why,
        }
        for each in sources
    ]
    corners = [at(*chosen) for chosen in product(*((each.low, each.high) for each in sources))]
    together: typed.TotalEnds = {
        "value_after": _ends(each["value_after"] for each in corners),
        "change": _ends(each["change"] for each in corners),
        "duty_after": _ends(each["duty_after"] for each in corners),
        "buyers_lose": _ends(each["buyers_lose"] for each in corners),
        "revenue_less_loss": _ends(each["revenue_less_loss"] for each in corners),
    }
    still = [] if other is not None else ["entry facts"]
    return {"sources": rows, "together": together, "not_moved": still}


def _stays(point: Point) -> Point:
    """The end of a source at which nothing moves."""
    return point


def _ends(figures: Iterable[str]) -> list[str]:
    """The least and the largest of some figures."""
    ordered = sorted(figures, key=float)
    return [ordered[0], ordered[-1]]
