"""Text of a readable width, for the answers that a person reads at the shell."""

from __future__ import annotations

import textwrap

WIDTH = 96


def wrapped(text: str, indent: str, mark: str = "") -> str:
    """A text behind an indent, its further lines below what stands after the mark."""
    return textwrap.fill(
        text, WIDTH, initial_indent=indent + mark, subsequent_indent=indent + " " * len(mark)
    )
