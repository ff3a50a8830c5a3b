"""Worlds that are built of a file or a folder: what is written, told and refused."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from detente.impact import all_worlds
from detente.impact.accounts import building
from detente.impact.accounts.building import build_world, estimates, texts_of
from detente.impact.accounts.layout import LAYOUT
from detente.impact.accounts.worlds import LONG, MATRICES, ModelWorld, open_world
from detente.impact.economy import calibrate
from detente.impact.errors import ImpactError
from detente.register.book import Register
from tests.impact.small_world import tables

ICIO = (
    "V1,USA_A01_02,USA_L,ROW_A01_02,ROW_L,USA_HFCE,ROW_HFCE\n"
    "USA_A01_02,1,2,1,1,20,4\n"
    "USA_L,2,1,1,1,30,5\n"
    "ROW_A01_02,1,1,3,2,6,40\n"
    "ROW_L,1,1,2,3,7,50\n"
)

LAYOUT_TEXT = (
    "kind\tname\tmembers\tnote\n"
    "title\tThree countries\t\t\nyear\t2020\t\t\nclassification\tisic4\t\t\n"
    "country\tC0\tUS\t\ncountry\tC1\tCN\t\ncountry\tC2\t*\t\nsector\tS0\t01\t\nsector\tS1\t24\t\n"
)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in the plain layout."""
    made = tmp_path / "accounts"
    made.mkdir()
    for name, text in texts_of(tables(7)).items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def icio(tmp_path: Path) -> Path:
    path = tmp_path / "2019.csv"
    path.write_text(ICIO, encoding="utf-8")
    return path


def none_built() -> list[str]:
    return [each.name for each in building.own_folder().glob("*")]


@pytest.mark.parametrize("name", ["", "-a", "A", "a b", "a" * 41, "../a"])
def test_a_name_that_no_world_can_have_is_refused(
    register: Register, folder: Path, name: str
) -> None:
    with pytest.raises(ImpactError, match="is not a name: write small letters, digits and hyphens"):
        build_world(folder, name, "2020", register)
    assert none_built() == []


@pytest.mark.parametrize("year", ["", "20", "20200", "2020a"])
def test_a_year_has_four_digits(register: Register, folder: Path, year: str) -> None:
    with pytest.raises(ImpactError, match="is not a year such as 2019"):
        build_world(folder, "own", year, register)


