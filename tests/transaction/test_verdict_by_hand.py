"""Verdicts read off answers that are written here: every word of every kind of line."""

from __future__ import annotations

from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from detente.duty.question import QuestionError
from detente.transaction.party_context import PartyContext
from detente.transaction.party_standing import bears, headings_of, leaves_open, status_of
from detente.transaction.red_flags import red_flags
from detente.transaction.shipment_rows import OUTPUT, check_shipment_columns, shipment_row
from detente.transaction.verdict import pay, verdict_of
from detente.transaction.verdict_licence import read_licence
from detente.transaction.verdict_lines import VerdictLines, line, outcome, spaced, upper
from detente.transaction.verdict_parties import read_party, read_unread

# --- what a party comes to -----------------------------------------------------------------------


def hit(standing: str = "in_force", same: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "entry": "Zorblax", "list": "EL", "list_title": "Entity List", "citation": "89 FR 1",
        "standing": standing, "same_name": same, "suspended_until": None, "score": "0.91",
        "why": ["agree: zorblax"], "consequences": [], "requirement": "", "policy_text": "",
        "policy": "", "by": "US", "announced": None,
    } | more  # fmt: skip


def rule(result: str = "covered", in_force: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "title": "the rule", "result": result, "in_force": in_force, "status": "settled",
        "red_flags": [], "sources": ["90 FR 1"], "consequence": "a licence is needed",
        "requirement": None, "holdings": [], "state": "suspended", "decision": "licence",
    } | more  # fmt: skip


def way(*steps: tuple[str, str, str | None, str]) -> list[dict[str, Any]]:
    return [
        {"owner": owner, "share": low, "share_to": high, "owned": owned, "kind": "share"}
        for owner, low, high, owned in steps
    ]


@pytest.mark.parametrize(
    ("hits", "rules", "more", "verdict"),
    [
        # the worst of what was found, in this order
        ([hit()], [rule()], {}, "listed"),
        ([hit("unknown")], [rule()], {}, "covered"),
        ([hit("suspended"), hit("in_force")], [], {}, "listed"),
        ([hit("unknown")], [], {}, "possible"),
        ([hit("in_force", False)], [], {}, "possible"),
        ([hit("unknown", False)], [], {}, "possible"),
        ([], [rule("possibly_covered")], {}, "possible"),
        ([], [], {"unsure": True}, "possible"),
        ([], [rule("not_covered", red_flags=["a minority"])], {}, "possible"),
        ([hit("suspended")], [], {"unread": True}, "unresolved"),
        ([hit("suspended")], [], {}, "suspended"),
        ([hit("suspended", False)], [], {}, "suspended"),
        ([], [rule("covered", False)], {}, "suspended"),
        ([], [rule("possibly_covered", False)], {}, "suspended"),
        ([], [rule("not_covered", False)], {}, "clear"),
        ([], [rule("not_covered", status="open")], {}, "unresolved"),
        ([], [rule("not_covered", status="possibly")], {}, "unresolved"),
        ([], [rule("not_covered", False, status="open")], {}, "clear"),
        ([], [rule("not_covered", status="open")], {"otherwise": "part"}, "part"),
        ([hit("ended")], [], {}, "clear"),
        ([], [], {"otherwise": "not_screened"}, "not_screened"),
    ],
)
def test_the_verdict_on_a_party_is_the_worst_of_what_was_found(
    hits: list[Any], rules: list[Any], more: dict[str, Any], verdict: str
) -> None:
    kept = {"unsure": False, "unread": False, "otherwise": "clear"} | more
    assert status_of(hits, rules, **kept) == verdict


def test_a_rule_leaves_open_what_it_reaches_by_no_owner_and_cannot_rule_out() -> None:
    for result, in_force, status in product(
        ("covered", "not_covered", "possibly_covered"), (True, False),
        ("open", "possibly", "settled"),
    ):  # fmt: skip
        wanted = result == "not_covered" and in_force and status != "settled"
        assert leaves_open(rule(result, in_force, status=status)) is wanted  # type: ignore[arg-type]


