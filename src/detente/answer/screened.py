"""Hits on the lists under the keys of the interface, and what standing on a list means on a day."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.register.control_terms import BORROWED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Any

    from detente.parties.model import Entry
    from detente.parties.screening import Hit
    from detente.register.book import Register
    from detente.register.model import Limb, Measure

SAME = 0.98
"""Score from which a hit is the same name, but for legal form or the order of words."""


class Consequence(NamedTuple):
    """What the register says that standing on a list means on a day.

    Attributes:
        measure: id of the record.
        title: of the record.
        limb: id of the limb.
        what: what the limb reaches, in words.
        decision: ``licence``, ``prohibited``, or "" where it decides nothing.
        policy: review policy, or "".
        everything: whether it reaches every item, and not some only.
        citation: where it stands.
        sources: keys of citations.
    """

    measure: str
    title: str
    limb: str
    what: str
    decision: str
    policy: str
    everything: bool
    citation: str
    sources: tuple[str, ...]


def shown(hit: Hit) -> dict[str, Any]:
    """A hit under the keys of the interface."""
    entry = hit.entry
    answer = {
        "entry": entry.names[0].text,
        "list": entry.list,
        "name": hit.name,
        "score": str(hit.score),
        "why": list(hit.why),
        "requirement": entry.requirement_text or None,
        "requirement_normal": entry.requirement or None,
        "policy": entry.policy or None,
        "policy_text": entry.policy_text or None,
        "programme": entry.programme or None,
        "countries": list(entry.countries),
        "citation": entry.citation or None,
        "source": entry.source or None,
        "grade": entry.grade,
    }
    for field in ("since", "until", "suspended_from", "suspended_until", "note"):
        answer[field] = getattr(entry, field) or None
    return answer


def results(found: Iterable[tuple[str, Iterable[Hit]]]) -> list[dict[str, Any]]:
    """Names with their hits under the keys of the interface, in order."""
    return [{"name": name, "hits": [shown(hit) for hit in hits]} for name, hits in found]


def standing_of(entry: Entry, day: str) -> str:
    """How an entry stands on a day: ``in_force``, ``suspended``, ``ended`` or ``not_yet``."""
    if entry.since and day < entry.since:
        return "not_yet"
    if entry.until and day >= entry.until:
        return "ended"
    from_day, until = entry.suspended_from, entry.suspended_until
    if from_day and from_day <= day and (not until or day < until):
        return "suspended"
    return "in_force"


def consequences(
    register: Register, words: Collection[str], on: str, known_on: int | None = None
) -> list[Consequence]:
    """What standing on a list means on a day, by the limbs of the register that name its parties.

    Of several limbs of one record with the same decision the first is told: they are rounds of
    one list, with one consequence.

    Args:
        register: the register.
        words: the list, and the classes of parties that the entry belongs to.
        on: a day or an instant.
        known_on: as known at the end of this day number.
    """
    from detente.register.runs import run_at
    from detente.register.views import moment

    minutes = moment(register, on)
    found: dict[tuple[str, str], Consequence] = {}
    for measure in register.measures(kind="measure"):
        if not measure.area.endswith("/control"):
            continue
        for limb in measure.limbs:
            named = limb.control.get("parties")
            if not set(words).intersection(named if isinstance(named, list) else [named]):
                continue
            run = run_at(limb, minutes[measure.by], known_on)
            if run.state == "in_force" and run.last is not None:
                told = _consequence(measure, limb, run.last.sources)
                first = found.setdefault((measure.id, told.decision), told)
                if first.policy in BORROWED and told.policy not in BORROWED:
                    # The round of a listing states the policy of its day.
                    found[measure.id, told.decision] = first._replace(policy=told.policy)
    return list(found.values())


def _consequence(measure: Measure, limb: Limb, sources: tuple[str, ...]) -> Consequence:
    said = limb.control
    items = str(said.get("items", ""))
    return Consequence(
        measure=measure.id,
        title=measure.title,
        limb=limb.id,
        what=limb.title,
        decision=str(said.get("decision") or ""),
        policy=str(said.get("policy") or ""),
        everything=not items or items.startswith("all-"),
        citation=str(said.get("citation") or ""),
        sources=(*sources, *measure.authority),
    )
