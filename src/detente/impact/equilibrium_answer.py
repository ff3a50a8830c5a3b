"""What a change does to welfare, wages and prices of economies."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import numpy as np

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.flow_coverage import of_law, of_weights, of_world
from detente.average.flow_rates import Side
from detente.core.coverage import PARTLY, Coverage, verdict, vouched
from detente.core.figures import counted
from detente.duty.answer import horizon, local_notes, register_block
from detente.duty.question import DutyQuestion, check
from detente.goods.schedule import Schedule
from detente.impact.accounts.layout import DataLayout
from detente.impact.accounts.plain import ordinary_of, scenario_shock
from detente.impact.accounts.sheets import errors_of
from detente.impact.accounts.worlds import ModelWorld
from detente.impact.bands import (
    Bands,
    BandsQuery,
    Chain,
    answer_chain,
    bands,
    error_draws,
    spread_draws,
)
from detente.impact.economy import Array, Economy
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Shock
from detente.impact.sector_duties import SectorDuties
from detente.impact.welfare import Welfare, measure
from detente.trade.flows import Flows

if TYPE_CHECKING:
    from detente.answers import impact as typed
    from detente.answers.shared import Coverage as CoverageRow

DRAWS = 200
"""Draws of elasticities that are solved where no number is given."""

MOST_DRAWS = 2_000
"""Draws that are solved at most: seconds of two cores, and the ends of a band move no more."""


class Options(NamedTuple):
    """How the model is closed and read.

    Attributes:
        closure: of deficits.
        welfare: the measure of welfare.
        rents: who keeps rents of caps.
        draws: at most this many draws of elasticities; None for `DRAWS`, 0 for none.
        spread: standard deviation of the logs of elasticities, where the user gives one.
        seed: of the draws.
        cost: (J, N, N) ratio of costs that go with the change, such as those of an input that is
            lost; None for none.
    """

    closure: str = "balanced"
    welfare: str = "exact"
    rents: str = "exporter"
    draws: int | None = None
    spread: float | None = None
    seed: int = 1
    cost: Callable[[Economy], Array] | None = None


def of_costs(world: ModelWorld, options: Options) -> typed.EquilibriumInWorld:
    """The answer to costs alone, with tariffs as they stand.

    Raises:
        ImpactError: an equation is left unsolved.
    """
    coverage = [_of_tables(world, None, None).row()]
    question = _question(None, lambda _: Shock(), options)
    return vouched(_answer(world, question, options, coverage))


def of_tables(world: ModelWorld, scenario: str, options: Options) -> typed.EquilibriumInWorld:
    """The answer to a scenario of the data, or of a CSV file.

    Raises:
        ImpactError: there is no such scenario, or an equation is left unsolved.
    """

    def shock(economy: Economy) -> Shock:
        return scenario_shock(economy, world.sheets, scenario)

    coverage = [_of_tables(world, None, None).row()]
    return vouched(_answer(world, _question(None, shock, options), options, coverage))


def _of_tables(world: ModelWorld, year: str | None, on: str | None) -> Coverage:
    """The world's data: how many countries and sectors, and what of its tariffs counts as zero."""
    countries, sectors = len(world.economy.countries), len(world.economy.sectors)
    scope = f"{countries} countries, {sectors} sectors"
    if not world.sheets:
        return of_world(world.name, year, scope, True, on)
    sheet, needed = world.sheets.get("tariffs"), countries * sectors
    stated = 0 if sheet is None else len(sheet.words)
    if stated < needed:
        scope += (
            f"; tariffs of {stated:,} of {needed:,} pairs of sector and importer: those left out "
            "count as 0"
        )
    return of_world(world.name, year, scope, stated == needed, on)


