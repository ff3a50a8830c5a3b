"""What ``detente history`` writes and draws: a row for each step, and the steps as a picture."""

from __future__ import annotations

import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.pictures import check as check_chart

if TYPE_CHECKING:
    from detente.answers.history import DutyHistory
    from detente.questions.asking import Asking


def check(ask: Asking) -> None:
    """Refuse files that cannot be written, before anything is asked.

    Raises:
        ValueError: the message says what to write.
    """
    if ask.text("output"):
        from detente.core.tables.writing import kind_of

        kind_of(Path(ask.text("output")))
    check_chart(ask)


def write(ask: Asking, answer: DutyHistory) -> None:
    """Write the steps, and draw them, where that was asked for."""
    if ask.text("output"):
        from detente.cli.output_file import write_table
        from detente.duty.history_rows import COLUMNS, step_rows

        write_table(ask, answer, COLUMNS, step_rows(answer))
    if ask.text("chart"):
        from detente.chart.history import history_chart
        from detente.chart.picture import write_picture

        spec = history_chart(answer, ask.register.families)
        for warning in write_picture(spec, Path(ask.text("chart"))):
            print(f"detente history: {warning}", file=sys.stderr)
