"""The one-sector model of gegravity on a world that the benchmark wrote, in its own environment.

    python gravity_peer.py FILE.npz

The file holds trade costs (to the power of minus the elasticity, buyer by seller) before and after,
incomes, flows and sigma. Prints JSON: seconds of the solve, and real income in percent by country.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from importlib.metadata import version

import gegravity
import numpy
import pandas


def main() -> None:
    """Build the baseline, solve the experiment, print what changed."""
    warnings.simplefilter("ignore")
    held = numpy.load(sys.argv[1])
    costs, later, income, flows = (held[key] for key in ("costs", "later", "income", "flows"))
    names = [f"C{place:02d}" for place in range(len(income))]
    rows = [
        {
            "importer": names[n],
            "exporter": names[i],
            "year": "1",
            "trade": flows[n, i],
            "Y": income[i],
            "E": income[n],
            "cost": numpy.log(costs[n, i]),
        }
        for n in range(len(names))
        for i in range(len(names))
    ]
    data = pandas.DataFrame(rows)
    changed = data.copy()
    changed["cost"] = numpy.log(later).reshape(-1)
    baseline = gegravity.BaselineData(
        data, trade_var_name="trade", expend_var_name="E", output_var_name="Y"
    )
    coefficients = gegravity.CostCoeffs(
        pandas.DataFrame({"name": ["cost"], "beta": [1.0]}), identifier_col="name", coeff_col="beta"
    )
    started = time.perf_counter()
    model = gegravity.OneSectorGE(
        baseline=baseline,
        year="1",
        reference_importer=names[-1],
        sigma=float(held["sigma"]),
        cost_variables=["cost"],
        cost_coeff_values=coefficients,
        quiet=True,
    )
    model.build_baseline(omr_rescale=1, mr_tolerance=1e-11)
    model.define_experiment(changed)
    model.simulate(ge_tolerance=1e-11)
    seconds = time.perf_counter() - started
    real = model.country_results["GDP change (percent)"].loc[names].tolist()
    found = {"version": version("gegravity"), "seconds": seconds, "real_income": real}
    print(f"\n{json.dumps(found)}")


if __name__ == "__main__":
    main()
