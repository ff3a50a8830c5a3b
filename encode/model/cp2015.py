"""Make the tables of the 1993 world economy (31 countries, 40 sectors) for the equilibrium model.

    python -m encode.model.cp2015 [REFERENCE] [--to data/model/cp2015]

REFERENCE holds, under `model/cp2015/`, the data of Caliendo and Parro (2015): imports by sector,
importer (rows) and exporter (columns) in thousand dollars, gross output in dollars, shares of value
added, input shares stacked by country, tariffs in percent for 1993 and 2005, and dispersions of
productivity for the sectors that trade. Sectors that do not trade take the mean dispersion.

What is written is the plain layout of `detente.impact.accounts.plain`: flows with sales at home,
which are gross output less exports and never below zero.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml

from encode.program import folders

SOURCE = Path("model/cp2015")
TARGET = Path("data/model/cp2015")
FILES = ("B.txt", "GO.txt", "IO.txt", "T.txt", "tariffs1993.txt", "tariffs2005.txt")
FLOWS = "xbilat1993.txt"
UNTRADED_THETA = "8.22"
ESTIMATES = Path("econ/elasticities/cp2015_theta_se.csv")
LEAST = "0.8"
"""Draws of an elasticity are cut here: near zero no price would move a share."""
COUNTRIES = [
    "ARG",
    "AUS",
    "AUT",
    "BRA",
    "CAN",
    "CHL",
    "CHN",
    "DNK",
    "FIN",
    "FRA",
    "DEU",
    "GRC",
    "HUN",
    "IND",
    "IDN",
    "IRL",
    "ITA",
    "JPN",
    "KOR",
    "MEX",
    "NLD",
    "NZL",
    "NOR",
    "PRT",
    "ZAF",
    "ESP",
    "SWE",
    "TUR",
    "GBR",
    "USA",
    "ROW",
]
SECTORS = [
    "agriculture",
    "mining",
    "food",
    "textile",
    "wood",
    "paper",
    "petroleum",
    "chemicals",
    "plastic",
    "minerals",
    "basic-metals",
    "metal-products",
    "machinery",
    "office",
    "electrical",
    "communication",
    "medical",
    "auto",
    "other-transport",
    "other",
    "electricity",
    "construction",
    "retail",
    "hotels",
    "land-transport",
    "water-transport",
    "air-transport",
    "aux-transport",
    "post",
    "finance",
    "real-estate",
    "renting-machinery",
    "computer",
    "research",
    "other-business",
    "public",
    "education",
    "health",
    "other-services",
    "private",
]
SCENARIO = "nafta"
MEMBERS = ("CAN", "MEX", "USA")


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write the tables; return the rows of each.

    Raises:
        FileNotFoundError: a file is missing.
        ValueError: a file has another size than the publication.
    """
    folder = reference / SOURCE
    n, j = len(COUNTRIES), len(SECTORS)
    traded = len(np.loadtxt(folder / "T.txt"))
    read = {name: np.loadtxt(folder / name) for name in (*FILES, FLOWS)}
    before = read["tariffs1993.txt"].reshape(traded, n, n)
    later = read["tariffs2005.txt"].reshape(traded, n, n)
    flows = np.zeros((j, n, n))
    flows[:traded] = read[FLOWS].reshape(traded, n, n) * 1000
    exports = flows.sum(axis=1)
    for sector in range(j):
        np.fill_diagonal(
            flows[sector], np.maximum(read["GO.txt"][sector], exports[sector]) - exports[sector]
        )
    tariff = np.zeros((j, n, n))
    tariff[:traded] = before / 100
    for rates in tariff:
        np.fill_diagonal(rates, 0)
    inputs = read["IO.txt"].reshape(n, j, j)
    # The publication rounds input shares to seven digits; each column is divided by its sum.
    # A sector that is all value added has none.
    sums = inputs.sum(axis=1, keepdims=True)
    inputs = inputs / np.where(sums > 0, sums, 1)
    thetas = [f"{each:g}" for each in read["T.txt"]] + [UNTRADED_THETA] * (j - traded)
    written = {
        "sectors.csv": _write(
            target / "sectors.csv", ["sector", "theta"], zip(SECTORS, thetas, strict=True)
        ),
        "flows.csv": _pairs(target / "flows.csv", flows),
        "tariffs.csv": _pairs(target / "tariffs.csv", tariff),
        "value_added.csv": _write(
            target / "value_added.csv",
            ["sector", *COUNTRIES],
            ([name, *map(_text, row)] for name, row in zip(SECTORS, read["B.txt"], strict=True)),
        ),
        "inputs.csv": _write(
            target / "inputs.csv",
            ["country", "input", *SECTORS],
            (
                [country, name, *map(_text, inputs[place, row])]
                for place, country in enumerate(COUNTRIES)
                for row, name in enumerate(SECTORS)
            ),
        ),
    }
    estimates = _estimates(reference / ESTIMATES)
    written["errors.csv"] = _write(
        target / "errors.csv",
        ["sector", "estimate", "error", "least"],
        (
            [name, *estimates.get(name, (theta, "0")), LEAST]
            for name, theta in zip(SECTORS, thetas, strict=True)
        ),
    )
    place = {name: number for number, name in enumerate(COUNTRIES)}
    changed = [
        [SECTORS[k], buyer, seller, _text(later[k, place[buyer], place[seller]] / 100)]
        for k in range(traded)
        for buyer in MEMBERS
        for seller in MEMBERS
        if buyer != seller
    ]
    written[f"scenario-{SCENARIO}.csv"] = _write(
        target / f"scenario-{SCENARIO}.csv", ["sector", "importer", "exporter", "tariff"], changed
    )
    _source(reference, target, written)
    return written


