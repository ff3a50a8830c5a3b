"""What a duty rests on, and whether it is settled: law of the area, schedule, lists and gaps."""

from __future__ import annotations

from detente._lean import date
from detente._shapes import TYPE_CHECKING
from detente.core.clock import minute_text
from detente.core.coverage import BEYOND, PARTLY, READ, UNREAD, Coverage, state_on, verdict
from detente.core.figures import long_day
from detente.duty.doubts import lists_in_doubt, provisions_in_doubt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from detente.answers.shared import Coverage as CoverageRow
    from detente.applicability.stack import Stack
    from detente.duty.case import DutyCase
    from detente.goods.lines import Edition
    from detente.goods.schedule import Schedule
    from detente.register.model import Area, Confined, Gap

OK, OPEN, NOT_COVERED, BARRED = "ok", "open", "not_covered", "barred"
"""Statuses of a duty."""

PROHIBITED = "prohibited"
"""The decision of a provision that excludes goods from importation."""

STATUS_WORDS = {
    OK: "Settled: nothing is open, and all that this rests on was read",
    OPEN: "Open: not settled by what was read and stated",
    NOT_COVERED: "Not covered: the law of this day is not held",
    BARRED: "Barred: importation itself is forbidden",
}
STATE_WORDS = {PARTLY: "Read in part", UNREAD: "Not read", BEYOND: "After what was read"}
"""States of what was not read, in words."""

SCHEDULE = "schedule"
"""What a row about the edition of the schedule is called."""

DOCUMENT = "unread document"
"""What a row about an unread document is called."""

GENERAL = "general"
"""The column that an entry pays which no column of the law replaces."""


def coverage_of(case: DutyCase, schedule: Schedule) -> list[CoverageRow]:
    """The rows of coverage of a case: the area, the schedule, and what of its law was not read."""
    question = case.query
    area = case.register.areas[f"{question.destination.lower()}/tariff"]
    rows = [of_area(area, question.day)]
    if case.line is not None:
        edition = _edition(schedule, case.line.edition)
        rows.append(of_schedule(schedule, area, edition, case.code, question.day, column_of(case)))
    elif question.question.base is not None:
        rows.append(Coverage("ordinary duty", None, question.day, _STATED, READ))
    elif case.ordinary is not None:
        from detente.duty.partner_rates import coverage_row

        rows.append(coverage_row(case.ordinary))
    rows.extend(_of_lists(case))
    rows.extend(_of_gaps(case))
    if area.unread:
        rows.extend(of_document(each) for each in unread_of(case, area))
    return [row.row() for row in rows]


_STATED = "the rate that the question gives"


def status_of(
    rows: Sequence[Mapping[str, Any]], questions: Sequence[object], barred: bool = False
) -> str:
    """The status of an answer: ``ok`` with everything read and nothing in question.

    Args:
        rows: its coverage; the first is the area of law.
        questions: its open questions.
        barred: whether importation is forbidden, by what the entry states; see ``is_barred``.
    """
    if rows[0]["state"] == UNREAD:
        return NOT_COVERED
    # Before the open questions: whatever they come to, importation stays forbidden.
    if barred:
        return BARRED
    return OPEN if questions else verdict(OK, OPEN, rows)


def ban_words(stack: Stack) -> tuple[str, ...]:
    """What the provisions of a stack say that forbid importation; no duty makes it lawful."""
    return tuple(
        term.provision.note
        for term in stack.terms
        if term.provision.control.get("decision") == PROHIBITED
    )


