"""One job as the function sees it that does it, and the process in which that function runs."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

from detente.store.jobs.budget import Budget, OverBudgetError
from detente.store.jobs.lock import locked
from detente.store.jobs.state import (
    BESIDE,
    DONE,
    FAILED,
    FILES,
    PARTS,
    REFUSED,
    Job,
    JobGoneError,
    read_state,
    write_state,
)
from detente.store.whole import write_whole

SELDOM = 0.2
"""Seconds between two writings of the progress."""

LOOK = 0.5
"""Seconds between two looks whether the job was removed, or its runner has ended."""

GONE = 9
"""Exit code of a process whose job was removed."""


class Watch:
    """Ends this process when its job is removed, or when who started it has ended."""

    def __init__(self, folder: Path, parent: int) -> None:
        """Look from here on, in a thread.

        Args:
            folder: of the job.
            parent: the process that started this one.
        """
        self._folder, self._parent = folder, parent
        self._begin()

    def look(self) -> None:
        """End the process if there is a reason to."""
        # The thread that does the work cannot be stopped from here, so the whole process is.
        if os.getppid() != self._parent or not self._folder.is_dir():
            os._exit(GONE)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Without the thread meanwhile; whoever pauses it has somebody else look."""
        self._stopped.set()
        self._thread.join()
        try:
            yield
        finally:
            self._begin()

    def _begin(self) -> None:
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, daemon=True)
        self._thread.start()

    def _keep_looking(self) -> None:
        while not self._stopped.wait(LOOK):
            self.look()


class Work:
    """A job that is being done.

    Attributes:
        source: the file that was sent; its suffix is that of its name, in small letters.
        name: the name that it had.
        options: what was asked beside it.
        budget: what it may take; ``budget.check_rows`` is the function's to ask.
    """

    def __init__(self, folder: Path, budget: Budget, watch: Watch | None = None) -> None:
        self._folder, self._watch = folder, watch
        self._job = read_state(folder)
        self._described = 0.0
        self.budget = budget
        self.source = folder / self._job.source
        self.name = self._job.name
        self.options = self._job.options

    def progress(self, done: int, total: int, doing: str) -> None:
        """Tell how far the work is.

        Args:
            done: rows, or whatever is counted, that are finished.
            total: of how many.
            doing: what is being done, in words that follow "Now:".

        Raises:
            JobGoneError: the job was removed.
        """
        self._job = self._job._replace(done=done, total=total, doing=doing)
        now = time.monotonic()
        if now - self._described >= SELDOM or done == total:
            self._described = now
            if self._watch is not None:
                self._watch.look()
            write_state(self._folder, self._job)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No thread runs beside the work meanwhile, so that its process can be split.

        Whether the job was removed is only looked at where progress is told, so that must be often.
        """
        with nullcontext() if self._watch is None else self._watch.paused():
            yield

    def part(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A part of the work: what an earlier attempt finished, else made and kept.

        Args:
            name: of the part, letters, digits and hyphens; the same in every attempt.
            make: makes the part of what was sent and asked alone.
        """
        at = self._folder / PARTS / name
        if at.exists():
            return at.read_bytes()
        body = make()
        at.parent.mkdir(exist_ok=True, mode=0o700)
        write_whole(at, body)
        return body

    def file(self, name: str) -> Path:
        """Where to write a result that can be taken away under this name."""
        folder = self._folder / FILES
        folder.mkdir(exist_ok=True, mode=0o700)
        return folder / name

    def beside(self, name: str) -> Path:
        """Where to write what the page of the job reads, and nobody takes away."""
        folder = self._folder / BESIDE
        folder.mkdir(exist_ok=True, mode=0o700)
        return folder / name

    def finish(self, summary: Mapping[str, Any]) -> None:
        """End the work with what it says in short, which a page shows."""
        (self._folder / FILES).mkdir(exist_ok=True, mode=0o700)
        # Before the state, since whoever sees that a job is done reads its summary.
        write_whole(self._folder / "summary.json", json.dumps(summary, ensure_ascii=False).encode())
        self._end(DONE, "")
        shutil.rmtree(self._folder / PARTS, ignore_errors=True)

    def refuse(self, message: str) -> None:
        """End the work because of what was sent."""
        self._end(REFUSED, message)

    def fail(self, message: str) -> None:
        """End the work because of a fault of ours."""
        self._end(FAILED, message)

    @property
    def ended(self) -> bool:
        """Whether the work has ended."""
        return self._job.ended > 0

    def _end(self, state: str, message: str) -> None:
        took = self._job.seconds + max(0.0, time.time() - self._job.began)
        self._job = self._job._replace(
            state=state, message=message, ended=time.time(), seconds=took
        )
        write_state(self._folder, self._job)


def do(work: Work, run: Callable[[Work], None]) -> None:
    """Run the function of a job, and write down how it ended.

    What it raises as ``ValueError`` is about the file and is told; anything else is a fault, whose
    traceback goes to the log of the server alone.
    """
    try:
        work.budget.check_sheets(work.source)
        run(work)
        if not work.ended:
            work.fail("The work ended without a result; report it as an issue.")
    except JobGoneError:
        raise
    except (OverBudgetError, ValueError, FileNotFoundError) as error:
        # Under the name that was sent: where the file lies on the server concerns nobody.
        work.refuse(str(error).replace(str(work.source), work.name))
    except MemoryError:
        work.refuse("the table takes more memory than a job has: send it in parts")
    except Exception:
        traceback.print_exc()
        work.fail("The work failed by a fault of ours; the server's log says where.")


def _limit(memory: int) -> None:
    """Bound the memory of this process, where the system can."""
    try:
        import resource
    except ImportError:  # no such limits on this system
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(folder: str, target: str, described: str, parent: str) -> None:
    """The process of one job."""
    at, budget = Path(folder), Budget(**json.loads(described))
    _limit(budget.memory)
    watch = Watch(at, int(parent))
    module, _, name = target.partition(":")
    run = getattr(import_module(module), name)
    with locked(at / ".lock", wait=True):
        try:
            do(Work(at, budget, watch), run)
        except JobGoneError:
            os._exit(GONE)


def failed(folder: Path, job: Job, message: str) -> None:
    """Write down that a job failed whose process could not say so itself."""
    write_state(folder, job._replace(state=FAILED, message=message, ended=time.time()))


if __name__ == "__main__":
    main(*sys.argv[1:])
