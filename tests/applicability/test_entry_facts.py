"""What the importer says, read by the type of each fact; what cannot be read says what to write."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.applicability.entry_facts import (
    EntryFacts,
    FactError,
    ValuePart,
    dollars,
    fraction,
    witness,
)
from detente.register import model
from detente.register.load.common import read_facts
from detente.register.load.yaml_reader import parse_yaml
from tests.small_register import FACTS

KNOWN, _ = read_facts(parse_yaml(FACTS.encode(), "entry-facts.yaml"))


def facts(**given: str) -> EntryFacts:
    return EntryFacts(KNOWN, given)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("auto_part", "true", True),
        ("auto_part", "FALSE", False),
        ("exported_on", "2019-05-09", "2019-05-09"),
        ("use", "military", "military"),
        ("melted_in", "jp", "JP"),
        ("us_content", "50%", ValuePart(None, Fraction(1, 2))),
        ("us_content", "0.5", ValuePart(None, Fraction(1, 2))),
        ("us_content", "1/3", ValuePart(None, Fraction(1, 3))),
        ("us_content", "33.33%", ValuePart(None, Fraction(3333, 10_000))),
        ("steel_value", "12.5%", ValuePart(None, Fraction(1, 8))),
        ("steel_value", "1,250.50", ValuePart(125_050, None)),
        ("steel_value", "$7", ValuePart(700, None)),
        ("bandwidth", "600", ValuePart(None, Fraction(600))),
    ],
)
def test_a_fact_is_read_by_its_type(key: str, text: str, value: object) -> None:
    assert facts(**{key: text}).value(key) == value


@pytest.mark.parametrize(
    ("key", "text", "message"),
    [
        ("auto_part", "yes", "auto_part is true or false, not 'yes'"),
        ("auto_part", "1", "auto_part is true or false, not '1'"),
        ("exported_on", "9 May 2019", "exported_on is a day written YYYY-MM-DD, not '9 May 2019'"),
        ("exported_on", "2019-02-29", "exported_on is a day written YYYY-MM-DD, not '2019-02-29'"),
        ("use", "navy", "use is one of civil, military, not 'navy'"),
        ("melted_in", "Japan", "melted_in is a country as two letters, such as CN, not 'Japan'"),
        ("us_content", "150%", "us_content is a share from 0% to 100%, not '150%'"),
        ("us_content", "-1%", "us_content is a share from 0% to 100%, not '-1%'"),
        ("us_content", "50", "us_content is a share from 0% to 100%, not '50'"),
        ("us_content", "half", "us_content is a number such as 50%, 0.5 or 1/3, not 'half'"),
        ("us_content", "1/0", "us_content is a number such as 50%, 0.5 or 1/3, not '1/0'"),
        ("us_content", "120%", "not '120%' (write 50% or 0.5)"),
        # A bare number is dollars here, so 0.5 would be fifty cents.
        ("steel_value", "120%", "not '120%' (write 50%, or dollars such as 1250.00)"),
        ("steel_value", "12.345", "steel_value is dollars with at most two decimals"),
        ("steel_value", "550,00", "such as 1250.00 or 1,250.00, not '550,00'"),
        ("steel_value", "1.000,00", "such as 1250.00 or 1,250.00, not '1.000,00'"),
        ("steel_value", "1,00,000", "such as 1250.00 or 1,250.00, not '1,00,000'"),
        ("steel_value", "-5", "steel_value is -5: it must not be negative"),
        ("steel_value", "1.²", "steel_value is dollars with at most two decimals"),
        ("steel_value", "", "steel_value is dollars with at most two decimals"),
        ("steel_value", "10.000", "at most two decimals after a point"),
        ("bandwidth", "fast", "bandwidth is a number such as 50%, 0.5 or 1/3, not 'fast'"),
    ],
)
def test_a_fact_that_cannot_be_read_says_what_to_write(key: str, text: str, message: str) -> None:
    with pytest.raises(FactError) as caught:
        facts(**{key: text})
    assert message in str(caught.value)


def test_an_unknown_fact_names_the_nearest_ones() -> None:
    with pytest.raises(FactError, match=r"unknown fact 'steal_value': did you mean steel_value"):
        facts(steal_value="50%")


def test_an_unknown_fact_far_from_any_lists_them_all() -> None:
    with pytest.raises(FactError, match=r"known are auto_part, .*us_content"):
        facts(zzzz="1")


def test_a_fact_that_is_not_given_has_the_default_of_the_register() -> None:
    none = facts()
    assert none.value("auto_part") is False
    assert none.value("use") == "civil"
    assert none.value("us_content") == ValuePart(None, Fraction(0))
    assert none.value("steel_value") is None
    assert not none.is_stated("auto_part")


def test_a_test_on_an_unknown_fact_neither_holds_nor_fails() -> None:
    assert facts().holds(model.Test("exported_on", "before", "2019-05-10")) is None


@pytest.mark.parametrize(
    ("operator", "below", "at", "above"),
    [
        ("at_least", False, True, True),
        ("more_than", False, False, True),
        ("at_most", True, True, False),
        ("below", True, False, False),
    ],
)
def test_the_sign_at_the_bound_is_the_law(
    operator: str, below: bool, at: bool, above: bool
) -> None:
    test = model.Test("us_content", operator, "20%")
    for text, wanted in (("19.9999%", below), ("1/5", at), ("20.0001%", above)):
        assert facts(us_content=text).holds(test) is wanted


@pytest.mark.parametrize(
    ("day", "before", "since"),
    [("2019-05-09", True, False), ("2019-05-10", False, True), ("2019-05-11", False, True)],
)
def test_a_day_lies_before_the_bound_or_from_it_on(day: str, before: bool, since: bool) -> None:
    given = facts(exported_on=day)
    assert given.holds(model.Test("exported_on", "before", "2019-05-10")) is before
    assert given.holds(model.Test("exported_on", "from", "2019-05-10")) is since


def test_a_part_in_dollars_cannot_be_compared_with_a_share() -> None:
    with pytest.raises(FactError, match="steel_value must be given as a share or a number"):
        facts(steel_value="500").holds(model.Test("steel_value", "at_least", "20%"))


def test_values_of_parts_go_by_the_name_of_the_part() -> None:
    given = facts(**{"component.battery": "3.50", "component.movement": "10"})
    assert given.components() == {"battery": 350, "movement": 1000}


@given(st.integers(0, 10**15))
def test_dollars_are_read_to_the_cent(cents: int) -> None:
    assert dollars(f"{cents // 100}.{cents % 100:02d}", "the value") == cents
    assert dollars(f"${cents // 100:,}.{cents % 100:02d}", "the value") == cents


@given(st.fractions(0, 1, max_denominator=10**9))
def test_a_fraction_is_exact(share: Fraction) -> None:
    assert fraction(str(share), "the share") == share
    assert fraction(f"{share * 100}%", "the share") == share


VALUES = {
    "at_least": "20%",
    "more_than": "1/3",
    "at_most": "0.5",
    "below": "80%",
    "before": "2019-05-10",
    "from": "2025-04-05",
}
FACT_OF = {"before": "exported_on", "from": "exported_on"}


@pytest.mark.parametrize("operator", sorted(VALUES))
@pytest.mark.parametrize("holds", [True, False])
def test_a_witness_makes_a_test_hold_or_fail(operator: str, holds: bool) -> None:
    test = model.Test(FACT_OF.get(operator, "us_content"), operator, VALUES[operator])
    text = witness(test, holds)
    assert text is not None
    assert facts(**{test.fact: text}).holds(test) is holds


def test_a_witness_is_one_of_the_words_and_none_where_no_other_is_known() -> None:
    assert witness(model.Test("use", "in", ("military", "civil")), True) == "military"
    assert witness(model.Test("use", "is", "military"), False) is None
    assert witness(model.Test("auto_part", "is", True), False) == "false"


def test_every_operator_of_the_language_is_tried_here() -> None:
    assert set(model.OPERATORS) == {"is", "in", "given", *VALUES}


def test_given_asks_whether_the_importer_spoke_and_not_what_was_said() -> None:
    spoken = model.Test("auto_part", "given", True)
    silent = model.Test("auto_part", "given", False)
    assert facts(auto_part="false").holds(spoken) is True
    assert facts().holds(spoken) is False
    assert facts().holds(silent) is True
