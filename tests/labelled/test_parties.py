"""May I buy, sell, invest, hand over data: questions by party, item and use, decided from the law.

Each row of ``parties.tsv`` and ``confrontation.tsv`` was decided from the texts of the statutes,
orders and lists before the program was asked: the decision, the records that make it, and the
records that must not.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from detente.licence.answer import LicenceQuery, answer_licence

TABLES = ("parties.tsv", "confrontation.tsv")
COLUMNS = ("from", "to", "on", "item", "exporter", "end_user", "end_use")


def every_row():
    for name in TABLES:
        with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def named_of(row):
    return " ".join(row[name] for name in COLUMNS if row[name])


@pytest.mark.parametrize("row", list(every_row()), ids=named_of)
def test_a_question_by_party_is_decided_by_the_records_that_hold_it(register, row) -> None:
    what = {"code" if row["item"][0].isdigit() else "item": row["item"]}
    answer = answer_licence(
        register,
        LicenceQuery(
            row["from"], row["to"], row["on"], exporter=row["exporter"], end_user=row["end_user"],
            end_use=(row["end_use"],) if row["end_use"] else (), **what,
        ),
    )  # fmt: skip
    deciding = {each["measure"] for each in answer["rules"] if each["decision"] != "candidates"}
    assert row["decision"] in ("", answer["decision"]), row["because"]
    assert set(row["named"].split()) <= deciding, row["because"]
    assert not set(row["not_named"].split()) & deciding, row["because"]


def test_no_question_stands_twice_and_each_says_what_it_expects() -> None:
    rows = list(every_row())
    assert [name for name, times in Counter(map(named_of, rows)).items() if times > 1] == []
    assert all(row["named"] or row["not_named"] for row in rows)
