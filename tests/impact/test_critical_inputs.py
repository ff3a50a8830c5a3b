"""Critical inputs that ship: bands, cuts near the whole, and what others published."""

import json

import pytest

from detente.cli.main import main
from detente.impact.critical import InputCut
from detente.impact.critical_inputs import answer_critical, find_input, inputs
from detente.supply.tables import Minerals


@pytest.fixture(scope="module")
def tables():
    return Minerals()


def loss(tables, name, cut=0.8):
    return answer_critical(tables, name, InputCut(cut, 12, 0, 0.2))


def test_gallium_at_eighty_percent_is_that_of_its_users(tables):
    answer = loss(tables, "gallium")
    # Semiconductors: 38.501 bn x 0.2 exposed x 0.8 cut; other components: 17.462 x 0.1 x 0.8
    assert float(answer["upper"]) == pytest.approx(38.501 * 0.16 + 17.462 * 0.08, abs=1e-3)
    assert float(answer["lower"]) == pytest.approx(1.163, abs=1e-3)


def test_near_a_whole_cut_the_lower_end_turns_into_the_upper_and_the_answer_says_so(tables):
    answer = loss(tables, "gallium", 0.98)
    chips = answer["users"][0]
    assert (round(float(chips["lower"]), 1), round(float(chips["upper"]), 1)) == (6.8, 7.5)
    assert any("turns into the upper by the form" in note for note in answer["notes"])
    low, high = map(float, answer["lower_band"])
    # From 0.05 bn with an elasticity of 0.9 to nearly all of it with one of 0.05
    assert low < 0.06
    assert high > 0.95 * float(answer["upper"])


def test_a_small_cut_says_nothing_of_the_kind(tables):
    assert not any("turns into" in note for note in loss(tables, "gallium", 0.5)["notes"])


def test_a_larger_cut_never_costs_less_and_easier_substitution_never_more(tables):
    for each in inputs(tables):
        answer = loss(tables, each["input"])
        cuts = [float(row["lower"]) for row in answer["by_cut"]]
        band = [float(row["lower"]) for row in answer["band"]]
        assert cuts == sorted(cuts)
        assert band == sorted(band, reverse=True)
        assert all(float(row["lower"]) <= float(row["upper"]) for row in answer["by_cut"])


def test_what_others_published_stands_beside_and_a_gap_is_said(tables):
    answer = loss(tables, "germanium")
    (alone,) = [row for row in answer["published"] if "germanium alone" in row["figure"]]
    assert (alone["low"], alone["high"]) == ("0.01", "1.1")
    assert any("below our lower end" in note for note in answer["notes"])
    assert any(row["value"] == "3.1" for row in loss(tables, "gallium")["published"])


def test_an_input_answers_to_its_mineral_and_an_unknown_one_names_the_nearest(tables):
    assert find_input(tables, "graphite") == "natural-graphite"
    with pytest.raises(ValueError, match="did you mean gallium"):
        find_input(tables, "galium")


def test_the_command_lists_inputs_and_answers_one(capsys):
    assert main(["impact", "critical"]) == 0
    assert "germanium: " in capsys.readouterr().out
    assert main(["impact", "critical", "tungsten", "--cut", "0.9", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["cut"], answer["status"]) == ("0.9", "partly")
    assert main(["impact", "critical", "tungsten", "--cut", "2"]) == 2
    assert "cut is 2" in capsys.readouterr().err
