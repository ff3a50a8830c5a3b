"""What an ownership file says: holdings, listed parties, entities, and what was odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import counted
from detente.parties.ownership.shares import Share, ShareTable

if TYPE_CHECKING:
    from typing import Any

    from detente.core.coverage import Coverage

    Said = tuple[str, str, str, str, Share | None, Share | None, bool]
    """What a row says beside who holds how much of whom: its other fields, in their order."""


class Holding(NamedTuple):
    """One row: who holds how much of whom, over ``[since, until)`` (ISO days, "" for open).

    Attributes:
        share: of the equity.
        board: of the seats of the board; None where the file does not say.
        votes: of the voting rights; None where the file does not say.
        contract: whether the owner has effective control by contract.
        source: who says so.
        key: which holding or class of shares this is: rows that share it are one holding.
    """

    owner: str
    owned: str
    share: Share
    since: str = ""
    until: str = ""
    source: str = ""
    key: str = ""
    board: Share | None = None
    votes: Share | None = None
    contract: bool = False


class HoldingRows(Sequence[Holding]):
    """Holdings as columns, each made when it is read: a file may have hundreds of thousands.

    Attributes:
        owner, owned: ids of each row.
        share: of each row the number of its share in ``shares``.
        said: of each row the place in ``sayings`` of what else it says, which most say alike.
    """

    def __init__(self) -> None:
        self.owner: list[str] = []
        self.owned: list[str] = []
        self.share: list[int] = []
        self.said: list[int] = []
        self.shares = ShareTable()
        self.sayings: list[Said] = []
        self._places: dict[tuple[Any, ...], int] = {}

    @classmethod
    def of(cls, rows: Iterable[Holding]) -> HoldingRows:
        """Rows as columns, if they are not yet."""
        if isinstance(rows, HoldingRows):
            return rows
        found = cls()
        for row in rows:
            found.add(row)
        return found

    def add(self, row: Holding) -> None:
        """Put a row at the end."""
        self.owner.append(row.owner)
        self.owned.append(row.owned)
        self.share.append(self.shares.number(row.share))
        self.said.append(self.place(row[3:]))

    def add_columns(
        self, owner: list[str], owned: list[str], share: list[int], said: list[int]
    ) -> None:
        """Put rows at the end, a column at a time."""
        self.owner += owner
        self.owned += owned
        self.share += share
        self.said += said

    def place(self, said: Said) -> int:
        """The place of what a row says beside who holds how much of whom."""
        # Shares by identity: to hash a fraction takes longer than to read it.
        key = *said[:4], id(said[4]), id(said[5]), said[6]
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.sayings)
            self.sayings.append(said)
        return place

    def __len__(self) -> int:
        return len(self.owner)

    def __getitem__(self, at: Any) -> Any:
        """A row by its place, or a tuple of those of a slice."""
        if isinstance(at, slice):
            return tuple(map(self.__getitem__, range(*at.indices(len(self)))))
        share, said = self.shares.share(self.share[at]), self.sayings[self.said[at]]
        # All fields are given, so the tuple is made as it is: there are hundreds of thousands.
        return tuple.__new__(Holding, (self.owner[at], self.owned[at], share, *said))

    def __iter__(self) -> Iterator[Holding]:
        return map(self.__getitem__, range(len(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (HoldingRows, tuple)):
            return NotImplemented
        return tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class Seed(NamedTuple):
    """A listed party: the list, its programmes there, and what its listing requires.

    ``place`` says where it was read, for messages; ``doubt`` why it is open whether the party was
    listed on the day, "" for one that was. Where its name was screened, ``party`` is one for all
    names of a listed party, and ``keys`` are its entries on the list.
    """

    id: str
    list: str
    programmes: tuple[str, ...] = ()
    country: str = ""
    requirement: str = ""
    place: str = ""
    doubt: str = ""
    party: str = ""
    keys: tuple[str, ...] = ()


class Entity(NamedTuple):
    """What is known of a company; ``branch_of`` names the company that it is a part of.

    ``place`` says where it was read, for messages: a row of a table, or a file of another format.
    ``others`` are its further names, such as those in other letters; ``perhaps`` the countries of
    one of which it is, where ``country`` is open; ``branches`` of whom it is a branch from day to
    day, where that is told: company, first day, first day without it.
    """

    id: str
    name: str = ""
    country: str = ""
    branch_of: str = ""
    place: str = ""
    others: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    branches: tuple[tuple[str, str, str], ...] = ()

    def filled_from(self, other: Entity) -> Entity:
        """The same with what another file says of it beside: a name, a country, whose branch it is.

        What both say is as it was.
        """
        return self._replace(
            name=self.name or other.name,
            country=self.country or other.country,
            branch_of=self.branch_of or other.branch_of,
            others=tuple(dict.fromkeys((*self.others, *other.others))),
            perhaps=self.perhaps or other.perhaps,
            branches=self.branches or other.branches,
        )

    def branch_on(self, day: str) -> str:
        """Of whom it is a branch on a day; "" for nobody."""
        whose = (
            company
            for company, since, until in self.branches
            if since <= day and (not until or day < until)
        )
        return self.branch_of or next(whose, "")


class Flag(NamedTuple):
    """Something about an entity that wants a look."""

    id: str
    why: str


class ScreenedList(NamedTuple):
    """A list that the names in the holdings were screened against.

    Attributes:
        read: how the list was read for the day.
        found: how many companies have the name of one of its parties.
    """

    read: Coverage
    found: int


class Holdings(NamedTuple):
    """All that was read, before a day and a rule are chosen; ``screened`` after that, if asked.

    ``left_out`` are rows of which no holding could be made, each with where it stands and why;
    ``unscreened`` ids of companies whose names nobody gives, so that no list could be asked;
    ``keyed`` whether rows may have keys, which no other format than a table has a place for;
    ``renamed`` ids that the rows had as they were given, and have under another name of theirs now.
    """

    rows: Sequence[Holding]
    seeds: tuple[Seed, ...] = ()
    entities: dict[str, Entity] = {}  # noqa: RUF012
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()
    screened: tuple[ScreenedList, ...] = ()
    left_out: tuple[str, ...] = ()
    unscreened: tuple[str, ...] = ()
    keyed: bool = True
    renamed: tuple[str, ...] = ()

    def with_branches_of(self, day: str) -> Holdings:
        """The same with the branches of a day, as far as days are told of them; others are none."""
        dated = {each: entity for each, entity in self.entities.items() if entity.branches}
        if not dated:
            return self
        found = {
            each: entity._replace(branch_of=entity.branch_on(day), branches=())
            for each, entity in dated.items()
        }
        ended = sum(not entity.branch_of for entity in found.values())
        are = "is" if ended == 1 else "are"
        note = f"{ended} of {counted(len(found), 'branch', 'branches')} {are} none on {day}"
        return self._replace(
            entities=self.entities | found, notes=(*self.notes, *([note] if ended else []))
        )
