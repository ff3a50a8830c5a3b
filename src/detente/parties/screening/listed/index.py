"""Keep entries, their names and the postings of their n-grams in one SQLite file.

The built-in lists and the user's own are kept the same way. A list has versions, each the list as
of one day; an entry is kept once however many versions hold it.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache, partial
from itertools import chain

from detente._shapes import TYPE_CHECKING
from detente.parties.lists.model import ALSO, CHINESE, KNOWN, MAIN, OFFICIAL, ListedEntry, Name
from detente.parties.names.candidates import counts, finders, gain, pieces
from detente.parties.names.comparing import CRAFT, MARK, PERSON
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.languages.heard_names import HeardNames, whole_brands
from detente.parties.names.languages.spelled_names import KoreanNames
from detente.parties.names.legal import (
    EZAFE,
    are_initials,
    hyphen_closed,
    is_contraction,
    mended_form,
    stroke_as_and,
    taken_apart,
)
from detente.parties.names.names import (
    FEWEST_SYLLABLES,
    MOST_OF_PERSON,
    NameTables,
    NameWord,
    brand_of_trade,
    first_letters,
    has_other_name,
    in_cantonese,
    in_mandarin,
    in_pinyin,
    is_han,
    kinds_of,
    latin_parts,
    latin_words,
    parts,
    plain,
    squashed,
    with_a_word_unread,
)
from detente.parties.names.patterns import late_pattern
from detente.parties.names.reading.cut_fields import CutFields
from detente.parties.names.reading.documents import body_alone
from detente.parties.names.reading.pieces import BRACKETS
from detente.parties.names.sieve import sieve_of
from detente.parties.names.sounds import counts_of
from detente.parties.screening.listed.addresses import CALLED, packed
from detente.parties.screening.listed.bearers import NameBearers, only_brand
from detente.parties.screening.listed.one_party import PrintedName, alike_across, one_party
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
SPOKEN = "said"
"""Kind of a name that is a Chinese one written as it is said."""
KNOWN_AS = "known as"
"""Kind of a name in which a brand is written as the other name that it is known by."""
ACRONYM = "acronym"
"""Kind of a name that is the acronym which the list prints in brackets behind the name."""
BARE = "bare"
"""Kind of a name that is a printed one without what stands in brackets."""
UNREAD = "unread"
"""Kind of a name of which one word is not understood; see `names.with_a_word_unread`."""
BODY_ALONE = "body alone"
"""Kind of a name that is a body's without what a list prints around it; see `documents`."""
CROSSED = "crossed"
"""Kind of a name that is a listed brand with the trade that another name of the party has."""
AS_PERSON = "as a person"
"""Kind of a name that may be a person's, where nobody says what the party is."""
OF_KNOWN = frozenset({KNOWN_AS, BARE, BODY_ALONE})
"""How a name is read that is no less known so."""

UNCOUNTED = frozenset({UNREAD, BODY_ALONE, CROSSED, KNOWN, AS_PERSON})
"""Kinds of names whose words another form of the name has, or no list: they do not say how rare a
word is."""
FEWEST_PLACED = 6
"""Characters of the shortest name of a place and a brand that no list prints and that is known in
pinyin."""

PINYIN = "pinyin"
"""Kind of a name that is a Chinese one in full pinyin, without its legal form."""
ALONE = "brand alone"
"""Kind of a name that is the brand of a company, which tells it where nothing else is asked."""
NO_PATRONYMIC = "no patronymic"
"""Kind of a name that is a person's without the patronymic, which documents seldom write."""
PARTIES = {"vessel": CRAFT, "aircraft": CRAFT, "individual": PERSON}
"""What a party is, by the kind that the list prints."""
INDIVIDUAL = "individual"
"""Kind of an entry that is a person."""
PRINTED = frozenset({MAIN, ALSO, CHINESE})
"""Kinds of names that are written as they are read."""


SHORTEST_CROSSED, MOST_CROSSED = 4, 2
"""Letters of the shortest brand that is also kept with the trades of other names, and of how many
of these."""

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

FAMILY_AND_GIVEN, SHORTEST_GIVEN = 2, 3
"""Words of a Chinese name, and letters of the shortest given name that somebody has beside it."""

