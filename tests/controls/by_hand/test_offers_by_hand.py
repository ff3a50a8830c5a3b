"""Which licence exceptions serve, over rules written here; days on which an answer turns."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.controls.control_list import Gate, Offer, OfferFact, OfferRule, Section
from detente.controls.law import doors_of
from detente.core.clock import MINUTES, day_number
from detente.licence import ahead, classified
from detente.licence.ahead import changes_ahead, within_day
from detente.licence.classified import NOT_READ, EntryOffers
from detente.licence.lists_used import _notes
from detente.licence.transfer import check_transfer, is_deemed, transfer_of
from detente.register.country_words import QuestionError

WHY = "To group B."


def rule(**more: Any) -> OfferRule:
    plain = OfferRule("LVS", (), (), (), (), True, WHY, (), (), ())
    return plain._replace(**more)


def gate(**more: Any) -> Gate:
    plain = Gate((), ("all",), (), (), "740.2", "shut", (), (), (), ())
    return plain._replace(**more)


def fact(**more: Any) -> OfferFact:
    return OfferFact("LVS", ("3A001",), (), "", "", "", "740.3", "not these")._replace(**more)


def offer(offered: str = "yes", limit: str = "", text: str = "Yes") -> Offer:
    return Offer("3A001", "LVS", offered, limit, text)


def entry(
    *, rules: dict[str, OfferRule] | None = None, gates: tuple[Gate, ...] = (), **more: Any
) -> Any:
    """Chips to Taiwan, which is in groups A:6 and B, controlled for national security."""
    made: Any = EntryOffers.__new__(EntryOffers)
    held = {
        "_item": "3A001.a.5", "_eccn": "3A001", "_to": "TW", "_series": "500",
        "_row": SimpleNamespace(groups=("A:6", "B")), "_rules": rules or {}, "_facts": [],
        "_earlier": False, "_fired": {"us-chart"}, "_named": {}, "_by_party": False,
        "_reasons": {"NS"}, "_perhaps": set(), "_half": [],
        "_question": SimpleNamespace(facts={}, headquarters=None),
        "_list": SimpleNamespace(
            day="2026-06-01",
            sections=lambda: {name: Section(name, f"740.{name}", f"About {name}")
                              for name in ("LVS", "GBS")},
            offers=lambda eccn: [offer()],
        ),
    } | more  # fmt: skip
    for name, value in held.items():
        setattr(made, name, value)
    made._gates = [each for each in gates if made._is_shut_by(each, each.items)]
    return made


# --- restrictions on all exceptions --------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "shut"),
    [
        ({}, True),
        ({"to": ("TW",)}, True),
        ({"to": ("CN",)}, False),
        ({"to": (), "headquarters": ("CN",)}, False),
        ({"items": ("3A001",)}, True),
        ({"items": ("3A001.a",)}, True),
        ({"items": ("3A001.a.5",)}, True),
        ({"items": ("3A001.a.50", "3A0", "3A001.b")}, False),
        ({"series": ("600", "500")}, True),
        ({"series": ("600",)}, False),
        ({"reasons": ("MT", "NS")}, True),
        ({"reasons": ("MT",)}, False),
        ({"measures": ("us-chart",)}, True),
        ({"measures": ("us-other",)}, False),
        ({"leaves": ("LVS",)}, False),
        ({"leaves": ("GBS",)}, True),
    ],
)
def test_a_restriction_shuts_an_exception_by_place_item_series_reason_and_rule(
    more: dict[str, Any], shut: bool
) -> None:
    made = entry(gates=(gate(**more),), rules={"LVS": rule()})
    found = made._judged("LVS", offer())
    assert found == ((False, "740.2: shut") if shut else (True, f"The entry offers it: Yes. {WHY}"))


def test_a_party_of_a_country_brings_a_restriction_in_wherever_it_is() -> None:
    there = gate(to=(), headquarters=("CN", "MO"))
    for headquarters, shut in (("CN", True), ("US", False), (None, False)):
        asked = SimpleNamespace(facts={}, headquarters=headquarters)
        assert bool(entry(gates=(there,), _question=asked)._gate("LVS")) is shut


def test_a_restriction_in_part_leaves_open_what_it_does_not_shut() -> None:
    half = gate(citation="740.9", why="technology of chips")
    made = entry(rules={"LVS": rule()}, _half=[gate(leaves=("LVS",)), half])
    assert made._in_part("LVS", True, "Why.") == (
        None, "Why. Not for what 740.9 names: technology of chips",
    )  # fmt: skip
    assert made._in_part("LVS", False, "Why.") == (False, "Why.")
    assert made._in_part("LVS", None, "Why.")[0] is None
    assert entry()._in_part("LVS", True, "Why.") == (True, "Why.")


# --- facts and rules of the register -------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "named", "told", "shut"),
    [
        ({}, {}, {}, True),
        ({"code": "GBS"}, {}, {}, False),
        ({"items": ("3A002",)}, {}, {}, False),
        ({"to": ("TW", "CN")}, {}, {}, True),
        ({"to": ("CN",)}, {}, {}, False),
        ({"fact": "use", "value": "civil"}, {}, {"use": "civil"}, True),
        ({"fact": "use", "value": "civil"}, {}, {"use": "military"}, False),
        ({"fact": "use", "value": "civil"}, {}, {}, False),
        # All that a rule names lies among the items, though the item itself does not.
        ({"items": ("4A",)}, {"LVS": ["4A", "4A.x"]}, {}, True),
        ({"items": ("4A",)}, {"LVS": ["4A", "5A"]}, {}, False),
        ({"items": ("4A",)}, {"LVS": []}, {}, False),
        ({"measure": "us-chart"}, {}, {}, False),  # that is a rule and no fact of goods
    ],
)
def test_a_fact_of_goods_and_way_shuts_an_exception(
    more: dict[str, Any], named: dict[str, list[str]], told: dict[str, str], shut: bool
) -> None:
    asked = SimpleNamespace(facts=told, headquarters=None)
    made = entry(_facts=[fact(**more)], _named=named, _question=asked)
    assert made._by_fact("LVS") == ("740.3: not these" if shut else "")


def test_a_rule_that_asks_a_licence_shuts_exceptions_on_any_day() -> None:
    by_rule = fact(measure="us-chart", citation="744", why="the end user")
    other = fact(measure="us-other")
    made = entry(
        gates=(gate(), gate(measures=("us-chart",), citation="746", why="embargo")),
        _facts=[other, by_rule],
    )
    assert made._by_rule("LVS") == "746: embargo"
    assert entry(_facts=[other, by_rule])._by_rule("LVS") == "744: the end user"
    assert entry(_facts=[other, by_rule])._by_rule("GBS") == ""
    assert entry(gates=(gate(),))._by_rule("LVS") == ""
    left = gate(measures=("us-chart",), leaves=("LVS",))
    assert entry(gates=(left,))._by_rule("LVS") == ""
    # Of the exceptions that rules name it is told which are shut: by a rule, or by a fact.
    shut = entry(_facts=[by_rule, fact(code="GBS")], _named={"LVS": [], "GBS": [], "TSR": []})
    assert shut.shut() == {"LVS": "744: the end user", "GBS": "740.3: not these"}


# --- what an exception asks of item and place ----------------------------------------------------


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, ""),
        ({"kinds": ("A", "B")}, ""),
        ({"kinds": ("E",)}, f"Not for this kind of item. {WHY}"),
        ({"groups": ("A:1", "B")}, ""),
        ({"groups": ("A:1", "A:5")}, f"TW is not in group A:1 or A:5. {WHY}"),
        ({"reasons": ("NS", "MT")}, ""),
        ({"reasons": ("MT",)}, "NS asks a licence too, which it does not answer."),
        ({"to": ("TW", "JP")}, ""),
        ({"to": ("JP",)}, f"Not for this destination. {WHY}"),
        ({"not_to": ("TW",)}, f"Not for this destination. {WHY}"),
        ({"not_to": ("JP",)}, ""),
        ({"items": ("3A001.a",)}, ""),
        ({"items": ("3A002",)}, f"Not for this item. {WHY}"),
        ({"items": ("named",)}, ""),
    ],
)
def test_an_exception_reaches_items_and_places_of_its_rule(more: dict[str, Any], told: str) -> None:
    made = entry()
    assert made._exclusion(rule(**more), offer()) == told
    if told:
        assert entry(rules={"LVS": rule(**more)})._judged("LVS", offer()) == (False, told)


def test_an_exception_for_what_is_named_needs_an_entry_that_names_it() -> None:
    told = f"Neither the entry nor a rule names it. {WHY}"
    assert entry()._exclusion(rule(items=("named",)), None) == told
    assert entry(_row=None)._exclusion(rule(groups=("B",)), offer()).startswith("TW is not in")
    both = entry(_reasons={"NS", "AT"})._exclusion(rule(reasons=("RS",)), offer())
    assert both == "AT, NS asks a licence too, which it does not answer."


@pytest.mark.parametrize(
    ("given", "stated", "more", "available", "told"),
    [
        (rule(), offer(), {}, True, f"The entry offers it: Yes. {WHY}"),
        (rule(), offer("no", text="No"), {}, False, "The entry does not offer it: No"),
        (rule(), None, {}, False, "The entry does not offer it."),
        (rule(), offer("part", text="on a condition"), {}, None, "On conditions: on a condition"),
        (rule(), offer(text="Yes for 3A001.b"), {}, False,
         "The entry offers it for other paragraphs: Yes for 3A001.b"),
        (rule(), offer(), {"_by_party": True}, False,
         "A rule on the party asks a licence too, which it does not answer."),
        (rule(decides=False), offer(), {}, None, f"{NOT_READ} The entry says: Yes"),
        (rule(decides=False), None, {}, None, NOT_READ),
        (rule(decides=False, conditions=("c",)), offer(), {}, None, f"{WHY} The entry says: Yes"),
        (rule(decides=False, conditions=("c",)), None, {}, None, WHY),
        (None, offer(), {}, None, f"{NOT_READ} The entry says: Yes"),
        (None, None, {}, None, NOT_READ),
        # A reason that may ask a licence too: missiles always, others where the rule names some.
        (rule(), offer(), {"_perhaps": {"MT", "RS"}}, None,
         f"Not where MT asks a licence too. {WHY}"),
        (rule(), offer(), {"_perhaps": {"RS"}}, True, f"The entry offers it: Yes. {WHY}"),
        (rule(reasons=("NS",)), offer(), {"_perhaps": {"RS", "AT"}}, None,
         f"Not where AT, RS asks a licence too. {WHY}"),
        (rule(reasons=("NS", "RS")), offer(), {"_perhaps": {"RS"}}, True,
         f"The entry offers it: Yes. {WHY}"),
    ],
)  # fmt: skip
def test_an_exception_is_judged_by_its_rule_and_by_what_the_entry_says(
    given: OfferRule | None, stated: Offer | None, more: dict[str, Any], available: bool | None,
    told: str,
) -> None:  # fmt: skip
    made = entry(rules={} if given is None else {"LVS": given}, **more)
    assert made._judged("LVS", stated) == (available, told)


@pytest.mark.parametrize(
    ("value", "text", "available", "told"),
    [
        (None, "$5,000", None, f"To $5000 an order: say --param order_value=…. {WHY}"),
        ("5000", "$5,000.", True, f"$5000 against the limit of $5000 an order. {WHY}"),
        ("5000.01", "$5000", False, f"$5000.01 against the limit of $5000 an order. {WHY}"),
        ("1", "$5000 but no more", True,
         f"$1 against the limit of $5000 an order. {WHY} The entry says: $5000 but no more"),
    ],
)  # fmt: skip
def test_the_value_of_an_order_is_held_against_the_limit(
    value: str | None, text: str, available: bool | None, told: str
) -> None:
    facts = {} if value is None else {"order_value": value}
    made = entry(_question=SimpleNamespace(facts=facts, headquarters=None))
    assert made._within(offer(limit="5000", text=text), WHY) == (available, told)


def test_rows_tell_every_exception_but_those_of_rules_and_what_is_read_of_another_day() -> None:
    rules = {"LVS": rule(conditions=("keep a record",)), "GBS": rule(decides=False)}
    first, second = entry(rules=rules).rows()
    assert first == {
        "code": "LVS", "name": "LVS", "title": "About LVS", "citation": "740.LVS",
        "available": True, "why": f"The entry offers it: Yes. {WHY}", "holds": "possibly",
        "conditions": ["keep a record"],
    }  # fmt: skip
    assert (second["available"], second["holds"], second["conditions"]) == (None, "unread", [])
    (other,) = entry(rules=rules, _named={"LVS": []}).rows()
    assert other["code"] == "GBS"

    earlier, _ = entry(rules=rules, _earlier=True).rows()
    assert (earlier["available"], earlier["holds"], earlier["conditions"]) == (None, "unread", [])
    assert earlier["why"] == "Read as of 2026-06-01, and not for this day."
    shut = entry(rules=rules, _earlier=True, gates=(gate(measures=("us-chart",)),))
    assert [(row["available"], row["holds"]) for row in shut.rows()] == [(False, "no")] * 2
    no = entry(rules={"LVS": rule(kinds=("E",), conditions=("c",))})
    row = next(no.rows())
    assert (row["available"], row["holds"], row["conditions"]) == (False, "no", [])


@pytest.mark.parametrize(
    ("given", "available", "holds"),
    [
        (None, None, "unread"), (None, True, "possibly"), (rule(), None, "possibly"),
        (rule(decides=False), None, "unread"), (rule(decides=False, conditions=("c",)), None,
                                                "possibly"), (rule(), False, "no"),
    ],
)  # fmt: skip
def test_what_was_not_read_is_named_and_not_shown_as_possible(
    given: OfferRule | None, available: bool | None, holds: str
) -> None:
    made = entry(rules={} if given is None else {"LVS": given})
    assert made._holds("LVS", available) == holds


# --- days on which an answer turns ---------------------------------------------------------------

DAY = day_number("2026-03-15")


def period(start: int, until: int | None = None) -> Any:
    return SimpleNamespace(start=start, until=until, announced=0)


def provision(name: str, *periods: Any, **control: Any) -> Any:
    return SimpleNamespace(id=name, periods=periods, control=control)


def law_of(*measures: Any) -> Any:
    named = [SimpleNamespace(id=name, title=f"Rule {name}", provisions=own)
             for name, own in measures]  # fmt: skip
    side = SimpleNamespace(by="US", measures=named, doors=doors_of(named))
    return SimpleNamespace(regimes=[side])


class Question(SimpleNamespace):
    """A transaction that is asked anew on other days."""

    def _replace(self, **more: Any) -> Question:
        return Question(**{**self.__dict__, **more})


def question(*parties: Any, minute: int = DAY * MINUTES) -> Any:
    return Question(minutes={"US": minute}, parties=parties, known_on=None, scheduled=False)


def answer(*rules: str, decision: str = "licence", reached: Any = (), **more: Any) -> Any:
    fired = [
        SimpleNamespace(
            by="US", measure=each[0], provision=each[1:], displaced_by=more.get("by", "")
        )
        for each in rules
    ]
    states = [SimpleNamespace(state=state) for state in more.get("states", ("read",))]
    side = SimpleNamespace(rules=fired, reached=reached, coverage=states)
    return SimpleNamespace(regimes=[side], decision=decision, policy=more.get("policy", ""))


def turns(monkeypatch: pytest.MonkeyPatch, by_day: dict[int, Any], law: Any, asked: Any,
          now: Any) -> list[dict[str, Any]]:  # fmt: skip
    """What is told where the answer is that of the last of some days."""
    met: list[tuple[int, bool]] = []

    def decide(given: Any, of: Any, flag: bool) -> Any:
        assert (of, flag, given.scheduled) == (law, False, True)
        minute = given.minutes["US"]
        met.append(divmod(minute, MINUTES))
        return by_day[max(day for day in by_day if day <= minute // MINUTES)]

    monkeypatch.setattr(ahead, "decide", decide)
    found = changes_ahead(asked, law, now)
    # At the moment itself, then in the last minute of each day.
    assert all(rest == MINUTES - 1 for _, rest in met[1:])
    return [dict(row) for row in found]


def test_a_later_day_is_told_where_the_answer_becomes_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = [day * MINUTES for day in (DAY - 1, DAY, DAY + 1, DAY + 2, DAY + 3)]
    law = law_of(("m", [provision("x", period(at[0], at[2]), period(at[3], at[4]))]),
                 ("n", [provision("y", period(at[1] + 60))]))  # fmt: skip
    now = answer("mx", reached=[("m", "x"), ("n", "y")])
    by_day = {DAY: now, DAY + 1: answer("ny", decision="none", policy="denial"),
              DAY + 2: answer("ny", decision="none", policy="denial"),
              DAY + 3: answer("ny", "mx", states=("read", "beyond"))}  # fmt: skip
    found = turns(monkeypatch, by_day, law, question(), now)
    assert [row["on"] for row in found] == ["2026-03-16", "2026-03-18"]
    first, second = found
    assert first["what"] == "Rule n (y) applies; Rule m (x) no longer applies"
    assert (first["measures"], first["decision"], first["policy"]) == (["n", "m"], "none", "denial")
    assert (second["what"], second["policy"]) == ("Rule m (x) applies", None)
    assert (first["confirmed"], second["confirmed"]) == (True, False)

    # What the goods do not reach changes nothing, and nothing is decided anew.
    assert turns(monkeypatch, {}, law, question(), answer("mx")) == []
    inside = list(within_day(question(), law, now))
    assert inside == [("US", at[1] + 60)]  # the start of the day is no change within it
    assert list(within_day(question(minute=at[0]), law, now)) == []


def test_a_door_and_what_counts_as_another_place_change_the_answer_too() -> None:
    later = period((DAY + 1) * MINUTES)
    law = law_of(
        ("d", [provision("p", later)]), ("m", [provision("q", later, under="d")]),
        ("c", [provision("r", later, counts_as="MO")]), ("o", [provision("s", later)]),
    )  # fmt: skip
    found = list(ahead._edges(question(), law, answer()))
    assert found == [("US", (DAY + 1) * MINUTES)] * 2


def test_the_standing_of_a_party_changes_the_answer_on_its_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def party(
        since: int | None, certain: int | None, until: int | None, likely: bool = True
    ) -> Any:
        return SimpleNamespace(since=since, certain=certain, until=until, likely=likely)

    law = law_of(("m", [provision("x", period(0))]))
    plain, moved = answer("mx"), answer("mx", by="n")
    parties = (party(DAY - 3, None, DAY + 5), party(DAY, DAY + 2, None),
               party(DAY + 1, None, None, likely=False))  # fmt: skip
    found = ahead._days(question(*parties), law, plain)
    assert found == [DAY + 2, DAY + 5]
    by_day = {DAY: plain, DAY + 2: moved, DAY + 5: answer("mx", by="n", policy="denial")}
    first, second = turns(monkeypatch, by_day, law, question(*parties), plain)
    told = "a party may stand on a list from then, or no longer"
    assert (first["what"], first["measures"]) == (told, ["m"])  # it gives way to another now
    assert (second["what"], second["measures"]) == (told, [])


# --- transfers and lists -------------------------------------------------------------------------


def query(**more: str) -> Any:
    return SimpleNamespace(**{"transfer": "", "deemed_to": "", "item": ""} | more)


@pytest.mark.parametrize(
    ("asked", "start", "told"),
    [
        (
            query(transfer="import"),
            "US",
            "'import' is not a transfer: write export, reexport, deem",
        ),
        (query(transfer="export"), "NL", "what leaves NL is a reexport to the law of US"),
        (query(transfer="reexport"), "US", "what leaves US is an export"),
        (query(transfer="deemed"), "US", "a deemed export goes to a person"),
        (query(transfer="export", deemed_to="CN"), "US", "--deemed-to asks about a deemed export"),
        (query(deemed_to="CN"), "NL", "a deemed export is a release inside the US"),
        (query(deemed_to="CN", item="3A001"), "US", "3A001 is a commodity, .* such as 3E001"),
    ],
)
def test_a_way_of_moving_that_contradicts_the_rest_is_refused(
    asked: Any, start: str, told: str
) -> None:
    with pytest.raises(QuestionError, match=told):
        check_transfer(asked, start)


@pytest.mark.parametrize(
    ("asked", "start", "transfer"),
    [
        (query(), "US", "export"), (query(), "NL", "reexport"),
        (query(transfer="export"), "US", "export"), (query(transfer="reexport"), "NL", "reexport"),
        (query(deemed_to="CN"), "US", "deemed"),
        (query(deemed_to="CN", transfer="deemed", item="3E001"), "US", "deemed"),
        (query(deemed_to="CN", item="3D001"), "US", "deemed"),
        (query(deemed_to="CN", item="laser"), "US", "deemed"),
    ],
)  # fmt: skip
def test_what_leaves_the_country_is_an_export_and_what_leaves_another_a_reexport(
    asked: Any, start: str, transfer: str
) -> None:
    check_transfer(asked, start)
    assert is_deemed(asked) is (transfer == "deemed")
    assert transfer_of(asked, SimpleNamespace(start=start)) == transfer  # type: ignore[arg-type]


def test_lists_that_are_younger_than_the_day_are_told_with_their_days() -> None:
    days = {"EL": "2026-02-01", "SDN": "2026-05-01", "UVL": "2026-03-01", "OLD": "2025-01-01"}
    counting = {name: SimpleNamespace(day=day) for name, day in days.items()}
    screen: Any = SimpleNamespace(day="2026-01-01", later={"SDN", "EL", "UVL"}, counting=counting)
    read: Any = SimpleNamespace(reason="")
    (note,) = _notes(screen, read)
    assert "lists of 2026-02-01 to 2026-05-01, which are younger than 2026-01-01" in note
    screen.later = set()
    assert _notes(screen, read) == []
    read.reason = "One list is held in part"
    (note,) = _notes(screen, read)
    assert note.endswith("names are screened against. One list is held in part.")


def test_an_item_is_one_that_is_listed_or_a_paragraph_of_it() -> None:
    assert classified._is_in("3A001.a", ["3A002", "3A001"])
    assert classified._is_in("3A001", ["3A001"])
    assert not classified._is_in("3A001", ["3A001.a", "3A00"])
    assert not classified._is_in("3A001", [])
