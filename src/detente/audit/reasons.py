"""Why a declared heading is not the owed one: each difference with its reason and its source."""

from __future__ import annotations

from fractions import Fraction

from detente.applicability.scope import ScopedProvision
from detente.applicability.stack import Term
from detente.audit.cells import LINE, SPECIAL_CHAPTERS
from detente.audit.entries import Declared
from detente.audit.findings import OWN_REASONS, DeclaredDifference
from detente.audit.history import (
    Days,
    HeadingProvision,
    Headings,
    beside,
    filed_as,
    nearest,
    segments_of,
    side,
)
from detente.audit.owed import Match
from detente.core.figures import dotted
from detente.duty.amounts import MILLION
from detente.duty.answer import nothing_left
from detente.duty.case import DutyCase
from detente.duty.reasons import test_words, title_of
from detente.register.model import Test
from detente.register.periods import period_at


class Judge:
    """Finds the reasons of one entry's differences."""

    def __init__(self, headings: Headings, case: DutyCase) -> None:
        self.headings = headings
        self.case = case
        self.minute = case.as_of.minute
        self.known_on = case.as_of.known_on
        self.terms = {term.measure.id: term for term in case.stack.terms}
        self.yielded = {
            yielded.measure.id: yielded
            for yielded in case.stack.not_applied
            if yielded.reason == "yields"
        }
        self.scoped = {
            (each.measure.id, scoped.provision.id): scoped
            for each in case.scope.candidates
            for scoped in each.provisions
        }

    def missing(self, match: Match) -> DeclaredDifference:
        """A heading that is owed and was not declared."""
        owed = match.owed
        assert owed is not None
        difference = match.difference
        if owed.key == LINE:
            why = f"the ordinary duty of {owed.rate} is not declared"
            return DeclaredDifference("column_1", (owed.heading,), difference, why)
        name = self.headings.titles.get(owed.measure, owed.measure)
        # Beside a total that is right, only the heading itself is missing.
        if owed.layer is None or owed.rate == "free" or match.rate_agrees:
            why = f"{owed.heading} must be filed too ({name})"
            return DeclaredDifference("missing_heading", (owed.heading,), difference, why)
        why = f"{owed.heading or 'no heading'} at {owed.rate} is not declared: {name}"
        sources = self.headings.cite(owed.layer.term.period.sources)
        return DeclaredDifference("missing_layer", (owed.heading,), difference, why, sources)

    def strange(self, match: Match) -> DeclaredDifference:
        """A heading that was declared and is not owed."""
        declared = match.declared
        assert declared is not None
        heading = declared.heading
        idle = match.cents == 0 and not declared.share
        owner = self._owner(heading)
        if owner is None:
            reason, why, sources, fact = self._without_owner(heading)
        else:
            reason, why, sources, fact = self._of_owner(owner, declared, idle)
        return DeclaredDifference(reason, (heading,), match.difference, why, sources, fact)

    def _owner(self, heading: str) -> HeadingProvision | None:
        """The provision that a heading most likely means: in reach, of a measure that applies."""
        owners = self.headings.owners.get(heading, [])

        def weight(owner: HeadingProvision) -> tuple[bool, bool, bool, bool, bool, int]:
            measure, provision = owner
            scoped = self.scoped.get((measure.id, provision.id))
            period = period_at(provision.periods, self.minute, self.known_on)
            days = self._any_days(owner)
            return (
                measure.id in self.terms or measure.id in self.yielded,
                scoped is not None and self._listed(scoped) is not False,
                scoped is not None or self._inside(owner),
                period is not None and period.duty is not None,
                self._fails(provision.when) is None,
                0 if days is None else -abs(days.minute - self.minute),
            )

        return max(owners, key=weight, default=None)

    def _fails(self, tests: tuple[Test, ...]) -> Test | None:
        """The first of several tests that does not hold."""
        facts, listed = self.case.as_of.facts, self.case.scope.listed
        return next((test for test in tests if not facts.holds(test, listed)), None)

    def _listed(self, scoped: ScopedProvision) -> bool | None:
        return scoped.listed(self.minute, self.known_on).listed

    def _inside(self, owner: HeadingProvision) -> bool:
        register, origin = self.case.register, self.case.scope.origin
        return register.inside(owner.measure.places, origin) and (
            not owner.provision.places or register.inside(owner.provision.places, origin)
        )

    def _without_owner(self, heading: str) -> tuple[str, str, tuple[str, ...], str]:
        rows = self.headings.stacking_rules.get(heading)
        if not rows and heading[:2] not in SPECIAL_CHAPTERS:
            goods = dotted(self.case.code)
            why = f"{heading} is neither an additional heading nor the code of the goods, {goods}"
            return "unknown_heading", why, (), ""
        if not rows:
            return "unknown_heading", f"{heading} is not a heading of the register", (), ""
        yielding = sorted({row.yielding for row in rows if row.yielding in self.terms})
        if yielding:
            titles = ", ".join(self.headings.titles[name] for name in yielding)
            why = f"{heading} says that a stronger duty applies, and none does: {titles} is due"
            return "unfounded_exemption", why, (), ""
        return "dead_heading", f"{heading} frees from a duty that does not apply here", (), ""

    def _of_owner(
        self, owner: HeadingProvision, declared: Declared, idle: bool
    ) -> tuple[str, str, tuple[str, ...], str]:
        (measure, provision), heading = owner, declared.heading
        register, origin = self.case.register, self.case.scope.origin
        if not self._inside(owner):
            name = register.countries[origin]
            why = f"{heading} ({measure.title}) does not cover goods of {name}"
            return "other_origin", why, (), ""
        scoped = self.scoped.get((measure.id, provision.id))
        term = self.terms.get(measure.id)
        if term is not None and term.provision.id == provision.id:
            return self._same_provision(term, declared, idle)
        period = period_at(provision.periods, self.minute, self.known_on)
        rests = scoped is not None and (period is None or period.duty is None)
        if scoped is None or (self._listed(scoped) is False and not rests):
            return self._not_listed(owner, scoped, heading, term)
        if period is None or period.duty is None:
            return self._out_of_days(owner, heading, idle, period is not None and period.state)
        failing = self._fails(provision.when)
        if failing is not None:
            return self._failed(failing, heading)
        yielded = self.yielded.get(measure.id)
        if yielded is not None and yielded.prevailing is not None:
            prevailing = yielded.prevailing
            place = f" ({prevailing.heading})" if prevailing.heading else ""
            why = f"{heading} gives way to {prevailing.measure.title}{place}"
            return "gave_way", why, (), ""
        if term is not None and term.duty.form == "free":
            title = title_of(term)
            why = f"the goods are exempt under {term.heading or title} ({title}), not {heading}"
            return "exemption_not_claimed", why, self.headings.cite(term.period.sources), ""
        if term is not None:
            why = f"{term.heading} ({title_of(term)}) replaces {heading}"
            stated = [test.fact for test in term.provision.when if test.fact in OWN_REASONS]
            reason = OWN_REASONS[stated[0]] if stated else "wrong_list"
            fact = stated[0] if stated else ""
            return reason, why, self.headings.cite(term.period.sources), fact
        return "not_covered", f"{heading} does not apply", (), ""

    def _same_provision(
        self, term: Term, declared: Declared, idle: bool
    ) -> tuple[str, str, tuple[str, ...], str]:
        """The same duty under a heading of other days, or of the other side of a cap."""
        heading = declared.heading
        today = heading in (term.provision.at_cap, term.heading)
        if today and term.less and self._leaves_nothing(term):
            prevailing = " and ".join(each.measure.title for each in term.less)
            why = f"{heading} falls on what {prevailing} leaves of the value, and that is nothing"
            return "content_overlap", why, self.headings.cite(term.period.sources), ""
        if today and term.provision.at_cap:
            why = f"{heading} is for goods on the other side of the cap of {term.duty.text}"
            return "cap_heading", why, (), ""
        days = self._days(HeadingProvision(term.measure, term.provision), heading, declared.share)
        if days is not None and days.duty.form != "free" and not idle:
            if self._never_at(declared, term):
                why = (
                    f"{heading} never was at {declared.rate}; on this day the duty is filed under "
                    f"{term.heading}"
                )
                return "wrong_rate", why, self.headings.cite(term.period.sources), ""
            why = (
                f"{heading} at {days.duty.text} applies {side(days)}; on this day it is "
                f"{term.heading}"
            )
            return "another_day", why, self.headings.cite(days.sources), ""
        why = f"{heading} is not in use on this day; the duty is filed under {term.heading}"
        return "dead_heading", why, self.headings.cite(term.period.sources), ""

    def _leaves_nothing(self, term: Term) -> bool:
        """Whether stronger duties are charged on all that a term could be."""
        layers = self.case.figures(self.case.stack).layers
        return any(each.term is term and nothing_left(each) for each in layers)

    def _never_at(self, declared: Declared, term: Term) -> bool:
        """Whether a declared rate is neither that of this day nor one that its heading ever had."""
        if declared.share is None:
            return False
        duties = [term.duty]
        for owner in self.headings.owners.get(declared.key, ()):
            if owner.measure.id == term.measure.id:
                found = segments_of(owner.provision, self.known_on)
                duties.extend(
                    each.period.duty for each in found if each.period and each.period.duty
                )
        if any(duty.form != "add" for duty in duties):
            return False  # what a cap adds depends on the ordinary duty
        return all(Fraction(duty.rate, MILLION) != declared.share for duty in duties)

    def _not_listed(
        self,
        owner: HeadingProvision,
        scoped: ScopedProvision | None,
        heading: str,
        term: Term | None,
    ) -> tuple[str, str, tuple[str, ...], str]:
        measure = owner.measure
        if term is not None and term.duty.form == "free" and owner.provision.goods:
            why = f"{term.heading} applies ({title_of(term)}), not {heading}"
            return "exemption_not_claimed", why, self.headings.cite(term.period.sources), ""
        if term is not None:
            why = f"the goods are not under {heading} but under {term.heading} ({title_of(term)})"
            return "wrong_list", why, self.headings.cite(term.period.sources), ""
        yielded = self.yielded.get(measure.id)
        if yielded is not None and yielded.prevailing is not None:
            return "gave_way", f"{heading} gives way to {yielded.prevailing.measure.title}", (), ""
        others = " on this day" if scoped is not None else ""
        return "not_covered", f"{heading} ({measure.title}) does not name the goods{others}", (), ""

    def _out_of_days(
        self, owner: HeadingProvision, heading: str, idle: bool, state: str | bool
    ) -> tuple[str, str, tuple[str, ...], str]:
        """A provision without a duty on the day: it has ended, has not begun, or rests."""
        days = self._days(owner, heading) or self._any_days(owner)
        if days is None:
            return "suspended", f"{heading} ({owner.measure.title}) was never in force", (), ""
        sources = self.headings.cite(days.sources)
        where = f"{heading} ({owner.measure.title}) applied {side(days)}"
        if days.relation == "from":
            where = f"{heading} ({owner.measure.title}) applies {side(days)}"
        if days.duty.form == "free":
            return "exemption_expired", where, sources, ""
        if idle:
            return "dead_heading", where, sources, ""
        if state == "suspended":
            return "suspended", where, sources, ""
        return ("after_end" if days.relation == "until" else "before_start"), where, sources, ""

    def _failed(self, test: Test, heading: str) -> tuple[str, str, tuple[str, ...], str]:
        words = test_words(test)
        facts = self.case.as_of.facts
        if not facts.is_stated(test.fact):
            why = f"{heading} would be right with {words}, which is not stated"
            return OWN_REASONS.get(test.fact, "open_fact"), why, (), test.fact
        why = f"{heading} is only for {words}; stated: {facts.texts[test.fact]}"
        return OWN_REASONS.get(test.fact, "condition_not_met"), why, (), test.fact

    def _days(
        self, owner: HeadingProvision, heading: str, share: Fraction | None = None
    ) -> Days | None:
        """The nearest other days on which a provision was, or will be, filed under a heading.

        Days on which it has the rate that was declared go first.
        """
        found = []
        for segment in segments_of(owner.provision, self.known_on):
            days = beside(owner.provision, segment, self.minute, self.known_on)
            assert segment.period is not None
            if days is not None and filed_as(owner.provision, segment.period) == heading:
                found.append(days)
        # The declared rate tells best which days of the heading the filer had in mind.
        same_share = [each for each in found if Fraction(each.duty.rate, MILLION) == share]
        return nearest(same_share or found, self.minute)

    def _any_days(self, owner: HeadingProvision) -> Days | None:
        found = [
            beside(owner.provision, segment, self.minute, self.known_on)
            for segment in segments_of(owner.provision, self.known_on)
        ]
        return nearest([each for each in found if each is not None], self.minute)
