"""Keep entries, their names and the postings of their n-grams in one SQLite file.

The built-in lists and the user's own are kept the same way. A list has versions, each the list as
of one day; an entry is kept once however many versions hold it.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from itertools import chain

from detente._shapes import TYPE_CHECKING
from detente.parties.lists.model import KNOWN, OFFICIAL, ListedEntry, Name
from detente.parties.names.candidates import counts, finders, gain, pieces
from detente.parties.names.comparing import CRAFT, MARK, PERSON
from detente.parties.names.kinds import BRAND, FILLER, LEGAL
from detente.parties.names.languages.heard_names import HeardNames, whole_brands
from detente.parties.names.languages.spelled_names import KoreanNames
from detente.parties.names.names import (
    NameTables,
    NameWord,
    first_letters,
    squashed,
)
from detente.parties.names.packed_words import pack, unpack
from detente.parties.names.reading.cut_fields import CutFields
from detente.parties.names.sieve import sieve_of
from detente.parties.screening.listed.addresses import CALLED, packed
from detente.parties.screening.listed.bearers import NameBearers
from detente.parties.screening.listed.kinds_of_names import (
    ALONE,
    BARE,
    CROSSED,
    INDIVIDUAL,
    OF_KNOWN,
    PARTIES,
    PRINTED,
    SPOKEN,
    UNCOUNTED,
    UNREAD,
)
from detente.parties.screening.listed.one_party import PrintedName, alike_across, one_party
from detente.parties.screening.listed.printed_forms import (
    also_called,
    crossed,
    forms_of,
    persons_names,
)
from detente.store.files import has_table

if TYPE_CHECKING:
    from typing import Any, TypeVar

    Value = TypeVar("Value")

SCHEMA = """
CREATE TABLE versions (
  id INTEGER PRIMARY KEY, list TEXT NOT NULL, source_date TEXT NOT NULL, format TEXT NOT NULL,
  rows INTEGER NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, members BLOB NOT NULL,
  left_out INTEGER NOT NULL DEFAULT 0, start TEXT NOT NULL DEFAULT '',
  UNIQUE (list, source_date, file)
);
CREATE TABLE entries (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE INDEX entries_begin ON entries (substr(body, 1, 120));
CREATE TABLE names (
  id INTEGER PRIMARY KEY, entry INTEGER NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
  grade TEXT NOT NULL, place TEXT NOT NULL, words TEXT NOT NULL, squashed TEXT NOT NULL,
  initials TEXT NOT NULL, party INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX names_squashed ON names (squashed);
CREATE INDEX names_entry ON names (entry);
CREATE INDEX names_initials ON names (initials) WHERE initials <> '';
CREATE TABLE grams (gram TEXT PRIMARY KEY, names BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, names INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE facts (fact TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""
BODIES = "bodies"
"""The fact of a file that is the sieve of the names, squashed, that it prints of bodies."""

BRANDS = "brands"
"""The fact of a file that is the sieve of the brands of its names."""

HEARD = "heard"
"""The fact of a file that is the sieve of what is heard of the names of its persons."""

CUT_FIELDS = "cut fields"
"""The fact of a file that is the sieve of how its long names begin."""

CITIES = "cities"
"""The fact of the built-in file that is the sieve of the names of cities."""

OF_NAME, OF_ENTRY = len(Name._fields), len(ListedEntry._fields)
"""How many values a name has that is kept, and an entry."""


def body(entry: ListedEntry) -> str:
    """An entry as text that is the same for the same entry."""
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


_decode = json.JSONDecoder().raw_decode
"""Reads a text that `body` wrote, which has no blanks around it to be looked for."""


def entry_of(text: str) -> ListedEntry:
    """The entry of a body."""
    row, _ = _decode(text)
    # Made as tuples are: a hundred thousand names of a file cost a tenth of a second otherwise.
    row[2] = tuple(
        [tuple.__new__(Name, each) if len(each) == OF_NAME else Name(*each) for each in row[2]]
    )
    row[4] = tuple(row[4])
    if len(row) < OF_ENTRY:
        return ListedEntry(*row)  # an entry kept before the later fields has fewer
    row[-1] = tuple(row[-1])
    return tuple.__new__(ListedEntry, row)


def told_person(entry: ListedEntry, persons: Container[tuple[str, str]]) -> ListedEntry:
    """An entry whose list does not say what it is, as that of a person where a table says so.

    Args:
        entry: of a list.
        persons: list and main name of persons.
    """
    if entry.kind or (entry.list, entry.names[0].text) not in persons:
        return entry
    return entry._replace(kind=INDIVIDUAL)


def add_version(
    database: sqlite3.Connection,
    version: tuple[str, str, str, int, str, str, int, str],
    entries: Iterable[ListedEntry],
    tables: NameTables,
    told: Container[str] | None = None,
    before: NamesRead | None = None,
) -> None:
    """Keep a list as of a day; what is already kept for the day from the same source is replaced.

    Args:
        database: the file.
        version: list, day, format, rows, name of the file that is its source, SHA-256, rows that
            were not understood, first day that it answers for or "" for its own day.
        entries: what the list holds.
        tables: words and characters.
        told: the lists of whose parties it is known which are persons; None for all.
        before: names that are read already; None to read all.
    """
    members = array("I")
    for entry in entries:
        text = body(entry)
        # Indexed by its beginning, with its list and key: a copy of every body would take more room
        # than all names. Files of earlier releases have that copy, and are asked alike.
        row = database.execute(
            "SELECT id FROM entries WHERE substr(body, 1, 120) = ? AND body = ?", (text[:120], text)
        ).fetchone()
        if row is None:
            database.execute("INSERT INTO entries (body) VALUES (?)", (text,))
            row = database.execute("SELECT last_insert_rowid()").fetchone()
            _add_names(database, row[0], entry, tables, told, before)
        members.append(row[0])
    database.execute(
        "INSERT OR REPLACE INTO versions (list, source_date, format, rows, file, sha256, left_out,"
        " start, members) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*version, members.tobytes()),
    )


def _add_names(
    database: sqlite3.Connection,
    number: int,
    entry: ListedEntry,
    tables: NameTables,
    told: Container[str] | None = None,
    before: NamesRead | None = None,
) -> None:
    rows = _read_names(entry, tables, told, before)
    database.executemany(
        "INSERT INTO names (entry, text, kind, grade, place, words, squashed, initials, party)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, *row) for row in rows),
    )


NameRow = tuple[str, str, str, str, str, str, str, int]
"""A name as it is kept: text, kind, grade, place, words, squashed, initials and party."""


WORTH_READING = 500
"""Entries from which it pays to look how the built-in ones of the same names are read."""


class NamesRead:
    """The names of the built-in entries as they are read, for others that are named alike.

    An official list that is imported names nine of ten parties as the version before did.
    """

    def __init__(self, built_in: sqlite3.Connection) -> None:
        """Take the built-in file; it is read when it is asked first."""
        self._built_in = built_in

    @cached_property
    def _numbers(self) -> dict[tuple[tuple[Name, ...], int], int]:
        """The number of an entry for the names of each, and what the party is."""
        rows = self._built_in.execute("SELECT id, body FROM entries ORDER BY id")
        entries = ((number, entry_of(text)) for number, text in rows)
        return {(each.names, PARTIES.get(each.kind, 0)): number for number, each in entries}

    def rows(self, names: tuple[Name, ...], party: int) -> list[NameRow] | None:
        """The rows of an entry with these very names; None where there is none."""
        number = self._numbers.get((names, party))
        if number is None:
            return None
        return self._built_in.execute(
            "SELECT text, kind, grade, place, words, squashed, initials, party FROM names"
            " WHERE entry = ? ORDER BY id",
            (number,),
        ).fetchall()


def _read_names(
    entry: ListedEntry,
    tables: NameTables,
    told: Container[str] | None,
    before: NamesRead | None,
) -> list[NameRow]:
    """The names of an entry as they are kept."""
    party = PARTIES.get(entry.kind, 0)
    untold = told is not None and not entry.kind and entry.list not in told
    if before and not untold and (read := before.rows(entry.names, party)) is not None:
        return read
    # What is read in a name that no list prints counts as little as that name does.
    every = [
        (name, name.kind if name.kind == KNOWN and kind in OF_KNOWN else kind, form)
        for name in entry.names
        for kind, form in forms_of(name, party, tables)
    ]
    further: Iterable[tuple[Name, str, tuple[NameWord, ...]]] = ()
    if party in (0, PERSON):
        further = also_called(every, tables) if party else crossed(every)
    rows = [(party, *each) for each in chain(every, further)]
    if untold:
        rows += [(PERSON, *each) for each in persons_names(entry, tables)]
    seen = set()
    found: list[NameRow] = []
    for party, name, kind, form in rows:
        # A name of legal forms and fillers alone must still be found by something.
        squash = squashed(form) or "".join(part.text for part in form)
        words = tuple(part.text for part in form if part.kind not in (LEGAL, FILLER)) or squash
        if (party, words) in seen or not squash:
            continue
        seen.add((party, words))
        initials = first_letters(form) if kind not in (UNREAD, CROSSED) else ""
        # A brand alone is told as a ship is: by nothing less than its whole name.
        found.append((
            name.text, kind, name.grade, name.place, pack(form), squash, initials,
            MARK if kind == ALONE else party,
        ))  # fmt: skip
    return found


def build_postings(
    database: sqlite3.Connection,
    tables: NameTables,
    built_in: sqlite3.Connection | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> None:
    """Make the postings anew from the names, with what each name weighs and whose it is.

    Entries of one party are told, too: see `one_party`; and who bears a brand: see `bearers`.

    Args:
        database: the file.
        tables: words and characters.
        built_in: the built-in file where this is the user's, whose entries may be of the same
            parties; see `alike_across`.
        progress: is told how many names of how many are looked at.
    """
    from detente.parties.names.languages.unvoweled import Skeletons

    postings: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
    words: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    entries = array("I", [0])
    read = 0
    documents = tables.documents
    bearers, skeletons = NameBearers(documents.bodies, documents.houses), Skeletons()
    korean, heard, cut = KoreanNames(tables.korean), HeardNames(), CutFields()
    bodies: set[str] = set()
    # What an address is called (`Address 04`) is nobody's brand.
    addressed = list(_addressed(database))
    places = {number for number, *_ in addressed}
    (last,) = database.execute("SELECT max(id) FROM names").fetchone()
    for number, entry, printed, kind, text, squash, party in database.execute(
        "SELECT id, entry, text, kind, words, squashed, party FROM names ORDER BY id"
    ):
        progress(number, last)
        # By number of name, with zeros for numbers that no name has.
        entries.extend([0] * (number + 1 - len(entries)))
        entries[number] = entry
        if party != PERSON and kind != KNOWN:
            bodies.add(squash)
        form = unpack(text)
        read += kind not in UNCOUNTED
        if entry in places:
            pass
        elif kind == ALONE or (not party and kind not in UNCOUNTED):
            bearers.add(entry, form)
        elif party in (CRAFT, PERSON):
            bearers.add_alone(entry, form)
        if kind in PRINTED or kind == BARE:
            skeletons.add(number, form)
        if kind in PRINTED and party in (PERSON, CRAFT):
            korean.add(form, craft=party == CRAFT)
        if kind in PRINTED and party not in (PERSON, CRAFT):
            cut.add(printed, text)
        if party != CRAFT and kind not in UNCOUNTED:
            heard.add(form if party == PERSON else whole_brands(form))
        for piece in (*pieces(squash), *finders(squash, form)):
            postings[piece].append(number)
        (unread if kind in UNCOUNTED else words).update(set(text.split()))
    # The words of a form with one unread are counted already, but for those that only it has.
    counted = sorted({**unread, **words}.items())
    weights = array("I", [0]) * len(entries)
    for piece, names in postings.items():
        if counts(piece):
            weight = gain(len(names), max(read, 1))
            for number in names:
                weights[number] += weight
    database.execute("DELETE FROM grams")
    database.execute("DELETE FROM words")
    database.executemany(
        "INSERT INTO grams VALUES (?, ?)",
        ((piece, postings[piece].tobytes()) for piece in sorted(postings)),
    )
    postings.clear()  # a large list needs the room for what follows
    database.executemany("INSERT INTO words VALUES (?, ?)", counted)
    bearers.write(database, words)
    skeletons.write(database)
    korean.write(database)
    database.executemany(
        "INSERT OR REPLACE INTO facts VALUES (?, ?)",
        [
            ("read", read),
            ("entries", entries.tobytes()),
            ("weights", weights.tobytes()),
            (BODIES, sieve_of(bodies)),
            (HEARD, heard.write(database)),
            (CUT_FIELDS, cut.write(database)),
            (BRANDS, sieve_of([word[1:] for word, _ in counted if word[0] == BRAND])),
            ("one party", _one_party(database, tables).tobytes()),
            ("addresses", packed(iter(addressed))),
        ],
    )
    if built_in is not None:
        own = list(printed_names(database))
        called = entries_called(built_in, {each.squash for each in own})
        # What a table says of two printed names goes by their text, whatever their words are.
        texts = {row[at] for row in tables.same for at in (1, 3)}
        if any(each.text in texts for each in own):
            called |= entries_called(built_in, texts, "text")
        alike = alike_across(
            [
                (printed_names(built_in, called), _entries(built_in)),
                (own, _entries(database)),
            ],
            tables,
        )
        database.execute("INSERT OR REPLACE INTO facts VALUES ('joined', ?)", (alike.tobytes(),))


def _one_party(database: sqlite3.Connection, tables: NameTables) -> array[int]:
    """Entries that are one party; see `one_party`."""
    return one_party(printed_names(database), _entries(database), tables)


def _entries(database: sqlite3.Connection) -> Callable[[int], ListedEntry]:
    """What gives the entry of a number."""

    @cache
    def entry(number: int) -> ListedEntry:
        row = database.execute("SELECT body FROM entries WHERE id = ?", (number,)).fetchone()
        return entry_of(row[0])

    return entry


QUERIED_AT_ONCE = 500
"""Rows asked of a file at once."""


def marked(values: Sequence[Value]) -> Iterator[tuple[str, Sequence[Value]]]:
    """Values, so many at a time, with as many question marks."""
    # SQLite bounds how many parameters one statement may have.
    for at in range(0, len(values), QUERIED_AT_ONCE):
        part = values[at : at + QUERIED_AT_ONCE]
        yield ",".join("?" * len(part)), part


def entries_called(
    database: sqlite3.Connection, names: Iterable[str], column: str = "squashed"
) -> set[int]:
    """The numbers of the entries that have one of some names.

    Args:
        database: the file.
        names: as the column has them.
        column: `squashed`, or `text` for names as they are printed.
    """
    found: set[int] = set()
    for marks, some in marked(list(names)):
        asked = f"SELECT entry FROM names WHERE {column} IN ({marks})"
        found.update(number for (number,) in database.execute(asked, some))
    return found


def printed_names(
    database: sqlite3.Connection, of: Collection[int] | None = None
) -> Iterator[PrintedName]:
    """The names that lists print, also without brackets or as they are said, entry by entry.

    The main name of an entry comes first.

    Args:
        database: the file.
        of: numbers of the entries whose names are wanted; None for all.
    """
    asked = "SELECT entry, text, kind, grade, words, squashed, party FROM names"
    rows: Iterator[tuple[Any, ...]]
    if of is None:
        rows = iter(database.execute(f"{asked} ORDER BY id"))
    else:
        rows = (
            row
            for number in sorted(of)
            for row in database.execute(f"{asked} WHERE entry = ? ORDER BY id", (number,))
        )
    for number, text, kind, grade, words, squash, party in rows:
        if (kind in (*PRINTED, BARE) and grade == OFFICIAL) or (kind == SPOKEN and not party):
            yield PrintedName(number, text, words, squash)


def _addressed(database: sqlite3.Connection) -> Iterator[tuple[int, str, list[str]]]:
    """Number, main name and addresses of the entries that are addresses."""
    for number, text in database.execute("SELECT id, body FROM entries ORDER BY id"):
        entry = entry_of(text)
        if CALLED.fullmatch(entry.names[0].text):
            yield number, entry.names[0].text, list(entry.addresses)


def read_anew(
    database: sqlite3.Connection, tables: NameTables, built_in: sqlite3.Connection
) -> None:
    """Read the names of all entries of the user again, as those of the built-in file are read.

    Args:
        database: the user's file.
        tables: words and characters.
        built_in: the built-in file.
    """
    with database:
        # The user's file may be of a release that had neither the column nor the table.
        if "party" not in {row[1] for row in database.execute("PRAGMA table_info(names)")}:
            database.execute("ALTER TABLE names ADD COLUMN party INTEGER NOT NULL DEFAULT 0")
        database.execute(
            "CREATE TABLE IF NOT EXISTS facts (fact TEXT PRIMARY KEY, value BLOB NOT NULL)"
                     " WITHOUT ROWID")  # fmt: skip
        database.execute("DELETE FROM names")
        told = {code for (code,) in built_in.execute("SELECT list FROM lists")}
        rows = database.execute("SELECT id, body FROM entries ORDER BY id").fetchall()
        before = NamesRead(built_in) if len(rows) >= WORTH_READING else None
        for number, text in rows:
            _add_names(database, number, entry_of(text), tables, told, before)
        build_postings(database, tables, built_in)
        database.execute(
            "INSERT OR REPLACE INTO facts VALUES ('read with', ?)", (reading_of(built_in),)
        )


def reading_of(database: sqlite3.Connection) -> str:
    """What the names of a file were read with; empty where it does not say."""
    if not has_table(database, "facts"):
        return ""
    row = database.execute("SELECT value FROM facts WHERE fact = 'read with'").fetchone()
    return row[0] if row else ""
