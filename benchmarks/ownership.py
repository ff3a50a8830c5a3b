"""The closure of ownership on a million companies, and on a hundred million holdings.

    python -m benchmarks.ownership [large]

With `large` it measures the hundred million holdings in this process and prints them as JSON, so
that their memory is that of one process.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np

from benchmarks.ownership_graphs import WHOLE, Drawn, drawn
from detente.parties.ownership.columns import columns, covered

HERE = Path(__file__).resolve().parent
ENVIRONMENT, PEERS = HERE / ".venv-ownership", HERE / "peers"
HALF = Fraction(1, 2)
SMALL = (1_000_000, 2_000_000, 3_400)
LARGE = (50_000_000, 100_000_000, 5_000_000)
FILE_ENTITIES = 52_600
"""Companies of a drawn registry with about a hundred thousand holdings."""
STAR, CHAIN = 200_000, 100_000
"""Companies of one listed owner; companies each held by the one before."""
LISTED = "L"
RUNS = 7
PROGRAM = str(Path(sys.executable).with_name("detente"))


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Rows of what, goal, measured, and the peers beside it."""
    graph = drawn(*SMALL)
    prepared = time.perf_counter()
    held = columns(graph.owner, graph.owned, graph.units, SMALL[0], WHOLE)
    prepared = time.perf_counter() - prepared
    times = []
    covered(held, graph.seeds, HALF)  # compiles, once a machine
    for _ in range(RUNS):
        started = time.perf_counter()
        tiers = covered(held, graph.seeds, HALF)
        times.append(time.perf_counter() - started)
    count = int((tiers >= 0).sum())
    peers = _peers(graph)
    described = []
    for peer, (load, seconds, theirs) in peers.items():
        agrees = "" if theirs == count else f", {theirs} covered"
        described.append(f"{peer} {seconds * 1000:.1f} ms (after {load:.2f} s{agrees})")
    yield (
        f"ownership: closure, {SMALL[0]:,} companies, {SMALL[1]:,} holdings, {SMALL[2]:,} listed, "
        f"{count:,} covered",
        "5 ms after load",
        f"{median(times) * 1000:.1f} ms (after {prepared:.2f} s)",
        "; ".join(described),
    )
    large = _in_process("large")
    yield (
        f"ownership: closure, {LARGE[1]:,} holdings, {LARGE[2]:,} listed, "
        f"{large['covered']:,.0f} covered",
        "10 s and 4 GB after load",
        f"{large['seconds']:.1f} s ({large['processor']:.1f} s of the processor), peak "
        f"{large['peak']:.1f} GiB with the holdings ({large['before']:.1f} GiB), "
        f"sorted by owner in {large['sorted']:.1f} s",
        "",
    )
    # Of a child the peak is at least that of the process that begins it, so a small one does.
    registry, star, owned, chain = (Timed(*_in_process(what).values()) for what in COMMANDS)
    what = f"`detente owners`, a registry of {FILE_ENTITIES:,} companies, exact, JSON with paths"
    yield what, "3 s", registry.text(), ""
    what = f"the same of a star: {STAR:,} companies of one listed owner, no share twice"
    yield what, "2 s, 300 MB", star.text(), ""
    what = f"the same of a company that {STAR:,} listed parties own"
    yield what, "2 s, 300 MB", owned.text(), ""
    what = f"the same of a chain of {CHAIN:,} tiers"
    yield what, "2 s, 300 MB", chain.text(), ""


