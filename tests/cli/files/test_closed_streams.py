"""A file that is asked for is in its place, whoever reads what is said beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"

TEXTS = {
    "names.csv": "name\nHuawei Technologies\nAcme Toys Ltd\n",
    "holdings.csv": "owner,owned,share\nHuawei,Acme Toys Ltd,60%\n",
}

COMMANDS = {
    "screen": ["screen", "--file", "names.csv", "-o", "out.csv"],
    "screen as a workbook": ["screen", "--file", "names.csv", "-o", "out.xlsx"],
    "vendors": ["vendors", "screen", "names.csv", "-o", "out.csv"],
    "owners": ["owners", "holdings.csv", "--screen", "-o", "out.csv"],
    "the tree of owners": ["owners", "holdings.csv", "--screen", "--chart", "out.svg"],
    "batch": ["batch", "entries.csv", "-o", "out.csv"],
    "audit": ["audit", "audit.csv", "-o", "out.csv"],
    "check": ["check", "entries.csv", "-o", "out.csv"],
    "duty": ["duty", "8507.60.00.10", "--origin", "CN", "-o", "out.csv"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("entries.csv", "audit.csv"):
        shutil.copyfile(EXAMPLES / name, tmp_path / name)
    return tmp_path


def run(folder: Path, words: list[str], closed: str = "") -> subprocess.CompletedProcess[bytes]:
    """A command of its own process, whose streams nobody reads or which are closed."""
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "detente.cli.main"]
    receiving, sending = os.pipe()
    os.close(receiving)
    try:
        streams = {} if closed else {"stdout": sending, "stderr": sending}
        return subprocess.run(
            [*command, *words], cwd=folder, capture_output=bool(closed), **streams, timeout=120
        )  # fmt: skip
    finally:
        os.close(sending)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_is_there_though_nobody_reads_what_is_printed(folder: Path, command: str) -> None:
    words = COMMANDS[command]
    ran = run(folder, words)
    assert ran.returncode == 0
    assert next(folder.glob("out.*")).stat().st_size > 0


@pytest.mark.parametrize("closed", ["2>&-", ">&-"])
@pytest.mark.parametrize("command", ["screen", "vendors"])
def test_a_file_is_there_though_a_stream_is_closed(folder: Path, command: str, closed: str) -> None:
    ran = run(folder, COMMANDS[command], closed)
    assert ran.returncode == 0, ran.stderr
    assert b"Traceback" not in ran.stderr
    assert (folder / "out.csv").read_text(encoding="utf-8").count("\n") == 3


def test_a_table_that_is_to_be_kept_is_kept_though_nobody_reads_its_rows(folder: Path) -> None:
    run(folder, ["vendors", "screen", "names.csv", "--keep"])
    kept = subprocess.run(
        [sys.executable, "-m", "detente.cli.main", "vendors"], capture_output=True, check=True
    )
    assert b"names.csv: screened" in kept.stdout


def test_an_answer_that_a_closed_output_loses_is_an_error(folder: Path) -> None:
    ran = run(folder, ["duty", "8507.60.00.10", "--origin", "CN", "-o", "out.csv"], ">&-")
    assert ran.returncode == 1
    assert b"detente duty: standard output is closed" in ran.stderr
    assert (folder / "out.csv").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_an_answer_that_finds_no_room_is_an_error(folder: Path) -> None:
    ran = run(folder, ["duty", "8507.60.00.10", "--origin", "CN"], ">/dev/full")
    assert ran.returncode == 1
    assert b"No space left on device" in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["screen", "--file", "{}", "-o", "{}"],
        ["vendors", "screen", "{}", "-o", "{}"],
        ["owners", "{}", "--screen", "-o", "{}"],
        ["owners", "holdings.csv", "--seeds", "{}", "-o", "{}"],
        ["assess", "{}", "-o", "{}"],
        ["agree", "{}", "-o", "{}"],
        ["average", "--origin", "CN", "--weights", "{}", "--chart", "{}"],
    ],
)
def test_no_command_but_batch_writes_over_the_file_that_it_reads(
    folder: Path, words: list[str]
) -> None:
    path = folder / "input.csv"
    path.write_text("name\nAcme\n", encoding="utf-8")
    (folder / "link.csv").symlink_to(path)
    *read, written = words
    given = [each.format(path) for each in read]
    ran = subprocess.run(
        [sys.executable, "-m", "detente.cli.main", *given, written.format("link.csv")],
        cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "link.csv is the file that is read: write to another file" in ran.stderr
    assert path.read_text(encoding="utf-8") == "name\nAcme\n"
