import csv
import json
from fractions import Fraction

import pytest

from detente.answer.supply import SupplyQuestion, answer_supply
from detente.cli.main import main
from detente.supply.compile import build_supply
from detente.supply.tables import Minerals


@pytest.fixture(scope="module")
def tables():
    return Minerals()


def ask(tables, mineral, **given):
    return answer_supply(tables, SupplyQuestion(mineral, given.pop("on", "2026-08-07"), **given))


def stage(answer, key):
    return next(each for each in answer["stages"] if each["stage"] == key)


@pytest.mark.parametrize("word", ["dysprosium", "Dy", "镝", " Dysprosium "])
def test_a_mineral_answers_to_its_name_symbol_and_chinese_name(tables, word):
    assert ask(tables, word)["mineral"] == "dysprosium"


def test_an_unknown_mineral_or_stage_names_those_there_are(tables):
    with pytest.raises(ValueError, match="did you mean gallium"):
        ask(tables, "galium")
    with pytest.raises(ValueError, match="write one of refining"):
        ask(tables, "gallium", stage="mine")
    with pytest.raises(ValueError, match="no figure of gallium is of 1950"):
        ask(tables, "gallium", year="1950")


def test_an_unknown_stage_is_an_answer(tables):
    metal = stage(ask(tables, "rare-earths"), "metal")
    assert metal["known"] is False
    assert metal["years"] == []
    assert metal["left_without"] is None


def test_figures_of_the_wider_group_are_marked_as_such(tables):
    mining = stage(ask(tables, "dysprosium"), "mine")
    assert mining["counted_as"] == "rare-earths"
    assert stage(ask(tables, "rare-earths"), "mine")["counted_as"] == "rare-earths"


def test_nine_percent_of_refining_is_left_without_china(tables):
    separation = stage(ask(tables, "rare-earths"), "separation")
    assert separation["left_without"] == {
        "year": "2024",
        "without": "CN",
        "share": ["0.09", "0.09"],
    }
    assert stage(ask(tables, "rare-earths"), "magnet")["left_without"]["share"] == ["0.06", "0.06"]


def test_reliance_of_more_than_half_has_no_upper_end(tables):
    values = {each["mineral"]: each["value"] for each in ask(tables, "tungsten")["reliance"]}
    assert values == {"tungsten": ["50", None]}


def test_outside_price_over_inside_price(tables):
    (row,) = ask(tables, "yttrium")["inside_outside"]
    assert (row["inside"], row["outside"], row["ratio"]) == (
        ["9", "9"],
        ["270", "270"],
        ["30", "30"],
    )


def test_magnets_under_two_years_from_the_claim(tables):
    asked = {"on": "2025-11-02", "stage": "magnet", "within": 24, "need": Fraction(12_000)}
    test = stage(ask(tables, "ndpr", **asked), "magnet")["covers"]["in_time"]
    assert test["by"] == "2027-11"
    assert test["announced"] == ["12000", "22000"]
    assert test["verdict"] == "covered"
    late = stage(ask(tables, "ndpr", **asked, delay=1), "magnet")["covers"]["in_time"]
    assert late["announced"] == ["5000", "12000"]
    assert late["verdict"].startswith("covered only if")


def test_heavy_rare_earths_are_not_covered_and_projects_without_a_capacity_are_named(tables):
    asked = {"on": "2025-11-02", "stage": "separation", "within": 24, "need": Fraction(500)}
    found = stage(ask(tables, "dysprosium", **asked), "separation")
    assert found["covers"]["first_year_announced"] is None
    assert found["covers"]["in_time"]["verdict"].startswith("not covered by what is counted")
    assert {each["project"] for each in found["capacity_outside"]["not_counted"]} >= {"Eneabba"}


def test_the_command_prints_json_csv_and_a_chart(tmp_path, capsys):
    out, chart = tmp_path / "out.csv", tmp_path / "chart.json"
    words = ["supply", "rare-earths", "--json", "-o", str(out), "--chart", str(chart)]
    assert main(words) == 0
    answer = json.loads(capsys.readouterr().out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    mined = {
        row["country"]: row["low"]
        for row in rows
        if row["year"] == "2025" and row["stage"] == "mine"
    }
    assert mined["CN"] == stage(answer, "mine")["years"][-1]["shares"]["CN"]
    spec = json.loads(chart.read_text(encoding="utf-8"))
    assert "percent" in spec["description"]
    assert any(
        row["stage"] == "Metals and alloys (not known)"
        for row in spec["vconcat"][0]["data"]["values"]
    )


def test_the_command_lists_the_minerals_and_explains_a_mistake(capsys):
    assert main(["supply"]) == 0
    assert "gallium" in capsys.readouterr().out
    assert main(["supply", "unobtainium"]) == 2
    assert "unknown mineral" in capsys.readouterr().err
    assert main(["supply", "gallium", "--success", "half"]) == 2
    assert "write 0.6 or 60%" in capsys.readouterr().err


def test_a_table_with_an_unknown_stage_is_not_compiled(tmp_path):
    source = tmp_path / "supply"
    source.mkdir()
    (source / "sources.tsv").write_text("source\tcitation\tdate\turl\ns\tS\t2026\t\n")
    (source / "minerals.tsv").write_text(
        "mineral\twithin\tname\tname_zh\twords\tnote\nm\t\tm\t\t\t\n"
    )
    (source / "stages.tsv").write_text("mineral\tstage\ttitle\nm\tmine\tMining\n")
    head = (
        "mineral\tstage\twhat\tplace\tof\tyear\tlow\thigh\tunit\testimated\tsource\tgrade\tnote\n"
    )
    (source / "official.tsv").write_text(head)
    (source / "read.tsv").write_text(
        head + "m\tmill\tshare\tCN\tworld\t2025\t60\t60\t%\t\ts\tprimary\t\n"
    )
    with pytest.raises(ValueError, match="unknown mineral or stage"):
        build_supply(source, tmp_path / "out.sqlite")
