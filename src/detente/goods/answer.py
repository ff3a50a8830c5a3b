"""One line of the tariff schedule under the keys of the interface."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from detente.answers.goods import GoodsLine
    from detente.goods.schedule import Schedule

HOME = "US"
"""The country whose schedule is held whole."""


def goods_line(schedule: Schedule, code: str, day: date) -> GoodsLine:
    """Words, rates and footnotes of a line on a day, what it was before and became.

    Raises:
        CodeError: the code is not a line of that day; the message says which there are.
    """
    line = schedule.line(code, day)
    digits = line.code.digits
    return {
        "code": digits,
        "country": HOME,
        "on": day.isoformat(),
        "edition": line.edition,
        "description": line.description,
        "path": list(line.path),
        "units": list(line.units),
        "general": line.general,
        "special": line.special,
        "other": line.other,
        "headings": list(line.headings),
        "predecessors": [move.from_code for move in schedule.predecessors(digits)],
        "successors": [move.to_code for move in schedule.successors(digits)],
        "state": None,
        "by_line": [],
        "taxes": [],
        "coverage": None,
        "notes": list(line.notes),
    }
