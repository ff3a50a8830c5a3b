"""Looking a file over: for the shell, and in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.check.answer import CheckedFile, CheckQuery, OtherNames, Progress, check_table
from detente.check.columns import recognise, stated_columns
from detente.core.tables.encodings import encoding_of
from detente.core.tables.reading import Noted, read_noted
from detente.parties.masters.columns import ColumnPlaces, as_before_screening, was_screened
from detente.parties.masters.further_columns import FurtherColumns

if TYPE_CHECKING:
    from detente.check.columns import Recognised
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.store.jobs.work import Work

STEPS = 4
FURTHER = "further_name"
"""What a column means whose names were screened though they have no role here."""

REPORTS = ("report.xlsx", "report.md", "rows.csv")


def read_file(path: Path, encoding: str = "", sheet: str = "") -> Noted:
    """The rows of a file; the encoding of a text is found where none is named.

    Those of a table that was screened have their cells as they were before.
    """
    found = read_noted(path, encoding or encoding_of(path) or None, sheet)
    if not was_screened(found.columns):
        return found
    cells = (as_before_screening(found.columns, list(row.values())) for row in found.rows)
    rows = [dict(zip(found.columns, each, strict=True)) for each in cells]
    return found._replace(rows=rows)


def look_over(
    register: Register,
    schedule: Schedule,
    table: Noted,
    stated: Sequence[str],
    query: CheckQuery,
    progress: Progress = lambda done, doing: None,
) -> CheckedFile:
    """Look a table over; see ``check_table``.

    Args:
        register: the register asked.
        schedule: the goods schedule.
        table: the table.
        stated: what its columns mean, where their names do not say, as NAME=MEANING.
        query: what is asked.
        progress: is told how many steps are done, and what is being done.
    """
    of_columns = stated_columns(stated)
    read = recognise(table.columns, of_columns)
    left = [each for each in read.unread if each not in of_columns]
    further = FurtherColumns(left, ColumnPlaces(None, None, None))
    names = OtherNames(left, further)
    found = check_table(
        register, schedule, table.columns, table.rows, read, query, progress, names
    )  # fmt: skip
    if read.names_parties:
        for column in found.answer["columns"]:
            if column["column"] in further.screened:
                column["meaning"] = FURTHER
    found.answer["notes"][:0] = [*table.notes, *_further(further, read)]
    return found


def _further(further: FurtherColumns, read: Recognised) -> Iterator[str]:
    """What is said of columns that have no meaning here, and that seem to hold names of parties."""
    unread = list(further.unread)
    if read.names_parties and further.screened:
        yield (
            f"{', '.join(further.screened)}: the names that stand there were screened, too; of a "
            "hit the row says in which column it is."
        )
    elif further.screened:
        unread = [*further.screened, *unread]
    if unread:
        yield (
            f"{', '.join(unread)}: what stands there was not screened; where it names parties, "
            "say what the column means, such as name, maker or end_user."
        )


def check(work: Work) -> None:
    """The job: look over the file that was sent, and write the reports."""
    from detente.check.report import report
    from detente.goods.schedule import Schedule
    from detente.scenario.opened import law_of

    options = work.options
    work.progress(0, STEPS, "reading the table")
    table = read_file(work.source, options.get("encoding", ""), options.get("sheet", ""))
    work.budget.check_rows(len(table.rows), len(table.columns))
    query = CheckQuery(
        options["on"], options["today"], int(options["ahead"]),
        tuple(filter(None, options["origins"].split(","))), {},
    )  # fmt: skip
    tell: Callable[[int, str], None] = lambda done, doing: work.progress(done, STEPS, doing)  # noqa: E731
    stated = [each for each in options["column"].split("\n") if each.strip()]
    found = look_over(law_of(options), Schedule(), table, stated, query, tell)
    for name in REPORTS:
        at = work.file(name)
        at.write_bytes(report(at, found))
    work.finish(found.answer)
