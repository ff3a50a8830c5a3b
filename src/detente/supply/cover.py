"""Whether a need is covered without some countries: in which year, and by a day asked about.

Sources give years and no months, so that a test by a day has two ends: what begins before its year,
and what begins in it.
"""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.supply import needs
from detente.supply.capacity import Outlook
from detente.supply.needs import Existing, SupplyRange, existing, reach
from detente.supply.question import month_of_test
from detente.supply.rows import plain
from detente.supply.tested import verdict_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.answers import supply as typed
    from detente.supply.question import SupplyQuestion
    from detente.supply.shares import Year


class Mixed(NamedTuple):
    """A group of elements, of which a total says little.

    Attributes:
        by_element: the verdict of its members on their parts of the stated need.
        own: what is announced of all of them together, without what makes some of them alone.
    """

    by_element: str
    own: Outlook | None


VERDICT_WORDS = {needs.MET: "met", needs.NOT_MET: "not met", needs.UNKNOWN: "not known"}
YEARS = 9
"""The year of the question and those ahead that are looked at."""


def covers(
    question: SupplyQuestion,
    cut: tuple[str, ...],
    held: list[Year],
    ahead: Outlook | None,
    tested: Sequence[typed.NeedTested] = (),
    mixed: Mixed | None = None,
) -> typed.NeedCovered | None:
    """The first years in which what is there reaches the need, and the test by a day.

    Args:
        question: the question; without a need and a test there is no answer.
        cut: the countries that are cut off.
        held: the stage's own shares by year.
        ahead: what is announced; None for no project at all.
        tested: the needs in hand, tested by the same day, which answer where none was stated.
        mixed: of a group of elements, what says more than the total; None of what is not a group.
    """
    as_of = month_of_test(question)
    if question.need is None and as_of is None:
        return None
    first = int(question.on[:4])
    by_then = [each for each in held if int(each.year[-4:]) <= first]
    latest = by_then[-1] if by_then else None
    unit = unit_of(ahead, latest)
    made = existing(latest, cut, unit)
    years = range(first, first + YEARS)
    first_years = [
        None
        if question.need is None
        else needs.first_year(question.need, made, ahead, years, expected=expected)
        for expected in (False, True)
    ]
    announced, likely = (None if year is None else str(year) for year in first_years)
    last = years[-1] if as_of is None else as_of[0]
    before = last if as_of is None else last - 1
    surely, at_most = reach(made, ahead, before), reach(made, ahead, last)
    verdict = needs.UNKNOWN
    if question.need is not None and unit:
        verdict = needs.verdict(question.need, surely, at_most)
        if verdict == needs.MET and mixed is not None:
            verdict = _of_group(question.need, made, mixed, before)
    if question.need is None and tested:
        verdict = verdict_of(list(tested))
    in_time = None if as_of is None else _in_time(question, as_of, unit, surely, at_most, tested)
    because = _because(question, made, at_most, unit, tested)
    if question.need is not None and mixed is not None:
        if in_time is not None:
            in_time["verdict"] += f" in total; by element {VERDICT_WORDS[mixed.by_element]}"
        because.append(
            "In total alone; by element, as far as a source splits such a need: "
            f"{VERDICT_WORDS[mixed.by_element]}."
        )
    return {
        "need": None if question.need is None else plain(question.need),
        "unit": unit,
        "existing": {
            "year": None if made.year is None else str(made.year),
            "quantity": [None, None] if made.year is None else _ends(made.low, made.high),
        },
        "first_year_announced": announced,
        "first_year_expected": likely,
        "in_time": in_time,
        "verdict": verdict,
        "because": because,
    }


def _of_group(need: Fraction, made: Existing, mixed: Mixed, before: int) -> str:
    """A need of a group that is reached in total: met by what is of all its elements together.

    Plants that make some elements alone cover no need of the others, so that with them the answer
    is what the elements say.
    """
    reached = reach(made, mixed.own, before)
    return needs.MET if reached.low >= need else mixed.by_element


def unit_of(ahead: Outlook | None, latest: Year | None) -> str:
    """The unit of a stage in which a need is stated: that of its projects, else of its table."""
    if ahead is not None and ahead.unit:
        return ahead.unit
    return latest.unit if latest is not None else ""


def _in_time(
    question: SupplyQuestion,
    as_of: tuple[int, int],
    unit: str,
    surely: SupplyRange,
    at_most: SupplyRange,
    tested: Sequence[typed.NeedTested],
) -> typed.CoveredInTime:
    """Whether the need is covered by a day, in words; what begins in its year may come after it."""
    by_year, by_month = as_of
    if question.need is None and tested:
        stated = needs_text(tested)
    elif question.need is None:
        stated = "unknown: no need was stated, and no need of this stage is in hand"
    elif not unit:
        stated = "unknown: no quantity of this stage is held"
    elif surely.low >= question.need:
        stated = "covered"
    elif at_most.low >= question.need:
        stated = "covered only if what begins in the last year begins in time"
    elif at_most.high is not None and at_most.high < question.need:
        stated = "not covered"
    elif at_most.unknown:
        stated = (
            "not covered by what is counted; the capacity or year of some projects is not known"
        )
    else:
        stated = "not covered by what is counted; what is produced already is not known"
    return {
        "months": None if question.within is None else str(question.within),
        "by": f"{by_year:04d}-{by_month + 1:02d}",
        # Where no quantity at all is held, what is there is not known, and is not nothing.
        "announced": [plain(each.low) if unit else None for each in (surely, at_most)],
        "at_most": None if at_most.high is None else plain(at_most.high),
        "unit": unit,
        "verdict": stated,
    }


def needs_text(tested: Sequence[typed.NeedTested]) -> str:
    """How many of the needs in hand are met by the day, in words."""
    counts = {word: sum(row["verdict"] == word for row in tested) for word in VERDICT_WORDS}
    parts = [f"{count} {VERDICT_WORDS[word]}" for word, count in counts.items() if count]
    return f"needs in hand: {', '.join(parts)}"


def _because(
    question: SupplyQuestion,
    made: Existing,
    at_most: SupplyRange,
    unit: str,
    tested: Sequence[typed.NeedTested],
) -> list[str]:
    """What the verdict rests on, in sentences."""
    stated = []
    if question.need is None:
        stated.append(
            "No need was stated; those in hand are tested."
            if tested
            else "No need was stated, and none of this stage is in hand."
        )
    if not unit:
        stated.append("No quantity of this stage is held: neither production nor a capacity.")
        return stated
    if made.year is None:
        stated.append(
            f"What is produced already in {unit} is not held for this stage: only projects that "
            "produce are counted, and there may be more."
        )
    else:
        ends = " to ".join(dict.fromkeys(each for each in _ends(made.low, made.high) if each))
        stated.append(f"Production of {made.year}, {ends} {unit}, is taken to go on.")
    if at_most.unknown:
        names = ", ".join(dict.fromkeys(each.name for each in at_most.unknown))
        stated.append(f"Projects whose capacity or year is not known may add to it: {names}.")
    return stated


def _ends(low: Fraction, high: Fraction | None) -> list[str | None]:
    return [plain(low), None if high is None else plain(high)]
