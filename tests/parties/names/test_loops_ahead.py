"""Machine code of the build is used where it was made for what runs, and nowhere else."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("numba")

import numpy as np

from detente.parties.names import ahead, kernels


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of what the build made, asked anew."""
    copy = tmp_path / "loops.sqlite"
    shutil.copy(ahead.FILE, copy)
    monkeypatch.setattr(ahead, "FILE", str(copy))
    ahead.is_usable.cache_clear()
    yield copy
    ahead.is_usable.cache_clear()


CAN = ahead._can_run(ahead.baseline().needed)
"""Whether this processor can run what the build makes; an old one cannot, and compiles."""


def test_the_build_s_code_is_for_this_machine(made: Path) -> None:
    assert ahead.is_usable() == CAN


@pytest.mark.parametrize("key", ["loops", "machine", "processor"])
def test_code_made_of_or_for_something_else_is_not_used(made: Path, key: str) -> None:
    with sqlite3.connect(made) as connection:
        connection.execute("UPDATE meta SET value = value || 'x' WHERE key = ?", (key,))
    connection.close()
    assert not ahead.is_usable()


def test_code_that_the_processor_cannot_run_is_not_used(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    least = ahead.baseline()
    monkeypatch.setattr(ahead, "baseline", lambda: least._replace(needed=("no such thing",)))
    assert not ahead.is_usable()


@pytest.mark.parametrize("content", [None, b"", b"no database at all"])
def test_a_file_that_is_missing_or_damaged_is_not_used(made: Path, content: bytes | None) -> None:
    made.unlink() if content is None else made.write_bytes(content)
    assert not ahead.is_usable()


def test_code_is_not_used_where_llvm_is_not_installed(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "llvmlite", None)
    assert not ahead.is_usable()


USE = """
import sys
from detente.parties.screening.many import ready
from detente.parties.screening.screening import NameQuery
from detente.parties.screening.store import Screen
(hits,) = ready(Screen())([NameQuery("Huawei Technologies")], 1)
assert hits[0].score > 0.9, hits
print("numba" in sys.modules)
"""


def test_many_names_are_asked_without_the_compiler(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", USE], capture_output=True, text=True,
        env={"DETENTE_HOME": str(tmp_path), "NUMBA_CACHE_DIR": str(tmp_path / "numba")},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert (ran.stdout.split() == ["False"]) == CAN
    assert (not list(tmp_path.rglob("*.nbc"))) == CAN


needs_code = pytest.mark.skipif(not ahead.is_usable(), reason="this processor compiles the loops")


@needs_code
def test_machine_code_refuses_arguments_of_other_types() -> None:
    letters, begins = np.zeros(3, np.int32), np.array([0, 3], np.int64)
    with pytest.raises(TypeError, match=r"tell_hashes takes .*<u8.*, and not .*<i8"):
        kernels.tell_hashes(1, letters, begins, np.zeros(1, np.int64))
    with pytest.raises(TypeError, match="in one piece"):
        kernels.tell_hashes(1, np.zeros((3, 2), np.int32)[:, 0], begins, np.zeros(1, np.uint64))


@needs_code
def test_machine_code_says_the_same_as_the_loop_as_it_is_written() -> None:
    letters = np.array([97, 0x4E2D, 98], np.int32)
    begins, found = np.array([0, 2, 2, 3], np.int64), np.zeros(3, np.uint64)
    kernels.tell_hashes(2, letters, begins, found)
    with np.errstate(over="ignore"):
        told = [
            kernels.hash_of(2, letters, first, last - first, -1)
            for first, last in itertools.pairwise(begins.tolist())
        ]
    assert found.tolist() == told
