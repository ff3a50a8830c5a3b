"""A table opens the rows that rest on something unread, as one answer after the other does."""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars
import pytest

from detente.batch.answer import Batch
from detente.batch.cells import text_columns
from detente.batch.rows import answer_rows
from detente.goods.schedule import Schedule
from detente.register.book import Register

ORIGINS = ("CN", "GB", "FR", "KR", "VN", "CU", "BR", "EC")
ROWS = 240
FIRST, DAYS = date(2017, 1, 2), 3700


def _rows(schedule: Schedule, seed: int) -> list[dict[str, str]]:
    draw = random.Random(seed)
    lines = [each.code for each in schedule.base_lines(date(2025, 2, 1)) if each.code < "98"]
    lines += [each.code for each in schedule.base_lines(date(2017, 8, 1)) if each.code < "98"]
    rows = []
    for _ in range(ROWS):
        origin = draw.choice(ORIGINS)
        day = FIRST + timedelta(days=draw.randrange(DAYS))
        claim = "KR" if origin == "KR" and draw.random() < 0.5 else ""
        rows.append(
            {
                "code": draw.choice(lines),
                "origin": origin,
                "on": day.isoformat(),
                "value": draw.choice(("", "10000")),
                "fact.preference": claim,
            }
        )
    return rows


@pytest.mark.once
@pytest.mark.parametrize("seed", [1, 2])
def test_a_table_is_open_where_a_single_answer_is(seed: int) -> None:
    register, schedule = Register.built_in(), Schedule()
    rows = _rows(schedule, seed)
    found = text_columns(Batch(register, schedule).answer(polars.DataFrame(rows)))
    alone = list(answer_rows(register, schedule, rows, {}))
    for column in ("status", "reason", "total_ad_valorem"):
        assert found[column] == [each[column] for each in alone]
    reasons = " ".join(found["reason"])
    assert "us/tariff: read through 10 October 2026" in reasons
    assert "schedule: hts_2018_july is only the nearest at hand" in reasons
    assert "ok" in found["status"]


def test_a_row_after_the_horizon_is_open_and_says_why() -> None:
    register, schedule = Register.built_in(), Schedule()
    rows = [
        {"code": "7013.49.20.10", "origin": "VN", "on": day}
        for day in ("2026-10-10", "2026-10-11", "2026-10-10")
    ]
    found = text_columns(Batch(register, schedule).answer(polars.DataFrame(rows)))
    assert found["status"] == ["ok", "open", "ok"]
    assert found["reason"][1].startswith("us/tariff: read through 10 October 2026")
