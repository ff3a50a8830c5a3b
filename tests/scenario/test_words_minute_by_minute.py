"""Short words held against what they mean, minute by minute, on timelines that are drawn."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.register.book import Register
from detente.register.load.yaml_reader import RegisterError, parse_yaml
from detente.register.model import DutyRate, EffectivePeriod, Measure, Provision
from detente.register.periods import period_at
from detente.register.runs import run_at
from detente.scenario.acts import CHARGING, SUSPENDED, ShortEvent, periods_of
from detente.scenario.changes import NOTHING, _of_provision, days_of_change
from detente.scenario.forks import DEPTH, tree_of

END = 40
"""Minutes that are looked at; what is drawn lies within."""

STATES = ("in_force", "suspended", "ended", "not_enforced", "lapsed")


MEASURE = Register.built_in().measures()[0]
DUTY = next(
    period.duty
    for measure in Register.built_in().measures()
    for provision in measure.provisions
    for period in provision.periods
    if period.duty is not None and period.duty.form == "add"
)
"""A record and a duty of the register, of which the tests make their own."""


def duty(rate: int, form: str = "add") -> DutyRate:
    return DUTY._replace(form=form, rate=rate, text=f"{rate}")


def period(
    start: int, until: int | None, state: str, rate: int | None, form: str = "add"
) -> EffectivePeriod:
    made = None if rate is None else duty(rate, form)
    return EffectivePeriod(0, start, until, made, None, state, "", "x", ("s",))


def provision(periods: list[EffectivePeriod], name: str = "main") -> Provision:
    return Provision(name, "", None, None, "", (), (), (), (), (), "", {}, tuple(periods))


def acted(
    provisions: list[Provision], word: str, start: int, until: int | None, **keys: str
) -> Any:
    """The provisions after a word; the message where it is refused."""
    text = "".join(
        f"{key}: {value}\n" for key, value in ({"do": word, "measure": "m"} | keys).items()
    )
    entries = parse_yaml(text.encode(), "x").entries()
    template = Register.built_in().measures()[0]
    measure: Measure = template._replace(id="m", provisions=tuple(provisions))
    try:
        found = periods_of(ShortEvent(word, measure, entries, start, until))
    except RegisterError as error:
        return str(error)
    return {
        each.id: each._replace(periods=(*each.periods, *found.get(each.id, ())))
        for each in provisions
    }


def shown(each: Provision) -> list[tuple[str, int | None] | None]:
    """What shows at each minute: state and rate."""
    found = []
    for minute in range(END):
        at = period_at(each.periods, minute)
        found.append(None if at is None else (at.state, at.duty and at.duty.rate))
    return found


def stretches(each: Provision) -> list[tuple[int, tuple[str, int | None] | None]]:
    """What shows, each stretch by its first minute."""
    rows = [(key, len(list(rows))) for key, rows in groupby(shown(each))]
    starts = [sum(length for _, length in rows[:at]) for at in range(len(rows))]
    return list(zip(starts, (key for key, _ in rows), strict=True))


@st.composite
def timelines(draw: st.DrawFn) -> Provision:
    periods = []
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(2, 30))
        until = draw(st.none() | st.integers(start + 1, 36))
        state = draw(st.sampled_from(STATES))
        rate = draw(st.integers(1, 3)) if state == "in_force" else None
        periods.append(period(start, until, state, rate))
    return provision(periods)


DAYS = st.tuples(st.integers(3, 30), st.none() | st.integers(1, 8)).map(
    lambda days: (days[0], None if days[1] is None else days[0] + days[1])
)


def within(minute: int, days: tuple[int, int | None]) -> bool:
    return days[0] <= minute and (days[1] is None or minute < days[1])


@settings(max_examples=40, deadline=None)
@given(timelines(), DAYS)
def test_to_extend_goes_on_with_what_showed_the_minute_before(
    each: Provision, days: tuple[int, int | None]
) -> None:
    before = shown(each)
    goes_on = before[days[0] - 1]
    found = acted([each], "extend", *days)
    if goes_on is None or goes_on[0] in NOTHING:
        assert "nothing to extend on this day" in found
        return
    assert shown(found["main"]) == [
        goes_on if within(minute, days) else before[minute] for minute in range(END)
    ]
    assert found["main"].periods[-1].boundary == ""  # the doubt does not go over


@settings(max_examples=40, deadline=None)
@given(timelines(), DAYS)
def test_to_end_ends_what_shows_on_its_days_or_ended_as_they_began(
    each: Provision, days: tuple[int, int | None]
) -> None:
    before = shown(each)
    standing = [at is not None and at[0] not in NOTHING for at in before]
    found = acted([each], "end", *days)
    last = END if days[1] is None else days[1]
    if not any(standing[days[0] - 1 : last]):
        assert "nothing to end on this day" in found
        return
    assert shown(found["main"]) == [
        ("ended", None) if within(minute, days) else before[minute] for minute in range(END)
    ]


@settings(max_examples=40, deadline=None)
@given(timelines(), DAYS)
def test_to_revive_shows_what_is_in_force_beneath_a_suspension(
    each: Provision, days: tuple[int, int | None]
) -> None:
    before = shown(each)
    bare = each._replace(periods=tuple(one for one in each.periods if one.state == "in_force"))
    beneath = shown(bare)
    suspended = any(
        at is not None and at[0] in SUSPENDED for at in before[days[0] - 1 : days[0] + 1]
    )
    standing = before[days[0]] is not None and before[days[0]][0] not in NOTHING  # type: ignore[index]
    once = any(at is not None and at[0] not in NOTHING for at in before[: days[0]])
    found = acted([each], "revive", *days)
    reached = suspended or (not standing and once)
    if not reached or beneath[days[0]] is None:
        assert "nothing to revive on this day" in found
        return
    assert shown(found["main"]) == [
        beneath[minute] if within(minute, days) and beneath[minute] else before[minute]
        for minute in range(END)
    ]


FIRST = [period(5, 20, "in_force", 1)]


def test_a_rate_is_set_where_one_is_charged_and_nowhere_else() -> None:
    charging = provision(FIRST)
    exempt = provision([period(0, None, "in_force", 0, "free")], "exempt")
    found = acted([charging, exempt], "set_rate", 8, 12, rate='"25%"')
    assert stretches(found["main"]) == [
        (0, None), (5, ("in_force", 1)), (8, ("in_force", 250_000)), (12, ("in_force", 1)),
        (20, None),
    ]  # fmt: skip
    assert found["exempt"] == exempt
    for start, told in ((4, False), (5, True), (19, True), (20, False)):
        found = acted([charging], "set_rate", start, None, rate='"25%"')
        assert isinstance(found, dict) is told
        if not told:
            assert "`m` charges nothing on this day that another rate could replace" in found
    named = acted([charging, exempt], "set_rate", 8, 12, rate='"25%"', provision="exempt")
    assert "`exempt` charges nothing on this day" in named
    bare = acted([charging], "set_rate", 8, 12)
    assert "this event needs a rate" in bare


def test_a_record_of_several_rates_needs_its_provisions_named() -> None:
    both = [provision(FIRST), provision([period(5, 20, "in_force", 2)], "other")]
    found = acted(both, "set_rate", 8, 12, rate='"25%"')
    assert "`m` charges several rates, 1 (main), 2 (other)" in found
    found = acted(both, "set_rate", 8, 12, rate='"25%"', provision="other")
    assert stretches(found["main"]) == [(0, None), (5, ("in_force", 1)), (20, None)]
    assert (8, ("in_force", 250_000)) in stretches(found["other"])
    same = [both[0], both[1]._replace(periods=tuple(FIRST))]
    assert isinstance(acted(same, "set_rate", 8, 12, rate='"25%"'), dict)
    wrong = acted(both, "set_rate", 8, 12, rate='"25%"', provision="third")
    assert "unknown provision `third`" in wrong
    assert "The provisions here are main, other" in wrong


@pytest.mark.parametrize(
    ("at", "form"),
    [
        (8, "cap"),  # while it is charged
        (25, "cap"),  # by what was charged last
        (2, "cap"),  # by what is charged first
    ],
)
def test_a_rate_that_is_enacted_is_of_the_form_that_stood_there(at: int, form: str) -> None:
    exempt = provision([period(5, 20, "in_force", 0, "free")], "exempt")
    charging = provision([period(5, 20, "in_force", 1, "cap")])
    found = acted([charging, exempt], "enact", at, at + 2, rate='"25%"')
    made = found["main"].periods[-1]
    assert (made.start, made.until, made.state) == (at, at + 2, "in_force")
    assert (made.duty.form, made.duty.rate) == (form, 250_000)
    # what exempted beside it comes back with it, where it had ended or not begun
    back = found["exempt"].periods[1:]
    assert [(each.start, each.until, each.duty.form) for each in back] == (
        [] if at == 8 else [(at, at + 2, "free")]
    )


def test_what_never_charged_cannot_be_enacted() -> None:
    exempt = provision([period(5, 20, "in_force", 0, "free")])
    assert "`m` never charged anything" in acted([exempt], "enact", 8, 9, rate='"25%"')
    named = acted([exempt], "enact", 8, 9, rate='"25%"', provision="main", heading='"9903.01.01"')
    made = named["main"].periods[-1]
    assert (made.duty.form, made.heading) == ("add", "9903.01.01")
    assert "free" not in CHARGING


def test_of_what_ended_only_what_stood_on_the_last_day_comes_back() -> None:
    first = provision([period(5, 10, "in_force", 1), period(10, None, "ended", None)], "first")
    last = provision([period(5, 20, "in_force", 2), period(20, None, "ended", None)], "last")
    found = acted([first, last], "revive", 25, None)
    assert "nothing to revive on this day" in found  # nothing in force lies beneath the end
    open_ = provision([period(5, None, "in_force", 2), period(20, None, "ended", None)], "last")
    found = acted([first, open_], "revive", 25, 30)
    assert found["first"] == first
    assert stretches(found["last"])[-2:] == [(25, ("in_force", 2)), (30, ("ended", None))]


# --- what a scenario changes ---------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(timelines(), timelines())
def test_changes_are_the_minutes_on_which_two_timelines_show_something_else(
    old: Provision, new: Provision
) -> None:
    measure: Any = None
    found = list(_of_provision(measure, old, new))

    def seen(each: Provision, minute: int) -> object:
        run = run_at(each, minute)
        return None if run.state in NOTHING else run[2:5]

    differs = [seen(old, minute) != seen(new, minute) for minute in range(END)]
    covered = [
        any(each.start <= minute and (each.until is None or minute < each.until) for each in found)
        for minute in range(END)
    ]
    assert covered == differs
    for each in found:
        assert seen(old, each.start) != seen(new, each.start)
        assert (each.before, each.after) == (run_at(old, each.start), run_at(new, each.start))
    # stretches of one difference stand once
    for one, other in pairwise(found):
        assert one.until is not None
        assert one.until <= other.start
        if one.until == other.start:
            pairs = [(seen(old, each.start), seen(new, each.start)) for each in (one, other)]
            assert pairs[0] != pairs[1]
    days = days_of_change(found)
    ends = {each.start for each in found} | {each.until for each in found if each.until}
    assert days == (["1970-01-01"] if ends else [])


def test_equal_periods_are_no_change_and_a_new_provision_is_one_from_its_first_minute() -> None:
    measure: Any = None
    each = provision(FIRST)
    assert list(_of_provision(measure, each, each)) == []
    (found,) = _of_provision(measure, None, each)
    assert (found.start, found.until, found.measure) == (5, 20, None)


def test_forks_lie_as_deep_as_is_said_and_no_deeper() -> None:
    register = Register.built_in()
    whole = tree_of(register, _nested(DEPTH), "deep.yaml")
    levels, fork = 1, whole.fork
    while fork.branches[0].then is not None:
        levels, fork = levels + 1, fork.branches[0].then
    assert levels == DEPTH
    with pytest.raises(RegisterError, match=f"forks lie {DEPTH + 1} deep. {DEPTH} are the most"):
        tree_of(register, _nested(DEPTH + 1), "deep.yaml")


def _nested(deep: int) -> bytes:
    """A tree with so many forks below one another."""
    inner = ""
    for level in reversed(range(deep)):
        then = f", then: {{{inner}}}" if inner else ""
        inner = (
            f"at: {2030 + level}-01-01, branches: "
            f"[{{name: a, probability: 1, scenario: law{then}}}]"
        )
    return f"{{name: deep, {inner}}}".encode()
