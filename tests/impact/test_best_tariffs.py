"""Best tariffs: the textbook's for two symmetric countries, and no gain from moving away."""

from __future__ import annotations

import pytest

from detente.impact.accounts.worlds import open_world
from detente.impact.best_tariffs import Game, answer_best, highest
from detente.impact.economy import calibrate
from detente.impact.errors import ImpactError
from tests.impact.small_world import one_sector


def test_the_best_tariff_of_one_of_two_like_countries_is_that_of_the_textbook() -> None:
    theta = 4.0
    economy = calibrate(one_sector(0.9, theta))
    game = Game(economy)
    found = game.best(0, (1,))
    game.welfare(((0, (1,), found.tariff),))
    assert game._near is not None
    home = float(game._near.share[0, 1, 1])
    # Gros 1987: t = 1 / (theta x share that the other country spends at home), at the optimum.
    assert found.tariff == pytest.approx(1 / (theta * home), rel=1e-3)
    assert found.welfare > 1


def test_two_like_countries_settle_on_the_same_tariff_and_both_lose() -> None:
    game = Game(calibrate(one_sector(0.9, 4.0)))
    first = second = 0.0
    for _ in range(20):
        first = game.best(0, (1,), ((1, (0,), second),)).tariff
        second = game.best(1, (0,), ((0, (1,), first),)).tariff
    assert first == pytest.approx(second, abs=1e-3)
    assert (game.welfare(((0, (1,), first), (1, (0,), second))) < 1).all()


def test_neither_side_of_the_pair_gains_by_moving() -> None:
    answer = answer_best(("icio2019",), "USA", "CHN", game=True)
    (world,) = answer["worlds"]
    game = Game(open_world("icio2019").economy)
    a, b = (game.economy.place(name) for name in ("USA", "CHN"))
    first, second = float(world["tariff"]), float(world["answer"])
    assert first > 0
    assert second > 0

    def welfare(one: float, other: float) -> tuple[float, float]:
        found = game.welfare(((a, (b,), one), (b, (a,), other)))
        return float(found[a]), float(found[b])

    there = welfare(first, second)
    for step in (-0.02, 0.02):
        assert welfare(first + step, second)[0] < there[0] + 1e-9
        assert welfare(first, second + step)[1] < there[1] + 1e-9


def test_the_answer_is_a_range_over_worlds_with_each_ones_own() -> None:
    answer = answer_best(("cp2015", "icio2019", "no-such"), "USA", "all", game=False)
    own = [each["tariff"] for each in answer["worlds"]]
    assert answer["tariff"] == [min(own), max(own)]
    assert [each["data"] for each in answer["worlds"]] == ["cp2015", "icio2019"]
    assert answer["without"][0]["data"] == "no-such"
    # The terms of trade that one country takes are those that the others lose.
    for each in answer["worlds"]:
        assert float(each["welfare"]["USA"]) > 0 > float(each["welfare"]["CAN"])


def test_what_is_no_game_or_has_no_best_is_refused() -> None:
    with pytest.raises(ImpactError, match="a game has two sides: name the partner"):
        answer_best(("icio2019",), "USA", "all", game=True)
    with pytest.raises(ImpactError, match="no country 'XXX' in the data"):
        answer_best(("icio2019",), "XXX", "CHN", game=False)
    with pytest.raises(ImpactError, match="welfare still rises at a tariff of 500%"):
        highest(lambda tariff: tariff)
    assert highest(lambda tariff: -((tariff - 0.7) ** 2)) == pytest.approx(0.7, abs=1e-4)
