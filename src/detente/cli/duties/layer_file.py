"""Rows of averages as a table: one row a point, one column a figure."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

PLAIN = (
    "on", "through", "origin", "hs2", "family", "average", "average_low", "average_high",
    "claimed", "collected", "collected_of", "tracker", "gap", "refundable", "covered_share",
)  # fmt: skip


def write_rows(answer: dict[str, Any], target: Path) -> None:
    """Write the series; families are columns ``duty_…``, steps of claims columns ``step_…``.

    Raises:
        ValueError: the name of the file ends in nothing that is known.
    """
    from detente.core.tables.writing import table_file
    from detente.store.whole import write_whole

    rows = [_flat(row) for row in answer["series"]]
    known = [name for name in PLAIN if any(name in row for row in rows)]
    more = sorted({name for row in rows for name in row} - set(known))
    columns = (*known, *more)
    cells = ([row.get(column) for column in columns] for row in rows)
    write_whole(target, table_file(target, columns, cells))


def _flat(row: dict[str, Any]) -> dict[str, str | None]:
    found = {name: row[name] for name in PLAIN if name in row}
    for key, prefix in (("by_family", "duty"), ("claimed_by_family", "claimed")):
        for name, share in (row.get(key) or {}).items():
            found[f"{prefix}_{name}"] = share
    for step in row.get("steps") or ():
        found[f"step_{step['step']}"] = step["change"]
    return found
