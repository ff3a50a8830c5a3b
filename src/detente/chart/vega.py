"""What a drawing is before it is drawn: a Vega-Lite dictionary, and the rows that it draws."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    Chart: TypeAlias = dict[str, Any]
    """A Vega-Lite dictionary, or a part of one: a layer, an encoding, an axis.

    Its shape is that of the schema under ``$schema``, which is Vega-Lite's and not ours.
    """

    ChartRow: TypeAlias = dict[str, str | float | None]
    """A row of a chart's data: a text, a number, or null for what is not known, by field.

    Most have ``on`` (an ISO day), ``name`` and ``rate`` (a fraction of one).
    """
