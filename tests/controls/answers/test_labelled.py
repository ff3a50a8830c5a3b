"""Questions with answers that were decided from the rules' texts before the engine was asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import in_yaml

if TYPE_CHECKING:
    from tests.controls.conftest import Ask

FILES = ("labelled.yaml", "labelled_both_ways.yaml", "labelled_by_category.yaml")
ROWS = [row for name in FILES for row in in_yaml.values(Path(__file__).with_name(name))]
OPEN = {"candidates", "not_covered"}


def answer(ask: Ask, row: dict[str, Any], on: str) -> dict[str, Any]:
    """The answer to the question of a row on a day."""
    more = dict(row["ask"])
    start, to = more.pop("from"), more.pop("to", "")
    for key in ("params", "content"):
        if key in more:
            more[key] = {name: str(value) for name, value in more[key].items()}
    if "end_use" in more:
        more["end_use"] = tuple(more["end_use"])
    return ask(start, to, on, **more)


def fits(found: dict[str, Any], right: str) -> bool:
    """Whether an answer is one of those that a label allows."""
    for alternative in right.split(" | "):
        decision, _, policy = alternative.partition("/")
        if decision == "open":
            if found["decision"] in OPEN:
                return True
        elif found["decision"] == decision and policy in ("", found["policy"]):
            return True
    return False


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_labelled_question_is_answered_as_its_rules_say(ask: Ask, row: dict[str, Any]) -> None:
    for day, right in row["at"].items():
        found = answer(ask, row, str(day))
        described = (found["decision"], found["policy"], found["headline"])
        assert fits(found, right), f"{day}: {described}, not {right}: {row['because']}"
    described = [(rule["citation"], rule["reviewed_by"] or "") for rule in found["rules"]]
    citations = "; ".join(part for each in described for part in each)
    assert row.get("rule", "") in citations
    available = {each["code"]: each["available"] for each in found["exceptions"]}
    for code, serves in row.get("except", {}).items():
        assert available[code] is serves


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "announced" in row], ids=lambda row: row["id"]
)
def test_a_labelled_question_is_answered_by_what_was_announced_too(
    ask: Ask, row: dict[str, Any]
) -> None:
    for day, right in row["announced"].items():
        found = answer(ask, row, str(day))
        # Where both readings agree nothing is told of the other.
        assert fits(found["announced"] or found, right), f"{day}: {row['because']}"


def test_the_labels_hold_many_questions_by_day_and_each_says_why() -> None:
    assert sum(len(row["at"]) for row in ROWS) >= 830
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    keys = {"id", "ask", "at", "announced", "rule", "except", "because"}
    assert all(set(row) <= keys for row in ROWS)  # a comma in a label would make a key of it
    assert all(row["because"] for row in ROWS)
