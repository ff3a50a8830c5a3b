"""The process that works through the queue, one job at a time, and ends when it is empty.

It knows no kind of work: each job runs in a process of its own, which this one ends where the job
takes longer than its budget allows. Two runners of one folder exclude each other by a lock.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from detente.store.jobs.budget import CORES, Budget
from detente.store.jobs.lock import locked
from detente.store.jobs.shelf import Jobs
from detente.store.jobs.state import QUEUED, RUNNING, Job, JobGoneError, read_state, write_state
from detente.store.jobs.work import GONE, failed

WORK = "detente.store.jobs.work"
LOOK = 0.05
"""Seconds between two looks at a job that runs."""

THREADS = dict.fromkeys(("POLARS_MAX_THREADS", "NUMBA_NUM_THREADS", "MALLOC_ARENA_MAX"), str(CORES))
"""How libraries are told of as many."""


class Runner:
    """Works through the jobs of a folder as long as whoever started it is there."""

    def __init__(self, jobs: Jobs, kinds: dict[str, str]) -> None:
        self._jobs = jobs
        self._kinds = kinds
        self._budget = jobs.budget
        self._parent = os.getppid()
        self._described = False

    def stop(self, *_: object) -> None:
        """Stop soon; what runs goes on with the next runner."""
        self._described = True

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop, or nobody is there any more who wants the work."""
        return self._described or os.getppid() != self._parent

    def waiting(self) -> list[Job]:
        """Jobs that are to be done, the oldest first; one that runs already was interrupted."""
        return [job for job in self._jobs.all() if job.state in (QUEUED, RUNNING)]

    def work_through(self) -> None:
        """Do what waits, in its order."""
        while not self.stopped and (waiting := self.waiting()):
            with suppress(JobGoneError):
                self._see_through(self._jobs.folder / waiting[0].id, waiting[0])

    def _see_through(self, folder: Path, job: Job) -> None:
        """Begin one job and wait for its end."""
        if job.kind not in self._kinds:
            failed(folder, job, "This server does not know such work; send the file again.")
            return
        if job.attempts >= self._budget.attempts:
            failed(folder, job, f"It was interrupted {job.attempts} times; send it again.")
            return
        job = job._replace(state=RUNNING, attempts=job.attempts + 1, began=time.time())
        write_state(folder, job)
        start = time.monotonic()  # a clock that is set anew neither ends a job nor lets it go on
        with self._begun(folder, job) as process:
            while process.poll() is None:
                spent = job.seconds + time.monotonic() - start
                over = spent > self._budget.seconds
                if over or self.stopped:
                    process.kill()
                    process.wait()
                    self._put_down(folder, over, spent)
                    return
                time.sleep(LOOK)
        if process.returncode != GONE:
            _check_end(folder, process.returncode)

    def _begun(self, folder: Path, job: Job) -> subprocess.Popen[bytes]:
        words = [str(folder), self._kinds[job.kind], json.dumps(self._budget._asdict())]
        return subprocess.Popen(
            [sys.executable, "-m", WORK, *words, str(os.getpid())],
            env={**os.environ, **THREADS},
            stdin=subprocess.DEVNULL,
        )

    def _put_down(self, folder: Path, over: bool, spent: float) -> None:
        """Write down that a job was stopped: for good where its time is over."""
        job = read_state(folder)
        if job.ended:
            return
        if over:
            seconds = self._budget.seconds
            failed(folder, job, f"It took longer than {seconds:g} seconds; send it in parts.")
            return
        # Who stopped the runner is not the job, so this attempt does not count.
        again = job._replace(state=QUEUED, seconds=spent, attempts=job.attempts - 1)
        write_state(folder, again)


def _check_end(folder: Path, code: int) -> None:
    """A process that ended without a word was ended by the system, most often for its memory."""
    job = read_state(folder)
    if not job.ended:
        words = f"Its process ended unexpectedly ({code}), perhaps for want of memory"
        failed(folder, job, f"{words}; send it in parts.")


def main(folder: str, described: str) -> None:
    """Work through the jobs of a folder."""
    kinds, limits = json.loads(described)
    jobs = Jobs(kinds, Path(folder), Budget(**limits))
    runner = Runner(jobs, kinds)
    signal.signal(signal.SIGTERM, runner.stop)
    signal.signal(signal.SIGINT, runner.stop)
    # Looked at again without the lock: a job may come while this runner is about to end.
    while runner.waiting() and not runner.stopped:
        with locked(jobs.folder / ".lock") as got:
            if not got:
                return
            runner.work_through()


if __name__ == "__main__":
    main(*sys.argv[1:])
