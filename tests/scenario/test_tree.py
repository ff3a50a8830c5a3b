"""Trees: the user's probabilities, exact means, break-even, draws that come out the same again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.compare.goods import Good
from detente.compare.tree import answer_tree, break_even, expected, quantile
from detente.duty.question import DutyQuestion, QuestionError
from detente.scenario.forks import leaves, read_tree

# 5.3 + forced labor 12.5 under the exclusion; 25 more without it; 100 more with the threat
WITH, WITHOUT, THREAT = "0.178", "0.428", "1.428"
ASKED = DutyQuestion("2805.11.00.00", "CN", "", value="100000", facts={"exclusion": "true"})
GOOD = [Good("calcium", ASKED)]
BARE = [Good("calcium", ASKED._replace(value=None))]


@pytest.fixture
def grow(tmp_path, register):
    def make(text):
        file = tmp_path / "tree.yaml"
        file.write_text(text, encoding="utf-8")
        return read_tree(register, file)

    return make


def two(first="60%", second="40%", more=""):
    return (
        "name: two\nat: 2026-11-10\nbranches:\n"
        f"  - {{name: extended, probability: {first}, scenario: truce-extended}}\n"
        f"  - {{name: threat, probability: {second}, scenario: threat-100}}\n{more}"
    )


NESTED = (
    "name: nested\nat: 2026-11-10\nbranches:\n"
    "  - name: extended\n    probability: 3/5\n    scenario: truce-extended\n"
    "    then:\n      at: 2027-01-10\n      branches:\n"
    "        - {name: lapses, probability: 1/3, scenario: law}\n"
    "        - name: goes on\n          probability: 2/3\n          events:\n"
    "            - {do: extend, measure: us-301-technology,"
    " provision: [excluded-number, excluded-described], from: 2027-01-10, until: 2028-01-10}\n"
    "  - {name: lapses, probability: 40%, scenario: truce-lapses}\n"
)


def test_before_the_fork_every_branch_owes_the_same(grow, register, schedule):
    answer = answer_tree(register, schedule, grow(two()), BARE, ["2026-11-09"])
    row = answer["distribution"][0]
    assert row["by_way"] == [WITH, WITH]
    assert row["expected"] == row["p90"] == row["lowest"] == row["highest"] == WITH


def test_after_it_the_mean_is_that_of_the_branches_by_their_probabilities(grow, register, schedule):
    answer = answer_tree(register, schedule, grow(two()), BARE, ["2026-11-12"])
    row = answer["distribution"][0]
    # 0.6 x 0.178 + 0.4 x 1.428
    assert (row["expected"], row["p90"]) == ("0.678", THREAT)
    assert (row["lowest"], row["highest"]) == (WITH, THREAT)


def test_a_value_makes_dollars_of_shares(grow, register, schedule):
    answer = answer_tree(register, schedule, grow(two()), GOOD, ["2026-11-12"])
    assert answer["unit"] == "dollars"
    assert answer["distribution"][0]["expected"] == "67800.00"


def test_joint_probabilities_are_products_and_echo_the_file(grow, register, schedule):
    answer = answer_tree(register, schedule, grow(NESTED), BARE, ["2027-01-10"])
    described = {
        row["way"]: (row["given"], row["exact"]) for row in answer["probabilities"]["ways"]
    }
    assert described == {
        "extended / lapses": (["3/5", "1/3"], "1/5"),
        "extended / goes on": (["3/5", "2/3"], "2/5"),
        "lapses": (["40%"], "2/5"),
    }
    # 0.4 x 0.178 + 0.6 x 0.428
    assert answer["distribution"][0]["expected"] == "0.328"


def test_without_arrivals_the_days_on_which_the_duty_turns_are_shown(grow, register, schedule):
    answer = answer_tree(register, schedule, grow(NESTED), BARE, [])
    days = [row["arrive"] for row in answer["distribution"]]
    assert days == ["2026-11-09", "2026-11-10", "2027-01-10"]


def test_at_the_break_even_probability_both_days_cost_the_same(grow, register, schedule):
    more = "holding: {share_a_day: 0.5%, dollars_a_day: '40'}\n"
    days = ["2026-11-09", "2026-11-29"]
    tree = grow(two(more=more))
    row = answer_tree(register, schedule, tree, GOOD, days)["break_even"][0]
    # 20 days at 500 + 40 dollars; 17800 + 10800 = q x 142800 + (1 - q) x 17800
    assert (row["days_held"], row["holding"], row["cost_before"]) == (20, "10800.00", "28600.00")
    even = {each["branch"]: each["exact"] for each in row["branches"]}
    assert even == {"threat": "54/625", "extended": "571/625"}
    at_even = grow(two("571/625", "54/625", more))
    again = answer_tree(register, schedule, at_even, GOOD, days)["break_even"][0]
    assert again["cost_after"] == again["cost_before"]
    assert again["value_of_before"] == "0.00"


def test_where_none_breaks_even_the_answer_says_which_day_is_cheaper(grow, register, schedule):
    dear = grow(two(more="holding: {share_a_day: 100%}\n"))
    row = answer_tree(register, schedule, dear, BARE, ["2026-11-09", "2026-11-12"])["break_even"][0]
    assert {each["why"] for each in row["branches"]} == {
        "arriving after is cheaper at any probability"
    }


def test_a_branch_that_has_all_the_weight_has_no_break_even(grow, register, schedule):
    answer = answer_tree(register, schedule, grow(two("1", "0")), BARE, ["2026-11-12"])
    whys = [each["why"] for each in answer["break_even"][0]["branches"]]
    assert whys == [
        "the branch leaves no weight to the others in this file",
        "the branch has no weight in this file",
    ]


SPREAD = (
    "uncertain:\n  elasticity: {uniform: ['1', '3']}\n"
    "  pass_through: {triangular: ['0.6', '0.9', '1']}\n"
)


def test_the_same_seed_gives_the_same_draws(grow, register, schedule):
    pytest.importorskip("numpy")
    tree = grow(two(more=SPREAD))
    first, second, other = (
        answer_tree(register, schedule, tree, GOOD, ["2026-11-12"], 500, seed)["draws"]
        for seed in (7, 7, 8)
    )
    assert first == second
    assert first["distribution"] != other["distribution"]


def test_draws_without_distributions_come_near_the_exact_mean(grow, register, schedule):
    pytest.importorskip("numpy")
    answer = answer_tree(register, schedule, grow(two()), GOOD, ["2026-11-12"], 20000, 3)
    drawn = answer["draws"]["distribution"][0]
    gap = abs(float(drawn["mean"]) - 67800)
    assert gap < 5 * float(drawn["standard_error"])
    assert (drawn["p10"], drawn["p90"], drawn["quantity"]) == ("17800.00", "142800.00", "1.000000")


def test_when_buyers_respond_less_is_bought_and_less_is_owed(grow, register, schedule):
    pytest.importorskip("numpy")
    tree = grow(two(more="uncertain:\n  elasticity: {fixed: '2'}\n"))
    answer = answer_tree(register, schedule, tree, GOOD, ["2026-11-09", "2026-11-12"], 4000, 3)
    before, after = answer["draws"]["distribution"]
    assert (before["mean"], before["quantity"]) == ("17800.00", "1.000000")
    # price with duty 2.428 / 1.178, squared, is 4.248: 142800 dollars over it are 33614.10
    assert after["p90"] == "33614.10"
    assert float(after["quantity"]) < 1


def test_probabilities_are_named_as_the_user_s_in_every_answer(grow, register, schedule):
    answer = answer_tree(register, schedule, grow(two()), BARE, ["2026-11-12"])
    assert answer["probabilities"]["from"] == "the user's file"
    assert any("none is of this project" in note for note in answer["notes"])


def test_a_fork_on_a_day_on_which_nothing_turns_is_told(grow, register, schedule):
    tree = grow(
        "name: idle\nat: 2026-11-20\nbranches:\n  - {name: only, probability: 1, scenario: law}\n"
    )
    answer = answer_tree(register, schedule, tree, BARE, ["2026-11-21"])
    assert "Nothing in the register turns on 2026-11-20, the day of a fork." in answer["notes"]


def test_dollars_a_day_need_a_value(grow, register, schedule):
    tree = grow(two(more="holding: {dollars_a_day: 3}\n"))
    with pytest.raises(ValueError, match="give the goods a --value"):
        answer_tree(register, schedule, tree, BARE, ["2026-11-12"])


def test_a_basket_without_values_is_refused(grow, register, schedule):
    with pytest.raises(ValueError, match="give every good a value"):
        answer_tree(register, schedule, grow(two()), [*BARE, *GOOD], ["2026-11-12"])


def test_an_arrival_that_is_no_day_is_refused(grow, register, schedule):
    with pytest.raises(QuestionError, match="'soon' is not a day"):
        answer_tree(register, schedule, grow(two()), BARE, ["soon"])


def test_a_branch_lies_over_what_the_branches_above_it_suppose(grow, register):
    ways = leaves(register, grow(NESTED).fork)
    assert [way.register.supposed for way in ways] == [
        ("truce-extended",),
        ("truce-extended", "goes on"),
        ("truce-lapses",),
    ]


weights = st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any)
duties = st.fractions(min_value=0, max_value=4, max_denominator=1000)


@settings(max_examples=60, deadline=None)
@given(weights, st.data())
def test_a_mean_and_a_quantile_lie_between_the_least_and_the_most(numbers, data):
    odds = [Fraction(each, sum(numbers)) for each in numbers]
    values = data.draw(st.lists(duties, min_size=len(odds), max_size=len(odds)))
    likely = [value for value, each in zip(values, odds, strict=True) if each]
    mean, most = expected(values, odds), quantile(values, odds, Fraction(9, 10))
    assert min(likely) <= mean <= max(likely)
    assert most in likely
    enough = sum(each for value, each in zip(values, odds, strict=True) if value <= most)
    assert enough >= Fraction(9, 10)


@settings(max_examples=60, deadline=None)
@given(duties, duties, duties)
def test_a_break_even_solves_its_equation_or_there_is_none(cost, there, elsewhere):
    q = break_even(cost, there, elsewhere)
    if q is not None:
        assert q * there + (1 - q) * elsewhere == cost
    else:
        inside = min(there, elsewhere) <= cost <= max(there, elsewhere)
        assert there == elsewhere or not inside


@settings(max_examples=40, deadline=None)
@given(weights, st.data())
def test_what_is_not_known_makes_a_mean_unknown_where_it_can_happen(numbers, data):
    odds = [Fraction(each, sum(numbers)) for each in numbers]
    at = data.draw(st.integers(0, len(odds) - 1))
    values = [None if place == at else Fraction(1) for place in range(len(odds))]
    assert (expected(values, odds) is None) == (odds[at] > 0)
    assert (quantile(values, odds, Fraction(9, 10)) is None) == (odds[at] > 0)
