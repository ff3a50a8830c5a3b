"""What an answer says of the law that was read for its day: before it, in it and after it."""

from __future__ import annotations

import pytest

from detente.core.coverage import BEYOND, READ, UNREAD
from detente.duty.coverage import of_area, reasons_of
from detente.register.book import Register

WHOLE = "modifications of the United States"
AFTER = "read through 10 October 2026: a later order may not be in it"
BEFORE = "nothing before 1 January 2018 is held"


@pytest.mark.parametrize(
    ("day", "state", "scope"),
    [
        ("2017-12-31", UNREAD, BEFORE),
        ("2018-01-01", READ, WHOLE),
        ("2026-10-10", READ, WHOLE),
        ("2026-10-11", BEYOND, AFTER),
    ],
)
def test_an_area_says_of_a_day_whether_its_law_was_read_and_else_how_far(
    day: str, state: str, scope: str
) -> None:
    held = Register.built_in().areas["us/tariff"]
    area = held._replace(start="2018-01-01", reviewed_through="2026-10-10", note=WHOLE)
    row = of_area(area, day)
    assert (row.state, row.scope) == (state, scope)
    assert reasons_of([row._asdict()]) == ([] if state == READ else [f"{area.name}: {scope}"])
