"""Contents of several metals share one value: an article is not whole steel and whole aluminum.

    unstated content of the metal with the highest duty = value - stated contents
    unstated content of every other metal               = 0

The customs service takes an unstated content as the whole value, for each metal by itself. Of one
article that holds for one metal at most, so the metal whose duty is the highest takes what the
stated contents leave, and the total is the most that any division of the value comes to. Where
the duty on one metal is charged on the article whatever its content, an unstated content of
another is taken as nothing. In both cases the answer asks, with the total at the other end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from detente._shapes import TYPE_CHECKING
from detente.applicability.entry_facts import EntryFacts
from detente.applicability.stack import ContentPortion, Term

if TYPE_CHECKING:
    from detente.register.model import Base, Provision

MOST = 2048
"""Measures whose parts of the value are kept."""

_KNOWN: dict[int, tuple[tuple[Provision, ...], Mapping[str, Base], str]] = {}
"""By the identity of provisions: these, so that no others take their place, and the answer."""


def shared_out(
    terms: tuple[Term, ...], bases: Mapping[str, Base], facts: EntryFacts
) -> tuple[Term, ...]:
    """The terms, each with its portion where several share the value.

    Args:
        terms: the terms of one stack.
        bases: named parts of the value, from the register.
        facts: the entry facts; what is stated is charged as stated.
    """
    if not any(term.provision.base for term in terms):
        return terms
    groups: dict[str, list[Term]] = {}
    for term in terms:
        group = _group(term, bases)
        if group and term.duty.form != "free":
            groups.setdefault(group, []).append(term)
    portions: dict[str, ContentPortion] = {}
    for sharing in groups.values():
        if len(sharing) > 1:
            portions.update(_portions(sharing, bases, facts))
    return tuple(_with(term, portions) for term in terms) if portions else terms


def content_of(term: Term, bases: Mapping[str, Base]) -> str:
    """The entry fact of the content that a term is charged on; "" where it is on something else."""
    return next((bases[name].fact for name in term.provision.base if bases[name].shares), "")


def _group(term: Term, bases: Mapping[str, Base]) -> str:
    """The parts among which a measure's own is one, whichever of its provisions applies.

    Known by the provisions themselves: a measure may have hundreds, and every answer asks.
    """
    provisions = term.measure.provisions
    found = _KNOWN.get(id(provisions))
    # Another register may share the provisions and have parts of the value of its own.
    if found is None or found[1] is not bases:
        if len(_KNOWN) >= MOST:
            _KNOWN.clear()
        names = (name for provision in provisions for name in provision.base)
        own = next((bases[name].shares for name in names if bases[name].shares), "")
        found = _KNOWN[id(provisions)] = provisions, bases, own
    return found[2]


def _portions(
    sharing: Iterable[Term], bases: Mapping[str, Base], facts: EntryFacts
) -> dict[str, ContentPortion]:
    """The portion of each term whose content is not stated, by its measure."""
    contents = [(term, content_of(term, bases)) for term in sharing]
    stated = tuple(sorted({fact for _, fact in contents if fact and facts.is_stated(fact)}))
    unstated = [term for term, fact in contents if fact and not facts.is_stated(fact)]
    if any(not fact for _, fact in contents):
        return {term.measure.id: ContentPortion(False, ()) for term in unstated}
    # A rate that is not known may be the highest, so it stands before all that are.
    unstated.sort(key=lambda term: (term.duty.form != "unknown", -term.duty.rate, term.measure.id))
    return {
        term.measure.id: ContentPortion(place == 0, stated if place == 0 else ())
        for place, term in enumerate(unstated)
    }


def _with(term: Term, portions: Mapping[str, ContentPortion]) -> Term:
    less = tuple(_with(each, portions) for each in term.less)
    return term._replace(less=less, portion=portions.get(term.measure.id, term.portion))
