"""Needs in hand tested by a day: met, not met or unknown, by stage and element.

    supply(year) = production outside, where a table has it   + capacity that begins by then
                   (a need of all that is used)                  x success, `delay` years late

Both ends are kept. At the lower end stands what is counted: of one country's need what is made in
that country, since others want theirs too. At the upper end stands all that is made outside the
countries cut off, plants without a year, and plants that make several elements together as if they
made only this one. A plant without a size makes the upper end unknown. The verdict is ``met`` where
the lower end of the year before the test reaches the need, ``not_met`` where the upper end of its
year does not, and ``unknown`` otherwise.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import percent, rate
from detente.supply.in_hand import ADDED, Need, months_shown
from detente.supply.needs import MET, NOT_MET, UNKNOWN
from detente.supply.projects import RUNNING
from detente.supply.question import month_of_test
from detente.supply.rows import plain
from detente.supply.tables import WORLD, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.answers import supply as typed
    from detente.supply.projects import Project
    from detente.supply.question import SupplyQuestion
    from detente.supply.shares import Year
    from detente.supply.tables import Mineral, Minerals, PublishedFigure

CONTENT = "content"
"""The kind of units that weigh an element, and not a part made of it."""
AHEAD = 15
"""Years from that of the question in which the first that suffices is looked for."""
NONE = Fraction(0)


class Ends(NamedTuple):
    """An amount between two ends in metal content, or in magnets; ``high`` None for unbounded."""

    low: Fraction
    high: Fraction | None

    def __add__(self, other: object) -> Ends:
        assert isinstance(other, Ends)
        open_ = self.high is None or other.high is None
        return Ends(
            self.low + other.low, None if open_ else (self.high or NONE) + (other.high or NONE)
        )


NOTHING, ANYTHING = Ends(NONE, NONE), Ends(NONE, None)


class TestedSupply(NamedTuple):
    """What stands against a need at one stage.

    Attributes:
        tables: the figures, their units among them.
        need: what is needed.
        cut: the countries that are cut off at this stage.
        latest: shares of the latest year by then; None where there are none.
        projects: of this stage, outside the countries cut off.
        family: the mineral, and those counted within it.
        question: delay, success and the day from which is counted.
        at_home: what the country whose need it is produces, by a table without a world total.
        group: the key of the mineral where it is several elements that cover no needs of each
            other; "" where it is one, or one product.
    """

    tables: Minerals
    need: Need
    cut: tuple[str, ...]
    latest: Year | None
    projects: tuple[Project, ...]
    family: frozenset[str]
    question: SupplyQuestion
    at_home: PublishedFigure | None = None
    group: str = ""

    @property
    def home(self) -> str:
        """The country whose need it is; "" for the world's."""
        return "" if self.need.whose == WORLD else self.need.whose

    def content(self, amount: str | Fraction, unit: str) -> Ends | None:
        """Both ends of what an amount may hold, in the kind of the need; None in another kind."""
        here, there = self.tables.units.get(unit), self.tables.units.get(self.need.unit)
        if here is None or there is None or here.kind != there.kind:
            return None
        return Ends(Fraction(amount) * here.low, Fraction(amount) * here.high)

    def existing(self) -> Ends:
        """What is produced already outside; anything where no table tells it."""
        if self.need.basis == ADDED:
            return NOTHING
        if self.latest is not None and self.latest.total is not None:
            unit = self.latest.unit
            low, high = self.latest.left_without(self.cut)
            least = self.content(low * self.latest.total, unit)
            most = self.content(high * self.latest.total, unit)
            if self.home:
                least = self.content(self.latest.made_by(self.home) or NONE, unit)
            if least is not None and most is not None:
                return Ends(least.low, most.high)
        if self.at_home is not None:
            least = self.content(self.at_home.low, self.at_home.unit)
            return ANYTHING if least is None else Ends(least.low, None)
        return ANYTHING

    def base_year(self) -> int | None:
        """The year whose figure holds what had begun by then; None where no figure is held."""
        if self.need.basis == ADDED:
            return int(self.need.year[:YEAR])
        if self.latest is not None and self.latest.total is not None:
            return int(self.latest.year[-YEAR:])
        return None if self.at_home is None else int(self.at_home.year)

    def adds(self, project: Project, year: int) -> Ends | None:
        """What a project adds by the end of a year; None where its size is not known."""
        base, question = self.base_year(), self.question
        running = project.status == RUNNING
        starts = project.starts()
        late = 0 if running else question.delay
        if running and (base is not None or self.need.basis == ADDED):
            return NOTHING  # The figure of what is produced has it.
        if starts is not None and starts[0] + late > year:
            return NOTHING
        size = self.content(project.capacity, project.unit) if project.capacity else None
        if size is None or size.high is None:
            return None
        alone = set(project.minerals) <= self.family and (
            not self.group or self.group in project.minerals
        )
        # What began by the year of the figure is in it with an unknown part.
        dated = running or (
            starts is not None
            and (base is None or starts[0] + late > base)
            and not self.undated(project)
        )
        at_home = not self.home or project.country == self.home
        part = Fraction(1) if running else question.success
        climbed = Fraction(1) if running else project.part(year, late, question.ramp)
        low = size.low * part * climbed if alone and dated and at_home else NONE
        return Ends(low, size.high * part)

    def undated(self, project: Project) -> bool:
        """Whether nothing at hand says that it was announced by the day as of which is asked."""
        return bool(self.question.known_on) and not project.known_from

    def by(self, year: int) -> tuple[Ends, list[str]]:
        """Supply by the end of a year, and the projects of unknown size that may add to it."""
        total, unknown = self.existing(), []
        for project in self.projects:
            added = self.adds(project, year)
            if added is None:
                unknown.append(project.name)
                total = total + ANYTHING
            else:
                total = total + added
        return total, list(dict.fromkeys(unknown))