HYPHENS = late_pattern(r"(?<=[A-Za-z])(?<!\b[AaEe][DdLlNnRrSsTtZz])-(?=[A-Za-z])")
"""Hyphens within words, which some leave out (`Pu-Tech`), but for one behind an Arabic article."""

FEWEST_TRADES = 3
"""Words of a trade that tell a body without a brand, a place or a number."""

OF_NAME, OF_ENTRY = len(Name._fields), len(ListedEntry._fields)
"""How many values a name has that is kept, and an entry."""


def pack(words: Sequence[NameWord]) -> str:
    """Words as one text."""
    return " ".join(part.kind + part.text for part in words)


def unpack(text: str) -> tuple[NameWord, ...]:
    """Words from one text."""
    return tuple(map(_word, text.split()))


@lru_cache(1 << 17)
def _word(text: str) -> NameWord:
    return tuple.__new__(NameWord, (text[0], text[1:]))


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


def _tells_in_pinyin(text: str, words: Sequence[NameWord]) -> bool:
    """Whether a Chinese name that no list prints is long enough to be known in Latin letters."""
    placed = {kind for kind, _ in words} == {PLACE, BRAND}
    return sum(map(is_han, text)) >= (FEWEST_PLACED if placed else FEWEST_SYLLABLES)


def forms_of(
    name: Name, party: int, tables: NameTables
) -> Iterator[tuple[str, tuple[NameWord, ...]]]:
    """The words of a listed name as printed and as it may be written otherwise, each with its kind.

    Args:
        name: as printed.
        party: what the listed party is, see `PARTIES`.
        tables: words and characters.
    """
    words = brand_of_trade(parts(name.text, tables), name.text)
    forms = [(name.kind, words)]
    # A short name in Chinese is seldom said in Latin letters, in which it may be anybody's.
    may_be_said = name.kind != KNOWN
    if may_be_said and any(is_han(part.text[0]) for part in words):
        forms += _spoken(words, tables)
    if may_be_said or _tells_in_pinyin(name.text, words):
        forms += [(PINYIN, form) for form in in_pinyin(name.text, tables)]
    texts = [name.text]
    bare = tables.documents.beyond.sub("", name.text)
    if bare != name.text:
        forms.append((BARE, parts(bare, tables)))
    for text in in_both_scripts(name.text):
        form = parts(text, tables)
        if not _tells_a_body(form):
            continue  # a trade and a legal form behind a brand in Latin letters
        forms.append((BARE, form))
        if may_be_said and any(map(is_han, text)):
            forms += _spoken(form, tables)
    for kind, text in in_brackets(bare, tables):
        form = parts(text, tables)
        if kind == ACRONYM and not is_acronym(form):
            continue
        forms.append((kind, form))
        texts.append(text)
    if mended := mended_form(plain(name.text, tables).split(), words, tables):
        forms.append((BARE, latin_parts(mended, tables)))
    if text := taken_apart(name.text, tables):
        forms.append((BARE, parts(text, tables)))
    if party == PERSON:
        forms += [(NO_PATRONYMIC, form) for form in _without_father(name.text, tables)]
        if match := SPELLED_BESIDE.search(name.text):
            before, behind = name.text[: match.start()], name.text[match.end() :]
            forms += [(BARE, parts(before + each + behind, tables)) for each in match.groups()]
    if not party:
        forms += [(BODY_ALONE, form) for form in _bodies_alone(name.text, tables)]
    closed = HYPHENS.sub("", name.text) if party != PERSON else ""
    ways = hyphen_closed(name.text, tables), closed, EZAFE.sub(" ", name.text)
    for text in dict.fromkeys((*ways, stroke_as_and(name.text))):
        if text and text != name.text:
            forms.append((BARE, parts(text, tables)))
    if not party:
        forms += [(BARE, form) for form in _of_company(name.text, bare, tables)]
    if party == CRAFT and (text := tables.documents.lead.sub("", name.text)) != name.text:
        forms.append((BARE, parts(text, tables)))
    for text in texts:
        if has_other_name(text, tables):
            known_as = parts(text, tables, known_as=True)
            if known_as not in (form for _, form in forms):
                forms += [(KNOWN_AS, form) for form in in_mandarin(known_as, tables)]
    if not party and (mark := only_brand(parts(bare, tables))) in tables.documents.marks:
        forms.append((ALONE, (NameWord(BRAND, mark),)))
    if not party:
        forms += [(kind, without_academy(form, tables)) for kind, form in tuple(forms)]
    yield from forms
    # What no list prints is known as it is written.
    for form in with_a_word_unread(name.text, words, tables) if name.kind != KNOWN else ():
        yield UNREAD, form
    if not party and (own := tables.documents.belongs.sub("", name.text)) != name.text:
        for kind, form in forms_of(name._replace(text=own), party, tables):
            yield BARE if kind == MAIN else kind, form
    if not party and "; " in name.text:
        for each in bare.split("; "):
            if _tells_a_body(form := parts(each, tables)):
                yield BARE, form


