"""Goods of many partners by two processes: each charges those of half of them.

    sums of all partners = sums of one half + sums of the other

Each origin has its own measures, so that what is worked out for one serves few others, and the sums
are whole numbers: they are the same however partners are divided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from detente.average.layered.partner_sums import Calculation, PartnerCharges, PartnerGoods
from detente.average.sums import Sums

Rows = Mapping[str, Sequence[PartnerGoods]]
"""The partners whose goods each row of an answer adds up."""


def charges_of(calculation: Calculation, rows: Rows) -> dict[str, PartnerCharges]:
    """What the goods of each row are charged, half of the partners by a copy of this process.

    Args:
        calculation: what partners share.
        rows: partners by row; each in one row.
    """
    from detente.core.apart import halves, made_apart

    weights = {
        each.partner.id: sum(each.values.values()) for goods in rows.values() for each in goods
    }
    dealt = halves(weights)
    if dealt is None:
        return dict(_charged(calculation, rows))
    own, others = (_part(rows, partners) for partners in dealt)
    with made_apart(_charged(calculation, others)) as coming:
        charged = dict(_charged(calculation, own))
        for name, found in coming:
            charged[name] = _together(charged[name], found) if name in charged else found
    return {name: charged[name]._replace(steps=calculation.steps(rows[name])) for name in rows}


def _charged(calculation: Calculation, rows: Rows) -> Iterator[tuple[str, PartnerCharges]]:
    for name, goods in rows.items():
        yield name, calculation.charged(goods)


def _part(rows: Rows, partners: Collection[str]) -> Rows:
    """The rows with the goods of some partners; without those that have none of them."""
    wanted = set(partners)
    found = {
        name: [each for each in goods if each.partner.id in wanted] for name, goods in rows.items()
    }
    return {name: goods for name, goods in found.items() if goods}


def _together(one: PartnerCharges, other: PartnerCharges) -> PartnerCharges:
    sums: dict[tuple[str, str], Sums] = dict(one.sums)
    for key, found in other.sums.items():
        sums[key] = sums[key].plus(found) if key in sums else found
    return one._replace(sums=sums)
