"""The shapes of the register: what a measure, a provision, a period and a yield are.

Everything here is an immutable tuple with names, so a compiled register is read in a few
milliseconds and can be shared without fear. Times are minutes of the acting country's wall
clock (see ``clock``); ``None`` as an end means that no end is known.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NotRequired, TypedDict

    class AgreedPart(TypedDict):
        """A part of a measure that an agreement acts on; ``also`` holds what goes with it."""

        measure: str
        limb: str
        verb: str
        what: str
        returns: str
        also: NotRequired[list[AgreedPart]]

    class StepTaken(TypedDict):
        """What of a commitment was found done by a day, and the keys of who says so."""

        on: str
        text: str
        sources: list[str]

    class Terms(TypedDict, total=False):
        """What a record says beside its days, as far as its kind has it."""

        instruments: list[AgreedPart]
        promised: list[dict[str, str]]
        progress: list[StepTaken]
        speaker: str
        role: str
        outlet: str
        attested: str
        words: str
        test: str
        untested: str
        later: list[dict[str, str]]


KINDS = ("measure", "threat", "proposal", "agreement", "commitment", "claim", "event")
"""Kinds of record. Only a ``measure`` can enter a duty or a decision."""

STATES = (
    "in_force",
    "suspended",
    "ceased",
    "lapsed",
    "expired",
    "ended",
    "not_enforced",
    "informal",
)
"""States that a period may give; ``announced``, ``scheduled``, ``never_operated`` are derived."""

GRADES = ("primary", "secondary", "background", "conflict")
"""How well a fact is known: read in the official text, read elsewhere, remembered, disputed."""

LAW, ANNOUNCED = "law", "announced"
READINGS = (LAW, ANNOUNCED)
"""Readings of a register: law as enacted, or with what was only announced as if it were."""

SCENARIO = "scenario"
"""The source of what a scenario supposes; it covers law and announcements alike."""

EVERYBODY = "*"
"""The yielding side of a rule that speaks of every measure of the prevailing one's area but it."""

EVERY_LIMB = "*"
"""After a measure's name in a yield: all its provisions, those that charge nothing too."""

OPERATORS = ("is", "in", "before", "from", "at_least", "more_than", "at_most", "below", "given")
"""The closed vocabulary of ``when``; ``given`` asks whether the fact was stated."""


class DutyRate(NamedTuple):
    """What a period of a provision charges.

    Attributes:
        form: ``free, add, cap, column, specific, minimum_price, quota, flat, unknown``.
        text: as the register writes it, "25%".
        rate: millionths of the base; for ``quota`` the rate inside the quota.
        over: millionths, the rate outside the quota.
        price: billionths of a dollar a unit, for ``specific``, ``minimum_price`` and ``flat``.
        unit: the unit of ``price``.
        column: ``general``, ``other`` or ``special``, for ``column``.
        programs: symbols of the special column that free an entry, for ``special``.
    """

    form: str
    text: str
    rate: int = 0
    over: int = 0
    price: int = 0
    unit: str = ""
    column: str = ""
    programs: tuple[str, ...] = ()


class Reading(NamedTuple):
    """One of the readings of a disputed text; the first listed is the one followed."""

    text: str
    source: str
    holds: bool


class Event(NamedTuple):
    """One act in the history of a record: what was announced, when, on whose authority.

    What an event does to the days of provisions are its periods and voids; they name the event by
    its place in ``Measure.events``. An event of a record without provisions (a threat, a claim, a
    meeting) may have days of its own, ``[start, until)``. An empty ``grade`` is that of the record.

    What an authority that can enact it has only stated is ``announced_only``: its ``speaker`` said
    so, and no instrument was read. ``named`` says whether the statement names this record, or only
    something wider that it belongs to.
    """

    announced: int
    start: int | None
    until: int | None
    title: str
    title_zh: str
    note: str
    answers: tuple[str, ...]
    grade: str
    sources: tuple[str, ...]
    announced_only: bool = False
    speaker: str = ""
    named: bool = True


