"""One question over every world at hand: the range of the answers, and each world's own.

The choice of data moves an answer as much as elasticities do: a world with few sectors hides what
duties between their branches cost. So a range over worlds comes first, each named with its year and
number of sectors, and a single figure only where one world is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import verdict, vouched
from detente.duty.question import QuestionError
from detente.impact.accounts.worlds import ModelWorld, open_world, world_block
from detente.impact.errors import ImpactError

if TYPE_CHECKING:
    from detente.answers import impact as typed
    from detente.answers.shared import Coverage as CoverageRow


def answer_all(
    names: Iterable[str], answer: Callable[[ModelWorld], typed.EquilibriumInWorld]
) -> typed.Equilibrium:
    """The answers of all worlds, and the range of each figure over them; one world's own alone.

    Args:
        names: of worlds at hand.
        answer: answers the question in one world.

    Raises:
        ImpactError: no world can answer; the message says why each cannot.
    """
    found: list[tuple[ModelWorld, typed.EquilibriumInWorld]] = []
    without: list[typed.NoAnswer] = []
    for name in names:
        try:
            world = open_world(name)
            found.append((world, answer(world)))
        except (ImpactError, QuestionError) as error:
            without.append({"data": name, "why": str(error)})
    if not found:
        described = "; ".join(f"{each['data']}: {each['why']}" for each in without)
        raise ImpactError(f"no world at hand answers this: {described}")
    if len(found) == 1:
        # One world has the scenario, or can answer at all: there is no range to tell.
        world, only = found[0]
        return {**only, "worlds": [_own(world, only)], "without": without}
    answers = [each for _, each in found]
    first, coverage = answers[0], _coverage(answers)
    answer_of_all: typed.EquilibriumInAll = {
        "scenario": first["scenario"],
        "from": first["from"],
        "to_date": first["to_date"],
        "status": verdict("ok", "partly", coverage),
        "coverage": coverage,
        "data": "all",
        "welfare_measure": first["welfare_measure"],
        "closure": first["closure"],
        "rents": first["rents"],
        "unit": first["unit"],
        "converged": all(each["converged"] for each in answers),
        "welfare": _ranges([each["welfare"] for each in answers]),
        "terms_of_trade": _ranges([each["terms_of_trade"] for each in answers]),
        "volume_of_trade": _ranges([each["volume_of_trade"] for each in answers]),
        "real_wage": _ranges([each["real_wage"] for each in answers]),
        "prices": _ranges([each["prices"] for each in answers]),
        "revenue_share": _ranges([each["revenue_share"] for each in answers]),
        "imports_change": _ranges([each["imports_change"] for each in answers]),
        "worlds": [_own(world, each) for world, each in found],
        "without": without,
        "notes": list(dict.fromkeys(note for each in answers for note in each["notes"])),
    }
    return vouched(answer_of_all)


def _own(world: ModelWorld, answer: typed.EquilibriumInWorld) -> typed.WorldAnswer:
    """A world and what it itself answers, without what it shares with the others."""
    return {
        **world_block(world),
        "from": answer["from"],
        "to_date": answer["to_date"],
        "converged": answer["converged"],
        "iterations": answer["iterations"],
        "residuals": answer["residuals"],
        "seconds": answer["seconds"],
        "welfare": answer["welfare"],
        "terms_of_trade": answer["terms_of_trade"],
        "volume_of_trade": answer["volume_of_trade"],
        "real_wage": answer["real_wage"],
        "prices": answer["prices"],
        "revenue_share": answer["revenue_share"],
        "imports_change": answer["imports_change"],
        "caps": answer["caps"],
        "bands": answer["bands"],
        "notes": answer["notes"],
        "data_year": answer["data_year"],
        "theta": answer["theta"],
        "lost": answer["lost"],
        "lost_by_sector": answer["lost_by_sector"],
    }


def _ranges(figures: list[dict[str, str]]) -> dict[str, list[str]]:
    """The lowest and highest figure of each country that every world has."""
    return {
        country: [extreme((each[country] for each in figures), key=float) for extreme in (min, max)]
        for country in figures[0]
        if all(country in each for each in figures)
    }


def _coverage(answers: Iterable[typed.EquilibriumInWorld]) -> list[CoverageRow]:
    """The rows of all answers, equal ones once."""
    rows: dict[str, CoverageRow] = {}
    for answer in answers:
        for row in answer["coverage"]:
            rows.setdefault(str(sorted(row.items(), key=str)), row)
    return list(rows.values())