def _estimates(path: Path) -> dict[str, tuple[str, str]]:
    """Elasticity and standard error by sector, over the full sample."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["sector"]: (f"{float(row['theta']):.2f}", f"{float(row['robust_se']):.2f}")
            for row in csv.DictReader(file)
        }


def _text(number: float) -> str:
    return repr(round(float(number), 15)).removesuffix(".0")


def _pairs(path: Path, cells: np.ndarray) -> int:
    rows = (
        [sector, buyer, *map(_text, cells[k, n])]
        for k, sector in enumerate(SECTORS)
        for n, buyer in enumerate(COUNTRIES)
        if cells[k, n].any()
    )
    return _write(path, ["sector", "importer", *COUNTRIES], rows)


def _write(path: Path, head: Sequence[str], rows: object) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    table = list(rows)  # type: ignore[call-overload]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(table)
    return len(table)


def _source(reference: Path, target: Path, rows: dict[str, int]) -> None:
    kept = {
        "publication": "Estimates of the trade and welfare effects of NAFTA, data of 1993 and 2005",
        "publisher": "Lorenzo Caliendo and Fernando Parro, Review of Economic Studies 82(1), 2015",
        "terms": "the same numbers are published by the R package cp2015 under the MIT License; "
        "its notice stands in NOTICE",
        "address": "https://doi.org/10.1093/restud/rdu035",
        "note": "31 countries and 40 sectors; sales at home are gross output less exports, and "
        "gross output is at least exports. The scenario holds the tariffs of 2005 among the "
        "three members. Elasticities of sectors.csv are the published ones of the 99 percent "
        "sample, those of autos and other transport the aggregate; errors.csv has own estimates "
        "of the full sample with robust standard errors, 0 where nothing was estimated.",
        "command": "python -m encode.model.cp2015",
        "rows": rows,
        "read": [
            {
                "file": path.as_posix(),
                "sha256": hashlib.sha256((reference / path).read_bytes()).hexdigest(),
            }
            for path in (*(SOURCE / name for name in (*FILES, FLOWS)), ESTIMATES)
        ],
    }
    text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=88)
    (target / "SOURCE.yaml").write_text(text, encoding="utf-8")


def main() -> None:
    """Read the command line and encode."""
    reference, target = folders(__doc__, TARGET)
    for name, rows in encode(reference, target).items():
        print(f"{name}: {rows}")


if __name__ == "__main__":
    main()
