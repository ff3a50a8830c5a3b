"""Compile the words that people say for goods, and how much of each line is traded.

The same tables give the same bytes. `values` sums the imports of a year over all partners but those
that another partner holds already; what a line is worth decides which lines a word shows first.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from detente.core.tables.tsv import read_tsv
from detente.goods.compile import PAGE
from detente.goods.plain import key, tokens
from detente.goods.storing import insert

TABLES = """
PRAGMA page_size = {page};
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE everyday (
  place INTEGER PRIMARY KEY, word TEXT NOT NULL, language TEXT NOT NULL, plain TEXT NOT NULL,
  key TEXT NOT NULL, codes TEXT NOT NULL, source TEXT NOT NULL, grade TEXT NOT NULL
);
CREATE TABLE sections (
  section TEXT PRIMARY KEY, title TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE chapters (chapter TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE line_values (code TEXT PRIMARY KEY, dollars INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE simplified (mark TEXT PRIMARY KEY, simple TEXT NOT NULL) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX everyday_keys ON everyday (key);
CREATE INDEX everyday_words ON everyday (plain);
"""

LINES = "us-imports-2024"
"""The weighting of `data/trade` that has a value for every statistical line."""


def build_words(data_dir: Path, out: Path) -> None:
    """Write the database of words.

    Args:
        data_dir: The folder with everyday.tsv; `trade` and `parties` lie beside it.
        out: The file to write; an older one is replaced.

    Raises:
        FileNotFoundError: A table is missing.
        ValueError: A row has another number of cells than its header.
    """
    out.unlink(missing_ok=True)
    database = sqlite3.connect(out)
    try:
        database.executescript(TABLES.format(page=PAGE))
        with database:
            insert(database, "everyday", _words(data_dir / "everyday.tsv"))
            _titles(database, data_dir / "chapters.tsv")
            values = _values(data_dir.parent / "trade")
            insert(database, "line_values", sorted(values.items()))
            insert(database, "simplified", _simplified(data_dir.parent / "parties" / "han.tsv"))
        database.executescript(INDEXES)
        database.execute("VACUUM")
    finally:
        database.close()


def _words(path: Path) -> Iterator[tuple[object, ...]]:
    for place, row in enumerate(read_tsv(path), start=1):
        words = tokens(row["word"])
        plain = " ".join(words)
        yield (
            place,
            row["word"],
            row["language"],
            plain,
            key(words),
            *(row[name] for name in ("codes", "source", "grade")),
        )


def _titles(database: sqlite3.Connection, path: Path) -> None:
    """Titles of sections, which name the first and last of their chapters, and of chapters."""
    for row in read_tsv(path):
        if row["section"]:
            first, _, last = row["chapters"].partition("-")
            insert(database, "sections", [(row["section"], row["title"], first, last or first)])
        else:
            insert(database, "chapters", [(row["chapters"], row["title"])])


def _values(trade: Path) -> Counter[str]:
    """Dollars of a year by statistical line, over partners that do not overlap."""
    within = {row["partner"] for row in read_tsv(trade / "partners.tsv") if row["within"]}
    values: Counter[str] = Counter()
    for path in sorted((trade / LINES).glob("*.tsv")):
        if path.stem not in within:
            for row in read_tsv(path):
                values[row["code"]] += int(row["value"])
    return values


def _simplified(path: Path) -> Iterator[tuple[str, str]]:
    for row in sorted(read_tsv(path), key=lambda each: each["char"]):
        if row["simplified"] not in ("", row["char"]):
            yield row["char"], row["simplified"]
