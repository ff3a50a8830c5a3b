"""What a job may take: at each limit, and one beyond; defaults as the guide has them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from detente.store.jobs.budget import Budget, OverBudgetError


def test_the_limits_are_those_of_the_guide() -> None:
    assert Budget()._asdict() == {
        "bytes": 67_108_864,
        "rows": 250_000,
        "cells": 10_000_000,
        "expanded": 1_073_741_824,
        "members": 1000,
        "seconds": 1800.0,
        "memory": 12_884_901_888,
        "waiting": 32,
        "stored": 2_147_483_648,
        "attempts": 3,
        "kept_hours": 24.0,
    }


@pytest.mark.parametrize(
    ("rows", "columns", "refusal"),
    [
        (10, 5, ""),
        (11, 1, "the table has 11 rows, and a job takes 10: send it in parts"),
        (10, 6, "the table has 10 rows of 6 columns, and a job takes 50 cells: leave out columns"),
        (0, 99, ""),
    ],
)
def test_a_table_is_refused_beyond_its_rows_and_cells(
    rows: int, columns: int, refusal: str
) -> None:
    budget = Budget(rows=10, cells=50)
    if refusal:
        with pytest.raises(OverBudgetError, match=f"^{re.escape(refusal)}"):
            budget.check_rows(rows, columns)
    else:
        budget.check_rows(rows, columns)


def archive(path: Path, *sizes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for at, size in enumerate(sizes):
            packed.writestr(f"{at}", b"a" * size)
    return path


@pytest.mark.parametrize(
    ("budget", "refusal"),
    [
        (Budget(), ""),
        (Budget(expanded=300_000, members=3), ""),
        (Budget(expanded=299_999), "the file unpacks to more than 299,999 bytes, which is what"),
        (Budget(members=2), "the file is an archive of 3 files, and a job opens 2: save the table"),
    ],
)
def test_an_archive_is_measured_by_what_comes_out_of_it(
    budget: Budget, refusal: str, tmp_path: Path
) -> None:
    path = archive(tmp_path / "a.xlsx", 100_000, 0, 200_000)
    if refusal:
        with pytest.raises(OverBudgetError, match=f"^{re.escape(refusal)}"):
            budget.check_file(path)
    else:
        budget.check_file(path)


def test_a_file_is_measured_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"a" * 100)
    Budget(bytes=100).check_file(path)
    with pytest.raises(OverBudgetError, match=r"^the file has 100 bytes, and a job takes 99: send"):
        Budget(bytes=99).check_file(path)
    path.write_bytes(b"PK is no archive")
    with pytest.raises(OverBudgetError, match=r"^the file cannot be unpacked \(.*\): save"):
        Budget().check_file(path)
    path.write_bytes(b"P")
    Budget().check_file(path)
