"""The hits of a screened table in a file, so that decisions taken later are applied to them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from detente.parties.masters.decisions import ReviewedParty
from detente.parties.masters.screened import RawHit, RowHits

HITS = "hits.jsonl"
"""The file beside a job: one row of the table with its hits a line, in the table's order."""


@contextmanager
def hits_written(path: Path) -> Iterator[Callable[[RowHits], object]]:
    """What writes the hits of a row into a file."""
    with path.open("w", encoding="utf-8") as lines:
        yield lambda row: lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def hits_read(path: Path) -> Iterator[tuple[int, RowHits]]:
    """Rows with hits, each with the place of its line in the file."""
    with path.open("rb") as lines:
        at = 0
        for line in lines:
            yield at, _row_of(line)
            at += len(line)


def hits_at(path: Path, places: list[int]) -> Iterator[RowHits]:
    """The rows whose lines begin at some places."""
    with path.open("rb") as lines:
        for at in places:
            lines.seek(at)
            yield _row_of(lines.readline())


def _row_of(line: bytes) -> RowHits:
    at, name, country, hits = json.loads(line)
    return RowHits(at, name, country, [_hit_of(*each) for each in hits])


def _hit_of(order: Any, values: Any, listing: Any, party: Any) -> RawHit:
    key, entry, lists, listings, keys = party
    reviewed = ReviewedParty(key, entry, lists, listings, tuple(keys))
    return RawHit(tuple(order), values, tuple(listing), reviewed)
