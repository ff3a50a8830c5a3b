"""Make the table of elasticities of substitution by three-digit heading, for US imports.

    python -m encode.model.elasticities [REFERENCE] [--to data/model/elasticities]

REFERENCE holds, under `model/elasticities/`, the Stata file of Broda, Greenfield and Weinstein with
elasticities of substitution between origins for 73 countries, estimated on trade of 1994 to 2003.
Rows whose elasticity is not above one are no elasticities of substitution and are refused.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pandas as pd
import yaml

from encode.program import folders

SOURCE = Path("model/elasticities/Sigmas73countries_9403_HS3digit.dta")
TARGET = Path("data/model/elasticities")
COUNTRY = "USA"


def encode(reference: Path, target: Path) -> int:
    """Write the table; return its rows.

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: the country is not in it, or an elasticity is not above one.
    """
    path = reference / SOURCE
    table = pd.read_stata(path)
    rows = [
        (f"{int(code):03d}", f"{sigma:.6g}")
        for name, code, sigma in zip(table.cname, table.hs_3digit, table.sigma, strict=True)
        if name == COUNTRY
    ]
    if not rows or any(float(sigma) <= 1 for _, sigma in rows):
        raise ValueError(f"{path}: no rows of {COUNTRY}, or an elasticity not above 1")
    target.mkdir(parents=True, exist_ok=True)
    with (target / "sigmas.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("hs3", "sigma"))
        writer.writerows(sorted(rows))
    _source(path, target, len(rows))
    return len(rows)


def _source(path: Path, target: Path, rows: int) -> None:
    kept = {
        "publication": "From groundnuts to globalization: elasticities of substitution by "
        "three-digit heading, 73 countries, 1994 to 2003",
        "publisher": "Christian Broda, Joshua Greenfield and David Weinstein",
        "terms": "published by the R package concordance under the MIT License; its notice stands "
        "in NOTICE",
        "address": "https://www.nber.org/papers/w12512",
        "note": "The rows of the United States alone.",
        "command": "python -m encode.model.elasticities",
        "rows": {"sigmas.csv": rows},
        "read": [
            {
                "file": SOURCE.as_posix(),
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
        ],
    }
    text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=88)
    (target / "SOURCE.yaml").write_text(text, encoding="utf-8")


def main() -> None:
    """Read the command line and encode."""
    reference, target = folders(__doc__, TARGET)
    print(f"sigmas.csv: {encode(reference, target)}")


if __name__ == "__main__":
    main()
