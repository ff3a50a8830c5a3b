"""Trade flows, read from the compiled file: by line and partner, and by chapter."""

from __future__ import annotations

import os
from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.packed import unpacked
from detente.store.files import DATA, open_read_only
from detente.trade.claims import Claims
from detente.trade.compile import GENERAL

if TYPE_CHECKING:
    from array import array

COMPILED = os.path.join(DATA, "trade.sqlite")
DIGITS = 10


class Partner(NamedTuple):
    """A partner of the statistics.

    Attributes:
        id: ISO country, or EU.
        census: the partner's number in the statistics.
        countries: the ISO countries that it stands for.
        within: the partner that contains it; "" where none does.
        general: whether its goods pay the general rates, so that duty over value shows them.
    """

    id: str
    census: str
    name: str
    countries: tuple[str, ...]
    within: str
    general: bool
    note: str


class TradeFlow(NamedTuple):
    """Dollars of value and of calculated duty under a code."""

    code: str
    value: int
    duty: int


class FlowGroup(NamedTuple):
    """A group of goods inside a chapter, with its percent of the chapter's value.

    ``codes`` are beginnings of the codes under it; none for what is under no other group.
    """

    chapter: str
    name: str
    percent: int
    codes: tuple[str, ...]


class FlowWeighting(NamedTuple):
    """A way in which flows serve as weights.

    ``kind`` is ``lines``, ``chapters``, ``products`` or ``world``; ``flow`` is seen from the United
    States; ``preset`` says that averages into its destination are weighed by it where none is
    named, ``modelled`` that models take it as the flow between the two countries.
    """

    name: str
    kind: str
    destination: str
    preset: bool
    flow: str
    year: str
    title: str
    modelled: bool


class Flows:
    """The flows that ship with the package, or those of a compiled file.

    Attributes:
        codes: digits of every line, in order.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Open the file.

        Raises:
            FileNotFoundError: There is no such file.
        """
        self.path = os.path.abspath(COMPILED if path is None else path)
        self._database = open_read_only(self.path)
        (codes,) = self._database.execute("SELECT body FROM codes").fetchone()
        self.codes = [codes[at : at + DIGITS] for at in range(0, len(codes), DIGITS)]

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def claims(self) -> Claims:
        """What importers of these flows claim, and what customs collected."""
        return Claims(self._database)

    def partners(self) -> tuple[Partner, ...]:
        """Every partner, in order of id."""
        rows = self._database.execute(
            "SELECT partner, census, name, countries, within, general, note FROM partners"
            " ORDER BY partner"
        )
        return tuple(
            Partner(name, census, title, tuple(countries.split()), within, general == "yes", note)
            for name, census, title, countries, within, general, note in rows
        )

    def partner_of(self, country: str) -> Partner | None:
        """The partner that stands for a country: its own, or a group with it; None for neither."""
        standing = [each for each in self.partners() if country in each.countries]
        return min(standing, key=lambda each: len(each.countries), default=None)

    def lines(self, partner: str) -> list[TradeFlow]:
        """The flows of a partner by ten-digit line, in order of code.

        Raises:
            KeyError: there is no such partner.
        """
        return [TradeFlow(*row) for row in self._rows(partner)]

    def total(self, partner: str) -> int:
        """Dollars of all lines of a partner.

        Raises:
            KeyError: there is no such partner.
        """
        return sum(self.columns(partner)[1])

    def values(self, partner: str) -> dict[str, int]:
        """Dollars of each ten-digit line of a partner with trade, in order of code.

        Raises:
            KeyError: there is no such partner.
        """
        return {code: value for code, value, _ in self._rows(partner) if value}

    def equivalents(self) -> dict[str, tuple[int, int]]:
        """Dollars of value and of duty that goods at general rates paid, by line.

        Only lines on which something was paid; see `detente.trade.compile`.
        """
        return {code: (value, duty) for code, value, duty in self._rows(GENERAL)}

    @property
    def paid_sha256(self) -> str:
        """A hash of the digits of all lines, and of what goods at general rates paid on them."""
        from hashlib import sha256

        found = sha256()
        for table in (
            "SELECT body FROM codes",
            f"SELECT places, value, duty FROM flows WHERE partner = '{GENERAL}'",
        ):
            for part in self._database.execute(table).fetchone():
                found.update(part if isinstance(part, bytes) else part.encode())
        return found.hexdigest()

    def _rows(self, partner: str) -> Iterator[tuple[str, int, int]]:
        """Code, value and duty of each flow of a partner."""
        places, values, duties = self.columns(partner)
        return zip(map(self.codes.__getitem__, places), values, duties, strict=True)

    def columns(self, partner: str) -> tuple[array[int], array[int], array[int]]:
        """The place of the code of each flow of a partner, in order, its value and its duty.

        Raises:
            KeyError: there is no such partner.
        """
        row = self._database.execute(
            "SELECT places, value, duty FROM flows WHERE partner = ?", (partner,)
        ).fetchone()
        if row is None:
            raise KeyError(partner)
        places, values, duties = map(unpacked, "Hqq", row)
        return places, values, duties

    def chapters(self, flow: str, year: str, partner: str) -> dict[str, int]:
        """Dollars of a flow by chapter of two digits; empty where the flow is not at hand."""
        rows = self._database.execute(
            "SELECT chapter, value FROM chapters WHERE flow = ? AND year = ? AND partner = ?"
            " ORDER BY chapter",
            (flow, year, partner),
        )
        return dict(rows.fetchall())

    def groups(self, flow: str, year: str, partner: str) -> list[FlowGroup]:
        """Groups of goods by which the value of a chapter is told; empty where none are at hand."""
        rows = self._database.execute(
            'SELECT chapter, "group", percent, codes FROM groups'
            ' WHERE flow = ? AND year = ? AND partner = ? ORDER BY chapter, "group"',
            (flow, year, partner),
        )
        return [
            FlowGroup(chapter, name, percent, tuple(codes.split()))
            for chapter, name, percent, codes in rows
        ]

    def products(self, flow: str, year: str, partner: str) -> dict[str, int]:
        """Dollars of a flow by subheading of six digits; empty where the flow is not at hand."""
        rows = self._database.execute(
            "SELECT code, value FROM products WHERE flow = ? AND year = ? AND partner = ?"
            " ORDER BY code",
            (flow, year, partner),
        )
        return dict(rows.fetchall())

    def subheadings(self, nomenclature: str) -> tuple[str, ...]:
        """Codes of six digits of a nomenclature, by its year; empty where it is not at hand."""
        rows = self._database.execute(
            "SELECT code FROM subheadings WHERE nomenclature = ? ORDER BY code", (nomenclature,)
        )
        return tuple(code for (code,) in rows)

    def weightings(self) -> tuple[FlowWeighting, ...]:
        """The weightings that flows at hand can serve, in order of name."""
        rows = self._database.execute(
            "SELECT weighting, kind, destination, preset, flow, year, title FROM weightings"
            " ORDER BY weighting"
        )
        return tuple(
            FlowWeighting(
                name,
                kind,
                to,
                use in ("yes", "averages"),
                flow,
                year,
                title,
                use in ("yes", "models"),
            )
            for name, kind, to, use, flow, year, title in rows
        )
