"""The committed lists, against the originals and against each other."""

import csv
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from encode.list_files import Row, parse
from encode.us_lists import chapter99
from encode.us_lists.lists_2018 import read_table

LISTS = Path(__file__).parents[2] / "register" / "lists"

SECOND_READING = {
    "us-301-list-1": "cn_l1_20b",
    "us-301-list-2": "cn_l2_20d",
    "us-301-list-3": "cn_l3_20f",
    "us-301-list-4a": "cn_l4a_20s_i",
    "us-301-list-4b": "cn_l4b_20u_i",
    "us-301-note-31b": "cn_31b",
}


@cache
def _rows(name: str) -> tuple[Row, ...]:
    return parse((LISTS / f"{name}.tsv").read_text(encoding="utf-8"))


def _member(name: str, code: str, day: str) -> bool:
    """Whether the longest prefix of a code that stands in a list on a day is in it."""
    alive = [
        row
        for row in _rows(name)
        if code.startswith(row.code) and row.start <= day and (not row.until or day < row.until)
    ]
    return bool(alive) and not max(alive, key=lambda row: len(row.code)).out


@pytest.mark.reference
def test_a_fresh_run_gives_the_committed_files_byte_for_byte(reference: Path) -> None:
    for name, text in chapter99.build(reference).items():
        assert (LISTS / name).read_text(encoding="utf-8") == text, name


@pytest.mark.reference
def test_every_statistical_number_of_the_2020_table_is_in_the_list_it_names(
    reference: Path,
) -> None:
    # 43 of .04, 14 of .15 and 13 of .16: the subheadings that two lists share.
    table = read_table(reference / chapter99.TABLE)
    lists = {
        "9903.88.04": "us-301-list-3",
        "9903.88.15": "us-301-list-4a",
        "9903.88.16": "us-301-list-4b",
    }
    shared = [(c, heading) for heading in lists for c in table[heading] if len(c) == 10]
    assert len(shared) == 43 + 14 + 13
    for code, heading in shared:
        inside = {other for other, name in lists.items() if _member(name, code, "2020-01-01")}
        assert inside == {heading}, code


@pytest.mark.reference
def test_the_notes_read_twice_give_the_same_codes(reference: Path) -> None:
    """A second reading of Revision 6 by another program stands among the originals."""
    second: dict[str, set[str]] = {}
    path = reference / "lists" / "derived" / "s301_china_lists_2026rev6.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            second.setdefault(row["note_list"], set()).add(row["hts"])
    for ours, theirs in SECOND_READING.items():
        rows = _rows(ours)
        alive = {
            row.code for row in rows if not row.until and not row.out and "item" not in row.note
        }
        assert alive == second[theirs], ours


@pytest.mark.reference
def test_the_surcharge_lists_hold_the_rows_that_a_page_header_hid(reference: Path) -> None:
    for ours, theirs, hidden in (
        (
            "us-122-exempt",
            "s122_exempt_note2aa_ii.csv",
            {"27141000", "27149000", "27150000", "27160000"},
        ),
        (
            "us-122-aircraft",
            "s122_aircraft_note2aa_iv_conditional.csv",
            {"39172200", "39172300", "39172900", "39173100"},
        ),
    ):
        words = (reference / "lists" / "derived" / theirs).read_text(encoding="utf-8").split()
        second = {word.replace(".", "") for word in words[1:]}
        assert {row.code for row in _rows(ours)} == second | hidden
        assert not hidden & second


@pytest.mark.parametrize(
    ("name", "code", "first", "last"),
    [
        # The day before and the first day, then the last day and the day after it.
        ("us-301-list-1", "8703800000", "2018-07-06", "2024-09-26"),
        ("us-301-list-2", "8542310015", "2018-08-23", "2024-12-31"),
        ("us-301-list-4a", "7208101500", "2019-09-01", "2024-09-26"),
        ("us-301-list-4a", "8507600020", "2019-09-01", "2025-12-31"),
        ("us-301-list-4a", "8507600010", "2019-09-01", "2024-09-26"),
        ("us-301-note-31b", "8507600010", "2024-09-27", "2025-12-31"),
        ("us-301-note-31e", "6307909870", "2025-01-01", "2025-12-31"),
        ("us-301-note-31f-gloves", "4015121010", "2025-01-01", "2025-12-31"),
        ("us-reciprocal-annex-ii", "2818300000", "2025-04-05", "2025-09-07"),
        ("us-reciprocal-annex-ii", "4411121000", "2025-04-05", "2025-10-13"),
        ("us-reciprocal-annex-ii", "7408116000", "2025-04-05", "2025-07-31"),
        ("us-reciprocal-annex-ii", "8471300100", "2025-04-05", None),
        ("us-reciprocal-annex-ii", "8505110070", "2025-09-08", None),
        ("us-reciprocal-annex-ii", "0901110000", "2025-11-13", None),
        ("us-301-note-31g", "8507600090", "2026-01-01", None),
        ("us-232-note-16c-vii", "8427108010", "2026-04-06", "2026-06-07"),
        ("us-232-note-16c-xi", "8427108010", "2026-06-08", None),
        ("us-232-steel-derivatives-other", "8450110010", "2025-06-23", None),
        ("us-232-steel-derivatives-other", "8482105004", "2025-08-18", None),
        ("us-232-aluminum-derivatives-other", "9403200086", "2025-03-12", None),
    ],
)
def test_membership_begins_and_ends_on_the_legal_days(
    name: str, code: str, first: str, last: str | None
) -> None:
    def shifted(day: str, days: int) -> str:
        return (date.fromisoformat(day) + timedelta(days)).isoformat()

    assert not _member(name, code, shifted(first, -1))
    assert _member(name, code, first)
    if last:
        assert _member(name, code, last)
        assert not _member(name, code, shifted(last, 1))
    else:
        assert _member(name, code, "2026-10-10")


def test_no_code_is_in_two_of_the_lists_1_to_4b_on_one_day() -> None:
    seen: dict[str, str] = {}
    for name in ("1", "2", "3", "4a", "4b"):
        for row in _rows(f"us-301-list-{name}"):
            if len(row.code) == 8 and "item" not in row.note:
                assert seen.setdefault(row.code, name) == name, row.code


def test_the_exclusions_number_164_of_which_27_are_whole_numbers() -> None:
    # The note of a row begins with its place, "vvv iii 9": one place is one exclusion.
    def places(suffix: str) -> set[str]:
        rows = _rows(f"us-301-exclusions-vvv-{suffix}")
        return {row.note.split(" [")[0] for row in rows}

    assert len(places("whole")) == 3 + 3 + 13 + 8
    assert len(places("described")) == 164 - 27
    assert len({row.note.split(":")[0] for row in _rows("us-301-exclusions-www")}) == 14


def test_no_list_covers_a_code_twice_on_one_day() -> None:
    # Exclusions are apart: several described products share one statistical number.
    for path in sorted(LISTS.glob("us-*.tsv")):
        if "exclusions" in path.name:
            continue
        rows = sorted(parse(path.read_text(encoding="utf-8")))
        for one, other in pairwise(rows):
            if one.code == other.code:
                assert one.until, f"{path.name} {one.code}"
                assert one.until <= other.start, f"{path.name} {one.code}"


def test_every_source_that_a_list_names_is_a_key_of_the_sources() -> None:
    known: set[str] = set()
    for path in (LISTS / "_sources.yaml", LISTS.parent / "sources.yaml"):
        if path.exists():
            known |= set(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    for path in sorted(LISTS.glob("us-*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# source: "):
                for key in line.removeprefix("# source: ").split(", "):
                    assert key in known, f"{path.name} names {key}"
