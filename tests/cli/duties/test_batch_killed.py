"""``detente batch`` killed in the middle: nothing is left of it, and a rerun succeeds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import polars
import pytest

from tests.small_register import write_register

ROWS = {".csv": 270_000, ".parquet": 600_000}
"""Several chunks, and more than one row group of Parquet."""

PATIENCE = 120.0
"""Seconds until the first answers must be written."""

ENTRIES = polars.DataFrame(
    {
        "code": ["8507.60.00.10", "nothing", "9503.00.00"],
        "origin": ["CN", "CN", "JP"],
        "on": ["2025-05-01", "2025-05-01", "2025-05-01"],
        "value": ["1000", "1000", None],
    }
)
# 3.4 + 10 of 1000; no such code; toys of Japan, without a value.
AMOUNTS = ["134.00", None, None]


def write_entries(file: Path) -> bytes:
    """Write a table of many rows; returns what the file holds."""
    many = polars.concat([ENTRIES] * (ROWS[file.suffix] // len(ENTRIES)))
    if file.suffix == ".csv":
        many.write_csv(file)
    else:
        many.write_parquet(file)
    return file.read_bytes()


def amounts_in(file: Path) -> list[str | None]:
    """The distinct amounts of each third row, which must be one; and the rows are counted."""
    found = polars.read_csv(file) if file.suffix == ".csv" else polars.read_parquet(file)
    assert found.height == ROWS[file.suffix]
    totals = found["total_amount"].cast(polars.Decimal(18, 2)).cast(polars.String)
    thirds = [totals.gather_every(3, offset).unique().to_list() for offset in range(3)]
    assert all(len(each) == 1 for each in thirds)
    return [each[0] for each in thirds]


def written(process: int, folder: Path) -> int:
    """Bytes of the nameless file that a process has open in a folder; -1 where it has none."""
    for each in Path(f"/proc/{process}/fd").glob("*"):
        with suppress(OSError):
            name = os.readlink(each)
            if name.startswith(f"{folder}/#") and name.endswith("(deleted)"):
                return each.stat().st_size
    return -1


def kill_when_it_writes(command: list[str], folder: Path, least: int) -> None:
    """Start a command, and kill it as soon as it has written so many bytes."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        try:
            until = time.monotonic() + PATIENCE
            while written(running.pid, folder) < least:
                assert running.poll() is None, "it ended before it could be killed"
                assert time.monotonic() < until, "nothing was ever written"
                time.sleep(0.002)
        finally:
            running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="no files without a name there")
@pytest.mark.parametrize("kind", [".csv", ".parquet"])
def test_a_killed_run_leaves_the_old_output_and_the_input_and_a_rerun_succeeds(
    tmp_path: Path, kind: str
) -> None:
    register = str(write_register(tmp_path))
    source, target = tmp_path / f"in{kind}", tmp_path / f"out{kind}"
    content = write_entries(source)
    words = ["batch", str(source), "-o", str(target), "--register", register]
    command = [sys.executable, "-m", "detente.cli.main", *words]
    # CSV is written chunk by chunk; of Parquet the file is there before its first group of rows.
    least = 1 if kind == ".csv" else 0

    before = set(tmp_path.iterdir())
    kill_when_it_writes(command, tmp_path, least)
    assert set(tmp_path.iterdir()) == before
    assert source.read_bytes() == content

    again = subprocess.run(command, capture_output=True, text=True, check=False)
    third = ROWS[kind] // 3
    described = f"{3 * third} rows: {2 * third} ok, {third} unresolved\n"
    assert (again.returncode, again.stderr) == (0, described)
    assert set(tmp_path.iterdir()) == before | {target}
    assert amounts_in(target) == AMOUNTS
    finished = target.read_bytes()

    kill_when_it_writes(command, tmp_path, least)
    assert set(tmp_path.iterdir()) == before | {target}
    assert target.read_bytes() == finished
    assert source.read_bytes() == content
