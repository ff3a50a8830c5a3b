"""Words as a scanner reads them: `MrnZ` for MMZ, `AP5` for APS, `Ahrned` for Ahmed.

A longer word is known though a letter of it is wrong; a short one must be the same, and two letters
for one are two edits, so these are also asked as they may stand on the paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.parties.names.names import SCANNED

LONGEST = 5
"""Letters of the longest word in which a digit is asked as a letter."""

RUN_TOGETHER = re.compile(r"(?<![aeiouy])rn")
"""Two letters that are an m where no vowel stands before them: no word has them so."""

DIGIT_OUTSIDE = re.compile(r"(?P<first>\d)[a-z]{2,}|(?:[a-z]{2,}|c(?=0))(?P<last>\d)").fullmatch
"""A digit before letters, or behind them; of a single letter that of a company (`C0., LTD`)."""

CAPITALS = (
    (re.compile(r"(?<=[A-Z])l(?=[A-Z])|(?<![A-Za-z])l(?=[A-Z]{2})"), "I"),
    (re.compile(r"(?<=[A-Z])rn(?=[A-Z])"), "M"),
)
"""Small letters among capitals, and the capital that they are."""


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


def all_on_paper(stated: Sequence[str]) -> list[str]:
    """The words of a name, each as it may stand on the paper; none where all stand as they are."""
    found = [on_paper(word) or word for word in stated]
    return found if found != list(stated) and all(map(str.isascii, stated)) else []
