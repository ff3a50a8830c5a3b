"""A synthetic company registry: no register of Chinese shareholders is open, so one is drawn.

How many companies are named and how many they reach are inputs of the calibration, not findings:
the named parties' groups are grown until they hold as many majority companies as were estimated.
The rest is a background of companies whose owners nobody lists.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from detente.register.model import Measure


class Calibration(NamedTuple):
    """What the draw is calibrated to.

    Attributes:
        named: listed parties.
        reached: companies that they are to cover by majority, all together.
        active: share of the listed parties that have a majority company at all.
        entities: size of the registry from which on these numbers hold; a smaller one has fewer.
        source: key of the citation.
    """

    named: int
    reached: int
    active: Fraction
    entities: int
    source: str


def calibration(measure: Measure) -> Calibration:
    """The estimate that a rule's record holds.

    Raises:
        ValueError: the record holds none.
    """
    described = measure.ownership.get("estimate")
    if not isinstance(described, dict):
        raise ValueError(f"{measure.id} has no estimate of its reach to calibrate to")
    return Calibration(
        int(described["named"]),
        int(described["reached"]),
        Fraction(str(described["active"])),
        int(described["registry"]),
        str(described["source"]),
    )


class SyntheticRegistry(NamedTuple):
    """A registry: rows of three files.

    Attributes:
        entities: id, name, country.
        holdings: owner, owned, share (percent), source.
        seeds: id, list.
        reached: how many companies the draw put below listed parties at half or more.
    """

    entities: list[tuple[str, str, str]]
    holdings: list[tuple[str, str, str, str]]
    seeds: list[tuple[str, str]]
    reached: int


def draw(entities: int, seed: int, aim: Calibration) -> SyntheticRegistry:
    """Draw a registry of so many companies; the same seed draws the same.

    Raises:
        ValueError: there are too few companies to scale the calibration to.
    """
    scale = min(Fraction(1), Fraction(entities, aim.entities))
    named, reached = round(aim.named * scale), round(aim.reached * scale)
    active = round(named * aim.active)
    if active < 1:
        least = ceil(aim.entities / (aim.named * aim.active))
        raise ValueError(f"{entities} companies are too few to draw from: take {least} or more")
    chance = random.Random(seed)
    ids = [f"C{number:07d}" for number in range(entities)]
    listed, below, rest = ids[:named], ids[named : named + reached], ids[named + reached :]
    holdings = list(_groups(chance, listed[:active], below, rest))
    holdings.extend(_background(chance, listed[:active], rest))
    chance.shuffle(holdings)
    rows = [(each, f"Synthetic Company {each[1:]}", "CN") for each in ids]
    lists = ("EL",) * 9 + ("MEU",)
    return SyntheticRegistry(
        rows, holdings, [(each, chance.choice(lists)) for each in listed], reached
    )


def _groups(
    chance: random.Random, listed: list[str], below: list[str], rest: list[str]
) -> Iterator[tuple[str, str, str, str]]:
    """Companies below listed ones: mostly by one majority, some by two owners together."""
    groups = [[each] for each in listed]
    # Few groups are large: a company joins a group with a chance that grows with its size.
    joined: list[int] = list(range(len(groups)))
    for number, company in enumerate(below):
        place = number if number < len(groups) else chance.choice(joined)
        joined.append(place)
        group = groups[place]
        parent = group[0] if chance.random() < 0.5 else chance.choice(group)
        if len(group) > 1 and chance.random() < 0.2:
            other = chance.choice(group[1:] if parent == group[0] else group[:1])
            first = chance.randint(20, 40)
            yield parent, company, str(first), "synthetic"
            yield other, company, str(50 - first + chance.randint(0, 9)), "synthetic"
        else:
            share = chance.choice((100, 100, 100, 90, 80, 70, 67, 60, 51, 50))
            yield parent, company, str(share), "synthetic"
            if share < 100 and rest and chance.random() < 0.7:
                yield chance.choice(rest), company, str(100 - share), "synthetic"
        group.append(company)


def _background(
    chance: random.Random, listed: list[str], rest: list[str]
) -> Iterator[tuple[str, str, str, str]]:
    """The other companies: owned among themselves, now and then in part by a listed one."""
    for number, company in enumerate(rest):
        if not number:
            continue
        minority = chance.random() < 0.01
        room = 100
        if minority:
            share = chance.randint(5, 49)
            room -= share
            yield chance.choice(listed), company, str(share), "synthetic"
        for owner in chance.sample(range(number), min(2, number)):
            share = chance.randint(1, room // 2)
            room -= share
            yield rest[owner], company, str(share), "synthetic"
