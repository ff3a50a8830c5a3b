"""The names of one file of lists as arrays, made once and kept in the user's folder.

`many` screens over these. What is kept is told by a hash of the lists, of their file and of what
weighs words; where that differs, or the file cannot be read or written, the arrays are made anew.
Needs the extra `parties`.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import numpy as np

from detente._version import __version__
from detente.parties import kernels
from detente.parties.candidates import counts, gain
from detente.parties.comparing import FACTOR
from detente.parties.index import unpack
from detente.parties.names import LEGAL, NUMBER, Part, first_letters, squashed
from detente.parties.screening import Lists
from detente.store.home import home

FORMAT = 5
"""What is kept of a list; another number makes it anew."""

NOBODY = -1
"""In place of a number: what is like nothing."""

UNKNOWN = -2
"""The number of a text that no listed name has; it is like no number of a listed name."""

Array = np.ndarray[Any, Any]
Kept = dict[str, Array]


class Numbered:
    """Texts with a number each, in the order in which they came."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        """Begin with some."""
        self.numbers: dict[str, int] = {text: number for number, text in enumerate(texts)}

    def __getitem__(self, text: str) -> int:
        """The number of a text, a new one if need be."""
        return self.numbers.setdefault(text, len(self.numbers))

    def known(self, text: str) -> int:
        """The number of a text that has one, or `UNKNOWN`."""
        return self.numbers.get(text, UNKNOWN)


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
    """Texts as code points in one array, with where each begins and which letters it has."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Lay the texts one after the other."""
        self.begins = begins_of(list(map(len, texts)))
        self.letters = np.array(np.frombuffer("".join(texts).encode("utf-32-le"), np.int32))

    def which(self) -> Array:
        """Which letters each text has, as bits; two that share one only hide a difference."""
        bits = np.append(np.int64(1) << (self.letters % 63).astype(np.int64), np.int64(0))
        found = np.bitwise_or.reduceat(bits, self.begins[:-1]) if len(self.begins) > 1 else bits[:0]
        found[np.diff(self.begins) == 0] = 0
        return found

    @property
    def longest(self) -> int:
        """Letters of the longest text."""
        return longest(self.begins)


def longest(begins: Array) -> int:
    """The length of the longest row, from where each begins."""
    return int(np.diff(begins).max(initial=0))


def begins_of(sizes: Sequence[int]) -> Array:
    """Where each row begins, and where the last one ends."""
    begins = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=begins[1:])
    return begins


def words_of(parts: Sequence[Part], texts: Sequence[int], lists: Lists) -> tuple[Array, Array]:
    """Words one after the other as the kernels take them.

    Args:
        parts: the words; one is given as often as it is met, so that what is compared together
            lies together in memory.
        texts: number of the text of each.
        lists: what weighs them.

    Returns:
        The words, see `kernels.WORD`, and the letters of all.
    """
    spelled, weight, kinds = Letters([part.text for part in parts]), lists.weight, kernels.KINDS
    table = np.zeros(len(parts), kernels.WORD)
    table["text"] = texts
    table["kind"] = [kinds[part.kind] for part in parts]
    table["weight"] = [weight(part) for part in parts]
    table["begin"] = spelled.begins[:-1]
    table["size"] = np.diff(spelled.begins)
    table["first"] = spelled.letters[spelled.begins[:-1]]
    table["mask"] = spelled.which()
    return table, spelled.letters


def one_after_other(one: tuple[Array, Array], other: tuple[Array, Array]) -> tuple[Array, Array]:
    """The words of two collections as those of one."""
    after = other[0].copy()
    after["begin"] += len(one[1])
    return np.concatenate((one[0], after)), np.concatenate((one[1], other[1]))


