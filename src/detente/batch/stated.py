"""What the build says of the situations of the law: as rows of numbers and of distinct texts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import chain
from typing import overload

from detente._shapes import TYPE_CHECKING
from detente.batch.engine.distinct import Distinct
from detente.batch.texts import (
    BY_ENTRY,
    Ask,
    Asks,
    Dependence,
    Filed,
    LayerTexts,
    OutcomeText,
    OutcomeTexts,
    RateTotal,
    Wait,
)
from detente.duty.amounts import EntryValue
from detente.duty.rates.amount import Missing
from detente.register.codec import duty_row

if TYPE_CHECKING:
    from typing import Any

    import numpy

    from detente.batch.engine.compiled import CompiledCells
    from detente.batch.engine.stored_list import StoredList

ENTRY_VALUES = (EntryValue(None, {}), EntryValue(10**9, {}))
"""An entry without a value, and one with it."""

UNSAID = OutcomeText(
    Dependence(BY_ENTRY, doubtful=True),
    Asks(),
    ("", ""),
    ((), ()),
    (("", LayerTexts("", "", False)),) * 2,
)
"""Of a situation whose entries are answered one by one."""


def stated_of(texts: OutcomeTexts, number: int, capped: bool, plain: bool) -> OutcomeText:
    """All that is said of a situation.

    Args:
        texts: makes the texts.
        number: the situation.
        capped: whether a cap is among its charges.
        plain: whether its figures can be told in columns.
    """
    cached = texts.cached_text(number)
    if cached is not None:
        return cached
    depends = texts.depends(number)
    if depends.mode == BY_ENTRY or not plain:
        return UNSAID._replace(depends=depends)
    below = texts.filed(number, False)
    without, with_value = (texts.missing(number, None, entry_value) for entry_value in ENTRY_VALUES)
    waiting, waiting_with_value = (texts.waits(number, entry_value) for entry_value in ENTRY_VALUES)
    return OutcomeText(
        depends,
        texts.asks(number),
        (without, with_value),
        (waiting, waiting_with_value),
        (below, texts.filed(number, True) if capped else below),
    )


def stated_tables(
    stated: Sequence[OutcomeText],
) -> tuple[dict[str, numpy.ndarray], dict[str, object], dict[str, Sequence[Hashable]]]:
    """What is said of situations as tables of numbers, and the distinct things they stand for.

    Returns:
        The numbers; the things that are read whole; and those of which each is read on use.
    """
    import numpy

    total, asks, lacks, waits, filed = (Distinct[Hashable]() for _ in range(5))
    totals: Distinct[tuple[int, ...]] = Distinct()
    rows = [
        (
            each.depends.mode,
            each.depends.doubtful,
            totals.number(tuple(map(total.number, each.depends.totals))),
            asks.number(each.asks),
            lacks.number(each.lacks),
            waits.number(each.waits),
            *map(filed.number, each.filed),
        )
        for each in stated
    ]
    numbers: dict[str, numpy.ndarray] = {
        "said": numpy.array(rows, numpy.int32),
        "totals": numpy.array([*chain.from_iterable(totals.things)], numpy.uint16),
        "totals_ends": numpy.cumsum([0, *map(len, totals.things)], dtype=numpy.uint32),
    }
    texts = {"total": total.things, "lacks": lacks.things, "waits": waits.things}
    return numbers, {**texts}, {"asks": asks.things, "filed": filed.things}


class CachedTexts(Sequence[OutcomeText]):
    """What the build says of the situations, from number 1 on; each is put together on use.

    Attributes:
        rows: by situation, what `stated_tables` gives: mode, whether anything is in doubt, and the
            places of totals, of asks, of what lacks and waits, and of how it is filed below and at
            a cap.
        filed: the distinct ways to file.
        totals: the distinct totals.
        total_places: the places of the totals of those that depend on the same ones, those of one
            set after those of another.
        total_ends: where those of each set end, after the beginning of the first.
        lacks: the distinct texts of what lacks, by `ENTRY_VALUES`.
        asks: the distinct things that situations ask.
        way: by situation, the way to ask.
        way_first: by way to ask, the first situation, less one.
    """

    def __init__(self, compiled: CompiledCells) -> None:
        self.rows = compiled.numbers("said")
        self.filed: StoredList[Filed] = compiled.stored("filed", _filed)
        self.totals: list[RateTotal] = [_total(row) for row in compiled.texts("total")]
        self.total_places = compiled.numbers("totals")
        self.total_ends = compiled.numbers("totals_ends").astype("int64")
        self.lacks: list[list[str]] = compiled.texts("lacks")
        self.asks: StoredList[Asks] = compiled.stored("asks", _asks)
        self.way = compiled.numbers("way")
        self.way_first = compiled.numbers("way_first").astype("int64")
        self._waits: list[tuple[tuple[Wait, ...], tuple[Wait, ...]]] = [
            (_waits(without), _waits(with_value)) for without, with_value in compiled.texts("waits")
        ]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> OutcomeText: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[OutcomeText]: ...
    def __getitem__(self, at: int | slice) -> OutcomeText | Sequence[OutcomeText]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        mode, asking, total, ask, lack, wait, below, reached = self.rows[at].tolist()
        start, end = self.total_ends[total : total + 2].tolist()
        totals = tuple(self.totals[each] for each in self.total_places[start:end].tolist())
        without, with_value = self.lacks[lack]
        return OutcomeText(
            Dependence(mode, totals, bool(asking)),
            self.asks[ask],
            (without, with_value),
            self._waits[wait],
            (self.filed[below], self.filed[reached]),
        )


def _filed(row: list[Any]) -> Filed:
    headings, layers = row
    return headings, LayerTexts._make(layers)


def _asks(row: list[Any]) -> Asks:
    asks, always = row
    return Asks(tuple(map(Ask._make, asks)), tuple(always))


def _total(row: list[Any]) -> RateTotal:
    column, free, dear = row
    return RateTotal(duty_row(column) if column else None, free, dear)


def _waits(rows: list[list[Any]]) -> tuple[Wait, ...]:
    return tuple(Wait(rate, lack and Missing(*lack)) for rate, lack in rows)
