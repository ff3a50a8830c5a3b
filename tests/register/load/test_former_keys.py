"""Files that use the keys of the first register language are read as those of today."""

from __future__ import annotations

import re

import pytest

from detente.register.load.stacking_rules import read_stacking_rules
from detente.register.load.yaml_reader import RegisterError, parse_yaml
from tests.small_register import DUTY, record

ROW = (
    '- {yielding: us-duty, prevailing: "us-other/[main]", basis: article, '
    "announced: 2025-02-01, from: 2025-02-04, source: order}\n"
)


def in_former_words(text: str) -> str:
    for today, former in (
        ("provisions", "limbs"),
        ("provision", "limb"),
        ("periods", "paint"),
        ("yielding", "loser"),
        ("prevailing", "to"),
    ):
        text = re.sub(rf"\b{today}:", f"{former}:", text)
    return text


def test_a_record_in_the_former_words_is_the_same_record() -> None:
    former = in_former_words(DUTY)
    assert "limbs:" in former
    assert "paint:" in former
    assert record(former) == record(DUTY)


def test_a_stacking_rule_in_the_former_words_is_the_same_rule() -> None:
    rules = [
        [row for row, _ in read_stacking_rules(parse_yaml(text.encode(), "yields.yaml"))]
        for text in (ROW, in_former_words(ROW))
    ]
    assert rules[0] == rules[1]
    assert (rules[0][0].yielding, rules[0][0].prevailing) == ("us-duty", "us-other")


def test_a_key_beside_its_former_name_is_refused_with_its_line() -> None:
    doubled = ROW.replace("yielding: us-duty", "yielding: us-duty, loser: us-third")
    with pytest.raises(RegisterError, match=r"yields.yaml:1: `yielding` stands twice"):
        read_stacking_rules(parse_yaml(doubled.encode(), "yields.yaml"))
