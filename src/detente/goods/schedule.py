"""The schedule by day: what a code was called, what its ordinary rate was, and what it became.

Everything comes from official editions; a day is answered from the edition that the register uses
on it. Where that is only the nearest at hand, or the day lies where one edition gives way to the
next, the answer says so in its notes.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property

from detente._lean import date, sqlite
from detente._shapes import NamedTuple
from detente.goods.ancestry import nearest_of, path_of
from detente.goods.codes import RATE_LINE, STATISTICAL_LINE, TariffCode
from detente.goods.lines import (
    BaseLine,
    Edition,
    IncompleteCode,
    Move,
    NoEdition,
    PrintedHeading,
    SuggestedLine,
    TariffLine,
    UnknownCode,
)
from detente.goods.wording import (
    BETWEEN,
    DAMAGED,
    FROM_IMPORT,
    NEAREST,
    NO_SUFFIXES,
    SUFFIX_UNCHECKED,
    incomplete,
    unknown,
)
from detente.store.files import data_file, open_read_only
from detente.store.home import home

COMPILED = data_file("goods.sqlite")
MOST_PREFIXES = 256
"""Of those whose lines over all editions are remembered: the wrong codes of a file share few."""

MOST_CACHED = 2048
"""Of lines asked for, and of what was told of codes that are none: lines beside them, which many
share, and their moves."""

COLUMNS = "code, parent, description, units, general, special, other, headings"
STEADY = ("general", "other")
"""Columns whose rates two editions can tell of the days between them."""

SUBHEADING = 6
CHANGES = "99"  # the chapter that changes the duties of the others


def imported_file() -> str:
    """The user's own file of the schedule, which need not exist; see `detente.goods.importing`."""
    return os.path.join(home(), "goods.sqlite")


class StoredLine(NamedTuple):
    """A row as stored; texts as in `TariffLine`, lists still joined."""

    code: str
    parent: str
    description: str
    units: str
    general: str
    special: str
    other: str
    headings: str


