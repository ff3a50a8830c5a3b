"""The ownership closure on a Spark session: a semi-naive join, round by round.

Each round joins only what came in during the last one with the holdings, adds up per company, and
takes those that reach the threshold; no round looks at a holding twice. Shares are whole numbers of
a unit, so the sums are those of the local closure.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def covered(
    holdings: DataFrame, seeds: DataFrame, whole: int, threshold: Fraction = Fraction(1, 2)
) -> DataFrame:
    """Who is covered, and in which tier: columns ``id`` and ``tier``, 0 for seeds.

    Args:
        holdings: columns ``owner``, ``owned``, ``units`` (whole numbers), a row a holding.
        seeds: a column ``id``.
        whole: units that make the whole.
        threshold: share of one at which a company comes in.

    Raises:
        ValueError: a column is missing.
    """
    from pyspark.sql import functions as f

    for frame, needed in ((holdings, ("owner", "owned", "units")), (seeds, ("id",))):
        missing = [name for name in needed if name not in frame.columns]
        if missing:
            raise ValueError(f"no column {', '.join(missing)}: the frame needs {', '.join(needed)}")
    need = -(-threshold.numerator * whole // threshold.denominator)
    ties = holdings.select("owner", "owned", "units").cache()
    reached = seeds.select("id").distinct().withColumn("tier", f.lit(0)).localCheckpoint()
    sums = ties.sparkSession.createDataFrame([], "id string, held long")
    frontier, tier = reached, 0
    while not frontier.isEmpty():
        tier += 1
        added = (
            ties.join(frontier, ties.owner == frontier.id)
            .groupBy("owned")
            .agg(f.sum("units").alias("held"))
            .withColumnRenamed("owned", "id")
            .join(reached.select("id"), "id", "left_anti")
        )
        total = sums.unionByName(added).groupBy("id").agg(f.sum("held").alias("held"))
        # Without it the plan of each round would hold the plans of all before.
        total = total.localCheckpoint()
        came = total.where(f.col("held") >= need).select("id")
        frontier = came.withColumn("tier", f.lit(tier)).localCheckpoint()
        sums = total.where(f.col("held") < need)
        reached = reached.unionByName(frontier).localCheckpoint()
    ties.unpersist()
    return reached
