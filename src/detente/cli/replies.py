"""What the commands about the register itself share: whom they ask about, and how they answer."""

from __future__ import annotations

from detente._lean import json_text
from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def reply(answer: Mapping[str, Any], as_json: bool, show: Callable[[Any], str]) -> None:
    """Print an answer as JSON, or as text for a person."""
    if as_json:
        print_json(answer)
    else:
        from detente.cli.wrapped import say

        say(show(answer))


def print_json(answer: Mapping[str, Any]) -> None:
    """Print an answer as JSON."""
    print(json_text(dict(answer)))
