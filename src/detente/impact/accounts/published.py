"""Economies in the layouts of two publications, read in place; neither ships with the package.

seven   TradeFlow2017.csv, IOshare.csv, vashare.csv, finalshare.csv, cal_elasticities.csv,
        tariff_prewar2017.csv: long tables by origin, destination and industry
wiod    Din2014.txt (share of sellers), tariffs2014.txt, G.txt, B.txt, alphas.txt, VA_n.txt,
        S_n.txt, X0.txt and bltau_draws.txt (draws of elasticities): matrices without headings,
        importers in the rows of each sector, country ids by number
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from detente._shapes import NamedTuple
from detente.impact.accounts.sheets import csv_rows, number
from detente.impact.economy import Array, Economy, PublishedYear
from detente.impact.errors import ImpactError

MATRICES = ("Din2014", "tariffs2014", "G", "B", "alphas", "VA_n", "S_n", "X0")
"""The matrices of the second layout, without the draws."""


def read_seven(folder: Path) -> PublishedYear:
    """The tables of the long layout.

    Raises:
        ImpactError: a row is missing, or names what the flows do not.
        FileNotFoundError: a file is missing.
    """
    flows = _long(folder / "TradeFlow2017.csv", ("iso_o", "iso_d", "indcode"), "tradevalue")
    countries = tuple(sorted({origin for origin, _, _ in flows.numbers}))
    codes = {sector for _, _, sector in flows.numbers}
    if odd := sorted(code for code in codes if not code.isdecimal()):
        raise ImpactError(f"{flows.path}: the industry {odd[0]!r} is not a number")
    sectors = tuple(sorted(codes, key=int))
    tariff = _long(folder / "tariff_prewar2017.csv", ("iso_o", "iso_d", "indcode"), "AHS_simple")
    added = _long(folder / "vashare.csv", ("iso_o", "indcode"), "vashare")
    inputs = _long(folder / "IOshare.csv", ("iso_o", "input_ind", "output_ind"), "valueshare")
    final = _long(folder / "finalshare.csv", ("iso_o", "input_ind"), "finalshare")
    theta = _long(folder / "cal_elasticities.csv", ("industry",), "\\theta")
    pairs = [(j, n, i) for j in sectors for n in countries for i in countries]
    size = (len(sectors), len(countries), len(countries))
    shares = _cells(inputs, ((n, k, j) for n in countries for k in sectors for j in sectors))
    used = shares.reshape(len(countries), len(sectors), len(sectors))
    final_share = _cells(final, ((n, j) for j in sectors for n in countries)).reshape(size[:2])
    for table, sums in ((inputs, used.sum(axis=1)), (final, final_share.sum(axis=0))):
        if (sums <= 0).any():
            raise ImpactError(f"{table.path}: some shares add up to 0 or less")
    return PublishedYear(
        countries=countries,
        sectors=sectors,
        theta=_cells(theta, ((j,) for j in sectors)),
        flows=_cells(flows, ((i, n, j) for j, n, i in pairs)).reshape(size),
        tariff=_cells(tariff, ((i, n, j) for j, n, i in pairs)).reshape(size),
        value_added=_cells(added, ((n, j) for j in sectors for n in countries)).reshape(size[:2]),
        # Printed shares are rounded; each column is divided by its sum.
        inputs=used / used.sum(axis=1, keepdims=True),
        final=final_share / final_share.sum(axis=0),
    )


class Long(NamedTuple):
    """A long table: the file that it is from, and its number by words."""

    path: Path
    numbers: dict[tuple[str, ...], float]


def _long(path: Path, keys: tuple[str, ...], value: str) -> Long:
    rows = csv_rows(path)
    head = [cell.strip() for cell in next(rows, (1, []))[1]]
    lacking = [name for name in (*keys, value) if name not in head]
    if lacking:
        raise ImpactError(
            f"{path}, line 1: the column {lacking[0]} is missing; the columns needed are "
            f"{', '.join((*keys, value))}"
        )
    at, last = [head.index(key) for key in keys], head.index(value)
    found: dict[tuple[str, ...], float] = {}
    for line, row in rows:
        where = f"{path}, line {line}"
        if len(row) != len(head):
            raise ImpactError(f"{where}: {len(row)} cells, and the first line has {len(head)}")
        key = tuple(row[each].strip() for each in at)
        if key in found:
            raise ImpactError(f"{where}: {', '.join(key)} stands twice")
        found[key] = number(row[last], f"{where}, column {value}")
    if not found:
        raise ImpactError(f"{path} has no row under its first line")
    return Long(path, found)


def _cells(table: Long, keys: Iterable[tuple[str, ...]]) -> Array:
    try:
        return np.array([table.numbers[key] for key in keys], dtype=np.float64)
    except KeyError as error:
        raise ImpactError(f"{table.path}: the row {', '.join(error.args[0])} is missing") from None


def _matrix(path: Path, delimiter: str | None = ",", skip: int = 0) -> Array:
    """A matrix of numbers without a heading, from a text file.

    Raises:
        ImpactError: it has no row, rows of several lengths, or a cell that is not a number.
        FileNotFoundError: there is no such file.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of an empty file, which is refused below
            found: Array = np.loadtxt(path, delimiter=delimiter, skiprows=skip)
    except ValueError:
        found = np.zeros(0)
    if not found.size or not np.isfinite(found).all():
        raise _fault(path, delimiter, skip)
    return found


