"""Kinds of work for the tests of background jobs; each runs in a process of its own."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from detente.store.jobs.work import Work

PIECES = 4


def count_lines(work: Work) -> None:
    """Count lines, in pieces of which each leaves a mark in the folder that the options name."""
    lines = work.source.read_text("utf-8").splitlines()
    size = -(-len(lines) // PIECES)
    total = 0
    for at in range(PIECES):

        def piece(at: int = at) -> bytes:
            marks = Path(work.options["marks"])
            (marks / f"{at}-{time.monotonic_ns()}").touch()
            if work.options.get("die") == str(at) and len(list(marks.glob(f"{at}-*"))) == 1:
                if work.options.get("loudly"):
                    os._exit(1)
                os.kill(os.getppid(), 9)
                time.sleep(10)  # long enough to be ended, as nobody wants the work any more
            return str(len(lines[at * size : (at + 1) * size])).encode()

        total += int(work.part(f"piece-{at}", piece))
        work.progress(at + 1, PIECES, "counting")
    work.file("count.txt").write_text(str(total), "utf-8")
    work.finish({"lines": total})


def sleep(work: Work) -> None:
    """Take long."""
    for at in range(600):
        work.progress(at, 600, "sleeping")
        time.sleep(0.1)


def work_alone(work: Work) -> None:
    """Tell how many threads there are before, while and after the work is alone."""
    found = [threading.active_count()]
    with work.alone():
        found.append(threading.active_count())
        for at in range(int(work.options.get("tenths", "0"))):
            work.progress(at, 600, str(os.getpid()))
            time.sleep(0.1)
    work.finish({"threads": [*found, threading.active_count()]})


def refuse(work: Work) -> None:
    """Find something wrong with the file."""
    raise ValueError(f"{work.source}, line 3: no code: write one")


def break_down(work: Work) -> None:
    """Have a mistake."""
    raise KeyError("ours")


def hoard(work: Work) -> None:
    """Take more memory than there is to have."""
    work.file("x").write_bytes(bytes(bytearray(2**34)))
