"""How a Latin word sounds, and the Mandarin syllables of which one is made.

By its sound a name written from another alphabet meets its other spellings: Sergey is Sergei,
Khitrov Hitrov and Maksimenko Maximenko, and what differs is only how the letters of another
alphabet were written. Words of Mandarin syllables have spellings of their own, and are left alone
by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from detente.parties.names.remembered import remembered

SHORTEST = 4
"""Letters of the shortest word that is read by its sound: of a shorter one each letter tells."""

_LETTERS = str.maketrans({"w": "v", "y": "i", "j": "i", "q": "k", "x": "ks"})
_TOGETHER = (
    ("shch", "sh"), ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("dzh", "j"), ("kh", "h"),
    ("dj", "j"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "k"), ("ck", "k"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"),
)  # fmt: skip
"""Letters that are written for one sound, and what is written here."""

_WRITTEN_OTHERWISE = re.compile(r"[chjqwxy]|o[ou]|ie|(.)\1").search
"""Whether a word may be written otherwise than it is here; most are not."""

_OFF = re.compile(r"(?<=[a-z]{2}[oe])ff$")
"""The Russian ending ``-ov`` as it was written of old, and in French: Popoff."""
_YO = re.compile(r"(?<=[bdfgklmnprstvz])yo")
_YEV = re.compile(r"ee(?=v(?:ich|na|a)$)")
"""Of a Russian family name, or a father's name, two vowels and no long one: Alekseeva."""
_SLAVIC_C = re.compile(r"c(?=(?:ov|ev|[iy]n)a?$)")
_HARD_C = re.compile(r"c(?![heiy])")
_SOFT_C = re.compile(r"^c(?=[eiy])")
"""The first letter as Slavic languages say it, as it is written from Russian: Ciklon, Tsiklon."""
_YU = re.compile(r"(?<=[bdfgklmnprstvz])iu")
"""The Russian ``ю`` behind a consonant, which others write as a plain vowel: Salyut is Salut."""
_DOUBLE = re.compile(r"(.)\1+")
_SOFT_END = re.compile(r"ce$")
"""The end of a word that other languages write as it sounds: Alyans, Servis."""
_NISBA = re.compile(r"i(?:y+)?[ae]h?$")
"""The ending of an Arabic word that is written in many ways: Hamieh is Hamiyah."""
_MUTE = re.compile(r"[ae]h$")
"""The ending of a word that Arabic and Persian write with one letter: Salameh is Salama."""


_MUTE_END = re.compile(r"(?<=[^aeiouy])[ae]h$")

_HEARD = (
    ("ch", "sh"), ("zh", "i"), ("ei", "ai"), ("aa", "a"), ("e", "i"), ("o", "u"), ("ii", "i"),
    ("uu", "u"),
)  # fmt: skip
"""Letters that are heard as one in a person's name, and what is written here."""


_BEGINS_LIKE = {
    letter: letters[0]
    for letters in ("cksxqthg", "eijyd", "fp", "vw", "ou", *"ablmnrz")
    for letter in letters
}
"""For each letter the first of those with which a word of the same sound may begin."""


def may_sound_alike(one: str, other: str) -> bool:
    """Whether two words can have one sound, by the letters that they begin with alone."""
    return _BEGINS_LIKE.get(one[:1]) == _BEGINS_LIKE.get(other[:1])


@lru_cache(maxsize=8)
def sounds_beside(syllables: frozenset[str]) -> Callable[[str], str]:
    """What says how a word sounds; one that is made of some syllables sounds as it is written.

    Of these each letter tells; a word that is not made of them, or writes a vowel twice as none of
    them does, may still be one in another spelling, as Ameeri is Amiri.
    """
    return remembered(partial(_beside, syllables, sound_of))


@lru_cache(maxsize=8)
def heard_beside(syllables: frozenset[str]) -> Callable[[str], str]:
    """What says what is heard of a word of a person's name; see `sounds_beside`."""
    return remembered(partial(_beside, syllables, heard_of))


