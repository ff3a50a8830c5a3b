"""Reading holdings, listed parties and entities from CSV; every fault has file and line."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_number
from detente.core.vocabulary import refuse_slips
from detente.parties.ownership.model import Entity, Holding, Holdings, Seed
from detente.parties.ownership.shares import Share, share_of

if TYPE_CHECKING:
    from typing import NoReturn

HOLDING_COLUMNS = (
    ("owner", "owned", "share"),
    ("from", "until", "source", "key", "board_share", "votes_share", "contract_control"),
)
SEED_COLUMNS = (("id", "list"), ("programme", "country", "requirement"))
ENTITY_COLUMNS = (("id", "name", "country"), ("branch_of",))
ONE_PERCENT = Fraction(1, 100)
YES, NO = ("true", "yes", "1", "y"), ("", "false", "no", "0", "n")
MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


class Row:
    """A row of a file, and where it stands; `places` says which cell is of which column."""

    __slots__ = ("cells", "file", "line", "places")

    def __init__(self, cells: list[str], places: dict[str, int], file: str, line: int) -> None:
        self.cells, self.places, self.file, self.line = cells, places, file, line

    def fail(self, what: str) -> NoReturn:
        """Raise a ``ValueError`` that points here."""
        raise ValueError(f"{self.file}:{self.line}: {what}")

    def text(self, column: str) -> str:
        """A cell without blanks around it, "" where the file has no such column."""
        place = self.places.get(column)
        return "" if place is None else self.cells[place].strip()

    def id(self, column: str) -> str:
        """An id, which must be there; signs that look alike by composition are made alike."""
        text = self.text(column)
        if not text:
            self.fail(f"the column {column} is empty: every row names its {column}")
        return text if text.isascii() else unicodedata.normalize("NFC", text)

    def day(self, column: str) -> str:
        """An ISO day, or ""."""
        text = self.text(column)
        try:
            if text:
                day_number(text)
        except ValueError:
            self.fail(f"{column} {text!r} is not a day: write it as YYYY-MM-DD")
        return text


def text_of(path: Path, encoding: str = "") -> str:
    """The text of a file in UTF-8, in UTF-16 with its mark, or in the encoding that is named.

    Raises:
        ValueError: the bytes are not of that encoding; the message names the line.
    """
    raw = path.read_bytes()
    name = encoding or next((name for mark, name in MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(name)
    except LookupError:
        raise ValueError(
            f"{encoding!r} is no encoding: write one such as UTF-8 or GB18030"
        ) from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"{path}:{line}: these bytes are not {name}: name the encoding of the file with "
            "--encoding, such as GB18030, and if only some lines are in another one, rewrite "
            "them first"
        ) from None


def rows_of(text: str, file: str, columns: tuple[Sequence[str], Sequence[str]]) -> Iterator[Row]:
    """Rows of a CSV text with a header, separated by commas, semicolons or tabs."""
    required, optional = columns
    head = text.partition("\n")[0]
    mark = max((",", ";", "\t"), key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    names = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in required if name not in names]
    if missing:
        raise ValueError(
            f"{file}:1: no column {', '.join(missing)}: the header needs {', '.join(required)}, "
            f"and may have {', '.join(optional)}"
        )
    refuse_slips(names, (*required, *optional), where=f"{file}:1")
    if doubled := sorted({name for name in names if name and names.count(name) > 1}):
        raise ValueError(f"{file}:1: the column {', '.join(doubled)} stands twice: keep one")
    places = {name: place for place, name in enumerate(names)}
    for cells in reader:
        if not "".join(cells).strip():
            continue
        row = Row(cells, places, file, reader.line_num)
        if len(cells) != len(names):
            row.fail(
                f"{len(cells)} cells under {len(names)} columns: put a cell with a {mark!r} in "
                "it into quotes"
            )
        yield row


def read_holdings(text: str, file: str) -> tuple[Holding, ...]:
    """Holdings from CSV: ``owner,owned,share`` and the optional columns.

    Raises:
        ValueError: a column is missing, or a cell is not what it must be.
    """
    shares: dict[str, Share] = {}

    def share(row: Row, column: str) -> Share:
        text = row.text(column)
        found = shares.get(text)
        if found is None:
            try:
                found = shares[text] = share_of(text)
            except ValueError as error:
                row.fail(f"{column}: {error}")
        return found

    return tuple(_holding(row, share) for row in rows_of(text, file, HOLDING_COLUMNS))


def _holding(row: Row, share: Callable[[Row, str], Share]) -> Holding:
    since, until = row.day("from"), row.day("until")
    if since and until and until <= since:
        row.fail(f"until {until} is not after from {since}: it is the first day without it")
    control = row.text("contract_control").lower()
    if control not in (*YES, *NO):
        row.fail(f"contract_control {control!r} is neither true nor false")
    return Holding(
        row.id("owner"),
        row.id("owned"),
        share(row, "share"),
        since,
        until,
        row.text("source"),
        row.text("key"),
        share(row, "board_share") if row.text("board_share") else None,
        share(row, "votes_share") if row.text("votes_share") else None,
        control in YES,
        row.line,
    )


def read_seeds(text: str, file: str) -> tuple[Seed, ...]:
    """Listed parties from CSV: ``id,list``, and ``programme,country,requirement``."""
    return tuple(
        Seed(
            row.id("id"),
            row.id("list"),
            programmes_of(row.text("programme")),
            row.text("country").upper(),
            row.text("requirement"),
            f"{file}:{row.line}",
        )
        for row in rows_of(text, file, SEED_COLUMNS)
    )


def programmes_of(text: str) -> tuple[str, ...]:
    """Programmes of one cell, which the lists write ``[SDGT] [IFSR]`` or with separators."""
    for mark in "[]|,":
        text = text.replace(mark, ";")
    return tuple(word.strip().upper() for word in text.split(";") if word.strip())


def read_entities(text: str, file: str) -> dict[str, Entity]:
    """Entities from CSV: ``id,name,country``, and ``branch_of``."""
    found: dict[str, Entity] = {}
    for row in rows_of(text, file, ENTITY_COLUMNS):
        branch = row.id("branch_of") if row.text("branch_of") else ""
        country = row.text("country")
        entity = Entity(
            row.id("id"), row.text("name"), country.upper(), branch, f"{file}:{row.line}"
        )
        if found.setdefault(entity.id, entity)[:-1] != entity[:-1]:
            row.fail(f"the entity {entity.id} stands twice and differs: keep one row")
        if branch == entity.id:
            row.fail(f"{entity.id} is named as a branch of itself")
    return found


def read_all(
    holdings: Path, seeds: Path | None = None, entities: Path | None = None, encoding: str = ""
) -> Holdings:
    """Holdings with listed parties and entities, from CSV or from a format of ownership data.

    Raises:
        ValueError: a file is not what it must be; the message says where and what to do.
    """
    if holdings.suffix.lower() in (".json", ".jsonl", ".ndjson"):
        from detente.parties.ownership.importing import read_foreign

        read = read_foreign(holdings)
    else:
        read = Holdings(read_holdings(text_of(holdings, encoding), str(holdings)))
    notes = list(read.notes)
    listed = () if seeds is None else read_seeds(text_of(seeds, encoding), str(seeds))
    if seeds is None:
        notes.append("no listed parties were given (--seeds): nobody begins but by country")
    known = dict(read.entities)
    if entities is not None:
        known.update(read_entities(text_of(entities, encoding), str(entities)))
        named = {each for row in read.rows for each in (row.owner, row.owned)}
        absent = sorted(named - known.keys())
        if absent:
            notes.append(
                f"{len(absent)} ids of the holdings are not in {entities.name}: "
                f"{', '.join(absent[:5])}{' …' if len(absent) > 5 else ''}"
            )
    small = [row for row in read.rows if row.share.known]
    if len(small) > 1 and all(row.share.hi <= ONE_PERCENT for row in small):
        notes.append(
            "every share is 1 percent or less: a plain number is a percentage, and one half is "
            "written 50 or 1/2"
        )
    return read._replace(seeds=listed, entities=known, notes=tuple(notes))
