"""The scoreboard, for a person to read and as a file."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.show_register import wrap
from detente.core.tables.printing import lined_up

if TYPE_CHECKING:
    from typing import Any

    from detente.questions.asking import Asking

COLUMNS = (
    "id", "study", "day", "figure", "definition", "window", "published", "ours", "unit", "gap",
    "why", "commands", "source", "grade",
)  # fmt: skip


def show(answer: dict[str, Any]) -> str:
    """A row an estimate, then the cause of each gap and the command of ours."""
    rows = [["id", "published", "ours", "gap", "unit"]]
    told = []
    for row in answer["rows"]:
        rows.append(
            [row["id"], row["published"], row["ours"] or "-", row["gap"] or "-", row["unit"]]
        )
        lines = [
            wrap(
                f"{row['study']}: {row['figure']} ({row['window']}); {row['source']}",
                "  ",
                f"{row['id']}: ",
            )
        ]
        lines.append(wrap(row["why"], "  ", "  "))
        lines += [f"  {command}" for command in row["commands"]]
        told.append("\n".join(lines))
    head = f"{answer['beside']} published estimates beside ours"
    notes = "\n".join(wrap(note, "", "- ") for note in answer["notes"])
    return "\n\n".join([head, lined_up(rows), *told, notes])


def check(ask: Asking) -> None:
    """Refuse a file that cannot be written before anything is asked.

    Raises:
        ValueError: its name ends in nothing that is known.
    """
    if ask.text("output"):
        from detente.core.tables.writing import kind_of

        kind_of(Path(ask.text("output")))


def write(ask: Asking, answer: dict[str, Any]) -> None:
    """Write the rows where that was asked for."""
    if not ask.text("output"):
        return
    from detente.cli.output_file import write_table

    cells = ([_cell(row[name]) for name in COLUMNS] for row in answer["rows"])
    write_table(ask, answer, COLUMNS, cells)


def _cell(value: Any) -> str | None:
    return "; ".join(value) if isinstance(value, list) else value
