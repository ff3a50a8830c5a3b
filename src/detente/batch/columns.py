"""The columns that a batch adds, declared once: names and kinds, in the order of the interface."""

from __future__ import annotations

from detente.core.tables.columns import DIGITS, MONEY, RATE, Column, names

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
