"""Make the table of ProTEE elasticities by subheading, and their means by division of ISIC.

    python -m encode.model.protee [REFERENCE] [--to data/model/elasticities]

REFERENCE holds, under `econ/elasticities/`, the product-level trade elasticities of CEPII
(Fontagné, Guimbard and Orefice 2022), release 0.1: 5,050 subheadings of the HS of 2007. An
elasticity of imports to the duty is one of substitution with a minus sign. Where it was not
significant the publication puts in the mean of its heading, which is kept; one of the wrong sign is
left out.

    theta(division) = mean over its subheadings of sigma - 1
    error(division) = standard deviation over them / square root of their number

The publication prints no standard errors. The error here is that of a mean over products, which
says how far the products of a division differ, and not how well each was estimated.
"""

from __future__ import annotations

import csv
import statistics
from collections.abc import Mapping
from pathlib import Path

import yaml

from detente.impact.accounts.layout import crosswalk
from encode.goods.schedule import write_table
from encode.list_files import sha256
from encode.program import write_tables

SOURCE = Path("econ/elasticities/ProTEE_0_1.csv")
TARGET = Path("data/model/elasticities")
CROSSWALK = Path("data/model/crosswalk-hs.tsv")
DIVISIONS = ("isic3", "isic4")
"""Columns of the crosswalk: divisions by revision of ISIC."""
LEAST = "0.8"
"""Draws are cut here, as those of our own estimates."""
NONE = "-"
"""In the crosswalk: goods of no division."""
FEW = 2
"""Products of which no deviation can be told."""


def encode(reference: Path, target: Path) -> dict[str, int]:
    """Write both tables; return the rows of each.

    Raises:
        FileNotFoundError: a file is missing.
        ValueError: a row has no number where one is promised.
    """
    path = reference / SOURCE
    sigmas: dict[str, float] = {}
    left_out = {"without a number": 0, "of the wrong sign": 0}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if not row["sigma"]:
                left_out["without a number"] += 1
            elif float(row["sigma"]) >= 0:
                left_out["of the wrong sign"] += 1
            else:
                sigmas[row["HS6"].zfill(6)] = -float(row["sigma"])
    target.mkdir(parents=True, exist_ok=True)
    with (target / "protee.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("hs6", "sigma"))
        writer.writerows((code, f"{sigma:.6g}") for code, sigma in sorted(sigmas.items()))
    rows = _by_division(sigmas, crosswalk(CROSSWALK.read_text(encoding="utf-8")))
    write_table(
        target.parent / "theta-protee.tsv",
        ("classification", "division", "theta", "error", "least", "products"),
        rows,
    )
    _source(path, target, len(sigmas), left_out)
    return {"protee.csv": len(sigmas), "theta-protee.tsv": len(rows)}


def _by_division(
    sigmas: Mapping[str, float], divisions: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, ...]]:
    """Means over the subheadings of each division, and their errors."""
    found: dict[tuple[str, str], list[float]] = {}
    for code, sigma in sigmas.items():
        size = next((size for size in (6, 5, 4, 2) if code[:size] in divisions), 0)
        for classification in DIVISIONS if size else ():
            division = divisions[code[:size]][classification]
            if division != NONE:
                found.setdefault((classification, division), []).append(sigma - 1)
    rows: list[tuple[str, ...]] = []
    for (classification, division), thetas in sorted(found.items()):
        if len(thetas) < FEW:
            continue
        error = statistics.stdev(thetas) / len(thetas) ** 0.5
        rows.append((classification, division, f"{statistics.fmean(thetas):.4g}", f"{error:.4g}",
                     LEAST, str(len(thetas))))  # fmt: skip
    return rows


def _source(path: Path, target: Path, rows: int, left_out: Mapping[str, int]) -> None:
    counts = " and ".join(f"{count} {what}" for what, count in left_out.items())
    kept = {
        "publication": "ProTEE 0.1: product-level trade elasticities, HS 2007 (Fontagné, Guimbard "
        "and Orefice, Tariff-based product-level trade elasticities, 2022)",
        "publisher": "CEPII",
        "terms": "Licence Ouverte / Open Licence Etalab 2.0; changed: turned to elasticities of "
        "substitution, averaged by division of ISIC",
        "address": "https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=35",
        "note": f"Left out: {counts}. No standard errors are published.",
        "command": "python -m encode.model.protee",
        "rows": {"protee.csv": rows},
        "read": [
            {
                "file": SOURCE.as_posix(),
                "sha256": sha256(path),
            }
        ],
    }
    text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=88)
    (target / "SOURCE-protee.yaml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(write_tables(encode, __doc__, TARGET))
