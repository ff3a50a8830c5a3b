"""Compile the built-in lists into the SQLite file that screening reads."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

from detente.core.tables.tsv import read_tsv
from detente.parties.lists.announced import announced_pauses
from detente.parties.lists.model import ALSO, CHINESE, KNOWN, OFFICIAL, ListedEntry, Name
from detente.parties.lists.policy import normal_policy, normal_requirement
from detente.parties.names.document_words import words_of
from detente.parties.names.kept_tables import texts_of
from detente.parties.names.kinds import INDUSTRY
from detente.parties.names.korean import KoreanSyllables
from detente.parties.names.names import (
    KINDS,
    NameTables,
    is_han,
    letters_of,
    parts,
    squashed,
    tables_of,
)
from detente.parties.names.sieve import sieve_of
from detente.parties.names.spelling import neighbors
from detente.parties.screening.listed.index import (
    CITIES,
    SCHEMA,
    add_version,
    body,
    build_postings,
    told_person,
)
from detente.parties.screening.listed.printed_names import BARE, CALLED
from detente.parties.screening.screening import Lists
from detente.parties.screening.store import VERDICTS, read_tables
from detente.register.book import Register

EXTRA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE lists (
  list TEXT PRIMARY KEY, by TEXT NOT NULL, title TEXT NOT NULL, citation TEXT NOT NULL,
  held TEXT NOT NULL, countries TEXT NOT NULL, programmes TEXT NOT NULL, scope TEXT NOT NULL,
  lacks TEXT NOT NULL, url TEXT NOT NULL, removals TEXT NOT NULL, rests TEXT NOT NULL,
  undated TEXT NOT NULL, strictness INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE policies (policy TEXT PRIMARY KEY, strictness INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE words_for_many (what TEXT PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE name_tables (field TEXT PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE document_words (kind TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE letters (letter TEXT NOT NULL, latin TEXT NOT NULL, beside TEXT NOT NULL);
CREATE TABLE cities (city TEXT PRIMARY KEY, countries TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE persons (
  list TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (list, name)
) WITHOUT ROWID;
CREATE TABLE same_party (
  list TEXT NOT NULL, name TEXT NOT NULL, other_list TEXT NOT NULL, other_name TEXT NOT NULL
);
CREATE TABLE other_party (
  list TEXT NOT NULL, name TEXT NOT NULL, other_list TEXT NOT NULL, other_name TEXT NOT NULL,
  verdict TEXT NOT NULL, note TEXT NOT NULL
);
CREATE TABLE relations (
  list TEXT NOT NULL, parent TEXT NOT NULL, child TEXT NOT NULL, relation TEXT NOT NULL,
  citation TEXT NOT NULL, parent_key TEXT NOT NULL, child_key TEXT NOT NULL
);
CREATE INDEX relations_parent ON relations (parent_key);
CREATE INDEX relations_child ON relations (child_key);
CREATE TABLE updates (
  name TEXT PRIMARY KEY, lists TEXT NOT NULL, file TEXT NOT NULL, address TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE announced_pauses (
  list TEXT NOT NULL, cited TEXT NOT NULL, begins TEXT NOT NULL, until TEXT NOT NULL,
  announced TEXT NOT NULL, because TEXT NOT NULL, said TEXT NOT NULL
);
CREATE TABLE within (place TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE address_words (kind TEXT NOT NULL, word TEXT NOT NULL, means TEXT NOT NULL);
CREATE TABLE hong_kong (jyutping TEXT PRIMARY KEY, spelled TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cantonese (spelling TEXT PRIMARY KEY, pinyin TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE korean (
  spelling TEXT PRIMARY KEY, syllables TEXT NOT NULL, families TEXT NOT NULL
) WITHOUT ROWID;
"""

OF_LIST = (
    "list", "by", "title", "citation", "held", "countries", "programmes", "scope",
    "lacks", "url", "removals", "rests", "undated",
)  # fmt: skip
"""Columns that are kept of a list, before its strictness."""

WHOLE, PART, NONE = "whole", "part", "none"
"""How much of a list came with the package."""


SAMPLED = 10
"""Of so many entries of a list a sample has one."""

ADDED = ("chinese_names.tsv", "name_zh", CHINESE), ("known_names.tsv", "also", KNOWN)
"""Tables of names that no list prints: the file, its column of names and their kind."""


def in_both_numbers(words: Sequence[str]) -> dict[str, tuple[str, str]]:
    """What everyday words are, in the plural as without it where both are: ventures, venture."""
    every = frozenset(words)
    return {
        word: (INDUSTRY, single if (single := word.removesuffix("s")) in every else word)
        for word in words
    }


