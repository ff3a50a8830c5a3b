"""Text of a readable width, for the answers that a person reads at the shell."""

from __future__ import annotations

import os
import sys

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.answers.duty import Duty
    from detente.answers.licence import Licence

WIDTH = 96
"""Signs of a line where there is room for them: a longer one is hard to read."""

NARROWEST = 40


def width() -> int:
    """Signs of a line: as many as are read well, fewer on a narrow terminal."""
    if not sys.stdout.isatty():
        return WIDTH
    try:
        room = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
    except (OSError, ValueError):
        return WIDTH
    return max(NARROWEST, min(WIDTH, room)) if room > 0 else WIDTH


def say(text: str) -> None:
    """Print an answer; in colors on a terminal that has them."""
    if sys.stdout.isatty():
        from detente.cli.colors import colored

        text = colored(text)
    print(text)


def wrapped(text: str, indent: str, mark: str = "") -> str:
    """A text behind an indent, its further lines below what stands after the mark."""
    room = width() - len(indent) - len(mark)
    if 0 < len(text) <= room and not text[-1].isspace() and text.isprintable():
        return f"{indent}{mark}{text}"
    from textwrap import fill

    return fill(
        text, width(), initial_indent=indent + mark, subsequent_indent=indent + " " * len(mark)
    )


def readings(answer: Duty | Licence) -> str:
    """What was announced beside the law, and what the law scheduled and nothing confirms."""
    lines = []
    if answer["reading"] != "law":
        lines.append("This follows what was announced, which is not the law as read.")
    lines += [each["text"] for each in (answer["announced"], answer["scheduled"]) if each]
    return "\n".join(wrapped(line, "  ", "! ") for line in lines)
