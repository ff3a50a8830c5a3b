"""An act, its title, days and citations under the keys of the interface."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_text, minute_text
from detente.register.book import Register
from detente.register.confirmed import confirmed_row
from detente.register.events import Occurrence
from detente.register.model import Event, Measure, Provision
from detente.register.views.chinese_titles import is_own_rendering

if TYPE_CHECKING:
    from detente.answers.events import Act as ActRow


def act_row(register: Register, act: Occurrence) -> ActRow:
    """An act under the keys of the interface."""
    zone = register.zones[act.measure.by]
    event = act.event
    # In the timeline a statement is but announced; ahead, it is told as its own reading has it.
    before = act.before
    described = act.announced_only and before is None
    title_zh = _title_zh(act)
    return {
        "id": act.id,
        "announced": day_text(act.announced),
        "effective": instant_text(act.start, zone),
        "until": instant_text(act.until, zone),
        "by": act.measure.by,
        "kind": act.measure.kind,
        "measure": act.measure.id,
        "limb": None if act.provision is None else act.provision.id,
        "title": title_of(act.measure, act.provision, event),
        "title_zh": title_zh,
        "title_zh_own": is_own_rendering(register, title_zh),
        "state": "announced" if described else act.state,
        "announced_only": act.announced_only,
        "announced_state": act.state if act.announced_only else None,
        "speaker": event.speaker if event is not None and event.speaker else None,
        **confirmed_row(register, act.measure, act.start, act.provision and (act.provision,)),
        "value": act.value,
        "heading": act.heading,
        "suspends": act.suspends,
        "boundary": act.boundary,
        "note": event.note if event is not None else "",
        "answers": list(_answers(act)),
        "sources": citations(register, act.sources),
        "sources_zh": [
            citation
            for key in dict.fromkeys(act.sources)
            if (citation := register.sources[key].citation_zh)
        ],
        "grade": (event.grade if event is not None else "") or act.measure.verified[1],
        "before": before and {"state": before[0], "value": before[1]},
    }


def _title_zh(act: Occurrence) -> str:
    """The Chinese title of what the English one names; empty where only the English is held."""
    if act.event is not None and (act.event.title or act.event.title_zh):
        return act.event.title_zh
    return act.measure.title_zh


def _answers(act: Occurrence) -> tuple[str, ...]:
    """What an act answers: its own event says so, or, for the first, the record."""
    if act.event is None or act.event.answers:
        return () if act.event is None else act.event.answers
    return act.measure.answers if act.event is act.measure.events[0] else ()


def title_of(measure: Measure, provision: Provision | None, event: Event | None) -> str:
    """The title of an event, or that of the provision or measure that it moves."""
    if event is not None and event.title:
        return event.title
    return (
        f"{measure.title}: {provision.title}"
        if provision is not None and provision.title
        else measure.title
    )


def citations(register: Register, keys: Iterable[str]) -> list[str]:
    """Citations of sources, each once, in order."""
    return [register.citation(key) for key in dict.fromkeys(keys)]


def instant_text(minute: int | None, zone: str) -> str | None:
    """A minute as a day, or as an instant of its zone; None for no bound."""
    return None if minute is None else minute_text(minute, zone)
