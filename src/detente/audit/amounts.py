"""Why a heading that is rightly declared carries another rate or amount than is owed."""

from __future__ import annotations

from fractions import Fraction

from detente.applicability.entry_facts import ValuePart
from detente.applicability.stack import Term
from detente.audit.cells import LINE
from detente.audit.entries import Declared
from detente.audit.findings import OWN_REASONS, DeclaredDifference
from detente.audit.history import Days, Headings, beside, filed_as, nearest, segments_of, side
from detente.audit.owed import CENT, Match, OwedHeading
from detente.core.figures import money, percent, rate
from detente.duty.amounts import MILLION, DutyLayer
from detente.duty.case import DutyCase
from detente.duty.rates.amount import round_half_up


class AmountJudge:
    """Finds the reasons of wrong rates and amounts of one entry."""

    def __init__(self, headings: Headings, case: DutyCase) -> None:
        self.headings = headings
        self.case = case
        self.minute = case.as_of.minute
        self.known_on = case.as_of.known_on

    def differing(self, match: Match) -> DeclaredDifference | None:
        """A heading that is owed and declared, at another rate or amount; None where it agrees."""
        declared, owed = match.declared, match.owed
        assert declared is not None
        assert owed is not None
        difference = match.difference
        if match.agrees:
            if not difference:
                return None
            why = f"{declared.heading} is a cent off: the amount is rounded another way"
            return DeclaredDifference("rounding", (declared.heading,), difference, why)
        if len(declared.rows) > 1:
            why = f"{declared.heading} stands on {len(declared.rows)} rows; it is due once"
            return DeclaredDifference("declared_twice", (declared.heading,), difference, why)
        for part in (self._on_top, self._by_part, self._by_rate):
            found = part(match, declared, owed)
            if found is not None:
                return found
        if declared.rate and match.rate_agrees:
            base = "" if owed.layer is None else f" of {money(owed.layer.base)}"
            why = (
                f"{declared.heading}: {declared.rate}{base} is {money(owed.cents)}, "
                f"declared {money(match.cents)}"
            )
            return DeclaredDifference("arithmetic", (declared.heading,), difference, why)
        stated = declared.rate or money(match.cents)
        if owed.key == LINE:
            why = f"the ordinary duty is {owed.rate}, {money(owed.cents) or ''}; declared {stated}"
            return DeclaredDifference("column_1", (declared.heading,), difference, why)
        why = f"{declared.heading} is {owed.rate}, {money(owed.cents) or ''}; declared {stated}"
        return DeclaredDifference("wrong_rate", (declared.heading,), difference, why)

    def _on_top(
        self, match: Match, declared: Declared, owed: OwedHeading
    ) -> DeclaredDifference | None:
        """A cap charged whole, beside the ordinary duty that it includes."""
        layer, cents = owed.layer, match.cents
        if layer is None or layer.form != "cap" or not layer.base or cents is None:
            return None
        cap = Fraction(layer.term.duty.rate, MILLION)
        if abs(cents - round_half_up(cap * layer.base)) > CENT:
            return None
        value, due = self.case.query.entry_value.cents, f"{money(owed.cents)} is due"
        rest = None if value is None else _share_of_base(layer, value)
        if rest is not None:
            due = f"{percent(rate(rest))} is due, {money(owed.cents)}"
        why = (
            f"the {percent(rate(cap))} of {declared.heading} includes the ordinary duty, so {due}; "
            f"declared {money(cents)}"
        )
        return DeclaredDifference("cap_on_top", (declared.heading,), match.difference, why)

    def _by_rate(
        self, match: Match, declared: Declared, owed: OwedHeading
    ) -> DeclaredDifference | None:
        """The rate that the heading has on another day."""
        layer = owed.layer
        if layer is None or owed.key == LINE or (declared.rate and match.rate_agrees):
            return None
        owners = [
            each
            for each in self.headings.owners.get(owed.key, [])
            if each.measure.id == owed.measure
        ]
        found = []
        for owner in owners:
            for segment in segments_of(owner.provision, self.known_on):
                days = beside(owner.provision, segment, self.minute, self.known_on)
                assert segment.period is not None
                if days is None or filed_as(owner.provision, segment.period) != owed.key:
                    continue
                share = Fraction(days.duty.rate, MILLION)
                base = layer.base
                amount = None if base is None else round_half_up(share * base)
                if share == declared.share or (not declared.rate and amount == match.cents):
                    found.append(days)
        days = nearest(found, self.minute)
        if days is None:
            return None
        why = (
            f"{declared.heading} is {owed.rate} on this day; {days.duty.text} applies {side(days)}"
        )
        sources = self.headings.cite(days.sources)
        return DeclaredDifference(
            "another_day", (declared.heading,), match.difference, why, sources
        )

    def _by_part(
        self, match: Match, declared: Declared, owed: OwedHeading
    ) -> DeclaredDifference | None:
        """The right rate on another part of the value than the law's."""
        layer, value = owed.layer, self.case.query.entry_value.cents
        if layer is None or layer.base is None or value is None or match.cents is None:
            return None
        share = _share_of_base(layer, value)
        if share is None or (declared.rate and not match.rate_agrees):
            return None
        headings, difference, cents = (declared.heading,), match.difference, match.cents
        # What yields on content loses that part; charged on the whole, both fall on it.
        whole = round_half_up(share * value)
        if layer.base != value and abs(cents - whole) <= 1:
            part = money(layer.base)
            if layer.term.less:
                prevailing = " and ".join(each.measure.title for each in layer.term.less)
                why = f"{declared.heading} falls on {part}, not on the part under {prevailing}"
                return DeclaredDifference("content_overlap", headings, difference, why)
            fact = self._fact_of(layer.term)
            why = f"{declared.heading} falls on {part} of {money(value)} ({fact}), not on the whole"
            reason = OWN_REASONS.get(fact, "whole_not_content")
            return DeclaredDifference(reason, headings, difference, why, (), fact)
        return self._too_small(match, layer.base, share, cents)

    def _fact_of(self, term: Term) -> str:
        names = [self.case.register.bases[name].fact for name in term.provision.base]
        return next((name for name in names if name), "")

    def _too_small(
        self, match: Match, base: int, share: Fraction, cents: int
    ) -> DeclaredDifference | None:
        """Charged on a part that the importer states, or on a content that was the base before."""
        owed, facts = match.owed, self.case.as_of.facts
        assert owed is not None
        assert owed.layer is not None
        if not share or not 0 < cents < round_half_up(share * base):
            return None
        part = round_half_up(Fraction(cents) / share)
        words = f"{owed.heading} falls on {money(base)}; {money(cents)} is {owed.rate} of "
        headings = (owed.heading,)
        for name, named in self.case.register.bases.items():
            if not facts.is_stated(named.fact):
                continue
            stated = self._stated(named.fact, named.rest)
            if stated is not None and abs(round_half_up(share * stated) - cents) <= 1:
                reason = OWN_REASONS.get(named.fact, "content_not_whole")
                why = f"{words}the {name.replace('_', ' ')} of {money(stated)} alone"
                return DeclaredDifference(reason, headings, match.difference, why, (), named.fact)
        before = self._content_before(owed)
        if before is not None:
            fact, days = before
            why = f"{words}{money(part)}: the {fact} was the base {side(days)}"
            sources = self.headings.cite(days.sources)
            return DeclaredDifference(
                "content_not_whole", headings, match.difference, why, sources, fact
            )
        return None

    def _stated(self, fact: str, rest: bool) -> int | None:
        value, part = self.case.query.entry_value.cents, self.case.as_of.facts.value(fact)
        if not isinstance(part, ValuePart) or value is None:
            return None
        cents = part.cents if part.share is None else round_half_up(part.share * value)
        return None if cents is None else (value - cents if rest else cents)

    def _content_before(self, owed: OwedHeading) -> tuple[str, Days] | None:
        """A content that a measure of the same family was charged on, on earlier days."""
        term = owed.layer.term if owed.layer is not None else None
        if term is None or self._fact_of(term):
            return None
        found: list[tuple[str, Days]] = []
        for each in self.case.scope.candidates:
            if each.measure.family != owed.family:
                continue
            for scoped in each.provisions:
                facts = [self.case.register.bases[name] for name in scoped.provision.base]
                content = next(
                    (
                        base.fact
                        for base in facts
                        if base.fact and self.case.register.facts[base.fact].raised == "named"
                    ),
                    "",
                )
                if not content:
                    continue
                for segment in segments_of(scoped.provision, self.known_on):
                    days = beside(scoped.provision, segment, self.minute, self.known_on)
                    if days is not None and days.relation == "until":
                        found.append((content, days))
        return max(found, key=lambda each: each[1].minute, default=None)


def _share_of_base(layer: DutyLayer, value: int) -> Fraction | None:
    """What a duty, or what is left of a cap over the ordinary one, is of the cents it falls on."""
    duty = layer.term.duty
    if duty.form == "add":
        return Fraction(duty.rate, MILLION)
    if layer.form != "cap" or layer.share is None or not layer.base:
        return None
    return layer.share * Fraction(value, layer.base)
