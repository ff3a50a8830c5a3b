"""Goods that the law treats alike: codes that the same rows of its lists name are one class.

Not the code decides, but which rows of which lists name it, or a beginning of it. Rows that say the
same of a code are of one kind, so `ListRows` has a few thousand of them. `GoodsClasses` numbers
the codes that the same kinds name; whatever depends on the law and the days is then worked out for
each class, and for one measure only for the classes that its lists name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from detente._shapes import TYPE_CHECKING
from detente.applicability.inheritance import inherit
from detente.applicability.scope import row_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.register.model import Measure, Member

    Members = dict[str, list[Member]]
    Inherit = Callable[[str], Members | None]
    """The list rows of a code that the lists have not seen; None for every other code."""

    Stored = Callable[[Sequence[str]], list[int]]

NO_CLASS = -1
"""Of a code that was not met before."""

Rows = tuple[int, ...]
"""Kinds of rows by number, the longest code first; below zero is a code that the law writes out."""


class ListRows:
    """The rows of the lists by which some measures name goods, read when a code is first asked."""

    def __init__(
        self, register: Register, measures: Iterable[Measure], schedule: Schedule | None = None
    ) -> None:
        """Begin.

        Args:
            register: the register asked.
            measures: the measures that name the goods.
            schedule: the goods schedule, where imported editions may have codes that the lists
                have not seen.
        """
        self._register = register
        self._imported = schedule if schedule is not None and schedule.imported_sha256 else None
        self._measures = measures
        self._rows_of: dict[str, Rows] = {}
        self._inherited: dict[str, Members | None] = {}
        self._origins: dict[str, tuple[int | None, int | None]] = {}

    @cached_property
    def names(self) -> set[str]:
        """The lists, and the codes that the measures write out: those of a scenario as well."""
        found = {name for measure in self._measures for name in lists_of(measure)}
        found.update(each.list for fact in self._register.facts.values() for each in fact.goods)
        return found

    @cached_property
    def _read(self) -> tuple[list[Member], dict[str, list[int]]]:
        """A row of each kind, and the kinds of each code with the codes that are written out."""
        kinds, by_code = self._register.kinds_of_rows(sorted(self.names))
        for number, name in enumerate(self._written[1:], 1):
            by_code.setdefault(name, []).append(-number)
        return kinds, by_code

    @cached_property
    def _written(self) -> list[str]:
        """The codes that are written out; a row below zero is the place of one, from 1."""
        return ["", *sorted(name for name in self.names if name[0].isdigit())]

    @cached_property
    def _numbers(self) -> dict[tuple[object, ...], int]:
        return {row_key(row): number for number, row in enumerate(self._read[0])}

    @cached_property
    def _shorter(self) -> list[int]:
        """For each number of digits the next smaller one that a list names; 0 for none."""
        ordered = sorted({0, *map(len, self._read[1])})
        return [max(size for size in ordered if size < max(digits, 1)) for digits in range(12)]

    def of_code(self, code: str, later: int | None = None) -> Rows:
        """The rows that name a code, or those that it inherits where the lists have not seen it.

        Args:
            code: digits.
            later: the minute from which the schedule prints the code, where it stands for goods
                that had another number before: rows of lists that begin then reach back as far as
                their list does, since a new number of a code moves no goods off a list.
        """
        rows = self._named(code)
        inherited = self._inherits(code)
        if inherited is not None:
            own = (row for each in sorted(inherited) for row in inherited[each])
            listed = (self._number(row) for row in own if row.list in self.names)
            rows = (*listed, *(row for row in rows if row < 0))
        return rows if later is None else tuple(self._back(row, later) for row in rows)

    def is_unseen(self, code: str) -> bool:
        """Whether the lists have not seen the code, so that its open questions are its own."""
        return self._inherits(code) is not None

    def name(self, row: int) -> str:
        """The list of a row, or the code written out."""
        return self._read[0][row].list if row >= 0 else self._written[-row]

    def members(self, rows: Iterable[int]) -> Members:
        """Rows by their lists, as `Register.members` gives them; their last digits are zeros."""
        found: Members = {}
        for row in rows:
            if row >= 0:
                each = self._read[0][row]
                found.setdefault(each.list, []).append(each)
        return found

    def listed(self, names: Collection[str]) -> list[tuple[str, Member]]:
        """The codes that some lists name, each with its row, in order of list and code."""
        kinds, by_code = self._read
        rows = [
            (code, kinds[number])
            for code, numbers in by_code.items()
            for number in numbers
            if number >= 0 and kinds[number].list in names
        ]
        return sorted(rows, key=lambda each: (each[1].list, each[0]))

    def _named(self, code: str) -> Rows:
        """The rows that name a code or a beginning of it."""
        found = self._rows_of.get(code)
        if found is None:
            size = self._shorter[len(code)]
            shorter = code[:size]
            # A beginning is asked for by many codes: looked up here, that is no call.
            beginning = self._rows_of.get(shorter) if size else ()
            if beginning is None:
                beginning = self._named(shorter)
            own = self._read[1].get(code)
            # A beginning is read once for all the codes below it, most of which add nothing.
            found = self._rows_of[code] = beginning if own is None else (*own, *beginning)
        return found

    def _inherits(self, code: str) -> Members | None:
        if self._imported is None:
            return None
        if code not in self._inherited:
            found = inherit(self._register, self._imported, code)
            self._inherited[code] = None if found is None else found.members
        return self._inherited[code]

    def _back(self, number: int, later: int) -> int:
        """A row over all days of its list, if it begins at a minute."""
        kinds = self._read[0]
        if number < 0 or kinds[number].start != later:
            return number
        if not self._origins:
            for row in kinds:
                start, announced = self._origins.get(row.list, (row.start, row.announced))
                self._origins[row.list] = (
                    min(start or 0, row.start or 0),
                    min(announced or 0, row.announced or 0),
                )
        row = kinds[number]
        start, announced = self._origins[row.list]
        return self._number(row._replace(start=start or None, announced=announced or None))

    def _number(self, row: Member) -> int:
        kinds = self._read[0]
        number = self._numbers.setdefault(row_key(row), len(kinds))
        if number == len(kinds):
            kinds.append(row)
        return number


class GoodsClasses:
    """Classes of codes by the rows that name them, numbered as they are met.

    Attributes:
        rows: the rows of the lists.
        codes: one code of each class.
    """

    def __init__(
        self,
        rows: ListRows,
        codes: Sequence[str] = (),
        stored: Stored | None = None,
    ) -> None:
        """Begin with the classes that are known.

        Args:
            rows: the rows of the lists.
            codes: one code of each class that was found before, by the same lists.
            stored: the class of each code that was met before, and `NO_CLASS` of any other.
        """
        self.rows = rows
        self.codes = list(codes)
        self._stored = stored
        self._class_of: dict[str, int] = {}
        self._class_of_later: dict[tuple[str, int], int] = {}
        self._numbers: dict[tuple[Rows, bool], int] = {}
        self._rows: list[Rows] = []
        self._by_name: dict[str, dict[int, Rows]] = {}
        self._own: dict[int, dict[str, Rows]] = {}

    def copy(self) -> GoodsClasses:
        """The same classes, to which others may be added."""
        made = GoodsClasses(self.rows, self.codes, self._stored)
        made._class_of.update(self._class_of)
        return made

    def numbers(self, codes: Sequence[str]) -> list[int]:
        """The class of each of some codes."""
        known = self._class_of
        new = [code for code in dict.fromkeys(codes) if code not in known]
        if new and self._stored is not None:
            found = zip(new, self._stored(new), strict=True)
            known.update((code, number) for code, number in found if number != NO_CLASS)
        return [known[code] if code in known else self._number(code) for code in codes]

    def number(self, code: str, later: int | None = None) -> int:
        """The class of a code; `later` is as in `ListRows.of_code`."""
        if later is None:
            found = self._class_of.get(code)
            if found is None:
                found = self._number(code) if self._stored is None else self.numbers([code])[0]
            return found
        if (code, later) not in self._class_of_later:
            self._class_of_later[code, later] = self._met(code, later)
        return self._class_of_later[code, later]

    def _number(self, code: str) -> int:
        """The class of a code of which nothing is known."""
        found = self._class_of[code] = self._met(code, None)
        return found

    def _met(self, code: str, later: int | None) -> int:
        rows, unseen = self.rows.of_code(code, later), self.rows.is_unseen(code)
        if len(self._rows) < len(self.codes):
            self._read()
        found = self._numbers.get((rows, unseen))
        if found is None:
            self.codes.append(code)
            found = self._add(rows, unseen)
        return found

    def of_class(self, number: int) -> Rows:
        """The rows that name the codes of a class."""
        # To note the rows of all that were found before takes longer than to find those of a few.
        if number >= len(self._rows):
            return self.rows.of_code(self.codes[number])
        return self._rows[number]

    def seen_in(self, number: int, names: Iterable[str]) -> tuple[Rows, ...]:
        """What some lists tell apart of one class, as `seen` has it; () where none names it."""
        own = self._own.get(number)
        if own is None:
            own = self._own[number] = self._lists_of(self.of_class(number))
        return tuple(own[name] for name in names if name in own)

    def named(self, name: str) -> dict[int, Rows]:
        """The classes that a list names, or a code written out, each with the rows that do."""
        self._read()
        return self._by_name.get(name, {})

    def seen(self, names: Iterable[str], first: int = 0) -> dict[int, tuple[Rows, ...]]:
        """What some lists tell apart: the rows, by list, of each class that one of them names.

        Args:
            names: lists, and codes written out, in an order that does not change.
            first: the first class asked about.
        """
        found: dict[int, list[Rows]] = {}
        for name in names:
            classes = self.named(name)
            # Classes are numbered as they are met, so the new ones stand last.
            for number in reversed(classes):
                if number < first:
                    break
                found.setdefault(number, []).append(classes[number])
        return {number: tuple(found[number]) for number in sorted(found)}

    def _read(self) -> None:
        """Note the rows of classes that were found before."""
        for code in self.codes[len(self._rows) :]:
            self._add(self.rows.of_code(code), self.rows.is_unseen(code))

    def _add(self, rows: Rows, unseen: bool) -> int:
        number = self._numbers[rows, unseen] = len(self._rows)
        self._rows.append(rows)
        for name, own in self._lists_of(rows).items():
            self._by_name.setdefault(name, {})[number] = own
        return number

    def _lists_of(self, rows: Rows) -> dict[str, Rows]:
        """Rows by the list that they are of, or the code written out."""
        found: dict[str, list[int]] = {}
        for row in rows:
            found.setdefault(self.rows.name(row), []).append(row)
        return {name: tuple(own) for name, own in found.items()}


def lists_of(measure: Measure) -> set[str]:
    """Names of the lists, and codes written out, by which a measure names goods."""
    return {
        name
        for provision in measure.provisions
        for name in (*provision.goods, *provision.not_goods)
    }
