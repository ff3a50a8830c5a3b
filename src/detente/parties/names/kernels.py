"""Compiled loops for many names at once: candidates and scores, as `candidates` and `comparing`.

Nothing is decided here: this is the arithmetic of those two modules on arrays, in the same order,
so that the numbers are the same, and every number that they decide by is an argument (`Rules`).
All loops stand in this one file: machine code that is kept follows the file of a loop, and not the
files of what it calls or reads. Loaded only by `many` and `indexed`. Where the build's machine code
is used, a loop stands for that code, and what only loops call is never run.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from detente.parties.names.ahead import inner, instruction, outer
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE

KINDS = {kind: code for code, kind in enumerate((LEGAL, FILLER, BRAND, PLACE, INDUSTRY, NUMBER))}
"""Numbers of the kinds of words; legal forms and fillers come first."""

_CRAFT, _PERSON, _MARK = 1, 2, 3
_SLIP, _MEANT, _SON, _TITLE, _SHARED = 1, 2, 3, 4, 5
"""What a party is that is a ship or an aircraft, or a person, and how a brand that is asked is
written, as in `comparing`."""
_MANDARIN, _KOREAN, _KOREAN_FAMILY, _ALL_SYLLABLES = 1, 2, 4, 7
_FEWEST_KOREAN, _FEWEST_HEADLESS = 3, 2
"""What a word is made of, as bits, and all of them; and words of the shortest names that are looked
at for their order and for a family name that they lack, as in `comparing`."""
_LEGAL, _FILLER, _BRAND, _PLACE, _INDUSTRY, _NUMBER = KINDS.values()
_HAN_FROM, _HAN_TO = 0x3400, 0x9FFF

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz^$"
"""What most pieces of three are made of; the rest is found by its hash."""
_SIDE = len(ALPHABET)
_BEGINNING, _END = ord("^"), ord("$")

PIECE: Any = np.int64(1)
EXACT: Any = np.int64(2)
INITIALS: Any = np.int64(3)
TEXT: Any = np.int64(4)
"""What is looked up by its hash: pieces of names, keys of whole names, first letters, words."""

BLOCK = 64
"""Names that are passed over at once where none of them shares enough."""

AT_ONCE = 8
"""Names of a block that the processor looks at in one step."""

DENSE = 32
"""Names that share a piece are looked at alone where so many times their number is below all."""

SAMPLE = 200
"""Names that have the rarest pieces, looked at first to know how much the nearest one shares."""

ROUNDED = 0.0011
"""How far a score must be below another to be lower when both are rounded for people."""


Rules = Any
"""The numbers that `candidates`, `policy` and `screening` decide by, as `record_of` makes it."""

NONE: Any = np.int64(0)
ONE: Any = np.int64(1)
NOWHERE: Any = np.int64(-1)
START: Any = np.uint32(0)
NO: Any = np.bool_(False)
"""A count before anything is counted, one edit, no place, the first place, not yet. A plain 0 is
a type of its own to the compiler, which would compile whatever takes it once more."""

number_of: Any = np.int64
short_of: Any = np.int32
"""Types that a number is made of, where it would otherwise be one more to compile for."""

WORD = np.dtype([
    ("mask", np.int64), ("weight", np.float64), ("text", np.int32), ("begin", np.uint32),
    ("first", np.int32), ("size", np.int32), ("kind", np.int8), ("stands", np.int8),
    ("near_legal", np.bool_), ("syllables", np.int8), ("sound", np.uint32),
    ("heard", np.uint32),
], align=True)  # fmt: skip
"""What is told of a word, which lies together in memory: which letters it has, as bits; its weight;
its text by number; where its letters begin, the first, and how many they are; its kind; of a brand
that is asked, whether it is a slip or meant as it is written; whether it may be a legal form
misspelled; what it is made of, see `comparing.MANDARIN`; a hash of how a brand sounds, and one of
what is heard of it in a person's name, 0 where that says nothing."""

NAME = np.dtype([
    ("mask", np.int64), ("weight", np.float64), ("word", np.uint32), ("plain", np.int32),
    ("words", np.int32), ("letters", np.int32), ("entry", np.int32), ("party", np.int32),
    ("initials", np.int32),
], align=True)  # fmt: skip
"""What is told of a listed name: which letters it has squashed, as bits, and what its words weigh;
its first word, how many are no legal form or filler, which stand first, and how many there are;
how many letters it has squashed; its entry; what its party is, see `comparing.befits`; whether it
may be known by its first letters."""

Array = np.ndarray[Any, Any]


def record_of(rules: Any) -> Any:
    """Numbers to decide by as a record in memory: handed on as one address, read as constants are.

    Args:
        rules: a named tuple of them.
    """
    fields = [(name, np.float64 if isinstance(value, float) else np.int64)
              for name, value in zip(rules._fields, rules, strict=True)]  # fmt: skip
    return np.array([tuple(rules)], np.dtype(fields, align=True))[0]


# Hashes.


