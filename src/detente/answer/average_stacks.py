"""Stacks for thousands of lines over many days, each distinct one resolved once.

Lines that stand on the same rows of the same lists are one class. Over the days, a class meets a
distinct case only where one of its limbs, lists or yields changes, and classes share cases: the
limbs that list the goods and are painted, and the yields among them, decide. Each distinct case is
resolved by `detente.duty.stack.resolve`, so an average and a single answer cannot disagree.

Days are numbered in the order of the days asked; a set of days is an integer with one bit a day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from detente._shapes import NamedTuple
from detente.answer.inheritance import inherit
from detente.duty.amounts import Amounts, ColumnRates, Layer, Worth, amounts
from detente.duty.entry_facts import EntryFacts
from detente.duty.rate_text import parse_rate
from detente.duty.scope import Candidate, ScopedLimb, narrow
from detente.duty.stack import Moment, Scope, Stack, Term, resolve
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.clock import MINUTES
from detente.register.lists import prefixes
from detente.register.model import Limb, Measure, Member, Paint, Yield

GENERAL = "general"
WHOLE = ColumnRates("100%", "", "")
NO_WORTH = Worth(None, {})
CLAIM = "chapter98"
OTHER_CLAIM = "other"
CHAPTER_98 = "98"


class Asked(NamedTuple):
    """What is the same for every line: origin, destination, facts, what was known, the days."""

    origin: str
    destination: str
    facts: EntryFacts
    known_on: int | None
    days: tuple[int, ...]

    def minute(self, at: int) -> int:
        """The last minute of a day: a bare day means its last instant."""
        return self.days[at] * MINUTES + MINUTES - 1


class Charge(NamedTuple):
    """What a stack charges on a rate: shares of the value by family, and the part never owed.

    ``unresolved`` names the measures whose duty has no share of the value; then there is no rate.
    """

    families: tuple[tuple[str, Fraction], ...]
    refundable: Fraction
    unresolved: tuple[str, ...]


class Case:
    """One distinct stack, asked for many ordinary rates."""

    def __init__(self, register: Register, stack: Stack, moment: Moment, claimed: bool) -> None:
        """Take a resolved stack; ``claimed`` lines of chapter 98 have the rate that they print."""
        self._register = register
        self._stack = stack
        self._facts = moment.facts
        self._claimed = claimed
        self._void = _void(stack, moment)
        self._known: dict[ColumnRates, Charge] = {}
        plain = self._charge(self._amounts(WHOLE), WHOLE)
        general = all(t.duty.column == GENERAL for t in stack.terms if t.duty.form == "column")
        capped = any(term.duty.form == "cap" for term in stack.terms)
        self._plain = plain if general and not capped and not plain.unresolved else None

    def charge(self, rates: ColumnRates) -> Charge:
        """The shares of the value that an ordinary rate and the rest of the stack come to."""
        key = rates if self._plain is None else ColumnRates(rates.general, "", "")
        if key not in self._known:
            self._known[key] = self._compute(key)
        return self._known[key]

    def _compute(self, rates: ColumnRates) -> Charge:
        ordinary = parse_rate(rates.general).ad_valorem() if self._plain else None
        if self._plain is None or ordinary is None:
            return self._charge(self._amounts(rates), rates)
        # Additional duties do not depend on the rate here, so only the ordinary duty is scaled.
        families = tuple(
            (name, share * ordinary if name == "base" else share)
            for name, share in self._plain.families
        )
        return self._plain._replace(families=families)

    def _amounts(self, rates: ColumnRates) -> Amounts:
        return amounts(self._stack, rates, NO_WORTH, self._facts, self._register.bases)

    def _charge(self, figures: Amounts, rates: ColumnRates) -> Charge:
        families: dict[str, Fraction] = {}
        refundable = Fraction(0)
        unresolved = []
        for layer in figures.layers:
            name, share = layer.term.measure.id, self._share(layer, rates)
            if share is None:
                unresolved.append(name)
                continue
            family = layer.term.measure.family
            families[family] = families.get(family, Fraction(0)) + share
            if name in self._void:
                refundable += share
        return Charge(tuple(sorted(families.items())), refundable, tuple(unresolved))

    def _share(self, layer: Layer, rates: ColumnRates) -> Fraction | None:
        if layer.share is None and self._claimed and layer.term.measure.family == "base":
            return parse_rate(rates.general).ad_valorem()
        return layer.share


def _void(stack: Stack, moment: Moment) -> frozenset[str]:
    """Measures whose term was never owed, as far as known."""
    return frozenset(
        term.measure.id
        for term in stack.terms
        for void in term.measure.voids
        if _holds(term, moment, void.announced, void.start, void.until, void.limbs)
    )


def _holds(
    term: Term, moment: Moment, announced: int, start: int, until: int | None, limbs: Iterable[str]
) -> bool:
    known = moment.known_on is None or announced <= moment.known_on
    covers = start <= moment.minute and (until is None or moment.minute < until)
    return known and covers and term.limb.id in limbs


class Stretch(NamedTuple):
    """Days ``[first, until)`` over which a class meets one case; ``doubtful`` names lists of which
    it is not known whether they hold the goods."""

    first: int
    until: int
    case: Case
    doubtful: tuple[str, ...]


class _Watched(NamedTuple):
    """A limb of a class with the days on which it lists the goods, and those on which it may."""

    place: int
    number: int
    listed: int
    doubtful: int


class Stacks:
    """Classes of lines and their cases."""

    def __init__(self, register: Register, schedule: Schedule | None, asked: Asked) -> None:
        """Read what can touch goods of the origin, once."""
        self.register = register
        self.asked = asked
        self._schedule = schedule if schedule is not None and schedule.imported_sha256 else None
        self._measures = _of_origin(register, asked)
        limbs = [limb for measure in self._measures for limb in measure.limbs]
        self._names = sorted(
            {name for limb in limbs for name in (*limb.goods, *limb.not_goods) if name[0].isdigit()}
        )
        self._rows = _rows_by_code(register)
        self._minutes = [asked.minute(at) for at in range(len(asked.days))]
        self._limbs = {id(limb): number for number, limb in enumerate(limbs)}
        self._paints = [self._covering(limb) for limb in limbs]
        self._yields = [self._days(row.start, row.until) for row in register.yields]
        self._listed: dict[object, tuple[int, int]] = {}
        self._kinds: dict[object, tuple[Stretch, ...]] = {}
        self._cases: dict[object, Case] = {}
        self._among: dict[frozenset[str], tuple[tuple[tuple[Yield, int], ...], int]] = {}
        self._defaults = {fact.default_goods for fact in register.facts.values()} - {""}

    @property
    def case_count(self) -> int:
        """How many distinct cases were resolved so far."""
        return len(self._cases)

    def stretches(self, code: str) -> tuple[Stretch, ...]:
        """The cases that a code meets over the days asked, in order."""
        claim = self._claim(code)
        rows = self._of_code(code)
        named = tuple(name for name in self._names if code.startswith(name))
        key = (claim, named, tuple((len(row.code), row.list, *row[2:]) for row in rows))
        if key not in self._kinds:
            self._kinds[key] = tuple(self._resolve(code, rows, claim))
        return self._kinds[key]

    def _of_code(self, code: str) -> tuple[Member, ...]:
        inherited = None
        if self._schedule is not None:
            inherited = inherit(self.register, self._schedule, code)
        if inherited is not None:
            return tuple(row for rows in inherited.members.values() for row in rows)
        return tuple(row for each in prefixes(code) for row in self._rows.get(each, ()))

    def _claim(self, code: str) -> str:
        """The provision of chapter 98 under which a line of it is entered; "" for other lines."""
        fact = self.register.facts.get(CLAIM)
        if fact is None or not code.startswith(CHAPTER_98) or self.asked.facts.given(CLAIM):
            return ""
        dotted = f"{code[:4]}.{code[4:6]}.{code[6:8]}"
        return dotted if dotted in fact.words else OTHER_CLAIM

    def _resolve(self, code: str, rows: Iterable[Member], claim: str) -> Iterator[Stretch]:
        """Walk over the days on which something of the class changes."""
        members: dict[str, list[Member]] = {}
        for row in rows:
            members.setdefault(row.list, []).append(row)
        asked = self.asked
        scope = narrow(
            self.register, code, asked.origin, asked.destination, members, self._measures
        )
        facts = asked.facts.with_value(CLAIM, claim) if claim else asked.facts
        watched = list(self._watch(scope))
        marks = sorted(self._marks(scope, watched))
        ends = [*marks[1:], len(asked.days)]
        flat = [(c, scoped) for c in scope.candidates for scoped in c.limbs]
        for first, until in zip(marks, ends, strict=True):
            case, doubtful = self._case(scope, flat, watched, first, facts, bool(claim))
            yield Stretch(first, until, case, doubtful)

    def _watch(self, scope: Scope) -> Iterator[_Watched]:
        """The limbs of a class that list the goods on some day, or may."""
        place = 0
        for candidate in scope.candidates:
            for scoped in candidate.limbs:
                number = self._limbs[id(scoped.limb)]
                listed, doubtful = self._membership(scoped, number)
                if listed or doubtful:
                    yield _Watched(place, number, listed, doubtful)
                place += 1

    def _membership(self, scoped: ScopedLimb, number: int) -> tuple[int, int]:
        """Days on which a limb lists the goods, and days on which that is not known."""
        rows = [row for rows in (*scoped.goods, *scoped.not_goods) for row in rows]
        sides = (len(scoped.goods), scoped.always, tuple(len(each) for each in scoped.goods))
        key = (number, sides, tuple((len(row.code), row.list, *row[2:]) for row in rows))
        if key not in self._listed:
            edges = {edge for row in rows for edge in (row.start, row.until)}
            edges.update(edge for start, until, _ in scoped.unknown for edge in (start, until))
            listed = doubtful = 0
            for first, until in self._between(edges):
                held = scoped.listed(self._minutes[first], self.asked.known_on).listed
                days = (1 << until) - (1 << first)
                listed |= days if held else 0
                doubtful |= days if held is None else 0
            self._listed[key] = listed, doubtful
        return self._listed[key]

    def _between(self, edges: Iterable[int | None]) -> Iterator[tuple[int, int]]:
        """Runs of days between edges of the law."""
        marks = {bisect_left(self._minutes, edge) for edge in edges if edge is not None}
        ordered = sorted({0, *marks} - {len(self._minutes)})
        yield from zip(ordered, [*ordered[1:], len(self._minutes)], strict=True)

    def _covering(self, limb: Limb) -> list[tuple[int, tuple[Paint, ...]]]:
        """Runs of days by first day, with the paints that cover them where one charges."""
        runs: list[tuple[int, tuple[Paint, ...]]] = []
        edges = {edge for paint in limb.paints for edge in (paint.start, paint.until)}
        for first, _ in self._between(edges):
            minute = self._minutes[first]
            covering = tuple(
                paint
                for paint in limb.paints
                if paint.start <= minute
                and (paint.until is None or minute < paint.until)
                and (self.asked.known_on is None or paint.announced <= self.asked.known_on)
            )
            kept = covering if any(paint.duty for paint in covering) else ()
            if not runs or runs[-1][1] != kept:
                runs.append((first, kept))
        return runs

    def _days(self, start: int, until: int | None) -> int:
        first = bisect_left(self._minutes, start)
        end = len(self._minutes) if until is None else bisect_left(self._minutes, until)
        return (1 << max(end, first)) - (1 << first)

    def _marks(self, scope: Scope, watched: Iterable[_Watched]) -> set[int]:
        """Days on which a limb's paint, its list, or a yield of the class changes."""
        changes = self._yields_among(scope)[1]
        marks = {0}
        for each in watched:
            reach = each.listed | each.doubtful
            changes |= _changes(each.listed) | _changes(each.doubtful)
            marks.update(first for first, _ in self._paints[each.number] if reach >> first & 1)
        marks.update(at for at in range(len(self._minutes)) if changes >> at & 1)
        return marks

    def _yields_among(self, scope: Scope) -> tuple[tuple[tuple[Yield, int], ...], int]:
        """The yields among the measures of a class with their days, and the days of change."""
        names = frozenset(candidate.measure.id for candidate in scope.candidates)
        if names not in self._among:
            rows = tuple(
                (row, days)
                for row, days in zip(self.register.yields, self._yields, strict=True)
                if row.loser in names and row.winner in names and days
            )
            changes = 0
            for _, days in rows:
                changes |= _changes(days)
            self._among[names] = rows, changes
        return self._among[names]

    def _case(
        self,
        scope: Scope,
        flat: Sequence[tuple[Candidate, ScopedLimb]],
        watched: Iterable[_Watched],
        at: int,
        facts: EntryFacts,
        claimed: bool,
    ) -> tuple[Case, tuple[str, ...]]:
        """The case that a class meets on a day: resolved, unless another class met it before."""
        key: list[object] = []
        open_lists: dict[str, None] = {}
        fitting: dict[str, list[ScopedLimb]] = {}
        for each in watched:
            paints = _at(self._paints[each.number], at)
            if not paints:
                continue
            candidate, scoped = flat[each.place]
            if each.doubtful >> at & 1:
                open_lists.update(dict.fromkeys(scoped.limb.goods))
            if each.listed >> at & 1:
                key.append((each.number, tuple(map(id, paints))))
                always = ScopedLimb(scoped.limb, (), (), (), True)
                fitting.setdefault(candidate.measure.id, []).append(always)
        yields = [
            row
            for row, days in self._yields_among(scope)[0]
            if days >> at & 1 and row.loser in fitting and row.winner in fitting
        ]
        listed = tuple(name for name in scope.listed if name in self._defaults)
        whole = (claimed, facts.texts.get(CLAIM), tuple(key), tuple(map(id, yields)), listed)
        if whole not in self._cases:
            small = scope._replace(
                candidates=tuple(
                    Candidate(candidate.measure, tuple(fitting[candidate.measure.id]))
                    for candidate in scope.candidates
                    if candidate.measure.id in fitting
                ),
                yields=tuple(yields),
            )
            moment = Moment(self._minutes[at], self.asked.known_on, facts)
            stack = resolve(small, moment)
            self._cases[whole] = Case(self.register, stack, moment, claimed)
        return self._cases[whole], tuple(open_lists)

    def edges(self) -> Iterator[int]:
        """Days on which something of the law that can touch the origin's goods changes."""
        yield from law_days(self.register, self.asked.origin, self.asked.destination)


