"""Tables for the eye: columns in line for a terminal, and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence


def lined_up(rows: Sequence[Sequence[str]]) -> str:
    """Rows in columns, the first row being their head: the first to the left, others to the right.

    Args:
        rows: of equal length.
    """
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def markdown(
    head: Sequence[str],
    rows: Iterable[Sequence[object]],
    right: Iterable[int] = (),
    written: Callable[[str], str] | None = None,
) -> str:
    """A table in Markdown.

    Args:
        head: names of the columns.
        rows: cells; None is an empty one.
        right: columns whose cells stand to the right, by place.
        written: how a cell's text is escaped; signs that Markdown reads in a table by default.
    """
    written = written or _escaped
    to_right = set(right)
    marks = ("---:" if at in to_right else "---" for at in range(len(head)))
    lines = [f"| {' | '.join(map(written, head))} |", f"| {' | '.join(marks)} |"]
    for row in rows:
        cells = (written("" if cell is None else str(cell)) for cell in row)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
