"""Two readings of a register: the law as enacted, and the law as announced.

A government says that something is so before any instrument of it can be read, and sometimes no
instrument follows. Such events stand in the register apart from the law. The reading ``law``
leaves them out; the reading ``announced`` is the register in which they hold like any other event.
It is made as a scenario is made: another register, of which nothing downstream knows.
"""

from __future__ import annotations

from detente.core.vocabulary import known_word
from detente.register.book import Register
from detente.register.model import (
    ANNOUNCED,
    LAW,
    READINGS,
    SCENARIO,
    EffectivePeriod,
    Measure,
    Provision,
)
from detente.register.painting import enacted, in_order

STAMP = f"reading {ANNOUNCED}"
"""What sets the hash of the reading ``announced`` apart from that of the law."""


def read(register: Register, reading: str | None) -> Register:
    """A register by one of its readings; the law where none is named.

    Raises:
        UnknownWordError: there is no such reading.
    """
    word = known_word(reading or LAW, READINGS, "a reading", "reading")
    return register if word == register.reading else counterpart(register)


def counterpart(register: Register) -> Register:
    """The same register by its other reading, made once."""
    if register.other_reading is None:
        wanted = ANNOUNCED if register.reading == LAW else LAW
        measures = [by_reading(register.measure(name), wanted) for name in register.announced_only]
        other = register.with_measures(measures, STAMP if wanted == ANNOUNCED else "")
        other.reading = wanted
        other.other_reading = register
        register.other_reading = other
    return register.other_reading


def by_reading(measure: Measure, reading: str) -> Measure:
    """A record by a reading; whatever its own was."""
    if measure.reading == reading:
        return measure
    limbs = tuple(limb_by_reading(limb, reading) for limb in measure.limbs)
    return measure._replace(limbs=limbs, reading=reading)


def limb_by_reading(limb: Provision, reading: str) -> Provision:
    """A limb by a reading, from the other one."""
    if not limb.announced:
        return limb
    if reading == LAW:
        return limb._replace(paints=enacted(limb))
    # What a scenario supposes stays over law and announcements alike.
    supposed = tuple(paint for paint in limb.paints if _is_supposed(paint))
    law = [paint for paint in limb.paints if not _is_supposed(paint)]
    return limb._replace(paints=(*in_order([*law, *limb.announced]), *supposed))


def _is_supposed(paint: EffectivePeriod) -> bool:
    return paint.sources == (SCENARIO,)
