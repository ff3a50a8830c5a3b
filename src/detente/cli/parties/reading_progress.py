"""How far the reading of a large file has come, on a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.parties.screening.importing import Progress

WIDTH = 60
"""Characters that a line of progress takes, so that it covers the one before it."""


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Tell of steps on a terminal, ten times a second at most; silent elsewhere.

    The line goes at the end, before an answer or an error is printed over it.
    """
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    from time import monotonic

    shown = 0.0

    def show(step: str, done: int, total: int) -> None:
        nonlocal shown
        if monotonic() - shown > 0.1:
            shown = monotonic()
            _print(f"{done:,} of {total:,} {step}")

    try:
        yield show
    finally:
        _print("")


@contextmanager
def shown_reading() -> Iterator[None]:
    """Tell on a terminal how much of each file was read that is opened meanwhile."""
    from detente.core.watched import watching

    with shown_progress() as show, watching(partial(show, "bytes read")):
        yield


def _print(line: str) -> None:
    print(f"\r{line:<{WIDTH}}", end="\r", file=sys.stderr, flush=True)
