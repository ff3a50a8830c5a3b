"""Where the other reading of a register differs: for a record, a provision, and the days ahead.

Each function gives the ``announced`` block of the interface, or None where both readings agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING
from detente.register.events import Occurrence, Query, coming_of, records
from detente.register.model import ANNOUNCED, LAW
from detente.register.reading import by_reading, counterpart
from detente.register.runs import run_at, run_words
from detente.register.views.act_rows import act_row, instant_text
from detente.register.views.announced import NO_INSTRUMENT, heard, showing, stated
from detente.register.views.standing import RecordStanding, standing, together

NAMED = 4
"""At most this many records are named in a sentence."""

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.events import Act as ActRow
    from detente.answers.events import Ahead, HeardAhead, HeardProvision
    from detente.answers.measures import HeardMeasure
    from detente.answers.shared import Heard
    from detente.register.book import Register
    from detente.register.model import Measure, Provision


def of_measure(
    register: Register, measure: Measure, minute: int, known_on: int | None
) -> HeardMeasure | None:
    """The standing of a record by the reading ``announced``, where it differs at a minute."""
    if measure.id not in register.announced_only:
        return None
    acts = showing(register, measure, minute, known_on)
    law, announced = (
        standing(by_reading(measure, reading), minute, known_on) for reading in (LAW, ANNOUNCED)
    )
    if not acts or _equal(law, announced):
        return None
    words = [_words(law), _words(announced)]
    # The record as a whole reads the same: a provision of it tells the difference.
    if words[0] == words[1]:
        words = _words_of_provision(measure, law, announced)
    return {
        "state": announced.state,
        "until": instant_text(announced.until, register.zones[measure.by]),
        "rate": together(announced.duties),
        **heard(acts, words[0], words[1], register.reading),
    }


def _words_of_provision(measure: Measure, law: RecordStanding, heard: RecordStanding) -> list[str]:
    """Both readings of the first provision that differs, where the record as a whole does not."""
    for provision, one, other in zip(
        measure.provisions, law.provisions, heard.provisions, strict=True
    ):
        if one[2:5] != other[2:5]:
            name = provision.title or provision.id
            return [f"{run_words(each) or 'nothing'} ({name})" for each in (one, other)]
    return [_words(law), _words(heard)]


def _equal(law: RecordStanding, heard: RecordStanding) -> bool:
    provisions = zip(law.provisions, heard.provisions, strict=True)
    return law.state == heard.state and all(one[2:5] == other[2:5] for one, other in provisions)


def _words(here: RecordStanding) -> str:
    rate = together(here.duties)
    state = here.state.replace("_", " ")
    return f"{rate}, {state}" if rate else state


def of_provision(
    register: Register, measure: Measure, provision: Provision, minute: int, known_on: int | None
) -> HeardProvision | None:
    """What a provision shows by the reading ``announced``, where it differs at a minute."""
    if not provision.announced:
        return None
    law, announced = (
        run_at(by_reading(measure, reading).provision(provision.id), minute, known_on)
        for reading in (LAW, ANNOUNCED)
    )
    acts = showing(register, measure, minute, known_on, (provision.id,))
    if not acts or law[2:5] == announced[2:5]:
        return None
    words = [run_words(each) or "nothing" for each in (law, announced)]
    return {
        "state": announced.state,
        "value": announced.value,
        **heard(acts, words[0], words[1], register.reading),
    }


def of_rows(register: Register, rows: Iterable[Mapping[str, Any]]) -> Heard | None:
    """The blocks of several rows as one, for the first lines of their answer."""
    blocks = [(row.get("id") or row["measure"], row["announced"]) for row in rows]
    differ = {name: each for name, each in blocks if each is not None}
    if not differ:
        return None
    because = dict.fromkeys(name for _, each in blocks if each for name in each["because"])
    return {"because": list(because), "text": together_text(register, list(differ))}


def of_area(register: Register, area: str, minute: int) -> Heard | None:
    """That what was announced touches an area of law at a minute, whatever the goods."""
    names = [
        name
        for name in register.announced_only
        if register.measure(name).area == area
        and showing(register, register.measure(name), minute, None)
    ]
    if not names:
        return None
    acts = [
        act for name in names for act in showing(register, register.measure(name), minute, None)
    ]
    because = list(dict.fromkeys(act.id for act in acts))
    return {"because": because, "text": together_text(register, names)}


def together_text(register: Register, names: Sequence[str]) -> str:
    """One sentence on several records for which the readings differ."""
    acts = [act for name in names for act in _statements(register, name)]
    follows = "the law as read" if register.reading == LAW else "what was announced"
    other = "what was announced" if register.reading == LAW else "the law as read"
    count = "1 record" if len(names) == 1 else f"{len(names)} records"
    titles = [register.measure(name).title for name in names[:NAMED]]
    shown = "; ".join([*titles, *(["…"] if len(names) > NAMED else [])])
    return (
        f"This follows {follows}; {other} differs for {count} ({shown}). Announced by "
        f"{stated(acts)}; {NO_INSTRUMENT}."
    )


def _statements(register: Register, name: str) -> list[Occurrence]:
    from detente.register.events import announced_acts, bare_acts

    measure = register.measure(name)
    zone = register.zones[measure.by]
    bare = [act for act in bare_acts(measure, zone) if act.announced_only]
    return [*(act for act, _ in announced_acts(measure, zone)), *bare]


def of_changes(
    register: Register, query: Query, minutes: dict[str, int], rows: Sequence[ActRow]
) -> tuple[list[Ahead], HeardAhead | None]:
    """The days ahead, and those of the other reading where they differ from this one's.

    Rows of this reading that the other one does not have say ``by_other_reading: false``.
    """
    names = set(register.announced_only)
    if not names:
        return [{**row, "by_other_reading": True} for row in rows], None
    other = counterpart(register)
    said = [each for each in records(other, query) if each.id in names]
    theirs = [act_row(other, act) for act in coming_of(said, other, query, minutes)]
    both = {_change(row) for row in theirs}
    described: list[Ahead] = [
        {**row, "by_other_reading": row["measure"] not in names or _change(row) in both}
        for row in rows
    ]
    ours = [row for row in rows if row["measure"] in names]
    known = {_change(row) for row in ours}
    extra = [row for row in theirs if _change(row) not in known]
    lacking = [row["measure"] for row in described if not row["by_other_reading"]]
    changed = dict.fromkeys((*lacking, *(row["measure"] for row in extra)))
    if not changed:
        return described, None
    acts = [act for name in changed for act in _statements(register, name)]
    because = dict.fromkeys(act.id for act in acts)
    return described, {
        "because": list(because),
        "text": together_text(register, list(changed)),
        "events": extra if register.reading == LAW else ours,
    }


def _change(row: ActRow) -> tuple[object, ...]:
    return row["measure"], row["limb"], row["effective"], row["state"], row["value"]
