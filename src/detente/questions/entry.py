"""What a whole entry owes, to the cent: duty by line, fees, taxes and possible orders."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.cited import cited
from detente.questions.common import RECORD, STRICT, day_parameters, encoding, output, sheet
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, SHELL, Parameter

if TYPE_CHECKING:
    from detente.answers.entry import EntryAnswer
    from detente.entry.summary import Summary
    from detente.questions.request import QuestionRequest
    from detente.transaction.recorded import LedgerDraft

HEADER = (
    "entry_number", "entry_type", "entry_date", "import_date", "it_date", "withdrawal_date",
    "mode", "port",
)  # fmt: skip


def _summary(ask: QuestionRequest) -> Summary:
    """The entry that was given: a file, or lines."""
    from pathlib import Path

    from detente.entry.reading import of_file, of_lines

    header = {name: ask.text(name) for name in HEADER if ask.text(name)}
    file, lines = ask.text("file"), ask.texts("lines")
    if bool(file) == bool(lines):
        raise ValueError(
            f"give the entry: {ask.spelled('file')}, or each line with {ask.spelled('lines')}"
        )
    if file:
        return of_file(Path(file), header, ask.text("encoding") or None, ask.text("sheet"))
    return of_lines(lines, header)


def _answer(ask: QuestionRequest) -> EntryAnswer:
    from detente.entry.answer import answer_entry

    summary = _summary(ask)
    known_on = ask.text("known_on") or None
    return answer_entry(ask.register, ask.schedule, summary, ask.today(), known_on)


def _recorded(ask: QuestionRequest, answer: EntryAnswer) -> LedgerDraft:
    from detente.transaction.recorded import of_answer

    return of_answer("entry", answer)


def _code(ask: QuestionRequest, answer: EntryAnswer) -> int:
    from detente.core.coverage import SETTLED
    from detente.duty.coverage import NOT_COVERED

    if answer["status"] == NOT_COVERED:
        return 2
    return 3 if ask.values["strict"] and answer["status"] not in SETTLED else 0


def _day(name: str, help: str, example: str, *, apart: bool = False) -> Parameter:
    return Parameter(name, help, example=example, metavar="DAY", apart=apart)


QUESTION = Question(
    "entry",
    "What a whole entry owes, to the cent: duty by line, fees, taxes and possible orders.",
    (
        Parameter(
            "file",
            "one entry summary: .csv, .xlsx, .parquet or .json",
            "A file with one entry summary.",
            metavar="FILE",
            spelled=("file",),
            where=PROGRAMS,
        ),
        Parameter(
            "lines",
            "a line, in place of a file; repeat for each",
            "A line as KEY=VALUE between commas, or as a JSON object; once for each line.",
            "code=8507.60.00.10,origin=CN,value=10000,adcvd=none",
            "KEY=VALUE,…",
            many=True,
            spelled=("--line",),
        ),
        Parameter("entry_number", "number of the entry", example="ABC-1234567-8", metavar="NUMBER"),
        Parameter(
            "entry_type",
            "type of the entry summary: 01, 03, 06, 11, 31 … (default: 01, and the answer says so)",
            "Type of the entry summary, two digits; taken as 01 where left out.",
            "01",
            "TYPE",
        ),
        _day("entry_date", "day of entry (default: today)", "2025-11-12"),
        _day("import_date", "day of importation", "2025-11-10"),
        _day(
            "it_date",
            "day on which the immediate transportation entry was accepted",
            "2025-11-08",
            apart=True,
        ),
        _day("withdrawal_date", "day of withdrawal from warehouse", "2025-11-12", apart=True),
        Parameter(
            "mode",
            "how it arrived: ocean, air, truck, rail, mail … or the code of the form",
            "How the goods arrived: ocean, air, truck, rail, mail, or the code of the form.",
            "ocean",
            "MODE",
        ),
        Parameter("port", "port of entry", example="2704", metavar="PORT"),
        encoding("a table", SHELL),
        sheet(SHELL),
        output("write the lines: .csv, .xlsx, .parquet; or the answer: .json"),
        Parameter("why", "show reasons, sources and questions", kind="flag", where=SHELL),
        STRICT,
        RECORD,
        *day_parameters(""),
    ),
    cited(_answer),
    """  detente entry entry.csv
  detente entry entry.xlsx -o worked-out.xlsx --strict
  detente entry --entry-type 01 --entry-date 2025-11-12 --mode ocean \\
    --line code=8507.60.00.10,origin=CN,value=10000,adcvd=none

columns of a table, or keys of JSON: of the header (the same on every row) entry_number, entry_type,
entry_date, import_date, it_date, withdrawal_date, mode, port; of a line line, code, origin, value;
optional heading (of chapters 98 and 99), quantity, unit, quantity2, unit2, fact.KEY, base,
zone_status, admission_date, adcvd (none, or cases between semicolons), adcvd_rate, adcvd_deposit,
tax, cotton_fee, other_fees (dollars), mpf_exempt. Names of the customs service's reports are known.
Entered value is in whole dollars. A total that is null is not known: `missing` says what it waits
for, and totals.known has the rest.""",
    tool="`totals.owed` of null is not known, never zero: say `missing` to the person who asks. "
    "An order under `adcvd` is possible by code and origin alone; its scope decides.",
    recorded=_recorded,
    code=_code,
    rows="lines",
    typed="entry.EntryCited",
)
