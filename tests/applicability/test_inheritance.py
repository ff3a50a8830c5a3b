"""Codes of an imported edition that the register's lists have not seen, in answers."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from detente.applicability.inheritance import inherit
from detente.batch.rows import answer_rows
from detente.duty.answer import answer_duty
from detente.duty.edition_report import concerned_words, edition_report
from detente.duty.question import DutyQuestion
from detente.goods.importing import read_imported, store
from detente.goods.schedule import Schedule
from detente.register.book import Register
from tests.small_register import small_register
from tests.small_schedule import BASE, NEXT_DAY, Printed, page, small_base, write_json

DAY = date.fromisoformat(NEXT_DAY)
# The house line is divided in two; a line for ships comes out of "other"; zinc is renumbered;
# sodium is a rate line of its own that comes from nowhere.
LARGE = Printed("8507.60.00.91", 2, "For houses", ("No.", "kg"))
ZINC = Printed("8507.80.45.00", 2, "Of zinc", ("No.",), "2%", "", "35%")
SODIUM = Printed("8507.80.90.00", 2, "Of sodium", ("No.",), "7%", "", "50%", "See 9903.99.07.")
HEADER = "# title: the small list\n# source: order-1\n# place: annex 1\n"
COLUMNS = "code\tfrom\tuntil\tannounced\texcept\n"


def listed(*codes: str) -> str:
    return HEADER + COLUMNS + "".join(f"{code}\t2025-01-01\t\t\t\n" for code in codes)


def laid(tmp_path: Path, rows: list[Printed], before: list[Printed] | None = None) -> Schedule:
    """A schedule in which a second edition was imported."""
    base = small_base(tmp_path / "base", before or list(BASE))
    read = read_imported(write_json(tmp_path / "second.json", rows), "second", DAY)
    store([read], str(tmp_path / "mine.sqlite"), base)
    return Schedule(tmp_path / "mine.sqlite")


def register_with(tmp_path: Path, *codes: str) -> Register:
    """The small register: 10% on goods of China that the list names."""
    return small_register(tmp_path, {"lists/small-list.tsv": listed(*codes)})


def answer(register: Register, schedule: Schedule, code: str, on: str = NEXT_DAY) -> dict[str, Any]:
    return answer_duty(register, schedule, DutyQuestion(code, "CN", on, value="100"))


def test_a_renumbered_line_stays_on_the_list_of_its_number_before(tmp_path: Path) -> None:
    schedule = laid(tmp_path, page(LARGE, without=("8507.60.00.90",)))
    register = register_with(tmp_path, "8507600090")
    found = answer(register, schedule, "8507.60.00.91")
    # 3.4% of column 1 and 10% by the list.
    assert found["total"]["ad_valorem"] == "0.134"
    assert found["open_questions"] == []
    assert (
        "8507.60.00.91 first stands in second, which the register's lists have not seen: it "
        "inherits from 8507.60.00.90 its place on the list of the small list."
    ) in found["notes"]
    duty = next(layer for layer in found["layers"] if layer["measure"] == "us-duty")
    assert duty["why"].startswith("8507.60.00.90 is on the list of the small list")


def test_a_renumbered_line_stays_off_a_list_that_names_its_neighbor(tmp_path: Path) -> None:
    schedule = laid(tmp_path, page(LARGE, without=("8507.60.00.90",)))
    found = answer(register_with(tmp_path, "8507600010"), schedule, "8507.60.00.91")
    assert found["total"]["ad_valorem"] == "0.034"
    assert found["open_questions"] == []


def test_a_line_that_only_shorter_codes_cover_says_so(tmp_path: Path) -> None:
    schedule = laid(tmp_path, page(LARGE, without=("8507.60.00.90",)))
    found = answer(register_with(tmp_path, "85076000"), schedule, "8507.60.00.91")
    assert found["total"]["ad_valorem"] == "0.134"
    assert any(note.endswith("; only shorter codes are on lists.") for note in found["notes"])


def test_a_renumbered_rate_line_inherits_for_its_statistical_lines_too(tmp_path: Path) -> None:
    schedule = laid(tmp_path, page(ZINC, without=("8507.80.40.00",)))
    register = register_with(tmp_path, "85078040")
    for code in ("8507.80.45", "8507.80.45.00"):
        # 2% of column 1 and 10% by the list.
        assert answer(register, schedule, code)["total"]["ad_valorem"] == "0.12", code


def test_where_the_list_names_a_part_of_the_code_before_both_totals_are_given(
    tmp_path: Path,
) -> None:
    schedule = laid(tmp_path, page(ZINC, without=("8507.80.40.00",)))
    found = answer(register_with(tmp_path, "8507804000"), schedule, "8507.80.45.00")
    (question,) = found["open_questions"]
    assert (question["if_true"], question["if_false"]) == ("0.12", "0.02")
    assert "names only a part of 8507.80.40, its code before" in question["question"]


def test_where_the_codes_before_disagree_both_totals_are_given(tmp_path: Path) -> None:
    # Two lines become one, "batteries": the words of neither say which.
    whole = Printed("8507.60.00.50", 2, "Batteries", ("No.", "kg"))
    schedule = laid(tmp_path, page(whole, without=("8507.60.00.10", "8507.60.00.90")))
    found = answer(register_with(tmp_path, "8507600010"), schedule, "8507.60.00.50")
    assert found["total"]["ad_valorem"] == "0.034"
    (question,) = found["open_questions"]
    assert (question["kind"], question["list"], question["measure"]) == (
        "list",
        "small-list",
        "us-duty",
    )
    assert (question["if_true"], question["if_false"]) == ("0.134", "0.034")
    assert question["question"] == (
        "Is 8507.60.00.50 on the list of the small list? The code first stands in second, and the "
        "codes before it differ: 8507.60.00.10, 8507.60.00.90."
    )


def test_codes_before_that_agree_leave_nothing_open(tmp_path: Path) -> None:
    whole = Printed("8507.60.00.50", 2, "Batteries", ("No.", "kg"))
    schedule = laid(tmp_path, page(whole, without=("8507.60.00.10", "8507.60.00.90")))
    register = register_with(tmp_path, "8507600010", "8507600090")
    found = answer(register, schedule, "8507.60.00.50")
    assert found["total"]["ad_valorem"] == "0.134"
    assert found["open_questions"] == []


def test_a_line_from_nowhere_is_open_for_lists_that_hold_a_line_beside_it(tmp_path: Path) -> None:
    schedule = laid(tmp_path, page(SODIUM))
    found = answer(register_with(tmp_path, "85078040", "85076000"), schedule, "8507.80.90.00")
    # 7% of column 1; with the list 10% more.
    assert found["total"]["ad_valorem"] == "0.07"
    (question,) = found["open_questions"]
    assert (question["if_true"], question["if_false"]) == ("0.17", "0.07")
    # Under the same six digits the list holds one line; 8507.60.00 lies elsewhere.
    assert "the list holds 8507.80.40 beside it" in question["question"]


def test_a_line_from_nowhere_is_covered_by_a_shorter_code_on_a_list(tmp_path: Path) -> None:
    schedule = laid(tmp_path, page(SODIUM))
    found = answer(register_with(tmp_path, "850780"), schedule, "8507.80.90.00")
    assert found["total"]["ad_valorem"] == "0.17"
    assert found["open_questions"] == []


def test_a_line_from_nowhere_without_a_listed_neighbor_leaves_nothing_open(
    tmp_path: Path,
) -> None:
    schedule = laid(tmp_path, page(SODIUM))
    found = answer(register_with(tmp_path, "85076000"), schedule, "8507.80.90.00")
    assert found["open_questions"] == []
    assert any("no code before it can be named" in note for note in found["notes"])


def test_in_a_new_subheading_the_lines_of_the_heading_are_the_neighbors(tmp_path: Path) -> None:
    flow = Printed("8507.90.10.00", 1, "Flow batteries", ("No.",), "7%", "", "50%")
    schedule = laid(tmp_path, page(flow))
    found = answer(register_with(tmp_path, "85076000"), schedule, "8507.90.10.00")
    (question,) = found["open_questions"]
    assert (question["if_true"], question["if_false"]) == ("0.17", "0.07")


def test_a_code_of_the_built_in_editions_asks_the_lists_alone(tmp_path: Path) -> None:
    schedule = laid(tmp_path, page(SODIUM))
    register = register_with(tmp_path, "85078040")
    assert inherit(register, schedule, "8507600010") is None
    found = answer(register, schedule, "8507.60.00.10")
    assert not any("have not seen" in note for note in found["notes"])


def test_what_a_code_inherits_passes_on_through_several_imported_editions(tmp_path: Path) -> None:
    base = small_base(tmp_path / "base")
    rows = page(LARGE, without=("8507.60.00.90",))
    last = Printed("8507.60.00.95", 2, "For houses", ("No.", "kg"))
    later = page(last, without=("8507.60.00.90",))
    editions = [
        read_imported(write_json(tmp_path / f"{name}.json", each), name, day)
        for name, each, day in (("second", rows, DAY), ("third", later, date(2026, 8, 1)))
    ]
    store(editions, str(tmp_path / "mine.sqlite"), base)
    schedule = Schedule(tmp_path / "mine.sqlite")
    found = inherit(register_with(tmp_path, "8507600090"), schedule, "8507600095")
    assert found is not None
    assert (found.sources, found.lists, found.open) == (("8507600090",), ("small-list",), ())


def test_a_heading_that_no_measure_names_is_named_where_a_footnote_points_to_it(
    tmp_path: Path,
) -> None:
    schedule = laid(tmp_path, page(SODIUM))
    register = register_with(tmp_path, "85076000")
    words = "A footnote of this line points to 9903.99.07, which this register does not model."
    assert words in answer(register, schedule, "8507.80.90.00")["notes"]
    # 9903.99.01, to which lithium points, is the heading of the small register's duty.
    assert not any("does not model" in n for n in answer(register, schedule, "85076000")["notes"])


def test_a_heading_that_is_listed_as_not_modelled_needs_no_note(tmp_path: Path) -> None:
    gap = '- {id: later, what: "Later", why: "New", headings: ["9903.99.07"]}\n'
    register = small_register(tmp_path, {"not-modelled.yaml": gap})
    assert register.unnamed(["9903.99.07", "9903.99.08", "9903.99.00-9903.99.02"]) == (
        "9903.99.08",
    )
    assert register.unnamed(["9903.99.08-9903.99.20"]) == ("9903.99.08-9903.99.20",)


def test_the_hash_of_an_answer_covers_imported_editions(tmp_path: Path) -> None:
    schedule = laid(tmp_path, page(SODIUM))
    register = register_with(tmp_path, "85076000")
    block = answer(register, schedule, "8507.60.00.10")["register"]
    whole = "\0".join((register.sha256, schedule.tables_sha256, schedule.imported_sha256))
    assert block["sha256"] == sha256(whole.encode()).hexdigest()
    assert block["imported_editions"] == ["second"]
    plain = answer(register, Schedule(tmp_path / "base" / "goods.sqlite"), "8507.60.00.10")
    assert plain["register"]["sha256"] not in (register.sha256, block["sha256"])
    assert plain["register"]["imported_editions"] == []


def test_a_row_of_a_batch_carries_the_same_question(tmp_path: Path) -> None:
    schedule = laid(tmp_path, page(SODIUM))
    register = register_with(tmp_path, "85078040")
    rows = [{"code": "8507809000", "origin": "CN", "on": NEXT_DAY}]
    (row,) = answer_rows(register, schedule, rows, {})
    assert row["status"] == "open"
    assert row["reason"].startswith("Is 8507.80.90.00 on the list of the small list?")


def test_the_report_of_an_edition_names_the_lines_concerned_and_the_new_headings(
    tmp_path: Path,
) -> None:
    heading = Printed("9903.99.07", 0, "New articles", (), "The applicable duty + 5%")
    rows = page(LARGE, SODIUM, heading, without=("8507.60.00.90",))
    schedule = laid(tmp_path, rows)
    register = register_with(tmp_path, "8507600090", "85078040")
    report = edition_report(register, schedule, schedule.editions[-1])
    assert report["counts"]["added"] == 2
    assert report["counts"]["removed"] == 1
    assert [concerned_words(row) for row in report["concerned"]] == [
        "8507.60.00.91 For houses: inherits from 8507.60.00.90; on small-list",
        "8507.80.90.00 Of sodium: no code before it; on no list; open: small-list",
    ]
    (new,) = report["headings"]
    assert (new["kind"], new["heading"], new["named"], new["lines"]) == (
        "new",
        "9903.99.07",
        False,
        1,
    )


def test_the_report_of_an_edition_has_every_change_and_tells_new_lines_by_the_narrowest(
    tmp_path: Path,
) -> None:
    rows = page(
        Printed("8507.90.10", 1, "Parts", (), "5%", "", "20%", "See 9903.99.07."),
        Printed("8507.90.10.10", 2, "Of lithium", ("kg",)),
        Printed("8507.80.80.00", 2, "Of iron", ("No.",), "6%", "", "45%"),
        Printed("8507.60.00.10", 2, "For cars", ("No.", "kg")),
        LARGE,
        Printed("9903.99.07", 0, "New articles", (), "The applicable duty + 5%"),
        without=("8507.60.00.90", "8507.80.40.00", "9903.99.01"),
    )
    schedule = laid(tmp_path, rows)
    register = register_with(tmp_path, "8507600090", "85079010")
    report = edition_report(register, schedule, schedule.editions[-1])
    unseen = "first stands in second, which the register's lists have not seen"
    concerned = {
        row["code"]: (row["description"], row["inherits_from"], row["lists"], row["note"])
        for row in report.pop("concerned")  # type: ignore[misc]
    }
    # the new rate line 8507.90.10 is told by the one line within it
    assert concerned == {
        "8507600091": (
            "For houses", ["8507600090"], ["small-list"],
            f"8507.60.00.91 {unseen}: it inherits from 8507.60.00.90 its place on the list of the "
            "small list.",
        ),
        "8507901010": (
            "Of lithium", [], ["small-list"],
            f"8507.90.10.10 {unseen}, and no code before it can be named; a shorter code stands on "
            "the list of the small list.",
        ),
    }  # fmt: skip
    assert report == {
        "edition": "second", "from": "2026-07-01", "before": "first",
        "basis": "Read from second.json; the day was given on import, and later editions are not "
                 "at hand.",
        "counts": {
            "added": 3, "removed": 2, "rates": 1, "descriptions": 1,
            "moves": {"exact": 1, "unknown": 4}, "headings": {"gone": 1, "new": 1},
        },
        "added": ["8507600091", "85079010", "8507901010"],
        "removed": ["8507600090", "8507804000"],
        "rates": [{"code": "8507808000", "what": "general", "before": "4%", "after": "6%"}],
        "descriptions": [{"code": "8507600010", "before": "For vehicles", "after": "For cars"}],
        "moves": [
            {"from": "", "to": "85079010", "kind": "unknown", "grade": "unknown"},
            {"from": "", "to": "8507901010", "kind": "new", "grade": "unknown"},
            {"from": "8507600090", "to": "8507600091", "kind": "renumbered", "grade": "exact"},
            # a rate line went and another came: whether the one became the other is not known
            {"from": "85078040", "to": "", "kind": "unknown", "grade": "unknown"},
            {"from": "8507804000", "to": "", "kind": "dropped", "grade": "unknown"},
        ],
        "headings": [
            # 8507.60.00 and the two lines within it still point to the heading that is gone
            {"kind": "gone", "heading": "9903.99.01", "description": "Articles of China",
             "general": "The applicable duty + 10%", "named": True, "lines": 3},
            {"kind": "new", "heading": "9903.99.07", "description": "New articles",
             "general": "The applicable duty + 5%", "named": False, "lines": 2},
        ],
    }  # fmt: skip
