"""Our own tables under `data/`: tabs between cells, a first line of names, no text quoted."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def read_tsv(path: Path, columns: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """The rows of a table, each by the names in its first line.

    Args:
        path: the table.
        columns: its columns in order, where they are fixed; any where none are named.

    Raises:
        ValueError: the columns are others, or a row has another number of cells than the first
            line; the message says in which file and line.
    """
    for number, cells in numbered_rows(path):
        if number == 1:
            header = cells
            if columns and header != list(columns):
                raise ValueError(f"{path}:1: the columns are {', '.join(columns)}, in this order")
        else:
            yield dict(zip(header, cells, strict=True))


def numbered_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table as cells with their numbers, the first line of names among them.

    Raises:
        ValueError: a row has another number of cells than the first line.
    """
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            cells = line.rstrip("\n").split("\t")
            if number == 1:
                width = len(cells)
            elif len(cells) != width:
                raise ValueError(
                    f"{path}:{number}: {counted(len(cells), 'cell')}, "
                    f"but the header names {width}; make the table again with its encode program"
                )
            yield number, cells
