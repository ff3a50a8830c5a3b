"""Whether a memo holds, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

WORDS = {"holds": "HOLDS", "changed": "THE TEXT WAS CHANGED", "cannot_tell": "CANNOT TELL"}
"""What a person reads for each outcome."""


def show(found: dict[str, Any]) -> str:
    """What was found, for a person to read."""
    rows = [f"{found['memo']}: {WORDS[found['outcome']]}: {found['because']}"]
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
