"""Screen many names at once: the same hits as one by one, many times as fast.

Candidates and scores come from compiled loops (`kernels`) over arrays made once from the file of
the lists; names are read, and hits explained, by the code that does so for one name. Needs the
extra `parties`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from detente.parties import kernels
from detente.parties.candidates import KEPT, counts, finders, gain, pieces
from detente.parties.index import unpack
from detente.parties.names import LEGAL, NUMBER, Part, first_letters, squashed
from detente.parties.screening import LONGEST_INITIALS, THRESHOLD, Asked, Best, Hit, Lists

if TYPE_CHECKING:
    from detente.parties.store import Screen

Answers = Callable[[Sequence[Asked], int], "list[list[Hit] | str]"]

NOBODY = -1
"""In place of a number: what is like nothing."""

Array = np.ndarray[Any, Any]
Form = tuple[tuple[Part, ...], str]


class Numbered:
    """Texts with a number each, in the order in which they came."""

    def __init__(self) -> None:
        """Begin with none."""
        self.numbers: dict[str, int] = {}

    def __getitem__(self, text: str) -> int:
        """The number of a text, a new one if need be."""
        return self.numbers.setdefault(text, len(self.numbers))


class Rows:
    """Sequences of different lengths as one array, with where each begins."""

    def __init__(self) -> None:
        """Begin with none."""
        self._flat: list[int] = []
        self._begins = [0]

    def add(self, row: Iterable[int]) -> None:
        """Add a sequence."""
        self._flat.extend(row)
        self._begins.append(len(self._flat))

    def arrays(self) -> tuple[Array, Array]:
        """All of them, and where each begins."""
        return np.array(self._flat, np.int32), np.array(self._begins, np.int64)


class Letters:
    """Texts as code points in one array, with where each begins."""

    def __init__(self) -> None:
        """Begin with none."""
        self._texts: list[str] = []

    def add(self, text: str) -> None:
        """Add a text."""
        self._texts.append(text)

    def arrays(self) -> tuple[Array, Array]:
        """All letters, and where those of each text begin."""
        begins = np.zeros(len(self._texts) + 1, np.int64)
        np.cumsum([len(text) for text in self._texts], out=begins[1:])
        letters = np.frombuffer("".join(self._texts).encode("utf-32-le"), np.int32)
        return letters, begins

    def which(self) -> Array:
        """Which letters each text has, as bits."""
        return np.array([letter_bits(text) for text in self._texts], np.int64)

    @property
    def longest(self) -> int:
        """Letters of the longest text."""
        return max(map(len, self._texts), default=0)


def letter_bits(text: str) -> int:
    """Which letters a text has, as bits; two that share one only hide a difference."""
    bits = 0
    for letter in set(text):
        bits |= 1 << ord(letter) % 63
    return bits


class Words:
    """The words of many names one after the other, as the kernels take them.

    A word is kept as often as it is met: what is compared together lies together in memory.
    """

    def __init__(self, lists: Lists, texts: Numbered) -> None:
        """Begin with none.

        Args:
            lists: what weighs them.
            texts: numbers of texts.
        """
        self._lists, self._texts = lists, texts
        self._parts: list[Part] = []
        self._begins = [0]

    def add(self, form: Iterable[Part]) -> None:
        """Add the words of a name."""
        self._parts.extend(form)
        self._begins.append(len(self._parts))

    @property
    def begins(self) -> Array:
        """Where the words of each name begin."""
        return np.array(self._begins, np.int64)

    @property
    def most(self) -> int:
        """Words of the longest name."""
        return int(np.diff(self.begins).max(initial=0))

    def arrays(self) -> tuple[Array, ...]:
        """Text, kind and weight of each word, where its letters begin, all letters, which ones."""
        spelled, weight, texts, kinds = Letters(), self._lists.weight, self._texts, kernels.KINDS
        for part in self._parts:
            spelled.add(part.text)
        letters, begins = spelled.arrays()
        return (
            np.array([texts[part.text] for part in self._parts], np.int32),
            np.array([kinds[part.kind] for part in self._parts], np.int8),
            np.array([weight(part) for part in self._parts], np.float64),
            begins,
            letters,
            spelled.which(),
        )


def one_after_other(one: tuple[Array, ...], other: tuple[Array, ...]) -> tuple[Array, ...]:
    """The words of two collections as those of one."""
    place = one[3][-1]
    return tuple(
        np.concatenate((first[:-1], second + place) if at == 3 else (first, second))
        for at, (first, second) in enumerate(zip(one, other, strict=True))
    )


class Keys(NamedTuple):
    """What is compared as a whole, by number: squashed name, legal forms, numbers."""

    squash: Numbered
    legal: Numbered
    numbers: Numbered

    def of(self, form: Sequence[Part], squash: str, unlike: int) -> tuple[int, int, int]:
        """The numbers of a form; a squashed name of no letters is like no other."""
        legal = " ".join(part.text for part in form if part.kind == LEGAL)
        numbers = " ".join(sorted({part.text for part in form if part.kind == NUMBER}))
        return (
            self.squash[squash] if squash else unlike,
            self.legal[legal],
            self.numbers[numbers],
        )


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
        self._texts, self._keys = Numbered(), Keys(Numbered(), Numbered(), Numbered())
        self._by_squash: dict[str, list[int]] = {}
        self._by_initials: dict[str, list[int]] = {}
        self._entries = [0]
        self._names = self._read_names()
        self._ranks: dict[str, int] = {}
        self._index = self._read_postings()
        self._unknown = gain(1, lists.count)

    def _read_names(self) -> tuple[Array, ...]:
        """Facts of every name as the kernels take them, and its letters; place 0 is nobody's."""
        words, spelled = Words(self._lists, self._texts), Letters()
        keys: list[tuple[int, ...]] = [(NOBODY, NOBODY, NOBODY, NOBODY)]
        words.add(())
        spelled.add("")
        for number, entry, packed, key in self._lists.all_names():
            if number != len(self._entries):
                raise ValueError(f"the names of the lists are not numbered through at {number}")
            form = unpack(packed)
            squash, letters = squashed(form), first_letters(form)
            words.add(form)
            spelled.add(squash)
            initials = self._texts[letters] if letters else NOBODY
            keys.append((*self._keys.of(form, squash, NOBODY), initials))
            self._entries.append(entry)
            self._by_squash.setdefault(key, []).append(number)
            if letters:
                self._by_initials.setdefault(letters, []).append(number)
        self._longest, self._most = spelled.longest, words.most
        self._words = words.arrays()
        texts, begins = spelled.arrays()
        facts = np.array(keys, np.int64)
        return np.column_stack(
            (words.begins[:-1], words.begins[1:], begins[:-1], begins[1:], spelled.which(), facts)
        ), texts

    def _read_postings(self) -> tuple[Array, ...]:
        """Postings with their begins, gains, which of them weigh; weights of names, which count."""
        blobs = sorted((len(blob) // 4, piece, blob) for piece, blob in self._lists.postings())
        begins = np.zeros(len(blobs) + 1, np.int64)
        np.cumsum([size for size, _, _ in blobs], out=begins[1:])
        gains = [gain(size, self._lists.count) for size, _, _ in blobs]
        for rank, (_, piece, _) in enumerate(blobs):
            self._ranks[piece] = rank
        members = self._lists.members
        return (
            np.frombuffer(b"".join(blob for _, _, blob in blobs), np.int32),
            begins,
            np.array(gains, np.int32),
            np.array([counts(piece) for _, piece, _ in blobs], np.bool_),
            np.array(self._lists.weights, np.int32),
            np.array([entry in members for entry in self._entries], np.bool_),
        )

    def screen(self, asked: Sequence[Asked], top: int) -> list[list[Hit] | str]:
        """The hits of each name, best first, or why it is no name.

        Args:
            asked: the names.
            top: at most so many hits each.
        """
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
            self._names,
            self._index,
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
        wanted, before, after, spelled = Rows(), Rows(), Rows(), Letters()
        words = Words(self._lists, self._texts)
        weights, keys, room = [], [], []
        rank_of = self._ranks.get
        for form in forms:
            squash = squashed(form)
            key = squash or "".join(part.text for part in form)
            weighing = pieces(key)
            ranks = [rank for rank in map(rank_of, weighing) if rank is not None]
            weights.append(self._unknown * (len(weighing) - len(ranks)))
            ranks += [rank for rank in map(rank_of, finders(key, form)) if rank is not None]
            wanted.add(ranks)
            words.add(form)
            spelled.add(squash)
            keys.append(self._keys.of(form, squash, NOBODY - 1))
            exact = self._by_squash.get(key, ())
            before.add(exact)
            initials = self._by_initials.get(key, ()) if len(key) <= LONGEST_INITIALS else ()
            after.add(initials)
            room.append(KEPT + len(exact) + len(initials))
        asked = len(self._words[0])
        begins, most = words.begins + asked, words.most
        words.add([city for city in cities if city])
        places = iter(range(int(begins[-1]), int(begins[-1]) + len(cities)))
        made = (
            *wanted.arrays(),
            np.array(weights, np.int64),
            begins,
            *spelled.arrays(),
            spelled.which(),
            *map(np.ascontiguousarray, np.array(keys, np.int32).T),
            np.array([next(places) if city else -1 for city in cities], np.int32),
            *before.arrays(),
            *after.arrays(),
        )
        return made, one_after_other(self._words, words.arrays()), room, spelled.longest, most
