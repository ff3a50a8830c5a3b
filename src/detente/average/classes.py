"""The classes of a destination's goods, those entered under a claim of chapter 98 by themselves."""

from __future__ import annotations

from itertools import chain

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.partition import GoodsClasses, ListRows
from detente.average.law import CLAIM, tariff

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy

    from detente.goods.schedule import Schedule
    from detente.register.book import Register

    Column = numpy.ndarray

OTHER_CLAIM = "other"
CHAPTER_98 = "98"


class ClassPlace(NamedTuple):
    """Where a code stands: the claim under which it is entered, and its class there."""

    claim: str
    number: int


class Classes:
    """The rows of a destination's lists, and the classes of the codes met so far.

    Attributes:
        register: the register asked.
        destination: ISO country of import.
        rows: the rows of the lists.
        groups: classes by the claim under which their codes are entered, "" for most.
    """

    def __init__(
        self,
        register: Register,
        destination: str,
        schedule: Schedule | None = None,
        others: Iterable[Register] = (),
    ) -> None:
        """Read the lists.

        Args:
            register: the register asked.
            destination: ISO country of import.
            schedule: the goods schedule, where imported editions may have codes that the lists
                have not seen.
            others: registers with the same lists, whose measures are asked by the same classes.
        """
        self.register, self.destination = register, destination
        measures = chain.from_iterable(tariff(each, destination) for each in (register, *others))
        self.rows = ListRows(register, measures, schedule)
        self.groups: dict[str, GoodsClasses] = {}
        self._places: dict[tuple[str, int | None], ClassPlace] = {}

    def place(self, code: str, later: int | None = None) -> ClassPlace:
        """The class of a code; `later` is as in `ListRows.of_code`."""
        found = self._places.get((code, later))
        if found is None:
            claim = self._claim(code) if code.startswith(CHAPTER_98) else ""
            if claim not in self.groups:
                self.groups[claim] = GoodsClasses(self.rows)
            # Past the constructor of the named tuple, which is a Python call for each line.
            found = tuple.__new__(ClassPlace, (claim, self.groups[claim].number(code, later)))
            self._places[code, later] = found
        return found

    def _claim(self, code: str) -> str:
        """The provision under which a line of chapter 98 is entered; "" where there is no claim."""
        fact = self.register.facts.get(CLAIM)
        if fact is None:
            return ""
        dotted = f"{code[:4]}.{code[4:6]}.{code[6:8]}"
        return dotted if dotted in fact.words else OTHER_CLAIM


def numbered_places(
    classes: Classes, goods: Sequence[tuple[str, int | None]], met: Column
) -> tuple[list[ClassPlace], Column]:
    """The distinct places of goods among the classes, and the number of the place of each good.

    Args:
        classes: the classes of codes.
        goods: digits of all goods, each with the minute that `Classes.place` asks for.
        met: the goods to be placed, by number, as often as they come; the others get -1.
    """
    import numpy

    known: dict[ClassPlace, int] = {}
    place_of = numpy.full(len(goods), -1)
    # In the order in which they are met, as classes are numbered.
    used, first = numpy.unique(met, return_index=True)
    own = used[numpy.argsort(first)].tolist()
    place_of[own] = [known.setdefault(classes.place(*goods[each]), len(known)) for each in own]
    return [*known], place_of


def classes_of(
    registers: Sequence[Register], destination: str, schedule: Schedule | None = None
) -> list[Classes]:
    """The classes of each register; one for all where their lists are the same.

    Args:
        registers: the registers asked.
        destination: ISO country of import.
        schedule: as in `Classes`.
    """
    first, *others = registers
    # Where codes were imported, a register answers by itself what they inherit.
    imported = schedule is not None and schedule.imported_sha256
    if not imported and all(first.shares_lists(each) for each in others):
        # One object for all of them, by whose identity what was worked out is shared.
        return [Classes(first, destination, schedule, others)] * len(registers)
    return [Classes(each, destination, schedule) for each in registers]
