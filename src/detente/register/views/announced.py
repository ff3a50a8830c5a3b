"""What was only announced, told beside the law: who said it, when, and that no instrument was read.

An answer follows one reading. Where the other one differs for what was asked, the answer bears an
``announced`` block with the other outcome, the ids of the events that it is because of, and one
sentence for the first lines of a text or a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_text, long_day
from detente.register.events import Occurrence, announced_acts, bare_acts
from detente.register.model import ANNOUNCED, LAW
from detente.register.periods import period_at
from detente.register.reading import by_reading

if TYPE_CHECKING:
    from detente.answers.shared import Heard
    from detente.register.book import Register
    from detente.register.model import Measure

NO_INSTRUMENT = "no instrument of it was read"


def showing(
    register: Register,
    measure: Measure,
    minute: int,
    known_on: int | None,
    provisions: Iterable[str] | None = None,
) -> list[Occurrence]:
    """What was only announced of a record and would show at a minute, if it held.

    Args:
        register: the register that holds the record.
        measure: the record, with its events, in either reading.
        minute: on the wall clock of the side that acts.
        known_on: what was announced later is left out; None for all that is known.
        provisions: ids of the provisions asked about; None for all.
    """
    zone = register.zones[measure.by]
    heard = by_reading(measure, ANNOUNCED)
    wanted = None if provisions is None else set(provisions)
    shown = {
        (provision.id, period_at(provision.periods, minute, known_on))
        for provision in heard.provisions
        if provision.announced and (wanted is None or provision.id in wanted)
    }
    found = [
        act
        for act, period in announced_acts(heard, zone)
        if act.provision is not None and (act.provision.id, period) in shown
    ]
    if not measure.provisions:
        found.extend(
            act
            for act in bare_acts(heard, zone)
            if act.announced_only
            and (known_on is None or act.announced <= known_on)
            and act.start is not None
            and act.start <= minute
            and (act.until is None or minute < act.until)
        )
    return found


def heard(acts: Sequence[Occurrence], by_law: str, if_announced: str, reading: str) -> Heard:
    """What the ``announced`` block of an answer says, beside what that reading answers.

    Args:
        acts: what it is because of.
        by_law: what the law answers, in a few words.
        if_announced: what the reading ``announced`` answers, in a few words.
        reading: the one that the answer follows.
    """
    return {
        "because": list(dict.fromkeys(act.id for act in acts)),
        "text": sentence(acts, by_law, if_announced, reading),
    }


def sentence(acts: Sequence[Occurrence], by_law: str, if_announced: str, reading: str) -> str:
    """Both readings in a sentence, who said the one that is not a law yet, and when."""
    return in_both(by_law, if_announced, reading, said_of(acts))


def in_both(by_law: str, if_announced: str, reading: str, said: str) -> str:
    """Both readings in a sentence, the one that is followed first; for ``said`` see `said_of`."""
    if reading == LAW:
        head = f"By the law as read {by_law}; by what was announced {if_announced}"
    else:
        head = f"By what was announced {if_announced}; by the law as read {by_law}"
    return f"{head}: {said}."


def said_of(acts: Sequence[Occurrence]) -> str:
    """Who said what and when, that no instrument was read, and what the statement names."""
    return f"{stated(acts)}, and {NO_INSTRUMENT}{_unnamed(acts)}"


def stated(acts: Iterable[Occurrence]) -> str:
    """Who said what on which day: 'the Treasury secretary on 24 September 2026 ("...")'."""
    parts: dict[str, None] = {}
    for act in sorted(acts, key=lambda each: each.announced):
        event = act.event
        if event is not None:
            words = f' ("{event.title}")' if event.title else ""
            day = long_day(day_text(act.announced))
            parts[f"{event.speaker} on {day}{words}"] = None
    return "; ".join(parts)


def _unnamed(acts: Sequence[Occurrence]) -> str:
    """That the statement names something wider; "" where it names the measure."""
    named = [act.event.named for act in acts if act.event is not None]
    if all(named):
        return ""
    return (
        "; the statement names the arrangement as a whole, not this instrument"
        if not any(named)
        else "; not every instrument is named in the statements"
    )
