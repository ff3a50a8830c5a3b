"""The cells of a table of declared entries: names of columns, days, money, headings and rates.

What is written in the manner of the customs service is brought to one form; what cannot be read
stays as it is written, so that the message about it quotes the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from fractions import Fraction

from detente._numbers import exact
from detente.applicability.entry_facts import FactError, dollars
from detente.batch.columns import FACT, REQUIRED
from detente.core import figures
from detente.core.figures import digits_of, dotted, money
from detente.core.tables.headings import meaning_of, plain_name
from detente.core.tables.written import (
    MONTH_FIRST,
    AmbiguousDayError,
    order_of,
    whole_code,
    written_day,
)
from detente.duty.question import QuestionError
from detente.duty.rates.text import parse_rate

COLUMNS = (
    "id",
    "line",
    "code",
    "origin",
    "on",
    "destination",
    "value",
    "heading",
    "declared_rate",
    "declared_amount",
    "quantity",
    "unit",
    "quantity2",
    "unit2",
    "liquidated_on",
)
LIQUIDATED = "liquidated_on"
"""The day of liquidation, where the table has it."""

NAMED = {"entry": "id"}
"""Meanings that have another name here."""

READ = ("entry", *(name for name in COLUMNS if name not in ("id", "destination", "heading")))
"""Meanings of columns that reports of the customs service have."""

OF_LINE = ("line goods value", "line goods value amount", "line duty amount",
           "line total duty amount", "total duty amount")  # fmt: skip
"""Of these, names of what stands for a whole line: it gives way to what stands for each tariff
number, and an amount that a report repeats on each row of a line is one amount."""

MONEY = ("value", "declared_amount")
LINE = "line"
"""Key of the ordinary duty, which is declared under the code itself."""

FEE_DIGITS = 3
HEADING_DIGITS = 8
SPECIAL_CHAPTERS = ("98", "99")
DOUBTFUL = 1
"""A bare rate above this may be a percentage without its sign: only its amount can tell."""


def name_columns(names: Iterable[str]) -> dict[str, str]:
    """The column of this table that each name of a header means; others are left as they are.

    Raises:
        QuestionError: a needed column is missing, or two names mean the same.
    """
    found: dict[str, str] = {}
    for name in names:
        column = plain_name(name).replace(" ", "_")
        if name.strip().lower().startswith(FACT):
            found[name] = name.strip().lower()
        elif column in COLUMNS:
            found[name] = column
        else:
            meaning = meaning_of(name, READ)
            found[name] = NAMED.get(meaning, meaning) or name
    for column in COLUMNS:
        meant = [name for name, means in found.items() if means == column]
        finer = [name for name in meant if plain_name(name) not in OF_LINE]
        if finer and len(finer) < len(meant):
            found.update({name: name for name in meant if name not in finer})
    missing = [column for column in REQUIRED if column not in found.values()]
    if missing:
        one = f"column {missing[0]} is"
        several = f"columns {', '.join(missing[:-1])} and {missing[-1]} are"
        raise QuestionError(
            f"the {one if len(missing) == 1 else several} missing: a table has at least "
            f"{', '.join(REQUIRED)}, and declared_rate or declared_amount"
        )
    if not {"declared_rate", "declared_amount"} & set(found.values()):
        raise QuestionError("nothing is declared: add a column declared_rate or declared_amount")
    for column in COLUMNS:
        twice = [name for name, means in found.items() if means == column]
        if len(twice) > 1:
            raise QuestionError(f"the columns {' and '.join(twice)} both mean {column}: keep one")
    return found


DAYS = ("on", LIQUIDATED)


def order_of_days(rows: Iterable[Mapping[str, str]]) -> str:
    """How a table of entries writes its days: as one of them tells, else as the customs service.

    See ``written``: where its days contradict each other, none is read that may be two.
    """
    return order_of((row.get(key) or "" for row in rows for key in DAYS), MONTH_FIRST)


def cleaned(
    row: Mapping[str, str], order: str = MONTH_FIRST, read: Counter[str] | None = None
) -> dict[str, str]:
    """Cells without blanks and padding; an additional heading in the code's place moves over.

    Args:
        row: cells by column.
        order: of day and month, where a day may be two; see ``written``.
        read: counts what was read into cells; see ``written``.
    """
    cells = {key: text.strip() for key, text in row.items() if text and text.strip()}
    if "code" in cells:
        cells["code"] = whole_code(cells["code"], read)
    code = digits_of(cells.get("code", ""))
    if code[:2] in SPECIAL_CHAPTERS and "heading" not in cells:
        cells["heading"] = cells.pop("code")
    for key in DAYS:
        if key in cells:
            with suppress(AmbiguousDayError):  # as it stands it is not a day, and that is said
                cells[key] = written_day(cells[key], read, order)
    for key in MONEY:
        if key in cells:
            cells[key] = _plain_money(cells[key])
    return cells


def headings_in(cells: Mapping[str, str]) -> list[str]:
    """The headings that a row names, several between semicolons."""
    return [each for each in cells.get("heading", "").split(";") if each.strip()]


def amount_in(cells: Mapping[str, str]) -> int | None:
    """Cents of a declared amount as far as it can be read; None where there is none."""
    try:
        return dollars(cells["declared_amount"], "declared_amount")
    except (KeyError, FactError):
        return None


def _plain_money(text: str) -> str:
    """Dollars without signs and commas; what is not such a amount stays as it is written."""
    try:
        return money(dollars(text.replace("$", "").replace("USD", ""), "")) or text
    except FactError:
        return text


def heading_key(text: str, code: str) -> tuple[str, str]:
    """The key by which a heading is compared, and how it is written.

    Args:
        text: the heading as declared; empty means the line itself.
        code: digits of the entry's code.

    Raises:
        QuestionError: the text is not a heading.
    """
    digits = digits_of(text)
    if not text.strip() or (digits and code.startswith(digits[:HEADING_DIGITS])):
        return LINE, dotted(code)
    if any(letter not in "0123456789. -" for letter in text.strip()):
        raise QuestionError(f"{text!r} is not a heading: write it as 9903.88.03")
    if len(digits) == FEE_DIGITS:
        return digits, digits
    if len(digits) < HEADING_DIGITS:
        raise QuestionError(
            f"the heading {text!r} has {len(digits)} digits: write it as 9903.88.03"
        )
    if digits[:2] in SPECIAL_CHAPTERS:
        digits = digits[:HEADING_DIGITS]
    return dotted(digits), dotted(digits)


def read_rate(
    text: str, percent: bool, implied: Fraction | None = None
) -> tuple[Fraction | None, str]:
    """A declared rate: its share of the value, where it has one, and its words.

    Args:
        text: as declared; a number without a percent sign is a fraction of one.
        percent: whether such a number is a percentage instead.
        implied: amount over value, where both are declared.

    Raises:
        FactError: it is not a rate, or a bare number that seems to be a percentage.
    """
    text = text.strip()
    if not text:
        return None, ""
    try:
        # A comma in a rate may be a decimal one: 0,025 is not 25.
        bare = None if "," in text else exact(text)
    except ValueError:
        bare = None
    if bare is None:
        form = parse_rate(text.replace(" %", "%"))
        if form.kind in ("unparsed", "derived"):
            raise FactError(f"{text!r} is not a rate: write 25%, 0.25, Free or 2.8¢/kg")
        return form.ad_valorem(), form.text()
    share = bare / 100 if percent else bare
    # Within a hundredth, so that rounding of small amounts does not matter.
    borne_out = implied is not None and abs(share - implied) * 100 <= share
    if share > DOUBTFUL and not percent and not borne_out:
        raise FactError(
            f"the rate {text} without a percent sign is a fraction of one: write {text}%, or say "
            "with --percent that bare rates are percent"
        )
    return share, figures.percent(figures.rate(share))
