"""Whether a memo is unchanged since it was written."""

from __future__ import annotations

from contextlib import contextmanager

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, READING, REGISTER, SCENARIO
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.answers.memo import MemoChecked
    from detente.questions.request import QuestionRequest
    from detente.transaction.memo.ledger import LedgerRecords

CODES = {"holds": 0, "changed": 4, "cannot_tell": 3}
"""Exit code of each outcome."""


def _answer(ask: QuestionRequest) -> MemoChecked:
    from detente.transaction.memo.check import check_memo, damaged
    from detente.transaction.memo.reading import DamagedMemoError, read_memo

    name = ask.text("memo")
    try:
        read = read_memo(_text(name), name)
    except DamagedMemoError as error:
        return {"memo": name, **damaged(error)}
    register = ask.register  # what cannot be loaded is said before a ledger is opened
    with _records(ask.text("ledger")) as records:
        return {"memo": name, **check_memo(register, ask.schedule, read, records)}


def _text(name: str) -> str:
    from pathlib import Path

    from detente.core.missing_files import no_file

    try:
        return Path(name).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not UTF-8 text ({error}): it is not a memo") from error
    except (FileNotFoundError, IsADirectoryError) as error:
        raise ValueError(no_file(name, "name a memo")) from error
    except OSError as error:
        raise ValueError(f"{name} cannot be read ({error.strerror}): name a memo") from error


@contextmanager
def _records(file: str) -> Iterator[LedgerRecords | None]:
    """The ledger to look into: a file that is named, else the user's own where there is one.

    Raises:
        LedgerError: the file is neither a ledger nor an export of one.
    """
    import os

    from detente.store.ledger import Ledger, ledger_file, verify
    from detente.store.ledger_export import FORMS, read_export
    from detente.transaction.memo.ledger import KIND, LedgerRecords

    if not file and not os.path.isfile(ledger_file()):
        yield None
    elif file and os.path.splitext(file)[1].lower() in FORMS:
        entries = list(read_export(file))
        hashes = {entry.number: entry.hash for entry in entries}
        yield LedgerRecords(file, verify(entries), entries, hashes.get)
    else:
        with Ledger(file or None) as ledger:
            yield LedgerRecords(ledger.path, ledger.verify(), ledger.entries(KIND), ledger.hash_of)


QUESTION = Question(
    "verify",
    "Whether a memo is unchanged since it was written.",
    (
        Parameter(
            "memo",
            "a file written by `detente assess --memo`",
            needed=True,
            spelled=("memo",),
            where=PROGRAMS,
        ),
        Parameter(
            "ledger",
            "a ledger or its export (default: yours)",
            metavar="FILE",
            where=PROGRAMS,
        ),
        SCENARIO._replace(help="the scenario under which it was written", metavar="FILE"),
        READING,
        REGISTER._replace(help="the folder of the register it was written from"),
        JSON,
    ),
    _answer,
    """  detente verify memo.md
  detente verify memo.html --json
  detente verify memo.md --ledger ledger.jsonl

The whole text is compared with the memo that the answer in the ledger makes (--ledger: another
ledger, or an export of one). Without such an answer the question is asked again, which tells
something where register, lists and version are those of then: a memo of a scenario or of a register
in a folder is verified with the same --scenario or --register.
Exit code 0: the memo holds; 4: it was changed; 3: nobody can tell, and what is missing is said;
2: the file is not a memo.""",
    tool=None,
    typed="memo.MemoChecked",
    code=lambda _, answer: CODES[answer["outcome"]],
    where=PROGRAMS,
)
