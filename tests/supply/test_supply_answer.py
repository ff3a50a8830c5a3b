import csv
import json
from fractions import Fraction

import pytest

from detente.cli.main import main
from detente.register.book import Register
from detente.supply.answer import SupplyQuestion, answer_supply
from detente.supply.compile import build_supply
from detente.supply.file import COLUMNS, figure_rows
from detente.supply.shares import years_of
from detente.supply.tables import Minerals


@pytest.fixture(scope="module")
def tables():
    return Minerals()


def ask(tables, mineral, **given):
    asked = SupplyQuestion(mineral, given.pop("on", "2026-08-07"), **given)
    return answer_supply(Register.built_in(), tables, asked)


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


def test_a_figure_of_the_wider_group_is_named_and_not_used(tables):
    mining = stage(ask(tables, "dysprosium"), "mine")
    assert (mining["known"], mining["status"], mining["counted_as"]) == (False, "unknown", None)
    assert (mining["years"], mining["left_without"], mining["concentration"]) == ([], None, None)
    assert mining["not_borrowed"]["mineral"] == "magnet-rare-earths"
    assert "not a figure of dysprosium alone" in mining["not_borrowed"]["text"]
    group = stage(ask(tables, "rare-earths"), "mine")
    assert (group["counted_as"], group["not_borrowed"]) == ("rare-earths", None)


def test_no_stage_of_any_mineral_shows_a_figure_that_is_not_its_own(tables):
    for key in tables.minerals:
        answer = ask(tables, key)
        for each in answer["stages"]:
            own = years_of(tables.about(key, each["stage"]))
            assert [year["year"] for year in each["years"]] == [year.year for year in own]
            assert each["known"] == bool(own)
            assert {row["mineral"] for row in (*each["outlooks"], *each["consumption"])} <= {key}
            assert (each["status"] == "unknown") == (not own)
        lists = ("reliance", "import_shares", "stocks", "prices", "lead_times", "exports")
        assert {row["mineral"] for name in lists for row in answer[name]} <= {key}
        assert key not in {row["mineral"] for row in answer["of_groups"]}
        for project in (
            row
            for each in answer["stages"]
            for row in (each["capacity_outside"] or {}).get("projects", ())
        ):
            inside = {name for name in tables.minerals if key in ask_lineage(tables, name)}
            assert set(project["minerals"]) <= inside


def ask_lineage(tables, name):
    return [each.key for each in tables.lineage(tables.minerals[name])]


def test_a_capacity_of_two_elements_together_is_none_of_one(tables):
    found = stage(ask(tables, "dysprosium", need=Fraction(250)), "separation")
    # White Mesa's 240 t of 2029 are its own; the 200 t of both elements together are not.
    ahead = {row["year"]: row["announced"] for row in found["capacity_outside"]["years"]}
    assert (ahead["2028"], ahead["2029"]) == ("0", "240")
    (both,) = [
        each["why"]
        for each in found["capacity_outside"]["not_counted"]
        if each["project"] == "Mountain Pass heavy circuit"
    ]
    assert both == "its 200 t Dy and Tb oxide are of dysprosium and terbium together"
    assert found["covers"]["verdict"] == "unknown"
    # 200 t of dysprosium and terbium are more than 150 t of heavy rare earths, and no holmium.
    group = stage(ask(tables, "heavy-rare-earths", need=Fraction(150)), "separation")
    assert group["covers"]["first_year_announced"] == "2026"
    assert group["covers"]["verdict"] == "unknown"


@pytest.mark.parametrize("cut", ["China,MM", "CN,MM", "cn, Myanmar", "MM,CN,MM"])
def test_countries_are_cut_together_by_their_names_and_codes(tables, cut):
    found = ask(tables, "rare-earths", stage="mine", cut=cut)["stages"][0]
    # 390,000 t of 2025 without 270,000 of China and 22,000 of Burma
    assert found["left_without"]["share"] == ["0.251282", "0.251282"]
    assert (found["status"], found["left_without"]["not_named"]) == ("ok", [])


def test_a_country_that_no_figure_names_leaves_the_answer_in_part(tables):
    found = ask(tables, "rare-earths", stage="separation", cut="CN,MY")["stages"][0]
    assert found["left_without"]["share"] == ["0", "0.09"]
    assert (found["status"], found["left_without"]["not_named"]) == ("partly", ["MY"])


@pytest.mark.parametrize("cut", ["XX", "CN,", "CHINAA", "CN,Chna", ""])
def test_a_word_that_is_no_country_is_refused(tables, cut):
    with pytest.raises(ValueError, match="country") as refused:
        ask(tables, "rare-earths", stage="mine", cut=cut)
    assert refused.value.where == "cut"


