"""Screen many names at once: the same hits as one by one, many times as fast.

Candidates and scores come from compiled loops (`kernels`) over arrays made once from the file of
the lists; names are read, and hits explained, by the code that does so for one name. Needs the
extra `parties`.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.parties import kernels
from detente.parties.candidates import KEPT, finders, gain, pieces
from detente.parties.indexed import Indexed, Letters, Rows, begins_of, one_after_other, words_of
from detente.parties.names import Part, squashed
from detente.parties.screening import LONGEST_INITIALS, THRESHOLD, Asked, Best, Hit, Lists

if TYPE_CHECKING:
    from detente.parties.store import Screen

Array = np.ndarray[Any, Any]
Answers = Callable[[Sequence[Asked], int], "list[list[Hit] | str]"]

Form = tuple[tuple[Part, ...], str]


def ready(screen: Screen) -> Answers:
    """A function that answers many names over all lists: the hits of each, or why it is none."""
    files = [ManyNames(lists) for lists in screen.lists]

    def answers(asked: Sequence[Asked], top: int) -> list[list[Hit] | str]:
        found = [file.screen(asked, top) for file in files]
        return [best_of(each, top) for each in zip(*found, strict=True)]

    return answers


def best_of(found: Sequence[list[Hit] | str], top: int) -> list[Hit] | str:
    """The hits of one name over several files, best first."""
    hits: list[Hit] = []
    for each in found:
        if isinstance(each, str):
            return each
        hits += each
    return sorted(hits, key=lambda hit: -hit.score)[:top]


class ManyNames:
    """One file of lists, ready for many names."""

    def __init__(self, lists: Lists) -> None:
        """Make the arrays.

        Args:
            lists: the lists of one day.
        """
        self._lists = lists
        self._indexed = indexed = Indexed(lists)
        self._entries = indexed.entries
        self._most = int(indexed.names[0]["words"].max())
        self._longest = int(indexed.names[0]["letters"].max())
        self._unknown = gain(1, lists.count)
        lists.read_weights()

    def screen(self, asked: Sequence[Asked], top: int) -> list[list[Hit] | str]:
        """The hits of each name, best first, or why it is no name.

        Args:
            asked: the names.
            top: at most so many hits each.
        """
        collecting = gc.isenabled()
        gc.disable()  # nothing here holds itself, and looking for it takes a tenth of the time
        try:
            return self._screen(asked, top)
        finally:
            if collecting:
                gc.enable()

    def _screen(self, asked: Sequence[Asked], top: int) -> list[list[Hit] | str]:
        forms: list[list[Form]] = []
        answers: list[list[Hit] | str] = []
        for each in asked:
            try:
                forms.append(self._lists.forms(each.name))
                answers.append([])
            except ValueError as error:
                forms.append([])
                answers.append(str(error))
        places = [self._lists.place(each.city) for each in asked]
        best: dict[int, Best] = {}
        owners = [(at, form) for at, each in enumerate(forms) for form in range(len(each))]
        flat = [form for each in forms for form, _ in each]
        cities = [places[at] for at, _ in owners]
        for at, number, score in self._found(flat, cities):
            name, form = owners[at]
            best.setdefault(name, Best()).add(score, self._entries[number], number, form)
        self._lists.read_names(number for each in best.values() for number in each.numbers())
        for at, found in best.items():
            answers[at] = self._lists.hits(found, forms[at], places[at], asked[at].country, top)
        return answers

    def ranked(self, forms: Sequence[tuple[Part, ...]]) -> Iterator[tuple[int, int, float]]:
        """Place of the form, entry and score of all that were compared, hits or not."""
        for at, number, score in self._found(forms, [None] * len(forms), 0.0):
            yield at, self._entries[number], score

    def _found(
        self,
        forms: Sequence[tuple[Part, ...]],
        cities: Sequence[Part | None],
        least: float = THRESHOLD,
    ) -> Iterator[tuple[int, int, float]]:
        """Place of the form, number of the name and score of all from a score on, in order."""
        begins, counts, numbers, scores = self.scores(forms, cities, least)
        places = np.flatnonzero(scores >= least)
        owners = np.searchsorted(begins, places, side="right") - 1
        for at, form in zip(places.tolist(), owners.tolist(), strict=True):
            if at < begins[form] + counts[form]:
                yield form, int(numbers[at]), float(scores[at])

    def scores(
        self, forms: Sequence[tuple[Part, ...]], cities: Sequence[Part | None], least: float = 0.0
    ) -> tuple[Array, Array, Array, Array]:
        """Candidates of each form, best candidate first, and their scores.

        Args:
            forms: words of each.
            cities: a city of each, or None.
            least: the score below which 0 will do, which is faster.

        Returns:
            Where those of each form begin, how many it has, numbers of names, scores.
        """
        if not forms:
            nothing = np.zeros(0, np.int64)
            return np.zeros(1, np.int64), nothing, nothing, np.zeros(0, np.float64)
        made, words, room, longest, most = self._numbered(forms, cities)
        begins = np.zeros(len(forms) + 1, np.int64)
        np.cumsum(room, out=begins[1:])
        numbers = np.zeros(begins[-1], np.int32)
        scores = np.full(begins[-1], -1.0)
        longest_city = max((len(city.text) for city in cities if city), default=0)
        counts = kernels.screen(
            made,
            self._indexed.names,
            (self._indexed.threes, self._unknown),
            self._indexed.index,
            words,
            max(most, self._most),
            max(longest, self._longest) + longest_city,
            least,
            numbers,
            scores,
            begins,
        )
        return begins, counts, numbers, scores

    def _numbered(
        self, forms: Sequence[tuple[Part, ...]], cities: Sequence[Part | None]
    ) -> tuple[tuple[Array, ...], tuple[Array, ...], list[int], int, int]:
        """Forms and all words as arrays, room for what each may find; letters and words at most."""
        indexed = self._indexed
        wanted, before, after = Rows(), Rows(), Rows()
        words: list[Part] = []
        squashes, weights, whole, keys, room, sizes = [], [], [], [], [], []
        rank_of = indexed.ranks.get
        for form in forms:
            squash = squashed(form)
            key = squash or "".join([part.text for part in form])
            # The pieces of ASCII names are cut by the compiled loops.
            weighing = pieces(key) if key is not squash or not key.isascii() else ()
            ranks = [rank for rank in map(rank_of, weighing) if rank is not None]
            whole.append(bool(weighing))
            weights.append(self._unknown * (len(weighing) - len(ranks)))
            ranks += [rank for rank in map(rank_of, finders(key, form)) if rank is not None]
            wanted.add(ranks)
            words += form
            sizes.append(len(form))
            squashes.append(squash)
            keys.append(indexed.keys_of(form, squash))
            exact = indexed.exactly(key)
            before.add(exact)
            initials = indexed.with_initials(key) if len(key) <= LONGEST_INITIALS else ()
            after.add(initials)
            room.append(KEPT + len(exact) + len(initials))
        asked = len(indexed.words[0])
        begins, spelled = begins_of(sizes) + asked, Letters(squashes)
        words += [city for city in cities if city]
        places = iter(range(int(begins[-1]), int(begins[-1]) + len(cities)))
        made = (
            *wanted.arrays(),
            np.array(weights, np.int64),
            np.array(whole, np.bool_),
            begins,
            spelled.letters,
            spelled.begins,
            spelled.which(),
            *map(np.ascontiguousarray, np.array(keys, np.int32).T),
            np.array([next(places) if city else -1 for city in cities], np.int32),
            *before.arrays(),
            *after.arrays(),
        )
        known = indexed.texts.known
        mine = words_of(words, [known(part.text) for part in words], self._lists)
        every = one_after_other(indexed.words, mine)
        return made, every, room, spelled.longest, max(sizes)
