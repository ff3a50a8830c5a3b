"""An answer in colors, for a terminal alone: what to heed, what is a heading, where to read on."""

from __future__ import annotations

import os
import re

BOLD, YELLOW, RED, DIM, PLAIN = "\x1b[1m", "\x1b[33m", "\x1b[1;31m", "\x1b[2m", "\x1b[0m"
WARNING = "! "
"""What a line of warning begins with; its further lines stand further in."""

OPEN = ("Open:", "Warning:", "Not covered:")
STOPS = ("PROHIBITED", "STOP", "HIT", "BARRED", "LICENCE NEEDED", "NOT COVERED", "NOT SCREENED")
_TOTAL = re.compile(r"  total\b")
_ADDRESS = re.compile(r"https?://\S+")


def wanted() -> bool:
    """Whether a terminal has colors and nobody said that there should be none (no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def colored(text: str) -> str:
    """A text with the signs that a terminal shows as colors; the words are the same."""
    if not wanted():
        return text
    found, warned = [], -1
    for at, line in enumerate(text.split("\n")):
        indent = len(line) - len(line.lstrip())
        if not line.strip() or (warned >= 0 and indent <= warned):
            warned = -1
        if line.lstrip().startswith(WARNING):
            warned = indent
        found.append(_line(line, first=at == 0, warned=warned >= 0))
    return "\n".join(found)


def _line(line: str, *, first: bool, warned: bool) -> str:
    words = line.strip()
    if not words:
        return line
    if warned or line.startswith(OPEN):
        return f"{YELLOW}{line}{PLAIN}"
    if words.startswith(STOPS):
        return f"{RED}{line}{PLAIN}"
    if first or (words.endswith(":") and not line.startswith(" ")) or _TOTAL.match(line):
        return f"{BOLD}{line}{PLAIN}"
    return _ADDRESS.sub(lambda found: f"{DIM}{found.group()}{PLAIN}", line)
