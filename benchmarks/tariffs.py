"""Runs puremacro's best tariff, in an environment of its own, on the tables of 2019 of both."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import NamedTuple

from benchmarks.gravity import peer_python

HERE = Path(__file__).parent
ENVIRONMENT = HERE / ".venv-tariffs"

LONGEST = 900
"""Seconds that it may take."""


class Peer(NamedTuple):
    """Its version, the best tariff of those tried, its welfare in percent, and seconds."""

    version: str
    best: float
    tried: tuple[float, ...]
    welfare: float
    seconds: float


def puremacro(country: str, partner: str, points: int, highest: float) -> Peer | None:
    """Its best uniform tariff over a grid; None where the package cannot be had.

    Raises:
        subprocess.TimeoutExpired: it took longer than `LONGEST`.
    """
    python = peer_python(ENVIRONMENT, "puremacro", HERE / "tariff-requirements.txt")
    if python is None:
        return None
    command = [
        str(python),
        str(HERE / "tariff_peer.py"),
        country,
        partner,
        str(points),
        str(highest),
    ]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=LONGEST)
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    return Peer(
        found["version"],
        found["best"],
        tuple(found["tariffs"]),
        found["welfare"],
        found["seconds"],
    )
