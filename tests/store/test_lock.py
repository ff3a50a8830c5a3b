"""Locks that a process holds: one at a time, and free once whoever held it has left."""

from __future__ import annotations

import threading
from pathlib import Path

from detente.store.jobs.lock import locked


def test_a_lock_that_is_held_is_not_got_and_is_free_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "one.lock"
    with locked(path) as first, locked(path) as second:
        assert (first, second) == (True, False)
    with locked(path) as again:
        assert again is True


def test_whoever_waits_gets_the_lock_once_it_is_free(tmp_path: Path) -> None:
    path, order = tmp_path / "one.lock", list[str]()

    def wait() -> None:
        with locked(path, wait=True) as got:
            order.append(f"second {got}")

    with locked(path):
        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join(0.1)
        order.append("first leaves")
    waiting.join(10)
    assert order == ["first leaves", "second True"]
