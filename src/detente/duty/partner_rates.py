"""The ordinary rate of a destination that is known by a table of rates, and how well."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_before
from detente.core.coverage import PARTLY, READ, UNREAD, Coverage
from detente.core.figures import dotted
from detente.duty.amounts import ColumnRates
from detente.duty.rates.form import RateForm
from detente.goods.codes import CodeError, TariffCode
from detente.goods.lines import IncompleteCode, SuggestedLine
from detente.goods.partner_tariff import (
    ABOUT,
    EXACT,
    NONE,
    RANGE,
    SUBHEADING,
    OrdinaryRate,
    partner_tariff,
)
from detente.goods.wording import listed, too_short

if TYPE_CHECKING:
    from detente.answers.duty import Line
    from detente.goods.partner_tariff import TaxRule
    from detente.goods.schedule import Schedule

ROW = "ordinary duty"
"""What a row of coverage about the ordinary rate is called."""

NAMED = 12
"""How many lines a question names."""


def ordinary_rate(country: str, code: str, day: str) -> OrdinaryRate:
    """The ordinary rate of a code on a day; one of the state ``none`` where nothing is held."""
    tariff = partner_tariff(country)
    return OrdinaryRate(NONE) if tariff is None else tariff.rate(code, day)


def too_short_code(country: str, code: TariffCode, schedule: Schedule) -> CodeError:
    """The refusal of a code that is wider than a subheading, with the subheadings under it."""
    tariff = partner_tariff(country)
    lines = tariff.lines(code.digits) if tariff else []
    found = tuple(
        SuggestedLine(TariffCode(each), " › ".join(schedule.subheading(each)))
        for each in dict.fromkeys(line[:SUBHEADING] for line in lines)
    )
    what = too_short(code, country)
    return IncompleteCode(f"{what}. {listed(found)}", found) if found else CodeError(what)


def import_taxes(country: str, code: str, day: str) -> list[TaxRule]:
    """The taxes on imports of a code beside the duty, in the order in which they are charged."""
    tariff = partner_tariff(country)
    return [] if tariff is None else tariff.taxes(code, day)


def column_rates(country: str, ordinary: OrdinaryRate) -> ColumnRates:
    """The columns of a line by its ordinary rate; empty where there is no one rate."""
    if ordinary.percent:
        return ColumnRates(f"{ordinary.percent}%", "", "")
    return ColumnRates("", "", "", _unknown(country, ordinary))


def _unknown(country: str, ordinary: OrdinaryRate) -> RateForm:
    """The form of a rate that is not known, and what to do."""
    advice = "give it as the base rate, such as 8%"
    why = f"the ordinary duty of {country} on these goods that day is not held: {advice}"
    if ordinary.state == RANGE:
        lines = "; ".join(f"{dotted(code)} {rate}%" for code, rate in ordinary.by_line[:NAMED])
        more = len(ordinary.by_line) - NAMED
        rest = f" and {more} more" if more > 0 else ""
        why = f"{ordinary.why}, or {advice}. {lines}{rest}"
    return RateForm(words="not known", reason=why)


def coverage_row(ordinary: OrdinaryRate) -> Coverage:
    """The row about an ordinary rate: which days it is known for, and how well."""
    state = {EXACT: READ, NONE: UNREAD}.get(ordinary.state, PARTLY)
    scope = {
        EXACT: f"{ordinary.percent}%, the rate of the line",
        ABOUT: f"about {ordinary.percent}%: {ordinary.why}",
        RANGE: ordinary.why,
        NONE: "no rate of this day is held, and none is taken from other years",
    }[ordinary.state]
    last = None if ordinary.until is None else day_before(ordinary.until)
    return Coverage(ROW, ordinary.start, last, scope, state)


def line_of(country: str, code: str, rate: str, schedule: Schedule) -> Line | None:
    """The line under the keys of the interface: its name where held, and words of its subheading.

    The subheading is that of the Harmonized System, whose words our own schedule has where it still
    has the number. Without either there is no line to show.
    """
    tariff = partner_tariff(country)
    name = None if tariff is None else tariff.name(code, "zh")
    path = schedule.subheading(code)
    if name is None and not path:
        return None
    return {
        "code": dotted(code),
        "description": name or path[-1],
        "path": list(path if name else path[:-1]),
        "general": rate,
        "units": [],
    }
