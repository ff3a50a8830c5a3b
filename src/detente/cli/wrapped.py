"""Text of a readable width, for the answers that a person reads at the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

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
    """A text behind an indent, its further lines below what stands after the mark.

    Addresses and hyphenated codes stay whole, so that they can be copied. ``textwrap`` would part
    them, and loading it would be a fiftieth of a cold answer.
    """
    first, further = indent + mark, indent + " " * len(mark)
    lines: list[str] = []
    room = max(NARROWEST // 2, width() - len(first))
    for piece in _pieces(text, room):
        if lines and len(lines[-1]) + 1 + len(piece) <= room:
            lines[-1] += f" {piece}"
        elif piece:
            lines.append(piece)
    return "\n".join(
        (further if number else first) + line.rstrip() for number, line in enumerate(lines)
    )


def _pieces(text: str, room: int) -> Iterator[str]:
    """Words, empty ones between two blanks; of a script without blanks what a line has room for."""
    for word in text.replace("\n", " ").split(" "):
        if word.isascii():
            yield word
        else:
            yield from (word[at : at + room] for at in range(0, len(word), room))


def readings(answer: Duty | Licence) -> str:
    """What was announced beside the law, and what the law scheduled and nothing confirms."""
    lines = []
    if answer["reading"] != "law":
        lines.append("This follows what was announced, which is not the law as read.")
    lines += [each["text"] for each in (answer["announced"], answer["scheduled"]) if each]
    return "\n".join(wrapped(line, "  ", "! ") for line in lines)
