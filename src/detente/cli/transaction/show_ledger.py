"""Entries of the ledger, for a person to read."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.answers.ledger import LedgerEntries


def show(answer: LedgerEntries) -> str:
    """A line for each entry."""
    return (
        "\n".join(
            f"{each['number']:>6}  {each['recorded'][:19]}  {each['kind']:<8}  "
            f"{_short(each['question'])}"
            for each in answer["entries"]
        )
        or "no entries"
    )


def _short(question: Mapping[str, object]) -> str:
    """The parts of a question that were given, in one line."""
    parts = []
    for key, value in question.items():
        rows = value.values() if isinstance(value, dict) and key == "files" else value
        words = [_name(each) for each in (rows if isinstance(rows, Iterable) else ())]
        if isinstance(value, str):
            words = [value]
        if value and all(words):
            parts.append(f"{key} {', '.join(words)[:40]}")
    return ", ".join(parts)


def _name(value: object) -> str:
    """What a part of a question is called: a text itself, a party or a file by its name."""
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""
