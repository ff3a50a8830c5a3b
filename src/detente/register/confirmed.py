"""Whether a change that the law itself scheduled was confirmed by anything that was read.

An order often ends on a day that its own text gives. Where that day lies after the one through
which the area was read, nobody looked whether it was renewed or changed before: the change is
scheduled, and not confirmed. The state stays the word of the law as read; it is told with this.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.clock import MINUTES, day_text, last_minute_of, long_day
from detente.register.model import SCENARIO as SUPPOSED
from detente.register.periods import enacted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.answers.measures import OneMeasure
    from detente.answers.shared import Confirmed
    from detente.register.book import Register
    from detente.register.model import Measure, Provision


def read_through(
    register: Register,
    measure: Measure,
    start: int | None,
    provisions: Iterable[Provision] | None = None,
) -> str | None:
    """The last day through which the law behind something was read; None where no area holds it.

    The day of its area, or a later one on which an act that begins or ends it was announced: the
    register holds that act because it was read, however far the rest of the area was.

    Args:
        register: the register.
        measure: the record.
        start: the minute at which it begins, on the wall clock of the side that acts; None for
            what has no beginning.
        provisions: those that show it; None for all of the record.
    """
    held = register.areas.get(measure.area)
    if held is None:
        return None
    day = held.reviewed_through
    if start is None or start <= last_minute_of(day):
        return day
    told = max(_told(measure, start, provisions), default=0)
    return max(day, day_text(told)) if told else day


def _told(measure: Measure, start: int, provisions: Iterable[Provision] | None) -> Iterator[int]:
    """The days of announcement of what law begins or ends on the day of a minute."""
    day = start // MINUTES

    def turns(edges: Iterable[int | None]) -> bool:
        return any(edge is not None and edge // MINUTES == day for edge in edges)

    for provision in measure.provisions if provisions is None else provisions:
        for period in enacted(provision):
            if turns((period.start, period.until)) and period.sources != (SUPPOSED,):
                yield period.announced
    for event in measure.events:
        law = not event.announced_only and event.sources != (SUPPOSED,)
        if law and turns((event.start, event.until)):
            yield event.announced


def confirmed_row(
    register: Register,
    measure: Measure,
    start: int | None,
    provisions: Iterable[Provision] | None = None,
) -> Confirmed:
    """The two keys of the interface; arguments as for `read_through`."""
    through = read_through(register, measure, start, provisions)
    return {
        "confirmed": through is None or start is None or start <= last_minute_of(through),
        "confirmed_through": through,
    }


def read_words(answer: OneMeasure) -> str:
    """How far a record was read: its area's day, and the day of a later act of its own."""
    through = answer["register"]["reviewed_through"]
    if through is None:
        return ""
    acts = [row["announced"] for row in answer["events"] if not row["announced_only"]]
    last = max(acts, default=through)
    own = f", and acts of this record to {long_day(last)}" if last > through else ""
    return f"{long_day(through)}{own}"


def unconfirmed_words(through: str | None) -> str:
    """How a scheduled change is told: 'scheduled, not confirmed since 7 August 2026'."""
    assert through is not None  # an area that is not held confirms everything
    return f"scheduled, not confirmed since {long_day(through)}"
