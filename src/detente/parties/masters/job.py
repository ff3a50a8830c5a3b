"""Screening a table of partners from a file: for the shell, and in the background."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.collector import without_collector
from detente.parties.masters.columns import (
    COLUMNS,
    FIRST_ROW,
    as_before_screening,
    check_are_names,
    find_columns,
    open_master,
)
from detente.parties.masters.decisions import Decisions
from detente.parties.masters.following import rules_of
from detente.parties.masters.further_columns import FurtherColumns
from detente.parties.masters.hits import HITS, hits_written
from detente.parties.masters.screened import (
    RowHits,
    ScreenedRow,
    counted,
    screen_master,
    table_of,
)
from detente.parties.masters.stored import (
    Master,
    Masters,
    RowChange,
    body_of,
    changes,
    new_id,
    news_of,
    state_of,
)
from detente.store.jobs.budget import CORES

if TYPE_CHECKING:
    from typing import TypedDict

    from detente.answers.shared import Coverage
    from detente.parties.screening.store import Screen
    from detente.register.book import Register
    from detente.store.jobs.work import Work

    class MasterChange(TypedDict):
        """A row to which a party came, from which one went, or of which something else is new."""

        row: int
        name: str
        came: tuple[str, ...]
        went: tuple[str, ...]
        lapsed: str
        stands: str

    class MasterSummary(TypedDict):
        """What a page shows of a table; a row that is shown has its cells by ``columns`` too.

        ``column`` and ``addresses`` are the headings of names and addresses, several with " + "
        between them; ``further`` those of further names, which were screened; ``unread`` those that
        seem to hold such, too, and were not read; ``read`` says
        what was read into cells. ``counts`` are all rows by status, ``without`` those without a
        hit; ``related`` counts those of them whose name is related to a listed party, ``beside``
        are the first of these, ``unwritten`` says which file there is not and why, ``unresolved``
        those that could not be screened, ``alike`` how many other kept tables have its name,
        ``notes`` the first of the ``noted`` rows whose country
        was not understood.
        """

        rows: int
        counts: dict[str, int]
        column: str
        addresses: str
        further: list[str]
        unread: list[str]
        read: list[str]
        heading: int
        encoding: str
        day: str
        reason: str
        unwritten: str
        hits: int
        without: dict[str, int]
        related: int
        beside: list[dict[str, object]]
        noted: int
        notes: list[dict[str, object]]
        unresolved: list[dict[str, object]]
        columns: list[str]
        shown: list[dict[str, object]]
        kept: str
        alike: int
        before: str
        new: list[MasterChange]
        changed: int
        coverage: list[Coverage]


SHOWN = 300
"""Rows of which a page shows what was found; the files have them all."""

CHECKED = 10_000
"""Rows that are read before their number is checked again."""

LOOKED = "looking up names"


class ScreenedTable(NamedTuple):
    """A table with what was found.

    Attributes:
        headings: of the table.
        heading: the row in which they stand.
        rows: its cells, by their place in the file; see ``ScreenedRow``.
        column: the heading of the names; several are joined by " + ".
        addresses: that of the addresses, likewise; "" for none.
        further: headings of further names, which were screened.
        unread: headings that seem to hold names or addresses, too, and were not read.
        notes: what was read into cells; see ``TableRows``.
        encoding: in which a text was read; "" for a workbook.
        found: by consequence, the gravest first.
    """

    headings: list[str]
    heading: int
    rows: dict[int, list[str]]
    column: str
    addresses: str
    further: list[str]
    unread: list[str]
    notes: list[str]
    encoding: str
    found: list[ScreenedRow]


def answer(
    path: Path,
    screen: Screen,
    register: Register,
    decisions: Decisions,
    today: str,
    how: Master,
    check: Callable[[int, int], None] | None = None,
    tell: Callable[[int, int], None] | None = None,
    keep: Callable[[RowHits, ScreenedRow], object] | None = None,
    processes: int | None = None,
) -> ScreenedTable:
    """Read a table and screen it.

    Args:
        path: the file.
        screen: the lists.
        register: what says what follows of them.
        decisions: what was decided so far.
        today: ISO day on which decisions count.
        how: the encoding, the sheet, the column of names and the country of rows without one.
        check: refuses too many rows and columns.
        tell: is told how many rows of how many are done.
        keep: takes the hits of each row that has any, and the row.
        processes: how many work; None for one a core.

    Raises:
        ValueError: the table cannot be read, has no row, or no column holds names.
    """
    with open_master(path, how.encoding, how.sheet) as (table, encoding):
        columns = find_columns(table, how.column)
        headings, heading = list(table.columns), table.heading
        rows: dict[int, list[str]] = {}
        unread: dict[int, str] = {}
        misfits: dict[int, str] = {}
        for cells, misfit in table.fitted():
            rows[table.row - FIRST_ROW] = as_before_screening(headings, cells)
            if misfit:
                misfits[table.row - FIRST_ROW] = misfit
            elif columns.name is not None and (table.row, columns.name) in table.valueless:
                why = table.valueless[table.row, columns.name]
                unread[table.row - FIRST_ROW] = f"the cell of the name {why}"
            if check is not None and len(rows) % CHECKED == 0:
                check(len(rows), len(headings))
        if check is not None:
            check(len(rows), len(headings))
    if not rows:
        raise ValueError(
            f"the table has no row below its headings ({', '.join(filter(None, headings[:12]))}): "
            "nothing was screened; write one below them"
        )
    if 2 * len(misfits) > len(rows):
        raise ValueError(f"{path}, {next(iter(misfits.values()))}")
    if not how.column and columns.name is not None:
        check_are_names(columns.names_in(headings), map(columns.name_of, rows.values()))
    total = len(rows)
    if tell is not None:
        tell(0, total)  # the lists are opened before the first row is done
    rules = rules_of(register, screen.counting, screen.day)
    described = None if tell is None else lambda done: tell(done, total)
    further = FurtherColumns(headings, columns)
    found = screen_master(
        screen, columns, rows, rules, decisions, today, how.country, described, keep, processes,
        unread, misfits, further,
    )  # fmt: skip
    return ScreenedTable(
        headings, heading, rows, columns.names_in(headings), columns.addresses_in(headings),
        further.screened, further.unread, table.notes, encoding, found,
    )  # fmt: skip


TEXT, WORKBOOK = "screened.csv", "screened.xlsx"
"""Files of all rows that a job writes."""


def screen(work: Work) -> None:
    """The job: screen the file that was sent, or a table that is kept, and write what was found."""
    from detente.core.tables.writing import table_file
    from detente.parties.screening.store import Screen
    from detente.scenario.opened import law_of

    today = work.options.get("today") or datetime.now(UTC).date().isoformat()
    masters, path = Masters(), work.source
    how = Master(
        "", work.name, work.options.get("encoding", ""), work.options.get("column", ""),
        work.options.get("country", ""), sheet=work.options.get("sheet", ""),
    )  # fmt: skip
    stored = work.options.get("master", "")
    if stored:
        # An attempt that was interrupted may have written down what it found: what is new is new
        # since the screening before this job.
        how = state_of(work.part("before", lambda: body_of(masters.get(stored))))
        path = masters.table(how)
    screen = Screen(work.options.get("on") or None, today)
    work.progress(0, 0, "reading the table")
    decisions = Decisions()
    with (
        hits_written(work.beside(HITS), decisions, today) as keep,
        work.alone(),
        without_collector(),
    ):
        done = answer(
            path,
            screen,
            law_of(work.options),
            decisions,
            today,
            how,
            work.budget.check_rows,
            lambda at, total: work.progress(at, total, LOOKED),
            keep,
            min(CORES, os.cpu_count() or 1),
        )
    new: Sequence[RowChange] = (
        changes(how, done.found, news_of(how, screen)) if how.screened else ()
    )
    before = how.screened
    columns, rows = table_of(done.headings, done.rows, done.found)
    whole = list(rows)
    unwritten = ""
    for name in (TEXT, WORKBOOK):
        work.progress(len(whole), len(whole), f"writing {name}")
        at = work.file(name)
        try:
            at.write_bytes(table_file(at, columns, whole))
        except ValueError as error:
            if name == TEXT:
                raise
            # A workbook takes less than a text, which has all rows.
            unwritten = f"there is no {name}: {error}"
    if not stored and work.options.get("keep"):
        id_ = work.part("id", lambda: new_id().encode()).decode()
        how = masters.keep(work.name, path, how, id_)
    if how.id:
        how = masters.remember(how, screen.day, screen.read(), done.found)
    work.finish(summary(done, screen, how, before, new, unwritten))


def summary(
    done: ScreenedTable,
    screen: Screen,
    how: Master,
    before: str,
    new: Sequence[RowChange],
    unwritten: str,
) -> MasterSummary:
    """What a page shows of a table."""
    from detente.parties.screening.list_coverage import screened

    read = screened(screen)
    shown = [each for each in done.found if each.parties][:SHOWN]
    beside = [each for each in done.found if each.related and not each.parties]
    return {
        "rows": len(done.rows),
        "counts": counted(done.found),
        "column": done.column,
        "addresses": done.addresses,
        "further": done.further,
        "unread": done.unread,
        "read": done.notes,
        "heading": done.heading,
        "encoding": done.encoding,
        "day": screen.day,
        "reason": read.reason,
        "unwritten": unwritten,
        "hits": sum(1 for each in done.found if each.parties),
        "without": counted(each for each in done.found if not each.parties),
        "related": len(beside),
        "beside": [
            {"row": each.row, "name": each.name, "country": each.country, "why": each.related}
            for each in beside[:SHOWN]
        ],
        "noted": sum(bool(each.note) for each in done.found),
        "notes": _first((each, each.note) for each in done.found if each.note),
        "unresolved": _first(
            (each, each.reason) for each in done.found if each.status == "unresolved"
        ),
        "columns": list(COLUMNS),
        "shown": [each.by_column() for each in shown],
        "kept": how.id,
        "alike": Masters().alike(how) if how.id else 0,
        "before": before,
        "new": [
            {
                "row": each.row,
                "name": each.name,
                "came": each.came,
                "went": each.went,
                "lapsed": each.lapsed,
                "stands": each.stands,
            }
            for each in new[:SHOWN]
        ],
        "changed": len(new),
        "coverage": list(read.rows),
    }


def _first(rows: Iterable[tuple[ScreenedRow, str]]) -> list[dict[str, object]]:
    """The first rows of some, each with why it is told."""
    return [{"row": each.row, "name": each.name, "why": why} for each, why in islice(rows, SHOWN)]
