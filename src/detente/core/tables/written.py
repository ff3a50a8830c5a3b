"""Days and codes as people and workbooks write them, brought to one form.

A workbook that lost the type of a day has its serial number; one that took a code for a number has
lost its first zero. What is read into a cell is counted, so that a reader can be told.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, timedelta

SERIAL_START = date(1899, 12, 30)
"""The day that a workbook counts from; it takes 1900 for a leap year, hence not the 31st."""

SERIALS = range(36_526, 73_051)
"""Serial numbers that are taken for a day: 2000 to 2099."""

_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: 0?0:00(?::00)?)?")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(:00)?")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SERIAL = re.compile(r"(\d{5})(\.0+)?")
_NAMED = re.compile(r"\d{1,2}[- ][A-Za-z]{3}[- ]\d{4}")

LOST_ZERO = (7, 9)
"""Digits of a code of eight or ten that begins with a zero and was taken for a number."""


def written_day(text: str, read: Counter[str] | None = None) -> str:
    """A day as ISO; what is no day in any of these forms as it stands.

    Args:
        text: 2025-11-12, 20251112, 11/12/2025 (month first), 12-Nov-2025, or the serial number
            45973 of a workbook; midnight is left out.
        read: counts "serial days", where serial numbers were read.
    """
    text = text.strip()
    if found := _AMERICAN.fullmatch(text):
        month, day, year = found.groups()
        return _iso(f"{year}-{int(month):02d}-{int(day):02d}", text)
    if found := _MIDNIGHT.fullmatch(text):
        return found.group(1)
    if found := _RUN_TOGETHER.fullmatch(text):
        return _iso("-".join(found.groups()), text)
    if (found := _SERIAL.fullmatch(text)) and int(found.group(1)) in SERIALS:
        if read is not None:
            read["serial days"] += 1
        return (SERIAL_START + timedelta(days=int(found.group(1)))).isoformat()
    if _NAMED.fullmatch(text):
        try:
            return datetime.strptime(text.replace(" ", "-"), "%d-%b-%Y").date().isoformat()
        except ValueError:
            return text
    return text


def _iso(day: str, text: str) -> str:
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return text


def whole_code(text: str, read: Counter[str] | None = None) -> str:
    """A code with the zero that a number cannot begin with; others as they stand.

    Args:
        text: the code, with dots or without.
        read: counts "codes without their zero".
    """
    digits = text.strip().removesuffix(".0")
    if digits.isdecimal() and len(digits) in LOST_ZERO:
        if read is not None:
            read["codes without their zero"] += 1
        return f"0{digits}"
    return text


def told(read: Counter[str]) -> list[str]:
    """What was read into cells, a sentence each."""
    sentences = {
        "serial days": "days that are serial numbers of a workbook, read as days: {}",
        "codes without their zero": "codes of seven or nine digits, as numbers that lost their "
        "first zero, read with it: {}",
    }
    return [sentences[key].format(count) for key, count in read.items() if count]
