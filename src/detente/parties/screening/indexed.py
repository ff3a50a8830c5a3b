"""The names of one file of lists as arrays, made once and kept.

`many` screens over these. What is kept is of all names of a file, whatever day is asked about. It
is told by a hash of the lists, of their file and of what weighs words; where that differs, or the
file cannot be read or written, the arrays are made anew. Those of the built-in lists come with the
package, where the build could make them; others are kept in the user's folder. Needs the extra
`parties`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any
from zlib import crc32

import numpy as np

from detente._version import __version__
from detente.core.array_file import keep_arrays, read_arrays
from detente.parties.names import candidates, kernels, policy
from detente.parties.names.ahead import is_usable
from detente.parties.names.candidates import counts, gain
from detente.parties.names.comparing import CEILING, UNTOLD, weigh
from detente.parties.names.kinds import BRAND, FILLER, LEGAL
from detente.parties.names.names import NameWord, first_letters, squashed
from detente.parties.names.packed_words import unpack
from detente.parties.names.policy import FACTOR, FATHER
from detente.parties.names.query_words import QueryForms, QueryWords
from detente.parties.screening.screening import LONGEST_INITIALS, Lists
from detente.parties.screening.store import LAID_OUT
from detente.store.home import home

FORMAT = 22
"""What is kept of a list; another number makes it anew."""

WEIGHED = FACTOR, FATHER
"""By what a word weighs as it does, beside how many names have it."""

MOSTLY = 1.2
"""Names of a file, of each that counts, from which those that do not count are left out of its
index: making it anew costs more than passing a few over."""

_NUMBERS = {
    "retained": candidates.MOST_CANDIDATES,
    "touched": candidates.TOUCHED,
    "always": candidates.ALWAYS,
    "far": candidates.FAR,
    "short": candidates.SHORT,
    "one_out": ord(candidates.ONE_OUT),
    "sorted_words": ord(candidates.SORTED),
    "longest_initials": LONGEST_INITIALS,
    **policy.weights(),
}
Rules = policy.record_of(_NUMBERS, __name__)
RULES = Rules(**_NUMBERS)
"""Every number that the loops read: what finds candidates, and the policy."""

NO_NUMBERS = np.zeros(0, np.uint32)
HIGHEST = (1 << 64) - 1
"""No hash is higher."""

Array = np.ndarray[Any, Any]
StoredArrays = dict[str, Array]


class RaggedRows:
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
        return np.array(self._flat, np.uint32), np.array(self._begins, np.int64)


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


def begins_of(sizes: Sequence[int] | Array) -> Array:
    """Where each row begins, and where the last one ends."""
    begins = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=begins[1:])
    return begins


class IndexedWords:
    """The words of the listed names, and after them those that are asked, by number.

    Attributes:
        table: what is told of each, see `kernels.WORD`; with room for more.
        letters: of all, one after the other; with room for more.
    """

    def __init__(self, stored: StoredArrays, lists: Lists) -> None:
        """Begin with the listed ones.

        Args:
            stored: the arrays that are kept of the lists.
            lists: what weighs words; it is told what the listed ones weigh.
        """
        self.table, self.letters = stored["words"].view(kernels.WORD), stored["letters"]
        # The highest one behind the last, so that every place that is looked up is one.
        self._hashes = np.append(stored["text hashes"], np.uint64(HIGHEST))
        self._texts = np.append(stored["texts"], np.int32(-1))
        texts = texts_from(stored["word texts"])
        self._listed = dict(zip(texts, range(len(texts)), strict=True))
        lists.know_weights(self._listed, self.table["weight"].tolist())
        self._stands, self._syllables = lists.standings.unlisted, lists.syllables
        self._heard = lists.sound, lists.heard
        self._weigh = lists.weight
        self._legal = np.flatnonzero(self.table["kind"] == kernels.KINDS[LEGAL])
        self._sizes = self._listed_sizes = len(self.table), len(self.letters)
        self._of, self._round = NO_NUMBERS, 0

    @property
    def both(self) -> tuple[Array, Array]:
        """The table and the letters, as the loops take them."""
        return self.table, self.letters

    def numbers(self, asked: QueryWords) -> Array:
        """The number of every word that is asked, by its number there.

        Words that are on no list come after the listed ones, and are told of here.
        """
        if asked.rounds != self._round:
            self._round, self._sizes, self._of = asked.rounds, self._listed_sizes, NO_NUMBERS
        met = asked.words[len(self._of) :]
        if met:
            numbers = np.array([self._listed.get(kind + text, -1) for kind, text in met])
            new = np.flatnonzero(numbers < 0)
            numbers[new] = self._sizes[0] + np.arange(len(new))
            self._add([met[at] for at in new.tolist()])
            self._of = np.append(self._of, numbers.astype(np.uint32))
        return self._of

    def _add(self, new: Sequence[NameWord]) -> None:
        """Tell of words that are on no list."""
        if not new:
            return
        rows, spelled = rows_of(new, self._syllables, *self._heard)
        rows["weight"] = [self._weigh(part) for part in new]
        first, start = self._sizes
        rows["stands"] = [self._stands(part.text) if part.kind == BRAND else UNTOLD for part in new]
        rows["text"] = self._texts_of(rows, spelled, first)
        rows["begin"] += start
        self.table = with_rows(self.table, first, rows)
        self.letters = with_rows(self.letters, start, spelled)
        self._sizes = last, _ = first + len(rows), start + len(spelled)
        tell_near_legal(self.table, first, last, self._legal, self.letters)

    def _texts_of(self, rows: Array, spelled: Array, first: int) -> Array:
        """The numbers of texts: that of a listed word that is written so, else its own."""
        found = hashes_of(kernels.TEXT, spelled, np.append(rows["begin"], len(spelled)))
        places = np.searchsorted(self._hashes, found)
        own = np.arange(first, first + len(rows))
        return np.where(self._hashes[places] == found, self._texts[places], own)


def rows_of(
    words: Sequence[NameWord],
    syllables: Callable[[str], int],
    sound: Callable[[str], str],
    heard: Callable[[str], str],
) -> tuple[Array, Array]:
    """What is told of words, and their letters; all but weights, standings and numbers of texts.

    Args:
        words: the words.
        syllables: what one is made of, see `comparing.MANDARIN`.
        sound: how one sounds.
        heard: what is heard of one in a person's name.
    """
    spelled, kinds = Letters([part.text for part in words]), kernels.KINDS
    table = np.zeros(len(words), kernels.WORD)
    table["kind"] = [kinds[part.kind] for part in words]
    table["begin"] = spelled.begins[:-1]
    table["size"] = np.diff(spelled.begins)
    table["first"] = spelled.letters[spelled.begins[:-1]]
    table["mask"] = spelled.which()
    table["syllables"] = [syllables(part.text) for part in words]
    for column, of in (("sound", sound), ("heard", heard)):
        table[column] = [
            crc32(said.encode()) if part.kind == BRAND and (said := of(part.text)) else 0
            for part in words
        ]
    return table, spelled.letters


def with_rows(held: Array, count: int, more: Array) -> Array:
    """An array with rows put after its first ones; a longer one where there is no room."""
    if count + len(more) > len(held):
        longer = np.zeros(2 * (count + len(more)), held.dtype)
        longer[:count] = held[:count]
        held = longer
    held[count : count + len(more)] = more
    return held


def tell_near_legal(table: Array, first: int, last: int, legal: Array, letters: Array) -> None:
    """Say of words which may be a legal form misspelled; see `kernels.tell_near_legal`."""
    rows = np.zeros((3, int(table["size"][:last].max(initial=0)) + 2), np.int32)
    kernels.tell_near_legal(table, first, last, legal, letters, rows, kernels.record_of(RULES))


class Indexed:
    """The names of one file of lists, ready for many questions.

    Attributes:
        entries: whose each name is.
        parties: the party of each name, by the number of its first entry.
        words: the words of all names.
        member: whether each name counts.
        names: see `kernels.score`.
        keys: a hash of each name squashed, which other files have of a name that is written so.
        index: see `kernels.nearest`.
        finding: see `kernels.find`.
        most: words and letters of the longest name.
        most_of_key: names that are found by the same letters, at most.
    """

    def __init__(self, lists: Lists) -> None:
        """Take what is kept of the lists, or make it and keep it."""
        stored = _laid_out(lists) or _kept(lists)
        self.words = IndexedWords(stored, lists)
        # What was read is of the same type to the compiler only when it is said to be.
        facts = stored["facts"].view(kernels.NAME)
        entries = facts["entry"]
        members, shared = (
            np.fromiter(each, np.int64, len(each)) for each in (lists.members, lists.party_of)
        )
        last = max(int(each.max(initial=0)) for each in (entries, members, shared))
        party_of = np.arange(last + 1)
        counting = np.zeros(len(party_of), np.bool_)
        counting[members] = True
        party_of[shared] = list(lists.party_of.values())
        member = counting[entries]
        member[0] = False
        self.entries = entries.copy()
        # So many parties are wanted of a name, and not entries: a party may stand on many lists.
        facts["entry"] = party_of[entries]
        self.parties: list[int] = facts["entry"].tolist()
        self.member, self.names = member, (facts, stored["names' words"])
        self.keys = stored["keys"]
        self.most = int(facts["words"].max()), int(facts["letters"].max())
        self.index = _index_of(stored, member)
        self.finding = (
            stored["threes"],
            tuple(stored[name] for name in ("hashes", "found by hash", "hashes begin")),
            gain(1, lists.count),
            *(stored[name] for name in ("exact", "exact begins", "initials", "initials begin")),
        )
        self.most_of_key = sum(
            int(np.diff(stored[name]).max(initial=0)) for name in ("exact begins", "initials begin")
        )

    def queries(self, asked: QueryWords, forms: QueryForms) -> tuple[Array, Array, Array]:
        """Forms by the numbers of words here, see `kernels.find`."""
        numbers = self.words.numbers(asked)
        cities = np.full(len(forms.cities), -1, np.int32)
        stated = forms.cities >= 0
        cities[stated] = numbers[forms.cities[stated]]
        return numbers[forms.words], forms.begins, cities

    def find(
        self, queries: Any, room: kernels.Room, rules: Any, whole: bool = False
    ) -> tuple[Array, Array]:
        """The names worth comparing with each of many forms, and where those of each end.

        Args:
            queries: see `kernels.find`.
            room: arrays to work in.
            rules: see `kernels.record_of`.
            whole: whether to find only names that are the same as a whole.
        """
        forms = len(queries[2])
        ends = np.empty(forms, np.int64)
        candidates = np.empty(forms * (self.most_of_key + rules["retained"]), np.int32)
        kernels.find(
            queries, self.member, self.index, self.finding, self.words.both, room, int(whole),
            candidates, ends, rules,
        )  # fmt: skip
        return candidates, ends

    def room_for(self, queries: Any, top: int, rules: Any) -> kernels.Room:
        """Arrays to work in, see `kernels.room_for`."""
        blocks = len(self.index[5])
        return kernels.room_for(queries, blocks, self.most, top, self.words.table, rules)

    def scores(
        self, queries: Any, owners: Array, top: int, near: float, least: Array, rules: Any
    ) -> tuple[Array, Array, Array]:
        """Candidates of many forms, and their scores.

        Args:
            queries: see `kernels.find`.
            owners: the name of each form, by number in order, or -1 for a form that does not score
                as it is; where `top` is 1 and a form is a listed name as a whole, names that are
                not may be left out of all forms of the name.
            top: see `kernels.score`.
            near: see `kernels.score`.
            least: see `kernels.score`.
            rules: see `kernels.record_of`.

        Returns:
            Where those of each form begin, numbers of names, scores.
        """
        room = self.room_for(queries, top, rules)
        if top != 1:
            return self._scored(queries, room, top, near, least, rules)
        begins, names, scores = self._scored(queries, room, top, near, least, rules, whole=True)
        settled = self._settled(queries, owners, begins, scores, least)
        rest = np.flatnonzero(~settled)
        if len(rest) == 0:
            return begins, names, scores
        forms = np.repeat(np.arange(len(settled)), np.diff(begins))
        kept = settled[forms]
        more_begins, more_names, more_scores = self._scored(
            some_of(queries, rest), room, top, near, least[rest], rules
        )
        forms = np.append(forms[kept], np.repeat(rest, np.diff(more_begins)))
        order = np.argsort(forms, kind="stable")
        names, scores = np.append(names[kept], more_names), np.append(scores[kept], more_scores)
        counts = np.bincount(forms, minlength=len(settled))
        return begins_of(counts), names[order], scores[order]

    def _settled(
        self, queries: Any, owners: Array, begins: Array, scores: Array, least: Array
    ) -> Array:
        """Whether a form is of a name for which no other score of the form can be wanted.

        The best of such a name is the same as a form of it as a whole, or nothing less is wanted;
        then only others that are the same as a whole come as close. These were all looked at. Any
        other scores less, except where a city or a legal form misspelled makes another name of the
        form, or all its words are silent.
        """
        stated, form_begins, cities = queries
        best = np.append(scores, 0.0)
        found = np.diff(begins) > 0
        above = np.zeros(len(cities), np.bool_)
        above[found] = np.maximum.reduceat(best, begins[:-1])[found] > CEILING + 2 * kernels.ROUNDED
        of_name = np.zeros(int(owners.max(initial=-1)) + 2, np.bool_)
        of_name[owners[above | (least > CEILING + kernels.ROUNDED)]] = True
        of_name[-1] = False
        words = self.words.table[stated]
        odd = np.append(0, np.cumsum(words["near_legal"]))
        counting = np.append(0, np.cumsum(words["kind"] > kernels.KINDS[FILLER]))
        plain = np.diff(odd[form_begins]) == 0
        told = np.diff(counting[form_begins]) > 0
        return np.asarray(of_name[owners] & plain & told & (cities < 0))

    def _scored(
        self, queries: Any, room: kernels.Room, top: int, near: float, least: Array, rules: Any,
        whole: bool = False,
    ) -> tuple[Array, Array, Array]:  # fmt: skip
        """The same of the candidates that `find` gives."""
        candidates, ends = self.find(queries, room, rules, whole)
        size = int(ends[-1]) if len(ends) else 0
        begins = np.zeros(len(ends) + 1, np.int64)
        names, scores = np.empty(size, np.int32), np.empty(size, np.float64)
        count = kernels.score(
            queries, self.names, self.words.both, room, (candidates, ends), top, near, least,
            (names, scores, begins[1:]), rules,
        )  # fmt: skip
        return begins, names[:count], scores[:count]

    def compile_find(self) -> None:
        """Compile what finds names, by asking for nobody."""
        rules = kernels.record_of(RULES)
        self.find(NOBODY, self.room_for(NOBODY, 1, rules), rules)


def _index_of(stored: StoredArrays, member: Array) -> tuple[Array, ...]:
    """The index, see `kernels.nearest`, without the names that do not count where many do not.

    With them it finds the same names, and looks through all to find a few: of a day long past, or
    where other files hold newer lists.
    """
    of_index = "postings", "posting begins", "gains", "weighs", "weights", "lightest", "numbers"
    postings, begins, gains, weighs, weights, lightest, numbers = (
        stored[name] for name in of_index
    )
    sizes = np.diff(begins)
    retained = member[numbers]
    if retained.sum() * MOSTLY < len(numbers):
        moved = np.where(retained, np.cumsum(retained) - 1, -1).astype(np.int32)
        kept, kept_begins = np.empty_like(postings), np.empty_like(begins)
        count = kernels.leave_out(postings, begins, moved, kept, kept_begins)
        postings, begins = kept[:count], kept_begins
        weights, numbers = weights[retained], numbers[retained]
        lightest = np.array(weights[:: kernels.BLOCK])
    return postings, begins, gains, weighs, weights, lightest, numbers, sizes


def some_of(queries: Any, forms: Array) -> tuple[Array, Array, Array]:
    """Some of many forms, see `kernels.find`."""
    stated, begins, cities = queries
    sizes = np.diff(begins)[forms]
    first = np.repeat(begins[forms], sizes)
    ends = np.cumsum(sizes)
    within = np.arange(len(first)) - np.repeat(ends - sizes, sizes)
    return stated[first + within], begins_of(sizes), np.ascontiguousarray(cities[forms])


NOBODY = np.zeros(0, np.uint32), np.zeros(1, np.int64), np.zeros(0, np.int32)
"""No forms: a question that only has the loops compiled, or read where they were."""


def compile_score() -> None:
    """Compile what scores names, by asking for nobody over no lists; the machine code is kept."""
    words = np.zeros(0, kernels.WORD), np.zeros(0, np.int32)
    rules = kernels.record_of(RULES)
    names, scores = np.zeros(0, np.int32), np.zeros(0, np.float64)
    ends = np.zeros(0, np.int64)
    kernels.score(
        NOBODY, (np.zeros(0, kernels.NAME), np.zeros(0, np.uint32)), words,
        kernels.room_for(NOBODY, 0, (0, 0), 1, words[0], rules), (names, ends), 1, 0.0, scores,
        (names, scores, ends), rules,
    )  # fmt: skip


def _laid_out(lists: Lists) -> StoredArrays | None:
    """The arrays that the build laid out, where they are of these lists.

    Where numba compiles they are not read: what is kept instead says that it has compiled.
    """
    return read_arrays(LAID_OUT, _key_of(lists)) if is_usable() else None


def _kept(lists: Lists) -> StoredArrays:
    """The arrays that are kept in the user's folder; they are made where there are none."""
    path, key = place_of(lists)
    stored = read_arrays(path, key)
    if stored is None:
        stored = made_of(lists)
        keep(path, key, stored)
    return stored


