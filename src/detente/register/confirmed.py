"""Whether a change that the law itself scheduled was confirmed by anything that was read.

An order often ends on a day that its own text gives. Where that day lies after the one through
which the area was read, nobody looked whether it was renewed or changed before: the change is
scheduled, and not confirmed. The state stays the word of the law as read; it is told with this.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.clock import last_minute_of, long_day

if TYPE_CHECKING:
    from detente.answers.shared import Confirmed
    from detente.register.book import Register


def is_confirmed(register: Register, area: str, start: int | None) -> bool:
    """Whether something that begins at a minute had begun by the day through which it was read.

    Args:
        register: the register.
        area: the area of law, such as ``us/tariff``.
        start: the minute, on the wall clock of the side that acts; None for what has no beginning.
    """
    held = register.areas.get(area)
    return start is None or held is None or start <= last_minute_of(held.reviewed_through)


def confirmed_row(register: Register, area: str, start: int | None) -> Confirmed:
    """The two keys of the interface."""
    held = register.areas.get(area)
    return {
        "confirmed": is_confirmed(register, area, start),
        "confirmed_through": None if held is None else held.reviewed_through,
    }


def unconfirmed_words(through: str | None) -> str:
    """How a scheduled change is told: 'scheduled, not confirmed since 7 August 2026'."""
    assert through is not None  # an area that is not held confirms everything
    return f"scheduled, not confirmed since {long_day(through)}"
