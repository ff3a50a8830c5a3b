"""What a memo is made of, before it is Markdown or HTML."""

from __future__ import annotations

from detente._shapes import NamedTuple

BLANK = "0" * 64
"""What stands for the hash while it is computed."""

SEAL = "SHA-256 of this memo: "
"""What stands before the hash, in either form."""


class MemoHeading(NamedTuple):
    """A heading of the second or third level."""

    text: str
    level: int = 2


class MemoParagraph(NamedTuple):
    """A paragraph."""

    text: str


class Points(NamedTuple):
    """A list; each point may have a text in smaller print below it, and a link."""

    rows: tuple[tuple[str, str], ...]


class MemoTable(NamedTuple):
    """A table with a caption; the first column names its row; `numbers` align to the right."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


class Links(NamedTuple):
    """Citations with titles and, where there is one, the address."""

    rows: tuple[tuple[str, str, str], ...]


class Preformatted(NamedTuple):
    """Text as it is, for a program."""

    text: str


Block = MemoHeading | MemoParagraph | Points | MemoTable | Links | Preformatted


class Memo(NamedTuple):
    """A document: its title, what it says of itself, and its blocks."""

    title: str
    blocks: tuple[Block, ...]
