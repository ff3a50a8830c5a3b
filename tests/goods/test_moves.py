"""How moves of codes are derived, on small editions made by hand."""

from __future__ import annotations

import pytest

from detente.goods.export import EditionRow, WordGroups
from detente.goods.lines import Move
from detente.goods.moves import moves_between_trees, moves_of_editions

LINE = "01020304"


def row(words: str, parent: str = LINE, rate: str = "", column_2: str = "") -> EditionRow:
    return EditionRow("2", parent, words, "No.", rate, "", column_2, "")


def edition(**lines: str) -> dict[str, EditionRow]:
    """Make an edition of one rate line with statistical lines, suffix to words."""
    rows = {LINE: row("Things", "", "5%", "30%")}
    return rows | {LINE + suffix[1:]: row(words) for suffix, words in lines.items()}


def steps(
    before: dict[str, EditionRow], after: dict[str, EditionRow], groups: WordGroups | None = None
) -> set[str]:
    moves = moves_of_editions(["old", "new"], [before, after], groups or WordGroups())
    return {f"{m.from_code[8:]}>{m.to_code[8:]} {m.kind} {m.grade}" for m in moves}


def test_a_line_with_the_same_words_was_renumbered() -> None:
    assert steps(edition(_10="Red", _20="Blue"), edition(_10="Red", _25="Blue")) == {
        "20>25 renumbered exact"
    }


def test_a_lone_line_that_is_divided_was_split() -> None:
    before = {LINE + "00": row("Things", "", "5%", "30%")}
    assert steps(before, edition(_10="Red", _90="Other")) == {
        "00>10 split exact",
        "00>90 split exact",
    }


def test_a_line_whose_words_became_a_group_was_split_into_its_members() -> None:
    groups = WordGroups()
    inside = groups.id_of(LINE, "Blue:")
    after = edition(_10="Red") | {
        LINE + "31": row("Dark", inside),
        LINE + "39": row("Other", inside),
    }
    assert steps(edition(_10="Red", _30="Blue"), after, groups) == {
        "30>31 split exact",
        "30>39 split exact",
    }


def test_other_beside_new_lines_is_not_the_same_line_as_before() -> None:
    found = steps(edition(_10="Red", _90="Other"), edition(_10="Red", _50="Blue", _95="Other"))
    assert found == {"90>95 renumbered line", "90>50 carved line"}


def test_a_line_carved_out_of_one_that_stayed_names_the_residual_line() -> None:
    found = steps(edition(_10="Red", _90="Other"), edition(_10="Red", _50="Blue", _90="Other"))
    assert found == {"90>50 carved line"}


def test_what_words_do_not_pair_is_paired_by_the_line_alone_and_says_so() -> None:
    found = steps(edition(_10="Red", _20="Blue"), edition(_30="Large", _40="Small"))
    assert found == {f"{a}>{b} regrouped line" for a in ("10", "20") for b in ("30", "40")}


def test_a_line_that_only_changed_its_group_is_likely_the_same() -> None:
    groups = WordGroups()
    inside = groups.id_of(LINE, "Other:")
    after = edition(_10="New") | {
        LINE + "35": row("Large", inside),
        LINE + "55": row("Other", inside),
    }
    # The old "other" lay beside "large"; the new one takes "large" in, so it is not the same.
    assert steps(edition(_30="Large", _50="Other"), after, groups) == {
        "30>35 renumbered likely",
        "50>55 split line",
        "50>10 carved line",
    }


def tree(**lines: tuple[str, str]) -> dict[str, EditionRow]:
    """Make an edition of rate lines, code to words and rate; column 2 is the same everywhere."""
    return {code[1:]: row(words, "", rate, "40%") for code, (words, rate) in lines.items()}


def between(
    before: dict[str, EditionRow], after: dict[str, EditionRow]
) -> list[tuple[str, str, str]]:
    moves: list[Move] = list(moves_between_trees("old", "new", before, after))
    return [(move.from_code, move.to_code, move.grade) for move in moves]


def test_a_rate_line_alone_in_its_place_with_equal_rates_was_renumbered() -> None:
    before, after = tree(_85013180=("Generators", "2.5%")), tree(_85013181=("Other", "2.5%"))
    assert between(before, after) == [("85013180", "85013181", "likely")]


def test_a_rate_line_with_another_rate_is_never_named() -> None:
    before, after = tree(_85013180=("Generators", "2.5%")), tree(_85013181=("Generators", "3%"))
    assert between(before, after) == [("85013180", "", "unknown"), ("", "85013181", "unknown")]


