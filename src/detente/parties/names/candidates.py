"""Which listed names are worth comparing with a name: those that share its rarest pieces.

A name is cut into pieces: three letters, or two characters where one of them is Chinese, with its
beginning and end marked; a short name also into itself with one character left out, since one slip
leaves it hardly a piece of three. Names are ranked by

    2 x (weight of the pieces they share) / (weight of all pieces of both)

where a piece weighs more the fewer names have it. The rarest pieces are taken first, until so many
names were touched. Weights are whole numbers, so that every way of adding them up gives the same
ranking: one name at a time from SQLite here, many at once in `many`.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import takewhile
from math import log

from detente.parties.names.kinds import FILLER, LEGAL
from detente.parties.names.names import NameWord, is_han

MOST_CANDIDATES = 46
"""How many names are worth comparing."""

FAR = 0.3
"""How much of what the nearest name shares, at most all of it, a name must share to be compared."""

TOUCHED = 10_300
"""Names that may be touched before the commoner pieces are left out."""

SAMPLE = 200
"""Names that have the rarest pieces, looked at first to know how much the nearest one shares."""

ALWAYS = 3
"""Pieces that are taken however many names have them."""

SHORT = 12
"""Characters of the longest name that is also cut by leaving one out."""

ONE_OUT, SORTED = "-", "="
"""What a piece begins with that is the name with one character left out, or its words sorted."""


def pieces(name: str) -> set[str]:
    """The pieces of a squashed name that weigh."""
    marked = f"^{name}$"
    if name.isascii():
        return {marked[at : at + 3] for at in range(len(name))}
    twos = {marked[at : at + 2] for at in range(len(marked) - 1)}
    threes = {marked[at : at + 3] for at in range(len(name))}
    return {two for two in twos if any(map(is_han, two))} | {
        three for three in threes if not any(map(is_han, three))
    }


def finders(name: str, words: Sequence[NameWord]) -> set[str]:
    """The pieces that find a name as a whole, and weigh nothing.

    Args:
        name: the name squashed.
        words: its words.
    """
    found = set()
    if 2 < len(name) <= SHORT:
        found = {ONE_OUT + name[:at] + name[at + 1 :] for at in range(len(name))}
        found.add(ONE_OUT + name)
    plain = [part.text for part in words if part.kind not in (LEGAL, FILLER)]
    if len(plain) > 1:
        found.add(SORTED + "".join(sorted(plain)))
    return found


def gain(names: int, count: int) -> int:
    """What a piece weighs that so many of all names have, in thousandths."""
    return int(1000 * log(1 + count / names))


def counts(piece: str) -> bool:
    """Whether a piece enters the weight of a name; one of the whole name only finds."""
    return piece[0] not in (ONE_OUT, SORTED)


class Nearest:
    """Candidates of one name at a time, from the postings in SQLite.

    Attributes:
        count: how many names there are, those with their words apart left aside.
        weights: what each name weighs, by number.
    """

    def __init__(self, database: sqlite3.Connection, members: Collection[int]) -> None:
        """Open the postings.

        Args:
            database: the file.
            members: the entries that count; names of others are passed over.
        """
        self._database = database
        facts = dict(database.execute(
            "SELECT fact, value FROM facts WHERE fact IN ('weights', 'entries', 'read')"
        ))  # fmt: skip
        self.count = max(facts.get("read", 0), 1)
        self.weights = array("I", facts.get("weights", b""))
        self._entries = array("I", facts.get("entries", b""))
        self._members = members

    def read_from(self, database: sqlite3.Connection) -> None:
        """Look for postings in the same file opened anew."""
        self._database = database

    def __call__(self, name: str, words: Sequence[NameWord]) -> list[int]:
        """The names that are worth comparing with one, best first.

        Args:
            name: the name squashed.
            words: its words.
        """
        weighing = pieces(name)
        wanted = [*weighing, *finders(name, words)]
        marks = ",".join("?" * len(wanted))
        rows = self._database.execute(
            f"SELECT gram, names FROM grams WHERE gram IN ({marks})", wanted
        )
        postings = sorted((len(blob) // 4, piece, blob) for piece, blob in rows)
        known = {piece: size for size, piece, _ in postings}
        weight = sum(gain(known.get(piece, 1), self.count) for piece in weighing)
        shared: defaultdict[int, int] = defaultdict(int)
        touched = 0
        sample: list[int] = []
        for taken, (size, _, blob) in enumerate(postings):
            touched += size
            if touched > TOUCHED and taken >= ALWAYS:
                break
            each, numbers = gain(size, self.count), array("I", blob)
            for number in numbers:
                shared[number] += each
            if len(sample) <= SAMPLE:
                sample += numbers
        return self._ranked(shared, sample, weight)

    def _ranked(self, shared: Mapping[int, int], sample: Iterable[int], weight: int) -> list[int]:
        """The names that share the most, best first.

        Args:
            shared: what the pieces weigh that names share.
            sample: some of them, of which one is as good as most.
            weight: what all pieces of the name weigh that is asked.
        """
        weights, entries, members = self.weights, self._entries, self._members
        best = max(
            (
                2 * shared[number] / (weight + weights[number])
                for number in sample
                if entries[number] in members
            ),
            default=0.0,
        )
        # The nearest shares at least so much, so most names need not be looked at further.
        least = FAR * min(best, 1.0) * weight / 2 * (1 - 1e-9)
        # Negative, so that the best come first and equal ones by number, as in the compiled loops.
        ranked = near_the_first(nsmallest(MOST_CANDIDATES, [
            (-2 * found / (weight + weights[number]), number)
            for number, found in shared.items()
            if found >= least and entries[number] in members
        ]))  # fmt: skip
        return [number for _, number in ranked]


def near_the_first(ranked: Sequence[tuple[float, int]]) -> Iterator[tuple[float, int]]:
    """The names that share enough, next to the one that shares most.

    Args:
        ranked: minus what each shares, and its number, best first.
    """
    least = FAR * max(ranked[0][0], -1.0) if ranked else 0.0
    return takewhile(lambda each: each[0] <= least, ranked)
