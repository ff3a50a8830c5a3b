"""The tariff of a country that is known by its rates alone: what a code pays, and how well.

A schedule of the United States is held whole, edition by edition. Of another country there are
rates: some by line and exact, some by subheading and about right, and years of which nothing is
held. A day without a rate is an answer of its own, never filled in from the days beside it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from detente._shapes import NamedTuple
from detente.goods.codes import RATE_LINE, CodeError
from detente.store.files import data_file, open_read_only
from detente.store.home import home

EXACT, ABOUT, RANGE, NONE = "exact", "about", "range", "none"
"""How well a rate is known."""

SUBHEADING = 6

TABLES = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rates (
  code TEXT NOT NULL, start TEXT NOT NULL, until TEXT NOT NULL, percent TEXT NOT NULL,
  state TEXT NOT NULL, reason TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (code, start)
) WITHOUT ROWID;
CREATE TABLE reasons (key TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE names (
  code TEXT NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (code, language)
) WITHOUT ROWID;
CREATE TABLE taxes (
  tax TEXT NOT NULL, code TEXT NOT NULL, start TEXT NOT NULL, until TEXT NOT NULL,
  percent TEXT NOT NULL, asked TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (tax, code, start)
) WITHOUT ROWID;
"""
COLUMNS = {
    "rates": ("code", "from", "until", "percent", "state", "reason", "source"),
    "reasons": ("key", "reason"),
    "names": ("code", "language", "name"),
    "taxes": ("tax", "codes", "from", "until", "percent", "asked", "note"),
}


LINE_UNREAD = "the rate of some of its lines; that of another was not read"


class OrdinaryRate(NamedTuple):
    """The ordinary rate of a code on a day.

    Attributes:
        state: ``exact``; ``about``, a rate that another may replace; ``range``, where the lines
            under the code pay different rates; ``none``, where nothing is held.
        percent: the rate in percent, such as ``6.5``; "" for a range and for none.
        start: the first day on which it is known; None for none.
        until: the first day after.
        why: what a reader must know of it, a sentence without its stop; "" for an exact one.
        source: key of its source; "" for none.
        by_line: rates in percent by line, where the code is a wider one and they differ.
    """

    state: str
    percent: str = ""
    start: str | None = None
    until: str | None = None
    why: str = ""
    source: str = ""
    by_line: tuple[tuple[str, str], ...] = ()


class TaxRule(NamedTuple):
    """A tax on imports beside the duty, as far as a code and a day decide it.

    Attributes:
        tax: ``vat`` or ``consumption``.
        percent: its rate; "" where the code does not decide it.
        asked: another rate that goods under the code may pay; "" for none.
        note: which goods it is for.
    """

    tax: str
    percent: str
    or_rate: str
    note: str


