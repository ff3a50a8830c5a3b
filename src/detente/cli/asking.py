"""What the commands about the register itself share: whom they ask about, and how they answer."""

from __future__ import annotations

import sys

from detente._shapes import TYPE_CHECKING
from detente.cli.options import add
from detente.questions.common import WHOSE, kind

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping
    from typing import Any

    from detente.register.book import Register
    from detente.register.events import Query


def add_choice(options: argparse.ArgumentParser, kinds: str) -> None:
    """Whose records, and of which kind; `kinds` says which are shown without the option."""
    add(options, (WHOSE, kind(kinds)))


def query(register: Register, given: argparse.Namespace) -> Query:
    """The records that the options ask for, as known when.

    Raises:
        ValueError: an option names no side, kind or day; the message says which there are.
    """
    from detente.register.events import read_query

    known_on = day(given.known_on, "--known-on")
    return read_query(register, given.by or "", given.kind or "", known_on, "--")


def day(text: str | None, option: str) -> int | None:
    """The number of a day given with an option; None where it was not given.

    Raises:
        ValueError: the text is not a day.
    """
    from detente.core.clock import named_day

    return None if text is None else named_day(text, option)


def reply(answer: Mapping[str, Any], as_json: bool, show: Callable[[Any], str]) -> None:
    """Print an answer as JSON, or as text for a person."""
    if as_json:
        print_json(answer)
    else:
        from detente.cli.wrapped import say

        say(show(answer))


def print_json(answer: Mapping[str, Any]) -> None:
    """Print an answer as JSON."""
    import json

    json.dump(dict(answer), sys.stdout, ensure_ascii=False, indent=2)
    print()
