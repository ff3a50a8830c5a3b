"""The closure of ownership on a million companies, and on a hundred million holdings.

    python -m benchmarks.ownership [large]

With `large` it measures the hundred million holdings in this process and prints them as JSON, so
that their memory is that of one process.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from statistics import median

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
RUNS = 7


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
    seconds, processor, holdings = _command()
    yield (
        f"`detente owners`, a CSV of {holdings:,} holdings, exact, JSON with paths",
        "3 s",
        f"{seconds:.1f} s ({processor:.1f} s of the processor)",
        "",
    )


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


def _command() -> tuple[float, float, int]:
    """The command on a drawn registry: seconds, seconds of the processor, holdings."""
    program = str(Path(sys.executable).with_name("detente"))
    with tempfile.TemporaryDirectory() as folder:
        draw = ["registry", "synth", "--entities", str(FILE_ENTITIES), "--seed", "1", "-o", folder]
        subprocess.run([program, *draw], check=True, capture_output=True)
        files = {
            name: str(Path(folder) / f"{name}.csv") for name in ("holdings", "seeds", "entities")
        }
        ask = ["owners", files["holdings"], "--seeds", files["seeds"]]
        ask += ["--entities", files["entities"], "--on", "2025-11-09", "--json"]
        lines = Path(files["holdings"]).read_text(encoding="utf-8").count("\n") - 1
        times = []
        for _ in range(3):
            used = resource.getrusage(resource.RUSAGE_CHILDREN)
            started = time.perf_counter()
            subprocess.run([program, *ask], check=True, capture_output=True)
            seconds = time.perf_counter() - started
            now = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
            times.append((seconds, spent))
    return (*min(times), lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["large"]:
        print(json.dumps(large()))
    elif sys.argv[1:2] == ["closure"]:
        print(json.dumps(closure(Path(sys.argv[2]))))
    else:
        for row in rows():
            print("\n".join(row))
