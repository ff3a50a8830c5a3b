"""Declared entries beside what they owed: which agree, which are over or under, and why.

    over, under = declared - assessed       refundable = assessed, and void by now

Assessed is what the law of the entry day, as known today (or on ``known_on``), says; a duty that a
court has voided since was assessed all the same, so what of it comes back stands apart.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import with_claims
from detente.audit.alternatives import fitting
from detente.audit.cells import LINE
from detente.audit.cuts import Alternative
from detente.audit.differences import decided, differences
from detente.audit.entries import DeclaredEntry
from detente.audit.findings import DeclaredDifference
from detente.audit.history import Headings
from detente.audit.owed import EntryComparison, compare
from detente.audit.refund import refundable
from detente.batch.rows import AREA, question_of
from detente.core.figures import money
from detente.duty.amounts import Amounts
from detente.duty.case import DutyCase, build_case
from detente.duty.question import DutyQuery, check
from detente.goods.schedule import Schedule
from detente.register.book import Register

STATUSES = ("agrees", "over", "under", "unresolved")
BASIS = (
    "Over and under are measured against the duty assessed on the entry day by the law as it is "
    "known now; duties that were assessed and later voided are not counted as overpaid, but "
    "stand under `refundable`."
)
REMEMBERED = 4096
"""Distinct lines (code, origin, day, facts) kept at hand."""


class Judged(NamedTuple):
    """One entry with its result; ``case`` is None where it could not be resolved."""

    entry: DeclaredEntry
    status: str
    why: str
    case: DutyCase | None = None
    seen: EntryComparison | None = None
    findings: tuple[DeclaredDifference, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    refundable: int | None = None


class Auditor:
    """Judges entries against one register and schedule."""

    def __init__(
        self,
        register: Register,
        schedule: Schedule,
        known_on: str | None = None,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        self.register = register
        self.schedule = schedule
        self.known_on = known_on
        self.facts = dict(facts or {})
        self.headings = Headings(register, AREA)
        self._cases: dict[tuple[object, ...], DutyCase] = {}

    def judge(self, entry: DeclaredEntry) -> Judged:
        """The result for one entry; what cannot be read or reckoned is unresolved, with why."""
        if entry.fault:
            return Judged(entry, "unresolved", entry.fault)
        try:
            case = self._case(entry)
            figures = case.figures(case.stack)
            seen = compare(entry, case, figures)
        except ValueError as error:
            return Judged(entry, "unresolved", str(error))
        judged = Judged(entry, "", "", case, seen)
        obstacle = self._obstacle(entry, case, figures, seen)
        if obstacle:
            return judged._replace(status="unresolved", why=obstacle)
        return self._resolved(judged, figures)

    def _case(self, entry: DeclaredEntry) -> DutyCase:
        """The case of an entry; lines that differ in value alone are resolved once."""
        question = question_of(entry.cells, self.facts)
        # What the importer could have claimed was not owed.
        facts = with_claims(self.register.facts, question.facts)
        question = question._replace(known_on=self.known_on, facts=facts)
        checked: DutyQuery = check(self.register, question)
        key = (
            question.code,
            checked.origin,
            checked.destination,
            question.on,
            *question.facts.items(),
        )
        case = self._cases.get(key)
        if case is None:
            case = build_case(self.register, self.schedule, question)
            if len(self._cases) >= REMEMBERED:
                self._cases.clear()
            self._cases[key] = case
        # The remembered case has the value of another entry; this one's own comes with its query.
        return case._replace(query=checked)

    def _obstacle(
        self, entry: DeclaredEntry, case: DutyCase, figures: Amounts, seen: EntryComparison
    ) -> str:
        """Why an entry cannot be resolved; "" where it can."""
        for layer in figures.layers:
            if layer.missing:
                return f"{layer.term.measure.title}: {layer.missing[0].why}"
        filed = [line.key for line in entry.lines] + list(entry.headings or ())
        for key in filed:
            gap = self.headings.gap(key) if key != LINE and key[:2] in ("98", "99") else None
            if gap and key not in self.headings.owners:
                return f"the register does not model {key}: {gap}"
        for match in seen.matches:
            declared = match.declared
            stated = declared is None or declared.rate or not declared.rows
            if declared and match.cents is None and not stated and entry.total is None:
                return f"{declared.heading} states neither a rate nor an amount"
        return _without_value(entry, case, seen)

    def _resolved(self, judged: Judged, figures: Amounts) -> Judged:
        entry, case, seen = judged.entry, judged.case, judged.seen
        assert case is not None
        assert seen is not None
        if entry.times > 1 and not seen.cents_agree:
            found = self._repeated(judged, figures)
            if found is not None:
                return found
        findings = tuple(differences(self.headings, case, entry, seen))
        if entry.total is not None and seen.clean and seen.difference:
            why = "within what rounding each duty by itself can make"
            findings = (DeclaredDifference("rounding", (), seen.difference, why),)
        alternatives: tuple[Alternative, ...] = ()
        if any(each.reason != "rounding" for each in findings) or not seen.clean:
            alternatives = tuple(fitting(entry, case, self.headings, seen))
            findings = decided(entry, seen, findings, alternatives)
        return judged._replace(
            status=_status(seen),
            why=_why(findings, alternatives),
            findings=findings,
            alternatives=alternatives,
            refundable=refundable(case, figures, self.headings, seen),
        )

    def _repeated(self, judged: Judged, figures: Amounts) -> Judged | None:
        """An entry whose total stands on several rows: what one says, and the others on top."""
        entry, case, seen = judged.entry, judged.case, judged.seen
        total = entry.total
        if total is None or total.cents is None or case is None or seen is None:
            return None
        once = entry._replace(total=total._replace(cents=total.cents // entry.times), times=1)
        alone = compare(once, case, figures)
        if not total.rate and not alone.cents_agree:
            return None  # the rows may hold equal parts of the total
        found = self._resolved(judged._replace(entry=once, seen=alone), figures)
        each = money(alone.declared)
        why = f"the total of {each} stands on {entry.times} rows; it is due once"
        again = DeclaredDifference(
            "declared_twice", (), total.cents - total.cents // entry.times, why
        )
        findings = (again, *found.findings)
        return found._replace(
            entry=entry,
            seen=seen,
            status=_status(seen),
            why=_why(findings, found.alternatives),
            findings=findings,
            refundable=refundable(case, figures, self.headings, seen),
        )


def _without_value(entry: DeclaredEntry, case: DutyCase, seen: EntryComparison) -> str:
    """Why a value is needed that is missing or zero; "" where none is."""
    if seen.owed is None and (entry.stated is not None or not _has_rates(entry)):
        return "no value is given, so the declared amounts cannot be checked: fill in `value`"
    if case.query.entry_value.cents == 0 and seen.declared:
        return "the value is 0, so the declared amounts cannot be checked: fill in `value`"
    return ""


def _has_rates(entry: DeclaredEntry) -> bool:
    lines = [entry.total] if entry.total is not None else list(entry.lines)
    return any(line.rate for line in lines)


def _status(seen: EntryComparison) -> str:
    if seen.cents_agree:
        return "agrees"
    difference = seen.difference
    if difference is not None:
        return "over" if difference > 0 else "under" if difference < 0 else "agrees"
    if seen.share is None or seen.owed_share is None or seen.share == seen.owed_share:
        return "agrees"
    return "over" if seen.share > seen.owed_share else "under"


def _why(findings: tuple[DeclaredDifference, ...], alternatives: tuple[Alternative, ...]) -> str:
    """What was found, and then what would make the declaration right: one thing or another."""
    found = dict.fromkeys(f"{each.why}{cited(each.sources)}" for each in findings)
    right = dict.fromkeys(f"{each.why}{cited(each.sources)}" for each in alternatives)
    others = [each for each in right if each not in found]
    if len(right) > len(others):
        others = [f"or {each}" for each in others]
    elif len(others) > 1:
        others = [f"either {', or '.join(others)}"]
    return "; ".join([*found, *others])


def cited(sources: tuple[str, ...]) -> str:
    """Sources in parentheses after a sentence; "" for none."""
    return f" ({', '.join(sources)})" if sources else ""
