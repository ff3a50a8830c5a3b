"""A server in a process of its own, for what is tried on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tools.soak.nursery import Born, Nursery

LOG = "server.log"
"""What a server says, in its folder."""


ADDRESS = re.compile(r"http://[^:]+:(\d+)/")


class Served(NamedTuple):
    """A server that runs.

    Attributes:
        port: where it listens, on this machine.
        process: its process.
    """

    port: int
    process: subprocess.Popen[bytes] | Born


@contextmanager
def served(home: Path, *words: str, nursery: Nursery | None = None) -> Iterator[Served]:
    """A server with a folder of its own, killed at the end.

    Args:
        home: the folder.
        words: options of the command.
        nursery: makes the server; without one it is started anew.

    Raises:
        RuntimeError: it did not start.
    """
    log = home / LOG
    with log.open("ab") as stated:
        begin = stated.tell()
        process = _started(home, log, ["--port", "0", *words], nursery)
    try:
        while not (address := ADDRESS.search(described := log.read_bytes()[begin:].decode())):
            if process.poll() is not None:
                raise RuntimeError(f"the server did not start: {described}")
            time.sleep(0.01)
        yield Served(int(address[1]), process)
    finally:
        process.kill()
        process.wait()


def _started(
    home: Path, log: Path, words: list[str], nursery: Nursery | None
) -> subprocess.Popen[bytes] | Born:
    if nursery is not None:
        return nursery.make(home, log, words)
    command = [sys.executable, "-m", "detente.cli.main", "serve", *words]
    environment = {**os.environ, "DETENTE_HOME": str(home)}
    with log.open("ab") as stated:
        return subprocess.Popen(command, stderr=stated, env=environment)


def memory_of(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where it is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def children_of(pid: int) -> list[int]:
    """Processes that a process has started and that still run."""
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(each) for task in threads for each in (task / "children").read_text().split()]
    except OSError:
        return []
