"""What one measure comes to over the days, for every class of codes: a timeline of fits.

A measure sees little of a code: the rows of the lists that it names. Codes with the same rows have
the same timeline, and so have all origins and facts that leave it the same provisions.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.changepoints import void_changepoints
from detente.applicability.entry_facts import EntryFacts
from detente.applicability.partition import GoodsClasses, Rows
from detente.applicability.scope import MeasureInScope, ScopedProvision, fitting
from detente.applicability.stack import AsOf, Term, fit, is_void
from detente.average.classes import Classes
from detente.average.law import AverageLaw, changepoints_in, changes_of
from detente.register.model import Measure, Provision

if TYPE_CHECKING:
    from detente.applicability.partition import Members

NOTHING = 0
"""The number of a fit that comes to nothing, and of a timeline of such fits."""


class Fitted(NamedTuple):
    """What one measure comes to on a day.

    Attributes:
        term: its term; None where it does not apply.
        number: of the term, by what it charges; 0 where there is none.
        void: whether what it charges was never owed, as far as known.
        doubtful: lists of which it is not known whether they hold the goods.
        stacking: the yields by which the term gives way, and those by which others do to it.
    """

    term: Term | None
    number: int
    void: bool
    doubtful: tuple[str, ...]
    stacking: tuple[int, int] = (0, 0)


class MeasureFacts(NamedTuple):
    """A measure with the provisions that facts leave it, and what is stated of facts it reads."""

    measure: Measure
    facts: EntryFacts
    stated: tuple[tuple[str, str], ...]


class WatchedProvision(NamedTuple):
    """A provision beside the goods of a class: sets of days, as `AverageLaw` has them.

    Attributes:
        scoped: the provision, of which the days already say that it lists the goods.
        active: days on which it charges something, and lists the goods or may list them.
        doubtful: days on which it may.
        marks: days on which what it comes to may change.
    """

    scoped: ScopedProvision
    active: int
    doubtful: int
    marks: int


class ClassTimelines:
    """Timelines met so far, and the timeline of every class under a measure.

    Attributes:
        fits: what measures came to, by number.
        timelines: the number of the fit on each day, by number of the timeline.
        changes: the days on which that differs from the day before, by number of the timeline.
        stacking: the yields of its measure, as a fit has them, by number of the timeline.
    """

    def __init__(self, law: AverageLaw, classes: Classes, *, doubtful: bool = False) -> None:
        """Begin without any.

        Args:
            law: the law on the days asked.
            classes: the lists and the codes asked about.
            doubtful: how a provision counts of which it is not known whether it lists the goods.
        """
        self.law = law
        self.classes = classes
        self._doubtful = doubtful
        self.fits = [Fitted(None, 0, False, ())]
        self.timelines: list[tuple[int, ...]] = [(NOTHING,) * len(law.minutes)]
        self.changes: list[tuple[int, ...]] = [()]
        self.stacking = [(0, 0)]
        self._fit_numbers: dict[object, int] = {}
        self._terms: dict[object, int] = {}
        self._timeline_numbers = {self.timelines[0]: NOTHING}
        self._columns: dict[object, tuple[int, list[int] | None]] = {}
        self._watched: dict[object, WatchedProvision | None] = {}
        self._fits: dict[object, int] = {}
        self._read: dict[int, list[str]] = {}

    def column(self, measure: Measure, facts: EntryFacts, group: GoodsClasses) -> list[int] | None:
        """The timeline of each class of a group; None where the measure touches none of them.

        Args:
            measure: one of those that the law gives for an origin.
            facts: entry facts.
            group: classes of codes.
        """
        texts = facts.texts
        stated = tuple([(name, texts[name]) for name in self._read_by(measure) if name in texts])
        key = (id(measure), stated, id(group))
        size, found = self._columns.get(key, (-1, None))
        if size != len(group.codes):
            found = self._column(MeasureFacts(measure, facts, stated), group)
            self._columns[key] = len(group.codes), found
        return found

    def _read_by(self, measure: Measure) -> list[str]:
        """The facts that a measure's provisions test, in order of name."""
        found = self._read.get(id(measure))
        if found is None:
            read = {test.fact for provision in measure.provisions for test in provision.when}
            found = self._read[id(measure)] = sorted(read)
        return found

    def _column(self, own: MeasureFacts, group: GoodsClasses) -> list[int] | None:
        measure, facts = own.measure, own.facts
        provisions = self.law.left(measure, facts)
        if not provisions:
            return None
        names = {
            name for provision in provisions for name in (*provision.goods, *provision.not_goods)
        }
        tests = (test for provision in provisions for test in provision.when)
        names |= {each.list for test in tests for each in facts.known[test.fact].goods}
        left = own._replace(measure=measure._replace(provisions=provisions))
        # Most classes are on none of the measure's lists: theirs is made once.
        found = [self._timeline(left, "", ())] * len(group.codes)
        known: dict[tuple[Rows, ...], int] = {}
        for number, rows_of_lists in group.seen(sorted(names)).items():
            if rows_of_lists not in known:
                code = group.codes[number]
                known[rows_of_lists] = self._timeline(left, code, rows_of_lists)
            found[number] = known[rows_of_lists]
        return found if any(found) else None

    def _timeline(self, own: MeasureFacts, code: str, rows_of_lists: tuple[Rows, ...]) -> int:
        """The number of the timeline of goods by their rows."""
        measure = own.measure
        members = self.classes.rows.members(row for rows in rows_of_lists for row in rows)
        watched = []
        for provision in measure.provisions:
            key = (id(provision), rows_of_lists)
            if key not in self._watched:
                self._watched[key] = self._watch(provision, members, code)
            found = self._watched[key]
            if found is not None:
                watched.append(found)
        listed = tuple(members)
        timeline: list[int] = []
        marks = self._marks(measure, watched)
        for first, until in zip(marks, [*marks[1:], len(self.law.minutes)], strict=True):
            number = self._fit(own, watched, first, listed)
            timeline.extend([number] * (until - first))
        return self._number(tuple(timeline))

    def _watch(self, provision: Provision, members: Members, code: str) -> WatchedProvision | None:
        """A provision beside goods by their rows; None where it never charges and lists them."""
        scoped = fitting(self.law.register.unread, provision, members, code)
        if scoped is None:
            return None
        listed, doubtful = self.law.membership(scoped)
        reach = listed | doubtful
        if not reach:
            return None
        # Sets of days are the bits of whole numbers: a union is one operation, however many days.
        marks = changes_of(listed) | changes_of(doubtful)
        for first, _ in self.law.charging(provision):
            marks |= reach & (1 << first)
        whole = ScopedProvision(provision, (), (), (), True)
        return WatchedProvision(whole, reach & self.law.charging_days(provision), doubtful, marks)

    def _marks(self, measure: Measure, watched: Iterable[WatchedProvision]) -> list[int]:
        """Days on which what a measure comes to may change; the first day is one."""
        changes = 1
        for each in watched:
            changes |= each.marks
        if measure.voids:
            for first, _ in self.law.between(void_changepoints(measure)):
                changes |= 1 << first
        return [at for at in range(len(self.law.minutes)) if changes >> at & 1]

    def _fit(
        self,
        own: MeasureFacts,
        watched: Iterable[WatchedProvision],
        at: int,
        listed: tuple[str, ...],
    ) -> int:
        """The number of what a measure comes to on a day."""
        provisions: list[ScopedProvision] = []
        doubt: dict[str, None] = {}
        for each in watched:
            if not each.active >> at & 1:
                continue
            if each.doubtful >> at & 1:
                doubt.update(dict.fromkeys(each.scoped.provision.goods))
                if not self._doubtful:
                    continue
            provisions.append(each.scoped)
        charged = tuple([id(each.provision) for each in provisions])
        key = (own.measure.id, own.stated, charged, *doubt, at, listed)
        if key not in self._fits:
            as_of = AsOf(self.law.minutes[at], self.law.known_on, own.facts)
            term = None
            if provisions:
                found = fit(MeasureInScope(own.measure, tuple(provisions)), listed, as_of)
                term = found.term
            self._fits[key] = self._fit_number(term, as_of, tuple(doubt))
        return self._fits[key]

    def _fit_number(self, term: Term | None, as_of: AsOf, doubtful: tuple[str, ...]) -> int:
        if term is None and not doubtful:
            return NOTHING
        number, void, stacking = 0, False, (0, 0)
        if term is not None:
            void, stacking = is_void(term, as_of), self.law.stacking.of(term.measure.id)
            charged = (term.measure.id, term.provision.id, term.duty, void)
            number = self._terms.setdefault(charged, len(self._terms) + 1)
        key = (number, doubtful)
        if key not in self._fit_numbers:
            self._fit_numbers[key] = len(self.fits)
            self.fits.append(Fitted(term, number, void, doubtful, stacking))
        return self._fit_numbers[key]

    def _number(self, timeline: tuple[int, ...]) -> int:
        found = self._timeline_numbers.get(timeline)
        if found is None:
            found = self._timeline_numbers[timeline] = len(self.timelines)
            self.timelines.append(timeline)
            self.changes.append(changepoints_in(timeline))
            self.stacking.append(max(self.fits[each].stacking for each in set(timeline)))
        return found
