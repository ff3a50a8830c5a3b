"""Why a declared heading is not the owed one: each difference with its reason and its source."""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import NamedTuple
from detente.answer.audit_entries import LINE, Declared
from detente.answer.audit_history import (
    Days,
    Headings,
    Owner,
    beside,
    day_words,
    filed_as,
    nearest,
    stretches,
)
from detente.answer.audit_owed import Match, Owed
from detente.answer.duty_answer import Case
from detente.answer.figures import money, percent, rate
from detente.answer.reasons import test_words
from detente.duty.amounts import MILLION
from detente.duty.rate_amount import round_half_up
from detente.duty.scope import ScopedLimb
from detente.duty.stack import Term
from detente.register.model import Test
from detente.register.painting import paint_at

REASONS = {
    "another_day": "The rate or heading of another day",
    "after_end": "A duty charged after its end",
    "before_start": "A duty charged before its start",
    "suspended": "A duty charged while it is suspended",
    "gave_way": "A duty charged beside one that it gives way to",
    "missing_layer": "A duty left out",
    "exemption_expired": "An exemption or exclusion claimed outside its days",
    "exemption_not_claimed": "A duty paid on goods that are exempt or excluded",
    "condition_not_met": "An exemption claimed whose condition the stated facts do not meet",
    "wrong_list": "The heading of a list that the goods are not under",
    "not_covered": "A duty that does not cover the goods",
    "other_origin": "A duty of other origins",
    "column_1": "The ordinary duty is wrong or missing",
    "wrong_rate": "A rate that the heading never had",
    "arithmetic": "The rate is right and the amount is not",
    "declared_twice": "A heading declared twice",
    "rounding": "Rounding",
    "content_overlap": "A duty charged on the part under another duty too",
    "content_not_whole": "A duty charged on a part where the whole value is due",
    "whole_not_content": "A duty charged on the whole where only a part is due",
    "us_content": "The rule on US content",
    "dead_heading": "A heading filed that is no longer, or not yet, in use",
    "missing_heading": "A heading left out that must be filed though it charges nothing",
    "unfounded_exemption": "An exemption heading filed without a duty that it frees from",
    "cap_heading": "The wrong one of a pair of headings with a cap",
    "unknown_heading": "A heading that the register does not know",
    "open_fact": "Right if a fact holds that is not stated",
    "open_law": "Right under another reading of the law",
    "retroactive": "Right as the law was known on the day; a later act reaches back",
    "unexplained": "No reason found",
}
"""Every reason and its title, in no order of weight."""

EXEMPT_FACTS = {"us_content": "us_content"}
"""Facts whose rule has a reason of its own."""


class Finding(NamedTuple):
    """One difference: its reason, the headings, declared less owed in cents, and why."""

    reason: str
    headings: tuple[str, ...]
    difference: int | None
    why: str
    sources: tuple[str, ...] = ()
    fact: str = ""


