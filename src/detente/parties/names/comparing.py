"""How far two names are one, word by word, and why.

The score is

    (weight of words that agree, each as far as it does) / (weight of all words of both names)

where a rare word weighs more than a common one, a brand more than a place, a place more than a word
of a trade, and a legal form nothing. Numbers that differ, brands that differ and places that differ
each hold the score down. `kernels` says the same for many names at once and is tested against this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from detente.parties.names import spelling
from detente.parties.names.names import (
    BRAND,
    FILLER,
    INDUSTRY,
    LEGAL,
    NUMBER,
    PLACE,
    Part,
    first_letters,
    is_han,
)

FACTOR = {BRAND: 1.0, PLACE: 0.45, INDUSTRY: 0.35, NUMBER: 0.6, LEGAL: 0.0, FILLER: 0.0}
"""How much a word of each kind weighs, for its rarity."""

CLOSE = 0.8
"""Letters that agree, from which two brands may be one word misspelled."""

WHOLE = 0.9
"""Letters that agree, from which two whole names may be one misspelled."""

SPELLING = 0.08
"""What a score loses where only the spelling of the whole speaks for it."""

SHORTEST_WHOLE = 9
"""Letters of the shortest name whose spelling as a whole says anything."""

DIFFERENT = {NUMBER: 0.45, BRAND: 0.6, PLACE: 0.7, INDUSTRY: 0.75}
"""The highest score of names whose numbers, brands or places differ; or, where neither has a brand,
whose words of a trade do: a university of medicine is not the university of its city."""

SHORT_BRAND = 4
"""Letters of a brand of which each one tells, so that the spelling of the whole says little."""

SHORTEST_ALONE = 6
"""Letters of the shortest word that is known misspelled where it is the whole name."""

TELLS_ALONE, BARE_BRAND = 8, 0.8
"""Letters of the shortest brand that by itself tells a party whose name goes on, and the highest
score of a shorter one: many are called Axiom."""

SAME_PARTY = 0.97
"""The lowest score at which a ship is told by its name, and a person by that of a company."""

CRAFT, PERSON = 1, 2
"""What a party is that is no company: a ship or an aircraft; a person."""


def befits(score: float, one: Sequence[Part], party: int) -> bool:
    """Whether a score may count for what the party is.

    Words of a trade and legal forms are not in the name of a person, one word does not tell one,
    and a company is not the ship that bears half its name.

    Args:
        score: of the two names.
        one: words of the name that is asked.
        party: 0 for a company or what is not known, else one of `CRAFT`, `PERSON`.
    """
    if not party or score >= SAME_PARTY:
        return True
    kinds = [part.kind for part in one]
    plain = sum(kind not in (LEGAL, FILLER) for kind in kinds)
    return party == PERSON and plain > 1 and LEGAL not in kinds and INDUSTRY not in kinds


SHORTENED = 0.85
"""How far a known word agrees with what may be its short form: `Techn.`, `Mngmnt`."""

NEAR = 0.6
"""Letters that agree, from which brands that differ are said to be near each other."""

NEAR_COUNTS = 0.5
"""How much of a near brand counts; it lifts a score no higher than brands that differ may have."""

INITIAL = 0.6
"""How far a word agrees with its first letter."""

INITIALS_ALONE = 0.82
"""The score of a name that is asked by its first letters."""

SHORTEST_SHORTENED = 3
VOWELS, LETTERS_A_VOWEL = "aeiou", 5
"""Letters that a short form leaves out, but for one in so many letters."""
LONE_NUMBER = 0.8
"""What a score is multiplied by where only one of the names has a number."""


def compare(
    one: Sequence[Part], other: Sequence[Part], weight: Callable[[Part], float]
) -> tuple[float, list[str]]:
    """How far two names are one, and why.

    Args:
        one: words of the name that is asked.
        other: words of the name on the list.
        weight: how much a word counts.

    Returns:
        A score from 0 to 1, and the reasons for people.
    """
    here = [part for part in one if part.kind not in (LEGAL, FILLER)]
    right = [part for part in other if part.kind not in (LEGAL, FILLER)]
    squash, listed = pack_squashed(here), pack_squashed(right)
    legal = [part for part in other if part.kind == LEGAL]
    if squash and squash == listed:
        same = pack_legal(one) == pack_legal(legal)
        return (1.0, ["the same name"]) if same else (0.99, ["the same name but for legal form"])
    if not here and not right and [part.text for part in one] == [part.text for part in other]:
        return 1.0, ["the same name, of words that otherwise say nothing"]
    left = [part for part in here if not _misspelled_form(part, legal)] if legal else here
    if left and pack_plain(left) == pack_plain(right):
        return 0.98, ["the same name but for a misspelled legal form or the order of words"]
    total = weigh(left, weight) + weigh(right, weight)
    if not total:
        return 0.0, []
    if len(left) == 1 and left[0].text == first_letters(right):
        return INITIALS_ALONE, [f"{left[0].text} are the initials of the listed name"]
    agreed, almost, why, rest, alone, known = _matched(left, right, weight)
    score = agreed / total
    joined = _joined(alone, rest)
    if not joined:
        # Brands that are near each other order what is no hit; they make none.
        score = max(score, min(DIFFERENT[BRAND], (agreed + almost) / total))
    else:
        brands = [part for part in (*alone, *rest) if part.kind == BRAND]
        score += joined * weigh(brands, weight) / total
        why.append("written together or apart")
        alone = [part for part in alone if part.kind != BRAND]
        rest = [part for part in rest if part.kind != BRAND]
    why = [f"agree: {', '.join(why)}"] if why else []
    for kind, what in ((NUMBER, "numbers"), (BRAND, "brands"), (PLACE, "places")):
        mine = [part.text for part in alone if part.kind == kind]
        theirs = [part.text for part in rest if part.kind == kind]
        if mine and theirs:
            score = min(score, DIFFERENT[kind])
            why.append(f"{what} differ: {' '.join(mine)} and {' '.join(theirs)}")
        elif mine or theirs:
            why.append(f"only one has {' '.join(mine or theirs)}")
            if kind == NUMBER:
                score *= LONE_NUMBER
    branded = any(part.kind == BRAND for part in (*left, *right))
    if not (known or joined) and branded:
        score = min(score, DIFFERENT[BRAND])
    trades = [any(part.kind == INDUSTRY for part in words) for words in (alone, rest)]
    if any(trades) and not branded:
        score = min(score, DIFFERENT[INDUSTRY])
    if all(trades) and not any(part.kind != BRAND and part in right for part in left):
        score = min(score, DIFFERENT[INDUSTRY])
    bare = len(right) == 1 and right[0].kind == BRAND and len(right[0].text) < TELLS_ALONE
    if bare and any(part.kind in (BRAND, INDUSTRY) for part in alone):
        score = min(score, BARE_BRAND)
    if len(left) == len(right) == 1 and len(left[0].text) < SHORTEST_ALONE:
        score = min(score, DIFFERENT[INDUSTRY])
    if score < WHOLE:
        whole = _whole(here, squash, right, listed)
        if whole - SPELLING > score:
            return whole - SPELLING, ["spelled almost the same"]
    return min(score, 0.98), why


def _matched(
    left: Sequence[Part], right: Sequence[Part], weight: Callable[[Part], float]
) -> tuple[float, float, list[str], list[Part], list[Part], bool]:
    """Word by word.

    Returns:
        Weight that agrees, weight that almost does, what agrees, what is left of the listed name,
        what is left of the other, and whether any brand agrees.
    """
    agreed, almost, why, rest, alone, known = 0.0, 0.0, [], list(right), [], False
    for part in left:
        found, close, sure = _partner(part, rest)
        if found is None or not sure:
            alone.append(part)
            if found is not None:
                almost += NEAR_COUNTS * close * (weight(part) + weight(found))
            continue
        rest.remove(found)
        agreed += close * (weight(part) + weight(found))
        known = known or (BRAND in (part.kind, found.kind) and close >= CLOSE)
        why.append(f"{part.text} = {found.text}" if close < 1 else part.text)
    return agreed, almost, why, rest, alone, known


def weigh(words: Iterable[Part], weight: Callable[[Part], float]) -> float:
    """What words weigh together; added one by one, as some versions of `sum` do not."""
    total = 0.0
    for word in words:
        total += weight(word)
    return total


def pack_plain(words: Iterable[Part]) -> list[str]:
    """Words in one order."""
    return sorted(part.text for part in words)


def pack_squashed(words: Iterable[Part]) -> str:
    """Words written together."""
    return "".join([part.text for part in words])


def pack_legal(words: Iterable[Part]) -> list[str]:
    """The legal forms of a name."""
    return [part.text for part in words if part.kind == LEGAL]


def _partner(part: Part, rest: Sequence[Part]) -> tuple[Part | None, float, bool]:
    """The word of the other name that agrees best with one, how far, and whether it is taken."""
    text = part.text
    for other in rest:
        if other.text == text:
            return other, 1.0, True
    best, closest, taken = None, 0.0, False
    for other in rest:
        close, sure = agreement(part, other)
        if close > closest:
            best, closest, taken = other, close, sure
    return best, closest, taken


def agreement(one: Part, other: Part) -> tuple[float, bool]:
    """How far two words agree, and whether that makes them one; 0 where they have nothing to do.

    What is not in the table of words counts as a brand, so it may be a trade or place misspelled.
    """
    if one.text == other.text:
        return 1.0, True
    if NUMBER in (one.kind, other.kind) or BRAND not in (one.kind, other.kind):
        return 0.0, False
    short, long = (one, other) if len(one.text) < len(other.text) else (other, one)
    close = alike(short.text, long.text)
    if close >= CLOSE:
        return close, True
    if not is_han(short.text[0]) and short.text[0] == long.text[0] and len(long.text) >= 4:
        if len(short.text) == 1:
            return INITIAL, True
        if short.kind == BRAND != long.kind and shortens(short.text, long.text):
            return SHORTENED, True
    return near(short.text, long.text, close) if one.kind == other.kind else 0.0, False


def shortens(short: str, long: str) -> bool:
    """Whether the letters of one stand in the other in their order, and are at most 3 in 4.

    A short form begins as the word does (`Techn.`) or leaves its vowels out (`Mngmnt`): `iron` is
    not short for `international`.
    """
    if len(short) < SHORTEST_SHORTENED:
        return False
    vowels = sum(letter in VOWELS for letter in short[1:])
    if short[:2] != long[:2] and vowels > len(short) // LETTERS_A_VOWEL:
        return False
    rest = iter(long)
    return 4 * len(short) <= 3 * len(long) and all(letter in rest for letter in short)


def _misspelled_form(part: Part, legal: Sequence[Part]) -> bool:
    """Whether what looks like a brand is a legal form of the other name, misspelled."""
    return part.kind == BRAND and any(
        min(len(part.text), len(word.text)) >= SHORTEST_SHORTENED
        and abs(len(part.text) - len(word.text)) <= 1
        and spelling.edits(part.text, word.text) <= 1
        for word in legal
    )


def _whole(one: Sequence[Part], squash: str, other: Sequence[Part], listed: str) -> float:
    """How far two Latin names are spelled alike, word limits aside; 0 where numbers differ."""
    if len(squash) < SHORTEST_WHOLE or not (squash.isascii() and listed.isascii()):
        return 0.0
    close = alike(squash, listed)
    if close < WHOLE or _numbers(one) != _numbers(other):
        return 0.0
    if any(0 < _brand_letters(words) <= SHORT_BRAND for words in (one, other)):
        return 0.0
    return close


def _brand_letters(words: Iterable[Part]) -> int:
    return sum(len(part.text) for part in words if part.kind == BRAND)


def _numbers(words: Iterable[Part]) -> set[str]:
    return {part.text for part in words if part.kind == NUMBER}


def _joined(alone: Sequence[Part], rest: Sequence[Part]) -> float:
    one = "".join(part.text for part in alone if part.kind == BRAND)
    other = "".join(part.text for part in rest if part.kind == BRAND)
    if not one or not other:
        return 0.0
    close = alike(one, other)
    return close if close >= CLOSE else 0.0


def with_city(one: tuple[Part, ...], other: Sequence[Part], city: Part | None) -> tuple[Part, ...]:
    """The words that are asked, with the city of the party where only the listed name has it."""
    if city is None or city not in other or any(part.kind == PLACE for part in one):
        return one
    return (*one, city)


def alike(one: str, other: str) -> float:
    """How far two words are spelled alike: one minus edits over the longer length.

    Short words and Chinese ones must be the same: one character makes another company.
    """
    if one == other:
        return 1.0
    longer = max(len(one), len(other))
    if min(len(one), len(other)) < 4 or (is_han(one[0]) and longer < 5):
        return 0.0
    if abs(len(one) - len(other)) > 0.2 * longer:
        return 0.0
    return 1 - spelling.edits(one, other) / longer


def near(one: str, other: str, close: float) -> float:
    """How far two words that differ are still near each other; 0 below `NEAR`, and for Chinese.

    Args:
        one: a word.
        other: another.
        close: how far `alike` says that they are alike, so that edits are counted once.
    """
    longer = max(len(one), len(other))
    if min(len(one), len(other)) < 3 or is_han(one[0]) or is_han(other[0]):
        return 0.0
    if abs(len(one) - len(other)) > (1 - NEAR) * longer:
        return 0.0
    close = close or 1 - spelling.edits(one, other) / longer
    return close if close >= NEAR else 0.0
