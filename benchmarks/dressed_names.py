"""Names of the lists by lot, each in the same words of documents: what share is found, by dress.

    python -m benchmarks.dressed_names [--misses DRESS]

A labelled set shows single names that nobody tuned on, and one or two of a way to write them; here
each way of `labelled/dress.tsv` is tried with hundreds of names, so that one which is not read at
all is seen. Streets, numbers and the firm Zorblax are made up. A name is found where a hit is of a
party with that printed name.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from detente.parties.lists.model import CHINESE
from detente.parties.names.kinds import LEGAL
from detente.parties.names.names import latin_parts, latin_words
from detente.parties.screening import crowd
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen
from detente.register.book import built_in_countries
from encode.parties.parties import table

if TYPE_CHECKING:
    from detente.parties.screening.many import Answers

DRESS = Path(__file__).with_name("labelled") / "dress.tsv"
COUNT, LONGEST, SEED, TOP = 400, 70, 12, 10
"""Names of each kind, characters of the longest, the seed of the draw, and hits that count."""

CHINESE_NAME = re.compile("[\u4e00-\u9fff（）()]{5,}").fullmatch


class Drawn(NamedTuple):
    """A printed name, and what a dress writes of it.

    Attributes:
        printed: the name that a hit must have.
        said: the words of it by the names of `dress.tsv`.
    """

    printed: str
    said: dict[str, str]


def companies(screen: Screen) -> Iterator[Drawn]:
    """Companies with a name in Latin letters."""
    tables, countries = screen.lists[0].tables, built_in_countries()
    for _, entry in screen.lists[0].bodies():
        name = entry.names[0].text
        if entry.kind not in ("individual", "vessel", "aircraft") and name.isascii():
            stated = latin_words(name)
            words = latin_parts(stated, tables)
            bare = [word for word, part in zip(stated, words, strict=False) if part.kind != LEGAL]
            country = next(filter(None, map(countries.named, entry.countries)), "")
            if len(name) <= LONGEST and len(stated) == len(words) and bare and country:
                yield Drawn(name, {"name": name, "bare": " ".join(bare), "country": country})


def persons(screen: Screen) -> Iterator[Drawn]:
    """Persons whom a list prints with the family name before a comma."""
    for _, entry in screen.lists[0].bodies():
        family, comma, given = entry.names[0].text.partition(",")
        if entry.kind == "individual" and comma:
            said = {"family": family.title(), "given": given.strip().title()}
            yield Drawn(entry.names[0].text, said)


def chinese(screen: Screen) -> Iterator[Drawn]:
    """Parties with a Chinese name, which is written in pinyin, too."""
    from pypinyin import Style, lazy_pinyin

    for _, entry in screen.lists[0].bodies():
        for name in entry.names:
            if name.kind == CHINESE and CHINESE_NAME(name.text):
                plain = re.sub("[（）()]", "", name.text)
                syllables, toned = lazy_pinyin(plain), lazy_pinyin(plain, style=Style.TONE)
                said = {"spaced": " ".join(syllables), "joined": "".join(syllables)}
                yield Drawn(name.text, {**said, "toned": " ".join(toned), "name": name.text})


def ships(screen: Screen) -> Iterator[Drawn]:
    """Ships by the name that a list prints first."""
    for _, entry in screen.lists[0].bodies():
        if entry.kind == "vessel":
            yield Drawn(entry.names[0].text, {"name": entry.names[0].text})


KINDS = {"company": companies, "person": persons, "ship": ships, "chinese": chinese}


def missed(screen: Screen, answers: Answers, drawn: Sequence[Drawn], dress: str) -> list[str]:
    """What is asked of the names that are not found in a dress."""
    asked = [dress.format(**each.said) for each in drawn]
    found = answers([NameQuery(text) for text in asked], TOP)
    return [
        text
        for text, each, hits in zip(asked, drawn, found, strict=True)
        if isinstance(hits, str)
        or not any(
            name.text == each.printed
            for hit in hits
            for entry in hit.entries
            for name in entry.names
        )
    ]


def main() -> int:
    """Print the table, the least found first."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--misses", metavar="DRESS", help="print what is not found in this dress")
    given = options.parse_args()
    screen = Screen()
    answers = crowd.answers_of(screen)
    lots: dict[str, list[Drawn]] = {}
    for kind, draw in KINDS.items():
        every = list(draw(screen))
        random.Random(SEED).shuffle(every)
        lots[kind] = every[:COUNT]
    rows = []
    for kind, dress in table(DRESS):
        misses = missed(screen, answers, lots[kind], dress)
        rows.append((1 - len(misses) / len(lots[kind]), kind, dress))
        if dress == given.misses:
            print(*misses, sep="\n")
    for share, kind, dress in sorted(rows):
        print(f"{share:.3f}  {kind:8s} {dress}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