def test_an_ownership_rule_bears_on_goods_that_it_decides_or_whose_heading_it_names() -> None:
    named = rule(decision="", consequence="the duty under 9903.01.24 is owed")
    assert bears(rule(), ())  # type: ignore[arg-type]
    assert bears(named, {"9903.01.24"})  # type: ignore[arg-type]
    assert not bears(named, {"9903.01.25"})  # type: ignore[arg-type]
    duty = {
        "applies": True,
        "layers": [{"heading": "9903.01.24"}, {"heading": None}],
        "not_applied": [{"heading": "9903.01.25"}],
    }
    assert headings_of(duty) == {"9903.01.24", "9903.01.25"}  # type: ignore[arg-type]
    assert headings_of(duty | {"applies": False}) == set()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("by", "decision", "meets"),
    [
        ("US", "licence", True), ("CN", "licence", False), ("US", "prohibited", True),
        ("CN", "prohibited", True), ("JP", "prohibited", False), ("CN", "", True),
        ("US", "", False), ("JP", "licence", False),
    ],
)  # fmt: skip
def test_a_rule_meets_goods_that_leave_come_in_or_both(by: str, decision: str, meets: bool) -> None:
    nothing: Any = None
    context = PartyContext(nothing, nothing, nothing, "2026-01-02T10:00", None, ("US",), "CN")
    assert context.meets(by, decision) is meets
    assert context.day == "2026-01-02"


# --- what is said of a party ---------------------------------------------------------------------


def said(party: dict[str, Any], *, headings: Any = (), requiring: Any = ()) -> dict[str, Any]:
    """The lines of a verdict on one party, those with anything in them."""
    lines = VerdictLines()
    whole = {
        "name": "Acme", "role": "end_user", "notes": [], "hits": [], "owners": [], "unsure": [],
        "status": "clear",
    } | party  # fmt: skip
    read_party(lines, whole, headings, requiring)  # type: ignore[arg-type]
    return {
        place: [
            (each["about"], each["what"], each["do"], each["sources"], each["on"])
            for each in getattr(lines, place)
        ]
        for place in ("stop", "resolve", "watch")
        if getattr(lines, place)
    }


def means(decision: str = "licence", bears_on: bool = True, **more: Any) -> dict[str, Any]:
    return {
        "decision": decision, "bears": bears_on, "what": "all items", "citation": "15 CFR 744",
        "policy": "",
    } | more  # fmt: skip


WHO = "Acme (end user) has the name of Zorblax on the Entity List"
SAME = "Establish whether it is the same, and what follows: "