def build_parties(source: Path, target: Path) -> None:
    """Compile the tables of `source` into the SQLite file `target`.

    Raises:
        ValueError: a table names an entry or list that there is not.
    """
    _build(source, target, 1)


def build_some_parties(source: Path, target: Path) -> None:
    """Compile one in ten entries of each list; arguments are those of `build_parties`."""
    _build(source, target, SAMPLED)


def _build(source: Path, target: Path, step: int) -> None:
    """Compile every ``step``-th entry of each list."""
    by_hand = words_by_hand(source / "words.tsv")
    # A word that companies everywhere bear tells no more than one of a trade does.
    everyday = in_both_numbers([row["word"] for row in read_tsv(source / "everyday.tsv")])
    tables = tables_of(
        {**everyday, **by_hand},
        {
            row["char"]: (row["simplified"], row["pinyin"], row["cantonese"])
            for row in read_tsv(source / "han.tsv")
        },
        neighbors(by_hand),  # no brand is a slip for an everyday word
        words_of((row["kind"], row["text"]) for row in read_tsv(source / "document_words.tsv")),
        letters=letters_of(
            (row["letter"], row["latin"], row["beside"]) for row in read_tsv(source / "letters.tsv")
        ),
        within={row["place"]: row["country"] for row in read_tsv(source / "within.tsv")},
    )._replace(
        same=[
            (row["list"], row["name"], row["other_list"], row["other_name"])
            for row in read_tsv(source / "same_party.tsv")
        ],
        korean=KoreanSyllables({
            row["spelling"]: (row["syllables"], row["families"])
            for row in read_tsv(source / "korean.tsv")
        }),
        hong_kong={
            row["jyutping"]: row["spelled"] for row in read_tsv(source / "hong_kong.tsv")
        },
    )  # fmt: skip
    with closing(sqlite3.connect(target)) as database:
        _write(database, source, tables, step)
        _write_words_for_many(database)
        database.execute("VACUUM")


def words_by_hand(path: Path) -> dict[str, tuple[str, str]]:
    """Kind and canonical form of the words whose kind was set by hand."""
    return {row["word"]: (KINDS[row["kind"]], row["canonical"]) for row in read_tsv(path)}


def _write(database: sqlite3.Connection, source: Path, tables: NameTables, step: int) -> None:
    database.executescript(EXTRA + SCHEMA)
    database.executemany("INSERT INTO name_tables VALUES (?, ?)", sorted(texts_of(tables).items()))
    database.executemany("INSERT INTO hong_kong VALUES (?, ?)", tables.hong_kong.items())
    database.executemany("INSERT INTO cantonese VALUES (?, ?)", [
        tuple(row.values()) for row in read_tsv(source / "cantonese.tsv")
    ])  # fmt: skip
    database.executemany("INSERT INTO korean VALUES (?, ?, ?)", [
        tuple(row.values()) for row in read_tsv(source / "korean.tsv")
    ])  # fmt: skip
    database.executemany("INSERT INTO cities VALUES (?, ?)", [
        tuple(row.values()) for row in read_tsv(source / "cities.tsv")
    ])  # fmt: skip
    database.executemany("INSERT INTO within VALUES (?, ?)", sorted(tables.within.items()))
    database.executemany("INSERT INTO document_words VALUES (?, ?)", [
        tuple(row.values()) for row in read_tsv(source / "document_words.tsv")
    ])  # fmt: skip
    database.executemany("INSERT INTO address_words VALUES (?, ?, ?)", [
        tuple(row.values()) for row in read_tsv(source / "address_words.tsv")
    ])  # fmt: skip
    database.executemany("INSERT INTO letters VALUES (?, ?, ?)", [
        tuple(row.values()) for row in read_tsv(source / "letters.tsv")
    ])  # fmt: skip
    database.executemany("INSERT INTO same_party VALUES (?, ?, ?, ?)", tables.same)
    database.executemany("INSERT INTO relations VALUES (?, ?, ?, ?, ?, ?, ?)", [
        (*row.values(), *(squashed(parts(row[each], tables)) for each in ("parent", "child")))
        for row in read_tsv(source / "relations.tsv")
    ])  # fmt: skip
    database.executemany("INSERT INTO updates VALUES (?, ?, ?, ?)", [
        tuple(row.values()) for row in read_tsv(source / "updates.tsv")
    ])  # fmt: skip
    database.executemany(
        "INSERT INTO announced_pauses VALUES (?, ?, ?, ?, ?, ?, ?)",
        announced_pauses(Register.built_in()),
    )
    persons = {(row["list"], row["name"]) for row in read_tsv(source / "persons.tsv")}
    database.executemany("INSERT INTO persons VALUES (?, ?)", sorted(persons))
    by_list: dict[str, list[ListedEntry]] = {}
    for entry in (*_official(source, tables), *_china(source / "china.tsv")):
        by_list.setdefault(entry.list, []).append(told_person(entry, persons))
    _check_named("persons.tsv", persons, by_list)
    for row in _lists(source / "lists.tsv", by_list):
        database.execute(
            "INSERT INTO lists VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*(row[column] for column in OF_LIST), int(row["strictness"])),
        )
        if row["held"] == NONE:
            continue
        entries = by_list[row["list"]][::step]
        day, count = row["source_date"], len(entries)
        version = row["list"], day, "built-in", count, "", _digest(entries), 0, row["from"]
        add_version(database, version, entries, tables)
    _check_same("same_party.tsv", tables.same, by_list)
    apart = _other_parties(source / "other_party.tsv")
    _check_same("other_party.tsv", [row[:4] for row in apart], by_list)
    database.executemany("INSERT INTO other_party VALUES (?, ?, ?, ?, ?, ?)", apart)
    database.executemany("INSERT INTO policies VALUES (?, ?)", [
        (row["policy"], int(row["strictness"])) for row in read_tsv(source / "policies.tsv")
    ])  # fmt: skip
    build_postings(database, tables)
    known = " ".join(row["word"] for row in read_tsv(source / "known_words.tsv"))
    database.execute("INSERT INTO facts VALUES ('known words', ?)", (known,))
    cities = {row["city"] for row in read_tsv(source / "cities.tsv")} | {*tables.documents.cities}
    database.execute("INSERT INTO facts VALUES (?, ?)", (CITIES, sieve_of(cities)))
    database.execute("INSERT INTO facts VALUES ('read with', ?)", (_fingerprint(source),))
    database.commit()


