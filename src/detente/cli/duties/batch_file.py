"""What ``detente batch`` says while it writes its table, and after."""

from __future__ import annotations

import sys

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.answers.tables import BatchWritten
    from detente.questions.request import QuestionRequest

SLOW = 1000
"""Rows from which the single path, one row after the other, makes someone wait."""


def begin(ask: QuestionRequest) -> None:
    """Count rows on a terminal, as they are answered; the process is the command's alone."""
    ask.beside["progress"] = _progress()
    ask.beside["alone"] = True


def _progress() -> Callable[[int], None]:
    """Counts rows on a terminal, ten times a second at most; silent elsewhere."""
    if not sys.stderr.isatty():
        return lambda rows: None
    from time import monotonic

    shown = 0.0

    def show(rows: int) -> None:
        nonlocal shown
        if monotonic() - shown > 0.1:
            shown = monotonic()
            print(f"\r{rows:,} rows", end="", file=sys.stderr, flush=True)

    return show


def end(ask: QuestionRequest, done: BatchWritten) -> None:
    """Say on standard error what came of the rows."""
    from detente.batch.extra import NEEDS_EXTRA, has_extra

    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    found = ", ".join(f"{number} {status}" for status, number in done["statuses"].items())
    rows = "1 row" if done["rows"] == 1 else f"{done['rows']} rows"
    print(f"{rows}: {found or 'none'}", file=sys.stderr)
    if done["announced_rows"]:
        owe = "owes" if done["announced_rows"] == 1 else "owe"
        print(
            f"{done['announced_rows']} of them {owe} otherwise by what was only announced, which "
            "is not the law as read: see announced_ad_valorem",
            file=sys.stderr,
        )
    for note in done["notes"]:
        print(f"{note[:1].upper()}{note[1:]}.", file=sys.stderr)
    for each in done["beyond"]:
        lie = "lies" if each["rows"] == 1 else "lie"
        print(
            f"{each['rows']} of them {lie} after {each['through']}, the day through which "
            f"{each['area']} was read: a later order may not be in it",
            file=sys.stderr,
        )
    if not has_extra() and done["rows"] >= SLOW:
        print(f"A table of this size at full speed {NEEDS_EXTRA}", file=sys.stderr)
