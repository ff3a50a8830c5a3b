"""What an answer rests on that was not read whole, in a few lines for a person."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

SHOWN = 6
"""Rows that are shown before the rest is counted."""

STATES = {
    "partly": "read in part",
    "unread": "not read",
    "beyond": "the days asked lie after it",
}


def rests_on(answer: Mapping[str, Any]) -> str:
    """The status and the rows of coverage that leave it open; "" where everything was read."""
    open_ = [row for row in answer["coverage"] if row["state"] != "read"]
    if not open_:
        return ""
    lines = [
        "Not known:" if answer["status"] == "unknown" else "This rests on what was read in part:"
    ]
    lines += [
        wrapped(f"{row['what']}, {STATES[row['state']]}: {row['scope']}", "    ", "  ")
        for row in open_[:SHOWN]
    ]
    if len(open_) > SHOWN:
        lines.append(f"  and {len(open_) - SHOWN} more (--json shows all)")
    return "\n".join(lines)
