"""An answer about a mineral as text for a person."""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.answer.figures import percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

SHOWN_COUNTRIES = 5
LISTS = (
    ("reliance", "Net import reliance of the United States"),
    ("import_shares", "Share of a country in US imports"),
    ("stocks", "Stocks"),
    ("prices", "Prices"),
    ("exports", "Exports"),
    ("lead_times", "Time to build"),
)


def show_minerals(answer: dict[str, Any]) -> str:
    """The minerals that there are, with their stages."""
    lines = []
    for each in answer["minerals"]:
        within = f", within {each['within']}" if each["within"] else ""
        lines.append(f"{each['mineral']}  {each['name_zh']}  ({', '.join(each['stages'])}{within})")
    return "\n".join(lines)


def show_supply(answer: dict[str, Any]) -> str:
    """Stage by stage, then reliance, stocks and prices."""
    lines = [f"{answer['name']} {answer['name_zh']}"]
    for stage in answer["stages"]:
        lines += ["", stage["title"], *(f"  {line}" for line in _stage(stage, answer))]
    for key, title in LISTS:
        if answer[key]:
            lines += ["", title, *(f"  {_figure(each)}" for each in answer[key])]
    for row in answer["inside_outside"]:
        lines.append(
            f"  {row['year']}: outside over inside {_ends(row['ratio'])} times "
            f"({_ends(row['outside'])} against {_ends(row['inside'])} {row['unit']})"
        )
    lines += ["", *(f"  {note}" for note in answer["notes"])]
    return "\n".join(lines)


def _stage(stage: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    if not stage["known"]:
        yield "shares: not known; no source at hand gives any"
    elif stage["counted_as"] != answer["mineral"]:
        yield f"figures of {stage['counted_as']}, which it is counted within"
    for year in stage["years"]:
        named = list(year["shares"].items())
        shown = ", ".join(
            f"{country} {_share(share)}" for country, share in named[:SHOWN_COUNTRIES]
        )
        more = f", {len(named) - SHOWN_COUNTRIES} more" if len(named) > SHOWN_COUNTRIES else ""
        rest = f", not named {_share(year['rest'])}" if float(year["rest"]) else ""
        total = f" of {int(float(year['total'])):,} {year['unit']}" if year["total"] else ""
        mark = " estimated," if year["estimated"] else ""
        yield f"{year['year']}{total}:{mark} {shown}{more}{rest} [{year['grade']}]"
    for each in stage["outlooks"]:
        ends = _ends(each["value"])
        yield f"outlook {each['year']}: {each['country']} {ends}% [{each['source']}]"
    if stage["concentration"]:
        found = stage["concentration"]
        yield f"concentration {found['year']}: {_ends(found['hhi'])} of 10,000"
    if stage["left_without"]:
        left = stage["left_without"]
        ends = " to ".join(dict.fromkeys(_share(each) for each in left["share"]))
        yield f"without {left['without']}: {ends} of the world is left"
    for each in stage["consumption"]:
        yield f"use, {_figure(each)}"
    if stage["capacity_outside"]:
        yield from _capacity(stage["capacity_outside"], answer["cut"])
    if stage["covers"]:
        yield from _covers(stage["covers"])


def _capacity(outside: dict[str, Any], cut: str) -> Iterator[str]:
    if outside["projects"]:
        ahead = ", ".join(
            f"{year['year']} {year['announced']}"
            + (f" ({year['expected']})" if year["expected"] != year["announced"] else "")
            for year in outside["years"]
        )
        yield f"announced outside {cut}, {outside['unit']} a year: {ahead}"
    for project in outside["projects"]:
        yield (
            f"  {project['project']} ({project['country']}): {project['capacity']} from "
            f"{project['counts_from']}, {project['status']} [{project['grade']}]"
        )
    for project in outside["not_counted"]:
        yield f"  {project['project']} ({project['country']}): not counted, {project['why']}"


def _covers(found: dict[str, Any]) -> Iterator[str]:
    if found["need"] is not None:
        for key in ("announced", "expected"):
            year = found[f"first_year_{key}"] or "in no year shown"
            yield f"a need of {found['need']} {found['unit']} a year, {key}: {year}"
    test = found["in_time"]
    if test:
        yield (
            f"by {test['by']} ({test['months']} months): {_ends(test['announced'])} {test['unit']} "
            f"announced; {test['verdict']}"
        )


def _figure(each: dict[str, Any]) -> str:
    low, high = each["value"]
    amount = f"more than {low}" if high is None else _ends([low, high])
    months = f", {each['months']} months of use" if each.get("months") else ""
    about = each["of"] if each["of"] not in ("US", "world", each["country"]) else ""
    note = f"; {each['note']}" if each["note"] else ""
    parts = filter(None, (each["mineral"], about, each["stage"], each["country"], each["year"]))
    unit = each["unit"] if each["unit"] == "%" else f" {each['unit']}"
    return f"{', '.join(parts)}: {amount}{unit}{months}{note} [{each['source']}, {each['grade']}]"


def _share(text: str) -> str:
    """A fraction of one in percent, to one place: the figures are rounded further than that."""
    return percent(str(round(Fraction(text), 3)))


def _ends(values: list[str]) -> str:
    return " to ".join(dict.fromkeys(values))
