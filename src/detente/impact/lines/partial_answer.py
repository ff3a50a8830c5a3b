"""What a change of duty does to imports line by line, from the register and the flows at hand."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.answer import HELD
from detente.average.flow_coverage import of_editions, of_gaps, of_law, of_weights
from detente.average.flow_rates import (
    Choice,
    FlowRates,
    Side,
    chosen_partners,
    claim_of,
    flow_rates,
)
from detente.core.coverage import PARTLY, READ, Coverage, verdict, vouched
from detente.core.figures import percent
from detente.duty.answer import horizon, local_notes, register_block
from detente.duty.question import DutyQuestion, QuestionError, check
from detente.goods.schedule import Schedule
from detente.impact.lines.demand_response import Partial, concentration
from detente.impact.lines.elasticities import Elasticities
from detente.impact.lines.partial_bands import Point, Ranges, bands_by_source
from detente.register.book import Register
from detente.trade.flows import Flows, FlowWeighting

if TYPE_CHECKING:
    import numpy

    from detente.answers import impact as typed
    from detente.answers.shared import Coverage as CoverageRow

    Column = numpy.ndarray

CHINA, EVERYBODY = "CN", "*"
"""Partners of the flows by chapter."""

SHOWN = 20
"""Lines named in the answer, those whose imports change most; a CSV file has all."""


FIGURES = (
    "value_before",
    "value_after",
    "duty_rate_before",
    "duty_rate_after",
    "duty_before",
    "duty_static",
    "duty_after",
)
"""Columns of numbers in the CSV file."""


STATUTORY, PAID = "statutory", "paid"
BASES = (STATUTORY, PAID)


class Demand(NamedTuple):
    """How buyers and sellers respond.

    Attributes:
        elasticities: between origins, by line.
        eta: of the demand for a line.
        pass_through: part of the change of duty that reaches the buyer's price.
        spread: elasticities between origins are divided and multiplied by it for the band.
    """

    elasticities: Elasticities
    eta: float
    pass_through: float
    spread: float


class RespondingImports(NamedTuple):
    """The imports that respond, and the duty that they stand under before.

    Attributes:
        base: ``statutory``, the duty of the first side; or ``paid``, calculated duty over value of
            each line and origin in the year of the flows, on which the change of duty is put.
        weights: the flows: those by line, or by chapter of another year with its lines inside.
    """

    base: str = STATUTORY
    weights: str = ""


class Worked(NamedTuple):
    """The answer's parts as columns, for files and pictures."""

    flows: FlowRates
    sigma: Column
    digits: Column
    found: Partial
    answer: typed.PartialAnswer


def answer_partial(
    schedule: Schedule,
    flows: Flows,
    sides: tuple[Side, Side],
    choice: Choice,
    demand: Demand,
    basis: RespondingImports | None = None,
    ranges: Ranges | None = None,
) -> Worked:
    """The answer under the keys of the interface, with its columns.

    Raises:
        QuestionError: the question cannot be understood.
        ImpactError: an elasticity or another number is out of range.
    """
    import numpy

    basis = basis or RespondingImports()
    begun = time.perf_counter()
    weighting = _weighting(flows, basis.weights)
    rates = on_basis(flows, flow_rates(schedule, flows, sides, choice), basis.base, weighting)
    resolved = time.perf_counter()
    known = ~(numpy.isnan(rates.before) | numpy.isnan(rates.after))
    if not rates.value[known].sum() > 0:
        raise QuestionError(
            "no duty of these goods is resolved on both days as a share of the value, so nothing "
            "is known of a change: name other codes or origins"
        )
    cells = _restricted(rates, known)
    sigma, digits = demand.elasticities.of_lines(cells.codes)
    matched = time.perf_counter()
    centre = Point(cells, sigma, demand.eta, demand.pass_through)
    found = centre.respond()
    done = time.perf_counter()
    ranges = ranges or Ranges(demand.spread)
    other = None
    if ranges.facts:
        varied = choice._replace(facts={**choice.facts, **ranges.facts})
        moved = on_basis(flows, flow_rates(schedule, flows, sides, varied), basis.base, weighting)
        other = _aligned(cells, moved, known)
    coverage = _coverage(schedule, weighting, sides, rates, digits, cells, demand)
    answer: typed.PartialAnswer = {
        "register": register_block(
            sides[1].register,
            schedule,
            check(sides[1].register, DutyQuestion(code="", origin="CN", on=sides[1].day)),
        ),
        "status": verdict("ok", "partly", coverage),
        "coverage": coverage,
        "flows": _flows(weighting, rates, cells),
        "elasticities": _elasticities(cells, digits, sigma, demand),
        "base": basis.base,
        "totals": _totals(cells, found),
        "targeted": _targeted(cells, found),
        "by_origin": _by_origin(cells, found),
        "diversion": _diversion(cells, found),
        "concentration": _concentration(cells, found),
        "lines": _lines(cells, found, sigma),
        "bands": _bands(centre, demand.spread),
        "bands_by_source": bands_by_source(centre, ranges, other, _totals),
        "seconds": {
            "rates": f"{resolved - begun:.3f}",
            "elasticities": f"{matched - resolved:.4f}",
            "response": f"{done - matched:.4f}",
        },
        "notes": _notes(sides, choice, demand, rates, known, basis, weighting),
    }
    return Worked(cells, sigma, digits, found, vouched(answer))


