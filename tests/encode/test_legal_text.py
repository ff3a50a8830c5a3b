"""The reader of the legal notes, on small invented pages."""

import pytest

from encode.us_lists.legal_text import (
    TextError,
    clean,
    codes_in_prose,
    codes_in_rows,
    items,
    notes,
    parse_note,
)

PAGE_BREAK = """\
                   Harmonized Tariff Schedule of the United States Revision 6 (2026)

                                            Annotated for Statistical Reporting Purposes

                                                                                   XXII
                                                                            99 - III - 12

U.S. Notes (con.)
"""


def _lines(text: str) -> list[str]:
    return clean(text.splitlines())


def test_page_furniture_is_dropped_and_the_list_runs_on() -> None:
    page = f"         0101.21.00  0101.29.00\n{PAGE_BREAK}\n         0101.30.00\n"
    assert codes_in_rows(_lines(page)) == ["01012100", "01012900", "01013000"]


def test_a_row_that_shares_its_line_with_a_page_header_is_kept() -> None:
    page = "U.S. Notes (con.)      2714.10.00  2714.90.00\n       2713.90.00  2805.19.10\n"
    assert codes_in_rows(_lines(page)) == ["27141000", "27149000", "27139000", "28051910"]


def test_a_page_number_in_front_of_the_row_s_page_is_no_code() -> None:
    page = "XXII\n99 - III - 340\n\nU.S. Notes (con.)\n\n     7305.19.50\n"
    assert codes_in_rows(_lines(page)) == ["73051950"]


def test_two_interleaved_columns_give_every_code_once() -> None:
    # The left column runs two rows behind the right one, and its last rows stand alone.
    page = """\
                              2605.00.00  2606.00.00
                              2611.00.60  2825.90.30
              2602.00.00      2844.42.00  2844.43.00
              2610.00.00
              2844.41.00
"""
    found = codes_in_rows(_lines(page))
    assert sorted(found) == [
        "26020000", "26050000", "26060000", "26100000", "26110060",
        "28259030", "28444100", "28444200", "28444300",
    ]  # fmt: skip


def test_the_title_of_a_list_inside_a_row_is_no_part_of_the_row() -> None:
    page = "      (iv) Derivative steel articles:        7307.22.50    7307.23.00\n"
    assert codes_in_rows(_lines(page)) == ["73072250", "73072300"]


def test_codes_of_four_to_ten_digits_are_kept_as_prefixes() -> None:
    page = "      8471   8473.30   8541.10.00   8505.11.0070\n"
    assert codes_in_rows(_lines(page)) == ["8471", "847330", "85411000", "8505110070"]


def test_a_line_of_prose_that_names_a_code_is_no_row() -> None:
    assert codes_in_rows(["(1) 8541.42.00", "provided for in 8541.43.00;"]) == []


def test_headings_of_chapters_98_and_99_in_prose_are_no_goods() -> None:
    text = ["Heading 9903.91.02 applies to 8541.42.00, except under 9802.00.80 and 9817.00.96."]
    assert codes_in_prose(text) == ["85414200"]


def test_a_compiler_s_note_names_no_goods() -> None:
    text = ["to 4015.19.10 [Compiler's note: was", "4015.12.10 until 2025] and 4015.19.50."]
    assert codes_in_prose(text) == ["40151910", "40151950"]


def test_letter_i_after_h_is_a_letter_and_roman_one_under_f_is_a_number() -> None:
    note = parse_note(
        31,
        _lines(
            """\
31. (a)  Scope.

(b) First.

(c) Second.

(d) Third.

(e) Fourth.

(f)

     (i) Heading A applies to 8541.10.00.

(ii) The rate rises later.

(g) Fifth.

(h) Sixth.

(i) Heading B applies to 4015.12.10.

(j) Last.
"""
        ),
    )
    assert codes_in_prose(note.part("f", "i")) == ["85411000"]
    assert codes_in_prose(note.part("i")) == ["40151210"]
    assert note.part("f", "ii")[0] == "(ii) The rate rises later."


def test_roman_five_and_ten_below_letter_v_do_not_end_the_subdivision() -> None:
    numbers = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi"]
    romans = "\n\n".join(f"({number}) Text {number}." for number in numbers)
    # u and w are missing from the note, as letters of deleted subdivisions are.
    note = parse_note(2, _lines(f"2.\n\n(a) One.\n\n(v) Two.\n\n{romans}\n\n(x)\n\n(i) Deep.\n"))
    assert note.part("v", "x")[0] == "(x) Text x."
    assert note.part("v", "xi")[0] == "(xi) Text xi."
    assert note.part("x")[0] == "(x)"
    assert note.part("x", "i")[0] == "(i) Deep."


def test_doubled_letters_follow_z() -> None:
    letters = [chr(ord("a") + k) for k in range(26)] + ["aa", "bb"]
    note = parse_note(20, _lines("\n\n".join(f"({letter}) Part {letter}." for letter in letters)))
    assert note.part("bb") == ["(bb) Part bb."]
    assert note.part("aa")[0] == "(aa) Part aa."


def test_a_continuation_line_that_begins_with_a_bracket_opens_nothing() -> None:
    text = "20. (a)  Only subdivisions\n         (b) and (c) of this note stand.\n\n(b) Next.\n"
    note = parse_note(20, _lines(text))
    assert note.part("b") == ["(b) Next."]


def test_a_subdivision_that_is_absent_is_an_error_that_names_it() -> None:
    note = parse_note(31, _lines("31. (a)  Scope.\n\n(b) First.\n"))
    with pytest.raises(TextError, match=r"U\.S\. note 31\(c\)\(i\) stands 0 times"):
        note.part("c", "i")


def test_items_count_from_one_and_join_their_lines() -> None:
    text = """\
(g) The goods are:

1. Other chairs, provided for in 9401.71.00, except for such chairs described in statistical
         reporting number 9401.71.0001,
         9401.71.0005;

2. Other printed matter.

The duty does not apply to chapter 98.

3. What follows the paragraph.
"""
    assert items(_lines(text)) == [
        (
            1,
            "Other chairs, provided for in 9401.71.00, except for such chairs described in "
            "statistical reporting number 9401.71.0001, 9401.71.0005;",
        ),
        (2, "Other printed matter."),
        (3, "What follows the paragraph."),
    ]


def test_notes_are_cut_where_the_next_begins_and_the_table_of_headings_ends_the_last() -> None:
    text = """\
SUBCHAPTER III

1. The first note.

2. (a)  The second.

1. An item that looks like a note.

3. The third.

 Heading/ Stat.     Unit
"""
    found = notes(_lines(text), {2})
    assert "1. An item that looks like a note." in found[2].lines
    assert "3. The third." not in found[2].lines


def test_a_note_that_the_text_lacks_is_an_error() -> None:
    with pytest.raises(TextError, match=r"notes \[16\] .* were not found"):
        notes(["SUBCHAPTER III", "", "1. One.", "", " Heading/ Stat."], {16})
