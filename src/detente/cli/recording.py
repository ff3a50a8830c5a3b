"""Recording an answer in the ledger, for the commands that take ``--record``."""

from __future__ import annotations

import sys

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from typing import Any

    from detente.store.ledger import Entry


def add_record_option(options: argparse.ArgumentParser) -> None:
    """``--record``."""
    options.add_argument(
        "--record", action="store_true", help="append the question and the answer to the ledger"
    )


def now() -> str:
    """The instant of recording, in universal time to the millisecond."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="milliseconds")


def record(
    kind: str, answer: Mapping[str, Any], question: Mapping[str, Any] | None = None
) -> Entry:
    """Append an answer to the user's ledger, and say so on standard error.

    Args:
        kind: the command.
        answer: the answer, with its ``register`` block.
        question: what was asked; the answer's own ``question`` block where it is left out.

    Returns:
        The entry.

    Raises:
        LedgerError: it could not be recorded.
    """
    from detente._version import __version__
    from detente.store.ledger import Ledger

    with Ledger(create=True) as ledger:
        entry = ledger.append(
            kind,
            answer["question"] if question is None else question,
            answer,
            register=answer["register"]["sha256"],
            version=__version__,
            clock=now,
        )
    print(f"Recorded as entry {entry.number}, hash {entry.hash}.", file=sys.stderr)
    return entry
