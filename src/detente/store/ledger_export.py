"""A ledger as a file that anybody can verify: JSON lines or CSV, every column as it is stored.

The question and the answer stay the texts that were hashed, so a verifier in any language needs
SHA-256 and JSON, and neither this program nor the ledger.
"""

from __future__ import annotations

import csv
import json
import os
from contextlib import contextmanager

from detente._shapes import TYPE_CHECKING
from detente.core.tables.writing import csv_writer
from detente.store.ledger import COLUMNS, LedgerEntry, LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TextIO

FORMS = {".jsonl": "jsonl", ".csv": "csv"}
"""Form of an export by the end of the file's name."""

LONGEST = 2**27
"""Characters of the longest cell that is read: an answer with its working is long."""


def form_of(path: str) -> str:
    """The form that a file's name asks for.

    Raises:
        LedgerError: it ends in neither .jsonl nor .csv.
    """
    end = os.path.splitext(path)[1].lower()
    if end not in FORMS:
        raise LedgerError(f"{path}: an export ends in {' or '.join(FORMS)}")
    return FORMS[end]


def write_export(entries: Iterable[LedgerEntry], file: TextIO, form: str) -> int:
    """Write entries; returns how many.

    Args:
        entries: in order.
        file: opened with ``newline=""``.
        form: ``jsonl`` or ``csv``.
    """
    rows = csv_writer(file) if form == "csv" else None
    if rows is not None:
        rows.writerow(COLUMNS)
    count = 0
    for entry in entries:
        count += 1
        if rows is not None:
            rows.writerow(entry)
        else:
            line = dict(zip(COLUMNS, entry, strict=True))
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
    return count


def read_export(path: str) -> Iterator[LedgerEntry]:
    """The entries of an export, in order.

    Raises:
        LedgerError: the file is not an export, or a row of it is none; the message says where.
    """
    form_of(path)  # a wrong name is told before the file is opened
    with open(path, encoding="utf-8", newline="") as file:
        yield from entries_of(file, path)


def entries_of(file: TextIO, name: str) -> Iterator[LedgerEntry]:
    """The entries of an export whose text is at hand, in order.

    Args:
        file: its text, opened without translation of line ends.
        name: of the file, whose suffix says the form.

    Raises:
        LedgerError: the file is not an export, or a row of it is none; the message says where.
    """
    form = form_of(name)
    try:
        yield from _from_csv(file, name) if form == "csv" else _from_lines(file, name)
    except (UnicodeDecodeError, csv.Error) as error:
        raise LedgerError(f"{name} is not an export as it was written: {error}") from error


def _from_lines(file: TextIO, path: str) -> Iterator[LedgerEntry]:
    for number, line in enumerate(file, 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise LedgerError(f"{path}, line {number} is not JSON: {error}") from error
        if not isinstance(row, dict) or tuple(row) != COLUMNS:
            raise LedgerError(
                f"{path}, line {number}: an entry has the keys {', '.join(COLUMNS)}, in this order"
            )
        yield _entry(list(row.values()), f"{path}, line {number}")


def _from_csv(file: TextIO, path: str) -> Iterator[LedgerEntry]:
    with _long_cells():
        rows = csv.reader(file, strict=True)
        if next(rows, None) != list(COLUMNS):
            raise LedgerError(f"{path}: the first line of an export is {','.join(COLUMNS)}")
        for row in rows:
            where = f"{path}, line {rows.line_num}"
            if len(row) != len(COLUMNS):
                raise LedgerError(f"{where}: an entry has {len(COLUMNS)} cells, not {len(row)}")
            yield _entry(row, where)


def _entry(row: list[Any], where: str) -> LedgerEntry:
    number, *texts = row
    digits = str(number)
    if not (digits.isascii() and digits.isdigit()) or not all(isinstance(x, str) for x in texts):
        raise LedgerError(f"{where}: an entry is a number and eight texts")
    return LedgerEntry(int(digits), *texts)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let the reader take long cells, and leave its limit as it was."""
    # The limit is one for the whole process, other readers of CSV included.
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
