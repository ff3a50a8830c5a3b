"""Economies in the layouts of two publications, read in place; neither ships with the package.

seven   TradeFlow2017.csv, IOshare.csv, vashare.csv, finalshare.csv, cal_elasticities.csv,
        tariff_prewar2017.csv: long tables by origin, destination and industry
wiod    Din2014.txt (share of sellers), tariffs2014.txt, G.txt, B.txt, alphas.txt, VA_n.txt,
        S_n.txt, X0.txt and bltau_draws.txt (draws of elasticities): matrices without headings,
        importers in the rows of each sector, country ids by number
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from detente.impact.economy import Array, Economy, Tables
from detente.impact.errors import ImpactError


def read_seven(folder: Path) -> Tables:
    """The tables of the long layout.

    Raises:
        ImpactError: a row is missing, or names what the flows do not.
        FileNotFoundError: a file is missing.
    """
    flows = _long(folder / "TradeFlow2017.csv", ("iso_o", "iso_d", "indcode"), "tradevalue")
    countries = tuple(sorted({origin for origin, _, _ in flows}))
    sectors = tuple(sorted({sector for _, _, sector in flows}, key=int))
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
    return Tables(
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


def _long(path: Path, keys: tuple[str, ...], value: str) -> dict[tuple[str, ...], float]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return {tuple(row[key].strip() for key in keys): float(row[value]) for row in rows}


def _cells(table: dict[tuple[str, ...], float], keys: Iterable[tuple[str, ...]]) -> Array:
    try:
        return np.array([table[key] for key in keys], dtype=np.float64)
    except KeyError as error:
        raise ImpactError(f"the row {error} is missing") from None


def read_wiod(folder: Path, countries: Sequence[str]) -> tuple[Economy, Array]:
    """The economy of the matrix layout, and (draws, J) elasticities, whose mean the economy has.

    Args:
        folder: where the files lie.
        countries: names in the order of the files, which have none.

    Raises:
        ImpactError: the draws are not positive.
        FileNotFoundError: a file is missing.
    """
    read = {
        name: np.loadtxt(folder / f"{name}.txt", delimiter=",")
        for name in ("Din2014", "tariffs2014", "G", "B", "alphas", "VA_n", "S_n", "X0")
    }
    sectors, n = read["B"].shape
    if len(countries) != n:
        raise ImpactError(f"{folder} has {n} countries, and {len(countries)} names were given")
    pair = (sectors, n, n)
    draws = np.loadtxt(folder / "bltau_draws.txt", skiprows=1)
    theta = np.abs(draws.mean(axis=0))
    if not (theta > 0).all():
        raise ImpactError(f"{folder}: an elasticity is 0")
    share = read["Din2014"].reshape(pair)
    inputs = read["G"].reshape(n, sectors, sectors)
    inputs = inputs / np.maximum(inputs.sum(axis=1, keepdims=True), 1e-300)
    alphas = np.maximum(read["alphas"], 0)
    return (
        Economy(
            countries=tuple(countries),
            sectors=tuple(f"{number + 1:02d}" for number in range(sectors)),
            theta=theta,
            tau=np.maximum(read["tariffs2014"].reshape(pair), 1),
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
