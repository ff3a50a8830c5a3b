"""What one job may take, and the measuring of files before they are opened."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente._shapes import NamedTuple
from detente.core.tables.sheets import (
    BROKEN,
    MOST_ROOM,
    extents,
    far_apart,
    is_archive,
    unpacked,
)

MIB = 2**20

CORES = 2
"""Threads, or processes, that work on a job at once: the other cores are left to the pages."""


class OverBudgetError(ValueError):
    """A file that takes more than a job may; the message says what, and what to do."""


class Budget(NamedTuple):
    """What jobs may take. Each limit is a number that stands in the guide.

    Attributes:
        bytes: of the file that is sent.
        rows: of its table.
        cells: rows times columns of its table.
        room: cells between the first and the last one of a sheet.
        expanded: bytes of an archive once it is unpacked, as a workbook is one, and of the texts
            of a sheet.
        members: files in an archive.
        seconds: that a job may run, over all its attempts.
        memory: bytes of address space of the process that runs it.
        waiting: jobs that may wait or run at once.
        stored: bytes of all jobs together.
        attempts: how often a job is begun before it is given up.
        kept_hours: after which a finished job is removed with all that was sent.
    """

    bytes: int = 64 * MIB
    rows: int = 250_000
    cells: int = 10_000_000
    room: int = MOST_ROOM
    expanded: int = 1024 * MIB
    members: int = 1000
    seconds: float = 1800.0
    memory: int = 12 * 1024 * MIB
    waiting: int = 32
    stored: int = 2048 * MIB
    attempts: int = 3
    kept_hours: float = 24.0

    def check_rows(self, rows: int, columns: int) -> None:
        """Refuse a table that is too large.

        Raises:
            OverBudgetError: it has too many rows, or too many cells.
        """
        if rows > self.rows:
            raise OverBudgetError(
                f"the table has {rows:,} rows, and a job takes {self.rows:,}: send it in parts"
            )
        if rows * columns > self.cells:
            raise OverBudgetError(
                f"the table has {rows:,} rows of {columns} columns, and a job takes "
                f"{self.cells:,} cells: leave out columns that nobody reads, or send it in parts"
            )

    def check_file(self, path: Path) -> None:
        """Measure a file before any library opens it.

        An archive is unpacked into nothing, piece by piece: what its directory says of sizes is
        not believed, since that is how a small file fills a memory.

        Raises:
            OverBudgetError: it is too large, or would be once it is unpacked.
        """
        size = path.stat().st_size
        if size > self.bytes:
            raise OverBudgetError(
                f"the file has {size:,} bytes, and a job takes {self.bytes:,}: send it in parts"
            )
        if is_archive(path):
            with _unpacking():
                self._check_archive(path)

    def _check_archive(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > self.members:
                raise OverBudgetError(
                    f"the file is an archive of {len(members):,} files, and a job opens "
                    f"{self.members:,}: save the table alone"
                )
            # One that says itself how large it is need not be unpacked to be refused.
            self._check_unpacked(sum(each.file_size for each in members))
            size = 0
            for each in members:
                for piece in unpacked(archive, each):
                    size += len(piece)
                    self._check_unpacked(size)

    def _check_unpacked(self, size: int) -> None:
        if size > self.expanded:
            raise OverBudgetError(
                f"the file unpacks to more than {self.expanded:,} bytes, "
                "which is what a job takes: save the table alone, or as CSV"
            )

    def check_sheets(self, path: Path) -> None:
        """Count the cells of a workbook before any library makes room for them.

        Raises:
            OverBudgetError: there are too many, or they stand too far apart.
        """
        with _unpacking():
            for extent in extents(path):
                if extent.rows - 1 > self.rows:  # the first row names the columns
                    raise OverBudgetError(
                        f"a sheet has more than {self.rows:,} rows, which is what a job takes: "
                        "send it in parts"
                    )
                if extent.cells > self.cells:
                    raise OverBudgetError(
                        f"a sheet has more than {self.cells:,} cells, which is what a job takes: "
                        "leave out columns that nobody reads, or send it in parts"
                    )
                if extent.text > self.expanded:
                    raise OverBudgetError(
                        f"the texts of a sheet take more than {self.expanded:,} bytes, each as "
                        "often as it stands in a cell, which is what a job takes: leave out "
                        "columns that nobody reads, or send it in parts"
                    )
                if extent.room > self.room:
                    raise OverBudgetError(
                        f"{far_apart(extent.room)}: keep the table alone in its sheet, or save it "
                        "as CSV"
                    )


@contextmanager
def _unpacking() -> Iterator[None]:
    """Refuse what cannot be unpacked."""
    try:
        yield
    except BROKEN as error:
        raise OverBudgetError(
            f"the file cannot be unpacked ({error}): save it again without a password"
        ) from error
