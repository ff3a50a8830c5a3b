"""What a batch says of a situation: its headings, its layers, its open questions, each asked once.

The texts come from the functions that answer a single question. What of them could depend on an
entry's own figures is told apart first, and such an entry is answered by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.applicability.stack import AsOf, Stack, Uncertainty
from detente.batch.engine.charges import HIGHEST, NotPlainError, charged
from detente.batch.engine.situations import NONE, Situation
from detente.core.clock import MINUTES, day_text
from detente.core.figures import rate
from detente.duty.amounts import (
    MILLION,
    Amounts,
    ColumnRates,
    DutyLayer,
    EntryValue,
    amounts,
    total_share,
)
from detente.duty.answer import filing, heading_of, in_order, nothing_left
from detente.duty.case import DutyCase
from detente.duty.doubts import (
    AssumptionFlipped,
    always_open,
    changed_by,
    flipped_over,
    for_every_entry,
    lacking_words,
    looked_at,
    missing,
    open_questions,
    questions_of,
    words_of_doubt,
)
from detente.duty.question import DutyQuery, DutyQuestion
from detente.goods.codes import STATISTICAL_LINE
from detente.register.model import DutyRate, Test

if TYPE_CHECKING:
    from detente.answers.duty import OpenQuestion
    from detente.applicability.inheritance import Inheritance
    from detente.duty.case import StackSource
    from detente.duty.rates.amount import Missing
    from detente.register.book import Register

ONE_REASON, BY_RATES, BY_ENTRY = 0, 1, 2
"""On what the open questions of a situation depend beside it."""

FREE, DEAR = "Free", "1000%"
"""Ordinary rates under and over every cap; the second is `HIGHEST`."""

MIDDLE = ColumnRates("1%", "1%", "")

NOMINAL = EntryValue(10**9, {})
A_QUANTITY = ColumnRates("1¢/kg", "1¢/kg", "")
"""Rates of a line that lack a quantity, wherever the ordinary duty is printed."""
SMALL_PART = "1%"


class RateTotal(NamedTuple):
    """A total as a function of the ordinary rate in one column: its ends, in millionths."""

    column: DutyRate | None
    free: int | None
    dear: int | None

    def at(self, rate: int) -> int | None:
        """The total with an ordinary rate in millionths."""
        if self.free is None or self.dear is None:
            return None
        # Flat while a cap tops the ordinary rate up, and one for one with the rate beyond it.
        return max(self.free, self.dear - HIGHEST + rate)


class Dependence(NamedTuple):
    """On what the open questions of a situation depend: which of some totals are equal.

    ``doubtful`` tells whether anything is in doubt at all.
    """

    mode: int
    totals: tuple[RateTotal, ...] = ()
    doubtful: bool = False


class Ask(NamedTuple):
    """A question that may be asked of a situation, by what it leads to.

    Attributes:
        words: the question.
        there: place of the total with the doubt turned over, among those of `Dependence`.
        holds: whether what is doubted holds as it stands.
        of_all: whether it is asked of every entry, and so only where money hangs on it.
        about: the fact and the measure; "" where it is not about a fact.
    """

    words: str
    there: int
    holds: bool
    of_all: bool
    about: str


class Asks(NamedTuple):
    """What may be asked of a situation, and what is asked in any case."""

    asks: tuple[Ask, ...] = ()
    always: tuple[str, ...] = ()

    def words(self, places: Sequence[int]) -> str:
        """The questions, as `asked` chooses them, in one text.

        Args:
            places: for each total of `Dependence` the place of the first that equals it, -1 where
                it is not known; none where totals do not matter.
        """
        found, seen = [], set()
        for ask in self.asks:
            here, there = (places[0], places[ask.there]) if places else (-1, -1)
            if ask.of_all and here == there != -1:
                continue
            key = (ask.about, here, there) if ask.holds else (ask.about, there, here)
            if ask.about and key in seen:
                continue
            seen.add(key)
            found.append(ask.words)
        return "; ".join([*found, *self.always])


class LayerTexts(NamedTuple):
    """The layers of a situation as JSON, open where the ordinary rate stands."""

    before: str
    after: str
    open: bool

    def with_rate(self, rate: str) -> str:
        """The layers with an ordinary rate, which is JSON too."""
        return f"{self.before}{rate}{self.after}" if self.open else self.before


Filed = tuple[str, LayerTexts]
"""The headings before the line's own, each with its semicolon, and the layers."""