def _fault(path: Path, delimiter: str | None, skip: int) -> ImpactError:
    """What is wrong with a matrix that cannot be read, by its line."""
    width = 0
    try:
        for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if place <= skip or not line.strip():
                continue
            cells = line.split(delimiter)
            for cell in cells:
                number(cell, f"{path}, line {place}")
            if width not in (0, len(cells)):
                return ImpactError(
                    f"{path}, line {place}: {len(cells)} numbers, and the lines before {width}"
                )
            width = len(cells)
    except UnicodeDecodeError:
        return ImpactError(f"{path} is not UTF-8: it must hold rows of numbers")
    except ImpactError as error:
        return error
    return ImpactError(f"{path} has no row of numbers")


def _shaped(path: Path, matrix: Array, *size: int) -> Array:
    """A matrix as an array of a size.

    Raises:
        ImpactError: it has another count of numbers.
    """
    if matrix.size != int(np.prod(size)):
        raise ImpactError(
            f"{path} has {matrix.size} numbers, and {' x '.join(map(str, size))} are needed"
        )
    return matrix.reshape(size)


def read_wiod(folder: Path, countries: Sequence[str]) -> tuple[Economy, Array]:
    """The economy of the matrix layout, and (draws, J) elasticities, whose mean the economy has.

    Args:
        folder: where the files lie.
        countries: names in the order of the files, which have none.

    Raises:
        ImpactError: a matrix cannot be read or has another size, or the draws are not positive.
        FileNotFoundError: a file is missing.
    """
    paths = {name: folder / f"{name}.txt" for name in MATRICES}
    read = {name: _matrix(path) for name, path in paths.items()}
    if read["B"].ndim != 2:
        raise ImpactError(f"{paths['B']} is one row: a row a sector and a number a country")
    sectors, n = read["B"].shape
    if len(countries) != n:
        raise ImpactError(f"{folder} has {n} countries, and {len(countries)} names were given")
    pair = (sectors, n, n)
    sizes = {
        "Din2014": pair,
        "tariffs2014": pair,
        "G": (n, sectors, sectors),
        "alphas": (sectors, n),
        "VA_n": (n,),
        "S_n": (n,),
        "X0": (sectors, n),
    }
    read |= {name: _shaped(paths[name], read[name], *size) for name, size in sizes.items()}
    draws_path = folder / "bltau_draws.txt"
    draws = np.atleast_2d(_matrix(draws_path, None, 1))
    if draws.shape[1] != sectors:
        raise ImpactError(f"{draws_path} has {draws.shape[1]} columns for {sectors} sectors")
    theta = np.abs(draws.mean(axis=0))
    if not (theta > 0).all():
        raise ImpactError(f"{draws_path}: an elasticity is 0")
    share, inputs = read["Din2014"], read["G"]
    for name, sums in (("Din2014", share.sum(axis=2)), ("G", inputs.sum(axis=1))):
        # A sector without inputs has a column of zeros; one that buys from nobody has no shares.
        if (sums < 0).any() or (name == "Din2014" and (sums == 0).any()):
            raise ImpactError(f"{paths[name]}: some shares add up to 0 or less")
    inputs = inputs / np.maximum(inputs.sum(axis=1, keepdims=True), 1e-300)
    alphas = np.maximum(read["alphas"], 0)
    if (alphas.sum(axis=0) == 0).any():
        raise ImpactError(f"{paths['alphas']}: the shares of a country add up to 0")
    return (
        Economy(
            countries=tuple(countries),
            sectors=tuple(f"{number + 1:02d}" for number in range(sectors)),
            theta=theta,
            tau=np.maximum(read["tariffs2014"], 1),
            share=share / share.sum(axis=2, keepdims=True),
            value_added=read["B"],
            inputs=inputs * (1 - read["B"]).T[:, None, :],
            final=alphas / alphas.sum(axis=0),
            income=read["VA_n"],
            deficit=-(read["S_n"] - read["S_n"].mean()),
            spending=read["X0"],
        ),
        np.abs(draws),
    )
