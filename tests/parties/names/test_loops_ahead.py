"""Machine code of the build is used where it was made for what runs, and nowhere else."""

from __future__ import annotations

import itertools
import platform
import re
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
from detente.parties.screening import crowd


def _forget() -> None:
    ahead.is_usable.cache_clear()
    ahead.is_ready.cache_clear()


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of what the build made, asked anew; and a folder of a user who has nothing."""
    copy = tmp_path / "loops.sqlite"
    shutil.copy(ahead.FILE, copy)
    monkeypatch.setattr(ahead, "FILE", str(copy))
    monkeypatch.setenv("DETENTE_HOME", str(tmp_path / "home"))
    _forget()
    yield copy
    _forget()


CAN = ahead._can_run(ahead.baseline().needed)
"""Whether this processor can run what the build makes; an old one cannot, and has it translated."""

CAN_TRANSLATE = platform.system() in ahead.TRIED_ON


def test_the_build_s_code_is_for_this_machine(made: Path) -> None:
    assert ahead.is_ready() == CAN
    assert ahead.is_usable() == (CAN or CAN_TRANSLATE)


@pytest.mark.parametrize("key", ["loops", "machine", "processor"])
def test_code_made_of_or_for_something_else_is_not_used(made: Path, key: str) -> None:
    with sqlite3.connect(made) as connection:
        connection.execute("UPDATE meta SET value = value || 'x' WHERE key = ?", (key,))
    connection.close()
    assert not ahead.is_ready()
    # The same loops for another machine or processor are there in the language of LLVM.
    assert ahead.is_usable() == (key != "loops" and CAN_TRANSLATE)


@pytest.fixture
def old_processor(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor that cannot do what the machine code of the build needs."""
    least = ahead.baseline()
    monkeypatch.setattr(ahead, "baseline", lambda: least._replace(needed=("no such thing",)))


@pytest.mark.usefixtures("old_processor")
def test_code_that_the_processor_cannot_run_is_not_used() -> None:
    assert not ahead.is_ready()
    assert ahead.is_usable() == CAN_TRANSLATE


@pytest.mark.usefixtures("old_processor")
def test_on_a_system_where_nobody_tried_it_a_trial_decides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert ahead.is_untried() != CAN_TRANSLATE
    monkeypatch.setattr(ahead, "TRIED_ON", ("another",))
    assert ahead.is_untried()
    assert not ahead.is_usable()
    for passed in (False, True):
        ahead.keep_trial(passed)
        assert not ahead.is_untried()
        assert ahead.is_usable() == passed


@pytest.mark.usefixtures("old_processor")
def test_a_trial_ends_with_a_fault_where_the_loops_end_so_or_give_other_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ahead, "TRIED_ON", ("another",))
    monkeypatch.setattr(ahead, "go_on_trial", lambda: None)  # it is this process that compares
    monkeypatch.setattr(crowd, "answers_of", lambda screen: lambda queries, top: [])
    with pytest.raises(SystemExit, match="other answers"):
        crowd.compare_loops()
    monkeypatch.setattr(crowd.compare_loops, "__module__", "no.such.module")
    crowd.try_loops()
    assert not ahead.is_untried()
    assert not ahead.is_usable()


ELSEWHERE = """
import platform
platform.system = lambda: "Elsewhere"
"""


