"""An unread document opens the duties that it touches: one by one and in a table alike."""

from __future__ import annotations

import polars
import pytest

from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.model import Confined

HEADING = Confined("x 1", "2025-11-12", "A heading", (("heading", "9903.91.01"),))
MEASURE = Confined("x 2", "2025-11-12", "A measure", (("measure", "us-301-technology"),))
GOODS = Confined("x 3", "2025-11-12", "Batteries of China", (("code", "8507"), ("place", "CN")))


def register_with(document: Confined) -> Register:
    """The shipped register with one more unread document."""
    register = Register.built_in()
    area = register.areas["us/tariff"]
    register.areas["us/tariff"] = area._replace(unread=(document,))
    return register


ROWS = [
    ("8507.60.00.10", "CN", "2025-11-12"),
    ("8507.60.00.10", "CN", "2025-11-11"),
    ("8507.60.00.10", "JP", "2025-11-12"),
    ("0901.11.00.15", "CN", "2025-11-12"),
    ("8708.29.51.60", "DE", "2025-11-12"),
]
OPENED = {HEADING: [0], MEASURE: [0, 3], GOODS: [0]}


@pytest.mark.parametrize("document", OPENED)
def test_the_entries_that_a_document_touches_are_open_and_name_it(document: Confined) -> None:
    register, schedule = register_with(document), Schedule()
    for number, (code, origin, day) in enumerate(ROWS):
        answer = answer_duty(register, schedule, DutyQuestion(code=code, origin=origin, on=day))
        rows = [row for row in answer["coverage"] if row["what"] == "unread document"]
        assert [row["scope"] for row in rows] == (
            [f"{document.title} ({document.id})"] if number in OPENED[document] else []
        )
        assert not rows or answer["status"] == "open"


@pytest.mark.parametrize("document", OPENED)
def test_a_table_opens_the_same_rows(document: Confined) -> None:
    from detente.batch.answer import Batch
    from detente.batch.table import STATUSES

    frame = polars.DataFrame(ROWS, schema=["code", "origin", "on"], orient="row")
    answers = Batch(register_with(document), Schedule()).answer(frame)
    words = f"unread document: {document.title} ({document.id})"
    reasons = [answers.texts[each] for each in answers.reason.tolist()]
    opened = [at for at, text in enumerate(reasons) if words in text]
    assert opened == OPENED[document]
    assert all(STATUSES[answers.status[at]] == "open" for at in opened)
