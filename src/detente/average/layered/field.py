"""The lines of all partners over the days asked, followed through the editions once.

What a code is called on a day, what it pays by the schedule and on which lists it stands hang on no
partner and on no claim. So every code is followed once, in `PARTS` equal parts, and codes that the
law and the schedule treat alike over the same days are one group. A partner's weights are then sums
over groups: value of the line x parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.average.cells import NO_LINE, NO_RATE, CodeEquivalents
from detente.average.classes import Classes, numbered_places
from detente.average.followed import RATELESS, UNPRINTED, FollowedLines, follow
from detente.average.lines import ScheduleLines
from detente.duty.amounts import ColumnRates

if TYPE_CHECKING:
    import numpy

    Column = numpy.ndarray

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
        codes: digits of the lines.
        code: the place of the code of each part, in order.
        group: the group of each part, by number.
        share: how many of `PARTS` of the code each part is.
        lost: codes that have no line or no rate on some of the days, with the reason.
    """

    groups: tuple[RateGroup, ...]
    codes: tuple[str, ...]
    code: Column
    group: Column
    share: Column
    lost: Mapping[str, str]

    @property
    def parts(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """For each code its groups by number, and how many of `PARTS` belong to each."""
        found: dict[str, tuple[tuple[int, int], ...]] = dict.fromkeys(self.codes, ())
        for code, *part in zip(*(each.tolist() for each in self[2:5]), strict=True):
            found[self.codes[code]] += (tuple(part),)
        return found

    def units(self, values: Mapping[str, int]) -> dict[int, int]:
        """Units of weight by group: dollars times parts.

        Args:
            values: dollars by code.
        """
        found: dict[int, int] = {}
        for code, parts in self.parts.items():
            for group, share in parts:
                if code in values:
                    found[group] = found.get(group, 0) + values[code] * share
        return found


def find_field(
    lines: ScheduleLines,
    equivalents: CodeEquivalents,
    classes: Classes,
    codes: Sequence[str],
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
    followed = follow(lines, equivalents, codes, edition_of[0], edition_of[-1] + 1)
    return field_of(followed, classes, codes, edition_of, chapters=chapters)


def field_of(
    followed: FollowedLines,
    classes: Classes,
    codes: Sequence[str],
    edition_of: Sequence[int],
    *,
    chapters: bool = False,
) -> GroupField:
    """Lines that were followed through the editions of some days, by groups.

    Args:
        followed: the lines, over the editions of the days.
        classes: the classes of codes by the lists that name them.
        codes: digits of the lines.
        edition_of: the number of the edition of each day.
        chapters: whether goods of different chapters are kept apart.
    """
    import numpy

    # For each edition the first day on which it or a later one is used, and the end after the last.
    day_of = numpy.searchsorted(edition_of, numpy.arange(edition_of[-1] + 2))
    first, until = day_of[followed.first], day_of[followed.until]
    met = first < until
    printed = followed.rate >= 0
    missing = numpy.flatnonzero(met & ~printed)
    reasons = {UNPRINTED: NO_LINE, RATELESS: NO_RATE}
    lost = {
        codes[line]: reasons[rate]
        for line, rate in zip(
            followed.line[missing].tolist(), followed.rate[missing].tolist(), strict=True
        )
    }
    rows = numpy.flatnonzero(met & printed)
    known, first, until = followed.some(rows), first[rows], until[rows]
    places, place_of = numbered_places(classes, known.goods, known.good)
    named = [code[:CHAPTER] for code in codes] if chapters else [""] * len(codes)
    names = sorted(set(named))
    numbers = {name: number for number, name in enumerate(names)}
    chapter = numpy.array([numbers[each] for each in named], numpy.int64)[known.line]
    columns = (place_of[known.good], known.rate, first, until, chapter)
    begins, group = _numbered_rows(columns)
    groups = tuple(
        RateGroup(places[at].claim, places[at].number, known.rates[rate], begin, end, names[name])
        for at, rate, begin, end, name in zip(
            *(column[begins].tolist() for column in columns), strict=True
        )
    )
    return GroupField(groups, tuple(codes), known.line, group, known.parts, lost)


def _numbered_rows(columns: Sequence[Column]) -> tuple[Column, Column]:
    """Where each distinct row is first met, in this order, and the number of each row."""
    import numpy

    key = columns[0].astype(numpy.int64)
    for each in columns[1:]:
        key = key * (int(each.max(initial=0)) + 1) + each
    _, begins, which = numpy.unique(key, return_index=True, return_inverse=True)
    order = numpy.argsort(begins)
    number = numpy.empty(len(order), numpy.int64)
    number[order] = numpy.arange(len(order))
    return begins[order], number[which]
