"""Decisions about partners, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.answers.parties import PartnerDecisions


def show(answer: PartnerDecisions) -> str:
    """The decisions as CSV, so that they can be piped into another program."""
    from detente.core.tables.writing import csv_text
    from detente.parties.masters.decisions import COLUMNS

    rows = [tuple(row.values()) for row in answer["decisions"]]
    return csv_text(COLUMNS, rows).rstrip("\n")
