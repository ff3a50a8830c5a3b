"""What newer law no longer knows is counted, and named as far as it can be read."""

from __future__ import annotations

import pytest

from detente.freshness.forgotten import NAMED, forgotten
from detente.register.book import Register


@pytest.mark.parametrize(
    ("count", "more"),
    [(1, ""), (NAMED, ""), (NAMED + 1, " and 1 more"), (NAMED + 3, " and 3 more")],
)
def test_of_many_records_some_are_named_and_the_rest_is_counted(
    register: Register, count: int, more: str
) -> None:
    first = next(iter(register.measures()))
    known = [first._replace(id=f"us-own-{number:02}") for number in range(count)]
    described = forgotten(register.with_measures(known, "more"), register)
    named = "; ".join(each.id for each in known[:NAMED])
    assert described == [f"{count} records are missing: {named}{more}"]
    assert forgotten(register, register) == []