@pytest.mark.parametrize(
    ("found", "more", "lines"),
    [
        (hit("suspended", suspended_until="2026-11-10"), {},
         {"watch": [("party", f"{WHO}; the listing is suspended through 9 November 2026.",
                     "Ask again after that day.", ["89 FR 1"], "2026-11-10")]}),
        (hit("suspended", citation=""), {},
         {"watch": [("party", f"{WHO}; the listing is suspended.",
                     "Ask again: until when is not told.", [], None)]}),
        (hit("unknown"), {},
         {"resolve": [("party", f"{WHO} today; since when it stands there, it does not say.",
                       "Find the day of its listing: before it nothing follows, from it the list "
                       "does.", ["89 FR 1"], None)]}),
        (hit("ended"), {}, {}),
        (hit(), {},
         {"resolve": [("party", f"{WHO}.", f"{SAME}what follows is not modelled.", ["89 FR 1"],
                       None)]}),
        # a licence that may be had: to establish
        (hit(consequences=[means()]), {},
         {"resolve": [("party", f"{WHO}.", f"{SAME}licence needed: all items (15 CFR 744).",
                       ["89 FR 1"], None)]}),
        # only what bears on the goods is told, where anything does
        (hit(consequences=[means(citation=""), means("prohibited", False)]), {},
         {"resolve": [("party", f"{WHO}.", f"{SAME}licence needed: all items.", ["89 FR 1"],
                       None)]}),
        (hit(consequences=[means("prohibited", False, what="no exports")]), {},
         {"resolve": [("party", f"{WHO}.", f"{SAME}prohibited: no exports (15 CFR 744).",
                       ["89 FR 1"], None)]}),
        (hit(consequences=[means("prohibited", what="no exports")], requirement="all items",
             policy_text="denied."), {},
         {"stop": [("party", f"{WHO}.",
                    "Stop, unless it is proven to be another party. Prohibited: no exports (15 CFR "
                    "744). The entry: all items; review: denied.", ["89 FR 1"], None)]}),
        # a policy of denial stops: of a receiver only where a licence is asked of these goods
        (hit(consequences=[means("", policy="policy_of_denial", what="duty")]),
         {"requiring": {"US"}},
         {"stop": [("party", f"{WHO}.",
                    "Stop, unless it is proven to be another party. No decision of its own: duty "
                    "(15 CFR 744).", ["89 FR 1"], None)]}),
        (hit(consequences=[means()], policy="presumption_of_denial", requirement="all"), {},
         {"resolve": [("party", f"{WHO}.",
                       f"{SAME}licence needed: all items (15 CFR 744). The entry: all.",
                       ["89 FR 1"], None)]}),
        (hit(consequences=[means()], policy="case_by_case"), {"requiring": {"US"}},
         {"resolve": [("party", f"{WHO}.", f"{SAME}licence needed: all items (15 CFR 744).",
                       ["89 FR 1"], None)]}),
        (hit(same=False, consequences=[means("prohibited")]), {},
         {"resolve": [("party", "Acme (end user) may be Zorblax on the Entity List (score 0.91: "
                                "agree: zorblax).",
                       "Establish whether it is. If so: prohibited: all items (15 CFR 744).",
                       ["89 FR 1"], None)]}),
    ],
)  # fmt: skip
def test_a_name_on_a_list_is_told_with_what_follows(
    found: dict[str, Any], more: dict[str, Any], lines: dict[str, Any]
) -> None:
    assert said({"hits": [found]}, **more) == lines


def test_a_party_that_does_not_receive_the_goods_is_stopped_by_a_denied_licence() -> None:
    found = hit(consequences=[means()], policy="not_permitted_in_principle")
    assert list(said({"hits": [found], "role": "carrier"})) == ["stop"]
    assert list(said({"hits": [found], "role": "consignee"})) == ["resolve"]
    assert list(said({"hits": [found], "role": "consignee"}, requiring={"CN"})) == ["resolve"]


def test_of_several_entries_of_one_list_the_best_alone_is_told() -> None:
    others = [hit(), hit(entry="Quuxly"), hit("unknown", entry="Blorfy"), hit(list="UVL")]
    assert len(said({"hits": others})["resolve"]) == 3


OWNED = "Acme (end user) is covered by its owners"


