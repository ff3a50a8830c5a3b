"""The picture of ``detente average``: steps by layer, or both directions on one chart."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.output_file import check_files, write_table
from detente.cli.pictures import write_chart

if TYPE_CHECKING:
    from detente.answers.average import Average
    from detente.questions.request import QuestionRequest


def check(ask: QuestionRequest) -> None:
    """Refuse what cannot be drawn before anything is asked.

    Raises:
        ValueError: the file's name ends in nothing that is known, or one day alone is asked for.
    """
    from detente.questions.average import days

    first, last = days(ask)
    check_files(ask)
    if ask.text("chart") and first == last:
        raise ValueError(
            "--chart draws steps over days and one day has none: give --from and --to-date"
        )


def draw(ask: QuestionRequest, answer: Average) -> None:
    """Draw and write what was asked for."""
    if ask.text("output"):
        from detente.cli.duties.layer_file import series_table

        write_table(ask, answer, *series_table(answer))
    if ask.text("chart"):
        from detente.chart.of_average import chart_of_average

        write_chart(ask, "average", chart_of_average(ask.register, answer))
