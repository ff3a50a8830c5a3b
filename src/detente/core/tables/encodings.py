"""The encoding of a text of which nobody said it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from detente.core.tables.reading import MARKS, WORKBOOKS
from detente.core.tables.writing import PARQUET

# UTF-8 must come first: gb18030 reads many texts of UTF-8 without complaint, as other letters.
GUESSED = ("utf-8", "gb18030")
"""Encodings of a text that are tried in this order where none is named and no mark tells it."""

LATIN = "cp1252"
"""The code page of Windows of Latin letters."""

PIECE = 2**20

RUN = re.compile(rb"[a-z]?[\x80-\xff]+[a-z]?")
"""Bytes of letters that are not of ASCII, one behind another, with a small letter beside them."""

OF_A_CHARACTER = 2
"""Bytes of a Chinese character."""

CHARACTERS, LAST_HANGUL = 0xB0, 0xC8
"""First bytes of the characters of GB 2312, and up to which EUC-KR has Hangul there."""

LETTERS = 0xC0
"""Byte from which code pages of Cyrillic and Greek have their letters."""

NEARLY_ALL = 0.95
"""Share of the letters of a text that tells what it is written in."""

TOLD_BY = 4
"""Letters below which nothing is told: a single Chinese character may be one of any kind."""

SIGNS_IN_LATIN = "€…ŠŒŽ‘’“”–—šœžŸ\xa0©ª«®°´·º»"
IN_LATIN = bytes(range(LETTERS, 0x100)) + SIGNS_IN_LATIN.encode(LATIN)
"""Bytes of the code page that are letters, quotes, dashes and marks of names."""

SIGNS = 5
"""One in so many characters may be another sign in a text of words."""

SMALL = b"abcdefghijklmnopqrstuvwxyz"


def encoding_of(path: Path) -> str:
    """The encoding of a text: by its mark, else the first of ``GUESSED`` that reads all of it.

    "" for a workbook or Parquet, and for a text that none of them reads: what opens it says where.
    GB18030 also reads most texts of the code pages of Windows, `Müller` as `M黮ler`, and those of
    Taiwan, Japan and Korea, as characters that nobody writes: such a text is none of it.
    """
    if path.suffix.lower() in (*WORKBOOKS, PARQUET):
        return ""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    found = next((each for each in GUESSED if _reads(path, each)), "")
    if found != GUESSED[1]:
        return found
    with path.open("rb") as file:
        return found if _is_gb18030(file.read(PIECE)) else ""


def text_of(raw: bytes) -> str:
    """A text by its mark, or read as `encoding_of` tells of a file.

    Raises:
        UnicodeDecodeError: nothing tells its encoding; the error is that of UTF-8.
    """
    first, other = GUESSED
    name = next((name for mark, name in MARKS if raw.startswith(mark)), first)
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        if name == first and _is_gb18030(raw[:PIECE]):
            with suppress(UnicodeDecodeError):
                return raw.decode(other)
        raise


def encoding_of_lines(lines: bytes) -> str:
    """The encoding of whole lines none of which is UTF-8; "" where their letters do not tell it.

    It is GB18030, or the code page of Windows in which most languages with Latin letters are.
    """
    if _in_latin_words(lines):
        return LATIN if _is_latin(lines) else ""
    with suppress(UnicodeDecodeError):
        lines.decode(GUESSED[1])
        return GUESSED[1] if _is_chinese(lines) else ""
    return ""


def _is_gb18030(start: bytes) -> bool:
    """Whether a text that GB18030 reads is written in it, by how it begins."""
    return not _in_latin_words(start) and _is_chinese(start)


def _is_chinese(text: bytes) -> bool:
    """Whether what GB18030 makes of a text may be Chinese.

    Half of its letters are characters of GB 2312 where it is, in traditional writing too; where it
    is Big5 or Shift_JIS, hardly one in three. What EUC-KR writes in Hangul are such characters, and
    all of the first half of their table; and letters of Cyrillic and Greek are bytes of the upper
    half, of which Chinese characters have others too.
    """
    beyond = text.translate(None, delete=bytes(range(0x80)))
    upper = text.translate(None, delete=bytes(range(LETTERS)))
    # The piece may end within a character.
    read = text.decode(GUESSED[1], "ignore")
    letters = [each for each in read if each > "\x7f" and each.isalpha()]
    firsts = "".join(letters).encode("gb2312", "ignore")[::2]
    characters = sum(each >= CHARACTERS for each in firsts)
    hangul = sum(CHARACTERS <= each <= LAST_HANGUL for each in firsts)
    return len(letters) < TOLD_BY or (
        2 * characters > len(letters)
        and hangul < NEARLY_ALL * len(letters)
        and len(upper) < NEARLY_ALL * len(beyond)
    )


def _in_latin_words(text: bytes) -> bool:
    """Whether most letters beyond ASCII are one byte, or two with a small letter beside them."""
    runs = RUN.findall(text)
    latin = sum(
        bare == 1 or (bare == OF_A_CHARACTER and len(each) > bare)
        for each in runs
        for bare in (len(each.strip(SMALL)),)
    )
    return 2 * latin > len(runs)


def _is_latin(text: bytes) -> bool:
    """Whether what the code page makes of a text may be words, and not Big5 or Shift_JIS.

    The first bytes of their characters are signs there that stand in no word, such as `¥` or `ƒ`.
    """
    beyond = text.translate(None, delete=bytes(range(0x80)))
    return SIGNS * len(beyond.translate(None, delete=IN_LATIN)) <= len(beyond)


def _reads(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(PIECE):
                pass
    except UnicodeError:
        return False
    return True