def lay_out(lists: Lists, path: str) -> None:
    """Make the arrays of the built-in lists for all who have the same ones: a step of the build.

    Raises:
        OSError: the file cannot be written.
    """
    keep_arrays(path, _key_of(lists), made_of(lists))


def made_of(lists: Lists) -> StoredArrays:
    """All arrays that are kept; place 0 of what is told of names is nobody's."""
    lists.read_weights()
    numbers: dict[str, int] = {}
    named = RaggedRows()
    named.add(())
    described = [(0, 0, 0.0, 0, 0, 0, 0)]
    exact: dict[str, list[int]] = {}
    initials: dict[str, list[int]] = {}
    for number, entry, packed, key, letters, party in lists.all_names():
        if number != len(described):
            raise ValueError(f"the names of the lists are not numbered through at {number}")
        form = unpack(packed)
        plain = [part for part in form if part.kind not in (LEGAL, FILLER)]
        rest = [part for part in form if part.kind in (LEGAL, FILLER)]
        named.add([
            numbers.setdefault(part.kind + part.text, len(numbers)) for part in (*plain, *rest)
        ])  # fmt: skip
        described.append((
            entry, len(plain), weigh(plain, lists.weight), len(form), len(squashed(form)), party,
            bool(first_letters(form)),
        ))  # fmt: skip
        exact.setdefault(key, []).append(number)
        if letters:  # which no name has whose words are only apart
            initials.setdefault(letters, []).append(number)
    listed = [NameWord(text[0], text[1:]) for text in numbers]
    words, spelled = rows_of(listed, lists.syllables, lists.sound, lists.heard)
    words["weight"] = [lists.weight(part) for part in listed]
    first: dict[str, int] = {}
    words["stands"] = [lists.stands(text[1:]) if text[0] == BRAND else UNTOLD for text in numbers]
    words["text"] = [first.setdefault(text[1:], at) for text, at in numbers.items()]
    legal = np.flatnonzero(words["kind"] == kernels.KINDS[LEGAL])
    tell_near_legal(words, 0, len(words), legal, spelled)
    return {
        "words": words,
        "letters": spelled,
        "word texts": texts_into(numbers),
        **_texts(words, spelled),
        **_names(described, named, words),
        "keys": _keys(exact, len(described)),
        **_postings(lists, exact, initials),
    }


