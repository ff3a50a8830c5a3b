"""How often a file is asked for that does not come, and how long is waited in between."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from detente.store import fetching
from detente.store.fetching import Fetched, FetchError, fetch_newer

ADDRESS = "https://lists.example/a.csv"


@pytest.mark.parametrize(
    ("waits", "asked", "slept", "wrong"),
    [
        ([], 1, [], ""),
        ([0.0], 2, [0.25], ""),
        ([7.0, 0.0], 3, [7.0, 0.25], ""),
        ([0.0, 0.0, 0.0], 3, [0.25, 0.25], f"{ADDRESS} is busy"),
        ([None], 1, [], f"{ADDRESS} is busy"),
        ([120.0], 2, [120.0], ""),
        ([121.0], 1, [], f"{ADDRESS} is busy: it asks to wait 121 seconds"),
        ([0.0, 0.0, 121.0], 3, [0.25, 0.25], f"{ADDRESS} is busy"),
    ],
)
def test_a_file_is_asked_for_three_times_where_waiting_may_help(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    waits: list[float | None],
    asked: int,
    slept: list[float],
    wrong: str,
) -> None:
    left, tries, paused = list(waits), [], []

    def once(*given: object) -> Fetched:
        tries.append(given)
        if left:
            raise FetchError("is busy", left.pop(0))
        return Fetched("", "tag")

    monkeypatch.setattr(fetching, "_once", once)
    monkeypatch.setattr(time, "sleep", paused.append)
    found = fetch_newer(ADDRESS, str(tmp_path / "a"), "", pause=0.25)
    assert (found.wrong, len(tries), paused) == (wrong, asked, slept)
    assert found.tag == ("" if wrong else "tag")
