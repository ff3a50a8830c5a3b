"""The closure on a local Spark session equals the local one."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from detente.parties.ownership.synth import Calibration, draw
from tests.entries import scaled

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

np = pytest.importorskip("numpy")


@pytest.mark.filterwarnings("ignore")
def test_spark_covers_the_companies_of_thousands_that_the_local_closure_covers(
    session: SparkSession,
) -> None:
    from detente.parties.ownership.columns import columns
    from detente.parties.ownership.columns import covered as local
    from detente.spark.ownership import covered

    companies = scaled(12_000)
    calibration = Calibration(scaled(160), scaled(2_400), Fraction(1, 3), companies, "")
    drawn = draw(companies, 3, calibration)
    rows = [(owner, owned, int(share)) for owner, owned, share, _ in drawn.holdings]
    owner, owned, units = (
        np.array([int(str(row[place]).lstrip("C")) for row in rows]) for place in range(3)
    )
    tiers = local(
        columns(owner, owned, units, companies, 100),
        [int(each[1:]) for each, _ in drawn.seeds],
        Fraction(1, 2),
    )
    expected = {f"C{number:07d}": int(tiers[number]) for number in np.flatnonzero(tiers >= 0)}
    found = covered(
        session.createDataFrame(rows, "owner string, owned string, units long"),
        session.createDataFrame([(each,) for each, _ in drawn.seeds], "id string"),
        100,
    ).collect()
    assert {row.id: row.tier for row in found} == expected
    assert sum(tier > 0 for tier in expected.values()) == drawn.reached == scaled(2_400)
