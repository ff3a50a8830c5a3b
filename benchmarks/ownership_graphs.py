"""A drawn graph of holdings for the benchmark of ownership; numpy alone, for both environments.

Each company has two owners on average; of those below listed parties every third is held by half or
more, so that the closure goes several tiers down and stops.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

WHOLE = 10_000
"""Units of the whole: a hundredth of a percent."""


class Drawn(NamedTuple):
    """Holdings by number: (holdings,) int32 each; seeds: (listed,) int32."""

    owner: np.ndarray[Any, Any]
    owned: np.ndarray[Any, Any]
    units: np.ndarray[Any, Any]
    seeds: np.ndarray[Any, Any]


def drawn(entities: int, holdings: int, listed: int, seed: int = 1) -> Drawn:
    """Draw a graph, the same for the same numbers.

    Args:
        entities: companies.
        holdings: of them in each other.
        listed: companies that are listed.
        seed: of the draw.
    """
    chance = np.random.default_rng(seed)
    owner = chance.integers(0, entities, holdings, dtype=np.int32)
    owned = chance.integers(0, entities, holdings, dtype=np.int32)
    units = chance.integers(1, WHOLE * 3 // 4, holdings, dtype=np.int32)
    return Drawn(owner, owned, units, np.arange(listed, dtype=np.int32))
