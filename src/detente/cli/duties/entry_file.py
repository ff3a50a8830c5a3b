"""What ``detente entry`` writes: a row a heading of each line, then fees, taxes and deposits."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from detente.questions.asking import Asking

JSON = ".json"


def check(ask: Asking) -> None:
    """Refuse a file of a kind that is not written, or the one that is read.

    Raises:
        ValueError: it is one of these.
    """
    if not ask.text("output"):
        return
    from detente.core.tables.writing import KINDS, kind_of

    target, file = Path(ask.text("output")), ask.text("file")
    kind_of(target, (*KINDS, JSON))
    if file and target.exists() and Path(file).exists() and target.samefile(file):
        raise ValueError(f"{target} is the entry that is read: write to another file")


def write(ask: Asking, answer: dict[str, Any]) -> None:
    """Write the answer where that was asked for."""
    if not ask.text("output"):
        return
    import json

    from detente.core.tables.writing import table_file
    from detente.entry.rows import COLUMNS, table_rows
    from detente.store.whole import write_whole

    target = Path(ask.text("output"))
    if target.suffix.lower() == JSON:
        write_whole(target, (json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode())
        return
    write_whole(target, table_file(target, COLUMNS, table_rows(answer)))
