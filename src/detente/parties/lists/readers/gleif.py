"""GLEIF's level 2 data: which legal entity is consolidated by which, as CSV.

Consolidation is control by accounting rules; the share is only sometimes stated.
"""

from __future__ import annotations

import csv

from detente.parties.lists.model import Entry, Holding, Name, Reading
from detente.parties.lists.readers.common import MOST_ROWS, check_size, wrong_file

WHAT = "GLEIF level 2 relationship file"
START, END = "Relationship.StartNode.NodeID", "Relationship.EndNode.NodeID"
KIND, STATUS = "Relationship.RelationshipType", "Relationship.RelationshipStatus"
SHARE = "Relationship.RelationshipQuantifiers.1.QuantifierAmount"
SINCE, UNTIL = (f"Relationship.Period.1.{end}Date" for end in ("start", "end"))
UPDATED = "Registration.LastUpdateDate"


def read_gleif(path: str) -> Reading:
    """Read the relationships; the parties have no names here, only their LEI.

    Raises:
        ValueError: the file is something else.
    """
    check_size(path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        try:
            rows = csv.DictReader(file)
            if not {START, END, KIND} <= set(rows.fieldnames or ()):
                raise wrong_file(path, WHAT, f"its header lacks {START}, {END} or {KIND}")
            return _read(rows, path)
        except UnicodeDecodeError as error:
            raise wrong_file(path, WHAT, "it is not UTF-8 text") from error


def _read(rows: csv.DictReader[str], path: str) -> Reading:
    holdings, faults, count, latest = [], [], 0, ""
    parties: dict[str, None] = {}
    for row in rows:
        count += 1
        if count > MOST_ROWS:
            raise ValueError(f"{path} has more than {MOST_ROWS} rows: split it")
        child, parent = row[START] or "", row[END] or ""
        if len(child) != 20 or len(parent) != 20:
            faults.append(f"line {rows.line_num}: {child!r} or {parent!r} is no LEI")
            continue
        if (row.get(STATUS) or "ACTIVE") not in ("ACTIVE", "INACTIVE"):
            faults.append(f"line {rows.line_num}: status {row[STATUS]!r}")
            continue
        if row.get(STATUS) == "INACTIVE" and not row.get(UNTIL):
            faults.append(f"line {rows.line_num}: status INACTIVE, and not since when")
            continue
        parties[child] = parties[parent] = None
        latest = max(latest, (row.get(UPDATED) or "")[:10])
        holdings.append(
            Holding(
                parent,
                child,
                row.get(SHARE) or "unknown",
                (row.get(SINCE) or "")[:10],
                (row.get(UNTIL) or "")[:10],
                row[KIND],
            )
        )
    entries = tuple(Entry("GLEIF", lei, (Name(lei),), "entity") for lei in parties)
    return Reading("gleif", latest, entries, count, tuple(holdings), tuple(faults))
