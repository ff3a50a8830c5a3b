"""A recording server that is killed: a small share of what `make soak` does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.soak.kills import kill

KILLS, SEEDS = 10, (3, 4)
"""Of each of two servers that live at once, since one of them mostly waits."""


def test_twenty_kills_lose_no_answer_that_arrived(tmp_path: Path) -> None:
    homes = [tmp_path / str(seed) for seed in SEEDS]
    for home in homes:
        home.mkdir()
    with ThreadPoolExecutor(len(SEEDS)) as together:
        ran = [together.submit(kill, *each) for each in zip(homes, [KILLS] * 2, SEEDS, strict=True)]
    for found in (each.result() for each in ran):
        assert (found.kills, found.lost, found.faults) == (KILLS, 0, 0)
        assert found.recorded >= found.confirmed > KILLS / 2
