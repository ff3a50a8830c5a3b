"""Reading holdings, listed parties and entities from tables; every fault has file and line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from fractions import Fraction
from functools import lru_cache, partial
from itertools import islice, repeat
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_number
from detente.core.figures import counted
from detente.core.missing_files import no_file
from detente.core.tables.objects import rows_of_objects
from detente.core.tables.reading import TableError, TableRows, no_sheets, open_table
from detente.core.vocabulary import refuse_slips
from detente.parties.lists.readers.packed import unpacked
from detente.parties.ownership.model import Entity, Holding, HoldingRows, Holdings, Seed
from detente.parties.ownership.shares import Share, ShareTable

if TYPE_CHECKING:
    from typing import NoReturn

HOLDING_COLUMNS = (
    ("owner", "owned", "share"),
    ("from", "until", "source", "key", "board_share", "votes_share", "contract_control"),
)
PLAIN = "source", "key"
"""Columns of holdings that are taken as they are, without reading what they say."""

SEED_COLUMNS = (("id", "list"), ("programme", "country", "requirement"))
ENTITY_COLUMNS = (("id", "name", "country"), ("branch_of",))
ONE_PERCENT = Fraction(1, 100)
YES, NO = ("true", "yes", "1", "y"), ("", "false", "no", "0", "n")

PART = 4096
"""Rows of a file that are read together."""

NO_SEEDS = "no listed parties were given (--seeds): nobody begins but by country"
"""What is told where no file of listed parties was read."""


class HoldingsRow:
    """A row of a file, and where it stands; `places` says which cell is of which column."""

    __slots__ = ("cells", "file", "line", "places")

    def __init__(self, cells: list[str], places: dict[str, int], file: str, line: int) -> None:
        self.cells, self.places, self.file, self.line = cells, places, file, line

    def fail(self, what: str) -> NoReturn:
        """Raise a ``ValueError`` that points here."""
        raise ValueError(f"{self.file}, line {self.line}: {what}")

    def text(self, column: str) -> str:
        """A cell without blanks around it, "" where the file has no such column."""
        place = self.places.get(column)
        return "" if place is None else self.cells[place].strip()

    def id(self, column: str) -> str:
        """An id, which must be there; see `id_of`."""
        found = id_of(self.text(column))
        if not found:
            self.fail(f"the column {column} is empty: every row names its {column}")
        return found

    def day(self, column: str) -> str:
        """An ISO day, or ""."""
        text = self.text(column)
        try:
            if text:
                day_number(text)
        except ValueError:
            self.fail(f"{column} {text!r} is not a day: write it as YYYY-MM-DD")
        return text


def _rows_of(
    table: TableRows, columns: tuple[Sequence[str], Sequence[str]]
) -> Iterator[HoldingsRow]:
    """The rows of a table whose columns are known, whatever their case; blank ones are left out."""
    places = _places_of(table, columns)
    for cells in table:
        if "".join(cells).strip():
            yield HoldingsRow(cells, places, table.name, table.line)


def _places_of(table: TableRows, columns: tuple[Sequence[str], Sequence[str]]) -> dict[str, int]:
    """Where each column stands, by its name in small letters.

    Raises:
        ValueError: one is missing, stands twice, or is nearly one that is read.
    """
    required, optional = columns
    names = [name.strip().lower() for name in table.columns]
    missing = [name for name in required if name not in names]
    if missing:
        raise TableError(
            table.name,
            "line 1",
            f"no column {', '.join(missing)}",
            f"the header needs {', '.join(required)}, and may have {', '.join(optional)}",
        )
    refuse_slips(names, (*required, *optional), where=f"{table.name}, line 1")
    if doubled := sorted({name for name in names if name and names.count(name) > 1}):
        what = f"the column {', '.join(doubled)} stands twice"
        raise TableError(table.name, "line 1", what, "keep one")
    return {name: place for place, name in enumerate(names)}


def unread(
    name: str, columns: Sequence[str], known: tuple[Sequence[str], Sequence[str]]
) -> list[str]:
    """A note on the columns of a table that are not among those that are read."""
    read = {*known[0], *known[1]}
    return unread_columns(name, [each for each in columns if each.strip().lower() not in read])


def unread_columns(name: str, columns: Sequence[str]) -> list[str]:
    """A note on the columns of a table that were not read, by their headings."""
    headings = [each for each in columns if each.strip()]
    if not headings:
        return []
    were = "column was" if len(headings) == 1 else "columns were"
    return [f"{name}: {len(headings)} {were} not read ({', '.join(headings)})"]


def read_holdings(table: TableRows) -> HoldingRows:
    """Holdings from CSV: ``owner,owned,share`` and the optional columns.

    Raises:
        ValueError: a column is missing, or a cell is not what it must be.
    """
    found = HoldingRows()
    optional = {name for name in HOLDING_COLUMNS[1] if name not in PLAIN}
    if optional.isdisjoint(name.strip().lower() for name in table.columns):
        _add_bare(table, found)
    else:
        for row in _rows_of(table, HOLDING_COLUMNS):
            found.add(_holding(row, found.shares))
    found.shares.forget_texts()
    return found


def _add_bare(table: TableRows, found: HoldingRows) -> None:
    """Read a file of plain holdings, a column at a time, which is what costs least.

    Beside who holds how much of whom its rows say only what `PLAIN` names, taken as it is.
    """
    places = _places_of(table, HOLDING_COLUMNS)
    first, second, third = (places[name] for name in HOLDING_COLUMNS[0])
    plain = [places.get(name) for name in PLAIN]
    known: dict[str, str] = {}
    said: dict[tuple[str, str], int] = {}
    for lines, rows in _in_parts(table):
        columns = list(zip(*rows, strict=True))
        owners, owned = (_ids(columns[at], known) for at in (first, second))
        shares = _shares(columns[third], found.shares)
        if shares is None or not (all(owners) and all(owned)):
            for row in _told(lines, rows, places, table.name):
                found.add(_holding(row, found.shares))
            continue
        texts = (repeat("") if at is None else map(str.strip, columns[at]) for at in plain)
        pairs = list(islice(zip(*texts, strict=False), len(rows)))
        for source, key in set(pairs).difference(said):
            said[source, key] = found.place(("", "", source, key, None, None, False))
        found.add_columns(owners, owned, shares, list(map(said.__getitem__, pairs)))


def _in_parts(table: TableRows) -> Iterator[tuple[list[int], list[list[str]]]]:
    """Rows of a table, many at a time, with their lines; what is before a fault comes before it."""
    lines: list[int] = []
    rows: list[list[str]] = []
    try:
        for cells in table:
            lines.append(table.line)
            rows.append(cells)
            if len(rows) == PART:
                yield lines, rows
                lines, rows = [], []
    except ValueError:
        if rows:
            yield lines, rows
        raise
    if rows:
        yield lines, rows


def _told(
    lines: list[int], rows: list[list[str]], places: dict[str, int], file: str
) -> Iterator[HoldingsRow]:
    """Rows one by one, so that what is odd is told with its line; blank rows are odd too."""
    for line, cells in zip(lines, rows, strict=True):
        if "".join(cells).strip():
            yield HoldingsRow(cells, places, file, line)


def _ids(cells: Sequence[str], known: dict[str, str]) -> list[str]:
    """Ids that cells write, each one object wherever it stands; see `id_of`."""
    found = list(map(str.strip, cells))
    if not "".join(found).isascii():
        found = list(map(id_of, found))
    return list(map(known.setdefault, found, found))


def _shares(cells: Sequence[str], known: ShareTable) -> list[int] | None:
    """Numbers of the shares that cells write; None where one is none."""
    try:
        return known.read_all(cells)
    except ValueError:
        return None


def id_of(text: str) -> str:
    """An id without blanks around it; signs that look alike by composition are made alike."""
    found = text.strip()
    return found if found.isascii() else unicodedata.normalize("NFC", found)


def _share(row: HoldingsRow, column: str, known: ShareTable) -> Share:
    try:
        return known.share(known.read(row.text(column)))
    except ValueError as error:
        row.fail(f"{column}: {error}")


def _holding(row: HoldingsRow, shares: ShareTable) -> Holding:
    since, until = row.day("from"), row.day("until")
    if since and until and until <= since:
        row.fail(f"until {until} is not after from {since}: it is the first day without it")
    control = row.text("contract_control").lower()
    if control not in (*YES, *NO):
        row.fail(f"contract_control {control!r} is neither true nor false")
    return Holding(
        row.id("owner"),
        row.id("owned"),
        _share(row, "share", shares),
        since,
        until,
        row.text("source"),
        row.text("key"),
        _share(row, "board_share", shares) if row.text("board_share") else None,
        _share(row, "votes_share", shares) if row.text("votes_share") else None,
        control in YES,
    )


def read_seeds(table: TableRows) -> tuple[Seed, ...]:
    """Listed parties from CSV: ``id,list``, and ``programme,country,requirement``."""
    places = _places_of(table, SEED_COLUMNS)
    known: dict[str, str] = {}
    found: list[Seed] = []
    for lines, rows in _in_parts(table):
        columns = list(zip(*rows, strict=True))
        ids, lists = (_ids(columns[places[name]], known) for name in SEED_COLUMNS[0])
        if all(ids) and all(lists):
            programmes, countries, required = (
                map(str.strip, columns[places[name]]) if name in places else None
                for name in SEED_COLUMNS[1]
            )
            # A column that most files lack is not read for each row.
            fields = (
                repeat(()) if programmes is None else map(programmes_of, programmes),
                repeat("") if countries is None else map(str.upper, countries),
                repeat("") if required is None else required,
            )
            where = (f"{table.name}:{line}" for line in lines)
            # All fields are given, so tuples are made as they are.
            unscreened = repeat(""), repeat(""), repeat(())
            every = zip(ids, lists, *fields, where, *unscreened, strict=False)
            found += map(partial(tuple.__new__, Seed), every)
            continue
        found += map(_seed, _told(lines, rows, places, table.name))
    return tuple(found)


def _seed(row: HoldingsRow) -> Seed:
    return Seed(
        row.id("id"),
        row.id("list"),
        programmes_of(row.text("programme")),
        row.text("country").upper(),
        row.text("requirement"),
        f"{row.file}:{row.line}",
    )


@lru_cache(maxsize=4096)
def programmes_of(text: str) -> tuple[str, ...]:
    """Programmes of one cell, which the lists write ``[SDGT] [IFSR]`` or with separators."""
    for mark in "[]|,":
        text = text.replace(mark, ";")
    return tuple(word.strip().upper() for word in text.split(";") if word.strip())


def read_entities(table: TableRows) -> dict[str, Entity]:
    """Entities from CSV: ``id,name,country``, and ``branch_of``."""
    found: dict[str, Entity] = {}
    for row in _rows_of(table, ENTITY_COLUMNS):
        branch = row.id("branch_of") if row.text("branch_of") else ""
        country = row.text("country")
        entity = Entity(
            row.id("id"), row.text("name"), country.upper(), branch, f"{table.name}:{row.line}"
        )
        # The same row twice contradicts nothing.
        if found.setdefault(entity.id, entity)._replace(place=entity.place) != entity:
            row.fail(f"the entity {entity.id} stands twice and differs: keep one row")
        if branch == entity.id:
            row.fail(f"{entity.id} is named as a branch of itself")
    return found


def _notes_of(table: TableRows) -> tuple[str, ...]:
    """What was read into cells that stand otherwise in a workbook."""
    return tuple(f"{Path(table.name).name}: {note}" for note in table.notes)


def notes_on_size(rows: Sequence[Holding]) -> list[str]:
    """A note where every share is so small that fractions may have been meant."""
    if not _all_small(HoldingRows.of(rows)):
        return []
    return [
        "every share is 1 percent or less: a plain number is a percentage, and one half is "
        "written 50 or 1/2"
    ]


def _all_small(rows: HoldingRows) -> bool:
    """Whether there are known shares, and each is a hundredth or less."""
    known = False
    for number in set(rows.share):
        share = rows.shares.share(number) if number in rows.shares.ranges else None
        if share is None or share.known:
            known = True
            if not rows.shares.within(number, ONE_PERCENT):
                return False
    return known


@contextmanager
def _opened(
    path: Path,
    encoding: str | None,
    columns: Sequence[str],
    key: str,
    *,
    percentages: bool = False,
    sheet: str | None = None,
) -> Iterator[TableRows | None]:
    """The rows of a table, or of the objects of one in JSON; None for another format of owners.

    A packed file is unpacked as long as its rows are read.
    """
    from detente.parties.ownership.importing import is_foreign

    if not path.exists():
        raise FileNotFoundError(no_file(path))
    with unpacked(str(path)) as name:
        content = Path(name)
        table = rows_of_objects(content, columns, key)
        is_table = table is None and not is_foreign(content, encoding)
        if sheet and not is_table:
            raise no_sheets(path)
        if table is None and not is_table:
            yield None
            return
        with (
            open_table(content, encoding, percentages=percentages, sheet=sheet)
            if table is None
            else nullcontext(table)
        ) as rows:
            rows.name = str(path)
            yield rows


def read_all(
    holdings: Path,
    seeds: Path | None = None,
    entities: Path | None = None,
    encoding: str | None = None,
    sheet: str = "",
) -> Holdings:
    """Holdings with listed parties and entities, from tables or from a format of ownership data.

    A table may be written as JSON too: an array of objects, objects in lines, or the body that the
    API takes. Each file may be packed, by gzip or alone in a zip archive.

    Args:
        holdings: who holds how much of whom.
        seeds: the listed parties; None where none are given.
        entities: the companies; None where nothing describes them.
        encoding: of those that are texts and do not say it; None for their marks, else UTF-8.
        sheet: of a workbook of holdings; "" for the only one that has cells.

    Raises:
        ValueError: a file is not what it must be; the message says where and what to do.
    """
    from detente.parties.ownership.importing import foreign_entities, read_foreign

    with _opened(
        holdings, encoding, ("owner", "owned"), "holdings", percentages=True, sheet=sheet
    ) as table:
        read = None
        if table is not None:
            beside = (*unread(holdings.name, table.columns, HOLDING_COLUMNS), *_notes_of(table))
            read = Holdings(read_holdings(table), notes=beside)
    if read is None:
        read = read_foreign(holdings, encoding)
    notes = list(read.notes)
    listed: tuple[Seed, ...] = ()
    if seeds is None:
        notes.append(NO_SEEDS)
    else:
        with _opened(seeds, encoding, ("id", "list"), "seeds") as table:
            if table is None:
                raise ValueError(
                    f"{seeds} is no table of listed parties: name one with the columns id and list"
                )
            notes += unread(seeds.name, table.columns, SEED_COLUMNS)
            listed = read_seeds(table)
            notes += _notes_of(table)
    known = dict(read.entities)
    if entities is not None:
        with _opened(entities, encoding, ("id", "name", "country"), "entities") as table:
            described = None
            if table is not None:
                notes += unread(entities.name, table.columns, ENTITY_COLUMNS)
                described = read_entities(table)
                notes += _notes_of(table)
        if described is None:
            described = foreign_entities(entities, encoding)
        for each, entity in described.items():
            known[each] = entity.filled_from(known.get(each, entity))
        columns = HoldingRows.of(read.rows)
        named = {*columns.owner, *columns.owned}
        absent = sorted(named - known.keys())
        if absent:
            are = "is" if len(absent) == 1 else "are"
            notes.append(
                f"{counted(len(absent), 'id')} of the holdings {are} not in {entities.name}: "
                f"{', '.join(absent[:5])}{' …' if len(absent) > 5 else ''}"
            )
    notes += notes_on_size(read.rows)
    return read._replace(seeds=listed, entities=known, notes=tuple(notes))
