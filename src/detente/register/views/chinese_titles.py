"""Which Chinese titles are those of acts, and which ones this register renders by itself.

The title of an act is one that a Chinese citation of the register has, whole or within it; every
other is a rendering of our own, and is marked so wherever it is shown.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.register.book import Register

MARK = "（非官方译名）"
"""What a rendering of our own bears behind it where it is shown."""


def is_own_rendering(register: Register, title: str) -> bool:
    """Whether a Chinese title is a rendering of our own; an empty one is not."""
    return bool(title) and title not in register.citations_zh


def marked(title: str, own: bool) -> str:
    """A Chinese title as it is shown."""
    return f"{title}{MARK}" if title and own else title
