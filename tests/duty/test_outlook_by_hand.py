"""What changes ahead of a moment, within its day, and how long a rate has stood: a made-up law."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from detente.applicability.scope import Scope, edges
from detente.applicability.stack import AsOf, resolve
from detente.core.clock import MINUTES, start_of
from detente.duty import outlook
from detente.duty import scheduled as scheduled_module
from detente.duty.case import build_case
from detente.duty.outlook import _has_same_rate, _with_winners, ahead, charges, tenures, within_day
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register

DAY = 1440
NOON = 720


def term(
    measure: str = "m", duty: str = "10%", *, heading: str | None = "9903.01", base: str = "value",
    less: tuple[Any, ...] = (), provision: str = "p", form: str = "ad_valorem",
) -> Any:  # fmt: skip
    return SimpleNamespace(
        measure=SimpleNamespace(id=measure),
        provision=SimpleNamespace(id=provision, base=base),
        duty=SimpleNamespace(text=duty, form=form),
        heading=heading,
        less=less,
    )


def stack(*terms: Any) -> Any:
    return SimpleNamespace(terms=terms)


def law(monkeypatch: pytest.MonkeyPatch, *runs: tuple[int, Any]) -> Scope:
    """A scope whose stack is another one from each of these minutes on; nothing before them."""

    def resolve(scope: Any, as_of: AsOf) -> Any:
        return next((found for start, found in reversed(runs) if start <= as_of.minute), stack())

    monkeypatch.setattr(outlook, "resolve", resolve)
    monkeypatch.setattr(outlook, "together", lambda fits, rules, as_of: resolve(None, as_of))
    monkeypatch.setattr(outlook, "edges", lambda scope: [start for start, _ in runs])
    return Scope("", "CN", "US", (), (), ())


def at(minute: int) -> AsOf:
    return AsOf(minute, None, {})  # type: ignore[arg-type]


TEN, TWENTY = stack(term()), stack(term(duty="20%"))


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        # seen from the last minute of a day, as a question about a day is
        (DAY - 1, [2 * DAY, 5 * DAY]),
        (2 * DAY - 1, [2 * DAY, 5 * DAY]),
        (3 * DAY - 1, [5 * DAY]),
        # a change later on the same day is told elsewhere
        (5 * DAY, []),
        (6 * DAY - 1, []),
    ],
)
def test_days_ahead_are_those_on_whose_end_something_else_is_charged(
    monkeypatch: pytest.MonkeyPatch, minute: int, expected: list[int]
) -> None:
    scope = law(
        monkeypatch,
        (2 * DAY, TEN),
        (3 * DAY, stack(term())),  # the same charges: no change
        (5 * DAY + NOON, TWENTY),  # told as of the day, and not of the minute
    )
    moment = at(minute)
    found = list(ahead(scope, moment, outlook.resolve(scope, moment)))
    assert [each.minute for each in found] == expected
    if expected:
        assert found[-1].stack is TWENTY


def test_changes_of_neighboring_days_are_two(monkeypatch: pytest.MonkeyPatch) -> None:
    scope = law(monkeypatch, (2 * DAY, TEN), (3 * DAY, TWENTY))
    found = list(ahead(scope, at(DAY - 1), stack()))
    assert [(each.minute, each.stack) for each in found] == [(2 * DAY, TEN), (3 * DAY, TWENTY)]


def test_what_comes_and_goes_within_a_day_is_no_change_of_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scope = law(monkeypatch, (0, TEN), (2 * DAY + 1, TWENTY), (2 * DAY + NOON, TEN))
    assert list(ahead(scope, at(NOON), TEN)) == []
    assert within_day(scope, at(2 * DAY)) == [2 * DAY + 1, 2 * DAY + NOON]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (0, []),
        (1, []),  # what opens the day is no change within it
        (2, [2 * DAY + 1]),
        (3, [4 * DAY - 1]),
        (4, []),  # an edge within the day at which the same is charged
    ],
)
def test_changes_within_a_day_are_those_after_its_first_minute(
    monkeypatch: pytest.MonkeyPatch, day: int, expected: list[int]
) -> None:
    scope = law(
        monkeypatch,
        (DAY, TEN),
        (2 * DAY + 1, TWENTY),
        (4 * DAY - 1, TEN),
        (4 * DAY + NOON, stack(term())),
    )
    # Any minute of the day gives the same answer.
    assert within_day(scope, at(day * DAY)) == expected
    assert within_day(scope, at(day * DAY + DAY - 1)) == expected


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (2 * DAY, (2 * DAY, 5 * DAY)),  # its first minute
        (2 * DAY + 1, (2 * DAY, 5 * DAY)),
        (5 * DAY - 1, (2 * DAY, 5 * DAY)),  # its last one
        (5 * DAY, (5 * DAY, None)),
        (9 * DAY, (5 * DAY, None)),
    ],
)
def test_a_tenure_runs_from_the_minute_at_which_a_rate_began_to_the_one_at_which_it_ends(
    monkeypatch: pytest.MonkeyPatch, minute: int, expected: tuple[int, int | None]
) -> None:
    scope = law(monkeypatch, (2 * DAY, TEN), (3 * DAY, stack(term())), (5 * DAY, TWENTY))
    now = outlook.resolve(scope, at(minute))
    assert tenures(scope, at(minute), now) == {"m": expected}


def test_a_rate_that_always_stood_has_no_first_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    scope = law(monkeypatch, (0, TEN), (DAY, stack(term())))
    monkeypatch.setattr(outlook, "together", lambda fits, rules, as_of: TEN)
    assert tenures(scope, at(2 * DAY), TEN) == {"m": (None, None)}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (term(), True),
        (term(heading=None, provision="q"), True),  # a heading is no part of the rate
        (term(duty="20%"), False),
        (term(base="content"), False),
        (term(measure="n"), False),
        (term(less=(term("n"),)), False),
    ],
)
def test_a_rate_is_a_duty_on_parts_of_the_value(other: Any, same: bool) -> None:
    assert _has_same_rate(term(), stack(term("x", "99%"), other)) is same
    assert _has_same_rate(other, stack(term())) is same
    assert _has_same_rate(term(), stack()) is False


def test_parts_that_stronger_measures_take_are_told_by_their_names() -> None:
    one, other = (term(less=(term("n", duty),)) for duty in ("10%", "50%"))
    assert _has_same_rate(one, stack(other))
    assert not _has_same_rate(one, stack(term(less=(term("n"), term("o")))))


@pytest.mark.parametrize(
    ("form", "heading", "counts"),
    [
        ("ad_valorem", "9903.01", True),
        ("ad_valorem", None, True),
        ("free", "9903.01", True),
        ("free", None, False),
    ],
)
def test_what_is_free_counts_only_under_a_heading(
    form: str, heading: str | None, counts: bool
) -> None:
    found = charges(stack(term(form=form, heading=heading)))
    assert found == ({"m": ("p", heading, "10%")} if counts else {})


def test_a_measure_is_looked_at_with_all_to_whom_it_may_give_way() -> None:
    names = ("a", "b", "c", "d", "e")
    candidates: Any = tuple(SimpleNamespace(measure=SimpleNamespace(id=name)) for name in names)
    rules: Any = tuple(
        SimpleNamespace(yielding=yielding, prevailing=prevailing)
        for yielding, prevailing in (("a", "b"), ("b", "c"), ("d", "a"))
    )
    part = _with_winners(Scope("", "CN", "US", candidates, rules, ()), "a")
    # To b, and so to c; d gives way to it, which is another matter.
    assert [each.measure.id for each in part.candidates] == ["a", "b", "c"]
    assert part.stacking_rules == rules[:2]
    assert part.equivalence is None


@pytest.mark.parametrize("known_on", [None, "2025-04-01", "2025-11-01"])
@pytest.mark.parametrize("code", ["8507600010", "7208101500", "8703230190", "0201300200"])
@pytest.mark.parametrize("origin", ["CN", "CA", "DE"])
def test_the_stack_of_day_after_day_is_that_of_each_day_by_itself(
    register: Register, schedule: Schedule, origin: str, code: str, known_on: str | None
) -> None:
    question = DutyQuestion(code, origin, "2025-06-02", value="10000", known_on=known_on)
    case = build_case(register, schedule, question)
    assert case.scope.equivalence is None
    stack_at = outlook._by_day(case.scope, case.as_of)
    marks = edges(case.scope)
    assert len(marks) >= 20
    draw = random.Random(code + origin)
    minutes = [each + beside for each in marks for beside in (-1, 0)]
    minutes += [draw.randrange(marks[0], marks[-1] + 500 * DAY) for _ in range(40)]
    # In no order: what was found for a gap serves every minute of it.
    draw.shuffle(minutes)
    for minute in minutes:
        assert stack_at(minute) == resolve(case.scope, case.as_of._replace(minute=minute))


# --- what the law itself changed after the last day that was read --------------------------------

READ = "2026-10-10"


def scheduled_of(
    monkeypatch: pytest.MonkeyPatch,
    on: str,
    turns: dict[str, str],
    *,
    now: str | None = None,
    confirmed: tuple[str, ...] = (),
) -> Any:
    """What is told of a case of a day, of which the duty turns on some days."""
    of_day = {start_of(day): rate for day, rate in turns.items()}
    minute = start_of(on) + MINUTES - 1

    def charged(at: int) -> str:
        return next((of_day[day] for day in sorted(of_day, reverse=True) if day <= at), "25%")

    monkeypatch.setattr(scheduled_module, "edges", lambda scope: [*of_day])
    monkeypatch.setattr(scheduled_module, "charges", lambda stack: stack)
    monkeypatch.setattr(
        scheduled_module, "ahead",
        lambda scope, start, before: [
            SimpleNamespace(minute=day, stack=rate) for day, rate in of_day.items()
            if day > start.minute
        ],
    )  # fmt: skip

    def change(case: Any, before: str, snapshot: Any) -> dict[str, Any]:
        day = next(day for day in turns if start_of(day) == snapshot.minute)
        return {"on": day, "what": f"{before} becomes {snapshot.stack}", "measures": [day]}

    monkeypatch.setattr(scheduled_module, "change", change)
    monkeypatch.setattr(
        scheduled_module, "read_to",
        lambda case, day, measures: day if day in confirmed else READ,
    )  # fmt: skip
    case: Any = SimpleNamespace(
        as_of=Moment(minute), scope=None, stack=charged(minute) if now is None else now,
        resolve=lambda as_of: charged(as_of.minute),
    )  # fmt: skip
    return scheduled_module.scheduled(case, READ)


class Moment(NamedTuple):
    """When is asked."""

    minute: int


def test_changes_of_the_law_s_own_dates_are_told_up_to_the_day_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns = {"2026-10-10": "20%", "2026-11-10": "10%", "2026-12-01": "5%"}
    assert scheduled_of(monkeypatch, "2026-11-09", turns) is None
    found = scheduled_of(monkeypatch, "2026-11-10", turns)
    assert (found["through"], [row["on"] for row in found["changes"]]) == (READ, ["2026-11-10"])
    assert found["text"].startswith("By the law's own dates, ")
    assert found["text"].endswith(": on 10 November 2026 20% becomes 10%.")
    both = scheduled_of(monkeypatch, "2026-12-31", turns)
    assert both["text"].endswith(
        "on 10 November 2026 20% becomes 10%; on 1 December 2026 10% becomes 5%."
    )
    # What an act that was read brings about itself is confirmed.
    one = scheduled_of(monkeypatch, "2026-12-31", turns, confirmed=("2026-11-10",))
    assert [row["on"] for row in one["changes"]] == ["2026-12-01"]
    every = tuple(turns)
    assert scheduled_of(monkeypatch, "2026-12-31", turns, confirmed=every) is None


def test_of_the_day_itself_nothing_is_told_where_the_duty_has_not_turned_yet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns = {"2026-11-10": "10%", "2026-12-01": "5%"}
    found = scheduled_of(monkeypatch, "2026-12-01", turns, now="10%")
    assert [row["on"] for row in found["changes"]] == ["2026-11-10"]
    found = scheduled_of(monkeypatch, "2026-12-02", turns, now="10%")
    assert [row["on"] for row in found["changes"]] == ["2026-11-10", "2026-12-01"]
    assert scheduled_of(monkeypatch, "2026-11-10", turns, now="25%") is None