class Schedule:
    """The goods schedule of the United States, read from the compiled database."""

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Open the database.

        Args:
            path: A compiled file; by default the user's own, where editions were imported, or else
                the one in the package.

        Raises:
            FileNotFoundError: There is no such file.
        """
        self.database = _own() if path is None else open_read_only(path)
        rows = self.database.execute("SELECT * FROM editions ORDER BY n")
        self.editions = tuple(_edition(*row) for row in rows)
        self._starts = [edition.start for edition in self.editions]
        self._overlapping = tuple(
            edition for edition in self.editions if edition.accepted_from or edition.accepted_until
        )
        self._under: dict[str, list[tuple[StoredLine, int, int]]] = {}
        self._beside: dict[tuple[str, int, int], tuple[SuggestedLine, ...]] = {}
        self._lines: dict[tuple[str, date], TariffLine] = {}
        self._moved: dict[str, tuple[tuple[Move, ...], tuple[Move, ...]]] = {}
        added = self.editions[-1].imported
        self.tables_sha256 = _meta(self.database, "tables")
        """SHA-256 over the tables that the built-in editions were compiled from."""
        self.imported_sha256 = _meta(self.database, "imported") if added else ""
        """SHA-256 over the imported editions; "" where there are none."""

    @cached_property
    def units(self) -> frozenset[str]:
        """Every unit of quantity that a line of any edition prints."""
        rows = self.database.execute("SELECT DISTINCT units FROM lines")
        return frozenset(unit for (joined,) in rows for unit in joined.split(";") if unit)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    def first_edition(self, code: str) -> Edition | None:
        """The first edition that prints a code or one under it; None where none does."""
        # `~` sorts behind all digits, so this range is every code that begins so.
        row = self.database.execute(
            "SELECT min(first) FROM lines WHERE code >= ? AND code < ?", (code, code + "~")
        ).fetchone()
        return None if row[0] is None else self.editions[row[0]]

    def edition_on(self, day: date) -> Edition:
        """Return the edition that the register uses on a day.

        Raises:
            NoEdition: The day lies before the first edition at hand.
        """
        at = bisect_right(self._starts, day) - 1
        if at < 0:
            first = self.editions[0]
            raise NoEdition(
                f"no edition of the schedule at hand covers {day}: the first is {first.id}, "
                f"used from {first.start}; ask for a later day"
            )
        return self.editions[at]

    def is_steady(self, code: str, edition: Edition, column: str) -> bool:
        """Whether a line's rate in a column held on the days around those of an edition.

        That is known where the editions on both sides print the same rate; of the last edition at
        hand it is not known.
        """
        if edition.number == self.editions[-1].number or column not in STEADY:
            return False
        row = self.database.execute(
            "SELECT 1 FROM unsteady WHERE code = ? AND edition = ? AND rate = ?",
            (code[:RATE_LINE], edition.number, column),
        ).fetchone()
        return row is None

    def unsteady_lines(self) -> dict[tuple[int, str], set[str]]:
        """Eight-digit numbers for which `is_steady` is not so, by number of edition and column."""
        found: dict[tuple[int, str], set[str]] = {}
        for code, edition, column in self.database.execute("SELECT * FROM unsteady"):
            found.setdefault((edition, column), set()).add(code)
        return found

    def line(self, code: TariffCode | str, day: date) -> TariffLine:
        """Return the line of a code on a day.

        An eight-digit code is answered by its rate line, also where statistical lines lie below.

        Raises:
            CodeError: `code` is not a code.
            NoEdition: The day lies before the first edition at hand.
            IncompleteCode: Fewer than eight digits.
            UnknownCode: The schedule of that day does not have it.
        """
        code = TariffCode.parse(code) if isinstance(code, str) else code
        found = self._lines.get((code.digits, day))
        if found is None:
            if len(self._lines) >= MOST_CACHED:
                self._lines.clear()
            found = self._lines[code.digits, day] = self._line_on(code, day)
        return found

    def _line_on(self, code: TariffCode, day: date) -> TariffLine:
        used = self.edition_on(day)
        if len(code.digits) < RATE_LINE:
            raise self._incomplete(code, used)
        exact = used.is_exact(day)
        nearest = () if exact else (NEAREST.format(day=day, edition=used.id),)
        for edition, notes in self._accepted(code, used, day):
            row = self._row(code.digits, edition.number)
            if row is not None:
                return self._line(code, edition, row, exact, (*notes, *nearest))
        # A second walk, since a code that any accepted edition prints goes before a stand-in.
        for edition, notes in self._accepted(code, used, day):
            row, doubt = self._stand_in(code, edition, exact)
            if row is not None:
                checked = exact and not doubt
                return self._line(code, edition, row, checked, (*notes, *nearest, *doubt))
        raise self._unknown(code, used)

    def base_lines(self, day: date) -> Iterator[BaseLine]:
        """Yield every rate line and statistical line in use on a day, in order of code.

        One pass over the edition: for batches and panels. Raises `NoEdition` as `edition_on` does.
        """
        number = self.edition_on(day).number
        rows = {
            row.code: row
            for row in map(
                StoredLine._make,
                self.database.execute(
                    f"SELECT {COLUMNS} FROM lines WHERE first <= ? AND ? < until ORDER BY code",
                    (number, number),
                ),
            )
        }
        parents = dict(self.database.execute("SELECT id, parent FROM groups"))
        for code, row in rows.items():
            if len(code) >= RATE_LINE:
                above = list(_numbered_above(row, rows, parents))
                rated = next((each for each in (row, *above) if each.general), None)
                yield BaseLine(
                    code=code,
                    rate_code=rated.code if rated else None,
                    general=rated.general if rated else "",
                    other=rated.other if rated else "",
                    units=_units(row),
                    headings=_headings((row, *above)),
                )

    def headings(self, edition: Edition, prefix: str = CHANGES) -> tuple[PrintedHeading, ...]:
        """Return the headings of chapter 99 that an edition prints and that begin with `prefix`."""
        rows = self.database.execute(
            "SELECT heading, description, general, special, other FROM headings"
            " WHERE first <= ? AND ? < until AND substr(heading, 1, ?) = ? ORDER BY heading",
            (edition.number, edition.number, len(prefix), prefix),
        )
        return tuple(PrintedHeading(*row) for row in rows)

    def rate_texts(self) -> tuple[str, ...]:
        """Every distinct text of the columns general and other, chapters 1 to 97, all editions."""
        rows = self.database.execute(
            "SELECT general FROM lines WHERE code < '98' AND general <> ''"
            " UNION SELECT other FROM lines WHERE code < '98' AND other <> ''"
        )
        return tuple(text for (text,) in rows)

    def successors(self, code: str) -> tuple[Move, ...]:
        """Return the moves from a code of 8 or 10 digits, oldest first."""
        return self._moves("from_code = ?", code)

    def predecessors(self, code: str) -> tuple[Move, ...]:
        """Return the moves to a code of 8 or 10 digits, oldest first."""
        return self._moves("to_code = ?", code)

    def moves_into(self, edition: Edition) -> tuple[Move, ...]:
        """Return the moves by which an edition came out of the one before it."""
        return self._moves("to_edition = ?", edition.number)

    def moves(self) -> tuple[Move, ...]:
        """Return all moves between editions, in order of the edition that they lead into."""
        return self._moves("TRUE")

    def subheading(self, code: str) -> tuple[str, ...]:
        """The words of a subheading of the Harmonized System, the heading first.

        Six digits are the same in every country; the newest edition that has them tells. Nothing
        where no edition has lines under them.
        """
        row = self.database.execute(
            f"SELECT {COLUMNS}, first, until FROM lines"
            " WHERE code >= ? AND code < ? ORDER BY until DESC, length(code), code LIMIT 1",
            (code[:SUBHEADING], code[:SUBHEADING] + "~"),
        ).fetchone()
        if row is None:
            return ()
        *cells, first, until = row
        line = StoredLine(*cells)
        number = min(until, len(self.editions)) - 1
        path = self.path(line, self.editions[max(first, number)])
        whole = self.database.execute(
            "SELECT count(DISTINCT substr(code, 1, 8)) FROM lines WHERE code >= ? AND code < ?"
            " AND first <= ? AND ? < until AND length(code) >= 8",
            (code[:SUBHEADING], code[:SUBHEADING] + "~", number, number),
        ).fetchone()[0]
        # A line speaks for its subheading only where no other line stands under it.
        return (*path, line.description) if whole <= 1 or len(line.code) == SUBHEADING else path

    def path(self, row: StoredLine, edition: Edition) -> tuple[str, ...]:
        """Return the words of what a row stands under, the heading first."""
        return path_of(row.parent, edition.number, self._numbered, self._group)

    def general(self, row: StoredLine, edition: Edition) -> str:
        """The general rate of a row as printed, on it or on what it stands under; "" if none is."""
        above = self._numbered_above(row, edition.number)
        return row.general or next((each.general for each in above if each.general), "")

    def row_named(self, name: str, edition: Edition) -> tuple[str, str] | None:
        """Parent and words of a row by its digits, or by its name where it has none."""
        return self._group(name) if ":" in name else self._numbered(name, edition.number)

    def _accepted(
        self, code: TariffCode, used: Edition, day: date
    ) -> Iterator[tuple[Edition, tuple[str, ...]]]:
        """Yield the edition in use, then those that are accepted beside it, with what to say."""
        yield used, ()
        for edition in self._overlapping:
            other = None
            if edition.accepted_from and edition.accepted_from <= day < edition.start:
                other = edition
            elif edition.accepted_until and edition.start <= day < edition.accepted_until:
                other = self.editions[edition.number - 1]
            if other is not None:
                note = BETWEEN.format(code=code, other=other.id, used=used.id, day=day)
                yield other, (f"{note} {edition.basis}",)

    def _stand_in(
        self, code: TariffCode, edition: Edition, exact: bool
    ) -> tuple[StoredLine | None, tuple[str, ...]]:
        """Find the row that answers for a code which an edition does not print, and the doubt.

        Where a rate line has one statistical line, that one stands for both. A statistical number
        that is not printed is accepted only where the edition cannot know it.
        """
        number, whole = edition.number, len(code.digits) == STATISTICAL_LINE
        if whole and exact and self._has_below(code.rate_line, number, STATISTICAL_LINE):
            return None, ()
        rated = self._row(code.rate_line, number) or self._row(f"{code.rate_line}00", number)
        if rated is None or not whole:
            return rated, ()
        if not exact:
            return rated, (SUFFIX_UNCHECKED.format(code=code),)
        return rated, (NO_SUFFIXES.format(edition=edition.id, code=code),)

    def _line(
        self,
        code: TariffCode,
        edition: Edition,
        row: StoredLine,
        checked: bool,
        notes: tuple[str, ...],
    ) -> TariffLine:
        above = list(self._numbered_above(row, edition.number))
        rated = next((each for each in (row, *above) if each.general), None)
        if edition.imported:
            described = FROM_IMPORT.format(
                edition=edition.id, start=edition.start, basis=edition.basis
            )
            notes = (described, *notes)
        return TariffLine(
            code=code,
            description=row.description,
            path=self.path(row, edition),
            units=_units(row),
            general=rated.general if rated else "",
            special=rated.special if rated else "",
            other=rated.other if rated else "",
            rate_code=rated.code if rated else None,
            headings=_headings((row, *above)),
            edition=edition.id,
            suffix_checked=checked,
            notes=notes,
        )

    def _numbered_above(self, row: StoredLine, number: int) -> Iterator[StoredLine]:
        """Yield the numbered rows above a row, the nearest first."""
        parent = row.parent
        while parent:
            if ":" in parent:
                parent = (self._group(parent) or ("", ""))[0]
                continue
            above = self._row(parent, number)
            if above is None:
                return
            yield above
            parent = above.parent

    def _row(self, digits: str, number: int) -> StoredLine | None:
        row = self.database.execute(
            f"SELECT {COLUMNS} FROM lines WHERE code = ? AND first <= ? AND ? < until",
            (digits, number, number),
        ).fetchone()
        return row and StoredLine._make(row)

    def _numbered(self, digits: str, number: int) -> tuple[str, str] | None:
        above = self._row(digits, number)
        return above and (above.parent, above.description)

    def _group(self, name: str) -> tuple[str, str] | None:
        row: tuple[str, str] | None = self.database.execute(
            "SELECT parent, text FROM groups WHERE id = ?", (name,)
        ).fetchone()
        return row

    def _below(self, prefix: str, number: int, size: int) -> tuple[SuggestedLine, ...]:
        """Return the lines of `size` digits under a prefix; "…00" stands in for eight digits."""
        key = (prefix, number, size)
        found = self._beside.get(key)
        if found is None:
            if len(self._beside) >= MOST_CACHED:
                self._beside.clear()
            found = self._beside[key] = self._read_below(prefix, number, size)
        return found

    def _read_below(self, prefix: str, number: int, size: int) -> tuple[SuggestedLine, ...]:
        found: dict[str, SuggestedLine] = {}
        above: dict[str, tuple[str, ...]] = {"": ()}
        for row, first, until in self._lines_under(prefix):
            digits = row.code[:size]
            if first <= number < until and len(digits) == size and digits not in found:
                if row.parent not in above:
                    nearest = nearest_of(row.parent, number, self._numbered, self._group)
                    above[row.parent] = () if nearest is None else (nearest[1],)
                words = " › ".join((*above[row.parent], row.description))
                found[digits] = SuggestedLine(TariffCode(digits), words)
        return tuple(found.values())

    def _lines_under(self, prefix: str) -> list[tuple[StoredLine, int, int]]:
        """The lines under a prefix, in order of code, with the editions that print each."""
        found = self._under.get(prefix)
        if found is None:
            if len(self._under) >= MOST_PREFIXES:
                self._under.clear()
            rows = self.database.execute(
                f"SELECT {COLUMNS}, first, until FROM lines WHERE code >= ? AND code < ?"
                " AND length(code) >= ? ORDER BY code",
                (prefix, prefix + "~", RATE_LINE),
            )
            found = self._under[prefix] = [
                (StoredLine(*cells), first, until) for *cells, first, until in rows
            ]
        return found

    def _has_below(self, prefix: str, number: int, size: int) -> bool:
        """Whether `_below` would find any line."""
        row = self.database.execute(
            "SELECT 1 FROM lines WHERE code >= ? AND code < ? AND first <= ? AND ? < until"
            " AND length(code) >= ? LIMIT 1",
            (prefix, prefix + "~", number, number, max(RATE_LINE, size)),
        ).fetchone()
        return row is not None

    def _moves(self, test: str, *values: str | int) -> tuple[Move, ...]:
        rows = self.database.execute(
            "SELECT from_code, to_code, from_edition, to_edition, kind, grade FROM moves"
            f" WHERE {test} ORDER BY to_edition, from_edition, from_code, to_code",
            values,
        )
        ids = [edition.id for edition in self.editions]
        return tuple(Move(a, b, ids[c], ids[d], kind, grade) for a, b, c, d, kind, grade in rows)

    def _incomplete(self, code: TariffCode, used: Edition) -> IncompleteCode | UnknownCode:
        candidates = self._below(code.digits, used.number, RATE_LINE)
        if not candidates:
            return self._unknown(code, used)
        return IncompleteCode(incomplete(code, candidates), candidates)

    def _unknown(self, code: TariffCode, used: Edition) -> UnknownCode:
        """Gather what helps: where the code went, where it came from, what stands beside it."""
        became, was = self._moves_of(code)
        nearest: tuple[SuggestedLine, ...] = ()
        for size, shown in ((8, STATISTICAL_LINE), (6, RATE_LINE), (4, RATE_LINE)):
            if not nearest and code.chapter != CHANGES:
                nearest = self._below(code.digits[:size], used.number, shown)
        return UnknownCode(unknown(code, used, nearest, became, was), used.id, nearest, became, was)

    def _moves_of(self, code: TariffCode) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
        """Where a code went and where it came from, on whatever day."""
        found = self._moved.get(code.digits)
        if found is None:
            if len(self._moved) >= MOST_CACHED:
                self._moved.clear()
            codes = dict.fromkeys((code.digits, code.rate_line))
            if len(code.digits) == RATE_LINE:
                codes[f"{code.rate_line}00"] = None
            became = (move for each in codes for move in self.successors(each) if move.to_code)
            was = (move for each in codes for move in self.predecessors(each) if move.from_code)
            found = self._moved[code.digits] = tuple(became), tuple(was)
        return found


def _own() -> sqlite.Connection:
    """The user's own file, laid anew first if the built-in one is another by now; or that one."""
    file = imported_file()
    if not os.path.isfile(file):
        return open_read_only(COMPILED)
    database, built_in = open_read_only(file), open_read_only(COMPILED)
    try:
        current = _meta(database, "tables") == _meta(built_in, "tables")
    except sqlite.DatabaseError as error:
        raise ValueError(DAMAGED.format(file=file, error=error)) from None
    if current:
        built_in.close()
        return database
    from detente.goods.importing import renew

    database.close()
    built_in.close()
    renew()
    return open_read_only(file if os.path.isfile(file) else COMPILED)


def _meta(database: sqlite.Connection, key: str) -> str:
    row = database.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0])


def _edition(number: int, name: str, *cells: str) -> Edition:
    *days, grade, basis = cells
    start, accepted_from, accepted_until, exact_from, exact_until = map(_day, days)
    accepted, exact = (accepted_from, accepted_until), (exact_from, exact_until)
    return Edition(name, number, start or date.min, *accepted, *exact, grade, basis)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _units(row: StoredLine) -> tuple[str, ...]:
    return tuple(row.units.split(";")) if row.units else ()


def _headings(rows: tuple[StoredLine, ...]) -> tuple[str, ...]:
    return tuple(sorted({heading for row in rows for heading in row.headings.split()}))


def _numbered_above(
    row: StoredLine, rows: Mapping[str, StoredLine], parents: Mapping[str, str]
) -> Iterator[StoredLine]:
    """Yield the numbered rows above a row out of a whole edition, the nearest first."""
    parent = row.parent
    while parent:
        if ":" in parent:
            parent = parents.get(parent, "")
            continue
        above = rows.get(parent)
        if above is None:
            return
        yield above
        parent = above.parent
