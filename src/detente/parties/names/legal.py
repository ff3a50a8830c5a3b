"""Legal forms as they are typed: written together with the name, cut off, misspelled in a word.

A field of 35 letters cuts `Joint Stock Company` off, and `SiemensAG` has lost its blank. What is
mended here is asked beside the name as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate

from detente.parties.names import spelling
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, PLACE
from detente.parties.names.names import NameTables, NameWord
from detente.parties.names.patterns import late_pattern
from detente.parties.names.remembered import remembered

MAY_BE_JOINED = re.compile("[a-z][A-Z]").search
"""What a name must have in which words are written together."""

JOINED = re.compile(r"(?<=[a-z]{2})(?=[A-Z][A-Za-z]{1,4}\b)")
"""Where a short word with a capital is written together with the word before."""

TWO_WORDS = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z])")
"""Where a single word may be two that are written together."""

HYPHEN = re.compile(r"(?<=[A-Za-z]{2})-([A-Za-z]{2,3})(?=\s+[A-Za-z])")
"""A hyphen within a name, and a short word behind it."""

BEHIND_LETTER = re.compile(r"(?<=(?<![\w-])[A-Za-z])-(?=[A-Za-z]{3,}(?![\w-]))")
"""A hyphen behind a single letter, before a word."""

IN_SYLLABLES = re.compile(
    r"(?<![\w-])([A-Z][a-z]+)-([A-Za-z][a-z]+)(?![\w-])(?=\s+[A-Za-z])"
    r"|(?<=\w[\s,])\s?([A-Z][a-z]+)-([A-Za-z][a-z]+)\s*$"
)
"""Two words with a hyphen between them, before more or behind it."""

FEWEST_WITH_UNKNOWN = 3
"""Words of the longest name with its form behind which what nobody knows is no place."""

FEWEST_OF_PHRASE = 2
"""Words of a legal form of several that a name has before it is looked for."""

ACRONYM_BEFORE = re.compile(
    r"([A-Z](?:[A-Z]|[&.-](?=[A-Z])){1,7})"
    r"(?:(?:\s[A-Z][A-Za-z]{1,9})(?:,|\s[–-])\s*|[\s:,(/–-]+)(?=[^\W\d_])"
).match
"""Capitals with which a name begins, that may be the acronym of what follows, alone or with the
body or the town that it belongs to (`JIHT RAS, Joint Institute`)."""

CAPITALS, BESIDE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", " \t\n:,(/–-"
"""Letters of an acronym, and what stands between it and a name before it or behind it."""

CAPITALS_WITHIN = re.compile("[A-Z][a-z]+[A-Z]{2}|[A-Z]{3}[a-z]+$").match
"""What a word must have that is put together of syllables and an acronym (GosNIIMash)."""

LONGEST_ACRONYM = 8
"""Letters of the longest acronym that is looked for."""

WORDS = re.compile(r"[^\W\d_]+").findall

FEWEST_OF_INITIALS, MOST_OF_INITIALS = 3, 5
"""Letters of an acronym that is told by the words behind it; of two letters there are countries."""

EZAFE = late_pattern(r"-(?:y?[ei]|ye)\s", re.IGNORECASE)
"""What joins a word to the next in Persian, as it is written in Latin letters (`Fulad-e Yazd`)."""

SHORTEST_CONTRACTED = 9
"""Letters of the shortest word that such letters may be a part of."""

COUNTRY_CODE = 2
"""Letters of the code of a country."""

FEWEST_OF_ACRONYM, MOST_OF_ACRONYM = 4, 6
"""Letters of an acronym that tells a body by itself."""

LETTERS_APART = re.compile(r"(?<![A-Za-z/])([A-Z])/([A-Z])(?![A-Za-z/])")
"""Two capitals with a stroke between them."""

LONGEST_HALF = 4
"""Letters of the longest word that is looked for as half of a brand."""

HARDLY_JOINED = 5
"""Words of the longest name that is taken apart at its capitals."""


def taken_apart(text: str, tables: NameTables) -> str:
    """A name with its legal form, or a single word, taken apart where words are joined; else ""."""
    if not MAY_BE_JOINED(text):
        return ""
    if text.isalpha() and (found := apart_at_capitals(text)):
        return found
    words = tables.words
    for match in JOINED.finditer(text):
        form = re.match(r"\w+", text[match.end() :])
        known = words.get(form[0].lower()) if form else None
        if known and known[0] == LEGAL:
            return f"{text[: match.start()]} {text[match.end() :]}"
    return ""


def hyphen_closed(text: str, tables: NameTables) -> str:
    """A name without a hyphen in a brand; "" for another.

    It stands before what looks like a legal form (Tex-Co Logistics), between syllables of Mandarin
    or Korean (Xiang-Yang Machinery, Bae Won-uk), or behind a single letter (E-Chips).
    """
    if "-" not in text:
        return ""
    for match in HYPHEN.finditer(text):
        if tables.words.get(match[1].lower(), ("",))[0] == LEGAL:
            return text[: match.start()] + text[match.start() + 1 :]
    closed = IN_SYLLABLES.sub(partial(_syllables_closed, tables), text)
    closed = BEHIND_LETTER.sub("", closed)
    return closed if closed != text else ""


def _syllables_closed(tables: NameTables, match: re.Match[str]) -> str:
    """Two syllables of Mandarin or Korean without the hyphen between them; others as they are."""
    both = [each.lower() for each in match.groups() if each]
    told = tables.syllables.issuperset(both) or all(map(tables.korean.is_syllable, both))
    return match[0].replace("-", "") if told else match[0]


def apart_at_capitals(word: str) -> str:
    """A single word that is two or three written together (FriedrichBuchenberg) taken apart."""
    found = TWO_WORDS.sub(" ", word)
    return found if 1 < len(found.split()) <= HARDLY_JOINED else ""


def place_left_out(words: Sequence[NameWord]) -> tuple[NameWord, ...]:
    """A name without the place behind its legal form (Spars Ltd Tbilisi); () for another name.

    A word there that nobody knows is a place, too, or the code of a country (Spars Ltd GE), where
    more than one word stands before the form.
    """
    end = len(words)
    while end > 1 and words[end - 1].kind == PLACE:
        end -= 1
    kind, text = words[end - 1]
    if kind == BRAND and (len(text) == COUNTRY_CODE or end > FEWEST_WITH_UNKNOWN):
        end -= 1
    return tuple(words[:end]) if 1 < end < len(words) and words[end - 1].kind == LEGAL else ()


def acronym_alone(text: str, words: Sequence[NameWord]) -> tuple[NameWord, ...]:
    """The acronym of a body before the places where it is (GPOC Juba); () for another name."""
    first, *rest = text.replace(",", " ").split()
    # Among capitals a word of a few letters is no acronym, but for one before a country's code.
    capitals = text.isupper() and [len(each) for each in rest] != [COUNTRY_CODE]
    if not (first.isascii() and first.isalpha()) or capitals or words[0].kind != BRAND:
        return ()
    short = first.isupper() and FEWEST_OF_ACRONYM <= len(first) <= MOST_OF_ACRONYM
    if not short and not CAPITALS_WITHIN(first):
        return ()
    return tuple(words[:1]) if all(kind == PLACE for kind, _ in words[1:]) else ()


def acronyms_beside(text: str) -> Iterator[tuple[str, str]]:
    """The letters before or behind a name that may be its acronym, each with the rest.

    The acronym of a name in capitals is told by nothing but its letters.
    """
    capitals = text.isupper()
    if text[1:2].isupper():
        first, _, rest = text.partition(" ")
        # Only its letters tell an acronym of a name in capitals from a word, and one before a comma
        # from a family name (`GUZMAN, Ivan`); most names go on with another letter.
        bare = first.removesuffix(",")
        untold = (capitals or bare != first) and bare.isalpha()
        told = not untold or rest.lstrip(BESIDE)[:1].upper() == text[0]
        if told and (match := ACRONYM_BEFORE(text)):
            yield "".join(filter(str.isalpha, match[1])), text[match.end() :]
    if text[-2:].isupper():
        before = text.rstrip(CAPITALS)
        size = len(text) - len(before)
        if 1 < size <= LONGEST_ACRONYM and not (
            capitals and text[0].isalpha() and text[0] != text[-size]
        ):
            name = before.rstrip(BESIDE)
            if len(name) < len(before) and name[-1:].isalpha():
                yield text[-size:], name


def are_initials(letters: str, text: str) -> bool:
    """Whether letters, in capitals, begin words of a text in this order, the first the first."""
    if not FEWEST_OF_INITIALS <= len(letters) <= MOST_OF_INITIALS:
        return False
    if text[:1].isalpha() and text[0].upper() != letters[0]:
        return False  # as most do not
    initials = "".join(word[0] for word in WORDS(text)).upper()
    if initials[:1] != letters[0]:
        return False
    left = iter(initials)
    return all(letter in left for letter in letters)


def is_contraction(letters: str, text: str) -> bool:
    """Whether letters, in capitals, are those of the first word of a text, the first of it first.

    The word is long: STG is Stroytransgaz.
    """
    word = WORDS(text)[0].upper() if text[:1].isalpha() else ""
    if word[:1] != letters[:1] or not FEWEST_OF_INITIALS <= len(letters) <= MOST_OF_INITIALS:
        return False
    left = iter(word)
    return len(word) >= SHORTEST_CONTRACTED and all(letter in left for letter in letters)


def may_be_half(word: str, read: NameWord) -> bool:
    """Whether a short word that is written otherwise here may be half of a brand."""
    return (
        len(word) <= LONGEST_HALF
        and read.kind in (INDUSTRY, PLACE)
        and read.text != word
        and word.isascii()
    )


def stroke_as_and(text: str) -> str:
    """A name with a stroke between two letters as `and` (`I/E`, import and export); else ""."""
    found = LETTERS_APART.sub(r"\1&\2", text)
    return found if found != text else ""


def halves_joined(stated: Sequence[str], words: Sequence[NameWord]) -> tuple[NameWord, ...]:
    """A name of two words as one brand (Astro Fizika), with its legal form; () for a longer one.

    Args:
        stated: the words as written, in small letters.
        words: the same as they are read.
    """
    if len(stated) != len(words) or not any(map(may_be_half, stated, words)):
        return ()
    halves = [at for at, part in enumerate(words) if part.kind not in (LEGAL, FILLER)]
    if len(halves) != 2 or halves[1] != halves[0] + 1:
        return ()
    first, second = halves
    brand = NameWord(BRAND, stated[first] + stated[second])
    return (*words[:first], brand, *words[second + 1 :])


def mended_form(stated: Sequence[str], words: Sequence[NameWord], tables: NameTables) -> list[str]:
    """The words of a name whose phrase of a legal form is cut off, misspelled or joined, mended.

    Args:
        stated: the words as written, in small letters.
        words: the same as they are read.
        tables: what names are read with.

    Returns:
        The words with the whole phrase; none where there is nothing to mend.
    """
    forms = tables.phrase_forms
    for kind, text in words:
        if kind == LEGAL and text in forms:
            return []
    near = frozenset().union(*map(tables.phrases.near, stated))
    if not near:
        return []
    own = frozenset(stated)
    known = [_as_known(word, tables) for word in stated]
    ends = list(accumulate(map(len, known), initial=0))
    for phrase in sorted(near, key=_longest_first):
        if len(own.intersection(phrase)) >= FEWEST_OF_PHRASE:
            for length in range(len(phrase), 1, -1):
                at = len(stated) - length
                if at > 0 and _cut_off(stated[at:], phrase[:length], length < len(phrase)):
                    return [*stated[:at], *phrase]
        if found := _misspelled(stated, known, ends, phrase):
            first, last = found
            return [*stated[:first], *phrase, *stated[last:]]
    return []


@remembered
def _longest_first(phrase: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """What phrases are ordered by."""
    return -len(" ".join(phrase)), phrase


def _as_known(word: str, tables: NameTables) -> str:
    """A word as it is written here where it is a legal form (Comp), else as it stands."""
    kind, text = tables.words.get(word, (BRAND, word))
    return text if kind == LEGAL else word


def _cut_off(stated: Sequence[str], phrase: Sequence[str], within: bool) -> bool:
    """Whether words are the beginning of a legal form; `within` where a whole word may be last."""
    *first, last = stated
    return list(phrase[:-1]) == first and (
        phrase[-1].startswith(last) and (within or len(last) < len(phrase[-1]))
    )


def _misspelled(
    stated: Sequence[str], known: Sequence[str], ends: Sequence[int], phrase: tuple[str, ...]
) -> tuple[int, int] | None:
    """Where the words of a phrase stand misspelled by an edit, joined, split or turned round.

    Args:
        stated: the words of the name as written.
        known: the same, with short legal forms in full.
        ends: zero, and the letters up to the end of each of these.
        phrase: the words of the phrase.
    """
    letters, size = "".join(phrase), len(phrase)
    least, most = len(letters) - 1, len(letters) + 1
    for count in (size, size - 1, size + 1):
        for at in range(len(stated) - count + 1):
            # Most words are of another length, so they are not written together.
            if not least <= ends[at + count] - ends[at] <= most:
                continue
            some = known[at : at + count]
            if some == [*reversed(phrase)] or spelling.edits("".join(some), letters) <= 1:
                whole = tuple(stated[at : at + count]) == phrase
                return None if whole else (at, at + count)
    return None
