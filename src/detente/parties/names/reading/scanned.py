"""Words as a scanner reads them: `MrnZ` for MMZ, `AP5` for APS, `Ahrned` for Ahmed.

So are those that a page has, with the signs of its language (`AT&amp;T`), and those with letters of
two alphabets that look alike.

A longer word is known though a letter of it is wrong; a short one must be the same, and two letters
for one are two edits, so these are also asked as they may stand on the paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.parties.names.names import SCANNED
from detente.parties.names.patterns import late_pattern

LONGEST = 8
"""Letters of the longest word in which a digit is asked as a letter."""

RUN_TOGETHER = re.compile(r"(?<![aeiouy])rn")
"""Two letters that are an m where no vowel stands before them: no word has them so."""

ONE_LETTER = (("rn", "m"), ("vv", "w"))
"""Two letters that are one where a list has the word with that one alone."""

STROKE_FIRST = re.compile(r"l(?=[mnrst][a-z]{3})").match
"""An l with which no longer word begins: a capital I."""

TWICE = re.compile(r"([a-df-np-z])\1").search
"""A letter that stands twice, but for two with which a long vowel is written (Lee, Soo)."""

LETTERS_TWICE = re.compile(r"([a-z])\1+")
"""Letters that stand several times."""

DIGIT_OUTSIDE = re.compile(r"(?P<first>\d)[a-z]{2,}|(?:[a-z]{2,}|c(?=0))(?P<last>\d)").fullmatch
"""A digit before letters, or behind them; of a single letter that of a company (`C0., LTD`)."""

CAPITALS = (
    (re.compile(r"(?<=[A-Z])l(?=[A-Z])|(?<![A-Za-z])l(?=[A-Z]{2})"), "I"),
    (re.compile(r"(?<=[A-Z])rn(?=[A-Z])"), "M"),
)
"""Small letters among capitals, and the capital that they are."""


_LATIN = "ABEKMHOPCTYXaeopcyxIiJjSsABEZHIKMNOPTYXovuiapk"
_OTHERS = "АВЕКМНОРСТУХаеорсухІіЈјЅѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυιαρκ"
LIKE_LATIN, LIKE_CYRILLIC = (
    dict(zip(_OTHERS, _LATIN, strict=True)),
    dict(zip(_LATIN[:26], _OTHERS[:26], strict=True)),
)
"""Letters of the Cyrillic and Greek alphabets with the Latin one that each looks like, and Latin
ones with the Cyrillic one."""

OF_TWO_ALPHABETS = late_pattern(r"\w*(?:[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z])\w*")
"""A word in which a letter of one alphabet stands beside one of another."""

ENTITY = late_pattern(r"&(?:#\d{2,5}|#x[\da-f]{2,4}|[a-z]{2,8});", re.IGNORECASE)
"""How the language of pages writes a sign."""

SITE = late_pattern(
    r"\W*(?:https?://)?(?:www\.)?(?:[a-z]{1,3}\.)?([a-z\d-]{4,})"
    r"\.(?:com|net|org|biz|info|[a-z]{2})(?:\.[a-z]{2})?(?:/\S*)?\W*",
    re.IGNORECASE,
)
"""An address in the net that is all that a text says."""


SIGNS_OF_ARABIC = str.maketrans("،؛", ",;")
"""The comma and the semicolon of Arabic script, and what names are parted by."""


DOT_WITHIN = re.compile(r"(?<=[^\W\d_]{2})\.(?=([^\W\d_])[^\W\d_])")
"""A dot between two words: of forms the second has a capital (`TIC.LTD.STI.`)."""

HAS_FORMS = re.compile(r"\w\.\w\S*\.|\w\.[^\W\d_]{4,}").search
"""Whether a word has two dots, or four letters behind one: else it may be of an address in the
net."""

WORD = re.compile(r"\S+")
"""What stands between blanks."""

OF_NET = re.compile(r"@|www\.|\.(?:com|net|org)\b", re.IGNORECASE)
"""What says that the dots of a text are those of an address in the net."""


def as_meant(text: str) -> str:
    """A text with the signs of pages as they are shown, and each word in one alphabet.

    A word whose letters may all be of one alphabet is in that one: `Нuawei` is Latin, `KAMАЗ` is
    not.
    """
    if "_" in text:
        text = text.replace("_", " ")
    if "&" in text and ENTITY.search(text):
        from html import unescape

        text = unescape(text)
    if "." in text and not OF_NET.search(text):
        text = WORD.sub(_forms_apart, text)
    if text.isascii():
        return text
    return OF_TWO_ALPHABETS.sub(_in_one_alphabet, text.translate(SIGNS_OF_ARABIC))


def _forms_apart(match: re.Match[str]) -> str:
    word = match[0]
    return DOT_WITHIN.sub(_dot_apart, word) if "." in word and HAS_FORMS(word) else word


def _dot_apart(match: re.Match[str]) -> str:
    return ". " if match[1].isupper() else "."


def _in_one_alphabet(match: re.Match[str]) -> str:
    word = match[0]
    latin = [letter for letter in word if letter.isascii() and letter.isalpha()]
    others = [letter for letter in word if not letter.isascii()]
    sure = [letter for letter in latin if letter not in LIKE_CYRILLIC]
    sure_others = [letter for letter in others if letter not in LIKE_LATIN]
    if sure_others or (not sure and len(others) > len(latin)):
        alike = {} if sure else LIKE_CYRILLIC
    else:
        alike = LIKE_LATIN
    return "".join(alike.get(letter, letter) for letter in word)


def site_name(text: str) -> str:
    """The name in an address in the net that is all that a text says; "" for another text."""
    found = SITE.fullmatch(text)
    return found[1] if found else ""


def capitals_on_paper(text: str) -> str:
    """A text with small letters among capitals as they may stand on the paper; "" for none."""
    found = text
    for letters, capital in CAPITALS:
        found = letters.sub(capital, found)
    return found if found != text else ""


def on_paper(word: str) -> str:
    """What a word in small letters may be that was read wrongly; "" where there is none."""
    if not word.isascii():
        return ""
    if word.isalpha():
        if STROKE_FIRST(word):
            return "i" + word[1:]
        if "rn" not in word:
            return ""
        found = RUN_TOGETHER.sub("m", word, count=1)
        return found if found != word and len(word) > 2 else ""
    if len(word) > LONGEST:
        return ""
    match = DIGIT_OUTSIDE(word)
    if not match:
        return ""
    digit = match["first"] or match["last"]
    letter = SCANNED.get(digit)
    return word.replace(digit, letter) if letter else ""


def has_letters_of_one(text: str) -> bool:
    """Whether a text has two letters that look like one."""
    return "rn" in text or "RN" in text or "vv" in text or "VV" in text


def with_letter(word: str) -> str:
    """A word with one letter for two that look like it; "" for one without such letters."""
    for letters, read in ONE_LETTER:
        if letters in word:
            return word.replace(letters, read, 1)
    return ""


def letters_once(word: str) -> str:
    """A word with each letter once where it stands several times: a key that was held too long."""
    return LETTERS_TWICE.sub(r"\1", word)


def all_on_paper(stated: Sequence[str]) -> list[str]:
    """The words of a name, each as it may stand on the paper; none where all stand as they are."""
    found = [on_paper(word) or word for word in stated]
    return found if found != list(stated) and all(map(str.isascii, stated)) else []