def without_academy(form: tuple[NameWord, ...], tables: NameTables) -> tuple[NameWord, ...]:
    """The words of an institute without the number and the word of the academy that it is of.

    `CASC 9th Academy 771 Research Institute` is CASC 771 Institute to others. Another name is left
    as it is.
    """
    numbers = [at for at, part in enumerate(form[:-1]) if part.kind == NUMBER]
    if len(numbers) != 2 or any(form[at + 1].text not in tables.documents.bodies for at in numbers):
        return form
    smaller = min(numbers, key=lambda at: len(form[at].text))
    return form[:smaller] + form[smaller + 2 :]


def _without_father(text: str, tables: NameTables) -> list[tuple[NameWord, ...]]:
    """The words of a person's name without the father's, which only fills."""
    text, patronymic = without_patronymic(text, tables)
    if not text:
        return []
    fills = NameWord(FILLER, squashed(parts(patronymic, tables)))
    read = {parts(text, tables), parts(text, tables, known_as=True)}
    return [(*form, fills) for form in sorted(read)]


def _bodies_alone(text: str, tables: NameTables) -> Iterator[tuple[NameWord, ...]]:
    """The words of the names of bodies that a name has beside those of others."""
    for each in body_alone(text, tables.documents, lambda part: kinds_of(part, tables)):
        form = parts(each, tables)
        if _tells_a_body(form):
            yield form


def _of_company(text: str, bare: str, tables: NameTables) -> Iterator[tuple[NameWord, ...]]:
    """The words of a company's name without its own acronym, and of names that are joined in it.

    Args:
        text: as printed.
        bare: without what a list adds.
        tables: words and characters.
    """
    form = parts(without_own_acronym(bare), tables)
    if any(part.kind == BRAND for part in form):
        yield form
    for each in dict.fromkeys(chain.from_iterable(map(several_names, {bare: 0, text: 0}))):
        yield parts(tables.documents.beyond.sub("", each), tables)


def _tells_a_body(form: Sequence[NameWord]) -> bool:
    """Whether a name tells a body: there are many Institutes of Physics and Design Bureaus."""
    kinds = [part.kind for part in form]
    trades = kinds.count(INDUSTRY)
    placed = PLACE in kinds and trades > 0
    return trades >= FEWEST_TRADES or placed or not {BRAND, NUMBER}.isdisjoint(kinds)


def _spoken(
    words: Sequence[NameWord], tables: NameTables
) -> Iterator[tuple[str, tuple[NameWord, ...]]]:
    """Words with a Chinese brand as they may be said, in Mandarin and in Cantonese."""
    for form in (*in_mandarin(words, tables), in_cantonese(words, tables)):
        yield SPOKEN, form


