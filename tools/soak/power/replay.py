"""A folder as a disk may hold it after the power went at some moment of a recorded run."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import NamedTuple

SOURCE = Path(__file__).with_name("record.c")
SECTOR = 512
MARK = "M"
"""A record that a client adds when something was confirmed to it."""

SHARED_MEMORY = "-shm"
"""SQLite's index of its log: memory that processes share, worthless after a restart."""


class Change(NamedTuple):
    """One record: what was done to which file."""

    op: str
    path: str
    at: int
    data: bytes


def build(folder: Path) -> Path:
    """Compile what records; returns the library for LD_PRELOAD."""
    made = folder / "record.so"
    words = ["cc", "-shared", "-fPIC", "-O1", "-w", "-o", str(made), str(SOURCE), "-ldl"]
    subprocess.run(words, check=True, capture_output=True)
    return made


def mark(log: Path, confirmed: str) -> None:
    """Note that something was confirmed, in its place among the changes."""
    described = confirmed.encode()
    record = b"M" + bytes(4) + bytes(8) + len(described).to_bytes(4, "little") + described
    with log.open("ab", buffering=0) as file:
        file.write(record)


def changes(log: Path) -> list[Change]:
    """All records of a run, in order."""
    body, at, found = log.read_bytes(), 0, []
    while at < len(body):
        op = chr(body[at])
        length = int.from_bytes(body[at + 1 : at + 5], "little")
        path = body[at + 5 : at + 5 + length].decode()
        at += 5 + length
        offset = int.from_bytes(body[at : at + 8], "little")
        size = int.from_bytes(body[at + 8 : at + 12], "little")
        at += 12
        found.append(Change(op, path, offset, body[at : at + size]))
        at += size
    return found


@dataclass
class Inode:
    """A file: what of it is on the disk for certain, and what was written since."""

    durable: bytes = b""
    pending: list[Change] = field(default_factory=list)

    def now(self) -> bytes:
        """Its content as the program sees it."""
        return _applied(self.durable, self.pending)

    def after(self, random: Random) -> bytes:
        """Its content as the disk may have it: any sectors of what was not synced."""
        share = random.choice((0.0, 0.3, 0.7, 1.0))
        kept: list[Change] = []
        for change in self.pending:
            if change.op == "T":
                kept += [change] if random.random() < share else []
                continue
            for start in range(0, len(change.data), SECTOR):
                if random.random() < share:
                    piece = change.data[start : start + SECTOR]
                    kept.append(change._replace(at=change.at + start, data=piece))
        return _applied(self.durable, kept)


def _applied(content: bytes, pending: list[Change]) -> bytes:
    made = bytearray(content)
    for change in pending:
        end = change.at + len(change.data)
        if change.op == "T":
            made = made[: change.at] + bytes(max(0, change.at - len(made)))
        else:
            if len(made) < end:
                made += bytes(end - len(made))
            made[change.at : end] = change.data
    return bytes(made)


class Disk:
    """Names and files, as certain and as seen; changes are played into it one by one."""

    def __init__(self) -> None:
        self.seen: dict[str, Inode] = {}
        self._certain: dict[str, Inode] = {}
        self._names: list[tuple[str, Inode | None]] = []
        self.confirmed: list[str] = []

    def play(self, change: Change) -> None:
        """One change."""
        op, path = change.op, change.path
        if op == MARK:
            self.confirmed.append(change.data.decode())
        elif op == "C":
            self._name(path, Inode())
        elif op == "R":
            moved = self.seen.get(path, Inode())
            self._name(change.data.decode(), moved)
            self._name(path, None)
        elif op == "U":
            self._name(path, None)
        elif op == "D":
            for name, inode in self._names:
                _set(self._certain, name, inode)
            self._names.clear()
        elif op == "S":
            inode = self._known(path)
            inode.durable, inode.pending = inode.now(), []
        else:
            self._known(path).pending.append(change)

    def _known(self, path: str) -> Inode:
        """A file by its name; one that was there before the run is taken as empty and certain."""
        if path not in self.seen:
            self.seen[path] = self._certain[path] = Inode()
        return self.seen[path]

    def _name(self, path: str, inode: Inode | None) -> None:
        _set(self.seen, path, inode)
        self._names.append((path, inode))

    def names_after(self, random: Random) -> dict[str, Inode]:
        """The names that the disk may have: those that are certain, and some of the later ones."""
        names = dict(self._certain)
        for name, inode in self._names[: random.randint(0, len(self._names))]:
            _set(names, name, inode)
        return names

    def crash(self, root: Path, target: Path, random: Random) -> None:
        """Write the folder as a disk may hold it if the power goes now."""
        names = self.names_after(random)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name, inode in names.items():
            if name.endswith(SHARED_MEMORY) or ".nameless-" in name:
                continue
            place = target / Path(name).relative_to(root)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(inode.after(random))


def _set(names: dict[str, Inode], name: str, inode: Inode | None) -> None:
    if inode is None:
        names.pop(name, None)
    else:
        names[name] = inode


def crashes(log: Path, root: Path, target: Path, count: int, seed: int) -> Iterator[list[str]]:
    """Folders after power losses at moments by lot; of each, what had been confirmed before it.

    Raises:
        ValueError: nothing was recorded.
    """
    run, random = changes(log), Random(seed)
    if not run:
        raise ValueError(f"{log} holds nothing: the program was not recorded")
    moments = sorted(random.choices(range(1, len(run) + 1), k=count))
    disk, played = Disk(), 0
    for as_of in moments:
        while played < as_of:
            disk.play(run[played])
            played += 1
        disk.crash(root, target, random)
        yield list(disk.confirmed)
