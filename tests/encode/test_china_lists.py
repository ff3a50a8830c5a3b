"""The programs that read China's lists, on invented lines and against the originals."""

from __future__ import annotations

from pathlib import Path

import pytest

from encode.china import china, china_lines
from encode.list_files import parse

LISTS = Path(__file__).parents[2] / "register" / "lists"
MADE = ("cn-232-list-*.tsv", "cn-301-list-*.tsv", "cn-february-2025-*.tsv", "cn-march-2025-*.tsv")


def _rows(name: str):
    return parse((LISTS / f"{name}.tsv").read_text(encoding="utf-8"))


def test_a_subheading_is_named_whole_only_where_every_line_of_it_is_listed() -> None:
    tariff = {"010121": ["01012100"], "010129": ["01012910", "01012990"]}
    whole, parts = china_lines.divide(["01012100", "01012990"], tariff)
    assert whole == ["010121"]
    assert parts == {"010129": ["01012990"]}


def test_lines_of_2019_beside_listed_ones_are_known_not_to_be_listed() -> None:
    """0106.19 has one line at 5 percent. 0106.19.10 is not listed; a later line is unknown."""
    listed = {row.code for row in _rows("cn-301-list-3-to-10")}
    rest = {row.code: row for row in _rows("cn-301-list-3-to-10-part")}
    assert "01061990" in listed
    assert "010619" not in listed
    assert rest["010619"].state == "unknown"
    assert rest["01061910"].out


@pytest.mark.parametrize(("rate", "lines"), [(15, 120), (25, 8)])
def test_the_notice_of_2018_has_128_items(rate: int, lines: int) -> None:
    text = (LISTS / f"cn-232-list-{rate}.tsv").read_text(encoding="utf-8")
    assert f"# count: {lines} lines of eight digits, counted in the annex" in text


def test_a_subheading_whose_lines_are_all_among_the_128_items_is_named_whole() -> None:
    """Apples have one line, so later ones are items too; two of the three lines of 0802.90 are."""
    items = {row.code for row in _rows("cn-232-list-15")}
    rest = {row.code: row for row in _rows("cn-232-list-15-part")}
    assert "080810" in items
    assert {"08029030", "08029090"} <= items
    assert rest["080290"].state == "unknown"
    assert rest["08029020"].out
    assert (rest["080292"].start, rest["080292"].state) == ("2022-01-01", "unknown")


def test_suckling_pigs_are_on_list_1_and_not_in_the_answer_to_section_232() -> None:
    """Of frozen pork 0203.21.90, .22 and .29 are among the 128 items; 0203.21.10 is not."""
    items = {row.code for row in _rows("cn-232-list-25")}
    assert {"02032190", "020322", "020329"} <= items
    assert not {"02032110", "020321"} & items
    assert "020321" in {row.code for row in _rows("cn-301-list-1-main")}


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("040410", "residual -21 not explained"),
        ("520100", "residual 20 not explained"),
        ("851770", "no subheading of 2022"),
        ("390720", "no subheading of 2022"),
    ],
)
def test_a_subheading_that_one_series_alone_leaves_out_may_be_on_the_list_of_september_2019(
    code: str, why: str
) -> None:
    (row,) = (row for row in _rows("cn-301-list-4-10-part") if row.code == code)
    assert row.state == "unknown"
    assert why in row.note


@pytest.mark.parametrize("code", ["870333", "080221", "730449", "854231", "740400", "760200"])
def test_what_total_duties_rule_out_is_not_on_the_list_of_september_2019(code: str) -> None:
    """Known faults of the series: it still has 25 points on cars, and counts once where two meet.

    Of chips nothing is left, and of copper and aluminum scrap 1.5 points; a line at 2.5 is more.
    """
    for rate in (5, 10):
        for state in ("", "-alone", "-part"):
            assert code not in {row.code for row in _rows(f"cn-301-list-4-{rate}{state}")}


def test_no_code_is_listed_twice_in_one_round() -> None:
    for number in (1, 2, 3):
        seen: set[str] = set()
        for path in sorted(LISTS.glob(f"cn-301-list-{number}-*.tsv")):
            rows = parse(path.read_text(encoding="utf-8"))
            codes = {row.code for row in rows if not row.out and not row.state}
            assert not seen & codes, path.name
            seen |= codes


def test_a_whole_code_of_the_first_exclusions_is_unknown_once_it_was_extended_unread() -> None:
    first, later = (row for row in _rows("cn-301-excluded-whole") if row.code == "12141000")
    assert (first.start, first.until, first.state) == ("2019-09-17", "2020-09-17", "")
    assert (later.start, later.state) == ("2020-09-17", "unknown")


@pytest.mark.reference
def test_a_fresh_run_gives_the_committed_files_byte_for_byte(reference: Path) -> None:
    made = china.build(reference)
    for name, text in made.items():
        assert (LISTS / name).read_text(encoding="utf-8") == text, name
    assert {path.name for pattern in MADE for path in LISTS.glob(pattern)} <= made.keys()
