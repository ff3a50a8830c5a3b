"""Compare with every peer at hand, print agreement before and after causes, and check it.

`python -m benchmarks.agreement` prints rates, then lists; with `--check` it prints a line a peer
and leaves with 1 where a cell has no cause, a cause explains nothing, or one explains more or fewer
cells than cells.tsv says, or a list differs by more than lists.yaml has a reason for; with
`--write` it writes cells.tsv, with `--page` the section of this release in docs/agreement.md. Peers
are files under `peers/` of the folder that DETENTE_REFERENCE names, in any form that `detente
agree` reads.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.agreement.lists import SIDES, Compared, compared
from benchmarks.agreement.page import write
from detente.agreement.answer import agree
from detente.agreement.causes import Cause, read_causes
from detente.agreement.peer import read_peer
from detente.cli.duties.show_agree import show
from detente.goods.schedule import Schedule
from detente.register.book import Register

CAUSES = Path(__file__).with_name("agreement.yaml")
CELLS = Path(__file__).with_name("cells.tsv")
COLUMNS = ("peer", "cause", "on", "cells")

Counts = dict[tuple[str, str, str], int]


def peers() -> list[Path]:
    """The files of peers at hand; none without a reference folder."""
    folder = os.environ.get("DETENTE_REFERENCE")
    return sorted(Path(folder, "peers").glob("*.parquet")) if folder else []


def answers(causes: list[Cause]) -> Iterator[dict[str, Any]]:
    """The answer about each peer."""
    register, schedule = Register.built_in(), Schedule()
    for path in peers():
        peer = read_peer(path, register.families)
        yield agree(register, schedule, peer, causes).answer


def counts(found: list[dict[str, Any]]) -> Counts:
    """How many cells each cause explains, by peer and day."""
    return {
        (answer["peer"], cause["id"], day): number
        for answer in found
        for cause in answer["causes"]
        for day, number in cause["cells"].items()
    }


def kept() -> Counts:
    """The counts of cells.tsv."""
    with CELLS.open(encoding="utf-8", newline="") as source:
        rows = csv.DictReader(source, delimiter="\t")
        return {(row["peer"], row["cause"], row["on"]): int(row["cells"]) for row in rows}


def faults(found: list[dict[str, Any]], causes: list[Cause], before: Counts) -> list[str]:
    """What is to be looked at, a sentence each; none where all is as it was read.

    Args:
        found: answers about peers.
        causes: the causes, in order.
        before: the counts that were read last.
    """
    described = []
    for answer in found:
        for cell in answer["unexplained"][:10]:
            described.append(
                f"{answer['peer']}: {cell['code']} from {cell['origin']}, {cell['family']}: theirs "
                f"{cell['theirs']}, ours {cell['ours']} has no cause"
            )
    now = counts(found)
    names = {name for _, name, _ in now}
    described.extend(
        f"{each.id} explains no cell: take it out" for each in causes if each.id not in names
    )
    for key in sorted({*now, *before}):
        if now.get(key, 0) != before.get(key, 0):
            described.append(
                f"{' '.join(key)}: {now.get(key, 0)} cells, {before.get(key, 0)} when it was read: "
                "look at them, then write the counts with --write"
            )
    return described


def _write(found: Counts) -> None:
    with CELLS.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*key, number) for key, number in sorted(found.items()))


def _list_text(each: Compared) -> str:
    ours, theirs = (len(each.only[side]) for side in SIDES)
    head = f"{each.pair.name}, {each.pair.on}: {each.both:,} lines of both"
    reasons = [f"    {one.lines:,} of {one.side} alone: {one.why}" for one in each.pair.decisions]
    return "\n".join((f"{head}, {ours:,} of ours alone, {theirs:,} of theirs alone", *reasons))


def main(words: list[str]) -> int:
    """Run; returns the exit code."""
    if not peers():
        print("agreement: no peer at hand (DETENTE_REFERENCE names the folder)")
        return 0
    causes = read_causes(CAUSES)
    found = list(answers(causes))
    if "--write" in words:
        _write(counts(found))
    if "--page" in words:
        write(found)
    for answer in found:
        totals = answer["totals"]
        print(
            f"agreement with {answer['peer']}: {totals['agreement']}, with causes "
            f"{totals['agreement_with_causes']} of {totals['cells']:,} rates"
            if "--check" in words
            else show(answer, reasons=True) + "\n"
        )
    described = faults(found, causes, kept())
    for each in compared():
        described.extend(each.faults)
        if "--check" not in words:
            print(_list_text(each))
    print("\n".join(described), end="\n" if described else "", file=sys.stderr)
    return 1 if described and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
