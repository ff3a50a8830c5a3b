"""Weights: totals kept, chapters spread, files read with errors that name the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.core.tables.reading import TableError
from detente.trade.flows import FlowGroup, Flows
from detente.trade.spread import in_groups
from detente.trade.weights import WeightError, find_weights


def test_without_a_name_the_destination_has_its_own_weights(flows: Flows) -> None:
    weights = find_weights(flows, None, "CN", "US")
    assert weights.name == "us-imports-2024"
    assert weights.total == 429_425_828_419
    assert all(weights.lines.values())


def test_the_lines_of_a_chapter_add_up_to_the_chapter(flows: Flows) -> None:
    weights = find_weights(flows, "us-imports-2017-chapters", "CN", "US")
    chapters = flows.chapters("imports", "2017", "CN")
    assert weights.total == sum(chapters.values())
    for chapter, value in chapters.items():
        inside = sum(units for code, units in weights.lines.items() if code[:2] == chapter)
        assert inside + weights.without_line.get(chapter, 0) == value


def test_inside_a_chapter_lines_keep_their_proportions_of_2024(flows: Flows) -> None:
    weights = find_weights(flows, "us-imports-2017-chapters", "CN", "US")
    lines = {flow.code: flow.value for flow in flows.lines("CN") if flow.code[:2] == "95"}
    ratio = flows.chapters("imports", "2017", "CN")["95"] / sum(lines.values())
    for code, value in lines.items():
        assert abs(weights.lines.get(code, 0) - value * ratio) <= 1


def test_exports_to_the_world_keep_each_chapter_and_spread_it_as_exports_to_one_country(
    flows: Flows,
) -> None:
    weights = find_weights(flows, None, "US", "CN")
    assert (weights.name, weights.without_line) == ("us-exports-world-2017", {})
    chapters = flows.chapters("exports", "2017", "*")
    assert weights.total == sum(chapters.values()) == 1_546_272_961_061
    china = flows.products("exports", "2017", "CN")
    for chapter in ("12", "87", "98"):
        own = {code: value for code, value in china.items() if code[:2] == chapter}
        ratio = chapters[chapter] / sum(own.values())
        for code, value in own.items():
            assert abs(weights.lines[code] - value * ratio) <= 1, code


def test_fuels_sold_to_the_world_are_divided_as_published(flows: Flows) -> None:
    lines = find_weights(flows, "us-exports-world-2017", "US", "CN").lines
    fuels = {code: value for code, value in lines.items() if code[:2] == "27"}
    chapter = flows.chapters("exports", "2017", "*")["27"]
    groups = flows.groups("exports", "2017", "*")
    assert sum(fuels.values()) == chapter
    assert sum(group.percent for group in groups) == 100
    named = [group for group in groups if group.codes]
    for group in named:
        inside = sum(value for code, value in fuels.items() if code.startswith(group.codes))
        assert abs(inside - chapter * group.percent / 100) <= 1, group.name
    # Crude oil is most of what China bought of the chapter, and a sixth of what the world did.
    china = flows.products("exports", "2017", "CN")
    assert china["270900"] > 0.5 * sum(china[code] for code in fuels)
    assert fuels["270900"] / chapter == pytest.approx(0.16, abs=1e-9)


def test_models_take_exports_to_the_country_and_averages_those_to_the_world(flows: Flows) -> None:
    into_china = [each for each in flows.weightings() if each.destination == "CN"]
    assert [each.name for each in into_china if each.preset] == ["us-exports-world-2017"]
    assert [each.name for each in into_china if each.modelled] == ["us-exports-2017-chapters"]


def test_what_no_group_holds_is_not_weighed_as_if_it_were_another() -> None:
    groups = [FlowGroup("27", "a", 60, ("2709",)), FlowGroup("27", "b", 30, ("2701",))]
    groups.append(FlowGroup("27", "rest", 10, ()))
    found = in_groups(1000, {"270900": 1, "271600": 3, "270500": 1}, groups)
    assert found == {"270900": 600, "271600": 75, "270500": 25}


@pytest.mark.parametrize(("country", "group"), [("DE", "EU"), ("IE", "EU"), ("LI", "CH")])
def test_no_weights_of_a_group_stand_in_for_those_of_one_country(
    flows: Flows, country: str, group: str
) -> None:
    with pytest.raises(WeightError, match=f"not in hand, only those of .*--origin {group}, or"):
        find_weights(flows, None, country, "US")


@pytest.mark.parametrize(
    ("name", "origin", "destination", "message"),
    [
        ("us-imports-2017-chapters", "VN", "US", "is not at hand for goods of VN"),
        ("us-imports-2024", "FJ", "US", "goods of FJ by line are not in hand, but those of AE"),
        ("us-exports-2017-chapters", "CN", "US", "weighs imports into CN, not into US"),
        ("no-such-weights", "CN", "US", "is neither a weighting nor a file: write us-exports"),
        (None, "CN", "VN", "no weights at hand for imports into VN"),
    ],
)
def test_weights_that_cannot_be_had_say_what_to_do(
    flows: Flows, name: str | None, origin: str, destination: str, message: str
) -> None:
    with pytest.raises(WeightError, match=message):
        find_weights(flows, name, origin, destination)


def test_a_file_is_weighed_to_the_cent_and_equal_codes_are_added(
    flows: Flows, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text('code,value\n8507.60.00.10,10.50\n8507600010,0.25\n01012100,"1,000"\n')
    weights = find_weights(flows, str(file), "CN", "US")
    assert weights.lines == {"8507600010": 1075, "01012100": 100_000}
    assert weights.units == 100


def test_a_file_of_a_spreadsheet_is_read_with_its_mark_its_capitals_and_its_empty_rows(
    flows: Flows, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text('Code, Value\n8507.60.00.10,"$1,250.5"\n,\n\n', encoding="utf-8-sig")
    assert find_weights(flows, str(file), "CN", "US").lines == {"8507600010": 125_050}


def test_semicolons_between_cells_are_read_and_so_is_utf_16_with_its_mark(
    flows: Flows, tmp_path: Path
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("code;value\n8507.60.00.10;12\n", encoding="utf-16")
    assert find_weights(flows, str(file), "CN", "US").lines == {"8507600010": 1200}


def test_a_file_that_is_not_utf_8_is_refused_by_its_name(flows: Flows, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_bytes("code,value\né,1".encode("latin-1"))
    with pytest.raises(TableError, match=r"mine\.csv, line 2: this is not UTF-8"):
        find_weights(flows, str(file), "CN", "US")


def test_what_is_no_csv_file_is_refused_by_its_name(flows: Flows, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("code,value\n" + "1" * 200_000, encoding="utf-8")
    with pytest.raises(TableError, match=r"mine\.csv, line 2: field larger"):
        find_weights(flows, str(file), "CN", "US")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("code,worth\n01012100,1\n", "needs the columns code and value"),
        ("code,value\n1012100,1\n", "line 2: '1012100' is not a code of 8 or 10 digits"),
        ("code,value\n01012100,-1\n", "line 2: '-1' is not a value"),
        ("code,value\n01012100,1.005\n", "line 2: '1.005' is not a value"),
        ("code,value\n01012100,\n", "line 2: '' is not a value"),
        ("code,value\n01012100,25%\n", "line 2: '25%' is not a value .* may be written 12.50"),
        ("code,value\n01012100,1.000\n", "line 2: '1.000' is not a value"),
        ('code,value\n01012100,"10,00"\n', "line 2: '10,00' is not a value"),
        ("code,value\n01012100,10,000\n", "line 2: 3 cells under 2 columns; put cells with"),
        ("code,value\n01012100\n", "line 2: 1 cell under 2 columns"),
        ("code,value\n010121,1\n", "'010121' is not a code of 8 or 10 digits: give the lines of"),
        ("", "it is empty; the first line of a table names its columns"),
        ("code,value\n01012100,0\n", "weighs nothing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    flows: Flows, tmp_path: Path, rows: str, message: str
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(rows, encoding="utf-8")
    with pytest.raises((WeightError, TableError), match=message):
        find_weights(flows, str(file), "CN", "US")
