"""Rows of averages as a table: one row a point, one column a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.average import AveragePoint, AverageQuestionRow, OneAverage

PLAIN = (
    "on", "through", "origin", "hs2", "family", "average", "average_low", "average_high",
    "claimed", "collected", "collected_of", "tracker", "gap", "refundable", "covered_share",
)  # fmt: skip
COLLECTED = {"collected", "collected_of", "gap"}


def series_table(answer: OneAverage) -> tuple[tuple[str, ...], Iterator[list[str | None]]]:
    """The series as columns and rows; ``duty_…`` are families, ``step_…`` steps of claims.

    A column stands where some row has it, or where it was asked for and nothing is in hand.
    """
    rows = [_flat(row) for row in answer["series"]]
    wanted = _named(answer["question"])
    known = [name for name in PLAIN if name in wanted or any(row[name] is not None for row in rows)]
    more = sorted({name for row in rows for name in row} - set(PLAIN))
    columns = (*known, *more)
    return columns, ([row.get(column) for column in columns] for row in rows)


def _named(question: AverageQuestionRow) -> set[str]:
    """Columns that stand even where no row has them."""
    found = {"on", "average", "covered_share"}
    if question["layer"] not in (None, "statutory"):
        found.add("claimed")
    if question["by"] == "family":
        return found
    found.add("refundable")
    return found | (COLLECTED if question["layer"] in ("collected", "all") else set())


def _flat(row: AveragePoint) -> dict[str, str | None]:
    plain: Mapping[str, Any] = row
    found: dict[str, str | None] = {name: plain[name] for name in PLAIN}
    for shares, prefix in ((row["by_family"], "duty"), (row["claimed_by_family"], "claimed")):
        for name, share in (shares or {}).items():
            found[f"{prefix}_{name}"] = share
    for step in row["steps"] or ():
        found[f"step_{step['step']}"] = step["change"]
    return found
