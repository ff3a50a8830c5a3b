"""What else may touch goods that come in, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.figures import long_day

if TYPE_CHECKING:
    from detente.answers.shared import ImportMeasure


def touching(rows: list[ImportMeasure]) -> str:
    """Provisions that may touch goods of a code or an item, with what settles it; "" for none."""
    if not rows:
        return ""
    what = "goods of this code" if rows[0]["code"] else "it"
    lines = [f"May touch {what}, beside the above:"]
    for each in rows:
        lines.append(wrapped(f"{each['title']} [{each['citation']}]", "  ", f"{each['by']} "))
        if each["note"]:
            of = "of this code: " if each["code"] else ""
            lines.append(wrapped(f"{of}{each['note']}", "     "))
        if each["asks"]:
            lines.append(wrapped(f"settled by: {' '.join(each['asks'])}", "     "))
        if each["state"] != "in_force" and each["from"]:
            lines.append(f"     from {long_day(each['from'][:10])} on")
    return "\n".join(lines)
