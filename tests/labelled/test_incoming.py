"""Goods that come in, and the records that must be named beside them, by code, way, day and facts.

Each row of ``incoming.tsv`` was decided from the law before the program was asked: which measures
an answer names, which it does not, which facts it asks, and what the side decides into which the
goods come. A day on which nothing is known yet is asked as of itself.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.licence.answer import LicenceQuery, answer_licence

AS_KNOWN_THEN = "known on that day"


def every_row():
    path = Path(__file__).parent / "incoming.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            words = (row["code"], row["made_in"], row["from"], row["to"], row["on"], row["facts"])
            yield pytest.param(row, id=" ".join(filter(None, words)))


def facts_of(row):
    return dict(pair.split("=") for pair in row["facts"].split())


def known_on(row):
    return row["on"] if AS_KNOWN_THEN in row["because"] else None


@pytest.mark.parametrize("row", list(every_row()))
def test_a_licence_answer_names_the_records_that_may_touch_what_comes_in(register, row) -> None:
    facts = facts_of(row)
    use = facts.pop("end_use", None)
    answer = answer_licence(
        register,
        LicenceQuery(
            row["from"], row["to"], row["on"], code=row["code"], params=facts,
            end_use=(use,) if use else (), made_in=row["made_in"], known_on=known_on(row),
        ),
    )  # fmt: skip
    named = {each["measure"] for each in (*answer["rules"], *answer["touches"])}
    asked = {each["fact"] for each in answer["open_questions"]} | set(answer["needs"])
    decided = {each["by"]: each["decision"] for each in answer["regimes"]}
    assert set(row["named"].split()) <= named, row["because"]
    assert not set(row["not_named"].split()) & named, row["because"]
    assert set(row["asks"].split()) <= asked, row["because"]
    assert row["decision"] in ("", decided[row["to"]]), row["because"]


@pytest.mark.parametrize(
    "row", [each for each in every_row() if each.values[0]["made_in"] == each.values[0]["from"]]
)
def test_a_duty_names_the_same_and_asks_no_more_for_it(register, schedule, row) -> None:
    facts = facts_of(row)

    def asked(known):
        question = DutyQuestion(
            row["code"], row["made_in"], row["on"], destination=row["to"], facts=known,
            known_on=known_on(row),
        )  # fmt: skip
        return answer_duty(register, schedule, question)

    answer = asked(facts)
    named = {each["measure"] for each in answer["touches"]}
    # Goods of which it is stated are named where their code suggests it; duty asks no other code.
    if row["code"] != "9403.60.80":
        assert set(row["named"].split()) <= named, row["because"]
    assert not set(row["not_named"].split()) & named, row["because"]
    assert not {"made_in_xinjiang", "end_use", "model_year"} & {
        each["fact"] for each in answer["open_questions"]
    }
    if facts:
        bare = asked({})
        assert answer["total"] == bare["total"]
        assert answer["status"] == bare["status"]


def test_each_record_that_goods_touch_is_named_by_some_row(register) -> None:
    """A record that decides by goods that come in, and that the tables name, is asked here."""
    tabled = {row.item for terms in register.controls.values() for row in terms.imports}
    touching = {
        measure.id
        for measure in register.measures(kind="measure")
        for provision in measure.provisions
        if "decision" in provision.control
        and tabled & {*_words(provision.control.get("items", []))}
    }
    rows = [each.values[0] for each in every_row()]
    named = {name for row in rows for name in row["named"].split()}
    assert touching - named == set()


def _words(value):
    return value if isinstance(value, list) else [value]
