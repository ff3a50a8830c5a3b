"""The picture of ``detente average``: steps by layer, or both directions on one chart."""

from __future__ import annotations

import sys
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.pictures import check as check_chart

if TYPE_CHECKING:
    from detente.answers.average import Average
    from detente.questions.asking import Asking


def check(ask: Asking) -> None:
    """Refuse what cannot be drawn before anything is asked.

    Raises:
        ValueError: the file's name ends in nothing that is known, or one day alone is asked for.
    """
    from detente.questions.average import days

    first, last = days(ask)
    if ask.text("output"):
        from detente.core.tables.writing import kind_of

        kind_of(Path(ask.text("output")))
    if not ask.text("chart"):
        return
    check_chart(ask)
    if first == last:
        raise ValueError(
            "--chart draws steps over days and one day has none: give --from and --to-date"
        )


def draw(ask: Asking, answer: Average) -> None:
    """Draw and write what was asked for."""
    if ask.text("output"):
        from detente.cli.duties.layer_file import series_table
        from detente.cli.output_file import write_table

        write_table(ask, answer, *series_table(answer))
    if not ask.text("chart"):
        return
    from detente.chart.of_average import chart_of_average
    from detente.chart.picture import write_picture

    for warning in write_picture(chart_of_average(ask.register, answer), Path(ask.text("chart"))):
        print(f"detente average: {warning}", file=sys.stderr)
