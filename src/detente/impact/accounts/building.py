"""Build a world of a file or folder of accounts, and keep it under a name in the user's folder.

What is read: tables of the OECD (`icio_file`), the two layouts of publications (`published`), and
the plain layout (`sheets`), which is checked and copied. What is written is the plain layout, so
that every world is read in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted
from detente.impact.accounts.base_tariffs import base_tariffs
from detente.impact.accounts.icio_file import is_icio, read_icio
from detente.impact.accounts.inter_country import tables_of_accounts
from detente.impact.accounts.layout import LAYOUT, OWN, read_layout
from detente.impact.accounts.plain import tables_of
from detente.impact.accounts.sheets import built_in_rows, built_in_text, read_folder
from detente.impact.accounts.worlds import LONG, MATRICES, open_world, own_folder
from detente.impact.economy import Array, PublishedYear, calibrate
from detente.impact.errors import ImpactError
from detente.store.whole import write_whole

if TYPE_CHECKING:
    from typing import TypedDict

    from detente.register.book import Register

    class WorldBuilt(TypedDict):
        """An economy that was made: its name, folder and size, and what was done to the data."""

        data: str
        folder: str
        year: str
        countries: int
        sectors: int
        notes: list[str]


NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
THETA = "theta-isic4"
SERVICES = "services"
POOLED = "manufacturing"
REST = "ROW"
DIGITS = 12


def build_world(
    source: Path, name: str, year: str, register: Register, theta: Mapping[str, float] | None = None
) -> WorldBuilt:
    """Read accounts, make an economy of them, and write it into the user's folder.

    Args:
        source: a CSV file of the OECD, or a folder in the plain layout.
        name: the world's name: small letters, digits and hyphens.
        year: that it describes.
        register: where countries are named.
        theta: elasticities by sector that replace those at hand.

    Returns:
        What was built, and what was done to the data.

    Raises:
        ImpactError: the source is in no layout that is read, or the data are not an economy.
    """
    if not NAME.fullmatch(name):
        raise ImpactError(f"{name!r} is not a name: write small letters, digits and hyphens")
    if not re.fullmatch(r"\d{4}", year):
        raise ImpactError(f"{year!r} is not a year such as 2019")
    if (source / LONG).is_file() or (source / MATRICES).is_file():
        texts, tables, notes = _of_publication(source)
    elif source.is_dir():
        texts, tables, notes = _of_folder(source)
    elif is_icio(source):
        texts, tables, notes = _of_icio(source, name, year, register, theta or {})
    else:
        raise ImpactError(
            f"{source} is in no layout that is read: a CSV file of the OECD's inter-country "
            "input-output tables (columns such as ARG_A01_02), or a folder in the plain layout or "
            "that of a publication (docs/impact.md)"
        )
    economy = calibrate(tables)
    target = own_folder(name)
    target.mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        write_whole(target / file, text.encode())
    return {
        "data": name,
        "folder": str(target),
        "year": year,
        "countries": len(economy.countries),
        "sectors": len(economy.sectors),
        "notes": [*notes, *economy.notes],
    }


def _of_folder(source: Path) -> tuple[dict[str, str], PublishedYear, tuple[str, ...]]:
    """The tables of a plain folder, and its files as they stand."""
    sheets = read_folder(source)
    # Spreadsheets write a byte order mark, which is dropped from the copy.
    texts = {f"{name}.csv": (source / f"{name}.csv").read_text("utf-8-sig") for name in sheets}
    layout = source / OWN
    notes: tuple[str, ...] = ()
    if layout.is_file():
        texts[OWN] = layout.read_text(encoding="utf-8")
        # Read for its faults alone, before anything is written.
        read_layout(texts[OWN], str(layout))
    else:
        notes = (f"There is no {OWN}: duties of the register cannot be brought to its sectors.",)
    return texts, tables_of(sheets), notes


def _of_publication(source: Path) -> tuple[dict[str, str], PublishedYear, tuple[str, ...]]:
    """The tables of a publication's own layout, brought to the plain one."""
    world = open_world(str(source))
    economy = world.economy
    left = 1 - economy.value_added.T[:, None, :]
    inputs = np.divide(economy.inputs, left, out=np.zeros_like(economy.inputs), where=left > 0)
    tariff, flows = economy.tau - 1, economy.exports
    home = np.arange(len(economy.countries))
    groups = np.asarray(tariff[:, home, home].any(axis=0))
    notes = ["Its draws of elasticities are kept as means and standard errors."]
    if groups.any():
        names = ", ".join(economy.countries[at] for at in np.flatnonzero(groups))
        notes.append(f"Tariffs on sales at home are those between the members of {names}.")
    tables = PublishedYear(
        economy.countries,
        economy.sectors,
        economy.theta,
        flows,
        tariff,
        economy.value_added,
        inputs,
        economy.final,
        economy.income,
        groups,
    )
    texts = texts_of(tables)
    if world.draws is not None:
        table = (world.draws.mean(axis=0), world.draws.std(axis=0), world.draws.min(axis=0))
        texts["errors.csv"] = _csv(
            ("sector", "estimate", "error", "least"),
            (
                [sector, *map(_text, row)]
                for sector, row in zip(
                    economy.sectors, zip(*(t.tolist() for t in table), strict=True), strict=True
                )
            ),
        )
    text = built_in_text(LAYOUT + world.name)
    if text is not None:
        texts[OWN] = text
    return texts, tables, tuple(notes)