@pytest.mark.parametrize(
    ("found", "lines"),
    [
        (rule(), {"resolve": [("owner", f"{OWNED}: the rule.", "A licence is needed.",
                               ["90 FR 1"], None)]}),
        (rule(decision="prohibited", holdings=[way(("Zorblax", "0.5", "0.75", "Quuxly"),
                                                   ("Quuxly", "unknown", None, "Acme"))]),
         {"stop": [("owner", f"{OWNED} (Zorblax holds 50% to 75% of Quuxly, which holds unknown of "
                             "Acme): the rule.", "A licence is needed.", ["90 FR 1"], None)]}),
        (rule(requirement="mixed"),
         {"resolve": [("owner", f"{OWNED}: the rule.",
                       "A licence is needed: a licence, reviewed by a policy that differs by item.",
                       ["90 FR 1"], None)]}),
        (rule(requirement="see_section"),
         {"resolve": [("owner", f"{OWNED}: the rule.",
                       "A licence is needed: a licence, reviewed as the list's section says.",
                       ["90 FR 1"], None)]}),
        (rule(requirement="a licence is needed"),
         {"resolve": [("owner", f"{OWNED}: the rule.", "A licence is needed.", ["90 FR 1"],
                       None)]}),
        (rule(requirement="presumption_of_denial"),
         {"stop": [("owner", f"{OWNED}: the rule.", "A licence is needed: presumption_of_denial.",
                    ["90 FR 1"], None)]}),
        # A policy of denial stops on whatever items; of several that do not compare none does.
        (rule(requirement="All items but food: policy_of_denial"),
         {"stop": [("owner", f"{OWNED}: the rule.",
                    "A licence is needed: All items but food: policy_of_denial.", ["90 FR 1"],
                    None)]}),
        (rule(requirement="the most restrictive of: normal; CCL items: policy_of_denial"),
         {"resolve": [("owner", f"{OWNED}: the rule.",
                       "A licence is needed: the most restrictive of: normal; CCL items: "
                       "policy_of_denial.", ["90 FR 1"], None)]}),
        (rule("possibly_covered", holdings=[way(("Zorblax", "0.4", None, "Acme")),
                                            way(("Quuxly", "0.1", None, "Acme"))]),
         {"resolve": [("owner", "Acme (end user) may be covered by its owners (Zorblax holds 40% "
                                "of Acme; Quuxly holds 10% of Acme): the rule.",
                       "Find the missing shares. A licence is needed.", ["90 FR 1"], None)]}),
        (rule(in_force=False),
         {"watch": [("owner", "Acme (end user) would be covered by its owners, once this is in "
                              "force: the rule.", "It is suspended now.", ["90 FR 1"], None)]}),
        (rule("not_covered", red_flags=["a minority"]),
         {"resolve": [("owner", "Acme (end user): a minority (the rule).", None, ["90 FR 1"],
                       None)]}),
        (rule("not_covered"), {}),
        (rule(decision="", consequence="nothing"), {}),
    ],
)  # fmt: skip
def test_an_ownership_rule_is_told_with_who_holds_what(
    found: dict[str, Any], lines: dict[str, Any]
) -> None:
    assert said({"owners": [found]}) == lines


def test_what_is_open_about_owners_is_told_unless_one_covers() -> None:
    open_rule = rule("not_covered", status="open")
    name = "Acme: who owns it is not settled by what was stated and read."
    assert said({"owners": [open_rule], "status": "unresolved"}) == {
        "resolve": [("owner", name, "Name every owner with its share.", [], None)]
    }
    assert said({"owners": [open_rule]}) == {}
    unsure = {"unsure": ["B may be listed", "C too"]}
    assert said(unsure)["resolve"][0][1:3] == (
        "Acme: B may be listed; C too.", "Establish whether it is: a listed owner counts.",
    )  # fmt: skip
    assert len(said(unsure | {"owners": [rule()]})["resolve"]) == 1
    assert said({"notes": ["it is one letter"]}) == {
        "resolve": [("party", "Acme was not screened: it is one letter.", "Screen it by hand.", [],
                     None)]
    }  # fmt: skip


def test_parties_without_a_hit_are_told_together_where_lists_were_not_read() -> None:
    lines = VerdictLines()
    names = [("A", "end_user", "screened_in_part"), ("B", "carrier", "not_screened")]
    from detente.parties.screening.list_coverage import NOT_SCREENED, PART

    parties: Any = [
        {"name": name, "role": role, "status": status}
        for (name, role, _), status in zip(names, (PART, NOT_SCREENED), strict=True)
    ] + [{"name": "C", "role": "carrier", "status": "clear"}]
    read_unread(lines, parties)
    assert lines.resolve == [
        line("party", "A (end user); B (carrier): no hit, and not every list was read whole for "
                      "that day.", "Screen against what was not read: the caveats name it.")
    ]  # fmt: skip
    read_unread(lines, parties[2:])
    assert len(lines.resolve) == 1


# --- what is paid --------------------------------------------------------------------------------


