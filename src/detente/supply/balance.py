"""Whether the graph of minerals balances: countries against the world, flows against production.

    | sum over countries - world | <= TOLERANCE world        a stage, in a year, by one edition
    sum of flows out of a country <= (1 + TOLERANCE) production by the largest edition

A world printed to two digits is rounded by up to five parts in a hundred, and that is all the room
there is. Where a publication holds a country back, the countries may come to less than the world.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

TOLERANCE = Fraction(5, 100)
"""A published total of two digits, such as 1.0 for 1.05."""

WORLD = "world"
BALANCED = ("production", "capacity", "projection")
HELD_BACK = ("no figure of", "not read")
"""What the note of a world's row says where some countries have no figure of their own."""

Row = Mapping[str, str]
Node = tuple[str, str, str, str, str]


def check_nodes(figures: Iterable[Row]) -> None:
    """Refuse a stage whose countries and world do not agree.

    Raises:
        ValueError: one does not; the message names mineral, stage, year and edition.
    """
    nodes: dict[Node, list[Row]] = {}
    for row in figures:
        if row["what"] in BALANCED and row["of"] == WORLD:
            key = (row["what"], row["mineral"], row["stage"], row["year"], row["source"])
            nodes.setdefault(key, []).append(row)
    for (what, mineral, stage, year, source), rows in nodes.items():
        worlds = [row for row in rows if row["place"] == WORLD]
        parts = [row for row in rows if row["place"] != WORLD]
        where = f"{what} of {mineral} at {stage} in {year} ({source})"
        if len({row["place"] for row in rows}) < len(rows):
            raise ValueError(f"{where}: a country stands there twice")
        if not worlds or not parts or worlds[0]["low"] != worlds[0]["high"]:
            continue
        total = Fraction(worlds[0]["low"])
        sums = sum((Fraction(row["low"]) for row in parts), Fraction(0))
        over = sums > (1 + TOLERANCE) * total
        held_back = any(mark in worlds[0]["note"] for mark in HELD_BACK)
        under = not held_back and sums < (1 - TOLERANCE) * total
        if over or under:
            unit = worlds[0]["unit"]
            raise ValueError(
                f"{where} does not balance: its countries come to {_plain(sums)} {unit} and the "
                f"world to {_plain(total)} {unit}"
            )


def check_flows(flows: Iterable[Row], figures: Iterable[Row]) -> None:
    """Refuse a year in which more leaves a country than any edition says it makes.

    Raises:
        ValueError: one does, or a flow to one country is larger than that to the world; the message
            names the node and the year.
    """
    made: dict[Node, Fraction] = {}
    for row in figures:
        if row["what"] == "production" and row["of"] == WORLD and row["high"]:
            key = (row["mineral"], row["stage"], row["place"], row["year"], row["unit"])
            made[key] = max(made.get(key, Fraction(0)), Fraction(row["high"]))
    sent: dict[Node, Fraction] = {}
    whole: dict[Node, Fraction] = {}
    for row in flows:
        if row["measure"] != "quantity":
            continue
        key = (row["mineral"], row["stage"], row["from"], row["year"], row["unit"])
        if row["to"] == WORLD:
            whole[key] = Fraction(row["low"])
        elif row["to"] != row["from"]:
            sent[key] = sent.get(key, Fraction(0)) + Fraction(row["low"])
    for key, amount in sent.items():
        mineral, stage, country, year, unit = key
        for most, of in ((made.get(key), "makes"), (whole.get(key), "sends to the world")):
            if most is not None and amount > (1 + TOLERANCE) * most:
                raise ValueError(
                    f"flows of {mineral} at {stage} out of {country} in {year} do not balance: "
                    f"{_plain(amount)} {unit} leave it, and it {of} {_plain(most)} {unit}"
                )


def _plain(amount: Fraction) -> str:
    return f"{float(amount):,.10g}"
