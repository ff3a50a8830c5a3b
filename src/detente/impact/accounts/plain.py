"""An economy and its scenarios from the sheets of the plain layout (see `sheets`)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detente.impact.accounts.sheets import DataSheet, built_in, read_folder, read_sheet
from detente.impact.economy import Array, Economy, PublishedYear
from detente.impact.errors import ImpactError
from detente.impact.hat_algebra import Cap, Shock

SCENARIO = "scenario-"


def sheets_of(data: str) -> dict[str, DataSheet]:
    """The sheets of built-in data by its name, or of a folder.

    Raises:
        ImpactError: there is neither; or a table of the folder cannot be read.
    """
    if Path(data).is_dir():
        return read_folder(Path(data))
    found = built_in(data)
    if "flows" not in found:
        raise ImpactError(
            f"{data!r} is neither a world at hand nor a folder: `detente world list` names "
            "those at hand"
        )
    return found


def tables_of(sheets: Mapping[str, DataSheet]) -> PublishedYear:
    """The tables of an economy.

    Raises:
        ImpactError: a sheet names a country or sector that others do not, or lacks a row.
    """
    sectors = tuple(words[0] for words in sheets["sectors"].words)
    countries = sheets["flows"].columns
    pair = (sectors, countries)
    flows = _cube(sheets["flows"], pair, countries, sparse=True)
    tariff = np.zeros_like(flows)
    if "tariffs" in sheets:
        tariff = _cube(sheets["tariffs"], pair, countries, sparse=True)
    final = None
    if "final" in sheets:
        final = _cube(sheets["final"], (sectors,), countries)
    income, groups = _places(sheets.get("places"), countries)
    if sheets["sectors"].columns != ("theta",):
        raise ImpactError(f"{sheets['sectors'].name}: the columns must be sector, theta")
    return PublishedYear(
        countries=countries,
        sectors=sectors,
        theta=np.array(sheets["sectors"].numbers),
        flows=flows,
        tariff=tariff,
        value_added=_cube(sheets["value_added"], (sectors,), countries),
        inputs=_cube(sheets["inputs"], (countries, sectors), sectors),
        final=final,
        income=income,
        groups=groups,
    )


def ordinary_of(economy: Economy, sheets: Mapping[str, DataSheet]) -> Array:
    """(J, N, N) one plus the ordinary tariffs: those of the data where they are not told apart."""
    sheet = sheets.get("ordinary")
    if sheet is None:
        return economy.tau
    pair = (economy.sectors, economy.countries)
    return 1 + _cube(sheet, pair, economy.countries, sparse=True)


def _places(
    sheet: DataSheet | None, countries: tuple[str, ...]
) -> tuple[Array | None, npt.NDArray[np.bool_] | None]:
    """Incomes as published, and which countries are groups; None where nothing is said.

    Raises:
        ImpactError: a column or a country is unknown, or some incomes are given and others not.
    """
    if sheet is None:
        return None, None
    if sheet.columns != ("income", "within"):
        raise ImpactError(f"{sheet.name}: the columns must be country, income, within")
    income, within = _cube(sheet, (countries,), sheet.columns).T
    known = income != 0
    if known.any() and not known.all():
        lacks = countries[int(np.argmin(known))]
        raise ImpactError(f"{sheet.name}: {lacks} has no income, and others do: give all or none")
    return (income if known.any() else None), (within != 0)


def _cube(
    sheet: DataSheet,
    rows: tuple[tuple[str, ...], ...],
    columns: tuple[str, ...],
    sparse: bool = False,
) -> Array:
    """The numbers of a sheet in the order of the axes; a row left out is zero where allowed."""
    if set(sheet.columns) != set(columns):
        odd = sorted(set(sheet.columns) ^ set(columns))
        lacks = "missing" if odd[0] in columns else "unknown"
        raise ImpactError(
            f"{sheet.name}, line 1: column {odd[0]!r} is unknown or missing (here {lacks}); the "
            f"columns are {', '.join(columns)}"
        )
    # Columns may stand in any order; the arrays have that of the economy.
    order = [sheet.columns.index(name) for name in columns]
    numbers = np.array(sheet.numbers).reshape(len(sheet.words), len(columns))[:, order]
    cells = []
    for words in sheet.words:
        for word, names in zip(words, rows, strict=True):
            if word not in names:
                raise ImpactError(
                    f"{sheet.name}: {word!r} in the row {', '.join(words)} is unknown: known are "
                    f"{', '.join(names)}"
                )
        cells.append(tuple(names.index(word) for word, names in zip(words, rows, strict=True)))
    # Where no row may be left out, NaN marks the cells that nothing has filled.
    cube = np.full((*map(len, rows), len(columns)), 0.0 if sparse else np.nan)
    cube[tuple(np.array(cells, dtype=np.intp).T)] = numbers
    lacking = np.argwhere(np.isnan(cube))
    if len(lacking):
        where = ", ".join(rows[axis][lacking[0][axis]] for axis in range(len(rows)))
        raise ImpactError(f"{sheet.name}: the row {where} is missing")
    return cube


def scenarios(sheets: Mapping[str, DataSheet]) -> tuple[str, ...]:
    """The names of the scenarios among sheets."""
    return tuple(name.removeprefix(SCENARIO) for name in sheets if name.startswith(SCENARIO))


def scenario_shock(economy: Economy, sheets: Mapping[str, DataSheet], name: str) -> Shock:
    """The change that a scenario by name, or a CSV file of its layout, makes.

    A row changes one cell, or with ``*`` for sector, importer or exporter all of them; a cell left
    empty changes nothing; later rows win. ``cap`` is a multiple of the quantity before,
    ``value_cap`` of what was spent on it, ``iceberg`` a ratio of costs.

    Raises:
        ImpactError: there is no such scenario, or a row names what the data does not have.
    """
    sheet = sheets.get(SCENARIO + name)
    if sheet is None:
        if not Path(name).is_file():
            known = ", ".join(scenarios(sheets)) or "none in this data"
            raise ImpactError(f"{name!r} is neither a scenario nor a file: {known}, or a CSV file")
        sheet = read_scenario_sheet(Path(name))
    known_columns = ("tariff", "cap", "value_cap", "iceberg")
    odd = [each for each in sheet.columns if each not in known_columns]
    if odd:
        raise ImpactError(f"{sheet.name}: column {odd[0]!r} is not one of {known_columns}")
    tau, iceberg = economy.tau.copy(), np.ones_like(economy.tau)
    caps: dict[tuple[int, int, int], Cap] = {}
    width = len(sheet.columns)
    if np.isnan(sheet.numbers).all():
        raise ImpactError(f"{sheet.name} changes nothing: every cell of numbers is empty")
    for row, words in enumerate(sheet.words):
        values = dict(
            zip(sheet.columns, sheet.numbers[row * width : (row + 1) * width], strict=True)
        )
        for cell in _cells(economy, words, sheet.name):
            if not np.isnan(values.get("tariff", np.nan)):
                tau[cell] = 1 + values["tariff"]
            if not np.isnan(values.get("iceberg", np.nan)):
                iceberg[cell] = values["iceberg"]
            for column in ("cap", "value_cap"):
                ratio = values.get(column, np.nan)
                # Trade that the data lack cannot be held down: its ratio to before is 0 / 0.
                if not np.isnan(ratio) and economy.share[cell] > 0:
                    caps[cell] = Cap(*cell, ratio=ratio, of_value=column == "value_cap")
    return Shock(tau=tau, iceberg=iceberg, caps=tuple(caps.values()))


def read_scenario_sheet(path: Path) -> DataSheet:
    """A scenario from a CSV file of any name.

    Raises:
        ImpactError: it cannot be read as one.
    """
    return read_sheet(path, "scenario")


def _cells(economy: Economy, words: tuple[str, ...], sheet: str) -> list[tuple[int, int, int]]:
    sector, importer, exporter = words
    try:
        sectors = range(len(economy.sectors)) if sector == "*" else [economy.sector(sector)]
        every = range(len(economy.countries))
        buyers = every if importer == "*" else [economy.place(importer)]
        sellers = every if exporter == "*" else [economy.place(exporter)]
    except ImpactError as error:
        raise ImpactError(f"{sheet}, row {', '.join(words)}: {error}") from None
    # Stars leave out sales at home, which no scenario can tax or cap.
    cells = [(j, n, i) for j in sectors for n in buyers for i in sellers if n != i]
    if not cells:
        raise ImpactError(
            f"{sheet}, row {', '.join(words)}: sales at home have no tariff and no cap; name two "
            "countries"
        )
    return cells
