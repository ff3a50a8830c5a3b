"""Another's rates beside ours, on tables composed here with their arithmetic."""

from __future__ import annotations

import json

import polars
import pytest

from detente.agreement.answer import agree
from detente.agreement.causes import read_causes
from detente.agreement.peer import _rates, of_lines, read_peer
from detente.cli.main import main
from detente.core.tables.reading import TableError
from detente.goods.schedule import Schedule
from detente.register.book import Register

BATTERY = "code=8507.60.00.10,origin=CN,base=3.4%,301=25%,ieepa=20%"


@pytest.fixture(scope="module")
def over():
    return Register.built_in(), Schedule()


def compared(over, *lines, on="2025-11-12", causes=(), **more):
    peer = of_lines(lines, over[0].families, on)
    return agree(*over, peer, causes, **more).answer


def cause(tmp_path, text, **more):
    keys = {
        "id": "one", "right": "ours", "families": "[ieepa]", "title": "One", "why": "It is so",
        "sources": "[x]", **more,
    }  # fmt: skip
    path = tmp_path / "causes.yaml"
    lines = [f"{key}: {value}" for key, value in keys.items()] + [text]
    path.write_text("- " + "\n  ".join(lines) + "\n")
    return read_causes(path)


def test_equal_rates_agree_family_by_family(over):
    # 3.4% column 1, 25% of list 3's successor, 10% and 10% of the emergency duties.
    found = compared(over, BATTERY)
    assert found["totals"] | {"lines": 1} == {
        "lines": 1, "cells": 3, "equal": 3, "explained": 0, "unexplained": 0,
        "agreement": "1", "agreement_with_causes": "1",
    }  # fmt: skip
    assert found["status"] == "agrees"


def test_a_rate_that_differs_is_named_with_both_rates_and_our_status(over):
    found = compared(over, BATTERY.replace("301=25%", "301=7.5%"))
    (cell,) = found["unexplained"]
    assert (cell["family"], cell["theirs"], cell["ours"]) == ("301", "0.075", "0.25")
    assert cell["code"] == "8507.60.00.10"
    assert found["totals"]["agreement"] == "0.666667"  # two of three


def test_rates_within_the_tolerance_agree(over):
    found = compared(over, BATTERY.replace("base=3.4%", "base=3.44%"))
    assert found["totals"]["unexplained"] == 0
    from fractions import Fraction

    found = compared(over, BATTERY.replace("base=3.4%", "base=3.44%"), tolerance=Fraction("0.0001"))
    assert found["totals"]["unexplained"] == 1


@pytest.mark.parametrize(("theirs", "differing"), [("3.45%", 0), ("3.4501%", 1), ("3.35%", 0)])
def test_a_rate_may_differ_by_half_a_tenth_of_a_percent_and_no_more(over, theirs, differing):
    found = compared(over, BATTERY.replace("base=3.4%", f"base={theirs}"))
    assert found["totals"]["unexplained"] == differing


def test_a_duty_by_the_kilogram_is_no_rate_and_never_counts_as_zero(over):
    # 0707.00.20 pays 4.2 cents a kilogram: without a quantity it has no share of the value.
    found = compared(over, "code=0707.00.20.10,origin=AU,base=0", on="2025-12-10")
    (cell,) = found["unexplained"]
    assert cell["ours"] is None


def test_an_empty_cell_is_not_compared(over):
    found = compared(over, BATTERY, "code=8507.60.00.10,origin=JP,base=3.4%")
    assert found["totals"]["cells"] == 4


def test_a_total_is_compared_with_all_duties_together(over):
    found = compared(over, "code=8507.60.00.10,origin=CN,total=48.4%")
    assert found["totals"]["equal"] == 1


