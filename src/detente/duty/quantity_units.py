"""Units of quantity in a question: an unknown one is refused, one that no rate reads is told."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.vocabulary import refuse
from detente.duty.amounts import column_form
from detente.duty.rates.units import UnitError, convert, known_units, read_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.applicability.stack import Term
    from detente.duty.amounts import ColumnRates
    from detente.goods.schedule import Schedule


def check_units(schedule: Schedule, units: Iterable[str]) -> None:
    """Refuse a unit that neither a rate nor the schedule's column of units writes.

    Raises:
        UnknownWordError: naming the nearest units.
    """
    for unit in units:
        if not is_unit(schedule, unit):
            own = {each for each in schedule.units if not _is_read(each)}
            known = {*known_units(), *own}
            raise refuse(unit, known, "a unit of quantity", "quantity")


def is_unit(schedule: Schedule, text: str) -> bool:
    """Whether a text names a unit of quantity."""
    return _is_read(text) or text in schedule.units


def _is_read(text: str) -> bool:
    try:
        read_unit(text)
    except UnitError:
        return False
    return True


def unread_units(units: Iterable[str], terms: Iterable[Term], rates: ColumnRates) -> list[str]:
    """Units of quantities that no rate of the goods reads, as given."""
    read = set(_units_read(terms, rates))
    return [unit for unit in units if not _turns_into(unit, read)]


def _units_read(terms: Iterable[Term], rates: ColumnRates) -> Iterable[str]:
    """The units by which the goods are charged."""
    for term in terms:
        if term.duty.form == "column":
            yield from column_form(term.duty, rates).needs()
        elif term.duty.unit:
            yield term.duty.unit


def _turns_into(unit: str, wanted: Iterable[str]) -> bool:
    """Whether a quantity in a unit is one in any of some others."""
    for each in wanted:
        try:
            convert(1, unit, each)
        except UnitError:
            continue
        return True
    return False
