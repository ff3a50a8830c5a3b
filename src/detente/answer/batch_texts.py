"""What a batch says of a situation: its headings, its layers, its open questions, each asked once.

The texts come from the functions that answer a single question. What of them could depend on an
entry's own figures is told apart first, and such an entry is answered by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.answer.doubts import compared, missing, open_questions
from detente.answer.duty_answer import Case, filing, heading_of, in_order, nothing_left
from detente.answer.question import Checked, DutyQuestion
from detente.duty.amounts import MILLION, Amounts, ColumnRates, Layer, Worth, amounts
from detente.duty.batch.cells import Situation
from detente.duty.batch.charges import HIGHEST, NotPlainError, charged
from detente.duty.entry_facts import EntryFacts
from detente.duty.stack import Moment, Stack
from detente.goods.codes import STATISTICAL_LINE
from detente.register.clock import MINUTES, day_text
from detente.register.model import Duty, Test

if TYPE_CHECKING:
    from detente.answer.inheritance import Inheritance
    from detente.register.book import Register

ONE_REASON, BY_RATES, BY_ENTRY = 0, 1, 2
"""On what the open questions of a situation depend beside it."""

FREE, DEAR = "Free", "1000%"
"""Ordinary rates under and over every cap; the second is `HIGHEST`."""

MIDDLE = ColumnRates("1%", "1%", "")

NOMINAL = Worth(10**9, {})
SMALL_PART = "1%"


class Total(NamedTuple):
    """A total as a function of the ordinary rate in one column: its ends, in millionths."""

    column: Duty | None
    free: int | None
    dear: int | None

    def at(self, rate: int) -> int | None:
        """The total with an ordinary rate in millionths."""
        if self.free is None or self.dear is None:
            return None
        return max(self.free, self.dear - HIGHEST + rate)


class Dependence(NamedTuple):
    """On what the open questions of a situation depend: which of some totals are equal.

    ``asking`` tells whether anything is in doubt at all.
    """

    mode: int
    totals: tuple[Total, ...] = ()
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
        self._filed: dict[tuple[int, bool], tuple[str, LayerTexts]] = {}

    def depends(self, number: int) -> Dependence:
        """On what the open questions of a situation depend beside it.

        They are left out, or taken together, where totals with one doubt turned over are equal.
        Without quantities a total is a constant or grows with the ordinary rate, from the point
        where that passes a cap; so two rates tell it all.
        """
        situation = self.situation_of(number)
        if situation.stack is None:
            return Dependence(BY_ENTRY)
        if not situation.stack.doubts:
            return Dependence(ONE_REASON)
        if not self._compares(situation.stack):
            return Dependence(ONE_REASON, asking=True)
        case = self.maker.case(situation, MIDDLE, NOMINAL)
        try:
            totals = [self._total(situation, *each) for each in compared(case)]
        except ValueError:
            return Dependence(BY_ENTRY, asking=True)
        return Dependence(BY_RATES, tuple(totals), asking=True)

    def _total(self, situation: Situation, stack: Stack, moment: Moment) -> Total:
        """The total of a stack without an ordinary duty, and with the highest."""
        bases = self.maker.register.bases
        columns = [term.duty for term in stack.terms if term.duty.form == "column"]
        column = columns[0] if columns else None
        try:
            found = charged(situation._replace(stack=stack, moment=moment), bases)
        except NotPlainError:
            found = None
        if found is not None and not found.parted:
            capped = sum(each.rate * each.factors[0] for each in found.charges)
            added = sum(each.rate * each.factors[0] for each in found.charges if each.form == "add")
            own = sum(each.factors[0] for each in found.charges if each.form == "column")
            return Total(column, capped, added + own * HIGHEST)
        ends: list[int | None] = []
        for text in (FREE, DEAR):
            rates = ColumnRates(text, text, "")
            share = amounts(stack, rates, NOMINAL, moment.facts, bases).share
            ends.append(None if share is None else int(share * MILLION))
        return Total(column, ends[0], ends[1])

    def lacking_reason(self, number: int, rates: ColumnRates, worth: Worth) -> tuple[str, str]:
        """The open questions where the ordinary rate needs a quantity: all before, and that."""
        case = self.maker.case(self.situation_of(number), rates, worth)
        lacks = "; ".join(str(each["question"]) for each in missing(case))
        whole = reason_of(case)
        if not whole.endswith(lacks):
            raise AssertionError("what is missing is asked last")
        return whole.removesuffix(lacks), lacks

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

    def filed(self, number: int, reached: bool) -> tuple[str, LayerTexts]:
        """The headings before the line's own, each with its semicolon, and the layers."""
        key = (number, reached)
        if key not in self._filed:
            case = self._nominal(number, reached)
            figures = case.figures(case.stack)
            *before, _ = filing(case, figures)
            headings = "".join(f"{heading};" for heading in before)
            self._filed[key] = (headings, _layer_texts(case, figures))
        return self._filed[key]

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


def _layer_texts(case: Case, figures: Amounts) -> LayerTexts:
    texts, at = [], None
    for place, layer in enumerate(shown_layers(case, figures.layers)):
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