class Indexed:
    """The names of one file of lists, ready for many questions.

    Attributes:
        texts: texts of words, numbered.
        squash: squashed names.
        legal: legal forms of a name, as one text.
        figures: numbers in a name, as one text.
        ranks: pieces, the rarest first.
        threes: the same for pieces of three ASCII characters, by their code, -1 for no piece.
        by_squash: keys by which a name is found at once, with where its names begin.
        by_initials: the same for first letters.
        arrays: all arrays by name; see `_made`.
    """

    def __init__(self, lists: Lists) -> None:
        """Take what is kept of the lists, or make it and keep it."""
        path, key = place_of(lists)
        kept = read(path, key)
        if kept is None:
            kept = _made(lists)
            keep(path, key, kept)
        self.arrays = kept
        self.texts, self.squash, self.legal, self.figures = (
            Numbered(texts_from(kept[name])) for name in ("texts", "squash", "legal", "figures")
        )
        self.ranks = Numbered(texts_from(kept["pieces"])).numbers
        self.threes = np.full(kernels.THREES, -1, np.int32)
        self.threes[kept["codes of three"]] = kept["ranks of three"]
        self.by_squash = Numbered(texts_from(kept["exact"])).numbers
        self.by_initials = Numbered(texts_from(kept["initials"])).numbers
        members = np.array(sorted(lists.members), np.int32)
        self.entries: list[int] = kept["entries"].tolist()
        # What was read is of the same type to the compiler only when it is said to be.
        self.names = kept["facts"].view(kernels.NAME), kept["letters"]
        self.words = kept["words"].view(kernels.WORD), kept["words' letters"]
        self.index = (
            *(kept[name] for name in ("postings", "posting begins", "gains", "weighs", "weights")),
            np.isin(kept["entries"], members),
        )

    def exactly(self, squash: str) -> Sequence[int]:
        """The names whose key is one."""
        return self._row("exact", self.by_squash.get(squash))

    def with_initials(self, letters: str) -> Sequence[int]:
        """The names whose words begin with these letters."""
        return self._row("initials", self.by_initials.get(letters))

    def _row(self, name: str, at: int | None) -> Sequence[int]:
        if at is None:
            return ()
        begins = self.arrays[f"{name} begins"]
        found: list[int] = self.arrays[f"{name} names"][begins[at] : begins[at + 1]].tolist()
        return found

    def keys_of(self, form: Sequence[Part], squash: str) -> tuple[int, int, int]:
        """Squashed name, legal forms and numbers of a form that is asked, by number."""
        return (
            self.squash.known(squash) if squash else UNKNOWN,
            self.legal.known(legal_of(form)),
            self.figures.known(figures_of(form)),
        )


def legal_of(form: Sequence[Part]) -> str:
    """The legal forms of a name as one text."""
    return " ".join([part.text for part in form if part.kind == LEGAL])


def figures_of(form: Sequence[Part]) -> str:
    """The numbers in a name as one text."""
    return " ".join(sorted({part.text for part in form if part.kind == NUMBER}))


def _made(lists: Lists) -> Kept:
    """All arrays; place 0 of what is told of names is nobody's.

    `facts`: see `kernels.NAME`; `postings`: see `kernels.nearest`; `words` with their letters: see
    `words_of`.
    """
    texts, squash, legal, figures = Numbered(), Numbered(), Numbered(), Numbered()
    words: list[Part] = []
    begins, squashes, entries = [0, 0], [""], [0]
    keys = [(NOBODY, NOBODY, NOBODY, NOBODY)]
    exact: dict[str, list[int]] = {}
    initials: dict[str, list[int]] = {}
    for number, entry, packed, key in lists.all_names():
        if number != len(entries):
            raise ValueError(f"the names of the lists are not numbered through at {number}")
        form = unpack(packed)
        whole, letters = squashed(form), first_letters(form)
        words += form
        begins.append(len(words))
        squashes.append(whole)
        entries.append(entry)
        keys.append((
            squash[whole] if whole else NOBODY,
            legal[legal_of(form)],
            figures[figures_of(form)],
            texts[letters] if letters else NOBODY,
        ))  # fmt: skip
        exact.setdefault(key, []).append(number)
        if letters:
            initials.setdefault(letters, []).append(number)
    spelled = Letters(squashes)
    listed = words_of(words, [texts[part.text] for part in words], lists)
    facts = np.zeros(len(entries), kernels.NAME)
    facts["word"], facts["words"] = begins[:-1], np.diff(begins)
    facts["letter"], facts["letters"] = spelled.begins[:-1], np.diff(spelled.begins)
    facts["mask"] = spelled.which()
    for column, field in enumerate(("squash", "legal", "figures", "initials")):
        facts[field] = [row[column] for row in keys]
    return {
        "facts": facts,
        "letters": spelled.letters,
        "entries": np.array(entries, np.int32),
        "words": listed[0],
        "words' letters": listed[1],
        **_postings(lists),
        **_found_by("exact", exact),
        **_found_by("initials", initials),
        "texts": texts_into(texts.numbers),
        "squash": texts_into(squash.numbers),
        "legal": texts_into(legal.numbers),
        "figures": texts_into(figures.numbers),
    }  # fmt: skip


