"""Make `data/parties/relations.tsv`: what the lists themselves print of who belongs to whom.

    python -m encode.parties.party_relations [REFERENCE] [--to data/parties]

REFERENCE is the folder of publications (default: the environment variable DETENTE_REFERENCE). None
of these relations is a share: the Entity List names affiliates in an entry, the list of section
1260H sets subsidiaries under their parent, and OFAC remarks that a party is linked to another.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from encode.parties.parties import TARGET, write
from encode.program import folders

SOURCE = Path("parties/2026-11/relations_printed_by_lists.csv")
HEADER = ("list", "parent", "child", "relation", "citation")


def relations(reference: Path) -> Iterator[tuple[str, ...]]:
    """The relations, one a row, without the full stop that ends a remark."""
    with (reference / SOURCE).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield (
                row["list"].removeprefix("US-"), row["parent"].rstrip(". "), row["child"],
                row["relation"], row["citation"],
            )  # fmt: skip


def main() -> None:
    """Make the table and count it."""
    reference, target = folders(__doc__, TARGET)
    print(write(target / "relations.tsv", HEADER, relations(reference)))


if __name__ == "__main__":
    main()