def reasons_of(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why these rows leave an answer open, a sentence each; what a question asks anyway is not."""
    return [
        f"{row['what']}: {row['scope']}"
        for number, row in enumerate(rows)
        if row["state"] != READ and (number == 0 or row["what"] in (SCHEDULE, DOCUMENT))
    ]


def of_area(area: Area, day: str) -> Coverage:
    """The row of an area of law for a day; the scope of a day beyond says how far it was read."""
    state = state_on(day, area.start, area.reviewed_through)
    scope = area.note
    if state == BEYOND:
        scope = beyond(area)
    elif state == UNREAD and area.start is not None:
        scope = f"nothing before {long_day(area.start)} is held"
    return Coverage(area.name, area.start, area.reviewed_through, scope, state)


def beyond(area: Area) -> str:
    """That a day lies after what was read of an area."""
    return f"read through {long_day(area.reviewed_through)}: a later order may not be in it"


def column_of(case: DutyCase) -> str:
    """The column of the schedule that a case pays."""
    for term in case.stack.terms:
        if term.duty.form == "column":
            return term.duty.column
    return GENERAL


def of_schedule(
    schedule: Schedule, area: Area, edition: Edition, code: str, day: str, column: str
) -> Coverage:
    """The row of the schedule: whether the rate of a line is that of the day.

    Args:
        schedule: the schedule.
        area: the area of law, which may say how long an edition's rates are known to stand.
        edition: the edition that answers.
        code: digits of the line.
        day: the day asked.
        column: the column that is paid.
    """
    start, until = edition_days(schedule, edition, area)
    used = schedule.edition_on(date.fromisoformat(day))
    state, scope = READ, f"{edition.id}, chapters 1 to 98"
    if used.imported or edition.imported:
        state, scope = PARTLY, unread_words(used)
    elif not used.is_exact(date.fromisoformat(day)):
        state, scope = _of_nearest(schedule, area, used, code, day, column)
        if edition.number != used.number:
            state, scope = PARTLY, unread_words(used)
    return Coverage(SCHEDULE, start, until, scope, state)


def _of_nearest(
    schedule: Schedule, area: Area, edition: Edition, code: str, day: str, column: str
) -> tuple[str, str]:
    """Whether an edition that is only the nearest tells the rate of a day, and in words."""
    if area.rates is not None and area.rates[0] == edition.id and day <= area.rates[1]:
        through = long_day(area.rates[1])
        return READ, f"{edition.id}, whose ordinary rates stand through {through}"
    if schedule.is_steady(code, edition, column):
        return READ, f"{edition.id}, the nearest at hand: the editions before and after agree"
    return PARTLY, unread_words(edition)


def unread_words(edition: Edition) -> str:
    """That the rate of a line on a day is not told by the edition that stands in for its own."""
    if edition.imported:
        return f"{edition.id} was imported, and its rates were not checked here"
    return (
        f"{edition.id} is only the nearest at hand, and no other edition shows that this rate held"
    )


def edition_days(schedule: Schedule, edition: Edition, area: Area) -> tuple[str | None, str | None]:
    """The first and the last day for which an edition is used."""
    at = edition.number + 1
    if at < len(schedule.editions):
        number = schedule.editions[at].start.toordinal() - 1
        return edition.start.isoformat(), date.fromordinal(number).isoformat()
    last = area.rates[1] if area.rates and area.rates[0] == edition.id else area.reviewed_through
    return edition.start.isoformat(), max(last, edition.start.isoformat())


def _edition(schedule: Schedule, name: str) -> Edition:
    return next(each for each in schedule.editions if each.id == name)


def _of_lists(case: DutyCase) -> Iterator[Coverage]:
    """Lists whose state of the day is not in hand."""
    names: dict[str, None] = {}
    for provision in provisions_in_doubt(case):
        if not provision.possible:
            names.update(dict.fromkeys(lists_in_doubt(case, provision)))
    for each in case.inherited.open if case.inherited is not None else ():
        names.setdefault(each.list)
    for name in names:
        listed = case.register.code_list(name)
        scope = f"{listed.title}: its state on this day is not in hand"
        yield Coverage(name, None, None, scope, UNREAD)


def _of_gaps(case: DutyCase) -> Iterator[Coverage]:
    """Gaps that touch these goods: provisions that may be law, or whose duty is unknown."""
    touched: dict[str, str | None] = {}
    for provision in provisions_in_doubt(case):
        if provision.possible:
            start = minute_text(provision.periods[0].start, case.query.zone)
            touched.setdefault(provision.possible, start)
    unknown = {
        (term.measure.id, term.provision.id): term.provision
        for term in case.stack.terms
        if term.duty.form == "unknown"
    }
    for gap in case.register.gaps if touched or unknown else ():
        for key in gap.touches.provisions:
            if key in unknown:
                touched.setdefault(gap.id, None)
        if gap.id in touched:
            yield of_gap(gap, touched[gap.id])


def of_gap(gap: Gap, start: str | None) -> Coverage:
    """The row of a gap, and from which day it matters."""
    return Coverage(gap.id, start, None, f"{gap.what}: {gap.why}", UNREAD)


def unread_of(case: DutyCase, area: Area) -> list[Confined]:
    """The unread documents that may change a case: by its goods, or what it files and weighed."""
    names, known = names_of(case.stack), case.query.question.known_on
    reach = case.query.day, case.code, case.query.origin
    documents = [each for each in area.unread if known is None or each.start <= known]
    return [each for each in documents if each.reaches(*reach, names)]


def names_of(stack: Stack) -> set[tuple[str, str]]:
    """The measures and headings of a stack, those that were weighed and do not apply too."""
    taking_part = [(each.measure.id, each.heading) for each in stack.terms]
    taking_part += [(each.measure.id, each.heading) for each in stack.not_applied]
    names = {("measure", name) for name, _ in taking_part}
    return names | {("heading", heading) for _, heading in taking_part if heading}


def of_document(document: Confined) -> Coverage:
    """The row of a document that was not read."""
    return Coverage(DOCUMENT, document.start, None, document_words(document), UNREAD)


def document_words(document: Confined) -> str:
    """Which document was not read."""
    return f"{document.title} ({document.id})"


def area_reason(area: Area) -> str:
    """Why an answer about a day after the horizon is open, as one text for all such days."""
    return f"{area.name}: {beyond(area)}"
