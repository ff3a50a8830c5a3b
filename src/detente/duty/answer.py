"""One line of an entry answered: layers, filing, what did not apply, questions, what lies ahead."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.applicability.stack import Term, void_measures
from detente.core.clock import minute_text
from detente.core.coverage import READ, vouched
from detente.core.figures import counted, long_day, money, rate
from detente.duty.amounts import Amounts, DutyLayer
from detente.duty.case import DutyCase, build_case
from detente.duty.changes import change, read_to
from detente.duty.coverage import NOT_COVERED, SCHEDULE, ban_words, coverage_of, status_of
from detente.duty.doubts import open_questions, shared_value, told_of_code
from detente.duty.outlook import ahead, tenures, within_day
from detente.duty.question import DutyQuery, DutyQuestion
from detente.duty.reasons import title_of, why_applies, why_not
from detente.goods.codes import TariffCode
from detente.goods.lines import TariffLine
from detente.goods.schedule import Schedule
from detente.goods.wording import NEAREST, NEAREST_HAS_RATE
from detente.register.book import Register
from detente.register.confirmed import confirmed_row
from detente.register.source_links import opened
from detente.store.digest import sha256_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.answers.duty import (
        ChangeAhead,
        Duty,
        DutyQuestionRow,
        HeardTotal,
        Landed,
        Scheduled,
        Total,
    )
    from detente.answers.duty import Layer as LayerRow
    from detente.answers.duty import Line as LineRow
    from detente.answers.duty import RegisterUsed as RegisterRow
    from detente.answers.shared import Coverage as CoverageRow
    from detente.answers.shared import ImportMeasure
    from detente.applicability.equivalence import Memory

SHOWN_AHEAD = 12
"""At most this many changes ahead are shown; the rest are counted in a note."""


NOTHING_HELD = Amounts((), None, None, None)
"""The figures of a day whose law is not held: none, and not zero."""


ADDITIONAL = "9903"
"""The subchapter of the schedule with additional duties, to which footnotes point."""


def answer_duty(
    register: Register,
    schedule: Schedule,
    question: DutyQuestion,
    memory: Memory | None = None,
) -> Duty:
    """The answer to a question about duty, under the keys of the interface.

    Args:
        register: the register asked.
        schedule: the goods schedule of the destination.
        question: the question.
        memory: what the register was asked before; the answer is the same with it.

    Raises:
        QuestionError: the question cannot be understood.
        FactError: a value or a fact cannot be read.
        CodeError: the code is none, is not in the edition of the day, or has too few digits.
    """
    if question.reading and question.reading != register.reading:
        from detente.register.reading import read

        # What is remembered belongs to the register that was handed in, and not to its other
        # reading.
        register, memory = read(register, question.reading), None
    case = build_case(register, schedule, question, memory)
    figures = case.figures(case.stack)
    void = void_measures(case.stack, case.as_of)
    refundable = [layer.cents for layer in figures.layers if layer.term.measure.id in void]
    questions = told_of_code(case, open_questions(case, figures))
    coverage = coverage_of(case, schedule)
    announced, changes, scheduled = _readings(case)
    status = status_of(coverage, questions, bool(ban_words(case.stack)))
    if status == NOT_COVERED:
        figures = NOTHING_HELD
    layers = _layers(case, figures, void)
    answer: Duty = {
        "question": _question(case),
        "status": status,
        "reading": register.reading,
        "announced": announced,
        "scheduled": scheduled,
        "register": register_block(register, schedule, case.query),
        "edition": case.line.edition if case.line is not None else None,
        "line": _line(case, schedule),
        "layers": layers,
        "filing": filing(case, figures),
        "not_applied": [
            {
                "measure": each.measure.id,
                "limb": each.provision.id,
                "heading": each.heading,
                "why": why_not(each, case.as_of.facts),
            }
            for each in case.stack.not_applied
        ],
        "total": _total(figures, refundable),
        **_landed(case, figures, status),
        "open_questions": questions,
        "changes_ahead": changes,
        "touches": _touches(case),
        "coverage": coverage,
        "notes": _notes(case, coverage),
        "citations": opened(register, layers),
    }
    return vouched(answer)


def _readings(case: DutyCase) -> tuple[HeardTotal | None, list[ChangeAhead], Scheduled | None]:
    """What was announced beside the law, the changes ahead, and those that are not confirmed."""
    through = case.register.areas[f"{case.query.destination.lower()}/tariff"].reviewed_through
    changes = _changes_ahead(case)
    announced, passed = None, None
    may_differ = any(
        each.provision.announced
        for candidate in case.scope.candidates
        for each in candidate.provisions
    )
    if may_differ:
        # Few goods have anything announced, so a cold answer seldom loads this.
        from detente.duty.readings import announced as otherwise
        from detente.duty.readings import mark_ahead

        if case.scope.is_announced_at(case.as_of.minute, case.as_of.known_on):
            announced = otherwise(case)
        mark_ahead(case, changes)
    if case.query.day > through:
        from detente.duty.scheduled import scheduled

        passed = scheduled(case, through)
    return announced, changes, passed


def _touches(case: DutyCase) -> list[ImportMeasure]:
    """What else may touch the goods, beside what they owe."""
    query, facts = case.query, case.as_of.facts
    if not case.register.incoming(query.destination, case.code):
        return []
    # Nothing is named beside most codes, so a cold answer seldom loads this.
    from detente.applicability.incoming import ImportedGoods, touching

    way = (query.origin, query.origin, query.destination)
    goods = ImportedGoods(case.code, *way, case.as_of.minute, case.as_of.known_on)
    return touching(
        case.register, goods, lambda t: facts.holds(t) if facts.is_stated(t.fact) else None
    )


def register_block(register: Register, schedule: Schedule, question: DutyQuery) -> RegisterRow:
    """Which register and schedule answered, and how far the areas consulted were read."""
    return area_block(register, schedule, f"{question.destination.lower()}/tariff")


def area_block(register: Register, schedule: Schedule, name: str) -> RegisterRow:
    """The same for an area by its name."""
    from detente._version import __version__

    area = register.areas[name]
    return {
        "version": __version__,
        "sha256": register_sha256(register, schedule),
        "bundle": register.bundle or None,
        "reviewed_through": area.reviewed_through,
        "areas": {area.name: area.reviewed_through},
        "local_records": len(register.local),
        "imported_editions": [each.id for each in schedule.editions if each.imported],
    }


def register_sha256(register: Register, schedule: Schedule) -> str:
    """The hash over all that a duty rests on: register, tables of goods, imported editions."""
    return sha256_of(register.sha256, schedule.tables_sha256, schedule.imported_sha256)


def _question(case: DutyCase) -> DutyQuestionRow:
    question = case.query.question
    return {
        "code": case.code,
        "origin": case.query.origin,
        "destination": case.query.destination,
        "on": question.on,
        "known_on": question.known_on,
        "value": money(case.query.entry_value.cents),
        "quantities": dict(question.quantities),
        "facts": dict(question.facts),
    }


def _landed(case: DutyCase, figures: Amounts, status: str) -> Landed:
    """Taxes on imports beside the duty, and what the goods cost with both."""
    place = case.query.destination
    if case.line is not None or status == NOT_COVERED:
        return {"taxes": [], "landed_total": None, "landed_ad_valorem": None}
    from detente.duty.import_taxes import landed
    from detente.duty.partner_rates import import_taxes

    rules = import_taxes(place, case.code, case.query.day)
    found = landed(rules, case.query.entry_value.cents, figures.cents, figures.share)
    return {
        "taxes": found.taxes,
        "landed_total": money(found.cents) if found.taxes else None,
        "landed_ad_valorem": rate(found.share) if found.taxes else None,
    }


def _line(case: DutyCase, schedule: Schedule) -> LineRow | None:
    line = case.line
    if line is None:
        from detente.duty.partner_rates import line_of

        return line_of(case.query.destination, case.code, case.rates.general, schedule)
    return {
        "code": line.code.dotted,
        "description": line.description,
        "path": list(line.path),
        "general": line.general,
        "units": list(line.units),
    }


def in_order(case: DutyCase, terms: tuple[Term, ...]) -> list[Term]:
    """Terms in filing order: families as the register orders them, then by heading."""
    families = case.register.families
    return sorted(
        terms,
        key=lambda term: (
            families[term.measure.family][1],
            term.measure.id,
            term.heading or "",
        ),
    )


def _layers(case: DutyCase, figures: Amounts, void: frozenset[str]) -> list[LayerRow]:
    """Layers that charge something, the ordinary duty first, then in filing order."""
    by_measure = {layer.term.measure.id: layer for layer in figures.layers}
    held = tenures(case.scope, case.as_of, case.stack)
    ordered = in_order(case, case.stack.terms)
    # A stable sort: behind the ordinary duty the filing order stays.
    ordered.sort(key=lambda term: term.measure.family != "base")
    shown = [
        term
        for term in ordered
        if term.duty.form != "free" and not nothing_left(by_measure[term.measure.id])
    ]
    zone = case.query.zone
    rows: list[LayerRow] = []
    for term in shown:
        layer = by_measure[term.measure.id]
        start, until = held[term.measure.id]
        rows.append(
            {
                "measure": term.measure.id,
                "limb": term.provision.id,
                "family": term.measure.family,
                "heading": heading_of(layer),
                "name": _name(term),
                "form": layer.form,
                "rate": _rate_words(case, layer),
                "ad_valorem": _effective(layer, case),
                "base": money(layer.base),
                "amount": money(layer.cents),
                "from": None if start is None else minute_text(start, zone),
                "until": None if until is None else minute_text(until, zone),
                **confirmed_row(case.register, term.measure, start),
                "refundable": term.measure.id in void,
                "sources": _sources(case, term),
                "why": why_applies(case.register, layer.term, case.query.origin, case.as_of.facts),
            }
        )
    return rows


def _rate_words(case: DutyCase, layer: DutyLayer) -> str:
    """The rate as people write it; an ordinary rate that is not exact says so."""
    if layer.term.measure.family == "base" and case.ordinary is not None:
        return f"about {layer.rate}" if case.ordinary.state == "about" else layer.rate
    return layer.rate


def _name(term: Term) -> str:
    if term.measure.family == "base":
        return title_of(term)
    return (
        f"{term.measure.title}: {term.provision.title}"
        if term.provision.title
        else term.measure.title
    )


def _effective(layer: DutyLayer, case: DutyCase) -> str | None:
    """The layer's share of the whole value; amount over value where the rate is specific."""
    if layer.share is not None:
        return rate(layer.share)
    cents = case.query.entry_value.cents
    if layer.cents is None or not cents:
        return None
    from detente._exact import Fraction

    return rate(Fraction(layer.cents, cents))


