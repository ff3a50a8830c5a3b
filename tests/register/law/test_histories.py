"""Hard histories, each told by painting alone: no special case in the engine knows of them."""

from __future__ import annotations

import pytest

from detente.core.clock import day_number, start_of
from detente.register.model import Provision
from detente.register.periods import operative_from, period_at, state_at, timeline
from tests.small_register import record

HEAD = "title: A history\nverified: {day: 2026-10-10, grade: primary}\n"

RECIPROCAL = record(
    HEAD
    + """\
id: us-reciprocal
by: US
provisions: [{id: main}]
events:
  - {announced: 2025-04-02, source: eo-1, periods: [
      {provision: main, from: 2025-04-05, until: 2025-04-09, add: "10%"},
      {provision: main, from: 2025-04-09, add: "34%"}]}
  - {announced: 2025-04-08, source: eo-2,
     periods: [{provision: main, from: 2025-04-09, add: "84%"}]}
  - {announced: 2025-04-09, source: eo-3,
     periods: [{provision: main, from: 2025-04-10, add: "125%"}]}
  - {announced: 2025-05-12, source: eo-4, periods: [
      {provision: main, from: 2025-05-14, until: 2025-08-12, add: "10%", state: suspended},
      {provision: main, from: 2025-08-12, add: "34%"}]}
"""
).provision("main")

NO_46 = record(
    HEAD
    + """\
id: cn-46
by: CN
provisions:
  - {id: art-1, decision: prohibited, items: dual-use, to: [US], when: {end_use: {in: [military]}}}
  - {id: art-2, decision: licence, policy: not_permitted_in_principle, items: metals, to: [US]}
events:
  - {announced: 2024-12-03, source: no-46, periods: [{provision: all, from: 2024-12-03}]}
  - {announced: 2025-11-09, source: no-72, periods: [
      {provision: art-2, from: 2025-11-09, until: 2026-11-28, state: suspended, boundary: unclear}]}
""",
    "cn/control",
    "Asia/Shanghai",
)

NO_55 = """\
id: cn-55
by: CN
provisions: [{id: main, decision: licence, items: superhard, to: [all]}]
events:
  - {announced: 2025-10-09, source: no-55, periods: [{provision: main, from: 2025-11-08}]}
  - {announced: 2025-11-07, source: no-70, periods: [
      {provision: main, from: 2025-11-07, until: 2026-11-11, state: suspended}]}
"""


def duty_on(provision: Provision, day: str, known_on: str | None = None) -> str | None:
    period = period_at(
        provision.periods, start_of(day), None if known_on is None else day_number(known_on)
    )
    return None if period is None or period.duty is None else period.duty.text


def state_on(provision: Provision, day: str, known_on: str | None = None) -> str:
    return state_at(provision, start_of(day), None if known_on is None else day_number(known_on))


@pytest.mark.parametrize(
    ("day", "known_on", "wanted"),
    [
        ("2025-04-04", None, None),
        ("2025-04-05", None, "10%"),
        ("2025-04-08", None, "10%"),
        ("2025-04-09", "2025-04-07", "34%"),  # what was law for six days, of a day to come
        ("2025-04-09", "2025-04-08", "84%"),
        ("2025-04-09", None, "84%"),
        ("2025-04-10", None, "125%"),
        ("2025-05-13", None, "125%"),
        ("2025-05-14", None, "10%"),
        ("2025-08-11", None, "10%"),
        ("2025-08-12", None, "34%"),
    ],
)
def test_a_rate_superseded_before_its_day_never_applied(
    day: str, known_on: str | None, wanted: str | None
) -> None:
    assert duty_on(RECIPROCAL, day, known_on) == wanted


def test_no_day_before_the_pause_shows_the_rate_that_was_superseded() -> None:
    shown = [
        each.period.duty.text for each in timeline(RECIPROCAL) if each.period and each.period.duty
    ]
    assert shown == ["10%", "84%", "125%", "10%", "34%"]


def test_a_suspended_rate_is_charged_at_what_the_suspension_leaves() -> None:
    assert state_on(RECIPROCAL, "2025-05-14") == "suspended"
    assert state_on(RECIPROCAL, "2025-05-13") == "in_force"


