"""The same closure in DuckDB (USING KEY), networkx and scipy, in their own environment.

    python ownership_peers.py GRAPH.npz

Prints JSON: by peer the seconds of loading, the seconds of the closure, and how many are covered.
A plain recursive query is no peer: it cannot add up what several owners hold.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import duckdb
import networkx
import numpy as np
from scipy import sparse

RUNS = 5

CLOSURE = """
WITH RECURSIVE held(id, units, fresh) USING KEY (id) AS (
  SELECT id, need, true FROM listed, half
  UNION
  SELECT edge.owned,
         coalesce(any_value(before.units), 0) + sum(edge.units),
         coalesce(any_value(before.units), 0) < any_value(half.need)
           AND coalesce(any_value(before.units), 0) + sum(edge.units) >= any_value(half.need)
  FROM held JOIN edge ON edge.owner = held.id CROSS JOIN half
  LEFT JOIN recurring.held AS before ON before.id = edge.owned
  WHERE held.fresh
  GROUP BY edge.owned
)
SELECT count(*) FROM held, half WHERE units >= need
"""


def in_duckdb(graph: Any) -> tuple[float, Callable[[], int]]:
    """Load the holdings into a table of a database in memory, sorted by owner."""
    started = time.perf_counter()
    base = duckdb.connect()
    owner, owned, units, seeds = (graph[name] for name in ("owner", "owned", "units", "seeds"))
    columns = {"owner": owner, "owned": owned, "units": units.astype(np.int64)}
    base.register("columns", columns)
    base.execute("CREATE TABLE edge AS SELECT * FROM columns ORDER BY owner")
    base.register("numbers", {"id": seeds})
    base.execute("CREATE TABLE listed AS SELECT id FROM numbers")
    need = -(-int(graph["whole"]) // 2)
    base.execute(f"CREATE TABLE half AS SELECT {need}::HUGEINT AS need")
    return time.perf_counter() - started, lambda: base.execute(CLOSURE).fetchall()[0][0]


def in_networkx(graph: Any) -> tuple[float, Callable[[], int]]:
    """Load the holdings into a directed graph; several between two companies are added up."""
    started = time.perf_counter()
    built = networkx.DiGraph()
    for owner, owned, units in zip(
        graph["owner"].tolist(), graph["owned"].tolist(), graph["units"].tolist(), strict=True
    ):
        if built.has_edge(owner, owned):
            built[owner][owned]["units"] += units
        else:
            built.add_edge(owner, owned, units=units)
    seeds, need = graph["seeds"].tolist(), -(-int(graph["whole"]) // 2)

    def closure() -> int:
        covered, held, todo = set(seeds), dict[int, int](), list(seeds)
        while todo:
            owner = todo.pop()
            if owner not in built:
                continue
            for owned, tie in built[owner].items():
                held[owned] = held.get(owned, 0) + tie["units"]
                if held[owned] >= need and owned not in covered:
                    covered.add(owned)
                    todo.append(owned)
        return len(covered)

    return time.perf_counter() - started, closure


def in_scipy(graph: Any) -> tuple[float, Callable[[], int]]:
    """Load the holdings into a sparse matrix of whole numbers, owners by row."""
    started = time.perf_counter()
    size = int(graph["entities"])
    where = (graph["owner"], graph["owned"])
    matrix = sparse.csr_matrix((graph["units"].astype(np.int64), where), shape=(size, size))
    seeds, need = graph["seeds"], -(-int(graph["whole"]) // 2)

    def closure() -> int:
        covered = np.zeros(size, dtype=bool)
        sums = np.zeros(size, dtype=np.int64)
        frontier = seeds
        covered[frontier] = True
        while frontier.size:
            below = matrix[frontier]
            np.add.at(sums, below.indices, below.data)
            touched = np.unique(below.indices)
            frontier = touched[(sums[touched] >= need) & ~covered[touched]]
            covered[frontier] = True
        return int(covered.sum())

    return time.perf_counter() - started, closure


def main() -> None:
    """Time each peer."""
    graph = np.load(sys.argv[1])
    found = {}
    for name, load in (
        (f"DuckDB {duckdb.__version__} USING KEY", in_duckdb),
        (f"networkx {networkx.__version__}", in_networkx),
        ("scipy", in_scipy),
    ):
        loaded, closure = load(graph)
        times = []
        for _ in range(RUNS):
            started = time.perf_counter()
            count = closure()
            times.append(time.perf_counter() - started)
        found[name] = (loaded, median(times), count)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
