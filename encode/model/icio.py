"""Make the tables of the world economy of 2019 (20 economies, 20 sectors) for the model.

    python -m encode.model.icio [REFERENCE] [--to data/model/icio2019]

REFERENCE holds, under `econ/world/`, the inter-country input-output tables of the OECD of 2023 for
2019, summed to the member countries of the Group of Twenty and the rest of the world, and to the
sections of ISIC Rev. 4, and, under `econ/elasticities/`, trade elasticities estimated from the data
of Caliendo and Parro (2015) with their standard errors.

What is written is the plain layout of `detente.impact.accounts.plain`, with `errors.csv` beside
it, and `theta-isic4.tsv` in the folder above: elasticities by division of ISIC Rev. 4 for worlds
that a user builds. Which estimate stands for a division is kept by hand in `isic4_estimates.tsv`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from detente.impact.accounts.base_tariffs import base_tariffs
from detente.impact.accounts.inter_country import Accounts, tables_of_accounts
from detente.impact.accounts.layout import read_layout
from detente.impact.economy import Array
from encode.goods.schedule import read_kept, write_table
from encode.program import folders, lines_of_read

SOURCE = Path("econ/world/icio_oecd2023_2019_isic_g20.npz")
ELASTICITIES = Path("econ/elasticities/cp2015_theta_se.csv")
TARGET = Path("data/model/icio2019")
LAYOUT, COLLECTED = "layout-icio2019.tsv", "base-tariffs.tsv"
KEPT = Path(__file__).with_name("isic4_estimates.tsv")
USES = 3
TRADED = {"A": "agriculture", "B": "mining", "C": "pool: manufacturing"}
"""The estimate that stands for a section; the others are services and utilities."""
ASSUMED = "5"
LEAST = "0.8"
"""Draws of an elasticity are cut here: near zero no price would move a share."""
DIGITS = 10


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write the tables; return the rows of each.

    Raises:
        FileNotFoundError: a file is missing.
        ValueError: the accounts have another size than their own description.
    """
    target.mkdir(parents=True, exist_ok=True)
    with np.load(reference / SOURCE) as data:
        described = json.loads(str(data["metadata_json"]))
        countries, sectors = tuple(described["country_codes"]), tuple(described["sector_codes"])
        n, j = len(countries), len(sectors)
        body = data["data"]
    if body.shape != (n * j + USES, n * j + n * USES):
        raise ValueError(f"{SOURCE.name}: {body.shape} is not {n} countries and {j} sectors")
    uses = body[: n * j, : n * j].reshape(n, j, n, j)
    final = body[: n * j, n * j :].reshape(n, j, n, USES).sum(axis=3)
    estimates = _estimates(reference / ELASTICITIES)
    thetas, errors = [], []
    for sector in sectors:
        theta, error = estimates.get(TRADED.get(sector, ""), (ASSUMED, ""))
        thetas.append(theta)
        errors.append((sector, theta, error or "0", LEAST))
    layout = read_layout((target.parent / LAYOUT).read_text(encoding="utf-8"), LAYOUT)
    collected = (target.parent / COLLECTED).read_text(encoding="utf-8")
    tariffs = base_tariffs(layout.year, layout.countries, layout.sectors, collected)
    if tariffs is None:
        raise ValueError(f"{COLLECTED}: no duties of {layout.year}")
    accounts = Accounts(countries, sectors, uses, final)
    tables = tables_of_accounts(accounts, list(map(float, thetas)), tariffs).tables
    counts = {
        "sectors.csv": _write(
            target, "sectors", ("sector", "theta"), zip(sectors, thetas, strict=True)
        ),
        "errors.csv": _write(target, "errors", ("sector", "estimate", "error", "least"), errors),
        "flows.csv": _write(
            target, "flows", ("sector", "importer", *countries),
            (
                (sector, buyer, *_cells(tables.flows[at, to]))
                for at, sector in enumerate(sectors)
                for to, buyer in enumerate(countries)
            ),
        ),
        "value_added.csv": _write(
            target, "value_added", ("sector", *countries),
            ((sector, *_cells(tables.value_added[at])) for at, sector in enumerate(sectors)),
        ),
        "inputs.csv": _write(
            target, "inputs", ("country", "input", *sectors),
            (
                (country, sector, *_cells(tables.inputs[to, at]))
                for to, country in enumerate(countries)
                for at, sector in enumerate(sectors)
            ),
        ),
    }  # fmt: skip
    for name, cube in (("tariffs", tables.tariff), ("ordinary", tariffs.ordinary)):
        counts[f"{name}.csv"] = _write(
            target,
            name,
            ("sector", "importer", *countries),
            (
                (sector, buyer, *_cells(cube[at, to]))
                for at, sector in enumerate(sectors)
                for to, buyer in enumerate(countries)
                if cube[at, to].any()
            ),
        )
    assert tables.final is not None
    counts["final.csv"] = _write(
        target,
        "final",
        ("sector", *countries),
        ((sector, *_cells(tables.final[at])) for at, sector in enumerate(sectors)),
    )
    columns = ("division", "theta", "error", "least", "note")
    write_table(target.parent / "theta-isic4.tsv", columns, theta_rows(reference))
    text = _source(reference, counts, described)
    (target / "SOURCE.yaml").write_text(text, encoding="utf-8")
    return counts


