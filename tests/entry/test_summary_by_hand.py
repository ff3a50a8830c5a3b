"""Entry summaries as they are written: headers, lines, headings beside articles, words and JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.duty.question import QuestionError
from detente.entry import summary
from detente.entry.reading import of_file, of_lines, of_text
from detente.entry.summary import Summary, of_object, of_rows

LINE = {"code": "8507.60.00.10", "origin": "CN", "value": "1000"}


def rows(*cells: dict[str, str], header: dict[str, str] | None = None) -> Summary:
    """Rows of a table whose columns are all that some row has."""
    columns = list(dict.fromkeys(name for row in cells for name in row))
    return of_rows(columns, [{name: row.get(name, "") for name in columns} for row in cells],
                   header or {})  # fmt: skip


def told(found: Summary) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(each.id, each.code, each.value, each.stated) for each in found.lines]


# --- headers -------------------------------------------------------------------------------------


def test_facts_of_the_header_are_the_same_on_every_row_and_those_given_beside_come_first() -> None:
    found = rows(
        {**LINE, "Entry Type Code": "01", "port": "2704", "colour": "red"},
        {**LINE, "Entry Type Code": "01", "port": ""},
        header={"port": "1001"},
    )
    assert found.header == {"entry_type": "01", "port": "1001"}
    assert found.unread == ("colour",)
    assert [each.id for each in found.lines] == ["1", "2"]
    with pytest.raises(QuestionError, match="row 2 has port 1001, and a row before it 2704"):
        rows({**LINE, "port": "2704"}, {**LINE, "port": "1001"})


def test_a_row_of_header_facts_alone_is_no_line() -> None:
    assert told(rows({"port": "2704"}, LINE)) == [("1", "8507.60.00.10", "1000", ())]


def test_days_of_a_file_are_read_one_way() -> None:
    # The 13th is no month, so the day stands first in the whole file.
    found = rows({**LINE, "entry_date": "03/02/2026", "admission_date": "13/01/2026"})
    assert found.header == {"entry_date": "2026-02-03"}
    assert found.lines[0].filed == {"admission_date": "2026-01-13"}
    assert rows({**LINE, "entry_date": "03/02/2026"}).header == {"entry_date": "2026-03-02"}


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ({"origin": "CN", "value": "1"}, "no column names the tariff number"),
        ({**LINE, "HTS Number": "1"}, "the columns code and HTS Number both mean code: keep one"),
    ],
)
def test_columns_that_do_not_make_an_entry_are_refused(cells: dict[str, str], refusal: str) -> None:
    with pytest.raises(QuestionError, match=refusal):
        rows(cells)


# --- lines ---------------------------------------------------------------------------------------


def test_rows_of_one_line_that_follow_one_another_are_one_article_with_its_headings() -> None:
    found = rows(
        {"line": "7", "code": "9903.88.03", "value": ""},
        {"line": "7", **LINE},
        {"line": "8", **LINE},
        {"line": "7", **LINE},  # not beside the others: a line of its own
        LINE,
        LINE,
    )
    assert told(found) == [
        ("7", LINE["code"], "1000", ("9903.88.03",)), ("8", LINE["code"], "1000", ()),
        ("7", LINE["code"], "1000", ()), ("4", LINE["code"], "1000", ()),
        ("5", LINE["code"], "1000", ()),
    ]  # fmt: skip


def test_headings_stand_in_the_cell_of_the_code_or_in_one_of_their_own() -> None:
    text = "9903.88.03; 9903.01.25/8507.60.00.10"
    assert told(rows({**LINE, "code": text})) == [
        ("1", LINE["code"], "1000", ("9903.88.03", "9903.01.25")),
    ]  # fmt: skip
    beside = rows({**LINE, "heading": "9903.88.03 + 9903.01.25,9903.02.02\nx"})
    assert beside.lines[0].stated == ("9903.88.03", "9903.01.25", "9903.02.02")
    # A provision of chapter 98 alone is the article itself.
    alone = rows({**LINE, "code": "9801.00.10.12"})
    assert told(alone) == [("1", "9801.00.10.12", "1000", ())]
    two = rows({**LINE, "code": "9801.00.10.12;9903.01.25"})
    assert told(two) == [("1", "9801.00.10.12", "1000", ("9903.01.25",))]


def test_several_articles_of_a_line_are_lines_and_the_first_has_the_headings() -> None:
    other = {**LINE, "code": "7208.10.00.00", "value": "50"}
    found = rows({"line": "3", **LINE, "heading": "9903.88.03"}, {"line": "3", **other})
    assert told(found) == [
        ("3", LINE["code"], "1000", ("9903.88.03",)), ("3 (2)", "7208.10.00.00", "50", ()),
    ]  # fmt: skip


def test_a_sole_article_takes_what_it_leaves_out_from_the_rows_of_its_headings() -> None:
    found = rows(
        {"line": "1", "code": "9903.88.03", "value": "$0.00", "origin": "CN", "fact.use": "civil"},
        {"line": "1", "code": "9903.01.25", "value": "1,000"},
        {"line": "1", "code": "8507.60.00.10", "value": "0.00", "origin": "VN"},
    )
    (line,) = found.lines
    assert (line.value, line.origin, line.facts) == ("1,000", "VN", {"use": "civil"})
    own = rows({"line": "1", "code": "9903.88.03", "value": "9"}, {"line": "1", **LINE})
    assert own.lines[0].value == "1000"
    # Of two articles each has what its own row says.
    with pytest.raises(QuestionError, match=r"line 1 \(2\), its value is missing"):
        rows({"line": "1", **LINE}, {"line": "1", "code": "7208.10.00.00", "origin": "CN"})
    zero = rows(
        {"line": "1", "code": "9903.88.03", "value": "0"}, {"line": "1", **LINE, "value": ""}
    )
    assert zero.lines[0].value == "0"  # all that is said of it


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ([{**LINE, "code": "8507.60.00.10;7208.10.00.00"}],
         "8507.60.00.10 and 7208.10.00.00 are two articles: a row each"),
        ([{**LINE, "code": ""}], "line 1, its code is missing"),
        ([{**LINE, "origin": ""}], "line 1, its origin is missing"),
        ([{"line": "1", **LINE, "code": "9903.88.03"}, {"line": "1", "code": "9903.01.25"}],
         "line 1, it has headings of chapters 98 and 99 alone"),
    ],
)  # fmt: skip
def test_a_line_that_lacks_what_it_needs_is_named(
    cells: list[dict[str, str]], refusal: str
) -> None:
    with pytest.raises(QuestionError, match=refusal):
        rows(*cells)


def test_an_entry_has_a_line_and_at_most_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QuestionError, match="the entry has no line"):
        of_object([])
    monkeypatch.setattr(summary, "MOST_LINES", 2)
    assert len(rows(LINE, LINE).lines) == 2
    with pytest.raises(QuestionError, match="3 lines: an entry summary has at most 2"):
        rows(LINE, LINE, LINE)


def test_quantities_facts_and_what_else_is_filed_stand_apart() -> None:
    (line,) = rows(
        {**LINE, "quantity": "1,200", "unit": "kg", "quantity2": "5", "unit2": "No.",
         "quantity3": "7", "unit3": "", "base": "3.4%", "tax": "5", "fact.use": "civil"}
    ).lines  # fmt: skip
    assert line.quantities == {"kg": "1200", "No.": "5"}
    assert (line.base, line.facts, line.filed) == ("3.4%", {"use": "civil"}, {"tax": "5"})
    (bare,) = rows(LINE).lines
    assert (bare.base, bare.quantities, bare.facts, bare.filed) == (None, {}, {}, {})


# --- JSON and words ------------------------------------------------------------------------------


def test_an_entry_in_json_is_its_header_beside_its_lines() -> None:
    line = {
        **LINE, "facts": {"auto_part": True}, "quantities": {"kg": 5, "No.": 2, "m2": 1},
        "heading": ["9903.88.03", "9903.01.25"], "tax": None, "adcvd": "",
    }  # fmt: skip
    found = of_object({"entry_type": 1, "port": "", "lines": [line]}, {"mode": "vessel"})
    assert found.header == {"entry_type": "1", "mode": "vessel"}
    (made,) = found.lines
    assert made.quantities == {"kg": "5", "No.": "2", "m2": "1"}
    assert (made.facts, made.filed) == ({"auto_part": "true"}, {})
    assert made.stated == ("9903.88.03", "9903.01.25")
    assert of_object([LINE]) == of_object({"lines": [LINE]})
    given = of_object({"port": "1", "lines": [LINE]}, {"port": "2"})
    assert given.header == {"port": "2"}


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, 'an entry is an object with "lines": a list of lines'),
        ("text", 'an entry is an object with "lines"'),
        ({"lines": {}}, 'an entry is an object with "lines"'),
        ([LINE, 5], "line 2 is not an object with code, origin and value"),
        ({"prot": 1, "lines": [LINE]}, "unknown key 'prot' of the entry: did you mean port?"),
        ([{**LINE, "orgin": "CN"}], "unknown key 'orgin' of line 1: did you mean origin?"),
        ([LINE, {**LINE, "zzz": "1"}], "unknown key 'zzz' of line 2: the keys are line, code"),
    ],
)
def test_what_is_no_entry_in_json_says_what_is_wrong(body: Any, refusal: str) -> None:
    with pytest.raises(QuestionError, match=refusal):
        of_object(body)


def test_numbers_of_json_stay_as_they_are_written() -> None:
    found = of_text('{"lines": [{"code": "85076000", "origin": "CN", "value": 1000.10}]}', {}, "x")
    assert found.lines[0].value == "1000.10"
    assert (
        of_text('[{"code": 85076000, "origin": "CN", "value": 1}]', {}, "x").lines[0].value == "1"
    )


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("{", "x is not JSON"), ("[" * 100_000, "x is not JSON"),
        ('{"lines": [], "lines": []}', "the key 'lines' stands twice: keep one"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_json_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(QuestionError, match=refusal):
        of_text(text, {}, "x")


def test_lines_in_words_are_keys_and_values_or_an_object() -> None:
    found = of_lines(
        [" code = 8507.60.00.10 ,origin=CN,value=1000", ' {"code": "72081000", "origin": "VN", '
         '"value": 5}'],
        {"port": "1"},
    )  # fmt: skip
    assert told(found) == [("1", "8507.60.00.10", "1000", ()), ("2", "72081000", "5", ())]
    assert found.header == {"port": "1"}
    with pytest.raises(QuestionError, match="not '000': write amounts without commas"):
        of_lines(["code=1,origin=CN,value=1,000"], {})
    with pytest.raises(QuestionError, match="a line gives code twice: keep one"):
        of_lines(["code=1,code =2,origin=CN,value=1"], {})
    with pytest.raises(QuestionError, match="a line is not JSON"):
        of_lines(["{code"], {})


def test_a_file_is_json_by_its_suffix_and_else_a_table(tmp_path: Path) -> None:
    body = '[{"code": "85076000", "origin": "CN", "value": "1000"}]'
    table = "code,origin,value\n85076000,CN,1000\n"
    for name, text in (("a.JSON", body), ("b.json", f"\ufeff{body}"), ("c.csv", table)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        found = of_file(tmp_path / name, {"mode": "rail"})
        assert (told(found), found.header) == ([("1", "85076000", "1000", ())], {"mode": "rail"})
    (tmp_path / "d.json").write_text("{", encoding="utf-8")
    with pytest.raises(QuestionError, match=r"d\.json is not JSON"):
        of_file(tmp_path / "d.json", {})
    (tmp_path / "e.json").write_text(body, encoding="utf-16")
    assert told(of_file(tmp_path / "e.json", {}, "utf-16"))[0][1] == "85076000"