def duty(**more: Any) -> dict[str, Any]:
    total = {
        "ad_valorem": "0.484", "amount": "4840.00", "refundable_amount": None, "owed_amount": None,
    } | more.pop("total", {})  # fmt: skip
    return {
        "applies": True, "total": total, "question": {"value": more.pop("value", "10000.00")},
        "announced": None, "scheduled": None, "status": "ok", "notes": ["It is barred."],
        "open_questions": [], "changes_ahead": [], "why": "No duty here.", "open": False,
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        (duty(), "$4,840.00, 48.4% of $10,000.00."),
        (duty(total={"ad_valorem": None}), "$4,840.00, on $10,000.00."),
        (duty(total={"refundable_amount": "0.00", "owed_amount": "4840.00"}),
         "$4,840.00, 48.4% of $10,000.00."),
        (duty(total={"refundable_amount": "2000.00", "owed_amount": "2840.00"}),
         "$4,840.00, 48.4% of $10,000.00; $2,000.00 of it was found not to be owed and is "
         "refundable, $2,840.00 is owed."),
        (duty(total={"refundable_amount": "2000.00"}), "$4,840.00, 48.4% of $10,000.00."),
        (duty(value=None), "48.4% of the value; no amount, since the value is not given."),
        (duty(total={"amount": None}),
         "48.4% of the value; no amount: see the open questions."),
        (duty(total={"amount": None, "ad_valorem": None}),
         "The duty cannot be computed; no amount: see the open questions."),
        (duty(applies=False), "No duty here."),
    ],
)  # fmt: skip
def test_what_is_paid_is_one_sentence(stated: dict[str, Any], text: str) -> None:
    assert pay(stated) == text  # type: ignore[arg-type]


LICENCE: dict[str, Any] = {
    "decision": "none", "policy": "", "rules": [], "regimes": [], "candidates": [], "needs": [],
    "open_questions": [], "claims": [], "changes_ahead": [], "announced": None, "scheduled": None,
    "transfer": "", "exceptions": [], "coverage": [], "touches": [], "question": {"code": "8505"},
}  # fmt: skip


def verdict(stated: dict[str, Any], **licence: Any) -> dict[str, Any]:
    return verdict_of(stated, (), [], LICENCE | licence, {})  # type: ignore[arg-type,return-value]


def test_a_duty_is_told_by_what_stops_what_is_open_and_what_comes() -> None:
    question = {"question": "Is it a part?", "if_true": "0.25", "if_false": "0.5", "test": ""}
    changes = [
        {"on": f"2026-12-{day:02}", "total_ad_valorem": "0.1", "what": f"change {day}"}
        for day in range(1, 15)
    ]
    found = verdict(
        duty(
            status="barred", value=None, changes_ahead=changes,
            open_questions=[
                question,
                question | {"test": "made of steel"},
                question | {"if_true": None},
                question | {"if_true": None, "if_false": None},
            ],
        )
    )  # fmt: skip
    assert [(each["what"], each["do"]) for each in found["stop"]] == [
        ("It is barred.", "Do not import the goods.")
    ]
    assert [(each["what"], each["do"]) for each in found["resolve"]] == [
        ("The customs value is not given.", "Give it for an amount."),
        ("Is it a part?", "yes: 25%; otherwise 50%."),
        ("Is it a part?", "made of steel: 25%; otherwise 50%."),
        ("Is it a part?", f"yes: {outcome_of_nothing()}; otherwise 50%."),
        ("Is it a part?", "Until then there is no amount."),
    ]
    # at most twelve changes ahead
    assert [each["on"] for each in found["watch"]] == [f"2026-12-{day:02}" for day in range(1, 13)]
    assert found["watch"][0]["what"] == "On 1 December 2026 the duty is 10%: change 1."
    assert (found["amount"], found["ad_valorem"]) == ("4840.00", "0.484")


def outcome_of_nothing() -> str:
    from detente.core.figures import percent

    return percent(None)


def test_no_duty_is_open_only_where_that_is_said() -> None:
    assert verdict(duty(applies=False))["resolve"] == []
    found = verdict(duty(applies=False, open=True, announced={"text": "not told"}))
    assert [(each["about"], each["what"], each["do"]) for each in found["resolve"]] == [
        ("duty", "No duty here.", "Find the duty before the goods leave.")
    ]
    assert (found["amount"], found["ad_valorem"]) == (None, None)


