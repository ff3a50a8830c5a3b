"""What the answer about an entry rests on, and what is missing for its total to be certain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_number, day_text
from detente.core.coverage import BEYOND, PARTLY, READ, UNREAD, Coverage, state_on
from detente.core.figures import counted
from detente.entry.duties import AssessedLine
from detente.entry.named import named_fees

if TYPE_CHECKING:
    from detente.answers.entry import EntryFees, MissingOfEntry, NamedAmount, PossibleOrder
    from detente.answers.shared import Coverage as CoverageRow
    from detente.entry.tables import EntryType, FeeTables

ORDERS = "antidumping and countervailing orders"
FEES = "fees"
WORST = (UNREAD, BEYOND, PARTLY, READ)
"""States, from the one that settles least."""


def coverage_of(
    known: FeeTables,
    kind: EntryType,
    header: Mapping[str, str],
    day: str,
    lines: Sequence[AssessedLine],
    fees: EntryFees,
    remedies: Sequence[PossibleOrder],
) -> list[CoverageRow]:
    """The rows of coverage: those of the lines, each once, then fees and orders."""
    rows: dict[tuple[str, str], CoverageRow] = {}
    for each in lines:
        for row in each.answer["coverage"] if each.answer else ():
            key = (row["what"], row["scope"])
            before = rows.get(key)
            # Lines of other days may rest on the same thing: the state that settles least counts
            # for all.
            if before is None or WORST.index(row["state"]) < WORST.index(before["state"]):
                rows[key] = row
    first, last = known.bounds[0].start, day_text(day_number(known.bounds[-1].until) - 1)
    scope = "merchandise processing fee by fiscal year, harbor maintenance fee"
    state = READ if known.bounds_on(day) else state_on(day, first, last)
    rows[FEES, scope] = Coverage(FEES, first, last, scope, state).row()
    for found in (_orders(known, kind, header, lines, remedies),):
        rows[ORDERS, found.scope] = found.row()
    return list(rows.values())


def _orders(
    known: FeeTables,
    kind: EntryType,
    header: Mapping[str, str],
    lines: Sequence[AssessedLine],
    remedies: Sequence[PossibleOrder],
) -> Coverage:
    """How far orders were read; the filer who says what each line falls under needs no list."""
    through = known.orders_through
    silent = [each for each in lines if "adcvd" not in each.line.filed]
    open_rows = [row for row in remedies if row["state"] in ("possible", "not_declared")]
    if not silent:
        scope = "every line is answered by the filer"
        return Coverage(ORDERS, None, through, scope, READ)
    if "entry_type" in header and kind.remedies == "no" and not open_rows:
        scope = f"none is declared: entry type {kind.type}, as filed"
        return Coverage(ORDERS, None, through, scope, READ)
    origins = {order.origin for order in known.orders.values()}
    line_origins = {
        each.answer["question"]["origin"] if each.answer else each.line.origin for each in silent
    }
    scope = (
        f"{counted(len(known.orders), 'order')} on {', '.join(sorted(origins))} "
        "in notices of each month, of December in an older table; those on other countries were "
        "not read"
    )
    return Coverage(ORDERS, None, through, scope, PARTLY if line_origins & origins else UNREAD)


def missing_of(
    kind: EntryType,
    header: Mapping[str, str],
    lines: Sequence[AssessedLine],
    fees: EntryFees,
    taxes: Sequence[NamedAmount],
    remedies: Sequence[PossibleOrder],
) -> list[MissingOfEntry]:
    """What the filer must say for the total to be certain, by line where it belongs to one."""
    found = [*_of_header(kind, header, fees, remedies), *_of_lines(lines)]
    named = [row for each in named_fees(fees) for row in each["lines"]]
    for row in (*taxes, *named):
        if row["amount"] is None:
            found.append(_row(row["line"], row["name"], row["why"]))
    for order in remedies:
        state = order["state"]
        open_ = state == "subject" and order["deposit"] is None
        if open_ or state in ("possible", "not_declared"):
            why = "its deposit rate is not given" if open_ else order["why"]
            found.append(_row(order["line"], f"{order['kind']} case {order['case']}", why))
    return found


def _of_header(
    kind: EntryType,
    header: Mapping[str, str],
    fees: EntryFees,
    remedies: Sequence[PossibleOrder],
) -> Iterator[MissingOfEntry]:
    if "entry_type" not in header:
        yield _row(None, "entry_type", f"taken as {kind.type}, {kind.name}")
    if "entry_date" not in header and "withdrawal_date" not in header:
        yield _row(None, "entry_date", "taken as today")
    for key, fee in (("mpf", fees["mpf"]), ("mode", fees["hmf"])):
        if fee["amount"] is None:
            yield _row(None, key, fee["why"])
    if fees["mpf"]["if_not_exempt"] not in (None, fees["mpf"]["amount"]):
        why = f"confirm mpf_exempt of the lines named; otherwise {fees['mpf']['if_not_exempt']}"
        yield _row(None, "mpf", why)
    if kind.remedies == "yes" and not any(row["state"] == "subject" for row in remedies):
        yield _row(None, "adcvd", f"entry type {kind.type} declares a case, and no line names one")


def _of_lines(lines: Sequence[AssessedLine]) -> Iterator[MissingOfEntry]:
    for each in lines:
        if each.deciding.missing:
            yield _row(each.line.id, "zone", each.deciding.missing)
        if each.answer is not None and each.cents is None:
            yield _row(each.line.id, "duty", "its amount waits for the open questions of the line")


def _row(line: str | None, what: str, why: str) -> MissingOfEntry:
    return {"line": line, "what": what, "why": why}
