"""A licence answer in words that cannot be read as another: one headline for every face."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.controls.model import CANDIDATES, LICENCE, LISTING_DAY, NONE, NOT_COVERED
from detente.core.coverage import BEYOND, LISTS, READ
from detente.core.figures import long_day, with_article
from detente.register.control_terms import PROHIBITED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from detente.answers.licence import Decided, LicenceDecision
    from detente.answers.shared import Coverage
    from detente.register.book import Register

REVIEWS = {
    "presumption_of_approval": "presumption of approval",
    "normal": "ordinary review",
    "case_by_case": "case-by-case review",
    "stricter_review": "stricter review",
    "not_permitted_in_principle": "not permitted in principle",
    "presumption_of_denial": "presumption of denial",
    "policy_of_denial": "policy of denial",
}
"""How an application is reviewed, by the word of the register."""

_WORDS = {
    NONE: "no licence needed",
    LICENCE: "licence needed",
    PROHIBITED: "prohibited",
    CANDIDATES: "it depends",
    NOT_COVERED: "not covered",
}


_NEEDED = {"item": "which item it is", LISTING_DAY: "the day of the listing"}
"""What would settle a decision beside facts, as it is called within a sentence."""


NAMED = 2
"""At most so many things that would settle it are named in a headline; more are in the list."""


def review(policy: str | None) -> str:
    """A review policy in words; empty for none."""
    return REVIEWS.get(policy or "", (policy or "").replace("_", " "))


def outcome(described: Decided) -> str:
    """A decision with its review policy: "licence needed (presumption of denial)"."""
    decision, policy = described["decision"], review(described["policy"])
    most = described.get("at_most")  # of an answer to an open question alone
    if most in (LICENCE, PROHIBITED) or (decision == CANDIDATES and policy):
        shown = _WORDS[PROHIBITED if most == PROHIBITED else LICENCE]
        how = f" ({policy})" if policy and most != PROHIBITED else ""
        return f"{_WORDS[decision]}; at the strictest, {shown}{how}"
    return f"{_WORDS.get(decision, decision)}{f' ({policy})' if policy else ''}"


def need_words(register: Register, need: str) -> str:
    """What would settle a decision, as it is called within a sentence: "energy density"."""
    if need in _NEEDED:
        return _NEEDED[need]
    fact = register.facts.get(need)
    return fact.named if fact and fact.named else need.replace("_", " ")


def headline(answer: LicenceDecision, countries: Mapping[str, str]) -> str:
    """What an answer says, in one line; its first words in capitals are the decision.

    Args:
        answer: a licence answer under the keys of the interface, with its coverage.
        countries: names of countries by ISO code.
    """
    worse = "up to PROHIBITED" if _is_barred_by_answer(answer) else ""
    if answer["decision"] == NONE:
        text = f"NO LICENCE {_read_to(answer, countries)}"
        if answer["open_questions"]:
            text += ", unless an open question is answered otherwise"
        return f"{text}: {worse}" if worse else text
    decided = _decided(answer, countries)
    return f"{decided}; {worse} by an open question" if worse else decided


def _decided(answer: LicenceDecision, countries: Mapping[str, str]) -> str:
    """What is decided, but for that no licence is needed and what an open question leads to."""
    decision = answer["decision"]
    if decision == NOT_COVERED:
        return "NOT COVERED: no rule read here asks a licence, and rules that may were not read"
    if decision == CANDIDATES:
        return _depends(answer)
    shown = "LICENCE NEEDED" if decision == LICENCE else decision.upper()
    policy = f" ({_reviewed(answer)})" if answer["policy"] else ""
    late = [row for row in answer["coverage"] if row["state"] == BEYOND and _is_area(row)]
    days = f", {_decided_by(answer, countries)}; not confirmed since" if late else ""
    return f"{shown}{policy}{days}"


def _is_barred_by_answer(answer: LicenceDecision) -> bool:
    """Whether an open question leads to a prohibition to which no rule and no candidate does."""
    asked = [row[side] for row in answer["open_questions"] for side in ("if_true", "if_false")]
    decided = [row["decision"] for row in (*answer["candidates"], *answer["rules"])]
    return PROHIBITED not in (answer["decision"], *decided) and any(
        PROHIBITED in (each["decision"], each["at_most"]) for each in asked
    )


def _reviewed(answer: LicenceDecision) -> str:
    """The review; where it depends on what the goods are, that it is the strictest that may be."""
    shown = review(answer["policy"])
    reviews = {row["policy"] for row in answer["candidates"]}
    if len(reviews) > 1:
        return f"up to {shown}, by what the goods are"
    facts = _facts(answer)
    which = ", ".join(facts) if len(facts) <= NAMED else "what the goods are"
    return f"up to {shown}, by {which}" if facts else shown


def _is_area(row: Coverage) -> bool:
    return not row["what"].startswith(LISTS) and not row["what"].endswith("/items")


def _of(sides: Iterable[str], countries: Mapping[str, str]) -> str:
    """Whose rules they are, as a sentence names it."""
    return " and ".join(with_article(countries.get(side, side)) for side in dict.fromkeys(sides))


def _read_to(answer: LicenceDecision, countries: Mapping[str, str]) -> str:
    """The rules that answer, with the earliest day to which an area consulted was read."""
    days = [row["through"] for row in answer["coverage"] if _is_area(row) and row["through"]]
    # In one order, whichever way the goods go.
    sides = sorted((each["by"] for each in answer["regimes"]), reverse=True)
    whose = f"the rules of {_of(sides, countries)} read"
    return f"under {whose} to {long_day(min(days))}" if days else f"under {whose}"


def _decided_by(answer: LicenceDecision, countries: Mapping[str, str]) -> str:
    """The rules that make it so, with the day to which the one read furthest was read.

    A licence stays needed while any one of them stands; what no licence is needed under are all.
    """
    firm = [
        (row["confirmed_through"], row["by"])
        for row in answer["rules"]
        if row["decision"] == answer["decision"]
        and row["policy"] == answer["policy"]
        and not row["stands_back_for"]
        and row["confirmed_through"]
    ]
    if not firm:
        return _read_to(answer, countries)
    last = max(day for day, _ in firm)
    whose = _of((by for day, by in firm if day == last), countries)
    return f"under rules of {whose} read to {long_day(last)}"


def _up_to(answer: LicenceDecision) -> str:
    """The strictest that may be decided, in words; empty where no rule read may ask a licence."""
    may_be = {row["decision"] for row in (*answer["candidates"], *answer["rules"])}
    if PROHIBITED in may_be:
        return ": up to PROHIBITED"
    if answer["policy"]:
        return f": up to LICENCE NEEDED ({review(answer['policy'])})"
    return ": up to LICENCE NEEDED" if may_be & {LICENCE, CANDIDATES} else ""


def _depends(answer: LicenceDecision) -> str:
    """What the decision depends on: the goods, facts, a day of listing, lists, or later law."""
    strict = _up_to(answer)
    needs = _facts(answer)
    if answer["candidates"] and (needs or len(answer["candidates"]) > 1):
        if needs and len({row["item"] for row in answer["candidates"]}) == 1:
            return f"IT DEPENDS ON {', '.join(needs).upper()}{strict}"
        return f"IT DEPENDS ON WHAT THE GOODS ARE{strict}"
    if LISTING_DAY in answer["needs"]:
        return f"IT DEPENDS ON WHETHER THE PARTY WAS LISTED ON THAT DAY ALREADY{strict}"
    lacking = [row for row in answer["coverage"] if row["state"] != READ]
    lists = [row for row in lacking if row["what"].startswith(LISTS)]
    if any(row["state"] == BEYOND and _is_area(row) for row in lacking):
        late = [row for row in lacking if row["state"] == BEYOND and _is_area(row)]
        day = long_day(min(row["through"] for row in late if row["through"]))
        return (
            f"IT DEPENDS ON WHAT WAS ORDERED AFTER {day.upper()}: no licence needed under the "
            "rules read to that day, not confirmed since"
        )
    if lists:
        shown = ", ".join(dict.fromkeys(row["what"].removeprefix(LISTS) for row in lists))
        return (
            "IT DEPENDS ON WHO WAS LISTED ON THAT DAY: no other rule read asks a licence, and no "
            f"version of {shown} that covers that day and party was read"
        )
    return f"IT DEPENDS ON THE OPEN FACTS{strict}"


def _facts(answer: LicenceDecision) -> list[str]:
    """What would settle it but for a day of listing, as it is called within a sentence."""
    named = zip(answer["needs"], answer["needs_in_words"], strict=True)
    return [words for need, words in named if need != LISTING_DAY]


def missing(rows: Sequence[Coverage]) -> Iterable[str]:
    """What was not read, or not for the day, of what the answer rests on: a sentence each."""
    late = [(row["what"], row["through"]) for row in rows if row["state"] == BEYOND]
    if late:
        days = ", ".join(f"{what} to {long_day(day)}" for what, day in late if day)
        yield f"Nothing later was read: {days}"
    for row in rows:
        if row["state"] not in (READ, BEYOND):
            begins = f" (held from {long_day(row['from'])})" if row["from"] else ""
            yield f"Not read for this question: {row['what']}{begins}: {row['scope']}"
