"""Instants of the law, as minutes of the wall clock where the acting country keeps its time.

A bare day is the start of that day in the zone of the country that acts, so no time zone is
needed to compare days. An instant with an offset is turned into that country's wall clock when
the register is compiled (or when someone asks for an instant). Minutes count from 1970-01-01.
"""

from __future__ import annotations

from detente._lean import date, datetime, timedelta

MINUTES = 24 * 60
_EPOCH = date(1970, 1, 1).toordinal()


def day_number(text: str) -> int:
    """Days since 1970-01-01 of an ISO day; ``ValueError`` when it is none."""
    # The standard library would also read a week, such as 2025-W06-1.
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        raise ValueError(f"{text!r} is not a day written YYYY-MM-DD")
    return date.fromisoformat(text).toordinal() - _EPOCH


def day_text(number: int) -> str:
    """The ISO day of a day number."""
    return date.fromordinal(number + _EPOCH).isoformat()


def day_before(day: str) -> str:
    """The day before an ISO day: the last one through which what ends on that day holds."""
    return day_text(day_number(day) - 1)


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def as_stated(value: date) -> str:
    """A day or an instant of a program as text: a midnight without offset is a day."""
    if not isinstance(value, datetime):
        return value.isoformat()
    is_day = value.tzinfo is None and not (
        value.hour or value.minute or value.second or value.microsecond
    )
    return value.date().isoformat() if is_day else value.isoformat()


def long_day(day: str) -> str:
    """An ISO day in words: 10 October 2026."""
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def start_of(text: str) -> int:
    """The first minute of an ISO day."""
    return day_number(text) * MINUTES


def last_minute_of(text: str) -> int:
    """The last minute of an ISO day: what a question about a bare day asks for."""
    return day_number(text) * MINUTES + MINUTES - 1


def minute_of(text: str, zone: str) -> int:
    """Minutes of an ISO day or of an instant with offset, on the wall clock of ``zone``.

    Raises:
        ValueError: the text is neither a day nor an instant with an offset.
    """
    if len(text) == 10:
        return start_of(text)
    as_of = datetime.fromisoformat(text)
    if as_of.tzinfo is None:
        raise ValueError(f"{text!r} has no offset: write it as 2025-11-10T13:01+08:00")
    from zoneinfo import ZoneInfo

    try:
        local = as_of.astimezone(ZoneInfo(zone))
    except OverflowError:
        raise ValueError(f"{text!r} lies outside the calendar") from None
    days = local.date().toordinal() - _EPOCH
    return days * MINUTES + local.hour * 60 + local.minute


def minute_text(minute: int, zone: str) -> str:
    """An ISO day when the minute begins one, else the instant with the offset of ``zone``."""
    days, rest = divmod(minute, MINUTES)
    if rest == 0:
        return day_text(days)
    from zoneinfo import ZoneInfo

    as_of = datetime(1970, 1, 1) + timedelta(minutes=minute)
    return as_of.replace(tzinfo=ZoneInfo(zone)).isoformat(timespec="minutes")
