"""Which rates of an edition hold on the days for which it is only the nearest at hand.

Between two editions lie years whose own editions are not at hand. A rate that both print, for one
number or for those that it moved to, held in between; one that differs changed on some day there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from detente._shapes import TYPE_CHECKING
from detente.goods.codes import RATE_LINE
from detente.goods.lines import DERIVED
from detente.goods.rate_table import RunsOfRows

if TYPE_CHECKING:
    from detente.goods.schedule import Schedule

COLUMNS = ("general", "other")
"""Columns 1 and 2; special rates were cut in steps, and two ends tell nothing of them."""

Rates = Mapping[str, set[str]]
"""The rates of one column that stand under each eight-digit number."""


def unsteady(schedule: Schedule) -> Iterator[tuple[str, int, str]]:
    """Eight-digit numbers, editions and columns whose rate beside the edition's days is not known.

    The last edition is left out: no later one is at hand that could tell.
    """
    runs = RunsOfRows(schedule)
    moves = [(move.from_code[:RATE_LINE], move.to_code[:RATE_LINE]) for move in schedule.moves()]
    cut = _staged(schedule, runs)
    for edition in schedule.editions:
        known: set[str] = set()
        later = _read_after(schedule, edition.number)
        if edition.exact_until is not None and later is not None:
            beside, ways, known = later, moves, cut
        elif edition.exact_from is not None and edition.number > 0:
            beside, ways = edition.number - 1, [(new, old) for old, new in moves]
        else:
            continue
        moved = _moved(ways)
        for column in COLUMNS:
            own, other = (_rates(runs, number, column) for number in (edition.number, beside))
            for code in sorted(own.keys() - (known if column == "general" else set())):
                if not _agrees(own[code], _found(code, other, moved)):
                    yield code, edition.number, column


def _read_after(schedule: Schedule, number: int) -> int | None:
    """The next edition that was read, and not derived from the one before it; None for the last."""
    later = schedule.editions[number + 1 :]
    return next((each.number for each in later if each.grade != DERIVED), None)


def _staged(schedule: Schedule, runs: RunsOfRows) -> set[str]:
    """Lines that a derived edition cuts: their rates are known on the days of all of these."""
    found: set[str] = set()
    for edition in schedule.editions:
        if edition.grade == DERIVED:
            before, own = (
                _rates(runs, at, "general") for at in (edition.number - 1, edition.number)
            )
            found |= {code for code, rates in own.items() if rates != before.get(code)}
    return found


def _moved(moves: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The numbers to which each number moved, as far as the pairs tell."""
    found: dict[str, set[str]] = {}
    for start, end in moves:
        if start and end:
            found.setdefault(start, set()).add(end)
    return found


def _rates(runs: RunsOfRows, edition: int, column: str) -> Rates:
    found: dict[str, set[str]] = {}
    for code in runs.codes():
        for run in runs.of(code):
            if run.first <= edition < run.until:
                found.setdefault(code[:RATE_LINE], set()).add(_plain(getattr(run.rates, column)))
    return found


def _plain(rate: str) -> str:
    """A rate without blanks and stray marks, which editions print now and then."""
    return "".join(rate.split()).lower().removesuffix("1/").removesuffix("/")


def _found(code: str, other: Rates, ways: Mapping[str, set[str]]) -> set[str]:
    """The rates on the other side, of the number itself or of those that it moved to."""
    if code in other:
        return other[code]
    after = [other.get(each) for each in ways.get(code, ())]
    if not after or None in after:
        return set()
    return set().union(*(each for each in after if each is not None))


def _agrees(own: set[str], found: set[str]) -> bool:
    return len(own) == 1 and own == found
