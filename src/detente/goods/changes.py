"""What one edition of the schedule says that the one before did not."""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.goods.codes import RATE_LINE
from detente.goods.laying import edition_rows
from detente.goods.lines import Edition, Move, PrintedHeading
from detente.goods.schedule import Schedule

ADDITIONAL = "9903"  # the subchapter of chapter 99 in which additional duties stand
COLUMNS = ("general", "special", "other")


class Wording(NamedTuple):
    """A text that is another one now; `what` is a column of rates, or "description"."""

    code: str
    what: str
    before: str
    after: str


class HeadingChange(NamedTuple):
    """A heading of additional duties that is `new`, `changed` or `gone`; a side may be missing."""

    kind: str
    heading: str
    before: PrintedHeading | None
    after: PrintedHeading | None


class EditionChanges(NamedTuple):
    """What changed between two neighboring editions.

    Attributes:
        edition: The edition that is asked about.
        before: The edition before it.
        added: Digits of the lines of eight or ten digits that are new.
        removed: Digits of those that are gone.
        rates: Columns of rates that are others, of lines in both.
        descriptions: Words that are others, of lines in both.
        moves: Which code became which.
        headings: Headings of additional duties.
    """

    edition: Edition
    before: Edition
    added: tuple[str, ...]
    removed: tuple[str, ...]
    rates: tuple[Wording, ...]
    descriptions: tuple[Wording, ...]
    moves: tuple[Move, ...]
    headings: tuple[HeadingChange, ...]


def changes_of(schedule: Schedule, edition: Edition) -> EditionChanges:
    """Compare an edition with the one before it.

    Raises:
        ValueError: It is the first edition.
    """
    if not edition.number:
        raise ValueError(f"{edition.id} is the first edition at hand: nothing stands before it")
    earlier = schedule.editions[edition.number - 1]
    before, after = (
        {
            code: row
            for code, row in edition_rows(schedule.database, each.number).items()
            if len(code) >= RATE_LINE
        }
        for each in (earlier, edition)
    )
    both = [code for code in after if code in before]
    return EditionChanges(
        edition=edition,
        before=earlier,
        added=tuple(code for code in after if code not in before),
        removed=tuple(code for code in before if code not in after),
        rates=tuple(
            Wording(code, what, old, new)
            for code in both
            for what in COLUMNS
            if (old := getattr(before[code], what)) != (new := getattr(after[code], what))
        ),
        descriptions=tuple(
            Wording(code, "description", before[code].description, after[code].description)
            for code in both
            if before[code].description != after[code].description
        ),
        moves=schedule.moves_into(edition),
        headings=_heading_changes(schedule, earlier, edition),
    )


def _heading_changes(
    schedule: Schedule, earlier: Edition, edition: Edition
) -> tuple[HeadingChange, ...]:
    before = {each.heading: each for each in schedule.headings(earlier, ADDITIONAL)}
    after = {each.heading: each for each in schedule.headings(edition, ADDITIONAL)}
    rows = []
    for heading in sorted(before | after):
        old, new = before.get(heading), after.get(heading)
        if old != new:
            kind = "new" if old is None else "gone" if new is None else "changed"
            rows.append(HeadingChange(kind, heading, old, new))
    return tuple(rows)
