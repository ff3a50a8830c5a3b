"""A recording server that is killed: a small share of what `make soak` does."""

from __future__ import annotations

from pathlib import Path

from tools.soak.kills import kill


def test_fifty_kills_lose_no_answer_that_arrived(tmp_path: Path) -> None:
    found = kill(tmp_path, 50, seed=3)
    assert (found.lost, found.faults) == (0, 0)
    assert found.recorded >= found.confirmed > 25
