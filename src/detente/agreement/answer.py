"""Agreement with another encoding: before and after decided causes, by family and by origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.agreement.beside import FAMILY_OF, OURS, THEIRS, TOLERANCE, beside
from detente.agreement.causes import CAUSE, Cause, explained
from detente.agreement.peer import CODE, MILLION, ON, ORIGIN, Peer
from detente.core import figures
from detente.core.figures import dotted
from detente.duty.coverage import of_area

if TYPE_CHECKING:
    from fractions import Fraction
    from typing import Any

    import polars

    from detente.answers import tables as typed
    from detente.goods.schedule import Schedule
    from detente.register.book import Register

AREA = "us/tariff"
SHOWN = 200
"""Cells that an answer lists; a file has all of them."""


class Agreed(NamedTuple):
    """Two encodings beside each other, with causes.

    Attributes:
        answer: under the keys of the interface.
        cells: every cell that differs, with its cause.
    """

    answer: typed.RatesAgreement
    cells: polars.DataFrame


def agree(
    register: Register,
    schedule: Schedule,
    peer: Peer,
    causes: Sequence[Cause] = (),
    facts: Mapping[str, str] | None = None,
    tolerance: Fraction | None = None,
) -> Agreed:
    """Compare every cell of a peer with ours.

    Args:
        register: the law that is compared.
        schedule: the goods schedule.
        peer: the other rates.
        causes: decided causes of disagreement, in the order in which they are tried.
        facts: entry facts of every row.
        tolerance: a fraction by which equal rates may differ; half a tenth of a percent without.

    Raises:
        ValueError: a fact or a cause cannot be read.
    """
    peer = _with_countries(register, peer)
    within = TOLERANCE if tolerance is None else int(tolerance * MILLION)
    found = beside(register, schedule, peer, facts, within)
    unequal = explained(register, found.unequal, causes)
    rows = _counted(found.cells, unequal)
    days = sorted(set(peer.frame[ON].to_list()))
    area = register.areas[AREA]
    totals = _totals(rows, len(peer.frame))
    answer: typed.RatesAgreement = {
        "peer": peer.name,
        "on": days,
        "rows": rows,
        "causes": _by_cause(unequal, causes),
        "unexplained": [cell_of(row) for row in _open(unequal).head(SHOWN).iter_rows(named=True)],
        "totals": totals,
        # The first and the last day bound the others; one day alone stands once.
        "coverage": [of_area(area, day).row() for day in (days[:1] + days[1:][-1:])],
        "notes": list(peer.notes),
        "status": "differs" if totals["unexplained"] else "agrees",
    }
    return Agreed(answer, unequal)


def _with_countries(register: Register, peer: Peer) -> Peer:
    """The peer with origins as codes; words that are not countries stay as they are."""
    words = peer.frame[ORIGIN].unique().to_list()
    codes = {word: register.country_words.find(word) or word for word in words}
    return peer._replace(frame=peer.frame.with_columns(peer.frame[ORIGIN].replace(codes)))


def _open(unequal: polars.DataFrame) -> polars.DataFrame:
    import polars

    return unequal.filter(polars.col(CAUSE).is_null())


def _counted(cells: polars.DataFrame, unequal: polars.DataFrame) -> list[typed.FamilyAgreement]:
    """Cells, equal cells and those with a cause, by family and origin, days together."""
    import polars

    keys = [FAMILY_OF, ORIGIN]
    apart = unequal.group_by(keys).agg(
        polars.len().alias("unequal"), polars.col(CAUSE).is_not_null().sum().alias("explained")
    )
    every = cells.group_by(keys, maintain_order=True).agg(polars.col("cells").sum())
    joined = every.join(apart, on=keys, how="left").fill_null(0).sort(keys)
    return [
        {
            "family": row[FAMILY_OF],
            "origin": row[ORIGIN],
            "cells": row["cells"],
            "equal": row["cells"] - row["unequal"],
            "explained": row["explained"],
            "unexplained": row["unequal"] - row["explained"],
        }
        for row in joined.iter_rows(named=True)
    ]


def _by_cause(unequal: polars.DataFrame, causes: Iterable[Cause]) -> list[typed.CauseCells]:
    """Each cause with its cells by day, those that explain nothing too."""
    counts: dict[str, dict[str, int]] = {}
    for name, day, number in unequal.group_by(CAUSE, ON).len().sort(ON).iter_rows():
        counts.setdefault(name, {})[day] = number
    return [
        {
            "id": cause.id,
            "right": cause.right,
            "title": cause.title,
            "why": cause.why,
            "sources": list(cause.sources),
            "cells": counts.get(cause.id, {}),
        }
        for cause in causes
    ]


def cell_of(row: Mapping[str, Any]) -> typed.UnequalCell:
    """A cell that differs, under the keys of the interface."""
    return {
        "code": dotted(row[CODE]),
        "origin": row[ORIGIN],
        "on": row[ON],
        "family": row[FAMILY_OF],
        "theirs": _rate(row[THEIRS]),
        "ours": _rate(row[OURS]),
        "status": row["status"],
        "reason": row["reason"] or None,
    }


def _rate(millionths: int | None) -> str | None:
    from fractions import Fraction

    return None if millionths is None else figures.rate(Fraction(millionths, MILLION))


def _totals(rows: Sequence[typed.FamilyAgreement], lines: int) -> typed.AgreementTotals:
    from fractions import Fraction

    cells = sum(row["cells"] for row in rows)
    equal = sum(row["equal"] for row in rows)
    explained = sum(row["explained"] for row in rows)
    return {
        "lines": lines,
        "cells": cells,
        "equal": equal,
        "explained": explained,
        "unexplained": cells - equal - explained,
        "agreement": figures.rate(Fraction(equal, cells or 1)),
        "agreement_with_causes": figures.rate(Fraction(equal + explained, cells or 1)),
    }
