"""Headlines of licence answers that are written here: what is decided, by what, and until when."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from detente.controls.model import CANDIDATES, LICENCE, LISTING_DAY, NONE, NOT_COVERED
from detente.core.coverage import BEYOND, LISTS, READ, UNREAD
from detente.licence.words import headline, missing, need_words, outcome, review
from detente.register.control_terms import PROHIBITED

COUNTRIES = {"US": "United States", "CN": "China"}
DENIAL = "presumption_of_denial"


def row(what: str, through: str | None = "2026-07-31", state: str = READ) -> dict[str, Any]:
    return {"what": what, "from": "2020-01-01", "through": through, "scope": "all", "state": state}


def rule(decision: str = LICENCE, by: str = "US", **more: Any) -> dict[str, Any]:
    return {
        "decision": decision,
        "policy": DENIAL,
        "by": by,
        "stands_back_for": None,
        "confirmed_through": "2026-07-31",
    } | more


def candidate(item: str, policy: str | None = None, decision: str = LICENCE) -> dict[str, Any]:
    return {"item": item, "policy": policy, "decision": decision}


def side(decision: str = NONE, at_most: str = NONE) -> dict[str, str]:
    return {"decision": decision, "at_most": at_most}


def answer(decision: str, *needs: str, **more: Any) -> Any:
    return {
        "decision": decision,
        "policy": None,
        "needs": list(needs),
        "needs_in_words": [each.replace("_", " ") for each in needs],
        "candidates": [],
        "rules": [],
        "regimes": [{"by": "CN"}, {"by": "US"}],
        "open_questions": [],
        "coverage": [row("us/control")],
    } | more


UNDER = "under the rules of the United States and China read"
BARRED = {"if_true": side(), "if_false": side(LICENCE, PROHIBITED)}
HARMLESS = {"if_true": side(), "if_false": side(LICENCE, LICENCE)}
LATE = [row("us/control", "2026-07-31", BEYOND)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # no licence: read to the earliest day of an area, whatever lists and items say
        (answer(NONE), f"NO LICENCE {UNDER} to 31 July 2026"),
        (
            answer(
                NONE,
                coverage=[
                    row("us/control"),
                    row("cn/control", "2026-06-30"),
                    row(f"{LISTS}EL", "2026-01-01"),
                    row("us/items", "2026-01-02"),
                    row("cn/old", None, UNREAD),
                ],
            ),
            f"NO LICENCE {UNDER} to 30 June 2026",
        ),
        (answer(NONE, coverage=[row(f"{LISTS}EL")]), f"NO LICENCE {UNDER}"),
        (
            answer(NONE, open_questions=[HARMLESS]),
            f"NO LICENCE {UNDER} to 31 July 2026, unless an open question is answered otherwise",
        ),
        (
            answer(NONE, open_questions=[HARMLESS, BARRED]),
            f"NO LICENCE {UNDER} to 31 July 2026, unless an open question is answered otherwise: "
            "up to PROHIBITED",
        ),
        (
            answer(NONE, open_questions=[{"if_true": side(PROHIBITED), "if_false": side()}]),
            f"NO LICENCE {UNDER} to 31 July 2026, unless an open question is answered otherwise: "
            "up to PROHIBITED",
        ),
        # not covered
        (
            answer(NOT_COVERED),
            "NOT COVERED: no rule read here asks a licence, and rules that may were not read",
        ),
        # decided
        (answer(LICENCE), "LICENCE NEEDED"),
        (answer(PROHIBITED), "PROHIBITED"),
        (answer(LICENCE, policy=DENIAL), "LICENCE NEEDED (presumption of denial)"),
        (
            answer(LICENCE, "end_use", policy=DENIAL),
            "LICENCE NEEDED (up to presumption of denial, by end use)",
        ),
        (
            answer(LICENCE, "end_use", LISTING_DAY, "value", policy=DENIAL),
            "LICENCE NEEDED (up to presumption of denial, by end use, value)",
        ),
        (
            answer(LICENCE, "a", "b", "c", policy=DENIAL),
            "LICENCE NEEDED (up to presumption of denial, by what the goods are)",
        ),
        (answer(LICENCE, LISTING_DAY, policy=DENIAL), "LICENCE NEEDED (presumption of denial)"),
        (
            answer(LICENCE, policy=DENIAL, candidates=[candidate("x", DENIAL), candidate("y", "")]),
            "LICENCE NEEDED (up to presumption of denial, by what the goods are)",
        ),
        (
            answer(LICENCE, policy=DENIAL, candidates=[candidate("x", DENIAL)] * 2),
            "LICENCE NEEDED (presumption of denial)",
        ),
        (
            answer(LICENCE, open_questions=[BARRED]),
            "LICENCE NEEDED; up to PROHIBITED by an open question",
        ),
        # ... which says nothing worse where a rule or a candidate may bar it anyway
        (answer(PROHIBITED, open_questions=[BARRED]), "PROHIBITED"),
        (answer(LICENCE, open_questions=[BARRED], rules=[rule(PROHIBITED)]), "LICENCE NEEDED"),
        (
            answer(LICENCE, open_questions=[BARRED], candidates=[candidate("x", "", PROHIBITED)]),
            "LICENCE NEEDED",
        ),
        # on a day after what was read: by the rule that was read furthest
        (
            answer(LICENCE, coverage=LATE),
            f"LICENCE NEEDED, {UNDER} to 31 July 2026; not confirmed since",
        ),
        (
            answer(
                LICENCE,
                coverage=[
                    row(f"{LISTS}EL", state=BEYOND),
                    row("us/items", state=BEYOND),
                    row("us/control"),
                ],
            ),
            "LICENCE NEEDED",
        ),
        (
            answer(
                LICENCE,
                policy=DENIAL,
                coverage=LATE,
                rules=[
                    rule(),
                    rule(by="CN", confirmed_through="2026-08-15"),
                    rule(by="CN", confirmed_through="2026-08-15"),
                    rule(by="US", confirmed_through="2026-09-01", stands_back_for="another"),
                    rule(by="US", confirmed_through="2026-09-02", policy="normal"),
                    rule(PROHIBITED, confirmed_through="2026-09-03"),
                    rule(confirmed_through=None),
                ],
            ),
            "LICENCE NEEDED (presumption of denial), under rules of China read to 15 August 2026; "
            "not confirmed since",
        ),
        (
            answer(
                LICENCE, policy=DENIAL, coverage=LATE, rules=[rule(by="CN"), rule(), rule(by="X")]
            ),
            "LICENCE NEEDED (presumption of denial), under rules of China and the United States "
            "and X read to 31 July 2026; not confirmed since",
        ),
        # it depends: on facts, goods, days, later law, lists
        (answer(CANDIDATES), "IT DEPENDS ON THE OPEN FACTS"),
        (
            answer(CANDIDATES, "end_use", candidates=[candidate("x")]),
            "IT DEPENDS ON END USE: up to LICENCE NEEDED",
        ),
        (
            answer(CANDIDATES, "end_use", policy=DENIAL, candidates=[candidate("x")] * 2),
            "IT DEPENDS ON END USE: up to LICENCE NEEDED (presumption of denial)",
        ),
        (
            answer(CANDIDATES, "end_use", candidates=[candidate("x"), candidate("y")]),
            "IT DEPENDS ON WHAT THE GOODS ARE: up to LICENCE NEEDED",
        ),
        (
            answer(CANDIDATES, candidates=[candidate("x"), candidate("x", "", PROHIBITED)]),
            "IT DEPENDS ON WHAT THE GOODS ARE: up to PROHIBITED",
        ),
        (
            answer(CANDIDATES, candidates=[candidate("x", "", NONE)] * 2),
            "IT DEPENDS ON WHAT THE GOODS ARE",
        ),
        (
            answer(CANDIDATES, LISTING_DAY, candidates=[candidate("x", "", CANDIDATES)]),
            "IT DEPENDS ON WHETHER THE PARTY WAS LISTED ON THAT DAY ALREADY: up to LICENCE NEEDED",
        ),
        (
            answer(CANDIDATES, "end_use", LISTING_DAY, rules=[rule()]),
            "IT DEPENDS ON WHETHER THE PARTY WAS LISTED ON THAT DAY ALREADY: up to LICENCE NEEDED",
        ),
        (
            answer(
                CANDIDATES,
                coverage=[
                    row("us/control", "2026-07-31", BEYOND),
                    row("cn/control", "2026-06-30", BEYOND),
                    row("cn/old", None, BEYOND),
                    row("us/items", "2026-01-01", BEYOND),
                    row("us/other", "2026-01-01"),
                    row(f"{LISTS}EL", "2026-01-01", BEYOND),
                ],
            ),
            "IT DEPENDS ON WHAT WAS ORDERED AFTER 30 JUNE 2026: no licence needed under the rules "
            "read to that day, not confirmed since",
        ),
        (
            answer(
                CANDIDATES,
                coverage=[
                    row(f"{LISTS}EL", state=BEYOND),
                    row(f"{LISTS}SDN", state=UNREAD),
                    row(f"{LISTS}EL", state=UNREAD),
                    row(f"{LISTS}UVL"),
                    row("us/control"),
                ],
            ),
            "IT DEPENDS ON WHO WAS LISTED ON THAT DAY: no other rule read asks a licence, and no "
            "version of EL, SDN that covers that day and party was read",
        ),
    ],
)
def test_a_headline_says_what_is_decided_and_how_far_that_was_read(
    given: Any, expected: str
) -> None:
    assert headline(given, COUNTRIES) == expected


@pytest.mark.parametrize(
    ("decision", "policy", "most", "words"),
    [
        (NONE, None, None, "no licence needed"),
        (LICENCE, DENIAL, None, "licence needed (presumption of denial)"),
        (PROHIBITED, None, None, "prohibited"),
        (CANDIDATES, None, None, "it depends"),
        (NOT_COVERED, None, None, "not covered"),
        ("another", "a_word", None, "another (a word)"),
        (
            CANDIDATES,
            DENIAL,
            None,
            "it depends; at the strictest, licence needed (presumption of denial)",
        ),
        (CANDIDATES, None, LICENCE, "it depends; at the strictest, licence needed"),
        (CANDIDATES, DENIAL, PROHIBITED, "it depends; at the strictest, prohibited"),
        (NONE, None, LICENCE, "no licence needed; at the strictest, licence needed"),
        (NONE, None, NONE, "no licence needed"),
    ],
)
def test_a_decision_is_told_with_its_review_and_the_strictest_that_may_be(
    decision: str, policy: str | None, most: str | None, words: str
) -> None:
    described: Any = {"decision": decision, "policy": policy}
    assert outcome(described | ({"at_most": most} if most else {})) == words


def test_a_review_that_has_no_words_is_its_own_without_underlines() -> None:
    assert [review(each) for each in (None, "", DENIAL, "quite_new")] == [
        "",
        "",
        "presumption of denial",
        "quite new",
    ]


def test_what_would_settle_a_decision_has_a_name_within_a_sentence() -> None:
    facts = {
        "density": SimpleNamespace(named="energy density"),
        "end_use": SimpleNamespace(named=""),
    }
    register: Any = SimpleNamespace(facts=facts)
    needs = ("item", LISTING_DAY, "density", "end_use", "other_fact")
    assert [need_words(register, each) for each in needs] == [
        "which item it is",
        "the day of the listing",
        "energy density",
        "end use",
        "other fact",
    ]


def test_what_was_not_read_is_a_sentence_each_and_later_days_are_one() -> None:
    rows: Any = [
        row("a"),
        row("b", "2026-07-31", BEYOND),
        row("c", None, BEYOND),
        row("d", "2026-06-30", BEYOND),
        row("e", None, UNREAD),
        row("f", None, UNREAD) | {"from": None},
    ]
    assert list(missing(rows)) == [
        "Nothing later was read: b to 31 July 2026, d to 30 June 2026",
        "Not read for this question: e (held from 1 January 2020): all",
        "Not read for this question: f: all",
    ]
    assert list(missing(rows[:1])) == []
