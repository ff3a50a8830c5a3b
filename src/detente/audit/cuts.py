"""A total explained by what was done to the stack of duties: left out, put in, on another part.

The stack of the entry is changed by one cut, or by two where one does not do, and the changed one
that comes to the declared total is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import FactError
from detente.applicability.scope import MeasureInScope, edges
from detente.applicability.stack import Stack, Term, resolve
from detente.audit.entries import DeclaredEntry
from detente.audit.findings import OWN_REASONS
from detente.audit.history import day_words
from detente.audit.owed import compare
from detente.duty.case import DutyCase


class Alternative(NamedTuple):
    """A question that the declaration may have been right for.

    ``reason`` is one of ``audit_findings.REASONS``; ``fact`` is what would have to be stated,
    as words KEY=VALUE.
    """

    reason: str
    why: str
    sources: tuple[str, ...]
    fact: str
    case: DutyCase


class _Cut(NamedTuple):
    """One change to a stack: measures out, terms in."""

    reason: str
    why: str
    out: tuple[str, ...]
    put: tuple[Term, ...]


def operated(entry: DeclaredEntry, case: DutyCase, sizes: tuple[int, ...]) -> Iterator[Alternative]:
    """The cuts that explain a total: of the first size that does, each set of that many.

    Args:
        entry: an entry that declares its total.
        case: with the stack to change.
        sizes: how many cuts to try together, one size after the other.
    """
    unpaid = _unpaid(entry, case)
    if unpaid is not None:
        yield unpaid
        return
    cuts = list(_cuts(case))
    for size in sizes:
        found = []
        for chosen in combinations(cuts, size):
            out = {name for cut in chosen for name in cut.out}
            put = tuple(term for cut in chosen for term in cut.put)
            left = tuple(term for term in case.stack.terms if term.measure.id not in out)
            # One measure cannot be charged by two of its provisions at once.
            if len({term.measure.id for term in (*left, *put)}) != len(left) + len(put):
                continue
            other = _with_terms(case, (*left, *put))
            if _fits(entry, other):
                why = "; ".join(cut.why for cut in chosen)
                found.append(Alternative(chosen[0].reason, why, (), "", other))
        if found:
            yield from found
            return


def _with_terms(case: DutyCase, terms: tuple[Term, ...]) -> DutyCase:
    return case._replace(stack=Stack(terms, case.stack.not_applied, ()))


def _fits(entry: DeclaredEntry, case: DutyCase) -> bool:
    try:
        return compare(entry, case, case.figures(case.stack)).cents_agree
    except FactError:
        return False  # a cap without the ordinary duty that it lifts


def _unpaid(entry: DeclaredEntry, case: DutyCase) -> Alternative | None:
    """Nothing was paid, or of several duties the ordinary one alone."""
    charging = [term for term in case.stack.terms if term.duty.form != "free"]
    added = [term for term in charging if term.measure.family != "base"]
    names = " and ".join(_named(term) for term in added or charging)
    nothing = _with_terms(case, ())
    if _fits(entry, nothing):
        return Alternative(
            "missing_layer", f"nothing is paid, and owed is {names}", (), "", nothing
        )
    ordinary = tuple(term for term in case.stack.terms if term not in added)
    alone = _with_terms(case, ordinary)
    if len(added) > 1 and _fits(entry, alone):
        why = f"only the ordinary duty is paid, and owed beside it is {names}"
        return Alternative("missing_layer", why, (), "", alone)
    return None


def _named(term: Term) -> str:
    return f"{term.measure.title} ({term.heading})" if term.heading else term.measure.title


def _cuts(case: DutyCase) -> Iterator[_Cut]:
    """Duties left out, charged beside the one they give way to, past their end, or not exempted."""
    # Without any rule each measure shows what it would charge by itself.
    free = case.scope._replace(stacking_rules=())
    alone = {term.measure.id: term for term in resolve(free, case.as_of).terms}
    for term in case.stack.terms:
        name, title = term.measure.id, term.measure.title
        if term.less:
            put = (alone[name],)
            yield _Cut(
                "content_overlap",
                f"{title} charged on the part under a stronger duty too",
                (name,),
                put,
            )
        if term.measure.family == "base":
            yield _Cut("column_1", "the ordinary duty is left out", (name,), ())
        elif term.duty.form != "free":
            yield _Cut("missing_layer", f"{title} is left out", (name,), ())
        yield from _on_the_whole(term, case)
        yield from _on_top(term)
    standing = {term.measure.id: term for term in case.stack.terms}
    for name, term in alone.items():
        if name not in standing and term.duty.form != "free":
            why = f"{term.measure.title} charged beside the duty that it gives way to"
            yield _Cut("gave_way", why, (name,), (term,))
    for candidate in case.scope.candidates:
        if candidate.measure.id not in alone:
            yield from _ended(candidate, case)
        yield from _not_exempted(candidate, case, standing)


def _on_the_whole(term: Term, case: DutyCase) -> Iterator[_Cut]:
    """A duty on a content that was stated, charged on the whole value."""
    facts = case.as_of.facts
    for name in term.provision.base:
        fact = case.register.bases[name].fact
        if fact and facts.is_stated(fact):
            put = term._replace(provision=term.provision._replace(base=()))
            why = f"{term.measure.title} charged on the whole value and not by {fact}"
            reason = OWN_REASONS.get(fact, "whole_not_content")
            yield _Cut(reason, why, (term.measure.id,), (put,))
            return


def _on_top(term: Term) -> Iterator[_Cut]:
    """A cap charged beside the ordinary duty that it includes."""
    if term.duty.form == "cap":
        put = term._replace(duty=term.duty._replace(form="add"))
        why = f"{term.measure.title}: {term.duty.text}, but charged on top of the ordinary duty"
        yield _Cut("cap_on_top", why, (term.measure.id,), (put,))


def _ended(candidate: MeasureInScope, case: DutyCase) -> Iterator[_Cut]:
    """The last term of a measure that is over on the day."""
    alone = case.scope._replace(candidates=(candidate,), stacking_rules=())
    past = [each for each in edges(alone) if each <= case.as_of.minute]
    for edge in reversed(past):
        terms = resolve(alone, case.as_of._replace(minute=edge - 1)).terms
        if terms and terms[0].duty.form != "free":
            why = f"{candidate.measure.title} charged after its end on {day_words(edge)}"
            yield _Cut("after_end", why, (candidate.measure.id,), terms)
            return


def _not_exempted(
    candidate: MeasureInScope, case: DutyCase, standing: dict[str, Term]
) -> Iterator[_Cut]:
    """What a measure would charge if the goods were not exempt from it."""
    term = standing.get(candidate.measure.id)
    if term is None or term.duty.form != "free":
        return
    provisions = tuple(
        each for each in candidate.provisions if each.provision is not term.provision
    )
    alone = case.scope._replace(
        candidates=(candidate._replace(provisions=provisions),), stacking_rules=()
    )
    terms = resolve(alone, case.as_of).terms
    if terms and terms[0].duty.form != "free":
        why = f"{candidate.measure.title} charged though the goods are exempt ({term.heading})"
        yield _Cut("exemption_not_claimed", why, (term.measure.id,), terms)
