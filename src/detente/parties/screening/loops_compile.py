"""Compile the loops that screen many names, and lay out what they read: two steps of the build."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

COMPILE = "from detente.parties.screening.loops_compile import write; write()"
LAY_OUT = "from detente.parties.screening.loops_compile import lay_out; lay_out()"


def build_loops(source: Path, target: Path) -> None:
    """Compile the loops, for the least processor that can use them.

    Args:
        source: the folder of the loops, which are imported from where this file lies.
        target: the file to make.

    Raises:
        RuntimeError: the loops cannot be compiled; the message is what was said.
    """
    from detente.parties.names.ahead import baseline

    least = {"NUMBA_CPU_NAME": baseline().name, "NUMBA_CPU_FEATURES": ""}
    _in_a_process(COMPILE, target, least)


def build_arrays(source: Path, target: Path) -> None:
    """Lay out the names of the built-in lists as the loops read them.

    Args:
        source: the folder of the lists, which are read as they were compiled.
        target: the file to make.

    Raises:
        RuntimeError: they cannot be laid out; the message is what was said.
    """
    _in_a_process(LAY_OUT, target, {})


def _in_a_process(work: str, target: Path, environment: Mapping[str, str]) -> None:
    """Do a step in a process of its own, which keeps nothing but the target."""
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            [sys.executable, "-c", work, str(target)], capture_output=True, check=False, text=True,
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
                "DETENTE_HOME": folder,
                "NUMBA_CACHE_DIR": folder,
                **environment,
            },
        )  # fmt: skip
    if ran.returncode:
        raise RuntimeError(f"{target.name} cannot be made: {ran.stderr}")


def write() -> None:
    """Ask for a name, which compiles every loop that is needed, and write what was made."""
    from detente.parties.names import ahead

    ahead.build_anew()
    import numpy as np

    from detente.parties.names import kernels
    from detente.parties.screening.many import ready
    from detente.parties.screening.queries import NameQuery
    from detente.parties.screening.store import Screen

    ready(Screen())([NameQuery("Acme")], 1)
    nobody = np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint32)
    begins, moved, postings = nobody
    kernels.leave_out(postings, begins, moved, postings, begins)
    names = "find", "score", "leave_out", "tell_hashes", "tell_near_legal"
    ahead.write(Path(sys.argv[1]), [getattr(kernels, each) for each in names])


def lay_out() -> None:
    """Make the arrays of the built-in lists and write them."""
    from detente.parties.screening import indexed
    from detente.parties.screening.store import Screen

    indexed.lay_out(Screen().lists[0], sys.argv[1])