def _crossed(
    every: Sequence[tuple[Name, str, tuple[NameWord, ...]]],
) -> Iterator[tuple[Name, str, tuple[NameWord, ...]]]:
    """The brands that a company is listed by alone, each with the trades of its first other names.

    One of which a list prints `Suzhou Nata Materials` and `NTA` is known as NTA Materials, too.

    Args:
        every: the forms of all its names, each with the name and its kind.
    """
    printed = [each for each in every if each[1] in (MAIN, ALSO, BARE, ACRONYM)]
    traded = [form for _, _, form in printed if {BRAND, INDUSTRY} <= {kind for kind, _ in form}]
    for name, _, form in printed:
        plain = [part for part in form if part.kind not in (LEGAL, FILLER)]
        brands = [part for part in plain if part.kind == BRAND]
        if len(brands) != 1 or any(part.kind not in (BRAND, PLACE) for part in plain):
            continue
        if len(brands[0].text) < SHORTEST_CROSSED or not brands[0].text.isascii():
            continue
        for other in traded[:MOST_CROSSED]:
            if brands[0] not in other:
                trades = (part for part in other if part.kind == INDUSTRY)
                yield name, CROSSED, (*plain, *trades)


def _also_called(
    every: Sequence[tuple[Name, str, tuple[NameWord, ...]]], tables: NameTables
) -> Iterator[tuple[Name, str, tuple[NameWord, ...]]]:
    """The Chinese names of a person, each with the given name that another name of theirs has.

    Who is listed as `HU, Yunlu` and `HU, Hans` is Hans Yunlu Hu, too.

    Args:
        every: the forms of all their names, each with the name and its kind.
        tables: words and characters.
    """
    spelled = counts_of(tables.syllables)
    plain = [
        (name, [part for part in form if part.kind != FILLER])
        for name, kind, form in every
        if kind in (MAIN, ALSO) and all(part.text.isascii() for part in form)
    ]
    chinese = [
        (name, form)
        for name, form in plain
        if len(form) == FAMILY_AND_GIVEN
        and all(spelled(part.text) for part in form)
        and any(spelled(part.text) == 1 for part in form)  # a family name has one syllable
    ]
    for name, form in chinese[:MOST_CROSSED]:
        given = [
            part
            for _, other in plain
            if len(other) <= FAMILY_AND_GIVEN and (len(other) == 1 or form[0] in other)
            for part in other
            if part.kind == BRAND and len(part.text) >= SHORTEST_GIVEN and not spelled(part.text)
        ]
        yield from ((name, CROSSED, (each, *form)) for each in dict.fromkeys(given))


def _may_be_person(name: Sequence[NameWord]) -> bool:
    """Whether a name may be a person's: brands alone, two or more, of which one may be a place.

    Jordan is both; what has a legal form, a trade or a number is a company's.
    """
    kinds = [part.kind for part in name if part.kind != FILLER]
    brands, places = kinds.count(BRAND), kinds.count(PLACE)
    return brands > 1 >= places and brands + places == len(kinds) <= MOST_OF_PERSON


def _persons_names(
    entry: ListedEntry, tables: NameTables
) -> Iterator[tuple[Name, str, tuple[NameWord, ...]]]:
    """The names of an entry that may be a person's, as persons are compared."""
    for name in entry.names:
        if not any(map(is_han, name.text)) and _may_be_person(parts(name.text, tables)):
            for kind, form in forms_of(name, PERSON, tables):
                yield name, kind if kind == UNREAD else AS_PERSON, form


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
        further = _also_called(every, tables) if party else _crossed(every)
    rows = [(party, *each) for each in chain(every, further)]
    if untold:
        rows += [(PERSON, *each) for each in _persons_names(entry, tables)]
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


