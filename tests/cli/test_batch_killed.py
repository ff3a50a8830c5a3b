"""``detente batch`` killed in the middle: the output is never half there, and a rerun succeeds."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
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


def kill_when_it_writes(command: list[str], part: Path, least: int) -> None:
    """Start a command, and kill it as soon as a file has so many bytes."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        try:
            until = time.monotonic() + PATIENCE
            while not (part.exists() and part.stat().st_size >= least):
                assert running.poll() is None, "it ended before it could be killed"
                assert time.monotonic() < until, f"{part.name} was never begun"
                time.sleep(0.002)
        finally:
            running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
@pytest.mark.parametrize("kind", [".csv", ".parquet"])
def test_a_killed_run_leaves_the_old_output_and_the_input_and_a_rerun_succeeds(
    tmp_path: Path, kind: str
) -> None:
    register = str(write_register(tmp_path))
    source, target = tmp_path / f"in{kind}", tmp_path / f"out{kind}"
    content = write_entries(source)
    part = target.with_name(target.name + ".part")
    words = ["batch", str(source), "-o", str(target), "--register", register]
    command = [sys.executable, "-m", "detente.cli.main", *words]
    # CSV is written chunk by chunk; of Parquet the file is there before its first group of rows.
    least = 1 if kind == ".csv" else 0

    kill_when_it_writes(command, part, least)
    assert {path.name for path in tmp_path.glob("out*")} == {part.name}
    assert source.read_bytes() == content

    again = subprocess.run(command, capture_output=True, text=True, check=False)
    third = ROWS[kind] // 3
    told = f"{3 * third} rows: {2 * third} ok, {third} unresolved\n"
    assert (again.returncode, again.stderr) == (0, told)
    assert {path.name for path in tmp_path.glob("out*")} == {target.name}
    assert amounts_in(target) == AMOUNTS
    finished = target.read_bytes()

    kill_when_it_writes(command, part, least)
    assert {path.name for path in tmp_path.glob("out*")} == {target.name, part.name}
    assert target.read_bytes() == finished
    assert source.read_bytes() == content