class EffectivePeriod(NamedTuple):
    """One stroke of an event over the days ``[start, until)`` of a provision.

    ``event`` is the place of that event in the record; None where the record does not tell it.
    """

    announced: int
    start: int
    until: int | None
    duty: DutyRate | None
    heading: str | None
    state: str
    suspends: str
    boundary: str
    sources: tuple[str, ...]
    readings: tuple[Reading, ...] = ()
    event: int | None = None


class Test(NamedTuple):
    """One test of ``when``: an entry fact, an operator, and the value in the law."""

    fact: str
    operator: str
    value: str | bool | tuple[str, ...]


class Provision(NamedTuple):
    """The unit inside a measure that has days, goods, places and a duty of its own.

    ``at_cap`` is the heading to file where column 1 has reached the cap already; ``group`` is the
    word by which a period may name many provisions of a table at once; ``rest_heading`` is the
    heading of the part of the value that ``base`` leaves out. ``possible`` is the id of the gap
    (see ``Gap``) for which the provision may be law and may not: it is never followed, and an
    answer that it would change is open. ``announced`` are the strokes of what was only announced:
    they stand among ``periods`` in the reading ``announced`` alone.
    """

    id: str
    title: str
    heading: str | None
    at_cap: str | None
    group: str
    goods: tuple[str, ...]
    not_goods: tuple[str, ...]
    places: tuple[str, ...]
    when: tuple[Test, ...]
    base: tuple[str, ...]
    note: str
    control: dict[str, object]
    periods: tuple[EffectivePeriod, ...]
    rest_heading: str | None = None
    possible: str = ""
    announced: tuple[EffectivePeriod, ...] = ()


class VoidPeriod(NamedTuple):
    """A later finding that days of a measure were never owed: assessed and owed stay apart."""

    announced: int
    start: int
    until: int | None
    provisions: tuple[str, ...]
    sources: tuple[str, ...]
    event: int | None = None


class Measure(NamedTuple):
    """One instrument of one side, with its history.

    ``terms`` hold what a record says beside its days: the ``instruments`` of an agreement, the
    ``promised`` parts of a commitment and its ``progress``, the ``speaker`` of a claim and the
    ``test`` that the engine can put it to. ``reading`` is one of ``READINGS``.
    """

    id: str
    title: str
    title_zh: str
    by: str
    kind: str
    family: str
    area: str
    authority: tuple[str, ...]
    answers: tuple[str, ...]
    places: tuple[str, ...]
    note: str
    verified: tuple[str, str]
    ownership: dict[str, object]
    provisions: tuple[Provision, ...]
    voids: tuple[VoidPeriod, ...]
    events: tuple[Event, ...] = ()
    terms: Terms = {}  # noqa: RUF012  (a field of a tuple, never changed)
    reading: str = "law"

    def provision(self, name: str) -> Provision:
        """The provision of that name; ``KeyError`` when there is none."""
        for provision in self.provisions:
            if provision.id == name:
                return provision
        raise KeyError(name)

    def has_announcements(self) -> bool:
        """Whether any of its events was only announced."""
        return any(event.announced_only for event in self.events)

    def as_read(self) -> Measure:
        """The record without its possible provisions: what was read of it, and not what may be."""
        if not any(provision.possible for provision in self.provisions):
            return self
        return self._replace(
            provisions=tuple(provision for provision in self.provisions if not provision.possible)
        )

    def headings(self) -> set[str]:
        """Every heading under which one of its provisions is, was or will be filed."""
        named: set[str | None] = set()
        for provision in self.as_read().provisions:
            named.update((provision.heading, provision.at_cap, provision.rest_heading))
            named.update(period.heading for period in (*provision.periods, *provision.announced))
        return {heading for heading in named if heading}


class StackingRule(NamedTuple):
    """Who gives way to whom: ``yielding`` to ``prevailing``, each with some or all provisions.

    ``basis`` is ``article`` (the yielding one leaves the whole article) or ``content`` (it leaves
    the part of the value that the prevailing one is charged on). Empty provision tuples mean all
    provisions that charge something; a provision that charges nothing displaces only when it is
    named.
    """

    yielding: str
    yielding_provisions: tuple[str, ...]
    prevailing: str
    prevailing_provisions: tuple[str, ...]
    basis: str
    heading: str | None
    announced: int
    start: int
    until: int | None
    sources: tuple[str, ...]
    readings: tuple[Reading, ...]


