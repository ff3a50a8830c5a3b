"""What an ownership file says: holdings, listed parties, entities, and what was odd about it."""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.parties.ownership.shares import Share


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


class Seed(NamedTuple):
    """A listed party: the list, its programmes there, and what its listing requires.

    ``place`` says where it was read, for messages.
    """

    id: str
    list: str
    programmes: tuple[str, ...] = ()
    country: str = ""
    requirement: str = ""
    place: str = ""


class Entity(NamedTuple):
    """What is known of a company; ``branch_of`` names the company that it is a part of.

    ``place`` says where it was read, for messages; none where a file of another format told it.
    """

    id: str
    name: str = ""
    country: str = ""
    branch_of: str = ""
    place: str = ""


class Flag(NamedTuple):
    """Something about an entity that wants a look."""

    id: str
    why: str


class Holdings(NamedTuple):
    """All that was read, before a day and a rule are chosen."""

    rows: tuple[Holding, ...]
    seeds: tuple[Seed, ...] = ()
    entities: dict[str, Entity] = {}  # noqa: RUF012
    flags: tuple[Flag, ...] = ()
    notes: tuple[str, ...] = ()