def test_the_first_cause_that_fits_explains_a_cell(over, tmp_path):
    causes = cause(tmp_path, 'origins: [CN]\n  theirs: ["0.3"]')
    line = BATTERY.replace("ieepa=20%", "ieepa=30%")
    found = compared(over, line, causes=causes)
    assert found["totals"]["explained"] == 1
    assert found["causes"][0]["cells"] == {"2025-11-12": 1}
    found = compared(over, line.replace("30%", "31%"), causes=causes)
    assert found["totals"]["explained"] == 0


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ('codes: ["8507.60"]', True),
        ('codes: ["8508"]', False),
        ("from: 2025-11-12", True),
        ("until: 2025-11-12", False),
        ("except_origins: [CN]", False),
        ('theirs: ["above 0.25"]', True),
        ('theirs: ["below 0.25"]', False),
        ('theirs: ["above 0.3"]', False),
        ('theirs: ["below 0.3"]', False),
        ('theirs: ["below 0.3001"]', True),
        ('theirs: ["above 0.3001"]', False),
        ("our_rate: lower", True),
        ("our_rate: higher", False),
        ('ours: ["0.2"]', True),
        ("measures: [us-ieepa-fentanyl-china]", True),
        ("measures: [us-232-steel]", False),
        ("asks: [auto_part]", True),
        ("asks: [usmca]", False),
        ("lists: [us-301-note-31b]", True),
        ("lists: [us-232-copper]", False),
        ('follows: ["301"]', False),
    ],
)
def test_each_word_of_a_pattern_fits_or_not(over, tmp_path, pattern, fits):
    line = BATTERY.replace("ieepa=20%", "ieepa=30%")
    found = compared(over, line, causes=cause(tmp_path, pattern))
    assert (found["totals"]["explained"] == 1) is fits


def test_a_cause_may_follow_another_family_of_the_same_line(over, tmp_path):
    line = BATTERY.replace("ieepa=20%", "ieepa=30%").replace("301=25%", "301=0")
    found = compared(over, line, causes=cause(tmp_path, 'follows: ["301"]'))
    assert found["totals"] | {"agreement": ""} == {
        "lines": 1, "cells": 3, "equal": 1, "explained": 1, "unexplained": 1, "agreement": "",
        "agreement_with_causes": "0.666667",
    }  # fmt: skip


def test_a_share_of_our_rate_is_a_pattern(over, tmp_path):
    line = BATTERY.replace("301=25%", "301=16.25%")  # 0.65 of 25%
    causes = cause(tmp_path, 'share: ["0.65"]', families='["301"]')
    assert compared(over, line, causes=causes)["totals"]["explained"] == 1


def test_a_cause_that_names_what_is_not_there_is_refused(over, tmp_path):
    with pytest.raises(ValueError, match="names lists 'us-301-list-9', which is not there"):
        compared(over, BATTERY, causes=cause(tmp_path, "lists: [us-301-list-9]"))


def test_a_mistyped_key_of_a_cause_names_file_line_and_the_nearest_key(tmp_path):
    with pytest.raises(ValueError, match=r"causes.yaml:7: unknown key `origin`. Did you mean"):
        cause(tmp_path, "origin: [CN]")


def test_a_fact_that_the_rates_suppose_can_be_stated(over):
    line = "code=8507.60.00.10,origin=CN,232=25%"
    assert compared(over, line, facts={"auto_part": "true"})["totals"]["unexplained"] == 0


def test_names_of_columns_that_others_use_are_known(tmp_path, over):
    path = tmp_path / "rates_2025-11-12.csv"
    path.write_text("HTS10,Country,MFN,rate_301,comment\n8507600010,CN,3.4%,0.25,x\n")
    peer = read_peer(path, over[0].families)
    assert peer.families == ("301", "base")
    assert peer.frame["on"].to_list() == ["2025-11-12"]
    assert peer.notes == (
        "the day 2025-11-12 is read off the name of the file",
        "not compared: comment",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,origin\n1,CN\n", "columns of rates are missing"),
        ("code,base\n1,2\n", "the column origin is missing"),
        ("code,origin,base,mfn\n1,CN,0,0\n", "both mean base"),
        ("code,origin,base\n8507600010,CN,a lot\n", "line 2: 'a lot' under base is not a rate"),
    ],
)
def test_a_table_that_cannot_be_read_says_what_to_do(tmp_path, over, text, message):
    path = tmp_path / "rates.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        read_peer(path, over[0].families, "2025-11-12")


