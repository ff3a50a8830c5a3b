"""Many entries, one after the other: the same answer as for one, a row in and a row out.

A row that cannot be answered comes back ``unresolved`` with its reason; no row is ever lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from detente.applicability.stack import void_measures
from detente.batch.columns import ANNOUNCED_COLUMNS, FACT, FAMILIES, FAMILY, OUTPUT, REQUIRED
from detente.batch.texts import layer_text, reason_of, shown_layers
from detente.core.coverage import vouched
from detente.core.figures import money, rate
from detente.core.tables.written import AmbiguousDayError, written_day
from detente.duty.answer import filing, in_order
from detente.duty.case import DutyCase, build_case
from detente.duty.coverage import NOT_COVERED, ban_words, coverage_of, reasons_of, status_of
from detente.duty.question import DutyQuestion, QuestionError
from detente.goods.schedule import Schedule
from detente.register.book import Register

AREA = "us/tariff"
"""The area of the law by which a row is answered that names no destination."""


def answer_rows(
    register: Register,
    schedule: Schedule,
    rows: Iterable[Mapping[str, str]],
    facts: Mapping[str, str],
) -> Iterator[dict[str, str]]:
    """The output columns of each row, in order.

    Args:
        register: the register asked.
        schedule: the goods schedule.
        rows: input rows by column; an empty cell is "not given".
        facts: entry facts of every row; a row's own fact goes before.
    """
    for row in rows:
        try:
            case = build_case(register, schedule, question_of(row, facts))
            answer = {**answer_case(case), **announced_cells(case)}
            found = _with_coverage(answer, case, schedule)
            yield {name: found[name] for name in OUTPUT}  # in the order in which it is declared
        except ValueError as error:
            yield _unresolved(str(error))


def _unresolved(reason: str) -> dict[str, str]:
    return {**dict.fromkeys(OUTPUT, ""), "status": "unresolved", "reason": reason}


def _with_coverage(answer: dict[str, str], case: DutyCase, schedule: Schedule) -> dict[str, str]:
    """The output columns of a case, open where something that it rests on was not read."""
    rows = coverage_of(case, schedule)
    forbidden = ban_words(case.stack)
    reasons = "; ".join(filter(None, (*forbidden, answer["reason"], *reasons_of(rows))))
    status = status_of(rows, reasons, bool(forbidden))
    if status == NOT_COVERED:
        return _unresolved(reasons)
    vouched({"status": status, "coverage": rows})
    return {**answer, "status": status, "reason": reasons}


def own_questions(
    register: Register, schedule: Schedule, row: Mapping[str, str], facts: Mapping[str, str]
) -> str:
    """What is asked of a row by its own line, whatever was read for its day."""
    try:
        return answer_case(build_case(register, schedule, question_of(row, facts)))["reason"]
    except ValueError as error:
        return str(error)


def question_of(row: Mapping[str, str], facts: Mapping[str, str]) -> DutyQuestion:
    """The question that a row asks.

    Raises:
        QuestionError: a cell that the question needs is empty, or a quantity lacks its unit.
    """
    # A reader of CSV keeps cells beyond the header under None, and lacking ones as None.
    cells = {key: (text or "").strip() for key, text in row.items() if key is not None}
    for name in REQUIRED:
        if not cells.get(name):
            raise QuestionError(f"the cell `{name}` is empty")
    destination = cells.get("destination") or "US"
    if cells.get("base_rate") and destination.upper() == "US":
        raise QuestionError(
            "the schedule has the ordinary duties of US: leave `base_rate` empty, which is for a "
            "destination whose tariff is not held here"
        )
    quantities = {}
    for number, unit in (("quantity", "unit"), ("quantity2", "unit2")):
        if cells.get(number):
            if not cells.get(unit):
                raise QuestionError(f"`{number}` has no `{unit}` beside it")
            if cells[unit] in quantities:
                raise QuestionError(
                    f"the quantity in {cells[unit]} is given twice: keep one of `quantity` and "
                    "`quantity2`"
                )
            quantities[cells[unit]] = cells[number]
    own = {
        key.removeprefix(FACT): text for key, text in cells.items() if key.startswith(FACT) and text
    }
    return DutyQuestion(
        code=cells["code"],
        origin=cells["origin"],
        on=written_day(cells["on"]),
        destination=destination,
        value=cells.get("value") or None,
        quantities=quantities,
        # What a row says itself stands over what was said of all.
        facts={**facts, **own},
        base=cells.get("base_rate") or None,
    )


def late_areas(register: Register, row: Mapping[str, str]) -> list[str]:
    """The area of the law that was not read as far as the day of a row; none where it was."""
    destination = (row.get("destination") or "").strip()
    code = register.country_words.find(destination) or destination
    area = f"{code.lower()}/tariff" if destination else AREA
    try:
        # An instant counts by its day.
        day = written_day(row["on"])[: len("2025-11-12")]
    except AmbiguousDayError:
        return []  # the row has no answer that could be late
    read = register.areas.get(area)
    return [area] if read is not None and day > read.reviewed_through else []


def answer_case(case: DutyCase) -> dict[str, str]:
    """The output columns of one case, but for those of what was announced."""
    figures = case.figures(case.stack)
    reason = reason_of(case, figures)
    void = void_measures(case.stack, case.as_of)
    by_measure = {layer.term.measure.id: layer for layer in figures.layers}
    ordered = [by_measure[term.measure.id] for term in in_order(case, case.stack.terms)]
    refundable = [each.cents for each in ordered if each.term.measure.id in void]
    result = {
        "status": "open" if reason else "ok",
        "reason": reason,
        "total_ad_valorem": rate(figures.share) or "",
        "total_amount": money(figures.cents) or "",
        "refundable_amount": _sum(refundable) if figures.cents is not None else "",
        "headings": ";".join(filing(case, figures)),
        "layers": json.dumps(
            [layer_text(each) for each in shown_layers(case, figures.layers)], ensure_ascii=False
        ),
    }
    for column in FAMILIES:
        family = column.removeprefix(FAMILY)
        cents = [each.cents for each in ordered if each.term.measure.family == family]
        result[column] = _sum(cents) if case.query.entry_value.cents is not None else ""
    return result


def announced_cells(case: DutyCase) -> dict[str, str]:
    """The columns of what was announced; empty where nothing announced changes this entry."""
    if not case.scope.is_announced_at(case.as_of.minute, case.as_of.known_on):
        return dict.fromkeys(ANNOUNCED_COLUMNS, "")
    from detente.duty.readings import announced

    described = announced(case)
    if described is None:
        return dict.fromkeys(ANNOUNCED_COLUMNS, "")
    words = (described["total_ad_valorem"] or "", ";".join(described["because"]))
    return dict(zip(ANNOUNCED_COLUMNS, words, strict=True))


def _sum(cents: list[int | None]) -> str:
    """The sum in dollars; empty where a part of it is not known."""
    known = [each for each in cents if each is not None]
    return (money(sum(known)) or "") if len(known) == len(cents) else ""
