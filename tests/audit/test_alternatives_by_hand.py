"""What a declaration may have been right for: facts, days, origins and readings, by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from detente.applicability.entry_facts import EntryFacts, FactError
from detente.applicability.stack import AsOf
from detente.audit import alternatives
from detente.audit.alternatives import NEARBY, fitting, satisfying
from detente.core.clock import MINUTES, day_number
from detente.register.model import EntryFact
from detente.register.model import Test as FactTest

DAY = day_number("2026-03-15")
NOON = DAY * MINUTES + 720


def fact(key: str, type_: str, default: Any = None, raised: str = "") -> EntryFact:
    return EntryFact(key, type_, default, (), "", f"{key}?", ("civil", "military"), raised)


KNOWN = {
    each.key: each
    for each in (
        fact("auto", "bool", False),
        fact("drone", "bool", True),
        fact("use", "word", "civil"),
        fact("steel", "money_or_share", None, "named"),
        fact("tin", "money_or_share", None, "always"),
        fact("share", "share", None, "named"),
    )
}
AUTO, DRONE = FactTest("auto", "is", True), FactTest("drone", "is", True)
MILITARY = FactTest("use", "in", ("military", "civil"))


def facts(**texts: str) -> EntryFacts:
    return EntryFacts(KNOWN, texts)


class Case(NamedTuple):
    """What the alternatives read of a case; a stack is what is charged, by measure."""

    stack: Any
    scope: Any = SimpleNamespace(candidates=(), listed=(), origin="CN", destination="US")
    as_of: Any = AsOf(NOON, None, facts())
    register: Any = None
    code: str = "8507600010"
    query: Any = SimpleNamespace(_replace=lambda facts: ("asked with", facts))
    inherited: Any = None


def stack(doubts: Sequence[Any] = (), terms: Sequence[Any] = (), **charged: str) -> Any:
    return SimpleNamespace(charged=charged, doubts=tuple(doubts), terms=tuple(terms))


@pytest.fixture(autouse=True)
def _charges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alternatives, "charges", lambda found: found.charged)


@pytest.fixture
def by_moment(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Any, Any], Any]], None]:
    """Says which stack a scope has at a moment."""
    return lambda found: monkeypatch.setattr(alternatives, "resolve", found)


HEADINGS: Any = SimpleNamespace(
    titles={"m": "Measure M", "n": "Measure N"}, cite=lambda keys: tuple(sorted({*keys}))
)


# --- which of the alternatives are named ---------------------------------------------------------


def tried(
    monkeypatch: pytest.MonkeyPatch, found: dict[str, str], more: tuple[str, ...] = ()
) -> list[list[str]]:
    """Let some alternatives be tried, each with a reason and what the comparison comes to."""

    def case_of(kind: str) -> Any:
        return SimpleNamespace(stack=0, figures=lambda stack: None, kind=kind)

    each = [
        SimpleNamespace(reason=name.split()[0], name=name, case=case_of(kind))
        for name, kind in found.items()
    ]
    monkeypatch.setattr(alternatives, "_tried", lambda *given: iter(each))

    def compare(entry: Any, case: Any, figures: Any) -> Any:
        if case.kind == "refused":
            raise FactError("no such share")
        return SimpleNamespace(clean=case.kind == "exact", cents_agree=case.kind != "off")

    monkeypatch.setattr(alternatives, "compare", compare)
    asked: list[list[str]] = []

    def operated(entry: Any, case: Any, sizes: tuple[int, ...]) -> list[Any]:
        asked.append([*map(str, sizes)])
        return [SimpleNamespace(reason=name.split()[0], name=name) for name in more]

    monkeypatch.setattr(alternatives, "operated", operated)
    return asked


def named(total: int | None, *, agrees: bool = False, charges: bool = True) -> list[str]:
    seen: Any = SimpleNamespace(cents_agree=agrees, charges_named=charges)
    entry: Any = SimpleNamespace(total=total)
    found: list[Any] = fitting(entry, seen, HEADINGS, seen)
    return [each.name for each in found]


def test_what_explains_every_heading_goes_before_what_explains_the_amounts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kinds = {"a 1": "money", "b 2": "off", "c 3": "exact", "d 4": "refused", "e 5": "money"}
    tried(monkeypatch, kinds)
    assert named(None) == ["c 3"]
    tried(monkeypatch, {name: kind for name, kind in kinds.items() if kind != "exact"})
    assert named(None) == ["a 1", "e 5"]
    # Where the amounts are right already, only what explains the headings is a reason.
    assert named(None, agrees=True) == []
    tried(monkeypatch, {f"{each} x": "exact" for each in "abcde"})
    assert named(None) == ["a x", "b x", "c x"]
    assert named(None, agrees=True) == ["a x", "b x", "c x"]


def test_of_a_total_duties_are_left_out_or_put_in_before_another_origin_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = {"other_origin 1": "money", "another_day 2": "money"}
    asked = tried(monkeypatch, found, ("left_out 3",))
    assert named(5) == ["another_day 2", "left_out 3", "other_origin 1"]
    assert asked == [["1"]]
    # No heading tells anything, so nothing is left out where headings are wrong or none is a total.
    assert named(5, charges=False) == named(None) == ["other_origin 1", "another_day 2"]
    assert asked == [["1"]]
    # Two duties at once only where nothing else fits.
    asked = tried(monkeypatch, {"other_origin 1": "off"}, ("left_out 3",))
    assert named(0) == ["left_out 3"]
    assert asked == [["1", "2"]]


# --- the law as it was known ---------------------------------------------------------------------


def test_what_was_announced_after_the_entry_is_told_with_its_sources(by_moment: Any) -> None:
    def term(title: str, announced: int, *sources: str) -> Any:
        return SimpleNamespace(
            measure=SimpleNamespace(title=title),
            period=SimpleNamespace(announced=announced, sources=sources),
        )

    terms = [term("Early", DAY, "x"), term("Late", DAY + 1, "b", "a"), term("Later", DAY + 9, "a")]
    met: list[int | None] = []

    def resolve(scope: Any, as_of: AsOf) -> Any:
        met.append(as_of.known_on)
        return stack(m="10%")

    by_moment(resolve)
    case: Any = Case(stack(terms=terms, m="25%"))
    (found,) = alternatives._as_known(case, HEADINGS)
    assert (met, found.reason) == ([DAY], "retroactive")
    assert found.sources == ("a", "b")
    assert found.why == ("right as known on 15 March 2026; Late and Later changed afterwards")
    assert found.case.as_of.known_on == DAY
    assert found.case.stack.charged == {"m": "10%"}
    assert found.case.query == ("asked with", case.as_of.facts)

    # What is asked as known on the day already has nothing behind it; a later day has.
    for known_on, count in ((DAY - 1, 0), (DAY, 0), (DAY + 1, 1)):
        given = case._replace(as_of=case.as_of._replace(known_on=known_on))
        assert len(list(alternatives._as_known(given, HEADINGS))) == count
    # The same charges are no alternative; and where no term is later, a list changed.
    same: Any = Case(stack(m="10%"))
    assert list(alternatives._as_known(same, HEADINGS)) == []
    only: Any = Case(stack(terms=terms[:1], m="25%"))
    (found,) = alternatives._as_known(only, HEADINGS)
    assert found.why.endswith("; a list changed afterwards")


# --- facts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "tests", "texts"),
    [
        ({}, (AUTO,), {"auto": "true"}),
        ({}, (DRONE,), {}),  # its default holds
        ({}, (AUTO, MILITARY), {"auto": "true"}),
        ({"auto": "true"}, (AUTO,), {"auto": "true"}),
        ({"auto": "false"}, (AUTO,), None),  # what was stated is not changed
        ({}, (AUTO, FactTest("auto", "is", False)), None),  # one undoes the other
        ({}, (FactTest("use", "is", "military"),), {"use": "military"}),
        ({}, (), {}),
    ],
)
def test_facts_are_found_under_which_tests_hold(
    given: dict[str, str], tests: tuple[FactTest, ...], texts: dict[str, str] | None
) -> None:
    found = satisfying(facts(**given), tests, ())
    assert (None if found is None else found.texts) == texts


def scoped(*when: FactTest, headings: str) -> Any:
    return SimpleNamespace(provision=SimpleNamespace(when=when, headings={headings}))


def test_declared_headings_ask_for_their_facts_each_alone_and_then_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alternatives, "headings_of", lambda provision: provision.headings)
    entry: Any = SimpleNamespace(lines=[SimpleNamespace(key="h1")], headings=("h2",))

    def declared(*provisions: Any) -> list[dict[str, str]]:
        held = SimpleNamespace(
            candidates=[SimpleNamespace(provisions=[each]) for each in provisions], listed=()
        )
        case: Any = Case(stack(), scope=held)
        return [each.texts for each in alternatives._declared_facts(entry, case)]

    military = FactTest("use", "is", "military")
    auto, use = scoped(AUTO, headings="h1"), scoped(military, headings="h2")
    assert declared(auto, use) == [
        {"auto": "true"}, {"use": "military"}, {"auto": "true", "use": "military"},
    ]  # fmt: skip
    # One that was not declared, and one that asks nothing, ask for nothing.
    assert declared(auto, scoped(military, headings="h3"), scoped(headings="h2")) == [
        {"auto": "true"}, {"auto": "true"},
    ]  # fmt: skip
    # Two that cannot both hold stand each alone.
    other = scoped(FactTest("auto", "is", False), headings="h2")
    assert declared(auto, other) == [{"auto": "true"}, {}]
    bare: Any = SimpleNamespace(lines=[], headings=None)
    case: Any = Case(stack(), scope=SimpleNamespace(candidates=[], listed=()))
    assert [each.texts for each in alternatives._declared_facts(bare, case)] == [{}]


def test_a_doubt_is_turned_over_by_a_fact_that_was_not_stated() -> None:
    def doubt(what: Any, *, holds: bool, when: tuple[FactTest, ...] = (), of: bool = True) -> Any:
        provision = SimpleNamespace(when=when) if of else None
        return SimpleNamespace(what=what, holds=holds, provision=provision)

    doubts = [
        doubt(AUTO, holds=True),
        doubt(AUTO, holds=False, when=(AUTO, DRONE)),
        doubt(MILITARY, holds=True),  # no word is outside of all words
        doubt(AUTO, holds=True, of=False),
        doubt("a reading", holds=True),
        doubt(AUTO, holds=False, when=(AUTO, FactTest("auto", "is", False))),
    ]
    case: Any = Case(stack(doubts))
    found = [each.texts for each in alternatives._doubted(case)]
    assert found == [{"auto": "false"}, {"auto": "true"}]


@pytest.mark.parametrize(
    ("cents", "rate", "text"),
    [
        (2500, 250_000, "100.00"),  # $25 are 25% of $100
        (1, 250_000, "0.04"),
        (3334, 500_000, "66.68"),
        (10, 300_000, "0.33"),
        (0, 250_000, "0.00"),
    ],
)
def test_a_content_follows_from_the_amount_and_the_rate(cents: int, rate: int, text: str) -> None:
    assert contents(match(cents, rate)) == [{"steel": text}]


def match(
    cents: int | None = 2500,
    rate: int = 250_000,
    base: tuple[str, ...] = ("steel",),
    form: str = "add",
    *,
    agrees: bool = False,
    owed: bool = True,
) -> Any:
    term = SimpleNamespace(
        duty=SimpleNamespace(form=form, rate=rate), provision=SimpleNamespace(base=base)
    )
    layer = SimpleNamespace(term=term)
    held = SimpleNamespace(layer=layer) if owed else None
    return SimpleNamespace(owed=held, cents=cents, agrees=agrees)


def contents(*matches: Any, **texts: str) -> list[dict[str, str]]:
    bases = {name: SimpleNamespace(fact=name) for name in (*KNOWN, "other")}
    register = SimpleNamespace(facts=KNOWN, bases=bases)
    case: Any = Case(stack(), register=register, as_of=AsOf(NOON, None, facts(**texts)))
    seen: Any = SimpleNamespace(matches=matches)
    return [each.texts for each in alternatives._contents(case, seen)]


def test_a_content_is_sought_only_where_a_duty_on_it_was_declared_otherwise() -> None:
    assert contents(match(), match(base=("steel", "other"))) == [{"steel": "100.00"}] * 2
    for none in (
        match(owed=False), match(None), match(form="cap"), match(agrees=True), match(rate=0),
        match(base=("tin",)), match(base=("other",)), match(base=("share",)), match(base=()),
    ):  # fmt: skip
        assert contents(none, match()) == [{"steel": "100.00"}]
    assert contents(match(), steel="50") == []


def test_facts_are_tried_once_and_told_by_what_of_them_is_new(
    monkeypatch: pytest.MonkeyPatch, by_moment: Any
) -> None:
    by_moment(lambda scope, as_of: stack(m=str(len(as_of.facts.texts))))
    both, one = facts(auto="true", use="military", drone="true"), facts(auto="true", use="civil")
    monkeypatch.setattr(alternatives, "_declared_facts", lambda *given: iter([both, both]))
    monkeypatch.setattr(alternatives, "_doubted", lambda case: iter([facts(drone="true"), one]))
    monkeypatch.setattr(alternatives, "_contents", lambda *given: iter([one]))
    entry: Any = None
    case: Any = Case(stack(), as_of=AsOf(NOON, None, facts(drone="true")))
    found = list(alternatives._with_facts(entry, case, entry))
    assert [(each.reason, each.fact, each.why) for each in found] == [
        (
            "open_fact", "auto=true use=military",
            "right if auto is true and use is military, which is not stated",
        ),
        (
            "open_fact", "auto=true use=civil",
            "right if auto is true and use is civil, which is not stated",
        ),
    ]  # fmt: skip
    assert [each.case.stack.charged for each in found] == [{"m": "3"}, {"m": "2"}]


# --- suffixes, origins and readings --------------------------------------------------------------


def test_numbers_below_eight_digits_are_tried_where_they_are_charged_otherwise(
    monkeypatch: pytest.MonkeyPatch, by_moment: Any
) -> None:
    monkeypatch.setattr(alternatives, "narrow", lambda register, code, origin, to: code)
    by_moment(lambda scope, as_of: stack(m="0%" if scope.endswith("20") else "25%"))
    register = SimpleNamespace(below=lambda code: [f"{code}10", f"{code}20"])
    case: Any = Case(stack(m="25%"), register=register, code="85076000")
    (found,) = alternatives._of_suffixes(case)
    assert (found.fact, found.case.scope) == ("code=8507.60.00.20", "8507600020")
    assert found.why == "right if the statistical number is 8507.60.00.20"
    for code in ("8507600010", "850760"):
        assert list(alternatives._of_suffixes(case._replace(code=code))) == []


def test_an_origin_is_taken_for_another_of_a_small_set_of_places(
    monkeypatch: pytest.MonkeyPatch, by_moment: Any
) -> None:
    narrowed: list[tuple[Any, ...]] = []

    def narrow(register: Any, code: str, origin: str, to: str, members: Any) -> str:
        narrowed.append((code, origin, to, members))
        return origin

    monkeypatch.setattr(alternatives, "narrow", narrow)
    by_moment(lambda scope, as_of: stack(m="25%" if scope == "MO" else "10%"))
    place = SimpleNamespace
    places = {
        "china": place(everywhere=False, countries=("CN", "HK", "MO", "US")),
        "five": place(everywhere=False, countries=("CN", "A", "B", "C", "D")),
        "all": place(everywhere=True, countries=("CN", "E")),
        "others": place(everywhere=False, countries=("F", "G")),
        "again": place(everywhere=False, countries=("HK", "CN")),
    }
    names = {"HK": "Hong Kong", "MO": "Macao"}
    register = SimpleNamespace(places=places, countries=names)
    inherited = SimpleNamespace(members="its rows")
    case: Any = Case(stack(m="25%"), register=register, inherited=inherited)
    (found,) = alternatives._of_origins(case)
    assert (found.reason, found.why) == ("other_origin", "right for goods of Hong Kong")
    assert found.case.scope == "HK"
    assert narrowed == [("8507600010", each, "US", "its rows") for each in ("HK", "MO")]
    assert list(alternatives._of_origins(case._replace(inherited=None))) != []
    assert narrowed[-1] == ("8507600010", "MO", "US", None)


def test_every_doubt_but_that_of_a_fact_has_another_reading(by_moment: Any) -> None:
    by_moment(lambda scope, as_of: stack(m=str(as_of.flipped)))
    doubts = [
        SimpleNamespace(kind=kind, what=kind.upper(), measure=SimpleNamespace(title="M"))
        for kind in ("list", "fact", "boundary", "reading")
    ]
    case: Any = Case(stack(doubts))
    found = list(alternatives._by_readings(case))
    assert [each.case.stack.charged["m"] for each in found] == ["LIST", "BOUNDARY", "READING"]
    assert [each.why for each in found] == [
        f"right if the open question of {what} on M is answered the other way"
        for what in ("a list", "the last day", "law")
    ]
    assert {each.reason for each in found} == {"open_law"}


# --- days ----------------------------------------------------------------------------------------


def test_the_nearest_changes_are_tried_on_their_other_side(
    monkeypatch: pytest.MonkeyPatch, by_moment: Any
) -> None:
    start = DAY * MINUTES
    span = NEARBY * MINUTES
    changes = {
        start - span: "too far",  # fourteen days and half a day before noon
        NOON - span: "five",
        start - 5 * MINUTES: "two",
        start: "one",
        start + 2 * MINUTES: "three",
        NOON + span: "four",
        NOON + span + 1: "too late",
    }
    monkeypatch.setattr(alternatives, "edges", lambda scope: sorted(changes))
    monkeypatch.setattr(
        alternatives, "_changed", lambda case, edge, headings: (changes[edge], (changes[edge],))
    )
    # What is charged is the number of changes that have come; the last changes nothing new.
    by_moment(
        lambda scope, as_of: stack(
            m=str(sum(edge <= as_of.minute for edge in changes if changes[edge] != "two"))
        )
    )
    case: Any = Case(stack(m="3"))
    found = list(alternatives._on_days(case, HEADINGS))
    assert [each.sources for each in found] == [("one",), ("three",), ("five",), ("four",)]
    assert [each.case.as_of.minute for each in found] == [
        start - 1, start + 2 * MINUTES, NOON - span - 1, NOON + span,
    ]  # fmt: skip
    assert [each.why for each in found] == [
        "right before 15 March 2026, when one changed",
        "right from 17 March 2026, when three changed",
        "right before 1 March 2026, when five changed",
        "right from 29 March 2026, when four changed",
    ]
    assert {each.reason for each in found} == {"another_day"}


def test_a_change_at_the_very_minute_has_come(
    monkeypatch: pytest.MonkeyPatch, by_moment: Any
) -> None:
    monkeypatch.setattr(alternatives, "edges", lambda scope: [NOON])
    monkeypatch.setattr(alternatives, "_changed", lambda *given: ("it", ()))
    by_moment(lambda scope, as_of: stack(m=str(as_of.minute >= NOON)))
    case: Any = Case(stack(m="True"))
    (found,) = alternatives._on_days(case, HEADINGS)
    assert found.case.as_of.minute == NOON - 1
    assert found.why.startswith("right before")


def test_a_change_is_told_by_the_measures_that_are_charged_otherwise(by_moment: Any) -> None:
    def candidate(name: str, *periods: tuple[int, int | None, str]) -> Any:
        made = [SimpleNamespace(start=a, until=b, sources=(each,)) for a, b, each in periods]
        provisions = [SimpleNamespace(provision=SimpleNamespace(periods=made))]
        return SimpleNamespace(measure=SimpleNamespace(id=name), provisions=provisions)

    candidates = [
        candidate("m", (NOON, None, "begins"), (0, NOON, "ends"), (0, None, "stays")),
        candidate("n", (NOON, None, "of n")),
        candidate("o", (NOON, None, "of o")),
    ]
    held = SimpleNamespace(candidates=candidates)
    after: dict[str, str] = {"m": "25%", "o": "5%", "n": "1%"}
    moments = {NOON - 2: {}, NOON - 1: {"m": "10%", "o": "5%"}, NOON: after}
    by_moment(lambda scope, as_of: stack(**moments[as_of.minute]))
    case: Any = Case(stack(), scope=held)
    found = alternatives._changed(case, NOON, HEADINGS)
    assert found == ("Measure M and Measure N", ("begins", "ends", "of n"))
    after["m"] = "10%"
    del after["n"]
    assert alternatives._changed(case, NOON, HEADINGS) == ("a list", ())
