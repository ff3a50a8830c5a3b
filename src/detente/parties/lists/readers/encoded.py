"""The encoding of a list that is text, and the lines of it that are in another one.

A name in the wrong letters is found by nobody, so a line that cannot be read is told and left out,
and what a text is held to be in is told too where neither it nor anybody says so.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from detente.core.tables.encodings import PIECE, encoding_of_lines
from detente.core.tables.reading import NAME_ENCODING, NAMES, marked_encoding

UTF_8 = "utf-8"
SAVE_AGAIN = "download it again, or save it as UTF-8"
"""What to do with a file of a format that is UTF-8 by itself."""
HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""How JSON writes half of a character, of which two make one."""
ENOUGH = 1000
"""Lines with letters beyond ASCII by which the encoding of a text is told."""


class Decoding:
    """Which texts of a file could be read in its encoding, so that it is told when most could not.

    Attributes:
        encoding: of the file; lines are read in it with ``surrogateescape``.
    """

    def __init__(self, path: str, encoding: str) -> None:
        """Take a file of which nothing was read yet."""
        self._path, self.encoding = path, encoding
        self._beyond = self._unread = self._first = 0

    def fault(self, text: str, line: int) -> str:
        """Why a text of the file could not be read whole; "" where it could."""
        if text.isascii():
            return ""
        self._beyond += 1
        if not is_broken(text):
            return ""
        self._unread += 1
        self._first = self._first or line
        return f"a letter of it is not {self._name()}"

    def check(self, texts: int = 0) -> None:
        """Refuse a file most of which was not read.

        Args:
            texts: how many there were, of a format that is UTF-8 by itself; 0 to count those beyond
                ASCII alone, of one whose encoding can be named.

        Raises:
            ValueError: most could not be read.
        """
        if 2 * self._unread > (texts or self._beyond):
            raise ValueError(
                f"{self._path}, line {self._first}: this is not {self._name()}, as most of it is "
                f"not: {SAVE_AGAIN if texts else NAME_ENCODING}"
            )

    def _name(self) -> str:
        return NAMES.get(self.encoding.lower(), self.encoding)


def is_broken(text: str) -> bool:
    """Whether a text that was read with ``surrogateescape`` has bytes that are none of it."""
    if text.isascii():
        return False
    try:
        text.encode(UTF_8)
    except UnicodeEncodeError:
        return True
    return False


def half_a_character(text: str, value: object) -> str:
    """Why a value of JSON cannot be kept of which a text has half of a character; or "".

    Programs that count a character as two cut it in the middle, and write one half alone.

    Args:
        text: the value as it stands in the file.
        value: the same as it was read.
    """
    if HALF.search(text) is None:
        return ""
    try:
        json.dumps(value, ensure_ascii=False).encode(UTF_8)
    except UnicodeEncodeError as error:
        half = str(error.object)[error.start]
        return f"a text of it has half of a character (\\u{ord(half):x})"
    return ""


def encoding_of(path: str) -> tuple[str, str]:
    """The encoding of a text, and a sentence where nothing but its letters tells it.

    A text is in UTF-8 if most lines are that have letters beyond ASCII.

    Raises:
        ValueError: its letters do not tell it.
    """
    marked = marked_encoding(Path(path))
    if marked != UTF_8:
        return marked, ""
    good = size = 0
    others: list[bytes] = []
    with open(path, "rb") as file:
        for line in file:
            if line.isascii():
                continue
            try:
                line.decode(UTF_8)
                good += 1
            except UnicodeDecodeError:
                others.append(line)
                size += len(line)
            if good + len(others) == ENOUGH or size > PIECE:
                break
    if good >= len(others):
        return UTF_8, ""
    found = encoding_of_lines(b"".join(others))
    if not found:
        raise ValueError(
            f"{path} is not UTF-8, nor in letters that tell what it is: {NAME_ENCODING}"
        )
    return found, f"it does not say its encoding and is read as {NAMES[found]}, as its letters tell"
