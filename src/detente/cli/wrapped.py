"""Text of a readable width, for the answers that a person reads at the shell."""

from __future__ import annotations

import textwrap

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.answers.duty import Duty
    from detente.answers.licence import Licence

WIDTH = 96


def wrapped(text: str, indent: str, mark: str = "") -> str:
    """A text behind an indent, its further lines below what stands after the mark."""
    return textwrap.fill(
        text, WIDTH, initial_indent=indent + mark, subsequent_indent=indent + " " * len(mark)
    )


def readings(answer: Duty | Licence) -> str:
    """What was announced beside the law, and what the law scheduled and nothing confirms."""
    lines = []
    if answer["reading"] != "law":
        lines.append("This follows what was announced, which is not the law as read.")
    lines += [each["text"] for each in (answer["announced"], answer["scheduled"]) if each]
    return "\n".join(wrapped(line, "  ", "! ") for line in lines)
