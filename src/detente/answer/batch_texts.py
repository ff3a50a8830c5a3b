"""What a batch says of a situation: its headings, its layers, its open questions, each asked once.

The texts come from the functions that answer a single question. What of them could depend on an
entry's own figures is told apart first, and such an entry is answered by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.doubts import open_questions, turned_stacks
from detente.answer.duty_answer import Case, filing, heading_of, in_order, nothing_left
from detente.answer.question import Checked, DutyQuestion
from detente.duty.amounts import ColumnRates, Layer, Worth
from detente.duty.batch.cells import Situation
from detente.duty.entry_facts import EntryFacts
from detente.duty.stack import Stack
from detente.goods.codes import STATISTICAL_LINE
from detente.register.clock import MINUTES, day_text
from detente.register.model import Duty, Test

if TYPE_CHECKING:
    from detente.answer.inheritance import Inheritance
    from detente.register.book import Register

ONE_REASON, BY_RATES, BY_ENTRY = 0, 1, 2
"""On what the open questions of a situation depend beside it."""

FREE, DEAR = "Free", "1000%"
"""Ordinary rates under and over every cap."""

MIDDLE = ColumnRates("1%", "1%", "")

NOMINAL = Worth(10**9, {})
SMALL_PART = "1%"


class Dependence(NamedTuple):
    """On what the open questions of a situation depend: columns of ordinary rates, if any.

    ``asking`` tells whether anything is in doubt at all.
    """

    mode: int
    columns: tuple[Duty, ...] = ()
    asking: bool = False


class LayerTexts(NamedTuple):
    """The layers of a situation as JSON, open where the ordinary rate stands."""

    before: str
    after: str
    open: bool

    def with_rate(self, rate: str) -> str:
        """The layers with an ordinary rate."""
        if not self.open:
            return self.before
        return f"{self.before}{json.dumps(rate, ensure_ascii=False)}{self.after}"


class CaseMaker:
    """Cases of situations, for the functions that answer one question."""

    def __init__(self, register: Register, destination: str) -> None:
        self.register = register
        self.destination = destination
        self.zone = register.zones[destination]

    def case(
        self,
        situation: Situation,
        rates: ColumnRates,
        worth: Worth,
        code: str = "",
        facts: EntryFacts | None = None,
        inherited: Inheritance | None = None,
    ) -> Case:
        """A situation as the case of one entry.

        Args:
            situation: what the law says.
            rates: the ordinary rates of the line.
            worth: value and quantities.
            code: digits of the line; without them the code asks no questions of its own.
            facts: the entry's own facts; those of the situation by default.
            inherited: what the code inherits, where the lists have not seen it.
        """
        scope, moment, stack = situation.scope, situation.moment, situation.stack
        if stack is None:
            raise ValueError("a situation without a stack is asked entry by entry")
        if facts is not None:
            moment = moment._replace(facts=facts)
        day = day_text(moment.minute // MINUTES)
        asked = DutyQuestion(code or scope.code, scope.origin, day, scope.destination)
        question = Checked(
            asked,
            scope.origin,
            scope.destination,
            self.zone,
            moment.minute,
            day,
            None,
            worth,
            moment.facts,
        )
        digits = code or scope.code.ljust(STATISTICAL_LINE, "0")
        return Case(self.register, question, digits, None, rates, scope, moment, stack, inherited)


def reason_of(case: Case) -> str:
    """The open questions of a case in one text; "" where there are none."""
    return "; ".join(str(each["question"]) for each in open_questions(case))


class Texts:
    """The texts of situations, made when first needed."""

    def __init__(
        self, maker: CaseMaker, situation_of: Callable[[int], Situation], parts: list[str]
    ) -> None:
        self.maker = maker
        self.situation_of = situation_of
        self.parts = parts
        self._headings: dict[tuple[int, bool], str] = {}
        self._layers: dict[tuple[int, bool], LayerTexts] = {}

    def depends(self, number: int) -> Dependence:
        """On what the open questions of a situation depend beside it.

        They compare totals with one doubt turned over. Where the ordinary duty is the same on both
        sides and nothing caps it, it cancels out, and the totals differ for every rate or for none.
        """
        situation = self.situation_of(number)
        if situation.stack is None:
            return Dependence(BY_ENTRY)
        if not situation.stack.doubts:
            return Dependence(ONE_REASON)
        case = self.maker.case(situation, MIDDLE, NOMINAL)
        try:
            stacks = [situation.stack, *turned_stacks(case)]
        except ValueError:
            return Dependence(BY_ENTRY, asking=True)
        if not self._compares(situation.stack):
            return Dependence(ONE_REASON, asking=True)
        ordinary = {_ordinary(stack) for stack in stacks}
        capped = any(term.duty.form == "cap" for stack in stacks for term in stack.terms)
        if len(ordinary) == 1 and not capped:
            return Dependence(ONE_REASON, asking=True)
        columns = {
            (term.duty.column, term.duty.programs): term.duty
            for stack in stacks
            for term in stack.terms
            if term.duty.form == "column"
        }
        return Dependence(BY_RATES, tuple(columns.values()), asking=True)

    def _compares(self, stack: Stack) -> bool:
        """Whether a question is left out where two totals are equal."""
        tests = {each.what for each in stack.doubts if isinstance(each.what, Test)}
        facts = [test.fact for test in tests]
        known = self.maker.register.facts
        always = any(known[fact].raised == "always" for fact in facts)
        return always or len(facts) > len(set(facts))

    def reason(self, number: int, rates: ColumnRates | None, worth: Worth) -> str:
        """The open questions of a situation; without rates, those that any share would leave."""
        return reason_of(self.maker.case(self.situation_of(number), rates or MIDDLE, worth))

    def headings(self, number: int, reached: bool) -> str:
        """The headings to file before the line's own, each with its semicolon."""
        key = (number, reached)
        if key not in self._headings:
            case = self._nominal(number, reached)
            *before, _ = filing(case, case.figures(case.stack))
            self._headings[key] = "".join(f"{heading};" for heading in before)
        return self._headings[key]

    def layers(self, number: int, reached: bool, rate: str) -> str:
        """The layers as JSON, with an ordinary rate."""
        key = (number, reached)
        if key not in self._layers:
            self._layers[key] = _layer_texts(self._nominal(number, reached))
        return self._layers[key].with_rate(rate)

    def _nominal(self, number: int, reached: bool) -> Case:
        """A situation with parts that leave something of every base."""
        situation = self.situation_of(number)
        facts = situation.moment.facts
        for key in self.parts:
            if facts.given(key):
                facts = facts.with_value(key, SMALL_PART)
        text = DEAR if reached else FREE
        return self.maker.case(situation, ColumnRates(text, text, ""), NOMINAL, "", facts)


