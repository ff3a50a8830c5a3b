"""What is compiled of the standard library gives what the usual modules give."""

from __future__ import annotations

import datetime
import json
import sqlite3
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import _lean
from detente._lean import json_text, read_json

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


@given(VALUES)
def test_json_is_written_and_read_as_the_usual_module_does(value: Any) -> None:
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=2)
    text = json.dumps(value, ensure_ascii=False)
    assert read_json(text) == json.loads(text) == value


@pytest.mark.parametrize(
    "value",
    [
        {2: "a number", None: [], True: {}, 0.5: ()},
        ("a tuple", ("within", 1)),
        {"quote": '"\\\n\t\x00\u2028', "中": "国"},
        [-0.0, 1e300, 1e-7, 10**30, -1],
    ],
)
def test_keys_tuples_and_marks_are_written_alike(value: Any) -> None:
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=2)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="is not a number in JSON"):
        json_text([number])
    with pytest.raises(ValueError, match="is not a number in JSON"):
        read_json(json.dumps([number]))


def test_what_is_no_value_of_json_is_refused_by_its_kind() -> None:
    with pytest.raises(TypeError, match="a Fraction is no value of JSON"):
        json_text({"share": Fraction(1, 3)})


@pytest.mark.parametrize("text", ["", " 1", "1 ", "[1] 2", "[1", '{"a":}', "'a'", "tru"])
def test_a_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not JSON|Expecting|Unterminated|property name"):
        read_json(text)


def test_both_ways_give_the_same_objects() -> None:
    assert _lean.date is datetime.date
    assert _lean.datetime is datetime.datetime
    assert _lean.timedelta is datetime.timedelta
    for name in ("Connection", "DatabaseError", "Error", "OperationalError"):
        assert getattr(_lean.sqlite, name) is getattr(sqlite3, name)
