"""Japanese names in Latin letters, of which there are several systems, and in kana.

What is compared is Hepburn without long vowels: Tuda Yuuzou and Tsuda Yūzō are Tsuda Yuzo.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

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