def test_what_was_announced_and_scheduled_stands_before_all_else_to_resolve() -> None:
    found = verdict(
        duty(value=None, announced={"text": "one"}, scheduled={"text": "two"}),
        announced={"text": "three"}, scheduled={"text": "four"},
    )  # fmt: skip
    assert [(each["about"], each["what"]) for each in found["resolve"]] == [
        ("licence", "four"), ("licence", "three"), ("duty", "two"), ("duty", "one"),
        ("duty", "The customs value is not given."),
    ]  # fmt: skip


# --- what a licence answer comes to --------------------------------------------------------------


def control(decision: str = "licence", **more: Any) -> dict[str, Any]:
    return {
        "title": "a rule", "citation": "15 CFR 1", "sources": ["s"], "decision": decision,
        "stands_back_for": "", "measure": "a-rule",
    } | more  # fmt: skip


def licensed(asks: dict[str, str] | None = None, **more: Any) -> VerdictLines:
    lines = VerdictLines()
    touches = more.pop("touches", [])
    read_licence(lines, LICENCE | more, asks or {}, touches)  # type: ignore[arg-type]
    return lines


def touching(**more: Any) -> dict[str, Any]:
    row = {
        "by": "US", "measure": "m", "limb": "main", "title": "A bar", "decision": "prohibited",
        "citation": "c", "state": "in_force", "from": "2022-06-21", "note": "", "asks": ["Is it?"],
        "code": "8501",
    }  # fmt: skip
    return row | more


def test_a_record_that_may_touch_the_goods_is_asked_once_and_with_what_follows() -> None:
    outcome = {"decision": "prohibited", "policy": None, "at_most": None}
    open_ = {"kind": "fact", "by": "US", "fact": "f", "question": "Is it?", "if_true": outcome,
             "if_false": outcome | {"decision": "none"}}  # fmt: skip
    (one,) = licensed(open_questions=[open_], touches=[touching()]).resolve
    assert (one["what"], one["do"]) == ("US: A bar.", "Is it? If so: prohibited.")
    assert one["sources"] == ["c"]
    # Where more than that is asked of the record, the question keeps its own line.
    both = licensed(open_questions=[open_], touches=[touching(asks=["Is it?", "Whose?"])]).resolve
    assert [each["what"] for each in both] == ["US: Is it?", "US: A bar."]
    later = touching(state="scheduled", note="only some", asks=[], **{"from": "2027-10-01"})
    (one,) = licensed(touches=[later]).resolve
    assert one["what"] == "US: A bar (of this code: only some)."
    assert one["do"] == "If so: prohibited, from 1 October 2027 on."
    of_item = touching(code="", note="only some", decision=None, asks=[])
    (one,) = licensed(touches=[of_item]).resolve
    assert (one["what"], one["do"]) == ("US: A bar (only some).", "If so: see the record.")


def test_a_record_that_decides_already_is_not_told_again() -> None:
    rule = control("prohibited", measure="m")
    found = licensed(decision="prohibited", rules=[rule], touches=[touching()])
    assert found.resolve == []


def test_a_decision_stops_or_is_to_be_resolved_by_its_own_rules() -> None:
    rules = [
        control(), control("none", title="another"), control("prohibited", title="no"),
        control(title="behind", stands_back_for="a rule"),
    ]  # fmt: skip
    (one,) = licensed(decision="prohibited", rules=rules).stop
    assert (one["what"], one["do"]) == ("Prohibited: no (15 CFR 1).", "Do not send the goods.")
    (one,) = licensed(decision="licence", rules=rules).resolve
    assert one["what"] == "A licence is needed: a rule (15 CFR 1)."
    assert (one["do"], one["sources"]) == ("Have it before the goods leave.", ["s"])
    (one,) = licensed(decision="licence", policy="case_by_case", transfer="deemed").resolve
    assert one["what"].startswith("A licence is needed (")
    assert one["do"] == "Have it before the release."
    assert licensed(decision="licence", policy="policy_of_denial", rules=rules).resolve == []
    (one,) = licensed(decision="licence", policy="policy_of_denial", rules=rules).stop
    assert one["what"].startswith("A licence is needed and not to be counted on (")
    assert licensed(decision="none", rules=rules).resolve == []


