"""Cells of the law and the situation in each: resolved once, by the single path.

Each measure looks at a few things of a cell. Where all measures find what they found in another
cell, and the same yields are in force, the stack is that other cell's; so the situations are far
fewer than the cells, and ``resolve`` runs once for each.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.duty.batch.law import Law
from detente.duty.batch.signs import Signs
from detente.duty.batch.views import ALL, View
from detente.duty.scope import Scope
from detente.duty.stack import Moment, Stack, resolve

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

RATE_FACTS = frozenset({"quota", "price_certificate"})

NONE = 0
"""The number of a cell that was not met yet; the first situation has number 1."""


class Cell(NamedTuple):
    """A line class, a place class, a regime and a sign, by number."""

    line: int
    place: int
    regime: int
    sign: int


class Situation(NamedTuple):
    """What the law says in one or many cells.

    Attributes:
        cell: one of them.
        scope: the register narrowed to it.
        moment: its minute, with the facts of its sign.
        stack: the terms that apply; None where the facts cannot be read as the law needs them.
        void: ids of measures that a later finding says were never owed.
    """

    cell: Cell
    scope: Scope
    moment: Moment
    stack: Stack | None
    void: frozenset[str]


class Cells:
    """The situations met so far, and which cell has which."""

    def __init__(self, law: Law, signs: Signs, asking: bool = True) -> None:
        """Begin without any.

        Args:
            law: the law of a destination.
            signs: the fact signs met so far.
            asking: whether open questions will be asked of situations; otherwise cells of one
                stack are one situation, whatever is in doubt in them.
        """
        import numpy

        self.asking = asking
        self.law = law
        self.signs = signs
        self.situations: list[Situation | None] = [None]
        self._views = [View(law, signs, measure) for measure in law.measures]
        self._yields, self._active = _yield_regimes(law)
        self._content = _yield_contents(law)
        self._disputed = self._disputed_yields()
        self._numbers: dict[tuple[object, ...], int] = {}
        shape = (len(law.lines) + 64, len(law.places), len(law.marks) + 1)
        self._plain = numpy.zeros(shape, numpy.int32)
        self._signed: dict[int, int] = {}
        # Fixed odd multipliers: the same cells give the same order of situations in every run.
        self._mix = numpy.random.default_rng(1).integers(
            1, 2**62, len(law.measures) + 3, dtype=numpy.uint64
        ) * numpy.uint64(2) + numpy.uint64(1)

    def numbers(self, line: Column, place: Column, regime: Column, sign: Column | None) -> Column:
        """The situation of each entry, as a number into `situations`.

        Args:
            line: line class of each entry.
            place: place class of each entry.
            regime: regime of each entry.
            sign: fact sign of each entry; None where none has facts.
        """
        import numpy

        self._grow()
        if sign is None or not sign.any():
            return self._plain_numbers(line, place, regime)
        found = numpy.empty(len(line), numpy.int32)
        plain = sign == 0
        found[plain] = self._plain_numbers(line[plain], place[plain], regime[plain])
        signed = ~plain
        found[signed] = self._signed_numbers(
            line[signed], place[signed], regime[signed], sign[signed]
        )
        return found

    def _disputed_yields(self) -> list[tuple[int, int, Column]]:
        """Yields whose text has several readings: loser and winner by place, regimes in force."""
        import numpy

        places = {view.measure.id: number for number, view in enumerate(self._views)}
        found = []
        for number, row in enumerate(self.law.register.yields):
            if row.readings and row.loser in places and row.winner in places:
                active = numpy.array([number in self._active[each] for each in self._yields])
                found.append((places[row.loser], places[row.winner], active))
        return found

    def _grow(self) -> None:
        """Make room for line classes that were met after the table was made."""
        import numpy

        missing = len(self.law.lines) - self._plain.shape[0]
        if missing > 0:
            more = numpy.zeros((missing + 256, *self._plain.shape[1:]), numpy.int32)
            self._plain = numpy.concatenate([self._plain, more])

    def _plain_numbers(self, line: Column, place: Column, regime: Column) -> Column:
        import numpy

        _, places, regimes = self._plain.shape
        flat = self._plain.reshape(-1)
        key = (line.astype(numpy.int64) * places + place) * regimes + regime
        found = flat[key]
        if not found.all():
            new = numpy.unique(key[found == NONE])
            rest, regime_of = numpy.divmod(new, regimes)
            line_of, place_of = numpy.divmod(rest, places)
            flat[new] = self._fill(line_of, place_of, regime_of, numpy.zeros_like(new))
            found = flat[key]
        return found

    def _signed_numbers(self, line: Column, place: Column, regime: Column, sign: Column) -> Column:
        import numpy

        _, places, regimes = self._plain.shape
        cell = (line.astype(numpy.int64) * places + place) * regimes + regime
        distinct, where = numpy.unique(cell + (sign.astype(numpy.int64) << 40), return_inverse=True)
        known = self._signed
        found = numpy.array([known.get(key, NONE) for key in distinct.tolist()], numpy.int32)
        missing = found == NONE
        if missing.any():
            new = distinct[missing]
            sign_of, rest = new >> 40, new & ((1 << 40) - 1)
            rest, regime_of = numpy.divmod(rest, regimes)
            line_of, place_of = numpy.divmod(rest, places)
            found[missing] = self._fill(line_of, place_of, regime_of, sign_of)
            known.update(zip(new.tolist(), found[missing].tolist(), strict=True))
        return found[where]

    def _fill(self, line: Column, place: Column, regime: Column, sign: Column) -> Column:
        """The situations of cells that were not met yet."""
        import numpy

        keys, rests = self._keys(line, place, regime, sign)
        first, where = self._distinct(keys)
        found = numpy.empty(len(first), numpy.int32)
        for number, at in enumerate(first.tolist()):
            cell = Cell(int(line[at]), int(place[at]), int(regime[at]), int(sign[at]))
            key = self._meaning(keys[at], cell)
            if key not in self._numbers:
                self._numbers[key] = len(self.situations)
                self.situations.append(self._situation(cell, rests[at]))
            found[number] = self._numbers[key]
        return found[where]

    def _keys(
        self, line: Column, place: Column, regime: Column, sign: Column
    ) -> tuple[Column, Column]:
        """For each cell what every measure finds, or what it may find where facts are in doubt.

        An open question turns facts over. So where a measure reads a fact that is in doubt in a
        cell, its rest counts there, and elsewhere its outcome does. The rests come second.
        """
        import numpy

        size = len(self._views)
        rests = numpy.zeros((len(line), size + 3), numpy.int32)
        keys = numpy.zeros_like(rests)
        doubts = numpy.zeros(len(line), numpy.uint64)
        for number, view in enumerate(self._views):
            rest = view.rests(line, place, regime)
            rests[:, number] = rest
            touched = rest.nonzero()[0]
            if len(touched):
                at = (line[touched], place[touched], regime[touched], sign[touched])
                keys[touched, number], bits = view.outcomes(rest[touched], *at)
                doubts[touched] |= bits
        for loser, winner, active in self._disputed:
            disputed = active[regime] & (keys[:, loser] > 0) & (keys[:, winner] > 0)
            doubts[disputed] = ALL
        if not self.asking:
            doubts[:] = 0
        for number, view in enumerate(self._views if self.asking else ()):
            read = (doubts & numpy.uint64(view.bits)) != 0
            read |= doubts == numpy.uint64(ALL)
            # Apart from every outcome, and nothing stays nothing.
            keys[read, number] = -rests[read, number]
        keys[:, size] = doubts != 0
        keys[:, size + 1] = self._yields[regime]
        keys[:, size + 2] = sign
        return keys, rests

    def _distinct(self, keys: Column) -> tuple[Column, Column]:
        """The place of the first of each distinct row, and for each row which it is."""
        import numpy

        mixed = (keys.astype(numpy.uint64) * self._mix).sum(axis=1, dtype=numpy.uint64)
        _, first, where = numpy.unique(mixed, return_index=True, return_inverse=True)
        where = where.reshape(-1)
        if not (keys == keys[first][where]).all():  # two rows mixed to one number: take them whole
            _, first, where = numpy.unique(keys, axis=0, return_index=True, return_inverse=True)
        return first, where.reshape(-1)

    def _meaning(self, key: Column, cell: Cell) -> tuple[object, ...]:
        """The key of a cell without the yields and the facts that do not matter in it."""
        size = len(self._views)
        present = [
            view for view, found in zip(self._views, key[:size].tolist(), strict=True) if found
        ]
        names = {view.measure.id for view in present}
        rows = self.law.register.yields
        yields = tuple(
            self._content[number]
            for number in self._active[int(self._yields[cell.regime])]
            if rows[number].loser in names and rows[number].winner in names
        )
        sign = self.signs.signs[cell.sign]
        if sign:
            read = RATE_FACTS.union(*(view.reads for view in present))
            sign = tuple(
                each for each in sign if each.key in read or each.key not in self.signs.known
            )
        return key[: size + 1].tobytes(), yields, sign

    def _situation(self, cell: Cell, rests: Column) -> Situation:
        law = self.law
        touching = [
            view.touching(rest)
            for view, rest in zip(self._views, rests.tolist(), strict=False)
            if rest
        ]
        scope = law.narrow(touching, cell.line, cell.place)
        moment = Moment(law.minute(cell.regime), None, self.signs.facts[cell.sign])
        try:
            stack: Stack | None = resolve(scope, moment)
        except ValueError:
            stack = None
        void = frozenset() if stack is None else void_measures(stack, moment)
        return Situation(cell, scope, moment, stack, void)


def void_measures(stack: Stack, moment: Moment) -> frozenset[str]:
    """Measures whose term was assessed and, as far as known, never owed."""
    found = set()
    for term in stack.terms:
        for void in term.measure.voids:
            announced = moment.known_on is None or void.announced <= moment.known_on
            covers = void.start <= moment.minute
            covers = covers and (void.until is None or moment.minute < void.until)
            if announced and covers and term.limb.id in void.limbs:
                found.add(term.measure.id)
    return frozenset(found)


def _yield_contents(law: Law) -> list[int]:
    """For each yield a number: those of one number say the same, each of its own days."""
    numbers: dict[object, int] = {}
    found = []
    for place, row in enumerate(law.register.yields):
        said: object = (row.loser, row.loser_limbs, row.winner, row.winner_limbs, row.basis)
        said = place if row.readings else (said, row.heading)
        found.append(numbers.setdefault(said, len(numbers)))
    return found


def _yield_regimes(law: Law) -> tuple[Column, list[tuple[int, ...]]]:
    """For each regime a number, and for each number the yields in force, by their places."""
    import numpy

    numbers: dict[tuple[int, ...], int] = {}
    found = []
    for regime in range(len(law.marks) + 1):
        minute = law.minute(regime)
        active = tuple(
            number
            for number, row in enumerate(law.register.yields)
            if row.start <= minute and (row.until is None or minute < row.until)
        )
        found.append(numbers.setdefault(active, len(numbers)))
    return numpy.array(found, numpy.int32), list(numbers)
