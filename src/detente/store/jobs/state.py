"""The state of a job, as a file of its folder that is replaced whole."""

from __future__ import annotations

import json
from pathlib import Path

from detente._shapes import NamedTuple
from detente.store.whole import write_whole

STATE = "state.json"
FILES, PARTS, BESIDE = "files", "parts", "beside"
"""Folders of a job: results to take away, finished parts of the work, and what its page reads."""

QUEUED, RUNNING, DONE, REFUSED, FAILED = "queued", "running", "done", "refused", "failed"
ENDED = (DONE, REFUSED, FAILED)
"""States after which nothing changes: answered; refused for what was sent; failed by our fault."""


class JobGoneError(LookupError):
    """There is no such job: it was removed, or never was."""


class Job(NamedTuple):
    """A job as it stands.

    Attributes:
        id: its name, which cannot be guessed: whoever has it may see and remove the job.
        kind: what is done, a name that the server knows.
        source: name of the file in its folder.
        name: name that the file had where it came from.
        options: what was asked beside the file.
        state: queued, running, done, refused or failed.
        submitted: second since 1970 at which it came; likewise `began` and `ended`, 0 for not yet.
        seconds: that finished attempts took.
        done: how much of `total` is finished; `total` is 0 while it is not known.
        doing: what is being done, in words.
        attempts: how often it was begun.
        message: why it was refused or failed, and what to do.
    """

    id: str
    kind: str
    source: str
    name: str
    options: dict[str, str]
    state: str = QUEUED
    submitted: float = 0.0
    began: float = 0.0
    ended: float = 0.0
    seconds: float = 0.0
    done: int = 0
    total: int = 0
    doing: str = ""
    attempts: int = 0
    message: str = ""


def read_state(folder: Path) -> Job:
    """The state of the job in a folder.

    Raises:
        JobGoneError: there is none, or its state cannot be read.
    """
    try:
        held = json.loads((folder / STATE).read_bytes())
        return Job(**held)
    except (OSError, ValueError, TypeError):
        raise JobGoneError(f"there is no job {folder.name}") from None


def write_state(folder: Path, job: Job) -> None:
    """Replace the state of the job in a folder.

    Raises:
        JobGoneError: the job was removed meanwhile.
    """
    try:
        write_whole(folder / STATE, json.dumps(job._asdict(), ensure_ascii=False).encode())
    except (OSError, ValueError):
        raise JobGoneError(f"the job {folder.name} was removed") from None
