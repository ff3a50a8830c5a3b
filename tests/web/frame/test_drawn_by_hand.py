"""Drawings of pages from small records, each place worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from detente.api.refusals import RefusedError
from detente.web import chronicle, measure_timeline
from detente.web.frame.page_query import checked_hash, read
from detente.web.history import _and, _goods


def run(first: str | None, until: str | None, state: str = "in_force", rate: str = "10%") -> Any:
    return {"from": first, "until": until, "state": state, "rate": rate}


def provision(name: str, *runs: Any, title: str = "", heading: str | None = None) -> Any:
    return {"id": name, "title": title, "heading": heading, "history": list(runs)}


def test_provisions_of_a_record_are_drawn_day_by_day() -> None:
    january, later = run("2025-01-01", "2025-02-01"), run("2025-02-01", None, "suspended")
    found = measure_timeline.draw(
        {
            "title": "an order",
            "limbs": [
                provision("main-part", january, later, heading="9903.01.01"),
                provision("b", january, later, title="Second", heading="9903.01.02"),
                provision("c", run(None, "2025-01-16", rate="free")),
                provision("never"),
            ],
        },
        "2025-01-16",
    )
    assert found is not None
    # 1 January to 1 February are 32 days, and 30 more are left open: 62 in all.
    assert found.today == "24.194%"  # 15 of 62
    first, second = found.rows
    assert (first.label, first.figure) == ("Main part; Second", "")
    assert [(each.x, each.width, each.kind, each.label) for each in first.pieces] == [
        ("0.000%", "50.000%", "live", "10%"),
        ("50.000%", "50.000%", "suspended", ""),
    ]
    assert first.pieces[0].words == "10%, in force from 1 January 2025 until 1 February 2025"
    # What has no first day was always there; what has no last day goes on to the edge.
    assert [(each.x, each.width, each.label) for each in second.pieces] == [
        ("0.000%", "24.194%", "free")
    ]
    assert [(row.label_y, row.bar_y) for row in found.rows] == [(40, 46), (86, 92)]
    assert (found.height, found.bar_height, found.axis_y) == (6 + 2 * 46 + 22, 16, 14)
    assert found.kinds == (("live", "in force"), ("suspended", "suspended or not enforced"))
    assert found.description.startswith("3 provisions of an order, each a bar")
    assert found.title == "The days of an order"
    assert (
        measure_timeline.draw({"title": "x", "limbs": [provision("never")]}, "2025-01-01") is None
    )


def test_of_a_long_record_a_twenty_fifth_is_left_open_and_every_second_year_is_named() -> None:
    limbs = [provision("a", run("2018-01-01", "2029-01-01"))]
    found = measure_timeline.draw({"title": "x", "limbs": limbs}, "2020-01-01")
    assert found is not None
    # 4,018 days and the last one, and a twenty-fifth of them: 161.
    assert found.rows[0].pieces[0].width == f"{4018 / (4019 + 161) * 100:.3f}%"
    # Twelve years begin, more than nine: 2029 lies too near to the edge for its number.
    assert [year for _, year in found.years] == ["2019", "2021", "2023", "2025", "2027"]
    assert found.years[0][0] == f"{365 / 4180 * 100:.3f}%"
    short = [provision("a", run("2018-06-01", "2026-06-01"))]
    some = measure_timeline.draw({"title": "x", "limbs": short}, "2020-01-01")
    assert some is not None
    assert [year for _, year in some.years] == [str(year) for year in range(2019, 2027)]


@pytest.mark.parametrize(
    ("rate", "shown"), [("10% of 25%", "10% of 25%"), ("10% or 25% or 30%", "")]
)
def test_a_rate_stands_in_its_bar_where_it_has_room(rate: str, shown: str) -> None:
    # Of 100 shown days the bar has 30, room for eleven signs of 2.6 percent each.
    limbs = [provision("a", run("2025-01-01", "2025-01-31", rate=rate))]
    found = measure_timeline.draw({"title": "x", "limbs": limbs}, "2025-03-11")
    assert found is not None
    assert found.rows[0].pieces[0].width == "30.000%"
    assert found.rows[0].pieces[0].label == shown


@pytest.mark.parametrize(
    ("count", "words"), [(1, "A"), (3, "A; B; C"), (4, "4 provisions: A; B; C and others")]
)
def test_three_provisions_are_named(count: int, words: str) -> None:
    group = [provision(name, run("2025-01-01", None)) for name in "abcd"[:count]]
    assert measure_timeline.provision_words(group) == words


def test_provisions_with_different_rates_show_none() -> None:
    one, other = run("2025-01-01", None), run("2025-01-01", None, rate="20%")
    assert measure_timeline.rate_words([provision("a", one)], 0) == "10%"
    assert measure_timeline.rate_words([provision("a", one), provision("b", other)], 0) == ""
    assert measure_timeline.rate_words([provision("a", run("", None, rate=""))], 0) == ""


def happenings(*months: tuple[str, str, int]) -> list[chronicle.Happening]:
    return [
        chronicle.Happening(
            f"{month}-{at + 1:02}", "", by, "measure", "a", "A", "", False, "", (), (), ()
        )
        for by, month, count in months
        for at in range(count)
    ]


def test_announcements_of_two_months_are_bars_above_and_below_a_line() -> None:
    found = chronicle.draw(happenings(("US", "2024-12", 4), ("CN", "2025-01", 1)))
    assert found is not None
    # The numbers take 4 of 100; each month has 48, of which a bar takes the middle 38.4.
    assert [tuple(each) for each in found.bars] == [
        ("8.800%", "38.400%", 0.0, 88.0, "US"),
        ("56.800%", "38.400%", 100.0, 22.0, "CN"),
    ]
    assert [(each.x, each.width) for each in found.segments] == [
        ("4.000%", "48.000%"),
        ("52.000%", "48.000%"),
    ]
    assert found.segments[1].words == "2025-01: United States 0, China 1"
    # Four are drawn over 88 pixels, with a line at every second.
    assert found.grid == ((44.0, 2), (144.0, 2), (0.0, 4), (188.0, 4))
    assert found.years == (("52.000%", "2025"),)
    assert (found.height, found.axis_y, found.years_y) == (208, 94, 203)
    assert found.span == ("2024-12-01", "2025-02-01")
    assert "4 announcements of the United States" in found.description
    assert "1 of China" in found.description
    assert "from 2024-12 to 2025-01; the most fell in 2024-12." in found.description


def test_a_bar_of_one_among_many_is_still_seen() -> None:
    found = chronicle.draw(happenings(("US", "2025-01", 28), ("US", "2025-02", 28))
                           + happenings(("US", "2025-01", 28), ("US", "2025-03", 1)))  # fmt: skip
    assert found is not None
    assert [each.height for each in found.bars] == [88.0, 44.0, 3.0]  # 1 of 56 would have 1.6
    assert found.bars[2].y == 85.0


@pytest.mark.parametrize(
    ("most", "numbers"),
    [(1, [1]), (3, [1, 2, 3]), (4, [2, 4]), (6, [2, 4, 6]), (7, [5]), (15, [5, 10, 15]),
     (16, [10]), (30, [10, 20, 30]), (31, [20]), (400, [100, 200, 300, 400])],
)  # fmt: skip
def test_few_lines_across_stand_at_round_numbers(most: int, numbers: list[int]) -> None:
    lines = list(chronicle._grid(most))
    assert [number for _, number in lines[::2]] == numbers == [number for _, number in lines[1::2]]
    assert lines[-2:][0][0] == round(88 - numbers[-1] / most * 88, 1)


@pytest.mark.parametrize(("before", "drawn"), [("2021-12", False), ("2022-12", True)])
def test_two_quiet_years_are_drawn_and_three_are_not(before: str, drawn: bool) -> None:
    found = chronicle.draw(happenings(("US", before, 2), ("CN", "2024-12", 1)))
    assert found is not None
    assert ("2 earlier ones are not drawn" in found.description) is not drawn
    assert found.rows[0] == ((before, (2, 0)) if drawn else ("2024-12", (0, 1)))
    assert found.years[0][1] == ("2023" if drawn else "2024-12")


def test_nothing_is_drawn_of_no_side() -> None:
    assert chronicle.draw(happenings(("EU", "2025-01", 2))) is None


def test_of_many_years_every_second_is_named_and_none_at_the_edge() -> None:
    months = [f"{year}-{month:02}" for year in range(2010, 2020) for month in range(1, 13)]
    named = [year for _, year in chronicle._years([*months, "2020-01"])]
    assert named == ["2010", "2012", "2014", "2016", "2018"]
    assert [year for _, year in chronicle._years(months[:96])] == [
        str(year) for year in range(2010, 2018)
    ]


@pytest.mark.parametrize(
    ("words", "said"), [(["a", "b", "c"], "a, b, c"), (["a", "b", "c", "d"], "a, b, c and 1 more")]
)
def test_a_deed_names_three(words: list[str], said: str) -> None:
    assert chronicle._some(words) == said


@pytest.mark.parametrize(
    ("text", "hash_"),
    [("", ""), ("ABCDEF01", "abcdef01"), ("0" * 64, "0" * 64), ("0" * 7, None), ("0" * 65, None),
     ("0123456g", None)],
)  # fmt: skip
def test_the_beginning_of_a_hash_has_eight_to_sixty_four_digits(
    text: str, hash_: str | None
) -> None:
    if hash_ is not None:
        assert checked_hash(text) == hash_
        return
    with pytest.raises(RefusedError) as refused:
        checked_hash(text)
    assert refused.value.refusal.where == "register"


def test_a_form_gives_facts_and_quantities_by_their_own_fields() -> None:
    given = [("code", " 8507  60 "), ("fact.auto_part", "true"), ("fact.empty", ""),
             ("quantity.kg", "5"), ("quantity.no", " "), ("seen", "a:0.1;;b:5%"),
             ("value", "")]  # fmt: skip
    asked = read(given)
    assert asked.parameters == [
        ("code", "8507 60"),
        ("fact", "auto_part=true"),
        ("quantity", "5kg"),
    ]
    assert asked.seen == (("a", "0.1"), ("b", "5%"))
    assert (asked.one("code"), asked.one("on"), asked.all("fact")) == (
        "8507 60",
        "",
        ["auto_part=true"],
    )


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("w" * 60, "w" * 60),
        (f"{'w' * 50}, {'v' * 10}", f"{'w' * 50} \u2026"),
    ],
)
def test_a_title_has_the_first_words_of_a_heading(words: str, title: str) -> None:
    line = {"path": [words], "description": "d"}
    answer: Any = {"question": {"code": "85076000"}, "line": line}
    assert _goods(answer) == f"8507.60.00, {title}"
    assert _goods({**answer, "line": {"path": [], "description": "d"}}) == "8507.60.00, d"
    assert _goods({**answer, "line": None}) == "8507.60.00"


def test_names_are_joined_with_an_and() -> None:
    assert [_and(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]
