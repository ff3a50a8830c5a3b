"""A panel as a Parquet file, and as a table, an origin at a time."""

from __future__ import annotations

import decimal
from collections.abc import Iterator, Sequence
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.engine.compiled import CompiledCells
from detente.batch.engine.engine import Engine
from detente.batch.panels.panel import Panel, PanelBlock
from detente.core.collector import without_collector
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.store.whole import written_whole

if TYPE_CHECKING:
    import polars


ROWS = 1 << 20
"""Rows written together."""


class PanelSpan(NamedTuple):
    """Whose goods, and which days: from the first until the day after the last."""

    origins: Sequence[str]
    first: str
    until: str


def write_panel(register: Register, schedule: Schedule, span: PanelSpan, target: Path) -> int:
    """Write the rates of every line to Parquet; returns the number of rows.

    They are those of ``panel_of``, sorted by origin within origins that are treated alike, then by
    code and day.
    """
    from detente.batch.panels.panel_pages import PanelPages
    from detente.core.tables.arrow_footer import CATEGORY, DAY, DECIMAL, footer_of
    from detente.core.tables.parquet import ParquetWriter
    from detente.core.tables.parquet_pages import packing

    packed = packing("") or packing("uncompressed")
    assert packed is not None
    with without_collector():
        panel = _panel(register, schedule, span)
        blocks = panel.blocks(span.origins)
        kinds = {
            **dict.fromkeys(("code", "origin"), CATEGORY),
            **dict.fromkeys(("from", "until"), DAY),
            **dict.fromkeys(panel.rate_columns, DECIMAL),
        }
        with written_whole(target) as beside, open(beside, "wb") as file:
            writer = ParquetWriter(file, [*kinds], footer_of(kinds), packed)
            pages = PanelPages(panel, span.origins, writer, packed)
            rows = 0
            for block in blocks:
                pages.add(block)
                rows += len(block.code)
            pages.flush()
            writer.close()
    return rows


def panel_of(register: Register, schedule: Schedule, span: PanelSpan) -> polars.LazyFrame:
    """The rates of every line, worked out an origin at a time as they are read.

    ``code, origin, from, until, ad_valorem`` and a rate for each family (``rate_base``,
    ``rate_301``, …), as decimals of six places, null where there is no share of the value.

    Args:
        register: the register asked.
        schedule: the goods schedule.
        span: whose goods, and which days.
    """
    import polars
    from polars.io.plugins import register_io_source

    panel = _panel(register, schedule, span)

    def frames(*_: object) -> Iterator[polars.DataFrame]:
        waiting: list[polars.DataFrame] = []
        for frame in _frames(panel, span.origins):
            waiting.append(frame)
            if sum(map(len, waiting)) >= ROWS:
                yield polars.concat(waiting)
                waiting.clear()
        if waiting:
            yield polars.concat(waiting)

    return register_io_source(frames, schema=_types(panel))


def _panel(register: Register, schedule: Schedule, span: PanelSpan) -> Panel:
    compiled = CompiledCells.of(register)
    engine = Engine(register, schedule, with_questions=False, compiled=compiled)
    return Panel(engine, span.first, span.until)


def _types(panel: Panel) -> dict[str, polars.DataType]:
    """The columns of a panel."""
    import polars

    return {
        "code": polars.Categorical(),
        "origin": polars.Categorical(),
        "from": polars.Date(),
        "until": polars.Date(),
        **dict.fromkeys(panel.rate_columns, polars.Decimal(12, 6)),
    }


def _frames(panel: Panel, origins: Sequence[str]) -> Iterator[polars.DataFrame]:
    import polars

    codes = polars.Series("code", panel.codes).cast(polars.Categorical)
    blocks = panel.blocks(origins)
    rates = _rate_columns(panel)
    last: PanelBlock | None = None
    columns_of_all: list[polars.Series] = []
    for block in blocks:
        # Origins that are treated alike share one array, and so one set of columns.
        if last is None or block.rates is not last.rates:
            last = block
            columns_of_all = [
                codes.gather(block.code),
                polars.Series("from", block.start).cast(polars.Date),
                polars.Series("until", block.until).cast(polars.Date),
                *(column.gather(block.rates) for column in rates),
            ]
        origin = polars.Series("origin", [block.origin]).cast(polars.Categorical)
        code, *rest = columns_of_all
        yield polars.DataFrame([code, origin.new_from_index(0, len(code)), *rest])


def _rate_columns(panel: Panel) -> list[polars.Series]:
    """The distinct rates, one column for all duties and one a family."""
    import polars

    return [
        polars.Series(
            name,
            [_exact(row[at]) for row in panel.rates],
            dtype=polars.Decimal(12, 6),
        )
        for at, name in enumerate(panel.rate_columns)
    ]


def _exact(millionths: int | None) -> decimal.Decimal | None:
    return None if millionths is None else decimal.Decimal(millionths).scaleb(-6)
