"""Machine code of the build is used where it was made for what runs, and nowhere else."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.parties.names import ahead


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of what the build made, asked anew."""
    copy = tmp_path / "loops.sqlite"
    shutil.copy(ahead.FILE, copy)
    monkeypatch.setattr(ahead, "FILE", str(copy))
    ahead.is_usable.cache_clear()
    yield copy
    ahead.is_usable.cache_clear()


CAN = ahead._has_all(ahead.baseline().needed)
"""Whether this processor can run what the build makes; an old one cannot, and compiles."""


def test_the_build_s_code_is_for_this_machine(made: Path) -> None:
    assert ahead.is_usable() == CAN


@pytest.mark.parametrize("key", ["loops", "python", "numba", "processor"])
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


USE = """
import sys
from detente.parties.names import ahead, kernels
from detente.parties.screening.many import ready
from detente.parties.screening.screening import NameQuery
from detente.parties.screening.store import Screen
(hits,) = ready(Screen())([NameQuery("Huawei Technologies")], 1)
assert hits[0].score > 0.9, hits
loops = (kernels.find, kernels.score, kernels.edits, kernels.tell_near_legal)
print(sum(sum(each.stats.cache_misses.values()) for each in loops))
"""


def test_many_names_are_asked_without_compiling_anything(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", USE], capture_output=True, text=True,
        env={"DETENTE_HOME": str(tmp_path), "NUMBA_CACHE_DIR": str(tmp_path / "numba")},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert (ran.stdout.split() == ["0"]) == CAN
    assert (not list(tmp_path.rglob("*.nbc"))) == CAN