def test_two_rate_lines_that_fit_as_well_are_never_chosen_between() -> None:
    before = tree(_85171200=("Telephones for cellular networks", "Free"))
    after = tree(
        _85171300=("Telephones for cellular networks, smart", "Free"),
        _85171400=("Telephones for cellular networks, plain", "Free"),
    )
    assert between(before, after)[0] == ("85171200", "", "unknown")


def test_a_line_that_joined_another_was_merged_and_one_that_stayed_can_take_it_in() -> None:
    groups = WordGroups()
    inside = groups.id_of(LINE, "Blue:")
    before = edition(_10="Red") | {
        LINE + "31": row("Dark", inside),
        LINE + "39": row("Light", inside),
    }
    assert steps(before, edition(_10="Red", _30="Blue"), groups) == {
        "31>30 merged exact",
        "39>30 merged exact",
    }
    both = edition(_10="Red", _30="Blue") | {LINE + "31": row("Dark", inside)}
    assert steps(both, edition(_10="Red", _30="Blue"), groups) == {"31>30 merged exact"}


def test_other_with_more_in_it_is_merged_by_the_line_alone() -> None:
    groups = WordGroups()
    inside = groups.id_of(LINE, "Other:")
    before = edition(_10="Red", _20="Blue") | {
        LINE + "51": row("Large", inside),
        LINE + "59": row("Other", inside),
    }
    # Blue went as well and nothing says where to, so the new "other" may hold it.
    assert steps(before, edition(_10="Red", _50="Other"), groups) == {
        "51>50 merged line",
        "59>50 merged line",
        "20>50 regrouped line",
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Nothing is left of the rate line, and nothing was there before it.
        ({"_10": "Red"}, None, {"10> dropped unknown"}),
        (None, {"_10": "Red"}, {">10 new unknown"}),
        # What went beside lines that stayed may lie in any of them.
        (
            {"_10": "Red", "_20": "Blue", "_30": "Green"},
            {"_10": "Red", "_30": "Green"},
            {"20>10 regrouped line", "20>30 regrouped line"},
        ),
        # What came is carved out of any, where none is called "other".
        (
            {"_10": "Red", "_30": "Green"},
            {"_10": "Red", "_20": "Blue", "_30": "Green"},
            {"10>20 carved line", "30>20 carved line"},
        ),
        # Words that two lines have in one edition pair nothing.
        (
            {"_10": "Red", "_20": "Red"},
            {"_30": "Red"},
            {"10>30 regrouped line", "20>30 regrouped line"},
        ),
        (
            {"_10": "Red"},
            {"_20": "Red", "_30": "Red"},
            {"10>20 regrouped line", "10>30 regrouped line"},
        ),
        # The words are compared without their case.
        ({"_10": "RED"}, {"_20": "Red"}, {"10>20 renumbered exact"}),
        # "Other" with the same lines beside it is the same "other".
        (
            {"_10": "Red", "_90": "Other"},
            {"_10": "Red", "_95": "Other"},
            {"90>95 renumbered exact"},
        ),
        # The number of the rate line itself, and what keeps its words and its number, do not move.
        ({"_10": "Red"}, {"_10": "Red"}, set()),
    ],
)
def test_what_is_said_of_lines_that_went_and_came(
    before: dict[str, str] | None, after: dict[str, str] | None, expected: set[str]
) -> None:
    old, new = (edition(**each) if each is not None else {} for each in (before, after))
    assert steps(old, new) == expected


def test_every_pair_of_neighboring_editions_is_compared_and_named() -> None:
    first, second, third = edition(_10="Red"), edition(_20="Red"), edition(_30="Red")
    moves = list(moves_of_editions(["a", "b", "c"], [first, second, third], WordGroups()))
    assert moves == [
        Move(LINE + "10", LINE + "20", "a", "b", "renumbered", "exact"),
        Move(LINE + "20", LINE + "30", "b", "c", "renumbered", "exact"),
    ]


@pytest.mark.parametrize(
    ("chapter", "followed"), [("01", True), ("97", True), ("98", False), ("99", False)]
)
def test_only_lines_of_the_nomenclature_are_followed(chapter: str, followed: bool) -> None:
    stem = f"{chapter}020304"
    before, after = ({stem: row("Things", "", "5%", "30%"), stem + end: row("Red", stem)}
                     for end in ("10", "20"))  # fmt: skip
    assert bool(list(moves_of_editions(["a", "b"], [before, after], WordGroups()))) is followed
    old, new = {stem + "00": row("Red", "", "5%")}, {stem[:7] + "900": row("Red", "", "5%")}
    assert bool(list(moves_between_trees("a", "b", old, new))) is followed


