"""puremacro's own model of Caliendo and Parro on a world of ours, in an environment of its own.

    python same_model_peer.py WORLD.npz

The file holds the world in our axes, and the tariffs to try (K, J, N, N), one plus each. Prints
JSON: real income after each, by country, and seconds of processor time of the solves.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from importlib.metadata import version

import numpy
from puremacro.trade import CaliendoParroModel


def main() -> None:
    """Solve each change, and print what it comes to."""
    warnings.simplefilter("error")
    world = numpy.load(sys.argv[1])
    # Its tolerance is absolute too, so incomes come in units of the world's.
    model = CaliendoParroModel(
        trade_shares=world["share"],
        gamma_va=world["value_added"].T,
        gamma_io=world["inputs"].transpose(0, 2, 1),
        alpha=world["final"].T,
        theta=world["theta"],
        labor_income=world["income"] / world["income"].sum(),
        tariffs=world["tau"],
    )
    begun = time.process_time()
    found = [model.solve_counterfactual(tariffs_new=each) for each in world["tried"]]
    seconds = time.process_time() - begun
    print(
        json.dumps(
            {
                "version": version("puremacro"),
                "real_income": [each.welfare_hat.tolist() for each in found],
                "seconds": seconds,
            }
        )
    )


if __name__ == "__main__":
    main()
