"""Privileged foreign status where the law takes the rate of the day of entry all the same."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING
from detente.core.figures import dollars, long_day, money
from detente.entry.deciding import PRIVILEGED
from detente.entry.duties import AssessedLine, LineContext, ask

if TYPE_CHECKING:
    from detente.answers.entry import MissingOfEntry
    from detente.entry.tables import FeeTables, ZoneRule


def of_zone(
    over: LineContext, known: FeeTables, each: AssessedLine, entry_date: str
) -> Iterator[MissingOfEntry]:
    """What is open of a line in privileged status: both amounts, where a measure takes either day.

    Args:
        over: what is asked over.
        known: the tables.
        each: the line.
        entry_date: the day of entry from the zone.
    """
    admitted = each.deciding.day
    if each.deciding.status != PRIVILEGED or admitted is None or each.answer is None:
        return
    rules = [rule for rule in known.zone.values() if admitted < rule.start <= entry_date]
    if not rules:
        return
    later = ask(over, each.line, entry_date, each.value, each.facts)
    measures = {layer["measure"] for answer in (each.answer, later) for layer in answer["layers"]}
    amount = later["total"]["amount"]
    for rule in rules:
        if rule.measure in measures:
            why = _why(rule, _words(money(each.cents)), _words(amount), admitted, entry_date)
            yield {"line": each.line.id, "what": "zone", "why": why}


def _words(amount: str | None) -> str:
    return "not known" if amount is None else dollars(amount)


def _why(rule: ZoneRule, there: str, here: str, admitted: str, entry_date: str) -> str:
    return (
        f"{rule.measure}: {rule.words} ({rule.source}). The duty is {there} by the rates of "
        f"{long_day(admitted)}, which stands here, and {here} by those of {long_day(entry_date)}"
    )
