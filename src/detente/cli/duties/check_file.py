"""What ``detente check`` writes: the report."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.output_file import check_output

if TYPE_CHECKING:
    from detente.answers.tables import FileChecked
    from detente.questions.request import QuestionRequest


def check(ask: QuestionRequest) -> None:
    """Refuse a report of a kind that is not written.

    Raises:
        ValueError: it is of another kind.
    """
    from detente.check.report import REPORTS

    check_output(ask, REPORTS)


def write(ask: QuestionRequest, answer: FileChecked) -> None:
    """Write the report where that was asked for."""
    if not ask.text("output"):
        return
    from detente.check.report import report
    from detente.store.whole import write_whole

    target = Path(ask.text("output"))
    write_whole(target, report(target, ask.beside["checked"], ask.text("columns")))
