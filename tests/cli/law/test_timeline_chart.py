"""`detente timeline --chart`: both sides in one picture, and the table beside it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def days() -> tuple[str, ...]:
    return ("--from", "2025-11-01", "--to-date", "2025-11-12")


def test_the_table_holds_both_sides_and_both_averages(
    run: Run, tmp_path: Path, days: tuple[str, ...]
) -> None:
    target = tmp_path / "timeline.csv"
    assert run("timeline", *days, "--chart", str(target)).code == 0
    rows = _rows(target)
    assert {row["side"] for row in rows if row["side"]} >= {"US", "CN", "both"}
    averages = [row for row in rows if row["rate"]]
    assert {row["name"] for row in averages} == {"US on goods of CN", "CN on goods of US"}
    moves = {(row["on"], row["name"]) for row in rows if row["side"]}
    assert ("2025-11-10", "us-ieepa-fentanyl-china") in moves
    assert ("2025-11-10", "cn-fentanyl-march-2025") in moves
    assert all("2025-11-01" <= row["on"] <= "2025-11-12" for row in rows)


def test_one_side_has_its_own_average_alone(
    run: Run, tmp_path: Path, days: tuple[str, ...]
) -> None:
    target = tmp_path / "china.csv"
    run("timeline", *days, "--by", "CN", "--chart", str(target))
    rows = _rows(target)
    assert {row["side"] for row in rows if row["side"]} == {"CN"}
    assert {row["name"] for row in rows if row["rate"]} == {"CN on goods of US"}


def test_what_is_no_measure_has_no_average(run: Run, tmp_path: Path, days: tuple[str, ...]) -> None:
    target = tmp_path / "claims.csv"
    run("timeline", *days, "--kind", "claim,event", "--chart", str(target))
    rows = _rows(target)
    assert rows
    assert {row["kind"] for row in rows} <= {"claim", "event"}


def test_the_picture_has_a_title_and_a_description(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    target = tmp_path / "timeline.svg"
    run("timeline", "--from", "2026-02-20", "--to-date", "2026-02-24", "--chart", str(target))
    svg = target.read_text(encoding="utf-8")
    assert "<title>What was announced, 2026-02-20 to 2026-02-24</title>" in svg
    assert "duties held never owed" in svg


def test_a_suffix_of_no_picture_is_refused_before_anything_is_done(
    run: Run, tmp_path: Path
) -> None:
    ran = run("timeline", "--chart", str(tmp_path / "out.gif"))
    assert ran.code == 2
    assert "no suffix of a picture" in ran.err


def test_days_without_a_move_cannot_be_drawn(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "empty.csv"
    ran = run("timeline", "--from", "2016-01-01", "--to-date", "2016-01-02", "--chart", str(target))
    assert ran.code == 2
    assert "nothing to draw" in ran.err
    assert not target.exists()
