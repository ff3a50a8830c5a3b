"""Names of persons in Chinese as Hong Kong spells them: 陈国基 is Chan Kwok-ki.

Each bearer chooses the spelling of a name, by how Cantonese says it. Of those that are usual the
ones are read of which every word stands in a listed name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product

from detente.parties.names.kinds import BRAND
from detente.parties.names.names import NameTables, NameWord

FEWEST, MOST = 3, 4
"""Characters of the shortest and of the longest name that is read so."""

MOST_SPELLED = 8
"""Spellings of one name that are tried."""

LONGEST_INITIAL = 2
"""Letters of the longest consonant with which a syllable begins, as Jyutping writes it."""


def spellings_of(syllable: str, spelled: Mapping[str, str]) -> list[str]:
    """How a syllable is usually spelled; [] for one that is none.

    Args:
        syllable: in Jyutping, without its tone.
        spelled: the spellings of a syllable (`si`), of what begins one (`g-`), of the rest (`-ok`).
    """
    if syllable in spelled:
        return spelled[syllable].split(",")
    for size in range(LONGEST_INITIAL, -1, -1):
        begins, rest = spelled.get(f"{syllable[:size]}-"), spelled.get(f"-{syllable[size:]}")
        if rest and (begins or not size):
            return [
                f"{one}{other}"
                for one, other in product((begins or "").split(","), rest.split(","))
            ]
    return []


def spelled_names(
    text: str, tables: NameTables, is_listed: Callable[[str], bool]
) -> Iterator[tuple[NameWord, ...]]:
    """The words of what may be a person's name in Chinese, in each of its usual spellings.

    Args:
        text: in characters.
        tables: words and characters.
        is_listed: whether a word stands in a listed name.
    """
    if not FEWEST <= len(text) <= MOST:
        return
    ways = [
        list(filter(is_listed, spellings_of(tables.han.get(char, ("",) * 3)[2], tables.hong_kong)))
        for char in text
    ]
    for words in islice(product(*ways), MOST_SPELLED):
        yield tuple([NameWord(BRAND, word) for word in words])
