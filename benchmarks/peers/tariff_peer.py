"""The best uniform tariff of a country by puremacro, in an environment of its own.

    python tariff_peer.py COUNTRY PARTNER|all POINTS HIGHEST [SIGMA]

Its own copy of the OECD's tables of 2019 is taken (20 economies, 20 sectors), the same that the
world `icio2019` is made of. Prints JSON: the tariffs that were tried, welfare over that without a
tariff in percent of consumption, and seconds of processor time.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from importlib.metadata import version

import numpy
from puremacro.trade import calibrate_trade_model, compute_unilateral_optimal_tariff
from puremacro.trade.data import load_icio_data


def main() -> None:
    """Try tariffs from nothing to the highest, and print what each gives."""
    warnings.simplefilter("ignore")
    country, partner, points, highest = sys.argv[1:5]
    described = load_icio_data(return_structured=True)
    calibrated = calibrate_trade_model(described.matrix, country_codes=described.country_codes)
    begun = time.process_time()
    found = compute_unilateral_optimal_tariff(
        calibrated,
        country,
        target_countries=None if partner == "all" else [partner],
        metric="hicksian_ev",
        tariff_max=float(highest),
        num_grid=int(points),
        method="grid",
        foreign_saving_units="world_income",
        **({"sigma": float(sys.argv[5])} if len(sys.argv) > 5 else {}),
    )
    seconds = time.process_time() - begun
    print(
        json.dumps(
            {
                "version": version("puremacro"),
                "country": country,
                "partner": partner,
                "best": float(found.optimal_tariff_rate),
                "welfare": float(found.welfare_gain_pct),
                "tariffs": numpy.asarray(found.tariff_grid).tolist(),
                "curve": numpy.asarray(found.welfare_curve).tolist(),
                "seconds": seconds,
            }
        )
    )


if __name__ == "__main__":
    main()
