"""Our rates beside a peer's: every cell counted, and those that differ kept.

A cell is one family of duties of one line, origin and day. Our rate is the amount on a value of a
million dollars, so a rate in millionths is exact; a duty by the piece or kilogram has none without
a quantity, and such a cell differs from any rate that the peer gives.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.agreement.peer import CODE, KEYS, ON, ORIGIN, TOTAL, Peer
from detente.batch.columns import FAMILY

if TYPE_CHECKING:
    import polars

    from detente.goods.schedule import Schedule
    from detente.register.book import Register

VALUE = "1000000.00"
CENTS_A_MILLIONTH = 100
TOLERANCE = 500
"""Millionths: rates printed to a tenth of a percent may differ by half of the last digit."""

PARTS = {"301": ("301_forced_labor",)}
"""Families that another encoding has in one column, where it has no column of their own."""

ROW, LAYERS, REASON, STATUS = "row", "layers", "reason", "status"
FAMILY_OF, THEIRS, OURS = "family", "theirs", "ours"


class RatesCompared(NamedTuple):
    """Two encodings beside each other.

    Attributes:
        cells: how many cells each family, origin and day has: `family, origin, on, cells`.
        unequal: the cells that differ: `row, code, origin, on, family, theirs, ours` in
            millionths (`ours` null where it has no rate), `status, reason, layers` of our answer.
    """

    cells: polars.DataFrame
    unequal: polars.DataFrame


def beside(
    register: Register,
    schedule: Schedule,
    peer: Peer,
    facts: Mapping[str, str] | None = None,
    tolerance: int = TOLERANCE,
) -> RatesCompared:
    """Work our rates out for every row of a peer, and find the cells that differ.

    Args:
        register: the law that is compared.
        schedule: the goods schedule.
        peer: the other rates.
        facts: entry facts of every row, where the peer supposes some.
        tolerance: millionths by which equal rates may differ.

    Raises:
        FactError: a fact cannot be read.
    """
    import polars

    ours = _ours(register, schedule, peer, facts or {})
    both = polars.concat([peer.frame, ours], how="horizontal").with_row_index(ROW)
    cells, unequal = [], []
    for family in peer.families:
        theirs, mine = polars.col(family), polars.col(_mine(family))
        described = both.filter(theirs.is_not_null())
        cells.append(described.group_by(ORIGIN, ON).len("cells").with_columns(_named(family)))
        apart = mine.is_null() | ((mine - theirs).abs() > tolerance)
        unequal.append(
            described.filter(apart).select(
                ROW, *KEYS, _named(family), theirs.alias(THEIRS), mine.alias(OURS),
                STATUS, REASON, LAYERS,
            )
        )  # fmt: skip
    return RatesCompared(polars.concat(cells), polars.concat(unequal))


def _named(family: str) -> polars.Expr:
    import polars

    return polars.lit(family).alias(FAMILY_OF)


def _mine(family: str) -> str:
    return f"our {family}"


def _ours(
    register: Register, schedule: Schedule, peer: Peer, facts: Mapping[str, str]
) -> polars.DataFrame:
    """Our rates in millionths by the families of a peer, with status, reason and layers."""
    import polars

    from detente.batch.answer import Batch
    from detente.batch.frame import TextColumns
    from detente.batch.table import MISSING

    entries = peer.frame.select(*KEYS, value=polars.lit(VALUE))
    answers = Batch(register, schedule, facts).answer(entries)
    columns = {column.name: column for column in TextColumns().numbered(answers)}

    def share(name: str) -> polars.Expr:
        cents = polars.col(name)
        return polars.when(cents != MISSING).then(cents) // CENTS_A_MILLIONTH

    frame = polars.DataFrame(list(columns.values()))
    rates = []
    for family in peer.families:
        names = [f"{FAMILY}{family}"]
        names += [f"{FAMILY}{part}" for part in PARTS.get(family, ()) if part not in peer.families]
        if family == TOTAL:
            names = ["total_amount"]
        sum_of = share(names[0])
        for name in names[1:]:
            sum_of = sum_of + share(name)
        rates.append(sum_of.alias(_mine(family)))
    return frame.select(*rates, STATUS, REASON, LAYERS)


def codes_of(frame: polars.DataFrame) -> list[str]:
    """The distinct codes of a frame as digits."""
    found: list[str] = frame[CODE].unique().to_list()
    return found
