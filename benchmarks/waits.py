"""What a person waits for at the shell: small files and large questions, each from a cold start."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.entries import draw
from benchmarks.processes import beside, python
from detente.batch.engine.compiled import CompiledCells
from detente.batch.engine.engine import Engine
from detente.goods.schedule import Schedule
from detente.register.book import Register

MOST, SMALL, FEW = 300_000, 1_000, 8
RUNS = 5


class Wait(NamedTuple):
    """A command, with the seconds that it may take; files are named as `_files` writes them."""

    what: str
    goal: str
    words: str


WAITS = (
    Wait("`batch`, 8 rows, CSV to CSV", "0.2 s", "batch few.csv -o out.csv"),
    Wait("`batch`, 8 rows, CSV to a workbook", "0.2 s", "batch few.csv -o out.xlsx"),
    Wait("`batch`, 8 rows, workbook to workbook", "stated", "batch few.xlsx -o out.xlsx"),
    Wait("`batch`, 1,000 rows, CSV to CSV", "0.2 s", "batch small.csv -o out.csv"),
    Wait("`batch`, 300,000 rows, CSV to CSV", "1.35 s", "batch most.csv -o out.csv"),
    Wait(
        "the same under a scenario", "1.4 s", "batch most.csv -o out.csv --scenario threat-100"
    ),
    Wait("`check`, 8 rows of goods", "0.3 s", "check few.csv"),
    Wait(
        "`panel`, all origins, one day", "0.8 s",
        "panel --origins all --from 2026-11-25 --to 2026-11-26 -o out.parquet",
    ),
    Wait(
        "`average` of all partners by month since 2018", "2 s",
        "average --origin all --from 2018-01-01 --every month",
    ),
    Wait(
        "the same in all layers", "2 s",
        "average --origin all --from 2018-01-01 --every month --layer all -o out.csv",
    ),
    Wait(
        "`compare --equilibrium`", "0.8 s",
        "compare law threat-100 --equilibrium --on 2026-11-12",
    ),
    Wait(
        "`impact partial` from the register", "0.8 s",
        "impact partial --from 2025-01-01 --to-date 2025-11-12",
    ),
    Wait(
        "`impact equilibrium` with bands of 200 draws", "stated",
        "impact equilibrium --data cp2015 --scenario nafta",
    ),
    Wait("`claims`", "stated", "claims"),
)  # fmt: skip


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Rows of what, goal, measured, and the bare interpreter beside it."""
    with TemporaryDirectory() as name:
        _files(Path(name))
        for wait in WAITS:
            pair = beside(_command(wait.words.split(), Path(name)), python("pass"), RUNS)
            yield (
                wait.what,
                wait.goal,
                f"{pair.ours:.2f} s, {pair.ratio:.0f}x",
                f"bare interpreter, {pair.peer * 1000:.0f} ms",
            )


def _files(folder: Path) -> None:
    """Write entries drawn by lot: few, a small file, and many."""
    register = Register.built_in()
    engine = Engine(register, Schedule(), compiled=CompiledCells.of(register))
    entries = draw(engine, MOST)
    entries.write_csv(folder / "most.csv")
    entries.head(SMALL).write_csv(folder / "small.csv")
    entries.head(FEW).write_csv(folder / "few.csv")
    entries.head(FEW).write_excel(folder / "few.xlsx")


def _command(words: list[str], folder: Path) -> list[str]:
    """The command, with the files that it names in a folder."""
    program = str(Path(sys.executable).with_name("detente"))
    return [program, *(str(folder / word) if Path(word).suffix else word for word in words)]
