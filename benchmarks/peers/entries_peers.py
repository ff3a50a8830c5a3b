"""Hand-written joins that do a batch's work, in DuckDB and polars, in their own environment.

    python entries_peers.py FOLDER

The folder holds the entries and the law as tables that the benchmark wrote: lines, days, origins,
cells (line class x place class x regime -> stack), stacks (rates by family, caps, texts) and base
rates by line and edition. The law is that of entries without facts whose duties are all shares of
the value; everything else a batch does (open questions, parts, quantities, faulty rows) is left
out, so the joins have less to do. Prints JSON: seconds and checksum by peer and task.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars

TABLES = ("entries", "lines", "days", "origins", "cells", "stacks", "base")
RUNS = 3


def amount(rate: str, value: str = "value") -> str:
    """Half up to the cent, in whole numbers."""
    return f"(({rate}) * {value} + 500000) // 1000000"


def rates(names: list[str]) -> dict[str, list[str]]:
    """The rates of each family as SQL, one a layer; columns are kind_number_family."""
    found: dict[str, list[str]] = {}
    for name in names:
        kind, _, family = name.split("_", 2)
        rate = {
            "column": f"stacks.{name} * base.rate",
            "add": f"stacks.{name}",
            "cap": f"greatest(stacks.{name} - base.rate, 0)",
        }[kind]
        found.setdefault(family, []).append(rate)
    return found


def families(names: list[str]) -> dict[str, str]:
    """The amount of each family as SQL, rounded layer by layer."""
    return {family: " + ".join(map(amount, each)) for family, each in rates(names).items()}


JOINS = """
from entries
join days on entries.day = days.day
join lines on entries.code = lines.code
join origins on entries.origin = origins.origin
join cells on cells.line = lines.line and cells.place = origins.place and cells.regime = days.regime
join stacks on stacks.stack = cells.stack
join base on base.code = entries.code and base.edition = days.edition
"""


def in_duckdb(folder: Path, names: list[str]) -> dict[str, tuple[float, int]]:
    """Coded columns in memory, then strings from Parquet to Parquet."""
    database = duckdb.connect()
    database.execute("set threads to 2; set preserve_insertion_order = true")
    for table in TABLES:
        database.execute(f"create table {table} as from '{folder / table}.parquet'")
    owed = families(names)
    columns = ", ".join(f"{sql} as duty_{name}" for name, sql in owed.items())
    total = " + ".join(f"({sql})" for sql in owed.values())
    select = f"select cells.stack, {columns}, {total} as total {JOINS}"

    def in_memory() -> int:
        database.execute(f"create or replace table result as {select}")
        return int(database.execute("select sum(total) from result").fetchall()[0][0])

    texts = (
        "entries.*, stacks.headings || lines.dotted as headings, "
        "stacks.before || base.text || stacks.after as layers"
    )
    share = " + ".join(rate for each in rates(names).values() for rate in each)
    decimals = ", ".join(
        f"(({sql}) / 100)::decimal(18,2) as duty_{name}" for name, sql in owed.items()
    )
    out = folder / "duckdb.parquet"
    strings = JOINS.replace("from entries", "from source as entries").replace(
        "entries.day = days.day", "entries.on = days.on"
    )
    strings = strings.replace("entries.code = lines.code", "entries.code = lines.digits")
    strings = strings.replace("entries.origin = origins.origin", "entries.origin = origins.country")
    strings = strings.replace("base.code = entries.code", "base.code = lines.code")
    value = "round(entries.value::decimal(18,2) * 100)::bigint"
    query = f"""
        copy (with source as (from '{folder / "strings.parquet"}')
        select {texts}, (({share}) / 1e6)::decimal(12,6) as rate,
        (({total}) / 100)::decimal(18,2) as total, {decimals} {strings}) to '{out}'
        (format parquet, compression zstd)
    """.replace("* value +", f"* {value} +")

    def files() -> int:
        database.execute(query)
        sums = database.execute(f"select sum(total) from '{out}'").fetchall()
        return int(sums[0][0] * 100)

    return {"memory": best(in_memory), "files": best(files, 1)}


def in_polars(folder: Path, names: list[str]) -> dict[str, tuple[float, int]]:
    """Coded columns in memory; from Parquet to Parquet DuckDB stands for both."""
    tables = {table: polars.read_parquet(folder / f"{table}.parquet") for table in TABLES}

    def per_million(rate: polars.Expr) -> polars.Expr:
        return (rate * polars.col("value") + 500_000) // 1_000_000

    # One key of several columns: polars joins on that in a fraction of the time and memory.
    column = polars.col
    cell = column("line").cast(int) * 2**32 + column("place") * 2**16 + column("regime")
    run = column("code") * 2**16 + column("edition")
    cells = tables["cells"].lazy().select("stack", cell=cell)
    base = tables["base"].lazy().select("rate", run=run)
    owed: dict[str, polars.Expr] = {}
    for name in names:
        kind, _, family = name.split("_", 2)
        rate = column(name)
        if kind == "column":
            rate = rate * column("rate")
        elif kind == "cap":
            rate = (rate - column("rate")).clip(0)
        cents = per_million(rate)
        owed[family] = owed[family] + cents if family in owed else cents

    def in_memory() -> int:
        joined = (
            tables["entries"]
            .lazy()
            .join(tables["days"].lazy(), on="day")
            .join(tables["lines"].lazy().select("code", "line"), on="code")
            .join(tables["origins"].lazy().select("origin", "place"), on="origin")
            .with_columns(cell=cell, run=run)
            .join(cells, on="cell")
            .join(tables["stacks"].lazy().drop("headings", "before", "after"), on="stack")
            .join(base, on="run")
        )
        columns = [sql.alias(f"duty_{name}") for name, sql in owed.items()]
        result = joined.select("stack", *columns, total=sum(owed.values())).collect()
        return int(result["total"].sum())

    return {"memory": best(in_memory)}


def best(task: Callable[[], int], runs: int = RUNS) -> tuple[float, int]:
    """The least of some times, and what the task gave."""
    times, found = [], 0
    for _ in range(runs):
        started = time.perf_counter()
        found = task()
        times.append(time.perf_counter() - started)
    return min(times), found


def main() -> None:
    """Run both and print what they took."""
    folder = Path(sys.argv[1])
    names = [
        name
        for name in polars.read_parquet_schema(folder / "stacks.parquet")
        if name.startswith(("column_", "add_", "cap_"))
    ]
    found = {
        f"DuckDB {duckdb.__version__}": in_duckdb(folder, names),
        f"polars {polars.__version__}": in_polars(folder, names),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
