"""A group of elements, element by element: each one's own needs, or its part of a need of all.

    need of an element = need of the group x the element's share of the group's use

The share is published: one source's use of the element over the same source's use of the group, in
the same year and for the same purpose. An element without one has a need that is not known, and so
has a group whose use is told in total alone: tonnes of one element cover none of another. Magnets
are no elements, and a pair that is made and sold as one product is none of these groups.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.figures import percent, rate
from detente.supply.in_hand import ALL, Need, needs_in_hand
from detente.supply.needs import MET, UNKNOWN
from detente.supply.question import month_of_test
from detente.supply.shares import years_of
from detente.supply.tables import WORLD
from detente.supply.tested import is_mixed, tests, verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.answers import supply as typed
    from detente.supply.question import SupplierCut, SupplyQuestion
    from detente.supply.tables import Mineral, Minerals, Stage

WHOLE = Fraction(1)


class Split(NamedTuple):
    """How a source splits the use of a group by element.

    Attributes:
        of: the purpose whose use it is, as the source names it.
        year: of the use.
        parts: by mineral, fractions of one of the group's use.
        covers: the part of all uses of the group that the purpose is; None where no total is told.
        source, grade: where it is from, and how it was read.
    """

    of: str
    year: str
    parts: dict[str, Fraction]
    covers: Fraction | None
    source: str
    grade: str


def split_of(tables: Minerals, group: Mineral, stage: str, until: int) -> Split | None:
    """The latest published split of a group's use at a stage; None where there is none.

    Args:
        tables: what was public on the day of the question.
        group: whose use is split.
        stage: its key.
        until: the year of the question; outlooks of later years are left out.
    """
    members = tables.inside(group)
    used = [
        each
        for each in tables.figures
        if each.what == "demand"
        and each.stage == stage
        and each.country == WORLD
        and each.low == each.high
        and int(each.year) <= until
        and each.unit in tables.units
        and tables.units[each.unit].low == tables.units[each.unit].high == WHOLE
    ]
    totals = [each for each in used if each.mineral == group.key]
    found = []
    for total in totals:
        parts = {
            each.mineral: Fraction(each.low) / Fraction(total.low)
            for each in used
            if each.mineral in members
            and (each.of, each.year, each.source) == (total.of, total.year, total.source)
        }
        if parts:
            most = max(
                Fraction(each.low)
                for each in totals
                if (each.year, each.source) == (total.year, total.source)
            )
            covers = Fraction(total.low) / most
            found.append(Split(total.of, total.year, parts, covers, total.source, total.grade))
    return max(found, key=lambda each: (each.year, each.covers or 0), default=None)


class Group(NamedTuple):
    """A group at one stage: who is cut off there, and in which unit a need of it is stated."""

    tables: Minerals
    mineral: Mineral
    stage: Stage
    cut: tuple[str, ...]
    unit: str
    question: SupplyQuestion


def by_element(
    tables: Minerals,
    mineral: Mineral,
    stages: Iterable[tuple[Stage, str]],
    cut: SupplierCut,
    question: SupplyQuestion,
) -> list[typed.ElementTested]:
    """The test of every mineral counted within one; none where nothing is tested.

    Args:
        tables: the figures.
        mineral: the group.
        stages: those that are asked about, each with the unit in which a need of it is stated.
        cut: who is cut off.
        question: with a need that is split, or with a day by which those in hand are tested.
    """
    if question.need is None and month_of_test(question) is None:
        return []
    members = tables.inside(mineral)
    rows: list[typed.ElementTested] = []
    for key, member in tables.minerals.items():
        if key not in members:
            continue
        tested: list[typed.NeedTested] = []
        because: list[str] = []
        for stage, unit in stages:
            group = Group(tables, mineral, stage, cut.of_stage(stage.key), unit, question)
            if question.need is None:
                tested += _in_hand(group, member)
            else:
                stated = _part(group, member)
                tested += stated if isinstance(stated, list) else []
                because += [] if isinstance(stated, list) else [stated]
        if tested or because:
            verdict = _less_what_is_missing(tested, bool(because))
            rows.append({"mineral": key, "name": member.name, "verdict": verdict,
                         "tests": tested, "because": because})  # fmt: skip
    return rows


def _in_hand(group: Group, member: Mineral) -> list[typed.NeedTested]:
    """The needs in hand of a member, tested."""
    tables, stage, question = group.tables, group.stage.key, group.question
    if all(each.key != stage for each in tables.stages[member.key]):
        return []
    first = int(question.on[:4])
    needs = needs_in_hand(tables, member.key, stage, group.cut, first)
    held = years_of(tables.about(member.key, stage), tables.days)
    return tests(tables, member, stage, group.cut, held, question, needs)


def _part(group: Group, member: Mineral) -> list[typed.NeedTested] | str:
    """A member's part of the stated need, tested, or why it is not known."""
    tables, stage, question = group.tables, group.stage, group.question
    if not is_mixed(tables, group.mineral, group.unit):
        return []
    if all(each.key != stage.key for each in tables.stages[member.key]):
        return f"{stage.title}: no stage of {member.name} is held."
    split = split_of(tables, group.mineral, stage.key, int(question.on[:4]))
    if split is None or member.key not in split.parts:
        return (
            f"{stage.title}: no source at hand tells which part of a need of "
            f"{group.mineral.name} it is."
        )
    part = split.parts[member.key]
    assert question.need is not None
    covers = "" if split.covers in (None, WHOLE) else _covered(split)
    need = Need(
        WORLD,
        ALL,
        split.year,
        question.need * part,
        group.unit,
        False,
        f"{percent(rate(round(part, 3)))} of the stated need, as in {split.of}{covers}",
        split.source,
        split.grade,
    )
    held = years_of(tables.about(member.key, stage.key), tables.days)
    return tests(tables, member, stage.key, group.cut, held, question, [need])


def _covered(split: Split) -> str:
    assert split.covers is not None
    return f" ({percent(rate(round(split.covers, 3)))} of all uses)"


def verdict_by_element(
    tables: Minerals, mineral: Mineral, stage: str, unit: str, rows: Iterable[typed.ElementTested]
) -> str | None:
    """What the members of a group say of a stated need at a stage; None of what is not a group."""
    if not is_mixed(tables, mineral, unit):
        return None
    tested = [[test for test in row["tests"] if test["stage"] == stage] for row in rows]
    # A member may lack its part at another stage: that says nothing of this one.
    missing = not all(tested)
    return _less_what_is_missing([test for each in tested for test in each], missing)


def _less_what_is_missing(tested: list[typed.NeedTested], missing: bool) -> str:
    """The verdict of several tests where others may be missing: none can say that all is met."""
    found = verdict_of(tested) if tested else UNKNOWN
    return UNKNOWN if missing and found == MET else found
