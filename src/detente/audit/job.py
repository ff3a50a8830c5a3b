"""A table of declared entries, audited in the background."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypedDict

    from detente.answers.audit import AuditAnswer, AuditTotals
    from detente.store.jobs.work import Work

    class AuditedInShort(TypedDict):
        """An entry as the page of a job shows it."""

        id: str
        code: str | None
        on: str | None
        status: str
        declared: str | None
        owed: str | None
        difference: str | None
        refundable: str | None
        why: str

    class AuditSummary(TypedDict):
        """What the page of an audit shows; ``more`` entries stand in the files alone."""

        totals: AuditTotals
        basis: str
        warnings: list[str]
        entries: list[AuditedInShort]
        more: int
        claims: list[str]


STEPS = 3
FILES = ("findings.xlsx", "findings.csv")
MEMO = "summary.md"
SHOWN = 40
"""Entries that a page shows; the files have them all."""


def audit_table(work: Work) -> None:
    """The job: judge the entries that were sent, and write what was found."""
    from detente.audit.answer import Auditor
    from detente.audit.report import audited
    from detente.audit.rows import DECLARED, check_free, table_rows
    from detente.audit.summary import summary
    from detente.core.tables.columns import Column
    from detente.core.tables.encodings import encoding_of
    from detente.core.tables.reading import read_noted
    from detente.core.tables.writing import table_file
    from detente.goods.schedule import Schedule
    from detente.scenario.opened import law_of

    options = work.options
    work.progress(0, STEPS, "reading the table")
    encoding = options["encoding"] or encoding_of(work.source) or None
    table = read_noted(work.source, encoding, options.get("sheet", ""))
    work.budget.check_rows(len(table.rows), len(table.columns))
    check_free(work.name, table.columns)
    work.progress(1, STEPS, "working out what the entries owed")
    auditor = Auditor(law_of(options), Schedule(), options["known_on"] or None, {})
    percent = options["percent"] == "yes"
    answer = audited(auditor, table, dates=options["dates"], percent=percent)
    work.progress(2, STEPS, "putting the files together")
    columns = (*map(Column, table.columns), *DECLARED)
    rows = list(table_rows(answer, table.columns, table.rows))
    for name in FILES:
        at = work.file(name)
        at.write_bytes(table_file(at, columns, rows))
    work.file(MEMO).write_bytes(summary(answer, work.name).encode())
    work.finish(_in_short(answer))


def _in_short(answer: AuditAnswer) -> AuditSummary:
    """What a page shows: sums, reasons, and the entries that differ or have something to claim."""
    described = [
        row for row in answer["rows"]
        if row["status"] != "agrees" or row["refund"] or row["reasons"]
    ]  # fmt: skip
    return {
        "totals": answer["totals"],
        "basis": answer["basis"],
        "warnings": answer["warnings"],
        "entries": [
            {
                "id": row["id"],
                "code": row["code"],
                "on": row["on"],
                "status": row["status"],
                "declared": row["declared"],
                "owed": row["owed"],
                "difference": row["difference"],
                "refundable": row["refundable"],
                "why": row["why"],
            }
            for row in described[:SHOWN]
        ],
        "more": max(0, len(described) - SHOWN),
        "claims": [claim["text"] for row in described if (claim := row["refund"])][:SHOWN],
    }
