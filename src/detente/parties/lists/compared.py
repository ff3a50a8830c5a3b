"""That a list, as it is held, is what its publisher has on a later day.

A version is of the day that its file says, and a publisher who changes nothing for months goes on
printing that day. Who looks on a later day and finds nothing else settles the days between: a
person, or an update that fetched the file. It is kept who looked, when, and at what, and it holds
for these very versions alone: of another file, or another edition of the package, it says nothing.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.store.files import has_table

if TYPE_CHECKING:
    import sqlite3

SCHEMA = """CREATE TABLE IF NOT EXISTS compared (
  list TEXT NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL, through TEXT NOT NULL,
  "by" TEXT NOT NULL, against TEXT NOT NULL, PRIMARY KEY (list, day, state)
)"""


class ComparedList(NamedTuple):
    """Versions of a list that were compared with what their publisher has.

    Attributes:
        list: short name of the list.
        day: ISO day that the versions are of.
        state: which versions these are, as `state_of` says it.
        through: ISO day on which they were compared.
        by: who compared.
        against: what they were compared with.
    """

    list: str
    day: str
    state: str
    through: str
    by: str
    against: str

    def sentence(self) -> str:
        """What was done, as a clause without an end."""
        return f"found the same on {self.through} by {self.by}, against {self.against}"


def comparisons(database: sqlite3.Connection) -> list[ComparedList]:
    """Every comparison that the user's file holds, the latest last."""
    if not has_table(database, "compared"):
        return []
    rows = database.execute(
        'SELECT list, day, state, through, "by", against FROM compared ORDER BY through, list'
    )
    return [ComparedList(*row) for row in rows]


def keep(database: sqlite3.Connection, comparison: ComparedList) -> None:
    """Keep a comparison in the place of an earlier one of the same versions; not committed."""
    database.execute(SCHEMA)
    database.execute("INSERT OR REPLACE INTO compared VALUES (?, ?, ?, ?, ?, ?)", comparison)


def withdraw(database: sqlite3.Connection, comparison: ComparedList) -> None:
    """Take a comparison out; not committed."""
    database.execute(
        "DELETE FROM compared WHERE list = ? AND day = ? AND state = ?", comparison[:3]
    )