def _peers(graph: Drawn) -> dict[str, tuple[float, float, int]]:
    """Run the peers in their environment, which is made where it is missing."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        venv.create(ENVIRONMENT, with_pip=True)
        wanted = str(PEERS / "ownership.txt")
        install = [str(python), "-m", "pip", "install", "--quiet", "--requirement", wanted]
        subprocess.run(install, check=True)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.npz"
        np.savez(file, whole=WHOLE, entities=SMALL[0], **graph._asdict())
        command = [str(python), str(PEERS / "ownership_peers.py"), str(file)]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, tuple[float, float, int]] = json.loads(ran.stdout)
    return found


def _in_process(what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.ownership", what]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def large() -> dict[str, float]:
    """A hundred million holdings: loaded sorted by owner, then the closure, with its peak."""
    entities, holdings, listed = LARGE
    graph = drawn(entities, holdings, listed)
    started = time.perf_counter()
    held = columns(graph.owner, graph.owned, graph.units, entities, WHOLE)
    sorted_in = time.perf_counter() - started
    seeds = graph.seeds
    # What comes now is measured: the holdings lie in a file, as they would for a user.
    with tempfile.TemporaryDirectory() as folder:
        for name in ("start", "owned", "units"):
            np.save(Path(folder) / f"{name}.npy", getattr(held, name))
        np.save(Path(folder) / "seeds.npy", seeds)
        del graph, held
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.ownership", "closure", folder],
            check=True,
            capture_output=True,
            text=True,
            cwd=HERE.parent,
        )
    found: dict[str, float] = json.loads(ran.stdout)
    return {**found, "sorted": sorted_in}


def closure(folder: Path) -> dict[str, float]:
    """The closure alone, on holdings that were loaded from files."""
    from detente.parties.ownership.columns import HoldingColumns

    start, owned, units, seeds = (
        np.load(folder / f"{name}.npy") for name in ("start", "owned", "units", "seeds")
    )
    held = HoldingColumns(start, owned, units, WHOLE)
    covered(columns(seeds[:1], seeds[:1], seeds[:1], 1, WHOLE), [0], HALF)  # compiled before
    before = _peak()
    started, used = time.perf_counter(), time.process_time()
    tiers = covered(held, seeds, HALF)
    seconds, used = time.perf_counter() - started, time.process_time() - used
    return {
        "seconds": seconds,
        "processor": used,
        "before": before,
        "peak": _peak(),
        "covered": int((tiers >= 0).sum()),
    }


def _peak() -> float:
    """The most this process had in memory, in GiB; the usage of its parent is no part of it."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024**2


class Timed(NamedTuple):
    """The best of some runs of a command: seconds, those of the processor, and its peak in MB."""

    seconds: float
    processor: float
    peak: float

    def text(self) -> str:
        """In words."""
        return f"{self.seconds:.1f} s ({self.processor:.1f} s of the processor), {self.peak:.0f} MB"


def _registry() -> Timed:
    """The command on a drawn registry."""
    with tempfile.TemporaryDirectory() as folder:
        draw = ["registry", "synth", "--entities", str(FILE_ENTITIES), "--seed", "1", "-o", folder]
        subprocess.run([PROGRAM, *draw], check=True, capture_output=True)
        files = {
            name: str(Path(folder) / f"{name}.csv") for name in ("holdings", "seeds", "entities")
        }
        ask = [files["holdings"], "--seeds", files["seeds"], "--entities", files["entities"]]
        return _timed(ask)


def _shape(holdings: Iterable[tuple[str, str, str]], listed: Iterable[str] = (LISTED,)) -> Timed:
    """The command on holdings below listed companies."""
    with tempfile.TemporaryDirectory() as folder:
        files = {name: str(Path(folder) / f"{name}.csv") for name in ("holdings", "seeds")}
        rows = {"holdings": [("owner", "owned", "share"), *holdings],
                "seeds": [("id", "list"), *((each, "entity-list") for each in listed)]}  # fmt: skip
        for name, path in files.items():
            with open(path, "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows[name])
        return _timed([files["holdings"], "--seeds", files["seeds"]])


def _star() -> Iterator[tuple[str, str, str]]:
    for at in range(STAR):
        yield LISTED, f"C{at}", f"{50 + at * 50 / STAR:.4f}"


def _owned() -> Iterator[tuple[str, str, str]]:
    for at in range(STAR):
        yield f"{LISTED}{at}", "C", f"{60 / STAR:.4f}"


def _chain() -> Iterator[tuple[str, str, str]]:
    for at in range(CHAIN):
        yield f"C{at - 1}" if at else LISTED, f"C{at}", "51"


def _timed(ask: Sequence[str]) -> Timed:
    """Ask for owners, as JSON with paths."""
    command = [PROGRAM, "owners", *ask, "--on", "2025-11-09", "--json"]
    runs = []
    for _ in range(3):
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        runs.append(Timed(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6))
    return min(runs)


COMMANDS = {
    "registry": _registry,
    "star": lambda: _shape(_star()),
    "owned": lambda: _shape(_owned(), (f"{LISTED}{at}" for at in range(STAR))),
    "chain": lambda: _shape(_chain()),
}
"""What is asked of the command, each in a process of its own."""

if __name__ == "__main__":
    if sys.argv[1:2] == ["large"]:
        print(json.dumps(large()))
    elif sys.argv[1:2] and sys.argv[1] in COMMANDS:
        print(json.dumps(COMMANDS[sys.argv[1]]()._asdict()))
    elif sys.argv[1:2] == ["closure"]:
        print(json.dumps(closure(Path(sys.argv[2]))))
    else:
        for row in rows():
            print("\n".join(row))
