"""The duty on a line over a span of days: each segment of one duty, what changed, by which act.

A segment ends where the layers, a rate or the finding that something was never owed changes. A day
stands for its last instant in the zone of the country of import, as in every answer. A number that
the schedule of an earlier day does not print is followed to the one it came from, if that is one
alone; else the segment has no rate, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.scope import edges
from detente.applicability.stack import void_measures
from detente.core.clock import MINUTES, day_number, day_text
from detente.core.coverage import PARTLY, SETTLED
from detente.core.figures import rate
from detente.duty.answer import answer_duty
from detente.duty.case import DutyCase, build_case
from detente.duty.changes import read_to
from detente.duty.outlook import charges
from detente.duty.partner_rates import ordinary_rate
from detente.duty.question import DutyQuestion, QuestionError
from detente.goods.codes import RATE_LINE, CodeError, TariffCode
from detente.register.country_words import stated_day
from detente.register.periods import period_at
from detente.register.source_links import link_of

if TYPE_CHECKING:
    from detente.answers.duty import ChangeAhead, Duty, Layer
    from detente.answers.history import (
        ChangedCharge,
        CheaperLater,
        DutyHistory,
        HeardShare,
        Instrument,
        OriginCompared,
        Segment,
        SegmentLayer,
    )
    from detente.applicability.equivalence import Memory
    from detente.applicability.stack import Term
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.register.model import Provision

QUARTER = 91
"""Days after which the duty is looked at again: a quarter of a year."""

STEPS = 6
"""Renumberings of one line that are followed at most."""

SURE = ("exact", "likely", "line")
"""Grades of a renumbering that are followed."""

HOME = "US"
"""The country whose schedule has editions; others have a table of rates by day."""

MOST = 12
"""Origins of one question."""


class CaseOfDay(NamedTuple):
    """A case of a day, or why there is none: the code that was asked, and the words."""

    case: DutyCase | None
    code: str
    why: str = ""


def answer_history(
    register: Register,
    schedule: Schedule,
    question: DutyQuestion,
    first: str,
    origins: Sequence[str],
    memory: Memory | None = None,
) -> DutyHistory:
    """The history of a line from each of some origins, under the keys of the interface.

    Args:
        register: the register asked.
        schedule: the goods schedule.
        question: the question of the last day; its origin is not read.
        first: the first ISO day.
        origins: countries of origin, in the order of the answer.
        memory: what the register was asked before.

    Raises:
        QuestionError: the question cannot be understood.
        CodeError: no day of the span has the code.
    """
    if not 1 <= len(origins) <= MOST:
        raise QuestionError(f"give from 1 to {MOST} origins, not {len(origins)}", "origin")
    last = question.on
    if stated_day(last, "to_date") < stated_day(first, "from"):
        raise QuestionError(f"the last day {last} lies before the first, {first}", "to_date")
    segments: list[Segment] = []
    beside: list[OriginCompared] = []
    shown: Duty | None = None
    last_shown: Duty | None = None
    for origin in origins:
        history = _History(register, schedule, question._replace(origin=origin), first, memory)
        rows = list(history.segments())
        if not any(row["status"] != "not_covered" for row in rows):
            raise CodeError(rows[-1]["why"])
        segments += rows
        shown = shown or history.last_answer or history.answer
        if history.last_answer is not None:
            last_shown = last_shown or history.last_answer
            beside.append(_beside(history.last_answer, question.on, rows[-1]))
    assert shown is not None, "an origin without any duty is refused"
    _mark_lowest(beside)
    return {
        "question": {
            "code": TariffCode.parse(question.code).digits,
            "origins": list(origins),
            "destination": shown["question"]["destination"],
            "from": first,
            "to_date": last,
            "known_on": question.known_on,
            "value": question.value,
            "facts": dict(question.facts),
        },
        "status": "ok" if all(row["status"] in SETTLED for row in segments) else PARTLY,
        "register": shown["register"],
        "reading": register.reading,
        "line": last_shown and last_shown["line"],
        "segments": segments,
        "side_by_side": beside,
        "coverage": shown["coverage"],
        "notes": [*shown["notes"], *_NOTES],
    }


_NOTES = (
    "Every “from” is the first day of a duty and every “until” the first day without it.",
    "Facts that are not given stand at their defaults on every day; what they would change is "
    "counted as open.",
)


class _History:
    """The segments of one origin.

    Attributes:
        answer: the duty on the first day of the latest segment that has one.
        last_answer: the duty on the last day; None where the code is in no schedule of that day.
    """

    def __init__(
        self,
        register: Register,
        schedule: Schedule,
        question: DutyQuestion,
        first: str,
        memory: Memory | None,
    ) -> None:
        self.register = register
        self.schedule = schedule
        self.question = question
        self.first = first
        self.memory = memory
        self.answer: Duty | None = None
        self.last_answer: Duty | None = None

    def segments(self) -> Iterator[Segment]:
        """A row for each segment, in order of days."""
        days = self._days()
        starts: list[tuple[str, CaseOfDay]] = []
        seen: object = None
        for day in days:
            found = self._found(day)
            state = _state(found)
            if not starts or state != seen:
                starts.append((day, found))
            seen = state
        before: CaseOfDay | None = None
        for number, (day, found) in enumerate(starts):
            until = starts[number + 1][0] if number + 1 < len(starts) else None
            row = self._row(day, until, found, before)
            before = found
            yield row

    def _days(self) -> list[str]:
        """The days on which something may change, the first day among them."""
        last = self.question.on
        found = {self.first}
        for day in (self.first, last):
            case = self._found(day).case
            if case is not None:
                found.update(day_text(edge // MINUTES) for edge in edges(case.scope))
        if self.question.destination.upper() == HOME:
            starts = [each.start.isoformat() for each in self.schedule.editions]
            found.update(starts)
            # The number that an edition prints may stand on other lists than today's, with days of
            # their own.
            for day in starts:
                case = self._found(day).case if self.first <= day <= last else None
                if case is not None:
                    found.update(day_text(edge // MINUTES) for edge in edges(case.scope))
        else:
            found.update(self._days_of_rates())
        return sorted(day for day in found if self.first <= day <= last)

    def _days_of_rates(self) -> Iterator[str]:
        """The days on which the table of ordinary rates of another country changes."""
        day, last = self.first, self.question.on
        while day <= last:
            held = ordinary_rate(
                self.question.destination, TariffCode.parse(self.question.code).digits, day
            )
            until = held.until or f"{int(day[:4]) + 1}-01-01"
            # Always forward: an end that lies behind would be asked about again without end.
            day = until if until > day else f"{int(day[:4]) + 1}-01-01"
            yield day

    def _found(self, day: str) -> CaseOfDay:
        """The case of a day by the code that the schedule of the day prints."""
        why = ""
        for code in self._lineage():
            try:
                question = self.question._replace(code=code, on=day)
                return CaseOfDay(
                    build_case(self.register, self.schedule, question, self.memory), code
                )
            except CodeError as error:
                why = why or str(error)
        return CaseOfDay(None, "", why)

    def _lineage(self) -> Iterator[str]:
        """The code, its rate line, and the codes that it came from or became, one after another."""
        code = TariffCode.parse(self.question.code).digits
        yield code
        if self.question.destination.upper() != HOME:
            return
        if len(code) > RATE_LINE:
            yield code[:RATE_LINE]
        for start in dict.fromkeys((code, code[:RATE_LINE])):
            yield from self._walk(start, backward=True)
            yield from self._walk(start, backward=False)

    def _walk(self, code: str, *, backward: bool) -> Iterator[str]:
        """Codes before or after one, as far as each step leads to one alone."""
        for _ in range(STEPS):
            moves = self.schedule.predecessors(code) if backward else self.schedule.successors(code)
            ends = {
                move.from_code if backward else move.to_code for move in moves if move.grade in SURE
            } - {"", code}
            if len(ends) != 1:
                return
            code = ends.pop()
            yield code

    def _row(
        self, day: str, until: str | None, found: CaseOfDay, before: CaseOfDay | None
    ) -> Segment:
        if found.case is None:
            return {
                "origin": self.question.origin,
                "from": day,
                "until": until,
                "code": None,
                "edition": None,
                "status": "not_covered",
                "ad_valorem": None,
                "owed_ad_valorem": None,
                "amount": None,
                "open": 0,
                "layers": [],
                "changed": [],
                "confirmed": True,
                "confirmed_through": None,
                "announced": None,
                "why": found.why,
            }
        question = self.question._replace(code=found.code, on=day)
        answer = answer_duty(self.register, self.schedule, question, self.memory)
        self.answer = answer
        if until is None:
            self.last_answer = answer_duty(
                self.register, self.schedule, question._replace(on=self.question.on), self.memory
            )
        changed = self._changed(before.case, found.case, day) if before and before.case else []
        through = read_to(found.case, day, [each["measure"] for each in changed])
        return {
            "origin": answer["question"]["origin"],
            "from": day,
            "until": until,
            "code": found.code,
            "edition": answer["edition"],
            "status": answer["status"],
            "ad_valorem": answer["total"]["ad_valorem"],
            "owed_ad_valorem": _owed(answer),
            "amount": answer["total"]["amount"],
            "open": len(answer["open_questions"]),
            "layers": [_layer(each) for each in answer["layers"]],
            "changed": changed,
            "confirmed": day <= through,
            "confirmed_through": through,
            "announced": _announced(answer),
            "why": "",
        }

    def _changed(self, before: DutyCase, case: DutyCase, day: str) -> list[ChangedCharge]:
        """What became another: the measure, its rate before and after, and the acts that did it."""
        old, new = charges(before.stack), charges(case.stack)
        rows: list[ChangedCharge] = []
        terms = {term.measure.id: term for term in (*before.stack.terms, *case.stack.terms)}
        for name in sorted(old.keys() | new.keys()):
            first, then = old.get(name), new.get(name)
            base = terms[name].measure.family == "base"
            if first == then and not (base and before.rates != case.rates):
                continue
            rows.append(
                {
                    "measure": name,
                    "title": terms[name].measure.title,
                    "before": before.rates.general if base else first and first[2],
                    "after": case.rates.general if base else then and then[2],
                    "sources": [*self._acts(name, before, case, day, base=base)],
                }
            )
        was, void = (void_measures(each.stack, each.as_of) for each in (before, case))
        for name in sorted(was ^ void):
            if name not in {row["measure"] for row in rows}:
                never = name in void
                rows.append(
                    {
                        "measure": name,
                        "title": terms[name].measure.title,
                        "before": "owed" if never else "held never owed",
                        "after": "held never owed" if never else "owed",
                        "sources": [
                            self._source(key)
                            for void in terms[name].measure.voids
                            for key in void.sources[:1]
                        ],
                    }
                )
        return rows

    def _acts(
        self, name: str, before: DutyCase, case: DutyCase, day: str, *, base: bool
    ) -> Iterator[Instrument]:
        """The acts that made a change of a measure on a day."""
        if base:
            yield from self._base_acts(case)
            return
        start = day_number(day) * MINUTES
        keys: list[str] = []
        for term in _terms(name, before, case):
            keys += _painted(term.provision, start)
            row = term.goods.row
            if row is not None and start in (row.start, row.until):
                keys += self.register.lists[row.list].sources
        if not keys:
            keys += [key for term in _terms(name, case) for key in term.period.sources]
        for key in dict.fromkeys(keys):
            yield self._source(key)

    def _base_acts(self, case: DutyCase) -> Iterator[Instrument]:
        """The edition of the schedule, or the source of a table of rates, that has a rate."""
        if case.line is not None:
            yield self._source(f"Harmonized Tariff Schedule, {case.line.edition}")
        elif case.ordinary is not None and case.ordinary.source:
            yield self._source(case.ordinary.source)

    def _source(self, key: str) -> Instrument:
        source = self.register.sources.get(key)
        citation = key if source is None else source.citation
        return {"citation": citation, "url": link_of(self.register, citation)}


def _terms(name: str, *cases: DutyCase) -> Iterator[Term]:
    for case in cases:
        yield from (term for term in case.stack.terms if term.measure.id == name)


def _painted(provision: Provision, start: int) -> list[str]:
    """Sources of what begins on a day, or of what shows where something ends on it."""
    keys: list[str] = []
    for period in provision.periods:
        if start <= period.start < start + MINUTES:
            keys += period.sources
        elif period.until is not None and start <= period.until < start + MINUTES:
            after = period_at(provision.periods, period.until)
            keys += (after or period).sources
    return keys


def _state(found: CaseOfDay) -> object:
    """What makes one segment: layers, rates of the columns, and what was found never owed."""
    if found.case is None:
        return found.why.partition(", the edition")[0]
    case = found.case
    return (
        tuple(sorted(charges(case.stack).items())),
        case.rates,
        void_measures(case.stack, case.as_of),
        case.total(case.stack, case.as_of),
    )


def _layer(layer: Layer) -> SegmentLayer:
    return {
        "measure": layer["measure"],
        "limb": layer["limb"],
        "family": layer["family"],
        "heading": layer["heading"],
        "name": layer["name"],
        "rate": layer["rate"],
        "ad_valorem": layer["ad_valorem"],
        "refundable": layer["refundable"],
        "sources": layer["sources"],
    }


def _owed(answer: Duty) -> str | None:
    """The total without what was found never owed; None where it is not a share of the value."""
    total = answer["total"]["ad_valorem"]
    back = [each["ad_valorem"] for each in answer["layers"] if each["refundable"]]
    known = [Fraction(each) for each in back if each is not None]
    if total is None or len(known) < len(back):
        return None
    return rate(Fraction(total) - sum(known))


def _announced(answer: Duty) -> HeardShare | None:
    found = answer["announced"]
    if found is None:
        return None
    return {"total_ad_valorem": found["total_ad_valorem"], "text": found["text"]}


def _beside(answer: Duty, on: str, row: Segment) -> OriginCompared:
    """How an origin stands on the last day, a quarter later, and on a later day that is cheaper."""
    now = answer["total"]["ad_valorem"]
    later = (date.fromisoformat(on) + timedelta(QUARTER)).isoformat()
    changes = answer["changes_ahead"]
    then = next(
        (each["total_ad_valorem"] for each in reversed(changes) if each["on"] <= later), now
    )
    return {
        "origin": answer["question"]["origin"],
        "status": answer["status"],
        "ad_valorem": now,
        "open": row["open"],
        "announced": row["announced"],
        "later_on": later,
        "later_ad_valorem": then,
        "cheaper_if_later": _cheaper(now, changes),
        "ahead": [
            {
                "on": each["on"],
                "total_ad_valorem": each["total_ad_valorem"],
                "what": each["what"],
                "confirmed": each["confirmed"],
                "confirmed_through": each["confirmed_through"],
            }
            for each in changes
        ],
        "lowest": None,
        "lowest_later": None,
    }


def _cheaper(now: str | None, changes: Sequence[ChangeAhead]) -> CheaperLater | None:
    """The first later day on which the law as it stands charges less."""
    for each in changes:
        then = each["total_ad_valorem"]
        if now is not None and then is not None and Fraction(then) < Fraction(now):
            return {
                "on": each["on"],
                "ad_valorem": then,
                "saves": rate(Fraction(now) - Fraction(then)),
                "confirmed": each["confirmed"],
                "confirmed_through": each["confirmed_through"],
            }
    return None


def _mark_lowest(rows: list[OriginCompared]) -> None:
    """Say which origins have the lowest known duty; nothing where one of them is not known."""
    for row, lowest in zip(rows, _are_lowest([row["ad_valorem"] for row in rows]), strict=True):
        row["lowest"] = lowest
    later = _are_lowest([row["later_ad_valorem"] for row in rows])
    for row, lowest in zip(rows, later, strict=True):
        row["lowest_later"] = lowest


def _are_lowest(shares: Sequence[str | None]) -> list[bool | None]:
    """Whether each is the lowest; null for all where there is no other, or one is not known."""
    known = [Fraction(share) for share in shares if share is not None]
    if len(known) < 2 or len(known) < len(shares):
        return [None] * len(shares)
    return [share == min(known) for share in known]
