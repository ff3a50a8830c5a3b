"""Machine code of the compiled loops that the build made, so that first use need not wait for it.

Numba compiles a loop when it is first called: ten seconds for those of `kernels`. The build does so
once, for all machines of a kind, where numba is installed; here that code is read. It is used where
it was made of these very loops, by the same numba and LLVM, for this Python and for a processor
with all that it needs. Anywhere else numba compiles, and keeps the code in its own place, as ever.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import sqlite3
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from detente.store.files import DATA, open_read_only

FILE = os.path.join(DATA, "loops.sqlite")
"""Of the package alone: machine code is never taken from a bundle of law."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- machine code as numba keeps it, by the function and the types that it was compiled for
CREATE TABLE loops (function TEXT, types TEXT, code BLOB NOT NULL, PRIMARY KEY (function, types));
"""


class LeastProcessor(NamedTuple):
    """The processors that the build makes machine code for.

    Attributes:
        name: the least of them, as LLVM calls it.
        needed: what it can do, as LLVM calls it.
    """

    name: str
    needed: tuple[str, ...]


BASELINES = {
    "x86_64": LeastProcessor("x86-64-v3", ("avx2", "bmi", "bmi2", "f16c", "fma", "lzcnt", "movbe"))
}
"""By machine; elsewhere what every processor of the machine can do."""


def baseline() -> LeastProcessor:
    """The processors of this machine that the build makes machine code for."""
    return BASELINES.get(platform.machine(), LeastProcessor("generic", ()))


def described() -> dict[str, str]:
    """What machine code made here depends on."""
    loops = Path(__file__).with_name("kernels.py").read_bytes()
    return {
        "loops": hashlib.sha256(loops).hexdigest(),
        "python": f"{sys.implementation.cache_tag} {platform.system()} {platform.machine()}",
        "numba": f"{version('numba')} {version('llvmlite')}",
        "processor": baseline().name,
    }


@cache
def is_usable() -> bool:
    """Whether the build made machine code that this machine can use."""
    if not os.path.isfile(FILE):
        return False
    connection = open_read_only(FILE)
    try:
        made = dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError:
        return False  # damaged: what is compiled here is as good
    finally:
        connection.close()
    return made == described() and _has_all(baseline().needed)


def _has_all(needed: tuple[str, ...]) -> bool:
    """Whether the processor can do what machine code needs."""
    from llvmlite.binding import get_host_cpu_features  # type: ignore[import-untyped]

    features: Any = get_host_cpu_features()
    return all(features.get(each) for each in needed)


def precompiled(loop: Any) -> Any:
    """A compiled loop that numba keeps, made to look first at what the build made."""
    from numba.core.caching import FunctionCache
    from numba.core.runtime.nrt import rtsys

    class CompiledLoop(FunctionCache):
        """Reads the code of the build; any other is kept as numba keeps it."""

        def load_overload(self, types: Any, target: Any) -> Any:
            found = _code_of(self._py_func.__qualname__, str(types))
            if found is None:
                return super().load_overload(types, target)  # type: ignore[no-untyped-call]
            # Machine code needs what numba runs with, and not all that it compiles with, which
            # takes as long to load as all else here.
            rtsys.initialize(target)
            # Compiled by the build into a file of the package, like its modules.
            return self._impl.rebuild(target, pickle.loads(found))

    if is_usable():
        loop._cache = CompiledLoop(loop.py_func)  # type: ignore[no-untyped-call]
    return loop


def _code_of(function: str, types: str) -> bytes | None:
    connection = open_read_only(FILE)
    try:
        row = connection.execute(
            "SELECT code FROM loops WHERE function = ? AND types = ?", (function, types)
        ).fetchone()
    finally:
        connection.close()
    return None if row is None else row[0]


def write(target: Path, loops: Any) -> None:
    """Write the machine code of loops that were called; see ``compile_loops``.

    Args:
        target: the file to make.
        loops: as numba compiled them.
    """
    from numba.core import serialize

    dumps: Any = serialize.dumps
    connection = sqlite3.connect(target)
    try:
        connection.executescript(SCHEMA)
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(described().items()))
        for loop in loops:
            for types, made in sorted(loop.overloads.items(), key=lambda each: str(each[0])):
                # The texts among the parts are notes for people, with addresses in memory.
                parts = tuple("" if isinstance(each, str) else each for each in made._reduce())
                row = (loop.py_func.__qualname__, str(types), dumps(parts))
                connection.execute("INSERT INTO loops VALUES (?, ?, ?)", row)
        connection.commit()
    finally:
        connection.close()
