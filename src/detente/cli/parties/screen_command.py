"""``detente screen``: which entries of the lists a name may be."""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.cli.options import parser, today
from detente.cli.parties.lists_command import checked_day
from detente.cli.recording import add_record_option
from detente.core.vocabulary import refuse_slips
from detente.parties.screening.answer import answer_screen

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator

    from detente.core.tables.reading import Rows
    from detente.parties.screening.screening import Asked
    from detente.parties.screening.store import Screen

EXAMPLES = """  detente screen "Huawei Technologies"
  detente screen 华为技术有限公司 --json
  detente screen --file partners.csv -o hits.csv --country CN

input columns: name; optional id, country, city; any others are kept. The same rows come out, in
their order, with `status`, `reason`, `screened` (each list with its day and state), `score`,
`entry`, `list`, `listed_name`, `why`, `lists`, `standing`, `listed_on`; with --top 3 the second and
third party follow as `score_2`, `entry_2`, and so on. A country explains and orders hits; a city
counts where only the listed name has one.
status: hit; clear (every list was read whole for the day); partly (no hit in what was read);
not_screened (a list begins after the day); unresolved (no name). A hit is a reason to look, not a
finding; several lists of one party are one hit, the strictest first."""

COLUMNS = ("name", "id", "country", "city")
"""Columns of a file that are read, and one that names its rows."""

SHOWN = 10
"""Hits shown of a name; of a row of a file, one."""


def run(words: list[str]) -> int:
    """Screen names, or every row of a file."""
    options = parser("screen", "Which entries of the lists a name may be, and why.", EXAMPLES)
    options.add_argument("names", nargs="*", metavar="NAME")
    options.add_argument("--file", help="table with a column `name`: .csv, .xlsx or .parquet")
    options.add_argument("-o", "--output", help="table to write (default: standard output, CSV)")
    options.add_argument("--encoding", help="of the file (default: by its mark, else UTF-8)")
    options.add_argument("--country", metavar="CC", help="where the party is")
    options.add_argument(
        "--top", type=int, metavar="K", help="parties shown (default: 10 of a name, 1 of a row)"
    )
    options.add_argument("--on", metavar="DAY", help="lists as of a day (default: the newest)")
    options.add_argument("--json", action="store_true", help="print as JSON")
    add_record_option(options)
    given = options.parse_args(words)
    if bool(given.names) == bool(given.file):
        raise ValueError("name either parties, or a file with --file")
    if given.record and given.file:
        raise ValueError("--record is for names on the command line: a file is its own record")
    if given.top is not None and given.top < 1:
        raise ValueError(f"--top {given.top}: ask for at least 1")

    from detente.parties.screening.screening import known_country
    from detente.parties.screening.store import Screen

    given.country = known_country(given.country)
    screen = Screen(checked_day(given.on), today())
    if given.file:
        return _file(screen, given, given.top or 1)
    answer = answer_screen(screen, given.names, given.country, given.top or SHOWN)
    if given.record:
        from detente.cli.recording import record
        from detente.transaction.recorded import of_screening

        record(of_screening(given.names, given.country, checked_day(given.on), answer))
    if given.json:
        import json

        json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
        print()
    else:
        from detente.cli.parties.show_screen import show

        print(show(answer))
    return 0


def _file(screen: Screen, given: argparse.Namespace, top: int) -> int:
    from detente.core.tables.cells import harmless
    from detente.core.tables.writing import cell_text, csv_writer
    from detente.parties.screening.rows import check_free, output_columns

    path, output, country = given.file, given.output, given.country

    from detente.core.tables.reading import open_table
    from detente.core.tables.writing import CSV, kind_of, open_target

    kind = CSV if output is None else kind_of(Path(output))
    with open_table(Path(path), given.encoding) as rows:
        columns = rows.columns
        if "name" not in columns:
            raise ValueError(f"{path} has no column `name`, but {', '.join(columns[:8])}")
        try:
            refuse_slips(columns, COLUMNS)
            check_free(columns, top)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
        table, added = Table(rows, country, top), (*columns, *output_columns(top))
        if output is None:
            writer = csv_writer(sys.stdout)
            writer.writerow(map(harmless, added))
            return _rows(screen, table, lambda row: writer.writerow(map(cell_text, row)))
        from detente.store.whole import written_whole

        with written_whole(output) as beside, open_target(beside, kind, added) as add:
            return _rows(screen, table, add)


class Table(NamedTuple):
    """A file that is screened.

    Attributes:
        rows: its rows, read as they are screened.
        country: where the parties are whose row does not say.
        top: hits shown of a row.
    """

    rows: Rows
    country: str | None
    top: int


def _rows(screen: Screen, table: Table, add: Callable[[Iterable[object]], object]) -> int:
    from detente.parties.screening.crowd import screen_all
    from detente.parties.screening.list_coverage import screened
    from detente.parties.screening.rows import as_cells, output_columns
    from detente.parties.screening.screening import asked_of

    added = output_columns(table.top)
    waiting: deque[dict[str, str]] = deque()

    def asked() -> Iterator[Asked]:
        for row in table.rows.by_column():
            waiting.append(row)
            yield asked_of(row["name"], row.get("country"), row.get("city"), table.country)

    count: dict[str, int] = {}
    tell = sys.stderr.isatty()
    read = screened(screen)
    answers = screen_all(screen, asked(), table.top, as_cells(read))
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