def test_a_move_between_nomenclatures_names_both_and_what_it_is() -> None:
    before = tree(_85013180=("Generators", "2.5%"), _85020000=("Sets", "2%"))
    after = tree(_85013181=("Other", "2.5%"), _86010000=("Rail", "2%"))
    assert list(moves_between_trees("2017", "2022", before, after)) == [
        Move("85013180", "85013181", "2017", "2022", "renumbered", "likely"),
        Move("85020000", "", "2017", "2022", "unknown", "unknown"),
        Move("", "86010000", "2017", "2022", "unknown", "unknown"),
    ]


FIVE = "alpha beta gamma delta epsilon"


@pytest.mark.parametrize(
    ("before", "after", "successor"),
    [
        # Alone under six digits words need not agree; under four they must, three of five.
        (("85013180", "Generators"), ("85013190", "Motors"), "85013190"),
        (("85013180", "Generators"), ("85014180", "Motors"), ""),
        (("85013180", FIVE), ("85014180", "gamma beta alpha"), "85014180"),
        (("85013180", FIVE), ("85014180", "alpha beta"), ""),
        # Of the old line's words: those that the new one has beside them do not count.
        (("85013180", "alpha"), ("85014180", FIVE), "85014180"),
        # Words without meaning and case say nothing, nor does "other".
        (("85013180", "Alpha of the other"), ("85014180", "ALPHA"), "85014180"),
        (("85013180", "Of the other"), ("85014180", "Of the other"), ""),
        # Another heading is another place.
        (("85013180", FIVE), ("85023180", FIVE), ""),
    ],
)
def test_a_successor_needs_most_words_unless_it_is_alone_in_its_subheading(
    before: tuple[str, str], after: tuple[str, str], successor: str
) -> None:
    old, new = ({code: row(words, "", "2%", "40%")} for code, words in (before, after))
    found = {move[0]: move[1] for move in between(old, new)}
    assert found[before[0]] == successor
    assert ("" in found) is (successor == "")


def test_two_lines_in_a_subheading_are_told_apart_by_words() -> None:
    before = tree(_85013110=("Small motors", "2%"), _85013120=("Large engines", "2%"))
    after = tree(_85013130=("Large engines", "2%"), _85013140=("Small motors", "2%"))
    assert between(before, after) == [
        ("85013110", "85013140", "likely"),
        ("85013120", "85013130", "likely"),
    ]
    # Of one that went and two that came neither is alone, and none has its words.
    one = tree(_85013110=("Small motors", "2%"))
    two = tree(_85013130=("Engines", "2%"), _85013140=("Turbines", "2%"))
    assert between(one, two)[0] == ("85013110", "", "unknown")
    assert between(two, one) == [
        ("85013130", "", "unknown"),
        ("85013140", "", "unknown"),
        ("", "85013110", "unknown"),
    ]


def test_a_line_that_two_agree_with_is_the_successor_of_neither() -> None:
    before = tree(_85013110=("Small motors", "2%"), _85013120=("Small motors", "2%"))
    after = tree(_85013130=("Small motors", "2%"))
    assert between(before, after) == [
        ("85013110", "", "unknown"),
        ("85013120", "", "unknown"),
        ("", "85013130", "unknown"),
    ]


def test_the_nearer_successor_is_named_before_the_farther() -> None:
    # Both old lines have the words of the new one; only the second stands under its six digits.
    before = tree(_85014110=("Small motors", "2%"), _85013120=("Small motors", "2%"))
    after = tree(_85013130=("Small motors", "2%"))
    assert between(before, after) == [
        ("85013120", "85013130", "likely"),
        ("85014110", "", "unknown"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (("2.5%", "35%"), ("2.5 %", "35%"), True),
        (("Free", "35%"), ("FREE", "35%"), True),
        (("2.5%", "35%"), ("2.5%", "40%"), False),
        (("2.5%", "35%"), ("3%", "35%"), False),
    ],
)
def test_both_columns_of_rates_must_agree(
    old: tuple[str, str], new: tuple[str, str], same: bool
) -> None:
    before = {"85013110": row("Motors", "", *old)}
    after = {"85013120": row("Motors", "", *new)}
    assert (between(before, after)[0][1] == "85013120") is same


def test_the_rows_above_lend_their_words_and_rows_without_a_rate_are_no_rate_lines() -> None:
    def line(code: str, heading: str, subheading: str) -> dict[str, EditionRow]:
        above = {code[:4]: row(heading, ""), code[:6]: row(subheading, "")}
        return above | {code: row("Other", "", "2%", "40%")}

    old = line("85013110", "Motors", "Of brass")
    # Two words of two agree; one of two is less than three of five.
    assert between(old, line("85014110", "Motors", "Of brass"))[0][1] == "85014110"
    assert between(old, line("85014110", "Motors", "Of steel"))[0][1] == ""
    assert [move[0] for move in between(old, {})] == ["85013110"]
