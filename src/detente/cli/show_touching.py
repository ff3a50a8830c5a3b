"""What else may touch goods that come in, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.figures import long_day

if TYPE_CHECKING:
    from detente.answers.shared import ImportMeasure


def touching(rows: list[ImportMeasure]) -> str:
    """Provisions that may touch goods of the code, each with what settles it; "" for none."""
    if not rows:
        return ""
    lines = ["May touch goods of this code, beside the above:"]
    for each in rows:
        lines.append(wrapped(f"{each['title']} [{each['citation']}]", "  ", f"{each['by']} "))
        if each["note"]:
            lines.append(wrapped(f"of this code: {each['note']}", "     "))
        if each["asks"]:
            lines.append(wrapped(f"settled by: {' '.join(each['asks'])}", "     "))
        if each["state"] != "in_force" and each["from"]:
            lines.append(f"     from {long_day(each['from'][:10])} on")
    return "\n".join(lines)
