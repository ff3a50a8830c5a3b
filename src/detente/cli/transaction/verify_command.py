"""``detente verify``: whether a memo is the one that was written."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.options import add_reading_option, load_register, parser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from detente.transaction.memo.ledger import Records

EXAMPLES = """  detente verify memo.md
  detente verify memo.html --json
  detente verify memo.md --ledger ledger.jsonl

The whole text is compared with the memo that the answer in the ledger makes (--ledger: another
ledger, or an export of one). Without such an answer the question is asked again, which tells
something where register, lists and version are those of then: a memo of a scenario or of a register
in a folder is verified with the same --scenario or --register.
Exit code 0: the memo holds; 4: it was changed; 3: nobody can tell, and what is missing is said;
2: the file is no memo."""

CODES = {"holds": 0, "changed": 4, "cannot_tell": 3}
"""Exit code of each outcome."""


def run(words: list[str]) -> int:
    """Verify a memo."""
    options = parser("verify", "Whether a memo is the one that was written.", EXAMPLES)
    options.add_argument("memo", help="a file written by `detente assess --memo`")
    options.add_argument("--ledger", metavar="FILE", help="a ledger or its export (default: yours)")
    options.add_argument("--scenario", metavar="FILE", help="the scenario that it was asked under")
    add_reading_option(options)
    options.add_argument("--register", metavar="DIR", help="the register in a folder that it asked")
    options.add_argument("--json", action="store_true", help="print the answer as JSON")
    given = options.parse_args(words)

    from detente.goods.schedule import Schedule
    from detente.transaction.memo.check import check_memo, damaged
    from detente.transaction.memo.reading import DamagedMemoError, read_memo

    try:
        read = read_memo(_text(given.memo), given.memo)
    except DamagedMemoError as error:
        found = damaged(error)
    else:
        register = load_register(given.register, given.scenario, given.reading)
        with _records(given.ledger) as records:
            found = check_memo(register, Schedule(), read, records)
    if given.json:
        import json

        print(json.dumps({"memo": given.memo, **found}, ensure_ascii=False, indent=2))
    else:
        print(show(given.memo, found))
    return CODES[found["outcome"]]


def _text(name: str) -> str:
    try:
        return Path(name).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{name} is not UTF-8 text ({error}): it is no memo") from error


@contextmanager
def _records(file: str | None) -> Iterator[Records | None]:
    """The ledger to look into: a file that is named, else the user's own where there is one.

    Raises:
        LedgerError: the file is no ledger and no export of one.
    """
    import os

    from detente.store.ledger import Ledger, ledger_file, verify
    from detente.store.ledger_export import FORMS, read_export
    from detente.transaction.memo.ledger import KIND, Records

    if file is None and not os.path.isfile(ledger_file()):
        yield None
    elif file is not None and os.path.splitext(file)[1].lower() in FORMS:
        entries = list(read_export(file))
        hashes = {entry.number: entry.hash for entry in entries}
        yield Records(file, verify(entries), entries, hashes.get)
    else:
        with Ledger(file) as ledger:
            yield Records(ledger.path, ledger.verify(), ledger.entries(KIND), ledger.hash_of)


WORDS = {"holds": "HOLDS", "changed": "THE TEXT WAS CHANGED", "cannot_tell": "CANNOT TELL"}
"""What a person reads for each outcome."""


def show(name: str, found: dict[str, Any]) -> str:
    """What was found, for a person to read."""
    rows = [f"{name}: {WORDS[found['outcome']]}: {found['because']}"]
    register = found.get("register")
    if register is not None and register["at_hand"] is not None and not register["same"]:
        rows += _other_register(register, found["answer"])
    return "\n".join(rows)


def _other_register(register: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """What the register at hand answers, which is not the memo's."""
    rows = [
        f"The register at hand is another: {register['at_hand']} (version "
        f"{register['version_at_hand']}), and the memo states {register['memo']} (version "
        f"{register['version_memo']})."
    ]
    pairs = (("to pay", "pay_then", "pay"), ("licence", "decision_then", "decision"))
    for what, then, now in pairs:
        if answer[then] != answer[now]:
            rows.append(f"  {what}, then: {answer[then]}\n  {what}, now: {answer[now]}")
    if len(rows) == 1:
        rows.append("  What is paid and whether a licence is needed are the same now as then.")
    return rows
