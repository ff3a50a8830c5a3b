"""How an answer of the model is put together: tariffs, bands and notes, on a made-up world."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from detente.impact import equilibrium_answer as told
from detente.impact.equilibrium_answer import (
    Options,
    _bands,
    _draw_count,
    _of_tables,
    _question,
    _raised,
    _register_notes,
    _tariffs,
    _without_weights,
)
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Shock
from detente.impact.sector_duties import SectorDuties, SectorDuty

COUNTRIES, SECTORS = ("USA", "CHN", "ROW"), ("steel", "toys")


class World:
    """Countries and sectors by name, with what each sells to each."""

    countries, sectors = COUNTRIES, SECTORS

    def __init__(self) -> None:
        self.share = np.full((2, 3, 3), 0.25)
        self.theta = np.array([4.0, 5.0])

    def sector(self, name: str) -> int:
        return SECTORS.index(name)

    def place(self, name: str) -> int:
        return COUNTRIES.index(name)


def duties(cells: dict[Any, tuple[float, float, float]], **more: Any) -> SectorDuties:
    fields: dict[str, Any] = {
        "left_out": {}, "unresolved": {}, "outside": {}, "total": {"USA": 100.0},
    }  # fmt: skip
    return SectorDuties({key: SectorDuty(*each) for key, each in cells.items()}, **fields | more)


STEEL = ("steel", "USA", "CHN")


def test_additional_duties_stand_on_top_of_ordinary_tariffs_and_never_on_sales_at_home() -> None:
    own = np.full((2, 3, 3), 1.05)
    found = duties({
        STEEL: (0.1, 0.25, 1), ("toys", "CHN", "USA"): (0.0, 0.5, 1),
        ("toys", "USA", "USA"): (0.3, 0.3, 1),
    })  # fmt: skip
    economy: Any = World()
    before, after = (_raised(economy, own, found, side) for side in (0, 1))
    assert before[0, 0, 1] == pytest.approx(1.15)
    assert after[0, 0, 1] == pytest.approx(1.30)
    assert (before[1, 1, 0], after[1, 1, 0]) == (1.05, pytest.approx(1.55))
    assert (own == 1.05).all()  # what was given is left as it is
    for tau in (before, after):
        tau[0, 0, 1] = tau[1, 1, 0] = 1.05
        assert (tau == 1.05).all()


def test_sectors_whose_duty_changes_are_told_the_most_valuable_first() -> None:
    rows = _tariffs(duties({
        STEEL: (0.1, 0.25, 90.4), ("toys", "USA", "CHN"): (0.2, 0.2, 1000.0),
        ("toys", "CHN", "USA"): (0.5, 0.0, 200.0), ("steel", "CHN", "USA"): (0.0, 1 / 3, 1000.6),
    }))  # fmt: skip
    assert [(*row.values(),) for row in rows] == [
        ("steel", "CHN", "USA", "0.000000", "0.333333", "1001"),
        ("toys", "CHN", "USA", "0.500000", "0.000000", "200"),
        ("steel", "USA", "CHN", "0.100000", "0.250000", "90"),
    ]


def test_sales_that_no_trade_weighs_are_counted_and_named() -> None:
    economy = World()
    world: Any = SimpleNamespace(economy=economy)
    whole = {(sector, "USA", "CHN"): (0, 0, 1) for sector in SECTORS}
    assert _without_weights(world, duties(whole)) is None  # type: ignore[arg-type]
    # Steel of ROW has no weights; toys of ROW have.
    more: Any = whole | {("toys", "USA", "ROW"): (0, 0, 1)}
    found = _without_weights(world, duties(more))
    assert found is not None
    assert found.scope == "1 pair of sector and seller with sales and no weights, counted as 0"
    economy.share[0, 0, 2] = 0.0  # nothing is sold there
    assert _without_weights(world, duties(more)) is None
    more |= {("toys", "CHN", "USA"): (0, 0, 1), ("toys", "USA", "USA"): (0, 0, 1)}
    found = _without_weights(world, duties(more))
    assert found is not None  # steel into China; sales at home need no weights
    assert found.scope.startswith("1 pair of")


def test_costs_go_with_a_change_and_multiply_those_that_it_has() -> None:
    def shock(economy: Any) -> Shock:
        return Shock(None, iceberg=economy)

    plain = _question(None, shock, Options("fixed", "first-order", "importer"))
    assert plain.shock is shock
    assert (plain.before, plain.closure, plain.rents) == (None, "fixed", "importer")
    assert plain.welfare == "first-order"
    with_cost = _question(None, shock, Options(cost=lambda economy: np.array([2.0, 4.0])))
    none: Any = None
    given: Any = np.array([1.5, 1.0])
    for economy, expected in ((none, [2.0, 4.0]), (given, [3.0, 4.0])):
        rise = with_cost.shock(economy).iceberg
        assert rise is not None
        assert rise.tolist() == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # a spread that is given stands over the data's own draws, and those over their errors
        (
            {"spread": 0.25, "draws": 7, "seed": 3},
            ("log-normal, spread 0.25, seed 3", ("spread", 0.25, 7, 3)),
        ),
        ({"spread": 0.25}, ("log-normal, spread 0.25, seed 1", ("spread", 0.25, 200, 1))),
        ({}, ("the first 5 of the data", 5)),
        ({"draws": 2}, ("the first 2 of the data", 2)),
        (
            {"draws": 9, "seed": 4, "without": True},
            ("normal, own estimates with their standard errors, seed 4", ("errors", 9, 4)),
        ),
        ({"draws": 0}, None),
        ({"draws": 0, "spread": 1.0}, None),
        ({"without": True, "bare": True}, None),
    ],
)
def test_bands_are_drawn_from_what_is_given_or_what_the_data_have(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], expected: Any
) -> None:
    without, bare = given.pop("without", False), given.pop("bare", False)
    drawn: list[Any] = []

    def bands(economy: Any, question: Any, chain: Any, thetas: Any) -> Any:
        drawn.append(thetas if isinstance(thetas, tuple) else len(thetas))
        return SimpleNamespace(draws=11, failed=2)

    monkeypatch.setattr(told, "bands", bands)
    monkeypatch.setattr(told, "_ranges", lambda countries, found: {})
    monkeypatch.setattr(told, "spread_draws", lambda theta, *words: ("spread", *words))
    monkeypatch.setattr(told, "_drawn", lambda world, *words: ("errors", *words))
    world: Any = SimpleNamespace(
        economy=World(), draws=None if without else np.zeros((5, 2)),
        sheets={} if bare else {"errors": 1},
    )  # fmt: skip
    none: Any = None
    options = Options(**given)
    found = _bands(world, none, none, options, _draw_count(options))
    if expected is None:
        assert found is None
        assert drawn == []
    else:
        assert found is not None
        assert (found["source"], drawn[0]) == expected
        assert (found["draws"], found["failed"], found["percentiles"]) == (11, 2, ["5", "95"])


@pytest.mark.parametrize(
    ("draws", "told"),
    [(-1, "-1 draws are none"), (2_001, "2,001 draws are too many: write 2,000 or less")],
)
def test_less_than_no_draws_and_too_many_are_refused(draws: int, told: str) -> None:
    with pytest.raises(ImpactError, match=told):
        _draw_count(Options(draws=draws))


def test_errors_of_elasticities_must_have_a_row_for_each_sector(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = {"toys": (5.0, 1.0, 0.5), "steel": (4.0, 2.0, 0.1)}
    monkeypatch.setattr(told, "errors_of", lambda sheets: rows)
    monkeypatch.setattr(told, "error_draws", lambda *words: words)
    world: Any = SimpleNamespace(
        economy=World(), sheets={"errors": SimpleNamespace(name="errors.csv")}
    )
    drawn: Any = told._drawn(world, 9, 4)
    # In the order of the world's sectors: estimates, errors and floors.
    assert [each.tolist() for each in drawn[:3]] == [[4.0, 5.0], [2.0, 1.0], [0.1, 0.5]]
    assert drawn[3:] == (9, 4)
    for wrong in ({"toys": (1, 1, 1)}, rows | {"more": (1, 1, 1)}):
        monkeypatch.setattr(told, "errors_of", lambda sheets, wrong=wrong: wrong)
        with pytest.raises(ImpactError, match=r"errors\.csv: it must have a row for each sector"):
            told._drawn(world, 9, 4)


@pytest.mark.parametrize(
    ("stated", "scope"),
    [
        (None, "3 countries, 2 sectors; tariffs of 0 of 6 pairs"),
        (5, "3 countries, 2 sectors; tariffs of 5 of 6 pairs"),
        (6, "3 countries, 2 sectors"),
    ],
)
def test_tariffs_that_the_data_leave_out_are_counted(stated: int | None, scope: str) -> None:
    sheets = {"flows": 1} | ({} if stated is None else {
        "tariffs": SimpleNamespace(words=[()] * stated)
    })  # fmt: skip
    world: Any = SimpleNamespace(economy=World(), name="own", sheets=sheets)
    found = _of_tables(world, None, None)
    assert found.scope.startswith(scope)
    assert ("pairs" in found.scope) is (stated != 6)


def notes(day: str = "2024-06-01", through: str = "2026-07-31", **more: Any) -> list[str]:
    areas = {
        "us/tariff": SimpleNamespace(reviewed_through=through),
        "us/control": SimpleNamespace(reviewed_through="2000-01-01"),
    }
    words = SimpleNamespace(named={"USA": "the United States"}.get)
    register = SimpleNamespace(areas=areas, country_words=words, local=())
    side: Any = SimpleNamespace(day=day, register=register)
    layout: Any = SimpleNamespace(year="2024")
    cells: Any = more.pop("cells", {STEEL: (0.1, 0.2, 1.0)})
    return _register_notes(layout, duties(cells, **more), (side, side))


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "local_notes", lambda register: ["a local note"])
    monkeypatch.setattr(told, "horizon", lambda through, day: f"read to {through}, not {day}")


@pytest.mark.usefixtures("plain")
def test_notes_say_what_is_of_another_year_and_what_was_not_read() -> None:
    usual = notes()
    assert len(usual) == 3
    weighed = notes(weights=("US imports of 1", "US exports of 2"))[0]
    assert "sectors by US imports of 1 and US exports of 2, stand on top" in weighed
    assert usual[1] == "a local note"
    later = notes("2026-08-01")
    assert later[0].startswith("The data are of 2024: a question about 2026-08-01")
    assert "read to 2026-07-31, not 2026-08-01" in later
    assert len(later) == 5
    assert len(notes("2026-07-31")) == 4  # the last day that was read
    same = notes(cells={STEEL: (0.2, 0.2, 1.0)})
    assert len(same) == 4
    assert same[-1].startswith("Both sides charge the same")


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, []),
        (
            {"left_out": {"USA": 2.5}},
            ["Imports of the United States without a sector: 2.50% of the value (special "
             "provisions, art); without a resolved duty: 0.00%."],
        ),
        (
            {"unresolved": {"USA": 5.0}, "outside": {"USA": 10.0}},
            ["Imports of the United States without a sector: 0.00% of the value (special "
             "provisions, art); without a resolved duty: 5.00%.",
             "Imports of the United States from partners that the data have no country for: "
             "10.00% of the value, whose duties are left out."],
        ),
        (
            {"total": {"XXX": 50.0}, "outside": {"XXX": 10.0}},
            ["Imports of XXX from partners that the data have no country for: 20.00% of the "
             "value, whose duties are left out."],
        ),
    ],
)  # fmt: skip
def test_notes_say_which_part_of_imports_has_no_sector_no_duty_or_no_country(
    parts: dict[str, Any], expected: list[str]
) -> None:
    assert [each for each in notes(**parts) if each.startswith("Imports of")] == expected
