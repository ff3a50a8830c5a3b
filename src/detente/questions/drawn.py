"""An answer as a picture for a notebook: averages, histories, minerals."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from detente.chart.drawn import Picture
    from detente.chart.vega import Chart


class NotebookPicture(NamedTuple):
    """A picture: its Vega-Lite dictionary, and SVG where it is shown."""

    spec: Chart

    def _repr_svg_(self) -> str:
        from detente.chart.picture import chart_svg

        return chart_svg(self.spec)


class Shown(NamedTuple):
    """A picture that is drawn as SVG by itself, with its rows."""

    picture: Picture

    def _repr_svg_(self) -> str:
        from detente.chart.drawn import svg_text

        return svg_text(self.picture)


def drawn(answer: Any, name: str = "") -> NotebookPicture | Shown:
    """The picture of an answer; ``name`` says which where there are several.

    Raises:
        ValueError: no picture is drawn of such an answer, or none of that name.
    """
    if "stages" in answer and "mineral" in answer:
        return _of_mineral(answer, name)
    if name:
        raise ValueError(f"there is no picture {name!r} of this answer: leave the name out")
    from detente.register.book import Register

    if "segments" in answer:
        from detente.chart.history import history_chart

        return NotebookPicture(history_chart(answer, Register.built_in().families))
    if "series" in answer and "weighting" in answer:
        from detente.chart.of_average import chart_of_average

        return NotebookPicture(chart_of_average(Register.built_in(), answer))
    raise ValueError(
        "no picture is drawn of this answer: an average, a history or a mineral has one"
    )


def _of_mineral(answer: Any, name: str) -> NotebookPicture | Shown:
    from detente.chart.mineral import pictures
    from detente.chart.supply import supply_chart

    if not name:
        return NotebookPicture(supply_chart(dict(answer)))
    found = {each.name: each for each in pictures(dict(answer))}
    if name not in found:
        had = ", ".join(found) or "none"
        raise ValueError(f"there is no picture {name!r} of this mineral: there are {had}")
    return Shown(found[name])
