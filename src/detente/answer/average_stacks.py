"""Stacks for thousands of lines over many days, each distinct one resolved once.

Lines that stand on the same rows of the same lists are one class. Over the days, a class meets a
distinct case only where one of its limbs, lists or yields changes, and classes share cases: the
limbs that list the goods and are painted, and the yields among them, decide. Each distinct case is
resolved by `detente.duty.stack.resolve`, so an average and a single answer cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente._shapes import NamedTuple
from detente.answer.average_cases import Case, Ordinary
from detente.answer.average_law import Asked, Law, changes_of
from detente.answer.inheritance import inherit
from detente.duty.scope import Candidate, Scope, ScopedLimb, narrow
from detente.duty.stack import Moment, resolve
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.lists import prefixes
from detente.register.model import Member, Paint, Yield

CLAIM = "chapter98"
OTHER_CLAIM = "other"
CHAPTER_98 = "98"


class Stretch(NamedTuple):
    """Days ``[first, until)`` over which a class meets one case.

    ``doubtful`` names lists of which it is not known whether they hold the goods.
    """

    first: int
    until: int
    case: Case
    doubtful: tuple[str, ...]


class Kind(NamedTuple):
    """A class of lines: the cases that they meet over the days asked, in order.

    ``only_general`` says that no other column than the general one counts for it.
    """

    number: int
    stretches: tuple[Stretch, ...]
    only_general: bool


class _Watched(NamedTuple):
    """A limb of a class with the days on which it lists the goods, and those on which it may."""

    candidate: Candidate
    scoped: ScopedLimb
    number: int
    listed: int
    doubtful: int


class Stacks:
    """Classes of lines and their cases."""

    def __init__(
        self,
        register: Register,
        schedule: Schedule | None,
        asked: Asked,
        rows: Mapping[str, list[Member]] | None = None,
    ) -> None:
        """Read what can touch goods of the origin, once.

        ``rows`` are those of `rows_by_code`, where several origins are asked about together.
        """
        self.register = register
        self.asked = asked
        self._schedule = schedule if schedule is not None and schedule.imported_sha256 else None
        self.ordinary = Ordinary()
        self._laws: dict[str, Law] = {}
        self._known: dict[tuple[str, int | None], Kind] = {}
        self._rows = rows_by_code(register) if rows is None else rows
        self._origins: dict[str, tuple[int | None, int | None]] = {}
        self._kinds: dict[object, Kind] = {}
        self._cases: dict[object, Case] = {}

    def kind(self, code: str, later: int | None = None) -> Kind:
        """The class of a code.

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
                stretches = tuple(self._resolve(code, rows, law, claim))
                general = all(stretch.case.only_general for stretch in stretches)
                self._kinds[key] = Kind(len(self._kinds), stretches, general)
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

    def _law(self, claim: str) -> Law:
        if claim not in self._laws:
            facts = self.asked.facts
            facts = facts.with_value(CLAIM, claim) if claim else facts
            self._laws[claim] = Law(self.register, self.asked, facts)
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
        self, code: str, rows: Iterable[Member], law: Law, claim: str
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
            changes |= changes_of(each.listed) | changes_of(each.doubtful)
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
        law: Law,
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
                if not self.asked.doubtful:
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


def rows_by_code(register: Register) -> Mapping[str, list[Member]]:
    """The rows of all lists by their code."""
    rows: dict[str, list[Member]] = {}
    for row in register.all_members():
        rows.setdefault(row.code, []).append(row)
    return rows


def _at(runs: Sequence[tuple[int, tuple[Paint, ...]]], at: int) -> tuple[Paint, ...]:
    """The paints of the run that holds a day."""
    shown: tuple[Paint, ...] = ()
    for first, paints in runs:
        if first > at:
            break
        shown = paints
    return shown
