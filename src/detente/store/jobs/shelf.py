"""Submitting jobs, looking at them and removing them; the faces' side of the queue."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from detente.store.home import home
from detente.store.jobs.budget import Budget, OverBudgetError
from detente.store.jobs.state import (
    BESIDE,
    DONE,
    ENDED,
    FILES,
    QUEUED,
    RUNNING,
    Job,
    JobGoneError,
    read_state,
    write_state,
)

ID = re.compile(r"[0-9a-f]{32}")
SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
LONGEST_NAME = 120
"""Characters of a file's name that are shown."""

EVERY = 30.0
"""Seconds between two looks for jobs whose time is over."""

RUNNER = "detente.store.jobs.runner"


class Jobs:
    """The jobs of a folder.

    Attributes:
        folder: where they are kept, for its owner's eyes alone.
        budget: what they may take.
    """

    def __init__(
        self,
        kinds: Mapping[str, str],
        folder: Path | None = None,
        budget: Budget = Budget(),  # noqa: B008 - an immutable tuple
        clock: Callable[[], float] = time.time,
        common: Mapping[str, str] | None = None,
    ) -> None:
        """Open a folder of jobs, which is made when the first job comes.

        Args:
            kinds: by the name of a kind, the function that does it, as ``module:function``.
            folder: where jobs are kept; in the user's folder where none is named.
            budget: what jobs may take.
            clock: gives seconds since 1970.
            common: options that every job has, beside what is asked of it.
        """
        self.folder = folder or Path(home()) / "jobs"
        self.budget = budget
        self._kinds = dict(kinds)
        self._clock = clock
        self._common = dict(common or {})
        self._runner: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._closed = threading.Event()
        self._sweeper: threading.Thread | None = None

    def submit(
        self,
        kind: str,
        name: str,
        options: Mapping[str, str],
        body: bytes,
        any_size: bool = False,
    ) -> Job:
        """Put a file into the queue; returns the job, which `run_waiting` or `start` then begins.

        Args:
            kind: one of the kinds.
            name: name of the file where it came from; its suffix says what it is.
            options: what is asked beside the file.
            body: the file.
            any_size: whether it may be larger than a file that is sent; it is on this machine.

        Raises:
            OverBudgetError: it is too large, or too much is waiting already.
        """
        if kind not in self._kinds:
            raise KeyError(kind)
        self.sweep()
        budget = self.budget._replace(bytes=len(body)) if any_size else self.budget
        self._check_room(len(body), budget)
        base = name.replace("\\", "/").rpartition("/")[2].strip()[-LONGEST_NAME:] or "file"
        found = SUFFIX.fullmatch(Path(base.lower()).suffix)
        source = f"source{found[0] if found else ''}"
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        all_options = {**options, **self._common}
        job = Job(secrets.token_hex(16), kind, source, base, all_options, submitted=self._clock())
        folder = self.folder / job.id
        folder.mkdir(mode=0o700)
        try:
            (folder / source).write_bytes(body)
            budget.check_file(folder / source)
            # Last of all: a folder without a state is no job yet, so nobody takes up half a file.
            write_state(folder, job)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return job

    def _check_room(self, size: int, budget: Budget) -> None:
        if size > budget.bytes:
            raise OverBudgetError(
                f"the file has {size:,} bytes, and a job takes {budget.bytes:,}: send it in parts"
            )
        if sum(job.state not in ENDED for job in self.all()) >= self.budget.waiting:
            raise OverBudgetError(
                f"{self.budget.waiting} jobs are waiting already: send it again later"
            )
        if _size(self.folder) + size > self.budget.stored:
            raise OverBudgetError(
                "no room is left for more jobs: remove one that you need no longer, or try later"
            )

    def get(self, job: str) -> Job:
        """A job as it stands.

        Raises:
            JobGoneError: it was removed, or never was.
        """
        return read_state(self._at(job))

    def all(self) -> list[Job]:
        """Every job there is, the oldest first."""
        found = []
        for folder in self._folders():
            with suppress(JobGoneError):
                found.append(read_state(folder))
        return sorted(found, key=lambda job: (job.submitted, job.id))

    def files(self, job: str) -> list[tuple[str, int]]:
        """Names and sizes of the results of a job that is done."""
        if self.get(job).state != DONE:
            return []
        folder = self._at(job) / FILES
        return [(each.name, each.stat().st_size) for each in sorted(folder.iterdir())]

    def file(self, job: str, name: str) -> bytes:
        """A result.

        Raises:
            JobGoneError: the job was removed, is not done, or has no such result.
        """
        if name not in dict(self.files(job)):
            raise JobGoneError(f"the job has no result {name}")
        return (self._at(job) / FILES / name).read_bytes()

    def beside(self, job: str, name: str) -> Path:
        """Where the work wrote what its page reads; see ``Work.beside``.

        Raises:
            JobGoneError: the job was removed, or wrote no such file.
        """
        at = self._at(job) / BESIDE / name
        if not at.is_file():
            raise JobGoneError(f"the job keeps no {name}")
        return at

    def summary(self, job: str) -> dict[str, object]:
        """What a job that is done says in short; empty for one that is not.

        Raises:
            JobGoneError: it was removed, or never was.
        """
        at = self._at(job)
        if read_state(at).state != DONE:
            return {}
        with suppress(OSError, ValueError):
            found: dict[str, object] = json.loads((at / "summary.json").read_bytes())
            return found
        raise JobGoneError(f"there is no job {job}")

    def expires(self, job: Job) -> float:
        """The second since 1970 at which a job that has ended is removed; 0 while it has not."""
        return job.ended + self.budget.kept_hours * 3600 if job.ended else 0.0

    def remove(self, job: str) -> None:
        """Remove a job with all that was sent and found; what runs of it ends.

        Raises:
            JobGoneError: it was removed already, or never was.
        """
        at = self._at(job)
        gone = self.folder / f".gone-{secrets.token_hex(8)}"
        try:
            # Renamed first: it is gone at once for whoever looks, and for the process that works on
            # it.
            at.rename(gone)
        except OSError:
            raise JobGoneError(f"there is no job {job}") from None
        shutil.rmtree(gone, ignore_errors=True)

    def sweep(self) -> int:
        """Remove jobs whose time is over, and what is left of removed ones; returns how many."""
        now, removed = self._clock(), 0
        for job in self.all():
            over = self.expires(job)
            if over and over <= now:
                with suppress(JobGoneError):
                    self.remove(job.id)
                    removed += 1
        for each in self.folder.glob(".gone-*"):
            shutil.rmtree(each, ignore_errors=True)
        return removed

    def start(self) -> None:
        """Go on with what waits, and look for jobs whose time is over, until ``close``."""
        if self._sweeper is None:
            self._sweeper = threading.Thread(target=self._keep_house, daemon=True)
            self._sweeper.start()

    def _keep_house(self) -> None:
        while True:
            with suppress(OSError):
                self.sweep()
                self.run_waiting()
            if self._closed.wait(EVERY):
                return

    def run_waiting(self) -> None:
        """Begin to work through the queue, unless a process of the machine does so already."""
        if not any(job.state in (QUEUED, RUNNING) for job in self.all()):
            return
        with self._starting:
            running = self._runner is not None and self._runner.poll() is None
            if running or self._closed.is_set():
                return
            described = json.dumps([self._kinds, self.budget._asdict()])
            self._runner = subprocess.Popen(
                [sys.executable, "-m", RUNNER, str(self.folder), described],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )

    def wait(self, seconds: float) -> None:
        """Wait until nothing is queued or running, for tests and for the command line."""
        until = time.monotonic() + seconds
        while any(job.state not in ENDED for job in self.all()) and time.monotonic() < until:
            self.run_waiting()
            time.sleep(0.05)

    def close(self) -> None:
        """Stop working; what is not finished goes on when the folder is next opened."""
        self._closed.set()
        with self._starting:
            if self._runner is not None:
                self._runner.terminate()
                self._runner.wait(10)
                self._runner = None
        if self._sweeper is not None:
            self._sweeper.join(10)

    def _at(self, job: str) -> Path:
        """The folder of a job; whatever is not an id names none.

        Raises:
            JobGoneError: this is not an id.
        """
        if not ID.fullmatch(job):
            raise JobGoneError(f"there is no job {job}")
        return self.folder / job

    def _folders(self) -> Iterator[Path]:
        with suppress(OSError):
            for name in os.listdir(self.folder):
                if ID.fullmatch(name):
                    yield self.folder / name


def _size(folder: Path) -> int:
    """Bytes of everything in a folder; what is removed meanwhile counts nothing."""
    total = 0
    for at, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.stat(os.path.join(at, name)).st_size
    return total
