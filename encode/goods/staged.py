"""The last two of four yearly cuts on information technology, on the lines of July 2017.

Proclamation 9466 of 2016 carried out the expansion of the agreement on information technology:
equal cuts on 1 July of 2016 to 2019. The tariff database of 2017 shows the first two and the
edition of 2025 the end; the third is half of the rate of July 2017, rounded as the first two were.
"""

from __future__ import annotations

import csv
from pathlib import Path

from detente.goods.export import EditionRow

STEPS = Path("uslaw/history/ita_expansion_steps.csv")
FREE = "Free"
RATES = {"2018-07-01": "derived_rate_2018_07_01", "2019-07-01": "derived_rate_2019_07_01"}
"""The column that has the rate from a day on."""


def with_cuts(before: dict[str, EditionRow], path: Path, day: str) -> dict[str, EditionRow]:
    """The lines of the edition before with the rates that a day's cut gave them.

    Only lines that the edition of 2025 has at Free, and whose rates are plain percentages, are cut.

    Raises:
        ValueError: a cut line is not in the edition before, or the cut raises its rate.
    """
    edition = dict(before)
    with path.open(encoding="utf-8", newline="") as file:
        for step in csv.DictReader(file):
            rate = step[RATES[day]]
            if step["rate_2025_basic"] != FREE or step["grade"] != "B" or not rate:
                continue
            code = step["code"].replace(".", "")
            if code not in edition:
                raise ValueError(f"{path.name}: {code} is not in the edition before {day}")
            if _share(rate) > _share(edition[code].general):
                raise ValueError(f"{path.name}: {code} does not fall on {day}")
            edition[code] = edition[code]._replace(general=rate)
    return edition


def _share(rate: str) -> float:
    return 0.0 if rate == FREE else float(rate.removesuffix("%"))
