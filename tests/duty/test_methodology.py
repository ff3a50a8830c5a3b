"""The page that walks a reviewer through one stack shows the figures that the engine gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.duty.answer import answer_duty
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register

PAGE = (Path(__file__).parents[2] / "docs" / "methodology.md").read_text(encoding="utf-8")
ASKED = DutyQuestion(
    "7616.99.51.90", "CN", "2025-11-12", value="1000", facts={"aluminum_value": "25%"}
)


@pytest.fixture(scope="module")
def answer():
    return answer_duty(Register.built_in(), Schedule(), ASKED)


def _rows(text):
    """Rows of the last table: rate, base and amount of each layer."""
    table = text[text.index("## 4. Cents") : text.index("## 5.")]
    return re.findall(r"^\| [^*|]+ \| ([\d.]+%) \| \$([\d,.]+) \| \$([\d,.]+) \|$", table, re.M)


def test_the_layers_of_the_page_are_those_of_the_answer(answer):
    shown = {(rate, base.replace(",", ""), amount) for rate, base, amount in _rows(PAGE)}
    given = {(each["rate"], each["base"], each["amount"]) for each in answer["layers"]}
    assert shown == given
    assert len(shown) == 5


def test_the_totals_of_the_page_are_those_of_the_answer(answer):
    total = answer["total"]
    for amount in (total["amount"], total["refundable_amount"], total["owed_amount"]):
        assert f"${amount}" in PAGE
    assert total["ad_valorem"] == "0.575"


def test_as_known_the_day_before_the_ruling_nothing_was_refundable():
    known = ASKED._replace(known_on="2026-02-19")
    total = answer_duty(Register.built_in(), Schedule(), known)["total"]
    assert (total["amount"], total["refundable_amount"]) == ("575.00", "0.00")


def test_every_heading_that_the_page_names_is_filed(answer):
    named = set(re.findall(r"9903\.\d\d\.\d\d", PAGE))
    assert named == {heading for heading in answer["filing"] if heading.startswith("9903")}
