"""The words that people say for goods: which headings they mean, and what is traded there."""

from __future__ import annotations

import os
from functools import cached_property
from sqlite3 import Connection

from detente._shapes import NamedTuple
from detente.goods.codes import RATE_LINE
from detente.goods.plain import is_chinese, key, tokens
from detente.store.files import DATA, open_read_only

COMPILED = os.path.join(DATA, "words.sqlite")

LONGEST = 8
"""Words in a row, or Chinese characters, that one entry of the table has at most."""

MOST = 24
"""Words of a query that are looked at; nobody describes goods with more."""

CLOSENESS = 0.75
"""Share of letters, in order, that a word offered for another one must have in common with it."""

TURNING = frozenset(
    ("for", "of", "with", "from", "in", "to", "made", "by", "without", "and", "or", "as", "on")
)
"""English words after which a phrase only says more of what stood before them."""

Span = tuple[int, int]


class Meant(NamedTuple):
    """What a query means in everyday words.

    Attributes:
        codes: Beginnings of codes, the likeliest first.
        whole: Whether the query is nothing but that word.
        word: The word as the table has it.
        source: The edition whose texts were read to place it.
        grade: `printed` where the schedule has the word there, `judged` where a reader placed it.
    """

    codes: tuple[str, ...]
    whole: bool
    word: str
    source: str
    grade: str


class Everyday:
    """The compiled table of everyday words."""

    def __init__(self, path: str | os.PathLike[str] = COMPILED) -> None:
        """Keep the name of the file; it is opened when first asked."""
        self.path = path

    @cached_property
    def database(self) -> Connection:
        """The open table."""
        return open_read_only(self.path)

    def meaning(self, query: str) -> Meant | None:
        """What the words of a query mean; None where the table has none of them.

        The whole query counts before its parts. Of parts the one that names the goods counts: the
        longest of the last in Chinese, and in English the last before a "for", "of" or "with".
        """
        words = tokens(query)[:MOST]
        chinese = any(map(is_chinese, query))
        if chinese:
            # In Chinese the goods stand at the end, behind what describes them.
            words = list(self._simplified("".join(words)))[-2 * LONGEST :]
        spans = self._spans(words, chinese)
        found = self._find(set(spans.values()))
        known = [span for span in spans if spans[span] in found]
        if not known:
            return None
        best = min(known, key=lambda span: _order(span, words, chinese))
        word, codes, source, grade = self._closest(found[spans[best]], words[best[0] : best[1]])
        whole = best == (0, len(words))
        return Meant(tuple(codes.split()), whole, word, source, grade)

    def beginning(self, text: str, limit: int) -> list[tuple[str, str]]:
        """Words of the table that begin as a text does, with their codes, the shortest first."""
        words = tokens(text)
        plain = self._simplified(" ".join(words))
        if not plain:
            return []
        # A range, which an index serves; the last of all characters closes it.
        return list(
            self.database.execute(
                "SELECT word, codes FROM everyday WHERE plain >= ? AND plain < ? || '\U0010ffff'"
                " ORDER BY length(plain), plain LIMIT ?",
                (plain, plain, limit),
            )
        )

    def near(self, text: str, limit: int = 5) -> list[str]:
        """Words of the table that are spelled much like a text, the nearest first."""
        from difflib import get_close_matches

        plain = self._simplified(" ".join(tokens(text)))
        if not plain:
            return []
        rows = self.database.execute(
            "SELECT plain, word FROM everyday WHERE substr(plain, 1, 1) = ?"
            " AND abs(length(plain) - ?) < 4",
            (plain[0], len(plain)),
        )
        words = dict(rows)
        return [words[each] for each in get_close_matches(plain, words, limit, CLOSENESS)]

    def values(self, codes: list[str]) -> dict[str, int]:
        """Dollars of trade by code; of a code that is not in the table, of what it is part of.

        The value of a rate line stands in for its statistical lines that are newer than the table.
        """
        places = ", ".join("?" * len(codes))
        rows = self.database.execute(f"SELECT * FROM line_values WHERE code IN ({places})", codes)
        found: dict[str, int] = dict(rows)
        rated: dict[str, int] = {}
        for code in codes:
            if code not in found:
                line = code[:RATE_LINE]
                if line not in rated:
                    rated[line] = self._value_below(line)
                found[code] = rated[line]
        return found

    def _value_below(self, code: str) -> int:
        row = self.database.execute(
            "SELECT total(dollars) FROM line_values WHERE code >= ? AND code < ? || '~'",
            (code, code),
        ).fetchone()
        return int(row[0])

    def _simplified(self, text: str) -> str:
        marks = [mark for mark in dict.fromkeys(text) if is_chinese(mark)]
        if not marks:
            return text
        places = ", ".join("?" * len(marks))
        rows = self.database.execute(f"SELECT * FROM simplified WHERE mark IN ({places})", marks)
        return text.translate({ord(mark): simple for mark, simple in rows})

    def _spans(self, words: list[str], chinese: bool) -> dict[Span, str]:
        """The key of every run of words, by where it begins and ends."""
        found = {}
        for first in range(len(words)):
            for until in range(first + 1, min(len(words), first + LONGEST) + 1):
                run = words[first:until]
                # One Chinese character inside a longer word is seldom that word's goods.
                if chinese and until - first == 1 and until != len(words):
                    continue
                found[first, until] = "".join(run) if chinese else key(run)
        return found

    def _find(self, keys: set[str]) -> dict[str, list[tuple[str, str, str, str, str]]]:
        places = ", ".join("?" * len(keys))
        found: dict[str, list[tuple[str, str, str, str, str]]] = {}
        for name, *row in self.database.execute(
            "SELECT key, plain, word, codes, source, grade FROM everyday"
            f" WHERE key IN ({places}) ORDER BY place",
            sorted(keys),
        ):
            found.setdefault(name, []).append(tuple(row))
        return found

    @staticmethod
    def _closest(
        rows: list[tuple[str, str, str, str, str]], words: list[str]
    ) -> tuple[str, str, str, str]:
        """The row whose ending is that of the query, where several have its stem."""
        plain = " ".join(words)
        same = [row for row in rows if row[0] in (plain, plain.replace(" ", ""))]
        _, *rest = (same or rows)[0]
        word, codes, source, grade = rest
        return word, codes, source, grade


def _order(span: Span, words: list[str], chinese: bool) -> tuple[int, int, int]:
    """Where a part of a query stands among its parts; the least names the goods."""
    first, until = span
    if chinese:
        return 0 if until == len(words) else 1, first - until, -until
    turns = [place for place, word in enumerate(words) if word in TURNING and place > 0]
    end = turns[0] if turns else len(words)
    if span == (0, len(words)):
        return -1, 0, 0
    return (0 if until <= end else 1), -until, first
