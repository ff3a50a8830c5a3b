"""Until when something may be asked of an entry: correction, liquidation, protest.

    last day = day of entry (or of liquidation) + the length that the register has

A protest runs from liquidation: from the day that the table gives, else from the usual one.
"""

from __future__ import annotations

from datetime import date, timedelta

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.answers.audit import DeadlineRow
    from detente.register.book import Register
    from detente.register.model import Deadline

LIQUIDATION, USUAL = "liquidation", "usual-liquidation"


def deadlines(register: Register, entered: str, liquidated: str = "") -> list[DeadlineRow]:
    """The days, in their order; what a liquidation that is past has settled is left out.

    Args:
        register: which has the lengths.
        entered: ISO day of entry.
        liquidated: ISO day of liquidation, where it is known.
    """
    start = date.fromisoformat(entered)
    found: dict[str, tuple[date, str]] = {}
    for each in register.deadlines:
        if each.runs_from != LIQUIDATION and not (liquidated and LIQUIDATION in each.id):
            found[each.id] = (_after(start, each), f"from entry on {entered}")
    usual = found.get(USUAL, (start, ""))[0]
    known = date.fromisoformat(liquidated) if liquidated else usual
    supposed = "" if liquidated else ", if it is liquidated then"
    for each in register.deadlines:
        if each.runs_from == LIQUIDATION:
            words = f"from liquidation on {known.isoformat()}{supposed}"
            found[each.id] = (_after(known, each), words)
    # Found in two passes, told in the order of the register.
    return [
        {
            "id": each.id,
            "on": found[each.id][0].isoformat(),
            "title": each.title,
            "runs": found[each.id][1],
            "source": register.citation(each.source),
            "grade": each.grade,
        }
        for each in register.deadlines
        if each.id in found
    ]


def _after(start: date, deadline: Deadline) -> date:
    if deadline.days:
        return start + timedelta(days=deadline.days)
    try:
        return start.replace(year=start.year + deadline.years)
    except ValueError:  # the last day of a February that the other year does not have
        return date(start.year + deadline.years, 3, 1)