def test_exceptions_that_may_hold_are_named() -> None:
    exceptions = [
        {"title": title, "citation": "740.1", "holds": holds}
        for title, holds in (("A", "yes"), ("B", "possibly"), ("C", "no"))
    ]
    (one,) = licensed(decision="licence", exceptions=exceptions).resolve
    assert one["do"] == (
        "Have it before the goods leave. What may free it: A (740.1); B (740.1)."
    )  # fmt: skip


def test_goods_that_may_be_several_items_are_told_with_what_to_establish() -> None:
    candidates = [
        {"item": "3A090", "title": "chips", "decision": "licence", "policy": ""},
        {"item": "", "title": "others", "decision": "none", "policy": ""},
    ]
    named = "; ".join(
        f"{name}: {outcome(each)}"  # type: ignore[arg-type]
        for name, each in zip(("3A090", "others"), candidates, strict=True)
    )
    asks = {"wh_per_kg": "What is the energy density?"}
    (one,) = licensed(
        asks, decision="candidates", candidates=candidates, needs=["wh_per_kg", "item", "low_rate"]
    ).resolve
    assert one["what"] == f"Whether a licence is needed depends on what the goods are: {named}."
    assert one["do"] == (
        "To establish: What is the energy density? Which of these are the goods? low rate"
    )
    (one,) = licensed(decision="candidates", candidates=candidates).resolve
    assert one["do"] is None


def test_questions_about_parties_stand_together_by_side_and_outcome() -> None:
    free = {"decision": "none", "policy": ""}
    needed = {"decision": "licence", "policy": ""}
    one = {"kind": "party", "by": "US", "question": "A?", "if_true": needed, "if_false": free}
    questions = [
        one, one | {"question": "B?"}, one | {"by": "CN"},
        {"kind": "fact", "by": "US", "question": "C?", "if_true": needed, "if_false": free},
    ]  # fmt: skip
    found = licensed(decision="none", open_questions=questions).resolve
    yes, no = outcome(needed), outcome(free)  # type: ignore[arg-type]
    assert [(each["what"], each["do"]) for each in found] == [
        ("US: C?", f"If so: {yes}; otherwise: {no}."),
        ("US: A? B?", f"Name the parties and their owners. If so: {yes}; otherwise: {no}."),
        ("CN: A?", f"Name the parties and their owners. If so: {yes}; otherwise: {no}."),
    ]


def test_claims_and_changes_are_watched_no_more_than_twelve() -> None:
    change = {"on": "2026-12-01", "decision": "none", "policy": "", "what": "it ends",
              "confirmed": False}  # fmt: skip
    claim = {"speaker": "S", "text": "so it is", "source": "p"}
    found = licensed(decision="none", claims=[claim], changes_ahead=[change] * 13).watch
    assert len(found) == 13
    assert found[0]["what"] == "Said by S, not a rule: so it is."
    assert found[0]["sources"] == ["p"]
    now = outcome(change)  # type: ignore[arg-type]
    assert found[1]["what"] == (
        f"On 1 December 2026 the licence answer is: {now}, not confirmed. it ends."
    )
    sure = licensed(decision="none", changes_ahead=[change | {"confirmed": True}]).watch
    assert sure[0]["what"] == f"On 1 December 2026 the licence answer is: {now}. it ends."


# --- red flags, rows and words -------------------------------------------------------------------


def flags(answer: dict[str, Any], **query: Any) -> dict[str, tuple[str, str]]:
    asked = {"end_user": "", "parties": (), "end_use": "", "params": {}} | query
    found = red_flags(
        {"parties": [], "open_questions": []} | answer,  # type: ignore[arg-type]
        SimpleNamespace(**asked),  # type: ignore[arg-type]
    )
    return {each["key"]: (each["state"], each["why"]) for each in found}


