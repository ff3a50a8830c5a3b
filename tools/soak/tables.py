"""A file of very many entries, from Parquet to Parquet: its memory beside that of a smaller one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import polars

from benchmarks.batch import command_run
from benchmarks.entries import draw
from detente.batch.engine.compiled import CompiledCells
from detente.batch.engine.engine import Engine
from detente.goods.schedule import Schedule
from detente.register.book import Register

DRAWN = 1_000_000
"""Rows that are drawn; a longer file has them again and again."""


class TableRun(NamedTuple):
    """What a file took.

    Attributes:
        rows: of the file.
        written: of the answer.
        seconds: of the command, from a cold start.
        memory: MiB, the highest of all its processes together.
    """

    rows: int
    written: int
    seconds: float
    memory: float


def runs(folder: Path, sizes: tuple[int, ...]) -> list[TableRun]:
    """The command on files of so many rows, one after the other.

    Args:
        folder: for the files, each of which goes before the next is made.
        sizes: rows of each, at the least; whole drawings are written.
    """
    register = Register.built_in()
    engine = Engine(register, Schedule(), compiled=CompiledCells.of(register))
    drawn = folder / "drawn.parquet"
    draw(engine, min(DRAWN, *sizes)).write_parquet(drawn)
    some = polars.scan_parquet(drawn)
    (height,) = some.select(polars.len()).collect().row(0)
    found = []
    source, target = folder / "in.parquet", folder / "out.parquet"
    for size in sizes:
        times = -(-size // height)
        polars.concat([some] * times).sink_parquet(source)
        seconds, memory, _ = command_run(["batch", str(source), "-o", str(target)])
        (written,) = polars.scan_parquet(target).select(polars.len()).collect().row(0)
        found.append(TableRun(times * height, written, seconds, memory))
        source.unlink()
        target.unlink()
    return found