def of_register(
    world: ModelWorld,
    layout: DataLayout,
    duties: SectorDuties,
    sides: tuple[Side, Side],
    schedule: Schedule,
    flows: Flows,
    options: Options,
) -> typed.EquilibriumInWorld:
    """The answer to two states of the register, whose duties were brought to sectors.

    The data have the tariffs of their own year. First the additional duties before are put on the
    ordinary part of them and the economy is solved; the answer is the change from there to the
    additional duties after.

    Raises:
        ImpactError: an equation is left unsolved.
    """
    # Where the data had additional duties already, those of the register replace them rather than
    # add.
    own = ordinary_of(world.economy, world.sheets)

    def before(economy: Economy) -> Array:
        return _raised(economy, own, duties, 0)

    def shock(economy: Economy) -> Shock:
        return Shock(_raised(economy, own, duties, 1))

    coverage = _coverage(world, layout, duties, sides, flows)
    answer = _answer(world, _question(before, shock, options), options, coverage)
    register = sides[1].register
    question = DutyQuestion(code="", origin="CN", on=sides[1].day)
    answer["register"] = register_block(register, schedule, check(register, question))
    answer["data_year"] = layout.year
    answer["tariffs"] = _tariffs(duties)
    answer["from"], answer["to_date"] = (side.day for side in sides)
    notes = _register_notes(layout, duties, sides)
    answer["notes"] = [*notes, *answer["notes"]]
    return vouched(answer)


def _coverage(
    world: ModelWorld,
    layout: DataLayout,
    duties: SectorDuties,
    sides: tuple[Side, Side],
    flows: Flows,
) -> list[CoverageRow]:
    """What the answer rests on: both laws on both days, trade weights, the world of its year."""
    days, register = sorted({side.day for side in sides}), sides[1].register
    rows: list[Coverage | None] = []
    for weighting in flows.weightings():
        if not weighting.modelled:
            continue
        destination = weighting.destination
        rows.append(of_law(register, destination, days[0], days[-1]))
        importer = next(
            name for name, codes in layout.countries.items() if tuple(codes) == (destination,)
        )
        total = duties.total[importer]
        missing = sum(
            part.get(importer, 0.0) for part in (duties.left_out, duties.unresolved, duties.outside)
        )
        rows.append(
            of_weights(weighting.name, weighting.year, weighting.title, 1 - missing / total)
        )
    rows.append(_without_weights(world, duties))
    rows.append(_of_tables(world, layout.year, days[-1]))
    return [row.row() for row in rows if row is not None]


def _without_weights(world: ModelWorld, duties: SectorDuties) -> Coverage | None:
    """Sales that the data have and no trade weighs, whose additional duty is not known."""
    economy = world.economy
    pairs = {(importer, exporter) for _, importer, exporter in duties.cells}
    missing = sum(
        (sector, importer, exporter) not in duties.cells
        and bool(economy.share[economy.sector(sector), economy.place(importer), seller] > 0)
        for sector in {sector for sector, _, _ in duties.cells}
        for importer, exporter in pairs
        if (seller := economy.place(exporter)) != economy.place(importer)
    )
    if not missing:
        return None
    pairs_left = counted(missing, "pair")
    scope = f"{pairs_left} of sector and seller with sales and no weights, counted as 0"
    return Coverage("weights/sectors", None, None, scope, PARTLY)


def _question(
    before: Callable[[Economy], Array] | None, shock: Callable[[Economy], Shock], options: Options
) -> BandsQuery:
    cost = options.cost
    if cost is None:
        return BandsQuery(before, shock, options.closure, options.rents, options.welfare)

    def with_cost(economy: Economy) -> Shock:
        found, rise = shock(economy), cost(economy)
        iceberg = rise if found.iceberg is None else found.iceberg * rise
        return found._replace(iceberg=iceberg)

    return BandsQuery(before, with_cost, options.closure, options.rents, options.welfare)


def _raised(economy: Economy, own: Array, duties: SectorDuties, side: int) -> Array:
    """One plus tariffs: those of the data, and the additional duties of one side."""
    tau = own.copy()
    for (sector, importer, exporter), duty in duties.cells.items():
        cell = economy.sector(sector), economy.place(importer), economy.place(exporter)
        if cell[1] != cell[2]:
            tau[cell] += duty.after if side else duty.before
    return tau


