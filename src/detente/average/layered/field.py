"""The lines of all partners over the days asked, followed through the editions once.

What a code is called on a day, what it pays by the schedule and on which lists it stands hang on no
partner and on no claim. So every code is followed once, in `PARTS` equal parts, and codes that the
law and the schedule treat alike over the same days are one group. A partner's weights are then sums
over groups: value of the line x parts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from detente._shapes import NamedTuple
from detente.average.cells import NO_LINE, NO_RATE, CodeEquivalents
from detente.average.classes import Classes
from detente.average.lines import ScheduleLines
from detente.duty.amounts import ColumnRates

PARTS = 720_720
"""Into so many parts a line is divided: every number of successors up to sixteen divides it."""

CHAPTER = 2


class RateGroup(NamedTuple):
    """Goods that pay alike over days ``[first, until)``.

    Attributes:
        claim: the provision under which they are entered; "" for most.
        place: their class under it, as `Classes.place` numbers it.
        rates: their ordinary rates, ad valorem where that can be said.
        first: the first day.
        until: the day after the last.
        chapter: two digits; "" where chapters are not kept apart.
    """

    claim: str
    place: int
    rates: ColumnRates
    first: int
    until: int
    chapter: str


class GroupField(NamedTuple):
    """Every code, by the groups to which its parts belong.

    Attributes:
        groups: the groups.
        parts: for each code its groups by number, and how many of `PARTS` belong to each.
        lost: codes that have no line or no rate on some of the days, with the reason.
    """

    groups: tuple[RateGroup, ...]
    parts: Mapping[str, tuple[tuple[int, int], ...]]
    lost: Mapping[str, str]

    def units(self, values: Mapping[str, int]) -> dict[int, int]:
        """Units of weight by group: dollars times parts.

        Args:
            values: dollars by code.
        """
        found: dict[int, int] = {}
        for code, value in values.items():
            for group, parts in self.parts[code]:
                found[group] = found.get(group, 0) + value * parts
        return found


def find_field(
    lines: ScheduleLines,
    equivalents: CodeEquivalents,
    classes: Classes,
    codes: Iterable[str],
    edition_of: Sequence[int],
    *,
    chapters: bool = False,
) -> GroupField:
    """Follow codes through the editions.

    Args:
        lines: the schedule.
        equivalents: what was paid where a rate is not ad valorem.
        classes: the classes of codes by the lists that name them.
        codes: digits of every line that weighs something.
        edition_of: the number of the edition of each day.
        chapters: whether goods of different chapters are kept apart.
    """
    groups: list[RateGroup] = []
    numbers: dict[tuple[object, ...], int] = {}
    # Rates are told apart once: to compare two takes long.
    rate_numbers: dict[ColumnRates, int] = {}
    known: dict[int, tuple[int, ColumnRates]] = {}
    parts: dict[str, tuple[tuple[int, int], ...]] = {}
    lost: dict[str, str] = {}
    # For each edition the first day on which it or a later one is used, and the end after the last.
    day_of = [bisect_left(edition_of, number) for number in range(edition_of[-1] + 2)]
    begin, end = edition_of[0], edition_of[-1] + 1
    for code in codes:
        own: list[tuple[int, int]] = []
        chapter = code[:CHAPTER] if chapters else ""
        for piece in lines.pieces({code: PARTS}, begin, end):
            first, until = day_of[piece.first], day_of[piece.until]
            if first == until:
                continue
            if piece.rates is None or not piece.rates.general:
                lost[code] = NO_LINE if piece.rates is None else NO_RATE
                continue
            place = classes.place(piece.code, piece.later)
            rates, _ = equivalents.rates(piece)
            # The rates are held, since the identity of an object that is gone may come again.
            held = known.get(id(rates))
            if held is None:
                number = rate_numbers.setdefault(rates, len(rate_numbers))
                held = known[id(rates)] = number, rates
            key = (*place, held[0], first, until, chapter)
            group = numbers.get(key)
            if group is None:
                group = numbers[key] = len(groups)
                groups.append(RateGroup(place.claim, place.number, rates, first, until, chapter))
            own.append((group, piece.units))
        parts[code] = tuple(own)
    return GroupField(tuple(groups), parts, lost)
