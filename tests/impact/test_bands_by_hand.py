"""Bands over draws of elasticities: percentiles, draws that fail, and how each is solved."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from detente.impact import bands as room
from detente.impact.bands import BandsQuery, Chain, answer_chain, bands, can_chain, error_draws
from detente.impact.draws import Solved
from detente.impact.economy import Array, Economy, calibrate
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Shock, after, rebase, solve
from detente.impact.welfare import Welfare, measure
from tests.impact.small_world import tables


@pytest.fixture(scope="module")
def economy() -> Economy:
    return calibrate(tables(3))


def raised(rate: float, closure: str = "balanced", before: float | None = None) -> BandsQuery:
    """A duty of the second country on the first, after another one or none."""

    def duty(of: Economy, more: float) -> Array:
        tau = of.tau.copy()
        tau[:, 1, 0] += more
        return tau

    first = None if before is None else lambda of: duty(of, before)
    return BandsQuery(first, lambda of: Shock(duty(of, rate)), closure, "exporter", "exact")


def test_a_band_lies_between_the_fifth_and_the_ninety_fifth_percentile(
    economy: Economy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of draws 0 to 20 and of one that fails, percentiles 5 and 95 are 1 and 19."""

    def solved(of: Economy, question: BandsQuery, near: Chain | None) -> Any:
        if of.theta[0] < 0:
            raise ImpactError("no equilibrium")
        assert near is chain
        return SimpleNamespace(found=float(of.theta[0]))

    monkeypatch.setattr(room, "answer_chain", solved)
    fields = len(Welfare._fields)
    monkeypatch.setattr(room, "measure", lambda found, how: [np.array([found, -found])] * fields)
    chain: Any = SimpleNamespace()
    thetas = np.array([[float(each), 5.0] for each in (-1, *range(20, -1, -1))])
    found = bands(economy, raised(0.1), chain, thetas)
    assert (found.draws, found.failed) == (21, 1)
    assert [each.tolist() for each in found.low] == [[1.0, -19.0]] * fields
    assert [each.tolist() for each in found.high] == [[19.0, -1.0]] * fields
    with pytest.raises(ImpactError, match="none of 2 draws of elasticities has an equilibrium"):
        bands(economy, raised(0.1), chain, thetas[[0, 0]])


@pytest.mark.parametrize(
    ("count", "can", "together"), [(5, True, True), (4, True, False), (5, False, False)]
)
def test_many_draws_are_solved_together_where_they_can_be(
    economy: Economy, monkeypatch: pytest.MonkeyPatch, count: int, can: bool, together: bool
) -> None:
    monkeypatch.setattr(room, "MUCH", 5 * economy.share.size)
    monkeypatch.setattr(room, "can_chain", lambda question, chain: can)
    one = np.ones((len(Welfare._fields), 2))
    monkeypatch.setattr(room, "_together", lambda *given: ([one, one], 3))
    alone: Any = SimpleNamespace(found=None)
    monkeypatch.setattr(room, "answer_chain", lambda *given: alone)
    monkeypatch.setattr(room, "measure", lambda found, how: [*(2 * one)])
    found = bands(economy, raised(0.1), alone, np.ones((count, 2)))
    assert (found.draws, found.failed) == ((2, 3) if together else (count, 0))
    assert found.low[0].tolist() == ([1, 1] if together else [2, 2])


@pytest.mark.parametrize(
    ("closure", "wedges", "can", "found"),
    [
        ("balanced", [], True, True), ("fixed-world-share", [], True, True),
        ("fixed-own-share", [], True, False), ("balanced", [1], True, False),
        ("balanced", [], False, False),
    ],
)  # fmt: skip
def test_draws_go_together_without_caps_and_where_deficits_follow_from_the_data(
    monkeypatch: pytest.MonkeyPatch, closure: str, wedges: list[int], can: bool, found: bool
) -> None:
    monkeypatch.setattr(room, "can_draw", lambda shock: can)
    monkeypatch.setattr(room, "after", lambda state: state)
    asked: list[str] = []
    question = BandsQuery(None, asked.append, closure, "exporter", "exact")  # type: ignore[arg-type]
    last = SimpleNamespace(wedges=wedges)
    for base, start in (("base", "base"), (None, "closed")):
        chain = Chain("closed", base, last)  # type: ignore[arg-type]
        asked.clear()
        assert can_chain(question, chain) is found
        assert asked == ([] if closure == "fixed-own-share" or wedges else [start])


