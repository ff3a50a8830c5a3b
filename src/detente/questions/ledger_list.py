"""What was asked and recorded, oldest first."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, Parameter

if TYPE_CHECKING:
    from detente.answers.ledger import LedgerEntries, RecordedQuestion
    from detente.questions.request import QuestionRequest
    from detente.store.ledger import Ledger, LedgerEntry


def _answer(ask: QuestionRequest) -> LedgerEntries:
    from detente.store.ledger import Ledger

    with Ledger() as ledger:
        kind = _kind(ask.text("kind"), ledger)
        found = ledger.entries(kind, ask.number("last"), answers=False)
        return {"entries": [without_answer(entry) for entry in found]}


def _kind(word: str, ledger: Ledger) -> str | None:
    """The command whose entries are listed; None for all.

    Raises:
        UnknownWordError: nothing is recorded of such a command, and nothing could be.
    """
    if not word:
        return None
    from detente.core.vocabulary import known_word
    from detente.transaction.recorded import KINDS

    return known_word(word, {*KINDS, *ledger.kinds()}, "a command that is recorded", "kind")


def without_answer(entry: LedgerEntry) -> RecordedQuestion:
    """An entry without its answer, under the keys of the interface."""
    import json

    return {
        "number": entry.number,
        "recorded": entry.recorded,
        "kind": entry.kind,
        "question": json.loads(entry.question),
        "register": entry.register,
        "version": entry.version,
        "previous": entry.previous,
        "hash": entry.hash,
    }


QUESTION = Question(
    "ledger list",
    "The entries of the ledger, oldest first.",
    (
        Parameter("kind", "of one command alone", example="duty", metavar="COMMAND"),
        Parameter(
            "last", "only the latest so many", example="20", metavar="N", kind="number", least=1
        ),
        JSON,
    ),
    _answer,
    """  detente ledger list --last 20
  detente ledger list --kind licence -o entries.csv""",
    rows="entries",
    typed="ledger.LedgerEntries",
    # A ledger says what a company trades in: whoever reads it has the machine that holds it.
    where=PROGRAMS,
)
