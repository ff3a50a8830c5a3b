"""Each line of China's tariff of 2018 and 2019 against a table of its lists, on six days."""

from __future__ import annotations

import csv
import gzip
import os
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from detente.applicability.equivalence import Memory
from detente.duty.case import build_case
from detente.duty.question import DutyQuestion

DAYS = ("2018-05-15", "2018-07-20", "2018-09-01", "2018-10-15", "2019-02-01", "2019-06-15")
FOLDER = "china/2026-11"

pytestmark = [pytest.mark.reference, pytest.mark.once]


def _table(name: str) -> list[dict[str, str]]:
    folder = os.environ.get("DETENTE_REFERENCE")
    if not folder:
        pytest.skip("DETENTE_REFERENCE does not name the folder of the originals")
    with gzip.open(Path(folder) / FOLDER / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def points() -> dict[str, dict[str, Fraction]]:
    """Additional points by line and day: those of the windows that hold the day, added up."""
    lines = {
        row["code"]: dict.fromkeys(DAYS, Fraction(0)) for row in _table("cn_mfn_2018_2019.csv.gz")
    }
    windows = {
        (row["code"][:10], row["list"], row["rate_points"], row["from"], row["until_excl"])
        for row in _table("cn_retaliation_2018_2019.csv.gz")
    }
    for code, _, rate, start, until in windows:
        for day in DAYS:
            if start <= day and (not until or day < until):
                lines[code][day] += Fraction(rate)
    return lines


@pytest.fixture(scope="module")
def wrong(register, schedule, points) -> dict[str, dict[str, list[str]]]:
    """By day and the share that is told, the lines that owe another one, or that are in doubt.

    Line by line and not day by day, so that the law of a line is looked up once for all its days.
    """
    memory = Memory(register)
    found = {day: defaultdict(list) for day in DAYS}
    for code, by_day in points.items():
        facts = {"cn_remedy": "false"}
        for day in DAYS:
            asked = DutyQuestion(code, "US", day, "CN", base="0%", facts=facts)
            case = build_case(register, schedule, asked, memory)
            share = case.figures(case.stack).share
            if share != by_day[day] / 100 or case.stack.doubts:
                found[day][str(share)].append(code)
    return found


@pytest.mark.parametrize("day", DAYS)
def test_every_line_of_the_table_owes_its_lists(points, wrong, day: str) -> None:
    assert not wrong[day]
    assert len(points) > 11_700
