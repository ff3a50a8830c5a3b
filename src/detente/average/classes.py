"""Goods that the lists of a destination treat alike: classes of codes, found once for all origins.

What decides is which rows of which lists name a code, and not the code. Whatever depends on the
law and the days is then worked out for each class.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from detente._shapes import NamedTuple
from detente.applicability.inheritance import inherit
from detente.average.law import CLAIM, tariff
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.model import Member

OTHER_CLAIM = "other"
CHAPTER_98 = "98"

Rows = tuple[int, ...]
"""Rows of lists by number, the longest code first; below zero is a code that the law writes out."""


class ClassPlace(NamedTuple):
    """Where a code stands: the claim under which it is entered, and its class there."""

    claim: str
    number: int


class ClaimGroup:
    """The classes of codes that are entered under one claim.

    Attributes:
        codes: one code of each class.
        by_name: for each list, and each code that the law writes out, the rows of the classes that
            it names.
    """

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.by_name: dict[str, dict[int, Rows]] = {}
        self._numbers: dict[Rows, int] = {}

    def number(self, rows: Rows) -> int | None:
        """The class of codes with some rows; None where none was met."""
        return self._numbers.get(rows)

    def add(self, code: str, rows: Rows, names: Sequence[str]) -> int:
        """A new class.

        Args:
            code: one of its codes.
            rows: the rows of its codes.
            names: for each row its list, or the code written out.
        """
        number = self._numbers[rows] = len(self.codes)
        self.codes.append(code)
        by_name: dict[str, list[int]] = {}
        for row, name in zip(rows, names, strict=True):
            by_name.setdefault(name, []).append(row)
        for name, own in by_name.items():
            self.by_name.setdefault(name, {})[number] = tuple(own)
        return number


class Classes:
    """The rows of a destination's lists, and the classes of the codes met so far.

    Attributes:
        rows: a row of each kind.
        groups: classes by the claim under which their codes are entered, "" for most.
    """

    def __init__(
        self, register: Register, destination: str, schedule: Schedule | None = None
    ) -> None:
        """Read the lists.

        Args:
            register: the register asked.
            destination: ISO country of import.
            schedule: the goods schedule, where imported editions may have codes that the lists
                have not seen.
        """
        self.register = register
        self._imported = schedule if schedule is not None and schedule.imported_sha256 else None
        names = {each.list for fact in register.facts.values() for each in fact.goods}
        for measure in tariff(register, destination):
            names.update(
                name
                for provision in measure.provisions
                for name in (*provision.goods, *provision.not_goods)
            )
        self.rows, by_code = register.kinds_of_rows(sorted(names))
        self._numbers = {_stated(row): number for number, row in enumerate(self.rows)}
        self._written = ["", *sorted(name for name in names if name[0].isdigit())]
        for number, name in enumerate(self._written[1:], 1):
            by_code.setdefault(name, []).append(-number)
        self._by_code = by_code
        self._shorter = _shorter({len(code) for code in by_code})
        self._rows_of: dict[str, Rows] = {}
        self._places: dict[tuple[str, int | None], ClassPlace] = {}
        self._origins: dict[str, tuple[int | None, int | None]] = {}
        self.groups: dict[str, ClaimGroup] = {}

    def place(self, code: str, later: int | None = None) -> ClassPlace:
        """The class of a code.

        Args:
            code: digits.
            later: the minute from which the schedule prints the code, where it stands for goods
                that had another number before: rows of lists that begin then reach back as far as
                their list does, since a new number of a code moves no goods off a list.
        """
        found = self._places.get((code, later))
        if found is None:
            rows = self._rows(code)
            if later is not None:
                rows = tuple(self._back(row, later) for row in rows)
            claim = self._claim(code) if code.startswith(CHAPTER_98) else ""
            number = self._group(claim).number(rows)
            if number is None:
                names = [self.rows[row].list if row >= 0 else self._written[-row] for row in rows]
                number = self._group(claim).add(code, rows, names)
            found = self._places[code, later] = ClassPlace(claim, number)
        return found

    def _group(self, claim: str) -> ClaimGroup:
        found = self.groups.get(claim)
        if found is None:
            found = self.groups[claim] = ClaimGroup()
        return found

    def listed(self, names: Collection[str]) -> list[tuple[str, Member]]:
        """The codes that some lists name, each with its row, in order of list and code."""
        rows = [
            (code, self.rows[number])
            for code, numbers in self._by_code.items()
            for number in numbers
            if number >= 0 and self.rows[number].list in names
        ]
        return sorted(rows, key=lambda each: (each[1].list, each[0]))

    def _named(self, code: str) -> Rows:
        """The rows that name a code or a beginning of it."""
        found = self._rows_of.get(code)
        if found is None:
            size = self._shorter[len(code)]
            beginning = self._named(code[:size]) if size else ()
            found = self._rows_of[code] = (*self._by_code.get(code, ()), *beginning)
        return found

    def _rows(self, code: str) -> Rows:
        """The rows of a code, or those that it inherits where the lists have not seen it."""
        named = self._named(code)
        if self._imported is None:
            return named
        inherited = inherit(self.register, self._imported, code)
        if inherited is None:
            return named
        written = (row for row in named if row < 0)
        rows = (row for rows in inherited.members.values() for row in rows)
        return (*map(self._number, rows), *written)

    def _back(self, number: int, later: int) -> int:
        """A row over all days of its list, if it begins at a minute."""
        if number < 0 or self.rows[number].start != later:
            return number
        if not self._origins:
            for row in self.rows:
                start, announced = self._origins.get(row.list, (row.start, row.announced))
                self._origins[row.list] = (
                    min(start or 0, row.start or 0),
                    min(announced or 0, row.announced or 0),
                )
        row = self.rows[number]
        start, announced = self._origins[row.list]
        return self._number(row._replace(start=start or None, announced=announced or None))

    def _number(self, row: Member) -> int:
        stated = _stated(row)
        if stated not in self._numbers:
            self._numbers[stated] = len(self.rows)
            self.rows.append(row)
        return self._numbers[stated]

    def _claim(self, code: str) -> str:
        """The provision under which a line of chapter 98 is entered; "" where there is no claim."""
        fact = self.register.facts.get(CLAIM)
        if fact is None:
            return ""
        dotted = f"{code[:4]}.{code[4:6]}.{code[6:8]}"
        return dotted if dotted in fact.words else OTHER_CLAIM


def _stated(row: Member) -> tuple[object, ...]:
    """What a row says of a code: all but its other digits and its note."""
    return (len(row.code), *row[1:7], row.end_announced)


def _shorter(sizes: Iterable[int]) -> list[int]:
    """For each number of digits the next smaller one that lists name; 0 for none."""
    ordered = sorted({0, *sizes})
    return [max(size for size in ordered if size < max(digits, 1)) for digits in range(12)]
