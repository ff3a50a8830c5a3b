"""Which rows a short answer keeps, and how it counts those that it leaves out."""

from __future__ import annotations

import json

import pytest

from detente.assistant.compact import compact

NOTE = "Ask again with detail=true for all of it, or ask more narrowly."


def size(answer):
    return len(json.dumps(answer, ensure_ascii=False))


def test_an_answer_that_is_short_enough_stays_as_it_is():
    answer = {"rows": list(range(100)), "words": "镓"}
    assert compact(answer, size(answer)) == answer
    assert compact(answer, size(answer) - 1) != answer


def test_the_longest_list_is_halved_first_and_again_until_the_answer_fits():
    answer = {"long": ["x" * 10] * 40, "short": ["y"] * 10}
    # 40 of 14 signs are 560; with 20 of them the answer has 280 + 70 signs.
    assert compact(answer, 400) == {
        "long": ["x" * 10] * 20,
        "short": ["y"] * 10,
        "left_out": {"rows": {"long": 20}, "note": NOTE},
    }
    assert compact(answer, 230)["left_out"]["rows"] == {"long": 30}


def test_what_was_asked_for_is_shortened_last():
    answer = {"hits": ["x" * 10] * 40, "notes": ["y"] * 20}
    found = compact(answer, 600)
    assert len(found["hits"]) == 40
    assert found["left_out"]["rows"] == {"notes": 17}  # down to three, and that is not enough:
    assert compact(answer, 560)["left_out"]["rows"] == {"notes": 19, "hits": 20}


def test_lists_within_rows_are_counted_under_the_way_to_them():
    answer = {"a": {"b": [{"c": ["z" * 20] * 8}]}}
    assert compact(answer, 150)["left_out"]["rows"] == {"a.b[].c": 4}


def test_three_rows_of_a_list_are_left_and_one_where_that_is_too_much():
    answer = {"rows": ["x" * 100] * 9}
    assert len(compact(answer, 400)["rows"]) == 3
    assert compact(answer, 150)["rows"] == ["x" * 100]
    assert compact(answer, 50)["left_out"] == {"rows": {"rows": 8}, "note": NOTE}


def test_signs_are_counted_and_not_how_they_are_escaped():
    answer = {"rows": ["镓" * 10] * 10}
    assert compact(answer, size(answer)) == answer


@pytest.mark.parametrize("largest", [50, 200, 500, 1_000, 5_000])
def test_what_is_kept_and_what_is_left_out_are_together_what_there_was(largest):
    answer = {"events": [{"n": n, "words": "w" * n} for n in range(40)], "rules": list(range(60))}
    whole = json.loads(json.dumps(answer))
    found = compact(answer, largest)
    left = found.pop("left_out", {"rows": {}})["rows"]
    assert answer == whole  # what was given is not changed
    for name, rows in whole.items():
        assert found[name] == rows[: len(found[name])]
        assert len(found[name]) + left.get(name, 0) == len(rows)
