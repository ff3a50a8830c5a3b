"""The models' speed: solves of whole economies, draws of elasticities, lines of imports."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy

from detente.average.flow_rates import Choice, Side, flow_rates
from detente.goods.schedule import Schedule
from detente.impact.accounts.plain import scenario_shock
from detente.impact.accounts.worlds import open_world
from detente.impact.bands import spread_draws
from detente.impact.best_tariffs import Game
from detente.impact.draws import solve_draws, state_of
from detente.impact.economy import Array, Economy, PublishedYear, calibrate
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Shock, after, rebase, solve
from detente.impact.lines.demand_response import respond
from detente.impact.lines.elasticities import find_elasticities
from detente.impact.welfare import exact_welfare
from detente.register.book import Register
from detente.trade.flows import Flows

REFERENCE = os.environ.get("DETENTE_REFERENCE", "")
RUNS = 15
DRAWS = 1000
FEWER = 200
COMPARED = 20
"""Draws of each change that are solved once more, alone."""
DAYS = ("2025-01-01", "2025-11-12")

Row = tuple[str, str, str, str]


def rows() -> Iterator[Row]:
    """Rows of what, goal, measured, and what is published or measured beside it."""
    yield from equilibria()
    yield from lines()


def equilibria() -> Iterator[Row]:
    """Single solves to 1e-10, then draws; the data of others only where they lie at hand."""
    world = open_world("cp2015")
    economy = rebase(world.economy, "balanced")
    shock = scenario_shock(economy, world.sheets, "nafta")
    seconds, steps = _solve(economy, shock)
    beside = "authors' own code 214 s, public JAX port 5.6 s (published)"
    yield ("equilibrium, 31 x 40, NAFTA, to 1e-10", "0.02 s", _described(seconds, steps), beside)
    yield ("the same beside gegravity's one-sector model", "", *_beside_gegravity())
    what = "best uniform tariff of the United States, 20 x 20"
    yield (what, "", *_beside_puremacro())
    what = "that tariff, and two points less and more, in puremacro's model of Caliendo and Parro"
    yield (what, "", *_beside_same_model())
    large = rebase(calibrate(synthetic(77, 45)), "balanced")
    seconds, steps = _solve(large, raised(large, 0, 1))
    yield ("equilibrium, 77 x 45, synthetic", "0.05 s", _described(seconds, steps), "")
    thetas = spread_draws(large.theta, 0.3, FEWER, 1)
    what = f"{FEWER} draws together, 77 x 45, synthetic, two changes"
    yield (what, "stated", _together(large, (0, 1), thetas), "")
    folder = Path(REFERENCE) / "model/wiod2014"
    if not (REFERENCE and folder.is_dir()):
        yield ("equilibrium, 44 x 50; 1,000 draws", "0.05 s; 60 s", "not run: no data at hand", "")
        return
    world = open_world(str(folder))
    economy = rebase(world.economy, "balanced")
    us, china = economy.place("USA"), economy.place("CHN")
    seconds, steps = _solve(economy, raised(economy, us, china))
    yield ("equilibrium, 44 x 50, 25 points on one pair", "0.05 s", _described(seconds, steps), "")
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "benchmarks.impact", str(folder)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    what = f"{DRAWS:,} draws of elasticities x 2 scenarios, 44 x 50"
    yield (what, "60 s on one core", ran.stdout.strip(), "")
    what = f"the same {DRAWS:,} draws together, in compiled loops and threads"
    assert world.draws is not None
    found = _together(economy, (us, china), world.draws[:DRAWS])
    yield (what, "20,000 a minute, to 1e-8", found, "")


def draws(folder: str) -> str:
    """Seconds for every draw: deficits closed once, then a scenario in each direction."""
    world = open_world(folder)
    assert world.draws is not None
    economy = world.economy
    us, china = economy.place("USA"), economy.place("CHN")
    pairs = ((us, china), (china, us))
    closed = solve(economy, Shock(), "balanced")
    near = [solve(after(closed), raised(after(closed), *pair)) for pair in pairs]
    started, failed = time.process_time(), 0
    for theta in world.draws[:DRAWS]:
        try:
            base = rebase(economy._replace(theta=theta), "balanced", closed)
            for pair, start in zip(pairs, near, strict=True):
                solve(base, raised(base, *pair), start=start)
        except ImpactError:
            failed += 1
    spent = time.process_time() - started
    return f"{spent:.0f} s of processor time, {failed} draws without an equilibrium"


def _together(economy: Economy, pair: tuple[int, int], thetas: Array) -> str:
    """Solves a minute of both changes over all draws, and the largest gap to single solves."""
    shocks = [raised(economy, *each) for each in (pair, pair[::-1])]
    central = [solve(economy, shock) for shock in shocks]
    # The first use compiles, or reads what was compiled.
    solve_draws(economy, shocks[0], "balanced", thetas[:2], central[0])
    started = time.perf_counter()
    found = [
        solve_draws(economy, shock, "balanced", thetas, one)
        for shock, one in zip(shocks, central, strict=True)
    ]
    seconds = time.perf_counter() - started
    gap = 0.0
    for shock, states in zip(shocks, found, strict=True):
        for at in range(0, len(thetas), len(thetas) // COMPARED):
            alone = solve(economy._replace(theta=thetas[at]), shock)
            ratio = numpy.exp(state_of(alone) - states.states[at])
            gap = max(gap, float(numpy.abs(ratio - 1).max()))
    solves = len(shocks) * len(thetas)
    return (
        f"{60 * solves / seconds:,.0f} a minute, {seconds / solves * 1000:.1f} ms each; of "
        f"{len(shocks) * COMPARED} compared, {gap:.0e} from the single solve at most"
    )


def lines() -> Iterator[Row]:
    """Imports by line: the response alone, and the duties that it starts from."""
    register = Register.built_in()
    sides = Side(register, DAYS[0]), Side(register, DAYS[1])
    started = time.process_time()
    cells = flow_rates(Schedule(), Flows(), sides, Choice())
    resolved = time.process_time() - started
    known = ~(numpy.isnan(cells.before) | numpy.isnan(cells.after))
    sigma, _ = find_elasticities(None).of_lines(cells.codes)
    columns = [each[known] for each in (cells.line, cells.value, cells.before, cells.after)]
    seconds = _median(lambda: respond(*columns, sigma, 1.2))
    yield (
        f"partial equilibrium, {len(cells.codes):,} lines x {len(cells.partners)} partners",
        "50 ms",
        f"{1000 * seconds:.1f} ms for {int(known.sum()):,} flows",
        "",
    )
    yield (
        f"their duties on {DAYS[0]} and {DAYS[1]} from the register",
        "3 s",
        f"{resolved:.1f} s of processor time",
        "",
    )


def synthetic(countries: int, sectors: int) -> PublishedYear:
    """Random tables; the same in every run."""
    draw = numpy.random.default_rng(1)
    tariff = draw.uniform(0, 0.2, (sectors, countries, countries))
    flows = draw.lognormal(0, 1, (sectors, countries, countries))
    for sector in range(sectors):
        numpy.fill_diagonal(tariff[sector], 0)
        numpy.fill_diagonal(flows[sector], draw.uniform(100, 300, countries))
    inputs = draw.uniform(0.1, 1, (countries, sectors, sectors))
    return PublishedYear(
        countries=tuple(f"C{place:02d}" for place in range(countries)),
        sectors=tuple(f"S{place:02d}" for place in range(sectors)),
        theta=draw.uniform(2, 8, sectors),
        flows=flows,
        tariff=tariff,
        value_added=draw.uniform(0.4, 0.9, (sectors, countries)),
        inputs=inputs / inputs.sum(axis=1, keepdims=True),
    )


def raised(economy: Economy, buyer: int, seller: int) -> Shock:
    """Twenty-five points on everything that one country buys from another."""
    tau = economy.tau.copy()
    tau[:, buyer, seller] += 0.25
    return Shock(tau)


def _solve(economy: Economy, shock: Shock) -> tuple[float, int]:
    return _median(lambda: solve(economy, shock)), solve(economy, shock).iterations


def _described(seconds: float, steps: int) -> str:
    return f"{seconds:.4f} s, {steps} steps"


def _median(task: Callable[[], object]) -> float:
    task()
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        task()
        times.append(time.perf_counter() - started)
    return median(times)


def gravity_world(countries: int, theta: float) -> tuple[Economy, Array]:
    """A world of one sector without tariffs and deficits, and the trade costs that made it.

    Returns:
        The economy, and (N, N) trade costs to the power of minus theta, buyer by seller.
    """
    draw = numpy.random.default_rng(2)
    costs = numpy.exp(-draw.uniform(1, 4, (countries, countries)))
    numpy.fill_diagonal(costs, 1.0)
    size = draw.uniform(1, 10, countries)
    # Sales and purchases both add up to each country's size.
    inner, outer = numpy.ones(countries), numpy.ones(countries)
    for _ in range(20_000):
        outer = size / (costs @ inner)
        moved = size / (costs.T @ outer)
        settled = bool(numpy.allclose(moved, inner, rtol=1e-15, atol=0))
        inner = moved
        if settled:
            break
    flows = costs * outer[:, None] * inner[None, :]
    tables = PublishedYear(
        countries=tuple(f"C{place:02d}" for place in range(countries)),
        sectors=("all",),
        theta=numpy.array([theta]),
        flows=flows[None],
        tariff=numpy.zeros((1, countries, countries)),
        value_added=numpy.ones((1, countries)),
        inputs=numpy.ones((countries, 1, 1)),
    )
    return calibrate(tables), costs


def incomes_held(economy: Economy, change: Array, theta: float) -> Array:
    """Real income in percent where prices clear markets at the nominal incomes before.

    Args:
        economy: a world of one sector.
        change: (N, N) ratio of trade costs to the power of minus theta, buyer by seller.
        theta: the trade elasticity.
    """
    share, income = economy.share[0], economy.income
    price = numpy.ones(len(income))
    for _ in range(100_000):
        weight = share * change * price**-theta
        total = weight.sum(axis=1)
        sold = (weight / total[:, None] * income[:, None]).sum(axis=0)
        moved = price * (sold / income) ** 0.2
        if float(numpy.abs(moved - price).max()) < 1e-15:
            break
        price = moved
    level = total ** (-1 / theta)
    real: Array = 100 * (price / level - 1)
    return real


def _beside_gegravity() -> tuple[str, str]:
    """Seconds of ours and of the peer on one world of 30 countries and one sector."""
    from benchmarks.gravity import gegravity

    theta, cut = 4.0, 0.5
    economy, costs = gravity_world(30, theta)
    later = costs.copy()
    later[0, 1] = costs[0, 1] * numpy.exp(cut)
    iceberg = numpy.ones((1, *costs.shape))
    iceberg[0, 0, 1] = numpy.exp(-cut / theta)
    base = rebase(economy, "balanced")
    seconds = _median(lambda: solve(base, Shock(iceberg=iceberg)))
    found = solve(base, Shock(iceberg=iceberg))
    ours = 100 * (exact_welfare(found) - 1)
    peer = gegravity(costs, later, economy.income, economy.exports[0], theta + 1)
    if peer is None:
        return f"{seconds:.4f} s, 30 countries, 1 sector", "gegravity could not be installed"
    gap = float(numpy.abs(ours - peer.welfare).max())
    held = incomes_held(economy, later / costs, theta)
    same = float(numpy.abs(held - peer.welfare).max())
    return (
        f"{seconds:.4f} s, 30 countries, 1 sector",
        f"gegravity {peer.version}: {peer.seconds:.2f} s, {peer.seconds / seconds:.0f}x; real "
        f"income up to {gap:.3f} points apart where it changes by up to {ours.max():.3f}: its "
        "equations hold nominal incomes where they were, ours let them move; with incomes held, "
        f"{same:.0e} points apart",
    )


TRIED, HIGHEST_TRIED = 3, 0.4
"""How many tariffs the peer tries, from nothing on, and the highest: each solve takes it long."""


def _beside_puremacro() -> tuple[str, str]:
    """The best tariff of ours, and of the peer on the same tables, with the reason they differ."""
    from benchmarks.tariffs import LONGEST, puremacro

    economy = open_world("icio2019").economy
    own = economy.place("USA")
    others = [place for place in range(len(economy.countries)) if place != own]
    begun = time.perf_counter()
    game = Game(economy)
    best = game.best(own, others)
    seconds = time.perf_counter() - begun
    ours = f"{best.tariff:.1%} in {seconds:.2f} s, {game.solves} solves"
    try:
        peer = puremacro("USA", "all", TRIED, HIGHEST_TRIED)
    except subprocess.TimeoutExpired:
        return ours, f"puremacro had not tried {TRIED} tariffs after {LONGEST} s"
    except subprocess.CalledProcessError as error:
        why = str(error.stderr).strip().splitlines()[-1].rpartition(": ")[2]
        return ours, f"puremacro found no equilibrium of its own tables: {why}"
    if peer is None:
        return ours, "puremacro could not be installed"
    stiff = economy._replace(theta=numpy.minimum(economy.theta, 1.0))
    held = Game(stiff).best(own, others)
    tried = ", ".join(f"{each:.0%}" for each in peer.tried)
    return ours, (
        f"puremacro {peer.version}: {peer.best:.0%} of {tried} tried, {peer.welfare:+.2f}% of "
        f"consumption, {peer.seconds:.0f} s, {peer.seconds / seconds:.0f}x; it buys the inputs of "
        "each origin in fixed proportions, ours substitutes between origins: with elasticities of "
        f"one at most ours is best at {held.tariff:.0%}"
    )


ASIDE = (-0.02, 0.0, 0.02)
"""Points beside the best tariff that are tried, which should be worse."""


def _beside_same_model() -> tuple[str, str]:
    """Real income around the best tariff, by ours and by the peer's solver of the same model."""
    from benchmarks.tariffs import same_model

    economy = rebase(open_world("icio2019").economy, "balanced")
    own = economy.place("USA")
    others = [place for place in range(len(economy.countries)) if place != own]
    best = Game(economy).best(own, others).tariff
    tried = []
    for aside in ASIDE:
        tau = economy.tau.copy()
        tau[:, own, others] += best + aside
        tried.append(tau)
    solve(economy, Shock(tried[0]))
    begun = time.process_time()
    ours = [exact_welfare(solve(economy, Shock(tau))) for tau in tried]
    seconds = time.process_time() - begun
    gains = ", ".join(f"{100 * (each[own] - 1):+.4f}%" for each in ours)
    measured = f"{gains} in {seconds / len(tried):.4f} s each"
    peer = same_model(economy, tried)
    if peer is None:
        return measured, "puremacro could not be installed"
    theirs = [real_income[own] for real_income in peer.real_income]
    gap = max(float(numpy.abs(a - b).max()) for a, b in zip(ours, peer.real_income, strict=True))
    peak = "the best there too" if max(theirs) == theirs[1] else "not the best there"
    return measured, (
        f"puremacro {peer.version}: {peer.seconds / len(tried):.1f} s each, "
        f"{peer.seconds / seconds:,.0f}x, {peak}; real income of every country {gap:.0e} apart at "
        "most: the same model, each tariff by wage steps and a linear system"
    )


if __name__ == "__main__":
    print(draws(sys.argv[1]))
