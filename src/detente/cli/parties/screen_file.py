"""``detente screen --file``: every row of a table, with the listed parties that it may be."""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.vocabulary import refuse_slips
from detente.questions.screen import list_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from detente.core.tables.reading import TableRows
    from detente.parties.screening.screening import NameQuery
    from detente.parties.screening.store import Screen
    from detente.questions.request import QuestionRequest

COLUMNS = ("name", "id", "country", "city")
"""Columns of a file that are read, and one that names its rows."""


def screen_file(request: QuestionRequest) -> int | None:
    """Screen every row of a file; None where names are given.

    Raises:
        ValueError: both are given, or neither.
    """
    if bool(request.texts("name")) == bool(request.text("file")):
        raise ValueError("name either parties, or a file with --file")
    if not request.text("file"):
        return None
    if request.values["record"]:
        raise ValueError("--record is for names on the command line: a file is its own record")

    from detente.parties.screening.screening import known_country
    from detente.parties.screening.store import Screen

    screen = Screen(list_day(request), request.today())
    country, top = known_country(request.text("country") or None), request.number("top") or 1
    return _file(screen, request, country, top)


def _file(screen: Screen, request: QuestionRequest, country: str | None, top: int) -> int:
    from detente.core.tables.cells import csv_safe
    from detente.core.tables.columns import Column, chosen
    from detente.core.tables.writing import cell_text, csv_writer
    from detente.parties.screening.rows import check_free, output_columns

    path, output = request.text("file"), request.text("output") or None

    from detente.core.tables.reading import open_table
    from detente.core.tables.writing import CSV, kind_of, open_target

    kind = CSV if output is None else kind_of(Path(output))
    with open_table(Path(path), request.text("encoding") or None) as rows:
        columns = rows.columns
        if "name" not in columns:
            raise ValueError(f"{path} has no column `name`, but {', '.join(columns[:8])}")
        try:
            refuse_slips(columns, COLUMNS)
            check_free(columns, top)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
        table, added = NamesFile(rows, country, top), (*columns, *output_columns(top))
        shown, picked = chosen([Column(name, "") for name in added], request.text("columns"))
        if output is None:
            writer = csv_writer(sys.stdout)
            writer.writerow(csv_safe(column.name) for column in shown)
            return _rows(
                screen, table, lambda row: writer.writerow(map(cell_text, picked(tuple(row))))
            )
        from detente.store.whole import written_whole

        with written_whole(output) as beside, open_target(beside, kind, shown) as add:
            return _rows(screen, table, lambda row: add(picked(tuple(row))))


class NamesFile(NamedTuple):
    """A file that is screened.

    Attributes:
        rows: its rows, read as they are screened.
        country: where the parties are whose row does not say.
        top: hits shown of a row.
    """

    rows: TableRows
    country: str | None
    top: int


def _rows(screen: Screen, table: NamesFile, add: Callable[[Iterable[object]], object]) -> int:
    from detente.parties.screening.crowd import screen_all
    from detente.parties.screening.list_coverage import screened
    from detente.parties.screening.rows import as_cells, output_columns
    from detente.parties.screening.screening import query_of

    added = output_columns(table.top)
    # Names are read ahead of their answers, which come in order; rows wait here for theirs.
    waiting: deque[dict[str, str]] = deque()

    def queries() -> Iterator[NameQuery]:
        for row in table.rows.by_column():
            waiting.append(row)
            yield query_of(row["name"], row.get("country"), row.get("city"), table.country)

    count: dict[str, int] = {}
    tell = sys.stderr.isatty()
    read = screened(screen)
    answers = screen_all(screen, queries(), table.top, as_cells(read))
    for number, cells in enumerate(answers, 1):
        row = waiting.popleft()
        count[cells[0]] = count.get(cells[0], 0) + 1
        missing = [""] * (len(added) - len(cells))
        add((*row.values(), *cells, *missing))
        if tell and number % 500 == 0:
            print(f"\r{number} names", end="", file=sys.stderr)
    if tell:
        print("\r", end="", file=sys.stderr)
    counts = ", ".join(f"{number} {status}" for status, number in sorted(count.items()))
    print(f"{sum(count.values())} rows: {counts or 'none'}", file=sys.stderr)
    from detente.cli.parties.show_screen import show_coverage

    print(show_coverage(screen.day, read.rows), file=sys.stderr)
    return 0
