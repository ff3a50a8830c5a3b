"""The part of a register that can touch one code from one place, asked for many days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import MINUTES
from detente.register.book import Register
from detente.register.lists import Membership, membership
from detente.register.model import (
    EffectivePeriod,
    Measure,
    Member,
    Provision,
    StackingRule,
)

if TYPE_CHECKING:
    from detente.applicability.equivalence import EquivalenceClass
    from detente.register.book import Window

EVERYTHING = Membership(True, None)
NOTHING = Membership(False, None)


class ScopedProvision(NamedTuple):
    """A provision that can fit the place, with the rows of its lists that match the code."""

    provision: Provision
    goods: tuple[tuple[Member, ...], ...]
    not_goods: tuple[tuple[Member, ...], ...]
    unknown: tuple[Window, ...]
    always: bool

    def listed(self, minute: int, known_on: int | None) -> Membership:
        """Whether the provision names the goods at a minute, and by which row."""
        if self.always and not self.not_goods:
            return EVERYTHING
        inside = EVERYTHING if self.always else self._any(self.goods, minute, known_on)
        outside = self._any(self.not_goods, minute, known_on)
        return outside._replace(listed=False) if outside.listed else inside

    def _any(
        self, lists: tuple[tuple[Member, ...], ...], minute: int, known_on: int | None
    ) -> Membership:
        """Membership in any of several lists: listed if one lists, else unknown if one may."""
        best = NOTHING
        for rows in lists:
            found = membership(rows, minute, known_on)
            if found.listed:
                return found
            if found.listed is None or best is NOTHING:
                best = found
        for start, until, _ in self.unknown:
            if start <= minute and (until is None or minute < until) and best.listed is False:
                return Membership(None, None)
        return best

    def lists_in_doubt(
        self, unread: Mapping[str, tuple[Window, ...]], minute: int, known_on: int | None
    ) -> list[str]:
        """The lists of the provision that may hold the goods at a minute, and may not.

        Of several lists only some may; where all of them are held for that minute, none does.
        """
        names = [
            rows[0].list
            for rows in self.goods
            if membership(rows, minute, known_on).listed is None and rows
        ]
        for name in _parted(self.provision.goods)[1]:
            for start, until, _ in unread.get(name, ()):
                if start <= minute and (until is None or minute < until):
                    names.append(name)
        return list(dict.fromkeys(names))


class MeasureInScope(NamedTuple):
    """A measure that can touch the goods, with the provisions that can fit."""

    measure: Measure
    provisions: tuple[ScopedProvision, ...]


class Scope(NamedTuple):
    """Every measure that can touch one code from one place on some day."""

    code: str
    origin: str
    destination: str
    candidates: tuple[MeasureInScope, ...]
    stacking_rules: tuple[StackingRule, ...]
    listed: tuple[str, ...]
    """Names of the lists that hold the code on some day."""
    equivalence: EquivalenceClass | None = None
    """Goods that the law treats alike, where a memory of them is kept."""

    def is_announced_at(self, minute: int, known_on: int | None) -> bool:
        """Whether something that was only announced may touch the goods at a minute."""
        return any(
            period.start <= minute
            and (period.until is None or minute < period.until)
            and (known_on is None or period.announced <= known_on)
            for candidate in self.candidates
            for each in candidate.provisions
            for period in each.provision.announced
        )


def narrow(
    register: Register,
    code: str,
    origin: str,
    destination: str,
    members: dict[str, list[Member]] | None = None,
    measures: Iterable[Measure] | None = None,
) -> Scope:
    """The measures of the destination that can touch a code from an origin.

    Args:
        register: the register asked.
        code: digits of the code.
        origin: ISO country of origin.
        destination: ISO country of import; its measures are those of its tariff area.
        members: the rows of each list that hold for the code, where its digits alone do not say.
        measures: the destination's measures where they are read already, for many codes in a row.
    """
    if members is None:
        members = register.members(code)
    if measures is None:
        measures = register.touching(f"{destination.lower()}/tariff", origin, members)
    candidates = []
    for measure in measures:
        if not register.inside(measure.places, origin):
            continue
        provisions = tuple(_fitting(register, measure, members, code, origin))
        if reaches(measure, provisions):
            candidates.append(MeasureInScope(measure, provisions))
    names = {candidate.measure.id for candidate in candidates}
    return Scope(
        code,
        origin,
        destination,
        tuple(candidates),
        register.stacking_among(names),
        tuple(sorted(members)),
    )


def _fitting(
    register: Register,
    measure: Measure,
    members: dict[str, list[Member]],
    code: str,
    origin: str,
) -> Iterable[ScopedProvision]:
    """Provisions of a measure whose place fits and whose goods may hold the code on some day."""
    for provision in measure.provisions:
        if provision.places and not register.inside(provision.places, origin):
            continue
        scoped = fitting(register.unread, provision, members, code)
        if scoped is not None:
            yield scoped


def fitting(
    unread: Mapping[str, tuple[Window, ...]],
    provision: Provision,
    members: dict[str, list[Member]],
    code: str,
) -> ScopedProvision | None:
    """A provision with its rows for a code; None where its goods hold the code on no day."""
    goods, always = _rows(provision.goods, members, code)
    not_goods, never = _rows(provision.not_goods, members, code)
    unknown = _unknown(provision.goods, unread)
    always = always or not provision.goods
    if never or not (always or goods or unknown):
        return None
    return ScopedProvision(provision, goods, not_goods, unknown, always)


def reaches(measure: Measure, provisions: Iterable[ScopedProvision]) -> bool:
    """Whether a measure reaches goods by a provision: exemptions alone exempt from nothing.

    So a provision without goods, or with a list that several measures share, does not bring its
    measure to goods that nothing of it charges. A measure that never charges anything is kept.
    """
    found = tuple(provisions)
    if any(charges(each.provision) for each in found):
        return True
    return bool(found) and not any(map(charges, measure.provisions))


def charges(provision: Provision) -> bool:
    """Whether a provision charges something on some day."""
    return any(
        period.duty is not None and period.duty.form != "free" for period in provision.periods
    )


def row_key(row: Member) -> tuple[object, ...]:
    """All that a row says of a code: all but its other digits and its note."""
    # The length of its code belongs to it: of two rows of a list the longer decides.
    return (len(row.code), *row[1:7], row.end_announced)


def edges(scope: Scope) -> list[int]:
    """Every minute at which something that can touch the scope starts or ends, ascending."""
    if scope.equivalence is not None:
        return scope.equivalence.edges
    return sorted(changepoints(scope.candidates) | stacking_changepoints(scope.stacking_rules))


def changepoints(candidates: Iterable[MeasureInScope], *, unclear_ends: bool = False) -> set[int]:
    """Minutes at which measures that were narrowed to goods may come to say something else.

    Args:
        candidates: the measures.
        unclear_ends: whether the minute counts from which a last day is in doubt.
    """
    found: set[int] = set()
    for candidate in candidates:
        for scoped in candidate.provisions:
            found |= provision_changepoints(scoped.provision, unclear_ends=unclear_ends)
            found |= membership_changepoints(scoped)
    return found


def provision_changepoints(provision: Provision, *, unclear_ends: bool = False) -> set[int]:
    """Where a provision begins, ends or changes, its lists of goods aside."""
    found: set[int | None] = set()
    for period in provision.periods:
        found |= {period.start, period.until}
        if unclear_ends:
            found.add(_unclear_from(period))
    return known_edges(found)


def membership_changepoints(scoped: ScopedProvision) -> set[int]:
    """Where the rows that name the goods begin or end, and what is unknown of their lists."""
    found: set[int | None] = set()
    for rows in (*scoped.goods, *scoped.not_goods):
        for row in rows:
            found |= {row.start, row.until}
    for start, until, _ in scoped.unknown:
        found |= {start, until}
    return known_edges(found)


def stacking_changepoints(stacking_rules: Iterable[StackingRule]) -> set[int]:
    """Where one measure comes to give way to another, or no longer does."""
    return known_edges({edge for row in stacking_rules for edge in (row.start, row.until)})


def ends_unclear(period: EffectivePeriod, minute: int) -> bool:
    """Whether a minute lies on or after a last day of which it is in doubt if it counts."""
    start = _unclear_from(period)
    return start is not None and minute >= start


def _unclear_from(period: EffectivePeriod) -> int | None:
    # `until` is the first day without it, so the day in doubt is the one before.
    return period.until - MINUTES if period.boundary and period.until is not None else None


def known_edges(found: Iterable[int | None]) -> set[int]:
    """Edges of periods without open ends."""
    return {edge for edge in found if edge is not None}


def _rows(
    named: tuple[str, ...], members: dict[str, list[Member]], code: str
) -> tuple[tuple[tuple[Member, ...], ...], bool]:
    """Rows of the named lists that match the code, and whether a code written out matches."""
    if not named:
        return (), False
    codes, lists = _parted(named)
    rows = tuple(tuple(members[name]) for name in lists if name in members)
    return rows, bool(codes) and code.startswith(codes)


@lru_cache(maxsize=4096)
def _parted(named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes that are written out among some names, and the lists; some provisions name many."""
    codes = tuple(name for name in named if name[0].isdigit())
    return codes, tuple(name for name in named if not name[0].isdigit())


def _unknown(
    named: tuple[str, ...], unread: Mapping[str, tuple[Window, ...]]
) -> tuple[Window, ...]:
    if not named:
        return ()
    return tuple(window for name in _parted(named)[1] if name in unread for window in unread[name])