def _answer(
    world: ModelWorld, question: BandsQuery, options: Options, coverage: list[CoverageRow]
) -> typed.EquilibriumInWorld:
    """The answer in one world; what stands in no world by itself is null."""
    count = _draw_count(options)
    chain = answer_chain(world.economy, question)
    found = chain.found
    return {
        "scenario": None,
        "from": None,
        "to_date": None,
        "status": verdict("ok", "partly", coverage),
        "coverage": coverage,
        "data": world.name,
        "closure": options.closure,
        "welfare_measure": options.welfare,
        "rents": options.rents,
        "converged": True,
        "iterations": found.iterations,
        "residuals": {name: f"{gap:.1e}" for name, gap in found.residuals.items()},
        "seconds": f"{found.seconds:.4f}",
        "unit": "percent",
        **_by_country(world.economy.countries, measure(found, options.welfare)),
        "caps": [f"{wedge:.6f}" for wedge in found.wedges],
        "bands": _bands(world, question, chain, options, count),
        "notes": [*world.economy.notes, *_notes(options)],
        "register": None,
        "data_year": None,
        "tariffs": None,
        "theta": None,
        "lost": None,
        "lost_by_sector": None,
        "worlds": None,
        "without": None,
    }


def _by_country(countries: tuple[str, ...], figures: Welfare) -> typed.EquilibriumFigures:
    def named(values: Array) -> dict[str, str]:
        return {name: f"{value:z.4f}" for name, value in zip(countries, values, strict=True)}

    return {
        "welfare": named(figures.welfare),
        "terms_of_trade": named(figures.terms_of_trade),
        "volume_of_trade": named(figures.volume_of_trade),
        "real_wage": named(figures.real_wage),
        "prices": named(figures.prices),
        "revenue_share": named(figures.revenue_share),
        "imports_change": named(figures.imports_change),
    }


def _draw_count(options: Options) -> int:
    """How many draws of elasticities are wanted, at most."""
    count = DRAWS if options.draws is None else options.draws
    if count < 0:
        raise ImpactError(f"{count} draws are none: write 0 for no band, or more")
    if count > MOST_DRAWS:
        raise ImpactError(f"{count:,} draws are too many: write {MOST_DRAWS:,} or less")
    return count


def _bands(
    world: ModelWorld, question: BandsQuery, chain: Chain, options: Options, count: int
) -> typed.EquilibriumBands | None:
    """Every figure's band over so many draws of elasticities; None where there are none."""
    has_errors = "errors" in world.sheets
    if count == 0 or (options.spread is None and world.draws is None and not has_errors):
        return None
    if options.spread is not None:
        source = f"log-normal, spread {options.spread:g}, seed {options.seed}"
        thetas = spread_draws(world.economy.theta, options.spread, count, options.seed)
    elif world.draws is None:
        source = f"normal, own estimates with their standard errors, seed {options.seed}"
        thetas = _drawn(world, count, options.seed)
    else:
        source, thetas = (
            f"the first {min(count, len(world.draws))} of the data",
            world.draws[:count],
        )
    begun = time.perf_counter()
    found = bands(world.economy, question, chain, thetas)
    return {
        "source": source,
        "draws": found.draws,
        "failed": found.failed,
        "percentiles": ["5", "95"],
        "seconds": f"{time.perf_counter() - begun:.2f}",
        **_ranges(world.economy.countries, found),
    }


def _drawn(world: ModelWorld, count: int, seed: int) -> Array:
    """Draws by the standard errors of a world.

    Raises:
        ImpactError: the sheet lacks a sector or a column.
    """
    rows, sectors = errors_of(world.sheets), world.economy.sectors
    if set(rows) != set(sectors):
        raise ImpactError(f"{world.sheets['errors'].name}: it must have a row for each sector")
    estimate, error, least = np.array([rows[sector] for sector in sectors]).T
    return error_draws(estimate, error, least, count, seed)