class OfGoods(NamedTuple):
    """What a fact is taken to be for the goods of a list.

    Attributes:
        list: the list of goods.
        value: what holds for them when the fact is not given; ``None`` leaves the default.
        state: ``states`` where the code itself says so, and nothing is asked; ``likely`` where the
            answer follows the value and asks; ``asked`` where it follows the default and asks.
    """

    list: str
    value: str | bool | None
    state: str


class EntryFact(NamedTuple):
    """A thing the importer knows and the code does not tell, or tells of some goods only.

    Attributes:
        type: ``bool, share, money, money_or_share, date, word, number, country``.
        default: what holds when it is not given; ``None`` when unknown.
        goods: what holds, or is asked, for the goods of some lists; the first list decides.
        unknown_means: the base that stands in for an unknown content (``value``).
        words: the words that a ``word`` fact may take.
        raised: when the answer asks, whatever the goods. ``named``: where the law names the goods.
            ``total``: the same, but only where the total hangs on it. ``origin``: where the law
            names the origin, and ``always``: of every entry; both only where the total hangs on
            it. ``never``: not asked, but the default is shown among what did not apply; ``silent``:
            not even that until it is given.
        beside: a fact, and its values that make this one a question where they are given or the
            code states them.
        because: why a fact that is never asked may keep its default.
        claim: whether the importer need only claim it.
        named: what it is called within a sentence, such as ``energy density``; empty where only
            `ask` speaks of it.
        told: whether the question about goods tells the note of their row on the list.
    """

    key: str
    type: str
    default: str | bool | None
    goods: tuple[OfGoods, ...]
    unknown_means: str
    ask: str
    words: tuple[str, ...]
    raised: str
    beside: tuple[str, ...] = ()
    because: str = ""
    claim: bool = False
    named: str = ""
    told: bool = False

    def of_goods(self, listed: Iterable[str]) -> OfGoods | None:
        """What holds for goods that stand on some lists; None where the default does."""
        if not self.goods:
            return None
        names = frozenset(listed)
        return next((each for each in self.goods if each.list in names), None)

    def asks(self, listed: Iterable[str], by_name: bool, by_origin: bool) -> bool:
        """Whether a test on the fact is a question where the fact is not given.

        Args:
            listed: lists that hold the goods.
            by_name: whether the provision names its goods.
            by_origin: whether it names its origins.
        """
        found = self.of_goods(listed)
        if found is not None:
            return found.state != "states"
        if self.raised in ("named", "total"):
            return by_name
        return self.raised == "always" or (self.raised == "origin" and by_origin)

    @property
    def by_total(self) -> bool:
        """Whether it is asked only where the total hangs on it.

        So is a fact that is asked of the goods of a list alone.
        """
        return self.raised != "named"


class Base(NamedTuple):
    """A named part of the value: a fact's part, or the rest of the value without it.

    Parts of one word in ``shares`` add up to the value at most.
    """

    name: str
    fact: str
    rest: bool
    shares: str = ""


class Source(NamedTuple):
    """A citation, kept once."""

    key: str
    citation: str
    title: str
    url: str
    date: str
    citation_zh: str


class Deadline(NamedTuple):
    """Until when something may be asked of an entry.

    Attributes:
        id: its name.
        runs_from: ``entry`` or ``liquidation``.
        days: how many days it runs; 0 where it runs years.
        years: how many years it runs; 0 where it runs days.
        title: what its last day is, in words.
        source: key of the citation.
        grade: how well that was read.
    """

    id: str
    runs_from: str
    days: int
    years: int
    title: str
    source: str
    grade: str


class Place(NamedTuple):
    """A set of countries by name; ``everywhere`` lists what it leaves out instead."""

    name: str
    countries: tuple[str, ...]
    everywhere: bool


