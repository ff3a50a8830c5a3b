"""Small economies for tests: random tables, and hand-made ones."""

from __future__ import annotations

import numpy as np

from detente.impact.economy import PublishedYear


def tables(seed: int, countries: int = 3, sectors: int = 2) -> PublishedYear:
    """Random tables of an economy; the same for the same seed."""
    draw = np.random.default_rng(seed)
    tariff = draw.uniform(0, 0.3, (sectors, countries, countries))
    flows = draw.uniform(0.1, 1, (sectors, countries, countries))
    for sector in range(sectors):
        np.fill_diagonal(tariff[sector], 0)
        np.fill_diagonal(flows[sector], draw.uniform(5, 10, countries))
    inputs = draw.uniform(0.1, 1, (countries, sectors, sectors))
    return PublishedYear(
        countries=tuple(f"C{place}" for place in range(countries)),
        sectors=tuple(f"S{place}" for place in range(sectors)),
        theta=draw.uniform(2, 8, sectors),
        flows=flows,
        tariff=tariff,
        value_added=draw.uniform(0.4, 0.9, (sectors, countries)),
        inputs=inputs / inputs.sum(axis=1, keepdims=True),
    )


def one_sector(share_home: float, theta: float, countries: int = 2) -> PublishedYear:
    """Symmetric countries, one sector, no inputs bought, no tariffs."""
    flows = np.full((1, countries, countries), (1 - share_home) / (countries - 1))
    np.fill_diagonal(flows[0], share_home)
    return PublishedYear(
        countries=tuple(f"C{place}" for place in range(countries)),
        sectors=("all",),
        theta=np.array([theta]),
        flows=flows,
        tariff=np.zeros_like(flows),
        value_added=np.ones((1, countries)),
        inputs=np.ones((countries, 1, 1)),
    )
