"""Goods of all lines split by the facts that claims give them, once for partners that split alike.

    units of a part = floor(units of what it is split from x share / WHOLE)

Into which parts goods fall hangs on the line and on which steps touch it, and on no partner's
weights. So the parts are found once, as columns; a partner's units then run through them, a step at
a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.layered.claim_steps import NOTHING, Facts, LineClaims, Steps, Taking
from detente.trade.claims import WHOLE

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray


Goods = dict[int, tuple[tuple[int, Facts], ...]]
"""Parts of each line: their places among all goods, and their facts."""


class ClassifiedLine(NamedTuple):
    """Goods of a line over some days: ten digits, and their class where no claim moves them."""

    code: str
    place: int


class Moves(NamedTuple):
    """What a step takes from goods of some facts and gives to others: columns of equal length.

    Attributes:
        line: the line, by its place among those split.
        before: the facts that the goods had, by number.
        after: the facts that they have.
        period: the period of claims in which they move; -1 for all days.
        units: units of weight.
    """

    line: Column
    before: Column
    after: Column
    period: Column
    units: Column


class SplitLevel(NamedTuple):
    """The parts into which one step splits goods.

    ``parent`` is the place of what each is split from among all goods met so far.
    """

    name: str
    parent: Column
    line: Column
    facts: Column
    share: Column


class FactNumbers:
    """Sets of facts by number."""

    def __init__(self) -> None:
        self.facts: list[Facts] = []
        self._numbers: dict[Facts, int] = {}

    def number(self, facts: Facts) -> int:
        """The number of a set of facts."""
        found = self._numbers.get(facts)
        if found is None:
            found = self._numbers[facts] = len(self.facts)
            self.facts.append(facts)
        return found

    def joined(self, numbers: Column, more: Facts) -> Column:
        """The numbers of sets of facts, each with some more."""
        import numpy

        found = numpy.zeros(len(self.facts), numpy.intp)
        for each in numpy.flatnonzero(numpy.bincount(numbers)).tolist():
            found[each] = self.number(tuple(sorted((*self.facts[each], *more))))
        joined: Column = found[numbers]
        return joined


class SplitGoods:
    """Lines split by the steps that are the same for many partners."""

    def __init__(self, steps: Steps, lines: Sequence[ClassifiedLine], facts: FactNumbers) -> None:
        """Split them.

        Args:
            steps: the steps of a partner.
            lines: goods of lines.
            facts: numbers of sets of facts.
        """
        import numpy

        self._facts = facts
        self._lines = len(lines)
        self._levels: list[SplitLevel] = []
        touched = {code: steps.touching(code) for code in {line.code for line in lines}}
        goods: Goods = {
            place: ((place, NOTHING),) for place, line in enumerate(lines) if touched[line.code]
        }
        met = self._lines
        for name in steps.common:
            own = [place for place in goods if name in touched[lines[place].code]]
            rows = [*self._split(steps.taking(name), lines, own, goods, met)]
            met += len(rows)
            columns = numpy.array(rows, numpy.int64).reshape(-1, 4).T
            self._levels.append(SplitLevel(name, *columns))
        self._leaves = self._standing(facts.number(NOTHING), numpy.arange(self._lines))

    def _split(
        self, take: Taking, lines: Sequence[ClassifiedLine], own: Iterable[int], goods: Goods,
        met: int,
    ) -> Iterator[tuple[int, int, int, int]]:  # fmt: skip
        """Take goods of lines apart: a row of a level for each part; ``goods`` becomes the parts.

        Args:
            take: takes them apart.
            lines: all lines.
            own: places of the lines whose goods may be taken apart.
            goods: what there is of each line, by its place among all goods met so far.
            met: how many these are.
        """
        for place in own:
            code, number = lines[place]
            after: list[tuple[int, Facts]] = []
            for parent, each in goods[place]:
                portions = take(code, number, each)
                if portions is None:
                    after.append((parent, each))
                    continue
                for portion in portions:
                    yield parent, place, self._facts.number(portion.facts), portion.share
                    after.append((met, portion.facts))
                    met += 1
            goods[place] = tuple(after)

    def _standing(self, nothing: int, lines: Column) -> tuple[Column, Column, Column]:
        """What is split no further: its place among all goods, its line and its facts."""
        import numpy

        line = numpy.concatenate([lines, *(level.line for level in self._levels)])
        facts = numpy.concatenate(
            [numpy.full(len(lines), nothing), *(level.facts for level in self._levels)]
        )
        whole = numpy.ones(len(line), bool)
        for level in self._levels:
            whole[level.parent] = False
        places = numpy.flatnonzero(whole)
        return places, line[places], facts[places]

    def moves(self, units: Column, last: LineClaims | None) -> Iterator[tuple[str, Moves]]:
        """What each step moves of a partner's goods.

        Args:
            units: units of weight by line.
            last: what the partner's importers claim by line, after all else.
        """
        import numpy

        nothing = self._facts.number(NOTHING)
        known, facts = units, numpy.full(len(units), nothing)
        for level in self._levels:
            part = _share(known[level.parent], level.share)
            yield (
                level.name,
                _moved(
                    level.line, facts[level.parent], level.facts, numpy.full(len(part), -1), part
                ),
            )
            known = numpy.concatenate([known, part])
            facts = numpy.concatenate([facts, level.facts])
        if last is not None:
            yield last.name, self._claimed(known, last)

    def _claimed(self, known: Column, last: LineClaims) -> Moves:
        """What is claimed of goods that are split no further, by line and period."""
        import numpy

        places, lines, before = self._leaves
        chosen = last.row_of[lines] >= 0
        places, lines, before = places[chosen], lines[chosen], before[chosen]
        shares = last.shares[last.row_of[lines]]
        units = _share(known[places][:, None], shares)
        after = self._facts.joined(before, last.facts)
        at, period = numpy.nonzero(units)
        periods = period if last.by_period else numpy.full(len(at), -1)
        return _moved(lines[at], before[at], after[at], periods, units[at, period])


def _moved(line: Column, before: Column, after: Column, period: Column, units: Column) -> Moves:
    """Moves without those of nothing, and those from some facts to the same."""
    kept = (units != 0) & (before != after)
    return Moves(line[kept], before[kept], after[kept], period[kept], units[kept])


def _share(units: Column, shares: Column) -> Column:
    """Parts of units, rounded down; in two steps, since the product may pass 64 bits."""
    found: Column = units // WHOLE * shares + units % WHOLE * shares // WHOLE
    return found
