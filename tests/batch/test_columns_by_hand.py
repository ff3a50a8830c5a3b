"""Columns of texts as numbers, codes that are named, and documents not read: small ones by hand."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars
import pytest

from detente.batch.documents import Documents
from detente.batch.engine.distinct import Distinct
from detente.batch.named import NamedCodes, _named
from detente.batch.tables import BAD, Dictionary, DistinctTexts, FrameTable, ListTable, table_of
from detente.batch.words import TableReader, _destination
from detente.core.clock import start_of

Make = Callable[..., Any]


def as_lists(**columns: list[str]) -> ListTable:
    return ListTable(columns, len(next(iter(columns.values()))))


def as_frame(**columns: list[str]) -> FrameTable:
    return FrameTable(polars.DataFrame(columns))


@pytest.fixture(params=[as_lists, as_frame])
def make(request: pytest.FixtureRequest) -> Make:
    """Both kinds of tables, of which the same is asked."""
    found: Make = request.param
    return found


# --- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cents", "unread"),
    [
        ("0", 0, False), ("5", 500, False), ("5.1", 510, False), ("5.01", 501, False),
        (" 12.50 ", 1250, False), ("9999999999999.99", 999999999999999, False),
        ("", -1, False), ("  ", -1, False), ("1,234.50", 123450, False), ("$5", 500, False),
        ("5.001", -1, True), ("five", -1, True), ("-5", -1, True), ("1,23", -1, True),
        ("46116860184273879.04", -1, True),  # 2 ** 62 cents: above what a column holds
        ("46116860184273879.03", 2**62 - 1, False),
    ],
)  # fmt: skip
def test_dollars_are_cents_and_what_is_none_is_told_apart_from_nothing(
    make: Make, text: str, cents: int, unread: bool
) -> None:
    # Alone, and beside others: a column of plain amounts is read at once.
    for beside in ([], ["7.25"], ["", "x"]):
        found = make(value=[text, *beside]).cents("value")
        assert [each.tolist()[0] for each in found] == [cents, unread]
        if beside == ["7.25"]:
            assert [each.tolist()[1] for each in found] == [725, False]


def test_cells_are_stated_and_match_without_blanks_around_them(make: Make) -> None:
    table = make(a=[" 5 ", "", "  ", "x5"], b=["1", "2", "3", "4"])
    assert table.is_stated("a").tolist() == [True, False, False, True]
    assert table.matches("a", "^[0-9]$").tolist() == [True, False, False, False]
    assert (len(table), list(table.columns)) == (4, ["a", "b"])
    assert list(table.row_texts(np.array([3, 0]), ["b", "a"])) == [("4", "x5"), ("1", " 5 ")]
    part = table.part(np.array([3, 0]))
    assert (len(part), list(part.cells())) == (2, [["x5", " 5 "], ["4", "1"]])
    assert table_of(table) is table


def test_distinct_texts_are_read_once_and_stand_for_their_rows(make: Make) -> None:
    met: list[str] = []

    def read(text: str) -> int:
        met.append(text)
        return len(text) if text else BAD

    known = Dictionary(read)
    assert make(a=["xx", " y ", "xx", ""]).numbers("a", known).tolist() == [2, 1, 2, BAD]
    assert sorted(met) == ["", "xx", "y"]
    assert make(a=["zzz", "xx"]).numbers("a", known).tolist() == [3, 2]
    words = make(a=["xx", " y ", "xx", ""]).words("a")
    assert [words.texts[at] for at in words.ids] == ["xx", "y", "xx", ""]
    assert DistinctTexts(["a", "bb"], np.array([1, 0, 1])).numbers(len).tolist() == [2, 1, 2]


def test_a_frame_is_read_as_a_table() -> None:
    assert isinstance(table_of(polars.DataFrame({"a": ["1"]})), FrameTable)


# --- quantities and destinations -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), ("US", 0), ("us", 0), ("CN", BAD), ("U", BAD)]
)
def test_a_batch_in_columns_is_of_goods_into_the_united_states(text: str, number: int) -> None:
    assert _destination(text) == number


@pytest.mark.parametrize(
    ("cells", "measured", "unread"),
    [
        # quantity, unit, quantity2, unit2
        (("", "", "", ""), False, False),
        (("5", "kg", "", ""), True, False),
        (("5.25", "kg", "", ""), True, False),
        (("0", "kg", "", ""), True, True),  # none of it
        (("-5", "kg", "", ""), True, True),
        (("5", "", "", ""), True, True),
        (("5", "stones", "", ""), True, True),
        (("", "stones", "", ""), False, False),  # nothing is said to be measured in it
        (("", "", "5", "No."), True, False),
        (("", "", "5", "stones"), True, True),
        (("5", "kg", "6", "No."), True, False),
        (("5", "kg", "6", "kg"), True, True),  # the same unit twice
        (("5", "kg", "", "kg"), True, False),
    ],
)
def test_a_quantity_needs_a_number_and_a_unit_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
    make: Make,
    cells: tuple[str, ...],
    measured: bool,
    unread: bool,
) -> None:
    from detente.batch import words

    monkeypatch.setattr(words, "is_unit", lambda schedule, text: text in ("kg", "No."))
    reader = TableReader.__new__(TableReader)
    reader.engine = SimpleNamespace(schedule=None)  # type: ignore[assignment]
    reader._units = {}
    names = ("quantity", "unit", "quantity2", "unit2")
    table = make(**{name: [text] for name, text in zip(names, cells, strict=True)})
    assert [each.tolist() for each in reader._measured(table)] == [[measured], [unread]]
    # Without the columns nothing is measured; without units no quantity can be read.
    assert [each.tolist() for each in reader._measured(make(code=["1"]))] == [[False], [False]]
    bare = reader._measured(make(quantity=[cells[0]]))
    assert [each.tolist() for each in bare] == [[bool(cells[0])]] * 2


# --- codes that provisions name ------------------------------------------------------------------


def provision(*goods: str) -> Any:
    return SimpleNamespace(goods=goods)


LISTS: Any = SimpleNamespace(
    lists={
        "steel": SimpleNamespace(unknown=()),
        "open": SimpleNamespace(unknown=("2026-01-01",)),
    },
    codes_in=lambda names: {code for name in names for code in {"steel": ["7208"]}[name]},
)


@pytest.mark.parametrize(
    ("provisions", "codes"),
    [
        ([provision("8507", "85076000")], {"8507", "85076000"}),
        ([provision("steel"), provision("87")], {"7208", "87"}),
        ([provision("87"), provision()], None),  # one that names none is of all goods
        ([provision("open", "87")], None),  # a list that is not held whole may name any
        ([], set()),
    ],
)
def test_codes_that_provisions_name_are_theirs_and_those_of_their_lists(
    provisions: list[Any], codes: set[str] | None
) -> None:
    assert _named(LISTS, provisions) == codes


def test_a_code_is_named_by_its_beginning_or_begins_one_that_is_named() -> None:
    codes = ["8507600010", "8507600020", "8507", "8708", "7208100000", "85076000"]
    named = NamedCodes(LISTS, [provision("85076000", "8708290010"), provision("steel")], codes)
    asked = np.array([0, 3, 2, 4, 5, 0])
    # 8708 and 8507 begin a longer code that is named.
    assert named.rows(asked).tolist() == [True] * 6
    codes += ["8709", "850760", "87082900", "87082999"]
    assert named.rows(np.array([6, 7, 8, 9, 1])).tolist() == [False, True, True, False, True]
    assert [named.is_begun(each) for each in ("87082900", "85076000", "8709")] == [
        True, False, False,
    ]  # fmt: skip
    every = NamedCodes(LISTS, [provision()], codes)
    assert every.rows(np.array([6])).tolist() == [True]
    assert not every.is_begun("87")


# --- documents that were not read ----------------------------------------------------------------


def documents(monkeypatch: pytest.MonkeyPatch, *touches: tuple[str, str]) -> Documents:
    """One document of 2 January that touches some goods, headings, measures or places."""
    from detente.batch import documents as module

    monkeypatch.setattr(module, "document_words", lambda document: document.id)
    monkeypatch.setattr(module, "names_of", lambda stack: stack)
    stacks = {1: {("heading", "9903")}, 2: {("measure", "m")}, 3: None}
    engine: Any = SimpleNamespace(
        minutes=[start_of("2026-01-01"), start_of("2026-01-02"), start_of("2026-01-03")],
        codes=["8507600010", "7208100000"],
        law=SimpleNamespace(place_class={"CN": 5, "VN": 6}),
        situation=lambda number: SimpleNamespace(stack=stacks[number]),
    )
    document: Any = SimpleNamespace(id="D", start="2026-01-02", touches=touches)
    return Documents([document], engine, Distinct(["", "open"]))


ENTRIES: Any = SimpleNamespace(
    instant=np.array([0, 1, 2, 2]), code=np.array([0, 0, 0, 1]), place=np.array([5, 5, 6, 5])
)
"""Of 1, 2, 3 and 3 January; batteries thrice, then steel; of China but the third."""

SITUATIONS = np.array([1, 1, 2, 3])


@pytest.mark.parametrize(
    ("touches", "rows"),
    [
        ([], [1, 2, 3]),  # all goods, from its day on
        ([("code", "8507")], [1, 2]),
        ([("code", "72"), ("code", "85076")], [1, 2, 3]),
        ([("heading", "9903")], [1]),
        ([("measure", "m")], [2]),
        ([("measure", "m"), ("heading", "9903")], [1, 2]),
        ([("measure", "9903")], []),
        ([("code", "72"), ("measure", "m")], [2, 3]),
    ],
)
def test_a_document_touches_rows_from_its_day_on_by_goods_heading_or_measure(
    monkeypatch: pytest.MonkeyPatch, touches: list[tuple[str, str]], rows: list[int]
) -> None:
    held = documents(monkeypatch, *touches)
    reason = np.array([0, 1, 0, 1])
    selected = np.ones(4, bool)
    assert not held.alone(ENTRIES, SITUATIONS).any()
    found = list(held.added(reason, ENTRIES, SITUATIONS, selected))
    assert [each[0].tolist() for each in found] == ([rows] if rows else [])
    if rows:
        words = [held.stated.things[at] for at in found[0][1].tolist()]
        begins = {0: "", 1: "open; "}
        assert [each.endswith("D") for each in words] == [True] * len(rows)
        assert [each.startswith("open; ") for each in words] == [
            bool(begins[int(reason[at])]) for at in rows
        ]
    selected[2] = False
    left = [at for at in rows if at != 2]
    found = list(held.added(reason, ENTRIES, SITUATIONS, selected))
    assert [each[0].tolist() for each in found] == ([left] if left else [])


@pytest.mark.parametrize(
    ("touches", "rows"),
    [
        ([("place", "CN")], [1, 3]),
        ([("place", "VN")], [2]),
        ([("place", "CN"), ("place", "VN")], [1, 2, 3]),
        ([("place", "MX")], []),  # a country of which no row can be
        ([("place", "CN"), ("code", "72")], [3]),
    ],
)
def test_rows_of_a_document_that_names_countries_are_answered_alone(
    monkeypatch: pytest.MonkeyPatch, touches: list[tuple[str, str]], rows: list[int]
) -> None:
    held = documents(monkeypatch, *touches)
    assert held.alone(ENTRIES, SITUATIONS).nonzero()[0].tolist() == rows
    assert list(held.added(np.zeros(4, int), ENTRIES, SITUATIONS, np.ones(4, bool))) == []
