"""What may call itself settled."""

from __future__ import annotations

import pytest

from detente.core.coverage import (
    BEYOND,
    PARTLY,
    READ,
    UNREAD,
    Coverage,
    UnreadError,
    is_settled,
    state_on,
    verdict,
    vouched,
)


def rows(*states: str) -> list[dict[str, object]]:
    return [Coverage("us/tariff", "2018-01-01", "2026-10-10", "", state).row() for state in states]


def test_everything_read_settles_and_no_rows_settle_nothing() -> None:
    assert is_settled(rows(READ, READ))
    assert not is_settled([])


@pytest.mark.parametrize("state", [PARTLY, UNREAD, BEYOND])
def test_one_thing_not_read_keeps_an_answer_open(state: str) -> None:
    assert not is_settled(rows(READ, state))
    assert verdict("ok", "open", rows(READ, state)) == "open"
    assert verdict("clear", "partly", rows(READ)) == "clear"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2017-12-31", UNREAD),
        ("2018-01-01", READ),
        ("2026-10-10", READ),
        ("2026-10-11", BEYOND),
    ],
)
def test_the_first_and_the_last_day_are_inside(day: str, state: str) -> None:
    assert state_on(day, "2018-01-01", "2026-10-10") == state


def test_what_was_never_read_is_unread_on_every_day() -> None:
    assert state_on("2026-01-01", None, None) == UNREAD


def test_a_settled_answer_without_coverage_is_a_fault() -> None:
    with pytest.raises(UnreadError, match="any coverage"):
        vouched({"status": "clear"})
    with pytest.raises(UnreadError, match="us/tariff"):
        vouched({"decision": "none", "coverage": rows(BEYOND)}, "decision")


def test_an_answer_that_is_not_settled_may_leave_with_anything() -> None:
    assert vouched({"status": "open", "coverage": rows(UNREAD)})["status"] == "open"
