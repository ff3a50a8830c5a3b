"""Compile words that are somebody's, though one edit from a brand that is listed.

    python -m encode.parties.known_words --gleif FOLDER --english FILE [--to data/parties]

Angstrom is not Angstrem with a slip, for companies bear the name, and nobody bears Hikvison. Taken
is a word that stands in a legal name of the LEI register or in an English dictionary, if one edit
makes a listed brand of it; what lists themselves print is told from the lists. The two sources are
those of `encode.parties.everyday_words`.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing

from detente.parties.names.kinds import BRAND
from detente.parties.names.names import NameTables
from detente.parties.names.policy import RULES
from detente.parties.names.spelling import edits
from detente.parties.screening.store import open_built_in, read_tables
from encode.parties.everyday_words import LATIN, legal_names, options_of, source, write_words

FILE, SOURCE = "known_words.tsv", "SOURCE-known.yaml"


def listed_brands() -> tuple[set[str], NameTables]:
    """Latin brands of the built-in lists that may be misspelled, and the tables of words."""
    with closing(open_built_in()) as kept:
        words = kept.execute("SELECT word FROM words").fetchall()
        brands = {word[1:] for (word,) in words if word[0] == BRAND}
        return {
            each for each in brands
            if len(each) >= RULES.shortest_slip and LATIN.fullmatch(each)
        }, read_tables(kept)  # fmt: skip


def less_one(word: str) -> Iterator[str]:
    """A word, and what is left of it without each of its letters."""
    yield word
    yield from (word[:at] + word[at + 1 :] for at in range(len(word)))


def beside(words: Iterable[str], brands: set[str]) -> Iterator[str]:
    """The words that are one edit from a brand."""
    by_rest: dict[str, list[str]] = {}
    for brand in brands:
        # Words one edit apart share what is left without a letter: no other pair is compared.
        for rest in less_one(brand):
            by_rest.setdefault(rest, []).append(brand)
    for word in words:
        near = {brand for rest in less_one(word) for brand in by_rest.get(rest, ())}
        if any(edits(word, brand) == 1 for brand in near):
            yield word


def main() -> int:
    """Write the table."""
    given = options_of(__doc__)
    brands, tables = listed_brands()
    words = {each for each in pickle.loads(given.english.read_bytes()) if LATIN.fullmatch(each)}
    for name, _ in legal_names(given.gleif):
        words.update(LATIN.findall(name))
    words = {each for each in words if len(each) >= RULES.shortest_slip}
    found = sorted(beside(words - brands - tables.words.keys(), brands))
    described = source(given.gleif, given.english, "Words that are one edit from a listed brand",
                       "encode.parties.known_words", f"{FILE}: {len(found)}")  # fmt: skip
    write_words(given.to, (FILE, ["word", *found]), (SOURCE, described))
    return 0


if __name__ == "__main__":
    sys.exit(main())
