"""Where a code that no list has seen comes from, and at which minutes a stacking rule holds."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from detente.applicability.changepoints import (
    Changepoints,
    stacking_rules_in_force,
    void_changepoints,
)
from detente.applicability.inheritance import Inheritance, inherit
from detente.applicability.scope import known_edges
from detente.register.book import Register
from tests.small_register import small_register

HEADER = "# title: the small list\n# source: order-1\n# place: annex 1\n"
COLUMNS = "code\tfrom\tuntil\tannounced\texcept\n"


class Lineage(NamedTuple):
    """A schedule that knows which codes are new, and what they came from."""

    new: tuple[str, ...]
    came_from: dict[str, tuple[str, ...]]
    imported_sha256: str = "something"
    old: tuple[str, ...] = ()

    def first_edition(self, code: str) -> Any:
        if code in self.new:
            return SimpleNamespace(imported=True, id="second")
        known = code in self.old or any(code in each for each in self.came_from.values())
        return SimpleNamespace(imported=False, id="first") if known else None

    def predecessors(self, code: str) -> list[Any]:
        return [SimpleNamespace(from_code=each) for each in self.came_from.get(code, ())]


def listing(tmp_path: Path, *codes: str) -> Register:
    rows = "".join(f"{code}\t2025-01-01\t\t\t\n" for code in codes)
    return small_register(tmp_path, {"lists/small-list.tsv": HEADER + COLUMNS + rows})


def found(register: Register, lineage: Lineage, code: str) -> Inheritance:
    got = inherit(register, lineage, code)  # type: ignore[arg-type]
    assert got is not None
    return got


A, B, NEW, OTHER = "8507600010", "8507600090", "8507600091", "8507600092"


@pytest.mark.parametrize(
    "lineage",
    [
        Lineage((NEW,), {NEW: (A,)}, imported_sha256=""),  # nothing was imported
        Lineage((), {NEW: (A,)}),  # no edition prints the code
        Lineage((), {NEW: (A,)}, old=(NEW,)),  # the lists have seen it
    ],
)
def test_a_code_that_is_not_new_inherits_nothing(tmp_path: Path, lineage: Lineage) -> None:
    assert inherit(listing(tmp_path, A), lineage, NEW) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("came_from", "new", "sources"),
    [
        ({NEW: (A,)}, (NEW,), (A,)),
        ({NEW: (B, A)}, (NEW,), (A, B)),
        # through a code that is new itself, as far as the codes that were seen
        ({NEW: (OTHER,), OTHER: (A,)}, (NEW, OTHER), (A,)),
        ({NEW: (OTHER, B), OTHER: (A, B)}, (NEW, OTHER), (A, B)),
        # codes that came from each other lead nowhere, and do not go round for ever
        ({NEW: (OTHER, A), OTHER: (NEW,)}, (NEW, OTHER), (A,)),
        # a move whose other end is not known is none
        ({NEW: ("", A)}, (NEW,), (A,)),
        # a statistical line without a number before has one by its rate line
        ({NEW[:8]: (A,)}, (NEW, NEW[:8]), (A,)),
    ],
)
def test_a_new_code_inherits_from_the_codes_before_that_the_lists_have_seen(
    tmp_path: Path,
    came_from: dict[str, tuple[str, ...]],
    new: tuple[str, ...],
    sources: tuple[str, ...],
) -> None:
    got = found(listing(tmp_path, "85076000"), Lineage(new, came_from), NEW)
    assert got.sources == sources
    assert list(got.members) == ["small-list"]
    assert got.open == ()


def test_the_rate_line_is_asked_only_where_it_is_new_itself(tmp_path: Path) -> None:
    lineage = Lineage((NEW,), {NEW[:8]: (A,)}, old=(NEW[:8],))
    assert found(listing(tmp_path, A), lineage, NEW).sources == ()


def test_codes_before_that_agree_leave_nothing_open(tmp_path: Path) -> None:
    got = found(listing(tmp_path, A, B), Lineage((NEW,), {NEW: (A, B)}), NEW)
    # of two ways that say the same, either stands for the code
    assert [row.code in (A, B) for row in got.members["small-list"]] == [True]
    assert (got.lists, got.open) == (("small-list",), ())
    assert got.notes == (
        "8507.60.00.91 first stands in second, which the register's lists have not seen: it "
        "inherits from 8507.60.00.10, 8507.60.00.90 its place on the list of the small list.",
    )


def test_codes_before_that_differ_leave_the_list_open(tmp_path: Path) -> None:
    got = found(listing(tmp_path, B), Lineage((NEW,), {NEW: (A, B)}), NEW)
    # the way with the fewest rows counts for now, and the other is asked about
    assert got.members == {}
    (question,) = got.open
    assert (question.list, [row.code for row in question.rows]) == ("small-list", [B])
    assert question.because == (
        "The code first stands in second, and the codes before it differ: "
        "8507.60.00.10, 8507.60.00.90."
    )
    assert got.notes[0].endswith("8507.60.00.90; they are on no list.")


def test_where_a_part_of_it_came_from_nowhere_its_own_digits_are_a_way_too(
    tmp_path: Path,
) -> None:
    # OTHER is new and came from nothing, so that not the whole of the goods was on the list
    lineage = Lineage((NEW, OTHER), {NEW: (A, OTHER)})
    got = found(listing(tmp_path, A), lineage, NEW)
    assert got.members == {}
    assert [(each.list, [row.code for row in each.rows]) for each in got.open] == [
        ("small-list", [A])
    ]
    # where all of it has a code before, nothing is open
    whole = found(listing(tmp_path, A), Lineage((NEW, OTHER), {NEW: (A, OTHER), OTHER: (A,)}), NEW)
    assert list(whole.members) == ["small-list"]
    assert whole.open == ()


def test_a_list_that_names_parts_of_the_code_before_is_open(tmp_path: Path) -> None:
    lineage = Lineage((NEW[:8],), {NEW[:8]: ("85078040",)})
    got = found(listing(tmp_path, "8507804000", "8507804010"), lineage, NEW[:8])
    (question,) = got.open
    assert [row.code for row in question.rows] == ["8507804000", "8507804010"]
    assert question.because == (
        "The code first stands in second, and the list names only a part of 8507.80.40, its code "
        "before."
    )


@pytest.mark.parametrize(
    ("new", "beside", "open_"),
    [
        # a new line of an old subheading: what stands in the subheading
        ((NEW,), "8507600010", True),
        ((NEW,), "8507800010", False),
        # a new subheading: what stands in the heading
        ((NEW, NEW[:6]), "8507800010", True),
        ((NEW, NEW[:6]), "8506800010", False),
    ],
)
def test_what_lies_beside_a_code_that_came_from_nowhere_is_open(
    tmp_path: Path, new: tuple[str, ...], beside: str, open_: bool
) -> None:
    got = found(listing(tmp_path, beside), Lineage(new, {}), NEW)
    assert got.sources == got.lists == ()
    assert [row.code for each in got.open for row in each.rows] == ([beside] if open_ else [])
    assert got.notes == (
        "8507.60.00.91 first stands in second, which the register's lists have not seen, and no "
        "code before it can be named.",
    )


def test_a_shorter_code_on_a_list_holds_for_a_code_from_nowhere(tmp_path: Path) -> None:
    got = found(listing(tmp_path, "850760", "8507600010"), Lineage((NEW,), {}), NEW)
    assert [row.code for row in got.members["small-list"]] == ["850760"]
    assert got.open == ()
    assert got.notes[0].endswith(
        "can be named; a shorter code stands on the list of the small list."
    )


def test_no_more_than_four_codes_are_named(tmp_path: Path) -> None:
    codes = [f"85076000{number}0" for number in range(1, 7)]
    got = found(listing(tmp_path, *codes), Lineage((NEW,), {}), NEW)
    (question,) = got.open
    assert "8507.60.00.10, 8507.60.00.20, 8507.60.00.30, 8507.60.00.40 and 2 more" in (
        question.because
    )
    got = found(listing(tmp_path, *codes[:4]), Lineage((NEW,), {}), NEW)
    assert "8507.60.00.40 beside it." in got.open[0].because


# --- minutes of change ---------------------------------------------------------------------------


class Held(NamedTuple):
    start: int
    until: int | None


def test_a_stacking_rule_holds_from_its_first_minute_to_the_one_before_its_end() -> None:
    rules = [Held(10, 20), Held(15, None)]
    numbers, active = stacking_rules_in_force(rules, [9, 10, 14, 15, 19, 20, 9, 15])  # type: ignore[arg-type]
    assert [active[number] for number in numbers] == [
        (), (0,), (0,), (0, 1), (0, 1), (1,), (), (0, 1),
    ]  # fmt: skip
    # equal sets of rules share a number, given as they first appear
    assert numbers == [0, 1, 1, 2, 2, 3, 0, 2]


def test_ends_that_are_not_known_are_no_changepoints() -> None:
    measure = SimpleNamespace(voids=[Held(5, None), Held(7, 9)])
    assert void_changepoints(measure) == {5, 7, 9}  # type: ignore[arg-type]
    assert known_edges([None, 3, 3, None]) == {3}


def test_a_measure_changes_where_one_of_its_lists_does(tmp_path: Path) -> None:
    rows = "8507600010\t2025-01-01\t2025-03-01\t\t\n8507600090\t2025-02-01\t\t\t\n"
    register = small_register(tmp_path, {"lists/small-list.tsv": HEADER + COLUMNS + rows})
    points = Changepoints(register)
    days = {
        edge
        for _, start, until in register.list_days()
        for edge in (start, until)
        if edge is not None
    }
    assert len(days) == 3
    measure = next(
        each for each in register.measures()
        if any("small-list" in provision.goods for provision in each.provisions)
    )  # fmt: skip
    assert days <= points.of_measure(measure)
    bare = measure._replace(
        provisions=tuple(each._replace(goods=(), not_goods=()) for each in measure.provisions)
    )
    assert points.of_measure(bare) < points.of_measure(measure)
    assert points.of_measure(measure) <= points.of_law([measure])
