"""Exports of a ledger: every cell as it was hashed; what is none is refused with its place."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from detente.store.ledger import COLUMNS, LedgerEntry, LedgerError
from detente.store.ledger_export import entries_of, form_of, write_export

ROW = LedgerEntry(7, "2026-08-01T00:00:00+00:00", "duty", '{"a":"é"}', "=1+1", "r", "v", "p", "h")


def test_a_line_of_an_export_is_compact_json_with_every_letter_as_it_is() -> None:
    out = StringIO()
    assert write_export([ROW, ROW._replace(number=8)], out, "jsonl") == 2
    first, second, rest = out.getvalue().split("\n")
    assert first == (
        '{"number":7,"recorded":"2026-08-01T00:00:00+00:00","kind":"duty",'
        '"question":"{\\"a\\":\\"é\\"}","answer":"=1+1","register":"r","version":"v",'
        '"previous":"p","hash":"h"}'
    )
    assert second.startswith('{"number":8,')
    assert rest == ""


def test_a_cell_of_an_export_is_the_text_that_was_hashed_and_nothing_before_it() -> None:
    out = StringIO()
    assert write_export([ROW], out, "csv") == 1
    head, row, rest = out.getvalue().split("\r\n")
    assert head == ",".join(COLUMNS)
    assert row == '7,2026-08-01T00:00:00+00:00,duty,"{""a"":""é""}",=1+1,r,v,p,h'
    assert rest == ""
    assert write_export([], StringIO(), "csv") == 0


def test_the_end_of_a_name_says_the_form_in_any_case() -> None:
    assert [form_of(f"a{end}") for end in (".jsonl", ".CSV", ".x.Csv")] == ["jsonl", "csv", "csv"]
    with pytest.raises(LedgerError, match=r"^a: an export ends in \.jsonl or \.csv$"):
        form_of("a")


LINE = dict(zip(COLUMNS, ROW, strict=True))


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.jsonl", json.dumps(LINE) + "\n[1]\n", "a.jsonl, line 2: an entry has the keys"),
        ("a.jsonl", json.dumps(LINE) + "\n{\n", "a.jsonl, line 2 is not JSON"),
        ("a.jsonl", json.dumps(dict(reversed(LINE.items()))), "line 1: .*in this order"),
        ("a.jsonl", json.dumps({**LINE, "hash": 1}), "line 1: an entry is a number and eight"),
        ("a.jsonl", json.dumps({**LINE, "number": "٣"}), "line 1: an entry is a number and eight"),
        ("a.jsonl", json.dumps({**LINE, "number": -1}), "line 1: an entry is a number and eight"),
        ("a.csv", "", "a.csv: the first line of an export"),
        ("a.csv", ",".join(COLUMNS) + "\n1,2,3,4,5,6,7,8,9,10\n", "line 2: .* 9 cells, not 10"),
        ("a.csv", ",".join(COLUMNS) + '\n"1"x', "a.csv is not an export as it was written"),
    ],
)
def test_a_row_that_is_no_entry_is_refused_with_its_place(name: str, text: str, says: str) -> None:
    with pytest.raises(LedgerError, match=says):
        list(entries_of(StringIO(text, newline=""), name))


def test_rows_before_a_wrong_one_are_read_and_the_limit_of_cells_is_put_back() -> None:
    before = csv.field_size_limit()
    for form, line in (("jsonl", 3), ("csv", 4)):
        out = StringIO(newline="")
        write_export([ROW, ROW._replace(number=8)], out, form)
        out.write("x")
        rows = entries_of(StringIO(out.getvalue(), newline=""), f"a.{form}")
        assert [next(rows), next(rows)] == [ROW, ROW._replace(number=8)]
        with pytest.raises(LedgerError, match=f"line {line}"):
            next(rows)
        assert csv.field_size_limit() == before