class Judge:
    """Finds the reasons of one entry's differences."""

    def __init__(self, headings: Headings, case: Case) -> None:
        self.headings = headings
        self.case = case
        self.minute = case.moment.minute
        self.known_on = case.moment.known_on
        self.terms = {term.measure.id: term for term in case.stack.terms}
        self.yielded = {
            kept.measure.id: kept for kept in case.stack.kept_out if kept.reason == "yields"
        }
        self.scoped = {
            (each.measure.id, scoped.limb.id): scoped
            for each in case.scope.candidates
            for scoped in each.limbs
        }

    def missing(self, match: Match) -> Finding:
        """A heading that is owed and was not declared."""
        owed = match.owed
        assert owed is not None
        difference = match.difference
        if owed.key == LINE:
            why = f"the ordinary duty of {owed.rate} is not declared"
            return Finding("column_1", (owed.heading,), difference, why)
        name = self.headings.titles.get(owed.measure, owed.measure)
        # Beside a total that is right, only the heading itself is missing.
        if owed.layer is None or owed.rate == "free" or match.rate_agrees:
            why = f"{owed.heading} must be filed too ({name})"
            return Finding("missing_heading", (owed.heading,), difference, why)
        why = f"{owed.heading or 'no heading'} at {owed.rate} is not declared: {name}"
        sources = self.headings.cite(owed.layer.term.paint.sources)
        return Finding("missing_layer", (owed.heading,), difference, why, sources)

    def strange(self, match: Match) -> Finding:
        """A heading that was declared and is not owed."""
        declared = match.declared
        assert declared is not None
        heading = declared.heading
        idle = match.cents == 0 and not declared.share
        owner = self._owner(heading)
        if owner is None:
            reason, why, sources, fact = self._without_owner(heading)
        else:
            reason, why, sources, fact = self._of_owner(owner, heading, idle)
        return Finding(reason, (heading,), match.difference, why, sources, fact)

    def _owner(self, heading: str) -> Owner | None:
        """The limb that a heading most likely means: one in reach, of a measure that applies."""
        owners = self.headings.owners.get(heading, [])

        def weight(owner: Owner) -> tuple[bool, bool, bool, bool, bool, int]:
            measure, limb = owner
            scoped = self.scoped.get((measure.id, limb.id))
            paint = paint_at(limb.paints, self.minute, self.known_on)
            days = self._any_days(owner)
            return (
                measure.id in self.terms or measure.id in self.yielded,
                scoped is not None and self._listed(scoped) is not False,
                scoped is not None or self._inside(owner),
                paint is not None and paint.duty is not None,
                self._fails(limb.when) is None,
                0 if days is None else -abs(days.minute - self.minute),
            )

        return max(owners, key=weight, default=None)

    def _fails(self, tests: tuple[Test, ...]) -> Test | None:
        """The first of several tests that does not hold."""
        facts, listed = self.case.moment.facts, self.case.scope.listed
        return next((test for test in tests if not facts.holds(test, listed)), None)

    def _listed(self, scoped: ScopedLimb) -> bool | None:
        return scoped.listed(self.minute, self.known_on).listed

    def _inside(self, owner: Owner) -> bool:
        register, origin = self.case.register, self.case.scope.origin
        return register.inside(owner.measure.places, origin) and (
            not owner.limb.places or register.inside(owner.limb.places, origin)
        )

    def _without_owner(self, heading: str) -> tuple[str, str, tuple[str, ...], str]:
        rows = self.headings.yields.get(heading)
        if not rows:
            return "unknown_heading", f"{heading} is no heading of the register", (), ""
        losers = sorted({row.loser for row in rows if row.loser in self.terms})
        if losers:
            titles = ", ".join(self.headings.titles[name] for name in losers)
            why = f"{heading} says that a stronger duty applies, and none does: {titles} is due"
            return "unfounded_exemption", why, (), ""
        return "dead_heading", f"{heading} frees from a duty that does not apply here", (), ""

    def _of_owner(
        self, owner: Owner, heading: str, idle: bool
    ) -> tuple[str, str, tuple[str, ...], str]:
        measure, limb = owner
        register, origin = self.case.register, self.case.scope.origin
        if not self._inside(owner):
            name = register.countries[origin]
            why = f"{heading} ({measure.title}) does not cover goods of {name}"
            return "other_origin", why, (), ""
        scoped = self.scoped.get((measure.id, limb.id))
        term = self.terms.get(measure.id)
        if term is not None and term.limb.id == limb.id:
            return self._same_limb(term, heading, idle)
        paint = paint_at(limb.paints, self.minute, self.known_on)
        rests = scoped is not None and (paint is None or paint.duty is None)
        if scoped is None or (self._listed(scoped) is False and not rests):
            return self._not_listed(owner, scoped, heading, term)
        if paint is None or paint.duty is None:
            return self._out_of_days(owner, heading, idle, paint is not None and paint.state)
        failing = self._fails(limb.when)
        if failing is not None:
            return self._failed(failing, heading)
        kept = self.yielded.get(measure.id)
        if kept is not None and kept.winner is not None:
            winner = kept.winner
            place = f" ({winner.heading})" if winner.heading else ""
            why = f"{heading} gives way to {winner.measure.title}{place}"
            return "gave_way", why, (), ""
        if term is not None and term.duty.form == "free":
            title = term.limb.title or term.limb.id
            why = f"the goods are exempt under {term.heading or title} ({title}), not {heading}"
            return "exemption_not_claimed", why, self.headings.cite(term.paint.sources), ""
        if term is not None:
            why = f"{term.heading} ({term.limb.title or term.limb.id}) replaces {heading}"
            stated = [test.fact for test in term.limb.when if test.fact in EXEMPT_FACTS]
            reason = EXEMPT_FACTS[stated[0]] if stated else "wrong_list"
            fact = stated[0] if stated else ""
            return reason, why, self.headings.cite(term.paint.sources), fact
        return "not_covered", f"{heading} does not apply", (), ""

    def _same_limb(
        self, term: Term, heading: str, idle: bool
    ) -> tuple[str, str, tuple[str, ...], str]:
        """The same duty under a heading of other days, or of the other side of a cap."""
        if heading in (term.limb.at_cap, term.heading) and term.limb.at_cap:
            why = f"{heading} is for goods on the other side of the cap of {term.duty.text}"
            return "cap_heading", why, (), ""
        days = self._days(Owner(term.measure, term.limb), heading)
        if days is not None and days.duty.form != "free" and not idle:
            why = (
                f"{heading} at {days.duty.text} applies {_side(days)}; on this day it is "
                f"{term.heading}"
            )
            return "another_day", why, self.headings.cite(days.sources), ""
        why = f"{heading} is not in use on this day; the duty is filed under {term.heading}"
        return "dead_heading", why, self.headings.cite(term.paint.sources), ""

    def _not_listed(
        self, owner: Owner, scoped: ScopedLimb | None, heading: str, term: Term | None
    ) -> tuple[str, str, tuple[str, ...], str]:
        measure = owner.measure
        if term is not None and term.duty.form == "free" and owner.limb.goods:
            why = f"{term.heading} applies ({term.limb.title}), not {heading}"
            return "exemption_not_claimed", why, self.headings.cite(term.paint.sources), ""
        if term is not None:
            title = term.limb.title or term.limb.id
            why = f"the goods are not under {heading} but under {term.heading} ({title})"
            return "wrong_list", why, self.headings.cite(term.paint.sources), ""
        kept = self.yielded.get(measure.id)
        if kept is not None and kept.winner is not None:
            return "gave_way", f"{heading} gives way to {kept.winner.measure.title}", (), ""
        others = " on this day" if scoped is not None else ""
        return "not_covered", f"{heading} ({measure.title}) does not name the goods{others}", (), ""

    def _out_of_days(
        self, owner: Owner, heading: str, idle: bool, state: str | bool
    ) -> tuple[str, str, tuple[str, ...], str]:
        """A limb without a duty on the day: it has ended, has not begun, or rests."""
        days = self._days(owner, heading) or self._any_days(owner)
        if days is None:
            return "suspended", f"{heading} ({owner.measure.title}) was never in force", (), ""
        sources = self.headings.cite(days.sources)
        where = f"{heading} ({owner.measure.title}) applied {_side(days)}"
        if days.relation == "from":
            where = f"{heading} ({owner.measure.title}) applies {_side(days)}"
        if days.duty.form == "free":
            return "exemption_expired", where, sources, ""
        if idle:
            return "dead_heading", where, sources, ""
        if state == "suspended":
            return "suspended", where, sources, ""
        return ("after_end" if days.relation == "until" else "before_start"), where, sources, ""

    def _failed(self, test: Test, heading: str) -> tuple[str, str, tuple[str, ...], str]:
        words = test_words(test)
        facts = self.case.moment.facts
        if not facts.given(test.fact):
            why = f"{heading} would be right with {words}, which is not stated"
            return EXEMPT_FACTS.get(test.fact, "open_fact"), why, (), test.fact
        why = f"{heading} is only for {words}; stated: {facts.texts[test.fact]}"
        return EXEMPT_FACTS.get(test.fact, "condition_not_met"), why, (), test.fact

    def _days(self, owner: Owner, heading: str) -> Days | None:
        """The nearest other days on which a limb was, or will be, filed under a heading."""
        found = []
        for stretch in stretches(owner.limb, self.known_on):
            days = beside(owner.limb, stretch, self.minute, self.known_on)
            assert stretch.paint is not None
            if days is not None and filed_as(owner.limb, stretch.paint) == heading:
                found.append(days)
        return nearest(found, self.minute)

    def _any_days(self, owner: Owner) -> Days | None:
        found = [
            beside(owner.limb, stretch, self.minute, self.known_on)
            for stretch in stretches(owner.limb, self.known_on)
        ]
        return nearest([each for each in found if each is not None], self.minute)

    def differing(self, match: Match) -> Finding | None:
        """A heading that is owed and declared, at another rate or amount; None where it agrees."""
        declared, owed = match.declared, match.owed
        assert declared is not None
        assert owed is not None
        difference = match.difference
        if match.agrees:
            if not difference:
                return None
            why = f"{declared.heading} is a cent off: the amount is rounded another way"
            return Finding("rounding", (declared.heading,), difference, why)
        if len(declared.rows) > 1:
            why = f"{declared.heading} stands on {len(declared.rows)} rows; it is due once"
            return Finding("declared_twice", (declared.heading,), difference, why)
        for part in (self._by_part, self._by_rate):
            found = part(match, declared, owed)
            if found is not None:
                return found
        if declared.rate and match.rate_agrees:
            base = "" if owed.layer is None else f" of {money(owed.layer.base)}"
            why = (
                f"{declared.heading}: {declared.rate}{base} is {money(owed.cents)}, "
                f"declared {money(match.cents)}"
            )
            return Finding("arithmetic", (declared.heading,), difference, why)
        said = declared.rate or money(match.cents)
        if owed.key == LINE:
            why = f"the ordinary duty is {owed.rate}, {money(owed.cents) or ''}; declared {said}"
            return Finding("column_1", (declared.heading,), difference, why)
        why = f"{declared.heading} is {owed.rate}, {money(owed.cents) or ''}; declared {said}"
        return Finding("wrong_rate", (declared.heading,), difference, why)

    def _by_rate(self, match: Match, declared: Declared, owed: Owed) -> Finding | None:
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
            for stretch in stretches(owner.limb, self.known_on):
                days = beside(owner.limb, stretch, self.minute, self.known_on)
                assert stretch.paint is not None
                if days is None or filed_as(owner.limb, stretch.paint) != owed.key:
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
            f"{declared.heading} is {owed.rate} on this day; {days.duty.text} applies {_side(days)}"
        )
        sources = self.headings.cite(days.sources)
        return Finding("another_day", (declared.heading,), match.difference, why, sources)

    def _by_part(self, match: Match, declared: Declared, owed: Owed) -> Finding | None:
        """The right rate on another part of the value than the law's."""
        layer, value = owed.layer, self.case.question.worth.cents
        if layer is None or layer.base is None or value is None or match.cents is None:
            return None
        if layer.term.duty.form != "add" or (declared.rate and not match.rate_agrees):
            return None
        share = Fraction(layer.term.duty.rate, MILLION)
        headings, difference, cents = (declared.heading,), match.difference, match.cents
        # A loser on content has the winner's part taken off; charged on the whole, both fall on it.
        whole = round_half_up(share * value)
        if layer.base != value and abs(cents - whole) <= 1:
            part = money(layer.base)
            if layer.term.less:
                winners = " and ".join(each.measure.title for each in layer.term.less)
                why = f"{declared.heading} falls on {part}, not on the part under {winners}"
                return Finding("content_overlap", headings, difference, why)
            fact = self._fact_of(layer.term)
            why = f"{declared.heading} falls on {part} of {money(value)} ({fact}), not on the whole"
            reason = EXEMPT_FACTS.get(fact, "whole_not_content")
            return Finding(reason, headings, difference, why, (), fact)
        return self._too_small(match, layer.base, share, cents)

    def _fact_of(self, term: Term) -> str:
        names = [self.case.register.bases[name].fact for name in term.limb.base]
        return next((name for name in names if name), "")

    def _too_small(self, match: Match, base: int, share: Fraction, cents: int) -> Finding | None:
        """Charged on a part that the importer states, or on a content that was the base before."""
        owed, facts = match.owed, self.case.moment.facts
        assert owed is not None
        assert owed.layer is not None
        if not share or not 0 < cents < round_half_up(share * base):
            return None
        part = round_half_up(Fraction(cents) / share)
        words = f"{owed.heading} falls on {money(base)}; {money(cents)} is {owed.rate} of "
        headings = (owed.heading,)
        for name, named in self.case.register.bases.items():
            if not facts.given(named.fact):
                continue
            stated = self._stated(named.fact, named.rest)
            if stated is not None and abs(round_half_up(share * stated) - cents) <= 1:
                reason = EXEMPT_FACTS.get(named.fact, "content_not_whole")
                why = f"{words}the {name.replace('_', ' ')} of {money(stated)} alone"
                return Finding(reason, headings, match.difference, why, (), named.fact)
        before = self._content_before(owed)
        if before is not None:
            fact, days = before
            why = f"{words}{money(part)}: the {fact} was the base {_side(days)}"
            sources = self.headings.cite(days.sources)
            return Finding("content_not_whole", headings, match.difference, why, sources, fact)
        return None

    def _stated(self, fact: str, rest: bool) -> int | None:
        from detente.duty.entry_facts import Part

        value, part = self.case.question.worth.cents, self.case.moment.facts.value(fact)
        if not isinstance(part, Part) or value is None:
            return None
        cents = part.cents if part.share is None else round_half_up(part.share * value)
        return None if cents is None else (value - cents if rest else cents)

    def _content_before(self, owed: Owed) -> tuple[str, Days] | None:
        """A content that a measure of the same family was charged on, on earlier days."""
        term = owed.layer.term if owed.layer is not None else None
        if term is None or self._fact_of(term):
            return None
        found: list[tuple[str, Days]] = []
        for each in self.case.scope.candidates:
            if each.measure.family != owed.family:
                continue
            for scoped in each.limbs:
                facts = [self.case.register.bases[name] for name in scoped.limb.base]
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
                for stretch in stretches(scoped.limb, self.known_on):
                    days = beside(scoped.limb, stretch, self.minute, self.known_on)
                    if days is not None and days.relation == "until":
                        found.append((content, days))
        return max(found, key=lambda each: each[1].minute, default=None)


def _side(days: Days) -> str:
    return f"{'before' if days.relation == 'until' else 'from'} {day_words(days.minute)}"


def rate_words(share: Fraction | None) -> str:
    """A share as people write it."""
    return percent(rate(share))