def _of_icio(
    source: Path, name: str, year: str, register: Register, theta: Mapping[str, float]
) -> tuple[dict[str, str], PublishedYear, tuple[str, ...]]:
    found = read_icio(source)
    sectors = found.accounts.sectors
    if odd := sorted(set(theta) - set(sectors)):
        raise ImpactError(f"no sector {odd[0]!r} in {source.name}: {', '.join(sectors)}")
    rows = [_elasticity(found.divisions[sector], theta.get(sector)) for sector in sectors]
    layout = _layout(found.accounts.countries, found.divisions, name, year, register)
    described = read_layout(layout, OWN)
    tariffs = base_tariffs(year, described.countries, described.sectors)
    built = tables_of_accounts(found.accounts, [row[0] for row in rows], tariffs)
    texts = texts_of(built.tables)
    if tariffs is not None:
        texts["ordinary.csv"] = _pairs(tariffs.ordinary, built.tables.countries, sectors)
    texts["errors.csv"] = _csv(
        ("sector", "estimate", "error", "least"),
        ([sector, *map(_text, row)] for sector, row in zip(sectors, rows, strict=True)),
    )
    texts[OWN] = layout
    assumed = [sector for sector, row in zip(sectors, rows, strict=True) if not row[1]]
    notes = [*found.notes, *built.notes]
    if assumed:
        count = counted(len(assumed), "sector")
        notes.append(f"Elasticities of {count} are assumed: {', '.join(assumed)}.")
    return texts, built.tables, tuple(notes)


def _elasticity(divisions: Sequence[str], own: float | None) -> tuple[float, float, float]:
    """Elasticity, standard error and least draw of a sector by its divisions."""
    table = estimates()
    least = table[SERVICES][2]
    if own is not None:
        return own, 0.0, min(own, least)
    found = [table[each] for each in divisions if each in table]
    if not found:
        return table[SERVICES]
    if all(each == found[0] for each in found) and len(found) == len(divisions):
        return found[0]
    return table[POOLED]


def estimates() -> dict[str, tuple[float, float, float]]:
    """Elasticity, standard error and least draw by division of ISIC Rev. 4.

    Raises:
        ImpactError: the compiled data lack them.
    """
    return {
        row["division"]: (float(row["theta"]), float(row["error"]), float(row["least"]))
        for row in built_in_rows(THETA)
    }


def _layout(
    countries: Sequence[str],
    divisions: Mapping[str, Sequence[str]],
    name: str,
    year: str,
    register: Register,
) -> str:
    lines = [
        "kind\tname\tmembers\tnote",
        f"title\tInter-country input-output tables of the OECD, {name}\t\t",
        f"year\t{year}\t\tThe accounts have no tariffs by sector and partner",
        "classification\tisic4\t\t",
    ]
    for country in countries:
        iso = "*" if country == REST else register.country_words.find(country)
        if iso is None:
            raise ImpactError(f"{country!r} is not a country: rename it, or add it to ROW")
        lines.append(f"country\t{country}\t{iso}\t")
    # Services have no goods; sections named by a letter alone are such.
    lines += [f"sector\t{sector}\t{' '.join(own)}\t" for sector, own in divisions.items()]
    return "\n".join(lines) + "\n"


def texts_of(tables: PublishedYear) -> dict[str, str]:
    """The files of the plain layout, as text by name."""
    countries, sectors = tables.countries, tables.sectors
    texts = {
        "sectors.csv": _csv(
            ("sector", "theta"),
            ([s, _text(t)] for s, t in zip(sectors, tables.theta.tolist(), strict=True)),
        ),
        "flows.csv": _pairs(tables.flows, countries, sectors),
        "value_added.csv": _csv(
            ("sector", *countries),
            ([s, *_texts(row)] for s, row in zip(sectors, tables.value_added, strict=True)),
        ),
        "inputs.csv": _csv(
            ("country", "input", *sectors),
            (
                [country, s, *_texts(tables.inputs[at, row])]
                for at, country in enumerate(countries)
                for row, s in enumerate(sectors)
            ),
        ),
    }
    if tables.final is not None:
        texts["final.csv"] = _csv(
            ("sector", *countries),
            ([s, *_texts(row)] for s, row in zip(sectors, tables.final, strict=True)),
        )
    if tables.income is not None or (tables.groups is not None and tables.groups.any()):
        none = np.zeros(len(countries))
        income = none if tables.income is None else tables.income
        within = none if tables.groups is None else tables.groups.astype(np.float64)
        texts["places.csv"] = _csv(
            ("country", "income", "within"),
            ([c, *_texts(row)] for c, row in zip(countries, np.stack([income, within], axis=1),
                                                  strict=True)),
        )  # fmt: skip
    if tables.tariff.any():
        texts["tariffs.csv"] = _pairs(tables.tariff, countries, sectors)
    return texts


def _pairs(cube: Array, countries: Sequence[str], sectors: Sequence[str]) -> str:
    return _csv(
        ("sector", "importer", *countries),
        (
            [s, country, *_texts(cube[at, to])]
            for at, s in enumerate(sectors)
            for to, country in enumerate(countries)
        ),
    )


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(",".join(row) for row in (columns, *rows)) + "\n"


def _texts(numbers: Array) -> list[str]:
    return [_text(number) for number in numbers.tolist()]


def _text(number: float) -> str:
    return f"{number:.{DIGITS}g}"
