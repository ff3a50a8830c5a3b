"""Japan's End User List, in a table that was taken out of the PDF in which METI publishes it.

The ministry publishes a PDF alone. A spreadsheet program that reads tables of PDF gives a workbook
or a CSV with the headings of the list, in Japanese and English: a number, the country, the company,
its other names behind middle dots, and what it is of concern for. Each page may repeat the
headings. Tried on constructed tables alone.
"""

from __future__ import annotations

import re
from pathlib import Path

from detente.core.tables.reading import TableError, open_table
from detente.parties.lists.model import ListedEntry, ListReading
from detente.parties.lists.readers.common import (
    LARGEST_STREAMED,
    MOST_ROWS,
    MalformedError,
    check_size,
    name_fault,
    place_of,
    unlike,
    wrong_file,
)
from detente.parties.lists.readers.printed_names import names_of

LIST, WHAT = "JP-EUL", "table of Japan's End User List"
SOURCE = "https://www.meti.go.jp/policy/anpo/"

_NUMBER = re.compile(r"\bno\b|番号|№", re.I)
_NAME = re.compile(r"company or organi[sz]ation|企業名", re.I)
_COUNTRY = re.compile(r"country or region|国名", re.I)
_OTHERS = re.compile(r"also known as|別名", re.I)
_LATIN = re.compile(r"[A-Za-z][A-Za-z ,.'’()-]*[A-Za-z)]")
_IN_JAPANESE = re.compile(r"\s*\(([^()]*[^\x00-\x7f‘’“”][^()]*)\)\s*$")
"""A name in other letters in brackets at the end."""

_WIDE = str.maketrans("（），．：；　", "(),.:; ")
_DOTS = re.compile(r"\s*[・•]\s*")


def read_meti(path: str, encoding: str | None = None, sheet: str = "") -> ListReading:
    """Read the rows of the table.

    Args:
        path: the file, a workbook or CSV.
        encoding: of a CSV; None for its mark, else UTF-8.
        sheet: of a workbook; "" for the only one that has cells.

    Raises:
        ValueError: it has not the headings of the list, or is no table.
    """
    check_size(path, LARGEST_STREAMED)
    entries: list[ListedEntry] = []
    faults: list[str] = []
    count = last = 0
    try:
        with open_table(Path(path), encoding, sheet=sheet, faults=faults) as rows:
            heading = rows.columns
            at = {field: _at(heading, field) for field in (_NUMBER, _NAME, _COUNTRY, _OTHERS)}
            if at[_NAME] < 0 or at[_COUNTRY] < 0:
                raise wrong_file(path, WHAT, f"its headings are {heading[:6]}")
            for cells in rows.raw():
                if _is_empty_or_heading(cells, at[_NAME]):
                    continue
                count += 1
                if count > MOST_ROWS:
                    raise ValueError(f"{path} has more than {MOST_ROWS} rows: split it")
                number = cells[at[_NUMBER]].strip() if 0 <= at[_NUMBER] < len(cells) else ""
                if number and number != str(last + 1):
                    faults.append(
                        f"line {rows.line}: number {number!r} stands where {last + 1} should: rows "
                        "may be lost"
                    )
                last = int(number) if number.isdecimal() else last + 1
                try:
                    entries.append(_entry(cells, at, len(heading)))
                except MalformedError as error:
                    faults.append(f"line {rows.line}: {error}")
    except TableError as error:
        found = f"{error.where}, {error.what}".strip(", ")
        raise ValueError(f"{path} is no {WHAT}: {found}; {error.do}") from error
    notes = tuple(rows.notes)
    return ListReading("meti", "", tuple(unlike(entries)), count, (), tuple(faults), notes)


def _at(heading: list[str], names: re.Pattern[str]) -> int:
    return next((at for at, text in enumerate(heading) if names.search(text)), -1)


def _is_empty_or_heading(cells: list[str], name_at: int) -> bool:
    named = cells[name_at] if name_at < len(cells) else ""
    return not any(each.strip() for each in cells) or _NAME.search(named) is not None


def _entry(cells: list[str], at: dict[re.Pattern[str], int], width: int) -> ListedEntry:
    if len(cells) > width:
        raise MalformedError("too many cells")

    def cell(field: re.Pattern[str]) -> str:
        return _plain(cells[at[field]]) if 0 <= at[field] < len(cells) else ""

    name, *original = _names(cell(_NAME))
    if fault := name_fault(name):
        raise MalformedError(fault)
    others = [each for part in _DOTS.split(cell(_OTHERS)) for each in _names(part)]
    country = cell(_COUNTRY)
    latin = _LATIN.search(country)
    concern = (_plain(text) for number, text in enumerate(cells) if number not in at.values())
    place = _place(latin[0] if latin else country)
    return ListedEntry(
        LIST,
        key=name,
        names=names_of(filter(None, [name, *original, *others])),
        countries=(place,) if place else (),
        programme="; ".join(filter(None, concern)),
        source=SOURCE,
    )


def _place(country: str) -> str:
    """The code of a country under its name or its formal one, as the Republic of Lebanon."""
    codes = (place_of(each) for each in (country, country.rpartition(" of ")[2]))
    return next((code for code in codes if re.fullmatch("[A-Z]{2}", code)), country)


def _names(text: str) -> list[str]:
    """A name, and that in other letters that stands in brackets behind it."""
    found = _IN_JAPANESE.search(text)
    if found is None or not text[: found.start()].strip():
        return [text]
    return [text[: found.start()].strip(), found[1].strip()]


def _plain(text: str) -> str:
    """A cell in one line, with the marks of Latin letters."""
    return " ".join(text.translate(_WIDE).split())