def tests(
    tables: Minerals,
    mineral: Mineral,
    stage: str,
    cut: tuple[str, ...],
    held: list[Year],
    question: SupplyQuestion,
    needs: list[Need],
) -> list[typed.NeedTested]:
    """Each of some needs of a stage, tested by the day of the question.

    A need that is stated without a day is tested by the last year that is looked at.
    """
    as_of = month_of_test(question)
    if as_of is None:
        if question.need is None:
            return []
        as_of = (int(question.on[:YEAR]) + LAST, DECEMBER)
    first = int(question.on[:YEAR])
    by_then = [each for each in held if int(each.year[-YEAR:]) <= first]
    family = frozenset((mineral.key, *tables.inside(mineral)))
    makers = tuple(
        each
        for each in tables.making(family | {one.key for one in tables.lineage(mineral)}, stage)
        if each.country not in cut and not _is_of_a_sibling(each, mineral, family, tables)
    )
    rows = []
    for need in needs:
        latest = by_then[-1] if by_then else None
        made = _made_at_home(tables, mineral.key, stage, need.whose, first)
        group = mineral.key if is_mixed(tables, mineral, need.unit) else ""
        supply = TestedSupply(tables, need, cut, latest, makers, family, question, made, group)
        wanted = supply.content(need.amount, need.unit)
        if wanted is not None:
            rows.append(_row(supply, mineral, stage, wanted, as_of))
    return rows


def is_mixed(tables: Minerals, mineral: Mineral, unit: str) -> bool:
    """Whether tonnes of a mineral are of several elements, none of which stands for another."""
    known = tables.units.get(unit)
    weighs = known is not None and known.kind == CONTENT
    return weighs and not mineral.as_one and bool(tables.inside(mineral))


def _made_at_home(
    tables: Minerals, mineral: str, stage: str, country: str, until: int
) -> PublishedFigure | None:
    """What a country produces at a stage in the latest year by that of the question."""
    found = [
        each
        for each in tables.about(mineral, stage)
        if each.what == "production" and each.country == country and int(each.year) <= until
    ]
    return max(found, key=lambda each: each.year, default=None)


def _is_of_a_sibling(
    project: Project, mineral: Mineral, family: frozenset[str], tables: Minerals
) -> bool:
    """Whether a project makes only other minerals of the same group, and none of this one."""
    groups = {one.key for one in tables.lineage(mineral)}
    return not (set(project.minerals) & (family | groups))


