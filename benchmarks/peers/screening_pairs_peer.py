"""Pairs of names told by nomenklatura's logic-v2, in the peer's own environment.

    python screening_pairs_peer.py FILE

FILE is the table of pairs that `screening_pairs` reads. Prints JSON: the score of each pair, in the
order of the file. Each name is an entity of the kind that the table says, with nothing but a name.
"""

from __future__ import annotations

import csv
import json
import sys
from itertools import count

from followthemoney import ValueEntity, model
from nomenklatura.matching.logic_v2.model import LogicV2

NUMBERS = count()
"""Entities are told apart by a key, under which the peer remembers how their names are read."""


def entity(kind: str, name: str) -> ValueEntity:
    """A party of which only a name is known."""
    made = ValueEntity(model.get(kind), {"id": f"party-{next(NUMBERS)}"})
    made.add("name", name)
    return made


def main() -> None:
    """Score every pair and print what it gave."""
    config = LogicV2.default_config()
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        pairs = [(row["schema"], row["name1"], row["name2"]) for row in csv.DictReader(file)]
    print(
        json.dumps(
            [
                LogicV2.compare(entity(kind, one), entity(kind, other), config).score
                for kind, one, other in pairs
            ]
        )
    )


if __name__ == "__main__":
    main()