def _digest(entries: Iterable[ListedEntry]) -> str:
    """A checksum of what a list says, without the names that it does not print."""
    printed = (
        each._replace(names=tuple(name for name in each.names if name.grade == OFFICIAL))
        for each in entries
    )
    return hashlib.sha256("\n".join(sorted(map(body, printed))).encode()).hexdigest()


def _write_words_for_many(database: sqlite3.Connection) -> None:
    """Write which words `Lists.know_words` reads, by the tables as they are read with."""
    spellings = dict(database.execute("SELECT spelling, pinyin FROM cantonese"))
    lists = Lists(database, read_tables(database), spellings)
    known = {BARE: lists.bare_words(lists.reader.signs.is_bare), CALLED: lists.short_names()}
    database.executemany(
        "INSERT INTO words_for_many VALUES (?, ?)",
        [(what, " ".join(sorted(words))) for what, words in known.items()],
    )
    database.commit()


def _other_parties(path: Path) -> list[tuple[str, str, str, str, str, str]]:
    """The rows of the table of entries that share a name and are not told as one party.

    Raises:
        ValueError: a verdict is none of those there are.
    """
    rows = [
        (row["list"], row["name"], row["other_list"], row["other_name"], row["verdict"],
         row["note"]) for row in read_tsv(path)
    ]  # fmt: skip
    for row in rows:
        if row[4] not in VERDICTS:
            raise ValueError(
                f"{path}: {row[1]}: verdict is {row[4]!r}, not {' or '.join(VERDICTS)}"
            )
    return rows


def _check_same(
    file: str,
    pairs: Iterable[tuple[str, str, str, str]],
    entries: Mapping[str, Sequence[ListedEntry]],
) -> None:
    """See that each entry of a table of pairs is there.

    Raises:
        ValueError: one is not.
    """
    named = ((each[:2], each[2:]) for each in pairs)
    _check_named(file, chain.from_iterable(named), entries)


def _check_named(
    file: str,
    named: Iterable[tuple[str, str]],
    entries: Mapping[str, Sequence[ListedEntry]],
) -> None:
    """See that each entry that a table names by its list and main name is there.

    Raises:
        ValueError: one is not.
    """
    main = {(code, each.names[0].text) for code, rows in entries.items() for each in rows}
    for wanted in named:
        if wanted not in main:
            raise ValueError(f"{file}: {wanted[0]} has no entry {wanted[1]!r}")


