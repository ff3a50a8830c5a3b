"""A line of the tariff of another country: its names, its ordinary rate, its taxes."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.duty.partner_rates import coverage_row, line_of, too_short_code
from detente.goods.codes import TariffCode
from detente.goods.partner_tariff import SUBHEADING, held_tariff

if TYPE_CHECKING:
    from detente.answers.goods import GoodsLine
    from detente.goods.schedule import Schedule


def partner_line(country: str, code: str, day: str, schedule: Schedule) -> GoodsLine:
    """A line of the tariff of another country on a day, with its rate and taxes.

    Raises:
        CodeError: the code is none, or shorter than a subheading.
    """
    asked = TariffCode.parse(code)
    if len(asked.digits) < SUBHEADING:
        raise too_short_code(country, asked, schedule)
    digits = asked.digits
    tariff = held_tariff(country)
    rate = tariff.rate(digits, day)
    line = line_of(country, digits, f"{rate.percent}%" if rate.percent else "", schedule)
    return {
        "code": digits,
        "country": country,
        "on": day,
        "edition": None,
        "description": line["description"] if line else None,
        "path": line["path"] if line else [],
        "units": [],
        "general": f"{rate.percent}%" if rate.percent else None,
        "special": None,
        "other": None,
        "headings": [],
        "predecessors": [],
        "successors": [],
        "state": rate.state,
        "by_line": [{"code": each, "general": f"{percent}%"} for each, percent in rate.by_line],
        "taxes": [
            {"tax": rule.tax, "percent": rule.percent, "asked": rule.or_rate, "note": rule.note}
            for rule in tariff.taxes(digits, day)
        ],
        "coverage": [coverage_row(rate).row()],
        "notes": [],
    }
