"""Servers made one after the other by a fork of a process that has read all of their code.

A server that starts anew reads its code for most of a second, which is nearly all of what a
thousand kills would take. What is killed is the same: a process that opens the ledger for itself.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOOK = 0.01
"""Seconds between two looks at whether a server has ended."""


class Born:
    """A server made by a nursery, with as much of ``Popen`` as those need who kill it."""

    def __init__(self, pid: int, nursery: Nursery) -> None:
        self.pid = pid
        self._nursery = nursery
        self._killed = self._ended = False

    def kill(self) -> None:
        """Kill it; once, since its number may be another's later."""
        if not self._killed:
            self._killed = True
            os.kill(self.pid, signal.SIGKILL)

    def poll(self) -> int | None:
        """None: whether it has ended is known once ``wait`` returned."""
        return -signal.SIGKILL if self._ended else None

    def wait(self) -> None:
        """Wait until it has ended."""
        if not self._ended:
            self._nursery.line()
            self._ended = True


class Nursery:
    """The process that makes them; one lives at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.soak.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def make(self, home: Path, log: Path, words: list[str]) -> Born:
        """A server with a folder of its own, which says what it says in a file."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([str(home), str(log), words]) + "\n")
        self._process.stdin.flush()
        return Born(int(self.line()), self)

    def line(self) -> str:
        """What the process says next: the number of a process, or that it has ended.

        Raises:
            RuntimeError: it is gone.
        """
        assert self._process.stdout is not None
        described = self._process.stdout.readline()
        if not described:
            raise RuntimeError("what makes the servers has ended by itself")
        return described

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()


def _serve(home: str, log: str, words: list[str]) -> None:
    from detente.cli.serve_command import run

    nothing = os.open(os.devnull, os.O_RDWR)
    stated = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for given, taken in ((nothing, 0), (nothing, 1), (stated, 2)):
        os.dup2(given, taken)
    os.environ["DETENTE_HOME"] = home
    os._exit(run(words))


def main() -> None:
    """Make a server for each line; say its number, and then that it has ended."""
    import uvicorn  # noqa: F401 - read once, for all that are made

    import detente.cli.serve_command  # noqa: F401
    from detente.api.service import Service
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.web.app import create_app

    # Made once for the half of the code that is read only then; each server makes its own.
    with closing(Schedule()) as schedule, closing(Register.built_in()) as register:
        create_app(Service(register, schedule, lambda: ""))
    parent = os.getppid()
    gc.freeze()  # what is read here need not be looked through by each of them
    while line := sys.stdin.readline():
        home, log, words = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _serve(home, log, words)
        print(pid, flush=True)
        while os.waitpid(pid, os.WNOHANG) == (0, 0):
            if os.getppid() != parent:  # nobody is left who would kill it
                os.kill(pid, signal.SIGKILL)
            time.sleep(LOOK)
        print("ended", flush=True)


if __name__ == "__main__":
    main()
