"""Find lines by words, or by the digits with which they begin.

Words that people say lead to headings by the table of everyday words. Inside a heading, and where
the table has no such word, words are matched by their stems in the line's own text and in the text
of everything it stands under; the own text counts for more, and so does a line that is traded much.
A word made of digits narrows the search to codes.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import log10

from detente._shapes import NamedTuple
from detente.goods.codes import RATE_LINE, TariffCode
from detente.goods.everyday import Everyday
from detente.goods.lines import Edition
from detente.goods.plain import tokens
from detente.goods.schedule import COLUMNS, Schedule, StoredLine

OWN, ABOVE = 4.0, 1.0  # weight of a word in the line's own text, and in what it stands under
PREFIX = 2  # digits that are enough to take a word for the beginning of a code

POOL = 60
"""Lines with the words among which trade decides what comes first."""

TRADED = 0.08
"""How much a tenfold value of trade adds to the score of a line, as a share of it."""

FEW = 12
"""Lines of a heading that are looked at, so that one that is not a part is among them."""

PARTS = "parts"
"""The word with which the schedule begins what it says of parts."""

FIND = f"""
SELECT {", ".join(f"lines.{name}" for name in COLUMNS.split(", "))}, {{score}}
FROM {{tables}}
WHERE lines.first <= :edition AND :edition < lines.until
  AND lines.code >= :prefix AND lines.code < :prefix || '~'
  AND length(lines.code) >= {RATE_LINE}
  AND (length(lines.code) > {RATE_LINE} OR NOT EXISTS (
    SELECT 1 FROM lines AS below WHERE below.code > lines.code AND below.code < lines.code || '~'
      AND below.first <= :edition AND :edition < below.until))