class Wait(NamedTuple):
    """Something that a layer waits for.

    Attributes:
        rate: the rate of the layer; None for that of the ordinary duty.
        lack: what it waits for; None for whatever the ordinary duty does.
    """

    rate: str | None
    lack: Missing | None

    def words(self, rate: str, lacks: Iterable[Missing]) -> Iterator[str]:
        """How it asks, by the ordinary rate and what that lacks."""
        for lack in lacks if self.lack is None else (self.lack,):
            yield lacking_words(self.rate or rate, lack)


class OutcomeText(NamedTuple):
    """All that is said of a situation, whatever the line and the value of an entry are.

    Attributes:
        depends: on what its questions depend.
        asks: its questions.
        lacks: what its duties wait for beside an ordinary duty that is a share of the value:
            where the entry has no value, and where it has one.
        waits: what they wait for beside an ordinary duty that lacks a quantity, likewise.
        filed: headings and layers with column 1 below the cap, and at the cap or above.
    """

    depends: Dependence
    asks: Asks
    lacks: tuple[str, str]
    waits: tuple[tuple[Wait, ...], tuple[Wait, ...]]
    filed: tuple[Filed, Filed]


class Flipped(NamedTuple):
    """The doubts of a situation the other way, and all that its questions look at so."""

    doubts: list[AssumptionFlipped]
    looked_at: list[tuple[Stack, AsOf]]


