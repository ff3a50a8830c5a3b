"""An answer about a mineral as text for a person."""

from __future__ import annotations

from fractions import Fraction

from detente._shapes import TYPE_CHECKING
from detente.cli.show_rests import rests_on
from detente.core.figures import percent

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
VERDICTS = {"met": "met", "not_met": "not met", "unknown": "not known"}


def show(answer: dict[str, Any]) -> str:
    """A mineral, or the minerals that there are."""
    return show_minerals(answer) if "minerals" in answer else show_supply(answer)


def show_minerals(answer: dict[str, Any]) -> str:
    """The minerals that there are, with their stages."""
    lines = []
    for each in answer["minerals"]:
        within = f", within {each['within']}" if each["within"] else ""
        lines.append(f"{each['mineral']}  {each['name_zh']}  ({', '.join(each['stages'])}{within})")
    return "\n".join(lines)


def show_supply(answer: dict[str, Any]) -> str:
    """Stage by stage, then reliance, stocks and prices; figures of wider groups stand apart."""
    lines = [f"{answer['name']} {answer['name_zh']}"]
    if answer["verdict"] and len(answer["stages"]) > 1:
        lines.append(f"the need, at every stage: {VERDICTS[answer['verdict']]}")
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
    if answer["of_groups"]:
        groups = " and ".join(each.replace("-", " ") for each in answer["within"])
        lines += ["", f"Of {groups} together, not of {answer['name']} alone"]
        lines += [f"  {_title(each)}: {_figure(each)}" for each in _latest(answer["of_groups"])]
    lines += ["", *(f"  {note}" for note in answer["notes"])]
    open_ = rests_on(answer)
    return "\n".join([*lines, "", open_] if open_ else lines)


def _stage(stage: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    if not stage["known"]:
        yield from _unknown(stage, answer)
    for year in stage["years"]:
        named = list(year["shares"].items())
        shown = ", ".join(
            f"{country} {_share(share)}" for country, share in named[:SHOWN_COUNTRIES]
        )
        more = f", {len(named) - SHOWN_COUNTRIES} more" if len(named) > SHOWN_COUNTRIES else ""
        rest = f", not named {_share(year['rest'])}" if float(year["rest"]) else ""
        total = f" of {int(float(year['total'])):,} {year['unit']}" if year["total"] else ""
        mark = " estimated," if year["estimated"] else ""
        note = f" ({year['note']})" if year["note"] else ""
        yield f"{year['year']}{total}:{mark} {shown}{more}{rest}{note} [{year['grade']}]"
    for each in stage["outlooks"]:
        ends = _ends(each["value"])
        yield f"outlook {each['year']}: {each['country']} {ends}% [{each['source']}]"
    if stage["concentration"]:
        found = stage["concentration"]
        yield f"concentration {found['year']}: {_ends(found['hhi'])} of 10,000"
    if stage["left_without"]:
        left = stage["left_without"]
        ends = " to ".join(dict.fromkeys(_share(each) for each in left["share"]))
        missing = ", ".join(left["not_named"])
        why = f"; the source names no share of {missing}" if missing else ""
        without = left["without"].replace(",", ", ")
        yield f"without {without}: {ends} of the world is left ({left['year']}{why})"
    for each in stage["consumption"]:
        yield f"use, {_figure(each)}"
    if stage["capacity_outside"]:
        yield from _capacity(stage["capacity_outside"], answer["cut"].replace(",", ", "))
    if stage["covers"]:
        yield from _covers(stage["covers"])


def _unknown(stage: dict[str, Any], answer: dict[str, Any]) -> Iterator[str]:
    if stage["held_years"]:
        held = ", ".join(stage["held_years"])
        yield f"shares: not known of that year; figures of {held} are held"
        return
    yield f"shares: not known; no source at hand gives any of {answer['name']}"
    if stage["not_borrowed"]:
        yield f"not used: {stage['not_borrowed']['text']}"


def _capacity(outside: dict[str, Any], cut: str) -> Iterator[str]:
    if outside["years"]:
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
        need = f"{found['need']} {found['unit']}".rstrip()
        yield f"a need of {need} a year: {VERDICTS[found['verdict']]}"
        for key in ("announced", "expected"):
            year = found[f"first_year_{key}"] or "in no year shown, by what is counted"
            yield f"  reached, {key}: {year}"
    for sentence in found["because"]:
        yield f"  {sentence}"
    test = found["in_time"]
    if test:
        known = test["unit"]
        there = f"{_ends(test['announced'])} {known} counted; " if known else ""
        yield f"by {test['by']} ({test['months']} months): {there}{test['verdict']}"


def _figure(each: dict[str, Any]) -> str:
    low, high = each["value"]
    amount = f"more than {low}" if high is None else _ends([low, high])
    months = f", {each['months']} months of use" if each.get("months") else ""
    about = each["of"] if each["of"] not in ("US", "world", each["country"]) else ""
    note = f"; {each['note']}" if each["note"] else ""
    parts = filter(None, (each["mineral"], about, each["stage"], each["country"], each["year"]))
    unit = each["unit"] if each["unit"] == "%" else f" {each['unit']}"
    return f"{', '.join(parts)}: {amount}{unit}{months}{note} [{each['source']}, {each['grade']}]"


def _title(each: dict[str, Any]) -> str:
    return str(each["what"]).replace("-", " ")


def _latest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of figures that differ in their year alone, the latest; --json has all."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for each in rows:
        key = tuple(str(each[name]) for name in ("mineral", "what", "stage", "country", "of"))
        if key not in found or each["year"][-4:] >= found[key]["year"][-4:]:
            found[key] = each
    return list(found.values())


def _share(text: str) -> str:
    """A fraction of one in percent, to one place: the figures are rounded further than that."""
    return percent(str(round(Fraction(text), 3)))


def _ends(values: list[str]) -> str:
    return " to ".join(dict.fromkeys(values))
