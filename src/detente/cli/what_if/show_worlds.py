"""Worlds at hand, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.figures import percent
from detente.core.tables.printing import lined_up

if TYPE_CHECKING:
    from typing import Final

    from detente.answers.impact import BestTariffs
    from detente.answers.models import Worlds, WorldShown
    from detente.impact.accounts.building import WorldBuilt

SECTOR_KEYS: Final = ("sector", "divisions", "theta", "estimate", "error")


def show_list(answer: Worlds) -> str:
    """A row a world."""
    rows = [["world", "year", "countries", "sectors", "draws", "tariffs"]]
    for each in answer["worlds"]:
        counts = [str(each["countries"]), str(each["sectors"])]
        stated = ["yes" if each[key] else "no" for key in ("draws", "tariffs")]
        rows.append([each["data"], each["year"] or "-", *counts, *stated])
    described = [wrapped(each["title"], "  ", f"{each['data']}: ") for each in answer["worlds"]]
    return "\n".join([lined_up(rows), "", *described])


def show_one(answer: WorldShown) -> str:
    """What the world is, its countries, and a row a sector."""
    rows = [list(SECTOR_KEYS)]
    for each in answer["sector_rows"]:
        rows.append([each[key] or "-" for key in SECTOR_KEYS])
    head = f"{answer['data']}, {answer['year'] or 'no year'}: {answer['title']}"
    parts = [
        wrapped(head, ""),
        wrapped(f"{answer['countries']} countries: {', '.join(answer['country_ids'])}", ""),
        lined_up(rows),
        "\n".join(wrapped(note, "", "- ") for note in answer["notes"]),
    ]
    return "\n\n".join(part for part in parts if part)


def show_built(answer: WorldBuilt) -> str:
    """What was built, and what was done to the data."""
    head = (
        f"{answer['data']}: {answer['countries']} countries, {answer['sectors']} sectors, "
        f"{answer['year']}; written to {answer['folder']}"
    )
    return "\n".join([wrapped(head, ""), *(wrapped(note, "", "- ") for note in answer["notes"])])


def show_best(answer: BestTariffs) -> str:
    """The range of the best tariff over worlds, then each with the welfare of both sides."""
    question, worlds = answer["question"], answer["worlds"]
    game = question["game"]
    named = "; ".join(
        f"{each['data']} ({each['year'] or 'no year'}, {each['sectors']} sectors)"
        for each in worlds
    )
    what = (
        f"Tariffs of {question['country']} and {question['partner']} on each other from which "
        "neither moves"
        if game
        else f"Best uniform tariff of {question['country']} on goods of {question['partner']}"
    )
    low, high = (percent(end, 1) for end in answer["tariff"])
    described = f"{what}: {low if low == high else f'{low} to {high}'} over {named}."
    rows = [["world", "tariff", *(["answer"] if game else []), "own welfare", "of others"]]
    for each in worlds:
        own = each["welfare"][question["country"]]
        others = ", ".join(
            f"{name} {each['welfare'][name]}"
            for name in ("USA", "CHN", "MEX", "CAN")
            if name in each["welfare"] and name != question["country"]
        )
        answers = [percent(each["answer"], 1)] if game else []
        rows.append([each["data"], percent(each["tariff"], 1), *answers, own, others])
    without = "\n".join(f"- {each['data']}: {each['why']}" for each in answer["without"])
    notes = "\n".join(wrapped(note, "", "- ") for note in answer["notes"])
    return "\n\n".join(
        part for part in (wrapped(described, ""), lined_up(rows), without, notes) if part
    )
