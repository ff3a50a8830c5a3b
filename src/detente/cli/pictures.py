"""What the commands that draw share."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.questions.asking import Asking


def check(ask: Asking) -> None:
    """Refuse a file that no picture can be drawn into, before anything is asked.

    Raises:
        ValueError: the name of the chart ends in nothing that is known.
    """
    if ask.text("chart"):
        from detente.chart.picture import check_target

        check_target(Path(ask.text("chart")))
