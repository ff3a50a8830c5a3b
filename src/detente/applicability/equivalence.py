"""Goods that the law treats alike: what was resolved for one of them serves for all.

A server is asked for many goods on many days, and most of it is the same law. Two things are kept
by what the law sees, and not by the code: the *fit* of one measure, for goods whose rows on its
lists differ in nothing but their codes, and the *stack* of several such measures. Between two days
on which something turns both stay as they are, so a day is known by the segment that it lies in.

What comes out is what ``narrow`` and ``resolve`` give; a test holds the two together. In a stack
that is kept, the rows of lists may be those of other goods: ``Alike.stack`` is for what charges,
``Alike.own_stack`` puts the rows of the goods asked for in their place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import ValuePart
from detente.applicability.scope import (
    MeasureInScope,
    Scope,
    ScopedProvision,
    changepoints,
    charges,
    edges,
    fitting,
    reaches,
    row_key,
)
from detente.applicability.stack import AsOf, Fit, Stack, Term, fit, resolve, together
from detente.register.lists import prefixes
from detente.register.model import Measure, Member, Provision, StackingRule

if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Protocol, TypeVar

    from detente.register.book import Register

    Made = TypeVar("Made")
    Share = Fraction | None

    class ShareOfValue(Protocol):
        """Amounts or a layer of them, with what they come to as a share of the value."""

        @property
        def share(self) -> Share:
            """None where there is no such share."""

    class StackShare(ShareOfValue, Protocol):
        """What the terms of a stack come to."""

        @property
        def exact(self) -> bool:
            """Whether every term has a share of its own."""

    class Clearable(Protocol):
        """Something that can be emptied."""

        def clear(self) -> None:
            """Let go of everything."""


MOST = 60_000
"""Outcomes that are kept; when there are more, all are let go."""

LATELY = 1024
"""Scopes that are kept: a page asks several times about the same goods."""


class EquivalentMeasure:
    """One measure, for goods whose rows on its lists differ in nothing but their codes."""

    def __init__(self, candidate: MeasureInScope, listed: tuple[str, ...], memory: Memory) -> None:
        self._marks = sorted(changepoints([candidate], unclear_ends=True))
        self._listed = listed
        self._memory = memory
        self._fits: dict[Hashable, Fit] = {}
        memory.holds(self._fits)

    def fit(self, candidate: MeasureInScope, as_of: AsOf) -> Fit:
        """What the measure comes to at a moment without a doubt turned over."""
        key = (bisect_right(self._marks, as_of.minute), as_of.known_on, stated(as_of))
        found = self._fits.get(key)
        if found is None:
            found = self._fits[key] = fit(candidate, self._listed, as_of)
            self._memory.count()
        return found


class EquivalenceClass:
    """Goods and a place for which every measure is kin.

    Attributes:
        edges: every minute at which something that can touch them starts or ends, ascending.
    """

    def __init__(
        self,
        scope: Scope,
        keys: tuple[Hashable, ...],
        equivalents: tuple[EquivalentMeasure, ...],
        memory: Memory,
    ) -> None:
        self.edges = edges(scope)
        self._marks = sorted({*changepoints(scope.candidates, unclear_ends=True), *self.edges})
        self._keys = dict(zip((each.measure.id for each in scope.candidates), keys, strict=True))
        self._equivalents = dict(zip(self._keys, equivalents, strict=True))
        self._memory = memory
        self._stacks: dict[Hashable, Stack] = {}
        self._described: dict[Hashable, object] = {}
        self._shares: dict[Hashable, Fraction] = {}
        for cache in (self._stacks, self._described, self._shares):
            memory.holds(cache)

    def stack(self, scope: Scope, as_of: AsOf) -> Stack:
        """The stack at a moment, in which the rows of lists may be those of other goods."""
        if as_of.flipped is not None:
            return resolve(scope, as_of)
        # Nothing changes between two marks, so the gap stands for each of its minutes.
        key = (bisect_right(self._marks, as_of.minute), as_of.known_on, stated(as_of))
        found = self._stacks.get(key)
        if found is None:
            found = self._stacks[key] = together(
                self._fits(scope, as_of), scope.stacking_rules, as_of
            )
            self._memory.count()
        return found

    def own_stack(self, scope: Scope, as_of: AsOf) -> Stack:
        """The stack at a moment, as ``resolve`` gives it."""
        if as_of.flipped is not None:
            return resolve(scope, as_of)
        fits = [
            found if found.term is None else found._replace(term=_own(found.term, each, as_of))
            for each, found in zip(scope.candidates, self._fits(scope, as_of), strict=True)
        ]
        return together(fits, scope.stacking_rules, as_of)

    def share(self, as_of: AsOf, rates: Hashable, make: Callable[[], StackShare]) -> Share:
        """The total as a share of the value, which is the same for every value or made anew.

        It hangs on the value where a layer has no share of its own, and where a fact is in dollars.

        Args:
            as_of: the moment of the stack, without a doubt turned over.
            rates: the ordinary rates of the line.
            make: makes the amounts.
        """
        key = (bisect_right(self._marks, as_of.minute), as_of.known_on, stated(as_of), rates)
        found = self._shares.get(key)
        if found is None:
            made = make()
            # A part stated in dollars makes the share depend on the value.
            plain = not any(_in_dollars(each) for each in as_of.facts.values.values())
            if made.exact and plain and made.share is not None:
                self._shares[key] = made.share
                self._memory.count()
            return made.share
        return found

    def _fits(self, scope: Scope, as_of: AsOf) -> list[Fit]:
        return [self._equivalents[each.measure.id].fit(each, as_of) for each in scope.candidates]

    def narrow(self, code: str, origin: str, destination: str) -> Scope:
        """The scope of other goods, of what the register was asked before."""
        return self._memory.narrow(code, origin, destination)

    def part(self, scope: Scope) -> Scope:
        """A scope with some of the candidates, knowing to whom it is alike."""
        keys = tuple(self._keys[each.measure.id] for each in scope.candidates)
        return self._memory.placed(scope, keys)

    def once(self, what: str, as_of: AsOf, make: Callable[[], Made]) -> Made:
        """What follows from these goods and a moment alone, made once.

        Args:
            what: a name of it.
            as_of: the moment, without a doubt turned over.
            make: makes it.
        """
        key = (what, as_of.minute, as_of.known_on, stated(as_of))
        found = self._described.get(key)
        if found is None:
            found = self._described[key] = make()
            self._memory.count()
        return found  # type: ignore[return-value]


class Memory:
    """What a register was asked lately: its measures read once, fits and stacks by class."""

    def __init__(self, register: Register, most: int = MOST) -> None:
        """Begin without a memory.

        Args:
            register: the register asked.
            most: how many outcomes to keep.
        """
        self._register = register
        self._most = most
        self._count = 0
        self._held: list[Clearable] = []
        self._shelves: dict[tuple[str, str], _AreaIndex] = {}
        self._equivalents: dict[Hashable, EquivalentMeasure] = {}
        self._classes: dict[Hashable, EquivalenceClass] = {}
        self._stacking_rules: dict[tuple[str, ...], tuple[StackingRule, ...]] = {}
        self._members: dict[str, dict[str, list[Member]]] = {}
        self._unlisted: dict[int, tuple[Provision, ScopedProvision | None]] = {}
        self._lately: dict[tuple[str, str, str], Scope] = {}
        facts = register.facts.values()
        # Lists that set the default of a fact: goods must share these too, whatever else they
        # share.
        self._deciding = frozenset(each.list for fact in facts for each in fact.goods)

    def narrow(
        self,
        code: str,
        origin: str,
        destination: str,
        members: dict[str, list[Member]] | None = None,
    ) -> Scope:
        """The scope of goods and a place, as ``scope.narrow`` gives it."""
        key = (code, origin, destination)
        # The caller's rows are not those that the code alone has, so nothing is kept by the code.
        if members is not None:
            return self._narrowed(*key, members)
        found = self._lately.get(key)
        if found is None:
            members = self._members.get(code)
            if members is None:
                members = self._members[code] = self._register.members(code)
                self.count()
            if len(self._lately) >= LATELY:
                self._lately.clear()
            found = self._lately[key] = self._narrowed(*key, members)
        return found

    def _narrowed(
        self, code: str, origin: str, destination: str, members: dict[str, list[Member]]
    ) -> Scope:
        area = f"{destination.lower()}/tariff"
        if (area, origin) not in self._shelves:
            self._shelves[area, origin] = _AreaIndex(self, self._register, area, origin)
        candidates = tuple(self._shelves[area, origin].candidates(members, code))
        names = tuple(each.measure.id for each in candidates)
        if names not in self._stacking_rules:
            self._stacking_rules[names] = self._register.stacking_among(set(names))
        listed = tuple(sorted(members))
        scope = Scope(code, origin, destination, candidates, self._stacking_rules[names], listed)
        deciding = tuple(name for name in listed if name in self._deciding)
        keys = tuple((_shape(each), deciding) for each in candidates)
        return self.placed(scope, keys)

    def placed(self, scope: Scope, keys: tuple[Hashable, ...]) -> Scope:
        """The scope with those to whom it is alike; the keys are those of its candidates."""
        found = self._classes.get(keys)
        if found is None:
            equivalents = tuple(
                self._equivalent(key, each, scope.listed)
                for key, each in zip(keys, scope.candidates, strict=True)
            )
            found = self._classes[keys] = EquivalenceClass(scope, keys, equivalents, self)
            self.count()
        return scope._replace(equivalence=found)

    def _equivalent(
        self, key: Hashable, candidate: MeasureInScope, listed: tuple[str, ...]
    ) -> EquivalentMeasure:
        if key not in self._equivalents:
            self._equivalents[key] = EquivalentMeasure(candidate, listed, self)
        return self._equivalents[key]

    def unlisted(self, provision: Provision) -> ScopedProvision | None:
        """What a provision is narrowed to for goods that it does not name, wherever they are of."""
        if id(provision) not in self._unlisted:
            # The provision is held too: the identity of one that is gone may be given to another.
            self._unlisted[id(provision)] = (
                provision,
                fitting(self._register.unread, provision, {}, ""),
            )
        return self._unlisted[id(provision)][1]

    def holds(self, cache: Clearable) -> None:
        """Take note of where outcomes are kept, so that they can be let go."""
        self._held.append(cache)

    def count(self) -> None:
        """One more outcome is kept; where there are too many, all are let go."""
        self._count += 1
        if self._count > self._most:
            # The shelves stay: there is one for each area and origin at most.
            for cache in self._held:
                cache.clear()
            self._held.clear()
            self._equivalents.clear()
            self._classes.clear()
            self._members.clear()
            self._lately.clear()
            self._count = 0


class _IndexedProvision(NamedTuple):
    """A provision on the shelf.

    Attributes:
        measure: place of its measure.
        provision: the provision.
        unlisted: what it is narrowed to for goods that it does not name.
        charges: whether it charges something on some day.
    """

    measure: int
    provision: Provision
    unlisted: ScopedProvision | None
    charges: bool


class _AreaIndex:
    """The measures of an area that an origin can meet, their provisions by what they name."""

    def __init__(self, memory: Memory, register: Register, area: str, origin: str) -> None:
        self._unread = register.unread
        self._measures: list[Measure] = []
        self._indexed: list[_IndexedProvision] = []
        self._unlisted: list[int] = []
        self._by_name: dict[str, list[int]] = {}
        for measure in register.measures(area, "measure"):
            if register.inside(measure.places, origin):
                self._put(memory, register, measure, origin)

    def _put(self, memory: Memory, register: Register, measure: Measure, origin: str) -> None:
        for provision in measure.provisions:
            if provision.places and not register.inside(provision.places, origin):
                continue
            at = len(self._indexed)
            unlisted = memory.unlisted(provision)
            indexed = _IndexedProvision(
                len(self._measures), provision, unlisted, charges(provision)
            )
            self._indexed.append(indexed)
            if unlisted is not None:
                self._unlisted.append(at)
            for name in (*provision.goods, *provision.not_goods):
                self._by_name.setdefault(name, []).append(at)
        self._measures.append(measure)

    def candidates(self, members: dict[str, list[Member]], code: str) -> Iterable[MeasureInScope]:
        """The measures with the provisions that can fit, in order."""
        # A provision names lists, or the beginnings of codes.
        names = (*members, *prefixes(code))
        named = {at for name in names for at in self._by_name.get(name, ())}
        found: dict[int, list[ScopedProvision]] = {}
        charging: set[int] = set()
        for at in sorted(named.union(self._unlisted)):
            indexed = self._indexed[at]
            scoped = indexed.unlisted
            if at in named:
                scoped = fitting(self._unread, indexed.provision, members, code)
            if scoped is not None:
                found.setdefault(indexed.measure, []).append(scoped)
                if indexed.charges:
                    charging.add(indexed.measure)
        return (
            MeasureInScope(self._measures[at], tuple(provisions))
            for at, provisions in found.items()
            if at in charging or reaches(self._measures[at], provisions)
        )


def stated(as_of: AsOf) -> Hashable:
    """The facts of a moment as they were given, as a key."""
    texts = as_of.facts.texts
    return tuple(sorted(texts.items())) if texts else ()


def _in_dollars(value: object) -> bool:
    """Whether a fact is an amount: its share of the value hangs on the value."""
    is_amount = isinstance(value, int) and not isinstance(value, bool)
    return is_amount or (isinstance(value, ValuePart) and value.cents is not None)


def _shape(candidate: MeasureInScope) -> Hashable:
    """A measure narrowed to goods: the provisions that may fit, and rows without the codes."""
    return (
        candidate.measure.id,
        *(
            (each.provision.id, each.always, _rows(each.goods), _rows(each.not_goods))
            if each.goods or each.not_goods
            else (each.provision.id, each.always)
            for each in candidate.provisions
        ),
    )


def _rows(lists: Sequence[Sequence[Member]]) -> Hashable:
    """Rows by all that decides: the list, how many digits they name, and their days."""
    return tuple(tuple(row_key(row) for row in rows) for rows in lists)


def _own(term: Term, candidate: MeasureInScope, as_of: AsOf) -> Term:
    """The term with the row of the goods asked for."""
    if term.goods.row is None:
        return term
    scoped = next(each for each in candidate.provisions if each.provision.id == term.provision.id)
    return term._replace(goods=scoped.listed(as_of.minute, as_of.known_on))