def test_what_is_in_no_layout_is_refused(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("nothing", encoding="utf-8")
    with pytest.raises(ImpactError, match=r"notes.txt is in no layout that is read"):
        build_world(path, "own", "2020", register)


# --- a folder in the plain layout ----------------------------------------------------------------


def test_a_plain_folder_is_copied_without_the_mark_of_a_spreadsheet(
    register: Register, folder: Path
) -> None:
    flows = (folder / "flows.csv").read_text("utf-8")
    (folder / "flows.csv").write_text(f"\ufeff{flows}", encoding="utf-8")
    (folder / "notes.txt").write_text("not a table", encoding="utf-8")
    built = build_world(folder, "a" * 40, "2020", register)
    target = building.own_folder("a" * 40)
    assert built == {
        "data": "a" * 40, "folder": str(target), "year": "2020", "countries": 3, "sectors": 2,
        "notes": [
            "There is no layout.tsv: duties of the register cannot be brought to its sectors."
        ],
    }  # fmt: skip
    assert {each.name for each in target.iterdir()} == set(texts_of(tables(7)))
    assert (target / "flows.csv").read_text("utf-8") == flows
    before, after = calibrate(tables(7)), open_world("a" * 40).economy
    assert np.allclose(before.share, after.share)


def test_a_layout_beside_the_tables_is_copied_and_read_before_anything_is_written(
    register: Register, folder: Path
) -> None:
    (folder / "layout.tsv").write_text(LAYOUT_TEXT, encoding="utf-8")
    built = build_world(folder, "own", "2020", register)
    assert built["notes"] == []
    assert (building.own_folder("own") / "layout.tsv").read_text("utf-8") == LAYOUT_TEXT
    wrong = LAYOUT_TEXT.replace("year\t2020\t\t\n", "")
    (folder / "layout.tsv").write_text(wrong, encoding="utf-8")
    with pytest.raises(ImpactError, match="has no row of the kind year"):
        build_world(folder, "other", "2020", register)
    assert none_built() == ["own"]


# --- the layout of a publication -----------------------------------------------------------------


@pytest.mark.parametrize("file", [LONG, MATRICES])
@pytest.mark.parametrize("within", [(), (1,), (0, 2)])
def test_a_publication_comes_to_the_same_economy_in_the_plain_layout(
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    file: str,
    within: tuple[int, ...],
) -> None:
    plain = tables(5)
    groups = np.isin(np.arange(3), within)
    plain.tariff[0, groups, groups] = 0.1
    draw = np.random.default_rng(2)
    given = plain._replace(final=draw.dirichlet([1, 1], 3).T, groups=groups)
    economy = calibrate(given)
    draws = np.array([[4.0, 5.0], [6.0, 9.0]])
    world = ModelWorld("a-publication", economy, {}, draws)
    asked: list[str] = []
    monkeypatch.setattr(building, "open_world", lambda data: asked.append(data) or world)
    layouts = {f"{LAYOUT}a-publication": LAYOUT_TEXT}
    monkeypatch.setattr(building, "built_in_text", layouts.get)
    (tmp_path / file).write_text("", encoding="utf-8")

    built = build_world(tmp_path, "own", "2020", register)
    assert asked == [str(tmp_path)]
    names = " and ".join(f"C{at}" for at in within).replace(" and ", ", ")
    assert (
        built["notes"][: 2 if within else 1]
        == [
            "Its draws of elasticities are kept as means and standard errors.",
            f"Tariffs on sales at home are those between the members of {names}.",
        ][: 2 if within else 1]
    )
    assert len(built["notes"]) == (2 if within else 1) + len(economy.notes)
    target = building.own_folder("own")
    assert (target / "errors.csv").read_text("utf-8") == (
        # 4 and 6: 5 +- 1, at least 4; 5 and 9: 7 +- 2, at least 5
        "sector,estimate,error,least\nS0,5,1,4\nS1,7,2,5\n"
    )
    assert (target / "layout.tsv").read_text("utf-8") == LAYOUT_TEXT
    again = open_world("own").economy
    for name in ("tau", "share", "value_added", "inputs", "final", "income", "theta"):
        assert np.allclose(getattr(again, name), getattr(economy, name), rtol=1e-9), name


def test_a_publication_without_draws_and_layout_has_neither_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    world = ModelWorld("other", calibrate(tables(5)), {}, None)
    monkeypatch.setattr(building, "open_world", lambda data: world)
    texts, made, _ = building._of_publication(tmp_path)
    assert not {"errors.csv", "layout.tsv"} & set(texts)
    # Of a sector that buys nothing there are no shares of what it buys, and none are divided.
    alone = world.economy._replace(
        value_added=np.ones((2, 3)), inputs=np.zeros_like(world.economy.inputs)
    )
    monkeypatch.setattr(building, "open_world", lambda data: world._replace(economy=alone))
    _, bare, _ = building._of_publication(tmp_path)
    assert not bare.inputs.any()
    assert np.allclose(made.inputs.sum(axis=1), 1)


# --- tables of the OECD --------------------------------------------------------------------------


def test_a_file_of_the_oecd_names_its_countries_and_its_elasticities(
    register: Register, icio: Path
) -> None:
    built = build_world(icio, "own", "2019", register, {"L": 3.25})
    target = building.own_folder("own")
    farm = estimates()["01"]
    assert (target / "layout.tsv").read_text("utf-8") == (
        "kind\tname\tmembers\tnote\n"
        "title\tInter-country input-output tables of the OECD, own\t\t\n"
        "year\t2019\t\tThe accounts have no tariffs by sector and partner\n"
        "classification\tisic4\t\t\n"
        "country\tUSA\tUS\t\ncountry\tROW\t*\t\nsector\tA01_02\t01 02\t\nsector\tL\t\t\n"
    )
    lines = (target / "errors.csv").read_text("utf-8").splitlines()
    assert lines[0] == "sector,estimate,error,least"
    assert [float(each) for each in lines[1].split(",")[1:]] == pytest.approx(farm)
    assert lines[2].startswith("L,3.25,0,")
    assert "Elasticities of 1 sector are assumed: L." in built["notes"]
    assert (target / "ordinary.csv").is_file()
    assert (target / "tariffs.csv").is_file()
    assert open_world("own").economy.theta.tolist() == pytest.approx([farm[0], 3.25])


def test_a_year_without_tariffs_has_no_file_of_them(register: Register, icio: Path) -> None:
    build_world(icio, "own", "1990", register)
    files = {each.name for each in building.own_folder("own").iterdir()}
    assert not {"ordinary.csv", "tariffs.csv"} & files
    assert not (open_world("own").economy.tau != 1).any()


def test_an_elasticity_of_a_sector_that_is_not_there_is_refused(
    register: Register, icio: Path
) -> None:
    with pytest.raises(ImpactError, match=r"no sector 'C24' in 2019\.csv: A01_02, L"):
        build_world(icio, "own", "2019", register, {"L": 3.0, "C24": 5.0})


def test_a_country_that_is_none_is_told() -> None:
    words: Any = SimpleNamespace(country_words=SimpleNamespace(find=lambda name: None))
    with pytest.raises(ImpactError, match="'XYZ' is not a country: rename it, or add it to ROW"):
        building._layout(("XYZ",), {}, "own", "2019", words)


def test_numbers_are_written_in_twelve_digits() -> None:
    assert building._text(1 / 3) == "0.333333333333"
    assert building._text(2.0) == "2"
    assert building._texts(np.array([0.5, 1e20])) == ["0.5", "1e+20"]


# --- tables that cannot be, and worlds beside each other -----------------------------------------


def test_the_first_cell_that_cannot_be_is_named_and_the_others_are_counted() -> None:
    wrong = tables(7)
    wrong.flows[0, 2, 1] = wrong.flows[1, 0, 0] = -1.5
    with pytest.raises(ImpactError, match=r"\[S0, C2, C1\] is -1\.5: .* \(and 1 more\)$"):
        calibrate(wrong)
    wrong.flows[1, 0, 0] = 1.0
    with pytest.raises(ImpactError, match=r"\[S0, C2, C1\] is -1\.5: .*[^)]$"):
        calibrate(wrong)


def test_a_range_over_worlds_has_the_countries_that_all_have_and_numbers_by_size() -> None:
    figures = [
        {"US": "9", "CN": "-2.5", "VN": "1"},
        {"US": "10", "CN": "-10"},
        {"CN": "3", "US": "9.5"},
    ]
    assert all_worlds._ranges(figures) == {"US": ["9", "10"], "CN": ["-10", "3"]}
    coverage: list[Any] = [
        {"coverage": [{"what": "a", "state": "read"}, {"what": "b", "state": "read"}]},
        {"coverage": [{"state": "read", "what": "a"}, {"what": "a", "state": "partly"}]},
    ]
    assert all_worlds._coverage(coverage) == [
        {"what": "a", "state": "read"}, {"what": "b", "state": "read"},
        {"what": "a", "state": "partly"},
    ]  # fmt: skip
