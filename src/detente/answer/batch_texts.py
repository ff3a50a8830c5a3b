"""What a batch says of a situation: its headings, its layers, its open questions, each asked once.

The texts come from the functions that answer a single question. What of them could depend on an
entry's own figures is told apart first, and such an entry is answered by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.doubts import open_questions
from detente.answer.duty_answer import Case, filing, heading_of, in_order, nothing_left
from detente.answer.question import Checked, DutyQuestion
from detente.duty.amounts import ColumnRates, Layer, Worth
from detente.duty.batch.cells import Situation
from detente.duty.entry_facts import EntryFacts
from detente.goods.codes import STATISTICAL_LINE
from detente.register.clock import MINUTES, day_text
from detente.register.model import Test

if TYPE_CHECKING:
    from detente.answer.inheritance import Inheritance
    from detente.register.book import Register

ONE_REASON, BY_RATES, BY_ENTRY = 0, 1, 2
"""On what the open questions of a situation depend beside it."""

FREE, DEAR = "Free", "1000%"
"""Ordinary rates under and over every cap."""

NOMINAL = Worth(10**9, {})
SMALL_PART = "1%"


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
        return Case(
            self.register, question, digits, None, rates, scope, moment, stack, inherited
        )


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

    def mode(self, number: int) -> int:
        """On what the open questions of a situation depend."""
        situation = self.situation_of(number)
        if situation.stack is None:
            return BY_ENTRY
        tests = {each.what for each in situation.stack.doubts if isinstance(each.what, Test)}
        facts = [test.fact for test in tests]
        known = self.maker.register.facts
        if any(known[fact].raised == "always" for fact in facts) or len(facts) > len(set(facts)):
            return BY_RATES
        return ONE_REASON

    def reason(self, number: int, rates: ColumnRates | None, worth: Worth) -> str:
        """The open questions of a situation; without rates, those that any share would leave."""
        rates = rates or ColumnRates("1%", "1%", "")
        return reason_of(self.maker.case(self.situation_of(number), rates, worth))

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
    return LayerTexts(f"[{', '.join(before)}", "".join(["}", *(f", {t}" for t in after), "]"]), True)
