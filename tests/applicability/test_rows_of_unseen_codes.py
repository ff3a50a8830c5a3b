"""The rows that name a code, also one that no list has seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from detente.applicability.partition import GoodsClasses, ListRows
from detente.register.book import Register
from tests.applicability.test_unseen_codes import Lineage, listing

A, B, NEW = "8507600010", "8507600090", "8507600091"


def rows_of(register: Register, schedule: Any = None) -> ListRows:
    return ListRows(register, register.measures("us/tariff", "measure"), schedule)


def test_an_unseen_code_has_the_rows_of_the_code_before_it_each_time_it_is_asked(
    tmp_path: Path,
) -> None:
    register = listing(tmp_path, A, "85078040")
    rows = rows_of(register, Lineage((NEW,), {NEW: (A,)}))
    before = rows.of_code(A)
    assert [rows.name(each) for each in before] == ["small-list"]
    for _ in range(2):
        assert rows.of_code(NEW) == before
        assert rows.is_unseen(NEW)
        assert not rows.is_unseen(A)
    assert rows.of_code(B) == ()
    # its open questions are its own, and so is its class of goods
    classes = GoodsClasses(rows)
    numbers = [classes.number(code) for code in (A, B, NEW, A, NEW)]
    assert numbers == [0, 1, 2, 0, 2]


def test_without_imported_editions_a_code_has_the_rows_that_name_it(tmp_path: Path) -> None:
    register = listing(tmp_path, A)
    for schedule in (None, Lineage((NEW,), {NEW: (A,)}, imported_sha256="")):
        rows = rows_of(register, schedule)
        assert rows.of_code(NEW) == ()
        assert not rows.is_unseen(NEW)


def test_a_row_names_what_begins_as_it_does_and_the_longest_stands_first(tmp_path: Path) -> None:
    rows = rows_of(listing(tmp_path, "8507", "85076000", A))
    digits = [rows.members([each])["small-list"][0].code for each in rows.of_code(A)]
    assert [len(each.rstrip("0")) for each in digits] == sorted(
        (len(each.rstrip("0")) for each in digits), reverse=True
    )
    assert len(rows.of_code(A)) == 3
    assert len(rows.of_code(B)) == 2
    assert len(rows.of_code("8507100000")) == 1
    assert rows.of_code("8506000000") == ()
    assert [code for code, _ in rows.listed({"small-list"})] == ["8507", "85076000", A]
    assert rows.listed({"another"}) == []
