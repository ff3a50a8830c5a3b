"""Rows of averages as a table: one row a point, one column a figure."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

PLAIN = (
    "on", "through", "origin", "hs2", "family", "average", "average_low", "average_high",
    "claimed", "collected", "collected_of", "tracker", "gap", "refundable", "covered_share",
)  # fmt: skip


def series_table(answer: dict[str, Any]) -> tuple[tuple[str, ...], Iterator[list[str | None]]]:
    """The series as columns and rows; ``duty_…`` are families, ``step_…`` steps of claims."""
    rows = [_flat(row) for row in answer["series"]]
    known = [name for name in PLAIN if any(name in row for row in rows)]
    more = sorted({name for row in rows for name in row} - set(known))
    columns = (*known, *more)
    return columns, ([row.get(column) for column in columns] for row in rows)


def _flat(row: dict[str, Any]) -> dict[str, str | None]:
    found = {name: row[name] for name in PLAIN if name in row}
    for key, prefix in (("by_family", "duty"), ("claimed_by_family", "claimed")):
        for name, share in (row.get(key) or {}).items():
            found[f"{prefix}_{name}"] = share
    for step in row.get("steps") or ():
        found[f"step_{step['step']}"] = step["change"]
    return found
