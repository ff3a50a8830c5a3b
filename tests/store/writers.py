"""Writers of one ledger that are killed at random; run by a test as a program of its own.

Forks a few writers that append as fast as they can and confirm each entry on a pipe, kills one at
random with SIGKILL, starts another in its place, and prints what was confirmed as JSON.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time

from detente.store.ledger import Ledger

WRITERS = 4


def write(path: str, pipe: int, name: int) -> None:
    ledger, number = Ledger(path, create=True), 0
    while True:
        number += 1
        entry = ledger.append(
            "duty",
            {"writer": name, "number": number},
            {"total": "x" * random.randrange(1, 3_000)},
            register="0" * 64,
            version="test",
            clock=lambda: f"{time.time():.6f}",
        )
        os.write(pipe, f"{entry.number} {entry.hash} {name} {number}\n".encode())


def start(path: str, pipe: int, name: int) -> int:
    child = os.fork()
    if child == 0:
        random.seed(name)
        try:
            write(path, pipe, name)
        except BaseException as error:
            os.write(pipe, f"failed {name} {error!r}\n".encode())
        os._exit(1)
    return child


def main(path: str, kills: int, seconds: float) -> None:
    chance = random.Random(kills)
    out, pipe = os.pipe()
    running = [start(path, pipe, name) for name in range(WRITERS)]
    heard, started, killed = b"", WRITERS, 0
    ends = time.monotonic() + seconds
    while killed < kills and time.monotonic() < ends:
        until = time.monotonic() + chance.uniform(0.005, 0.06)
        while (left := until - time.monotonic()) > 0:
            if select.select([out], [], [], left)[0]:
                heard += os.read(out, 1 << 16)
        victim = chance.randrange(WRITERS)
        os.kill(running[victim], signal.SIGKILL)
        os.waitpid(running[victim], 0)
        killed += 1
        running[victim] = start(path, pipe, started)
        started += 1
    for child in running:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    os.close(pipe)
    while piece := os.read(out, 1 << 16):
        heard += piece
    json.dump({"killed": killed, "lines": heard.decode().splitlines()}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
