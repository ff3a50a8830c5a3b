"""Compiled loops for many names at once: candidates and scores, as `candidates` and `comparing`.

Nothing is decided here: this is the arithmetic of those two modules on arrays, in the same order,
so that the numbers are the same. Words, names and forms are numbered, and their letters lie one
after the other in one array of code points. Loaded only by `many`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

from detente.parties import candidates, comparing
from detente.parties.names import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE

KINDS = {kind: code for code, kind in enumerate((LEGAL, FILLER, BRAND, PLACE, INDUSTRY, NUMBER))}
"""Numbers of the kinds of words; legal forms and fillers come first."""

_FILLER, _BRAND, _PLACE, _NUMBER = (KINDS[kind] for kind in (FILLER, BRAND, PLACE, NUMBER))
_LEGAL = KINDS[LEGAL]
_KEPT, _TOUCHED, _ALWAYS = candidates.KEPT, candidates.TOUCHED, candidates.ALWAYS
_FAR = candidates.FAR
_CLOSE, _WHOLE, _NEAR = comparing.CLOSE, comparing.WHOLE, comparing.NEAR
_NEAR_COUNTS, _SPELLING = comparing.NEAR_COUNTS, comparing.SPELLING
_SHORTEST_WHOLE, _SHORTEST_SHORTENED = comparing.SHORTEST_WHOLE, comparing.SHORTEST_SHORTENED
_SHORTENED, _INITIAL, _ALONE = comparing.SHORTENED, comparing.INITIAL, comparing.INITIALS_ALONE
_APART = 1 - _CLOSE + 1e-9
_NUMBERS_DIFFER = comparing.DIFFERENT[NUMBER]
_BRANDS_DIFFER = comparing.DIFFERENT[BRAND]
_PLACES_DIFFER = comparing.DIFFERENT[PLACE]
_LONE_NUMBER = comparing.LONE_NUMBER
THREES = 1 << 21
"""Codes of three ASCII characters, seven bits each."""
_THREE, _BEGINNING, _END = THREES - 1, ord("^"), ord("$")
_HAN_FROM, _HAN_TO = 0x3400, 0x9FFF

WORD = np.dtype([
    ("mask", np.int64), ("weight", np.float64), ("text", np.int32), ("begin", np.int32),
    ("first", np.int32), ("size", np.int32), ("kind", np.int8),
], align=True)  # fmt: skip
"""What is told of a word, which lies together in memory: which letters it has, as bits; its weight;
its text by number; where its letters begin, the first, and how many they are; its kind."""

NAME = np.dtype([
    ("mask", np.int64), ("word", np.int32), ("words", np.int32), ("letter", np.int32),
    ("letters", np.int32), ("squash", np.int32), ("legal", np.int32), ("figures", np.int32),
    ("initials", np.int32),
], align=True)  # fmt: skip
"""What is told of a listed name: which letters it has, as bits; its first word and how many, its
first letter squashed and how many; squashed name, legal forms, numbers and initials by number."""

Array = np.ndarray[Any, Any]


@njit(cache=True, nogil=True)
def nearest(asked: Array, weight: int, index: Any, shared: Array, touched: Array,
            keys: Array, found: Array) -> int:  # fmt: skip
    """The names worth comparing with one form, best first; see `candidates.Nearest`.

    Args:
        asked: its pieces, numbered by how many names have them.
        weight: what its pieces weigh that no name has.
        index: postings, where each begins, gain of each piece, whether it weighs; weight of each
            name, whether it counts.
        shared: zeros, one a name; left as it was.
        touched: room for the names that are touched, and one more.
        keys: room for `KEPT` ranks.
        found: room for `KEPT` numbers: the answer.

    Returns:
        How many were found.
    """
    postings, begins, gains, weighs, weights, member = index
    asked = np.sort(asked)
    for piece in asked:
        if weighs[piece]:
            weight += gains[piece]
    seen, many = 0, 0
    for taken in range(len(asked)):
        piece = asked[taken]
        many += begins[piece + 1] - begins[piece]
        if many > _TOUCHED and taken >= _ALWAYS:
            break
        gain = gains[piece]
        for at in range(begins[piece], begins[piece + 1]):
            number = postings[at]
            touched[seen] = number
            seen += shared[number] == 0
            shared[number] += gain
    count, last = 0, 0.0
    for at in range(seen):
        number = touched[at]
        whole, both = 2 * shared[number], weight + weights[number]
        shared[number] = 0
        # Most are far below the last one kept: a product says so sooner than a quotient.
        if (count == _KEPT and whole < last * both) or not member[number]:
            continue
        key = -whole / both
        if count == _KEPT and (
            key > keys[count - 1] or (key == keys[count - 1] and number > found[count - 1])
        ):
            continue
        place = count if count < _KEPT else _KEPT - 1
        while place > 0 and (
            keys[place - 1] > key or (keys[place - 1] == key and found[place - 1] > number)
        ):
            keys[place] = keys[place - 1]
            found[place] = found[place - 1]
            place -= 1
        keys[place] = key
        found[place] = number
        count = min(count + 1, _KEPT)
        last = -keys[count - 1] * (1 - 1e-9)
    if count > 0:
        least = _FAR * max(keys[0], -1.0)
        while keys[count - 1] > least:
            count -= 1
    return count


@njit(cache=True, nogil=True)
def with_code(codes: Array, count: int, code: int) -> int:
    """How many codes there are with one more, if it is new; they stay in order."""
    place = count
    while place > 0 and codes[place - 1] > code:
        place -= 1
    if place > 0 and codes[place - 1] == code:
        return count
    for later in range(count, place, -1):
        codes[later] = codes[later - 1]
    codes[place] = code
    return count + 1


@njit(cache=True, nogil=True)
def cut(letters: Array, start: int, long: int, threes: Array, codes: Array,
        ranks: Array) -> tuple[int, int]:  # fmt: skip
    """The pieces of a name of ASCII letters, as `candidates.pieces`.

    Args:
        letters: all letters.
        start: the first of the name.
        long: how many it has.
        threes: of each three characters, see `code_of`, the rank of the piece, or -1.
        codes: room for a code more than letters.
        ranks: room for as many ranks: the answer.

    Returns:
        How many pieces some listed name has, and how many none has.
    """
    count = 0
    code = _BEGINNING
    for at in range(long + 1):
        letter = letters[start + at] if at < long else _END
        code = (code << 7 | letter) & _THREE
        if at > 0:
            count = with_code(codes, count, code)
    known = 0
    for at in range(count):
        rank = threes[codes[at]]
        if rank >= 0:
            ranks[known] = rank
            known += 1
    return known, count - known


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def is_han(letter: int) -> bool:
    """Whether a code point is a Chinese character."""
    return _HAN_FROM <= letter <= _HAN_TO


@njit(cache=True, nogil=True)
def same(one: Array, start: int, long: int, other: Array, begin: int, wide: int) -> bool:
    """Whether two texts are one."""
    if long != wide:
        return False
    for at in range(long):  # noqa: SIM110 (a generator is not compiled)
        if one[start + at] != other[begin + at]:
            return False
    return True


@njit(cache=True, nogil=True)
def alike(one: Array, start: int, long: int, other: Array, begin: int, wide: int, least: float,
          rows: Array) -> float:  # fmt: skip
    """As `comparing.alike`, but 0 below `least`, which is at least `CLOSE`."""
    if same(one, start, long, other, begin, wide):
        return 1.0
    longer = max(long, wide)
    if min(long, wide) < 4 or (is_han(one[start]) and longer < 5):
        return 0.0
    if abs(long - wide) > 0.2 * longer:
        return 0.0
    many = edits(one, start, long, other, begin, wide, int((1 - least) * longer) + 1, rows)
    close = 1 - many / longer
    return close if close >= least else 0.0


def _bits_set(_context: Any, bits: Any) -> Any:
    """How many bits are set, by the processor's own instruction."""

    def counted(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.ctpop(given[0])

    return types.int64(types.int64), counted


ones: Any = intrinsic(_bits_set)


@njit(cache=True, nogil=True)
def shortens(letters: Array, start: int, long: int, begin: int, wide: int) -> bool:
    """As `comparing.shortens`: whether the first text shortens the second."""
    if long < _SHORTEST_SHORTENED or 4 * long > 3 * wide:
        return False
    at = 0
    for place in range(begin, begin + wide):
        if at < long and letters[start + at] == letters[place]:
            at += 1
    return at == long


@njit(cache=True, nogil=True)
def agreement(kind: int, start: int, long: int, mask: int, other_kind: int, begin: int, wide: int,
              other_mask: int, letters: Array, rows: Array) -> tuple[float, bool]:  # fmt: skip
    """As `comparing.agreement`, for two words whose texts differ."""
    if kind == _NUMBER or other_kind == _NUMBER or (kind != _BRAND and other_kind != _BRAND):
        return 0.0, False
    if long >= wide:
        kind, start, long, other_kind, begin, wide = other_kind, begin, wide, kind, start, long
    han = is_han(letters[start])
    # Letters that one word has and the other lacks: each takes an edit.
    least = max(ones(mask & ~other_mask), ones(other_mask & ~mask))
    close = 0.0
    if 1 - least / wide >= _NEAR and wide - long <= (1 - _NEAR) * wide and long >= 3:
        most = int((1 - _NEAR) * wide) + 1
        close = 1 - edits(letters, start, long, letters, begin, wide, most, rows) / wide
    if close >= _CLOSE and long >= 4 and not (han and wide < 5) and wide - long <= 0.2 * wide:
        return close, True
    if not han and letters[start] == letters[begin] and wide >= 4:
        if long == 1:
            return _INITIAL, True
        if kind == _BRAND and other_kind != _BRAND and shortens(letters, start, long, begin, wide):
            return _SHORTENED, True
    if close >= _NEAR and kind == other_kind and not han and not is_han(letters[begin]):
        return close, False
    return 0.0, False


@njit(cache=True, nogil=True)
def may_agree(kind: int, first: int, long: int, mask: int, other_kind: int, other_first: int,
              wide: int, other_mask: int) -> bool:  # fmt: skip
    """Whether two words whose texts differ may agree, without looking at their letters."""
    # No branches: which way they go cannot be foreseen, and that costs more than it saves.
    longer, shorter = max(long, wide), min(long, wide)
    least = max(ones(mask & ~other_mask), ones(other_mask & ~mask), longer - shorter)
    brand = (kind == _BRAND) | (other_kind == _BRAND)
    number = (kind == _NUMBER) | (other_kind == _NUMBER)
    begins_alike = (first == other_first) & (longer >= 4)
    spelled_alike = (shorter >= 4) & (least <= _APART * longer)
    return bool(brand & (not number) & (begins_alike | spelled_alike))


@njit(cache=True, nogil=True)
def may_reach(least: float, left: Array, mine: int, right: Array, theirs: int, total: float,
              words: Any, squash: Array, squash_mask: int, listed: Array, listed_mask: int,
              same_numbers: bool, maybe: Array) -> bool:  # fmt: skip
    """Whether a comparison may reach a score, told by lengths and which letters there are.

    An edit changes at most one letter that one text has and the other lacks, so that many letters
    are that many edits. Wrong only on the safe side.
    """
    table, _letters = words
    long, wide = len(squash), len(listed)
    longer = max(long, wide)
    if same_numbers and long >= _SHORTEST_WHOLE and abs(long - wide) <= 0.1 * longer:
        few = max(ones(squash_mask & ~listed_mask), ones(listed_mask & ~squash_mask))
        if few <= (1 - _WHOLE) * longer + 1e-9:
            return True
    can, brand, brands_left, brands_right = 0.0, False, 0, 0
    all_left, all_right, lone_left, lone_right, size_left, size_right = 0, 0, 0, 0, 0, 0
    for place in range(theirs):
        maybe[place] = False
    for at in range(mine):
        one = table[left[at]]
        any_found = False
        for place in range(theirs):
            other = table[right[place]]
            found = (one.text == other.text) | may_agree(
                one.kind, one.first, one.size, one.mask,
                other.kind, other.first, other.size, other.mask,
            )  # fmt: skip
            maybe[place] |= found
            any_found |= found
            brand |= found & ((one.kind == _BRAND) | (other.kind == _BRAND))
        if any_found:
            can += one.weight
        if one.kind == _BRAND:
            brands_left += 1
            all_left |= one.mask
            size_left += one.size
            if not any_found:
                lone_left |= one.mask
    for place in range(theirs):
        other = table[right[place]]
        if maybe[place]:
            can += other.weight
        if other.kind == _BRAND:
            brands_right += 1
            all_right |= other.mask
            size_right += other.size
            if not maybe[place]:
                lone_right |= other.mask
    if brands_left > 0 and brands_right > 0 and brands_left + brands_right > 2:
        # Brands written together on one side.
        most = (1 - _CLOSE) * max(size_left, size_right) + 1e-9
        if ones(lone_left & ~all_right) <= most and ones(lone_right & ~all_left) <= most:
            return True
    if not brand and brands_left + brands_right > 0:
        return False
    return can / total >= least - 1e-9


@njit(cache=True, nogil=True)
def misspelled_form(word: int, others: tuple[int, int], table: Any, letters: Array,
                    rows: Array) -> bool:  # fmt: skip
    """As `comparing._misspelled_form`."""
    one = table[word]
    if one.kind != _BRAND:
        return False
    start, long = one.begin, one.size
    for place in range(others[0], others[1]):
        other = table[place]
        if other.kind != _LEGAL:
            continue
        begin, wide = other.begin, other.size
        if (
            min(long, wide) >= _SHORTEST_SHORTENED
            and abs(long - wide) <= 1
            and ones(one.mask & ~other.mask) <= 1
            and ones(other.mask & ~one.mask) <= 1
            and edits(letters, start, long, letters, begin, wide, 1, rows) <= 1
        ):
            return True
    return False


@njit(cache=True, nogil=True)
def written(chosen: Array, count: int, table: Any, letters: Array, room: Array) -> int:
    """The texts of the brands among some words, one after the other; how many letters they are."""
    size = 0
    for at in range(count):
        word = chosen[at]
        if table[word].kind == _BRAND:
            for place in range(table[word].begin, table[word].begin + table[word].size):
                room[size] = letters[place]
                size += 1
    return size


@njit(cache=True, nogil=True)
def one_in_another_order(table: Any, left: Array, right: Array, count: int, taken: Array) -> bool:
    """Whether two lists of words hold the same texts as often."""
    for at in range(count):
        taken[at] = False
    for at in range(count):
        found = False
        for place in range(count):
            if not taken[place] and table[right[place]].text == table[left[at]].text:
                taken[place] = True
                found = True
                break
        if not found:
            return False
    return True


@njit(cache=True, nogil=True)
def compare(one: tuple[int, int], other: tuple[int, int], squash: Array, city: int, facts: Any,
            words: Any, room: Any, least: float) -> float:  # fmt: skip
    """As `comparing.compare` after `comparing.with_city`, for words by number.

    Args:
        one: first word of the form that is asked, and the first after it.
        other: those of the listed name.
        squash: letters of the form squashed.
        city: number of the word that is the party's city, or -1.
        facts: of both: squashed name and legal forms and numbers by number; of the listed name:
            its initials as a text, and its letters squashed; which letters both have (bits).
        words: the table of words, see `WORD`; their letters.
        room: arrays to work in.
        least: the score below which 0 is as good an answer.
    """
    table, letters = words
    left, right, alone, maybe, spell_one, spell_other, rows = room
    same_squash, same_legal, same_numbers, initials, listed, squash_mask, listed_mask = facts
    with_city = False
    if city >= 0:
        for word in range(other[0], other[1]):
            listed_word = table[word]
            with_city = with_city or (
                listed_word.text == table[city].text and listed_word.kind == _PLACE
            )
        for word in range(one[0], one[1]):
            with_city = with_city and table[word].kind != _PLACE
    if with_city:
        extra = letters[table[city].begin : table[city].begin + table[city].size]
        spell_one[: len(squash)] = squash
        spell_one[len(squash) : len(squash) + len(extra)] = extra
        squash = spell_one[: len(squash) + len(extra)].copy()
        squash_mask |= table[city].mask
        same_squash = same(squash, 0, len(squash), listed, 0, len(listed))
    if same_squash:
        return 1.0 if same_legal else 0.99
    mine, theirs = 0, 0
    for at in range(one[0], one[1] + with_city):
        word = at if at < one[1] else city
        if table[word].kind > _FILLER and not misspelled_form(
            word, other, table, letters, rows
        ):  # fmt: skip
            left[mine] = word
            mine += 1
    for word in range(other[0], other[1]):
        if table[word].kind > _FILLER:
            right[theirs] = word
            theirs += 1
    if mine > 0 and mine == theirs and one_in_another_order(table, left, right, mine, maybe):
        return 0.98
    weight_left, weight_right = 0.0, 0.0
    for at in range(mine):
        weight_left += table[left[at]].weight
    for at in range(theirs):
        weight_right += table[right[at]].weight
    total = weight_left + weight_right
    if total == 0.0:
        return 0.0
    if mine == 1 and table[left[0]].text == initials:
        return _ALONE
    if least > 0.0 and not may_reach(
        least, left, mine, right, theirs, total, words, squash, squash_mask, listed, listed_mask,
        same_numbers, maybe,
    ):  # fmt: skip
        return 0.0
    any_brand = False
    for at in range(mine):
        any_brand = any_brand or table[left[at]].kind == _BRAND
    for at in range(theirs):
        any_brand = any_brand or table[right[at]].kind == _BRAND
    agreed, almost, known, lone, rest = 0.0, 0.0, False, 0, theirs
    for at in range(mine):
        word = left[at]
        best, closest, taken = -1, 0.0, False
        for place in range(rest):
            if table[right[place]].text == table[word].text:
                best, closest, taken = place, 1.0, True
                break
        start, long = table[word].begin, table[word].size
        for place in range(rest if best < 0 else 0):
            other_word = right[place]
            begin, wide = table[other_word].begin, table[other_word].size
            close, sure = agreement(
                table[word].kind, start, long, table[word].mask,
                table[other_word].kind, begin, wide, table[other_word].mask, letters, rows,
            )  # fmt: skip
            if close > closest:
                best, closest, taken = place, close, sure
        if best < 0 or not taken:
            alone[lone] = word
            lone += 1
            if best >= 0:
                almost += _NEAR_COUNTS * closest * (table[word].weight + table[right[best]].weight)
            continue
        found = right[best]
        for place in range(best, rest - 1):
            right[place] = right[place + 1]
        rest -= 1
        agreed += closest * (table[word].weight + table[found].weight)
        brands = table[word].kind == _BRAND or table[found].kind == _BRAND
        known = known or (brands and closest >= _CLOSE)
    score = agreed / total
    joined = 0.0
    first = written(alone, lone, table, letters, spell_one)
    second = written(right, rest, table, letters, spell_other)
    if first > 0 and second > 0:
        joined = alike(spell_one, 0, first, spell_other, 0, second, _CLOSE, rows)
    if joined > 0.0:
        gained = 0.0
        for at in range(lone):
            if table[alone[at]].kind == _BRAND:
                gained += table[alone[at]].weight
        for at in range(rest):
            if table[right[at]].kind == _BRAND:
                gained += table[right[at]].weight
        score += joined * gained / total
    else:
        score = max(score, min(_BRANDS_DIFFER, (agreed + almost) / total))
    for kind, highest in (
        (_NUMBER, _NUMBERS_DIFFER), (_BRAND, _BRANDS_DIFFER), (_PLACE, _PLACES_DIFFER)
    ):  # fmt: skip
        if kind == _BRAND and joined > 0.0:
            continue
        here, there = False, False
        for at in range(lone):
            here = here or table[alone[at]].kind == kind
        for at in range(rest):
            there = there or table[right[at]].kind == kind
        if here and there:
            score = min(score, highest)
        elif (here or there) and kind == _NUMBER:
            score *= _LONE_NUMBER
    if not (known or joined > 0.0) and any_brand:
        score = min(score, _BRANDS_DIFFER)
    if score < _WHOLE and same_numbers:
        whole = spelled_whole(squash, listed, rows)
        if whole - _SPELLING > score:
            return whole - _SPELLING
    return min(score, 0.98)


@njit(cache=True, nogil=True)
def spelled_whole(one: Array, other: Array, rows: Array) -> float:
    """As `comparing._whole`, where the numbers are the same."""
    long, wide = len(one), len(other)
    # A difference of length alone is so many edits.
    if long < _SHORTEST_WHOLE or wide == 0 or 1 - abs(long - wide) / max(long, wide) < _WHOLE:
        return 0.0
    for at in range(long):
        if one[at] > 127:
            return 0.0
    for at in range(wide):
        if other[at] > 127:
            return 0.0
    return alike(one, 0, long, other, 0, wide, _WHOLE, rows)


@njit(cache=True, nogil=True)
def screen(forms: Any, names: Any, grams: Any, index: Any, words: Any, most_words: int,
           most_letters: int, least: float, out_names: Array, out_scores: Array,
           out_begins: Array) -> Array:  # fmt: skip
    """Candidates of many forms with their scores.

    Args:
        forms: pieces and where they begin, what those weigh that no name has, and whether these
            are all, or those to be cut from the letters come to them; where the words begin;
            letters squashed and where they begin, and which they are; squash, legal forms,
            numbers, city; names that are found by their key before the others and after them, and
            where each begin.
        names: of each, see `NAME`; letters squashed.
        grams: rank of each three characters, see `cut`, and what a piece weighs that no name has.
        index: see `nearest`.
        words: see `compare`.
        most_words: words of the longest name or form.
        most_letters: letters of the longest.
        least: the score below which 0 is as good an answer; 0 for all scores.
        out_names: room for the numbers of the names found.
        out_scores: room for their scores.
        out_begins: where the room of each form begins.

    Returns:
        How many were found for each form.
    """
    (pieces, pieces_at, weights, whole, asked_at, letters, letters_at, masks, squashes, legals,
     numbers, cities, before, before_at, after, after_at) = forms  # fmt: skip
    threes, unknown = grams
    facts, spelled = names
    member = index[5]
    count = len(weights)
    shared = np.zeros(len(member), np.int32)
    touched = np.empty(len(member) + 1, np.int32)
    keys, found = np.empty(_KEPT, np.float64), np.empty(_KEPT, np.int32)
    width = most_words + 2
    room = (
        np.empty(width, np.int32), np.empty(width, np.int32), np.empty(width, np.int32),
        np.empty(width, np.bool_), np.empty(2 * most_letters + 2, np.int32),
        np.empty(2 * most_letters + 2, np.int32), np.zeros((3, 2 * most_letters + 2), np.int32),
    )  # fmt: skip
    most_pieces = np.diff(pieces_at).max() + np.diff(letters_at).max() + 1
    codes, ranks = np.empty(most_pieces, np.int32), np.empty(most_pieces, np.int32)
    counts = np.zeros(count, np.int32)
    for form in range(count):
        one = (asked_at[form], asked_at[form + 1])
        squash = letters[letters_at[form] : letters_at[form + 1]]
        wanted, missing = 0, 0
        if not whole[form]:
            wanted, missing = cut(
                letters, letters_at[form], letters_at[form + 1] - letters_at[form], threes, codes,
                ranks,
            )  # fmt: skip
        for at in range(pieces_at[form], pieces_at[form + 1]):
            ranks[wanted] = pieces[at]
            wanted += 1
        near_ones = nearest(
            ranks[:wanted], weights[form] + missing * unknown, index, shared, touched, keys, found
        )
        begin, many = out_begins[form], 0
        first = before_at[form + 1] - before_at[form]
        last = after_at[form + 1] - after_at[form]
        for at in range(first + near_ones + last):
            if at < first:
                number = before[before_at[form] + at]
            elif at < first + near_ones:
                number = found[at - first]
            else:
                number = after[after_at[form] + at - first - near_ones]
            if not member[number]:
                continue
            again = False
            for other in range(many):
                again = again or out_names[begin + other] == number
            if again:
                continue
            out_names[begin + many] = number
            name = facts[number]
            out_scores[begin + many] = compare(
                one,
                (name.word, name.word + name.words),
                squash,
                cities[form],
                (
                    squashes[form] == name.squash,
                    legals[form] == name.legal,
                    numbers[form] == name.figures,
                    name.initials,
                    spelled[name.letter : name.letter + name.letters],
                    masks[form],
                    name.mask,
                ),
                words,
                room,
                least,
            )
            many += 1
        counts[form] = many
    return counts
