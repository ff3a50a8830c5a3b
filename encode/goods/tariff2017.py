"""Lines of 2017, read from the Commission's tariff database of that year.

The database has one row for each eight-digit code and run of days, a short description in place of
the tree of the schedule, and no statistical lines. It writes cents as a word where the schedule
writes a sign; the sign is put back so that one reader of rates serves every edition.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from detente.goods.export import EditionRow, clean

TABLE = "tariff_database_2017.txt"
CENTS = re.compile(r"(\d) cents\b")
SHARE = re.compile(r"0\.\d+")
LAST_CHAPTER = "98"


def read_2017(path: Path, day: date) -> dict[str, EditionRow]:
    """Read the lines of the 2017 database that ran on `day`.

    Raises:
        ValueError: Two rows of one code ran on that day.
    """
    with zipfile.ZipFile(path) as archive:
        text = archive.read(TABLE).decode("iso-8859-1")
    rows: dict[str, EditionRow] = {}
    for entry in csv.DictReader(io.StringIO(text)):
        code = entry["hts8"]
        begin, end = _day(entry["begin_effect_date"]), _day(entry["end_effective_date"])
        if code[:2] > LAST_CHAPTER or not begin <= day <= end:
            continue
        if code in rows:
            raise ValueError(f"{TABLE}: two rows of {code} ran on {day}")
        rows[code] = _row(entry)
    return dict(sorted(rows.items()))


def _row(entry: dict[str, str]) -> EditionRow:
    units = (clean(entry[f"quantity_{place}_code"]) for place in (1, 2))
    return EditionRow(
        indent="0",
        parent="",
        description=clean(entry["brief_description"]),
        units=";".join(filter(None, units)),
        general=_rate(entry["mfn_text_rate"]),
        special=_rate(f"{entry['col1_special_text']} {entry['col1_special_mod']}"),
        other=_rate(entry["col2_text_rate"]),
        headings="",
    )


def _rate(text: str) -> str:
    """A rate text, cleaned; the one that stands as a share ("0.022") is written as a percentage.

    The database's own numeric column beside it has the same number, as it has for percentages.
    """
    text = CENTS.sub(r"\1¢", clean(text))
    if SHARE.fullmatch(text):
        return f"{Decimal(text) * 100:f}".rstrip("0").rstrip(".") + "%"
    return text


def _day(text: str) -> date:
    month, day, year = text.split(" ")[0].split("/")
    return date(int(year), int(month), int(day))
