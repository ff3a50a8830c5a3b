"""What was declared beside what was owed, entry by entry, with the reasons."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import (
    JSON,
    KNOWN_ON,
    READING,
    REGISTER,
    SCENARIO,
    dates,
    encoding,
    output,
    sheet,
)
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, SHELL, Parameter
from detente.questions.rows import rows_of

if TYPE_CHECKING:
    from detente.answers.audit import AuditAnswer
    from detente.core.tables.reading import Noted
    from detente.questions.request import QuestionRequest


def table_of(ask: QuestionRequest) -> Noted:
    """The declared entries that were given: a file, or each row in words.

    Raises:
        ValueError: neither is given, or both are.
    """
    from pathlib import Path

    from detente.core.tables.reading import read_noted

    file, rows = ask.text("input"), ask.texts("row")
    if bool(file) == bool(rows):
        named = f"{ask.spelled('input')}, or each row with {ask.spelled('row')}"
        raise ValueError(f"give entries to audit: {named}")
    return (
        read_noted(Path(file), ask.text("encoding") or None, ask.text("sheet"))
        if file
        else rows_of(rows)
    )


def _answer(ask: QuestionRequest) -> AuditAnswer:
    return audited(ask, table_of(ask))


def audited(ask: QuestionRequest, table: Noted) -> AuditAnswer:
    """Declared entries beside what they owed."""
    from detente.applicability.entry_facts import EntryFacts
    from detente.audit.answer import Auditor
    from detente.audit.report import audited as judged

    ask.beside["table"] = table
    facts = ask.pairs("facts", "a fact")
    EntryFacts(ask.register.facts, facts)  # a mistyped fact is not a fault of the entries
    auditor = Auditor(ask.register, ask.schedule, ask.text("known_on") or None, facts)
    percent = bool(ask.values.get("percent"))
    return judged(auditor, table, dates=ask.text("dates"), percent=percent)


QUESTION = Question(
    "audit",
    "Declared entries against what they owed, with the reasons.",
    (
        Parameter(
            "input",
            "table with a header: .csv, .xlsx or .parquet",
            "A table of declared entries.",
            spelled=("input",),
            where=PROGRAMS,
        ),
        Parameter(
            "row",
            "a row, in place of a file; repeat for each",
            "A declared row as KEY=VALUE between commas; once for each row.",
            "code=8507.60.00.10,origin=CN,on=2025-11-12,value=10000,declared_amount=4840",
            "KEY=VALUE,…",
            many=True,
        ),
        output(
            "write .csv, .xlsx or .parquet (the rows with their findings), .json or .md"
        )._replace(many=True),
        Parameter("summary", "write a summary page to send", metavar="FILE.md", where=SHELL),
        JSON,
        Parameter(
            "facts",
            "a fact that holds for every entry",
            "A fact of every entry as KEY=VALUE.",
            "auto_part=false",
            "KEY=VALUE",
            many=True,
        ),
        KNOWN_ON._replace(help="judge with what was known at the end of this day"),
        Parameter(
            "percent",
            "rates without a percent sign are percentages",
            example="false",
            kind="flag",
        ),
        encoding("the input"),
        sheet(),
        dates("as the table tells, else the month first, as customs reports have it"),
        SCENARIO,
        READING,
        REGISTER,
    ),
    _answer,
    """  detente audit entries.csv
  detente audit entries.csv -o findings.csv --summary findings.md
  detente audit entries.csv --json --facts auto_part=false --known-on 2026-02-01

input columns: code, origin, on, declared_rate or declared_amount; optional id, line, value,
heading, quantity, unit, quantity2, unit2, fact.KEY. Rows of one id, code, origin and day are one
entry, a row a heading; a row that stands alone without a heading, or with several between
semicolons, declares totals.""",
    tool="A refund that is shown is a claim to examine, not money that is due: say `refund` and "
    "its days to the person who asks.",
    rows="rows",
    typed="audit.AuditAnswer",
)
