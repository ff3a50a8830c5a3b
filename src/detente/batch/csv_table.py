"""A table in a CSV file: its columns, and its rows as they are read; a fault names the line."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from detente.batch.rows import check_columns

BYTE_ORDER_MARK = "\ufeff"
NAMES = {"utf-8-sig": "UTF-8"}
"""Encodings under the name that people know them by."""


def check_encoding(name: str) -> None:
    """Refuse what is no encoding of texts.

    Raises:
        ValueError: with names that are.
    """
    try:
        "".encode(name)
    except (LookupError, ValueError):
        raise ValueError(
            f"the encoding {name!r} is not known: write one such as UTF-8 or GB18030"
        ) from None


@contextmanager
def csv_table(path: Path, encoding: str) -> Iterator[tuple[list[str], Iterator[list[str]]]]:
    """The columns of a file of entries, and its rows as they are read; empty lines are passed over.

    A byte order mark is no part of the first column, whatever the encoding.

    Raises:
        QuestionError: the columns are not those of entries.
        ValueError: the file is in another encoding, its quotes are broken, or a row has not a cell
            under each column; the message says on which line.
        FileNotFoundError: there is no such file.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there")
    with open(path, encoding=encoding, newline="") as source:
        try:
            first = source.readline().removeprefix(BYTE_ORDER_MARK)
            reader = csv.reader(chain([first] if first else [], source), strict=True)
            try:
                columns = next(reader, [])
            except csv.Error as error:
                raise ValueError(f"{path}, line 1: {error}; check the quotes") from error
            check_columns(columns)
            yield columns, _rows(reader, path, len(columns))
        except UnicodeDecodeError as error:
            name = NAMES.get(encoding.lower(), encoding)
            raise ValueError(
                f"{path}, line {_undecoded(path, encoding)} is not {name}: name the file's "
                "encoding with --encoding, such as GB18030"
            ) from error


def _rows(reader: Iterator[list[str]], path: Path, width: int) -> Iterator[list[str]]:
    last = 1
    try:
        for row in reader:
            last = reader.line_num  # type: ignore[attr-defined]
            if not row:
                continue
            if len(row) != width:
                raise ValueError(
                    f"{path}, line {last}: {len(row)} cells under {width} columns; "
                    "put cells with commas in quotes"
                )
            yield row
    except csv.Error as error:
        # The row that cannot be read begins after the last one that could.
        raise ValueError(f"{path}, line {last + 1}: {error}; check the quotes") from error


def _undecoded(path: Path, encoding: str) -> int:
    """The first line that an encoding does not read."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with open(path, "rb") as source:
        for number, line in enumerate(source, 1):
            try:
                decoder.decode(line)
            except UnicodeDecodeError:
                return number
    return number