def _row(
    supply: TestedSupply, mineral: Mineral, stage: str, wanted: Ends, as_of: tuple[int, int]
) -> typed.NeedTested:
    need, last = supply.need, as_of[0]
    # Within a year no month is told: what begins in the year of the test may come after it.
    before = last if as_of[1] == DECEMBER else last - 1
    surely, _ = supply.by(before)
    at_most, unknown = supply.by(last)
    years = range(int(supply.question.on[:YEAR]), int(supply.question.on[:YEAR]) + AHEAD)
    most_wanted, least_wanted = wanted.high or NONE, wanted.low
    verdict = UNKNOWN
    if at_most.high is not None and at_most.high < least_wanted:
        verdict = NOT_MET
    elif surely.low >= most_wanted and not need.at_least:
        verdict = MET
    first = next((y for y in years if supply.by(y)[0].low >= most_wanted), None)
    possible = next((y for y in years if _may_reach(supply.by(y)[0], least_wanted)), None)
    source = supply.tables.sources[need.source]
    return {
        "mineral": mineral.key,
        "stage": stage,
        "whose": need.whose,
        "basis": need.basis,
        "of": need.of,
        "need": plain(need.amount),
        "at_least": need.at_least,
        "need_year": months_shown(need.year),
        "unit": need.unit,
        "kind": supply.tables.units[need.unit].kind,
        "needed": [_tonnes(wanted.low), _tonnes(most_wanted)],
        "supply": [_tonnes(surely.low), None if at_most.high is None else _tonnes(at_most.high)],
        "by": f"{as_of[0]:04d}-{as_of[1] + 1:02d}",
        "verdict": verdict,
        "first_year": None if first is None or need.at_least else str(first),
        "first_year_possible": None if possible is None else str(possible),
        "unknown_size": unknown,
        "source": source.citation,
        "url": source.url or None,
        "grade": need.grade,
        "because": _because(supply, mineral, stage, unknown),
    }


DECEMBER = 11
LAST = 8
"""Years from that of the question to the last by which a need without a day is tested."""


def _tonnes(amount: Fraction) -> str:
    """Tonnes to one place: contents are known no better."""
    return plain(round(amount, 1))


def _may_reach(supply: Ends, wanted: Fraction) -> bool:
    return supply.high is None or supply.high >= wanted


def _because(supply: TestedSupply, mineral: Mineral, stage: str, unknown: list[str]) -> list[str]:
    need, stated = supply.need, []
    if need.at_least:
        stated.append("Only a part of the need is told, so that it cannot be shown to be met.")
    if supply.group:
        stated.append(
            "It is of several elements, and tonnes of one cover none of another: a plant that "
            "makes some of them alone counts at the upper end."
        )
    if need.basis == ADDED:
        stated.append("What is produced outside already is used already: additions alone count.")
    elif supply.existing() == ANYTHING:
        stated.append("What is produced outside already is not held for this stage.")
    if supply.home:
        stated.append(
            f"The lower end counts what is made in {supply.home}; the upper end all that is made "
            "outside, which others need too."
        )
    together = [
        each.name
        for each in supply.projects
        if each.capacity and not set(each.minerals) <= supply.family
    ]
    if together:
        names = ", ".join(dict.fromkeys(together))
        stated.append(f"Sizes of several elements together count at the upper end alone: {names}.")
    undated = [each.name for each in supply.projects if supply.undated(each)]
    if undated:
        names = ", ".join(dict.fromkeys(undated))
        stated.append(
            f"No source at hand says that these were announced by {supply.question.known_on}; "
            f"they count at the upper end alone: {names}."
        )
    if unknown:
        stated.append(f"No size was found of {', '.join(unknown)}.")
    return [*stated, *_projected(supply, mineral, stage)]


def _projected(supply: TestedSupply, mineral: Mineral, stage: str) -> list[str]:
    """What an agency projects to be made outside, beside a need of the world; no verdict."""
    if supply.home or supply.need.basis == ADDED:
        return []
    rows = [
        each
        for each in supply.tables.about(mineral.key, stage)
        if each.what == "projection" and each.unit == supply.need.unit
    ]
    stated = []
    for world in (each for each in rows if each.country == WORLD):
        same = [each for each in rows if each.year == world.year and each.source == world.source]
        cut = sum((Fraction(each.low) for each in same if each.country in supply.cut), NONE)
        left = Fraction(world.low) - cut
        part = percent(rate(round(left / supply.need.amount, 3)))
        source = supply.tables.sources[world.source].citation
        stated.append(
            f"Projected for {world.year}: {plain(round(left, 0))} {world.unit} outside, {part} of "
            f"this need ({source})."
        )
    return stated


def verdict_of(rows: Iterable[typed.NeedTested]) -> str:
    """One verdict of several tests: not met where one is not, met where all are."""
    found = {row["verdict"] for row in rows}
    if NOT_MET in found:
        return NOT_MET
    return MET if found == {MET} else UNKNOWN
