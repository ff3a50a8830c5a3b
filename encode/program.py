"""What the encode programs have in common: where they read and write, and what they say of it."""

from __future__ import annotations

import argparse
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path


def folders(about: str | None, target: Path) -> tuple[Path, Path]:
    """The folder of publications and the one to write to, as the command line names them.

    Args:
        about: the program's docstring; its first line is what ``--help`` says.
        target: where it writes if nothing else is named.
    """
    parser = argparse.ArgumentParser(description=about.partition("\n")[0] if about else None)
    parser.add_argument(
        "reference", nargs="?", type=Path, default=os.environ.get("DETENTE_REFERENCE")
    )
    parser.add_argument("--to", type=Path, default=target)
    options = parser.parse_args()
    if options.reference is None:
        parser.error("name the folder of publications, or set DETENTE_REFERENCE")
    return Path(options.reference), options.to


def write_tables(
    encode: Callable[[Path, Path], dict[str, int]], about: str | None, target: Path
) -> int:
    """Write the tables of a program and print how many rows each has; returns the exit code."""
    reference, to = folders(about, target)
    for name, count in encode(reference, to).items():
        print(f"{to / name}: {count:,} rows")
    return 0


def lines_of_read(reference: Path, read: Iterable[Path]) -> list[str]:
    """The publications that were read, with their checksums, as lines of YAML under ``read:``."""
    lines = []
    for path in read:
        digest = hashlib.sha256((reference / path).read_bytes()).hexdigest()
        lines += [f"  - file: {path.as_posix()}", f"    sha256: {digest}"]
    return lines
