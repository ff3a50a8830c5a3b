"""Lines as the build followed them are those that are followed when an average is asked for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.average.cells import CodeEquivalents
from detente.average.followed import (
    PARTS,
    RATELESS,
    UNPRINTED,
    FollowedLines,
    LineFollower,
    StoredLines,
    follow,
)
from detente.average.followed_compile import _from_every_edition
from detente.average.lines import ScheduleLines
from detente.goods.schedule import Schedule
from detente.trade.flows import Flows


def rows(found: FollowedLines) -> list[tuple[object, ...]]:
    """Line, good, rates, parts and editions of each row."""
    return [
        (line, found.goods[good], found.rates[rate] if rate >= 0 else rate, *rest)
        for line, good, rate, *rest in zip(*(each.tolist() for each in found[:6]), strict=True)
    ]


@pytest.fixture(scope="module")
def stored(schedule: Schedule, flows: Flows) -> StoredLines:
    found = StoredLines.of(schedule, flows)
    assert found is not None
    return found


def test_lines_are_followed_from_every_edition_as_the_build_has_them(
    stored: StoredLines, schedule: Schedule, flows: Flows
) -> None:
    lines, equivalents = ScheduleLines(schedule), CodeEquivalents(flows.equivalents())
    count = len(schedule.editions)
    codes = flows.codes[::7]
    for first in range(count):
        own = rows(follow(lines, equivalents, codes, first, count))
        assert rows(stored.over(flows.codes, codes, first, count)) == own, first
        one = rows(follow(lines, equivalents, codes, first, first + 1))
        assert rows(stored.over(flows.codes, codes, first, first + 1)) == one, first


def test_all_lines_of_a_day_are_there(
    stored: StoredLines, schedule: Schedule, flows: Flows
) -> None:
    lines, equivalents = ScheduleLines(schedule), CodeEquivalents(flows.equivalents())
    last = schedule.editions[-1].number
    found = follow(lines, equivalents, flows.codes, last, last + 1)
    assert rows(stored.over(flows.codes, flows.codes, last, last + 1)) == rows(found)
    assert {UNPRINTED, RATELESS} & set(found.rate.tolist())


def test_other_tables_are_followed_anew(schedule: Schedule, flows: Flows) -> None:
    own = SimpleNamespace(tables_sha256=schedule.tables_sha256, imported_sha256="of an edition")
    other = SimpleNamespace(tables_sha256="other", imported_sha256="")
    paid = SimpleNamespace(paid_sha256="other")
    for tables, traded in ((own, flows), (other, flows), (schedule, paid)):
        assert StoredLines.of(tables, traded) is None  # type: ignore[arg-type]
    follower = LineFollower(schedule, flows)
    assert len(follower.over(flows.codes[:10], 0, 1).line) >= 10


def test_a_gap_is_followed_from_each_of_its_editions_where_that_changes_what_stands_in() -> None:
    class Lines:
        """A code that edition 3 prints; before it what stands in hangs on where one begins."""

        def gaps(self, code: str, until: int) -> list[tuple[int, int]]:
            return [(0, 3)]

        def pieces(self, weights: Any, first: int, until: int) -> Any:
            from detente.average.lines import RatePiece

            (code,) = weights
            if first < 3:
                name = "late" if first == 2 else "early"
                yield RatePiece(code, name, PARTS, first, min(3, until), None, "moved")
            if until > 3:
                yield RatePiece(code, code, PARTS, max(first, 3), until, None, "printed")

    found = _from_every_edition(Lines(), "code", 5)  # type: ignore[arg-type]
    assert [(alone, piece.code, piece.first, piece.until) for alone, piece in found] == [
        (2, "late", 2, 3), (-1, "early", 0, 3), (-1, "code", 3, 5),
    ]  # fmt: skip