@inner
def hash_of(what: int, letters: Array, start: int, long: int, without: int) -> Any:
    """A hash of letters, one of which may be left out, and of what they are."""
    state = np.uint64(what) * np.uint64(0xA24BAED4963EE407)
    for at in range(long):
        if at != without:
            state = (state ^ np.uint64(letters[start + at])) * np.uint64(0x9E3779B97F4A7C15)
            state ^= state >> np.uint64(29)
    return (state ^ (state >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)


@outer
def tell_hashes(what: int, letters: Array, begins: Array, found: Array) -> None:
    """The hash of each of many texts, put into `found`."""
    for at in range(len(found)):
        found[at] = hash_of(what, letters, begins[at], begins[at + 1] - begins[at], NOWHERE)


@inner
def look_up(hashed: Any, keys: tuple[Array, Array, Array]) -> int:
    """What is kept under a hash, or -1; see `indexed.keys_of`."""
    hashes, values, begins = keys
    bucket = hashed >> np.uint64(48)
    for at in range(begins[bucket], begins[bucket + np.uint64(1)]):
        if hashes[at] == hashed:
            return int(values[at])
    return -1


# Pieces of names, and the names that share them.


@inner
def is_han(letter: int) -> bool:
    """Whether a code point is a Chinese character."""
    return _HAN_FROM <= letter <= _HAN_TO


@inner
def place_in_alphabet(letter: int) -> int:
    """The place of a letter in `ALPHABET`, or -1."""
    if 97 <= letter <= 122:
        return letter - 87
    return letter - 48 if 48 <= letter <= 57 else -1


@inner
def pieces(key: Array, long: int, threes: Array, keys: Any, ranks: Array, strange: Array,
           spelled: Array) -> tuple[int, int]:  # fmt: skip
    """The pieces of a name that weigh, as `candidates.pieces`.

    Args:
        key: the letters of the name.
        long: how many.
        threes: rank of each three of `ALPHABET`, or -1.
        keys: what all else is found by.
        ranks: room for the ranks of the pieces that a listed name has; some may come twice.
        strange: room for as many hashes.
        spelled: room for three letters.

    Returns:
        How many ranks, and how many different pieces no listed name has.
    """
    ascii_alone, simple = True, True
    for at in range(long):
        ascii_alone = ascii_alone and key[at] < 128
        simple = simple and place_in_alphabet(key[at]) >= 0
    known, unknown = NONE, NONE
    if simple:
        side, code = _SIDE, _SIDE - 2
        for at in range(long + 1):
            letter = place_in_alphabet(key[at]) if at < long else _SIDE - 1
            code = (code * side + letter) % (side * side * side)
            if at == 0:
                continue
            rank = threes[code]
            if rank >= 0:
                ranks[known] = rank
                known += 1
            else:
                strange[unknown] = np.uint64(code)
                unknown += 1
        return known, different(strange, unknown)
    for size in range(3 if ascii_alone else 2, 4):
        for first in range(-1, long + 2 - size):
            chinese = False
            for at in range(size):
                place = first + at
                letter = key[place] if 0 <= place < long else _BEGINNING if place < 0 else _END
                spelled[at] = letter
                chinese = chinese or is_han(letter)
            if chinese != (size == 2):
                continue
            hashed = hash_of(PIECE, spelled, NONE, size, NOWHERE)
            rank = look_up(hashed, keys)
            if rank >= 0:
                ranks[known] = rank
                known += 1
            else:
                strange[unknown] = hashed
                unknown += 1
    return known, different(strange, unknown)


@inner
def different(numbers: Array, count: int) -> int:
    """Sort the first of some numbers and drop those that come twice; how many are left."""
    gap = 1
    while count > BLOCK and gap < count:
        gap = 3 * gap + 1
    while gap > 0:
        for at in range(gap, count):
            number, place = numbers[at], at
            while place >= gap and numbers[place - gap] > number:
                numbers[place] = numbers[place - gap]
                place -= gap
            numbers[place] = number
        gap //= 3
    retained = 0
    for at in range(count):
        if retained == 0 or numbers[retained - 1] != numbers[at]:
            numbers[retained] = numbers[at]
            retained += 1
    return retained


@inner
def finders(key: Array, long: int, words: Array, count: int, table: Any, letters: Array,
            keys: Any, ranks: Array, known: int, order: Array, spelled: Array,
            rules: Rules) -> int:  # fmt: skip
    """The pieces that find a name as a whole, as `candidates.finders`, after those that weigh.

    Args:
        key: the letters of the name.
        long: how many.
        words: its words that are no legal form or filler.
        count: how many.
        table: see `WORD`.
        letters: of all words.
        keys: what pieces are found by.
        ranks: room for the ranks.
        known: how many there are before.
        order: room to sort the words in.
        spelled: room for the letters and one more.
        rules: the numbers to decide by.

    Returns:
        How many ranks there are then.
    """
    if 2 < long <= rules.short:
        spelled[0] = rules.one_out
        for at in range(long):
            spelled[at + 1] = key[at]
        for without in range(long + 1):
            rank = look_up(
                hash_of(PIECE, spelled, NONE, long + 1, without + 1 if without < long else NOWHERE),
                keys,
            )
            if rank >= 0:
                ranks[known] = rank
                known += 1
    if count > 1:
        for at in range(count):
            place = at
            while place > 0 and comes_first(
                table[words[at]], table[order[place - 1]], letters
            ):  # fmt: skip
                order[place] = order[place - 1]
                place -= 1
            order[place] = words[at]
        spelled[0] = rules.sorted_words
        size = ONE
        for at in range(count):
            word = table[order[at]]
            for place in range(word.size):
                spelled[size] = letters[word.begin + place]
                size += 1
        rank = look_up(hash_of(PIECE, spelled, NONE, size, NOWHERE), keys)
        if rank >= 0:
            ranks[known] = rank
            known += 1
    return known


@inner
def comes_first(one: Any, other: Any, letters: Array) -> bool:
    """Whether the text of one word comes before that of another."""
    for at in range(min(one.size, other.size)):
        here, there = letters[one.begin + at], letters[other.begin + at]
        if here != there:
            return bool(here < there)
    return bool(one.size < other.size)


@inner
def nearest(ranks: Array, count: int, weight: int, index: Any, member: Array, shared: Array,
            flat: Array, keys: Array, found: Array, rules: Rules) -> int:  # fmt: skip
    """The names worth comparing with one form, best first; see `candidates.Nearest`.

    Args:
        ranks: its pieces in order, numbered by how many names have them.
        count: how many.
        weight: what its pieces weigh that no name has.
        index: postings, where each begins, gain of each piece, whether it weighs; what the name
            in each place weighs, the least in each `BLOCK` of places, its number, and how many
            names have each piece, those that do not count too. Places go by weight, so that those
            of a block differ little.
        member: whether a name counts.
        shared: zeros, one a place, in rows of `BLOCK`; left as it was.
        flat: the same in one row.
        keys: room for `retained` shares.
        found: room for `retained` numbers: the answer.
        rules: the numbers to decide by.

    Returns:
        How many were found.
    """
    postings, begins, gains, weighs, weights, _, numbers, sizes = index
    taken, touched, held = 0, 0, 0
    for at in range(count):
        if weighs[ranks[at]]:
            weight += gains[ranks[at]]
    for at in range(count):
        size = sizes[ranks[at]]
        if touched + size > rules.touched and taken >= rules.always:
            break
        touched += size
        held += begins[ranks[at] + 1] - begins[ranks[at]]
        taken += 1
    for at in range(taken):
        row, gain = postings[begins[ranks[at]] : begins[ranks[at] + 1]], gains[ranks[at]]
        for place in range(len(row)):
            flat[row[place]] += gain
    best, looked = 0.0, 0
    for at in range(taken):
        row = postings[begins[ranks[at]] : begins[ranks[at] + 1]]
        looked += len(row)
        for place in range(len(row)):
            if member[numbers[row[place]]]:
                best = max(best, 2 * flat[row[place]] / (weight + weights[row[place]]))
        if looked > SAMPLE:
            break
    # The nearest shares at least so much, which passes most names over before they are looked at.
    last = rules.far * min(best, 1.0) * (1 - 1e-9)
    taken_ones = ranks[:taken]
    if held * DENSE < len(weights):
        retained = among_touched(taken_ones, weight, index, member, flat, keys, found, last, rules)
    else:
        retained = among_all(weight, index, member, shared, keys, found, last, rules)
    if retained > 0:
        enough = rules.far * max(keys[0], -1.0)
        while keys[retained - 1] > enough:
            retained -= 1
    return retained


@inner
def among_touched(ranks: Array, weight: int, index: Any, member: Array, flat: Array, keys: Array,
                  found: Array, last: float, rules: Rules) -> int:  # fmt: skip
    """The names that share at least so much, looked for where the pieces are; `flat` is zeros then.

    For names that few share a piece with, and for very many names.
    """
    postings, begins, _, _, weights, _, numbers, _ = index
    retained = NONE
    for rank in ranks:
        row = postings[begins[rank] : begins[rank + 1]]
        for at in range(len(row)):
            place = row[at]
            whole, both = 2 * flat[place], weight + weights[place]
            flat[place] = 0
            if whole == 0 or whole < last * both or not member[numbers[place]]:
                continue
            retained = with_name(
                numbers[place], -whole / both, keys, found, retained, rules.retained
            )
            if retained == rules.retained:
                last = max(last, -keys[retained - 1] * (1 - 1e-9))
    return retained


@inner
def among_all(weight: int, index: Any, member: Array, shared: Array, keys: Array, found: Array,
              last: float, rules: Rules) -> int:  # fmt: skip
    """The names that share at least so much, looked for among all; `shared` is zeros then."""
    _, _, _, _, weights, lightest, numbers, _ = index
    retained = NONE
    for block in range(len(lightest)):
        least = np.int32(0.5 * last * (weight + lightest[block]))
        some = np.int32(0)
        for at in range(BLOCK):
            some |= np.int32(shared[block, at] >= least)
        for begin in range(0, BLOCK if some else 0, AT_ONCE):
            some = np.int32(0)
            for at in range(begin, begin + AT_ONCE):
                some |= np.int32(shared[block, at] >= least)
            if not some:
                continue
            for at in range(begin, begin + AT_ONCE):
                whole, place = 2 * shared[block, at], block * BLOCK + at
                if whole == 0 or shared[block, at] < least:
                    continue
                number, both = numbers[place], weight + weights[place]
                if whole < last * both or not member[number]:
                    continue
                retained = with_name(number, -whole / both, keys, found, retained, rules.retained)
                if retained == rules.retained:
                    last = max(last, -keys[retained - 1] * (1 - 1e-9))
        for at in range(BLOCK):
            shared[block, at] = 0
    return retained


@inner
def with_name(number: int, key: float, keys: Array, found: Array, count: int, most: int) -> int:
    """How many names there are with one more, in its place among them by key and number."""
    if count == most and (
        key > keys[most - 1] or (key == keys[most - 1] and number > found[most - 1])
    ):
        return count
    place = min(count, most - 1)
    while place > 0 and (
        keys[place - 1] > key or (keys[place - 1] == key and found[place - 1] > number)
    ):
        keys[place] = keys[place - 1]
        found[place] = found[place - 1]
        place -= 1
    keys[place] = key
    found[place] = number
    return min(count + 1, most)


@outer
def leave_out(postings: Array, begins: Array, moved: Array, kept: Array, kept_begins: Array) -> int:
    """Postings without the names that do not count.

    Args:
        postings: places of names, see `nearest`.
        begins: where those of each piece begin.
        moved: where each name lies then, or -1 where it is left out.
        kept: room for what is left.
        kept_begins: room for where it begins, for each piece.

    Returns:
        How many are left.
    """
    count = NONE
    for rank in range(len(begins) - 1):
        kept_begins[rank] = count
        for at in range(begins[rank], begins[rank + 1]):
            place = moved[postings[at]]
            if place >= 0:
                kept[count] = place
                count += 1
    kept_begins[len(begins) - 1] = count
    return count


# How far two words are one.


@inner
def edits(one: Array, start: int, long: int, other: Array, begin: int, wide: int, most: int,
          rows: Array) -> int:  # fmt: skip
    """Letters to add, drop, change or swap; some number above `most` where there are more.

    The texts are `long` letters of `one` from `start`, and `wide` letters of `other` from `begin`:
    a slice would cost more than it measures.
    """
    if abs(long - wide) > most:
        return most + 1
    earlier, before, row = 0, 1, 2
    for to in range(wide + 1):
        rows[row, to] = to
    least = 0
    for at in range(1, long + 1):
        earlier, before, row = before, row, earlier
        first, last = max(1, at - most), min(wide, at + most)
        rows[row, first - 1] = at if first == 1 else most + 1
        least_before, least = least, rows[row, first - 1]
        letter = one[start + at - 1]
        for to in range(first, last + 1):
            # Outside the band of the row above there is nothing within `most`.
            above = rows[before, to] if to <= at - 1 + most else most + 1
            goal = other[begin + to - 1]
            cost = min(above + 1, rows[row, to - 1] + 1, rows[before, to - 1] + (letter != goal))
            if (
                at > 1
                and to > 1
                and letter == other[begin + to - 2]
                and one[start + at - 2] == goal
            ):
                cost = min(cost, rows[earlier, to - 2] + 1)
            rows[row, to] = cost
            least = min(least, cost)
        # A swap reaches back two rows, so one row above the bound does not yet decide.
        if least > most and least_before > most:
            return most + 1
    return int(rows[row, wide])


@inner
def same(one: Array, start: int, long: int, other: Array, begin: int, wide: int) -> bool:
    """Whether two texts are one."""
    if long != wide:
        return False
    for at in range(long):  # noqa: SIM110 (a generator is not compiled)
        if one[start + at] != other[begin + at]:
            return False
    return True


@inner
def closeness(one: Array, start: int, long: int, other: Array, begin: int, wide: int, least: float,
          rows: Array, rules: Rules) -> float:  # fmt: skip
    """As `comparing.alike`, but 0 below `least`, which is at least `CLOSE`."""
    if same(one, start, long, other, begin, wide):
        return 1.0
    longer = max(long, wide)
    if min(long, wide) < rules.shortest_misspelled or (is_han(one[start]) and longer < 5):
        return 0.0
    if abs(long - wide) > 0.2 * longer:
        return 0.0
    if one[start] != other[begin] and longer < rules.shortest_any_start:
        return 0.0
    many = edits(one, start, long, other, begin, wide, int((1 - least) * longer) + 1, rows)
    close = 1 - many / longer
    return close if close >= least else 0.0


def _bits_set(_context: Any, bits: Any) -> Any:
    """How many bits are set, by the processor's own instruction."""
    from numba import types

    def counted(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.int64), counted


ones: Any = instruction(_bits_set)


@inner
def apart(mask: int, other: int) -> int:
    """Letters that one text has and the other lacks: each takes an edit."""
    return int(max(ones(mask & ~other), ones(other & ~mask)))


@inner
def shortens(letters: Array, start: int, long: int, begin: int, wide: int, rules: Rules) -> bool:
    """As `comparing.shortens`: whether the first text shortens the second."""
    if long < rules.shortest_shortened or 4 * long > 3 * wide:
        return False
    if letters[start + 1] != letters[begin + 1]:
        vowels = 0
        for place in range(start + 1, start + long):
            letter = letters[place]
            vowels += (
                letter == 97 or letter == 101 or letter == 105 or letter == 111 or letter == 117
            )
        if vowels > long // rules.letters_a_vowel:
            return False
    at = 0
    for place in range(begin, begin + wide):
        if at < long and letters[start + at] == letters[place]:
            at += 1
    return at == long


@inner
def agreement(one: Any, other: Any, letters: Array, rows: Array, nearly: bool, company: bool,
              tells: bool, rules: Rules) -> tuple[float, bool]:  # fmt: skip
    """As `comparing.agreement`, for two words whose texts differ.

    Args:
        one: a word.
        other: another.
        letters: of all words.
        rows: room to count edits in.
        nearly: whether to count what is only near; else that is 0.
        company: whether the listed party is one, so that it counts whose word a brand is.
        tells: whether both names may be a person's of syllables, in which each letter tells.
        rules: the numbers to decide by.
    """
    if one.kind == _NUMBER or other.kind == _NUMBER:
        return 0.0, False
    if one.kind != _BRAND and other.kind != _BRAND:
        return 0.0, False
    short, long = (one, other) if one.size < other.size else (other, one)
    begin, size, wide = short.begin, number_of(short.size), number_of(long.size)
    han = is_han(short.first)
    # Letters that one word has and the other lacks: each takes an edit.
    bound = 1 - apart(one.mask, other.mask) / wide
    least = rules.near if nearly else rules.close
    close, many = 0.0, 0
    if bound >= least and wide - size <= (1 - least) * wide + 1e-9 and size >= 3:
        most = int((1 - least) * wide) + 1
        many = edits(letters, begin, size, letters, long.begin, wide, most, rows)
        close = 1 - many / wide
    standing = one.stands if company and one.kind == other.kind else 0
    if (
        standing == _SLIP
        and many == 1
        and size >= rules.shortest_slip
        and wide >= rules.shortest_misspelled
        and (short.first == long.first or size >= rules.shortest_other_start)
        and not han
    ):
        return rules.slip, True
    if sound_alike(one, other):
        return rules.sounds, True
    if (
        standing != _MEANT
        and close >= rules.close
        and many <= rules.most_edits
        and size >= rules.shortest_misspelled
        and (short.first == long.first or wide >= rules.shortest_any_start)
        and not (han and wide < 5)
        and wide - size <= 0.2 * wide
    ):
        if not (tells and tells_in_mandarin(one, other, rules)):
            return close, True
        return rules.near_most, False
    if not han and short.first == long.first and wide >= 4:
        if size == 1:
            return rules.initial, True
        if (
            short.kind == _BRAND
            and long.kind != _BRAND
            and (long.kind != _PLACE or size >= rules.shortest_misspelled)
            and shortens(letters, begin, size, long.begin, wide, rules)
        ):
            return rules.shortened, True
    if (
        nearly
        and close >= rules.near
        and wide - size <= (1 - rules.near) * wide
        and one.kind == other.kind
        and not han
        and not is_han(long.first)
    ):
        return min(close, rules.near_most), False
    if (
        nearly
        and one.kind == other.kind
        and not han
        and short.first == long.first
        and shortens(letters, begin, size, long.begin, wide, rules)
    ):
        return rules.near, False
    return 0.0, False


@inner
def tells_in_mandarin(one: Any, other: Any, rules: Rules) -> bool:
    """As `comparing._tells_in_mandarin`."""
    return bool(max(one.size, other.size) <= rules.longest_mandarin)


@inner
def may_agree(one: Any, other: Any, rules: Rules) -> bool:
    """Whether two words whose texts differ may agree, without looking at their letters."""
    # No branches: which way they go cannot be foreseen, and that costs more than it saves.
    longer, shorter = max(one.size, other.size), min(one.size, other.size)
    least = max(apart(one.mask, other.mask), longer - shorter)
    brand = (one.kind == _BRAND) | (other.kind == _BRAND)
    number = (one.kind == _NUMBER) | (other.kind == _NUMBER)
    first_letter = (shorter == 1) | ((one.kind != other.kind) & (4 * shorter <= 3 * longer))
    same_beginning = (one.first == other.first) & (longer >= 4) & first_letter
    close_spelling = (shorter >= 4) & (least <= (1 - rules.close + 1e-9) * longer)
    alike = sound_alike(one, other)
    return bool(brand & (not number) & (same_beginning | close_spelling | alike))


@inner
def sound_alike(one: Any, other: Any) -> bool:
    """Whether two brands sound the same."""
    return bool((one.sound == other.sound) & (one.sound != 0))


# How far two names are one.


@inner
def bit_of(place: int) -> int:
    """A bit for a word by its place; those of a very long name share the last one."""
    return 1 << min(place, 62)


@inner
def may_reach(least: float, left: Array, mine: int, right: Array, theirs: int, total: float,
              may: Array, rules: Rules) -> bool:  # fmt: skip
    """Whether word by word a score may be reached, told by lengths and which letters there are.

    Wrong only on the safe side.

    Args:
        least: the score.
        left: words of the form that is asked.
        mine: how many.
        right: words of the listed name.
        theirs: how many.
        total: what all of them weigh.
        may: room to say of each word that is asked with which it may agree, as bits.
        rules: the numbers to decide by.
    """
    can, brand, lone, any_found, sure = 0.0, False, 0.0, 0, True
    brands_left, brands_right, all_left, all_right, lone_left, lone_right = 0, 0, 0, 0, 0, 0
    size_left, size_right, alone_left, alone_right, many_lone = 0, 0, 0, 0, 0
    lone_size, lone_wide = 0, 0
    for at in range(mine):
        one = left[at]
        found = 0
        for place in range(theirs):
            other = right[place]
            equal = one.text == other.text
            agree = equal | may_agree(one, other, rules)
            found |= bit_of(place) * agree
            brand |= agree & ((one.kind == _BRAND) | (other.kind == _BRAND))
            sure &= equal | (not agree)
        # Of words that are written twice, one may be left over.
        sure &= (found & any_found == 0) & (found & (found - 1) == 0)
        may[at] = found
        any_found |= found
        if found:
            can += one.weight
        else:
            alone_left |= 1 << one.kind
        if one.kind == _BRAND:
            brands_left += 1
            all_left |= one.mask
            size_left += one.size
            if not found:
                lone_left |= one.mask
                lone += one.weight
                lone_size += one.size
                many_lone += 1
    for place in range(theirs):
        other = right[place]
        found = any_found & bit_of(place)
        if found:
            can += other.weight
        else:
            alone_right |= 1 << other.kind
        if other.kind == _BRAND:
            brands_right += 1
            all_right |= other.mask
            size_right += other.size
            if not found:
                lone_right |= other.mask
                lone += other.weight
                lone_wide += other.size
                many_lone += 1
    differ = alone_left & alone_right
    if differ & 1 << _NUMBER and least > rules.numbers_differ:
        return False
    if differ & 1 << _PLACE and least > rules.places_differ:
        return False
    if sure:
        # What is left over is known, and one word on either side would have agreed.
        all_left, all_right, size_left, size_right = lone_left, lone_right, lone_size, lone_wide
    if size_left > 0 and size_right > 0 and (many_lone if sure else brands_left + brands_right) > 2:
        # Brands written together on one side.
        most = (1 - rules.close) * max(size_left, size_right) + 1e-9
        if (
            ones(lone_left & ~all_right) <= most
            and ones(lone_right & ~all_left) <= most
            and lone_size - size_right <= most
            and lone_wide - size_left <= most
        ):
            return (can + lone) / total >= least - 1e-9
    if differ & 1 << _BRAND and least > rules.brands_differ:
        return False
    if not brand and brands_left + brands_right > 0 and least > rules.no_brand:
        return False
    return can / total >= least - 1e-9


@inner
def misspelled_form(one: Any, name: Any, named: Array, table: Any, letters: Array, rows: Array,
                    rules: Rules) -> bool:  # fmt: skip
    """As `comparing._misspelled_form`."""
    if not one.near_legal:
        return False
    for place in range(name.word + np.uint32(name.plain), name.word + np.uint32(name.words)):
        if one_edit_from(one, table[named[place]], letters, rows, rules):
            return True
    return False


@inner
def edits_between(one: Any, other: Any, most: int, letters: Array, rows: Array) -> int:
    """The edits from one word to another; any number above `most` where there are more."""
    return edits(
        letters, one.begin, number_of(one.size), letters, other.begin, number_of(other.size), most,
        rows,
    )  # fmt: skip


@inner
def one_edit_from(one: Any, other: Any, letters: Array, rows: Array, rules: Rules) -> bool:
    """Whether a brand is a legal form with one edit at most."""
    return bool(
        one.kind == _BRAND
        and other.kind == _LEGAL
        and min(one.size, other.size) >= rules.shortest_form
        and abs(one.size - other.size) <= 1
        and apart(one.mask, other.mask) <= 1
        and edits_between(one, other, ONE, letters, rows) <= 1
    )


@outer
def tell_near_legal(table: Any, first: int, last: int, legal: Array, letters: Array, rows: Array,
                    rules: Rules) -> None:  # fmt: skip
    """Say of each word from one to before another whether it may be a legal form misspelled."""
    for word in range(first, last):
        for each in legal:
            if one_edit_from(table[word], table[each], letters, rows, rules):
                table[word].near_legal = True
                break


@inner
def written(words: Array, places: Array, count: int, letters: Array, room: Array) -> int:
    """The texts of the brands among some words, one after the other; how many letters they are."""
    size = 0
    for at in range(count):
        word = words[places[at]]
        if word.kind == _BRAND:
            for place in range(word.size):
                room[size] = letters[word.begin + place]
                size += 1
    return size


@inner
def one_in_another_order(left: Array, right: Array, count: int, taken: Array) -> bool:
    """Whether two lists of words hold the same texts as often."""
    for at in range(count):
        taken[at] = 0
    for at in range(count):
        found = False
        for place in range(count):
            if not taken[place] and right[place].text == left[at].text:
                taken[place] = 1
                found = True
                break
        if not found:
            return False
    return True


@inner
def same_of_kind(kind: int, one: Array, first: int, last: int, other: Array, begin: int, end: int,
                 table: Any) -> bool:  # fmt: skip
    """Whether every word of a kind has its text among those of the other side."""
    for at in range(first, last):
        if table[one[at]].kind != kind:
            continue
        found = False
        for place in range(begin, end):
            word = table[other[place]]
            found = found or (word.kind == kind and word.text == table[one[at]].text)
        if not found:
            return False
    return True


@inner
def same_legal(form: Array, count: int, named: Array, first: int, last: int, table: Any) -> bool:
    """Whether two names have the same legal forms in the same order."""
    at, place = 0, first
    while True:
        while at < count and table[form[at]].kind != _LEGAL:
            at += 1
        while place < last and table[named[place]].kind != _LEGAL:
            place += 1
        if at == count or place == last:
            return at == count and place == last
        if table[form[at]].text != table[named[place]].text:
            return False
        at += 1
        place += 1


@inner
def has_legal(form: Array, count: int, table: Any) -> bool:
    """Whether a name has a legal form."""
    for at in range(count):  # noqa: SIM110 (a generator is not compiled)
        if table[form[at]].kind == _LEGAL:
            return True
    return False


@inner
def same_words(form: Array, count: int, named: Array, first: int, last: int, table: Any) -> bool:
    """Whether two names have the same words in the same order, whatever they are."""
    if count != last - first:
        return False
    for at in range(count):
        if table[form[at]].text != table[named[first + np.uint32(at)]].text:
            return False
    return True


@inner
def are_initials(one: Any, right: Array, theirs: int, letters: Array) -> bool:
    """Whether a word is the first letters of words, for a name that may be known by them."""
    if one.size != theirs:
        return False
    for at in range(theirs):
        first = right[at].first
        if letters[one.begin + at] != first or is_han(first):
            return False
    return True


@inner
def matched(left: Array, mine: int, right: Array, theirs: int, letters: Array, may: Array,
            alone: Array, rest: Array, rows: Array, nearly: bool, company: bool, tells: bool,
            rules: Rules) -> tuple[float, float, int, int, bool]:  # fmt: skip
    """As `comparing._matched`; the places of what is left over stand in `alone` and `rest`.

    Where what is near does not count (`nearly`), pairs that cannot agree are passed over.

    Returns:
        Weight that agrees, weight that almost does, words left over on either side, whether any
        brand agrees.
    """
    agreed, almost, known, lone, left_over = 0.0, 0.0, False, 0, theirs
    for place in range(theirs):
        rest[place] = place
    for at in range(mine):
        word = left[at]
        best, closest, taken = -1, 0.0, False
        for place in range(left_over):
            if right[rest[place]].text == word.text:
                best, closest, taken = place, 1.0, True
                break
        if best < 0 and not nearly and may[at]:
            for place in range(left_over):
                if may[at] & bit_of(rest[place]):
                    other = right[rest[place]]
                    close, sure = agreement(
                        word, other, letters, rows, nearly, company, tells, rules
                    )
                    if close > closest:
                        best, closest, taken = place, close, sure
        # A word that is only near may still be nearer than one that begins alike.
        near = (nearly and best < 0) or 0.0 < closest < rules.close
        if near:
            best, closest, taken = -1, 0.0, False
            for place in range(left_over):
                close, sure = agreement(
                    word, right[rest[place]], letters, rows, near, company, tells, rules
                )
                if close > closest:
                    best, closest, taken = place, close, sure
        if best < 0 or not taken:
            alone[lone] = at
            lone += 1
            if best >= 0:
                almost += rules.near_counts * closest * (word.weight + right[rest[best]].weight)
            continue
        found = right[rest[best]]
        left_over -= 1
        for place in range(best, left_over):
            rest[place] = rest[place + 1]
        agreed += closest * (word.weight + found.weight)
        misspelled = word.kind == _BRAND != found.kind and closest != rules.shortened
        telling = 2 if misspelled or closest >= rules.sounds else rules.shortest_telling
        if telling > 2 and found.kind == _BRAND and found.weight <= rules.weight_best_known:
            telling = rules.shortest_well_known
        brands = (word.kind == _BRAND or found.kind == _BRAND) and (
            min(word.size, found.size) >= telling
        )
        known = known or (brands and closest >= rules.close)
    return agreed, almost, lone, left_over, known


@inner
def spelled_whole(squash: Array, long: int, listed: Array, wide: int, rows: Array,
                  rules: Rules) -> float:  # fmt: skip
    """As `comparing._whole`, where the numbers are the same and lengths and letters allow it."""
    for at in range(long):
        if squash[at] > 127:
            return 0.0
    for at in range(wide):
        if listed[at] > 127:
            return 0.0
    return closeness(squash, START, long, listed, START, wide, rules.whole, rows, rules)


@inner
def squash_of(words: Array, first: int, count: int, table: Any, letters: Array,
              room: Array) -> int:  # fmt: skip
    """The letters of words, one after the other; how many they are."""
    size = NONE
    for at in range(first, first + count):
        word = table[words[at]]
        for place in range(word.size):
            room[size] = letters[word.begin + place]
            size += 1
    return size


@inner
def compare(form: Any, squash: Array, name: Any, named: Array, words: Any, room: Any, least: float,
            rules: Rules) -> float:  # fmt: skip
    """As `comparing.compare` after `comparing.with_city`, for words by number.

    Args:
        form: its words, and how many; those that are no legal form or filler, how many, and what
            they weigh; letters squashed, and which (bits); whether a word may be a legal form
            misspelled, and whether one is a place; the word that is the party's city, or -1.
        squash: its letters squashed, with room for those of the city.
        name: what is told of the listed name, see `NAME`.
        named: words of all listed names.
        words: the table of words, see `WORD`; their letters.
        room: arrays to work in.
        least: the score below which 0 is as good an answer; 0 for every score.
        rules: the numbers to decide by.
    """
    table, letters = words
    stated, count, plain, mine, weight, long, mask, near_legal, has_place, city = form
    left, right, alone, rest, may, spell_one, spell_other, rows = room
    first, theirs = name.word, name.plain
    last = first + np.uint32(name.words)
    with_city = False
    if city >= 0 and not has_place:
        for place in range(first, last):
            word = table[named[place]]
            with_city = with_city or (word.kind == _PLACE and word.text == table[city].text)
    if with_city:
        for at in range(table[city].size):
            squash[long + at] = letters[table[city].begin + at]
        long += table[city].size
        mask |= table[city].mask
    if long > 0 and long == name.letters and mask == name.mask:
        wide = squash_of(named, first, number_of(theirs), table, letters, spell_other)
        if same(squash, START, long, spell_other, START, wide):
            same_form = same_legal(stated, count, named, first, last, table)
            return rules.same if same_form else rules.other_form
    for at in range(theirs):
        right[at] = table[named[first + np.uint32(at)]]
    if with_city or near_legal:
        chosen, mine, weight = NONE, mine + with_city, 0.0
        for at in range(mine):
            word = table[plain[at]] if at < mine - with_city else table[city]
            if not misspelled_form(word, name, named, table, letters, rows, rules):
                left[chosen] = word
                chosen += 1
                weight += word.weight
        mine = chosen
    if (
        mine > 0
        and mine == theirs
        and (near_legal or (long == name.letters and mask == name.mask))
        and one_in_another_order(left, right, mine, rest)
    ):
        return rules.other_order
    if (
        long >= rules.shortest_swapped
        and long == name.letters
        and mine == theirs
        and mask == name.mask
        and swapped_in_one(left, right, mine, letters, rules)
    ):
        return rules.swapped
    if mine == 0 and theirs == 0:
        return rules.same_words if same_words(stated, count, named, first, last, table) else 0.0
    total = weight + name.weight
    if total == 0.0:
        return 0.0
    if (
        mine == 1
        and name.initials
        and are_initials(left[0], right, theirs, letters)
        and not has_legal(stated, count, table)
    ):
        return rules.initials_alone
    begin, end = number_of(first), number_of(last)
    longer = max(long, name.letters)
    fewest = max(apart(mask, name.mask), abs(long - name.letters))
    # The two are not the same, so at least one edit lies between them.
    whole = 1 - max(fewest, 1) / longer if long >= rules.shortest_whole else 0.0
    whole_may = (
        whole >= rules.whole - 1e-9
        and (mine > 1 or theirs > 1)
        and name.letters > 0
        and whole - rules.spelling >= least - 1e-9
        and same_of_kind(_NUMBER, stated, NONE, count, named, begin, end, table)
        and same_of_kind(_NUMBER, named, begin, end, stated, NONE, count, table)
        and (
            same_of_kind(_PLACE, stated, NONE, count, named, begin, end, table)
            or same_of_kind(_PLACE, named, begin, end, stated, NONE, count, table)
        )
    )
    nearly = least <= rules.brands_differ
    reached = nearly or may_reach(least, left, mine, right, theirs, total, may, rules)
    slipped = (
        rules.slipped >= least
        and mine == theirs
        and abs(long - name.letters) <= 1
        and apart(mask, name.mask) <= 1
        and slipped_in_one(left, right, mine, letters, rows, rules)
    )
    if not (reached or whole_may or slipped):
        return 0.0
    company = name.party == 0 and (
        with_city or name.words > theirs or has_other_words(right, theirs)
        or has_other_than_brands(stated, count, table)
    )  # fmt: skip
    tells = NONE if company else are_syllables(left, mine, right, theirs)
    if whole_may and company:
        whole_may = not has_another(left, mine, right, theirs, rules)
    brand = 0
    if whole_may:
        brand = fewest_brand_letters(stated, count, named, first, last, table)
        whole_may = brand == 0 or brand > rules.short_brand
    score = 0.0
    if reached:
        score = word_by_word(
            left, mine, right, theirs, total, letters, may, alone, rest, spell_one, spell_other,
            rows, nearly, company, tells != 0, rules,
        )  # fmt: skip
    if slipped and score < rules.slipped:
        return rules.slipped
    if score < rules.whole and whole_may and not tells & _KOREAN:
        wide = squash_of(named, first, number_of(theirs), table, letters, spell_other)
        whole = spelled_whole(squash, long, spell_other, wide, rows, rules)
        wrong = round((1 - whole) * max(long, wide))
        if brand > 0 and wrong > (1 - rules.close) * brand + 1e-9:
            whole = 0.0
        if whole - rules.spelling > score and not has_other_word(
            left, mine, right, theirs, letters, rows, rules
        ):
            return whole - rules.spelling
    return min(score, rules.most)


@inner
def swapped_in_one(left: Array, right: Array, count: int, letters: Array, rules: Rules) -> bool:
    """As `comparing._swapped_in_one`, of names of as many words."""
    place = NOWHERE
    for at in range(count):
        if left[at].text != right[at].text:
            if place >= 0:
                return False
            place = at
    if place < 0:
        return False
    one, other = left[place], right[place]
    if one.kind != _BRAND or other.kind == _NUMBER or one.size != other.size:
        return False
    if one.size < rules.shortest_slip:
        return False
    if one.syllables & other.syllables & _MANDARIN:
        return False
    size, at = number_of(one.size), NONE
    while at < size and letters[one.begin + at] == letters[other.begin + at]:
        at += 1
    if at >= size - 1:
        return False
    first, second = one.begin + at, other.begin + at
    return bool(
        letters[first] == letters[second + 1]
        and letters[first + 1] == letters[second]
        and same(letters, first + 2, size - at - 2, letters, second + 2, size - at - 2)
    )


@inner
def slipped_in_one(left: Array, right: Array, count: int, letters: Array, rows: Array,
                   rules: Rules) -> bool:  # fmt: skip
    """As `comparing._slipped_in_one`, of names of as many words."""
    place, branded, named, beside = NOWHERE, False, False, NONE
    for at in range(count):
        named = named or left[at].kind != _BRAND or right[at].kind != _BRAND
        if left[at].text == right[at].text:
            branded = branded or left[at].kind == _BRAND
            beside += number_of(left[at].size)
        elif place >= 0:
            return False
        else:
            place = at
    if place < 0 or not named or beside < rules.shortest_beside_slip:
        return False
    one, other = left[place], right[place]
    if one.kind != _BRAND or other.kind == _NUMBER or not (branded or other.kind != _BRAND):
        return False
    if min(one.size, other.size) < rules.shortest_slip or abs(one.size - other.size) > 1:
        return False
    if letters[one.begin] != letters[other.begin] or one.syllables & other.syllables & _MANDARIN:
        return False
    if one.stands == _MEANT and not (branded and count > rules.sure_beside_slip):
        return False
    return edits_between(one, other, ONE, letters, rows) == ONE


@inner
def has_other_word(left: Array, mine: int, right: Array, theirs: int, letters: Array, rows: Array,
                   rules: Rules) -> bool:  # fmt: skip
    """As `comparing._has_other_word`."""
    if mine != theirs:
        return False
    for at in range(mine):
        one, other = left[at], right[at]
        if one.text == other.text:
            continue
        longer = number_of(max(one.size, other.size))
        size = number_of(min(one.size, other.size))
        if one.kind != _BRAND and other.kind != _BRAND:
            if not same(letters, one.begin, size, letters, other.begin, size):
                return True
            continue
        if size < rules.shortest_other_word:
            continue
        if size < rules.shortest_misspelled and same(
            letters, one.begin, size, letters, other.begin, size
        ):
            continue
        mandarin = (one.syllables & other.syllables & _MANDARIN) != 0
        if mandarin and one.kind == other.kind and tells_in_mandarin(one, other, rules):
            return True
        most = int((1 - rules.near) * longer) + 1
        wrong = edits_between(one, other, most, letters, rows)
        if 1 - wrong / longer < rules.near or (wrong > 1 and one.first != other.first):
            return True
    return False


@inner
def word_by_word(left: Array, mine: int, right: Array, theirs: int, total: float, letters: Array,
                 may: Array, alone: Array, rest: Array, spell_one: Array, spell_other: Array,
                 rows: Array, nearly: bool, company: bool, tells: bool,
                 rules: Rules) -> float:  # fmt: skip
    """The score of two names word by word, as `comparing.compare`."""
    kinds = 0
    for at in range(mine):
        kinds |= 1 << left[at].kind
    for at in range(theirs):
        kinds |= 1 << right[at].kind
    agreed, almost, lone, left_over, known = matched(
        left, mine, right, theirs, letters, may, alone, rest, rows, nearly, company, tells, rules
    )
    score = agreed / total
    joined = 0.0
    first = written(left, alone, lone, letters, spell_one)
    second = written(right, rest, left_over, letters, spell_other)
    if first > 0 and second > 0:
        joined = closeness(
            spell_one, START, first, spell_other, START, second, rules.close, rows, rules
        )
        wrong = round((1 - joined) * max(first, second))
        if wrong > rules.most_edits or (wrong and min(first, second) < rules.shortest_whole):
            joined = 0.0
        if wrong and tells and max(first, second) <= rules.longest_mandarin:
            joined = 0.0
        if wrong and company:
            brands, meant = 0, False
            for at in range(lone):
                brands += left[alone[at]].kind == _BRAND
                meant = meant or left[alone[at]].stands == _MEANT
            if brands == 1 and meant:
                joined = 0.0
    if joined > 0.0:
        gained = 0.0
        for at in range(lone):
            if left[alone[at]].kind == _BRAND:
                gained += left[alone[at]].weight
        for at in range(left_over):
            if right[rest[at]].kind == _BRAND:
                gained += right[rest[at]].weight
        score += joined * gained / total
    else:
        score = max(score, min(rules.brands_differ, (agreed + almost) / total))
    here, there = 0, 0
    for at in range(lone):
        here |= 1 << left[alone[at]].kind
    for at in range(left_over):
        there |= 1 << right[rest[at]].kind
    both = here & there
    if both & 1 << _NUMBER:
        score = min(score, rules.numbers_differ)
    elif (here | there) & 1 << _NUMBER:
        score *= rules.lone_number
    if not joined > 0.0:
        if both & 1 << _BRAND:
            score = min(score, rules.brands_differ)
        elif (here | there) & 1 << _BRAND:
            score *= rules.lone_brand
        if here & 1 << _BRAND and there & (1 << _PLACE | 1 << _INDUSTRY):
            score = min(score, rules.other_brand)
    if both & 1 << _PLACE:
        score = min(score, rules.places_differ)
    elif (here | there) & 1 << _PLACE:
        score *= rules.lone_place
    if not (known or joined > 0.0) and kinds & 1 << _BRAND:
        score = min(score, rules.no_brand)
    told = lone + left_over == 1 and mine - 2 * lone >= rules.tells_unbranded
    if not kinds & 1 << _BRAND and (here | there) & 1 << _INDUSTRY and not told:
        score = min(score, rules.unbranded_trade)
    if both & 1 << _INDUSTRY and not share_a_trade(left, mine, right, theirs):
        score = min(score, rules.trades_differ)
    if both & 1 << _INDUSTRY:
        score *= rules.other_trades
    bare = only_a_short_brand(right, theirs, rules)
    numbers = kinds & ~(here | there) & 1 << _NUMBER
    if numbers and not here & 1 << _BRAND:
        bare = False
    if bare and (here & 1 << _INDUSTRY or (here & 1 << _BRAND and not joined > 0.0)):
        score = min(score, rules.bare_brand)
    shortest = number_of(rules.tells_alone if theirs > 1 else rules.shortest_alone)
    if theirs == 1 and right[0].weight <= rules.weight_well_known:
        shortest = number_of(rules.shortest_well_known)
    if mine == 1 and (
        (left[0].size < shortest and not joined > 0.0 and not is_among(left[0], right, theirs))
        or (theirs == 1 and left[0].kind != right[0].kind)
    ):
        score = min(score, rules.lone_word)
    few = (
        mine == 1
        and left[0].kind == _BRAND
        and (left[0].size < rules.shortest_bare or (company and left[0].stands == _SHARED))
    )
    if few and there & 1 << _INDUSTRY:
        score = min(score, rules.few_letters)
    if joined > 0.0 and mine == 2 and there & (1 << _INDUSTRY | 1 << _PLACE):
        one, other = left[0], left[1]
        brands = one.kind == _BRAND and other.kind == _BRAND
        if brands and one.syllables & other.syllables & _MANDARIN:
            score = min(score, rules.said_of_person)
    return score


@inner
def is_among(word: Any, words: Array, count: int) -> bool:
    """Whether a word is one of some."""
    for at in range(count):  # noqa: SIM110 (a generator is not compiled)
        if words[at].text == word.text:
            return True
    return False


@inner
def has_other_words(words: Array, count: int) -> bool:
    """Whether a word is no brand, as one is in the name of a company more often than not."""
    for at in range(count):  # noqa: SIM110 (a generator is not compiled)
        if words[at].kind != _BRAND:
            return True
    return False


@inner
def has_other_than_brands(stated: Array, count: int, table: Any) -> bool:
    """The same of words by number, legal forms too."""
    for at in range(count):  # noqa: SIM110 (a generator is not compiled)
        if table[stated[at]].kind != _BRAND:
            return True
    return False


@inner
def are_syllables(left: Array, mine: int, right: Array, theirs: int) -> int:
    """As `comparing._are_syllables`."""
    both, some_mine, some_theirs = _ALL_SYLLABLES, 0, 0
    for at in range(mine):
        both &= left[at].syllables
        if not both & (_MANDARIN | _KOREAN):
            return 0  # as most are
        some_mine |= left[at].syllables
    for at in range(theirs):
        both &= right[at].syllables
        some_theirs |= right[at].syllables
    family = some_mine & some_theirs & _KOREAN_FAMILY
    return both & (_MANDARIN | (_KOREAN if family else 0))


@inner
def has_another(left: Array, mine: int, right: Array, theirs: int, rules: Rules) -> bool:
    """Whether a brand that is meant as it is written is none of the listed name."""
    for at in range(mine):
        if left[at].stands == _MEANT and left[at].size >= rules.shortest_misspelled:
            found = False
            for place in range(theirs):
                found = found or right[place].text == left[at].text
            if not found:
                return True
    return False


@inner
def only_a_short_brand(words: Array, count: int, rules: Rules) -> bool:
    """Whether a name is a brand that tells nobody by itself, places and numbers aside."""
    size = 0
    for at in range(count):
        if words[at].kind == _BRAND:
            size += words[at].size
        elif words[at].kind != _PLACE and words[at].kind != _NUMBER:
            return False
    return 0 < size < rules.tells_alone


@inner
def share_a_trade(left: Array, mine: int, right: Array, theirs: int) -> bool:
    """Whether two names share a trade or a number, but for a trade that both begin with."""
    begin = left[0].kind == _INDUSTRY and left[0].text == right[0].text
    for at in range(int(begin), mine):
        if left[at].kind in (_INDUSTRY, _NUMBER):
            for place in range(theirs):
                if right[place].kind == left[at].kind and right[place].text == left[at].text:
                    return True
    return False


@inner
def fewest_brand_letters(stated: Array, count: int, named: Array, first: int, last: int,
                         table: Any) -> int:  # fmt: skip
    """Letters of the brands of the name that has fewer of them, but some; 0 where neither has."""
    one, other = 0, 0
    for at in range(count):
        if table[stated[at]].kind == _BRAND:
            one += table[stated[at]].size
    for at in range(first, last):
        if table[named[at]].kind == _BRAND:
            other += table[named[at]].size
    if one == 0 or other == 0:
        return max(one, other)
    return min(one, other)


@inner
def has_form(form: Array, table: Any) -> bool:
    """Whether a name has a legal form."""
    for at in range(len(form)):  # noqa: SIM110 (a generator is not compiled)
        if table[form[at]].kind == _LEGAL:
            return True
    return False


@inner
def befits(score: float, form: Array, mine: int, party: int, table: Any, rules: Rules) -> bool:
    """As `comparing.befits`."""
    if party == 0 or score >= rules.same:
        return True
    if score >= rules.same_party:
        return party == _MARK or mine > 1 or not has_form(form, table)
    letters = 0
    for at in range(len(form)):
        kind = table[form[at]].kind
        if kind in (_LEGAL, _INDUSTRY):
            return False
        letters += table[form[at]].size
    if mine < 2:
        long = letters >= rules.shortest_one_word
        return bool(party == _PERSON and long and score >= rules.one_word)
    return party == _PERSON or bool(score >= rules.same_craft and letters >= rules.shortest_craft)


@inner
def are_one_person(form: Array, mine: int, name: Any, named: Array, words: Any, room: Any,
                   rules: Rules) -> bool:  # fmt: skip
    """As `comparing.words_of_person`: whether there are any.

    Args:
        form: words that are asked, those that are no legal form or filler.
        mine: how many.
        name: what is told of the listed name, see `NAME`.
        named: words of all listed names.
        words: the table of words, see `WORD`; their letters.
        room: arrays to work in.
        rules: the numbers to decide by.
    """
    table, letters = words
    alone, rest, taken, twice, rows = room[2], room[3], room[4], room[5], room[7]
    left_over, lone, again, shared, shared_weight = number_of(name.plain), NONE, NONE, NONE, 0.0
    longest = NONE
    if mine == 0 or left_over == 0:
        return False
    for place in range(left_over):
        rest[place] = named[name.word + np.uint32(place)]
    telling = telling_syllables(form, mine, rest, left_over, table)
    for at in range(mine):
        word = table[form[at]]
        if word.kind == _INDUSTRY:
            return False
        found = same_of_person(word, rest, left_over, table)
        if found < 0:
            if is_taken(word.text, taken, shared):
                twice[again] = form[at]
                again += 1
            else:
                alone[lone] = form[at]
                lone += 1
            continue
        taken[shared] = word.text
        shared += 1
        longest = max(longest, number_of(word.size))
        if not word.syllables & telling:
            shared_weight += min(word.weight, table[rest[found]].weight)
        left_over = without(rest, left_over, found)
    if shared == 0:
        return False
    first, whole = written_as_one(alone, lone, rest, left_over, table, letters)
    if first >= 0:
        shared_weight += table[rest[whole]].weight
        longest = max(longest, number_of(table[rest[whole]].size))
        lone = without(alone, without(alone, lone, first), first)
        left_over = without(rest, left_over, whole)
    else:
        first, whole = written_as_one(rest, left_over, alone, lone, table, letters)
        if first >= 0:
            shared_weight += table[alone[whole]].weight
            longest = max(longest, number_of(table[alone[whole]].size))
            left_over = without(rest, without(rest, left_over, first), first)
            lone = without(alone, lone, whole)
    shared += first >= 0
    initials, slips, most, shortest = 0, 0, 0, number_of(rules.shortest_slip_beside)
    at = NONE
    while at < lone:
        word = table[alone[at]]
        at += 1
        for place in range(left_over):
            other = table[rest[place]]
            many = shared + slips + initials
            wrong = edits_of_person(word, other, telling, many, letters, rows, rules)
            if wrong < 0:
                continue
            if wrong > 0:
                slips += 1
                most = max(most, wrong)
                shortest = min(shortest, number_of(word.size), number_of(other.size))
                longest = max(longest, number_of(word.size))
                shared_weight += min(word.weight, other.weight)
            else:
                initials += 1
                shared_weight += rules.initial_tells
            left_over = without(rest, left_over, place)
            at -= 1
            lone = without(alone, lone, at)
            break
    lone = without_titles(alone, lone, table)
    left_over = without_titles(rest, left_over, table)
    if left_over > 0:
        for at in range(again):
            alone[lone] = twice[at]
            lone += 1
    if shared + slips + initials < 2 or slips > 1 or (lone > 0 and left_over > 0):
        return False
    lacking = alone if lone > 0 else rest
    lacks, lacks_first, lacks_second, lacks_last = False, False, False, False
    listed = named[name.word : name.word + np.uint32(name.plain)]
    longer, size = (form, mine) if mine >= name.plain else (listed, number_of(name.plain))
    ends = ends_of(longer, size, table)
    for at in range(max(lone, left_over)):
        word = table[lacking[at]]
        lacks = lacks or word.size > 1
        lacks_first = lacks_first or word.text == ends[0]
        lacks_second = lacks_second or word.text == ends[1]
        lacks_last = lacks_last or word.text == ends[2]
    if lacks and (shortest < rules.shortest_slip_beside or longest < rules.shortest_beside):
        return False
    between = lacks and not lacks_first and not (lacks_second and lacks_last)
    head = head_of(listed, number_of(name.plain), table, rules)
    headless, end = False, table[listed[number_of(name.plain) - 1]].text
    for at in range(left_over):
        headless = headless or table[rest[at]].text == head
    headless = headless and table[form[mine - 1]].text != end
    return bool(shared_weight >= told_enough(lacks, initials > 0, most, between, headless, rules))


@inner
def head_of(numbers: Array, count: int, table: Any, rules: Rules) -> int:
    """The text of the first word that is no particle; of the first where all are."""
    for at in range(count):
        if table[numbers[at]].size > rules.longest_particle:
            return int(table[numbers[at]].text)
    return int(table[numbers[0]].text)


@inner
def ends_of(numbers: Array, count: int, table: Any) -> tuple[int, int, int]:
    """The texts of the first, second and last word of a name; of a single word the same thrice."""
    second = numbers[1] if count > 1 else numbers[0]
    return table[numbers[0]].text, table[second].text, table[numbers[count - 1]].text


@inner
def same_of_person(word: Any, rest: Array, count: int, table: Any) -> int:
    """The place of the word that is the same as one, or heard as it; -1 for none."""
    for place in range(count):
        if table[rest[place]].text == word.text:
            return place
    if word.heard != 0:
        for place in range(count):
            if table[rest[place]].heard == word.heard:
                return place
    return -1


@inner
def written_as_one(apart: Array, count: int, whole: Array, many: int, table: Any,
                   letters: Array) -> tuple[int, int]:  # fmt: skip
    """The place of the first of two words that are one word of the other, and its place; or -1."""
    for at in range(count - 1):
        one, other = table[apart[at]], table[apart[at + 1]]
        for place in range(many):
            word = table[whole[place]]
            if (
                word.size == one.size + other.size
                and word.first == one.first
                and same(letters, one.begin, number_of(one.size),
                         letters, word.begin, number_of(one.size))
                and same(letters, other.begin, number_of(other.size),
                         letters, word.begin + np.uint32(one.size), number_of(other.size))
            ):  # fmt: skip
                return at, place
    return -1, -1


@inner
def without_titles(numbers: Array, count: int, table: Any) -> int:
    """Take titles out of some words; how many are left."""
    retained = NONE
    for at in range(count):
        if table[numbers[at]].stands != _TITLE:
            numbers[retained] = numbers[at]
            retained += 1
    return retained


@inner
def of_another_father(form: Array, mine: int, name: Any, named: Array, table: Any) -> bool:
    """As `comparing._of_another_father`, of a person."""
    if mine <= name.plain:
        return False
    for place in range(name.word + np.uint32(name.plain), name.word + np.uint32(name.words)):
        father = table[named[place]]
        if father.kind == _FILLER:
            return mine > name.plain + 1 or not has_initial(form, mine, father.first, table)
    return False


@inner
def has_order(form: Array, mine: int, table: Any) -> bool:
    """Whether a name is Korean, and of so many words that its given name has an order."""
    every, some = made_of(form, mine, table)
    return bool(mine >= _FEWEST_KOREAN and every & _KOREAN and some & _KOREAN_FAMILY)


@inner
def is_of_other_order(form: Array, mine: int, name: Any, named: Array, table: Any) -> bool:
    """As `comparing._is_of_other_order`, of a name that `has_order`."""
    if mine != name.plain:
        return False
    listed = named[name.word : name.word + np.uint32(name.plain)]
    for at in range(mine):
        here, there = 0, 0
        for place in range(mine):
            here += table[form[place]].text == table[form[at]].text
            there += table[listed[place]].text == table[form[at]].text
        if here != there:
            return False
    for turned in (0, 1, mine - 1):
        alike = True
        for at in range(mine):
            place = at + turned if at + turned < mine else at + turned - mine
            alike = alike and table[form[place]].text == table[listed[at]].text
        if alike:
            return False
    return True


@inner
def lacks_family(form: Array, mine: int, name: Any, named: Array, table: Any,
                 rules: Rules) -> bool:  # fmt: skip
    """As `comparing._lacks_family`."""
    theirs = number_of(name.plain)
    if mine >= theirs or mine < _FEWEST_HEADLESS:
        return False
    listed = named[name.word : name.word + np.uint32(name.plain)]
    if table[form[mine - 1]].text == table[listed[theirs - 1]].text:
        return False
    head = head_of(listed, theirs, table, rules)
    for at in range(mine):
        text, found = table[form[at]].text, False
        for place in range(theirs):
            found = found or table[listed[place]].text == text
        if text == head or not found:
            return False
    return True


@inner
def has_initial(form: Array, mine: int, letter: int, table: Any) -> bool:
    """Whether a letter is a word of a name."""
    for at in range(mine):  # noqa: SIM110 (a generator is not compiled)
        if table[form[at]].size == 1 and table[form[at]].first == letter:
            return True
    return False


@inner
def same_squash(squash: Array, long: int, mask: int, name: Any, named: Array, words: Any,
                spelled: Array) -> bool:  # fmt: skip
    """Whether two names are the same written together, where one has more words."""
    if long != name.letters or mask != name.mask:
        return False
    wide = squash_of(named, name.word, number_of(name.plain), words[0], words[1], spelled)
    return bool(same(squash, START, long, spelled, START, wide))


@inner
def is_the_father(form: Array, mine: int, name: Any, named: Array, table: Any) -> bool:
    """As `comparing._is_the_father`, where the name that is asked has a father."""
    listed = named[name.word : name.word + np.uint32(name.plain)]
    return bool(
        has_son(listed, name.plain, table)
        and (father_elsewhere(form, mine, listed, name.plain, table)
             or father_elsewhere(listed, name.plain, form, mine, table))
    )  # fmt: skip


@inner
def has_son(numbers: Array, count: int, table: Any) -> bool:
    """Whether a word between two others says whose son somebody is."""
    for at in range(1, count - 1):  # noqa: SIM110 (a generator is not compiled)
        if table[numbers[at]].stands == _SON:
            return True
    return False


@inner
def father_elsewhere(one: Array, mine: int, other: Array, theirs: int, table: Any) -> bool:
    """Whether a father of one name is a word of the other, but no father there."""
    for at in range(1, mine - 1):
        if table[one[at]].stands != _SON:
            continue
        text, stands_there, is_father = table[one[at + 1]].text, False, False
        for place in range(theirs):
            if table[other[place]].text == text:
                stands_there = True
                is_father = is_father or (place > 1 and table[other[place - 1]].stands == _SON)
        if stands_there and not is_father:
            return True
    return False


@inner
def telling_syllables(one: Array, mine: int, other: Array, theirs: int, table: Any) -> int:
    """As `comparing._telling_syllables`."""
    here, some_here = made_of(one, mine, table)
    there, some_there = made_of(other, theirs, table)
    family = some_here & some_there & _KOREAN_FAMILY
    korean = here & there & _KOREAN if family else 0
    return ((here | there) & _MANDARIN) | korean


@inner
def made_of(numbers: Array, count: int, table: Any) -> tuple[int, int]:
    """What all words of a name but initials are made of, and what any is."""
    every, some = _ALL_SYLLABLES, 0
    for at in range(count):
        word = table[numbers[at]]
        if word.size > 1:
            every &= word.syllables
            some |= word.syllables
    return every, some


@inner
def is_taken(text: int, taken: Array, count: int) -> bool:
    """Whether a text is among the first of some."""
    for at in range(count):  # noqa: SIM110 (a generator is not compiled)
        if taken[at] == text:
            return True
    return False


@inner
def told_enough(lacks: bool, initials: bool, wrong: int, between: bool, headless: bool,
                rules: Rules) -> float:  # fmt: skip
    """As `comparing._told_enough`."""
    if lacks and (wrong > 0 or headless or (initials and not between)):
        return float(rules.told_beside)
    if initials and wrong > 1:
        return float(rules.told_beside)
    if between:
        return float(rules.told_between)
    if wrong > 1:
        return float(rules.told_two_slips)
    if lacks or (initials and wrong > 0):
        return float(rules.told)
    if wrong > 0:
        return float(rules.told_slip)
    return float(rules.told_initial) if initials else 0.0


@inner
def without(numbers: Array, count: int, place: int) -> int:
    """Take the number at a place out of the first of some; how many are left."""
    for at in range(place, count - 1):
        numbers[at] = numbers[at + 1]
    return count - 1


@inner
def edits_of_person(one: Any, other: Any, telling: int, shared: int, letters: Array,
                    rows: Array, rules: Rules) -> int:  # fmt: skip
    """As `comparing._close_of_person` of one word: 0 for an initial, else edits; -1 for neither."""
    short, long = min(one.size, other.size), max(one.size, other.size)
    alike = one.first == other.first
    if short == 1 and long > 1:
        return 0 if alike else -1
    two = rules.shortest_two_slips if short == long else rules.shortest_two_apart
    most = 2 if alike and short >= two else 1
    least = rules.shortest_in_person if alike else rules.shortest_other_start
    if not alike and shared >= rules.shared_beside_start:
        least = rules.shortest_start_beside
    if short < least or long - short > most or (one.syllables | other.syllables) & telling:
        return -1
    if long <= rules.longest_family and one.syllables & other.syllables & _MANDARIN:
        return -1
    if apart(one.mask, other.mask) > most:
        return -1
    wrong = edits_between(one, other, most, letters, rows)
    return wrong if wrong <= most else -1


# Many forms.


class Room(NamedTuple):
    """Arrays to work in, made once for many forms.

    Attributes:
        shared: zeros, one a place of the index, in rows of `BLOCK`.
        flat: the same in one row.
        shares: of the nearest names, how much each shares.
        found: their numbers.
        ranks: of pieces.
        strange: pieces that no listed name has.
        plain: words of a form that are no legal form or filler.
        order: those sorted.
        squash: letters of a form.
        spelled: letters that are looked up.
        comparing: what `compare` works in.
        best: scores of the best entries of a form.
        entries: these entries.
    """

    shared: Array
    flat: Array
    shares: Array
    found: Array
    ranks: Array
    strange: Array
    plain: Array
    order: Array
    squash: Array
    spelled: Array
    comparing: tuple[Array, ...]
    best: Array
    entries: Array


def room_for(queries: Any, blocks: int, most: tuple[int, int], top: int, table: Array,
             rules: Rules) -> Room:  # fmt: skip
    """Arrays to work in that hold the longest form, its city included, and the longest name.

    Args:
        queries: see `find`.
        blocks: how many rows of `BLOCK` places the index has.
        most: words and letters of the longest listed name.
        top: entries that are wanted of each form.
        table: see `WORD`.
        rules: the numbers to decide by.
    """
    stated, begins, cities = queries
    sizes = table["size"]
    before = np.append(0, np.cumsum(sizes[stated]))
    letters = np.diff(before[begins]) + np.where(cities >= 0, sizes[cities], 0)
    width = max(int(np.diff(begins).max(initial=0)) + 1, most[0]) + 2
    wide = 2 * max(int(letters.max(initial=0)), most[1]) + 4

    def numbers(size: int, of: Any) -> Array:
        return np.empty(size, of)

    shared = np.zeros((blocks, BLOCK), np.int32)
    return Room(
        shared, shared.reshape(-1),
        numbers(rules["retained"], np.float64), numbers(rules["retained"], np.int32),
        numbers(2 * wide + rules["short"] + 4, np.int32), numbers(2 * wide, np.uint64),
        numbers(width, np.uint32), numbers(width, np.uint32),
        numbers(wide, np.int32), numbers(wide, np.int32),
        (
            numbers(width, table.dtype), numbers(width, table.dtype),
            numbers(width, np.int32), numbers(width, np.int32), numbers(width, np.int64),
            numbers(wide, np.int32), numbers(wide, np.int32), np.zeros((3, wide), np.int32),
        ),
        numbers(top + 1, np.float64), numbers(top + 1, np.int32),
    )  # fmt: skip


@outer
def find(queries: Any, member: Array, index: Any, finding: Any, words: Any, room: Any,
         whole: int, candidates: Array, ends: Array, rules: Rules) -> None:  # fmt: skip
    """The names worth comparing with each of many forms.

    Args:
        queries: words of the forms, where those of each form begin, and its city or -1.
        member: whether a listed name counts.
        index: see `nearest`.
        finding: rank of each three letters, see `pieces`; what other pieces and names are found by,
            see `look_up`; what a piece weighs that no name has; names of each key, and where they
            begin, for whole names and for first letters.
        words: the table of words, see `WORD`; their letters.
        room: see `Room`.
        whole: 1 to find only names that are the same as a whole, else 0.
        candidates: room for their numbers, best candidate first.
        ends: room for where those of each form end.
        rules: the numbers to decide by.
    """
    stated, begins, _ = queries
    threes, keys, unknown, exact, exact_at, initials, initials_at = finding
    table, letters = words
    ranks, strange, plain, squash, found = (
        room.ranks, room.strange, room.plain, room.squash, room.found,
    )  # fmt: skip
    many = NONE
    for form in range(len(begins) - 1):
        words_stated = stated[begins[form] : begins[form + 1]]
        count, mine = len(words_stated), NONE
        for at in range(count):
            if table[words_stated[at]].kind > _FILLER:
                plain[mine] = words_stated[at]
                mine += 1
        size = squash_of(plain, START, mine, table, letters, squash)
        if size == 0:
            size = squash_of(words_stated, START, count, table, letters, squash)
        first = many
        row = look_up(hash_of(EXACT, squash, NONE, size, NOWHERE), keys)
        if row >= 0:
            many = with_numbers(exact, exact_at[row], exact_at[row + 1], member, candidates, first,
                                many)  # fmt: skip
        if whole:
            ends[form] = many
            continue
        wanted, strangers = pieces(squash, size, threes, keys, ranks, strange, room.spelled)
        wanted = finders(
            squash, size, plain, mine, table, letters, keys, ranks, wanted, room.order,
            room.spelled, rules,
        )  # fmt: skip
        wanted = different(ranks, wanted)
        near = nearest(
            ranks, wanted, strangers * unknown, index, member, room.shared, room.flat, room.shares,
            found, rules,
        )  # fmt: skip
        for at in range(near):
            many = with_number(found[at], candidates, first, many)
        if size <= rules.longest_initials:
            row = look_up(hash_of(INITIALS, squash, NONE, size, NOWHERE), keys)
            if row >= 0:
                many = with_numbers(initials, initials_at[row], initials_at[row + 1], member,
                                    candidates, first, many)  # fmt: skip
        ends[form] = many


@inner
def with_numbers(numbers: Array, begin: int, end: int, member: Array, candidates: Array,
                 first: int, many: int) -> int:  # fmt: skip
    """How many candidates there are with more, those that count and are none yet."""
    for at in range(begin, end):
        if member[numbers[at]]:
            many = with_number(short_of(numbers[at]), candidates, first, many)
    return many


@inner
def with_number(number: int, candidates: Array, first: int, many: int) -> int:
    """How many candidates there are with one more, if it is none of this form yet."""
    for at in range(first, many):
        if candidates[at] == number:
            return many
    candidates[many] = number
    return many + 1


@outer
def score(queries: Any, listed: Any, words: Any, room: Any, candidates: Any, top: int, near: float,
          least: Array, out: Any, rules: Rules) -> int:  # fmt: skip
    """The scores of the candidates of many forms.

    Args:
        queries: see `find`.
        listed: what is told of each listed name, see `NAME`; their words.
        words: see `find`.
        room: see `Room`.
        candidates: numbers of names, and where those of each form end; see `find`.
        top: so many entries are wanted of each form, and those nearly as close as the last.
        near: how much less the scores of these are, at most; any other may be left out.
        least: of each form the score below which none is wanted; 0 for all scores.
        out: room for what is found: names, scores, where those of each form end.
        rules: the numbers to decide by.

    Returns:
        How many were found.
    """
    stated, begins, cities = queries
    facts, named = listed
    table, letters = words
    numbers, ends = candidates
    names, scores, found = out
    left, may = room.comparing[0], room.comparing[4]
    plain, squash, best, entries = room.plain, room.squash, room.best, room.entries
    many, first = NONE, NONE
    for form in range(len(cities)):
        words_stated = stated[begins[form] : begins[form + 1]]
        count, mine, mask, weight = len(words_stated), NONE, NONE, 0.0
        near_legal, has_place, has_legal = NO, NO, NO
        for at in range(count):
            word = table[words_stated[at]]
            has_place |= word.kind == _PLACE
            has_legal |= word.kind == _LEGAL
            if word.kind > _FILLER:
                left[mine] = word
                plain[mine] = words_stated[at]
                mine += 1
                weight += word.weight
                mask |= word.mask
                near_legal |= word.near_legal
        long = squash_of(plain, START, mine, table, letters, squash)
        stated_name = (
            words_stated, count, plain, mine, weight, long, mask, near_legal, has_place,
            cities[form],
        )  # fmt: skip
        filled, bound = NONE, least[form]
        sons, ordered = has_son(plain, mine, table), has_order(plain, mine, table)
        may[0] = read_ahead(numbers, first, ends[form], facts, named, table)
        for at in range(first, ends[form]):
            name = facts[numbers[at]]
            another = name.party == _PERSON and (
                (of_another_father(plain, mine, name, named, table)
                 and not same_squash(squash, long, mask, name, named, words, room.comparing[6]))
                or (sons and is_the_father(plain, mine, name, named, table))
                or (ordered and is_of_other_order(plain, mine, name, named, table))
            )  # fmt: skip
            if another and rules.unbefitting < bound:
                continue
            result = compare(stated_name, squash, name, named, words, room.comparing, bound, rules)
            if (
                name.party == _PERSON
                and result >= bound  # else it is left out, or a person by other words
                and lacks_family(plain, mine, name, named, table, rules)
            ):
                result *= rules.unbefitting
            if (
                name.party == _PERSON
                and result < rules.person
                and rules.person >= bound
                and not another
                and not has_legal
                and are_one_person(plain, mine, name, named, words, room.comparing, rules)
            ):
                result = rules.person
            if another or not befits(result, words_stated, mine, name.party, table, rules):
                result *= rules.unbefitting
            if result < bound:
                continue
            names[many], scores[many] = numbers[at], result
            many += 1
            if top > 0:
                filled = with_entry(name.entry, result, entries, best, filled, top)
                if filled == top:
                    bound = max(least[form], best[top - 1] - near)
        first = ends[form]
        found[form] = many
    return many


@inner
def read_ahead(found: Array, first: int, last: int, facts: Any, named: Array,
               table: Any) -> int:  # fmt: skip
    """Read what will be compared, so that memory brings all of it at once; some number."""
    read = NONE
    for at in range(first, last):
        read += facts[found[at]].mask
    for at in range(first, last):
        read += named[facts[found[at]].word]
    for at in range(first, last):
        name = facts[found[at]]
        for place in range(name.word, name.word + np.uint32(name.plain)):
            read += table[named[place]].text
    return read


@inner
def with_entry(entry: int, score: float, entries: Array, best: Array, filled: int,
               top: int) -> int:  # fmt: skip
    """How many entries there are with one more, or with a better score of one, best first."""
    place = 0
    while place < filled and entries[place] != entry:
        place += 1
    if place < filled:
        if best[place] >= score:
            return filled
    else:
        if filled == top and best[top - 1] >= score:
            return filled
        filled = min(filled + 1, top)
        place = filled - 1
    while place > 0 and best[place - 1] < score:
        best[place], entries[place] = best[place - 1], entries[place - 1]
        place -= 1
    best[place], entries[place] = score, entry
    return filled