def _flows(weighting: FlowWeighting, rates: FlowRates, cells: FlowRates) -> typed.FlowsUsed:
    """The flows that respond, and their share of all that were taken."""
    total = float(rates.value.sum())
    return {
        "title": weighting.title,
        "lines": len(cells.codes),
        "partners": len(cells.partners),
        "cells": len(cells.value),
        "value": _dollars(total),
        "covered_share": _share(float(cells.value.sum()) / total),
    }


def _weighting(flows: Flows, name: str) -> FlowWeighting:
    """The flows that are taken: those by line into the country whose schedule is held.

    Raises:
        QuestionError: there are no such flows.
    """
    known = [
        each
        for each in flows.weightings()
        if each.destination == HELD and each.kind in ("lines", "chapters")
    ]
    for each in known:
        if name == each.name or (not name and each.preset):
            return each
    raise QuestionError(
        f"no imports {name!r} at hand: write {' or '.join(each.name for each in known)}", "weights"
    )


def _coverage(
    schedule: Schedule,
    weighting: FlowWeighting,
    sides: tuple[Side, Side],
    rates: FlowRates,
    digits: Column,
    cells: FlowRates,
    demand: Demand,
) -> list[CoverageRow]:
    """What the answer rests on: the law of both days, the schedule, the flows, elasticities."""
    days = sorted({side.day for side in sides})
    total = float(rates.value.sum())
    origins = {country for each in rates.partners for country in each.countries}
    register = sides[1].register
    area = register.areas[f"{HELD.lower()}/tariff"]
    editions = [of_editions(schedule, area, day, day) for day in days]
    rows = [
        of_law(register, HELD, days[0], days[-1]),
        # The less complete of the two days' editions speaks for both.
        max(editions, key=lambda row: row.state != READ),
        of_weights(
            weighting.name, weighting.year, weighting.title, float(cells.value.sum()) / total
        ),
        _of_elasticities(cells, digits, demand),
    ]
    for day in days:
        rows += [row for row in of_gaps(register, HELD, origins, day, day) if row not in rows]
    return [row.row() for row in rows]


def _of_elasticities(cells: FlowRates, digits: Column, demand: Demand) -> Coverage:
    """Elasticities: one number for all is the user's; of a table some lines have none."""
    table = demand.elasticities
    what = f"elasticities/{table.name}"
    if not table.table:
        return Coverage(what, None, None, "one number for all lines, as given", READ)
    import numpy

    by_line = numpy.bincount(cells.line, cells.value, len(cells.codes))
    own = float(by_line[digits > 0].sum() / by_line.sum())
    without = int(((digits == 0) & (by_line > 0)).sum())
    scope = f"{percent(own, 2)} of the value has one of its own"
    if not without:
        return Coverage(what, None, None, scope, READ)
    scope += f"; {without:,} lines take the mean of their heading or chapter, or the median"
    return Coverage(what, None, None, scope, PARTLY)


def _restricted(rates: FlowRates, known: Column) -> FlowRates:
    """The cells whose duty is resolved on both sides."""
    return rates._replace(
        line=rates.line[known],
        partner=rates.partner[known],
        value=rates.value[known],
        before=rates.before[known],
        after=rates.after[known],
    )


def _aligned(cells: FlowRates, other: FlowRates, known: Column) -> FlowRates:
    """The same cells under other duties; those that these leave open keep the ones they had."""
    import numpy

    before, after = other.before[known], other.after[known]
    return cells._replace(
        before=numpy.where(numpy.isnan(before), cells.before, before),
        after=numpy.where(numpy.isnan(after), cells.after, after),
    )


