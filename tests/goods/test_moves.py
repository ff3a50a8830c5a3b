"""How moves of codes are derived, on small editions made by hand."""

from __future__ import annotations

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
