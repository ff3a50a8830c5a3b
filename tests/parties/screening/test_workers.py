"""Processes that work is shared out to: order, faults, and what is held."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from detente.parties.screening.workers import AHEAD, WorkerError, in_processes

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system splits no process")


def doubled(number: int) -> int:
    return 2 * number


def with_process(number: int) -> tuple[int, int, str]:
    return number, os.getpid(), "x" * 300_000


def refuse_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven is not a name")
    return number


def end_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("pieces", [0, 1, 3, 40])
def test_what_is_found_comes_in_the_order_of_the_work(count: int, pieces: int) -> None:
    assert list(in_processes(doubled, range(pieces), count)) == [2 * at for at in range(pieces)]


def test_every_process_works_and_large_answers_hold_nobody_up() -> None:
    found = list(in_processes(with_process, range(30), 3))
    assert [number for number, _, _ in found] == list(range(30))
    assert len({process for _, process, _ in found}) == 3
    assert os.getpid() not in {process for _, process, _ in found}


def test_what_the_work_raises_is_raised_here() -> None:
    found = in_processes(refuse_seven, range(20), 2)
    with pytest.raises(ValueError, match="seven is not a name"):
        list(found)


def test_a_process_that_ends_early_is_told() -> None:
    with pytest.raises(WorkerError, match="run the command again"):
        list(in_processes(end_at_three, range(20), 2))


def test_only_so_much_work_is_read_ahead_of_what_is_handed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[int] = []
    started: list[int] = []
    fork = os.fork

    def noted() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", noted)

    def pieces() -> Iterator[int]:
        for number in range(500):
            taken.append(number)
            yield number

    found = in_processes(doubled, pieces(), 2)
    assert next(found) == 0
    assert len(taken) <= 2 * AHEAD + 2
    found.close()  # type: ignore[attr-defined]
    assert len(started) == 2
    for process in started:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)
