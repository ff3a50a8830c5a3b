"""What is not known moves an answer line by line, source by source and together."""

import json

import numpy as np
import pytest

from detente.answers.impact import SourceTotals
from detente.average.flow_rates import FlowRates
from detente.cli.main import main
from detente.impact.errors import ImpactError
from detente.impact.lines.partial_bands import (
    Point,
    Ranges,
    bands_by_source,
    published_pass_through,
    read_range,
)

DAYS = ("--from", "2025-01-01", "--to-date", "2025-11-12", "--code", "8432", "--code", "8507")


def ask(capsys, *words):
    code = main(["impact", "partial", *DAYS, "--json", *words])
    caught = capsys.readouterr()
    return json.loads(caught.out) if code == 0 else caught.err


def moved(answer):
    return {each["source"]: each for each in answer["bands_by_source"]["sources"]}


def test_each_source_moves_alone_and_the_centre_lies_between_its_ends(capsys):
    answer = ask(capsys, "--pass-through", "0.95")
    centre = answer["totals"]
    assert list(moved(answer)) == ["elasticities", "demand", "pass-through"]
    for each in moved(answer).values():
        ends = sorted(float(each[side]["buyers_lose"]) for side in ("low", "high"))
        assert ends[0] <= float(centre["buyers_lose"]) <= ends[1]


def test_the_band_of_elasticities_is_the_one_that_stood_there_before(capsys):
    answer = ask(capsys)
    own = moved(answer)["elasticities"]
    for side, name in (("low", "low_sigma"), ("high", "high_sigma")):
        assert own[side]["duty_after"] == answer["bands"][name]["duty_after"]


def test_together_is_at_least_as_wide_as_each_source_alone(capsys):
    answer = ask(capsys, "--vary", "steel_value=25%")
    together = answer["bands_by_source"]["together"]
    for each in moved(answer).values():
        for key in together:
            ends = [float(each[side][key]) for side in ("low", "high")]
            assert float(together[key][0]) <= min(ends)
            assert max(ends) <= float(together[key][1])


def test_another_fact_is_an_end_and_is_what_the_question_with_that_fact_answers(capsys):
    answer = ask(capsys, "--vary", "steel_value=25%")
    facts = moved(answer)["entry facts"]
    other = ask(capsys, "--fact", "steel_value=25%")["totals"]
    assert facts["high"]["duty_after"] == other["duty_after"]
    assert facts["low"]["duty_after"] == answer["totals"]["duty_after"]
    assert answer["bands_by_source"]["not_moved"] == []
    # Machines of 8432 pay 50 percent on their steel: on a quarter of the value less than on all.
    assert float(other["duty_after"]) < float(answer["totals"]["duty_after"])


def test_without_a_named_fact_the_answer_says_that_facts_are_not_moved(capsys):
    assert ask(capsys)["bands_by_source"]["not_moved"] == ["entry facts"]


def test_pass_through_lies_between_the_published_estimates_at_the_border():
    ends, stated = published_pass_through()
    # Amiti, Flanagan, Heise and Weinstein 0.86 in November 2025; Amiti, Redding and Weinstein 1.0
    assert ends == (0.86, 1.0)
    assert "Kiel" in stated


def test_ends_of_ones_own_replace_them(capsys):
    answer = ask(capsys, "--pass-band", "0.5..0.9", "--eta-band", "1..2")
    assert moved(answer)["pass-through"]["ends"] == ["0.5", "0.9"]
    assert moved(answer)["demand"]["ends"] == ["1", "2"]


@pytest.mark.parametrize("text", ["0.9", "0.9..0.5", "a..b", "-1..1"])
def test_a_range_that_is_none_is_refused(text):
    with pytest.raises(ImpactError, match=r"write 0\.8\.\.1\.6"):
        read_range(text, "--eta-band")


def rates(before, after):
    cells = np.array([100.0, 50.0])
    return FlowRates(
        codes=("a",),
        partners=(),
        line=np.array([0, 0]),
        partner=np.array([0, 1]),
        value=cells,
        before=np.array(before),
        after=np.array(after),
    )


def totals(cells, found):
    return dict.fromkeys(SourceTotals.__annotations__, f"{float(found.value_after.sum()):.6f}")


def test_a_change_of_nothing_has_no_band_whatever_moves():
    point = Point(rates([0.1, 0.2], [0.1, 0.2]), np.array([3.0]), 1.2, 1.0)
    found = bands_by_source(point, Ranges(1.5), None, totals)
    assert all(low == high == "150.000000" for low, high in found["together"].values())
