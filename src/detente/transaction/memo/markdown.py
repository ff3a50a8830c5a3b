"""A memo as Markdown."""

from __future__ import annotations

import re

from detente._shapes import TYPE_CHECKING
from detente.core.tables.printing import markdown
from detente.transaction.memo.blocks import (
    BLANK,
    SEAL,
    Links,
    Memo,
    MemoHeading,
    MemoParagraph,
    MemoTable,
    Points,
    Preformatted,
)

if TYPE_CHECKING:
    from detente.transaction.memo.blocks import Block

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def as_markdown(memo: Memo) -> str:
    """The document as Markdown, with the blank in the place of its hash."""
    parts = [f"# {_text(memo.title)}", *map(_block, memo.blocks), f"{SEAL}`{BLANK}`"]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, MemoHeading):
        return f"{'#' * block.level} {_text(block.text)}"
    if isinstance(block, MemoParagraph):
        return _text(block.text)
    if isinstance(block, Points):
        return "\n".join(
            f"- {_text(text)}" + (f"\\\n  {_text(small)}" if small else "")
            for text, small in block.rows
        )
    if isinstance(block, MemoTable):
        return _sheet(block)
    if isinstance(block, Links):
        return "\n".join(f"- {_link(*row)}" for row in block.rows)
    if isinstance(block, Preformatted):
        return f"```json\n{block.text}\n```"
    raise TypeError(block)


def _sheet(sheet: MemoTable) -> str:
    table = markdown(sheet.head, sheet.rows, sheet.numbers, _text)
    return f"{_text(sheet.caption)}:\n\n{table}"


def _link(citation: str, title: str, address: str) -> str:
    words = f"{_text(citation)}{f': {_text(title)}' if title else ''}"
    return f"{words}, <{address}>" if address else words


def _text(text: str) -> str:
    """A text of one line whose signs mean nothing to Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
