"""Worlds at hand, for a person to read."""

from __future__ import annotations

from typing import Any

from detente.cli.show_register import wrap
from detente.core.tables.printing import lined_up


def show_list(answer: dict[str, Any]) -> str:
    """A row a world."""
    rows = [["world", "year", "countries", "sectors", "draws", "tariffs"]]
    for each in answer["worlds"]:
        counts = [str(each["countries"]), str(each["sectors"])]
        said = ["yes" if each[key] else "no" for key in ("draws", "tariffs")]
        rows.append([each["data"], each["year"] or "-", *counts, *said])
    told = [wrap(each["title"], "  ", f"{each['data']}: ") for each in answer["worlds"]]
    return "\n".join([lined_up(rows), "", *told])


def show_one(answer: dict[str, Any]) -> str:
    """What the world is, its countries, and a row a sector."""
    rows = [["sector", "divisions", "theta", "estimate", "error"]]
    for each in answer["sector_rows"]:
        rows.append([str(each[key] or "-") for key in rows[0]])
    head = f"{answer['data']}, {answer['year'] or 'no year'}: {answer['title']}"
    parts = [
        wrap(head, ""),
        wrap(f"{answer['countries']} countries: {', '.join(answer['country_ids'])}", ""),
        lined_up(rows),
        "\n".join(wrap(note, "", "- ") for note in answer["notes"]),
    ]
    return "\n\n".join(part for part in parts if part)


def show_built(answer: dict[str, Any]) -> str:
    """What was built, and what was done to the data."""
    head = (
        f"{answer['data']}: {answer['countries']} countries, {answer['sectors']} sectors, "
        f"{answer['year']}; written to {answer['folder']}"
    )
    return "\n".join([wrap(head, ""), *(wrap(note, "", "- ") for note in answer["notes"])])
