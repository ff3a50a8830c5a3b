"""What was announced is told with who said it, on which day and in which words."""

from __future__ import annotations

from detente.core.clock import day_number
from detente.register.events import Occurrence
from detente.register.model import Event
from detente.register.views.announced import stated

EVENT = Event(0, None, None, "", "", "", (), "", (), announced_only=True, speaker="A Minister")


def act(day: str, speaker: str, title: str) -> Occurrence:
    event = EVENT._replace(announced=day_number(day), speaker=speaker, title=title)
    empty = Occurrence(*(None,) * len(Occurrence._fields))  # type: ignore[arg-type]
    return empty._replace(announced=day_number(day), event=event)


def test_who_said_what_is_told_in_the_order_of_days_and_once() -> None:
    later = act("2026-09-28", "A Ministry", "")
    first = act("2026-09-24", "A Secretary", "Extended to 10 January 2027")
    assert stated([later, first, first]) == (
        'A Secretary on 24 September 2026 ("Extended to 10 January 2027"); '
        "A Ministry on 28 September 2026"
    )
    assert stated([later._replace(event=None)]) == ""
