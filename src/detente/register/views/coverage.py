"""How much of chapter 99 the register holds: each heading is modelled, or named as not modelled."""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import TYPE_CHECKING
from detente.register.book import Register

if TYPE_CHECKING:
    from detente.answers.models import HeadingCounts, HeadingCovered, HeadingsCovered

WHOLE = len("9903.01.25")
SUBCHAPTER = "9903"
"""The subchapter of additional duties; the others are told apart in the counts."""


def coverage(register: Register, edition: str, printed: Iterable[str]) -> HeadingsCovered:
    """Where each heading of an edition stands in the register.

    Args:
        register: the register asked.
        edition: the edition's name.
        printed: its headings of chapter 99, dotted; a shorter one only leads to others and is
            passed over.

    Returns:
        Under ``headings`` a row each, with the first ``measure`` that names it, or with the reason
        why it is ``not_modelled``; those that are in neither stand under ``unmodelled``. Counts
        are by subchapter: additional duties (``9903``) and ``other``.
    """
    modelled = _named(register)
    rows: list[HeadingCovered] = []
    unmodelled: list[str] = []
    counts: dict[str, HeadingCounts] = {
        part: {"headings": 0, "modelled": 0, "not_modelled": 0, "unmodelled": 0}
        for part in (SUBCHAPTER, "other")
    }
    for heading in sorted(each for each in printed if len(each) == WHOLE):
        count = counts[SUBCHAPTER if heading.startswith(SUBCHAPTER) else "other"]
        count["headings"] += 1
        gap = next((gap for gap in register.gaps if gap.names(heading)), None)
        if heading in modelled:
            count["modelled"] += 1
            rows.append(_row(heading, modelled[heading], None, None))
        elif gap is not None:
            count["not_modelled"] += 1
            rows.append(_row(heading, None, gap.why, gap.id))
        else:
            count["unmodelled"] += 1
            unmodelled.append(heading)
    return {"edition": edition, "headings": rows, "unmodelled": unmodelled, "counts": counts}


def _row(
    heading: str, measure: str | None, not_modelled: str | None, gap: str | None
) -> HeadingCovered:
    return {"heading": heading, "measure": measure, "not_modelled": not_modelled, "gap": gap}


def _named(register: Register) -> dict[str, str]:
    """The headings that some record files under, each with the first record that names it."""
    found: dict[str, str] = {}
    for measure in register.measures():
        for heading in measure.headings():
            found.setdefault(heading, measure.id)
    for row in register.stacking_rules:
        if row.heading:
            found.setdefault(row.heading, row.yielding)
    return found