def test_a_first_file_on_another_system_tries_the_loops_and_uses_them(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(ELSEWHERE, encoding="utf-8")
    names = tmp_path / "names.csv"
    names.write_text("name\n" + "Huawei Technologies\n" * (crowd.FEW_UNREAD + 1), encoding="utf-8")
    home, out = tmp_path / "home", tmp_path / "out.csv"
    ran = subprocess.run(
        [sys.executable, "-m", "detente.cli.main", "screen", "--file", names, "-o", out],
        capture_output=True, text=True,
        env={"DETENTE_HOME": str(home), "PYTHONPATH": str(tmp_path), "NUMBA_CACHE_DIR": str(home)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    (kept,) = home.glob("loops-*.trial")
    assert kept.read_bytes() == ahead.PASSED
    assert list(home.glob("loop-score-*.code"))
    assert not list(home.rglob("*.nbc"))  # nothing that numba compiled


@pytest.mark.usefixtures("old_processor")
def test_bitcode_that_this_llvm_does_not_understand_is_not_used(made: Path) -> None:
    with sqlite3.connect(made) as connection:
        connection.execute("UPDATE loops SET bitcode = x'4243C0DE00'")
    connection.close()
    assert not ahead.is_usable()


def test_the_bitcode_of_the_build_calls_nothing_and_is_for_any_processor() -> None:
    from llvmlite import binding

    for loop in ("find", "score", "leave_out", "tell_hashes", "tell_near_legal"):
        text = str(binding.parse_bitcode(ahead._row_of(loop)[-1]))
        called = re.findall(r"^declare .*@([\w.]+)\(", text, re.MULTILINE)
        assert all(name.startswith("llvm.") for name in called), called
        assert not [name for name in called if name.startswith(("llvm.x86.", "llvm.aarch64."))]


@pytest.mark.parametrize("content", [None, b"", b"no database at all"])
def test_a_file_that_is_missing_or_damaged_is_not_used(made: Path, content: bytes | None) -> None:
    made.unlink() if content is None else made.write_bytes(content)
    assert not ahead.is_ready()
    assert not ahead.is_usable()


def test_code_is_not_used_where_llvm_is_not_installed(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "llvmlite", None)
    assert not ahead.is_ready()
    assert not ahead.is_usable()


translates = pytest.mark.skipif(
    not CAN_TRANSLATE, reason="not tried on this system: numba compiles"
)


@translates
@pytest.mark.usefixtures("old_processor")
def test_code_that_llvm_made_here_is_kept_and_made_anew_where_it_is_damaged(tmp_path: Path) -> None:
    bitcode = ahead._row_of("tell_hashes")[-1]
    code = ahead._translated("tell_hashes", bitcode)
    (kept,) = (tmp_path / "home").glob("loop-tell_hashes-*.code")
    whole = kept.read_bytes()
    assert whole[ahead.HASH :] == code
    kept.write_bytes(whole[:-1] + b"?")
    assert ahead._translated("tell_hashes", bitcode) == code
    assert kept.read_bytes() == whole


TRANSLATED = """
import sys
from detente.parties.names import ahead
least = ahead.baseline()
ahead.baseline = lambda: least._replace(needed=("no such thing",) if sys.argv[1] == "old" else ())
from detente.parties.screening.many import ready
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen
screen = Screen()
names = [entry.names[0].text for _, entry in screen.lists[0].bodies()][::150]
asked = [*names, *(name[:-2] + name[-1:] for name in names), *(f"Mr. {name}" for name in names)]
for hits in ready(screen)([NameQuery(name) for name in asked], 3):
    print(hits, getattr(hits, "related", ""))
print("numba" in sys.modules)
"""


@translates
def test_what_llvm_makes_of_the_bitcode_answers_as_the_code_of_the_build_does(
    tmp_path: Path,
) -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", TRANSLATED, processor], capture_output=True, text=True,
            check=True, env={"DETENTE_HOME": str(tmp_path)},
        ).stdout
        for processor in ("new", "old")
    ]  # fmt: skip
    assert said[0] == said[1]
    assert said[0].count("\n") > 500
    assert said[0].endswith("False\n")
    assert list(tmp_path.glob("loop-score-*.code"))


USE = """
import sys
from detente.parties.screening.many import ready
from detente.parties.screening.queries import NameQuery
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
    assert (ran.stdout.split() == ["False"]) == (CAN or CAN_TRANSLATE)
    assert (not list(tmp_path.rglob("*.nbc"))) == (CAN or CAN_TRANSLATE)


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
