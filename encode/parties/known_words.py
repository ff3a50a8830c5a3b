"""Compile words that are somebody's, though one edit from a brand that is listed.

    python -m encode.parties.known_words --gleif FOLDER --english FILE --words FILE
        [--to data/parties]

Angstrom is not Angstrem with a slip, for companies bear the name, and nobody bears Hikvison. Taken
is a word that stands in a legal name of the LEI register, in an English dictionary or in a list of
words for spelling, names of people and firms among them, if one edit makes a listed brand of it;
what lists themselves print is told from the lists. The first two sources are those of
`encode.parties.everyday_words`; ``--words`` is SCOWL's largest list, a word a line (the file
`american-english-insane` of the Debian package wamerican-insane 2020.12.07-4).
"""

from __future__ import annotations

import pickle
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from detente.parties.names.kinds import BRAND
from detente.parties.names.names import NameTables
from detente.parties.names.policy import RULES
from detente.parties.names.spelling import edits, shortened_by_one
from detente.parties.screening.store import open_built_in, read_tables
from encode.parties.everyday_words import LATIN, legal_names, options, source, write_words

FILE, SOURCE = "known_words.tsv", "SOURCE-known.yaml"
PUBLISHERS = ("Webster's second edition", "Webster's second edition; SCOWL, Kevin Atkinson")
TERMS = ("public domain", "public domain; SCOWL's own, see NOTICE")
NOTE = ("english-words 2.0.2", "english-words 2.0.2, SCOWL by wamerican-insane 2020.12.07-4")
"""What `source` says of two sources, and what is to be said of three."""


def listed_brands() -> tuple[set[str], NameTables]:
    """Latin brands of the built-in lists that may be misspelled, and the tables of words."""
    with closing(open_built_in()) as kept:
        words = kept.execute("SELECT word FROM words").fetchall()
        brands = {word[1:] for (word,) in words if word[0] == BRAND}
        return {
            each for each in brands
            if len(each) >= RULES.shortest_slip and LATIN.fullmatch(each)
        }, read_tables(kept)  # fmt: skip


def beside(words: Iterable[str], brands: set[str]) -> Iterator[str]:
    """The words that are one edit from a brand."""
    by_rest: dict[str, list[str]] = {}
    for brand in brands:
        # Words one edit apart share what is left without a letter: no other pair is compared.
        for rest in shortened_by_one(brand):
            by_rest.setdefault(rest, []).append(brand)
    for word in words:
        near = {brand for rest in shortened_by_one(word) for brand in by_rest.get(rest, ())}
        if any(edits(word, brand) == 1 for brand in near):
            yield word


def spelled(file: Path) -> Iterator[str]:
    """The words of a list for spelling in small letters without accents, one a line."""
    for line in file.read_text(encoding="utf-8").splitlines():
        letters = unicodedata.normalize("NFKD", line.casefold())
        word = "".join(each for each in letters if not unicodedata.combining(each))
        if LATIN.fullmatch(word):
            yield word


def main() -> int:
    """Write the table."""
    reads = options(__doc__)
    reads.add_argument("--words", type=Path, required=True)
    given = reads.parse_args()
    brands, tables = listed_brands()
    words = {each for each in pickle.loads(given.english.read_bytes()) if LATIN.fullmatch(each)}
    for name, _ in legal_names(given.gleif):
        words.update(LATIN.findall(name))
    words.update(spelled(given.words))
    words = {each for each in words if len(each) >= RULES.shortest_slip}
    found = sorted(beside(words - brands - tables.words.keys(), brands))
    described = source(given.gleif, given.english, "Words that are one edit from a listed brand",
                       "encode.parties.known_words", f"{FILE}: {len(found)}")  # fmt: skip
    for one, both in (PUBLISHERS, TERMS, NOTE):
        described = described.replace(one, both, 1)
    described = described.replace("--english FILE", "--english FILE --words FILE", 1)
    digest = sha256(given.words.read_bytes()).hexdigest()
    described += f"- file: {given.words.name}\n  sha256: {digest}\n"
    write_words(given.to, (FILE, ["word", *found]), (SOURCE, described))
    return 0


if __name__ == "__main__":
    sys.exit(main())
