"""What ``detente history`` writes and draws: a row for each step, and the steps as a picture."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.answers.history import DutyHistory
    from detente.questions.request import QuestionRequest


def write(ask: QuestionRequest, answer: DutyHistory) -> None:
    """Write the steps, and draw them, where that was asked for."""
    if ask.text("output"):
        from detente.cli.output_file import write_table
        from detente.duty.history_rows import COLUMNS, step_rows

        write_table(ask, answer, COLUMNS, step_rows(answer))
    if ask.text("chart"):
        from detente.chart.history import history_chart
        from detente.cli.pictures import write_chart

        write_chart(ask, "history", history_chart(answer, ask.register.families))