def _ranges(countries: tuple[str, ...], found: Bands) -> typed.EquilibriumRanges:
    low, high = _by_country(countries, found.low), _by_country(countries, found.high)

    def ends(first: Mapping[str, str], last: Mapping[str, str]) -> dict[str, list[str]]:
        return {country: [first[country], last[country]] for country in countries}

    return {
        "welfare": ends(low["welfare"], high["welfare"]),
        "terms_of_trade": ends(low["terms_of_trade"], high["terms_of_trade"]),
        "volume_of_trade": ends(low["volume_of_trade"], high["volume_of_trade"]),
        "real_wage": ends(low["real_wage"], high["real_wage"]),
        "prices": ends(low["prices"], high["prices"]),
        "revenue_share": ends(low["revenue_share"], high["revenue_share"]),
        "imports_change": ends(low["imports_change"], high["imports_change"]),
    }


def _tariffs(duties: SectorDuties) -> list[typed.SectorTariff]:
    """The additional duties by sector that change, the most valuable first."""
    rows: list[typed.SectorTariff] = [
        {
            "sector": cell[0],
            "importer": cell[1],
            "exporter": cell[2],
            "before": f"{duty.before:.6f}",
            "after": f"{duty.after:.6f}",
            "weight": f"{duty.value:.0f}",
        }
        for cell, duty in duties.cells.items()
        if duty.before != duty.after
    ]
    return sorted(rows, key=lambda row: -float(row["weight"]))


def _register_notes(
    layout: DataLayout, duties: SectorDuties, sides: tuple[Side, Side]
) -> list[str]:
    notes = []
    if sides[1].day[:4] != layout.year:
        notes.append(
            f"The data are of {layout.year}: a question about {sides[1].day} is answered for the "
            "economy of another year."
        )
    notes.append(
        f"Additional duties of the register on {sides[0].day} and on {sides[1].day}, weighted into "
        f"sectors by {' and '.join(duties.weights)}, stand on top of the ordinary "
        f"tariffs of {layout.year}, which are not changed."
    )
    register = sides[1].register
    for name, area in register.areas.items():
        if name.endswith("/tariff") and sides[1].day > area.reviewed_through:
            notes.append(horizon(area.reviewed_through, sides[1].day))
    notes.extend(local_notes(register))
    words = register.country_words
    for importer, total in duties.total.items():
        out = duties.left_out.get(importer, 0.0) / total
        open_ = duties.unresolved.get(importer, 0.0) / total
        outside = duties.outside.get(importer, 0.0) / total
        name = words.named(importer) or importer
        if out or open_:
            notes.append(
                f"Imports of {name} without a sector: {100 * out:.2f}% of the value (special "
                f"provisions, art); without a resolved duty: {100 * open_:.2f}%."
            )
        if outside:
            notes.append(
                f"Imports of {name} from partners that the data have no country for: "
                f"{100 * outside:.2f}% of the value, whose duties are left out."
            )
    notes.append(
        "Where China's lists leave open whether they name goods, they count as not listed. No "
        "preference is claimed but those given with --claimed. Controls, fees and rules on parties "
        "are not tariffs and do nothing here."
    )
    if not any(duty.before != duty.after for duty in duties.cells.values()):
        notes.append(
            "Both sides charge the same, so nothing changes. A scenario that writes down what the "
            "law itself will do shows against an earlier day: --from DAY."
        )
    return notes


def _notes(options: Options) -> list[str]:
    if options.welfare == "exact":
        return ["Welfare is exact: real final spending, after over before."]
    return [
        "Welfare is the first-order formula of Caliendo and Parro (2015) at the tariffs before the "
        "change; it misleads where the change is large, and --welfare exact is the model's answer."
    ]
