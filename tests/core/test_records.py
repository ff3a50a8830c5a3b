"""Records of CSV: a broken one is told with its line, and takes no other with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.core.tables.reading import TableError, open_table
from detente.core.tables.records import CUT, MISPLACED, OPEN, Record, Records


def read(text: str, *, strict: bool = True, width: int = 2, above: int = 0) -> list[Record]:
    return list(Records(text.splitlines(True), ",", strict=strict, width=width, above=above))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # whole ones, over several lines, and blank lines
        ('a,b\n"c\nd",e\n\nf,g\n', [(1, 1, "a b"), (2, 3, "c\nd e"), (4, 4, ""), (5, 5, "f g")]),
        # an open quote to the end, or to the quote of another record
        ('"a,b\nc,d\ne,f\n', [(1, 1, OPEN), (2, 2, "c d"), (3, 3, "e f")]),
        ('"a,b\nc,d\n"e",f\n', [(1, 1, OPEN), (2, 2, "c d"), (3, 3, "e f")]),
        ('a,b\n"c,d\n', [(1, 1, "a b"), (2, 2, "unexpected end of data")]),
        # two in a row
        ('"a,b\n"c,d\ne,f\n', [(1, 1, OPEN), (2, 2, OPEN), (3, 3, "e f")]),
        # signs behind a quote
        ('"a"b,c\nd,e\n', [(1, 1, "',' expected after '\"'"), (2, 2, "d e")]),
        # a cell of two lines beside too few or many cells: neither line is a record
        ('"a\nb"\nc,d\n', [(1, 2, "a\nb"), (3, 3, "c d")]),
        ('"a\nb",c,d\n', [(1, 2, "a\nb c d")]),
    ],
)
def test_a_broken_record_costs_its_first_line_alone(
    text: str, found: list[tuple[int, int, str]]
) -> None:
    read_so = [(each.line, each.last, each.fault or " ".join(each.cells)) for each in read(text)]
    assert read_so == found
    behind = [(each.line, each.last) for each in read(text, above=3)]
    assert behind == [(line + 3, last + 3) for line, last, _ in found]


def test_where_quotes_may_stand_anywhere_the_number_of_cells_tells_a_broken_record() -> None:
    text = '1,"BAD ROW\n2,"GOOD, Row"\n3,"OTHER"\n'
    assert [(each.line, each.fault or each.cells[1]) for each in read(text, strict=False)] == [
        (1, OPEN), (2, "GOOD, Row"), (3, "OTHER"),
    ]  # fmt: skip
    # As many cells as a record has, but for what stands behind a quote.
    assert [each.line for each in read('1,"BAD\n2,"GOOD"\n', strict=False) if each.fault] == [1]
    (whole,) = read('1,"Alpha\nBeta, Gamma\nDelta"\n')
    assert whole.cells == ["1", "Alpha\nBeta, Gamma\nDelta"]
    assert read('"a"b,c\n', strict=False)[0].cells == ["ab", "c"]
    # A quote that is not closed before the next one makes one cell of several.
    (mixed,) = read('1,"BAD,,"a, b",x\n', strict=False, width=5)
    assert (mixed.cells, mixed.fault) == ([], MISPLACED)
    # What lacks of a row is not swallowed by quotes that stand within one cell.
    (short,) = read('1,"a "b" c",x\n', strict=False, width=5)
    assert (short.cells, short.fault) == (["1", 'a b" c"', "x"], "")
    (taken,) = read('1,"BAD ROW\n2,"GOOD"\n', strict=False, width=0)
    assert taken.cells == ["1", 'BAD ROW\n2,GOOD"'], "nothing tells where no width is known"


def test_a_table_goes_on_behind_a_broken_row_only_where_its_faults_are_taken(
    tmp_path: Path,
) -> None:
    file = tmp_path / "table.csv"
    file.write_text('name,place\n"a"b,c\nd,e\n"f,g\nh,i\n', encoding="utf-8")
    faults: list[str] = []
    with open_table(file, faults=faults) as rows:
        assert [(rows.line, rows.row, cells) for cells in rows.raw()] == [
            (3, 3, ["d", "e"]), (5, 5, ["h", "i"]),
        ]  # fmt: skip
    assert faults == ["line 2: ',' expected after '\"'", f"line 4: {OPEN}"]
    with pytest.raises(TableError, match="line 2: ',' expected"), open_table(file) as rows:
        list(rows)
    file.write_text('"name"x,place\nd,e\n', encoding="utf-8")
    with pytest.raises(TableError, match="line 1: ',' expected"), open_table(file, faults=[]):
        pass
    file.write_text("", encoding="utf-8")
    with pytest.raises(TableError, match="it is empty"), open_table(file, faults=[]):
        pass


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('a,b\n"c","d', [(1, "a b"), (2, CUT)]),
        ('a,b\n"c","d\n', [(1, "a b"), (2, CUT)]),
        ('a,b\n"c","d ""e', [(1, "a b"), (2, CUT)]),
        ('a,b\n"c","d\ne', [(1, "a b"), (2, CUT), (3, "e")]),
        # quotes that enclose nothing, and whole cells at the end of a text without a line end
        ('a,b\nc 1",d', [(1, "a b"), (2, 'c 1" d')]),
        ('a,b\n"c","d"', [(1, "a b"), (2, "c d")]),
        ('a,b\n"c"x"","d"\n', [(1, "a b"), (2, 'cx"" d')]),
    ],
)
def test_a_text_that_ends_within_quotes_is_told(text: str, found: list[tuple[int, str]]) -> None:
    told = read(text, strict=False)
    assert [(each.line, each.fault or " ".join(each.cells)) for each in told] == found