def test_rates_without_a_day_are_refused(tmp_path, over):
    path = tmp_path / "rates.csv"
    path.write_text("code,origin,base\n8507600010,CN,0.034\n")
    with pytest.raises(ValueError, match="say of which day"):
        read_peer(path, over[0].families)


def test_bare_percentages_are_read_as_such_where_that_is_said(tmp_path, over):
    path = tmp_path / "rates.csv"
    path.write_text("code,origin,base\n8507600010,CN,3.4\n")
    assert read_peer(path, over[0].families, "2025-11-12", True).frame["base"][0] == 34_000


def test_the_command_prints_counts_and_writes_every_cell_that_differs(tmp_path, capsys):
    path, out = tmp_path / "rates.csv", tmp_path / "out.csv"
    path.write_text("code,origin,on,base,301\n8507600010,CN,2025-11-12,0.034,0\n")
    assert main(["agree", str(path), "-o", str(out)]) == 0
    text = capsys.readouterr().out
    assert "agree             50%" in " ".join(text.split()) or "50" in text
    assert "8507.60.00.10  CN  2025-11-12  301    theirs 0%, ours 25%" in text
    assert "8507.60.00.10,CN,2025-11-12,301,0,0.25" in out.read_text().replace("0.000000", "0")
    assert main(["agree", str(path), "--strict", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["totals"]["unexplained"] == 1


def test_countries_may_be_named_as_people_name_them(over):
    found = compared(over, "code=8507.60.00.10,origin=Germany,base=0")
    assert found["unexplained"][0]["origin"] == "DE"


def test_a_file_and_lines_together_are_refused(capsys):
    assert main(["agree"]) == 2
    assert "give rates to compare" in capsys.readouterr().err


@pytest.mark.parametrize("rates", ["301=12.5%", "301=0%,301_forced_labor=12.5%"])
def test_the_duty_on_forced_labor_counts_in_section_301_where_it_has_no_column_of_its_own(
    over, rates
):
    # Toys on 1 August 2026: 12.5% on forced labor, and nothing else of section 301.
    found = compared(over, f"code=9503.00.00.73,origin=CN,{rates}", on="2026-08-01")
    assert found["totals"]["unexplained"] == 0
    assert found["totals"]["equal"] == rates.count("=")


def test_two_causes_of_one_name_are_refused_with_the_name(tmp_path):
    path = tmp_path / "causes.yaml"
    keys = ["id: one", "right: ours", "families: [ieepa]", "title: One", "why: It is so",
            "sources: [x]", 'theirs: ["0.3"]']  # fmt: skip
    entry = "- " + "\n  ".join(keys) + "\n"
    path.write_text(entry)
    assert len(read_causes(path)) == 1
    path.write_text(2 * entry)
    with pytest.raises(ValueError, match="the cause one stands twice"):
        read_causes(path)


@pytest.mark.parametrize(
    ("cells", "percent", "millionths"),
    [
        (
            ["0.25", " 25% ", "Free", "", None, "0.0014999999"],
            False,
            [250_000, 250_000, 0, None, None, 1500],
        ),
        (["25", "25%", "Free"], True, [250_000, 250_000, 0]),
        ([0.25, None, float("nan")], False, [250_000, None, None]),
        ([25, None], True, [250_000, None]),
    ],
)
def test_a_column_of_rates_is_read_in_millionths(cells, percent, millionths):
    found = _rates(polars.Series("base", cells), "base", "peer.csv", percent)
    assert (found.name, found.to_list()) == ("base", millionths)


@pytest.mark.parametrize(
    "cell",
    ["nan", "NaN%", "inf", "-Infinity", "1e300", "1e30%", "4 cents", "%", float("inf"), 1e300],
)
def test_a_number_without_an_end_is_no_rate_and_is_never_taken_for_an_empty_cell(cell):
    with pytest.raises(TableError) as refused:
        _rates(polars.Series("base", [None, cell]), "base", "peer.csv", False)
    assert refused.value.where == "line 3"
    assert "under base is not a rate" in str(refused.value)
