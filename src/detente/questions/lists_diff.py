"""What changed on the lists between two days: who came, went, was changed or suspended."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import FOUND_OUT, JSON, encoding, first_day, last_day, sheet
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, Parameter

if TYPE_CHECKING:
    from detente.answers.parties import ListDifference, ListedChange
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> ListDifference:
    from detente.parties.screening.list_changes import changes_between, met_by
    from detente.parties.screening.list_rows import check_lists
    from detente.register.country_words import stated_day

    if given := [name for name in ("encoding", "sheet") if ask.text(name) and not ask.text("file")]:
        raise ValueError(f"{' and '.join(given)}: of a table of names; name it as file")
    first, last = (ask.text(name) or ask.today() for name in ("from", "to_date"))
    for name, day in (("from", first), ("to_date", last)):
        stated_day(day, name)
    lists = {word.upper() for text in ask.texts("list") for word in text.replace(",", " ").split()}
    check_lists(lists, ask.today())
    found = changes_between(first, last, lists)
    rows: list[ListedChange] = [each.row() for each in found.changes]
    if ask.text("file"):
        met = met_by(dict.fromkeys(_names(ask)), found, first, last)
        rows = [{"name": name, **each.row()} for name, each in met]
    return {"from": first, "to": last, "compared": found.compared, "changes": rows,
            "coverage": found.unread}  # fmt: skip


def _names(ask: QuestionRequest) -> list[str]:
    """The names of a table, whose column is found as in any table of partners.

    Raises:
        ValueError: it has no column that is known to hold names, or a row cannot be read.
    """
    from pathlib import Path

    from detente.core.tables.reading import TableError
    from detente.parties.masters.columns import (
        as_before_screening,
        check_are_names,
        columns_called,
        find_columns,
        open_master,
    )
    from detente.parties.masters.further_columns import FurtherColumns

    path, names, further = ask.text("file"), [], []
    with open_master(Path(path), ask.text("encoding"), ask.text("sheet")) as (rows, _):
        try:
            columns = find_columns(rows)
        except TableError:
            raise
        except ValueError as error:
            raise _unnamed(path, error) from error
        if columns.name is None:
            raise ValueError(
                f"{path} has addresses alone, and changes are told by names: call the column of "
                "the names `name`"
            )
        more = FurtherColumns(rows.columns, columns)
        for row, misfit in rows.fitted():
            if misfit:
                raise ValueError(f"{path}, {misfit}")
            if why := rows.valueless.get((rows.row, columns.name), ""):
                raise ValueError(f"{path}, row {rows.row}: the cell of the name {why}")
            plain = as_before_screening(rows.columns, row)
            names.append(columns.name_of(plain))
            further += [each.name for each in more.of(plain) if not each.is_part]
        try:
            if columns_called(rows.columns) is None:
                check_are_names(columns.names_in(rows.columns), names)
        except ValueError as error:
            raise _unnamed(path, error) from error
    return [each for each in (*names, *further) if each.strip()]


def _unnamed(path: str, error: ValueError) -> ValueError:
    """That a table has no column of names; this question has no option that names one."""
    return ValueError(f"{path}: {str(error).rpartition(': ')[0]}: call the one of the names `name`")


QUESTION = Question(
    "lists diff",
    "Who was added, removed, changed and suspended between two days.",
    (
        Parameter(
            "list",
            "short names of lists, such as EL or UFLPA (default: all)",
            example="EL",
            metavar="LIST",
            many=True,
            spelled=("list",),
        ),
        first_day("the first day", needed=True)._replace(
            example="2026-07-01", unless=("since_ledger",)
        ),
        last_day("default: today")._replace(example="2026-08-01"),
        Parameter(
            "file",
            "names, as a table of partners has them: show only what concerns them",
            metavar="FILE",
            where=PROGRAMS,
        ),
        encoding("the file", usual=FOUND_OUT),
        sheet(),
        JSON,
    ),
    _answer,
    """  detente lists diff --from-date 2025-09-01 --to-date 2026-07-31
  detente lists diff EL UFLPA --from-date 2026-01-01 --to-date 2026-08-11 --json
  detente lists diff --from-date 2026-07-01 --to-date 2026-08-11 --file customers.csv
  detente lists diff --since-ledger
  detente lists diff --since-ledger 12 --json""",
    tool="Lists that are not under `compared` were not compared. Those under `coverage` were not "
    "read whole for both days: others may have changed.",
    rows="changes",
    typed="parties.ListDifference",
)