class PartnerTariff:
    """What is known of the ordinary tariff of a country."""

    def __init__(self, database: sqlite3.Connection, own: sqlite3.Connection | None = None) -> None:
        """Take the compiled tables, and those that the user imported, which go first."""
        self._databases = [each for each in (own, database) if each is not None]
        self._built_in = database
        self.imported = "" if own is None else _meta(own, "edition")
        """The name of the imported schedule; "" where there is none."""

    def rate(self, code: str, day: str) -> OrdinaryRate:
        """The ordinary rate of a code of six digits or more.

        The code's own row goes first, then that of the wider code above it, then those of the
        lines below it where they agree.
        """
        for database in self._databases:
            found = _rate(database, code, day)
            if found.state != NONE:
                return found
        return OrdinaryRate(NONE)

    def name(self, code: str, language: str) -> str | None:
        """The name of a line in a language, where one is held."""
        for database in self._databases:
            row = database.execute(
                "SELECT name FROM names WHERE code = ? AND language = ?",
                (code[:RATE_LINE], language),
            ).fetchone()
            if row is not None:
                return str(row[0])
        return None

    def lines(self, subheading: str, day: str | None = None) -> list[str]:
        """Every line of eight digits that is held under a code, on a day or on any."""
        found: set[str] = set()
        for database in self._databases:
            rows = database.execute(
                "SELECT DISTINCT substr(code, 1, 8) FROM rates"
                " WHERE code >= ? AND code < ? AND length(code) >= 8"
                " AND (? IS NULL OR (start <= ? AND ? < until))",
                (subheading, subheading + "~", day, day, day),
            )
            found.update(code for (code,) in rows)
        return sorted(found)

    def fullest_day(self) -> str:
        """The last day from which as many lines of eight digits are held as ever; "" for none."""
        held = [
            (int(_meta(each, "fullest_lines") or 0), _meta(each, "fullest_day"))
            for each in self._databases
        ]
        return max(held)[1]

    def named(self, words: str, limit: int) -> list[tuple[str, str, str]]:
        """Lines whose name holds the words: code, language, name."""
        found: dict[str, tuple[str, str, str]] = {}
        for database in self._databases:
            for row in database.execute(
                "SELECT code, language, name FROM names WHERE instr(name, ?) ORDER BY code LIMIT ?",
                (words, limit),
            ):
                found.setdefault(row[0], row)
        return sorted(found.values())[:limit]

    def taxes(self, code: str, day: str) -> list[TaxRule]:
        """The taxes on a code on a day, each by its longest prefix, the consumption tax first."""
        best: dict[str, tuple[int, TaxRule]] = {}
        for tax, prefix, percent, or_rate, note in self._built_in.execute(
            "SELECT tax, code, percent, asked, note FROM taxes"
            " WHERE start <= ? AND (until = '' OR ? < until) AND ? LIKE code || '%'",
            (day, day, code),
        ):
            if tax not in best or len(prefix) > best[tax][0]:
                best[tax] = (len(prefix), TaxRule(tax, percent, or_rate, note))
        return [best[tax][1] for tax in sorted(best)]


def _rate(database: sqlite3.Connection, code: str, day: str) -> OrdinaryRate:
    sizes = sorted({len(code), RATE_LINE, SUBHEADING}, reverse=True)
    for size in (size for size in sizes if size <= len(code)):
        rows = _rows(database, code[:size], day, "code = ?", (code[:size],))
        if rows and rows[0][PERCENT]:
            return _described(database, rows[0])
        if size == len(code):
            below = _rows(database, code, day, "code > ? AND code < ?", (code, code + "~"))
            if below:
                return _of_lines(database, below)
    return OrdinaryRate(NONE)


Stored = tuple[str, str, str, str, str, str, str]
PERCENT = 3
"""Where the rate of a stored row stands; "" of a line whose rate was not read."""


def _rows(
    database: sqlite3.Connection, code: str, day: str, where: str, values: Sequence[str]
) -> list[Stored]:
    return database.execute(
        f"SELECT code, start, until, percent, state, reason, source FROM rates"
        f" WHERE {where} AND start <= ? AND ? < until ORDER BY code, start DESC",
        (*values, day, day),
    ).fetchall()


def _described(database: sqlite3.Connection, row: Stored) -> OrdinaryRate:
    _, start, until, percent, state, reason, source = row
    return OrdinaryRate(state, percent, start, until, _reason(database, reason), source)


def _of_lines(database: sqlite3.Connection, rows: Sequence[Stored]) -> OrdinaryRate:
    """The rate of a wider code by its lines: theirs where they agree, else the span of them."""
    newest: dict[str, Stored] = {}
    for row in rows:
        # The rows of a code come newest first.
        newest.setdefault(row[0], row)
    lines = [row for row in newest.values() if row[PERCENT]]
    if not lines:
        return OrdinaryRate(NONE)
    start, until = max(row[1] for row in lines), min(row[2] for row in lines)
    rates = {row[3] for row in lines}
    if len(rates) == 1:
        # One line that is only about right makes the whole so.
        least = max(lines, key=lambda row: row[4] == ABOUT and 1)
        found = _described(database, least)._replace(start=start, until=until)
        if len(lines) < len(newest):
            found = found._replace(state=ABOUT, why=found.why or LINE_UNREAD)
        return found
    ends = sorted(rates, key=float)
    why = f"its lines pay from {ends[0]} to {ends[-1]} percent: ask by the line"
    by_line = tuple((row[0], row[3]) for row in lines)
    return OrdinaryRate(RANGE, "", start, until, why, lines[0][6], by_line)


