"""What comes back of an entry: duty that was paid, had been assessed, and is void by now.

    refundable = min(paid under headings of void measures, assessed under void measures)

The two are taken over all void measures together, whichever of their headings was filed: what was
paid beyond what they assessed is an overpayment, and stands under "over".
"""

from __future__ import annotations

from detente.applicability.stack import void_measures
from detente.audit.history import Headings
from detente.audit.owed import EntryComparison, Match
from detente.duty.amounts import Amounts
from detente.duty.case import DutyCase


def refundable(
    case: DutyCase, figures: Amounts, headings: Headings, seen: EntryComparison
) -> int | None:
    """Cents that come back; None where what was declared does not tell."""
    void = void_measures(case.stack, case.as_of)
    # Nothing comes back where nothing was paid, even if what was assessed is not known.
    if not void or seen.declared == 0:
        return 0
    amounts = [each.cents for each in figures.layers if each.term.measure.id in void]
    known = [cents for cents in amounts if cents is not None]
    if len(known) < len(amounts):
        return None
    assessed = sum(known)
    paid = _paid_in_total(seen, assessed) if seen.whole else _paid(case, headings, seen)
    return None if paid is None else min(paid, assessed)


def _paid(case: DutyCase, headings: Headings, seen: EntryComparison) -> int | None:
    """Cents declared under headings of void measures, in use on the day or not."""
    cents = [
        match.cents
        for match in seen.matches
        if match.declared is not None and of_void(match, case, headings)
    ]
    known = [each for each in cents if each is not None]
    return sum(known) if len(known) == len(cents) else None


def of_void(match: Match, case: DutyCase, headings: Headings) -> bool:
    """Whether a heading was declared for a duty that is void, in use on the day or not."""
    if match.owed is not None and match.owed.void:
        return True
    assert match.declared is not None
    known_on = case.as_of.known_on
    return any(
        owner.provision.id in void.provisions and (known_on is None or void.announced <= known_on)
        for owner in headings.owners.get(match.declared.key, ())
        for void in owner.measure.voids
    )


def _paid_in_total(seen: EntryComparison, assessed: int) -> int | None:
    """A total holds every duty that was assessed, unless it is less than all of them."""
    if seen.declared is None or seen.owed is None:
        return None
    return assessed if seen.cents_agree or seen.declared >= seen.owed else None
