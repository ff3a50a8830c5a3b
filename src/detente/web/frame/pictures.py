"""Charts as files: what a drawing of a page can be taken away as."""

from __future__ import annotations

import msgspec

from detente._shapes import TYPE_CHECKING
from detente.api.refusals import refuse
from detente.chart.picture import ChartError, chart_csv, chart_png, chart_svg

if TYPE_CHECKING:
    from detente.chart.vega import Chart

FILES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv",
    "vega": "application/vnd.vegalite.v5+json",
}
"""What a chart can be taken away as, and the media type of each."""

PICTURES = {kind: FILES[kind] for kind in ("svg", "png", "vega")}
"""Of these, those of a page whose tables have a CSV of their own."""


def picture(spec: Chart, kind: str) -> bytes:
    """A chart in the format of a download.

    Raises:
        RefusedError: the extra for drawing is not installed on the server.
    """
    if kind == "csv":
        return chart_csv(spec).encode()
    if kind == "vega":
        return msgspec.json.encode(spec)
    try:
        return chart_svg(spec).encode() if kind == "svg" else chart_png(spec)
    except ChartError as error:
        raise refuse(501, f"{error}.", "format", "Take format=csv or format=vega.") from error
