"""The words of names that are asked, numbered once for all files of lists.

Each file has numbers of its own, listed words first; `indexed.IndexedWords` says which number
there each of these has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from detente.parties.names.names import NameWord
from detente.parties.names.remembered import MOST_MET

Array = np.ndarray[Any, Any]

NOBODY = -1
"""In place of the number of a city where none is said."""


class QueryForms(NamedTuple):
    """Forms of names, by the numbers of their words.

    Attributes:
        words: of all forms, one after the other.
        begins: where those of each form begin, and where the last ones end.
        cities: of each form the word that is the party's city, or `NOBODY`.
    """

    words: Array
    begins: Array
    cities: Array


class _Numbers(dict[NameWord, int]):
    """The number of each word, one more than that of the word met before.

    Attributes:
        words: in the order of their numbers.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words: list[NameWord] = []

    def __missing__(self, part: NameWord) -> int:
        number = self[part] = len(self.words)
        self.words.append(part)
        return number


class QueryWords:
    """Words that are asked, by number.

    Attributes:
        rounds: how often all were forgotten; a number means nothing in another round.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.rounds = 0
        self._numbers = _Numbers()

    @property
    def words(self) -> list[NameWord]:
        """The words that were met, in the order of their numbers."""
        return self._numbers.words

    def forms(
        self, forms: Sequence[Sequence[NameWord]], cities: Sequence[NameWord | None]
    ) -> QueryForms:
        """Forms by the numbers of their words, which all are forgotten before if they are many.

        Args:
            forms: words of each.
            cities: a city of each, or None.
        """
        if len(self.words) > MOST_MET:
            self._numbers = _Numbers()
            self.rounds += 1
        number = self._numbers.__getitem__
        stated: list[int] = []
        for form in forms:
            stated += map(number, form)
        places = [number(city) if city else NOBODY for city in cities]
        begins = np.zeros(len(forms) + 1, np.int64)
        np.cumsum(list(map(len, forms)), out=begins[1:])
        return QueryForms(np.array(stated, np.int64), begins, np.array(places, np.int64))
