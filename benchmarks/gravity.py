"""Runs gegravity, in the peers' environment, on a world of ours."""

from __future__ import annotations

import json
import subprocess
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy

from detente.impact.economy import Array

HERE = Path(__file__).parent
ENVIRONMENT, PEERS = HERE / ".venv", HERE / "peers"


class Peer(NamedTuple):
    """Its version, seconds of its solve, and real income by country in percent."""

    version: str
    seconds: float
    welfare: Array


def peer_python(environment: Path, package: str, requirements: Path) -> Path | None:
    """The Python of a peer's own environment, made on first use; None where it cannot be had."""
    python = environment / "bin" / "python"
    if not python.is_file():
        venv.create(environment, with_pip=True)
    try:
        subprocess.run([str(python), "-c", f"import {package}"], check=True, capture_output=True)
    except subprocess.CalledProcessError:
        wanted = ["--requirement", str(requirements)]
        install = [str(python), "-m", "pip", "install", "--quiet", *wanted]
        if subprocess.run(install, check=False, capture_output=True).returncode:
            return None
    return python


def gegravity(costs: Array, later: Array, income: Array, flows: Array, sigma: float) -> Peer | None:
    """Solve the change of costs there; None where the package cannot be had."""
    python = peer_python(ENVIRONMENT, "gegravity", PEERS / "entries.txt")
    if python is None:
        return None
    with TemporaryDirectory() as folder:
        file = Path(folder) / "world.npz"
        numpy.savez(file, costs=costs, later=later, income=income, flows=flows, sigma=sigma)
        command = [str(python), str(PEERS / "gravity_peer.py"), str(file)]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    return Peer(found["version"], found["seconds"], numpy.array(found["real_income"]))
