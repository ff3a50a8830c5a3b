"""The columns of a batch: those that it reads, and those that it adds, in the order of both.

Declared once, with names and kinds, and without the law: another process may read the file.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.tables.columns import DIGITS, MONEY, RATE, Column, names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn

    import polars

REQUIRED = ("code", "origin", "on")
DESTINATION, OPTION_TO = "destination", "to"
"""What a table calls the country that goods come into, and what the commands call it."""

OPTIONAL = (
    "id",
    DESTINATION,
    "value",
    "quantity",
    "unit",
    "quantity2",
    "unit2",
    "base_rate",
)
FACT = "fact."

NO_VALUE = -1
"""In place of the cents of an entry that has no value."""

FAMILY = "duty_"
"""What the name of a column with the amount of one family of duties begins with."""

DECLARED = (
    Column("status"),
    Column("reason"),
    Column("total_ad_valorem", RATE),
    Column("total_amount", MONEY),
    Column("refundable_amount", MONEY),
    Column("headings"),
    Column("layers"),
    Column("duty_base", MONEY),
    Column("duty_301", MONEY),
    Column("duty_301_forced_labor", MONEY),
    Column("duty_232", MONEY),
    Column("duty_201", MONEY),
    Column("duty_ieepa", MONEY),
    Column("duty_122", MONEY),
    Column("duty_other", MONEY),
    Column("announced_ad_valorem", RATE),
    Column("announced_because"),
)
"""Every column; a further one is declared here, and filled by ``answer_case`` and ``Table``."""

OUTPUT = names(DECLARED)
RATES = tuple(column.name for column in DECLARED if column.kind == RATE)
AMOUNTS = tuple(column.name for column in DECLARED if column.kind == MONEY)
NUMBERS = tuple(column.name for column in DECLARED if column.kind in DIGITS)
FAMILIES = tuple(name for name in AMOUNTS if name.startswith(FAMILY))
HEARD, BECAUSE = ANNOUNCED_COLUMNS = ("announced_ad_valorem", "announced_because")
"""The total by what was only announced, and the events that it is because of; mostly empty."""

NO_COMPRESSION = "none"
COMPRESSIONS = ("zstd", "lz4", NO_COMPRESSION)
"""How a file by column may be packed, the smallest first; programs map an Arrow file without any as
it lies."""

DIGITS_OF = {column.name: DIGITS[column.kind] for column in DECLARED if column.kind in DIGITS}
"""Digits in all, and after the point, of each column of numbers."""

CODED_TEXTS = ("status", "reason", "layers", BECAUSE)
"""Columns of texts that many rows share, and that stand once each where a file can do that."""


def shown_schema() -> dict[str, polars.DataType]:
    """Types of the output columns of the interface."""
    import polars

    found: dict[str, polars.DataType] = {}
    for name in OUTPUT:
        if name in DIGITS_OF:
            found[name] = polars.Decimal(*DIGITS_OF[name])
        else:
            found[name] = polars.Categorical() if name in CODED_TEXTS else polars.String()
    return found


def check_columns(columns: Iterable[str]) -> None:
    """Refuse a table that lacks a column, or has one that the answer will add.

    Raises:
        QuestionError: naming the columns and what to do.
    """
    from detente.core.vocabulary import refuse_slips

    found = list(columns)
    missing = [name for name in REQUIRED if name not in found]
    if missing:
        _refuse(
            f"the column {' and '.join(missing)} is missing: a table has at least "
            f"{', '.join(REQUIRED)} in its first line"
        )
    if OPTION_TO in found and DESTINATION not in found:
        _refuse(
            f"the column {OPTION_TO} is called {DESTINATION} in a table: rename it, or give it "
            "another name if it says something else"
        )
    refuse_slips(found, (*REQUIRED, *OPTIONAL), (FACT,))
    doubled = [name for number, name in enumerate(found) if name in found[:number]]
    if doubled:
        named = " and ".join(each or "without a name" for each in dict.fromkeys(doubled))
        _refuse(f"the column {named} stands twice: keep one or rename it")
    clash = [name for name in found if name in OUTPUT]
    if clash:
        _refuse(f"the column {' and '.join(clash)} has the name of an output column: rename it")


def _refuse(words: str) -> NoReturn:
    # The law that it belongs to is loaded for what is refused alone.
    from detente.duty.question import QuestionError

    raise QuestionError(words)
