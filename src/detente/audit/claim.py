"""The text of a claim: which duty of an entry is void, under which headings, and by what act."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.applicability.stack import void_measures
from detente.audit.refund import of_void
from detente.core.figures import dollars, dotted, long_day, money

if TYPE_CHECKING:
    from detente.answers.audit import RefundClaim
    from detente.audit.answer import Judged
    from detente.audit.history import Headings
    from detente.register.book import Register


def claim_of(register: Register, headings: Headings, judged: Judged) -> RefundClaim | None:
    """What a claim for the void duty of an entry says; None where nothing is known to come back.

    Returns:
        ``amount``; ``headings`` with what was paid under each, None where only a total was
        declared; ``sources`` of the acts; ``text``, a sentence or two to send.
    """
    case, seen = judged.case, judged.seen
    if not judged.refundable or case is None or seen is None:
        return None
    paid = [
        (match.declared.heading, money(match.cents))
        for match in seen.matches
        if match.declared is not None and match.cents and of_void(match, case, headings)
    ]
    # A total names no heading: what was assessed under each stands for what was paid.
    if seen.whole:
        void = void_measures(case.stack, case.as_of)
        paid = [
            (match.owed.heading, money(match.owed.cents))
            for match in seen.matches
            if match.owed is not None and match.owed.measure in void and match.owed.cents
        ]
    acts = _acts(register, judged)
    amount = money(judged.refundable)
    return {
        "amount": amount,
        "headings": [{"heading": heading, "amount": each} for heading, each in paid],
        "sources": [key for key, _ in acts],
        "text": _text(judged, amount, paid, [words for _, words in acts]),
    }


def _acts(register: Register, judged: Judged) -> list[tuple[str, str]]:
    """The acts by which the duty is void, with how each is cited."""
    assert judged.case is not None
    void = void_measures(judged.case.stack, judged.case.as_of)
    found: dict[str, str] = {}
    for term in judged.case.stack.terms:
        if term.measure.id not in void:
            continue
        for each in term.measure.voids:
            for key in each.sources:
                source = register.sources[key]
                found[key] = f"{source.title}, {source.citation}"
    return list(found.items())


def _text(
    judged: Judged, amount: str | None, paid: list[tuple[str, str | None]], acts: list[str]
) -> str:
    entry, case = judged.entry, judged.case
    assert case is not None
    line = f", line {entry.cells['line']}" if "line" in entry.cells else ""
    goods = f"{dotted(case.code)}, origin {case.query.origin}"
    day = long_day(case.query.day)
    parts = " and ".join(f"{heading} ({dollars(each)})" for heading, each in paid if each)
    of = f" under {parts}" if parts else ""
    return (
        f"Entry {entry.id}{line}, {goods}, entered {day}: refund of {dollars(amount or '')} with "
        f"interest as the law provides. It was assessed as duty{of} and is void from the start: "
        f"{'; '.join(acts)}."
    )