def _ordinary(stack: Stack) -> tuple[object, ...]:
    """The ordinary duty of a stack: its column, and the part of the value that it is on."""
    return tuple(
        (
            term.duty.column,
            term.duty.programs,
            term.limb.base,
            tuple((winner.measure.id, winner.limb.base) for winner in term.less),
        )
        for term in stack.terms
        if term.duty.form == "column"
    )


def layer_text(layer: Layer) -> dict[str, str | None]:
    """A layer as the column of layers names it."""
    return {
        "measure": layer.term.measure.id,
        "heading": heading_of(layer),
        "rate": layer.rate,
    }


def shown_layers(case: Case, layers: tuple[Layer, ...]) -> list[Layer]:
    """The layers that charge something, in filing order."""
    by_measure = {layer.term.measure.id: layer for layer in layers}
    ordered = [by_measure[term.measure.id] for term in in_order(case, case.stack.terms)]
    return [each for each in ordered if each.term.duty.form != "free" and not nothing_left(each)]


def _layer_texts(case: Case) -> LayerTexts:
    texts, at = [], None
    for place, layer in enumerate(shown_layers(case, case.figures(case.stack).layers)):
        text = json.dumps(layer_text(layer), ensure_ascii=False)
        if layer.term.duty.form == "column":
            at = place
            text = text.removesuffix("}").removesuffix(json.dumps(layer.rate, ensure_ascii=False))
        texts.append(text)
    if at is None:
        return LayerTexts(f"[{', '.join(texts)}]", "", False)
    before, after = texts[: at + 1], texts[at + 1 :]
    return LayerTexts(
        f"[{', '.join(before)}", "".join(["}", *(f", {t}" for t in after), "]"]), True
    )
