"""Files that come into their place whole or not at all: nobody reads a half of one."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_IMODE, S_ISREG

FULL = (errno.ENOSPC, errno.EDQUOT)
"""What a system says of a disk or a quota that has no room left."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike


def write_whole(path: str | PathLike[str], data: bytes, durable: bool = False) -> None:
    """Write a file beside its place and put it there at once.

    Args:
        path: its place.
        data: what it holds.
        durable: return only when it is there also after the power went.

    Raises:
        ValueError: what lies in its place is not a file, or its folder is none.
        OSError: the folder may not be written.
    """
    with written_whole(path) as beside, beside.open("wb") as file:
        file.write(data)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    if durable:
        sync_folder(path)


def check_not_read(target: str | PathLike[str], read: Iterable[str | PathLike[str]]) -> None:
    """Refuse to write over a file that is read.

    Args:
        target: the file to write.
        read: what is read; a text that is the name of no file is none.

    Raises:
        ValueError: they are one file.
    """
    if not os.path.exists(target):
        return
    for each in read:
        # By the file itself: a link, or another way to write the path, can lead to the same one.
        if os.path.exists(each) and os.path.samefile(target, each):
            raise ValueError(f"{os.fspath(target)} is the file that is read: write to another file")


def sync_folder(path: str | PathLike[str]) -> None:
    """Let the name of a file be on the disk, where the system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    folder = os.open(os.path.dirname(os.path.realpath(path)), os.O_RDONLY | os.O_DIRECTORY)
    try:
        # The bytes of a file do not say its name: the folder holds that.
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def written_whole(path: str | PathLike[str]) -> Iterator[Path]:
    """Where to write a file, which is put in its place at the end; on a fault it is thrown away.

    Until then it has no name, where the system can do that, and so nothing is left of a run that
    is killed. The new file may be read and written by whom the old one was.

    Raises:
        ValueError: what lies in its place is not a file, or its folder is none.
        OSError: the folder may not be written, or has no room.
    """
    target = Path(os.path.realpath(path))
    rights = _rights(target, os.fspath(path))
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    nameless = _nameless(target.parent)
    written = beside if nameless is None else Path(f"/proc/self/fd/{nameless}")
    try:
        if nameless is None:
            beside.touch(exist_ok=False)
        yield written
        if rights is not None:
            os.chmod(written, rights)
        if nameless is not None:
            _name(nameless, beside)
        # A name cannot be linked over another, so the new file gets a name of its own first.
        os.replace(beside, target)
    except Exception as error:
        if has_no_room(error):
            what = f"there is no room for {os.fspath(path)}, and nothing of it was written"
            raise OSError(errno.ENOSPC, what) from error
        raise
    finally:
        with suppress(FileNotFoundError):
            os.unlink(beside)
        if nameless is not None:
            os.close(nameless)


def has_no_room(error: BaseException) -> bool:
    """Whether something failed for want of room, as a system says it or a library repeats it."""
    if isinstance(error, OSError):
        return error.errno in FULL
    if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
        return True
    return any(f"os error {number}" in str(error) for number in FULL)


def _rights(target: Path, name: str) -> int | None:
    """The rights of the file that is replaced; None where there is none."""
    if not target.parent.is_dir():
        raise ValueError(
            f"{name} cannot be written: {target.parent} is not a folder; make it first"
        )
    try:
        found = os.stat(target).st_mode
    except FileNotFoundError:
        return None
    if not S_ISREG(found):
        raise ValueError(f"{name} is not a file that could be replaced: give the name of one")
    return S_IMODE(found)


def _nameless(folder: Path) -> int | None:
    """A new file of a folder without a name; None where the system or the folder cannot have it."""
    kind = getattr(os, "O_TMPFILE", None)
    if kind is None or not os.path.isdir("/proc/self/fd"):
        return None
    try:
        return os.open(folder, kind | os.O_RDWR, 0o666)
    except OSError:
        return None


def _name(nameless: int, beside: Path) -> None:
    folder = os.open(beside.parent, os.O_RDONLY)
    try:
        # A folder must be given for the link to follow to the file itself.
        os.link(f"/proc/self/fd/{nameless}", beside.name, dst_dir_fd=folder)
    finally:
        os.close(folder)
