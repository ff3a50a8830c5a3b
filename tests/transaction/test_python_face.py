"""The answer from Python, as the README shows it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from detente import Register, Shipment, assess

README = Path(__file__).parents[2] / "README.md"
DAY = date(2025, 11, 12)


def test_the_lines_of_the_readme_give_what_they_say() -> None:
    block = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    assert block is not None
    *lines, last = block[1].strip().splitlines()
    space: dict[str, object] = {}
    exec("\n".join(lines), space)
    expression, _, described = last.partition("  # ")
    assert repr(eval(expression, space)) == described


@pytest.mark.parametrize("value", ["10000", 10000, Decimal("10000.00")])
def test_a_value_may_be_text_or_an_exact_number(value: str) -> None:
    answer = assess(Shipment(code="8507.60.00.10", origin="CN", value=value), on=DAY)
    assert answer.duty.total.amount == "4840.00"


def test_a_floating_value_is_refused() -> None:
    with pytest.raises(ValueError, match="write it as text"):
        assess(Shipment("8507.60.00.10", "CN", 10000.1), Register.load(), on=DAY)