def _sources(case: DutyCase, term: Term) -> list[str]:
    """Citations of the event that set the term, and of the list that named the goods."""
    keys = list(term.period.sources)
    if term.measure.family == "base" and case.ordinary is not None and case.ordinary.source:
        keys.append(case.ordinary.source)
    if term.goods.row is not None:
        keys.extend(case.register.code_list(term.goods.row.list).sources)
    # A schedule that the user imported is its own source, by its name.
    cited = {key: case.register.source(key) for key in keys}
    return [key if source is None else source.citation for key, source in cited.items()]


def heading_of(layer: DutyLayer) -> str | None:
    """The heading to file: a cap that column 1 has reached has one of its own."""
    reached = layer.share == 0 or (layer.share is None and layer.cents == 0)
    if layer.form == "cap" and reached and layer.term.provision.at_cap:
        return layer.term.provision.at_cap
    return layer.term.heading


def rest_heading(case: DutyCase, layer: DutyLayer) -> str | None:
    """The heading of the part that is not charged, where the entry says that there is one."""
    provision = layer.term.provision
    facts = (case.register.bases[name].fact for name in provision.base)
    stated = any(fact and case.as_of.facts.is_stated(fact) for fact in facts)
    return provision.rest_heading if stated else None


def nothing_left(layer: DutyLayer) -> bool:
    """Whether stronger measures have taken the whole value that a layer is charged on."""
    return bool(layer.term.less) and (layer.share == 0 or layer.base == 0)


