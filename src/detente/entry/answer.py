"""The answer about a whole entry: its lines, fees, taxes, possible orders, and what it owes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente.applicability.entry_facts import dollars
from detente.core.coverage import vouched
from detente.core.figures import money
from detente.duty.answer import register_sha256
from detente.duty.coverage import BARRED, NOT_COVERED, OK, OPEN
from detente.entry import fees
from detente.entry.coverage import coverage_of, missing_of
from detente.entry.deciding import checked_days, deciding
from detente.entry.duties import (
    AssessedLine,
    LineContext,
    assess_line,
    filed_otherwise,
    headings_of,
)
from detente.entry.named import (
    COTTON,
    OTHER,
    TAX,
    named_fees,
    named_rows,
    remedies,
    sum_cents,
    sum_of,
)
from detente.entry.splits import with_split
from detente.entry.summary import Summary
from detente.entry.tables import tables
from detente.entry.zone import of_zone

if TYPE_CHECKING:
    from detente.answers.entry import (
        EntryAnswer,
        EntryFees,
        EntryLine,
        EntryRegister,
        EntryTotals,
        FiledHeading,
        NamedAmount,
        NamedFees,
        PossibleOrder,
    )
    from detente.answers.shared import Coverage
    from detente.entry.fees import LineFee
    from detente.entry.tables import EntryType, Mode
    from detente.goods.schedule import Schedule
    from detente.register.book import Register

ASSUMED_TYPE = "01"
"""The type of an entry that names none, which the answer says."""

DESTINATION, AREA = "US", "us/tariff"

ANSWERED_HERE = ("ad-cvd", "fees", "excise", "foreign-trade-zone")
"""What the answer about one line leaves out and this one has, as the register names it."""


def answer_entry(
    register: Register,
    schedule: Schedule,
    summary: Summary,
    today: str,
    known_on: str | None = None,
) -> EntryAnswer:
    """The answer about an entry summary, under the keys of the interface.

    Args:
        register: the register asked.
        schedule: the goods schedule of the United States.
        summary: the entry.
        today: the day that is meant where the entry names none, ISO.
        known_on: answer as known at the end of this day; None for everything known.

    Raises:
        ValueError: something of the entry cannot be read; the message names the line.
    """
    known, header = tables(), summary.header
    checked_days(header)
    kind = known.type_of(header.get("entry_type", ASSUMED_TYPE))
    mode = known.mode_of(header["mode"]) if "mode" in header else None
    day = header.get("entry_date", today)
    over = LineContext(register, schedule, known_on, None)
    lines = [
        with_split(over, assess_line(over, each, deciding(known, kind, header, day, each), header))
        for each in summary.lines
    ]
    charged = fees.mpf_of_lines(known, lines)
    rows = remedies(known, kind, "entry_type" in header, lines)
    taxes = named_rows(known, TAX, lines)
    owed_fees, harbor = _fees(kind, mode, day, lines, charged, sum_of(taxes))
    totals = _totals(lines, owed_fees, taxes, _deposits(kind, rows))
    zoned = [row for each in lines for row in of_zone(over, known, each, day)]
    missing = zoned + missing_of(kind, header, lines, owed_fees, taxes, rows)
    coverage = coverage_of(known, kind, header, day, lines, owed_fees, rows)
    outside = {gap.in_answers: gap.id for gap in register.gaps if gap.is_stated_for(DESTINATION)}
    answer: EntryAnswer = {
        "question": _question(summary, known_on),
        "status": _status(lines, missing, coverage),
        "reading": register.reading,
        "register": _register(register, schedule, known.sha256),
        "entry": {
            "entry_number": header.get("entry_number"),
            "entry_type": kind.type,
            "entry_type_name": kind.name,
            "entry_date": day,
            "import_date": header.get("import_date"),
            "it_date": header.get("it_date"),
            "withdrawal_date": header.get("withdrawal_date"),
            "mode": None if mode is None else mode.mode,
            "port": header.get("port"),
            "assumed": _assumed(header),
        },
        "lines": [_line(*each, outside) for each in zip(lines, charged, harbor, strict=True)],
        "fees": owed_fees,
        "taxes": taxes,
        "adcvd": rows,
        "totals": totals,
        "missing": missing,
        "coverage": coverage,
        "notes": _notes(summary, lines, outside),
    }
    return vouched(answer)


def _question(summary: Summary, known_on: str | None) -> dict[str, object]:
    lines = [
        {
            "line": each.id,
            "code": each.code,
            "heading": list(each.stated),
            "origin": each.origin,
            "value": each.value,
            "quantities": dict(each.quantities),
            "facts": dict(each.facts),
            "base": each.base,
            **each.filed,
        }
        for each in summary.lines
    ]
    return {**summary.header, "known_on": known_on, "lines": lines}


def _register(register: Register, schedule: Schedule, entry_sha256: str) -> EntryRegister:
    from detente.duty.answer import area_block

    block = area_block(register, schedule, AREA)
    return {**block, "sha256": register_sha256(register, schedule), "entry_sha256": entry_sha256}


def _fees(
    kind: EntryType,
    mode: Mode | None,
    day: str,
    lines: Sequence[AssessedLine],
    charged: Sequence[LineFee],
    taxed: int | None,
) -> tuple[EntryFees, list[int]]:
    """The fees by name, and the harbor fee of each line."""
    known = tables()
    harbor, by_line = fees.hmf(known, kind, mode, lines)
    processing = fees.mpf(known, kind, day, charged)
    found: EntryFees = {
        "mpf": processing,
        "hmf": harbor,
        "cotton_fee": _commodity(named_rows(known, COTTON, lines)),
        "other_fees": _commodity(named_rows(known, OTHER, lines)),
    }
    others = [each.cents for each in lines] + [taxed, _cents(processing["amount"])]
    others += [_cents(row["amount"]) for row in named_fees(found)]
    # Last, since it is waived only where the entry owes nothing else.
    found["hmf"] = fees.waived(known, harbor, _sum(others))
    return found, by_line


def _commodity(rows: list[NamedAmount]) -> NamedFees | None:
    """The fees of a commodity together; None where no line may owe them."""
    return {"amount": money(sum_of(rows)), "lines": rows} if rows else None


def _cents(amount: str | None) -> int | None:
    return None if amount is None else dollars(amount, "an amount")


def _deposits(kind: EntryType, rows: Sequence[PossibleOrder]) -> int | None:
    """Cents of antidumping and countervailing deposits; None where one is not known."""
    if kind.remedies == "yes" and not any(row["state"] == "subject" for row in rows):
        return None
    counted = [row for row in rows if row["state"] not in ("not_declared", "not_subject")]
    return sum_cents([row["deposit"] for row in counted], "deposit")


def _totals(
    lines: Sequence[AssessedLine],
    owed: EntryFees,
    taxes: Sequence[NamedAmount],
    deposits: int | None,
) -> EntryTotals:
    """The totals; each is null where a part of it is not known, and ``known`` has the rest."""
    duties = [each.cents for each in lines]
    charged = [_cents(owed["mpf"]["amount"]), _cents(owed["hmf"]["amount"])]
    charged += [_cents(row["amount"]) for row in named_fees(owed)]
    taxed = [_cents(row["amount"]) for row in taxes]
    every = [*duties, *charged, *taxed, deposits]
    known = [cents for cents in every if cents is not None]
    return {
        "entered_value": str(sum(each.value for each in lines)),
        "duty": money(_sum(duties)),
        "fees": money(_sum(charged)),
        "taxes": money(_sum(taxed)),
        "adcvd": money(deposits),
        "owed": money(_sum(every)),
        "known": money(sum(known)),
        "refundable": money(_refundable(lines)),
    }


def _sum(cents: Sequence[int | None]) -> int | None:
    known = [each for each in cents if each is not None]
    return sum(known) if len(known) == len(cents) else None


def _refundable(lines: Sequence[AssessedLine]) -> int | None:
    return _sum(
        [_cents(each.answer["total"]["refundable_amount"]) for each in lines if each.answer]
    )


def _status(
    lines: Sequence[AssessedLine], missing: Sequence[object], coverage: Sequence[Coverage]
) -> str:
    """The status of the entry: that of its worst line, and open where anything is missing."""
    states = [each.answer["status"] for each in lines if each.answer is not None]
    for worst in (BARRED, NOT_COVERED):
        if worst in states:
            return worst
    read = all(row["state"] == "read" for row in coverage)
    return OK if read and not missing and all(each == OK for each in states) else OPEN


def _assumed(header: Mapping[str, str]) -> list[str]:
    words = {
        "entry_type": f"entry type {ASSUMED_TYPE}, since none is given",
        "entry_date": "entered today, since no entry date is given",
    }
    return [text for key, text in words.items() if key not in header]


def _line(
    each: AssessedLine, charged: LineFee, harbor: int, outside: Mapping[str, str]
) -> EntryLine:
    answer, rule = each.answer, each.deciding.rule
    return {
        "id": each.line.id,
        # The code of the goods is filed last, after every heading of chapters 98 and 99.
        "code": answer["filing"][-1] if answer else each.line.code,
        "description": answer["line"]["description"] if answer and answer["line"] else None,
        "origin": answer["question"]["origin"] if answer else each.line.origin.strip().upper(),
        "entered_value": str(each.value),
        "on": each.deciding.day,
        "decided_by": {"words": rule.words, "source": rule.source, "grade": rule.grade},
        "zone_status": each.deciding.status or None,
        "status": answer["status"] if answer else (OPEN if each.cents is None else OK),
        "headings": _headings(each),
        "ad_valorem": answer["total"]["ad_valorem"] if answer else None,
        "duty": money(each.cents),
        "split": [
            {"part": part.part, "entered_value": part.entered_value, "duty": part.duty}
            for part in each.split
        ],
        "fees": {
            "mpf": {
                "base": str(charged.base),
                "raw": money(charged.cents),
                "exempt": charged.exempt or None,
                "to_confirm": charged.to_confirm,
                "source": charged.source or None,
                "grade": charged.grade or None,
            },
            "hmf": {"raw": money(harbor)},
        },
        "open_questions": answer["open_questions"] if answer else [],
        "as_filed": filed_otherwise(each.line, answer) if answer else [],
        "announced": answer["announced"] if answer else None,
        "scheduled": answer["scheduled"] if answer else None,
        # What lies outside of every line's answer is said once, of the entry.
        "notes": [note for note in answer["notes"] if note not in outside] if answer else [],
    }


def _headings(each: AssessedLine) -> list[FiledHeading]:
    """The headings of a line, part by part where it is filed on two."""
    if each.split:
        return [heading for part in each.split for heading in part.headings]
    return headings_of(each.answer) if each.answer else []


def _notes(
    summary: Summary, lines: Sequence[AssessedLine], outside: Mapping[str, str]
) -> list[str]:
    notes = []
    rounded = [
        each.line.id for each in lines if dollars(each.line.value, "the value") != each.value * 100
    ]
    if rounded:
        notes.append(
            f"Entered value is in whole dollars, as filed: rounded on line {', '.join(rounded)}."
        )
    if summary.unread:
        notes.append(f"Columns that were not read: {', '.join(summary.unread)}.")
    notes.extend(words for words, gap in outside.items() if gap not in ANSWERED_HERE)
    return notes
