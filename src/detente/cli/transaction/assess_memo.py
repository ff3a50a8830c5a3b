"""The memo that ``detente assess`` writes of an answer."""

from __future__ import annotations

import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.questions import assess

if TYPE_CHECKING:
    from detente.answers.assess import AssessmentAnswer
    from detente.questions.request import QuestionRequest


def check(ask: QuestionRequest) -> None:
    """Refuse a shipment that is not described, or a file that is not written.

    Raises:
        ValueError: it is one of these.
    """
    assess.check(ask)
    if ask.text("file") and is_table(ask):
        return
    if ask.text("output"):
        raise ValueError("-o takes the rows of a table: a single answer goes to --memo or --json")
    if ask.text("memo"):
        from detente.transaction.memo.memo import form_of

        form_of(ask.text("memo"))  # what is wrong with the name is said before anything is done


def is_table(ask: QuestionRequest) -> bool:
    """Whether the file that is named is a table of shipments."""
    from detente.core.tables.reading import TABLES

    return Path(ask.text("file")).suffix.lower() in TABLES


def write(ask: QuestionRequest, answer: AssessmentAnswer) -> None:
    """Write the memo, where that was asked for; it bears the instant of the ledger's entry."""
    target = ask.text("memo")
    if not target:
        return
    from detente.cli.recording import now
    from detente.store.signing import own_key
    from detente.transaction.memo.memo import write_memo

    key, entry = own_key(), ask.beside.get("recorded")
    seal = write_memo(target, answer, entry.recorded if entry else now(), entry, key)
    signed = f", signed with {key.public}" if key else ""
    print(f"Wrote {target}, SHA-256 {seal}{signed}.", file=sys.stderr)
