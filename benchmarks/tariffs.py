"""Runs puremacro, in an environment of its own, on the tables of 2019.

Its best tariff is that of another model, on its own copy of the tables. It has a model of Caliendo
and Parro as well, which is ours: that one is given our world, and must come to the same.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy

from benchmarks.gravity import peer_python
from detente.impact.economy import Array, Economy

HERE = Path(__file__).parent
ENVIRONMENT, PEERS = HERE / ".venv-tariffs", HERE / "peers"

LONGEST = 900
"""Seconds that it may take."""


class Peer(NamedTuple):
    """Its version, the best tariff tried, its welfare in percent, and seconds of processor time."""

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
    python = peer_python(ENVIRONMENT, "puremacro", PEERS / "tariff.txt")
    if python is None:
        return None
    command = [
        str(python),
        str(PEERS / "tariff_peer.py"),
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


class SameModel(NamedTuple):
    """Its version, real income after each change by country, and seconds of processor time."""

    version: str
    real_income: Array
    seconds: float


def same_model(economy: Economy, tried: list[Array]) -> SameModel | None:
    """Its model of Caliendo and Parro on a world without deficits; None where it cannot be had.

    Args:
        economy: the world.
        tried: one plus the tariffs, (J, N, N) each, to which it goes.
    """
    python = peer_python(ENVIRONMENT, "puremacro", PEERS / "tariff.txt")
    if python is None:
        return None
    with TemporaryDirectory() as folder:
        file = Path(folder) / "world.npz"
        names = ("share", "value_added", "inputs", "final", "theta", "income", "tau")
        world = {name: getattr(economy, name) for name in names}
        numpy.savez(file, tried=numpy.stack(tried), **world)
        command = [str(python), str(PEERS / "same_model_peer.py"), str(file)]
        ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=LONGEST)
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    return SameModel(found["version"], numpy.array(found["real_income"]), found["seconds"])
