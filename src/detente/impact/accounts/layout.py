"""How a model's data names countries and sectors, and which goods and partners stand behind them.

A layout is a TSV file with the columns kind, name, members, note:

    title            what the data are
    year             the year that they describe
    classification   the column of the crosswalk in which sectors are told apart
    country          in the order of the data; members are ISO alpha-2 codes, * for all others
    sector           in the order of the data; members are divisions of the classification

The crosswalk has code, isic3, isic4, reason: the longest code that a line begins with decides, and
``-`` leaves its goods out, for the reason given.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from detente._shapes import NamedTuple
from detente.impact.accounts.sheets import built_in_text
from detente.impact.errors import ImpactError

CROSSWALK = "crosswalk-hs"
LAYOUT = "layout-"
OWN = "layout.tsv"
KINDS = ("title", "year", "classification", "country", "sector")
LEFT_OUT = "-"
REST = "*"


class DataLayout(NamedTuple):
    """What the names of a model's data stand for.

    Attributes:
        title: what the data are.
        year: the year that they describe.
        classification: a column of the crosswalk.
        countries: ISO alpha-2 codes by country, in the order of the data.
        sectors: divisions by sector, in the order of the data.
    """

    title: str
    year: str
    classification: str
    countries: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, tuple[str, ...]]

    def country_of(self, iso: Sequence[str]) -> tuple[str, ...]:
        """The model's countries that stand for a partner of some ISO codes; the rest's for none."""
        found = tuple(name for name, codes in self.countries.items() if set(codes) & set(iso))
        return found or tuple(name for name, codes in self.countries.items() if REST in codes)

    def sectors_of(
        self, codes: Iterable[str], crosswalk: Mapping[str, Mapping[str, str]]
    ) -> list[str | None]:
        """The sector of each code; None where the crosswalk leaves its goods out.

        Raises:
            ImpactError: the crosswalk does not reach a code, or no sector has its division.
        """
        sizes = sorted({len(key) for key in crosswalk}, reverse=True)
        known: dict[str, str | None] = {}
        found = []
        for code in codes:
            key = next((code[:size] for size in sizes if code[:size] in crosswalk), None)
            if key is None:
                raise ImpactError(f"the crosswalk has no sector for the line {code}")
            if key not in known:
                known[key] = self._sector(code, key, crosswalk)
            found.append(known[key])
        return found

    def _sector(
        self, code: str, key: str, crosswalk: Mapping[str, Mapping[str, str]]
    ) -> str | None:
        division = crosswalk[key][self.classification]
        if division == LEFT_OUT:
            return None
        for name, divisions in self.sectors.items():
            if division in divisions:
                return name
        raise ImpactError(
            f"the line {code} is of division {division} of {self.classification}, and no sector "
            "of the layout has it"
        )


def has_layout(data: str) -> bool:
    """Whether data at hand, or a folder, have a layout."""
    return (Path(data) / OWN).is_file() or built_in_text(LAYOUT + data) is not None


def find_layout(data: str) -> DataLayout:
    """The layout of data at hand by name, or of a folder that holds `layout.tsv`.

    Raises:
        ImpactError: there is none, or it cannot be read.
    """
    own = Path(data) / OWN
    if own.is_file():
        return read_layout(own.read_text(encoding="utf-8"), str(own))
    text = built_in_text(LAYOUT + data)
    if text is None:
        raise ImpactError(
            f"{data} has no {OWN}, so duties of the register cannot be brought to its sectors: "
            "see docs/impact.md for its columns, or change tariffs with a CSV scenario"
        )
    return read_layout(text, f"{LAYOUT}{data}.tsv")


def read_layout(text: str, name: str) -> DataLayout:
    """A layout from its text.

    Raises:
        ImpactError: a column or a row is missing, or a kind or name is wrong.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in KINDS}
    for number, row in _rows(text, name, ("kind", "name", "members")):
        kind, word = row["kind"], row["name"]
        if kind not in KINDS:
            raise ImpactError(f"{name}, line {number}: {kind!r} is none of {', '.join(KINDS)}")
        if word in found[kind]:
            raise ImpactError(f"{name}, line {number}: the {kind} {word} stands twice")
        found[kind][word] = tuple(row["members"].split())
    for kind in KINDS:
        if not found[kind]:
            raise ImpactError(f"{name} has no row of the kind {kind}")
    taken: dict[str, str] = {}
    for sector, divisions in found["sector"].items():
        for division in divisions:
            if division in taken:
                raise ImpactError(
                    f"{name}: the division {division} is in the sectors {taken[division]} and "
                    f"{sector}"
                )
            taken[division] = sector
    one = {kind: next(iter(found[kind])) for kind in KINDS[:3]}
    return DataLayout(
        one["title"], one["year"], one["classification"], found["country"], found["sector"]
    )


def crosswalk(text: str | None = None) -> dict[str, dict[str, str]]:
    """The crosswalk by code: the one at hand, or another text of its layout.

    Raises:
        ImpactError: a column is missing, a code is double or has no division.
    """
    own = built_in_text(CROSSWALK) if text is None else text
    if own is None:
        raise ImpactError(f"the compiled data lack {CROSSWALK}: run `make data`")
    found: dict[str, dict[str, str]] = {}
    for number, row in _rows(own, CROSSWALK, ("code", "reason")):
        code = row["code"]
        if not (code.isascii() and code.isdigit()) or code in found:
            raise ImpactError(
                f"{CROSSWALK}, line {number}: {code!r} is not a code, or stands twice"
            )
        if not all(row.values()):
            raise ImpactError(f"{CROSSWALK}, line {number}: a cell is empty")
        found[code] = row
    return found


def _rows(text: str, name: str, needed: Iterable[str]) -> Iterable[tuple[int, dict[str, str]]]:
    rows = csv.DictReader(io.StringIO(text), delimiter="\t")
    lacking = [column for column in needed if column not in (rows.fieldnames or ())]
    if lacking:
        raise ImpactError(f"{name}, line 1: the column {lacking[0]} is missing")
    for row in rows:
        if None in row or None in row.values():
            raise ImpactError(f"{name}, line {rows.line_num}: cells are missing or too many")
        yield rows.line_num, row