def _reason(database: sqlite3.Connection, key: str) -> str:
    if not key:
        return ""
    row = database.execute("SELECT reason FROM reasons WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else key


def _meta(database: sqlite3.Connection, key: str) -> str:
    row = database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def compiled_file(country: str) -> str:
    """The file of a country in the package."""
    return data_file(f"tariff-{country.lower()}.sqlite")


def own_file(country: str) -> str:
    """The user's own file for a country, which need not exist."""
    return os.path.join(home(), f"tariff-{country.lower()}.sqlite")


def imported_countries() -> list[str]:
    """The countries of which the user imported a schedule, by their codes."""
    pattern = os.path.basename(own_file("*"))
    return sorted(each.stem.rpartition("-")[2].upper() for each in Path(home()).glob(pattern))


def partner_tariff(country: str) -> PartnerTariff | None:
    """The tariff of a country; None where nothing of it is held."""
    own = own_file(country)
    return _opened(compiled_file(country), own, _stamp(own))


def held_tariff(country: str) -> PartnerTariff:
    """The tariff of a country.

    Raises:
        CodeError: no rates of it are held.
    """
    tariff = partner_tariff(country)
    if tariff is None:
        raise CodeError(f"no tariff of {country!r} is held: it is US or CN")
    return tariff


def _stamp(file: str) -> int:
    """When a file was last written; 0 where there is none."""
    try:
        return os.stat(file).st_mtime_ns
    except OSError:
        return 0


# The stamp is there as a key alone: after an import the file is opened anew.
@lru_cache(maxsize=8)
def _opened(compiled: str, own: str, stamp: int) -> PartnerTariff | None:
    if not os.path.isfile(compiled):
        return None
    return PartnerTariff(open_read_only(compiled), open_read_only(own) if stamp else None)


def build_partner_tariff(source: Path, target: Path) -> None:
    """Compile the tables of a country: rates, reasons, names and taxes, each a .tsv.

    Raises:
        FileNotFoundError: a table is missing.
        ValueError: a row has another number of cells than its header.
    """
    from detente.core.tables.tsv import read_tsv

    tables = {
        name: [tuple(row[column] for column in columns) for row in read_tsv(source / f"{name}.tsv")]
        for name, columns in COLUMNS.items()
    }
    write_tables(target, tables, {})


def write_tables(
    target: Path, tables: dict[str, list[tuple[str, ...]]], meta: dict[str, str]
) -> None:
    """Write the database of a country, in the order of its keys."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as database:
        database.executescript(TABLES)
        with database:
            for name, rows in tables.items():
                _fill(database, name, sorted(rows))
            lines, day = _count_lines(database)
            meta |= {"fullest_day": day, "fullest_lines": str(lines)}
            database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        database.execute("VACUUM")


def _count_lines(database: sqlite3.Connection) -> tuple[int, str]:
    """The most lines of eight digits with a rate on one day, and the last day that began so."""
    held: dict[str, int] = {}
    for (start,) in database.execute("SELECT DISTINCT start FROM rates"):
        (held[start],) = database.execute(
            "SELECT count(DISTINCT substr(code, 1, 8)) FROM rates"
            " WHERE length(code) >= 8 AND start <= ? AND ? < until",
            (start, start),
        ).fetchone()
    return max(((lines, day) for day, lines in held.items() if lines), default=(0, ""))


def _fill(database: sqlite3.Connection, name: str, rows: Iterable[tuple[str, ...]]) -> None:
    places = ", ".join("?" * len(COLUMNS[name]))
    database.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
