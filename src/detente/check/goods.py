"""What rows of goods owe: on their day, on the days on which the law changes, from other places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.answer import Batch
from detente.batch.table import CENTS, MISSING, PLACES, STATUSES
from detente.batch.tables import FrameTable, ListTable
from detente.core import figures
from detente.core.clock import MINUTES, day_number, day_text

if TYPE_CHECKING:
    from detente.batch.table import Answers
    from detente.batch.tables import EntryTable
    from detente.goods.schedule import Schedule
    from detente.register.book import Register

SETTLED = ("ok", "open")
"""Statuses of rows that have a rate of their own."""

LISTED = 4_096
"""Rows that are answered as lists, in less time than polars takes to load."""


class DescribedGoods(NamedTuple):
    """What a batch says of rows, by column and in their order: those that a check shows.

    Attributes:
        status: of each row.
        reason: why it is not settled.
        rate: `total_ad_valorem`, a fraction of one; None where that is not known.
        duty: `total_amount`, in dollars.
        refundable: the part of that which was never owed.
        headings: under which it is entered.
        announced_rate: `announced_ad_valorem`.
    """

    status: list[str]
    reason: list[str]
    rate: list[Decimal | None]
    duty: list[Decimal | None]
    refundable: list[Decimal | None]
    headings: list[str]
    announced_rate: list[Decimal | None]


class GoodsRows:
    """Rows of goods, asked on several days and from several places."""

    def __init__(
        self, register: Register, schedule: Schedule, columns: Mapping[str, Sequence[str]]
    ) -> None:
        """Take rows.

        Args:
            register: the register asked.
            schedule: the goods schedule.
            columns: code, origin, on, value and any facts, each with the texts of all rows.
        """
        self._batch = Batch(register, schedule)
        self.columns = columns

    def described(self, **instead: str) -> DescribedGoods:
        """What a batch says of the rows, with other texts in some columns."""
        size = len(self.columns["code"])
        columns = {**self.columns, **{name: [text] * size for name, text in instead.items()}}
        return _described(self._batch.answer(_table(columns, size)))

    def change_days(self, after: str, days: int) -> list[str]:
        """Days after one on which the law changes for somebody, in order."""
        first = day_number(after)
        numbers = {mark // MINUTES for mark in self._batch.engine.law.marks}
        return [day_text(each) for each in sorted(numbers) if first < each <= first + days]


def _table(columns: Mapping[str, Sequence[str]], size: int) -> EntryTable:
    if size <= LISTED:
        return ListTable(columns, size)
    import polars

    return FrameTable(polars.DataFrame(columns, schema=dict.fromkeys(columns, polars.String)))


def _described(answers: Answers) -> DescribedGoods:
    """Answers as texts and exact decimals."""
    return DescribedGoods(
        [STATUSES[each] for each in answers.status.tolist()],
        [answers.texts[each] for each in answers.reason.tolist()],
        _decimals(answers, "total_ad_valorem", PLACES),
        _decimals(answers, "total_amount", CENTS),
        _decimals(answers, "refundable_amount", CENTS),
        answers.headings,
        _decimals(answers, "announced_ad_valorem", PLACES),
    )


def _decimals(answers: Answers, name: str, places: int) -> list[Decimal | None]:
    """A column of numbers; None for one that is not known."""
    numbers = answers.numbers[name].tolist()
    return [None if each == MISSING else Decimal(each).scaleb(-places) for each in numbers]


class Waiting(NamedTuple):
    """What becomes of a row by waiting.

    Attributes:
        cheaper_from: the first day on which it owes least; None where none is cheaper.
        cheaper_until: the first day after that on which it owes more again; None where no change
            ahead says so.
        rate: the rate then, a fraction of one, as text.
        saves: dollars less than on the day; None without a value.
    """

    cheaper_from: str | None
    cheaper_until: str | None
    rate: str | None
    saves: Decimal | None


NOT_CHEAPER = Waiting(None, None, None, None)


def waiting(goods: GoodsRows, now: DescribedGoods, on: str, days: int) -> list[Waiting]:
    """When each row would owe least, by the law as read, among the days on which it changes.

    Args:
        goods: the rows; only those of the day ``on`` are asked about.
        now: what they owe on that day.
        on: the day, ISO.
        days: how many days ahead are looked at.
    """
    ahead = goods.change_days(on, days)
    described = [owed(goods.described(on=day)) for day in ahead]
    found = []
    for at, (day, here) in enumerate(zip(goods.columns["on"], owed(now), strict=True)):
        later = [each[at] for each in described]
        known = [each.rate for each in later if each.rate is not None]
        if day != on or here.rate is None or not known or min(known) >= here.rate:
            found.append(NOT_CHEAPER)
            continue
        least = min(known)
        first = next(n for n, each in enumerate(later) if each.rate == least)
        # A day whose duty is not known ends what is surely cheaper.
        rest = range(first + 1, len(ahead))
        until = next((ahead[n] for n in rest if later[n].rate != least), None)
        found.append(Waiting(ahead[first], until, _text(least), _less(here, later[first])))
    return found


class Elsewhere(NamedTuple):
    """From where the same goods would owe least; None where nowhere less.

    Attributes:
        origin: the place.
        rate: the rate there, a fraction of one, as text.
        saves: dollars less than from their own origin; None without a value.
    """

    origin: str | None
    rate: str | None
    saves: Decimal | None


def elsewhere(goods: GoodsRows, now: DescribedGoods, origins: Sequence[str]) -> list[Elsewhere]:
    """From which of some places each row would owe least on its day."""
    described = {origin: owed(goods.described(origin=origin)) for origin in origins}
    found = []
    for at, here in enumerate(owed(now)):
        others = [(each[at].rate, origin) for origin, each in described.items()]
        known = [(rate, origin) for rate, origin in others if rate is not None]
        # Of equal rates the origin first by its code, so that runs agree.
        least = min(known, default=None)
        if here.rate is None or least is None or least[0] >= here.rate:
            found.append(Elsewhere(None, None, None))
        else:
            rate, origin = least
            found.append(Elsewhere(origin, _text(rate), _less(here, described[origin][at])))
    return found


class RowOwed(NamedTuple):
    """What a row owes: as a fraction of one, and in dollars; None where that is not known."""

    rate: Decimal | None
    amount: Decimal | None


def owed(described: DescribedGoods) -> list[RowOwed]:
    """What each row owes by what a batch says of it."""
    rows = zip(described.status, described.rate, described.duty, strict=True)
    return [
        RowOwed(rate, amount) if status in SETTLED else RowOwed(None, None)
        for status, rate, amount in rows
    ]


def _less(here: RowOwed, there: RowOwed) -> Decimal | None:
    if here.amount is None or there.amount is None:
        return None
    return here.amount - there.amount


def _text(rate: Decimal) -> str:
    return figures.rate(Fraction(rate)) or "0"


def days_known(texts: Sequence[str], on: str, dates: str, read: Counter[str]) -> list[str]:
    """The day of each row: its own, or the day asked about where its cell is empty.

    Args:
        texts: the cells.
        on: the day asked about.
        dates: whether day or month stands first; as the column tells where it is empty.
        read: counts what was read into cells; see ``written``.

    Raises:
        ValueError: a cell is not a day, or may be two; the message names the row.
    """
    from detente.core.tables.written import AmbiguousDayError, order_of, written_day

    order = dates or order_of(texts)
    found = []
    for number, text in enumerate(texts, 1):
        try:
            day = written_day(text, read, order) or on
        except AmbiguousDayError as error:
            raise ValueError(f"row {number}: {error} (dates: month-first or day-first)") from None
        try:
            date.fromisoformat(day[:10])
        except ValueError:
            raise ValueError(
                f"row {number}: {text!r} is not a day: write it as 2025-11-12"
            ) from None
        found.append(day)
    return found