@pytest.mark.parametrize(
    ("provision", "day", "wanted"),
    [
        ("art-1", "2024-12-02", "scheduled"),
        ("art-1", "2024-12-03", "in_force"),
        ("art-1", "2026-11-27", "in_force"),
        ("art-1", "2026-11-28", "in_force"),
        ("art-2", "2025-11-08", "in_force"),
        ("art-2", "2025-11-09", "suspended"),
        ("art-2", "2026-11-27", "suspended"),
        ("art-2", "2026-11-28", "in_force"),
    ],
)
def test_one_article_of_a_notice_is_suspended_and_the_other_is_not(
    provision: str, day: str, wanted: str
) -> None:
    assert state_on(NO_46.provision(provision), day) == wanted


def test_the_last_day_of_a_suspension_that_the_text_leaves_open_is_marked() -> None:
    last = period_at(NO_46.provision("art-2").periods, start_of("2026-11-27"))
    assert last is not None
    assert last.boundary == "unclear"
    back = period_at(NO_46.provision("art-2").periods, start_of("2026-11-28"))
    assert back is not None
    assert back.boundary == ""


def test_a_limb_of_a_control_says_what_it_decides_about_which_items() -> None:
    assert NO_46.provision("art-1").control == {
        "decision": "prohibited",
        "items": "dual-use",
        "to": ["US"],
    }
    assert NO_46.provision("art-2").control["policy"] == "not_permitted_in_principle"


@pytest.mark.parametrize(
    ("day", "known_on", "wanted"),
    [
        ("2025-10-20", None, "scheduled"),
        ("2025-11-08", "2025-11-06", "in_force"),  # as it then stood
        ("2025-11-07", None, "suspended"),
        ("2025-11-08", None, "suspended"),
        ("2026-11-10", None, "suspended"),
        ("2026-11-11", None, "in_force"),
    ],
)
def test_a_notice_suspended_the_day_before_it_began_has_no_day_in_force_until_it_returns(
    day: str, known_on: str | None, wanted: str
) -> None:
    provision = record(HEAD + NO_55, "cn/control", "Asia/Shanghai").provision("main")
    assert state_on(provision, day, known_on) == wanted
    assert operative_from(provision) == start_of("2026-11-11")


def test_a_notice_that_ends_without_one_day_in_force_never_operated() -> None:
    period = "[{provision: main, from: 2026-11-11, state: ended}]"
    ended = f"  - {{announced: 2026-11-05, source: no-80, periods: {period}}}\n"
    provision = record(HEAD + NO_55 + ended, "cn/control", "Asia/Shanghai").provision("main")
    assert operative_from(provision) is None
    assert state_on(provision, "2026-11-12") == "never_operated"
    assert state_on(provision, "2026-11-10") == "suspended"


@pytest.mark.parametrize(
    ("day", "known_on", "wanted"),
    [
        ("2025-11-13", None, "25%"),
        ("2025-11-14", "2025-12-03", "25%"),  # what an importer saw on the day
        ("2025-11-14", "2025-12-04", "up to 15% with column 1"),
        ("2025-11-14", None, "up to 15% with column 1"),
    ],
)
def test_a_cap_announced_in_december_reaches_back_to_november(
    day: str, known_on: str | None, wanted: str
) -> None:
    text = """\
id: us-korea
by: US
provisions: [{id: main}]
events:
  - {announced: 2025-07-31, source: eo-1,
     periods: [{provision: main, from: 2025-08-07, add: "25%"}]}
  - {announced: 2025-12-04, source: notice, retroactive: true, periods: [
      {provision: main, from: 2025-11-14, cap: "15%"}]}
"""
    assert duty_on(record(HEAD + text).provision("main"), day, known_on) == wanted


def test_the_mark_may_stand_on_one_paint_alone() -> None:
    text = """\
id: us-switzerland
by: US
provisions: [{id: main}, {id: other}]
events:
  - {announced: 2025-12-18, source: notice, periods: [
      {provision: main, from: 2025-11-14, retroactive: true, cap: "15%"},
      {provision: other, from: 2025-12-18, add: "10%"}]}
"""
    provision = record(HEAD + text).provision("main")
    assert duty_on(provision, "2025-11-14") == "up to 15% with column 1"
    assert state_on(provision, "2025-11-14", "2025-12-17") == "announced"


def test_an_hour_of_one_side_is_an_hour_of_its_own_clock() -> None:
    text = """\
id: cn-duty
by: CN
provisions: [{id: main}]
events:
  - {announced: 2025-11-05, source: no-10, periods: [
      {provision: main, from: "2025-11-10T13:01+08:00", add: "10%"}]}
"""
    provision = record(HEAD + text, "cn/tariff", "Asia/Shanghai").provision("main")
    noon = start_of("2025-11-10") + 13 * 60
    assert period_at(provision.periods, noon) is None
    assert period_at(provision.periods, noon + 1) is not None