def test_what_is_produced_already_counts_for_a_need(tables):
    # 120,000 t were mined outside China in 2025: 390,000 less 270,000
    met = ask(tables, "rare-earths", stage="mine", need=Fraction(120_000), within=0)
    covers = met["stages"][0]["covers"]
    assert met["verdict"] == "met"
    # Ore has all elements, and a need of all is met; which of them are in it no source tells.
    assert covers["in_time"]["verdict"] == "covered in total; by element not known"
    assert covers["existing"] == {"year": "2025", "quantity": ["120000", "120000"]}
    assert covers["first_year_announced"] == "2026"
    # Mountain Pass stands in the table of production: its 50,692 t are not counted twice.
    more = ask(tables, "rare-earths", stage="mine", need=Fraction(120_001), within=0)
    assert more["verdict"] == "unknown"
    assert "Serra Verde" in " ".join(more["stages"][0]["covers"]["because"])


def test_a_need_without_any_quantity_is_unknown_and_says_so(tables):
    found = ask(tables, "graphite-artificial", need=Fraction(10))
    assert found["verdict"] == "unknown"
    assert {each["covers"]["verdict"] for each in found["stages"]} == {"unknown"}
    assert "No quantity of this stage is held" in found["stages"][0]["covers"]["because"][0]


def test_a_year_that_one_stage_has_and_another_lacks_is_told(tables):
    answer = ask(tables, "rare-earths", year="2025")
    separation = stage(answer, "separation")
    assert (separation["known"], separation["held_years"]) == (False, ["2023", "2024"])
    assert separation["coverage"][0]["state"] == "unread"
    assert "none" not in separation["coverage"][0]["scope"]
    assert stage(answer, "mine")["known"]


def test_nine_percent_of_refining_is_left_without_china(tables):
    separation = stage(ask(tables, "rare-earths"), "separation")
    assert separation["left_without"] == {
        "year": "2024",
        "without": "CN",
        "share": ["0.09", "0.09"],
        "not_named": [],
    }
    assert stage(ask(tables, "rare-earths"), "magnet")["left_without"]["share"] == ["0.06", "0.06"]


def test_reliance_of_more_than_half_has_no_upper_end(tables):
    values = {each["mineral"]: each["value"] for each in ask(tables, "tungsten")["reliance"]}
    assert values == {"tungsten": ["50", None]}


def test_outside_price_over_inside_price(tables):
    paid, asked = ask(tables, "yttrium")["inside_outside"]
    # 10.5 over 6.5 by one source, of what was paid; 270 over 9 by two, of which one is a spot price
    assert (paid["inside"], paid["outside"], paid["ratio"]) == (
        ["6.5", "6.5"],
        ["10.5", "10.5"],
        ["1.6", "1.6"],
    )
    assert (asked["inside"], asked["outside"], asked["ratio"]) == (
        ["9", "9"],
        ["270", "270"],
        ["30", "30"],
    )


def test_magnets_under_two_years_from_the_claim(tables):
    asked = {"on": "2025-11-02", "stage": "magnet", "within": 24, "need": Fraction(12_000)}
    test = stage(ask(tables, "ndpr", **asked), "magnet")["covers"]["in_time"]
    assert test["by"] == "2027-11"
    # to 2026: 2,000 + 2,200 produced, 1,000 + 2,000 + 1,000 of 2025, 2,000 + 5,000 + 6,000 of 2026;
    # in 2027: 10,000 + 3,000 more
    assert test["announced"] == ["21200", "34200"]
    assert test["verdict"] == "covered"
    late = stage(ask(tables, "ndpr", **asked, delay=1), "magnet")["covers"]["in_time"]
    assert late["announced"] == ["8200", "21200"]
    assert late["verdict"].startswith("covered only if")


def test_heavy_rare_earths_are_not_covered_and_projects_without_a_capacity_are_named(tables):
    asked = {"on": "2025-11-02", "stage": "separation", "within": 24, "need": Fraction(600)}
    # 200 of both elements, and 240 and 66 of 2029, are 506
    found = stage(ask(tables, "heavy-rare-earths", **asked), "separation")
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


def test_a_verdict_on_a_stated_need_is_not_told_as_one_on_the_needs_in_hand(capsys):
    words = ["supply", "gallium", "--need", "30", "--by", "2028-12-31", "--on", "2026-08-07"]
    assert main(words) == 0
    described = capsys.readouterr().out
    # Wafers are not known, so that the need is not known to be met at every stage.
    assert "the need, at every stage: not known" in described
    assert "a need of 30 t a year: met" in described


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


def test_a_table_has_a_row_for_every_project_with_its_year_and_capacity(tables):
    answer = ask(tables, "dysprosium")
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in figure_rows(answer)]
    projects = {
        f"{each['project']}: {each['status']}": each
        for found in answer["stages"]
        if found["capacity_outside"]
        for part in ("projects", "not_counted")
        for each in found["capacity_outside"][part]
    }
    shown = {row["note"]: row for row in rows if row["kind"] == "project"}
    assert shown.keys() == projects.keys()
    assert any(each["first_output"] for each in projects.values())
    for name, each in projects.items():
        assert shown[name]["year"] == (each["first_output"] or "")
        assert shown[name]["low"] == shown[name]["high"] == (each["capacity"] or "")
        assert (shown[name]["country"], shown[name]["unit"]) == (each["country"], each["unit"])
