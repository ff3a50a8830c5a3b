"""Days and codes as people and workbooks write them, brought to one form.

A workbook that lost the type of a day has its serial number; one that took a code for a number has
lost its first zero. What is read into a cell is counted, so that a reader can be told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from detente.core.clock import MONTHS

SERIAL_START = date(1899, 12, 30)
"""The day that a workbook counts from; it takes 1900 for a leap year, hence not the 31st."""

SERIALS = range(36_526, 73_051)
"""Serial numbers that are taken for a day: 2000 to 2099."""

MONTH_FIRST, DAY_FIRST = "month-first", "day-first"
ORDERS = (MONTH_FIRST, DAY_FIRST)
"""How 03/04/2026 is read: 4 March or 3 April."""

EITHER = ""
"""No order is known: what may be two days is refused."""

_MIDNIGHT = re.compile(r"(.*\d)[T ]0?0:00(:00)?(\.0+)?")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SERIAL = re.compile(r"(\d{5})(\.0+)?")
_DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-. ]+([A-Za-z]+)[-., ]+(\d{4})")
_MONTH_NAMED = re.compile(r"([A-Za-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")

LOST_ZERO = (7, 9)
"""Digits of a code of eight or ten that begins with a zero and was taken for a number."""


class AmbiguousDayError(ValueError):
    """A day whose month and day can be exchanged, where nothing says which stands first."""


def written_day(text: str, read: Counter[str] | None = None, order: str = EITHER) -> str:
    """A day as ISO; what is not a day in any of these forms as it stands.

    Args:
        text: 2025-11-12, 2025/11/12, 20251112, 2025年11月12日, 12-Nov-2025, November 12, 2025,
            11/12/2025 by the order, 25/11/2025 where no order contradicts it, or the serial number
            45973 of a workbook; midnight is left out. Years have four digits.
        read: counts "serial days", where serial numbers were read, and days read by the order that
            another order would read otherwise, under its name.
        order: MONTH_FIRST or DAY_FIRST; EITHER where it is not known.

    Raises:
        AmbiguousDayError: it is one of two days, and no order is known.
    """
    text = text.strip()
    if found := _MIDNIGHT.fullmatch(text):
        text = found.group(1)
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, month, day, *chinese = found.groups()
        return _iso(*((year, month, day) if year else chinese)) or text
    if found := _RUN_TOGETHER.fullmatch(text):
        return _iso(*found.groups()) or text
    if (found := _SERIAL.fullmatch(text)) and int(found.group(1)) in SERIALS:
        if read is not None:
            read["serial days"] += 1
        return (SERIAL_START + timedelta(days=int(found.group(1)))).isoformat()
    if found := _DAY_NAMED.fullmatch(text):
        day, month, year = found.groups()
        return _iso(year, _month(month), day) or text
    if found := _MONTH_NAMED.fullmatch(text):
        month, day, year = found.groups()
        return _iso(year, _month(month), day) or text
    if found := _YEAR_LAST.fullmatch(text):
        return _by_order(text, *_both(found), order, read)
    return text


def order_of(texts: Iterable[str], usual: str = EITHER) -> str:
    """The order in which a column of days writes day and month.

    Args:
        texts: its cells; one such as 25/11/2025 tells.
        usual: the order where no cell tells.

    Returns:
        MONTH_FIRST, DAY_FIRST or ``usual``; EITHER where cells contradict each other.
    """
    described = set()
    for text in texts:
        text = text.strip()
        if midnight := _MIDNIGHT.fullmatch(text):
            text = midnight.group(1)
        if found := _YEAR_LAST.fullmatch(text):
            by_month, by_day = _both(found)
            # Only a day above 12 tells the order: read the other way it is none.
            if bool(by_month) != bool(by_day):
                described.add(MONTH_FIRST if by_month else DAY_FIRST)
    if len(described) > 1:
        return EITHER
    return described.pop() if described else usual


def _both(found: re.Match[str]) -> tuple[str, str]:
    """The day with the month first, and with the day first; empty where it is none."""
    first, _, second, year = found.groups()
    return _iso(year, first, second), _iso(year, second, first)


def _by_order(text: str, by_month: str, by_day: str, order: str, read: Counter[str] | None) -> str:
    if order == EITHER:
        if by_month and by_day and by_month != by_day:
            raise AmbiguousDayError(
                f"{text!r} is {by_month} or {by_day}: write it so, or say whether day or month "
                "stands first"
            )
        return by_month or by_day or text
    wanted, other = (by_month, by_day) if order == MONTH_FIRST else (by_day, by_month)
    if wanted and other and wanted != other and read is not None:
        read[order] += 1
    return wanted or text


def _month(name: str) -> str:
    """The number of an English month, whole or by its first three letters; 0 for none."""
    word = name.casefold()
    for number, month in enumerate(MONTHS, 1):
        if word in (month.casefold(), month[:3].casefold()) or word == "sept" == month[:4].lower():
            return str(number)
    return "0"


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def whole_code(text: str, read: Counter[str] | None = None) -> str:
    """A code with the zero that a number cannot begin with; others as they stand.

    Args:
        text: the code, with dots or without.
        read: counts "codes without their zero".
    """
    # A cell that is a number may become text with its fraction.
    digits = text.strip().removesuffix(".0")
    if digits.isdecimal() and len(digits) in LOST_ZERO:
        if read is not None:
            read["codes without their zero"] += 1
        return f"0{digits}"
    return text


def described(read: Counter[str]) -> list[str]:
    """What was read into cells, a sentence each."""
    sentences = {
        "serial days": "days that are serial numbers of a workbook, read as days: {}",
        MONTH_FIRST: "days such as 03/04/2026, read with the month first, as 4 March: {}",
        DAY_FIRST: "days such as 03/04/2026, read with the day first, as 3 April: {}",
        "codes without their zero": "codes of seven or nine digits, as numbers that lost their "
        "first zero, read with it: {}",
    }
    return [sentences[key].format(count) for key, count in read.items() if count]