def _elasticities(
    cells: FlowRates, digits: Column, sigma: Column, demand: Demand
) -> typed.ElasticitiesUsed:
    import numpy

    table = demand.elasticities
    by_line = numpy.bincount(cells.line, cells.value, len(cells.codes))
    own = float(by_line[digits > 0].sum() / by_line.sum()) if table.table else 0.0
    return {
        "source": table.name,
        "median": f"{float(numpy.median(sigma)):.4g}",
        "own_share": _share(own) if table.table else None,
        "eta": f"{demand.eta:g}",
        "pass_through": f"{demand.pass_through:g}",
        "spread": f"{demand.spread:g}",
    }


def _imports_and_duty(
    before: float, after: float, paid: float, static: float, moved: float
) -> typed.ImportsAndDuty:
    """Dollars of imports before and after, and of duty paid, with imports unmoved and moved."""
    return {
        "value_before": _dollars(before),
        "value_after": _dollars(after),
        "change": _share(after / before - 1),
        "duty_before": _dollars(paid),
        "duty_static": _dollars(static),
        "duty_after": _dollars(moved),
        "average_before": _share(paid / before),
        "average_static": _share(static / before),
    }


def _totals(cells: FlowRates, found: Partial) -> typed.PartialTotals:
    before, after = float(found.value_before.sum()), float(found.value_after.sum())
    paid = float(found.duty_before.sum())
    static, moved = float(found.duty_static.sum()), float(found.duty_after.sum())
    loss = float(found.loss.sum())
    return {
        **_imports_and_duty(before, after, paid, static, moved),
        "average_after": _share(moved / after) if after else None,
        "buyers_lose": _dollars(loss),
        "revenue_less_loss": _dollars(moved - paid - loss),
    }


def _targeted(cells: FlowRates, found: Partial) -> typed.Targeted:
    """Of the goods whose duty rises: their value, their duty before and after, their fall."""
    risen = cells.after > cells.before
    before, after = (float(each[risen].sum()) for each in (found.value_before, found.value_after))
    paid, static = (float(each[risen].sum()) for each in (found.duty_before, found.duty_static))
    return {
        "value_before": _dollars(before),
        "share": _share(before / float(found.value_before.sum())),
        "value_after": _dollars(after),
        "change": _share(after / before - 1) if before else None,
        "average_before": _share(paid / before) if before else None,
        "average_static": _share(static / before) if before else None,
    }


def _by_origin(cells: FlowRates, found: Partial) -> list[typed.OriginResponse]:
    import numpy

    count = len(cells.partners)

    def summed(column: Column) -> list[float]:
        sums: list[float] = numpy.bincount(cells.partner, column, count).tolist()
        return sums

    columns = [
        summed(column)
        for column in (
            found.value_before,
            found.value_after,
            found.duty_before,
            found.duty_static,
            found.duty_after,
        )
    ]
    rows: list[typed.OriginResponse] = []
    for partner, before, after, paid, static, moved in zip(cells.partners, *columns, strict=True):
        if not before:
            continue
        rows.append(
            {
                "origin": partner.id,
                "name": partner.name,
                **_imports_and_duty(before, after, paid, static, moved),
            }
        )
    rows.sort(key=lambda row: -float(row["value_before"]))
    return rows


def _diversion(cells: FlowRates, found: Partial) -> typed.Diversion:
    """What origins lose, and what the others win of it."""
    change = found.change_by(cells.partner, len(cells.partners))
    lost = float(-change[change < 0].sum())
    won = float(change[change > 0].sum())
    rows: list[typed.OriginChange] = [
        {"origin": partner.id, "change": _dollars(amount)}
        for partner, amount in sorted(
            zip(cells.partners, change.tolist(), strict=True), key=lambda row: -row[1]
        )
        if round(amount)
    ]
    return {
        "lost": _dollars(lost),
        "won": _dollars(won),
        "won_share": _share(won / lost) if lost else None,
        "by_origin": rows,
    }


def _concentration(cells: FlowRates, found: Partial) -> typed.OriginConcentration:
    """Herfindahl index of origins, a line weighing its imports before."""
    import numpy

    lines = len(cells.codes)
    weight = numpy.bincount(cells.line, found.value_before, lines)
    both = [
        float((concentration(cells.line, value, lines) * weight).sum() / weight.sum())
        for value in (found.value_before, found.value_after)
    ]
    return {"before": f"{both[0]:.6f}", "after": f"{both[1]:.6f}"}