class CaseMaker:
    """Cases of situations, for the functions that answer one question."""

    def __init__(
        self, register: Register, destination: str, resolve: Callable[[Situation, AsOf], Stack]
    ) -> None:
        self.register = register
        self.resolve = resolve
        self.destination = destination
        self.zone = register.zones[destination]

    def case(
        self,
        situation: Situation,
        rates: ColumnRates,
        entry_value: EntryValue,
        code: str = "",
        facts: EntryFacts | None = None,
        inherited: Inheritance | None = None,
        workings: StackSource | None = None,
    ) -> DutyCase:
        """A situation as the case of one entry.

        Args:
            situation: what the law says.
            rates: the ordinary rates of the line.
            entry_value: value and quantities.
            code: digits of the line; without them the code asks no questions of its own.
            facts: the entry's own facts; those of the situation by default.
            inherited: what the code inherits, where the lists have not seen it.
            workings: how its totals are found; from the rates and the worth by default.
        """
        scope, as_of, stack = situation.scope, situation.as_of, situation.stack
        if stack is None:
            raise ValueError("a situation without a stack is asked entry by entry")
        if facts is not None:
            as_of = as_of._replace(facts=facts)
        day = day_text(as_of.minute // MINUTES)
        question = DutyQuestion(code or scope.code, scope.origin, day, scope.destination)
        query = DutyQuery(
            question,
            scope.origin,
            scope.destination,
            self.zone,
            as_of.minute,
            day,
            None,
            entry_value,
            as_of.facts,
        )
        # Ten digits, so that nothing is asked about a statistical suffix.
        digits = code or scope.code.ljust(STATISTICAL_LINE, "0")
        workings = workings or _Workings(self, situation, rates, entry_value)
        return DutyCase(
            self.register, query, digits, None, rates, scope, as_of, stack, inherited, workings
        )


class _Workings:
    """Stacks of a situation put together from its measures; totals as for one question."""

    def __init__(
        self, maker: CaseMaker, situation: Situation, rates: ColumnRates, entry_value: EntryValue
    ) -> None:
        self.maker = maker
        self.situation = situation
        self.rates = rates
        self.entry_value = entry_value

    def resolve(self, as_of: AsOf) -> Stack:
        return self.maker.resolve(self.situation, as_of)

    def total(self, stack: Stack, as_of: AsOf) -> str | None:
        bases = self.maker.register.bases
        return rate(total_share(stack, self.rates, self.entry_value, as_of.facts, bases).share)


def reason_of(case: DutyCase, figures: Amounts) -> str:
    """The open questions of a case, with the figures of its stack, in one text; "" for none."""
    return _words(open_questions(case, figures))


def _words(questions: list[OpenQuestion]) -> str:
    return "; ".join(str(each["question"]) for each in questions)


class OutcomeTexts:
    """The texts of situations: made when first needed, or by the build."""

    def __init__(
        self,
        maker: CaseMaker,
        situation_of: Callable[[int], Situation],
        parts: list[str],
        cached: Sequence[OutcomeText] = (),
    ) -> None:
        """Begin with what the build made.

        Args:
            maker: makes cases of situations.
            situation_of: a situation by its number.
            parts: entry facts that are parts of the value.
            cached: what is said of the first situations, from number 1 on; each is its own group.
        """
        self.maker = maker
        self.situation_of = situation_of
        self.parts = parts
        self.cached = cached
        self.first = list(range(1 + len(cached))) if cached else []
        self._groups: dict[object, int] = {}
        self._filed: dict[tuple[int, int, bool], Filed] = {}
        self._totals: dict[object, RateTotal] = {}
        self._missing: dict[object, str] = {}
        self._waits: dict[object, tuple[Wait, ...]] = {}
        self._known_turned: dict[int, Flipped | None] = {}
        self._asks: dict[int, Asks] = {}
        self._words: dict[tuple[str, int], str] = {}

    def cached_text(self, number: int) -> OutcomeText | None:
        """What the build says of a situation, if it was among the first."""
        return self.cached[number - 1] if 0 < number <= len(self.cached) else None

    def group(self, number: int) -> int:
        """The group of a situation: those of one group have one stack and ask the same.

        `first` has the first situation of each group.
        """
        if self.cached_text(number) is not None:
            return number
        situation = self.situation_of(number)
        key: object = number
        found = None if situation.stack is None else self._turned(number)
        if found is not None:
            looked = [(id(stack), *as_of.facts.texts.items()) for stack, as_of in found.looked_at]
            key = (id(situation.stack), situation.cell.pattern, *looked)
        group = self._groups.setdefault(key, len(self.first))
        if group == len(self.first):
            self.first.append(number)
        elif number in self._known_turned:
            del self._known_turned[number]  # those of the first are enough
        return group

    def _turned(self, number: int) -> Flipped | None:
        """The doubts of a situation turned over; None where a question of it fails."""
        if number not in self._known_turned:
            self._known_turned[number] = None
            case = self.maker.case(self.situation_of(number), MIDDLE, NOMINAL)
            try:
                flipped = flipped_over(case)
                found = Flipped(flipped, looked_at(case, flipped))
            except ValueError:
                return None
            self._known_turned[number] = found
        return self._known_turned[number]

    def _flipped_over(self, number: int) -> list[AssumptionFlipped] | None:
        found = self._turned(number)
        return None if found is None else found.doubts

    def depends(self, number: int) -> Dependence:
        """On what the open questions of a situation depend beside it.

        They are left out, or taken together, where totals with one doubt turned over are equal.
        Without quantities a total is a constant or grows with the ordinary rate, from the point
        where that passes a cap; so two rates tell it all.
        """
        if number == NONE:
            return Dependence(ONE_REASON)
        cached = self.cached_text(number)
        if cached is not None:
            return cached.depends
        situation = self.situation_of(number)
        if situation.stack is None:
            return Dependence(BY_ENTRY)
        flipped = self._flipped_over(number)
        if flipped is None:  # a question fails: whether it is asked at all, each entry tells
            return Dependence(BY_ENTRY, doubtful=True)
        if not situation.stack.doubts:
            return Dependence(ONE_REASON)
        if not self._compares(situation.stack):
            return Dependence(ONE_REASON, doubtful=True)
        compared = [(situation.stack, situation.as_of)]
        compared += [
            (stack, as_of) for _, as_of, stack in flipped if as_of is not None and stack is not None
        ]
        try:
            totals = [self.total(situation, *each) for each in compared]
        except ValueError:
            return Dependence(BY_ENTRY, doubtful=True)
        return Dependence(BY_RATES, tuple(totals), doubtful=True)

    def total(self, situation: Situation, stack: Stack, as_of: AsOf) -> RateTotal:
        """The total of a stack with the facts of a moment, by the ordinary rate."""
        key = (id(stack), *as_of.facts.texts.items())
        if key not in self._totals:
            self._totals[key] = self._total(situation, stack, as_of)
        return self._totals[key]

    def _total(self, situation: Situation, stack: Stack, as_of: AsOf) -> RateTotal:
        """The total of a stack without an ordinary duty, and with the highest."""
        bases = self.maker.register.bases
        columns = [term.duty for term in stack.terms if term.duty.form == "column"]
        column = columns[0] if columns else None
        try:
            found = charged(situation._replace(stack=stack, as_of=as_of), bases)
        except NotPlainError:
            found = None
        if found is not None and not found.parted:
            if found.open:
                return RateTotal(column, None, None)
            capped = sum(each.rate * each.factors[0] for each in found.charges)
            added = sum(each.rate * each.factors[0] for each in found.charges if each.form == "add")
            own = sum(each.factors[0] for each in found.charges if each.form == "column")
            return RateTotal(column, capped, added + own * HIGHEST)
        ends: list[int | None] = []
        for text in (FREE, DEAR):
            rates = ColumnRates(text, text, "")
            share = amounts(stack, rates, NOMINAL, as_of.facts, bases).share
            ends.append(None if share is None else int(share * MILLION))
        return RateTotal(column, ends[0], ends[1])

    def asks(self, number: int) -> Asks:
        """What may be asked of a situation, but for what is missing."""
        cached = self.cached_text(number)
        if cached is not None:
            return cached.asks
        if number not in self._asks:
            self._asks[number] = self._new_asks(number)
        return self._asks[number]

    def _new_asks(self, number: int) -> Asks:
        flipped = self._flipped_over(number) or []
        case = self.maker.case(self.situation_of(number), MIDDLE, NOMINAL)
        changing = {id(each) for each in changed_by(case.stack, flipped)}
        found, there = [], 0
        for each in flipped:
            if each.as_of is None or each.stack is None:
                continue
            # Place 0 is the total as it stands.
            there += 1
            if id(each) in changing:
                found.append(self._ask(case, each.doubt, there))
        return Asks(tuple(found), tuple(always_open(case)))

    def _ask(self, case: DutyCase, doubt: Uncertainty, there: int) -> Ask:
        about = f"{doubt.what.fact} {doubt.measure.id}" if isinstance(doubt.what, Test) else ""
        of_all = for_every_entry(case, doubt)
        return Ask(self._words_of(case, doubt), there, bool(doubt.holds), of_all, about)

    def doubts(self, number: int, rates: ColumnRates, entry_value: EntryValue) -> str:
        """What is asked of a situation but for what is missing, at the very rates of a line."""
        case = self.maker.case(self.situation_of(number), rates, entry_value)
        changing = changed_by(case.stack, self._flipped_over(number) or [])
        questions = [self._words_of(case, doubt) for doubt, _, _ in questions_of(case, changing)]
        return "; ".join([*questions, *always_open(case)])

    def _words_of(self, case: DutyCase, doubt: Uncertainty) -> str:
        key = (doubt.kind, id(doubt.what))
        if key not in self._words:
            self._words[key] = words_of_doubt(case, doubt)
        return self._words[key]

    def missing(self, number: int, rates: ColumnRates | None, entry_value: EntryValue) -> str:
        """What the layers of a situation wait for; without rates, at any share of the value."""
        cached = self.cached_text(number)
        if cached is not None and rates is None:
            return cached.lacks[entry_value.cents is not None]
        situation = self.situation_of(number)
        if rates is None and situation.stack is not None and _lacks_nothing(situation):
            return ""
        key = (id(situation.stack), situation.cell.pattern, rates, entry_value.cents)
        if key not in self._missing:
            case = self.maker.case(situation, rates or MIDDLE, entry_value)
            self._missing[key] = _words(missing(case.figures(case.stack)))
        return self._missing[key]

    def waits(self, number: int, entry_value: EntryValue) -> tuple[Wait, ...]:
        """What the layers of a situation wait for where the ordinary duty lacks a quantity."""
        situation = self.situation_of(number)
        key = (id(situation.stack), situation.cell.pattern, entry_value.cents)
        if key not in self._waits:
            self._waits[key] = self._new_waits(situation, entry_value)
        return self._waits[key]

    def _new_waits(self, situation: Situation, entry_value: EntryValue) -> tuple[Wait, ...]:
        case = self.maker.case(situation, A_QUANTITY, entry_value)
        layers = case.figures(case.stack).layers
        ordinary = next((each for each in layers if each.term.duty.form == "column"), None)
        found: list[Wait] = []
        for layer in layers:
            # A cap hands on the very tuple of the ordinary duty, and is known by it.
            if ordinary is not None and layer.missing is ordinary.missing:
                found.append(Wait(None if layer is ordinary else layer.rate, None))
            else:
                found.extend(Wait(layer.rate, lack) for lack in layer.missing)
        return tuple(found)

    def _compares(self, stack: Stack) -> bool:
        """Whether a question is left out where two totals are equal."""
        tests = {each.what for each in stack.doubts if isinstance(each.what, Test)}
        facts = [test.fact for test in tests]
        known = self.maker.register.facts
        always = any(known[fact].by_total for fact in facts)
        return always or len(facts) > len(set(facts))

    def filed(self, number: int, reached: bool) -> Filed:
        """Headings and layers, with column 1 below a cap or having reached it."""
        cached = self.cached_text(number)
        if cached is not None:
            return cached.filed[reached]
        situation = self.situation_of(number)
        key = (id(situation.stack), situation.cell.pattern, reached)
        if key not in self._filed:
            case = self._nominal(number, reached)
            figures = case.figures(case.stack)
            *before, _ = filing(case, figures)
            headings = "".join(f"{heading};" for heading in before)
            self._filed[key] = (headings, _layer_texts(case, figures))
        return self._filed[key]

    def _nominal(self, number: int, reached: bool) -> DutyCase:
        """A situation with parts that leave something of every base."""
        situation = self.situation_of(number)
        facts = situation.as_of.facts
        for key in self.parts:
            if facts.is_stated(key):
                facts = facts.with_value(key, SMALL_PART)
        text = DEAR if reached else FREE
        return self.maker.case(situation, ColumnRates(text, text, ""), NOMINAL, "", facts)


def _lacks_nothing(situation: Situation) -> bool:
    """Whether an ordinary duty that is a share of the value is all that its duties need.

    Given parts of the value, and a cap without an ordinary duty, are left to the arithmetic,
    which may refuse them.
    """
    terms = situation.stack.terms if situation.stack is not None else ()
    if situation.cell.pattern and any(term.less or term.provision.base for term in terms):
        return False
    forms = {term.duty.form for term in terms}
    return forms <= {"column", "add", "free"} | ({"cap"} if "column" in forms else set())


def layer_text(layer: DutyLayer) -> dict[str, str | None]:
    """A layer as the column of layers names it."""
    return {
        "measure": layer.term.measure.id,
        "heading": heading_of(layer),
        "rate": layer.rate,
    }


def shown_layers(case: DutyCase, layers: tuple[DutyLayer, ...]) -> list[DutyLayer]:
    """The layers that charge something, in filing order."""
    by_measure = {layer.term.measure.id: layer for layer in layers}
    ordered = [by_measure[term.measure.id] for term in in_order(case, case.stack.terms)]
    return [each for each in ordered if each.term.duty.form != "free" and not nothing_left(each)]


def _layer_texts(case: DutyCase, figures: Amounts) -> LayerTexts:
    texts, at = [], None
    for place, layer in enumerate(shown_layers(case, figures.layers)):
        text = json.dumps(layer_text(layer), ensure_ascii=False)
        if layer.term.duty.form == "column":
            at = place
            # `layer_text` has the rate last, so cutting the end leaves the text open just where it
            # goes.
            text = text.removesuffix("}").removesuffix(json.dumps(layer.rate, ensure_ascii=False))
        texts.append(text)
    if at is None:
        return LayerTexts(f"[{', '.join(texts)}]", "", False)
    before, after = texts[: at + 1], texts[at + 1 :]
    return LayerTexts(
        f"[{', '.join(before)}", "".join(["}", *(f", {t}" for t in after), "]"]), True
    )
