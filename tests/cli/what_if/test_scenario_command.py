"""Scenarios, comparisons and trees as a person asks for them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from detente.cli.main import ANSWERED, MISUNDERSTOOD

if TYPE_CHECKING:
    from tests.cli.conftest import Run

TREE = str(Path(__file__).parents[3] / "examples" / "trees" / "november.yaml")
EXCLUDED = ("--code", "2805.11.00.00", "--fact", "exclusion=true")
ROW_KEYS = {"what", "on", "unit", "before", "after", "difference"}


def test_list_names_the_scenarios_with_a_note(run: Run) -> None:
    ran = run("scenario", "list")
    assert ran.code == ANSWERED
    for name in ("truce-lapses", "truce-extended", "threat-100", "decoupling", "back-to-2017"):
        assert name in ran.out


def test_show_tells_what_is_assumed_and_which_days_change(run: Run) -> None:
    answer = json.loads(run("scenario", "show", "threat-100", "--json").out)
    assert [each["measure"] for each in answer["changes"]] == ["us-threat-china-100-percent"]
    change = answer["changes"][0]
    assert (change["before"], change["after"]) == (None, "100%")
    assert (change["from"], change["until"]) == ("2026-11-10", None)
    assert answer["assumes"]


def test_show_says_so_when_nothing_changes(run: Run) -> None:
    ran = run("scenario", "show", "truce-lapses")
    assert "change no day of the law" in ran.out


def test_the_text_of_a_scenario_can_be_copied_and_run(run: Run, tmp_path: Path) -> None:
    text = run("scenario", "show", "decoupling", "--text").out
    file = tmp_path / "mine.yaml"
    file.write_text(text.replace('rate: "145%"', 'rate: "30%"'), encoding="utf-8")
    asked = ("duty", "9503.00.00", "--origin", "CN", "--on", "2026-11-12", "--json")
    answer = json.loads(run(*asked, "--scenario", str(file)).out)
    # 0 + forced labor 12.5 + 30
    assert answer["total"]["ad_valorem"] == "0.425"


def test_run_shows_the_basket_and_the_truce(run: Run) -> None:
    answer = json.loads(run("scenario", "run", "threat-100", "--json").out)
    effects = {each["code"]: each for each in answer["basket"]["effects"]}
    assert effects["9503.00.00"]["difference"] == "1"
    assert all(each["origin"] == "CN" for each in effects.values())
    assert answer["truce"]["on"] == "2026-11-10"
    printed = run("scenario", "run", "truce-extended").out
    assert "The truce on 2026-11-28, by the law and in the scenario:" in printed


@pytest.mark.parametrize(
    "words",
    [
        ("duty", "9503.00.00", "--origin", "CN", "--on", "2026-11-12"),
        ("average", "--origin", "CN", "--on", "2026-11-12"),
        ("status", "--on", "2026-11-12"),
        ("measure", "us-301-technology", "--on", "2026-11-12"),
        ("timeline", "--from", "2026-11-01"),
        ("upcoming", "--on", "2026-11-01"),
        ("diff", "--from", "2026-11-01", "--to-date", "2026-11-12"),
        ("truce", "--on", "2026-11-12"),
    ],
)
def test_every_command_with_a_day_takes_a_scenario_by_name(
    run: Run, words: tuple[str, ...]
) -> None:
    law = json.loads(run(*words, "--json").out)
    ran = run(*words, "--scenario", "back-to-2017", "--json")
    supposed = json.loads(ran.out)
    assert ran.code == ANSWERED
    assert supposed["register"]["sha256"] != law["register"]["sha256"]
    assert {**supposed, "register": 0} != {**law, "register": 0}


def test_batch_takes_a_scenario_by_name(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("polars")
    entries, out = tmp_path / "in.csv", tmp_path / "out.csv"
    entries.write_text("code,origin,on\n9503000073,CN,2026-11-12\n", encoding="utf-8")
    assert run("batch", str(entries), "-o", str(out), "--scenario", "threat-100").code == ANSWERED
    (row,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    # 0 + forced labor 12.5 + 100
    assert row["total_ad_valorem"] == "1.125"


def test_an_unknown_scenario_is_told_the_names(run: Run) -> None:
    ran = run("truce", "--scenario", "truce-forever")
    assert ran.code == MISUNDERSTOOD
    assert "Scenarios: back-to-2017, decoupling, threat-100" in ran.err


def test_compare_sets_totals_and_layers_beside_each_other(run: Run) -> None:
    ran = run("compare", "law", "threat-100", *EXCLUDED, "--on", "2026-11-12", "--value", "100",
              "--json")  # fmt: skip
    answer = json.loads(ran.out)
    assert (answer["base"], answer["scenario"]) == ("law", "threat-100")
    rows = {row["what"].strip(): row for row in answer["rows"]}
    assert all(row.keys() >= ROW_KEYS for row in answer["rows"])
    assert (rows["total duty"]["before"], rows["total duty"]["difference"]) == ("0.428", "1")
    assert rows["duty"]["difference"] == "100.00"
    assert rows["us-threat-china-100-percent"]["before"] == "0"


def test_compare_takes_two_scenarios_and_a_span_of_days(run: Run, tmp_path: Path) -> None:
    out, chart = tmp_path / "rows.csv", tmp_path / "chart.json"
    ran = run("compare", "truce-lapses", "truce-extended", *EXCLUDED, "--from", "2026-11-01",
              "--to-date", "2027-02-01", "-o", str(out), "--chart", str(chart))  # fmt: skip
    assert ran.code == ANSWERED
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [(row["on"], row["before"], row["after"]) for row in rows] == [
        ("2026-11-01", "0.178", "0.178"),
        ("2026-11-10", "0.428", "0.178"),
        ("2027-01-10", "0.428", "0.428"),
    ]
    drawn = json.loads(chart.read_text(encoding="utf-8"))
    assert "truce-extended" in json.dumps(drawn)


def test_the_law_differs_from_itself_in_nothing(run: Run) -> None:
    answer = json.loads(
        run("compare", "law", "none", "--basket", "register", "--on", "2026-11-12", "--json").out
    )
    assert {row["difference"] for row in answer["rows"]} <= {"0", None}


def test_compare_reads_a_basket_and_adds_up_what_has_a_value(run: Run, tmp_path: Path) -> None:
    basket = tmp_path / "goods.csv"
    basket.write_text(
        "code,origin,what,value,fact.exclusion\n2805.11.00.00,CN,calcium,100,true\n"
        "9503.00.00,CN,toys,200,\n",
        encoding="utf-8",
    )
    ran = run("compare", "law", "threat-100", "--basket", str(basket), "--on", "2026-11-12",
              "--json")  # fmt: skip
    rows = json.loads(ran.out)["rows"]
    # 42.8 + 25, and 100 points of 300 dollars more
    assert (rows[-1]["before"], rows[-1]["after"], rows[-1]["difference"]) == (
        "67.80",
        "367.80",
        "300.00",
    )


def test_compare_averages_goods_into_both_countries(run: Run) -> None:
    for words in (("--origin", "CN"), ("--origin", "US", "--to", "CN")):
        ran = run("compare", "law", "back-to-2017", "--average", *words, "--on", "2026-11-12",
                  "--json")  # fmt: skip
        rows = {row["what"]: row for row in json.loads(ran.out)["rows"]}
        assert rows["average duty"]["difference"].startswith("-")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "one of: --code CODE"),
        (("--code", "9503.00.00", "--average"), "one of: --code CODE"),
        (("--average", "--on", "2026-11-12", "--from", "2026-11-01"), "--on asks for one day"),
        (("--average", "--from", "2026-11-01"), "write both --from and --to-date"),
        (("--code", "9503.00.00", "-o", "rows.txt"), "written as .csv"),
        (("--code", "9503.00.00", "--chart", "a.gif"), "has no suffix of a picture"),
        (("--basket", "nowhere.csv"), "there is no file nowhere.csv"),
    ],
)
def test_a_comparison_that_asks_for_nothing_or_for_two_things_is_refused(
    run: Run, words: tuple[str, ...], message: str
) -> None:
    ran = run("compare", "law", "threat-100", *words)
    assert ran.code == MISUNDERSTOOD
    assert message in ran.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code\n9503.00.00\n", "the column origin is missing"),
        ("code,origin,colour\n9503.00.00,CN,red\n", "unknown column 'colour'"),
        ("code,origin\n9503.00.00\n", "line 2: 1 cell under 2 columns"),
        ("code,origin,facts\n9503.00.00,CN,exclusion\n", "line 2: a fact is written KEY=VALUE"),
        ("", "is empty"),
        ("code,origin\n", "the basket is empty"),
    ],
)
def test_a_basket_that_cannot_be_read_is_refused_with_its_row(
    run: Run, tmp_path: Path, text: str, message: str
) -> None:
    basket = tmp_path / "goods.csv"
    basket.write_text(text, encoding="utf-8")
    ran = run("compare", "law", "threat-100", "--basket", str(basket))
    assert ran.code == MISUNDERSTOOD
    assert message in ran.err


def test_the_example_of_a_tree_answers(run: Run, tmp_path: Path) -> None:
    chart = tmp_path / "tree.json"
    words = ("scenario", "tree", TREE, *EXCLUDED, "--value", "100000", "--chart", str(chart))
    answer = json.loads(run(*words, "--json").out)
    assert answer.keys() >= {"branches", "distribution", "break_even", "probabilities"}
    on = {row["arrive"]: row for row in answer["distribution"]}
    # 0.6 x 17800 + 0.3 x 42800 + 0.1 x 142800
    assert on["2026-11-10"]["expected"] == "37800.00"
    assert json.loads(chart.read_text(encoding="utf-8"))["vconcat"]
    printed = run(*words).out
    assert "Branches, with the probabilities of the file:" in printed
    assert "nor a forecast" in printed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "name one good with --code, or several with --basket"),
        (("--code", "9503.00.00", "--draws", "10"), "--draws needs --seed"),
        (("--code", "9503.00.00", "--draws", "-1", "--seed", "1"), "write 0 or more"),
        (("--code", "9503.00.00"), "give the goods a --value"),
        (("--code", "9503.00.00", "--value", "abc"), "abc"),
        (("--code", "9503.00.00", "--value", "1", "--arrive", "soon"), "'soon' is not a day"),
    ],
)
def test_a_tree_that_cannot_be_answered_is_refused(
    run: Run, words: tuple[str, ...], message: str
) -> None:
    ran = run("scenario", "tree", TREE, *words)
    assert ran.code == MISUNDERSTOOD
    assert message in ran.err
