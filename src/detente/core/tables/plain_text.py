"""Texts whose lines need no care, read in columns: no quotes, and as many cells in every line.

Most files are so from end to end, and polars reads those in a fifth of the time that the rows of
``reading`` take. Where a part of a file is not, its rows are left to that reader, which knows every
way to write a table and says what is wrong with one.
"""

from __future__ import annotations

import codecs
from collections.abc import Generator, Iterator, Sequence
from itertools import pairwise

from detente._shapes import TYPE_CHECKING
from detente.core.tables.reading import is_heading, marked_encoding, separator_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    import polars

BLOCK = 1 << 22
"""Bytes that are read at once: long enough that polars divides them among its threads."""

STRIDE = 1 << 16
"""Bytes among which a line has to end: the other reader refuses a cell that is twice as long."""

UNPLAIN = (b'"', b"\r", b"\0")
"""Bytes that need care, once ends of lines are alike."""

CODECS = ("utf-8", "utf-8-sig")


def plain_frames(
    path: Path, encoding: str | None, columns: Sequence[str], size: int
) -> Generator[polars.DataFrame, None, tuple[int, bool]]:
    """The rows of a text as far as they are plain, in frames of texts.

    Args:
        path: the text; its first line names the columns.
        encoding: of the text; by its mark where None. Nothing but UTF-8 is plain.
        columns: the names in the first line.
        size: rows of each frame; the last one, and that before a part that is not plain, has fewer.

    Returns:
        How many rows that were, and whether those are all.
    """
    import polars

    if codecs.lookup(encoding or marked_encoding(path)).name not in CODECS:
        return 0, False
    read, whole, held = 0, True, [polars.DataFrame(schema=dict.fromkeys(columns, polars.String))]
    with open(path, "rb") as source:
        first = source.readline().removesuffix(b"\n").removesuffix(b"\r")
        if any(each in first for each in UNPLAIN):
            return 0, False
        heading = first.decode("utf-8-sig")
        if not is_heading(heading):
            return 0, False
        separator = separator_of(heading)
        for block in _blocks(source):
            frame = _frame(block, columns, separator)
            whole = frame is not None
            if frame is None:
                break
            held.append(frame)
            read += len(frame)
            if sum(map(len, held)) >= size:
                together = polars.concat(held)
                ends = range(0, len(together) + 1, size)
                yield from (together[start:end].rechunk() for start, end in pairwise(ends))
                held = [together[ends[-1] :]]
    rest = polars.concat(held, rechunk=True)
    if len(rest):
        yield rest
    return read, whole


def _blocks(source: BinaryIO) -> Iterator[bytes]:
    """The lines that are left of a file, many at once, without what may stand before their end."""
    rest = b""
    while read := source.read(BLOCK):
        lines, end, begun = read.rpartition(b"\n")
        if end:
            yield (rest + lines + end).replace(b"\r\n", b"\n")
            rest = begun
        else:
            rest += begun
    if rest:
        yield rest + b"\n"


def _frame(block: bytes, columns: Sequence[str], separator: str) -> polars.DataFrame | None:
    """Whole lines as a frame of texts; None where they are not plain."""
    import polars

    lines = block.count(b"\n")
    if any(each in block for each in (*UNPLAIN, b"\n\n")) or block.startswith(b"\n"):
        return None
    # As many separators as lines of one width have, and no line is wider: then none is narrower.
    if block.count(separator.encode()) != lines * (len(columns) - 1):
        return None
    # A line that is too long has no end in one of these parts.
    parts = range(0, len(block) - STRIDE, STRIDE)
    if any(block.find(b"\n", start, start + STRIDE) < 0 for start in parts):
        return None
    try:
        if not block.isascii():
            block.decode()
        return polars.read_csv(
            block,
            has_header=False,
            separator=separator,
            quote_char=None,
            schema=dict.fromkeys(columns, polars.String),
            empty_string_is_null=False,
        )
    except (UnicodeDecodeError, polars.exceptions.PolarsError):
        return None
