"""How far a change reaches, days of the law, printed rates and what was not read: by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from detente.batch.engine.distinct import Distinct
from detente.batch.engine.fact_patterns import FactPatterns
from detente.batch.engine.law import BatchLaw, places_of
from detente.batch.engine.printed import Printed
from detente.batch.files import Done
from detente.batch.reach import ALWAYS, record_changes
from detente.batch.supposed import Supposed
from detente.batch.table import Answers
from detente.batch.unread import UnreadLaw
from detente.core.clock import start_of
from detente.goods.rate_table import NO_RATES, NOTHING, RateTable
from detente.register.model import (
    Area,
    Base,
    DutyRate,
    EffectivePeriod,
    EntryFact,
    Measure,
    Provision,
    Reading,
)
from detente.register.model import (
    Test as FactTest,
)

TEN, FIVE = DutyRate("add", "10%", 100_000), DutyRate("add", "5%", 50_000)
DISPUTED = (Reading("either", "order", True),)

JANUARY, MARCH, MAY, JULY = 1_000, 3_000, 5_000, 7_000
"""Minutes at which something begins or ends."""


EVENTS: Any = ("an event",)
TERMS: Any = {"agreed": ("a part",)}


def period(start: int, until: int | None = None, **fields: Any) -> EffectivePeriod:
    plain = EffectivePeriod(0, start, until, TEN, "9903.01", "in_force", "", "", ())
    return plain._replace(**fields)


def provision(name: str, *periods: EffectivePeriod, **fields: Any) -> Provision:
    plain = Provision(name, "", None, None, "", (), (), (), (), (), "", {}, tuple(periods))
    return plain._replace(**fields)


def measure(name: str, *provisions: Provision, **fields: Any) -> Measure:
    plain = Measure(
        name, "", "", "US", "measure", "301", "us/tariff", (), (), ("CN",), "", ("", ""), {},
        tuple(provisions), (),
    )  # fmt: skip
    return plain._replace(**fields)


# --- how far a change reaches --------------------------------------------------------------------


def reach(before: Sequence[Measure], *after: Measure) -> list[Any]:
    """What is changed by records that are laid over others."""
    beneath: Any = SimpleNamespace(measures=lambda area, kind: [*before])
    register: Any = SimpleNamespace(changed={each.id: each for each in after})
    return [
        (each.start, each.places, [one.id for one in each.provisions])
        for each in record_changes(register, beneath, "us/tariff")
    ]


def starts(before: Provision, after: Provision) -> list[int]:
    """From when one provision of a measure says something else."""
    return [each[0] for each in reach([measure("m", before)], measure("m", after))]


@pytest.mark.parametrize(
    ("before", "after", "start"),
    [
        # A rate from May on; it is the same until then.
        ([period(JANUARY)], [period(JANUARY), period(MAY, duty=FIVE)], [MAY]),
        # An end in July, and one that comes earlier.
        ([period(JANUARY)], [period(JANUARY, JULY)], [JULY]),
        ([period(JANUARY, JULY)], [period(JANUARY, MAY)], [MAY]),
        ([period(JANUARY)], [period(MARCH)], [JANUARY]),
        # Written in two parts it says the same all the time.
        ([period(JANUARY)], [period(JANUARY, MAY), period(MAY)], []),
        # What lies under another is not seen, unless it is disputed.
        ([period(JANUARY)], [period(MARCH, MAY, duty=FIVE), period(JANUARY)], []),
        (
            [period(JANUARY)],
            [period(MARCH, MAY, duty=FIVE, readings=DISPUTED), period(JANUARY)],
            [MARCH],
        ),
        # Where a rate comes from is told of a single answer and of no batch.
        ([period(JANUARY)], [period(JANUARY, announced=9, sources=("x",), event=3)], []),
        ([period(JANUARY)], [period(JANUARY, heading="9903.02")], [JANUARY]),
        ([period(JANUARY)], [period(JANUARY, state="suspended")], [JANUARY]),
        ([period(JANUARY)], [period(JANUARY)], []),
    ],
)
def test_a_provision_is_another_from_the_first_minute_at_which_it_says_something_else(
    before: list[EffectivePeriod], after: list[EffectivePeriod], start: list[int]
) -> None:
    assert starts(provision("p", *before), provision("p", *after)) == start


def test_a_doubtful_end_is_another_wherever_it_lies() -> None:
    one, other = (provision("p", period(JANUARY, end, boundary="unclear")) for end in (MAY, JULY))
    assert starts(one, other) == [JANUARY]


def test_goods_that_change_change_it_from_where_it_says_anything() -> None:
    later = provision("p", period(MAY), period(MARCH))
    assert starts(later, later._replace(goods=("85",))) == [MARCH]
    early = later._replace(announced=(period(JANUARY),))
    assert starts(later, early) == [JANUARY]
    assert starts(early, later) == [JANUARY]
    # Nothing at all said either way is no change.
    assert starts(provision("p"), provision("p", goods=("85",))) == []


def test_what_was_only_announced_counts_from_where_it_would_begin() -> None:
    held = (period(MARCH), period(JULY))
    before = provision("p", period(JANUARY), announced=held)
    assert starts(before, before._replace(periods=(period(JANUARY), *held))) == [MARCH]


def test_a_new_provision_reaches_from_its_own_beginning_on() -> None:
    old, new = provision("p", period(JANUARY)), provision("q", period(MAY), period(MARCH))
    assert reach([measure("m", old)], measure("m", old, new)) == [(MARCH, ("CN", "CN"), ["q"])]
    # One that comes before the others is filed before them, so another order is another law.
    first = reach([measure("m", old)], measure("m", new, old))
    assert first == [(ALWAYS, ("CN", "CN"), ["p", "q", "p"])]
    gone = reach([measure("m", old, new)], measure("m", old))
    assert gone == [(ALWAYS, ("CN", "CN"), ["p", "q", "p"])]


def test_a_new_record_reaches_from_its_first_period_on_and_each_record_by_itself() -> None:
    own = measure("own", provision("a", period(MAY)), provision("b", period(MARCH)))
    other = measure("other", provision("c", period(JULY)))
    assert reach([other], own, measure("other", provision("c", period(MARCH)))) == [
        (MARCH, ("CN", "CN"), ["a", "b"]),
        (MARCH, ("CN", "CN"), ["c", "c"]),
    ]
    assert reach([], own._replace(area="cn/export-control")) == []
    assert reach([], own._replace(kind="context")) == []


def test_events_terms_and_readings_of_a_record_change_no_answer_and_its_places_do() -> None:
    plain = measure("m", provision("p", period(JANUARY)))
    told = plain._replace(events=EVENTS, terms=TERMS, reading="announced")
    assert reach([plain], told) == []
    assert reach([plain], plain._replace(places=("HK",))) == [(ALWAYS, ("CN", "HK"), ["p", "p"])]


# --- days of the law -----------------------------------------------------------------------------


def law(marks: list[int], **fields: Any) -> BatchLaw:
    held = BatchLaw.__new__(BatchLaw)
    held.marks = marks
    for name, value in fields.items():
        setattr(held, name, value)
    return held


def test_a_regime_begins_with_its_mark_and_the_first_lies_before_them_all() -> None:
    held = law([JANUARY, MARCH, MAY])
    asked = (0, JANUARY - 1, JANUARY, MARCH - 1, MARCH, MAY, JULY)
    assert [held.regime(minute) for minute in asked] == [0, 0, 1, 1, 2, 3, 3]
    assert [held.minute(number) for number in range(4)] == [JANUARY - 1, JANUARY, MARCH, MAY]


def test_rules_of_stacking_are_told_apart_by_the_regimes_in_which_they_hold() -> None:
    rule = SimpleNamespace
    rules = [rule(start=JANUARY, until=MAY), rule(start=MARCH, until=None)]
    held = law([JANUARY, MARCH, MAY], register=SimpleNamespace(stacking_rules=rules))
    numbers, in_force = held.stacking_rules_in_force()
    assert [in_force[each] for each in numbers] == [(), (0,), (0, 1), (1,)]


def test_longer_codes_are_sought_of_eight_digits_and_once() -> None:
    sought: list[str] = []

    def below(code: str) -> list[str]:
        sought.append(code)
        return [f"{code}10"]

    held = law([0], register=SimpleNamespace(below=below), _longer={})
    asked = ("85076000", "850760", "8507600010", "85076000")
    assert [held.longer(code) for code in asked] == [("8507600010",), (), (), ("8507600010",)]
    assert sought == ["85076000"]


def test_goods_that_are_forbidden_are_so_from_the_first_of_their_days() -> None:
    ban: dict[str, object] = {"decision": "prohibited"}
    everywhere = provision("all", period(MAY), period(MARCH), control=ban)
    cuba = provision("cuba", period(JANUARY), control=ban, places=("CU",))
    fee = provision("fee", period(JANUARY), control={"decision": "licence"})
    forbids = measure("bans", everywhere, fee, cuba)
    held = law(
        [JANUARY, MARCH, MAY],
        measures=[measure("duty", provision("p", period(JANUARY))), forbids],
        place_class={"CN": 0, "CU": 1, "VN": 2},
        register=SimpleNamespace(inside=lambda places, country: country in places),
    )
    assert held.forbidding == [(forbids, everywhere), (forbids, cuba)]
    assert held.barring == {(0, 2), (1, 1)}


def test_the_places_of_a_record_are_its_own_and_those_of_its_provisions() -> None:
    made = measure("m", provision("p", places=("HK", "MO")), provision("q"), places=("CN",))
    assert places_of(made) == {"CN", "HK", "MO"}


# --- rates that the schedule prints --------------------------------------------------------------


def test_rates_are_found_by_code_and_edition_and_what_stands_in_is_not() -> None:
    # Codes by row; editions in columns, of which the second prints what the first does.
    steps = np.array([[0, 0, 1, 1], [2, 2, 2, 2], [3, 3, 3, NOTHING], [5, 5, 5, 5]])
    stand_in = np.zeros(steps.shape, bool)
    stand_in[3, 2:] = True
    held = Printed(RateTable({}, [NO_RATES] * 6, steps, stand_in))
    # One segment of the first two, and one of each other; then days before them all.
    assert held._first.tolist() == [0, 2, 3]
    assert held._segment.tolist() == [0, 0, 1, 2, 3]

    row = np.array([2, 0, NOTHING, 3])  # the third code has no row in the table
    edition = np.array([-1, 0, 1, 2, 3])  # of each instant; the first lies before all editions
    code, instant = (each.reshape(-1) for each in np.indices((4, 5)))
    found = held.rates(row, edition, code, instant).reshape(4, 5)
    assert found.tolist() == [
        [NOTHING, 3, 3, 3, NOTHING],
        [NOTHING, 0, 0, 1, 1],
        [NOTHING] * 5,
        [NOTHING, 5, 5, NOTHING, NOTHING],
    ]
    # A code that is met later has a row of its own, and the others keep theirs.
    more = np.append(row, 1)
    assert held.rates(more, edition, np.array([4, 1, 4]), np.array([3, 3, 0])).tolist() == [
        2, 1, NOTHING,
    ]  # fmt: skip


def test_more_rates_than_two_bytes_number_are_all_told_apart() -> None:
    steps = np.array([[39_999, 32_768]])
    held = Printed(RateTable({}, [NO_RATES] * 40_000, steps, np.zeros((1, 2), bool)))
    both = np.array([0, 1])
    assert held.rates(np.array([0]), both, np.array([0, 0]), both).tolist() == [39_999, 32_768]


# --- what was not read ---------------------------------------------------------------------------


def edition(number: int, *, imported: bool = False, until: date | None = None) -> Any:
    return SimpleNamespace(
        number=number, id=f"hts_{number}", imported=imported,
        is_exact=lambda day: until is None or day < until,
    )  # fmt: skip


def unread(
    editions: list[Any], days: list[str], *, rates: tuple[str, str] | None = None
) -> UnreadLaw:
    """What was not read of codes 8507.60.00.10, 8507.60.00.20, 7208.10.00.00 and 9503.00.00.71.

    The first edition prints all but the toys, and another rate of steel than the one before it;
    every day is one of the edition whose number its year ends with.
    """
    codes = ["8507600010", "8507600020", "7208100000", "9503000071"]
    names = {0: "general", 1: "special", 2: "other", -1: ""}
    engine: Any = SimpleNamespace(
        codes=codes,
        minutes=[start_of(day) for day in days],
        calendar=SimpleNamespace(edition=lambda day: day.year - 2020),
        ordinary=SimpleNamespace(column_name=names.__getitem__),
        table=SimpleNamespace(
            index={"8507600010": 0, "7208100000": 1, "9503000071": 2},
            steps=np.array([[4, 4], [0, 4], [NOTHING, 4]]),
        ),
    )
    schedule: Any = SimpleNamespace(
        editions=editions,
        unsteady_lines=lambda: {(0, "general"): {"72081000"}},
    )
    area = Area("us/tariff", "2026-10-10", "", None, rates)
    return UnreadLaw(area, schedule, engine, Distinct(["", "open"]))


UNTIL = date(2020, 7, 1)


def test_an_edition_is_asked_about_where_it_is_only_the_nearest_or_was_imported() -> None:
    editions = [edition(0, until=UNTIL), edition(1, imported=True)]
    days = ["2019-05-01", "2020-06-30", "2020-07-01", "2021-01-01"]
    held = unread(editions, days)
    assert held._editions().tolist() == [-1, -1, 0, 1]
    late = np.array([True, False, False, False])
    assert held.concerns(late).tolist() == [True, False, True, True]
    # The rates of the first are known to stand through 15 July.
    held = unread(editions, [*days, "2020-07-15", "2020-07-16"], rates=("hts_0", "2020-07-15"))
    assert held._editions().tolist() == [-1, -1, -1, 1, -1, 0]
    held = unread(editions, days, rates=("hts_1", "2020-07-15"))
    assert held._editions().tolist() == [-1, -1, 0, 1]


@pytest.mark.parametrize(
    ("column", "doubtful"),
    [
        (0, [False, False, True, True]),  # steel changed; toys are not printed
        (2, [False, False, False, True]),
        (-1, [False, False, True, True]),  # no column stands for the general one
        (1, [True] * 4),  # no edition tells the special rates of the days between
    ],
)
def test_a_rate_is_in_doubt_where_two_editions_do_not_agree_about_it(
    column: int, doubtful: list[bool]
) -> None:
    held = unread([edition(0, until=UNTIL), edition(1)], ["2020-08-01"])
    codes = np.arange(4)
    assert held._in_doubt(0, codes, np.full(4, column)).tolist() == doubtful
    # No later edition can agree with the last, and one that was imported was not checked.
    assert held._in_doubt(1, codes, np.full(4, column)).all()
    imported = unread([edition(0, imported=True), edition(1)], ["2020-08-01"])
    assert imported._in_doubt(0, codes, np.full(4, column)).all()


def test_entries_say_what_was_not_read_of_them_after_what_is_open() -> None:
    held = unread([edition(0, until=UNTIL), edition(1)], ["2020-01-01", "2020-08-01", "2021-01-01"])
    #         before, steel, battery, steel and open, late, late and open
    instant = np.array([0, 1, 1, 1, 2, 2])
    code = np.array([2, 2, 0, 2, 0, 0])
    reason = np.array([0, 0, 0, 1, 0, 1])
    late = np.array([False, False, True])
    found = held.added(reason, code, instant, np.zeros(6, int), late)
    told = [held.stated.things[each] for each in found.tolist()]
    nearest = "schedule: hts_0 is only the nearest at hand"
    beyond = "us/tariff: read through 10 October 2026"
    begins = ["", nearest, "", f"open; {nearest}", beyond, f"open; {beyond}"]
    assert all(text.startswith(begin) for text, begin in zip(told, begins, strict=True))
    assert [bool(text) for text in told] == [False, True, False, True, True, True]
    assert reason.tolist() == [0, 0, 0, 1, 0, 1]

    # Both at once: the area first, then the edition.
    both = held.added(reason[1:2], code[1:2], instant[1:2], np.zeros(1, int), ~late)
    text = held.stated.things[int(both[0])]
    assert text.startswith(beyond)
    assert f"; {nearest}" in text
    last = unread([edition(0), edition(1, until=date(2021, 7, 1))], ["2021-08-01"])
    one = np.zeros(1, int)
    both = last.added(one + 1, one, one, one, np.ones(1, bool))
    text = last.stated.things[int(both[0])]
    assert text.startswith(f"open; {beyond}")
    assert "; schedule: hts_1 is only the nearest at hand" in text


# --- facts as the law sees them ------------------------------------------------------------------


def fact(key: str, type_: str) -> EntryFact:
    return EntryFact(key, type_, None, (), "", f"{key}?", ("civil", "military"), "")


def test_a_fact_counts_by_its_value_or_by_the_tests_that_read_it() -> None:
    known = {
        name: fact(name, kind)
        for name, kind in (
            ("use", "word"), ("shipped", "date"), ("unasked", "date"),
            ("steel", "money_or_share"), ("beside", "money_or_share"),
        )
    }  # fmt: skip
    before = FactTest("shipped", "before", "2025-04-09")
    half = FactTest("steel", "at_least", "50%")
    again = measure("m", provision("p", when=(before,)), provision("q", when=(before, half)))
    held = FactPatterns(known, {"steel": Base("steel", "steel", False)}, [again])
    assert held.pattern_of("use", "civil") == ("use", ("civil",), "")
    assert held.pattern_of("shipped", "2025-04-08") == ("shipped", (True,), "")
    assert held.pattern_of("shipped", "2025-04-09") == ("shipped", (False,), "")
    assert held.pattern_of("unasked", "2025-04-09") == ("unasked", (), "")
    # An amount cannot be read as the share that a test asks for.
    assert held.pattern_of("steel", "500") == ("steel", (None,), "money")
    assert held.pattern_of("steel", "40%") == ("steel", (False,), "share")
    assert held.pattern_of("steel", "50%") == ("steel", (True,), "share")
    assert held.pattern_of("beside", "500").kind == ""  # a part of no base

    sign = (held.pattern_of("use", "civil"),)
    other = (held.pattern_of("use", "military"),)
    numbers = [
        held.number((), {}),
        held.number(sign, {"use": "civil"}),
        held.number(other, {"use": "military"}),
        held.number(sign, {"use": "again"}),
    ]
    assert numbers == [0, 1, 2, 1]
    assert [dict(each.texts) for each in held.facts] == [
        {}, {"use": "civil"}, {"use": "military"},
    ]  # fmt: skip


def test_every_fact_has_a_bit_and_the_65th_shares_that_of_the_first() -> None:
    known = {f"f{at}": fact(f"f{at}", "bool") for at in range(66)}
    held = FactPatterns(known, {}, [])
    assert [held.bit(f"f{at}") for at in (0, 1, 63, 64, 65)] == [1, 2, 2**63, 1, 2]


# --- a batch under a scenario --------------------------------------------------------------------


def answers(texts: list[str], filed: list[str], lines: list[str], *rows: Sequence[int]) -> Answers:
    """Answers whose rows are status, reason, layers, because, before, last and cents."""
    status, reason, layers, because, before, last, cents = np.array(rows, np.int64).T.copy()
    return Answers(
        status, reason, layers, before, last, filed, lines, {"duty": cents}, texts, 1,
        Counter(), because,
    )  # fmt: skip


def test_rows_that_a_scenario_reaches_are_laid_over_those_of_the_law() -> None:
    held: Any = Supposed.__new__(Supposed)
    known = Distinct(["", "a"])
    over = answers(
        ["", "b", "a"], ["9903;", "9904;"], ["8507", ""], (1, 1, 2, 0, 1, 0, 700),
        (0, 0, 1, 2, 0, 1, 800),
    )  # fmt: skip
    parts: list[list[int]] = []
    table: Any = SimpleNamespace(part=lambda rows: parts.append(rows.tolist()))
    held._numbers = []
    held._beneath = SimpleNamespace(known=known)
    held._above = SimpleNamespace(answer=lambda part: over)
    under = answers(
        known.things, ["9901;"], ["7208", "8507"], (3, 1, 1, 1, 0, 0, 100),
        (3, 1, 1, 1, 0, 1, 200), (3, 1, 1, 1, 0, 1, 300),
    )  # fmt: skip
    found = held._laid_over(under, np.array([2, 0]), table)
    assert parts == [[2, 0]]
    texts = known.things
    assert texts == ["", "a", "b"]
    assert found.status.tolist() == [0, 3, 1]
    assert [texts[each] for each in found.reason.tolist()] == ["", "a", "b"]
    assert [texts[each] for each in found.layers.tolist()] == ["b", "a", "a"]
    assert [texts[each] for each in found.because.tolist()] == ["a", "a", ""]
    assert found.headings == ["9903;", "9901;8507", "9904;8507"]
    assert found.numbers["duty"].tolist() == [800, 200, 700]
    assert found.single == 2


def test_rows_are_reached_by_place_day_and_goods_and_where_they_cannot_be_read() -> None:
    held: Any = Supposed.__new__(Supposed)
    engine = SimpleNamespace(
        minutes=[JANUARY, MARCH, MAY],
        law=SimpleNamespace(place_class={"CN": 0, "HK": 1, "VN": 2}, places=["CN", "HK", "VN"]),
    )
    held._beneath = SimpleNamespace(engine=engine)
    inside = SimpleNamespace(inside=lambda places, country: country in places)
    held._register = inside

    def named(*codes: int) -> Any:
        return SimpleNamespace(rows=lambda asked: np.isin(asked, codes))

    change = SimpleNamespace
    held._reach = [
        (change(start=MARCH, places=("CN", "HK")), named(7)),
        (change(start=MAY, places=("VN",)), named(7, 8)),
    ]
    assert [each.tolist() for each in held._places] == [[True, True, False], [False, False, True]]
    rows = [
        # place, instant, code, cannot be read
        (0, 0, 7, False), (0, 1, 7, False), (1, 2, 7, False), (0, 2, 8, False),
        (2, 1, 8, False), (2, 2, 8, False), (2, 2, 9, False), (2, 0, 9, True),
    ]  # fmt: skip
    place, instant, code, bad = (np.array(each) for each in zip(*rows, strict=True))
    read: Any = SimpleNamespace(place=place, instant=instant, code=code, bad=bad)
    assert held._reached(read).tolist() == [1, 2, 5, 7]


# --- what a batch came to ------------------------------------------------------------------------


def test_a_file_says_how_many_rows_had_which_status_and_what_lies_past_the_reading() -> None:
    areas = {"us/tariff": Area("us/tariff", "2026-10-10", ""), "b": Area("b", "2026-09-01", "")}
    register: Any = SimpleNamespace(areas=areas)
    done = Done(Counter(open=2, ok=5), Counter({"us/tariff": 3, "b": 1}), Counter(rows=4), ["x"])
    assert done.described(register) == {
        "rows": 7,
        "statuses": {"ok": 5, "open": 2},
        "announced_rows": 4,
        "beyond": [
            {"area": "b", "through": "2026-09-01", "rows": 1},
            {"area": "us/tariff", "through": "2026-10-10", "rows": 3},
        ],
        "notes": ["x"],
    }
    nothing = Done(Counter(), Counter(), Counter()).described(register)
    assert (nothing["announced_rows"], nothing["beyond"]) == (0, [])
