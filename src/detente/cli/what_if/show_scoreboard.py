"""The scoreboard, for a person to read and as a file."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.tables.printing import lined_up

if TYPE_CHECKING:
    from typing import Final

    from detente.answers.models import EstimateBeside, MeasuredCause, Scoreboard
    from detente.questions.request import QuestionRequest

COLUMNS: Final = (
    "id", "study", "day", "figure", "definition", "window", "published", "ours", "unit", "gap",
    "why", "cause", "measured", "commands", "source", "grade",
)  # fmt: skip


def show(answer: Scoreboard) -> str:
    """A row an estimate, then the cause of each gap and the command of ours."""
    rows = [["id", "published", "ours", "gap", "unit"]]
    described = []
    for row in answer["rows"]:
        rows.append(
            [row["id"], row["published"], row["ours"] or "-", row["gap"] or "-", row["unit"]]
        )
        lines = [
            wrapped(
                f"{row['study']}: {row['figure']} ({row['window']}); {row['source']}",
                "  ",
                f"{row['id']}: ",
            )
        ]
        reasoned = " (Reasoning; no part of it is measured.)" * (row["cause"] == "reasoning")
        lines.append(wrapped(row["why"] + reasoned, "  ", "  "))
        lines += [wrapped(_measured(each, row), "    ", "  measured: ") for each in row["measured"]]
        lines += [f"  {command}" for command in row["commands"]]
        described.append("\n".join(lines))
    head = f"{answer['beside']} published estimates beside ours"
    notes = "\n".join(wrapped(note, "", "- ") for note in answer["notes"])
    return "\n\n".join([head, lined_up(rows), *described, notes])


def _measured(each: MeasuredCause, row: EstimateBeside) -> str:
    """What ours would be if asked otherwise, and the gap that is left."""
    return f"{each['what']}: {each['ours']} in place of {row['ours']}, gap {each['gap']}"


def write(ask: QuestionRequest, answer: Scoreboard) -> None:
    """Write the rows where that was asked for."""
    if not ask.text("output"):
        return
    from detente.cli.output_file import write_table

    cells = ([_cell(row[name]) for name in COLUMNS] for row in answer["rows"])
    write_table(ask, answer, COLUMNS, cells)


def _cell(value: str | list[str] | list[MeasuredCause] | None) -> str | None:
    if not isinstance(value, list):
        return value
    return "; ".join(each if isinstance(each, str) else _stated(each) for each in value)


def _stated(each: MeasuredCause) -> str:
    return f"{each['what']}: {each['ours']}, gap {each['gap']}"
