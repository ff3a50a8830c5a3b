"""The lines of the flows that ship, followed through all editions by the build."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.average.cells import CodeEquivalents
from detente.average.followed import (
    ALONE,
    ALWAYS,
    COLUMNS,
    PARTS,
    RATES,
    TEXTS,
    LineRows,
    meta_of,
    write,
)
from detente.average.lines import ScheduleLines
from detente.goods.schedule import COMPILED, Schedule
from detente.trade.flows import Flows

if TYPE_CHECKING:
    import numpy

    from detente.average.lines import RatePiece


def build_lines(source: Path, target: Path) -> None:
    """Follow the lines of the built-in flows through the built-in schedule, compiled before.

    Args:
        source: the folder of the flows, of which the compiled ones are read.
        target: the file to make.
    """
    import numpy

    schedule, flows = Schedule(COMPILED), Flows()
    lines, found = ScheduleLines(schedule), LineRows(CodeEquivalents(flows.equivalents()))
    rows = [
        (*found.row(line, piece), alone)
        for line, code in enumerate(flows.codes)
        for alone, piece in _from_every_edition(lines, code, len(schedule.editions))
    ]
    columns = dict(zip((*COLUMNS, ALONE), numpy.array(rows, numpy.int64).T, strict=True))
    texts: dict[str, int] = {}
    columns[RATES] = numpy.array(
        [texts.setdefault(text, len(texts)) for each in found.rates for text in each[:3]]
    )
    smallest = {name: column.astype(_smallest(column)) for name, column in columns.items()}
    codes, later = zip(*found.goods, strict=True)
    stored = dict(zip(TEXTS, (codes, later, [*texts]), strict=True))
    write(target, meta_of(schedule, flows), smallest, stored)


def _from_every_edition(
    lines: ScheduleLines, code: str, editions: int
) -> Iterator[tuple[int, RatePiece]]:
    """The pieces of a code, each with the edition from which alone it counts, or `ALWAYS`.

    Only within a gap in which no edition prints the code does it matter from where it is followed.
    """
    gaps = lines.gaps(code, editions)

    def gap_of(piece: RatePiece) -> tuple[int, int] | None:
        return next((gap for gap in gaps if gap[0] <= piece.first < gap[1]), None)

    for gap, group in groupby(lines.pieces({code: PARTS}, 0, editions), gap_of):
        always = [*group]
        for first in range(gap[0] + 1, gap[1]) if gap is not None else ():
            assert gap is not None
            own = [*lines.pieces({code: PARTS}, first, gap[1])]
            if own != [
                each._replace(first=max(each.first, first)) for each in always if each.until > first
            ]:
                yield from ((first, each) for each in own)
        yield from ((ALWAYS, each) for each in always)


def _smallest(column: numpy.ndarray) -> str:
    """The smallest kind of whole numbers that holds a column, low byte first."""
    import numpy

    kinds = (numpy.min_scalar_type(each) for each in (int(column.min()), int(column.max())))
    return numpy.promote_types(*kinds).newbyteorder("<").str
