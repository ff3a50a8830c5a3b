"""Japanese names in Latin letters, of which there are several systems, and in kana.

What is compared is Hepburn without long vowels: Tuda Yuuzou and Tsuda Yūzō are Tsuda Yuzo.

Foreign names in katakana write what is heard. Many sounds are one there: l and r, b and v, s and
th, and a consonant that no vowel follows is written with one (ロステク is Rostec). So nothing is
guessed: as names in Arabic letters are, they are read as the listed names whose words they may be;
see `unvoweled`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice, product

from detente.parties.names.patterns import late_pattern
from detente.parties.names.remembered import remembered

_MORA = re.compile(
    r"(?P<double>([kstpgdbz])(?=\2)|[ct](?=ch))?"
    r"(?P<begin>[kgnhbpmr]y|sh|sy|ch|cy|ty|jy|zy|dy|ts|dz|[kgsztdnhbpmrfjwy])?"
    r"(?P<vowel>[aiueo])(?P<long>[aiueo]*)"
    r"|(?P<n>[nm])(?=[^aiueoy]|$)"
    r"|(?P<h>(?<=o)h)(?=[^aiueoy]|$)"
)
"""One mora with the vowels behind it; an n that ends a syllable; an h that only makes an o long."""

_has_other_letters = re.compile("[lqvx]|c(?![chy])|[^aiueonmh]$").search
"""Whether a word has a letter that none of these has, as most words do, or ends otherwise."""

_SYLLABLES = {
    "si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu",
    "dzu": "zu", "wo": "o", "ye": "e",
}  # fmt: skip
_BEGINS = {"sy": "sh", "ty": "ch", "cy": "ch", "zy": "j", "jy": "j", "dy": "j"}
"""Syllables, and beginnings of such, of the systems of the state (Kunrei and Nihon), in Hepburn."""

_LONG = {"o": ("o", "u"), "u": ("u",)}
"""Vowels that make one before them long, which most lists leave out."""

_GLIDES = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ャ": "ya", "ュ": "yu", "ョ": "yo"}
_SMALL = {"ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ぁ": "a", "ぃ": "i", "ぅ": "u",
          "ぇ": "e", "ぉ": "o"}  # fmt: skip
_DOUBLES = frozenset("っッ")
_HISSING = ("sh", "ch", "j")

HAS_KANA = re.compile("[\u3041-\u30fe]").search
"""Whether a text has kana."""

HAS_KATAKANA = re.compile("[ァ-ヴー]{2}").search
"""Whether a text has a word in katakana."""


def hepburn(word: str) -> str:
    """A word in Hepburn without long vowels; "" for one that is not made of Japanese syllables."""
    return "" if _has_other_letters(word) else _hepburn(word)


@remembered
def _hepburn(word: str) -> str:
    found, at = "", 0
    while at < len(word):
        mora = _MORA.match(word, at)
        if not mora or mora.end() == at:
            return ""
        at = mora.end()
        if mora["n"]:
            found += "n"
        elif mora["vowel"]:
            found += _of_mora(bool(mora["double"]), mora["begin"] or "", mora["vowel"])
            before, rest = mora["vowel"], mora["long"]
            for place, vowel in enumerate(rest):
                # Inoue has three syllables behind its n, and no long one.
                another = vowel == "u" and before == "o" and place + 1 < len(rest)
                if another or vowel not in _LONG.get(before, ()):
                    found, before = found + vowel, vowel
    return found


def _of_mora(double: bool, begin: str, vowel: str) -> str:
    syllable = _SYLLABLES.get(begin + vowel) or _BEGINS.get(begin, begin) + vowel
    return _doubled(syllable) if double else syllable


def _doubled(syllable: str) -> str:
    return ("t" if syllable.startswith("ch") else syllable[0]) + syllable


def from_kana(text: str, latin: Mapping[int, str]) -> str:
    """A text with what several kana say together in Latin letters; single ones are left.

    Args:
        text: in any letters.
        latin: how each kana is written.
    """
    found: list[str] = []
    double = False
    for char in text:
        said = latin.get(ord(char), "")
        if char in _DOUBLES:
            double = True
            continue
        if char in _GLIDES and found and found[-1].endswith("i"):
            begin = found.pop()[:-1]
            found.append(begin + _GLIDES[char][begin.endswith(_HISSING) :])
            continue
        if char in _SMALL and found and found[-1][-1:] in ("u", "e", "i") and len(found[-1]) > 1:
            found.append(found.pop()[:-1] + _SMALL[char])
            continue
        if double and said[:1].isalpha() and said[0] not in "aiueon":
            said = _doubled(said)
        double = False
        found.append(said if said and HAS_KANA(char) else char)
    return "".join(found)


KATAKANA_RUNS = late_pattern("([ァ-ヴー]+)")

MOST_SKELETONS = 64
"""Skeletons that a word may have, as `unvoweled` has them."""

LONGEST_HEARD = 20
"""Signs of the longest word that is read so; a foreign name that is longer is written in parts."""

_NOTHING = re.compile(r"(?!)")

_HEARD_VOWELS = {
    "a": "(?:a{1,2}h?|e(?=r))", "i": "[iyej]{1,2}", "u": "[uowy]{1,2}",
    "e": "(?:ye|ai|ae|ie|a|e[iy]?)", "o": "(?:[oau]w?|oa|au)",
}  # fmt: skip
"""How a vowel of a syllable may be written."""

_CONSONANTS = {
    "k": ("K", "(?:ck|kh|ch|k|c|q)"), "g": ("K", "(?:gh|gu|g)"),
    "s": ("S T", "(?:th|s|c(?=[eiy]))"), "sh": ("S K", "(?:sch|sh|s|ch|c(?=[eiy]))"),
    "z": ("S T", "(?:zh|th|z|s)"), "j": ("K S T", "(?:dzh|dj|zh|j|g|z|d)"), "t": ("T", "(?:th|t)"),
    "ch": ("K T", "(?:tsch|tch|ch|t|c)"), "ts": ("TS S K", "(?:tz|ts|z|c|t)"),
    "d": ("T", "(?:dh|d)"), "n": ("N", "n"), "h": (". K", "(?:kh|ch|h|j)"),
    "f": ("F . K", "(?:kh|ph|f|h|v)"), "b": ("B .", "[bv]"), "p": ("B", "p"),
    "m": ("M", "m"), "y": (".", "[yij]"), "r": ("L R", "[lr]"), "w": (".", "[wvuo]"),
    "v": (". B", "[vwb]"), "": (".", ""), "N": ("N M", "(?:ng?|m(?=[bpm]))"),
}  # fmt: skip
"""Of each consonant the classes that it may be of in Latin letters ("." for none), and how it is
written there."""

_ROWS = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サ*スセソ", "z": "ザ*ズゼゾ",
    "t": "タ**テト", "d": "ダヂヅデド", "n": "ナニヌネノ", "h": "ハヒ*ヘホ", "b": "バビブベボ",
    "p": "パピプペポ", "m": "マミムメモ", "y": "ヤ*ユ*ヨ", "r": "ラリルレロ", "w": "ワ***ヲ",
    "sh": "*シ***", "j": "*ジ***", "ch": "*チ***", "ts": "**ツ**", "f": "**フ**", "v": "**ヴ**",
}  # fmt: skip
_MORAS = {
    char: (consonant, vowel)
    for consonant, row in _ROWS.items()
    for char, vowel in zip(row, "aiueo", strict=True)
    if char != "*"
}
_SMALL_KANA = {
    "ァ": "a",
    "ィ": "i",
    "ゥ": "u",
    "ェ": "e",
    "ォ": "o",
    "ャ": "a",
    "ュ": "u",
    "ョ": "o",
}
_SILENT = {
    **dict.fromkeys("クグスズツフブプムルヴ", "[uowy]{0,2}"), **dict.fromkeys("トド", "[oau]?"),
    **dict.fromkeys("シチジキギ", "[iyej]{0,2}"), "ウ": "[uowv]{0,2}",
}  # fmt: skip
"""Syllables that are written where the foreign word may have a consonant alone, with the vowel."""

_LONG_MARK = (". R", "(?:[aeiouhywr]{0,2})")
"""The mark of a long vowel, which English has as an r (ガートラー, Gertler)."""

_SMALL_TSU = (".", "[tckpdgszb]?")


def _moras(word: str) -> Iterator[tuple[str, str]]:
    """The syllables of a word: the classes of their consonants, and how they may be written."""
    at = 0
    if word.startswith("ウ") and word[1:2] not in _SMALL_KANA:
        yield ". B", "[vwuoy]{0,2}"
        at = 1
    while at < len(word):
        char, small = word[at], word[at + 1 : at + 2]
        at += 1
        if char == "ー":
            yield _LONG_MARK
        elif char == "ッ":
            yield _SMALL_TSU
        elif char == "ン":
            yield _CONSONANTS["N"]
        elif char in _SMALL_KANA:
            yield ".", _HEARD_VOWELS[_SMALL_KANA[char]]
        elif char == "ク" and small == "ス":
            at += 1
            yield "KS", "(?:[kck]{1,2}u?su?|x)"
        elif char in _MORAS:
            consonant, vowel = _MORAS[char]
            if small in _SMALL_KANA and small:
                at += 1
                glide = "[yij]?" if small in "ャュョ" else "[wvu]?" if not consonant else ""
                classes, written = _CONSONANTS[consonant]
                yield classes, written + glide + _HEARD_VOWELS[_SMALL_KANA[small]]
            else:
                classes, written = _CONSONANTS[consonant]
                yield classes, written + (_SILENT.get(char) or _HEARD_VOWELS[vowel])


@lru_cache(1 << 12)
def written_as(word: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """What a word in katakana may be written as: its skeletons, and a pattern of Latin words.

    A word that is longer than any name has neither: to try what it may be would take for ever.
    """
    if len(word) > LONGEST_HEARD:
        return frozenset(), _NOTHING
    found = list(_moras(word))
    several = product(*(classes.split(" ") for classes, _ in found))
    skeletons = {"".join(each).replace(".", "") for each in islice(several, 4 * MOST_SKELETONS)}
    pattern = re.compile("".join(written for _, written in found))
    return frozenset(sorted(skeletons - {""})[:MOST_SKELETONS]), pattern
