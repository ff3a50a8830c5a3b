"""The first lines about an agreement: what the law as read says, and what was announced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.clock import long_day
from detente.core.figures import counted
from detente.register.confirmed import unconfirmed_words
from detente.register.events import announced_acts
from detente.register.model import LAW
from detente.register.views.announced import stated

if TYPE_CHECKING:
    from detente.answers.truce import Part
    from detente.register.book import Register


def summary(register: Register, rows: Sequence[Part]) -> Iterator[str]:
    """The first lines of the answer: what the law as read says, and what was announced."""
    dated = [row for row in rows if row["returns_on"]]
    back = [row for row in dated if row["returned"]]
    if back:
        doubt = [row for row in back if not row["confirmed"]]
        words = f"{len(back)} of the {len(dated)} instruments with a term have run out by their own"
        text = f"{_follows(register)} {words} dates"
        if doubt:
            text += f"; {_unconfirmed(doubt)}"
        yield f"{text}."
    elif dated:
        ends = long_day(min(row["returns_on"] or "" for row in dated)[:10])
        has = "has" if len(dated) == 1 else "have"
        text = f"{counted(len(dated), 'instrument')} {has} a term; the first ends on {ends}"
        yield f"{_follows(register)} {text}."
    moved = [row for row in rows if row["announced"] is not None]
    if not moved:
        return
    acts = [
        act
        for row in moved
        for act, _ in announced_acts(register.measure(row["measure"]), register.zones[row["by"]])
    ]
    until = min(each["suspended_until"] or "" for row in moved if (each := row["announced"]))
    yield (
        f"By what was announced, {len(moved)} of them go on to {long_day(until[:10])}: "
        f"{stated(acts)}. No instrument of it was read."
    )
    unnamed = [
        row
        for row in moved
        if not all(
            event.named for event in register.measure(row["measure"]).events if event.announced_only
        )
    ]
    if unnamed:
        names = "; ".join(row["what"] for row in unnamed)
        yield f"The statements name the arrangement as a whole, and not surely these: {names}."
    left = [row for row in dated if row["announced"] is None]
    if left:
        yield f"In no statement, and not extended here: {'; '.join(row['what'] for row in left)}."


def _follows(register: Register) -> str:
    return "By the law as read," if register.reading == LAW else "By what was announced,"


def _unconfirmed(rows: Sequence[Part]) -> str:
    """That changes were scheduled and not confirmed, and since when: the law is read by areas."""
    days = sorted({row["confirmed_through"] or "" for row in rows})
    words = unconfirmed_words(days[0])
    return words if len(days) == 1 else f"{words} to {long_day(days[-1])}, by the area of law"
