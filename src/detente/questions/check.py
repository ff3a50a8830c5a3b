"""A file of a firm's goods or partners: duty, waiting, other origins, lists, controlled items."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import STRICT, dates, day_parameters, output, sheet
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, Parameter
from detente.questions.rows import rows_of

if TYPE_CHECKING:
    from detente.answers.tables import FileChecked
    from detente.core.tables.reading import Noted
    from detente.questions.request import QuestionRequest

AHEAD = 365
"""Days ahead that are looked at where none are named."""


def _table(ask: QuestionRequest) -> Noted:
    """The rows that were given: a file, or each in words."""
    from pathlib import Path

    from detente.check.job import read_file

    file, rows = ask.text("file"), ask.texts("row")
    if bool(file) == bool(rows):
        named = f"{ask.spelled('file')}, or each row with {ask.spelled('row')}"
        raise ValueError(f"give rows to look over: {named}")
    if file:
        return read_file(Path(file), ask.text("encoding"), ask.text("sheet"))
    return rows_of(rows)


def _answer(ask: QuestionRequest) -> FileChecked:
    from detente.check.answer import CheckQuery, places_of
    from detente.check.job import look_over

    query = CheckQuery(
        ask.day.isoformat(),
        ask.today(),
        AHEAD if (ahead := ask.number("ahead")) is None else ahead,
        places_of(ask.text("origins")),
        ask.pairs("facts", "a fact"),
        ask.text("dates"),
    )
    found = look_over(ask.register, ask.schedule, _table(ask), ask.texts("column"), query)
    ask.beside["checked"] = found
    return found.answer


def _code(ask: QuestionRequest, answer: FileChecked) -> int:
    return 3 if ask.values["strict"] and answer["status"] != "ok" else 0


QUESTION = Question(
    "check",
    "A file of goods or partners: duty, timing, other origins, lists, controlled items.",
    (
        Parameter(
            "file",
            "goods or partners: .csv, .xlsx or .parquet",
            "A table of goods or partners.",
            metavar="FILE",
            spelled=("file",),
            where=PROGRAMS,
        ),
        Parameter(
            "row",
            "a row, in place of a file; repeat for each",
            "A row as KEY=VALUE between commas; once for each row.",
            "code=8507.60.00.10,origin=CN,value=10000",
            "KEY=VALUE,…",
            many=True,
        ),
        Parameter(
            "column",
            "what a column means, where its name does not tell; - to ignore it",
            "What a column means, as NAME=MEANING; once for each.",
            "Prod Code=code",
            "NAME=MEANING",
            many=True,
            where=PROGRAMS,
        ),
        Parameter(
            "ahead",
            "how many days ahead to look for a lower duty (default: 365)",
            "How many days ahead to look for a lower duty.",
            "365",
            "DAYS",
            kind="number",
            least=0,
        ),
        Parameter(
            "origins",
            "places to compare with (default: the largest suppliers)",
            "Places to compare with, between commas.",
            "VN,MX,IN",
            "CC,CC",
        ),
        Parameter(
            "facts",
            "a fact that holds for every row",
            "A fact of every row as KEY=VALUE.",
            "auto_part=false",
            "KEY=VALUE",
            many=True,
        ),
        dates("as the file tells, else such a day is refused")._replace(where=PROGRAMS),
        Parameter("encoding", "of a CSV file, such as GB18030", metavar="NAME", where=PROGRAMS),
        sheet(),
        output("write the report: .xlsx, .md, .csv, .parquet or .json"),
        STRICT,
        *day_parameters("the day of rows that name none"),
    ),
    _answer,
    """  detente check skus.xlsx -o report.xlsx
  detente check skus.csv --origins VN,MX,IN --on 2026-11-26
  detente check vendors.csv --encoding GB18030 --column 'Anbieter=supplier' -o report.md

columns are recognised by the names that customs reports, order systems and lists of vendors give
them: item, text, code, origin, on, value, quantity, unit, supplier, maker, buyer, consignee,
end_user, name, country, city, address, fact.KEY. What was made of each stands in the answer;
--column says it where a name does not. Other columns are kept as they stand and not read. Names are
screened as by `vendors screen`, by country, city and address too, and addresses alone as well.""",
    tool=None,
    code=_code,
    rows="columns",
    typed="tables.FileChecked",
)
