"""A panel as the pages of a Parquet file: origins that are treated alike have theirs in common.

Each column has few distinct values, so its rows are numbers into a dictionary; those of an origin
are a page, which is packed once and written for every origin that has the same rows.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.tables.parquet_pages import (
    BYTE_ARRAY,
    INT32,
    INT64,
    PackedDictionary,
    PackedPart,
    Packing,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy

    from detente.batch.panels.panel import Panel, PanelBlock
    from detente.core.tables.parquet import ParquetWriter

    Column = numpy.ndarray

ROWS = 1 << 18
"""Rows of a group at least: a reader of one origin passes over the other groups."""

GOODS = ("code", "from", "until")
"""Columns of lines and days; of the others one is the origin, and the rest are rates."""


class PanelPages:
    """Blocks of a panel as groups of rows."""

    def __init__(
        self, panel: Panel, origins: Sequence[str], writer: ParquetWriter, packing: Packing
    ) -> None:
        """Begin.

        Args:
            panel: the panel, of which all rates were met.
            origins: whose blocks will come.
            writer: the file.
            packing: how pages are packed.
        """
        import numpy

        self._writer = writer
        self._packing = packing
        self._origins = sorted(origins)
        self._days = numpy.array(sorted({*panel.days, panel.until}), numpy.int32)
        codes = [code.encode() for code in panel.codes]
        days = [day.to_bytes(4, "little", signed=True) for day in self._days.tolist()]
        self._numbers: dict[str, Column] = {}
        self._dictionaries = {
            "code": PackedDictionary(BYTE_ARRAY, codes, packing),
            "origin": PackedDictionary(
                BYTE_ARRAY, [origin.encode() for origin in self._origins], packing
            ),
            "from": PackedDictionary(INT32, days, packing),
            "until": PackedDictionary(INT32, days, packing),
        }
        for at, name in enumerate(panel.rate_columns):
            self._add_rates(name, [rates[at] for rates in panel.rates])
        self._last: PanelBlock | None = None
        self._alike: dict[str, PackedPart] = {}
        self._waiting: list[dict[str, PackedPart]] = []
        self._rows = 0

    def add(self, block: PanelBlock) -> None:
        """Write a block, or keep it until its group has enough rows."""
        # Origins that are treated alike share one array, and so one set of pages.
        if self._last is None or block.rates is not self._last.rates:
            self._alike = self._parts(block)
        self._last = block
        rows = len(block.code)
        if not rows:
            return
        self._waiting.append({**self._alike, "origin": self._origin(block.origin, rows)})
        self._rows += rows
        if self._rows >= ROWS:
            self.flush()

    def flush(self) -> None:
        """Write the blocks that wait as a group."""
        if self._waiting:
            columns = {
                name: dictionary.column([parts[name] for parts in self._waiting])
                for name, dictionary in self._dictionaries.items()
            }
            self._writer.add(self._rows, {}, columns)
        self._waiting, self._rows = [], 0

    def _add_rates(self, name: str, rates: Sequence[int | None]) -> None:
        """A column of rates: the dictionary, and the place in it of each of the panel's rates."""
        import numpy

        values = sorted({rate for rate in rates if rate is not None})
        places: dict[int | None, int] = {rate: place for place, rate in enumerate(values)}
        places[None] = -1
        self._numbers[name] = numpy.array([*map(places.__getitem__, rates)], numpy.int32)
        bodies = [rate.to_bytes(8, "little", signed=True) for rate in values]
        self._dictionaries[name] = PackedDictionary(INT64, bodies, self._packing)

    def _parts(self, block: PanelBlock) -> dict[str, PackedPart]:
        """The pages of a block, but for its origin."""
        numbers = {
            "code": block.code,
            "from": self._days.searchsorted(block.start),
            "until": self._days.searchsorted(block.until),
        }
        numbers |= {name: places.take(block.rates) for name, places in self._numbers.items()}
        return {name: self._dictionaries[name].part(each) for name, each in numbers.items()}

    def _origin(self, origin: str, rows: int) -> PackedPart:
        import numpy

        place = self._origins.index(origin)
        return self._dictionaries["origin"].part(numpy.full(rows, place, numpy.int32))
