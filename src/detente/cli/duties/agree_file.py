"""What ``detente agree`` writes: a row a cell that differs, with its cause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.tables.columns import RATE, Column

if TYPE_CHECKING:
    from typing import Any

    from detente.questions.asking import Asking

JSON = ".json"
COLUMNS = (
    Column("code"),
    Column("origin"),
    Column("on"),
    Column("family"),
    Column("theirs", RATE),
    Column("ours", RATE),
    Column("cause"),
    Column("right"),
    Column("status"),
    Column("reason"),
)
"""``right``: whose rate the cause bears out; ``status`` and ``reason``: those of our answer."""


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
        raise ValueError(f"{target} has the rates that are read: write to another file")


def write(ask: Asking, answer: dict[str, Any]) -> None:
    """Write the answer where that was asked for."""
    if not ask.text("output"):
        return
    import json

    from detente.core.tables.writing import table_file
    from detente.store.whole import write_whole

    target = Path(ask.text("output"))
    if target.suffix.lower() == JSON:
        write_whole(target, (json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode())
        return
    write_whole(target, table_file(target, COLUMNS, _rows(ask, answer)))


def _rows(ask: Asking, answer: dict[str, Any]) -> Iterator[list[str | None]]:
    from detente.agreement.answer import cell_of

    right = {cause["id"]: cause["right"] for cause in answer["causes"]}
    for row in ask.beside["cells"].iter_rows(named=True):
        cell = cell_of(row)
        yield [*(cell[name] for name in ("code", "origin", "on", "family", "theirs", "ours")),
               row["cause"], right.get(row["cause"]), cell["status"], cell["reason"]]  # fmt: skip