def theta_rows(reference: Path) -> list[list[str]]:
    """Elasticity, standard error and least draw by division of ISIC Rev. 4."""
    estimates = _estimates(reference / ELASTICITIES)
    found = []
    for row in read_kept(KEPT):
        theta, error = estimates.get(row["estimate"], (ASSUMED, "0"))
        note = row["note"] or row["estimate"]
        found.append([row["division"], theta, error, LEAST, note])
    return found


def _estimates(path: Path) -> dict[str, tuple[str, str]]:
    """Elasticity and standard error by sector, to two places as the literature prints them."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["sector"]: (f"{float(row['theta']):.2f}", f"{float(row['robust_se']):.2f}")
            for row in csv.DictReader(file)
        }


def _cells(numbers: Array) -> list[str]:
    return [f"{number:.{DIGITS}g}" for number in numbers]


def _write(target: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    count = 0
    with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _source(reference: Path, counts: dict[str, int], described: dict[str, object]) -> str:
    lines = [
        "publication: OECD (2023), OECD Inter-Country Input-Output Tables, http://oe.cd/icio,",
        f"  edition 2023, year {described['year']}; summed to economies and sections by the",
        "  maintainer of puremacro (MIT License); trade elasticities are own estimates from the",
        "  data of Caliendo and Parro (2015)",
        "publisher: Organisation for Economic Co-operation and Development",
        "terms: OECD Terms and Conditions, section 3 (with credit). This is an adaptation of an",
        "  original work by the OECD. The opinions expressed and arguments employed in this",
        "  adaptation should not be reported as representing the official views of the OECD or of",
        "  its Member countries. The statistical data for Israel, within the rest of the world,",
        "  are supplied by and under the responsibility of the relevant Israeli authorities; their",
        "  use by the OECD is without prejudice to the status of the Golan Heights, East",
        "  Jerusalem and Israeli settlements in the West Bank under the terms of international",
        "  law.",
        "address: http://oe.cd/icio",
        "note: Million dollars. Net taxes on products are in value added. The tables have no",
        "  tariffs; those of the United States are what customs calculated in the year, by",
        "  sector, on China and on all others (base-tariffs.tsv, of the Census Bureau).",
        "command: python -m encode.model.icio",
        "rows:",
        *(f"  {name}: {count}" for name, count in counts.items()),
        "read:",
        *lines_of_read(reference, (SOURCE, ELASTICITIES)),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the tables and print how many rows each has."""
    reference, target = folders(__doc__, TARGET)
    for name, count in encode(reference, target).items():
        print(f"{target / name}: {count:,} rows")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