LATIN = re.compile("[A-Za-z]")
BLANK_WITHIN = late_pattern(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
SHORTENED = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:[-\s]?[A-Z0-9]{1,3})?")
KNOWN_BY = (
    r"(?:(?:and\s+)?(?:also|formerly|now)\s+known\s+as|[afn]\.?/?k\.?/?a\.?|d/?b/?a)[,:]?[\s-]+"
)
ALSO_KNOWN = late_pattern(rf"(?:^|[,;(\s-]){KNOWN_BY}(.+)$", re.IGNORECASE)
AGAIN_KNOWN = late_pattern(rf"[,;]?[\s-]+{KNOWN_BY}", re.IGNORECASE)
BODY = late_pattern(r",\s+|\bof\s+(?:the\s+)?", re.IGNORECASE)
"""What stands in a name before the body that the party belongs to."""
JOINED = late_pattern(
    r"(?<=Co\.|td\.|nc\.|ted|LLC|\.A\.|\.V\.)"
    r"(?:,?\s+and\s+(?:its\s+[^,;]{1,40},\s+)?|(?<=\.A\.),\s+|(?<=\.V\.),\s+)(?=[A-Z])"
)
"""What stands between two names behind the legal form of the first."""
EITHER = late_pattern(r"(\w+) \(or (\w+)\)")
"""A word of a name with another in its place."""
INCLUDED = late_pattern(r",\s+including\s+(?:the\s+)?([A-Z].*?)(?:\s+and\s|[,.;]|$)")
"""Who a list says is listed with a party."""
SPELLED_BESIDE = late_pattern(r"(\S+) \(([^\W\d_]+(?:-[^\W\d_]+)?)\)")
"""A word of a person's name, and how else it is written, or one by which they go."""
NAME_FATHER_FAMILY = 3
"""Words of a person's name with a given, a father's and a family name."""
FEWEST_OF_ANOTHER = 2
"""Words of the shortest name that stands in brackets behind another one."""
SHORTEST_ACRONYM, SHORTEST_LEFT_OUT = 4, 3
"""Letters of the shortest acronym that tells a party whatever they are, and of the shortest that
does as the first letters of its name, or without which a name is the same; of two letters there are
countries."""


def in_both_scripts(text: str) -> tuple[str, ...]:
    """A Latin name and the Chinese one that is printed behind it; () for another."""
    text = unicodedata.normalize("NFKC", text)
    at = next((at for at, char in enumerate(text) if not char.isascii()), 0)
    if LATIN.search(text[at:]) or not any(map(is_han, text)):
        return ()
    opened = text.rfind("(", 0, at)
    if opened > text.rfind(")", 0, at):
        at = opened  # what stands in brackets begins with digits or letters
    latin = BRACKETS.sub(_unless_acronym, text[:at]).strip()
    chinese = BLANK_WITHIN.sub("", text[at:]).strip(" (")  # of a line's end in the list
    if chinese.count(")") > chinese.count("("):
        chinese = chinese.removesuffix(")").rstrip()
    return (latin, chinese) if latin else ()


def _unless_acronym(match: re.Match[str]) -> str:
    letters = match[1].strip()
    return " " if len(letters) >= SHORTEST_LEFT_OUT and SHORTENED.fullmatch(letters) else match[0]


def in_brackets(text: str, tables: NameTables) -> Iterator[tuple[str, str]]:
    """Further names that a printed one holds: kind and text.

    The party's own acronym in brackets is a name, and the name stands without one as well; so it
    does where other names follow ``a.k.a.``.
    """
    if not text.isascii() and not any(map(str.isascii, text)):
        return
    found = list(BRACKETS.finditer(text))
    acronyms = [each for each in found if SHORTENED.fullmatch(each[1].strip())]
    for each in acronyms:
        size = sum(map(str.isalpha, each[1]))
        told = size >= SHORTEST_ACRONYM or (
            size == SHORTEST_LEFT_OUT and are_initials(each[1].strip(), text[: each.start()])
        )
        if told and _is_its_own(each, text, tables):
            yield ACRONYM, each[1]
        elif told and are_initials(each[1].strip(), text[: each.start()]):
            yield BARE, f"{each[1]} {text[each.end() :]}"  # `IRGC Aerospace Force`
    others = [match[1] for each in found if (match := ALSO_KNOWN.search(each[1]))]
    if acronyms or others:
        yield BARE, BRACKETS.sub(" ", text)
    elif match := ALSO_KNOWN.search(text):
        yield BARE, text[: match.start()]
        others = [BRACKETS.sub(" ", match[1])]
    for other in others:
        for name in AGAIN_KNOWN.split(other):
            yield BARE, name
    if found and not (others or acronyms) and found[-1].end() == len(text.rstrip()):
        names = text[: found[-1].start()].strip(), found[-1][1].strip()
        if _is_name(names[1], tables) and _tells_a_body(form := parts(names[0], tables)):
            # By a few letters alone anybody may be called.
            few = len(form) == 1 and len(names[0]) < SHORTEST_ACRONYM
            yield from ((BARE, name) for name in names[few:])