def filing(case: DutyCase, figures: Amounts) -> list[str]:
    """Headings to report: chapter 98 first, then by family, then the line itself."""
    headings = []
    for layer in figures.layers:
        family = case.register.families[layer.term.measure.family][1]
        own = heading_of(layer)
        if own and not nothing_left(layer):
            headings.append((family, own))
            if rest := rest_heading(case, layer):
                headings.append((family, rest))
        headings.extend((family, heading) for heading in layer.term.less_headings)
    for each in case.stack.not_applied:
        if each.reason == "yields" and each.heading:
            headings.append((case.register.families[each.measure.family][1], each.heading))
    ordered = sorted(set(headings), key=lambda row: (not row[1].startswith("98"), row))
    # One heading may take an article out of two measures; an entry files it once.
    return [*dict.fromkeys(heading for _, heading in ordered), TariffCode(case.code).dotted]


def _total(figures: Amounts, refundable: list[int | None]) -> Total:
    known = [cents for cents in refundable if cents is not None]
    void = sum(known) if figures.cents is not None and len(known) == len(refundable) else None
    owed = None if figures.cents is None or void is None else figures.cents - void
    return {
        "ad_valorem": rate(figures.share),
        "additional_ad_valorem": rate(figures.extra_share),
        "amount": money(figures.cents),
        "refundable_amount": money(void),
        "owed_amount": money(owed),
    }


def _changes_ahead(case: DutyCase) -> list[ChangeAhead]:
    rows: list[ChangeAhead] = []
    before = case.stack
    for snapshot in ahead(case.scope, case.as_of, case.stack):
        if len(rows) == SHOWN_AHEAD:
            break
        row = change(case, before, snapshot)
        rows.append(
            {
                **row,
                "confirmed": row["on"] <= (through := read_to(case, row["on"], row["measures"])),
                "confirmed_through": through,
                "by_other_reading": None,
            }
        )
        before = snapshot.stack
    return rows


