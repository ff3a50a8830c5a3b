"""A file of somebody else's rates: a row a line and origin, a column a family of duties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.missing_files import no_file
from detente.core.tables.reading import TableError, open_table
from detente.core.tables.writing import PARQUET, need
from detente.duty.question import QuestionError

if TYPE_CHECKING:
    import polars

CODE, ORIGIN, ON = KEYS = ("code", "origin", "on")
TOTAL = "total"
"""The name of the column with all duties together."""

MILLION = 1_000_000
OTHER_NAMES = {
    "hts": CODE,
    "hts10": CODE,
    "hts8": CODE,
    "hts number": CODE,
    "hts code": CODE,
    "country": ORIGIN,
    "country of origin": ORIGIN,
    "date": ON,
    "day": ON,
    "mfn": "base",
    "column 1": "base",
    "general": "base",
    "rate": TOTAL,
    "total ad valorem": TOTAL,
    "statutory rate": TOTAL,
}
"""What others call these columns; the words of a heading, in small letters."""

_RATE_WORDS = re.compile(r"^(rate|duty)_|_(rate|duty)$")
_DAY = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")
HAS_NO_DAY = "say of which day the rates are, with --on or a column on"


class Peer(NamedTuple):
    """Rates of another encoding.

    Attributes:
        name: of the file.
        frame: `code`, `origin`, `on` as texts; a column of millionths for each family, null where
            the cell is empty.
        families: the families that have a column, `total` among them.
        notes: what was read into the file, in sentences.
    """

    name: str
    frame: polars.DataFrame
    families: tuple[str, ...]
    notes: tuple[str, ...]


def read_peer(path: Path, families: Iterable[str], on: str = "", percent: bool = False) -> Peer:
    """The rates of a table.

    Args:
        path: CSV, a workbook, or Parquet.
        families: the families of duties that a column may bear the name of.
        on: the day of rows that name none; one in the name of the file where it is empty.
        percent: whether a number without a percent sign is a percentage; else a fraction of one.

    Raises:
        ValueError: a column or a day is missing, or a rate cannot be read; with what to do.
        FileNotFoundError: there is no such file.
    """
    import polars

    if path.suffix.lower() == PARQUET:
        need(path, PARQUET, {PARQUET: ("polars", "batch")})
        if not path.exists():
            raise FileNotFoundError(no_file(path))
        try:
            frame = polars.read_parquet(path)
        except polars.exceptions.ComputeError as error:
            raise TableError(str(path), "", f"no Parquet file ({error})", "write it again") from (
                error
            )
    else:
        with open_table(path) as rows:
            types = dict.fromkeys(rows.columns, polars.String)
            frame = polars.DataFrame(list(rows), schema=types, orient="row")
    return peer_of(frame, path.name, families, on, percent)


def of_lines(lines: Iterable[str], families: Iterable[str], on: str, percent: bool = False) -> Peer:
    """Rates out of lines in words: KEY=VALUE between commas.

    Raises:
        ValueError: a line cannot be read.
    """
    import polars

    from detente.core.stated import pairs

    rows = [pairs(line.split(","), "a rate") for line in lines]
    columns = dict.fromkeys(key for row in rows for key in row)
    table = [[row.get(column, "") for column in columns] for row in rows]
    types = dict.fromkeys(columns, polars.String)
    frame = polars.DataFrame(table, schema=types, orient="row")
    return peer_of(frame, "rates", families, on, percent)


def peer_of(
    frame: polars.DataFrame,
    name: str,
    families: Iterable[str],
    on: str = "",
    percent: bool = False,
) -> Peer:
    """Rates out of a frame; see ``read_peer``."""
    import polars

    known = tuple(families)
    named = _named(frame.columns, known)
    held = tuple(family for family in (*known, TOTAL) if family in named)
    missing = [key for key in (CODE, ORIGIN) if key not in named]
    if missing or not held:
        what = f"the column {' and '.join(missing)} is" if missing else "columns of rates are"
        raise QuestionError(
            f"{name}: {what} missing: a row has code, origin, and a rate for each of "
            f"{', '.join((*known, TOTAL))}, as far as they are compared"
        )
    notes = []
    columns = [_key(frame, named[key], key) for key in (CODE, ORIGIN)]
    if ON in named:
        columns.append(_key(frame, named[ON], ON))
    else:
        if not on and (found := _DAY.search(name)):
            on = found.group(1)
            notes.append(f"the day {on} is read off the name of the file")
        if not on:
            raise QuestionError(f"{name}: no day: {HAS_NO_DAY}")
        columns.append(polars.Series(ON, [on]).new_from_index(0, len(frame)))
    rates = [_rates(frame[named[family]], family, name, percent) for family in held]
    left = [column for column in frame.columns if column not in named.values()]
    if left:
        notes.append(f"not compared: {', '.join(left)}")
    return Peer(name, polars.DataFrame([*columns, *rates]), held, tuple(notes))


def _named(columns: Iterable[str], families: tuple[str, ...]) -> Mapping[str, str]:
    """The column of the table that each key and family has.

    Raises:
        QuestionError: two columns mean the same.
    """
    found: dict[str, str] = {}
    for column in columns:
        plain = " ".join(re.sub(r"[^a-z0-9]+", " ", column.lower()).split())
        means = OTHER_NAMES.get(plain, plain.replace(" ", "_"))
        if means not in (*KEYS, *families, TOTAL):
            means = _RATE_WORDS.sub("", means)
            means = OTHER_NAMES.get(means.replace("_", " "), means)
        if means not in (*KEYS, *families, TOTAL):
            continue
        if means in found:
            raise QuestionError(
                f"the columns {found[means]} and {column} both mean {means}: keep one"
            )
        found[means] = column
    return found


def _key(frame: polars.DataFrame, column: str, key: str) -> polars.Series:
    from detente.core.tables.column_texts import as_text

    text = as_text(frame[column]).str.strip_chars()
    if key == CODE:
        # A code is compared with prefixes, so it is digits alone, however it was parted; a table
        # that took it for a number added a fraction.
        text = text.str.replace(r"^(\d+)\.0$", "${1}").str.replace_all(r"\D", "")
    return text.alias(key)


def _rates(column: polars.Series, family: str, name: str, percent: bool) -> polars.Series:
    """A column as millionths; null where a cell is empty.

    Raises:
        TableError: a cell is not a rate.
    """
    import polars

    if column.dtype == polars.String:
        text = column.str.strip_chars().str.to_lowercase().str.replace("^free$", "0%")
        given = (text != "").fill_null(False)
        signed = text.str.ends_with("%").fill_null(False)
        number = text.str.strip_chars_end("% ").cast(polars.Float64, strict=False)
        share = number / (100 if percent else 1)
        number = (number / 100).zip_with(signed, share)
    else:
        number = column.cast(polars.Float64)
        given = number.is_not_nan().fill_null(False)
        number = number / (100 if percent else 1)
    # Most decimal shares are no exact floats, and cutting would lose a millionth of some.
    found = (number * MILLION).round().cast(polars.Int64, strict=False)
    # A number without an end, or beyond all rates, is none either.
    wrong = found.is_null() & given
    if wrong.any():
        at = wrong.arg_max() or 0
        raise TableError(
            name,
            f"line {at + 2}",
            f"{column[at]!r} under {column.name} is not a rate",
            "write 0.25 or 25%; a specific duty is left empty",
        )
    return found.alias(family)
