"""Goods are parted by the rows that name them; codes that a scenario writes out take part."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import polars
import pytest

import detente
from detente.applicability.partition import GoodsClasses, ListRows
from detente.applicability.scope import row_key
from detente.average.law import tariff
from detente.batch.cells import text_columns
from detente.batch.supposed import batch_of
from detente.goods.rate_table import rate_table
from detente.goods.schedule import COMPILED, Schedule
from detente.register.book import Register
from detente.scenario.scenario import find_scenario, with_scenario

ONE, OTHER = "9503000071", "9503000073"
"""Two lines that no list tells apart."""

DAY = "2026-03-02"


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    """A duty on one line, whose digits no list and no measure of the law has."""
    path = tmp_path / "own.yaml"
    path.write_text(
        "name: own\nevents:\n  - {do: enact, measure: us-mine, title: One toy, by: US, places: VN,"
        f' goods: "{ONE}", from: 2026-02-01, rate: "7%"}}\n',
        encoding="utf-8",
    )
    return str(path)


def _classes(register: Register) -> GoodsClasses:
    return GoodsClasses(ListRows(register, tariff(register, "US")))


def _totals(register: Register, entries: polars.DataFrame) -> list[Decimal]:
    found = text_columns(batch_of(register, Schedule()).answer(entries))
    return [Decimal(each) for each in found["total_amount"]]


def test_a_code_that_only_a_scenario_writes_out_is_a_class_of_its_own(scenario: str) -> None:
    register = Register.built_in()
    law = _classes(register)
    assert law.number(ONE) == law.number(OTHER)
    supposed = _classes(with_scenario(register, find_scenario(register, scenario)))
    assert supposed.number(ONE) != supposed.number(OTHER)
    assert list(supposed.named(ONE)) == [supposed.number(ONE)]


def test_one_answer_a_batch_and_an_average_all_see_a_code_of_a_scenario(
    scenario: str, tmp_path: Path
) -> None:
    register = Register.built_in()
    supposed = with_scenario(register, find_scenario(register, scenario))
    entries = polars.DataFrame(
        [{"code": code, "origin": "VN", "on": DAY, "value": "1000"} for code in (ONE, OTHER)]
    )
    law, over = (_totals(each, entries) for each in (register, supposed))
    assert [one - other for one, other in zip(over, law, strict=True)] == [70, 0]  # 7% of 1000
    for code, amount in zip((ONE, OTHER), over, strict=True):
        one = detente.duty(code, origin="VN", on=DAY, value=1000, scenario=scenario)
        assert Decimal(one["total"]["amount"]) == amount
        weights = tmp_path / f"{code}.csv"
        weights.write_text(f"code,value\n{code},1\n", encoding="utf-8")
        asked = {"origin": "VN", "on": DAY, "weights": str(weights)}
        average = detente.average(**asked, scenario=scenario)["series"][0]["average"]
        assert Decimal(average) * 1000 == amount


def test_codes_are_of_one_class_exactly_where_the_same_rows_name_them() -> None:
    register = Register.built_in()
    classes = _classes(register)
    names = classes.rows.names
    written = tuple(name for name in names if name[0].isdigit())
    codes = Random(4).sample([*rate_table(Schedule(COMPILED)).index], 600)
    by_class: dict[int, set[object]] = {}
    for code in codes:
        rows = [row for rows in register.members(code).values() for row in rows]
        stated = (
            frozenset(row_key(row) for row in rows if row.list in names),
            tuple(name for name in written if code.startswith(name)),
        )
        by_class.setdefault(classes.number(code), set()).add(stated)
    assert [each for each in by_class.values() if len(each) > 1] == []
    assert len(set().union(*by_class.values())) == len(by_class) > 100