def _lists(path: Path, entries: Mapping[str, Sequence[ListedEntry]]) -> list[dict[str, str]]:
    """The rows of the table of lists, each held as it says.

    Raises:
        ValueError: a row says that a list is held otherwise than it is.
    """
    found = list(read_tsv(path))
    held = {row["list"] for row in found if row["held"] != NONE}
    if held != set(entries):
        wrong = ", ".join(sorted(held ^ set(entries)))
        raise ValueError(f"{path} and the entries name different lists as held: {wrong}")
    for row in found:
        if row["rests"] not in ("yes", "no"):
            raise ValueError(f"{path}, {row['list']}: rests is {row['rests']!r}, not yes or no")
        if row["held"] not in (WHOLE, PART, NONE):
            raise ValueError(
                f"{path}, {row['list']}: held is {row['held']!r}, not whole, part, none"
            )
        if (row["held"] == PART) != bool(row["lacks"]):
            raise ValueError(
                f"{path}, {row['list']}: a list held in part, and no other, says what it lacks"
            )
        places = set(filter(None, row["countries"].split(";")))
        for entry in entries.get(row["list"], ()):
            if places and places.isdisjoint(entry.countries):
                raise ValueError(f"{path}, {row['list']}: {entry.key} is of none of {places}")
            if row["from"] and not (entry.since or entry.doubt):
                raise ValueError(f"{path}, {row['list']}: {entry.key} says no day of its listing")
    return found


def _fingerprint(source: Path) -> str:
    """What names are read with, and joined to: the tables and the code, as one short text."""
    room = Path(__file__).parent.parent
    tables = (
        "words", "everyday", "han", "letters", "document_words", "within", "same_party", "korean",
        "official", "others", "china", "chinese_names", "known_names", "persons", "lists", "cities",
    )  # fmt: skip
    files = [source / f"{name}.tsv" for name in tables]
    files += [
        room / "names" / f"{name}.py"
        for name in (
            "names",
            "legal",
            "spelling",
            "candidates",
            "packed_words",
            "reading/cut_fields",
            "reading/documents",
            "reading/pieces",
            "document_words",
            "patterns",
            "sounds",
            "languages/unvoweled",
            "korean",
            "japanese",
            "languages/spelled_names",
            "languages/heard_names",
        )
    ]
    read = ("index", "kinds_of_names", "printed_forms", "bearers", "one_party")
    files += [room / "screening" / "listed" / f"{name}.py" for name in read]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _official(source: Path, tables: NameTables) -> Iterator[ListedEntry]:
    """The official lists, with what no list prints laid on every entry of the same main name.

    Entries that are addresses get the text that was read of them elsewhere.
    """
    places = {(row["list"], row["key"]): row for row in read_tsv(source / "listed_addresses.tsv")}
    names: dict[str, list[Name]] = {}
    printed_as: dict[str, str] = {}
    for file, column, kind in ADDED:
        for row in read_tsv(source / file):
            key = squashed(parts(row["name"], tables))
            printed_as[key] = f"{file}: no entry has the name {row['name']!r}"
            named = Name(row[column], kind, row["grade"], row["place"])
            names.setdefault(key, []).append(named)
    used = set()
    kept: dict[tuple[str, str], list[ListedEntry]] = {}
    for row in chain(read_tsv(source / "official.tsv"), read_tsv(source / "others.tsv")):
        printed = [*filter(None, row.pop("names").split("|"))]
        key = squashed(parts(printed[0], tables))
        used.add(key)
        also = (Name(text, CHINESE if is_han(text[0]) else ALSO) for text in printed[1:])
        place = places.pop((row["list"], row["key"]), None)
        if place:
            row |= {"addresses": place["address"], "note": place["note"]}
        countries, addresses = row.pop("countries"), row.pop("addresses")
        entry = ListedEntry(
            **row,
            names=(Name(printed[0]), *also, *names.get(key, ())),
            countries=tuple(filter(None, countries.split(";"))),
            addresses=tuple(filter(None, addresses.split(" | "))),
            requirement=normal_requirement(row["requirement_text"]),
            policy=normal_policy(row["policy_text"]),
        )
        # A rule may list a party under two countries; a row that is printed twice is one entry.
        same = kept.setdefault((entry.list, entry.key), [])
        if entry not in same:
            same.append(entry)
        number = same.index(entry) + 1
        yield entry if number == 1 else entry._replace(key=f"{entry.key}#{number}")
    if places:
        raise ValueError(f"{source}: listed_addresses.tsv has no entry {min(places)}")
    lost = sorted(set(names) - used)
    if lost:
        raise ValueError(f"{source}: {printed_as[lost[0]]}")


def _china(path: Path) -> Iterator[ListedEntry]:
    for row in read_tsv(path):
        main, *others = row["name"].split("|")
        names = [Name(main), *(Name(text, ALSO) for text in others)] if main else []
        names += [Name(row["name_zh"], CHINESE if names else "name")] if row["name_zh"] else []
        yield ListedEntry(
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
