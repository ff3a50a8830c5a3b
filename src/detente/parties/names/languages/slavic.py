"""Russian and Ukrainian names as other languages write them: Lawrow, Choïgou and Szojgu.

Lists print such names as English writes them. A letter of another language may stand for one of
two sounds (the German ``sch``), and then the name is read in both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from detente._shapes import NamedTuple
from detente.parties.names.kinds import PLACE
from detente.parties.names.patterns import late_pattern


class Spelling(NamedTuple):
    """How a language writes such names.

    Attributes:
        language: its name.
        mark: found in a name that it may have written.
        letters: what the language writes otherwise than English does, the longest first.
        written: the same, with what English writes.
        placed: what is written otherwise only where it stands, and what English writes there, in
            capitals: of these nothing is read again.
    """

    language: str
    mark: re.Pattern[str]
    letters: re.Pattern[str]
    written: Mapping[str, str]
    placed: tuple[re.Pattern[str], str] | None


def _spelling(
    language: str,
    mark: str,
    written: Mapping[str, str],
    placed: tuple[re.Pattern[str], str] | None = None,
) -> Spelling:
    letters = "|".join(sorted(written, key=len, reverse=True))
    return Spelling(language, late_pattern(mark), late_pattern(letters), written, placed)


_GERMAN = {
    "schtsch": "shch", "dsch": "dzh", "tsch": "ch", "sch": "sh", "ch": "kh", "j": "y", "w": "v",
    "z": "ts", "ss": "s",
}  # fmt: skip
_FRENCH = {
    "chtch": "shch", "tch": "ch", "dj": "dzh", "ch": "sh", "j": "zh", "ou": "u", "gue": "ge",
    "gui": "gi", "ia": "ya", "iou": "yu", "ï": "y", "ss": "s",
}  # fmt: skip
_POLISH = {
    "szcz": "shch", "cz": "ch", "sz": "sh", "ch": "kh", "c": "ts", "w": "v", "ie": "e", "io": "yo",
    "ia": "ya", "iu": "yu", "j": "y", "ł": "l", "ż": "zh",
}  # fmt: skip
_CZECH = {"š": "sh", "č": "ch", "ž": "zh", "ch": "kh", "j": "y", "c": "ts"}
_SOFT_S = late_pattern(r"\bs(?=[aeijou])"), "Z"
_MUTE_E = late_pattern(r"(?<=\w\win)e\b"), ""

SPELLINGS = (
    _spelling("German", "w|j|sch", _GERMAN),
    _spelling("German", "sch", {**_GERMAN, "sch": "zh"}),
    _spelling("German", r"\bs[aeijou]\w*w", _GERMAN, _SOFT_S),
    _spelling("German", r"^(?!.*(?:kh|zh|sh|sch|tch|ya|yu|ye|ts)).*ch", {"ch": "kh"}),
    _spelling("German", r"^(?!.*(?:kh|zh|v|sh(?!$)|ya|yu|ye|ts)).*\bz[aeiou]", {"z": "ts"}),
    _spelling("French", r"ou|tch|dj|j(?=[aeiou])|ï|ine\b", _FRENCH, _MUTE_E),
    _spelling("Polish", "w|cz|sz|ż", _POLISH),
    _spelling("Czech", "j|[šžč]|c(?!h)", _CZECH),
    _spelling("Czech", "c(?!h)", {**_CZECH, "c": "ch"}),
)
"""Czech is written as Slovak, Slovene and Croatian are, as far as these names go."""

_LAST = frozenset(
    (
        "ow", "ew", "iw", "wa", "wy", "cz", "ch", "ne", "ej", "ij", "aj", "eï", "iï", "aï", "ov",
        "ev", "va", "in", "na", "ki", "ky", "yj", "ja", "ia", "uk", "ko", "an",
    )
)  # fmt: skip
"""What a word ends with that ends as such a name does; most words do not."""

_ENDS_OTHERWISE = late_pattern(r"(?:[oei]w[ay]?|owicz|owitsch|\wine|\w(?:e|i|la)[jï])$")
_ENDS_SO = late_pattern(
    "(?:[oe]va?|in[ae]?|[sctz]k(?:i|y|ij|yj|aja|aia)|n(?:ij|yj|aja)|[szc]ija|[cčhijyz]uk|enko|[ijy]an)$"
)
_ADJECTIVE = late_pattern(r"(?:[nkw][iy]j|aja|[oy]je|[szc]ija)$")
_HAS_MARK = late_pattern(r"[jwšžčïłż]|sch|cz|sz|tch|ou|c(?!h)|\bz[aeiou]|(?<!s)ch(?!$)")
_WORDS = late_pattern(r"\w+")

ENDINGS = tuple(
    "sk" + ending
    for ending in ("y", "i", "iy", "ii", "ij", "yi", "yy", "yj", "oy", "oi", "oj", "aya", "aia",
                   "aja", "oe", "oye", "oje")
)  # fmt: skip
"""Endings of Slavic adjectives, each of which is written in several ways in Latin letters."""


def is_sign(word: str) -> bool:
    """Whether a word ends as such a name does, and is not written as English does."""
    if word[-2:] not in _LAST:
        return False
    return bool(_ENDS_OTHERWISE.search(word) or (_ENDS_SO.search(word) and _HAS_MARK.search(word)))


def of_town(word: str, words: Mapping[str, tuple[str, str]]) -> str:
    """The town of which a word is the Russian adjective (`Angarskaya`), as read; or ""."""
    if not word.endswith(ENDINGS):
        return ""
    kind, town = words.get(f"{word[: word.rindex('sk')]}sk", ("", ""))
    return town if kind == PLACE else ""


def is_of_firm(word: str) -> bool:
    """Whether a word ends as what a firm does, or what it is, is written in such a language."""
    return bool(_ADJECTIVE.search(word))


def as_english(name: str) -> Iterator[tuple[str, str]]:
    """A name as English may write it, each with the language that it was read in.

    Args:
        name: a name of a person or a firm, in Latin letters of any language.
    """
    name = name.lower()
    if not any(map(is_sign, _WORDS.findall(name))):
        return
    found = {name}
    for each in SPELLINGS:
        if each.mark.search(name):
            read = _read_as(name, each)
            if read not in found:
                found.add(read)
                yield read, each.language


def _read_as(name: str, spelling: Spelling) -> str:
    """A name in small letters as English writes it."""
    _, _, letters, written, placed = spelling
    if placed is not None:
        name = placed[0].sub(placed[1], name)
    return letters.sub(lambda each: written[each[0]], name).lower()
