"""Compile the built-in lists into the SQLite file that screening reads."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from detente.parties.index import SCHEMA, add_version, build_postings, chinese
from detente.parties.model import ALSO, CHINESE, Entry, Name
from detente.parties.names import KINDS, Tables, parts, squashed, tables_of
from detente.parties.policy import normal_policy, normal_requirement
from detente.parties.spelling import neighbors

EXTRA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE lists (
  list TEXT PRIMARY KEY, by TEXT NOT NULL, title TEXT NOT NULL, citation TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, kind TEXT NOT NULL, canonical TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE han (char TEXT PRIMARY KEY, simplified TEXT, pinyin TEXT, cantonese TEXT)
  WITHOUT ROWID;
CREATE TABLE cantonese (spelling TEXT PRIMARY KEY, pinyin TEXT NOT NULL) WITHOUT ROWID;
"""


def build_parties(source: Path, target: Path) -> None:
    """Compile the tables of `source` into the SQLite file `target`.

    Raises:
        ValueError: a table names an entry or list that there is not.
    """
    words = {row["word"]: row for row in rows(source / "words.tsv")}
    han = list(rows(source / "han.tsv"))
    tables = tables_of(
        {word: (KINDS[row["kind"]], row["canonical"]) for word, row in words.items()},
        {row["char"]: (row["simplified"], row["pinyin"], row["cantonese"]) for row in han},
        neighbors(words),
    )
    with closing(sqlite3.connect(target)) as kept:
        _write(kept, source, tables, words, han)
        kept.execute("VACUUM")


def _write(
    kept: sqlite3.Connection,
    source: Path,
    tables: Tables,
    words: Iterable[str],
    han: Iterable[dict[str, str]],
) -> None:
    kept.executescript(EXTRA + SCHEMA)
    kept.executemany("INSERT INTO han VALUES (?, ?, ?, ?)", [tuple(row.values()) for row in han])
    kept.executemany("INSERT INTO vocabulary VALUES (?, ?, ?)", [
        (word, *tables.words[word]) for word in sorted(words)
    ])  # fmt: skip
    kept.executemany("INSERT INTO cantonese VALUES (?, ?)", [
        tuple(row.values()) for row in rows(source / "cantonese.tsv")
    ])  # fmt: skip
    by_list: dict[str, list[Entry]] = {}
    for entry in (*_official(source, tables), *_china(source / "china.tsv")):
        by_list.setdefault(entry.list, []).append(entry)
    lists = list(rows(source / "lists.tsv"))
    if {row["list"] for row in lists} != set(by_list):
        raise ValueError(f"{source / 'lists.tsv'} and the entries name different lists")
    for row in lists:
        kept.execute(
            "INSERT INTO lists VALUES (?, ?, ?, ?)",
            (row["list"], row["by"], row["title"], row["citation"]),
        )
        entries = by_list[row["list"]]
        version = (row["list"], row["source_date"], "built-in", len(entries), "", "")
        add_version(kept, version, entries, tables)
    build_postings(kept)
    kept.execute("INSERT INTO facts VALUES ('read with', ?)", (_fingerprint(source),))
    kept.commit()


def _fingerprint(source: Path) -> str:
    """What names are read with: the tables and the code, as one short text."""
    here = Path(__file__).parent
    files = [source / "words.tsv", source / "han.tsv"]
    files += [here / f"{name}.py" for name in ("names", "spelling", "candidates", "index")]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table by column.

    Raises:
        ValueError: a row has too few or too many cells; the message says where.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{path}, line {number}: {len(cells)} cells under {len(header)}")
        yield dict(zip(header, cells, strict=True))


def _official(source: Path, tables: Tables) -> Iterator[Entry]:
    """The official lists, with Chinese names laid on every entry that has the same main name."""
    path = source / "chinese_names.tsv"
    names: dict[str, list[Name]] = {}
    printed_as: dict[str, str] = {}
    for row in rows(path):
        key = squashed(parts(row["name"], tables))
        printed_as[key] = row["name"]
        names.setdefault(key, []).append(chinese(row["name_zh"], row["grade"], row["place"]))
    used = set()
    for row in rows(source / "official.tsv"):
        printed = row["names"].split("|")
        key = squashed(parts(printed[0], tables))
        used.add(key)
        yield Entry(
            list=row["list"],
            key=row["key"],
            names=(
                Name(printed[0]),
                *(Name(text, ALSO) for text in printed[1:]),
                *names.get(key, ()),
            ),
            kind=row["kind"],
            countries=tuple(row["countries"].split(";")) if row["countries"] else (),
            programme=row["programme"],
            requirement=normal_requirement(row["requirement_text"]),
            requirement_text=row["requirement_text"],
            policy=normal_policy(row["policy_text"]),
            policy_text=row["policy_text"],
            citation=row["citation"],
            source=row["source"],
        )
    lost = sorted(set(names) - used)
    if lost:
        raise ValueError(f"{path}: no entry has the name {printed_as[lost[0]]!r}")


def _china(path: Path) -> Iterator[Entry]:
    for row in rows(path):
        main, *others = row["name"].split("|")
        names = [Name(main), *(Name(text, ALSO) for text in others)] if main else []
        names += [Name(row["name_zh"], CHINESE if names else "name")] if row["name_zh"] else []
        yield Entry(
            list=row["list"],
            key=f"{row['citation']}: {names[0].text}",
            names=tuple(names),
            kind="entity",
            countries=(row["country"],),
            citation=row["citation"],
            source=row["source"],
            since=row["since"],
            until=row["until"],
            suspended_from=row["suspended_from"],
            suspended_until=row["suspended_until"],
            note=row["note"],
            grade=row["grade"],
        )
