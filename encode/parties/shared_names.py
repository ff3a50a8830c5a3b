"""List the entries of different lists that share a printed name and are not one party.

    python -m encode.parties.shared_names [--all]

One line a pair of parties: list and main name of an entry of each, and the names that both print,
folded as screening folds them. Without ``--all``, pairs that stand in `other_party.tsv` are left
out: what is printed must be read, and goes into `same_party.tsv` or `other_party.tsv`. It reads the
lists as the build compiled them, so `make data` comes first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import combinations

from detente.parties.lists.model import ListedEntry
from detente.parties.names.names import squashed
from detente.parties.names.packed_words import unpack
from detente.parties.screening.listed.index import printed_names
from detente.parties.screening.screening import Lists
from detente.parties.screening.store import OtherParty, Screen, open_built_in, other_parties

Pair = tuple[int, int]
"""The first entries of two parties, the lower number first."""


def shared_names(lists: Lists) -> dict[Pair, dict[str, Pair]]:
    """For two parties the names that entries of different lists share, each with such entries.

    A name of legal forms alone is none.
    """
    entries = dict(lists.bodies())
    bearers: dict[str, set[int]] = {}
    for name in printed_names(open_built_in()):
        if squashed(unpack(name.words)):
            bearers.setdefault(name.squash, set()).add(name.entry)
    found: dict[Pair, dict[str, Pair]] = {}
    for squash, numbers in bearers.items():
        for one, two in combinations(sorted(numbers), 2):
            parties = sorted(lists.party_of.get(each, each) for each in (one, two))
            if parties[0] != parties[1] and entries[one].list != entries[two].list:
                found.setdefault((parties[0], parties[1]), {}).setdefault(squash, (one, two))
    return found


def pairs_of(rows: list[OtherParty], lists: Lists) -> dict[Pair, OtherParty]:
    """The parties of each row of `other_party.tsv`: several where a main name is of several."""
    parties: dict[tuple[str, str], set[int]] = {}
    for number, entry in lists.bodies():
        whose = lists.party_of.get(number, number)
        parties.setdefault((entry.list, entry.names[0].text), set()).add(whose)
    return {
        (min(one, two), max(one, two)): row
        for row in rows
        for one in parties[row.list, row.name]
        for two in parties[row.other_list, row.other_name]
    }


def unread_pairs(
    lists: Lists, rows: list[OtherParty] | None = None
) -> Iterator[tuple[ListedEntry, ListedEntry, list[str]]]:
    """Entries of two parties that share names and stand in no table, with these names.

    Args:
        lists: those that came with the package.
        rows: of `other_party.tsv`; those that the build compiled without it.
    """
    rows = other_parties(open_built_in()) if rows is None else rows
    entries, read = dict(lists.bodies()), pairs_of(rows, lists)
    for parties, names in sorted(shared_names(lists).items()):
        if parties not in read:
            one, two = next(iter(names.values()))
            yield entries[one], entries[two], sorted(names)


def main() -> None:
    """Print the pairs."""
    lists = Screen().lists[0]
    rows = list(unread_pairs(lists, [] if "--all" in sys.argv[1:] else None))
    for one, two, shared in rows:
        cells = one.list, one.names[0].text, two.list, two.names[0].text, "; ".join(shared)
        print("\t".join(cells))
    print(f"{len(rows)} pairs", file=sys.stderr)


if __name__ == "__main__":
    main()
