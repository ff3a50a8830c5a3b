"""``detente verify``: whether a memo still says what it said."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.options import add_reading_option, load_register, parser

if TYPE_CHECKING:
    from typing import Any

EXAMPLES = """  detente verify memo.md
  detente verify memo.html --json

The hash of the memo is computed anew, and its question is asked again. With the register that
answered then, the answer must be the same; with another, what differs is said. A memo of a
scenario or of a register in a folder is verified with the same --scenario or --register.
Exit code 0: the memo holds; 1: it was changed."""

CHANGED = 1
"""Exit code where a memo does not hold."""


def run(words: list[str]) -> int:
    """Verify a memo."""
    options = parser("verify", "Whether a memo still says what it said.", EXAMPLES)
    options.add_argument("memo", help="a file written by `detente assess --memo`")
    options.add_argument("--scenario", metavar="FILE", help="the scenario that it was asked under")
    add_reading_option(options)
    options.add_argument("--register", metavar="DIR", help="the register in a folder that it asked")
    options.add_argument("--json", action="store_true", help="print the answer as JSON")
    given = options.parse_args(words)

    from detente.answer.memo_check import check_memo, read_memo
    from detente.goods.schedule import Schedule

    try:
        text = Path(given.memo).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{given.memo} is not UTF-8 text ({error}): it is no memo") from error
    read = read_memo(text, given.memo)
    found = check_memo(
        load_register(given.register, given.scenario, given.reading), Schedule(), read
    )
    found["ledger"] = _in_ledger(read.again.get("answer_sha256"))
    if given.json:
        import json

        print(json.dumps({"memo": given.memo, **found}, ensure_ascii=False, indent=2))
    else:
        print(show(given.memo, found))
    return 0 if found["holds"] else CHANGED


def _in_ledger(answer: str | None) -> int | None:
    """The number of the ledger's entry with that answer, if there is one."""
    import os

    from detente.store.ledger import Ledger, ledger_file

    if answer is None or not os.path.isfile(ledger_file()):
        return None
    with Ledger() as ledger:
        return ledger.holding("assess", f'"sha256":"{answer}"')


def show(name: str, found: dict[str, Any]) -> str:
    """What was found, for a person to read."""
    register, answer = found["register"], found["answer"]
    if found["unchanged"]:
        rows = [f"{name}: the text is the one that was written (SHA-256 {found['stated']})."]
    else:
        rows = [
            f"{name}: THE TEXT WAS CHANGED after it was written: its SHA-256 is "
            f"{found['computed']}, and it states {found['stated']}."
        ]
    if answer["same"]:
        rows.append("Asked again, the register gives the same answer.")
    elif answer["same"] is False:
        rows.append(
            "Asked again, the SAME register gives ANOTHER answer: the memo does not say what the "
            "register answered."
        )
    else:
        rows.append(_other_register(register, answer))
    if found["ledger"] is not None:
        rows.append(f"The answer stands in the ledger as entry {found['ledger']}.")
    return "\n".join(rows)


def _other_register(register: dict[str, Any], answer: dict[str, Any]) -> str:
    rows = [
        f"The register at hand is another: {register['at_hand']} (version "
        f"{register['version_at_hand']}), and the memo was made with {register['memo']} (version "
        f"{register['version_memo']})."
    ]
    pairs = (("to pay", "pay_then", "pay"), ("licence", "decision_then", "decision"))
    for what, then, now in pairs:
        if answer[then] != answer[now]:
            rows.append(f"  {what}, then: {answer[then]}\n  {what}, now: {answer[now]}")
    if len(rows) == 1:
        rows.append("  What is paid and whether a licence is needed are the same now as then.")
    return "\n".join(rows)
