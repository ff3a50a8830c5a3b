"""Whole processes, timed in turn with a peer so that a drifting machine does not lie."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

RUNS = 15

NOT_MEASURED = "not measured:"
"""What a row says instead of a figure where an input is not at hand; the reason follows."""


class Pair(NamedTuple):
    """Median seconds of ours and of the peer, the median of their ratios, and our peak in MiB."""

    ours: float
    peer: float
    ratio: float
    peak: float


def beside(ours: Sequence[str], peer: Sequence[str], runs: int = RUNS) -> Pair:
    """Time two commands in turn, after one run of each that does not count."""
    pairs = [(_seconds(ours), _seconds(peer)) for _ in range(runs + 1)][1:]
    return Pair(
        median(first for first, _ in pairs),
        median(second for _, second in pairs),
        median(first / second for first, second in pairs),
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    )


def python(code: str) -> list[str]:
    """A command that runs code in this environment's interpreter."""
    return [sys.executable, "-c", code]


def _seconds(command: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started
