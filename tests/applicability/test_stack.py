"""Which provision of a measure is filed, and who gives way to whom."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice, permutations
from pathlib import Path

import pytest

from detente.duty.question import DutyQuestion
from detente.register.book import Register
from tests.small_register import Reckoned, reckon, small_register

DAY = "2025-07-01"


def duty(
    name: str, provisions: str, period: str = '{provision: all, from: 2025-02-04, add: "10%"}'
) -> str:
    """A measure on everything of China, announced and begun in February 2025."""
    return (
        f'id: us-{name}\ntitle: Duty {name}\nby: US\nfamily: "232"\nauthority: [order-1]\n'
        f"places: china\nprovisions: [{provisions}]\nevents:\n"
        f"  - {{announced: 2025-02-01, source: order-1, periods: [{period}]}}\n"
        "verified: {day: 2026-10-10, grade: primary}\n"
    )


def gives_way(yielding: str, to: str, basis: str = "article", more: str = "") -> str:
    return (
        f'- {{yielding: "us-{yielding}", prevailing: "us-{to}", basis: {basis}, '
        f'heading: "9903.99.{yielding[0]}", '
        f"announced: 2025-02-01, from: 2025-02-04, source: order-2{more}}}\n"
    )


def register(folder: Path, measures: dict[str, str], stacking_rules: str = "[]\n") -> Register:
    files: dict[str, str | bytes | None] = {
        "us/tariff/duty.yaml": None,
        "yields.yaml": stacking_rules,
    }
    files.update({f"us/tariff/{name}.yaml": text for name, text in measures.items()})
    return small_register(folder, files)


def ask(register: Register, on: str = DAY, **facts: str) -> Reckoned:
    return reckon(register, DutyQuestion("8507.60.00", "CN", on, value="1000", facts=facts), "0%")


def found(reckoned: Reckoned) -> list[str]:
    return [term.measure.id for term in reckoned.stack.terms if term.measure.id != "us-mfn"]


MAIN = '{id: main, heading: "9903.99.01"}'
A, B, C = (duty(name, MAIN) for name in "abc")


def test_what_no_row_names_adds(tmp_path: Path) -> None:
    reckoned = ask(register(tmp_path, {"a": A, "b": B}))
    assert reckoned.amounts.share == Fraction(20, 100)  # 10 + 10


def test_the_first_limb_that_fits_is_the_one_filed(tmp_path: Path) -> None:
    provisions = (
        "{id: other-goods, goods: ['9503']}, {id: other-place, places: JP}, "
        "{id: civil, when: {use: {is: military}}}, {id: unpainted}, {id: here, goods: ['8507']}, "
        "{id: rest}"
    )
    period = (
        '{provision: [other-goods, other-place, civil, here, rest], from: 2025-02-04, add: "10%"}'
    )
    term = ask(register(tmp_path, {"a": duty("a", provisions, period)})).term("us-a")
    assert term is not None
    assert term.provision.id == "here"


def test_a_limb_that_has_ended_lets_the_next_one_be_filed(tmp_path: Path) -> None:
    period = (
        '{provision: first, from: 2025-02-04, until: 2025-06-01, add: "10%"}, '
        '{provision: second, from: 2025-02-04, add: "20%"}'
    )
    asked = register(tmp_path, {"a": duty("a", "{id: first}, {id: second}", period)})
    provisions = {day: ask(asked, day).term("us-a") for day in ("2025-05-31", "2025-06-01")}
    assert [term and term.provision.id for term in provisions.values()] == ["first", "second"]


def test_the_loser_on_the_article_leaves_it_and_files_the_heading_of_the_row(
    tmp_path: Path,
) -> None:
    reckoned = ask(register(tmp_path, {"a": A, "b": B}, gives_way("a", "b")))
    assert found(reckoned) == ["us-b"]
    (kept,) = reckoned.stack.not_applied
    assert (kept.measure.id, kept.heading, kept.reason) == ("us-a", "9903.99.a", "yields")


def test_the_loser_on_the_content_is_charged_on_the_rest_of_the_value(tmp_path: Path) -> None:
    steel = duty("b", "{id: main, base: steel}")
    reckoned = ask(
        register(tmp_path, {"a": A, "b": steel}, gives_way("a", "b", "content")), steel_value="40%"
    )
    # 10% of the steel, 400.00, and 10% of the other 600.00.
    cents = {layer.term.measure.id: (layer.base, layer.cents) for layer in reckoned.amounts.layers}
    assert cents["us-b"] == (40_000, 4_000)
    assert cents["us-a"] == (60_000, 6_000)


def test_a_measure_that_yielded_displaces_nobody(tmp_path: Path) -> None:
    stacking_rules = gives_way("a", "b") + gives_way("b", "c")
    reckoned = ask(register(tmp_path, {"a": A, "b": B, "c": C}, stacking_rules))
    assert found(reckoned) == ["us-a", "us-c"]


def test_a_limb_that_charges_nothing_displaces_only_where_the_row_names_it(tmp_path: Path) -> None:
    nil = duty("b", "{id: nil}", "{provision: nil, from: 2025-02-04, free: true}")
    unnamed = register(tmp_path / "1", {"a": A, "b": nil}, gives_way("a", "b"))
    named = register(tmp_path / "2", {"a": A, "b": nil}, gives_way("a", "b/[nil]"))
    assert found(ask(unnamed)) == ["us-a", "us-b"]
    assert found(ask(named)) == ["us-b"]


def test_a_limb_that_charges_nothing_has_nothing_to_give_up_unless_it_is_named(
    tmp_path: Path,
) -> None:
    nil = duty("a", "{id: nil}", "{provision: nil, from: 2025-02-04, free: true}")
    unnamed = register(tmp_path / "1", {"a": nil, "b": B}, gives_way("a", "b"))
    named = register(tmp_path / "2", {"a": nil, "b": B}, gives_way("a/[nil]", "b"))
    assert found(ask(unnamed)) == ["us-a", "us-b"]
    assert found(ask(named)) == ["us-b"]


def test_a_row_for_some_limbs_leaves_the_others_alone(tmp_path: Path) -> None:
    provisions = "{id: military, when: {use: {is: military}}}, {id: rest}"
    asked = register(tmp_path, {"a": A, "b": duty("b", provisions)}, gives_way("a", "b/[military]"))
    assert found(ask(asked)) == ["us-a", "us-b"]
    assert found(ask(asked, use="military")) == ["us-b"]


def test_a_row_holds_from_its_first_day_to_the_last_before_its_end(tmp_path: Path) -> None:
    row = gives_way("a", "b", more=", until: 2025-06-01")
    asked = register(tmp_path, {"a": A, "b": B}, row)
    assert found(ask(asked, "2025-02-04")) == ["us-b"]
    assert found(ask(asked, "2025-05-31")) == ["us-b"]
    assert found(ask(asked, "2025-06-01")) == ["us-a", "us-b"]


@pytest.mark.parametrize(
    ("known_on", "wanted"),
    [("2025-02-28", ["us-a", "us-b"]), ("2025-03-01", ["us-b"]), (None, ["us-b"])],
)
def test_a_row_announced_later_is_not_known_before(
    tmp_path: Path, known_on: str | None, wanted: list[str]
) -> None:
    row = gives_way("a", "b").replace("announced: 2025-02-01", "announced: 2025-03-01")
    asked = register(tmp_path, {"a": A, "b": B}, row)
    assert found(reckon(asked, DutyQuestion("8507.60.00", "CN", DAY, known_on=known_on))) == wanted


@pytest.mark.parametrize("basis", ["article", "content"])
def test_the_order_of_the_rows_changes_nothing(tmp_path: Path, basis: str) -> None:
    measures = {name: duty(name, "{id: main, base: steel}") for name in "bcd"} | {"a": A}
    rows = [gives_way("a", name, basis) for name in "bcd"] + [
        gives_way("b", "c"),
        gives_way("d", "c"),
    ]
    shares = set()
    for number, order in enumerate(islice(permutations(rows), 0, None, 5)):
        asked = register(tmp_path / str(number), measures, "".join(order))
        reckoned = ask(asked, steel_value="30%")
        shares.add((reckoned.amounts.share, tuple(found(reckoned))))
    assert len(shares) == 1


def test_two_stronger_measures_on_two_contents_leave_what_neither_reaches(tmp_path: Path) -> None:
    measures = {
        "a": A,
        "b": duty("b", "{id: main, base: steel}"),
        "c": duty("c", "{id: main, base: other}"),
    }
    stacking_rules = gives_way("a", "b", "content") + gives_way("a", "c", "content")
    reckoned = ask(
        register(tmp_path, measures, stacking_rules), steel_value="30%", other_value="250"
    )
    # 1000 - 300 of the first metal - 250 of the second = 450.
    layer = next(each for each in reckoned.amounts.layers if each.term.measure.id == "us-a")
    assert (layer.base, layer.cents) == (45_000, 4_500)


READINGS = (
    ', readings: [{text: "It gives way", source: order-2, holds: true}, '
    '{text: "It adds", source: order-3, holds: false}]'
)


def test_a_disputed_row_is_followed_as_first_read_and_can_be_turned(tmp_path: Path) -> None:
    asked = register(tmp_path, {"a": A, "b": B}, gives_way("a", "b", more=READINGS))
    reckoned = ask(asked)
    assert found(reckoned) == ["us-b"]
    (doubt,) = reckoned.stack.doubts
    assert (doubt.kind, doubt.holds) == ("law", True)
    question = DutyQuestion("8507.60.00", "CN", DAY)
    assert found(reckon(asked, question, flipped=doubt.what)) == ["us-a", "us-b"]


def test_content_became_full_value_on_one_day(tmp_path: Path) -> None:
    provisions = "{id: whole, goods: small-list}, {id: content, goods: ['8507'], base: steel}"
    period = (
        '{provision: content, from: 2025-02-04, until: 2025-04-06, add: "50%"}, '
        '{provision: whole, from: 2025-04-06, add: "50%"}'
    )
    metal = duty("b", provisions, period)
    stacking_rules = gives_way("a", "b/[content]", "content") + gives_way("a", "b/[whole]")
    asked = register(tmp_path, {"a": A, "b": metal}, stacking_rules)
    before, after = (ask(asked, day, steel_value="40%") for day in ("2025-04-05", "2025-04-06"))
    assert before.amounts.share == Fraction(26, 100)  # 50% of 40% + 10% of the other 60%
    assert after.amounts.share == Fraction(50, 100)  # 50% of the whole, and nothing beside it
