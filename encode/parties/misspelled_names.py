"""Make the labelled set of misspelled brands: `benchmarks/labelled/misspelled_names.tsv`.

    python -m encode.parties.misspelled_names --gleif FOLDER [--to benchmarks/labelled]

A person who types from memory writes the brand wrong and leaves the rest of the name out: a city
and a misspelled brand, or a misspelled brand and the first word of the trade. Listed companies are
drawn by lot, half of them of China, Hong Kong and Macau; of each the brands are kept, with its city
or its first trade, and one letter of one brand of at least `SHORTEST` letters is swapped with the
next, dropped, doubled or changed for its neighbor on the keyboard, by lot. The label is the same
without the slip. Brands that more than `MOST` listed names bear, and slips that are another listed
word, are passed over.

Innocents are of two sources. `editor`: real companies and words written by hand
(`encode/inputs/misspelled-innocents.tsv`) before the matcher was run on them, each a letter from a
brand that is listed. `gleif`: legal names of the LEI register (see
`encode.parties.everyday_words`), drawn by lot from those with a brand one edit away from one that
is listed and that stand on no list.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from detente.parties.names.kinds import BRAND, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.names import NameTables, NameWord, parts
from detente.parties.names.spelling import edits
from detente.parties.screening.listed.index import entry_of
from detente.parties.screening.store import open_built_in, read_tables
from encode.parties.document_names import half, words
from encode.parties.everyday_words import legal_names
from encode.parties.parties import table, write

HAND = Path("encode/inputs/misspelled-innocents.tsv")
HEADER = ("class", "query", "listed", "half", "source")
FOCUS = frozenset({"CN", "HK", "MO"})
SHORTEST, MOST = 5, 8
"""Letters of the shortest brand that is misspelled, and listed names that may bear it."""

LISTED, OF_REGISTER = 240, 120
"""Rows of listed parties, and innocents of the register."""

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def slip(word: str, draw: random.Random) -> tuple[str, str]:
    """A word with one slip behind its first letter, and which slip it is."""
    kind = draw.choice(("swapped", "dropped", "doubled", "changed"))
    at = draw.randrange(1, len(word) - (kind == "swapped"))
    if kind == "swapped":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :], kind
    if kind == "dropped":
        return word[:at] + word[at + 1 :], kind
    if kind == "doubled":
        return word[: at + 1] + word[at:], kind
    row = next((keys for keys in KEYS if word[at] in keys), "")
    place = row.find(word[at])
    near = [row[each] for each in (place - 1, place + 1) if row and 0 <= each < len(row)]
    return word[:at] + draw.choice(near or ["x"]) + word[at + 1 :], kind


def parts_of_names(
    tables: NameTables,
) -> tuple[list[tuple[str, list[NameWord], bool]], Counter[str]]:
    """Names of listed companies with their words and whether they are of `FOCUS`; words counted."""
    found, counted = [], Counter[str]()
    with closing(open_built_in()) as kept:
        for (body,) in kept.execute("SELECT body FROM entries ORDER BY id"):
            entry = entry_of(body)
            for name in entry.names:
                counted.update({each.text for each in parts(name.text, tables)})
            main = entry.names[0].text
            if entry.kind in ("", "entity") and main.isascii():
                near = bool(FOCUS & set(entry.countries))
                found.append((main, [*parts(main, tables)], near))
    return found, counted


def listed_rows(
    names: Sequence[tuple[str, list[NameWord], bool]],
    counted: Counter[str],
    draw: random.Random,
) -> Iterator[tuple[str, str, str, str, str]]:
    """Misspelled brands of parties drawn by lot, with a city or a trade, in turn."""
    pools = [[each for each in names if each[2] is near] for near in (True, False)]
    seen: set[str] = set()
    while len(seen) < LISTED:
        beside = (PLACE, INDUSTRY)[len(seen) // 2 % 2]
        main, stated, _ = draw.choice(pools[len(seen) % 2])
        brands = [each.text for each in stated if each.kind == BRAND]
        long = [each for each in brands if len(each) >= SHORTEST and counted[each] <= MOST]
        other = next((each.text for each in stated if each.kind == beside), "")
        printed = words(main)
        if not long or not other or len(brands) > 2 or any(b not in printed for b in brands):
            continue
        if other not in printed or any(each.kind == NUMBER for each in stated):
            continue
        chosen = draw.choice(long)
        wrong, how = slip(chosen, draw)
        if wrong == chosen or wrong in counted:
            continue
        kept = [each for each in printed if each in (*brands, other)]
        label = " ".join(kept)
        if label in seen or len(set(kept)) != len(brands) + 1:
            continue
        seen.add(label)
        query = " ".join(wrong if each == chosen else each for each in kept).title()
        yield f"{'city' if beside == PLACE else 'trade'}_{how}", query, label, half(label), "list"


def near_brands(counted: Counter[str], tables: NameTables) -> dict[str, list[str]]:
    """Listed brands of `SHORTEST` letters or more that few bear, by what one letter less leaves."""
    found: dict[str, list[str]] = {}
    for word, count in counted.items():
        brand = word.isascii() and word.isalpha() and word not in tables.words
        if brand and len(word) >= SHORTEST and count <= MOST:
            for at in range(len(word) + 1):
                found.setdefault(word[:at] + word[at + 1 :], []).append(word)
    return found


def of_register(
    gleif: Path, counted: Counter[str], tables: NameTables, draw: random.Random
) -> Iterator[tuple[str, str, str, str, str]]:
    """Legal names with one brand, one edit away from a listed one, that are not listed."""
    near = near_brands(counted, tables)
    legal = [(name, country) for name, country in legal_names(gleif) if name.isascii()]
    pools = [
        [name for name, where in legal if (where in FOCUS) is first] for first in (True, False)
    ]
    seen: set[str] = set()
    while len(seen) < OF_REGISTER:
        name = draw.choice(pools[len(seen) % 2])
        stated = parts(name, tables)
        brands = [each.text for each in stated if each.kind == BRAND]
        kinds = {each.kind for each in stated}
        if len(brands) != 1 or len(brands[0]) < SHORTEST or kinds <= {BRAND, LEGAL}:
            continue
        (brand,) = brands
        if brand in counted or brand in seen:
            continue
        ways = {brand[:at] + brand[at + 1 :] for at in range(len(brand))} | {brand}
        if any(edits(brand, each) == 1 for way in ways for each in near.get(way, ())):
            seen.add(brand)
            yield "innocent_register", name.title(), "", half(name), "gleif"


def main() -> int:
    """Make the set and say how large it is."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--gleif", type=Path, required=True)
    options.add_argument("--to", type=Path, default=Path("benchmarks/labelled"))
    given = options.parse_args()
    draw = random.Random(20261127)
    with closing(open_built_in()) as kept:
        tables = read_tables(kept)
    names, counted = parts_of_names(tables)
    rows = [*listed_rows(names, counted, draw)]
    rows += [(kind, text, "", half(text), "editor") for kind, text in table(HAND)]
    rows += of_register(given.gleif, counted, tables, draw)
    count = write(given.to / "misspelled_names.tsv", HEADER, rows)
    print(count, Counter(row[0] for row in rows), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
