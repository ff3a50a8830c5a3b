"""Compile the loops that screen many names, for all machines of a kind: a step of the build."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

COMPILE = "from detente.parties.screening.loops_compile import write; write()"


def build_loops(source: Path, target: Path) -> None:
    """Compile the loops in a process of its own, for the least processor that can use them.

    Args:
        source: the folder of the loops, which are imported from where this file lies.
        target: the file to make.

    Raises:
        RuntimeError: the loops cannot be compiled; the message is what was said.
    """
    from detente.parties.names.ahead import baseline

    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
            "DETENTE_HOME": folder,
            "NUMBA_CACHE_DIR": folder,
            "NUMBA_CPU_NAME": baseline().name,
            "NUMBA_CPU_FEATURES": "",
        }
        ran = subprocess.run(
            [sys.executable, "-c", COMPILE, str(target)], env=environment, capture_output=True,
            check=False, text=True,
        )  # fmt: skip
    if ran.returncode:
        raise RuntimeError(f"the loops of names cannot be compiled: {ran.stderr}")


def write() -> None:
    """Ask for a name, which compiles every loop that is needed, and write what was made."""
    from detente.parties.names import ahead

    ahead.build_anew()
    import numpy as np

    from detente.parties.names import kernels
    from detente.parties.screening.many import ready
    from detente.parties.screening.screening import NameQuery
    from detente.parties.screening.store import Screen

    ready(Screen())([NameQuery("Acme")], 1)
    nobody = np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint32)
    begins, moved, postings = nobody
    kernels.leave_out(postings, begins, moved, postings, begins)
    names = "find", "score", "leave_out", "tell_hashes", "tell_near_legal"
    ahead.write(Path(sys.argv[1]), [getattr(kernels, each) for each in names])
