"""Whether a memo holds, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.answers.memo import MemoBeside, MemoChecked, MemoRegister

WORDS = {"holds": "HOLDS", "changed": "THE TEXT WAS CHANGED", "cannot_tell": "CANNOT TELL"}
"""What a person reads for each outcome."""


def show(found: MemoChecked) -> str:
    """What was found, for a person to read."""
    rows = [f"{found['memo']}: {WORDS[found['outcome']]}: {found['because']}"]
    register, answer = found["register"], found["answer"]
    if register and answer and register["at_hand"] is not None and not register["same"]:
        rows += _other_register(register, answer)
    return "\n".join(rows)


def _other_register(register: MemoRegister, answer: MemoBeside) -> list[str]:
    """What the register at hand answers, which is not the memo's."""
    rows = [
        f"The register at hand is another: {register['at_hand']} (version "
        f"{register['version_at_hand']}), and the memo states {register['memo']} (version "
        f"{register['version_memo']})."
    ]
    pairs = (
        ("to pay", answer["pay_then"], answer["pay"]),
        ("licence", answer["decision_then"], answer["decision"]),
    )
    for what, then, now in pairs:
        if then != now:
            rows.append(f"  {what}, then: {then}\n  {what}, now: {now}")
    if len(rows) == 1:
        rows.append("  What is paid and whether a licence is needed are the same now as then.")
    return rows
