"""One question over every world at hand: the range of the answers, and each world's own.

The choice of data moves an answer as much as elasticities do: a world with few sectors hides what
duties between their branches cost. So a range over worlds comes first, each named with its year and
number of sectors, and a single figure only where one world is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import verdict, vouched
from detente.duty.question import QuestionError
from detente.impact.errors import ImpactError
from detente.impact.worlds import ModelWorld, open_world, world_block

if TYPE_CHECKING:
    from typing import Any

FIGURES = (
    "welfare", "terms_of_trade", "volume_of_trade", "real_wage", "prices", "revenue_share",
    "imports_change",
)  # fmt: skip
SHARED = ("welfare_measure", "closure", "rents", "unit")


def answer_all(
    names: Iterable[str], answer: Callable[[ModelWorld], Mapping[str, Any]]
) -> dict[str, Any]:
    """The answers of all worlds, and the range of each figure over them; one world's own alone.

    Args:
        names: of worlds at hand.
        answer: answers the question in one world.

    Raises:
        ImpactError: no world can answer; the message says why each cannot.
    """
    found: list[tuple[ModelWorld, Mapping[str, Any]]] = []
    without: list[dict[str, str]] = []
    for name in names:
        try:
            world = open_world(name)
            found.append((world, answer(world)))
        except (ImpactError, QuestionError) as error:
            without.append({"data": name, "why": str(error)})
    if not found:
        told = "; ".join(f"{each['data']}: {each['why']}" for each in without)
        raise ImpactError(f"no world at hand answers this: {told}")
    if len(found) == 1:
        # One world has the scenario, or can answer at all: there is no range to tell.
        world, only = found[0]
        return {**only, "worlds": [{**world_block(world), **_own(only)}], "without": without}
    coverage = _coverage(each for _, each in found)
    head = {name: found[0][1][name] for name in SHARED}
    return vouched(
        {
            "status": verdict("ok", "partly", coverage),
            "coverage": coverage,
            "data": "all",
            **head,
            "converged": all(each["converged"] for _, each in found),
            **{name: _ranges(name, [each for _, each in found]) for name in FIGURES},
            "worlds": [{**world_block(world), **_own(each)} for world, each in found],
            "without": without,
            "notes": _notes(found),
        }
    )


def _own(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What a world itself answers, without what it shares with the others."""
    left = ("status", "coverage", "register", "data", "tariffs", *SHARED)
    return {name: value for name, value in answer.items() if name not in left}


def _ranges(name: str, answers: list[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The lowest and highest figure of each country that every world has."""
    countries = [
        country for country in answers[0][name] if all(country in each[name] for each in answers)
    ]
    return {
        country: [
            extreme((each[name][country] for each in answers), key=float) for extreme in (min, max)
        ]
        for country in countries
    }


def _coverage(answers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows of all answers, equal ones once."""
    rows: dict[str, dict[str, Any]] = {}
    for answer in answers:
        for row in answer["coverage"]:
            rows.setdefault(str(sorted(row.items(), key=str)), row)
    return list(rows.values())


def _notes(found: list[tuple[ModelWorld, Mapping[str, Any]]]) -> list[str]:
    """The notes of all answers, each once."""
    notes: dict[str, None] = {}
    for _, answer in found:
        notes.update(dict.fromkeys(answer["notes"]))
    return list(notes)
