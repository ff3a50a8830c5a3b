"""What ``detente compare`` writes and draws of its rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.questions.compare import check as check_question

if TYPE_CHECKING:
    from typing import Any

    from detente.questions.asking import Asking

COLUMNS = ("what", "on", "unit", "before", "after", "difference")


def check(ask: Asking) -> None:
    """Refuse a question that is none, and files that cannot be written, before anything is asked.

    Raises:
        ValueError: the message says what to write.
    """
    check_question(ask)
    output, chart = ask.text("output"), ask.text("chart")
    if output and Path(output).suffix.lower() != ".csv":
        raise ValueError(f"-o {output} writes CSV: let its name end in .csv")
    if chart:
        from detente.chart.picture import check_target

        check_target(Path(chart))


def write(ask: Asking, answer: dict[str, Any]) -> None:
    """Write the rows, and draw them, where that was asked for."""
    if ask.text("output"):
        _write(answer["rows"], Path(ask.text("output")))
    if ask.text("chart"):
        from detente.chart.compare import compared_chart
        from detente.chart.picture import write_picture

        last = ask.text("to_date") or None
        write_picture(compared_chart(answer, last), Path(ask.text("chart")))


def _write(rows: list[dict[str, Any]], target: Path) -> None:
    """The rows as CSV, written beside their place and renamed."""
    from detente.core.cells import harmless
    from detente.store.whole import write_whole

    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows:
        cells = ["" if row[column] is None else str(row[column]).strip() for column in COLUMNS]
        writer.writerow([harmless(cell) for cell in cells])
    write_whole(target, out.getvalue().encode("utf-8"))