def _of_origin(register: Register, asked: Asked) -> list[Measure]:
    """The destination's measures with the limbs that can fit goods of the origin."""
    measures = []
    for measure in register.measures(f"{asked.destination.lower()}/tariff", "measure"):
        if register.inside(measure.places, asked.origin):
            limbs = tuple(
                limb
                for limb in measure.limbs
                if not limb.places or register.inside(limb.places, asked.origin)
            )
            measures.append(measure._replace(limbs=limbs))
    return measures


def _rows_by_code(register: Register) -> Mapping[str, list[Member]]:
    rows: dict[str, list[Member]] = {}
    for row in register.all_members():
        rows.setdefault(row.code, []).append(row)
    return rows


def law_days(register: Register, origin: str, destination: str) -> set[int]:
    """Every day on which a measure, a list or a yield that can touch the goods changes."""
    asked = Asked(origin, destination, EntryFacts({}, {}), None, ())
    edges: set[int | None] = set()
    names: set[str] = set()
    for measure in _of_origin(register, asked):
        edges.update(edge for void in measure.voids for edge in (void.start, void.until))
        for limb in measure.limbs:
            names.update((*limb.goods, *limb.not_goods))
            edges.update(edge for paint in limb.paints for edge in (paint.start, paint.until))
    for row in register.all_members():
        if row.list in names:
            edges.update((row.start, row.until))
    for name, listed in register.lists.items():
        if name in names:
            edges.update(edge for start, until, _ in listed.unknown for edge in (start, until))
    for each in register.yields:
        edges.update((each.start, each.until))
    return {edge // MINUTES for edge in edges if edge is not None}


def _changes(days: int) -> int:
    """Days that differ from the day before them."""
    return days ^ (days << 1)


def _at(runs: Sequence[tuple[int, tuple[Paint, ...]]], at: int) -> tuple[Paint, ...]:
    """The paints of the run that holds a day."""
    shown: tuple[Paint, ...] = ()
    for first, paints in runs:
        if first > at:
            break
        shown = paints
    return shown
