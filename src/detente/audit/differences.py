"""The differences of an entry, each with its reason: every cent stands under one of them."""

from __future__ import annotations

from collections.abc import Iterator

from detente.audit.amounts import AmountJudge
from detente.audit.cells import LINE
from detente.audit.cuts import Alternative
from detente.audit.entries import DeclaredEntry
from detente.audit.findings import DeclaredDifference
from detente.audit.history import Headings
from detente.audit.owed import EntryComparison, Match
from detente.audit.reasons import Judge
from detente.core.figures import money, percent, rate
from detente.duty.case import DutyCase

DECIDING = ("open_fact", "open_law", "retroactive")
"""Reasons that, where they explain a whole entry, stand in place of those of its headings."""
MOVING_NOTHING = ("missing_heading", "dead_heading")
"""Reasons of headings filed or left out that charge nothing: no amount differs for them."""


def differences(
    headings: Headings, case: DutyCase, entry: DeclaredEntry, seen: EntryComparison
) -> Iterator[DeclaredDifference]:
    """The differences of an entry, a heading filed in another's place taken with that other."""
    if entry.total is not None and entry.headings is None:
        return
    judge, amounts = Judge(headings, case), AmountJudge(headings, case)
    left = [match for match in seen.matches if match.declared is None and not _is_idle(match)]
    strange = [match for match in seen.matches if match.owed is None]
    for match in seen.matches:
        if match.owed is not None and match.declared is not None:
            found = amounts.differing(match) if entry.total is None else None
            if found is not None:
                yield found
    for match in strange:
        finding = judge.strange(match)
        other = _counterpart(judge, match, left)
        if other is not None:
            left.remove(other)
            assert other.owed is not None
            nothing = other.owed.layer is None or other.owed.rate == "free"
            rate_of = "which charges nothing" if nothing else f"at {other.owed.rate}"
            both = (match.difference, other.difference)
            known = [each for each in both if each is not None]
            finding = finding._replace(
                headings=(*finding.headings, other.owed.heading),
                difference=sum(known) if len(known) == len(both) else None,
                why=f"{finding.why}; owed is {other.owed.heading}, {rate_of}",
            )
        yield finding
    for match in left:
        yield judge.missing(match)


def _is_idle(match: Match) -> bool:
    """The ordinary duty where it is free, which need not be declared, or is part of a total."""
    owed = match.owed
    return owed is not None and owed.key == LINE and (owed.cents == 0 or owed.share == 0)


def _counterpart(judge: Judge, match: Match, left: list[Match]) -> Match | None:
    """The heading left out that a strange one stands for: of its measure, or else its family."""
    assert match.declared is not None
    owners = judge.headings.owners.get(match.declared.key, [])
    names = {owner.measure.id for owner in owners}
    families = {owner.measure.family for owner in owners}
    owed = [(each, each.owed) for each in left if each.owed is not None and each.owed.key != LINE]
    for each, line in owed:
        if line.measure in names:
            return each
    for each, line in owed:
        if line.family in families and line.layer is not None:
            return each
    return None


def decided(
    entry: DeclaredEntry,
    seen: EntryComparison,
    findings: tuple[DeclaredDifference, ...],
    alternatives: tuple[Alternative, ...],
) -> tuple[DeclaredDifference, ...]:
    """The findings once it is known where the declaration came from; every cent has one reason."""
    first = alternatives[0] if alternatives else None
    if first is not None and first.reason in DECIDING:
        findings = tuple(
            each
            if each.reason in ("rounding", "us_content")
            else each._replace(
                reason=first.reason, why=first.why, sources=first.sources, fact=first.fact
            )
            for each in findings
        )
    if entry.total is None and seen.matches and findings:
        return findings
    # A total has one difference, which its likeliest reason carries.
    difference = seen.difference
    moving = [each for each in findings if _moves(each, difference)]
    if not moving and not (findings and seen.cents_agree):
        reason, why, sources, fact = _of_total(entry, seen, first, difference)
        return (DeclaredDifference(reason, (), difference, why, sources, fact), *findings)
    own = moving[0] if moving else findings[0]
    return (own._replace(difference=difference), *(each for each in findings if each is not own))


def _moves(finding: DeclaredDifference, difference: int | None) -> bool:
    """Whether a heading filed or left out can make a total too high or too low."""
    if finding.reason == "missing_layer" and difference is not None and difference > 0:
        return False
    return finding.reason not in MOVING_NOTHING


def _of_total(
    entry: DeclaredEntry, seen: EntryComparison, first: Alternative | None, difference: int | None
) -> tuple[str, str, tuple[str, ...], str]:
    total = entry.total or entry.lines[0]
    if total.share is not None and rate(total.share) == rate(seen.owed_share):
        why = f"{total.rate} is right and comes to {money(seen.owed)}, not {money(total.cents)}"
        return "arithmetic", why, (), ""
    if first is not None:
        return first.reason, first.why, first.sources, first.fact
    stated = total.rate or money(total.cents)
    owed = money(seen.owed) or "not known"
    why = f"owed is {percent(rate(seen.owed_share))}, {owed}; declared {stated}: no reason found"
    return "unexplained", why, (), ""
