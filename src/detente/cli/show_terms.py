"""What a record says beside its days, for a person to read: reach, promises, progress, speaker."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


_REACH = (("policy", "policy"), ("items", "items"), ("from", "from"), ("to", "to"))


def reach(control: Mapping[str, object]) -> str:
    """What a control reaches, in one line: policy, items, where from, where to, parties."""
    parts = []
    for key, word in (*_REACH, ("parties", "parties"), ("exceptions", "exceptions")):
        value = control.get(key)
        if value:
            shown = ", ".join(value) if isinstance(value, list) else str(value)
            parts.append(f"{word} {shown.replace('_', ' ')}")
    if control.get("citation"):
        parts.append(str(control["citation"]))
    return "; ".join(parts)


def terms(described: Mapping[str, Any]) -> list[str]:
    """Lines about a claim's speaker and test, a commitment's promises and progress."""
    rows = []
    if "speaker" in described:
        rows.append(f"Said by {described['speaker']}.")
    if "test" in described:
        rows.append(f"Tested by: {described['test']}")
    rows.extend(_promise(each) for each in described.get("promised", []))
    for step in described.get("progress", []):
        rows.append(f"{step['on']}: {step['text']} [{'; '.join(step['sources'])}]")
    for row in described.get("instruments", []):
        rows.append(f"{row['verb']}: {row['what']} ({row['measure']}/{row['limb']})")
    return rows


def _promise(each: dict[str, str]) -> str:
    words = [f"promised: {each['what']}"]
    if each["amount"]:
        words.append(f"{each['amount']} {each['unit']}")
    if each["from"]:
        words.append(f"from {each['from']}")
    if each["until"]:
        words.append(f"until {each['until']}")
    return ", ".join(words)
