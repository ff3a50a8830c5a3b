"""``detente screen --file``: every row of a table, with the listed parties that it may be."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.cli.output_file import JSON
from detente.questions.screen import list_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TextIO

    from detente.core.tables.columns import Column
    from detente.core.tables.reading import TableRows
    from detente.parties.masters.columns import ColumnPlaces
    from detente.parties.screening.hits import NameHit
    from detente.parties.screening.list_coverage import ListsCoverage
    from detente.parties.screening.queries import NameQuery
    from detente.parties.screening.rows import WrittenRows
    from detente.parties.screening.store import Screen
    from detente.questions.request import QuestionRequest
    from detente.register.book import Register


OF_FILE = {"output": "-o", "columns": "--columns", "encoding": "--encoding", "sheet": "--sheet"}
"""Options that names on the command line have no use for."""


def screen_file(request: QuestionRequest) -> int | None:
    """Screen every row of a file; None where names are given.

    Raises:
        ValueError: both are given, or neither.
    """
    asked = bool(request.texts("name") or (request.text("address") and not request.text("file")))
    if asked == bool(request.text("file")):
        raise ValueError("name either parties (or an --address alone), or a file with --file")
    if not request.text("file"):
        if request.values["follows"]:
            raise ValueError(
                "--follows is of a file: of one party `detente party` says what follows"
            )
        given = [option for name, option in OF_FILE.items() if request.text(name)]
        if given:
            raise ValueError(
                f"{', '.join(given)}: of a file alone; put the names into one with a column `name` "
                "and give it by --file, or print the answer as JSON with --json"
            )
        return None
    if request.text("address"):
        raise ValueError(
            "--address is of a name on the command line: a file has a column `address`"
        )
    if request.values["record"]:
        raise ValueError("--record is for names on the command line: a file is its own record")

    from detente.parties.screening.queries import known_country
    from detente.parties.screening.store import Screen

    screen = Screen(list_day(request), request.today(), request.text("reading"))
    country, top = known_country(request.text("country") or None), request.number("top") or 1
    return _file(screen, request, country, top)


def _file(screen: Screen, request: QuestionRequest, country: str | None, top: int) -> int:
    from detente.core.tables.columns import Column, chosen
    from detente.core.tables.encodings import GUESSED
    from detente.core.tables.writing import CSV, DELIMITERS, KINDS, kind_of
    from detente.parties.masters.columns import (
        addresses_alone,
        columns_called,
        open_master,
        refuse_slips_beside,
    )
    from detente.parties.screening.rows import output_columns, own_columns

    path, output = request.text("file"), request.text("output") or None
    follows = bool(request.values["follows"])
    shown_json = bool(request.values["json"])
    kind = CSV if output is None else kind_of(Path(output), (*KINDS, JSON))
    # Lines are written as they are, and cells where anything else is made of them.
    delimiter = "" if shown_json else DELIMITERS.get(kind, "")
    stated, sheet = request.text("encoding"), request.text("sheet")
    with open_master(Path(path), stated, sheet) as (rows, encoding):
        columns = rows.columns
        places = columns_called(columns) or addresses_alone(columns)
        if places is None:
            raise ValueError(
                f"{path} has no column `name`, but {', '.join(columns[:8])}: rename the one of the "
                "names, or use `detente vendors screen`, which finds it"
            )
        try:
            refuse_slips_beside(columns, places)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
        added = output_columns(top, follows)
        written = (*own_columns(columns, added), *added)
        shown, picked = chosen([Column(name, "") for name in written], request.text("columns"))
        register = request.register if follows else None
        table = NamesFile(rows, places, country, top, picked, delimiter, register)
        with ExitStack() as targets:
            adds = list(_targets(targets, output, kind, shown, shown_json, bool(delimiter)))
            found = _rows(screen, table, lambda part: [add(part) for add in adds])
            if encoding == GUESSED[-1] and not stated:
                guess = (
                    f"The text is read as {encoding.upper()}: if it is none, name its --encoding."
                )
                found = found._replace(notes=[guess, *found.notes])
            for add in adds:
                if isinstance(add, JsonRows):
                    add.end(found)
    _tell(found)
    return 0


def _targets(
    targets: ExitStack,
    output: str | None,
    kind: str,
    columns: Sequence[Column],
    shown_json: bool,
    by_lines: bool,
) -> Iterator[Callable[[WrittenRows], object]]:
    """What takes the rows that are screened: the file, or standard output where none is named.

    Args:
        targets: closes them.
        output: the file; None for none.
        kind: of it.
        columns: that are wanted.
        shown_json: whether all is printed as JSON, too.
        by_lines: whether rows come as lines, and not as cells.
    """
    from detente.core.tables.writing import csv_lines, open_lines, open_target
    from detente.store.whole import written_whole

    if shown_json:
        yield JsonRows(sys.stdout, columns)
    if output is None:
        if not shown_json:
            sys.stdout.write(csv_lines([[column.name for column in columns]]))
            yield lambda part: sys.stdout.write(part.text)
        return
    beside = targets.enter_context(written_whole(output))
    if kind == JSON:
        yield JsonRows(targets.enter_context(beside.open("w", encoding="utf-8")), columns)
    elif by_lines:
        target = targets.enter_context(open_lines(beside, kind, columns))
        yield lambda part: target.write(part.text)
    else:
        put = targets.enter_context(open_target(beside, kind, columns))
        yield lambda part: [put(row) for row in part.rows]


class JsonRows:
    """Rows as JSON, an object each by its columns, written as they are screened."""

    def __init__(self, target: TextIO, columns: Sequence[Column]) -> None:
        """Begin with none.

        Args:
            target: where they are written.
            columns: of a row.
        """
        self._target, self._names = target, [each.name for each in columns]
        self._before = self._begin = '{\n  "rows": ['

    def __call__(self, part: WrittenRows) -> None:
        """Write some rows."""
        from json import dumps

        for row in part.rows:
            cells = dumps(dict(zip(self._names, row, strict=True)), ensure_ascii=False)
            self._target.write(f"{self._before}\n    {cells}")
            self._before = ","

    def end(self, found: FoundRows) -> None:
        """Write what came of all of them."""
        from json import dumps

        described = {
            "on": found.day,
            "reading": found.read.reading,
            "statuses": dict(sorted(found.statuses.items())),
            "standing_unknown": found.unsure,
            "notes": found.notes,
            "coverage": list(found.read.rows),
            "beside": list(found.read.beside),
        }
        rest = dumps(described, ensure_ascii=False, indent=2).removeprefix("{\n")
        begun = "" if self._before != self._begin else self._begin
        self._target.write(f"{begun}\n  ],\n{rest}\n")


class FoundRows(NamedTuple):
    """What came of the rows of a file.

    Attributes:
        statuses: rows of each status.
        without: rows whose country was not understood.
        day: that was asked about, ISO.
        read: how the lists were read.
        notes: what is said of the columns and cells of the file, a sentence each.
        unsure: rows without a hit that may be a listed party of which it is not known how it
            stands.
        named: those of them that have its very name.
    """

    statuses: dict[str, int]
    without: int
    day: str
    read: ListsCoverage
    notes: list[str]
    unsure: int
    named: int


class NamesFile(NamedTuple):
    """A file that is screened.

    Attributes:
        rows: its rows, read as they are screened.
        places: the columns that are read.
        country: where the parties are whose row does not say.
        top: hits shown of a row.
        picked: what picks the columns that are wanted of all cells of a row.
        delimiter: between cells of a line that is written; empty for a file without lines.
        register: says what follows of a hit, where that is asked for.
    """

    rows: TableRows
    places: ColumnPlaces
    country: str | None
    top: int
    picked: Callable[[Sequence[str]], Sequence[str]]
    delimiter: str
    register: Register | None


def _follows(register: Register, screen: Screen, read: ListsCoverage) -> Callable[[NameHit], str]:
    """What says what follows of a hit, on the day that is asked about."""
    from functools import partial

    from detente.parties.masters.following import of_hit, rules_of

    return partial(of_hit, read, rules_of(register, screen.counting, screen.day))


def _rows(screen: Screen, table: NamesFile, add: Callable[[WrittenRows], object]) -> FoundRows:
    from detente.cli.parties.show_screen import columns_read
    from detente.parties.masters.columns import as_before_screening
    from detente.parties.masters.further_columns import FurtherColumns
    from detente.parties.screening.crowd import screen_parts
    from detente.parties.screening.list_coverage import screened
    from detente.parties.screening.queries import query_of
    from detente.parties.screening.rows import RowsWriter

    rows, places = table.rows, table.places
    name, address = places.name_of, places.address_of

    further = FurtherColumns(rows.columns, places)

    def queries() -> Iterator[NameQuery]:
        for row, misfit in rows.fitted():
            if misfit:  # its cells may stand under other columns: nothing is read of them
                yield query_of("", "", "", None, tuple(row), "", misfit)
                continue
            place = None if places.country is None else row[places.country]
            town = None if places.city is None else row[places.city]
            why = "" if places.name is None else rows.valueless.get((rows.row, places.name), "")
            unread = f"the cell of the name {why}" if why else ""
            plain, kept = as_before_screening(rows.columns, row), tuple(row)
            yield query_of(
                name(plain), place, town, table.country, kept, address(plain), unread,
                further.of(plain),
            )  # fmt: skip

    count: dict[str, int] = {}
    tell = sys.stderr.isatty()
    read = screened(screen)
    follows = None if table.register is None else _follows(table.register, screen, read)
    compose = RowsWriter(read, table.top, table.picked, table.delimiter, follows)
    done = without = unsure = named = 0
    for part in screen_parts(screen, queries(), table.top, compose):
        add(part)
        without, unsure, named = without + part.noted, unsure + part.unsure, named + part.named
        for status, number in part.statuses.items():
            count[status] = count.get(status, 0) + number
            done += number
        if tell:
            print(f"\r{done} names", end="", file=sys.stderr)
    if tell:
        print("\r", end="", file=sys.stderr)
    read_as = places.names_in(rows.columns), places.addresses_in(rows.columns)
    notes = (
        [] if read_as[0] else [f"No column of names: screened by the addresses in {read_as[1]}."]
    )
    notes += columns_read(*read_as, further.screened, further.unread)
    notes += [f"{note[:1].upper()}{note[1:]}." for note in rows.notes]
    return FoundRows(count, without, screen.day, read, notes, unsure, named)


def _tell(found: FoundRows) -> None:
    """Say on standard error what came of the rows, once they are written."""
    from detente.cli.parties.show_screen import rows_without_country, show_coverage
    from detente.core.figures import counted

    statuses, without, day, read, notes, unsure, named = found
    counts = ", ".join(f"{number} {status}" for status, number in sorted(statuses.items()))
    print(f"{sum(statuses.values())} rows: {counts or 'none'}", file=sys.stderr)
    if unsure:
        few = f", {named} by its very name" if named else ""
        rows = counted(unsure, "row")
        print(f"{rows} without a hit may be a listed party{few}: how it stands is not known "
              "(`standing`), so look at these, too.", file=sys.stderr)  # fmt: skip
    for note in notes:
        print(note, file=sys.stderr)
    if without:
        print(rows_without_country(without), file=sys.stderr)
    print(show_coverage(day, read.rows, read.beside), file=sys.stderr)
