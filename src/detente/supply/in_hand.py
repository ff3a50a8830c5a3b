"""Needs that are in hand: what tables say is used, and what those who are cut off send elsewhere.

Two kinds, held against two kinds of supply:

    all       what is used in a year, by the world or by one country: against what is produced
              outside the countries cut off, and what is added to it
    added     what those countries send out in a year, to the world or to one country: against what
              is added alone, since what others produce already is used already

A need of which only a part is told (clean technologies alone, some months of a year) is a lower
bound: it can show that a supply does not suffice, and never that it does.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.supply.tables import DAY, MONTH, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from detente.supply.tables import MineralFlow, Minerals, PublishedFigure

ALL, ADDED = "all", "added"
WHOLE_USE, PART_USE = "all uses", "clean technologies"
OPEN_PART = "other uses were not counted"


class Need(NamedTuple):
    """A quantity a year that somebody takes.

    Attributes:
        whose: ``world``, or the code of a country.
        basis: ``all`` or ``added``.
        year: of the figure; a span of months where no year is told.
        amount: a year, in `unit`.
        unit: as printed.
        at_least: whether the need is known to be at least so much, and no more is known.
        of: what it counts, in words.
        source: the key of where it is from.
        grade: how it was read.
    """

    whose: str
    basis: str
    year: str
    amount: Fraction
    unit: str
    at_least: bool
    of: str
    source: str
    grade: str


def needs_in_hand(
    tables: Minerals, mineral: str, stage: str, cut: Iterable[str], until: int
) -> list[Need]:
    """The needs of a stage, each of the latest year that is told.

    Args:
        tables: what was public on the day of the question.
        mineral: its key.
        stage: its key.
        cut: the countries that are cut off.
        until: the year of the question: figures of later years are outlooks, and are left out.
    """
    found: dict[tuple[str, str, str], Need] = {}
    needs = [
        *_used(tables.about(mineral, stage)),
        *_sent(tables.sent(mineral, stage), frozenset(cut)),
    ]
    # A whole year goes before some months of a later one, which are a need of at least so much.
    for need in sorted(needs, key=lambda each: (not each.at_least, each.year[:YEAR], each.amount)):
        if int(need.year[:YEAR]) <= until:
            key = (need.whose, need.basis, need.of if need.basis == ALL else "")
            found[key] = need
    return list(found.values())


def _used(figures: Iterable[PublishedFigure]) -> Iterator[Need]:
    for each in figures:
        if each.what == "consumption" and each.low == each.high:
            yield Need(each.country, ALL, each.year, Fraction(each.low), each.unit, False,
                       "apparent or reported use", each.source, each.grade)  # fmt: skip
        if each.what == "demand" and each.of in (WHOLE_USE, PART_USE):
            # Where all uses are told, the part is not a need of its own.
            whole = each.of == WHOLE_USE
            if whole or OPEN_PART in each.note:
                yield Need(each.country, ALL, each.year, Fraction(each.low), each.unit, not whole,
                           each.of, each.source, each.grade)  # fmt: skip


def _sent(flows: Iterable[MineralFlow], cut: frozenset[str]) -> Iterator[Need]:
    months: dict[tuple[str, str, str], list[MineralFlow]] = {}
    for each in flows:
        if each.measure != "quantity" or each.start not in cut or each.end in cut:
            continue
        span = "/" in each.year
        if span or len(each.year) == YEAR:
            yield _taken(each, each.year, Fraction(each.low), at_least=span)
        elif len(each.year) == MONTH:
            months.setdefault((each.start, each.end, each.year[:YEAR]), []).append(each)
    for rows in months.values():
        described = sorted(each.year for each in rows)
        total = sum((Fraction(each.low) for each in rows), Fraction(0))
        yield _taken(rows[0], f"{described[0]}/{described[-1]}", total, at_least=True)


def _taken(flow: MineralFlow, year: str, amount: Fraction, *, at_least: bool) -> Need:
    of = f"sent by {flow.start}"
    return Need(flow.end, ADDED, year, amount, flow.unit, at_least, of, flow.source, flow.grade)


def months_shown(year: str) -> str:
    """A year or a span of months in words."""
    start, mark, end = year.partition("/")
    return f"{start} to {end[:DAY]}" if mark else year
