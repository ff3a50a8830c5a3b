"""Columns of a table of partners beside the one of its names: further names, and what is unread.

Every name is screened, by whatever heading it stands under: trading names, names in English, owners
and other parties of the row. What is told as not read are addresses of other parties, and the parts
of the names of persons.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.tables.headings import (
    NAMES,
    parted,
    plain_name,
    says_further_name,
    says_name,
    says_part_of_person,
)
from detente.parties.lists.keys import folded
from detente.parties.masters.columns import ADDED, KEY, is_code, is_number, was_screened, words_of
from detente.parties.screening.queries import FurtherName

if TYPE_CHECKING:
    from detente.parties.masters.columns import ColumnPlaces

FEWEST_LETTERS = 2
"""Letters of what may be a name."""

FOUND = re.compile(r"(own_)*listed_name(_\d+)?")
"""What `screen --file` calls the listed name of a hit, in a file that may be asked again."""


class _NameColumn(NamedTuple):
    """A column in which further names may stand.

    Attributes:
        at: its place.
        heading: as it stands in the table.
        takes_codes: whether one word with a digit may be a name there (`3M`), since the heading
            says that names stand below; under `Vendor` it is a number.
        is_part: see ``FurtherName``.
    """

    at: int
    heading: str
    takes_codes: bool
    is_part: bool = False


class FurtherColumns:
    """The columns of further names, while rows are read."""

    def __init__(self, headings: Sequence[str], places: ColumnPlaces) -> None:
        """Begin before the first row.

        Args:
            headings: of the table.
            places: the columns that are read.
        """
        own = len(ADDED) if was_screened(headings) else 0
        left = [
            (at, each)
            for at, each in enumerate(headings)
            if at >= own and at not in places.read and not is_number(each)
        ]
        self._columns = list(_parts(headings, places))
        self._unread = []
        for at, heading in left:
            plain = plain_name(heading)
            if FOUND.fullmatch(heading):
                continue
            if says_part_of_person(plain) or _is_called(plain, ("address",)):
                self._unread.append(at)
            elif says_further_name(plain) or _is_called(plain, NAMES):
                takes = says_name(plain) or not _is_called(plain, NAMES)
                self._columns.append(_NameColumn(at, heading, takes))
        self._headings, self._places = headings, places
        self._met: set[int] = set()

    def of(self, cells: Sequence[str]) -> tuple[FurtherName, ...]:
        """The further names of a row: each once, and none that is the name of the row."""
        if not self._columns:
            return ()
        known = {folded(self._places.name_of(cells))}
        found = []
        for column in self._columns:
            cell = cells[column.at].strip() if column.at < len(cells) else ""
            if not cell or folded(cell) in known or not _may_name(cell, column.takes_codes):
                continue
            if column.is_part and _may_go_on(cells, self._places):
                continue
            known.add(folded(cell))
            found.append(FurtherName(column.heading, cell, column.is_part))
            if not column.is_part and not is_code(cell):
                self._met.add(column.at)
        return tuple(found)

    @property
    def screened(self) -> list[str]:
        """The headings under which further names stood, as they stand in the table."""
        return [self._headings[at] for at in sorted(self._met)]

    @property
    def unread(self) -> list[str]:
        """The headings that seem to hold addresses, or parts of names of persons, and are unread.

        Whoever names the columns of the name may leave out one in which it goes on.
        """
        return [self._headings[at] for at in self._unread]


def _parts(headings: Sequence[str], places: ColumnPlaces) -> list[_NameColumn]:
    """The columns that are read as one name, in each of which a name may stand by itself."""
    if places.name is None or not places.more_names:
        return []
    every = (places.name, *places.more_names)
    return [_NameColumn(at, headings[at], takes_codes=True, is_part=True) for at in every]


FIELD = 30
"""Letters of the shortest field of usual systems, at whose end a long name goes on in the next."""


def _may_go_on(cells: Sequence[str], places: ColumnPlaces) -> bool:
    """Whether a name may go on in the next cell because its field was full.

    Where the next word had room and stands in the next cell, that says something else: a second
    name, a department, in whose care.
    """
    assert places.name is not None
    parts = [cells[at].strip() for at in (places.name, *places.more_names)]
    written = [each for each in parts if each]
    return any(len(one) + 1 + len(other.split()[0]) > FIELD for one, other in pairwise(written))


def _is_called(plain: str, meanings: Sequence[str]) -> bool:
    """Whether a heading is known to be one of some meanings, whatever stands below."""
    known = {parted(word)[0] for each in meanings for word in words_of(each)}
    return parted(plain)[0] in known


def _may_name(cell: str, takes_codes: bool) -> bool:
    """Whether a cell may be a name: it has letters, and is no key or mark (`Y`)."""
    letters = sum(map(str.isalpha, cell))
    if KEY.fullmatch(cell) or not letters:
        return False
    if letters < FEWEST_LETTERS:
        return takes_codes and len(cell) > letters
    return takes_codes or not is_code(cell)
