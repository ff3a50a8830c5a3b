"""Recording an answer in the ledger, for the commands that take ``--record``."""

from __future__ import annotations

import sys
from contextlib import contextmanager

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from detente.store.ledger import LedgerEntry
    from detente.transaction.recorded import LedgerDraft


def now() -> str:
    """The instant of recording, in universal time to the millisecond."""
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="milliseconds")


def record(made: LedgerDraft) -> LedgerEntry:
    """Append an answer to the user's ledger, and say so on standard error.

    Raises:
        LedgerError: it could not be recorded.
    """
    with recording() as append:
        return append(made)


@contextmanager
def recording() -> Iterator[Callable[[LedgerDraft], LedgerEntry]]:
    """The user's ledger, opened once for many answers; each is said on standard error.

    Raises:
        LedgerError: it cannot be opened, or an answer could not be recorded.
    """
    from detente._version import __version__
    from detente.store.ledger import Ledger

    with Ledger(create=True) as ledger:

        def append(made: LedgerDraft) -> LedgerEntry:
            entry = ledger.append(
                made.kind,
                made.question,
                made.answer,
                register=made.register,
                version=__version__,
                clock=now,
            )
            print(f"Recorded as entry {entry.number}, hash {entry.hash}.", file=sys.stderr)
            return entry

        yield append