def _is_name(text: str, tables: NameTables) -> bool:
    """Whether what stands in brackets behind a name is another: a brand or two trades, and more."""
    kinds = [kind for kind, _ in parts(text, tables) if kind != FILLER]
    told = BRAND in kinds or (LEGAL in kinds and len(kinds) > FEWEST_OF_ANOTHER)
    if len(kinds) < FEWEST_OF_ANOTHER or not told or PLACE in kinds:
        return False
    return tables.documents.roles.isdisjoint(text.lower().split())  # `President of Acme`


def _is_its_own(match: re.Match[str], text: str, tables: NameTables) -> bool:
    """Whether the acronym in brackets is of the whole name, and not of the body that it names.

    What goes on behind it is a part of that body (`Corporation (CASC) 1st Academy`), unless its
    number is in the acronym; and where the acronym is not of the words that the name begins with,
    but of those behind `of` or a comma, it is the body's (`10th Institute of Corporation (CETC)`).
    Within brackets it is of what stands there: `Works (Parent: Corporation (CNNC))`.
    """
    behind = re.split(r"[,;.:(（\[・]", text[match.end() :], maxsplit=1)[0]
    goes_on = any(part.kind not in (LEGAL, FILLER, PLACE) for part in parts(behind, tables))
    if goes_on and not any(map(str.isdigit, match[1])):
        return False
    letters = "".join(filter(str.isalpha, match[1])).casefold()
    before = text[: match.start()]
    around = before[before.rfind(")") + 1 :].rpartition("(")
    if around[1] and not ALSO_KNOWN.search(around[2]):
        return False
    first = latin_words(before)[:1]
    if not first or first[0].startswith(letters[0]):
        return True
    return not any(_are_initials(letters, each) for each in BODY.split(before)[1:])


def _are_initials(letters: str, text: str) -> bool:
    """Whether letters are first letters of the words of a text, from its first word on."""
    initials = iter(word[0] for word in latin_words(text))
    return (
        bool(text.strip())
        and all(letter in initials for letter in letters)
        and (latin_words(text)[0].startswith(letters[0]))
    )


def several_names(text: str) -> tuple[str, ...]:
    """Names that a list joins behind the legal form of the first; () for one name.

    `Sichuan Mianyang Jingweida Technology Co., Ltd. and JWD Technology` are two, and one of which a
    word is `Wulin (or Wuling)` is known by both.
    """
    found = [each for part in text.split("; ") for each in JOINED.split(part)]
    if len(found) == text.count("; ") + 1:
        found = []
    if included := INCLUDED.search(text):
        found.append(included[1])
    if EITHER.search(text):
        found += [EITHER.sub(rf"\{at}", text) for at in (1, 2)]
    return tuple(found)


def without_own_acronym(text: str) -> str:
    """A name without the acronym of its own words that it begins with; "" for one that has none.

    `NBC Navegan Bar Co. Ltd.` is Navegan Bar, and `STG Stroytransgaz Logistic` Stroytransgaz.
    """
    first, _, rest = text.partition(" ")
    if not (first.isalpha() and first.isupper()):
        return ""
    return rest if are_initials(first, rest) or is_contraction(first, rest) else ""


def without_patronymic(text: str, tables: NameTables) -> tuple[str, str]:
    """A person's name without a father's name, and that; "" where none, or fewer than two others.

    A family name may end as a father's name does (Abramovich): where a comma tells them apart, only
    what is behind it is looked at, else only the second and third of three words.
    """
    is_patronymic = tables.documents.patronymic.match
    family, comma, first = text.partition(",")
    words = first.split()
    if comma and len(words) > 1 and is_patronymic(words[-1]):
        return f"{family}, {' '.join(words[:-1])}", words[-1]
    words = text.split()
    if comma or len(words) != NAME_FATHER_FAMILY:
        return "", ""
    at = next((at for at in (1, 2) if is_patronymic(words[at])), 0)
    return (" ".join(words[:at] + words[at + 1 :]), words[at]) if at else ("", "")


def is_acronym(form: Sequence[NameWord]) -> bool:
    """Whether letters in brackets are no known word, such as a place or a legal form."""
    return any(part.kind == BRAND for part in form)


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
