"""Cells of the law and the situation in each: resolved once, by the single path.

Each measure looks at a few things of a cell. Where all measures find what they found in another
cell, and the same yields are in force, the stack is that other cell's; so the situations are far
fewer than the cells, and ``resolve`` runs once for each.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.duty.batch.law import Law
from detente.duty.batch.signs import Signs
from detente.duty.batch.views import ALL, EMPTY, Fits, View, doubted
from detente.duty.scope import Scope
from detente.duty.stack import Moment, Stack, together
from detente.register.model import Yield

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
        scope: its goods and its place, without the measures: these are in `rests`.
        moment: its minute, with the facts of its sign.
        stack: the terms that apply; None where the facts cannot be read as the law needs them.
        void: ids of measures that a later finding says were never owed.
        rests: what is left of each measure that touches it, by the place of the measure.
    """

    cell: Cell
    scope: Scope
    moment: Moment
    stack: Stack | None
    void: frozenset[str]
    rests: tuple[tuple[int, int], ...]


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
        self._fits = Fits()
        self._views = [View(law, signs, measure, self._fits) for measure in law.measures]
        self._listed: dict[int, tuple[str, ...]] = {}
        self._stacks: dict[tuple[object, ...], Stack] = {}
        self._meanings: dict[object, Stack] = {}
        self._yields, self._active = _yield_regimes(law)
        self._content = _yield_contents(law)
        self._disputed = self._disputed_yields()
        self._numbers: dict[tuple[object, ...], int] = {}
        self._seen: dict[bytes, int] = {}
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

    def grid(self, place: int, regimes: Column) -> tuple[Column, Column, Column]:
        """The situations of one place without facts: of all line classes, in some regimes.

        Lines that every measure treats alike there are one row, and so are regimes one column.
        Open questions are not told apart, so this is for cells that do not ask.

        Returns:
            Situations by row and column; the row of each line class; the column of each regime.
        """
        import numpy

        if self.asking:
            raise ValueError("a grid does not tell open questions apart")
        rows, columns = _Alike(len(self.law.lines)), _Alike(len(regimes))
        columns.add(self._yields[regimes])
        for view in self._views:
            if view.inside(place):
                table, line_of, stretch_of = view.table(place, regimes)
                rows.add(_same_rows(table)[line_of])
                columns.add(_same_rows(table.T)[stretch_of])
        (line, row_of), (regime, column_of) = rows.found(), columns.found()
        lines = numpy.repeat(line, len(regime))
        at = numpy.tile(regimes[regime], len(line))
        found = self.numbers(lines, numpy.full(len(lines), place), at, None)
        return found.reshape(len(line), len(regime)), row_of, column_of

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
            seen = keys[at].tobytes()
            if seen not in self._seen:
                key = self._meaning(keys[at], cell)
                if key not in self._numbers:
                    self._numbers[key] = len(self.situations)
                    self.situations.append(self._situation(cell, rests[at]))
                self._seen[seen] = self._numbers[key]
            found[number] = self._seen[seen]
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
                keys[touched, number], bits = view.outcomes(rest[touched], sign[touched])
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
        if cell.line not in self._listed:
            self._listed[cell.line] = tuple(sorted(law.lines[cell.line].members))
        code, place = law.lines[cell.line].code, law.places[cell.place]
        scope = Scope(code, place, law.destination, (), (), self._listed[cell.line])
        moment = Moment(law.minute(cell.regime), None, self.signs.facts[cell.sign])
        left = tuple((number, rest) for number, rest in enumerate(rests.tolist()) if rest)
        found = Situation(cell, scope, moment, None, frozenset(), left)
        try:
            stack = self.resolve(found, moment)
        except ValueError:
            return found
        return found._replace(stack=stack, void=void_measures(stack, moment))

    def resolve(self, situation: Situation, moment: Moment) -> Stack:
        """The stack of a situation with other facts, or with one doubt turned over.

        It is put together from what each measure comes to, by the functions of the single path;
        stacks that say the same are one object.

        Raises:
            ValueError: a fact cannot be read as the law needs it.
        """
        views = self._views
        numbers = [views[number].fit(rest, moment) for number, rest in situation.rests]
        for number in numbers:
            if number in self._fits.faults:
                raise self._fits.faults[number]
        active = int(self._yields[situation.cell.regime])
        turned = id(moment.turned) if isinstance(moment.turned, Yield) else 0
        key = (active, turned, *filter(None, numbers))
        if key not in self._stacks:
            self._stacks[key] = self._together(numbers, active, moment)
        return self._stacks[key]

    def _together(self, numbers: list[int], active: int, moment: Moment) -> Stack:
        fits = [self._fits.fits[number] for number in numbers if number != EMPTY]
        names = {
            each.term.measure.id: number
            for each, number in zip(fits, filter(None, numbers), strict=True)
            if each.term is not None
        }
        rows = self.law.register.yields
        chosen = [
            number
            for number in self._active[active]
            if rows[number].loser in names and rows[number].winner in names
        ]
        said = tuple(self._content[number] for number in chosen)
        turned = id(moment.turned) if isinstance(moment.turned, Yield) else 0
        key = (said, turned, tuple(filter(None, numbers)))
        if key not in self._stacks:
            found = together(fits, [rows[each] for each in chosen], moment)
            self._stacks[key] = self._meanings.setdefault(_said(found, names), found)
        return self._stacks[key]


class _Alike:
    """Things that agree in every respect so far."""

    def __init__(self, count: int) -> None:
        import numpy

        self._number = numpy.zeros(count, numpy.int64)
        self._first = numpy.zeros(min(count, 1), numpy.int64)

    def add(self, respect: Column) -> None:
        """Tell apart things that differ in one more respect."""
        import numpy

        if len(respect) and (respect != respect[0]).any():
            both = self._number * (int(respect.max()) + 1) + respect
            _, self._first, where = numpy.unique(both, return_index=True, return_inverse=True)
            self._number = where.reshape(-1)

    def found(self) -> tuple[Column, Column]:
        """The first of each kind, and the kind of each thing."""
        return self._first, self._number


def _same_rows(table: Column) -> Column:
    """For each row of a table the number of those that are equal to it."""
    import numpy

    return numpy.unique(table, axis=0, return_inverse=True)[1].reshape(-1)


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


def _said(stack: Stack, fit_of: Mapping[str, int]) -> object:
    """What a stack says: the fit of each term and to what it gives way, headings, and doubts."""
    terms = tuple(
        (fit_of[term.measure.id], *(less.measure.id for less in term.less), *term.less_headings)
        for term in stack.terms
    )
    headings = tuple((kept.measure.id, kept.heading) for kept in stack.kept_out)
    doubts = tuple(
        (each.kind, each.limb.id if each.limb else "", each.holds, doubted(each))
        for each in stack.doubts
    )
    return (terms, headings, doubts)


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
