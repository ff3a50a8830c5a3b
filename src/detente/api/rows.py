"""A table of entries in a body, CSV or lines of JSON, answered row by row as it was sent."""

from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from detente._shapes import NamedTuple
from detente.api.bodies import read_json
from detente.api.limits import Limits
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.api.service import Service
from detente.applicability.entry_facts import EntryFacts
from detente.batch.columns import OUTPUT, check_columns
from detente.batch.extra import has_extra
from detente.batch.rows import answer_rows
from detente.core.tables.cells import csv_safe
from detente.core.tables.reading import heading_of, rows_of_text
from detente.core.tables.writing import csv_writer

LOG = logging.getLogger("detente.serve")

MISUNDERSTOOD = 422
LATE = "The request took too long before this row: send fewer rows at once."
FAILED = (
    "The server failed at this row or one beside it: ask again, and report it if it fails again."
)
CSV, JSON_LINES = "text/csv", "application/x-ndjson"
MEDIA = {
    CSV: CSV,
    JSON_LINES: JSON_LINES,
    "application/jsonl": JSON_LINES,
    "application/json-lines": JSON_LINES,
}
"""Media types that are read, and the type in which each is answered."""

MANY = 256
"""Rows from which answering them together is worth what it needs to begin."""

PIECE, MANY_PIECE = 16, 4096
"""Rows that are answered before others get their turn: one by one, and together."""

Row = dict[str, str]


class BodyTable(Protocol):
    """Rows that were read, and how an answered row is written."""

    @property
    def rows(self) -> list[Row]:
        """The rows."""

    def head(self) -> str:
        """What stands before them."""

    def line(self, row: Mapping[str, str], answer: Mapping[str, str]) -> str:
        """A row with its answer."""


def read_table(body: bytes, media: str, limits: Limits) -> BodyTable:
    """The table in a body.

    Raises:
        RefusedError: the media type is none of ``MEDIA`` (415), or the table cannot be read (422),
            or has too many rows (413) or columns (422).
    """
    kind = MEDIA.get(media.partition(";")[0].strip().lower())
    if kind is None:
        do = f"Send Content-Type: {CSV} or {JSON_LINES}."
        raise refuse(415, f"Tables of type {media or 'unknown'!r} are not read.", "body", do)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"The body is not UTF-8 (byte {error.start})."
        raise refuse(MISUNDERSTOOD, what, "body", "Encode it as UTF-8.") from error
    try:
        if text.count("\n") > 2 * limits.rows:  # a cell may hold some, but not that many
            raise _too_many(limits)
        table = _read_csv(text, limits) if kind == CSV else _read_lines(text, limits)
        if len(table.rows) > limits.rows:
            raise _too_many(limits)
        return table
    except ValueError as error:
        raise RefusedError(refusal_of(error)) from error


def _too_many(limits: Limits) -> RefusedError:
    do = "Send it in parts, or run `detente batch` on the file."
    return refuse(413, f"The table has more than {limits.rows} rows.", "body", do)


def _check_width(columns: int, limits: Limits, place: str) -> None:
    if columns > limits.columns:
        do = f"Leave out what no answer needs: a table has at most {limits.columns} here."
        raise refuse(MISUNDERSTOOD, f"{columns} columns are too many.", place, do)


def answered(
    service: Service, table: BodyTable, facts: Mapping[str, str], until: float = float("inf")
) -> Iterator[str]:
    """The answered table, its head first, then its rows in order, some at a time.

    Every row has its line: one that could not be answered, because the server failed or because
    its seconds were used up, is unresolved and says so.

    Args:
        service: what answers.
        table: the rows.
        facts: facts of every row.
        until: when to stop answering, by ``time.monotonic``.
    """
    head = table.head()
    if head:
        yield head
    many = service.many_rows(facts) if len(table.rows) >= MANY and has_extra() else None
    size = PIECE if many is None else MANY_PIECE
    for start in range(0, len(table.rows), size):
        rows = table.rows[start : start + size]
        answers: Iterable[Mapping[str, str]]
        try:
            if time.monotonic() > until:
                answers = _unresolved(rows, LATE)
            elif many is None:
                answers = answer_rows(service.register, service.schedule, rows, facts)
            else:
                answers = many.answers(rows)
            piece = "".join(map(table.line, rows, answers))
        # The status went out with the head, so a failure can only be told in the rows themselves.
        except Exception as error:
            LOG.error("rows %d to %d failed", start + 1, start + len(rows), exc_info=error)
            piece = "".join(map(table.line, rows, _unresolved(rows, FAILED)))
        yield piece


def _unresolved(rows: Iterable[Row], reason: str) -> Iterator[Mapping[str, str]]:
    empty = {**dict.fromkeys(OUTPUT, ""), "status": "unresolved", "reason": reason}
    return (empty for _ in rows)


def check_facts(service: Service, facts: Mapping[str, str]) -> None:
    """Refuse facts of every row that no row could be answered with.

    Raises:
        RefusedError: a fact is unknown, or cannot be read.
    """
    try:
        EntryFacts(service.register.facts, facts)
    except ValueError as error:
        raise RefusedError(refusal_of(error)) from error


class _Csv(NamedTuple):
    columns: list[str]
    rows: list[Row]

    def head(self) -> str:
        return _csv_line([*map(csv_safe, self.columns), *OUTPUT])

    def line(self, row: Mapping[str, str], answer: Mapping[str, str]) -> str:
        cells = [*(row[column] for column in self.columns), *(answer[key] for key in OUTPUT)]
        return _csv_line([csv_safe(cell) for cell in cells])


class _Lines(NamedTuple):
    rows: list[Row]

    def head(self) -> str:
        return ""

    def line(self, row: Mapping[str, str], answer: Mapping[str, str]) -> str:
        return json.dumps({**row, **answer}, ensure_ascii=False) + "\n"


def _csv_line(cells: Iterable[str]) -> str:
    target = io.StringIO()
    csv_writer(target).writerow(cells)
    return target.getvalue()


def _read_csv(text: str, limits: Limits) -> _Csv:
    # Before the reader makes a cell behind every one of them.
    heading, separator, _ = heading_of(io.StringIO(text))
    _check_width(heading.count(separator) + 1, limits, "the heading")
    read = rows_of_text(text, "")
    check_columns(read.columns)
    return _Csv(read.columns, list(read.by_column()))


def _read_lines(text: str, limits: Limits) -> _Lines:
    rows: list[Row] = []
    known: tuple[str, ...] | None = None
    # Not `splitlines`, which also cuts at U+2028 and others that JSON text may hold as they are.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        row = _read_line(line, f"line {number}")
        # Most lines repeat the keys of the one before, which were checked.
        if tuple(row) != known:
            _check_width(len(row), limits, f"line {number}")
            known = tuple(row)
            check_columns(known)
        rows.append(row)
    return _Lines(rows)


def _read_line(line: str, place: str) -> Row:
    do = 'A line is an object of text, such as {"code": "8507.60.00.10", "origin": "CN", …}.'
    try:
        row = read_json(line)
    except RefusedError as error:
        raise RefusedError(error.refusal._replace(where=place)) from error
    except ValueError as error:
        raise refuse(MISUNDERSTOOD, f"This is not JSON: {error}.", place, do) from error
    if not isinstance(row, dict):
        raise refuse(MISUNDERSTOOD, "This is not a JSON object.", place, do)
    return {key: _cell(value, key, place) for key, value in row.items()}


def _cell(value: object, key: str, place: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    do = "Write text, a number, true, false or null; facts are keys such as fact.auto_part."
    raise refuse(MISUNDERSTOOD, f"{key} is neither text nor a number.", place, do)
