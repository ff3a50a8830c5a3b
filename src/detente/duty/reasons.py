"""Why a term applies, and why another does not: one plain sentence each."""

from __future__ import annotations

from detente.applicability.entry_facts import EntryFacts
from detente.applicability.stack import NotApplied, Term
from detente.core.clock import MINUTES, day_text
from detente.core.figures import dotted, long_day
from detente.register.book import Register
from detente.register.model import EffectivePeriod, Test

_OPERATORS = {
    "before": "before",
    "from": "on or after",
    "at_least": "at least",
    "more_than": "more than",
    "at_most": "at most",
    "below": "below",
}


def test_words(test: Test) -> str:
    """A test in words: "loaded_on before 5 April 2025"."""
    if test.operator == "is" and isinstance(test.value, bool):
        return test.fact if test.value else f"not {test.fact}"
    if test.operator == "is":
        return f"{test.fact} is {test.value}"
    if test.operator == "in" and isinstance(test.value, tuple):
        return f"{test.fact} is {' or '.join(test.value)}"
    value = str(test.value)
    words = long_day(value) if test.operator in ("before", "from") else value
    return f"{test.fact} {_OPERATORS[test.operator]} {words}"


def title_of(term: Term) -> str:
    """What a duty is called: by its provision where that has a title, else by its measure."""
    return term.provision.title or term.measure.title


def why_applies(register: Register, term: Term, origin: str, facts: EntryFacts) -> str:
    """The goods, the place and the facts on which a term rests."""
    parts = []
    row = term.goods.row
    if row is not None:
        listed = register.code_list(row.list)
        place = f", {listed.place}" if listed.place else ""
        parts.append(f"{dotted(row.code)} is on the list of {listed.title}{place}")
    elif term.provision.goods:
        parts.append(f"{title_of(term)} names the code")
    elif term.measure.family != "base":
        parts.append(f"covers all goods of {register.countries[origin]}")
    for test in term.provision.when:
        known = "as stated" if facts.is_stated(test.fact) else "as a rule for these goods"
        parts.append(f"{test_words(test)}, {known}")
    if term.period.state == "suspended" and term.period.suspends:
        parts.append(f"{term.period.suspends} suspended{_until(term.period)}")
    for prevailing in term.less:
        parts.append(f"not on the part of the value under {prevailing.measure.title}")
    if term.portion is not None:
        taken = "what is left of the value" if term.portion.rest else "none of the value"
        parts.append(
            f"{taken} is taken as {' and '.join(term.provision.base)}, which is not stated"
        )
    if term.provision.base and term.provision.base != ("value",):
        names = " and ".join(term.provision.base)
        stated = any(facts.is_stated(register.bases[name].fact) for name in term.provision.base)
        if stated:
            parts.append(f"charged on {names}")
    return "; ".join(parts) or title_of(term)


def _until(period: EffectivePeriod) -> str:
    if period.until is None:
        return ""
    return f" until {long_day(day_text(period.until // MINUTES))}"


def why_not(row: NotApplied, facts: EntryFacts) -> str:
    """Why a provision that matched goods and place was kept out."""
    if row.reason == "yields" and row.prevailing is not None:
        heading = f" ({row.prevailing.heading})" if row.prevailing.heading else ""
        return f"gives way to {row.prevailing.measure.title}{heading}"
    if row.test is not None:
        if not facts.is_stated(row.test.fact):
            return f"only with {test_words(row.test)}, which is not stated"
        return f"only with {test_words(row.test)}; stated: {facts.texts[row.test.fact]}"
    return {
        "ended": "ended before this day",
        "expired": "expired before this day",
        "lapsed": "lapsed before this day",
        "suspended": "suspended on this day",
        "ceased": "ceased before this day",
        "not_enforced": "not enforced on this day",
        "informal": "never put into a legal form",
    }.get(row.state, "not in force on this day")
