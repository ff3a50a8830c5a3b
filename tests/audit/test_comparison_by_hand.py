"""A declaration beside what is owed, to the cent, with duties that are written here."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from detente.applicability.entry_facts import FactError, ValuePart
from detente.audit import history, owed, refund
from detente.audit.amounts import AmountJudge
from detente.audit.cells import (
    LINE,
    amount_in,
    cleaned,
    heading_key,
    headings_in,
    name_columns,
    order_of_days,
    read_rate,
)
from detente.audit.deadlines import _after, deadlines
from detente.audit.differences import _is_idle, _moves, decided
from detente.audit.entries import Declared
from detente.audit.findings import DeclaredDifference
from detente.audit.owed import EntryComparison, Match, OwedHeading, _effective, _rate_of_duty
from detente.audit.rows import ADDED, check_free
from detente.duty.question import QuestionError
from detente.register.book import Register

HEADING = "9903.88.03"


def said(
    cents: int | None = None,
    rate: str = "",
    share: str | None = None,
    rows: int = 1,
    key: str = HEADING,
) -> Declared:
    return Declared(
        key, key, None if share is None else Fraction(share), rate, cents, tuple(range(rows))
    )


def duty_layer(
    form: str = "add", rate: int = 250_000, base: int | None = 10_000, **more: Any
) -> Any:
    term = SimpleNamespace(
        duty=SimpleNamespace(form=form, rate=rate),
        provision=SimpleNamespace(base=more.pop("parts", ())),
        measure=SimpleNamespace(id="m", family="301"),
        less=more.pop("less", ()),
    )
    kept = {"share": Fraction(rate, 10**6), "cents": None, "rate": "25%", "form": form} | more
    return SimpleNamespace(term=term, base=base, **kept)


def due(
    cents: int | None = 2500,
    rate: str = "25%",
    share: str | None = "0.25",
    layer: Any = None,
    key: str = HEADING,
    void: bool = False,
) -> OwedHeading:
    return OwedHeading(
        key, key, "m", "301", rate, None if share is None else Fraction(share), cents, layer, void
    )


# --- a heading beside what it owes ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "cents", "same_rate", "difference", "agrees"),
    [
        (2500, 2500, True, 0, True),
        (2501, 2500, True, 1, True),
        (2499, 2500, True, -1, True),
        (2502, 2500, True, 2, False),
        (2498, 2500, True, -2, False),
        (2500, 2500, False, 0, False),
        (None, 2500, True, None, True),
        (2500, None, True, None, True),
    ],
)
def test_a_heading_agrees_at_its_rate_and_to_a_cent(
    declared: int | None, cents: int | None, same_rate: bool, difference: int | None, agrees: bool
) -> None:
    match = Match(said(declared), due(cents), declared, same_rate)
    assert (match.difference, match.agrees) == (difference, agrees)
    assert not Match(None, due(cents), declared, same_rate).agrees
    alone = Match(said(declared), None, declared, same_rate)
    assert (alone.difference, alone.agrees) == (declared, False)


@pytest.mark.parametrize(
    ("declared", "cents", "same_rate"),
    [
        # the amount given; that of the owed rate; the rate on the base; on the value
        (said(1234, "25%", "0.25"), 1234, True),
        (said(None, "25%", "0.25"), 2500, True),
        (said(None, "10%", "0.1"), 1000, False),
        (said(None, "", None), None, True),
        (said(None, "5c/kg", None), None, False),
    ],
)
def test_an_amount_that_is_not_declared_follows_from_the_rate(
    declared: Declared, cents: int | None, same_rate: bool
) -> None:
    match = owed._match(declared, due(layer=duty_layer()), 99_900)
    assert (match.cents, match.rate_agrees) == (cents, same_rate)


def test_a_heading_that_is_not_owed_is_taken_of_the_value_and_one_without_a_rate_is_nothing() -> (
    None
):
    assert owed._match(said(None, "10%", "0.1"), None, 99_900).cents == 9990
    assert owed._match(said(None, "10%", "0.1"), None, None).cents is None
    assert owed._match(said(), None, 99_900).cents == 0
    assert owed._match(said(), due(rate="free", layer=duty_layer()), 99_900).cents == 0
    # half a cent is rounded up
    assert owed._match(said(None, "5%", "0.05"), None, 1010).cents == 51


@pytest.mark.parametrize(
    ("share", "owes", "same"),
    [
        ("0.25", due(), True),
        ("0.2500001", due(), True),  # the same in the six digits that are printed
        ("0.250001", due(), False),
        # the rate as the law writes it, where it falls on a part of the value
        ("0.5", due(share="0.25", layer=duty_layer(rate=500_000)), True),
        ("0.5", due(share="0.25", layer=duty_layer("cap", 500_000)), True),
        ("0.5", due(share="0.25", layer=duty_layer("free", 500_000)), False),
        # amount over base, of a duty that is not ad valorem
        ("0.125", due(share=None, layer=duty_layer("x", share=None, cents=1250)), True),
        ("0.125", due(share=None, layer=duty_layer("x", share=None, cents=1251)), False),
    ],
)
def test_a_rate_is_the_owed_one_as_a_share_as_written_or_as_reached(
    share: str, owes: OwedHeading, same: bool
) -> None:
    assert owed._same_rate(said(rate="x", share=share), owes) is same


@pytest.mark.parametrize(
    ("declared", "owes", "cents", "same_rate", "agrees"),
    [
        (said(2501), due(), 2501, False, True),
        (said(2502), due(), 2502, True, False),
        (said(), due(), 9999, True, True),
        (said(), due(), 2500, False, False),
        (None, due(0), 0, False, True),
        (None, due(1), 0, False, False),
        (said(5), None, 5, False, False),
        (said(1), None, 1, False, True),
        # without a value only the rates tell
        (said(share="0.1"), None, None, False, False),
        (said(share="0"), None, None, False, True),
        (said(), None, None, False, True),
        (None, due(None, share="0"), None, False, True),
        (None, due(None, share="0.1"), None, False, False),
        (None, due(None, share=None), None, False, False),
    ],
)
def test_the_money_of_a_heading_agrees(
    declared: Declared | None,
    owes: OwedHeading | None,
    cents: int | None,
    same_rate: bool,
    agrees: bool,
) -> None:
    assert owed._money_agrees(Match(declared, owes, cents, same_rate)) is agrees


def test_only_the_ordinary_duty_need_not_be_declared_where_it_is_free() -> None:
    free = due(0, "Free", "0", key=LINE)
    for check in (owed._idle, _is_idle):
        assert check(Match(None, free, 0, False))
        assert check(Match(None, free._replace(cents=None), 0, False))
        assert not check(Match(None, free._replace(cents=1, share=Fraction(1)), 0, False))
        assert not check(Match(None, due(0, "free", "0"), 0, False))
    assert not owed._idle(Match(said(0), free, 0, False))


@pytest.mark.parametrize(
    ("layers", "off", "agrees"),
    [(1, 1, True), (1, 2, False), (2, 1, True), (2, 2, False), (3, 2, True), (3, 3, False),
     (5, 3, True), (5, 4, False)],
)  # fmt: skip
def test_a_total_may_be_off_by_half_a_cent_for_each_of_its_duties(
    layers: int, off: int, agrees: bool
) -> None:
    case: Any = SimpleNamespace(
        query=SimpleNamespace(entry_value=SimpleNamespace(cents=100_000))
    )  # fmt: skip
    figures: Any = SimpleNamespace(cents=10_000, share=Fraction(1, 10))
    headings = (
        *(due(100, key=f"9903.88.0{at}") for at in range(layers)),
        due(0, key="9903.99.01"),  # what charges nothing is not rounded
    )
    for sign in (1, -1):
        found = owed._in_total(said(10_000 + sign * off), None, case, headings, figures)
        assert (found.cents_agree, found.difference) == (agrees, sign * off)
        assert (found.whole, found.headings_agree, found.charges_named) == (True, True, True)
    rate = owed._in_total(said(10_000, "11%", "0.11"), None, case, headings, figures)
    assert not rate.cents_agree
    assert owed._in_total(said(None, "10%", "0.1"), None, case, headings, figures).declared == (
        10_000
    )
    assert owed._in_total(said(None, "11%", "0.11"), None, case, headings, figures).declared == (
        11_000
    )


@pytest.mark.parametrize(
    ("listed", "named"),
    [
        (None, True),
        ({HEADING}, True),
        ({HEADING, "9903.99.01"}, True),
        (set(), False),
        ({HEADING, "9903.77.01"}, False),
    ],
)
def test_headings_beside_a_total_hold_every_one_that_charges_and_none_that_is_not_owed(
    listed: set[str] | None, named: bool
) -> None:
    headings = (due(5, key=LINE), due(), due(0, "free", "0", key="9903.99.01"))
    assert owed._charges_named(listed, headings) is named


def test_headings_beside_a_total_stand_without_amounts() -> None:
    headings = (due(5, key=LINE), due(key="9903.01.01"))
    found = list(owed._beside_total({"9903.01.01", "9903.77.01"}, headings, agrees=False))
    assert [(each.declared and each.declared.key, each.owed and each.owed.key, each.cents)
            for each in found] == [
        ("9903.01.01", "9903.01.01", None), ("9903.77.01", None, None),
    ]  # fmt: skip
    right = list(owed._beside_total({"9903.77.01"}, headings, agrees=True))
    assert [each.cents for each in right] == [None, 0]
    every = list(owed._beside_total(None, headings, agrees=True))
    assert [(each.declared, each.owed) for each in every] == [
        (None, headings[0]), (None, headings[1]),
    ]  # fmt: skip


# --- why an amount differs -----------------------------------------------------------------------


class Facts(dict[str, ValuePart]):
    def is_stated(self, key: str) -> bool:
        return key in self

    def value(self, key: str) -> ValuePart:
        return self[key]


def judge(value: int | None = 20_000, **facts: ValuePart) -> AmountJudge:
    bases = {
        "steel_content": SimpleNamespace(fact="steel_value", rest=False),
        "the_rest": SimpleNamespace(fact="steel_value", rest=True),
    }
    case: Any = SimpleNamespace(
        as_of=SimpleNamespace(minute=100, known_on=None, facts=Facts(facts)),
        query=SimpleNamespace(entry_value=SimpleNamespace(cents=value)),
        register=SimpleNamespace(bases=bases, facts={}),
        scope=SimpleNamespace(candidates=()),
    )
    headings: Any = SimpleNamespace(owners={}, cite=lambda keys: tuple(keys))
    return AmountJudge(headings, case)


def differing(
    declared: Declared, owes: OwedHeading, cents: int | None, same_rate: bool = True, **facts: Any
) -> DeclaredDifference | None:
    return judge(**facts).differing(Match(declared, owes, cents, same_rate))


def test_what_agrees_is_no_difference_and_a_cent_is_rounding() -> None:
    assert differing(said(2500), due(), 2500) is None
    assert differing(said(), due(), None) is None
    for off in (1, -1):
        found = differing(said(2500 + off), due(), 2500 + off)
        assert found == DeclaredDifference(
            "rounding", (HEADING,), off,
            f"{HEADING} is a cent off: the amount is rounded another way",
        )  # fmt: skip


def test_a_heading_on_several_rows_is_due_once() -> None:
    found = differing(said(5000, rows=2), due(), 5000)
    assert found == DeclaredDifference(
        "declared_twice", (HEADING,), 2500, f"{HEADING} stands on 2 rows; it is due once"
    )


def test_a_right_rate_with_a_wrong_amount_is_arithmetic() -> None:
    layer = duty_layer(base=10_000)
    found = differing(said(2700, "25%", "0.25"), due(layer=layer), 2700)
    assert found is not None
    assert (found.reason, found.difference) == ("arithmetic", 200)
    assert found.why == f"{HEADING}: 25% of 100.00 is 25.00, declared 27.00"
    bare = differing(said(2700, "25%", "0.25"), due(), 2700)
    assert bare is not None
    assert bare.why == f"{HEADING}: 25% is 25.00, declared 27.00"


def test_another_rate_is_told_of_the_ordinary_duty_and_of_others() -> None:
    found = differing(said(2700, "27%", "0.27"), due(), 2700, same_rate=False)
    assert found is not None
    assert (found.reason, found.why) == (
        "wrong_rate", f"{HEADING} is 25%, 25.00; declared 27%",
    )  # fmt: skip
    line = differing(said(2700, key=LINE), due(key=LINE), 2700, same_rate=False)
    assert line is not None
    assert (line.reason, line.why) == (
        "column_1", "the ordinary duty is 25%, 25.00; declared 27.00",
    )  # fmt: skip


CAP = "the 50% of 9903.88.03 includes the ordinary duty, so "


@pytest.mark.parametrize(
    ("cents", "reason"), [(5000, "cap_on_top"), (5001, "cap_on_top"), (4999, "cap_on_top"),
                          (5002, None), (4998, None)],
)  # fmt: skip
def test_a_cap_charged_whole_is_told_within_a_cent(cents: int, reason: str | None) -> None:
    layer = duty_layer("cap", 500_000, 10_000, share=Fraction(23, 200))
    found = differing(said(cents), due(2300, layer=layer), cents, same_rate=False, value=20_000)
    assert found is not None
    assert (found.reason if found.reason == "cap_on_top" else None) == reason
    if reason:
        # 11.5% of a value of 200 is 23% of the base of 100
        assert found.why == f"{CAP}23% is due, 23.00; declared {cents / 100:.2f}"


def test_a_cap_without_a_value_tells_the_amount_alone() -> None:
    layer = duty_layer("cap", 500_000, 10_000)
    found = differing(said(5000), due(2300, layer=layer), 5000, same_rate=False, value=None)
    assert found is not None
    assert found.why == f"{CAP}23.00 is due; declared 50.00"


@pytest.mark.parametrize("cents", [4999, 5000, 5001, 5002])
def test_a_duty_on_content_charged_on_the_whole_is_told_within_a_cent(cents: int) -> None:
    parts = ("steel_content",)
    layer = duty_layer(base=10_000, parts=parts)
    found = differing(said(cents), due(layer=layer), cents)
    assert found is not None
    if cents == 5002:
        assert found.reason == "wrong_rate"
        return
    assert found.fact == "steel_value"
    assert found.why == f"{HEADING} falls on 100.00 of 200.00 (steel_value), not on the whole"
    less = (SimpleNamespace(measure=SimpleNamespace(title=title)) for title in ("one", "another"))
    layer = duty_layer(base=10_000, parts=parts, less=tuple(less))
    found = differing(said(cents), due(layer=layer), cents)
    assert found is not None
    assert (found.reason, found.why) == (
        "content_overlap",
        f"{HEADING} falls on 100.00, not on the part under one and another",
    )


@pytest.mark.parametrize(
    ("part", "rest", "cents", "name"),
    [
        (ValuePart(None, Fraction(2, 5)), False, 2000, "steel content of 80.00"),
        (ValuePart(8000, None), False, 2001, "steel content of 80.00"),
        (ValuePart(8000, None), False, 1999, "steel content of 80.00"),
        (ValuePart(8000, None), False, 3000, "the rest of 120.00"),
        (ValuePart(8000, None), False, 2002, None),
        (ValuePart(8000, None), False, 0, None),
    ],
)
def test_a_duty_on_the_whole_charged_on_a_stated_part_is_told_within_a_cent(
    part: ValuePart, rest: bool, cents: int, name: str | None
) -> None:
    layer = duty_layer(base=20_000)
    found = differing(said(cents), due(5000, layer=layer), cents, steel_value=part)
    assert found is not None
    if name is None:
        assert found.reason == "wrong_rate"
        return
    assert found.fact == "steel_value"
    assert found.why == (
        f"{HEADING} falls on 200.00; {cents / 100:.2f} is 25% of the {name} alone"
    )  # fmt: skip


# --- what comes back -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "assessed", "comes_back"),
    [
        ([2000], [1500], 1500),
        ([1000], [1500], 1000),
        ([700, 800], [1000, 400], 1400),
        ([700, None], [1000], None),
        ([700], [1000, None], None),
        ([], [1000], 0),
    ],
)
def test_what_was_paid_and_had_been_assessed_comes_back(
    monkeypatch: pytest.MonkeyPatch,
    paid: list[int | None],
    assessed: list[int | None],
    comes_back: int | None,
) -> None:
    monkeypatch.setattr(refund, "void_measures", lambda *_: {"m"})
    measure = SimpleNamespace(measure=SimpleNamespace(id="m"))
    others = SimpleNamespace(measure=SimpleNamespace(id="other"))
    figures: Any = SimpleNamespace(
        layers=[SimpleNamespace(term=measure, cents=each) for each in assessed]
        + [SimpleNamespace(term=others, cents=99)]
    )
    matches = [Match(said(each), due(void=True), each, True) for each in paid]
    matches += [Match(None, due(void=True), 50, True)]  # owed, and not declared
    seen = comparison(tuple(matches), declared=1)
    case: Any = SimpleNamespace(stack=None, as_of=SimpleNamespace(known_on=None))
    headings: Any = SimpleNamespace(owners={})
    assert refund.refundable(case, figures, headings, seen) == comes_back
    assert refund.refundable(case, figures, headings, seen._replace(declared=0)) == 0
    monkeypatch.setattr(refund, "void_measures", lambda *_: set())
    assert refund.refundable(case, figures, headings, seen) == 0


def comparison(
    matches: tuple[Match, ...] = (), declared: int | None = None, owed: int | None = None,
    *, agree: bool = False, whole: bool = False, share: Fraction | None = None,
    owed_share: Fraction | None = None,
) -> EntryComparison:  # fmt: skip
    return EntryComparison(
        matches, declared, owed, share, owed_share, agree, agree, agree, whole
    )  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "owes", "agree", "paid"),
    [(100, 100, True, 30), (100, 100, False, 30), (99, 100, False, None), (99, 100, True, 30),
     (None, 100, True, None), (100, None, True, None), (101, 100, False, 30)],
)  # fmt: skip
def test_a_total_holds_what_was_assessed_unless_it_is_too_low(
    declared: int | None, owes: int | None, agree: bool, paid: int | None
) -> None:
    seen = comparison(declared=declared, owed=owes, agree=agree)
    assert refund._paid_in_total(seen, 30) == paid


@pytest.mark.parametrize(("announced", "known_on", "void"), [
    (5, None, True), (5, 5, True), (5, 4, False), (5, 6, True),
])  # fmt: skip
def test_a_heading_is_void_as_far_as_that_was_known(
    announced: int, known_on: int | None, void: bool
) -> None:
    finding = SimpleNamespace(provisions=("p",), announced=announced)
    owner = SimpleNamespace(
        provision=SimpleNamespace(id="p"), measure=SimpleNamespace(voids=[finding])
    )
    case: Any = SimpleNamespace(as_of=SimpleNamespace(known_on=known_on))
    headings: Any = SimpleNamespace(owners={HEADING: [owner]})
    assert refund.of_void(Match(said(1), None, 1, True), case, headings) is void
    assert not refund.of_void(Match(said(1, key="9903.77.01"), None, 1, True), case, headings)
    assert refund.of_void(Match(said(1), due(void=True), 1, True), case, headings)


# --- one reason for every cent -------------------------------------------------------------------


def difference(reason: str, cents: int | None = 5) -> DeclaredDifference:
    return DeclaredDifference(reason, (HEADING,), cents, f"why {reason}")


def test_the_reason_of_a_total_is_the_first_that_moves_it() -> None:
    total: Any = SimpleNamespace(total=said(100), lines=[])
    seen = comparison(declared=100, owed=80)
    findings = (difference("missing_heading"), difference("after_end"), difference("gave_way"))
    found = decided(total, seen, findings, ())
    assert [(each.reason, each.difference) for each in found] == [
        ("after_end", 20), ("missing_heading", 5), ("gave_way", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "cents", "moves"),
    [("missing_layer", 1, False), ("missing_layer", 0, True), ("missing_layer", -1, True),
     ("missing_layer", None, True), ("missing_heading", -1, False), ("dead_heading", 1, False),
     ("after_end", 1, True)],
)  # fmt: skip
def test_a_heading_left_out_cannot_make_a_total_too_high(
    reason: str, cents: int | None, moves: bool
) -> None:
    assert _moves(difference(reason), cents) is moves


def test_a_total_without_a_reason_of_a_heading_has_one_of_its_own() -> None:
    total: Any = SimpleNamespace(total=said(100, "10%", "0.1"), lines=[])
    right = comparison(declared=100, owed=80, owed_share=Fraction(1, 10))
    (found,) = decided(total, right, (), ())
    assert (found.reason, found.difference) == ("arithmetic", 20)
    assert found.why == "10% is right and comes to 0.80, not 1.00"
    wrong = comparison(declared=100, owed=80, owed_share=Fraction(1, 5))
    (found,) = decided(total, wrong, (), ())
    assert found.reason == "unexplained"
    assert found.why == "owed is 20%, 0.80; declared 10%: no reason found"
    likely: Any = SimpleNamespace(reason="another_day", why="so it was", sources=("s",), fact="f")
    (found,) = decided(total, wrong, (), (likely,))
    assert found == DeclaredDifference("another_day", (), 20, "so it was", ("s",), "f")
    # where the cents agree, what is wrong with the headings stands alone
    idle = (difference("missing_heading"),)
    agreed = decided(total, comparison(declared=80, owed=80, agree=True), idle, ())
    assert [(each.reason, each.difference) for each in agreed] == [("missing_heading", 0)]


def test_what_decides_a_whole_entry_stands_for_its_headings_but_not_for_rounding() -> None:
    rows: Any = SimpleNamespace(total=None, lines=[said(1)])
    seen = comparison((Match(said(1), due(), 1, True),))
    open_fact: Any = SimpleNamespace(reason="open_fact", why="unless", sources=("s",), fact="f")
    findings = (difference("wrong_rate"), difference("rounding"), difference("us_content"))
    found = decided(rows, seen, findings, (open_fact,))
    assert [each.reason for each in found] == ["open_fact", "rounding", "us_content"]
    assert (found[0].why, found[0].sources, found[0].fact) == ("unless", ("s",), "f")
    other: Any = SimpleNamespace(reason="another_day", why="", sources=(), fact="")
    assert decided(rows, seen, findings, (other,)) == findings


# --- days ----------------------------------------------------------------------------------------


def segment(start: int | None, until: int | None, known: bool = True) -> Any:
    duty = SimpleNamespace(text="25%")
    period = SimpleNamespace(duty=duty if known else None, sources=("own",))
    return SimpleNamespace(start=start, until=until, period=period)


@pytest.mark.parametrize(
    ("start", "until", "relation", "minute"),
    [
        (10, 100, "until", 100),  # it ended as the entry came
        (10, 101, None, None),
        (100, 200, None, None),
        (101, 200, "from", 101),
        (None, 50, "until", 50),
        (150, None, "from", 150),
        (None, None, None, None),
    ],
)
def test_a_segment_lies_before_after_or_over_a_minute(
    start: int | None, until: int | None, relation: str | None, minute: int | None
) -> None:
    provision: Any = SimpleNamespace(periods=())
    found = history.beside(provision, segment(start, until), 100, None)
    assert (found and found.relation, found and found.minute) == (relation, minute)
    assert found is None or found.sources == ("own",)


def test_the_nearest_of_several_days_is_taken_and_the_first_of_equal_ones() -> None:
    days = [history.Days("until", at, SimpleNamespace(), ()) for at in (70, 95, 105, 200)]  # type: ignore[arg-type]
    assert history.nearest(days, 100) is days[1]
    assert history.nearest(days[2:], 100) is days[2]
    assert history.nearest([], 100) is None
    minute = (date(2025, 11, 10) - date(1970, 1, 1)).days * 1440
    words = [history.side(history.Days(each, minute, SimpleNamespace(), ()))  # type: ignore[arg-type]
             for each in ("until", "from")]  # fmt: skip
    assert words == ["before 10 November 2025", "from 10 November 2025"]


def test_lengths_run_from_the_entry_and_from_liquidation() -> None:
    register = Register.built_in()
    by_id = {each.id: each for each in register.deadlines}
    open_ = {each["id"]: each for each in deadlines(register, "2025-03-04")}
    assert list(open_) == [each for each in by_id if each in open_]
    usual = by_id["usual-liquidation"]
    day = _after(date(2025, 3, 4), usual)
    assert (open_["usual-liquidation"]["on"], open_["usual-liquidation"]["runs"]) == (
        day.isoformat(), "from entry on 2025-03-04",
    )  # fmt: skip
    protest = open_["protest"]
    assert protest["on"] == _after(day, by_id["protest"]).isoformat()
    assert protest["runs"] == f"from liquidation on {day.isoformat()}, if it is liquidated then"
    past = {each["id"]: each for each in deadlines(register, "2025-03-04", "2026-01-02")}
    assert "usual-liquidation" not in past
    assert past["protest"]["runs"] == "from liquidation on 2026-01-02"
    assert past["protest"]["on"] == _after(date(2026, 1, 2), by_id["protest"]).isoformat()


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", (LINE, "8507.60.00.10")),
        (" ", (LINE, "8507.60.00.10")),
        ("8507.60.00", (LINE, "8507.60.00.10")),
        ("8507.60.00.90", (LINE, "8507.60.00.10")),  # the same rate line
        ("9903.88.03", ("9903.88.03", "9903.88.03")),
        ("99038803", ("9903.88.03", "9903.88.03")),
        ("9903 88 03 00", ("9903.88.03", "9903.88.03")),
        ("9802.00.80.40", ("9802.00.80", "9802.00.80")),
        ("9503.00.00.73", ("9503.00.00.73", "9503.00.00.73")),
        ("499", ("499", "499")),
    ],
)
def test_a_heading_is_the_line_a_special_one_or_a_fee(text: str, found: tuple[str, str]) -> None:
    assert heading_key(text, "8507600010") == found


@pytest.mark.parametrize(
    ("text", "told"),
    [("9903.88", "has 6 digits"), ("steel", "is not a heading"), ("99", "has 2 digits"),
     ("9903.88.03x", "is not a heading")],
)  # fmt: skip
def test_what_is_no_heading_is_refused(text: str, told: str) -> None:
    with pytest.raises(QuestionError, match=f"{told}.*write it as 9903.88.03"):
        heading_key(text, "8507600010")


@pytest.mark.parametrize(
    ("text", "percent", "implied", "found"),
    [
        ("", False, None, (None, "")),
        ("25%", False, None, (Fraction(1, 4), "25%")),
        ("25 %", False, None, (Fraction(1, 4), "25%")),
        ("0.25", False, None, (Fraction(1, 4), "25%")),
        ("1", False, None, (Fraction(1), "100%")),
        ("25", True, None, (Fraction(1, 4), "25%")),
        ("0.25", True, None, (Fraction(1, 400), "0.25%")),
        ("1.5", False, Fraction(3, 2), (Fraction(3, 2), "150%")),
        # within a hundredth of what amount and value come to
        ("1.5", False, Fraction(1515, 1000), (Fraction(3, 2), "150%")),
        ("Free", False, None, (Fraction(0), "Free")),
    ],
)
def test_a_declared_rate_is_a_fraction_or_bears_a_sign(
    text: str, percent: bool, implied: Fraction | None, found: tuple[Fraction | None, str]
) -> None:
    assert read_rate(text, percent, implied) == found


@pytest.mark.parametrize(("text", "implied"), [("1.01", None), ("1.5", Fraction(1516, 1000)),
                                               ("25", Fraction(1, 4))])  # fmt: skip
def test_a_bare_rate_above_one_that_nothing_bears_out_is_refused(
    text: str, implied: Fraction | None
) -> None:
    with pytest.raises(FactError, match=f"the rate {text} without a percent sign .* write {text}%"):
        read_rate(text, False, implied)


def test_cells_are_brought_to_one_form() -> None:
    read: Counter[str] = Counter()
    row = {"code": " 9903.88.03 ", "origin": "", "value": "$1,250.50", "on": "03/04/2025",
           "declared_amount": "USD 12", "liquidated_on": "2025-05-06"}  # fmt: skip
    assert cleaned(row, "month-first", read) == {
        "heading": "9903.88.03", "value": "1250.50", "on": "2025-03-04",
        "declared_amount": "12.00", "liquidated_on": "2025-05-06",
    }  # fmt: skip
    kept = cleaned({"code": "9903.88.03", "heading": "9802.00.80", "value": "much"})
    assert kept == {"code": "9903.88.03", "heading": "9802.00.80", "value": "much"}
    assert order_of_days([{"on": "13/04/2025"}, {"liquidated_on": ""}]) == "day-first"
    assert order_of_days([{"on": "", "liquidated_on": "13/04/2025"}]) == "day-first"
    assert order_of_days([{}]) == "month-first"


def test_headings_and_amounts_of_a_row() -> None:
    assert headings_in({"heading": "9903.88.03; 9903.01.24;;"}) == ["9903.88.03", " 9903.01.24"]
    assert headings_in({}) == []
    assert amount_in({"declared_amount": "12.5"}) == 1250
    assert (amount_in({}), amount_in({"declared_amount": "x"})) == (None, None)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("code,on,declared_rate", "the column origin is missing"),
        ("value,declared_rate", "the columns code, origin and on are missing"),
        ("code,origin,on", "nothing is declared: add a column declared_rate or declared_amount"),
        ("code,Code,origin,on,declared_rate", "the columns code and Code both mean code: keep one"),
    ],
)
def test_columns_that_do_not_make_a_declaration_are_refused(names: str, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        name_columns(names.split(","))


def test_facts_keep_their_name_and_unknown_columns_are_left() -> None:
    found = name_columns(["code", "origin", "on", "Declared Amount", "Fact.steel_value", "remark"])
    assert found == {
        "code": "code", "origin": "origin", "on": "on", "Declared Amount": "declared_amount",
        "Fact.steel_value": "fact.steel_value", "remark": "remark",
    }  # fmt: skip


def test_every_column_that_is_added_is_refused_in_a_table() -> None:
    for name in ADDED:
        with pytest.raises(ValueError, match=f"x.csv: the column {name} has the name of an output"):
            check_free("x.csv", ["code", name])
    check_free("x.csv", ["code"])


@pytest.mark.parametrize(
    ("form", "written", "rate", "of_duty"),
    [
        ("add", "25%", 250_000, "1/4"),
        ("cap", "15%", 150_000, "3/20"),
        ("column", "3.4%", 0, "17/500"),
        ("column", "Free", 0, None),
        ("column", "4.4 cents/kg", 0, None),
        ("free", "25%", 0, None),
    ],
)
def test_the_rate_of_a_duty_is_the_one_that_the_law_writes(
    form: str, written: str, rate: int, of_duty: str | None
) -> None:
    term = SimpleNamespace(duty=SimpleNamespace(form=form, rate=rate))
    found: Any = SimpleNamespace(layer=SimpleNamespace(term=term, rate=written))
    assert _rate_of_duty(found) == (None if of_duty is None else Fraction(of_duty))
    assert _rate_of_duty(SimpleNamespace(layer=None)) is None


@pytest.mark.parametrize(
    ("share", "base", "cents", "rate"),
    [
        (None, 1000, 44, "11/250"),
        (Fraction(1, 4), 1000, 250, None),
        (None, 0, 44, None),
        (None, None, 44, None),
        (None, 1000, None, None),
        (None, 1000, 0, "0"),
    ],
)
def test_a_duty_that_is_not_ad_valorem_has_the_rate_of_its_amount(
    share: Fraction | None, base: int | None, cents: int | None, rate: str | None
) -> None:
    found: Any = SimpleNamespace(layer=SimpleNamespace(share=share, base=base, cents=cents))
    assert _effective(found) == (None if rate is None else Fraction(rate))
    assert _effective(SimpleNamespace(layer=None)) is None
