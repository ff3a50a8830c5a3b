"""Where the other reading of a register differs: for a record, a limb, and the days ahead.

Each function gives the ``announced`` block of the interface, or None where both readings agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente._shapes import TYPE_CHECKING
from detente.core.clock import minute_text
from detente.register.events import Act, Query, coming
from detente.register.model import ANNOUNCED, LAW
from detente.register.reading import by_reading, counterpart
from detente.register.runs import run_at, run_words
from detente.register.views.act_rows import act_row
from detente.register.views.announced import NO_INSTRUMENT, block, said, showing
from detente.register.views.standing import Standing, standing, together

NAMED = 4
"""At most this many records are named in a sentence."""

if TYPE_CHECKING:
    from typing import Any

    from detente.register.book import Register
    from detente.register.model import Limb, Measure

    Row = dict[str, Any]


def of_measure(
    register: Register, measure: Measure, minute: int, known_on: int | None
) -> Row | None:
    """The standing of a record by the reading ``announced``, where it differs at a minute."""
    if measure.id not in register.announced_only:
        return None
    acts = showing(register, measure, minute, known_on)
    law, heard = (
        standing(by_reading(measure, reading), minute, known_on) for reading in (LAW, ANNOUNCED)
    )
    if not acts or _alike(law, heard):
        return None
    zone = register.zones[measure.by]
    until = None if heard.until is None else minute_text(heard.until, zone)
    outcome = {"state": heard.state, "until": until, "rate": together(heard.duties)}
    words = [_words(law), _words(heard)]
    if words[0] == words[1]:
        words = _words_of_limb(measure, law, heard)
    return block(outcome, acts, words[0], words[1], register.reading)


def _words_of_limb(measure: Measure, law: Standing, heard: Standing) -> list[str]:
    """Both readings of the first limb that differs, where the record as a whole does not."""
    for limb, one, other in zip(measure.limbs, law.limbs, heard.limbs, strict=True):
        if one[2:5] != other[2:5]:
            name = limb.title or limb.id
            return [f"{run_words(each) or 'nothing'} ({name})" for each in (one, other)]
    return [_words(law), _words(heard)]


def _alike(law: Standing, heard: Standing) -> bool:
    limbs = zip(law.limbs, heard.limbs, strict=True)
    return law.state == heard.state and all(one[2:5] == other[2:5] for one, other in limbs)


def _words(here: Standing) -> str:
    rate = together(here.duties)
    state = here.state.replace("_", " ")
    return f"{rate}, {state}" if rate else state


def of_limb(
    register: Register, measure: Measure, limb: Limb, minute: int, known_on: int | None
) -> Row | None:
    """What a limb shows by the reading ``announced``, where it differs at a minute."""
    if not limb.announced:
        return None
    law, heard = (
        run_at(by_reading(measure, reading).limb(limb.id), minute, known_on)
        for reading in (LAW, ANNOUNCED)
    )
    acts = showing(register, measure, minute, known_on, (limb.id,))
    if not acts or law[2:5] == heard[2:5]:
        return None
    words = [run_words(each) or "nothing" for each in (law, heard)]
    outcome = {"state": heard.state, "value": heard.value}
    return block(outcome, acts, words[0], words[1], register.reading)


def of_rows(register: Register, rows: Iterable[Row]) -> Row | None:
    """The blocks of several rows as one, for the first lines of their answer."""
    blocks = [(row.get("id") or row["measure"], row["announced"]) for row in rows]
    differ = {name: each for name, each in blocks if each is not None}
    if not differ:
        return None
    because = dict.fromkeys(name for _, each in blocks if each for name in each["because"])
    return {"because": list(because), "text": together_text(register, list(differ))}


def of_area(register: Register, area: str, minute: int) -> Row | None:
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
    shown = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
    return (
        f"This follows {follows}; {other} differs for {count} ({shown}). Announced by "
        f"{said(acts)}; {NO_INSTRUMENT}."
    )


def _statements(register: Register, name: str) -> list[Act]:
    from detente.register.events import announced_acts, bare_acts

    measure = register.measure(name)
    zone = register.zones[measure.by]
    bare = [act for act in bare_acts(measure, zone) if act.announced_only]
    return [*(act for act, _ in announced_acts(measure, zone)), *bare]


def of_changes(
    register: Register, asked: Query, minutes: dict[str, int], rows: Sequence[Row]
) -> Row | None:
    """The days ahead by the other reading, where they differ from those of this one.

    Rows of this reading that the other one does not have are marked ``by_other_reading: false``.
    """
    names = set(register.announced_only)
    for row in rows:
        row["by_other_reading"] = True
    if not names:
        return None
    other = counterpart(register)
    theirs = [
        act_row(other, act) for act in coming(other, asked, minutes) if act.measure.id in names
    ]
    ours = [row for row in rows if row["measure"] in names]
    for row in ours:
        row["by_other_reading"] = _change(row) in map(_change, theirs)
    known = {_change(row) for row in ours}
    extra = [row for row in theirs if _change(row) not in known]
    changed = dict.fromkeys(
        row["measure"] for row in (*(row for row in ours if not row["by_other_reading"]), *extra)
    )
    if not changed:
        return None
    acts = [act for name in changed for act in _statements(register, name)]
    because = dict.fromkeys(act.id for act in acts)
    return {
        "because": list(because),
        "text": together_text(register, list(changed)),
        "events": extra if register.reading == LAW else ours,
    }


def _change(row: Row) -> tuple[Any, ...]:
    return row["measure"], row["limb"], row["effective"], row["state"], row["value"]
