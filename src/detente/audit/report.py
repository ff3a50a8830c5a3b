"""The result of an audit under the keys of the interface: rows, totals, caveats."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import TYPE_CHECKING
from detente.audit.answer import BASIS, STATUSES, Auditor, Judged, cited
from detente.audit.cells import LIQUIDATED
from detente.audit.claim import claim_of
from detente.audit.deadlines import deadlines
from detente.audit.entries import Declared, DeclaredEntry, entries_of
from detente.audit.findings import REASONS
from detente.audit.owed import Match
from detente.audit.tables import cells_of
from detente.batch.rows import AREA
from detente.core.figures import counted, money, rate
from detente.duty.answer import area_block, horizon, local_notes

if TYPE_CHECKING:
    from detente.answers import audit as typed
    from detente.core.tables.reading import Noted

OUTSIDE = "a class code of fees or antidumping, outside this audit"


def audit(auditor: Auditor, entries: Iterable[DeclaredEntry]) -> typed.AuditAnswer:
    """Every entry judged, with totals, under the keys of the interface.

    Args:
        auditor: the register, schedule, facts and day of knowledge to judge by.
        entries: as ``audit_entries.entries_of`` gathers them.
    """
    judged = [auditor.judge(entry) for entry in entries]
    return {
        "known_on": auditor.known_on,
        "basis": BASIS,
        "register": area_block(auditor.register, auditor.schedule, AREA),
        "rows": [_row(auditor, each) for each in judged],
        "totals": _totals(judged),
        "warnings": _warnings(judged),
        "notes": _notes(auditor, judged),
    }


def audited(
    auditor: Auditor, table: Noted, *, dates: str = "", percent: bool = False
) -> typed.AuditAnswer:
    """The entries of a table judged; what was read into its cells stands first in the warnings.

    Args:
        auditor: the register, schedule, facts and day of knowledge to judge by.
        table: as it was read.
        dates: how days are written; as the table tells where it is empty.
        percent: whether rates without a percent sign are percentages and not fractions of one.

    Raises:
        QuestionError: a column is missing, or two mean the same.
    """
    cells, order, read = cells_of(table, dates)
    answer = audit(auditor, entries_of(cells, percent, order))
    answer["warnings"] = [*read, *answer["warnings"]]
    return answer


def _row(auditor: Auditor, judged: Judged) -> typed.AuditedEntry:
    entry, seen, case = judged.entry, judged.seen, judged.case
    owed = None if seen is None or judged.status == "unresolved" else seen.owed
    return {
        "id": entry.id,
        "code": entry.cells.get("code"),
        "origin": case.query.origin if case is not None else entry.cells.get("origin"),
        "on": entry.cells.get("on"),
        "value": money(case.query.entry_value.cents)
        if case is not None
        else entry.cells.get("value"),
        "status": judged.status,
        "declared": money(_declared(judged)),
        "owed": money(owed),
        "difference": _difference(judged),
        "declared_rate": rate(seen.share) if seen is not None else None,
        "owed_rate": rate(seen.owed_share) if seen is not None else None,
        "refundable": money(judged.refundable),
        "refund": claim_of(auditor.register, auditor.headings, judged),
        "deadlines": _deadlines(auditor, judged),
        "reasons": reasons(judged),
        "right_if": [each.fact for each in judged.alternatives if each.fact],
        "why": judged.why,
        "by_heading": _by_heading(judged),
        "rows": [number + 1 for number in entry.rows],
    }


def _deadlines(auditor: Auditor, judged: Judged) -> list[typed.DeadlineRow]:
    """Until when something may be asked of an entry whose day can be read."""
    if judged.case is None:
        return []
    liquidated = judged.entry.cells.get(LIQUIDATED, "")
    return deadlines(auditor.register, judged.case.query.day, liquidated)


def _difference(judged: Judged) -> str | None:
    seen = judged.seen
    if seen is None or judged.status == "unresolved":
        return None
    return money(seen.difference)


def reasons(judged: Judged) -> list[str]:
    """Names of the reasons of an entry, those that move the most money first."""
    ordered = sorted(judged.findings, key=lambda each: -abs(each.difference or 0))
    named = [each.reason for each in ordered] + [each.reason for each in judged.alternatives]
    return list(dict.fromkeys(named))


def _declared(judged: Judged) -> int | None:
    """Declared cents; of an entry that is not understood, the amounts that can be read."""
    seen = judged.seen
    if judged.status == "unresolved" and (seen is None or seen.declared is None):
        return judged.entry.stated
    return None if seen is None else seen.declared


def _by_heading(judged: Judged) -> list[typed.DeclaredHeading]:
    entry, seen = judged.entry, judged.seen
    rows: list[typed.DeclaredHeading] = []
    if seen is None:
        lines = [entry.total] if entry.total is not None else list(entry.lines)
        rows = [_unseen(line) for line in lines if line is not None]
    else:
        whys = {
            heading: f"{each.why}{cited(each.sources)}"
            for each in judged.findings
            for heading in each.headings
        }
        listed = entry.total is None or entry.headings is not None
        rows = [_heading(match, whys, listed) for match in seen.matches]
    for line in entry.outside:
        rows.append({**_unseen(line), "why": OUTSIDE})
    return rows


def _unseen(line: Declared) -> typed.DeclaredHeading:
    return {
        "heading": line.heading or None,
        "filed": True if line.heading else None,
        "rows": _rows(line),
        "declared_rate": _stated(line),
        "declared_amount": money(line.cents),
        "owed_rate": None,
        "owed_amount": None,
        "difference": None,
        "why": "",
    }


def _rows(line: Declared) -> list[int]:
    """Numbers of the rows that declare a heading by itself; none where it stands with a total."""
    return [number + 1 for number in line.rows] if line.heading else []


def _stated(line: Declared) -> str | None:
    return rate(line.share) if line.share is not None else line.rate or None


def _heading(match: Match, whys: dict[str, str], listed: bool) -> typed.DeclaredHeading:
    declared, owed = match.declared, match.owed
    heading = declared.heading if declared is not None else owed.heading if owed is not None else ""
    # What was declared and is not owed owes nothing, which is known: zero and not an empty cell.
    owed_rate, owed_cents = None, 0 if declared is not None else None
    if owed is not None:
        owed_rate = rate(owed.share) if owed.share is not None else owed.rate
        owed_cents = owed.cents
    return {
        "heading": heading or None,
        "filed": declared is not None if listed else None,
        "rows": [] if declared is None else _rows(declared),
        "declared_rate": None if declared is None else _stated(declared),
        "declared_amount": None if declared is None else money(match.cents),
        "owed_rate": owed_rate,
        "owed_amount": money(owed_cents),
        "difference": money(match.difference),
        "why": whys.get(heading, ""),
    }


def _totals(judged: list[Judged]) -> typed.AuditTotals:
    """Sums over the entries whose amounts are known; declared - owed = over - under + rounding."""
    declared = owed = over = under = rounding = refundable = 0
    for each in judged:
        seen = each.seen
        if seen is None or each.status == "unresolved":
            continue
        refundable += each.refundable or 0
        # With one side alone the sums would no longer be equal as promised above.
        if seen.declared is None or seen.owed is None:
            continue
        declared, owed = declared + seen.declared, owed + seen.owed
        difference = seen.declared - seen.owed
        over += difference if each.status == "over" else 0
        under -= difference if each.status == "under" else 0
        rounding += difference if each.status == "agrees" else 0
    unresolved = [each for each in judged if each.status == "unresolved"]
    left = sum(_declared(each) or 0 for each in unresolved)
    return {
        "entries": len(judged),
        "rows": {status: sum(each.status == status for each in judged) for status in STATUSES},
        "declared": money(declared),
        "owed": money(owed),
        "over": money(over),
        "under": money(under),
        "rounding": money(rounding),
        "refundable": money(refundable),
        "refundable_not_known": sum(
            each.refundable is None and each.status != "unresolved" for each in judged
        ),
        "unresolved_declared": money(left),
        "agrees_but_headings": sum(each.status == "agrees" and _misfiled(each) for each in judged),
        "by_reason": _by_reason(judged),
        "by_heading": _heading_totals(judged),
    }


def _misfiled(judged: Judged) -> bool:
    return any(each.reason != "rounding" for each in judged.findings)


def _by_reason(judged: list[Judged]) -> list[typed.ReasonTotals]:
    """Entries and cents by reason; each difference is counted under one reason."""
    found: dict[str, list[int]] = {}
    for each in judged:
        named = set()
        for finding in each.findings:
            sums = found.setdefault(finding.reason, [0, 0, 0])
            # An entry counts once for a reason, however many of its headings it concerns.
            sums[0] += finding.reason not in named
            named.add(finding.reason)
            difference = finding.difference or 0
            sums[1] += max(difference, 0)
            sums[2] += max(-difference, 0)
    ordered = sorted(found.items(), key=lambda item: (-(item[1][1] + item[1][2]), item[0]))
    return [
        {
            "reason": name,
            "title": REASONS[name],
            "entries": entries,
            "over": money(over),
            "under": money(under),
        }
        for name, (entries, over, under) in ordered
    ]


def _heading_totals(judged: list[Judged]) -> list[typed.HeadingTotals]:
    """Declared and owed cents by heading, of the entries that declare heading by heading."""
    found: dict[str, list[int]] = {}
    for each in judged:
        if each.seen is None or each.status == "unresolved" or each.entry.total is not None:
            continue
        for match in each.seen.matches:
            line = match.declared or match.owed
            if line is None or match.difference is None:
                continue
            heading = line.heading if line.key != "line" else "chapters 1 to 97"
            sums = found.setdefault(heading, [0, 0, 0])
            sums[0] += 1
            sums[1] += match.cents or 0
            sums[2] += (match.cents or 0) - match.difference
    return [
        {
            "heading": heading,
            "entries": entries,
            "declared": money(declared),
            "owed": money(owed),
            "difference": money(declared - owed),
        }
        for heading, (entries, declared, owed) in sorted(found.items())
    ]


def _warnings(judged: list[Judged]) -> list[str]:
    """What the table leaves to guess: which rows without an id belong together."""
    unnamed = [each.entry for each in judged if not each.entry.named]
    if not any(entry.lines or entry.outside for entry in unnamed):
        return []  # totals, of which each row is an entry
    rows = sum(len(entry.rows) for entry in unnamed)
    entries = counted(len(unnamed), "entry", "entries")
    were = counted(rows, "row has no id and was", "rows have no id and were")
    return [
        f"{were} read as {entries}: rows after one another "
        "with one code, origin, day and value, each with a heading of its own, were taken "
        "together; give each entry an id where that is not so"
    ]


def _notes(auditor: Auditor, judged: list[Judged]) -> list[str]:
    """Caveats: the horizon, local records, and what is outside every answer."""
    register = auditor.register
    notes = list(local_notes(register))
    through = register.areas[AREA].reviewed_through
    late = [each.case.query.day for each in judged if each.case is not None]
    beyond = [day for day in late if day > through]
    if beyond:
        lying = "1 entry lies" if len(beyond) == 1 else f"{len(beyond)} entries lie"
        notes.append(f"{lying} later: {horizon(through, max(beyond))}")
    notes.extend(gap.in_answers for gap in register.gaps if gap.in_answers)
    return notes
