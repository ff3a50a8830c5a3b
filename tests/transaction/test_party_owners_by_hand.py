"""The owners of a party, written here: what becomes a holding, a listed owner, or a question."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from detente.core.clock import day_number
from detente.parties.lists.model import ListedEntry, Name
from detente.parties.lists.standing import standing_of
from detente.parties.ownership.graph import graph_on
from detente.parties.ownership.model import Entity, Seed
from detente.parties.screening.hits import NameHit
from detente.register.book import Register
from detente.transaction.party_context import PartyContext
from detente.transaction.party_owners import _holdings, _rule, _rules, _seeds, owners_of
from detente.transaction.shipment import Owner, Party

DAY = "2026-08-01"


class Screen:
    """Lists that know a few names, and how well each fits."""

    def __init__(self, *hits: NameHit) -> None:
        self.hits = hits
        self.asked: list[tuple[str, str | None, int]] = []

    def parties(self, name: str, country: str | None, top: int) -> list[NameHit]:
        self.asked.append((name, country, top))
        if name == "???":
            raise ValueError("'???' has no word")
        return [each for each in self.hits if each.name == name]

    def standing(self, entry: ListedEntry) -> str:
        return standing_of(entry, DAY)


def hit(score: float = 1.0, on: str = "EL", name: str = "Zorblax", **more: Any) -> NameHit:
    entry = ListedEntry(on, f"{on} {score}", (Name(f"{name} Listed"),), **more)
    return NameHit(entry, name, score, ())


def context_of(*hits: NameHit) -> Any:
    lists, register = SimpleNamespace(screen=Screen(*hits)), SimpleNamespace(reading="law")
    return SimpleNamespace(lists=lists, register=register, day=DAY, on=DAY)


def read(owner: Owner, *hits: NameHit) -> tuple[list[Seed], list[str]]:
    unsure: list[str] = []
    return list(_seeds(context_of(*hits), owner, {"EL", "SDN"}, unsure)), unsure


MAY_BE = "the owner Zorblax may be Zorblax Listed, on list "


@pytest.mark.parametrize(
    ("hits", "seeds", "unsure"),
    [
        # the same name in force is listed; from 0.98 on a name is the same
        ([hit(1.0)], ["EL"], []),
        ([hit(0.98)], ["EL"], []),
        ([hit(0.97)], [], [f"{MAY_BE}EL (score 0.97)"]),
        # a list that no rule asked about says nothing
        ([hit(1.0, "UVL"), hit(0.9, "UVL")], [], []),
        # what ended, is suspended, or begins later neither lists nor leaves a question
        ([hit(1.0, until="2026-08-01")], [], []),
        ([hit(1.0, suspended_from="2026-07-01")], [], []),
        ([hit(0.9, since="2026-08-02")], [], []),
        # what is held from a later day on is a question, whatever the name
        (
            [hit(1.0, doubt="not read")],
            [],
            [f"{MAY_BE}EL, held from a day after 2026-08-01 on (score 1.0)"],
        ),
        (
            [hit(0.9, doubt="not read")],
            [],
            [f"{MAY_BE}EL, held from a day after 2026-08-01 on (score 0.9)"],
        ),
        # a name that comes close on a list where the owner itself stands is no question
        ([hit(1.0), hit(0.9)], ["EL"], []),
        ([hit(0.9), hit(1.0)], ["EL"], []),
        ([hit(1.0), hit(0.9, "SDN")], ["EL"], [f"{MAY_BE}SDN (score 0.9)"]),
        # ... which an entry in doubt does not settle
        (
            [hit(1.0, doubt="not read"), hit(0.9)],
            [],
            [
                f"{MAY_BE}EL, held from a day after 2026-08-01 on (score 1.0)",
                f"{MAY_BE}EL (score 0.9)",
            ],
        ),
    ],
)
def test_an_owner_is_listed_by_the_same_name_in_force_and_asked_after_by_what_comes_close(
    hits: list[NameHit], seeds: list[str], unsure: list[str]
) -> None:
    found = read(Owner("Zorblax", "50%"), *hits)
    assert ([each.list for each in found[0]], found[1]) == (seeds, unsure)


def test_a_listing_that_is_given_stands_whatever_the_lists_say_of_the_name() -> None:
    given = Owner("Zorblax", "50%", "CN", lists=("EL", "OWN"))
    assert read(given) == ([Seed("Zorblax", "EL", (), "CN"), Seed("Zorblax", "OWN", (), "CN")], [])
    # A near name on the list that is given already leaves no question.
    assert read(given, hit(0.9)) == read(given)
    unread = Owner("???", "50%", lists=("EL",))
    assert read(unread) == ([Seed("???", "EL")], ["'???' has no word"])


def test_a_listed_owner_brings_programmes_country_and_what_its_listing_asks() -> None:
    owner = Owner("Zorblax", "50%", "CN")
    by_policy = hit(programme="SDGT; IRAN", policy="denial", requirement="all items")
    assert read(owner, by_policy)[0] == [Seed("Zorblax", "EL", ("SDGT", "IRAN"), "CN", "denial")]
    assert read(owner, hit(requirement="all items"))[0][0].requirement == "all items"


def test_each_entry_of_a_party_counts_and_names_are_asked_with_their_country() -> None:
    other = ListedEntry("SDN", "2", (Name("Zorblax Listed"),))
    context = context_of(hit()._replace(others=(other,)))
    found = _seeds(context, Owner("Zorblax", "1%", "CN"), {"EL", "SDN"}, [])
    assert [each.list for each in found] == ["EL", "SDN"]
    assert list(_seeds(context, Owner("Nobody", "1%"), {"EL"}, [])) == []
    assert context.lists.screen.asked == [("Zorblax", "CN", 5), ("Nobody", None, 5)]


def test_owners_of_owners_are_holdings_of_whom_they_hold() -> None:
    top = Owner("Zorblax", "1/3", "CN", source="a report")
    party = Party("Fab", "end_user", "TW", (Owner("Middle", "60%", "HK", owners=(top,)), top))
    held, unsure = _holdings(context_of(hit()), party, {"EL"})
    assert [(row.owner, row.owned, row.share.lo, row.source) for row in held.rows] == [
        ("Middle", "Fab", Fraction(3, 5), ""),
        ("Zorblax", "Middle", Fraction(1, 3), "a report"),
        ("Zorblax", "Fab", Fraction(1, 3), "a report"),
    ]
    assert held.entities == {
        "Middle": Entity("Middle", "Middle", "HK"),
        "Zorblax": Entity("Zorblax", "Zorblax", "CN"),
        "Fab": Entity("Fab", "Fab", "TW"),
    }
    # The same owner twice is one listed party, and one question.
    assert held.seeds == (Seed("Zorblax", "EL", (), "CN"),)
    assert unsure == []
    assert _holdings(context_of(hit(0.9)), party, {"EL"})[1] == [f"{MAY_BE}EL (score 0.9)"]


def test_an_owner_that_is_written_twice_is_two_rows_so_that_it_is_told() -> None:
    twice = (Owner("A", "20%", source="first"), Owner("A", "20%", "CN"), Owner("A", "20%"))
    held, _ = _holdings(context_of(), Party("Fab", owners=(*twice, Owner("A", "10%"))), set())
    assert [(row.share.lo, row.source) for row in held.rows] == [
        (Fraction(1, 5), "first"),
        (Fraction(1, 5), ""),
        (Fraction(1, 5), ""),
        (Fraction(1, 10), ""),
    ]
    assert held.entities["A"].country == ""
    once = "what A holds stands in several rows that are the same: counted once; give each block"
    assert any(flag.why.startswith(once) for flag in graph_on(held, DAY).flags)


def test_owners_of_a_company_that_holds_two_others_are_written_below_each_and_are_one_row() -> None:
    middle = Owner("M", "60%", owners=(Owner("A", "20%"), Owner("B", "30%")))
    held, _ = _holdings(
        context_of(),
        Party("Fab", owners=(Owner("X", "40%", owners=(middle,)), middle)),
        set(),
    )
    assert [(row.owner, row.owned) for row in held.rows] == [
        ("X", "Fab"), ("M", "X"), ("A", "M"), ("B", "M"), ("M", "Fab"),
    ]  # fmt: skip
    assert graph_on(held, DAY).flags == ()


def test_a_party_without_owners_is_asked_of_no_rule() -> None:
    assert owners_of(context_of(), Party("Fab")) == ([], [])


# --- which rules goods meet ----------------------------------------------------------------------


def rules_on(
    day: str, leaving: tuple[str, ...], destination: str, known_on: str = ""
) -> dict[str, str]:
    register = Register.built_in()
    known = day_number(known_on) if known_on else None
    context = PartyContext(register, None, None, day, known, leaving, destination)  # type: ignore[arg-type]
    return dict(_rules(context))


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2025-09-28", "scheduled"),  # the day before the affiliates rule
        ("2025-09-29", "in_force"),
        ("2025-11-09", "in_force"),
        ("2025-11-10", "suspended"),  # for a year
    ],
)
def test_the_affiliates_rule_is_asked_from_its_announcement_on_of_what_leaves_america(
    day: str, state: str
) -> None:
    assert rules_on(day, ("US",), "CN").get("bis") == state
    assert "bis" not in rules_on(day, ("US",), "CN", known_on="2025-09-01")
    # It asks for a licence, so it says nothing of goods that come in.
    assert "bis" not in rules_on(day, ("CN",), "US")


def answer_of(**more: Any) -> Any:
    return {
        "regime": "bis", "title": "a rule", "in_force": True, "status": "settled",
        "covered": [], "possibly_covered": [], "red_flags": [], "notes": ["a note"],
    } | more  # fmt: skip


def row_of(company: str, share: str = "0.5") -> dict[str, Any]:
    return {
        "id": company, "share": share, "because": ["why"], "paths": [["A", company]],
        "holdings": [{"owner": "A"}], "requirement": "denial",
    }  # fmt: skip


def test_of_a_rules_answer_the_row_of_the_company_counts() -> None:
    register = Register.built_in()

    def said(**more: Any) -> dict[str, Any]:
        return dict(_rule(register, answer_of(**more), "Fab", "suspended"))

    nothing = said(covered=[row_of("Other")], possibly_covered=[row_of("Third")])
    assert nothing["result"] == "not_covered"
    assert (nothing["share"], nothing["requirement"]) == (None, None)
    assert (nothing["because"], nothing["paths"], nothing["holdings"]) == ([], [], [])
    assert (nothing["state"], nothing["in_force"], nothing["notes"]) == (
        "suspended",
        True,
        ["a note"],
    )
    covered = said(covered=[row_of("Other"), row_of("Fab")], possibly_covered=[row_of("Fab", "1")])
    assert (covered["result"], covered["share"]) == ("covered", "0.5")
    assert (covered["because"], covered["paths"]) == (["why"], [["A", "Fab"]])
    assert (covered["holdings"], covered["requirement"]) == ([{"owner": "A"}], "denial")
    assert said(possibly_covered=[row_of("Fab")])["result"] == "possibly_covered"
    flags = [{"id": "Fab", "why": "a minority"}, {"id": "Other", "why": "another"}]
    assert said(red_flags=flags)["red_flags"] == ["a minority"]
    assert (covered["by"], covered["decision"]) == ("US", "licence")
    assert covered["sources"]
