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
from detente.duty.amounts import ColumnRates, Layer, Worth, amounts
from detente.duty.entry_facts import EntryFacts
from detente.duty.rate_text import EmptyRateError, parse_rate
from detente.duty.scope import Candidate, Scope, ScopedLimb, narrow
from detente.duty.stack import Moment, Stack, Term, resolve
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.clock import MINUTES
from detente.register.lists import prefixes
from detente.register.model import Limb, Measure, Member, Paint, Yield

SCALE = 10**12
"""Shares of the value are whole trillionths, so that millions of them add up exactly."""

GENERAL = "general"
BASE = "base"
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

    Shares are in units of `SCALE`. ``unresolved`` names the measures whose duty has no share of
    the value; then there is no rate.
    """

    families: tuple[tuple[str, int], ...]
    refundable: int
    unresolved: tuple[str, ...]


class Ordinary:
    """Ordinary rates as shares of the value, each text read once."""

    def __init__(self) -> None:
        self._known: dict[str, int | None] = {}

    def share(self, text: str) -> int | None:
        """The share in units of `SCALE`; None where the rate is not ad valorem."""
        if text not in self._known:
            exact = parse_rate(text).ad_valorem()
            self._known[text] = None if exact is None else round(exact * SCALE)
        return self._known[text]


class Case:
    """One distinct stack, asked for many ordinary rates."""

    def __init__(
        self, register: Register, stack: Stack, moment: Moment, claimed: bool, rates: Ordinary
    ) -> None:
        """Take a resolved stack; ``claimed`` lines of chapter 98 have the rate that they print."""
        self._ordinary = rates
        self._register = register
        self._stack = stack
        self._facts = moment.facts
        self._claimed = claimed
        self._void = _void(stack, moment)
        self._known: dict[ColumnRates, Charge] = {}
        plain = self._reckon(WHOLE)
        general = all(t.duty.column == GENERAL for t in stack.terms if t.duty.form == "column")
        capped = any(term.duty.form == "cap" for term in stack.terms)
        self._plain = plain if general and not capped and not plain.unresolved else None

    @property
    def only_general(self) -> bool:
        """Whether no other column than the general one counts."""
        return self._plain is not None

    def charge(self, rates: ColumnRates) -> Charge:
        """The shares of the value that an ordinary rate and the rest of the stack come to."""
        if rates not in self._known:
            self._known[rates] = self._compute(rates)
        return self._known[rates]

    def _compute(self, rates: ColumnRates) -> Charge:
        ordinary = self._ordinary.share(rates.general) if self._plain else None
        if self._plain is None or ordinary is None:
            return self._reckon(rates)
        # Additional duties do not depend on the rate here, so only the ordinary duty is scaled.
        families = tuple(
            (name, share * ordinary // SCALE if name == BASE else share)
            for name, share in self._plain.families
        )
        return Charge(families, self._plain.refundable, ())

    def _reckon(self, rates: ColumnRates) -> Charge:
        try:
            figures = amounts(self._stack, rates, NO_WORTH, self._facts, self._register.bases)
        except EmptyRateError:
            # The line prints nothing in the column that counts.
            names = [t.measure.id for t in self._stack.terms if t.duty.form == "column"]
            return Charge((), 0, tuple(names))
        families: dict[str, int] = {}
        refundable = 0
        unresolved = []
        for layer in figures.layers:
            name, exact = layer.term.measure.id, self._share(layer, rates)
            if exact is None:
                unresolved.append(name)
                continue
            family, share = layer.term.measure.family, round(exact * SCALE)
            families[family] = families.get(family, 0) + share
            if name in self._void:
                refundable += share
        return Charge(tuple(sorted(families.items())), refundable, tuple(unresolved))

    def _share(self, layer: Layer, rates: ColumnRates) -> Fraction | None:
        if layer.share is None and self._claimed and layer.term.measure.family == BASE:
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

    candidate: Candidate
    scoped: ScopedLimb
    number: int
    listed: int
    doubtful: int


class _Law:
    """What can touch goods of the origin on the days asked, under one set of facts.

    Limbs that the facts keep out, or that charge on none of the days, are left out: no line can
    come to them.
    """

    def __init__(self, register: Register, asked: Asked, facts: EntryFacts) -> None:
        self.facts = facts
        self.known_on = asked.known_on
        self.minutes = [asked.minute(at) for at in range(len(asked.days))]
        measures, limbs = [], []
        self.paints: list[list[tuple[int, tuple[Paint, ...]]]] = []
        for measure in _of_origin(register, asked.origin, asked.destination):
            kept = []
            for limb in measure.limbs:
                paints = self._covering(limb)
                if any(shown for _, shown in paints) and _may_hold(limb, facts):
                    kept.append(limb)
                    limbs.append(limb)
                    self.paints.append(paints)
            if kept:
                measures.append(measure._replace(limbs=tuple(kept)))
        self.measures = tuple(measures)
        self.numbers = {id(limb): number for number, limb in enumerate(limbs)}
        goods = {name for limb in limbs for name in (*limb.goods, *limb.not_goods)}
        self.codes = tuple(sorted(name for name in goods if name[0].isdigit()))
        defaults = {fact.default_goods for fact in register.facts.values()} - {""}
        self.lists = frozenset(goods | defaults)
        self.defaults = defaults
        self.yields = [
            (row, days) for row in register.yields if (days := self._days(row.start, row.until))
        ]
        self._among: dict[frozenset[str], tuple[tuple[tuple[Yield, int], ...], int]] = {}
        self._listed: dict[object, tuple[int, int]] = {}

    def between(self, edges: Iterable[int | None]) -> Iterator[tuple[int, int]]:
        """Runs of days between edges of the law."""
        marks = {bisect_left(self.minutes, edge) for edge in edges if edge is not None}
        ordered = sorted({0, *marks} - {len(self.minutes)})
        yield from zip(ordered, [*ordered[1:], len(self.minutes)], strict=True)

    def _covering(self, limb: Limb) -> list[tuple[int, tuple[Paint, ...]]]:
        """Runs of days by first day, with the paints that cover them where one charges."""
        runs: list[tuple[int, tuple[Paint, ...]]] = []
        edges = {edge for paint in limb.paints for edge in (paint.start, paint.until)}
        for first, _ in self.between(edges):
            minute = self.minutes[first]
            covering = tuple(
                paint
                for paint in limb.paints
                if paint.start <= minute
                and (paint.until is None or minute < paint.until)
                and (self.known_on is None or paint.announced <= self.known_on)
            )
            shown = covering if any(paint.duty for paint in covering) else ()
            if not runs or runs[-1][1] != shown:
                runs.append((first, shown))
        return runs

    def _days(self, start: int, until: int | None) -> int:
        first = bisect_left(self.minutes, start)
        end = len(self.minutes) if until is None else bisect_left(self.minutes, until)
        return (1 << max(end, first)) - (1 << first)

    def membership(self, scoped: ScopedLimb, number: int) -> tuple[int, int]:
        """Days on which a limb lists the goods, and days on which that is not known."""
        rows = [row for rows in (*scoped.goods, *scoped.not_goods) for row in rows]
        sides = (scoped.always, tuple(len(each) for each in scoped.goods))
        key = (number, sides, tuple((len(row.code), *row[1:]) for row in rows))
        if key not in self._listed:
            edges = {edge for row in rows for edge in (row.start, row.until)}
            edges.update(edge for start, until, _ in scoped.unknown for edge in (start, until))
            listed = doubtful = 0
            for first, until in self.between(edges):
                held = scoped.listed(self.minutes[first], self.known_on).listed
                days = (1 << until) - (1 << first)
                listed |= days if held else 0
                doubtful |= days if held is None else 0
            self._listed[key] = listed, doubtful
        return self._listed[key]

    def yields_among(self, names: frozenset[str]) -> tuple[tuple[tuple[Yield, int], ...], int]:
        """The yields among some measures with their days, and the days on which these change."""
        if names not in self._among:
            rows = tuple(
                (row, days)
                for row, days in self.yields
                if row.loser in names and row.winner in names
            )
            changes = 0
            for _, days in rows:
                changes |= _changes(days)
            self._among[names] = rows, changes
        return self._among[names]


class Stacks:
    """Classes of lines and their cases."""

    def __init__(self, register: Register, schedule: Schedule | None, asked: Asked) -> None:
        """Read what can touch goods of the origin, once."""
        self.register = register
        self.asked = asked
        self._schedule = schedule if schedule is not None and schedule.imported_sha256 else None
        self.ordinary = Ordinary()
        self._laws: dict[str, _Law] = {}
        self._known: dict[tuple[str, int | None], tuple[Stretch, ...]] = {}
        self._rows = _rows_by_code(register)
        self._origins: dict[str, tuple[int | None, int | None]] = {}
        self._kinds: dict[object, tuple[Stretch, ...]] = {}
        self._cases: dict[object, Case] = {}

    def stretches(self, code: str, later: int | None = None) -> tuple[Stretch, ...]:
        """The cases that a code meets over the days asked, in order.

        Args:
            code: digits.
            later: the minute from which the schedule prints the code, where it stands for goods
                that had another number before: rows of lists that begin then reach back as far as
                their list does, since a new number of a code moves no goods off a list.
        """
        if (code, later) not in self._known:
            claim = self._claim(code)
            law = self._law(claim)
            rows = [row for row in self._of_code(code) if row.list in law.lists]
            if later is not None:
                rows = [self._back(row) if row.start == later else row for row in rows]
            named = tuple(name for name in law.codes if code.startswith(name))
            key = (claim, named, tuple((len(row.code), *row[1:]) for row in rows))
            if key not in self._kinds:
                self._kinds[key] = tuple(self._resolve(code, rows, law, claim))
            self._known[code, later] = self._kinds[key]
        return self._known[code, later]

    def _back(self, row: Member) -> Member:
        """A row over all days of its list."""
        if not self._origins:
            for rows in self._rows.values():
                for each in rows:
                    start, announced = self._origins.get(each.list, (each.start, each.announced))
                    self._origins[each.list] = (
                        min(start or 0, each.start or 0),
                        min(announced or 0, each.announced or 0),
                    )
        start, announced = self._origins[row.list]
        return row._replace(start=start or None, announced=announced or None)

    def _law(self, claim: str) -> _Law:
        if claim not in self._laws:
            facts = self.asked.facts
            facts = facts.with_value(CLAIM, claim) if claim else facts
            self._laws[claim] = _Law(self.register, self.asked, facts)
        return self._laws[claim]

    def _of_code(self, code: str) -> Iterable[Member]:
        inherited = None
        if self._schedule is not None:
            inherited = inherit(self.register, self._schedule, code)
        if inherited is not None:
            return (row for rows in inherited.members.values() for row in rows)
        return (row for each in prefixes(code) for row in self._rows.get(each, ()))

    def _claim(self, code: str) -> str:
        """The provision of chapter 98 under which a line of it is entered; "" for other lines."""
        fact = self.register.facts.get(CLAIM)
        if fact is None or not code.startswith(CHAPTER_98) or self.asked.facts.given(CLAIM):
            return ""
        dotted = f"{code[:4]}.{code[4:6]}.{code[6:8]}"
        return dotted if dotted in fact.words else OTHER_CLAIM

    def _resolve(
        self, code: str, rows: Iterable[Member], law: _Law, claim: str
    ) -> Iterator[Stretch]:
        """Walk over the days on which something of the class changes."""
        members: dict[str, list[Member]] = {}
        for row in rows:
            members.setdefault(row.list, []).append(row)
        asked = self.asked
        scope = narrow(self.register, code, asked.origin, asked.destination, members, law.measures)
        watched = []
        for candidate in scope.candidates:
            for scoped in candidate.limbs:
                number = law.numbers[id(scoped.limb)]
                listed, doubtful = law.membership(scoped, number)
                if listed or doubtful:
                    watched.append(_Watched(candidate, scoped, number, listed, doubtful))
        names = frozenset(each.candidate.measure.id for each in watched)
        yields, changes = law.yields_among(names)
        marks = {0}
        for each in watched:
            reach = each.listed | each.doubtful
            changes |= _changes(each.listed) | _changes(each.doubtful)
            marks.update(first for first, _ in law.paints[each.number] if reach >> first & 1)
        marks.update(at for at in range(len(asked.days)) if changes >> at & 1)
        found: list[Stretch] = []
        for at in sorted(marks):
            case, doubt = self._case(scope, watched, yields, at, law, bool(claim))
            if found and found[-1].case is case and found[-1].doubtful == doubt:
                continue
            if found:
                found[-1] = found[-1]._replace(until=at)
            found.append(Stretch(at, len(asked.days), case, doubt))
        yield from found

    def _case(
        self,
        scope: Scope,
        watched: Iterable[_Watched],
        yields: Iterable[tuple[Yield, int]],
        at: int,
        law: _Law,
        claimed: bool,
    ) -> tuple[Case, tuple[str, ...]]:
        """The case that a class meets on a day: resolved, unless another class met it before."""
        key: list[object] = []
        doubt: dict[str, None] = {}
        fitting: dict[str, list[ScopedLimb]] = {}
        for each in watched:
            if not (each.listed | each.doubtful) >> at & 1:
                continue
            paints = _at(law.paints[each.number], at)
            if not paints:
                continue
            if each.doubtful >> at & 1:
                doubt.update(dict.fromkeys(each.scoped.limb.goods))
                continue
            key.append((each.number, tuple(map(id, paints))))
            fitting.setdefault(each.candidate.measure.id, []).append(each.scoped)
        active = [
            row
            for row, days in yields
            if days >> at & 1 and row.loser in fitting and row.winner in fitting
        ]
        listed = tuple(name for name in scope.listed if name in law.defaults)
        claim = law.facts.texts.get(CLAIM) if claimed else None
        whole = (claim, tuple(key), tuple(map(id, active)), listed)
        if whole not in self._cases:
            small = scope._replace(
                candidates=tuple(
                    Candidate(
                        candidate.measure,
                        tuple(
                            ScopedLimb(scoped.limb, (), (), (), True)
                            for scoped in fitting[candidate.measure.id]
                        ),
                    )
                    for candidate in scope.candidates
                    if candidate.measure.id in fitting
                ),
                yields=tuple(active),
            )
            moment = Moment(law.minutes[at], law.known_on, law.facts)
            stack = resolve(small, moment)
            self._cases[whole] = Case(self.register, stack, moment, claimed, self.ordinary)
        return self._cases[whole], tuple(doubt)


def _may_hold(limb: Limb, facts: EntryFacts) -> bool:
    """Whether some goods can pass the tests of a limb: only lists can change what facts say."""
    return all(
        facts.holds(test) or (facts.known[test.fact].default_goods and not facts.given(test.fact))
        for test in limb.when
    )


def _of_origin(register: Register, origin: str, destination: str) -> Iterator[Measure]:
    """The destination's measures with the limbs that can fit goods of the origin."""
    for measure in register.measures(f"{destination.lower()}/tariff", "measure"):
        if register.inside(measure.places, origin):
            limbs = tuple(
                limb
                for limb in measure.limbs
                if not limb.places or register.inside(limb.places, origin)
            )
            yield measure._replace(limbs=limbs)


def _rows_by_code(register: Register) -> Mapping[str, list[Member]]:
    rows: dict[str, list[Member]] = {}
    for row in register.all_members():
        rows.setdefault(row.code, []).append(row)
    return rows


def law_days(register: Register, origin: str, destination: str) -> set[int]:
    """Every day on which a measure, a list or a yield that can touch the goods changes."""
    edges: set[int | None] = set()
    names: set[str] = set()
    for measure in _of_origin(register, origin, destination):
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