def _texts(words: Array, spelled: Array) -> StoredArrays:
    """The hashes of what is written, in order, and the number of each text."""
    texts = np.unique(words["text"])
    hashes = hashes_of(kernels.TEXT, spelled, np.append(words["begin"], len(spelled)))[texts]
    order = np.argsort(hashes)
    return {"text hashes": hashes[order], "texts": texts[order]}


def _names(
    described: Sequence[tuple[int, int, float, int, int, int, int]], named: RaggedRows, words: Array
) -> StoredArrays:
    """What is told of each name, and the words of all."""
    flat, begins = named.arrays()
    facts = np.zeros(len(described), kernels.NAME)
    facts["word"] = begins[:-1]
    fields = "entry", "plain", "weight", "words", "letters", "party", "initials"
    for at, field in enumerate(fields):
        facts[field] = [row[at] for row in described]
    for number, (begin, plain) in enumerate(zip(facts["word"], facts["plain"], strict=True)):
        some = words["mask"][flat[begin : begin + plain]]
        facts["mask"][number] = np.bitwise_or.reduce(some, initial=0)
    return {"facts": facts, "names' words": flat}


def _keys(exact: Mapping[str, Sequence[int]], count: int) -> Array:
    """The hash of each name squashed, by number."""
    found, hashes = np.zeros(count, np.uint64), hashes_of_texts(kernels.EXACT, list(exact))
    for hashed, numbers in zip(hashes, exact.values(), strict=True):
        found[numbers] = hashed
    return found