class Confined(NamedTuple):
    """An unread document that opens only the answers that it touches.

    Attributes:
        id: its number, with its source before it.
        start: the first day on which it may change an answer.
        title: what it is.
        touches: kinds and names; see ``documents.TOUCHES``.
    """

    id: str
    start: str
    title: str
    touches: tuple[tuple[str, str], ...]

    def reaches(self, day: str, code: str, origin: str, names: Iterable[tuple[str, str]]) -> bool:
        """Whether it may change an answer.

        Args:
            day: ISO, of the entry.
            code: digits of the goods.
            origin: the country, by two letters.
            names: the headings and measures of the answer, as pairs of kind and name.
        """
        if day < self.start:
            return False
        places = {name for kind, name in self.touches if kind == "place"}
        if places and origin not in places:
            return False
        codes = [name for kind, name in self.touches if kind == "code"]
        provisions = {(kind, name) for kind, name in self.touches if kind in ("heading", "measure")}
        if not codes and not provisions:
            return True
        return code.startswith(tuple(codes)) or not provisions.isdisjoint(names)


class Area(NamedTuple):
    """A part of the register and how far it was read.

    ``start`` is the first day that it holds for. ``rates`` names an edition of the schedule and
    the last day on which the rates of that edition are known to stand, though later editions are
    not at hand. ``reviewed_through`` is computed from what was read, where indexes feed the area
    (``documents``); ``unread`` are documents that open only the answers that they touch.
    """

    name: str
    reviewed_through: str
    note: str
    start: str | None = None
    rates: tuple[str, str] | None = None
    unread: tuple[Confined, ...] = ()


class GapTouch(NamedTuple):
    """What a gap touches: each of these answers is open because of it.

    Attributes:
        provisions: provisions, each as measure and provision: possible ones, or ones of an unknown
            duty.
        lists: code lists with rows or days whose state is not in hand.
        facts: entry facts by which the importer settles it, asked where the law names the goods.
        columns: columns of the schedule that are not read on days for which only another edition
            is at hand.
    """

    provisions: tuple[tuple[str, str], ...] = ()
    lists: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


class Gap(NamedTuple):
    """Something that is not modelled, and why.

    ``headings`` name chapter 99: one ("9903.41.05"), a range ("9903.41.05-9903.41.15"), or all
    that begin alike ("9902"). ``into`` is the country whose entries its sentence is about; "" for
    every one. ``not_of`` is the country whose goods it is not about; "" for none. A gap says what
    it touches, or in ``untouched`` why it changes no rate of an answer.
    """

    id: str
    what: str
    why: str
    headings: tuple[str, ...]
    in_answers: str
    touches: GapTouch = GapTouch()
    untouched: str = ""
    into: str = ""
    not_of: str = ""

    def is_stated_for(self, destination: str, origin: str = "") -> bool:
        """Whether answers about entries into a country, of goods of another, carry its sentence."""
        told = bool(self.in_answers) and self.into in ("", destination)
        return told and not (origin and origin == self.not_of)

    def names(self, heading: str) -> bool:
        """Whether a heading is named here, alone, in a range or by its beginning."""
        for entry in self.headings:
            first, dash, last = entry.partition("-")
            if first <= heading <= last if dash else heading.startswith(entry):
                return True
        return False


class BasketGood(NamedTuple):
    """A good on which the effect of a change of law is shown; ``facts`` are KEY=VALUE words."""

    code: str
    origin: str
    facts: str
    what: str


class CodeList(NamedTuple):
    """A dated list of codes; its rows are kept beside it, keyed by code."""

    name: str
    title: str
    sources: tuple[str, ...]
    place: str
    grade: str
    unknown: tuple[tuple[int, int | None, str], ...]


class CodeRow(NamedTuple):
    """A tariff code that stands beside an item: a hint at it, never a finding.

    ``schedule`` is ``cn`` or ``us``; ``meant`` is the code that a misprinted one must stand for.
    For goods that come in, ``of`` is the place of origin of whose goods alone the row speaks, and
    ``asked_of`` the place whose goods, or senders, its facts are asked of; others are told only.
    Empty stands for every place.
    """

    code: str
    item: str
    covers: str
    schedule: str
    grade: str
    meant: str
    note: str
    of: str = ""
    asked_of: str = ""


class Member(NamedTuple):
    """One row of a list: a code prefix over ``[start, until)``.

    ``end_announced`` is the day on which its end became known, where that was later than the row:
    before, the row was known without an end.
    """

    code: str
    list: str
    start: int | None
    until: int | None
    announced: int | None
    excepted: bool
    unknown: bool
    note: str
    end_announced: int | None = None
