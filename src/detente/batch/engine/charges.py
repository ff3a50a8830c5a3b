"""Situations as columns of numbers: rates in millionths, and the parts of the value they are on.

    amount = round half up(rate x base / million)      base = sum of factors x parts of the value

A situation whose duties all have this form is *plain* where every base is the whole value, and
*parted* where the importer gives parts; any other takes the single path, entry by entry.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts, ValuePart
from detente.applicability.shared_value import shared_out
from detente.applicability.stack import ContentPortion, Term
from detente.batch.engine.situations import Situation
from detente.duty.amounts import MILLION
from detente.register.model import Base, DutyRate

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

HIGHEST = 10 * MILLION
"""Rates above this many millionths take the single path: their amounts might not fit in 64 bits."""

Factors = tuple[int, ...]
"""How often the value (first) and each part of it count in a base."""


class NotPlainError(ValueError):
    """A situation whose figures the columns cannot hold."""


class ChargeNumbers(NamedTuple):
    """One duty as numbers.

    Attributes:
        family: the family of its measure.
        form: ``column`` (the ordinary rate), ``add`` (as it stands), ``cap`` (less column 1) or
            ``open`` (it needs more than a value, so neither it nor a total is known).
        rate: millionths; 0 for ``column``.
        text: the rate of a cap, or of what needs more than a value, as the register writes it.
        factors: of the base.
        floor: whether a base below nothing counts as nothing.
        displaced: whether stronger duties have taken a part of its base.
        void: whether a later finding says that it was never owed.
    """

    family: str
    form: str
    rate: int
    text: str
    factors: Factors
    floor: bool
    displaced: bool
    void: bool


class OutcomeCharges(NamedTuple):
    """All charges of a situation, and the column of the schedule that its ordinary rate is in."""

    column: DutyRate | None
    charges: tuple[ChargeNumbers, ...]
    parted: bool
    capped: bool
    open: bool


def parts_of(bases: Mapping[str, Base]) -> list[str]:
    """The entry facts that are parts of the value, in the order of factors after the value."""
    return sorted({base.fact for base in bases.values() if base.fact})


def charged(situation: Situation, bases: Mapping[str, Base]) -> OutcomeCharges:
    """The charges of a situation.

    Raises:
        NotPlainError: a duty is of another form, or its base no sum of parts.
    """
    if situation.stack is None:
        raise NotPlainError("the facts cannot be read")
    reader = _FactorReader(situation.as_of.facts, bases)
    terms = shared_out(situation.stack.terms, bases, situation.as_of.facts)
    columns = [term for term in terms if term.duty.form == "column"]
    charges = []
    for term in terms:
        if term.duty.form == "free" and not (term.less or term.provision.base):
            continue
        form, rate = _rate(term, situation.as_of.facts)
        factors, floor = reader.base(term)
        void = term.measure.id in situation.void
        text = term.duty.text if form in ("cap", "open") else ""
        charges.append(
            ChargeNumbers(
                term.measure.family, form, rate, text, factors, floor, bool(term.less), void
            )
        )
    whole = reader.whole
    capped = any(each.form == "cap" for each in charges)
    if len(columns) > 1 or (capped and not columns):
        raise NotPlainError("there is no one ordinary duty")
    if capped and any(each.form == "column" and each.factors != whole for each in charges):
        raise NotPlainError("a cap over an ordinary duty on a part")
    if len({each.rate for each in charges if each.form == "cap"}) > 1:
        raise NotPlainError("several caps")
    if any(each.form == "open" and (each.factors != whole or each.displaced) for each in charges):
        raise NotPlainError("a duty that needs more than a value, on a part of it")
    if sum(each.rate for each in charges) > HIGHEST:
        raise NotPlainError("rates too high together")
    parted = any(each.factors[1:] != whole[1:] for each in charges)
    is_open = any(each.form == "open" for each in charges)
    if is_open and parted:
        raise NotPlainError("a duty that needs more than a value, beside parts of it")
    return OutcomeCharges(
        columns[0].duty if columns else None, tuple(charges), parted, capped, is_open
    )


def _rate(term: Term, facts: EntryFacts) -> tuple[str, int]:
    duty = term.duty
    rate = duty.rate
    if duty.form == "quota":
        place = facts.value("quota")
        if place is None:
            return "open", 0
        rate = duty.rate if place == "in" else duty.over
    elif duty.form in ("specific", "flat", "minimum_price", "unknown"):
        return "open", 0
    elif duty.form not in ("column", "add", "cap", "free"):
        raise NotPlainError(f"the form {duty.form}")
    if rate > HIGHEST:
        raise NotPlainError("a rate too high")
    return (duty.form if duty.form in ("column", "cap") else "add"), rate


class _FactorReader:
    """Bases as factors, by the facts of a situation: what is not given is all or nothing."""

    def __init__(self, facts: EntryFacts, bases: Mapping[str, Base]) -> None:
        self.facts = facts
        self.bases = bases
        self.parts = parts_of(bases)
        self.whole: Factors = (1, *(0 for _ in self.parts))

    def base(self, term: Term) -> tuple[Factors, bool]:
        """The factors of a term's base, and whether it stops at nothing."""
        total = self._sum(term)
        known = True
        for prevailing in term.less:
            taken, floor = self.base(prevailing)
            if floor:
                raise NotPlainError("a base under a base that stops at nothing")
            total = tuple(a - b for a, b in zip(total, taken, strict=True))
            known = known and self._known(prevailing)
        if not any(total[1:]):
            if total[0] < 0 and known:
                raise NotPlainError("the parts add up to more than the value")
            return (max(total[0], 0), *total[1:]), False
        return total, bool(term.less) and not known

    def _known(self, term: Term) -> bool:
        facts = [self.bases[name].fact for name in term.provision.base]
        return all(self.facts.is_stated(fact) for fact in facts if fact)

    def _sum(self, term: Term) -> Factors:
        names = term.provision.base or ("value",)
        rows = [self._part(self.bases[name], term.portion) for name in names]
        return tuple(map(sum, zip(*rows, strict=True)))

    def _part(self, base: Base, portion: ContentPortion | None) -> Factors:
        if not base.fact:
            return self.whole
        if self.facts.is_stated(base.fact):
            part = tuple(int(name == base.fact) for name in self.parts)
            return (1, *(-each for each in part)) if base.rest else (0, *part)
        if portion is not None and base.shares:
            return (int(portion.rest), *(-int(name in portion.stated) for name in self.parts))
        default = self.facts.value(base.fact)
        share = default.share if isinstance(default, ValuePart) else 1
        if share not in (0, 1):
            raise NotPlainError(f"{base.fact} is a part by default")
        share = 1 - share if base.rest else share
        return (int(share), *(0 for _ in self.parts))