def _postings(
    lists: Lists, exact: Mapping[str, Sequence[int]], initials: Mapping[str, Sequence[int]]
) -> StoredArrays:
    """Postings with their begins, gains, which of them weigh; weights of names; what finds them."""
    blobs = sorted((len(blob) // 4, piece, blob) for piece, blob in lists.postings())
    pieces = [piece for _, piece, _ in blobs]
    threes = np.full(len(kernels.ALPHABET) ** 3, -1, np.int32)
    code = {letter: at for at, letter in enumerate(kernels.ALPHABET)}
    for rank, piece in enumerate(pieces):
        if len(piece) == 3 and counts(piece) and code.keys() >= set(piece):
            one, two, three = (code[letter] for letter in piece)
            threes[(one * len(code) + two) * len(code) + three] = rank
    hashes, values, begins = keys_of(
        (kernels.PIECE, pieces), (kernels.EXACT, list(exact)), (kernels.INITIALS, list(initials))
    )
    whole, first = RaggedRows(), RaggedRows()
    for row in exact.values():
        whole.add(row)
    for row in initials.values():
        first.add(row)
    weights = np.array(lists.weights, np.int32)
    numbers = np.argsort(weights, kind="stable")
    place = np.empty(len(numbers), np.uint32)
    place[numbers] = np.arange(len(numbers))
    postings = np.frombuffer(b"".join(blob for _, _, blob in blobs), np.uint32)
    names = "exact", "exact begins", "initials", "initials begin"
    return {
        "postings": place[postings],
        "posting begins": begins_of([size for size, _, _ in blobs]),
        "gains": np.array([gain(size, lists.count) for size, _, _ in blobs], np.int32),
        "weighs": np.array(list(map(counts, pieces)), np.bool_),
        "weights": weights[numbers],
        "lightest": np.array(weights[numbers][:: kernels.BLOCK]),
        "numbers": numbers.astype(np.int32),
        "threes": threes,
        "hashes": hashes,
        "found by hash": values,
        "hashes begin": begins,
        **dict(zip(names, (*whole.arrays(), *first.arrays()), strict=True)),
    }


def keys_of(*kinds: tuple[int, Sequence[str]]) -> tuple[Array, Array, Array]:
    """What is found by its hash, see `kernels.look_up`.

    Args:
        kinds: of each kind, what it is and its texts; what is found is the place of the text.

    Returns:
        Hashes in order; the place of each; where those begin that have the same first 16 bits.
    """
    found = [hashes_of_texts(what, texts) for what, texts in kinds]
    hashes = np.concatenate(found)
    values = np.concatenate([np.arange(len(each), dtype=np.int32) for each in found])
    order = np.argsort(hashes, kind="stable")
    begins = np.searchsorted(hashes[order] >> np.uint64(48), np.arange((1 << 16) + 1))
    return hashes[order], values[order], begins.astype(np.int32)


def hashes_of_texts(what: int, texts: Sequence[str]) -> Array:
    """The hash of each of some texts; see `kernels.hash_of`."""
    spelled = Letters(texts)
    return hashes_of(what, spelled.letters, spelled.begins)


def hashes_of(what: int, letters: Array, begins: Array) -> Array:
    """The hash of each of some texts that lie one after the other.

    Args:
        what: what they are, see `kernels.hash_of`.
        letters: of all of them.
        begins: where each begins, and where the last one ends.
    """
    found = np.empty(len(begins) - 1, np.uint64)
    kernels.tell_hashes(what, letters, np.asarray(begins, np.int64), found)
    return found


def texts_into(texts: Iterable[str]) -> Array:
    """Texts without line breaks as bytes, one a line."""
    return np.frombuffer("".join(f"{text}\n" for text in texts).encode(), np.uint8)


def texts_from(lines: Array) -> list[str]:
    """The texts of such bytes."""
    return lines.tobytes().decode().split("\n")[:-1]


def place_of(lists: Lists) -> tuple[str, str]:
    """Where the arrays of a file of lists are kept, and the hash that they must be kept under."""
    path = lists.path
    name = sha256(os.path.abspath(path).encode()).hexdigest()[:12]
    key = _key_of(lists, os.stat(path).st_mtime_ns)
    return os.path.join(home(), f"screening-{name}.arrays"), key


def _key_of(lists: Lists, *also: int) -> str:
    """A hash of a file of lists, of what weighs its words, and of what else tells it."""
    size = os.path.getsize(lists.path)
    beside = lists.beside.contents() if lists.beside else ""
    told = FORMAT, __version__, lists.contents(), beside, size, *also, WEIGHED, kernels.KINDS, RULES
    return sha256(repr(told).encode()).hexdigest()


def keep(path: str, key: str, arrays: StoredArrays) -> None:
    """Keep arrays in one file; a folder that cannot be written only costs the next run time."""
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        keep_arrays(path, key, arrays)
