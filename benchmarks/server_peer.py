"""datasette on the table of our schedule, as the peer of the local server.

It looks one line up by its number and shows it, as a page or as JSON: no law, no day, no cents. It
has one process; two of them serve here, one a core, and the connections are shared out.
"""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from benchmarks.gravity import peer_python
from detente.goods.schedule import COMPILED

HERE = Path(__file__).parent
ENVIRONMENT = HERE / ".venv-server"
REQUIREMENTS = HERE / "peers" / "server.txt"
PORT = re.compile(r"running on http://127\.0\.0\.1:(\d+)")
SEED = 1


@contextmanager
def serving(processes: int) -> Iterator[list[int] | None]:
    """The ports on which so many processes of datasette serve; None where it cannot be had."""
    python = peer_python(ENVIRONMENT, "datasette", REQUIREMENTS)
    if python is None:
        yield None
        return
    command = [str(python), "-m", "datasette", "serve", "--port", "0", "--immutable", str(COMPILED)]
    with ExitStack() as running:
        yield [_port(running.enter_context(_process(command))) for _ in range(processes)]


@contextmanager
def _process(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    quiet = subprocess.DEVNULL  # it tells of every question that it answers
    with subprocess.Popen(command, stdout=quiet, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(10)


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stderr is not None
    for line in process.stderr:
        if found := PORT.search(line):
            return int(found[1])
    raise RuntimeError("datasette did not start")


def version() -> str:
    """The version of datasette in its environment."""
    command = [str(ENVIRONMENT / "bin" / "python"), "-m", "datasette", "--version"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]


def questions(form: str) -> Iterator[bytes]:
    """Requests without end, each for a line drawn by lot.

    Args:
        form: what follows its number: nothing for a page, ``.json`` and its options.
    """
    with closing(sqlite3.connect(f"file:{COMPILED}?mode=ro", uri=True)) as database:
        (last,) = database.execute("SELECT max(id) FROM lines").fetchone()
    draw = random.Random(SEED)
    while True:
        path = f"/{Path(COMPILED).stem}/lines/{draw.randint(1, last)}{form}"
        yield f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
