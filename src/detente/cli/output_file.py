"""The file that a command writes its answer to: refused before anything is asked, written whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from detente.core.tables.columns import Column
    from detente.questions.asking import Asking

JSON = ".json"


def check_output(ask: Asking, kinds: Sequence[str], what: str) -> None:
    """Refuse a file of a kind that is not written, or the one that is read.

    Args:
        ask: what was asked.
        kinds: suffixes that are written.
        what: what the file that is read is or has, after its name.

    Raises:
        ValueError: it is one of these.
    """
    if not ask.text("output"):
        return
    from detente.core.tables.writing import kind_of

    target, file = Path(ask.text("output")), ask.text("file")
    kind_of(target, kinds)
    if file and target.exists() and Path(file).exists() and target.samefile(file):
        raise ValueError(f"{target} {what} read: write to another file")


def write_table(
    ask: Asking,
    answer: dict[str, Any],
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
) -> None:
    """Write rows, or the whole answer where the suffix is that of JSON."""
    import json

    from detente.core.tables.writing import table_file
    from detente.store.whole import write_whole

    target = Path(ask.text("output"))
    if target.suffix.lower() == JSON:
        write_whole(target, (json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode())
        return
    write_whole(target, table_file(target, columns, rows))
