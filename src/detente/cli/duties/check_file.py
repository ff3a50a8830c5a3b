"""What ``detente check`` writes: the report."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from detente.questions.asking import Asking


def check(ask: Asking) -> None:
    """Refuse a report of a kind that is not written, or over the file that is read.

    Raises:
        ValueError: it is one of these.
    """
    if not ask.text("output"):
        return
    from detente.check.report import REPORTS
    from detente.core.tables.writing import kind_of

    target, file = Path(ask.text("output")), Path(ask.text("file"))
    kind_of(target, REPORTS)
    if target.exists() and file.exists() and target.samefile(file):
        raise ValueError(f"{target} is the file that is read: write to another one")


def write(ask: Asking, answer: dict[str, Any]) -> None:
    """Write the report where that was asked for."""
    if not ask.text("output"):
        return
    from detente.check.report import report
    from detente.store.whole import write_whole

    target = Path(ask.text("output"))
    write_whole(target, report(target, ask.beside["checked"]))