def _lines(cells: FlowRates, found: Partial, sigma: Column) -> list[typed.LineResponse]:
    """The lines whose imports change most, over all origins asked about."""
    import numpy

    lines = len(cells.codes)
    before = numpy.bincount(cells.line, found.value_before, lines)
    after = numpy.bincount(cells.line, found.value_after, lines)
    duty = numpy.bincount(cells.line, found.duty_after - found.duty_before, lines)
    # Stable, so that lines of equal change keep their order from run to run.
    order = numpy.argsort(-numpy.abs(after - before), kind="stable")[:SHOWN]
    return [
        {
            "code": cells.codes[at],
            "value_before": _dollars(float(before[at])),
            "value_after": _dollars(float(after[at])),
            "duty_change": _dollars(float(duty[at])),
            "price": f"{float(found.price[at]) - 1:.6f}",
            "sigma": f"{float(sigma[at]):.4g}",
        }
        for at in order.tolist()
        if round(float(after[at] - before[at]))
    ]


def _bands(centre: Point, spread: float) -> typed.PartialBands | None:
    """Totals with all elasticities between origins lower and higher; None without a spread."""
    if spread == 1:
        return None

    def at(factor: float) -> typed.BandTotals:
        totals = _totals(centre.rates, centre._replace(sigma=centre.sigma * factor).respond())
        return {
            "value_after": totals["value_after"],
            "change": totals["change"],
            "duty_after": totals["duty_after"],
            "buyers_lose": totals["buyers_lose"],
        }

    return {"spread": f"{spread:g}", "low_sigma": at(1 / spread), "high_sigma": at(spread)}


def _notes(
    sides: tuple[Side, Side],
    choice: Choice,
    demand: Demand,
    rates: FlowRates,
    known: Column,
    basis: RespondingImports,
    weighting: FlowWeighting,
) -> list[str]:
    notes = [
        f"Imports are those of {weighting.year} and stand as if they had been made under the "
        "duties before; nothing else of the economy moves: no wages, no exchange rate, no supply "
        "at home."
    ]
    register = sides[1].register
    area = register.areas["us/tariff"]
    late = [side.day for side in sides if side.day > area.reviewed_through]
    if late:
        notes.append(horizon(area.reviewed_through, max(late)))
    notes.extend(local_notes(register))
    notes.extend(demand.elasticities.notes)
    if bool((rates.before[known] == rates.after[known]).all()):
        notes.append(
            "Both sides charge the same. A scenario that writes down what the law itself will do "
            "shows against an earlier day: --from DAY."
        )
    if not known.all():
        part = float(rates.value[~known].sum() / rates.value.sum())
        notes.append(f"{100 * part:.2f}% of the value has no resolved duty and is left out.")
    if weighting.kind == "chapters":
        notes.append(
            f"Chapters of China and of all others weigh what they did in {weighting.year}; inside "
            "them lines and origins stand as in the flows by line, since those of the year are not "
            "at hand."
        )
    if basis.base == PAID:
        notes.append(
            "Duty before is what was paid: calculated duty over value of each line and origin in "
            "the year of the flows. The change of duty between the two sides is put on it, and it "
            "stops at zero."
        )
    notes.extend(_notes_of_claims(register, choice, rates))
    notes.append(
        "What was or will be assessed counts as paid, duties later found void too; facts that are "
        "not given stand at their defaults, and metal content not given is the whole value."
    )
    return notes


def _notes_of_claims(register: Register, choice: Choice, rates: FlowRates) -> Iterator[str]:
    """Whose goods claim a preference, and whose could and do not."""
    if choice.claimed:
        shares = ", ".join(
            f"{name} {percent(share, 0)}"
            + (f" before, {percent(later, 0)} after" if later != share else "")
            for name, share in choice.claimed.items()
            # A loop over one value, which gives it a name inside the expression.
            for later in (choice.claimed_after.get(name, share),)
        )
        yield f"Share of the value that claims the preference: {shares}."
    free = [
        each.id
        for each in rates.partners
        if each.id not in choice.claimed and claim_of(register, each.countries[0])
    ]
    if free:
        yield (
            f"No preference is claimed for goods of {', '.join(free)}, so their duty here is "
            "higher than what is paid; --claimed CC=SHARE says which share of the value claims it."
        )