def _beside(syllables: frozenset[str], said: Callable[[str], str], word: str) -> str:
    """A word that is made of syllables as it is written; of another what is said of it."""
    mandarin = len(word) >= SHORTEST and "ee" not in word and "oo" not in word
    return word if mandarin and counts_of(syllables)(word) else said(word)


def sound_of(word: str) -> str:
    """A word with the letters of one sound written one way; "" for one that is short or not Latin.

    The Arabic ``q`` is written ``gh`` in Persian. The Russian ``ё`` is ``e``, as it is printed;
    ``ye`` and ``iy`` are ``e`` and ``i``.
    """
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return ""
    if not _WRITTEN_OTHERWISE(word):
        return word
    if word[-1] in "aeh" and "i" in word[-5:]:
        word = _NISBA.sub("ia", word)
    if "eev" in word:
        word = _YEV.sub("eye", word)
    if "h" in word or "o" in word or "c" in word or "ee" in word or "ff" in word:
        for letters, written in _TOGETHER:
            if letters in word:
                word = word.replace(letters, written)
        if "yo" in word:
            word = _YO.sub("e", word)
        if "c" in word:
            word = _HARD_C.sub("k", _SLAVIC_C.sub("ts", _SOFT_END.sub("s", word)))
            word = _SOFT_C.sub("ts", word)
        if word.endswith("ff"):
            word = _OFF.sub("v", word)
    word = _DOUBLE.sub(r"\1", word.translate(_LETTERS))
    if "iu" in word:
        word = _YU.sub("u", word)
    if "ie" in word:
        word = _DOUBLE.sub(r"\1", word.replace("ie", "e"))
    return _MUTE.sub("a", word) if word[-1] == "h" else word


@remembered
def heard_of(word: str) -> str:
    """A word by its sound, with the vowels that are heard as one written one way.

    Arabic and Persian write no short vowels, so that each clerk writes those that he hears: *Basim*
    and *Bassem*, *Mohsen* and *Muhsin*. A family name of the Balkans ends in what other languages
    write `ch`; the last letter of many Arabic and Persian ones is mute.
    """
    whole = word
    if word[-1] == "h":
        whole = _MUTE_END.sub("a", word)
    elif word[-1] == "c":
        whole = f"{word}h"
    found = sound_of(whole) or whole
    for vowels, written in _HEARD:
        if vowels in found:
            found = found.replace(vowels, written)
    return found


def spelled_in_pinyin(words: Iterable[str], is_spelled: Callable[[str], int]) -> int:
    """How many Mandarin syllables words are made of; 0 where one is made of something else."""
    count = 0
    for word in words:
        each = is_spelled(word)
        if not each:
            return 0
        count += each
    return count


@lru_cache(maxsize=8)
def counts_of(syllables: frozenset[str]) -> Callable[[str], int]:
    """What says how many of some syllables a word is made of; see `syllables_in`."""
    return remembered(partial(syllables_in, syllables=syllables))


def syllables_in(word: str, syllables: frozenset[str]) -> int:
    """How many syllables a word is made of, as few as may be; 0 where it is not."""
    begun, ends = _edges(syllables)
    # Most words of other languages begin or end as no syllable does.
    if not word or word[-1] not in ends or word[0] not in begun:
        return 0
    size = len(word)
    fewest = [0] * (size + 1)
    reached = 0
    for begin in range(size):
        count = fewest[begin] + 1
        # Zero is no way to write what stands before, except at the beginning of the word.
        if begin and count == 1:
            continue
        end = begin + 1
        while end <= size and (piece := word[begin:end]) in begun:
            if piece in syllables:
                if not fewest[end] or count < fewest[end]:
                    fewest[end] = count
                if end > reached:
                    reached = end
            end += 1
        if reached <= begin:
            return 0  # nothing goes on from what is spelled
    return fewest[size]


@lru_cache(maxsize=8)
def _edges(syllables: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """What syllables begin with, up to all of their letters, and the letters that they end with."""
    written = syllables - {""}
    begun = {each[:size] for each in written for size in range(1, len(each) + 1)}
    return frozenset(begun), frozenset(each[-1] for each in written)
