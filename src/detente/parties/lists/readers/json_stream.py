"""Records of a JSON array or of lines, one at a time, each with its line, whatever the size.

A record that is not JSON does not stop the file: reading goes on where the next one begins.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.tables.reading import marked_encoding
from detente.core.watched import open_text
from detente.parties.lists.readers.common import BREAKS_OFF, MalformedError
from detente.parties.lists.readers.encoded import Decoding, half_a_character

if TYPE_CHECKING:
    from typing import TextIO

CHUNK = 1 << 20
"""Characters that are read at a time."""

LONGEST = 1 << 24
"""Characters of the longest record."""

IN_FIELD = r'"{field}"\s*:\s*(\[)'
ALONE = re.compile(r"\s*(?:(\[)|(?=\{))")
"""How an array begins: in a field of an object, or as the file, which may be objects in lines."""

NEXT = re.compile(r"\}\s*,\s*(?=\{)")
"""Where a record may begin behind a broken one, and so may an object within that."""

END, LONGEST_END = re.compile(r"\}\s*(?=\])"), 1 << 16
"""Where the array may end behind a broken record, and what may stand behind it at most."""

BEHIND_ARRAY = re.compile(r"\][\s,]*(\[[\s,]*)?(?=\{)")
"""A record behind what ends an array, or another array of them."""

OBJECT = r"\s*(?=\{)"
"""What follows where an array has a record."""

BLANK = re.compile(r"[\s,]*")


class RecordStream:
    """The records of an array, or of objects in lines."""

    def __init__(self, path: str, field: str = "") -> None:
        """Say which records are read.

        Args:
            path: the file, in UTF-8, or in UTF-16 with its mark.
            field: the key of the array in the object that the file is; "" where the file is the
                array, or the records stand in lines.
        """
        self._path, self._encoding = path, marked_encoding(Path(path))
        self._begins = re.compile(IN_FIELD.format(field=re.escape(field))) if field else ALONE
        self.around = ""
        """What stands before the array and behind it, once all records were read."""
        self._text, self._at, self._line = "", 0, 1
        self._in_array = True
        self._ended = False
        """Whether the array ended, and the records go on behind it."""
        self._decoding = Decoding(path, "utf-8")
        self._decoder = json.JSONDecoder()
        self._keys: frozenset[str] = frozenset()
        """Those of the last record that was read."""

    def is_here(self) -> bool:
        """Whether the records begin in the first characters of the file."""
        with open(self._path, encoding=self._encoding, errors="replace") as file:
            return self._begin(file.read(CHUNK)) is not None

    def __iter__(self) -> Iterator[tuple[int, object]]:
        """Line and value of each record; a record that is not JSON is a `MalformedError`.

        Raises:
            ValueError: no record could be read of an array that does not end, or most of the file
                is not UTF-8 text.
        """
        count = 0
        # A letter that is none must not take more with it than the record in which it stands.
        with open_text(self._path, self._encoding, "surrogateescape") as file:
            for record in self._records(file):
                count += 1
                yield record
            self.around += self._text[self._at :] + file.read(CHUNK)
        self._decoding.check(count)

    def _begin(self, text: str) -> re.Match[str] | None:
        # A file that is an array is so from its first character.
        return self._begins.match(text) if self._begins is ALONE else self._begins.search(text)

    def _records(self, file: TextIO) -> Iterator[tuple[int, object]]:
        self._text = file.read(CHUNK)
        match = self._begin(self._text)
        if match is None:
            raise ValueError(f"{self._path} has no such array at its beginning")
        self._in_array = match[1] is not None
        self.around = self._text[: match.start()] + "\n"
        self._pass(match.end())
        while self._has_record(file):
            if self._in_array and self._text[self._at] == "]":
                fault, end = self._behind_array(file)
                if fault:
                    yield self._line, MalformedError(fault)
                if end < 0:
                    return
                self.around += self._text[self._at : end] + "\n"
                self._pass(end)
                continue
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                if len(self._text) - self._at < LONGEST and self._more(file):
                    continue  # the record may go on
                stated = (
                    error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
                )
                end = self._behind_broken(stated)
                broken = f"not JSON ({stated}){self._skipped(end)}"
                if self._in_array and end == len(self._text):
                    yield self._line, MalformedError(f"{broken}: {BREAKS_OFF}")
                    return
                yield self._line, MalformedError(broken)
            else:
                stated = self._text[self._at : end]
                fault = self._decoding.fault(stated, self._line) or half_a_character(stated, value)
                yield self._line, MalformedError(fault) if fault else value
                if isinstance(value, dict) and value:
                    self._keys = frozenset(value)
            self._pass(end)
        if self._in_array and not self._ended:
            yield self._line, MalformedError(f"the array does not end: {BREAKS_OFF}")

    def _skipped(self, end: int) -> str:
        """How much is passed over with a broken record of an array, which may hold more than it."""
        if not self._in_array:
            return ""
        last = self._line + self._text.count("\n", self._at, end)
        through = f" through line {last}" if last > self._line else ""
        return f": {end - self._at:,} characters{through} are passed over"

    def _behind_broken(self, stated: str) -> int:
        """Where the next record begins; of lines that is the next line, or the end of the file.

        Raises:
            ValueError: none does, the array does not end either, and no record was read before.
        """
        if not self._in_array:
            end = self._text.find("\n", self._at)
            return len(self._text) if end < 0 else end
        found = list(self._objects_behind())
        # Behind a first record that is broken, the one with most keys tells what a record is.
        known = self._keys or max((keys for _, keys in found), key=len, default=frozenset())
        for at, keys in found:
            if 2 * len(keys & known) >= len(known):
                return at
        end = self._end_of_array()
        if end >= 0:
            return end
        if self._keys and len(self._text) - self._at < LONGEST:
            return len(self._text)  # what was read before it is good
        raise ValueError(
            f"{self._path}, line {self._line}: not JSON ({stated}), and no record begins "
            "behind it: download the list again"
        )

    def _objects_behind(self) -> Iterator[tuple[int, frozenset[str]]]:
        """Place and keys of the objects behind a broken record; the last one is like a record.

        An object within the broken record has few of the keys of a record.
        """
        for match in NEXT.finditer(self._text, self._at):
            try:
                value, _ = self._decoder.raw_decode(self._text, match.end())
            except (json.JSONDecodeError, RecursionError):
                continue
            yield match.end(), frozenset(value)
            if self._keys and 2 * len(self._keys & value.keys()) >= len(self._keys):
                return

    def _end_of_array(self) -> int:
        """Where the array ends behind its last record, which is broken; -1 where it does not.

        What stands behind it must be the rest of the object that the file is, or nothing.
        """
        before = "[" if self._begins is ALONE else '{"": ['
        for match in END.finditer(self._text, max(self._at, len(self._text) - LONGEST_END)):
            try:
                json.loads(before + self._text[match.end() :])
            except (json.JSONDecodeError, RecursionError):
                continue
            return match.end()
        return -1

    def _behind_array(self, file: TextIO) -> tuple[str, int]:
        """What must be told of what stands behind the end of an array, and where records go on.

        Pages of an interface are put behind one another, and whoever edits a file leaves a bracket.

        Returns:
            A fault, or "" where the file ends as it should; and the place of the next record, -1
            where there is none.
        """
        while len(self._text) - self._at < LONGEST and self._more(file):
            pass
        rest = self._text[self._at :]
        further = BEHIND_ARRAY.match(rest)
        if further is None and self._begins is not ALONE:
            further = re.search(self._begins.pattern + OBJECT, rest)
        if further is not None:
            self._ended = further[1] is None
            line = self._line + rest.count("\n", 0, further.end())
            return (
                f"the array ends here, and more records stand behind it, from line {line} on, "
                "which are read too: look whether the file is one list"
            ), self._at + further.end()
        if self._is_end(rest):
            return "", -1
        return "the array ends here, and what stands behind it is not the end of the file", -1

    def _is_end(self, rest: str) -> bool:
        """Whether a file ends with some text, which begins with the bracket of the array."""
        if self._begins is ALONE:
            return not rest[1:].strip()
        # The array may stand some objects deep, and each of them may have more keys.
        before = '{"": ['
        while rest.strip():
            try:
                _, end = self._decoder.raw_decode(before + rest)
            except (json.JSONDecodeError, RecursionError):
                return False
            rest, before = rest[end - len(before) :], '{"": 0'
        return True

    def _has_record(self, file: TextIO) -> bool:
        """Whether a record begins, or the array ends, with blanks and commas before passed over.

        Raises:
            ValueError: the file ends before the array does, and no record was read.
        """
        while True:
            blank = BLANK.match(self._text, self._at)
            self._pass(blank.end() if blank else self._at)
            if self._at < len(self._text):
                return True
            if not self._more(file):
                if self._keys or not self._in_array:
                    return False
                raise ValueError(
                    f"{self._path} ends in line {self._line}, within the array: "
                    "download the list again"
                )

    def _more(self, file: TextIO) -> bool:
        """Read on, without what was passed over; False at the end."""
        more = file.read(CHUNK)
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)

    def _pass(self, end: int) -> None:
        """Go on to a place, counting lines."""
        self._line += self._text.count("\n", self._at, end)
        self._at = end
