"""Inter-country input-output tables of the OECD, read from the files that it publishes.

A file is CSV. Its first line names the columns and the first cell of a row the row: COUNTRY_SECTOR,
such as ``ARG_A01_02``, for sales of goods and services, COUNTRY_USE, such as ``ARG_HFCE``, for
columns of final uses, and words without an underscore (TLS, VA, OUT, TOTAL) for what is left out
here, since value added is what inputs leave of output. Any number of countries and sectors is read:
77 x 45 of the edition of 2023, 81 x 50 of that of 2025.

    A01_02 is the divisions 01 and 02 of ISIC Rev. 4, C10T12 those from 10 to 12; C24A and C301 are
    parts of a division, whose parts are added together, since goods are told apart by division.
    CN1 and CN2, MX1 and MX2 are parts of a country by kind of firm, and are added together too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from detente._shapes import NamedTuple
from detente.impact.accounts.inter_country import Accounts
from detente.impact.economy import Array
from detente.impact.errors import ImpactError

PARTS = {"CN1": "CHN", "CN2": "CHN", "MX1": "MEX", "MX2": "MEX"}
"""Labels of parts of a country by kind of firm, in the extended files."""

SECTOR = re.compile(r"([A-U])(?:(\d{2})\d?)?([A-Z](?![0-9]))?(?:([T_])(\d{2})\d?)?")
DIVISION = 2


class IcioFile(NamedTuple):
    """What a file holds.

    Attributes:
        accounts: the accounts.
        divisions: divisions of ISIC Rev. 4 by sector; none for a sector named by its section alone.
        notes: what was added together.
    """

    accounts: Accounts
    divisions: dict[str, tuple[str, ...]]
    notes: tuple[str, ...]


def is_icio(path: Path) -> bool:
    """Whether a file looks like such tables: its second column is named COUNTRY_SECTOR."""
    if path.suffix.lower() != ".csv":
        return False
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = next(csv.reader(file), [])
    return len(head) > 1 and "_" in head[1] and SECTOR.match(head[1].partition("_")[2]) is not None


def read_icio(path: Path) -> IcioFile:
    """The accounts of a file.

    Raises:
        ImpactError: a label is unknown, a cell is not a number, or rows and columns differ.
        FileNotFoundError: there is no such file.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        head = [cell.strip() for cell in next(rows, [])]
        labels, table = _numbers(path, head, rows)
    sellers = [_split(label) for label in labels]
    known = dict.fromkeys(_joined(sector) for _, sector in sellers)
    countries = tuple(dict.fromkeys(PARTS.get(country, country) for country, _ in sellers))
    sectors = tuple(known)
    n, j = len(countries), len(sectors)
    inputs, final = np.zeros((n * j, n * j)), np.zeros((n * j, n))
    row_of = [_cell(path, each, countries, sectors) for each in sellers]
    columns = [(at, *_split(label)) for at, label in enumerate(head[1:]) if "_" in label]
    gathered = np.zeros((n * j, table.shape[1]))
    # Parts of a country or division share a row, and plain indexing would keep only the last.
    np.add.at(gathered, row_of, table)
    sold = {sector for _, sector in sellers}
    for at, country, word in columns:
        place = PARTS.get(country, country)
        if place not in countries:
            raise ImpactError(
                f"{path}, line 1: {country}_{word} is of a country that sells nothing"
            )
        if word in sold:
            inputs[:, countries.index(place) * j + sectors.index(_joined(word))] += gathered[:, at]
        else:
            final[:, countries.index(place)] += gathered[:, at]
    if not final.any() or not inputs.any():
        raise ImpactError(f"{path} has no column of final uses, or none of inputs")
    accounts = Accounts(countries, sectors, inputs.reshape(n, j, n, j), final.reshape(n, j, n))
    notes = [
        f"{', '.join(own)} are added together as {name}."
        for name in sectors
        if len(
            own := [each for each in dict.fromkeys(s for _, s in sellers) if _joined(each) == name]
        )
        > 1
    ]
    split = sorted({country for country, _ in sellers if country in PARTS})
    if split:
        notes.append(f"{', '.join(split)} are added to their countries.")
    return IcioFile(accounts, {name: divisions_of(name) for name in sectors}, tuple(notes))


def divisions_of(sector: str) -> tuple[str, ...]:
    """Divisions of ISIC Rev. 4 that a label of a sector names; none for a section alone.

    Raises:
        ImpactError: it is not such a label.
    """
    found = SECTOR.fullmatch(sector)
    if found is None:
        raise ImpactError(f"{sector!r} is not a sector such as A01_02, C10T12, C24A or T")
    _, first, _, joint, last = found.groups()
    if first is None:
        return ()
    if joint == "T":
        return tuple(f"{each:02d}" for each in range(int(first), int(last) + 1))
    return (first, last) if joint else (first,)


def _joined(sector: str) -> str:
    """The sector to which a part of a division belongs: C24 for C24A, C30 for C302T309."""
    found = SECTOR.fullmatch(sector)
    if found is None:
        raise ImpactError(f"{sector!r} is not a sector such as A01_02, C10T12, C24A or T")
    letter, first, part, _, last = found.groups()
    digits = re.findall(r"\d+", sector)
    if first and (part or any(len(each) > DIVISION for each in digits)) and last in (None, first):
        return f"{letter}{first}"
    return sector


def _split(label: str) -> tuple[str, str]:
    country, _, word = label.partition("_")
    return country, word


def _cell(
    path: Path, seller: tuple[str, str], countries: Sequence[str], sectors: Sequence[str]
) -> int:
    country, sector = seller
    place = countries.index(PARTS.get(country, country))
    return place * len(sectors) + sectors.index(_joined(sector))


def _numbers(path: Path, head: Sequence[str], rows: Iterator[list[str]]) -> tuple[list[str], Array]:
    """Labels and numbers of the rows that sell goods and services."""
    labels: list[str] = []
    numbers: list[Array] = []
    for number, row in enumerate(rows, start=2):
        label = row[0].strip() if row else ""
        if "_" not in label:
            continue
        if len(row) != len(head):
            raise ImpactError(
                f"{path}, line {number}: {len(row)} cells, and the first line has {len(head)}"
            )
        try:
            numbers.append(np.array(row[1:], dtype=np.float64))
        except ValueError:
            raise ImpactError(f"{path}, line {number}: a cell is not a number") from None
        labels.append(label)
    if not labels:
        raise ImpactError(f"{path} has no row named COUNTRY_SECTOR, such as ARG_A01_02")
    if len(set(labels)) != len(labels):
        raise ImpactError(f"{path}: a row stands twice")
    return labels, np.stack(numbers)
