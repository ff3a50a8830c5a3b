"""Runs puremacro's best tariff, in an environment of its own, on the tables of 2019 of both."""

from __future__ import annotations

import json
import subprocess
import venv
from pathlib import Path
from typing import NamedTuple

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
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        venv.create(ENVIRONMENT, with_pip=True)
    try:
        subprocess.run([str(python), "-c", "import puremacro"], check=True, capture_output=True)
    except subprocess.CalledProcessError:
        wanted = str(HERE / "tariff-requirements.txt")
        install = [str(python), "-m", "pip", "install", "--quiet", "--requirement", wanted]
        if subprocess.run(install, check=False, capture_output=True).returncode:
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
