"""Cells whose duty was decided from the text of the law before the engine was asked.

Each row of ``us.tsv`` and ``china.tsv`` names goods, origin, day and facts, the total or the
additional duty in percent, and the arithmetic. A settled answer must be that; an open one must
show it, as its own total or as what a question leads to.
"""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register

HERE = Path(__file__).parent
FIELDS = {"total": "ad_valorem", "additional": "additional_ad_valorem"}
SETTLED_AT_LEAST = {"us.tsv": 622, "china.tsv": 500}
"""Cells that are settled, by table: the others wait for a quantity or a fact that is left out."""


def cells(name):
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def every_cell():
    for name in SETTLED_AT_LEAST:
        for row in cells(name):
            words = (row["code"], row["origin"], row["on"], row["facts"])
            yield pytest.param(name, row, id=" ".join(filter(None, words)))


@pytest.fixture(scope="module")
def ask():
    register, schedule, kept = Register.load(), Schedule(), {}

    def answer(row):
        key = tuple(row.values())
        if key not in kept:
            facts = dict(each.split("=", 1) for each in row["facts"].split(";") if each)
            known = {"base": facts.pop("base", None), "destination": row.get("to", "US")}
            asked = DutyQuestion(row["code"], row["origin"], row["on"], facts=facts, **known)
            kept[key] = answer_duty(register, schedule, asked)
        return kept[key]

    return answer


@pytest.mark.parametrize(("name", "row"), list(every_cell()))
def test_a_settled_answer_is_the_labelled_one_and_an_open_one_shows_it(ask, name, row):
    answer = ask(row)
    kind, percent = row["expect"].split(" ")
    shown = [answer["total"][FIELDS[kind]]]
    assert answer["status"] in ("ok", "open"), row["because"]
    if answer["status"] == "open" and kind == "total":
        for question in answer["open_questions"]:
            shown += (question["if_true"], question["if_false"])
    wanted = Fraction(percent) / 100
    assert wanted in [Fraction(each) for each in shown if each is not None], row["because"]


@pytest.mark.parametrize("name", SETTLED_AT_LEAST)
def test_what_was_settled_stays_settled(ask, name):
    counts = Counter(ask(row)["status"] for row in cells(name))
    assert counts["ok"] >= SETTLED_AT_LEAST[name], counts


@pytest.mark.parametrize("name", SETTLED_AT_LEAST)
def test_no_cell_is_labelled_twice(name):
    asked = Counter((row["code"], row["origin"], row["on"], row["facts"]) for row in cells(name))
    assert [each for each, times in asked.items() if times > 1] == []