@pytest.mark.parametrize("closure", ["balanced", "fixed-world-share"])
@pytest.mark.parametrize("before", [None, 0.15])
def test_draws_together_are_the_chain_of_each(
    economy: Economy, closure: str, before: float | None
) -> None:
    pytest.importorskip("numba")
    question = raised(0.4, closure, before)
    chain = answer_chain(economy, question)
    assert (chain.base is None) is (before is None)
    thetas = economy.theta * np.array([[1.0, 1.0], [1.1, 0.9], [0.8, 1.3]])
    found, failed = room._together(economy, question, chain, thetas)
    assert (len(found), failed) == (3, 0)
    for theta, one in zip(thetas, found, strict=True):
        alone = answer_chain(economy._replace(theta=theta), question, chain)
        assert np.allclose(one, np.stack(list(measure(alone.found, "exact"))), atol=1e-7)


def test_a_change_without_tariffs_keeps_those_before(economy: Economy) -> None:
    pytest.importorskip("numba")
    question = raised(0.0, "balanced", 0.3)
    iceberg = np.ones_like(economy.tau)
    iceberg[:, 1, 0] = 1.2
    question = question._replace(shock=lambda of: Shock(None, iceberg))
    chain = answer_chain(economy, question)
    found, _ = room._together(economy, question, chain, economy.theta[None, :])
    assert np.allclose(found[0], np.stack(list(measure(chain.found, "exact"))), atol=1e-7)


@pytest.mark.parametrize("wrong", [0, 1])
def test_a_draw_without_an_equilibrium_on_the_way_is_counted(
    economy: Economy, monkeypatch: pytest.MonkeyPatch, wrong: int
) -> None:
    pytest.importorskip("numba")
    question = raised(0.2)
    chain = answer_chain(economy, question)
    solved = iter(range(2))

    def draws(*given: Any) -> Solved:
        from detente.impact.draws import solve_draws

        found = solve_draws(*given)
        if next(solved) == wrong:
            found.states[1, 4] = np.nan
        return found

    monkeypatch.setattr(room, "solve_draws", draws)
    found, failed = room._together(economy, question, chain, np.stack([economy.theta] * 3))
    assert (len(found), failed) == (2, 1)


def test_equal_tariffs_before_need_no_equilibrium_of_their_own(economy: Economy) -> None:
    chain = answer_chain(economy, raised(0.2, before=0.0))
    assert chain.base is None
    alone = solve(after(chain.closed), raised(0.2).shock(after(chain.closed)), "balanced")
    assert np.allclose(chain.found.wage, alone.wage, atol=1e-9)
    assert np.allclose(after(chain.closed).deficit, 0, atol=1e-9)
    assert np.allclose(rebase(economy, "balanced").share, after(chain.closed).share, atol=1e-9)


def test_draws_of_errors_are_repeated_by_their_seed_and_stop_at_the_least() -> None:
    estimates, errors, least = np.array([5.0, 4.0]), np.array([1.0, 0.0]), np.array([4.5, 1.0])
    found = error_draws(estimates, errors, least, 4000, 3)
    assert np.array_equal(found, error_draws(estimates, errors, least, 4000, 3))
    assert found.shape == (4000, 2)
    assert (found[:, 1] == 4.0).all()
    # A third of normal draws (30.9%) lies half an error and more below the estimate: cut there.
    cut = (found[:, 0] == 4.5).mean()
    assert abs(cut - 0.3085) < 3 * (0.3085 * 0.6915 / 4000) ** 0.5
    assert abs(np.median(found[:, 0]) - 5.0) < 3 * 1.2533 / 4000**0.5
    assert abs(np.quantile(found[:, 0], 0.9772) - 7.0) < 0.2
