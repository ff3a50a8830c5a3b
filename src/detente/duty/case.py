"""A question about duty, checked and resolved: what every part of the answer is made from."""

from __future__ import annotations

from detente._lean import date
from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.inheritance import Inheritance, inherit
from detente.applicability.scope import Scope, narrow
from detente.applicability.stack import AsOf, Stack, resolve
from detente.core.figures import rate
from detente.duty.amounts import Amounts, ColumnRates, TotalShare, amounts, total_share
from detente.duty.outlook import stack_of
from detente.duty.question import DutyQuery, DutyQuestion, QuestionError, check
from detente.goods.codes import TariffCode
from detente.goods.lines import TariffLine
from detente.goods.schedule import Schedule
from detente.register.book import Register

SUBHEADING = 6
"""Digits down to which the tariffs of all countries agree."""


if TYPE_CHECKING:
    from typing import Protocol

    from detente.applicability.equivalence import Memory
    from detente.goods.partner_tariff import OrdinaryRate

    class StackSource(Protocol):
        """Another way to the stacks and totals of a case: for many cases that are alike."""

        def resolve(self, as_of: AsOf) -> Stack:
            """See `Case.resolve`."""

        def total(self, stack: Stack, as_of: AsOf) -> str | None:
            """See `Case.total`."""


class DutyCase(NamedTuple):
    """Everything an answer is made from.

    ``ordinary`` is set where the ordinary rate comes from a table of rates by code and day, and not
    from a schedule or from the question.
    """

    register: Register
    query: DutyQuery
    code: str
    line: TariffLine | None
    rates: ColumnRates
    scope: Scope
    as_of: AsOf
    stack: Stack
    inherited: Inheritance | None = None
    workings: StackSource | None = None
    ordinary: OrdinaryRate | None = None

    def resolve(self, as_of: AsOf) -> Stack:
        """The stack of the same goods at another moment, or with other facts."""
        return stack_of(self.scope, as_of) if not self.workings else self.workings.resolve(as_of)

    def total(self, stack: Stack, as_of: AsOf) -> str | None:
        """The total of a stack with the facts of a moment, as a share of the value."""
        if self.workings:
            return self.workings.total(stack, as_of)

        def made() -> TotalShare:
            entry_value, bases = self.query.entry_value, self.register.bases
            return total_share(stack, self.rates, entry_value, as_of.facts, bases)

        equivalence = self.scope.equivalence
        # Neither a doubt turned over nor a quantity is part of the key under which shares are kept.
        if equivalence is None or as_of.flipped is not None or self.query.entry_value.quantities:
            return rate(made().share)
        own = stack is self.stack and as_of is self.as_of
        if not own and stack is not equivalence.stack(self.scope, as_of):
            return rate(made().share)  # the stack of other goods
        return rate(equivalence.share(as_of, self.rates, made))

    def figures(self, stack: Stack) -> Amounts:
        """The amounts of a stack for this entry."""
        return amounts(
            stack, self.rates, self.query.entry_value, self.as_of.facts, self.register.bases
        )


def build_case(
    register: Register,
    schedule: Schedule,
    question: DutyQuestion,
    memory: Memory | None = None,
) -> DutyCase:
    """Check a question and resolve its stack; see ``answer_duty`` for what it raises."""
    query = check(register, question)
    if question.quantities:
        from detente.duty.quantity_units import check_units

        check_units(schedule, question.quantities)
    code = TariffCode.parse(question.code)
    line, inherited, ordinary = None, None, None
    if query.destination == "US":
        line = schedule.line(code, date.fromisoformat(query.day))
        rates = ColumnRates(line.general, line.other, line.special)
        inherited = inherit(register, schedule, code.digits)
    elif len(code.digits) < SUBHEADING:
        from detente.duty.partner_rates import too_short_code

        raise too_short_code(query.destination, code, schedule)
    elif question.base is not None:
        rates = ColumnRates("", "", "")
    else:
        from detente.duty.partner_rates import column_rates, ordinary_rate

        ordinary = ordinary_rate(query.destination, code.digits, query.day)
        rates = column_rates(query.destination, ordinary)
    if question.base is not None:
        rates = rates._replace(general=_stated_rate(question.base))
    members = inherited.members if inherited else None
    place = (query.origin, query.destination)
    as_of = AsOf(query.minute, query.known_on, query.facts)
    if memory is None:
        scope = narrow(register, code.digits, *place, members)
        stack = resolve(scope, as_of)
    else:
        scope = memory.narrow(code.digits, *place, members)
        assert scope.equivalence is not None
        stack = scope.equivalence.own_stack(scope, as_of)
    return DutyCase(
        register,
        query,
        code.digits,
        line,
        rates,
        scope,
        as_of,
        stack,
        inherited,
        None,
        ordinary,
    )


def _stated_rate(text: str) -> str:
    """A base rate that was given, if it is one that amounts can be worked out by."""
    from detente.duty.rates.text import parse_rate

    try:
        chargeable = parse_rate(text).kind not in ("unparsed", "derived")
    except ValueError:
        chargeable = False
    if not chargeable:
        raise QuestionError(
            f"the base rate {text!r} is none that can be charged: write 8%, 3.4¢/kg + 5% or Free",
            "base",
        )
    return text
