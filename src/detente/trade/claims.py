"""What importers claim, and what customs collected: shares with their source, read by partner."""

from __future__ import annotations

from array import array

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.packed import unpacked
from detente.trade.claims_tables import NONE as NONE
from detente.trade.claims_tables import WHOLE as WHOLE

if TYPE_CHECKING:
    import sqlite3

METALS = ("steel", "aluminum", "copper")


class ClaimKind(NamedTuple):
    """A kind of claim, or of a fact of goods, of which shares are in hand.

    Attributes:
        name: of the kind.
        partners: the partners that can make such a claim; none for all.
        facts: the entry facts that it stands for, KEY=VALUE between semicolons; "" where the
            register names the fact by origin.
        effect: ``lowers``, ``raises`` or ``either``: what it does to the duty of a line.
        start: the first day of the data.
        until: the day after the last.
        title: in words.
        source: who compiled it, from what.
        grade: how well it is known.
        without: beginnings of codes to which it is not applied.
        note: what a reader must know.
    """

    name: str
    partners: tuple[str, ...]
    facts: str
    effect: str
    start: str
    until: str
    title: str
    source: str
    grade: str
    without: tuple[str, ...]
    note: str


class Collected(NamedTuple):
    """Customs value and calculated duty of a month, dollars."""

    month: str
    value: int
    duty: int


class Claims:
    """The tables of claims in the compiled file of flows."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Read from an open file."""
        self._database = database

    def kinds(self) -> dict[str, ClaimKind]:
        """Every kind by its name."""
        rows = self._database.execute("SELECT * FROM claim_kinds ORDER BY kind")
        found = {}
        for name, to, facts, effect, start, until, title, source, grade, without, note in rows:
            found[name] = ClaimKind(
                name, tuple(to.split()), facts, effect, start, until, title, source, grade,
                tuple(without.split()), note,
            )  # fmt: skip
        return found

    def periods(self) -> tuple[str, ...]:
        """Years and months of the shares by line, in order."""
        rows = self._database.execute("SELECT period FROM claim_periods ORDER BY place")
        return tuple(period for (period,) in rows)

    def lines(self, partner: str) -> dict[str, array[int]]:
        """Parts of `WHOLE` by line and period; `NONE` where nothing was imported."""
        rows = self._database.execute(
            "SELECT code, shares FROM claim_lines WHERE partner = ?", (partner,)
        )
        return {code: unpacked("H", body) for code, body in rows}

    def chapters(self, partner: str) -> dict[str, int]:
        """Parts of `WHOLE` of the ordinary duty that are not owed, by chapter."""
        rows = self._database.execute(
            "SELECT chapter, share FROM claim_chapters WHERE partner = ?", (partner,)
        )
        return dict(rows.fetchall())

    def exclusions(self) -> dict[str, int]:
        """Parts of `WHOLE` under an exclusion, by line."""
        rows = self._database.execute("SELECT code, share FROM claim_exclusions WHERE share > 0")
        return dict(rows.fetchall())

    def contents(self) -> dict[str, tuple[int, int, int]]:
        """Parts of `WHOLE` that are steel, aluminum and copper, by line."""
        rows = self._database.execute("SELECT code, steel, aluminum, copper FROM claim_contents")
        return {code: (steel, aluminum, copper) for code, steel, aluminum, copper in rows}

    def parts(self) -> dict[str, int]:
        """Parts of `WHOLE` that are parts of vehicles, by beginnings of codes that differ."""
        return dict(self._database.execute("SELECT prefix, share FROM claim_parts").fetchall())

    def tracker(self) -> tuple[tuple[str, str], ...]:
        """An independent tracker's average over all countries, from the days of its changes.

        The rate is "" from the day on from which nothing is known.
        """
        return tuple(self._database.execute("SELECT day, rate FROM tracker ORDER BY day"))

    def collected(self, partner: str, chapter: str = "") -> tuple[Collected, ...]:
        """Months of a partner, or of ``all``, in order; of a chapter, or of all goods."""
        rows = self._database.execute(
            "SELECT month, value, duty FROM collected WHERE partner = ? AND chapter = ?"
            " ORDER BY month",
            (partner, chapter),
        )
        return tuple(Collected(*row) for row in rows)
