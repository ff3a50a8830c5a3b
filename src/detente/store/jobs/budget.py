"""What one job may take, and the measuring of files before they are opened."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from detente._shapes import NamedTuple

PIECE = 2**16
"""Bytes that are unpacked at once while an archive is measured."""

ZIP_BEGINS = b"PK"
"""How a file begins that is an archive: a workbook is one."""

MIB = 2**20


class OverBudgetError(ValueError):
    """A file that takes more than a job may; the message says what, and what to do."""


class Budget(NamedTuple):
    """What jobs may take. Each limit is a number that stands in the guide.

    Attributes:
        bytes: of the file that is sent.
        rows: of its table.
        cells: rows times columns of its table.
        expanded: bytes of an archive once it is unpacked; a workbook is one.
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
        with path.open("rb") as file:
            archive = file.read(2) == ZIP_BEGINS
        if archive:
            self._check_archive(path)

    def _check_archive(self, path: Path) -> None:
        unpacked = 0
        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.infolist()
                if len(names) > self.members:
                    raise OverBudgetError(
                        f"the file is an archive of {len(names):,} files, and a job opens "
                        f"{self.members:,}: save the table alone"
                    )
                for each in names:
                    with archive.open(each) as member:
                        while piece := member.read(PIECE):
                            unpacked += len(piece)
                            if unpacked > self.expanded:
                                raise OverBudgetError(
                                    f"the file unpacks to more than {self.expanded:,} bytes, "
                                    "which is what a job takes: save the table alone, or as CSV"
                                )
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            raise OverBudgetError(
                f"the file cannot be unpacked ({error}): save it again without a password"
            ) from error