def _found_by(name: str, names: Mapping[str, Sequence[int]]) -> Kept:
    rows = Rows()
    for row in names.values():
        rows.add(row)
    found, begins = rows.arrays()
    return {name: texts_into(names), f"{name} names": found, f"{name} begins": begins}


def _postings(lists: Lists) -> Kept:
    """Postings with their begins, gains, which of them weigh; weights of names."""
    blobs = sorted((len(blob) // 4, piece, blob) for piece, blob in lists.postings())
    threes = [
        (rank, piece)
        for rank, (_, piece, _) in enumerate(blobs)
        if len(piece) == 3 and piece.isascii() and counts(piece)
    ]
    return {
        "pieces": texts_into([piece for _, piece, _ in blobs]),
        "postings": np.array(np.frombuffer(b"".join(blob for _, _, blob in blobs), np.int32)),
        "posting begins": begins_of([size for size, _, _ in blobs]),
        "gains": np.array([gain(size, lists.count) for size, _, _ in blobs], np.int32),
        "codes of three": np.array([code_of(piece) for _, piece in threes], np.int32),
        "ranks of three": np.array([rank for rank, _ in threes], np.int32),
        "weighs": np.array([counts(piece) for _, piece, _ in blobs], np.bool_),
        "weights": np.array(lists.weights, np.int32),
    }


def code_of(three: str) -> int:
    """Three ASCII characters as one number, seven bits each."""
    return ord(three[0]) << 14 | ord(three[1]) << 7 | ord(three[2])


def texts_into(texts: Iterable[str]) -> Array:
    """Texts without line breaks as bytes, one a line."""
    return np.frombuffer("".join(f"{text}\n" for text in texts).encode(), np.uint8)


def texts_from(lines: Array) -> list[str]:
    """The texts of such bytes."""
    return lines.tobytes().decode().split("\n")[:-1]


def place_of(lists: Lists) -> tuple[str, str]:
    """Where the arrays of a file of lists are kept, and the hash that they must be kept under."""
    path = lists.path
    state = os.stat(path)
    told = (FORMAT, __version__, lists.identity(), state.st_size, state.st_mtime_ns, FACTOR,
            kernels.KINDS)  # fmt: skip
    name = sha256(os.path.abspath(path).encode()).hexdigest()[:12]
    return os.path.join(home(), f"screening-{name}.npz"), sha256(repr(told).encode()).hexdigest()


def read(path: str, key: str) -> Kept | None:
    """The arrays that are kept under a hash; None where there are none, or no whole ones."""
    try:
        with open(path, "rb") as file, np.load(file, allow_pickle=False) as kept:
            if str(kept["key"]) != key:
                return None
            return {name: kept[name] for name in kept.files if name != "key"}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def keep(path: str, key: str, arrays: Kept) -> None:
    """Keep arrays in one file; a folder that cannot be written only costs the next run time."""
    beside = f"{path}.{os.getpid()}.new"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(beside, "wb") as file:
            np.savez(file, key=np.array(key), **arrays)  # type: ignore[arg-type]
        os.replace(beside, path)
    except OSError:
        if os.path.exists(beside):
            os.remove(beside)
