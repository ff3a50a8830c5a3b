"""What an imported edition changes, and what that means for the register's lists."""

from __future__ import annotations

from collections import Counter

from detente._shapes import TYPE_CHECKING
from detente.applicability.inheritance import inherit
from detente.core.figures import dotted
from detente.goods.changes import EditionChanges, HeadingChange, changes_of
from detente.goods.codes import RATE_LINE
from detente.goods.lines import Edition
from detente.goods.schedule import Schedule
from detente.register.book import Register

if TYPE_CHECKING:
    from typing import TypedDict

    class EditionLine(TypedDict):
        """A new line: what it inherits, the lists it is on, and those that stay open."""

        code: str
        description: str
        inherits_from: list[str]
        lists: list[str]
        open: list[str]
        note: str

    class HeadingOfEdition(TypedDict):
        """A heading of additional duties that is new, changed or gone."""

        kind: str
        heading: str
        description: str
        general: str
        named: bool
        lines: int

    class RateChange(TypedDict):
        """A column of rates that is another one now."""

        code: str
        what: str
        before: str
        after: str

    class WordingChange(TypedDict):
        """A description that is another one now."""

        code: str
        before: str
        after: str

    CodeMove = TypedDict("CodeMove", {"from": str, "to": str, "kind": str, "grade": str})
    """Which code became which; "" where it is not known."""

    class EditionCounts(TypedDict):
        """How much of each kind an edition changes."""

        added: int
        removed: int
        rates: int
        descriptions: int
        moves: dict[str, int]
        headings: dict[str, int]

    EditionReport = TypedDict(
        "EditionReport",
        {
            "edition": str,
            "from": str,
            "before": str,
            "basis": str,
            "counts": EditionCounts,
            "added": list[str],
            "removed": list[str],
            "rates": list[RateChange],
            "descriptions": list[WordingChange],
            "moves": list[CodeMove],
            "headings": list[HeadingOfEdition],
            "concerned": list[EditionLine],
        },
    )
    """What an edition changes against the one before it."""


def edition_report(register: Register, schedule: Schedule, edition: Edition) -> EditionReport:
    """The changes of an edition: counts, rows, and the new lines with what they inherit.

    Args:
        register: Whose lists and headings are asked.
        schedule: Where the edition and the one before it stand.
        edition: The edition that is asked about.
    """
    changes = changes_of(schedule, edition)
    pointing = _pointing(schedule, edition)
    headings = [_heading(register, each, pointing) for each in changes.headings]
    grades = Counter(move.grade for move in changes.moves)
    return {
        "edition": edition.id,
        "from": edition.start.isoformat(),
        "before": changes.before.id,
        "basis": edition.basis,
        "counts": {
            "added": len(changes.added),
            "removed": len(changes.removed),
            "rates": len(changes.rates),
            "descriptions": len(changes.descriptions),
            "moves": dict(sorted(grades.items())),
            "headings": dict(sorted(Counter(each.kind for each in changes.headings).items())),
        },
        "added": list(changes.added),
        "removed": list(changes.removed),
        "rates": [
            {"code": each.code, "what": each.what, "before": each.before, "after": each.after}
            for each in changes.rates
        ],
        "descriptions": [
            {"code": each.code, "before": each.before, "after": each.after}
            for each in changes.descriptions
        ],
        "moves": [
            {"from": each.from_code, "to": each.to_code, "kind": each.kind, "grade": each.grade}
            for each in changes.moves
        ],
        "headings": headings,
        "concerned": _concerned(register, schedule, changes),
    }


def _concerned(
    register: Register, schedule: Schedule, changes: EditionChanges
) -> list[EditionLine]:
    """The narrowest new lines, with the lists that they inherit and those that stay open."""
    rows: list[EditionLine] = []
    # A new rate line is told by the narrower lines that are new within it.
    wider = {code[:RATE_LINE] for code in changes.added if len(code) > RATE_LINE}
    for code in changes.added:
        found = None if code in wider else inherit(register, schedule, code)
        if found is not None:
            line = schedule.line(code, changes.edition.start)
            rows.append(
                {
                    "code": code,
                    "description": line.description,
                    "inherits_from": list(found.sources),
                    "lists": sorted(found.members),
                    "open": sorted({each.list for each in found.open}),
                    "note": " ".join(found.notes),
                }
            )
    return rows


def _pointing(schedule: Schedule, edition: Edition) -> Counter[str]:
    """How many lines of an edition point to each heading of chapter 99."""
    lines = schedule.base_lines(edition.start)
    return Counter(heading for line in lines for heading in line.headings)


def _heading(register: Register, change: HeadingChange, pointing: Counter[str]) -> HeadingOfEdition:
    side = change.after or change.before
    assert side is not None
    return {
        "kind": change.kind,
        "heading": change.heading,
        "description": side.description,
        "general": side.general,
        "named": not register.unnamed([change.heading]),
        "lines": pointing[change.heading],
    }


def concerned_words(row: EditionLine) -> str:
    """One new line of the report, as a sentence."""
    words = f"{dotted(row['code'])} {row['description']}: "
    if row["inherits_from"]:
        words += f"inherits from {', '.join(map(dotted, row['inherits_from']))}"
    else:
        words += "no code before it"
    words += f"; on {', '.join(row['lists']) or 'no list'}"
    return words + (f"; open: {', '.join(row['open'])}" if row["open"] else "")
