"""What the build says of the situations of the law: as rows of numbers and of distinct texts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from detente._shapes import TYPE_CHECKING
from detente.answer.batch_texts import (
    BY_ENTRY,
    Ask,
    Asks,
    Dependence,
    LayerTexts,
    Said,
    Texts,
    Total,
)
from detente.duty.amounts import Worth
from detente.register.model import Duty

if TYPE_CHECKING:
    from typing import Any

    import numpy

    from detente.duty.batch.kept import Kept

WORTHS = (Worth(None, {}), Worth(10**9, {}))
"""An entry without a value, and one with it."""

UNSAID = Said(
    Dependence(BY_ENTRY, asking=True), Asks(), ("", ""), (("", LayerTexts("", "", False)),) * 2
)
"""Of a situation whose entries are answered one by one."""


def said_of(texts: Texts, number: int, capped: bool, plain: bool) -> Said:
    """All that is said of a situation.

    Args:
        texts: makes the texts.
        number: the situation.
        capped: whether a cap is among its charges.
        plain: whether its figures can be told in columns.
    """
    depends = texts.depends(number)
    if depends.mode == BY_ENTRY or not plain:
        return UNSAID._replace(depends=depends)
    below = texts.filed(number, False)
    without, with_value = (texts.missing(number, None, worth) for worth in WORTHS)
    return Said(
        depends,
        texts.asks(number),
        (without, with_value),
        (below, texts.filed(number, True) if capped else below),
    )


def said_tables(said: Sequence[Said]) -> tuple[dict[str, numpy.ndarray], dict[str, object]]:
    """What is said of situations as a table of numbers, and the distinct things they stand for."""
    import numpy

    totals, asks, lacks, filed = _Distinct(), _Distinct(), _Distinct(), _Distinct()
    rows = [
        (
            each.depends.mode,
            each.depends.asking,
            totals.number(each.depends.totals),
            asks.number(each.asks),
            lacks.number(each.lacks),
            *map(filed.number, each.filed),
        )
        for each in said
    ]
    texts = {"totals": totals, "asks": asks, "lacks": lacks, "filed": filed}
    return (
        {"said": numpy.array(rows, numpy.int32)},
        {name: list(each.known) for name, each in texts.items()},
    )


class _Distinct:
    """Things by number, each once."""

    def __init__(self) -> None:
        self.known: dict[Hashable, int] = {}

    def number(self, thing: Hashable) -> int:
        return self.known.setdefault(thing, len(self.known))


def read_said(kept: Kept) -> list[Said]:
    """What is said of the situations, from number 1 on."""
    totals = [tuple(map(_total, rows)) for rows in kept.texts("totals")]
    asks = [
        Asks(tuple(Ask._make(row) for row in rows), tuple(always))
        for rows, always in kept.texts("asks")
    ]
    lacks = [(without, with_value) for without, with_value in kept.texts("lacks")]
    filed = [(headings, LayerTexts._make(layers)) for headings, layers in kept.texts("filed")]
    return [
        Said(
            Dependence(mode, totals[total], bool(asking)),
            asks[ask],
            lacks[lack],
            (filed[below], filed[reached]),
        )
        for mode, asking, total, ask, lack, below, reached in kept.numbers("said").tolist()
    ]


def _total(row: list[Any]) -> Total:
    column, free, dear = row
    return Total(Duty._make([*column[:-1], tuple(column[-1])]) if column else None, free, dear)