def test_a_flag_is_seen_only_where_a_party_was_found() -> None:
    party = {"entry": "Zorblax", "list": "EL"}
    found = flags({"parties": [party, party | {"list": "UVL"}]}, end_user="Zorblax")
    seen = {key: why for key, (state, why) in found.items() if state == "seen"}
    assert set(seen.values()) == {"screening found Zorblax (EL); Zorblax (UVL)"}
    nothing = flags({}, end_user="Acme", end_use="toys")
    assert {state for state, _ in nothing.values()} == {"to be asked"}
    assert "the names were screened without a hit; see Parties for what was read" in {
        why for _, why in nothing.values()
    }
    assert len(found) == len(nothing) > len(seen)


@pytest.mark.parametrize(
    ("answer", "query", "why", "told"),
    [
        ({}, {}, "no end use is stated", True),
        ({}, {"end_use": "toys"}, "no end use is stated", False),
        ({}, {"params": {"end_use": "toys"}}, "no end use is stated", False),
        ({}, {}, "no end user is named", True),
        ({}, {"end_user": "A"}, "no end user is named", False),
        ({}, {"parties": ("A",)}, "no end user is named", False),
        ({"open_questions": [{"fact": "headquarters"}]}, {},
         "the question of headquarters is open", True),
        ({"open_questions": [{"fact": "us_technology"}]}, {},
         "the question of the direct product is open", True),
        ({"open_questions": [{"fact": "direct_product_input"}]}, {},
         "the question of the direct product is open", True),
        ({"open_questions": [{"fact": "item"}]}, {}, "the question of headquarters is open", False),
    ],
)  # fmt: skip
def test_a_sign_says_where_a_question_is_most_needed(
    answer: dict[str, Any], query: dict[str, Any], why: str, told: bool
) -> None:
    assert (why in {each for _, each in flags(answer, **query).values()}) is told


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("code,destination,code,item,item", "the column code and item stands twice: keep one"),
        ("code,destination,status,sha256", "the column status and sha256 has an output column's"),
        ("origin,destination", "has no column code or item, or no destination"),
        ("code,origin", "has no column code or item, or no destination"),
        ("code,destination,fact.x,party_role", None),
        ("item,destination", None),
    ],
)
def test_columns_of_shipments_are_checked(columns: str, told: str | None) -> None:
    if told is None:
        check_shipment_columns(columns.split(","))
        return
    with pytest.raises(QuestionError, match=told):
        check_shipment_columns(columns.split(","))


def test_every_output_column_is_refused_as_an_input() -> None:
    for name in OUTPUT:
        with pytest.raises(QuestionError, match=f"the column {name} has an output column's name"):
            check_shipment_columns(["code", "destination", name])


def test_a_row_says_its_facts_parameters_contents_and_one_party() -> None:
    found = shipment_row({
        "code": "8507.60.00.10", "destination": "US", "fact.auto_part": "true", "fact.usmca": " ",
        "param.wh": "300", "content.US": "30%", "quantity": " 5 ", "unit": "kg",
        "party": " Acme ", "party_role": "consignee", "party_country": "", "value": "",
    }).shipment  # fmt: skip
    assert dict(found.facts) == {"auto_part": "true"}
    assert dict(found.parameters) == {"wh": "300"}
    assert dict(found.quantities) == {"kg": "5"}
    assert [(each.name, each.role, each.country) for each in found.parties] == [
        ("Acme", "consignee", "")
    ]
    assert len(found.content) == 1


def test_words_of_lines() -> None:
    assert (spaced("a_b_c"), upper("abc d"), upper("")) == ("a b c", "Abc d", "")
    assert line("duty", "x", sources=["a", "b", "a"]) == {
        "about": "duty", "what": "x", "do": None, "on": None, "sources": ["a", "b"],
    }  # fmt: skip
