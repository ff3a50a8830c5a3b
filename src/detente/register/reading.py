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
from detente.register.periods import enacted, in_order

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
    provisions = tuple(provision_by_reading(provision, reading) for provision in measure.provisions)
    return measure._replace(provisions=provisions, reading=reading)


def provision_by_reading(provision: Provision, reading: str) -> Provision:
    """A provision by a reading, from the other one."""
    if not provision.announced:
        return provision
    if reading == LAW:
        return provision._replace(periods=enacted(provision))
    # What a scenario supposes stays over law and announcements alike.
    supposed = tuple(period for period in provision.periods if _is_supposed(period))
    law = [period for period in provision.periods if not _is_supposed(period)]
    return provision._replace(periods=(*in_order([*law, *provision.announced]), *supposed))


def _is_supposed(period: EffectivePeriod) -> bool:
    return period.sources == (SCENARIO,)