ORDER BY {{order}} LIMIT :limit
"""
BY_CODE = FIND.format(tables="lines", score="0", order="lines.code")
BY_WORDS = FIND.format(
    tables="words JOIN lines ON lines.id = words.rowid",
    score=f"bm25(words, {OWN}, {ABOVE}) AS score",
    order="score, lines.code",
).replace("WHERE", "WHERE words MATCH :words AND", 1)


class LineHit(NamedTuple):
    """One line found.

    Attributes:
        code: its code.
        text: its own words.
        path: the words of what it stands under.
        general: the general rate as printed; "" where the schedule prints none.
    """

    code: TariffCode
    text: str
    path: tuple[str, ...]
    general: str


def search(schedule: Schedule, query: str, day: date, limit: int = 20) -> tuple[LineHit, ...]:
    """Find the narrowest lines of the schedule of a day that match a query, the best first.

    Where the query is an everyday word, the best line of each heading that it means comes first.
    Otherwise lines that have every word do; where they are fewer than `limit`, lines that have some
    of the words follow. Nothing found is an empty tuple, not an error.

    Args:
        schedule: Where to look.
        query: Words, English or Chinese, digits of a code, or both; order and punctuation do not
            matter where the words are those of the schedule.
        day: The day whose edition is searched.
        limit: The most hits to return.

    Raises:
        NoEdition: The day lies before the first edition at hand.
    """
    edition = schedule.edition_on(day)
    look = Look(schedule, edition, query)
    return tuple(
        LineHit(
            TariffCode(row.code),
            row.description,
            look.path(row),
            schedule.general(row, edition),
        )
        for row in _found(look, limit)
    )


class Look:
    """A query over one edition: the digits and the words of it, and what it means."""

    def __init__(self, schedule: Schedule, edition: Edition, query: str) -> None:
        """Take a query apart."""
        self.schedule = schedule
        self.edition = edition
        self.prefix, self.words = _parts(query)
        self._paths: dict[str, tuple[str, ...]] = {}
        self.terms = [_term(schedule, word) for word in self.words]
        self.meant = everyday().meaning(" ".join(self.words)) if self.words else None

    def path(self, row: StoredLine) -> tuple[str, ...]:
        """The words of what a row stands under, read once."""
        if row.code not in self._paths:
            self._paths[row.code] = self.schedule.path(row, self.edition)
        return self._paths[row.code]

    def rows(self, joint: str, prefix: str, limit: int) -> list[StoredLine]:
        """Lines whose texts have the words, the best first, much traded ones before others.

        Args:
            joint: whether every word must stand there, "AND", or any, "OR".
            prefix: digits with which codes begin.
            limit: the most lines.
        """
        words = f" {joint} ".join(self.terms)
        found = self._scored(BY_WORDS, prefix, words, max(POOL, limit))
        values = everyday().values([row.code for row, _ in found])
        # Scores are below zero, the best lowest, so a factor above one lifts what is traded.
        return [
            row
            for row, _ in sorted(found, key=lambda each: each[1] * _weight(values[each[0].code]))
        ][:limit]

    def below(self, code: str, limit: int) -> list[StoredLine]:
        """Lines under a code: those that have the words first, then those traded most.

        Whoever names goods seldom means parts of them: lines of parts come after the others.
        """
        most = max(limit, FEW)
        prefix = max(code, self.prefix, key=len)
        if not (prefix.startswith(code) and prefix.startswith(self.prefix)):
            return []  # the digits of the query are of another heading
        found = {row.code: row for row in self.rows("AND", prefix, most)}
        if len(found) < limit:
            found |= {
                row.code: row for row in self.rows("OR", prefix, limit) if row.code not in found
            }
        if len(found) < most:
            # SQLite takes a negative limit for none.
            others = [row for row, _ in self._scored(BY_CODE, prefix, "", -1)]
            values = everyday().values([row.code for row in others])
            others.sort(key=lambda row: -values[row.code])
            found |= {row.code: row for row in others if row.code not in found}
        shown = list(found.values())[:most]
        if PARTS not in self.words:
            # By truth alone and stable: parts go behind the others, and both keep their order.
            shown.sort(key=self._is_part)
        return shown[:limit]

    def _is_part(self, row: StoredLine) -> bool:
        texts = (row.description, *self.path(row)[1:])
        return any(text.lower().startswith(PARTS) for text in texts)

    def by_code(self, limit: int) -> list[StoredLine]:
        """Lines that begin with the digits of the query, in order of code."""
        return [row for row, _ in self._scored(BY_CODE, self.prefix, "", limit)]

    def _scored(
        self, statement: str, prefix: str, words: str, limit: int
    ) -> list[tuple[StoredLine, float]]:
        number = self.edition.number
        values = {"edition": number, "prefix": prefix, "words": words, "limit": limit}
        rows = self.schedule.database.execute(statement, values)
        return [(StoredLine(*cells), score) for *cells, score in rows]


@lru_cache(maxsize=1)
def everyday() -> Everyday:
    """The table of everyday words that is part of the package."""
    return Everyday()


def _found(look: Look, limit: int) -> list[StoredLine]:
    """The lines of a query, each once, the best first."""
    if not look.words:
        return look.by_code(limit) if look.prefix else []
    found: dict[str, StoredLine] = {}
    for row in _meant(look, limit):
        found.setdefault(row.code, row)
    for joint in ("AND", "OR"):
        if len(found) < limit and (joint == "AND" or len(look.terms) > 1):
            for row in look.rows(joint, look.prefix, limit):
                found.setdefault(row.code, row)
    return list(found.values())[:limit]


def _meant(look: Look, limit: int) -> list[StoredLine]:
    """Lines of the headings that the everyday words of a query mean.

    The best line of each heading comes first. Where the query says more than the word, lines with
    all of its words stand between them: the table knows what goods are called, not of what kind.
    """
    if look.meant is None:
        return []
    codes = look.meant.codes
    share = -(-limit // len(codes))
    groups = [rows for rows in (look.below(code, share) for code in codes) if rows]
    if not look.meant.whole:
        exact = look.rows("AND", look.prefix, limit)
        inside = [row for row in exact if row.code.startswith(codes)]
        groups = [inside or exact, *groups] if exact else groups
    firsts = [rows[0] for rows in groups]
    return [*firsts, *(row for rows in groups for row in rows[1:])]


def _weight(dollars: int) -> float:
    """What a line's score is multiplied with for its trade; 1 where there is none."""
    return 1 + TRADED * log10(1 + dollars)


def _parts(query: str) -> tuple[str, list[str]]:
    """Split a query into the digits of a code and words; the first run of digits counts."""
    prefix = ""
    words: list[str] = []
    for part in query.split():
        digits = part.replace(".", "")
        if not prefix and len(digits) >= PREFIX and digits.isascii() and digits.isdigit():
            prefix = digits
            continue
        words += tokens(part)
    return prefix, words


def _term(schedule: Schedule, word: str) -> str:
    """Write a word as a term of the search, quoted, with the schedule's own words beside it."""
    row = schedule.database.execute(
        "SELECT words FROM trade_words WHERE word IN (?, ?)", (word, word.removesuffix("s"))
    ).fetchone()
    if row is None:
        # In quotation marks, or words such as OR and NEAR would steer the search.
        return f'"{word}"'
    own = " AND ".join(f'"{each}"' for each in row[0].split())
    return f'("{word}" OR ({own}))'
