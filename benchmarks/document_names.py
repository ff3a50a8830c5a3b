"""Names as documents carry them: what share is found, and how many innocents alert, by class.

    python -m benchmarks.document_names [--list] [--set NAME] [--half tune|held] [--misses CLASS]

The sets are declared in `labelled/sets.tsv`: of each its file, what it holds, how its entries were
drawn and what of it was looked at; ``--list`` prints them. Every set was written and labelled from
the printed lists, and committed, before the matcher was run on it. Its rows are a class, a query
and the words that a printed name of the listed party must have, none for an innocent; some state
the half and the source of each row, of the others the half is drawn from what is meant. Thresholds
and tables may be looked at with the half ``tune`` alone.

A listed row is found when a hit's party has a printed name that the label tells, and *related* when
only a related party has; a subsidiary of a listed party, which is no hit, should be (`related`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from detente.parties.screening import crowd
from detente.parties.screening.hits import NameHit
from detente.parties.screening.queries import NameQuery
from detente.parties.screening.store import Screen
from encode.parties.document_names import half as half_of
from encode.parties.document_names import tells
from encode.parties.parties import table

if TYPE_CHECKING:
    from detente.parties.screening.many import Answers

LABELLED = Path(__file__).with_name("labelled")

TOP = 10
"""Parties that a query is answered with, at most: as many as `detente screen` prints."""

SUBSIDIARY = "related"
"""The class of subsidiaries that are to be told as related, and count among no listed names."""


class Row(NamedTuple):
    """A query: its class, what must be found (empty for an innocent), its half and its source."""

    kind: str
    query: str
    listed: str
    half: str
    source: str


class Outcome(NamedTuple):
    """What became of a query: whether the party was found, what alerted, whether it is related.

    Of an innocent, ``related`` says that some listed party was told as related to it.
    """

    row: Row
    found: bool
    hits: list[NameHit]
    related: bool


class LabelledSet(NamedTuple):
    """A set of labelled names: where it is, what it holds, how it was drawn, what was looked at."""

    name: str
    file: str
    holds: str
    drawn: str
    looked_at: str

    def rows(self, half: str | None = None) -> list[Row]:
        """Its labelled rows, of one half or of both."""
        found = [
            Row(*cells) if len(cells) > len(BY_HAND) else by_hand(*cells)
            for cells in table(LABELLED / self.file)
        ]
        return [row for row in found if half in (None, row.half)]


BY_HAND = ("class", "query", "listed")
"""The columns of a set that states no halves: they are drawn from what is meant."""


def by_hand(kind: str, query: str, listed: str) -> Row:
    """A row written by hand, with its half."""
    return Row(kind, query, listed, half_of(listed or query), "editor")


SETS = {cells[0]: LabelledSet(*cells) for cells in table(LABELLED / "sets.tsv")}
"""The sets by name, in the order in which they were made."""


def listed_sets() -> list[str]:
    """The sets as rows of a table: what each holds, how it was drawn and what was looked at."""
    return [
        f"| `{each.name}` | {len(each.rows())} | {each.holds} | {each.drawn} | {each.looked_at} |"
        for each in SETS.values()
    ]


def outcomes(answers: Answers, asked: Sequence[Row]) -> Iterator[Outcome]:
    """Rows asked together, by `crowd.answers_of`: each is answered as when it is asked alone."""
    answered = answers([NameQuery(row.query) for row in asked], TOP)
    for row, hits in zip(asked, answered, strict=True):
        if isinstance(hits, str):
            yield Outcome(row, False, [], False)
            continue
        found = bool(row.listed) and any(
            tells(row.listed, (name.text for name in entry.names))
            for hit in hits
            for entry in hit.entries
        )
        beside = [] if found else hits.related
        described = bool(row.listed) and any(
            tells(row.listed, (name.text for name in each.entry.names)) for each in beside
        )
        yield Outcome(row, found, hits, described if row.listed else bool(beside))


def shares(outcome: Iterable[Outcome]) -> dict[str, tuple[int, int, int]]:
    """Rows by class, how many were found (innocents: alerted), how many were related alone."""
    counted: dict[str, tuple[int, int, int]] = {}
    for each in outcome:
        right = each.found if each.row.listed else bool(each.hits)
        whole = "all listed" if each.row.listed else "all innocent"
        for kind in (each.row.kind, *(() if each.row.kind == SUBSIDIARY else (whole,))):
            count, hit, beside = counted.get(kind, (0, 0, 0))
            counted[kind] = count + 1, hit + right, beside + (each.related and not right)
    return counted


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--set", choices=tuple(SETS), default="documents")
    options.add_argument("--list", action="store_true", help="print what each set is, and end")
    options.add_argument("--half", choices=("tune", "held"))
    options.add_argument("--misses", metavar="CLASS", help="print what went wrong in a class")
    given = options.parse_args()
    if given.list:
        print("\n".join(listed_sets()))
        return 0
    described = list(outcomes(crowd.answers_of(Screen()), SETS[given.set].rows(given.half)))
    for half in (given.half,) if given.half else ("tune", "held"):
        print(f"{half}:")
        own = [each for each in described if each.row.half == half]
        for kind, (count, right, beside) in sorted(shares(own).items()):
            what = "alert" if "innocent" in kind else "found"
            more = f", related alone {beside / count:.3f}" if beside else ""
            print(f"  {kind:<18} {count:>5}  {what} {right / count:.3f}{more}")
    for each in described:
        wrong = not each.found if each.row.listed else bool(each.hits)
        if wrong and given.misses in (each.row.kind, "all") and each.row.half == "tune":
            hits = "; ".join(f"{hit.name} {hit.score}" for hit in each.hits[:3])
            print(f"{each.row.kind}: {each.row.query} | {each.row.listed} | {hits}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
