"""Questions that cannot be understood: what was wrong, where, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from detente.controls.items import ItemError

if TYPE_CHECKING:
    from tests.controls.conftest import Ask


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"item": "galium"}, "no item 'galium': perhaps gallium"),
        ({"item": "9Z999"}, "no item '9Z999'"),
        ({"code": "811"}, "write 4 to 10 digits"),
        ({"code": "8112.92.10.00.00"}, "write 4 to 10 digits"),
        ({"code": "gallium"}, "is not a tariff code"),
        ({}, "name either an item"),
        ({"item": "gallium", "code": "8112"}, "name either an item"),
        ({"item": "gallium", "params": {"colour": "red"}}, "unknown parameter 'colour'"),
        ({"item": "3A090", "params": {"tpp": "fast"}}, "write a number such as 2400"),
        ({"item": "3A090", "params": {"tpp": "-1"}}, "write a number such as 2400"),
        ({"item": "3A090", "params": {"tpp": "1/0"}}, "write a number such as 2400"),
        ({"item": "graphite", "params": {"purity": "99.95"}}, "write 99.95% for percent"),
        ({"item": "1E902", "params": {"public_domain": "maybe"}}, "write true or false"),
        ({"item": "gallium", "end_use": ("evil",)}, "write one of civil, military"),
        (
            {"item": "3A090.a", "params": {"tpp": "10", "performance_density": "1"}},
            "not those of 3A090.a",
        ),
        ({"item": "3A090.c", "params": {"memory_bandwidth_density": "2"}}, "not those of 3A090.c"),
        ({"item": "h200", "params": {"tpp": "10"}}, "h200 has tpp 15832, not 10"),
        ({"item": "dysprosium-magnet", "content": {"unobtainium": "1%"}}, "no item 'unobtainium'"),
        ({"item": "dysprosium-magnet", "content": {"dysprosium": "lots"}}, "a share such as 0.2%"),
        ({"item": "dysprosium-magnet", "content": {"dysprosium": "2"}}, "more than the whole"),
        ({"item": "gallium", "made_in": "Freedonia"}, "unknown country 'Freedonia'"),
        ({"item": "gallium", "known_on": "yesterday"}, "not a day of the calendar"),
        ({"item": "gallium", "end_user": "???"}, "no letter and no digit"),
    ],
)
def test_the_message_says_what_to_do(ask: Ask, more: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        ask("CN", "US", "2026-08-01", **more)


@pytest.mark.parametrize(
    ("start", "to", "on", "message"),
    [
        ("CN", "CN", "2026-08-01", "not exports"),
        ("XX", "US", "2026-08-01", "unknown country 'XX'"),
        ("CN", "US", "2026-02-30", "neither a day nor an instant"),
        ("CN", "US", "2026-02-03T10:00", "neither a day nor an instant"),
    ],
)
def test_places_and_days_are_checked(ask: Ask, start: str, to: str, on: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ask(start, to, on, item="gallium")


def test_a_code_without_letters_is_tested_and_not_refused(ask: Ask) -> None:
    params = {"tpp": "10", "performance_density": "1", "memory_bandwidth_density": "1"}
    answer = ask("US", "CN", "2026-08-01", item="3A090", params=params)
    # It is not 3A090; what else it is on the Commerce Control List was not read.
    assert answer["decision"] == "not_covered"
    assert any("by these parameters not" in note for note in answer["notes"])


def test_a_control_number_that_no_list_has_is_not_taken_for_one_that_is_like_it(ask: Ask) -> None:
    with pytest.raises(ItemError, match="no list that is held has this number"):
        ask("US", "CN", "2026-08-01", item="2B352")


def test_another_name_of_a_number_is_answered_as_the_number(ask: Ask) -> None:
    by_name, by_number = (
        ask("US", "CN", "2026-08-01", item=item) for item in ("EUV lithography", "3B001.f.1")
    )
    for key in ("decision", "policy", "rules", "reasons", "chart", "exceptions", "quoted"):
        assert by_name[key] == by_number[key]