def _notes(case: DutyCase, coverage: Sequence[CoverageRow]) -> list[str]:
    """Caveats: what is forbidden first, then the horizon, the line, the day and what is outside."""
    notes = [*ban_words(case.stack)]
    area = case.register.areas[f"{case.query.destination.lower()}/tariff"]
    day, line_notes = case.query.day, [] if case.line is None else [*case.line.notes]
    edition = "" if case.line is None else case.line.edition
    nearest = NEAREST.format(day=day, edition=edition)
    if day > area.reviewed_through:
        # One caveat says both that law and that the schedule may have changed since.
        notes.append(horizon(area.reviewed_through, day, edition if nearest in line_notes else ""))
        line_notes = [note for note in line_notes if note != nearest]
    elif any(row["what"] == SCHEDULE and row["state"] == READ for row in coverage):
        has_rate = NEAREST_HAS_RATE.format(day=day, edition=edition)
        line_notes = [has_rate if note == nearest else note for note in line_notes]
    notes.extend(local_notes(case.register))
    if case.line is None:
        notes.append(area.note)
        if case.ordinary is not None and case.ordinary.percent:
            notes.append("Totals of later days keep the ordinary rate of this day.")
        notes.extend(_unasked(case))
    else:
        if case.query.question.base is not None and case.line.general:
            notes.append(
                f"The ordinary rate is the one given, {case.query.question.base}; the schedule of "
                f"the day has {case.line.general}."
            )
        notes.extend(line_notes)
        notes.extend(_unmodelled(case.register, case.line))
    if case.inherited is not None:
        notes.extend(case.inherited.notes)
    notes.extend(shared_value(case))
    if case.query.entry_value.quantities:
        from detente.duty.quantity_units import unread_units

        notes.extend(
            f"No rate of these goods is charged by a quantity in {unit}: it changes nothing here."
            for unit in unread_units(
                case.query.entry_value.quantities, case.stack.terms, case.rates
            )
        )
    # An instant is answered for itself; only a bare day can hide a change within it.
    if len(case.query.question.on) == len("2025-11-10"):
        for edge in within_day(case.scope, case.as_of):
            at = minute_text(edge, case.query.zone)
            notes.append(f"The duty changes within this day, at {at}; this is its last instant.")
    place, origin = case.query.destination, case.query.origin
    notes.extend(gap.in_answers for gap in case.register.gaps if gap.is_stated_for(place, origin))
    return notes


def _unasked(case: DutyCase) -> list[str]:
    """That a fact was given for which no duty of the destination asks."""
    place = case.query.destination
    provisions = [
        provision
        for measure in case.register.measures(f"{place.lower()}/tariff", "measure")
        for provision in measure.provisions
    ]
    raised = {test.fact for provision in provisions for test in provision.when}
    raised.update(
        case.register.bases[name].fact for provision in provisions for name in provision.base
    )
    return [
        f"No duty of {place} asks for {name}: it changes nothing here. "
        f"What can be given is {', '.join(sorted(raised - {''}))}."
        for name in case.query.question.facts
        if name not in raised
    ]


def local_notes(register: Register) -> list[str]:
    """That local records took part, and which of them the register has itself by now."""
    notes = [
        f"This supposes the scenario {name}, which is not the law." for name in register.supposed
    ]
    if register.local:
        count = len(register.local)
        names = ", ".join(register.local)
        notes.append(f"With {counted(count, 'local record')}: {names}.")
    for name in register.left_out:
        notes.append(
            f"The register has {name} itself by now, and the local record is left out: remove it "
            f"with `detente register remove {name}`."
        )
    return notes


def _unmodelled(register: Register, line: TariffLine) -> list[str]:
    """A note on the additional duties that footnotes of the line name and the register does not."""
    headings = [each for each in line.headings if each.startswith(ADDITIONAL)]
    missing = register.unnamed(headings)
    if not missing:
        return []
    return [
        f"A footnote of this line points to {' and '.join(missing)}, which this register does not "
        "model."
    ]


def horizon(reviewed_through: str, day: str, edition: str = "") -> str:
    """The one line that every answer carries about a day after the register's horizon.

    Args:
        reviewed_through: the day through which the area was read.
        day: the day asked for.
        edition: the schedule that stands in for that of the day, where another was used.
    """
    schedule = f", and the schedule is still {edition}" if edition else ""
    return (
        f"Read through {long_day(reviewed_through)}: for {long_day(day)} this assumes that "
        f"nothing was ordered in between that the register does not hold{schedule}."
    )
