"""What a JSON or YAML document may not be, whoever sent it: too deep, or half a character.

A text with a lone surrogate (half of a character beyond the first 65,536, which JSON can write by
its number) is not text: it can be neither sent, nor stored, nor hashed as UTF-8.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DEPTH = 32
"""Lists and objects within each other that a document may have."""


class NestingError(ValueError):
    """A document that is too deep, or whose text is none; the message says what to do."""


def check_nesting(value: Any, most: int = DEPTH) -> None:
    """Look through a document, level by level.

    Args:
        value: dictionaries, lists and plain values.
        most: levels that it may have.

    Raises:
        NestingError: it has more, or a text in it is none.
    """
    # Without recursion, which the very documents that are refused here would exhaust.
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > most + 1:
            raise NestingError(
                f"lists and objects stand more than {most} levels within each other: "
                "write them flatter"
            )
        below: list[Any] = []
        for each in level:
            if isinstance(each, dict):
                below.extend(each)
                below.extend(each.values())
            elif isinstance(each, list):
                below.extend(each)
            elif isinstance(each, str):
                _check_text(each)
        level = below


def _check_text(text: str) -> None:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            half = f"\\u{ord(text[error.start]):04x}"
            raise NestingError(
                f"the text holds half a character, {half}: write both halves, or leave it out"
            ) from error
