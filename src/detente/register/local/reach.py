"""How far a new record reaches: beyond its own goods, or onto goods that a like duty covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_text
from detente.register.load.contents import Contents
from detente.register.model import EffectivePeriod, Measure, Provision

UNASKED = ("never", "silent")
"""How an entry fact is raised that answers do not ask for."""


class StandingDuty(NamedTuple):
    """A duty that stands already where a new one charges.

    Attributes:
        new: measure and provision of the new duty.
        old: measure and provision of the one that stands.
        title: of the measure that stands.
        code: digits of a code that both name; "" where both cover all goods.
        start: the first minute on which both charge.
    """

    new: str
    old: str
    title: str
    code: str
    start: int

    def __str__(self) -> str:
        """The pair as a sentence of a warning."""
        goods = f"goods of code {self.code}" if self.code else "all goods"
        day = day_text(self.start // MINUTES)
        return (
            f"{self.old} ({self.title}) charges {goods} too from {day}, by a duty of the same kind "
            f"as {self.new}: both are owed unless a yield says which gives way"
        )


def check_reach(contents: Contents, measure: Measure) -> None:
    """An exemption of a measure that names its goods names goods too, and only such.

    Raises:
        RegisterError: a provision that charges nothing reaches beyond what its measure charges.
    """
    charging = [provision for provision in measure.provisions if any(_charged(provision))]
    if not charging or any(not provision.goods for provision in charging):
        return
    listed = _by_list(contents)
    covered = set().union(*(_codes(listed, provision) for provision in charging))
    origin = contents.origins[measure.id]
    for provision in measure.provisions:
        if provision in charging or provision.control or not any(p.duty for p in provision.periods):
            continue
        if not provision.goods:
            origin.fail(
                f"the provision `{provision.id}` names no goods, and the duty of {measure.id} "
                "does: it would be filed for every article of its places",
                "Write the goods of the duty beside it as `goods:`",
            )
        # A list may be shared by several measures: of it counts what the measure charges.
        for code in sorted(_written(provision)):
            if not any(code.startswith(each) for each in covered):
                origin.fail(
                    f"the provision `{provision.id}` names {code}, which {measure.id} does not "
                    "charge",
                    "Name goods of the duty alone, or add the code to the duty",
                )


def beside(contents: Contents, measure: Measure) -> Iterator[StandingDuty]:
    """Duties of the same family and form that stand on goods and days of a new measure.

    A pair of which one gives way to the other is left out. One row a measure that stands.
    """
    stacking_rules = {(row.yielding, row.prevailing) for row in contents.stacking_rules}
    listed = _by_list(contents)
    for other in contents.measures.values():
        same_kind = (other.area, other.family) == (measure.area, measure.family)
        pair = (measure.id, other.id)
        if other.id == measure.id or not same_kind or other.kind != "measure":
            continue
        if pair not in stacking_rules and pair[::-1] not in stacking_rules:
            found = next(_standing(contents, listed, measure, other), None)
            if found is not None:
                yield found


def _standing(
    contents: Contents, listed: Mapping[str, set[str]], new: Measure, old: Measure
) -> Iterator[StandingDuty]:
    if not _countries(contents, new.places) & _countries(contents, old.places):
        return
    for provision in new.provisions:
        for other in old.provisions:
            # What only an election of the importer brings about stands beside nobody.
            if any(contents.facts[test.fact].raised in UNASKED for test in other.when):
                continue
            start = _both(_charged(provision), _charged(other))
            if start is None or not _places(contents, new, provision) & _places(
                contents, old, other
            ):
                continue
            code = _common(listed, provision, other)
            if code is not None:
                names = f"{new.id}/{provision.id}", f"{old.id}/{other.id}"
                yield StandingDuty(*names, old.title, code, start)


def _charged(provision: Provision) -> list[EffectivePeriod]:
    """The periods of a provision on which it charges something."""
    return [
        each for each in provision.periods if each.duty is not None and each.duty.form != "free"
    ]


def _both(first: Iterable[EffectivePeriod], second: Iterable[EffectivePeriod]) -> int | None:
    """The first minute on which two provisions charge by one form; None where they never do."""
    starts = [
        max(one.start, other.start)
        for one in first
        for other in second
        if one.duty is not None and other.duty is not None and one.duty.form == other.duty.form
        if (one.until is None or other.start < one.until)
        and (other.until is None or one.start < other.until)
    ]
    return min(starts, default=None)


def _common(listed: Mapping[str, set[str]], first: Provision, second: Provision) -> str | None:
    """A code that both provisions name.

    "" where they cover all goods, None where they share none.
    """
    if not first.goods or not second.goods:
        return next(iter(sorted(_codes(listed, first) | _codes(listed, second))), "")
    mine, theirs = _codes(listed, first), _codes(listed, second)
    shared = {a for a in mine if any(a.startswith(b) for b in theirs)}
    shared |= {b for b in theirs if any(b.startswith(a) for a in mine)}
    return min(shared, default=None)


def _by_list(contents: Contents) -> dict[str, set[str]]:
    """Digits of the codes that each list names on any day."""
    found: dict[str, set[str]] = {}
    for row in contents.members:
        if not row.excepted:
            found.setdefault(row.list, set()).add(row.code)
    return found


def _written(provision: Provision) -> set[str]:
    return {name.replace(".", "") for name in provision.goods if name[0].isdigit()}


def _codes(listed: Mapping[str, set[str]], provision: Provision) -> set[str]:
    """Digits of the codes that a provision names, by itself and by its lists, on any day."""
    return _written(provision).union(*(listed.get(name, ()) for name in provision.goods))


def _places(contents: Contents, measure: Measure, provision: Provision) -> set[str]:
    found = _countries(contents, measure.places)
    return found & _countries(contents, provision.places) if provision.places else found


def _countries(contents: Contents, places: Iterable[str]) -> set[str]:
    """Countries of some sets of places, or named themselves."""
    found: set[str] = set()
    for name in places:
        place = contents.places.get(name)
        if place is None:
            found.add(name)
        elif place.everywhere:
            found |= set(contents.countries) - set(place.countries)
        else:
            found |= set(place.countries)
    return found
