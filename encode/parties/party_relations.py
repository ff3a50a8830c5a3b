"""Make `data/parties/relations.tsv`: what the lists themselves print of who belongs to whom.

    python -m encode.parties.party_relations [REFERENCE] [--to data/parties]

REFERENCE is the folder of publications (default: the environment variable DETENTE_REFERENCE). None
of these relations is a share: the Entity List names affiliates in an entry, the list of section
1260H sets subsidiaries under their parent, and OFAC remarks that a party is linked to another.

Several programmes come as the remark has them between its brackets (`SDGT] [IFSR`), and a name with
brackets within it without what stands behind or in them: both are written as the list itself prints
them. Two kinds of rows are none: of a party under itself, where several of a list's names became
one without what stands in their brackets, so that nobody can tell which was meant; and of a party
that has left the list since the remark.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from detente.core.tables.tsv import read_tsv
from encode.parties.parties import TARGET, listed_as, write
from encode.program import folders

SOURCE = Path("parties/2026-11/relations_printed_by_lists.csv")
HEADER = ("list", "parent", "child", "relation", "citation")


BETWEEN = "] ["
"""What stands between the programmes of a remark."""


def relations(reference: Path, printed: Mapping[str, Collection[str]]) -> Iterator[tuple[str, ...]]:
    """The relations, one a row, without the full stop that ends a remark.

    Args:
        reference: the folder of publications.
        printed: the names that each list prints.
    """
    with (reference / SOURCE).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code = row["list"].removeprefix("US-")
            names = printed.get(code, ())
            parent = listed_as(whole_name(row["parent"].rstrip(". "), names), names)
            child = row["child"]
            if parent != child and is_printed(child, names):
                yield (code, parent, child, row["relation"], row["citation"].replace(BETWEEN, "; "))


def is_printed(name: str, names: Collection[str]) -> bool:
    """Whether a list prints a name, by itself or behind that of the party that it belongs to."""
    return name in names or any(each.endswith(f": {name}") for each in names)


def whole_name(name: str, printed: Collection[str]) -> str:
    """A name; one that was cut at a bracket within it as a list prints it.

    Raises:
        ValueError: none or several of the printed names begin so.
    """
    if name.count("(") == name.count(")"):
        return name
    found = {each for each in printed if each.startswith(f"{name})")}
    if len(found) != 1:
        raise ValueError(f"{name!r} is cut, and begins {len(found)} listed names: write it whole")
    return found.pop()


def main() -> None:
    """Make the table and count it."""
    reference, target = folders(__doc__, TARGET)
    printed: dict[str, set[str]] = {}
    for name in ("official.tsv", "others.tsv"):
        for row in read_tsv(target / name):
            printed.setdefault(row["list"], set()).update(row["names"].split("|"))
    print(write(target / "relations.tsv", HEADER, relations(reference, printed)))


if __name__ == "__main__":
    main()
