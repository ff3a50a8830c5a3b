"""The cells of an entry summary: names of columns, days and numbers as people write them."""

from __future__ import annotations

import re

from detente._shapes import TYPE_CHECKING
from detente.core.figures import digits_of
from detente.core.tables.written import MONTH_FIRST, whole_code, written_day

if TYPE_CHECKING:
    from typing import Any

HEADER = (
    "entry_number",
    "entry_type",
    "entry_date",
    "import_date",
    "it_date",
    "withdrawal_date",
    "mode",
    "port",
)
"""Facts of the header."""

MANY = (
    "line",
    "code",
    "heading",
    "origin",
    "value",
    "quantity",
    "unit",
    "quantity2",
    "unit2",
    "quantity3",
    "unit3",
    "base",
    "zone_status",
    "admission_date",
    "adcvd",
    "adcvd_rate",
    "adcvd_deposit",
    "tax",
    "cotton_fee",
    "other_fees",
    "mpf_exempt",
)
"""What a line may say, beside entry facts as ``fact.KEY``."""

OTHER_NAMES = {
    "id": "line",
    "entry summary number": "entry_number",
    "entry number": "entry_number",
    "filer code entry number": "entry_number",
    "entry type code": "entry_type",
    "on": "entry_date",
    "import day": "import_date",
    "date of importation": "import_date",
    "i t date": "it_date",
    "immediate transportation date": "it_date",
    "mode of transport": "mode",
    "mode of transportation": "mode",
    "mode of transport code": "mode",
    "port code": "port",
    "port of entry": "port",
    "port of entry code": "port",
    "us port of unlading": "port",
    "line number": "line",
    "line no": "line",
    "entry summary line number": "line",
    "hts": "code",
    "hts number": "code",
    "hts number full": "code",
    "htsus no": "code",
    "hts code": "code",
    "tariff number": "code",
    "headings": "heading",
    "country of origin": "origin",
    "country of origin code": "origin",
    "entered value": "value",
    "customs value": "value",
    "line goods value": "value",
    "line goods value amount": "value",
    "line tariff goods value amount": "value",
    "ftz status": "zone_status",
    "zone admission date": "admission_date",
    "ad cvd case": "adcvd",
    "ad cvd no": "adcvd",
    "ad cvd rate": "adcvd_rate",
    "ir tax": "tax",
    "irc tax": "tax",
}
"""Names that the form and reports of the customs service give these columns."""

DAYS = ("entry_date", "import_date", "it_date", "withdrawal_date", "admission_date")
SPECIAL_CHAPTERS = ("98", "99")


def key_of(name: str) -> str:
    """The key that the name of a column or of JSON means; the name itself where it means none."""
    if name.strip().lower().startswith("fact."):
        return name.strip().lower()
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", name.lower()).split())
    key = plain.replace(" ", "_")
    return key if key in (*HEADER, *MANY) else OTHER_NAMES.get(plain, key)


def words_of(key: str, value: Any, order: str = MONTH_FIRST) -> str:
    """A cell as text: a day as ISO, several values between semicolons, a truth as facts have it.

    Args:
        key: what it means.
        value: as it is given.
        order: of day and month, as the form has them unless the file tells otherwise.

    Raises:
        ValueError: a day that may be two, in a file whose days contradict each other.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(words_of(key, each, order) for each in value)
    text = str(value).strip()
    if key == "code":
        return whole_code(text)
    return written_day(text, order=order) if key in DAYS else text


def is_special(code: str) -> bool:
    """Whether a number belongs to chapter 98 or 99."""
    return digits_of(code)[:2] in SPECIAL_CHAPTERS
