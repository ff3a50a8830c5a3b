"""Find lines by words, or by the digits with which they begin.

Words are matched by their stems in the line's own text and in the text of everything it stands
under; the own text counts for more. A word made of digits narrows the search to codes.
"""

from __future__ import annotations

from datetime import date

from detente._shapes import NamedTuple
from detente.goods.codes import RATE_LINE, Code
from detente.goods.lines import Edition
from detente.goods.schedule import COLUMNS, Row, Schedule

OWN, ABOVE = 4.0, 1.0  # weight of a word in the line's own text, and in what it stands under
PREFIX = 2  # digits that are enough to take a word for the beginning of a code

FIND = f"""
SELECT {", ".join(f"lines.{name}" for name in COLUMNS.split(", "))}
FROM {{tables}}
WHERE lines.first <= :edition AND :edition < lines.until
  AND lines.code >= :prefix AND lines.code < :prefix || '~'
  AND length(lines.code) >= {RATE_LINE}
  AND (length(lines.code) > {RATE_LINE} OR NOT EXISTS (
    SELECT 1 FROM lines AS below WHERE below.code > lines.code AND below.code < lines.code || '~'
      AND below.first <= :edition AND :edition < below.until))
ORDER BY {{order}} LIMIT :limit
"""
BY_CODE = FIND.format(tables="lines", order="lines.code")
BY_WORDS = FIND.format(
    tables="words JOIN lines ON lines.id = words.rowid",
    order=f"bm25(words, {OWN}, {ABOVE}), lines.code",
).replace("WHERE", "WHERE words MATCH :words AND", 1)


class Hit(NamedTuple):
    """One line found: its code, its own words, and the words of what it stands under."""

    code: Code
    text: str
    path: tuple[str, ...]


def search(schedule: Schedule, query: str, day: date, limit: int = 20) -> tuple[Hit, ...]:
    """Find the narrowest lines of the schedule of a day that match a query, the best first.

    Lines that have every word come first; where they are fewer than `limit`, lines that have some
    of the words follow. Nothing found is an empty tuple, not an error.

    Args:
        schedule: Where to look.
        query: Words, digits of a code, or both; order and punctuation do not matter.
        day: The day whose edition is searched.
        limit: The most hits to return.

    Raises:
        NoEdition: The day lies before the first edition at hand.
    """
    edition = schedule.edition_on(day)
    prefix, plain = _parts(query)
    words = [_term(schedule, word) for word in plain]
    if not words:
        rows = _rows(schedule, edition, BY_CODE, prefix, "", limit) if prefix else []
    else:
        rows = _rows(schedule, edition, BY_WORDS, prefix, " AND ".join(words), limit)
        if len(rows) < limit and len(words) > 1:
            some = _rows(schedule, edition, BY_WORDS, prefix, " OR ".join(words), limit)
            seen = {row.code for row in rows}
            rows = [*rows, *(row for row in some if row.code not in seen)][:limit]
    return tuple(Hit(Code(row.code), row.description, schedule.path(row, edition)) for row in rows)


def _parts(query: str) -> tuple[str, list[str]]:
    """Split a query into the digits of a code and words; the first run of digits counts."""
    prefix = ""
    words: list[str] = []
    for part in query.split():
        digits = part.replace(".", "")
        if not prefix and len(digits) >= PREFIX and digits.isascii() and digits.isdigit():
            prefix = digits
            continue
        plain = "".join(mark if mark.isalnum() else " " for mark in part)
        words += plain.split()
    return prefix, words


def _term(schedule: Schedule, word: str) -> str:
    """Write a word as a term of the search, quoted, with the schedule's own words beside it."""
    lower = word.lower()
    row = schedule.database.execute(
        "SELECT words FROM trade_words WHERE word IN (?, ?)", (lower, lower.removesuffix("s"))
    ).fetchone()
    if row is None:
        return f'"{word}"'
    own = " AND ".join(f'"{each}"' for each in row[0].split())
    return f'("{word}" OR ({own}))'


def _rows(
    schedule: Schedule, edition: Edition, statement: str, prefix: str, words: str, limit: int
) -> list[Row]:
    values = {"edition": edition.number, "prefix": prefix, "words": words, "limit": limit}
    return [Row._make(row) for row in schedule.database.execute(statement, values)]
