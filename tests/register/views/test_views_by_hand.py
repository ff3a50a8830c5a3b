"""What records are told by: lists that change, acts, agreements and duties that stand already."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.core.clock import start_of
from detente.register.local import reach
from detente.register.local.reach import StandingDuty, beside
from detente.register.model import ANNOUNCED, LAW, CodeList, Member
from detente.register.views import truce_summary, two_readings
from detente.register.views.act_rows import _answers, _title_zh, instant_text, title_of
from detente.register.views.list_changes import list_changes

# --- lists that change ---------------------------------------------------------------------------


def member(code: str, start: int | None = None, until: int | None = None, **more: Any) -> Member:
    plain = Member(code, "steel", start, until, None, False, False, "")
    return plain._replace(**more)


def changes(*rows: Member, known_on: int | None = None) -> list[tuple[str, list[str], list[str]]]:
    """What two lists of the United States gain and lose from minute 10 to minute 20."""
    lists = {name: CodeList(name, f"List {name}", (), "", "", ()) for name in ("steel", "wood")}
    register: Any = SimpleNamespace(all_members=lambda: rows, lists=lists)
    found = list_changes(register, {"wood": "US", "steel": "US"}, {"US": 10}, {"US": 20}, known_on)
    assert all(row["title"] == f"List {row['list']}" for row in found)
    return [(row["list"], row["added"], row["removed"]) for row in found]


@pytest.mark.parametrize(
    ("row", "added", "removed"),
    [
        (member("72"), [], []),
        (member("72", 10), [], []),
        (member("72", 11), ["72"], []),
        (member("72", 20), ["72"], []),
        (member("72", 21), [], []),
        (member("72", None, 10), [], []),
        (member("72", None, 11), [], ["72"]),
        (member("72", None, 20), [], ["72"]),
        (member("72", None, 21), [], []),
        (member("72", 12, 18), [], []),
        # What begins to be excepted is removed, and the reverse.
        (member("72", 11, excepted=True), [], ["72"]),
        (member("72", None, 11, excepted=True), ["72"], []),
        (member("72", 11, unknown=True), [], []),
        (member("72", 11, list="other"), [], []),
    ],
)
def test_a_code_is_added_or_removed_between_two_moments(
    row: Member, added: list[str], removed: list[str]
) -> None:
    assert changes(row) == ([("steel", added, removed)] if added or removed else [])


def test_lists_are_told_by_name_with_what_was_announced_by_the_day() -> None:
    rows = [member("76", 11, list="wood"), member("73", 11, announced=5), member("72", 11),
            member("74", None, 15)]  # fmt: skip
    both = [("steel", ["72", "73"], ["74"]), ("wood", ["76"], [])]
    assert changes(*rows) == changes(*rows, known_on=5) == both
    assert changes(*rows, known_on=4) == [("steel", ["72"], ["74"]), ("wood", ["76"], [])]


# --- acts ----------------------------------------------------------------------------------------


def test_an_act_has_the_title_of_its_event_or_of_what_it_moves() -> None:
    measure: Any = SimpleNamespace(title="Tariff", title_zh="关税", answers=("m",), events=[])
    provision: Any = SimpleNamespace(title="Parts")
    plain: Any = SimpleNamespace(title="")
    event: Any = SimpleNamespace(title="Order", title_zh="", answers=("e",))
    silent: Any = SimpleNamespace(title="", title_zh="", answers=())
    zh: Any = SimpleNamespace(title="", title_zh="公告", answers=())
    assert title_of(measure, provision, event) == "Order"
    assert title_of(measure, provision, silent) == title_of(measure, provision, None)
    assert title_of(measure, provision, None) == "Tariff: Parts"
    assert title_of(measure, plain, None) == title_of(measure, None, None) == "Tariff"

    def act(of: Any) -> Any:
        return SimpleNamespace(event=of, measure=measure)

    # Where only the English title of an act is held it has no Chinese one.
    assert [_title_zh(act(each)) for each in (event, silent, zh, None)] == [
        "",
        "关税",
        "公告",
        "关税",
    ]
    measure.events = [silent, zh, event]
    assert [_answers(act(each)) for each in (event, silent, zh, None)] == [("e",), ("m",), (), ()]
    assert instant_text(None, "America/New_York") is None
    assert instant_text(0, "America/New_York") is not None


# --- agreements ----------------------------------------------------------------------------------


def part(what: str, returns_on: str | None, *, returned: bool = False, confirmed: bool = True,
         through: str | None = None, until: str | None = None) -> Any:  # fmt: skip
    heard = None if until is None else {"suspended_until": until}
    return {"what": what, "measure": what, "by": "US", "returns_on": returns_on,
            "returned": returned, "confirmed": confirmed, "confirmed_through": through,
            "announced": heard}  # fmt: skip


def told(
    monkeypatch: pytest.MonkeyPatch, *rows: Any, reading: str = LAW, unnamed: str = ""
) -> list[str]:
    def measure(name: str) -> Any:
        events = [
            SimpleNamespace(named=name != unnamed, announced_only=True),
            SimpleNamespace(named=False, announced_only=False),
        ]
        return SimpleNamespace(id=name, events=events)

    monkeypatch.setattr(
        truce_summary, "announced_acts", lambda of, zone: [(f"{of.id} in {zone}", None)]
    )
    monkeypatch.setattr(truce_summary, "stated", ", ".join)
    register: Any = SimpleNamespace(reading=reading, measure=measure, zones={"US": "zone"})
    return list(truce_summary.summary(register, rows))


def test_an_agreement_is_told_by_its_terms_and_by_what_came_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = part("a", "2026-11-10"), part("b", "2026-11-09")
    assert told(monkeypatch, part("z", None)) == []
    assert told(monkeypatch, first) == [
        "By the law as read, 1 instrument has a term; the first ends on 10 November 2026."
    ]
    assert told(monkeypatch, first, part("z", None), second, reading=ANNOUNCED) == [
        "By what was announced, 2 instruments have a term; the first ends on 9 November 2026."
    ]
    back = part("c", "2026-11-08", returned=True)
    words = "By the law as read, 1 of the 3 instruments with a term have run out by their own dates"
    assert told(monkeypatch, first, second, back) == [f"{words}."]
    doubt = [
        part(each, "2026-11-08", returned=True, confirmed=False, through=day)
        for each, day in (("d", "2026-10-10"), ("e", "2026-10-12"))
    ]
    (one,) = told(monkeypatch, first, second, doubt[0])
    assert one.startswith(f"{words}; ")
    assert "10 October 2026" in one
    assert "by the area of law" not in one
    (both,) = told(monkeypatch, first, back, *doubt[::-1])
    assert "10 October 2026" in both
    assert both.endswith(" to 12 October 2026, by the area of law.")


def test_what_was_announced_of_an_agreement_names_its_days_and_what_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [part("a", "2026-11-10", until="2027-11-10"), part("b", None, until="2027-05-01"),
            part("c", "2026-11-10")]  # fmt: skip
    _, moved, left = told(monkeypatch, *rows)
    assert moved == (
        "By what was announced, 2 of them go on to 1 May 2027: a in zone, b in zone. No instrument "
        "of it was read."
    )
    assert left == "In no statement, and not extended here: c."
    _, _, unnamed, _ = told(monkeypatch, *rows, unnamed="b")
    assert unnamed == ("The statements name the arrangement as a whole, and not surely these: b.")
    assert len(told(monkeypatch, *rows[:2])) == 2


# --- two readings --------------------------------------------------------------------------------


def two(monkeypatch: pytest.MonkeyPatch, reading: str = LAW, *names: str) -> Any:
    monkeypatch.setattr(
        two_readings, "_statements", lambda register, name: [SimpleNamespace(id=f"act of {name}")]
    )
    monkeypatch.setattr(two_readings, "stated", lambda acts: ", ".join(act.id for act in acts))
    return SimpleNamespace(
        reading=reading, announced_only=names,
        measure=lambda name: SimpleNamespace(title=f"Title {name}", area="us/tariff" if name in "ab"
                                             else "us/control"),
    )  # fmt: skip


def test_records_whose_readings_differ_are_counted_and_the_first_four_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = two_readings.together_text(two(monkeypatch), ["a"])
    assert text.startswith(
        "This follows the law as read; what was announced differs for 1 record (Title a). "
        "Announced by act of a; "
    )
    text = two_readings.together_text(two(monkeypatch, ANNOUNCED), ["a", "b", "c", "d"])
    assert "This follows what was announced; the law as read differs for 4 records" in text
    assert "(Title a; Title b; Title c; Title d)" in text
    assert "Title d; …)" in two_readings.together_text(two(monkeypatch), [*"abcde"])


def test_blocks_of_rows_are_one_with_each_act_once(monkeypatch: pytest.MonkeyPatch) -> None:
    register = two(monkeypatch)
    rows = [
        {"id": "a", "announced": {"because": ["x", "y"]}}, {"id": "b", "announced": None},
        {"measure": "c", "announced": {"because": ["y", "z"]}},
    ]  # fmt: skip
    found = two_readings.of_rows(register, rows)
    assert found is not None
    assert found["because"] == ["x", "y", "z"]
    assert "2 records (Title a; Title c)" in found["text"]
    assert two_readings.of_rows(register, rows[1:2]) is two_readings.of_rows(register, []) is None


def test_an_area_is_touched_by_records_that_show_something_announced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register = two(monkeypatch, LAW, "a", "b", "c")
    shown = {"Title a": ["x"], "Title b": [], "Title c": ["z"]}
    monkeypatch.setattr(
        two_readings, "showing",
        lambda register, measure, minute, known_on: [SimpleNamespace(id=each)
                                                     for each in shown[measure.title]],
    )  # fmt: skip
    found = two_readings.of_area(register, "us/tariff", 5)
    assert found is not None
    assert found["because"] == ["x"]
    assert "1 record (Title a)" in found["text"]
    assert two_readings.of_area(register, "cn/tariff", 5) is None


def ahead(measure: str, value: str = "25%", **more: str) -> dict[str, Any]:
    return {"measure": measure, "limb": "p", "effective": "2026-11-10", "state": "in_force",
            "value": value} | more  # fmt: skip


@pytest.mark.parametrize("reading", [LAW, ANNOUNCED])
def test_days_ahead_say_whether_the_other_reading_has_them(
    monkeypatch: pytest.MonkeyPatch, reading: str
) -> None:
    register = two(monkeypatch, reading, "a", "b")
    theirs = [ahead("a"), ahead("b", "10%"), ahead("c", "1%")]
    monkeypatch.setattr(two_readings, "counterpart", lambda of: "other")
    monkeypatch.setattr(
        two_readings, "records",
        lambda other, query: [SimpleNamespace(id=row["measure"]) for row in theirs],
    )  # fmt: skip
    monkeypatch.setattr(
        two_readings, "coming_of",
        lambda said, other, query, minutes: [SimpleNamespace(row=row) for row in theirs
                                             if row["measure"] in {each.id for each in said}],
    )  # fmt: skip
    monkeypatch.setattr(two_readings, "act_row", lambda other, act: act.row)
    ours: Any = [ahead("a"), ahead("b"), ahead("c")]
    query: Any = None
    rows, found = two_readings.of_changes(register, query, {}, ours)
    # Of the third nothing was announced, so both readings have it alike.
    assert [row["by_other_reading"] for row in rows] == [True, False, True]
    assert found is not None
    assert found["because"] == ["act of b"]
    assert found["events"] == ([theirs[1]] if reading == LAW else ours[:2])
    theirs[1] = ahead("b")
    assert two_readings.of_changes(register, query, {}, ours)[1] is None
    for field in ("limb", "effective", "state"):
        theirs[1] = ahead("b", **{field: "another"})
        assert two_readings.of_changes(register, query, {}, ours)[1] is not None
    register.announced_only = ()
    rows, found = two_readings.of_changes(register, query, {}, ours)
    assert ([row["by_other_reading"] for row in rows], found) == ([True] * 3, None)


# --- duties that stand already -------------------------------------------------------------------

APRIL, JUNE, AUGUST = (start_of(f"2026-0{month}-01") for month in (4, 6, 8))


def charge(start: int, until: int | None = None, form: str | None = "add") -> Any:
    duty = None if form is None else SimpleNamespace(form=form)
    return SimpleNamespace(start=start, until=until, duty=duty)


def charging(*periods: Any, **more: Any) -> Any:
    fields: dict[str, Any] = {
        "id": "p",
        "goods": ("8507",),
        "places": (),
        "when": (),
        "control": {},
    }
    return SimpleNamespace(**fields | more, periods=periods)


def record(name: str, *provisions: Any, **more: Any) -> Any:
    fields: dict[str, Any] = {"area": "us/tariff", "family": "301", "kind": "measure",
                              "title": f"Title {name}", "places": ("CN",)}  # fmt: skip
    return SimpleNamespace(**fields | more, id=name, provisions=provisions)


def contents(*measures: Any, rules: tuple[Any, ...] = (), members: tuple[Any, ...] = ()) -> Any:
    return SimpleNamespace(
        measures={each.id: each for each in measures}, stacking_rules=rules, members=members,
        facts={"asked": SimpleNamespace(raised=""), "silent": SimpleNamespace(raised="silent")},
        countries={"CN": "", "HK": "", "VN": ""},
        places={
            "china": SimpleNamespace(everywhere=False, countries=("CN", "HK")),
            "but-china": SimpleNamespace(everywhere=True, countries=("CN",)),
        },
    )  # fmt: skip


NEW = record("new", charging(charge(JUNE)))


def test_a_duty_of_the_same_kind_on_the_same_goods_is_told_with_its_first_day() -> None:
    old = record("old", charging(charge(APRIL, AUGUST), id="q"))
    (found,) = beside(contents(old, NEW), NEW)
    assert found == StandingDuty("new/p", "old/q", "Title old", "8507", JUNE)
    assert str(found) == (
        "old/q (Title old) charges goods of code 8507 too from 2026-06-01, by a duty of the same "
        "kind as new/p: both are owed unless a yield says which gives way"
    )
    assert "charges all goods too" in str(found._replace(code=""))


@pytest.mark.parametrize(
    ("old", "stands"),
    [
        (record("old", charging(charge(AUGUST))), True),
        (record("old", charging(charge(APRIL, JUNE))), False),  # it ends as the new one begins
        (record("old", charging(charge(APRIL, JUNE + 1))), True),
        (record("old", charging(charge(APRIL, form="free"))), False),
        (record("old", charging(charge(APRIL, form=None))), False),
        (record("old", charging(charge(APRIL, form="cap"))), False),
        (record("old", charging(charge(APRIL)), family="232"), False),
        (record("old", charging(charge(APRIL)), area="cn/tariff"), False),
        (record("old", charging(charge(APRIL)), kind="context"), False),
        (record("old", charging(charge(APRIL)), places=("VN",)), False),
        (record("old", charging(charge(APRIL)), places=("china",)), True),
        (record("old", charging(charge(APRIL)), places=("but-china",)), False),
        (record("old", charging(charge(APRIL), places=("HK",)), places=("china",)), False),
        (record("old", charging(charge(APRIL), places=("CN",)), places=("china",)), True),
        (record("old", charging(charge(APRIL), goods=("8507.60",))), True),  # a part of the goods
        (record("old", charging(charge(APRIL), goods=("85",))), True),
        (record("old", charging(charge(APRIL), goods=("8506", "9503"))), False),
        (record("old", charging(charge(APRIL), goods=())), True),
        (record("old", charging(charge(APRIL), goods=("list",))), True),
        (record("old", charging(charge(APRIL), goods=("other",))), False),
        (record("old", charging(charge(APRIL), when=(SimpleNamespace(fact="asked"),))), True),
        # What an importer must elect stands beside nobody.
        (record("old", charging(charge(APRIL), when=(SimpleNamespace(fact="silent"),))), False),
        (record("old", charging(charge(APRIL), goods=("9503",)), charging(charge(APRIL))), True),
    ],
)
def test_a_duty_stands_beside_another_by_kind_place_goods_and_days(old: Any, stands: bool) -> None:
    members = (
        SimpleNamespace(list="list", code="850760", excepted=False),
        SimpleNamespace(list="other", code="8507", excepted=True),
    )
    held = contents(old, NEW, members=members)
    assert bool(list(beside(held, NEW))) is stands
    # One of which either gives way to the other is left out.
    for pair in (("old", "new"), ("new", "old")):
        rules = (SimpleNamespace(yielding=pair[0], prevailing=pair[1]),)
        assert list(beside(contents(old, NEW, members=members, rules=rules), NEW)) == []


def test_goods_that_two_duties_share_are_the_first_of_their_codes() -> None:
    def common(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
        return reach._common({}, charging(goods=one), charging(goods=other))

    assert common(("87", "85"), ("8507", "8703")) == "8507"
    assert common(("8507",), ("85",)) == "8507"
    assert common((), ("9503", "85")) == common(("9503", "85"), ()) == "85"
    assert common((), ()) == ""
    assert common(("85",), ("87",)) is None