def line_rows(worked: Worked) -> list[list[str]]:
    """One row for each line and origin, with a first row of names."""
    cells, found = worked.flows, worked.found
    rows = [[*("code", "origin"), *FIGURES, *("sigma", "sigma_digits")]]
    columns: list[list[float]] = [
        column.tolist()
        for column in (
            found.value_before,
            found.value_after,
            cells.before,
            cells.after,
            found.duty_before,
            found.duty_static,
            found.duty_after,
        )
    ]
    sigma, digits = worked.sigma.tolist(), worked.digits.astype(int).tolist()
    for at, (line, partner) in enumerate(
        zip(cells.line.tolist(), cells.partner.tolist(), strict=True)
    ):
        value, later, first, second, paid, static, moved = (column[at] for column in columns)
        rows.append(
            [
                cells.codes[line],
                cells.partners[partner].id,
                f"{value:.0f}",
                f"{later:.2f}",
                f"{first:.6f}",
                f"{second:.6f}",
                f"{paid:.2f}",
                f"{static:.2f}",
                f"{moved:.2f}",
                f"{sigma[line]:g}",
                str(digits[line]),
            ]
        )
    return rows


def on_basis(flows: Flows, rates: FlowRates, base: str, weighting: FlowWeighting) -> FlowRates:
    """Flows as they were in another year by chapter, and under the duty that was paid.

    Args:
        flows: trade flows.
        rates: flows by line and partner with the duties of both sides.
        base: one of `BASES`.
        weighting: the flows asked for.
    """
    if weighting.kind == "chapters":
        rates = _of_chapters(flows, rates, weighting)
    if base == PAID:
        paid = _paid(flows, rates)
        after = paid + rates.after - rates.before
        # Zero times NaN is NaN: a cell whose duty is not resolved stays so under what was paid.
        rates = rates._replace(before=paid + 0 * rates.before, after=after.clip(0))
    return rates


def _paid(flows: Flows, rates: FlowRates) -> Column:
    """(C,) calculated duty over value of each line and partner."""
    import numpy

    shares = [
        {flow.code: flow.duty / flow.value for flow in flows.lines(each.id) if flow.value}
        for each in rates.partners
    ]
    cells = zip(rates.line.tolist(), rates.partner.tolist(), strict=True)
    return numpy.array([shares[partner][rates.codes[line]] for line, partner in cells])


def _of_chapters(flows: Flows, rates: FlowRates, weighting: FlowWeighting) -> FlowRates:
    """Values scaled so that chapters of China, and of all others, are those of another year."""
    import numpy

    own = flows.chapters(weighting.flow, weighting.year, CHINA)
    every = flows.chapters(weighting.flow, weighting.year, EVERYBODY)
    chinese = numpy.array([each.id == CHINA for each in rates.partners])[rates.partner]
    chapters = numpy.array([int(code[:2]) for code in rates.codes])[rates.line]
    value = rates.value.copy()
    for chapter in set(chapters.tolist()):
        name = f"{chapter:02d}"
        china = own.get(name, 0)
        for mask, wanted in ((chinese, china), (~chinese, every.get(name, 0) - china)):
            cells = mask & (chapters == chapter)
            total = float(rates.value[cells].sum())
            # A chapter without trade by line has nothing that could be scaled.
            value[cells] *= wanted / total if total else 0.0
    return rates._replace(value=value)


def read_claimed(
    register: Register, flows: Flows, shares: Mapping[str, str]
) -> tuple[dict[str, float], dict[str, float]]:
    """Shares of goods that claim a preference before and after, by the partner's id.

    A share is one for both, or two with dots between: ``35%..85%``.

    Raises:
        QuestionError: the origin is not in the statistics, or the share is none.
    """
    before, after = {}, {}
    for origin, text in shares.items():
        (partner,) = chosen_partners(flows, [origin])
        if claim_of(register, partner.countries[0]) is None:
            raise QuestionError(f"the register has no preference that goods of {origin} may claim")
        first, _, last = text.partition("..")
        before[partner.id] = _claimed_share(origin, first)
        after[partner.id] = _claimed_share(origin, last or first)
    return before, after


def _claimed_share(origin: str, text: str) -> float:
    percent = text.endswith("%")
    try:
        share = float(text.removesuffix("%")) / (100 if percent else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise QuestionError(
            f"--claimed {origin}={text}: write a share, such as 85% or 0.85, or one before and one "
            "after: 35%..85%"
        )
    return share


def _dollars(amount: float) -> str:
    return f"{amount:.0f}"


def _share(part: float) -> str:
    return f"{part:.6f}"
