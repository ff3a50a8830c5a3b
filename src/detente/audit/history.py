"""What the register knows of a heading on other days: whose it is, since when, until when.

Every sentence about a change names the day and the act that made it.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import NamedTuple
from detente.core.clock import MINUTES, day_text
from detente.core.figures import long_day
from detente.register.book import Register
from detente.register.model import DutyRate, EffectivePeriod, Measure, Provision, StackingRule
from detente.register.periods import Segment, period_at, timeline


class HeadingProvision(NamedTuple):
    """A provision that is, was or will be filed under a heading."""

    measure: Measure
    provision: Provision


class Days(NamedTuple):
    """A segment of a provision's days beside the day of an entry.

    ``relation`` is ``until`` where the segment ended by then, ``from`` where it begins later.
    """

    relation: str
    minute: int
    duty: DutyRate
    sources: tuple[str, ...]


class Headings:
    """Every heading of a register's duties, and what it belongs to."""

    def __init__(self, register: Register, area: str) -> None:
        self.register = register
        self.owners: dict[str, list[HeadingProvision]] = {}
        self.stacking_rules: dict[str, list[StackingRule]] = {}
        self.titles: dict[str, str] = {}
        for measure in register.measures(area=area, kind="measure"):
            self.titles[measure.id] = measure.title
            for provision in measure.provisions:
                for heading in headings_of(provision):
                    self.owners.setdefault(heading, []).append(HeadingProvision(measure, provision))
        for row in register.stacking_rules:
            if row.heading:
                self.stacking_rules.setdefault(row.heading, []).append(row)

    def gap(self, heading: str) -> str | None:
        """Why the register does not model a heading; None where it does not say so."""
        for gap in self.register.gaps:
            if gap.names(heading):
                return f"{gap.what}: {gap.why}"
        return None

    def cite(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Citations of sources."""
        return tuple(self.register.citation(key) for key in dict.fromkeys(keys))


def headings_of(provision: Provision) -> set[str]:
    """Every heading under which a provision is, was or will be filed."""
    named = {provision.heading, provision.at_cap, *(period.heading for period in provision.periods)}
    return {heading for heading in named if heading}


def segments_of(provision: Provision, known_on: int | None) -> Iterator[Segment]:
    """The segments of a provision on which it has a duty, be it to charge nothing."""
    for segment in timeline(provision, known_on):
        if segment.period is not None and segment.period.duty is not None:
            yield segment


def filed_as(provision: Provision, period: EffectivePeriod) -> str | None:
    """The heading of a provision under a period."""
    return period.heading or provision.heading


def beside(
    provision: Provision, segment: Segment, minute: int, known_on: int | None
) -> Days | None:
    """How a segment lies to a minute; None where it covers it."""
    period = segment.period
    assert period is not None
    assert period.duty is not None
    if segment.until is not None and segment.until <= minute:
        after = period_at(provision.periods, segment.until, known_on)
        # What ended it is the act of the period that follows; where none does, its own says until
        # when.
        sources = after.sources if after is not None else period.sources
        return Days("until", segment.until, period.duty, sources)
    if segment.start is not None and segment.start > minute:
        return Days("from", segment.start, period.duty, period.sources)
    return None


def nearest(days: list[Days], minute: int) -> Days | None:
    """Of several segments the one that lies nearest."""
    return min(days, key=lambda each: abs(each.minute - minute), default=None)


def day_words(minute: int) -> str:
    """A minute as a day in words."""
    return long_day(day_text(minute // MINUTES))


def side(days: Days) -> str:
    """On which side of which day a segment lies: "before 10 November 2025"."""
    return f"{'before' if days.relation == 'until' else 'from'} {day_words(days.minute)}"
