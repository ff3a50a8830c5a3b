"""Plants and mines that were announced: their states by day, and when they begin and are full.

    part(year) = (year - first + 1) / (full - first + 1)     from the first output to the full rate

The steps are equal, since no source tells the way between. Where none tells the year of the full
rate either, it is as many years after the first output as the asker says, and the same year where
the asker says nothing.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

YEAR, MONTH = 4, 7
"""Signs of a year and of a month as ISO writes them."""
RUNNING = "producing"
"""The status of a project that counts from the first year asked about."""
ANNOUNCED, FUNDED = "announced", "funded"
STATES = (
    ANNOUNCED,
    "uncertain",
    "studies",
    "permits",
    "financing",
    FUNDED,
    "delayed",
    "building",
    "commissioning",
    "ramping",
    RUNNING,
    "interrupted",
)
"""What a project may be in, from plan to output."""


class State(NamedTuple):
    """What a project was in on a day, a month or a year, as a source has it."""

    on: str
    state: str
    source: str
    grade: str
    note: str


class Project(NamedTuple):
    """A plant or mine that was announced; no capacity or year where none was found.

    ``first_output`` and ``full_rate`` are a year or a month; two years where it begins between them
    (``2028/2030``). ``known_from`` is the day, month or year by which a source at hand has it; ""
    where none tells. ``offtake`` is who takes the product, as far as it is told; ``status_on`` the
    day or month of which the status is, "" where none tells. ``states`` are those with a day, the
    oldest first.
    """

    name: str
    owner: str
    country: str
    stage: str
    minerals: tuple[str, ...]
    capacity: str
    unit: str
    first_output: str
    full_rate: str
    status: str
    support: str
    source: str
    grade: str
    note: str
    known_from: str = ""
    offtake: str = ""
    status_on: str = ""
    states: tuple[State, ...] = ()

    def starts(self) -> tuple[int, int] | None:
        """The first and the last year in which it may begin, as announced; None where none is told.

        Where only the year of its full rate is told it begins at any time up to then.
        """
        if not self.first_output:
            full = self.full()
            return None if full is None else (0, full)
        first, mark, last = self.first_output.partition("/")
        return int(first[:YEAR]), int((last if mark else first)[:YEAR])

    def full(self, ramp: int = 0) -> int | None:
        """The year of the full rate as announced; `ramp` years after the start where none tells."""
        if self.full_rate:
            return int(self.full_rate[:YEAR])
        starts = self.starts() if self.first_output else None
        return None if starts is None else starts[1] + ramp

    def part(self, year: int, delay: int = 0, ramp: int = 0) -> Fraction:
        """The part of its capacity that is there by the end of a year, in equal yearly steps.

        Args:
            year: the year.
            delay: years by which both its start and its full rate are late.
            ramp: years from the start to the full rate where no source tells them.
        """
        starts, full = self.starts(), self.full(ramp)
        if starts is None or full is None:
            return Fraction(0)
        return climbed(starts[1] + delay, full + delay, year)


def climbed(first: int, full: int, year: int) -> Fraction:
    """The part of the full rate that is there by the end of a year, in equal yearly steps.

    Args:
        first: the year of the first output.
        full: the year of the full rate; one before the first counts as the first.
        year: the year asked about.
    """
    if year < first:
        return Fraction(0)
    return min(Fraction(1), Fraction(year - first + 1, max(full - first, 0) + 1))


def status_of(states: Sequence[State], otherwise: str) -> str:
    """What the states of a project come to; money for one that is built already changes nothing."""
    found = ""
    for each in states:
        if each.state == FUNDED and found and STATES.index(found) > STATES.index(FUNDED):
            continue
        found = each.state
    return found or otherwise


def as_it_stood(project: Project, day: str) -> Project:
    """A project as it stood on a day: a state of a later day is not that of then."""
    then = tuple(each for each in project.states if public(each.on, day))
    later = then != project.states
    project = project._replace(states=then)
    dated = bool(project.status_on)
    if public(project.status_on, day) if dated else not later:
        return project
    return project._replace(
        status=status_of(then, ANNOUNCED), status_on=then[-1].on if then else ""
    )


def public(published: str, day: str) -> bool:
    """Whether something of a year, a month or a day was public by a day; its last day counts."""
    return bool(published) and last_day(published) <= day


def last_day(text: str) -> str:
    """The last day of a year, a month or a day, as an ISO day."""
    if len(text) == YEAR:
        return f"{text}-12-31"
    return text if len(text) > MONTH else f"{text}-31"
