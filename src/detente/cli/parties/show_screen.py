"""Screening for a person to read: each name with its status, then what was read of the lists."""

from __future__ import annotations

import shlex

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.clock import day_before
from detente.core.coverage import LISTS
from detente.core.figures import counted, without_stop
from detente.parties.screening.list_coverage import lacks_some
from detente.parties.screening.related import TOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.answers.parties import ListedAs, ScreenedName, Screening, ScreeningHit
    from detente.answers.shared import Coverage

STANDING = {
    "suspended": "listing suspended",
    "ended": "no longer listed",
    "not_yet": "not yet listed",
    "unknown": "whether it was listed then is not known",
}
"""Words for how an entry stands that is not simply listed."""

INDENT = " " * 19


def show(answer: Screening) -> str:
    """The answer as text."""
    parts = [_name(result, answer["on"]) for result in answer["results"]]
    parts.append(show_coverage(answer["on"], answer["coverage"], answer["beside"]))
    return "\n".join(parts)


def rows_without_country(rows: int) -> str:
    """What is said of rows whose country was not understood."""
    return (
        f"{counted(rows, 'row')}: the country was not understood, and the name was screened "
        "without one; the column reason says it of each."
    )


def columns_read(
    names: str, addresses: str, further: Sequence[str], unread: Sequence[str]
) -> Iterable[str]:
    """What is said of the columns of a table: which were read as one, and which were not read.

    Args:
        names: the headings under which names stand, several with " + " between them.
        addresses: those of addresses, likewise; "" for none.
        further: those of further names, which were screened.
        unread: headings that seem to hold addresses, or parts of names, too.
    """
    from detente.parties.masters.columns import JOIN

    if joined := [each for each in (names, addresses) if JOIN in each]:
        yield f"Read as one: {'; '.join(joined)}."
    if further:
        yield f"Screened, too: {', '.join(further)}. A hit by a name there says so in `why`."
    if unread:
        yield f"Not read: {', '.join(unread)}. What stands there was not screened."


def _name(result: ScreenedName, day: str) -> str:
    hits = result["hits"]
    count = f"{len(hits)} listed {'party' if len(hits) == 1 else 'parties'}"
    head = {
        "hit": f"{result['name']}: hit, {count}",
        "clear": f"{result['name']}: clear, no hit on {day}",
        "partly": f"{result['name']}: partly screened, "
        + (f"{count} of which it is open or over" if hits else "no hit in what was read"),
        "not_screened": f"{result['name']}: not screened for {day}",
    }[result["status"]]
    lines = [head]
    if result["reason"]:
        lines.append(wrapped(f"{without_stop(result['reason'])}.", "  "))
    if hits and result["status"] == "not_screened":
        lines.append(wrapped("On the first version that is held of each list:", "  "))
    for hit in hits:
        lines += _hit(hit, day)
    for row in result["related"]:
        lines.append(f"  related  {row['list']:<9}{row['entry']}: {row['why']}")
    if len(result["related"]) == TOP:
        lines.append(f"  {'':<18}`detente party {shlex.quote(result['name'])}` tells all of them")
    return "\n".join(lines)


def _hit(hit: ScreeningHit, day: str) -> Iterable[str]:
    yield f"  {float(hit['score']):.2f}  {hit['list']:<11}{hit['entry']}"
    if hit["name"] != hit["entry"]:
        yield f"{INDENT}as {hit['name']}"
    yield f"{INDENT}{'; '.join(hit['why'])}"
    yield from _listing(hit, day)
    for other in hit["lists"][1:]:
        yield f"        {other['list']:<11}{other['entry']}"
        yield from _listing(other, day)


def _listing(row: ListedAs | ScreeningHit, day: str) -> Iterable[str]:
    """What one list says of a party on a day."""
    if row["standing"] in STANDING:
        why = row["standing_unknown_because"]
        because = f": {why}" if why and row["standing"] == "unknown" else ""
        yield f"{INDENT}{STANDING[row['standing']]}{because}"
    if row["announced"]:
        yield wrapped(row["announced"]["text"], INDENT, "! ")
    elif row["standing"] not in STANDING and (again := row["suspended_until"]) and again <= day:
        yield f"{INDENT}in force since {again}"
    if row["requirement"]:
        policy = row["policy_text"] or row["policy"] or ""
        yield f"{INDENT}licence: {without_stop(row['requirement'])}; policy: {policy}"
    removed, paused, resumed = row["removed_on"], row["suspended_from"], row["suspended_until"]
    if paused and resumed:
        paused += f" through {day_before(resumed)}"
    dates = [
        f"{what} {day}"
        for what, day in (
            ("perhaps from", row["listed_perhaps_from"]),
            ("since", row["listed_on"]),
            ("changed", row["changed_on"]),
            ("listed through", day_before(removed) if removed else None),
            ("suspended from", paused),
        )
        if day
    ]
    cited = row["citation"] or row["list_citation"]
    described = (row["programme"], cited, *dates, row["note"])
    if where := [each for each in described if each]:
        yield f"{INDENT}{'; '.join(where)}"


def show_coverage(day: str, rows: Iterable[Coverage], beside: Iterable[Coverage] = ()) -> str:
    """Which lists were read for the day and through which, those read alike in one line.

    Args:
        day: the day that was asked about, ISO.
        rows: the lists that the status of a name rests on.
        beside: those that were screened against too and that no status speaks of.
    """
    read: dict[str, list[str]] = {}
    for row in rows:
        read.setdefault(_as_read(row), []).append(row["what"].removeprefix(LISTS))
    lines = [f"Lists, asked for {day} (`detente lists` says what is held of each)"]
    lines += [wrapped(", ".join(names), "  ", f"{how:<28}") for how, names in read.items()]
    held: dict[str, list[str]] = {}
    for row in sorted((row for row in beside if row["through"]), key=lacks_some):
        how = "also, held in part" if lacks_some(row) else "also"
        held.setdefault(how, []).append(f"{row['what']} {row['through']}")
    lines += [wrapped(", ".join(names), "  ", f"{how:<28}") for how, names in held.items()]
    if held:
        told = "no status rests on these: who is not found there is not cleared of them"
        lines.append(wrapped(told, "  ", "  "))
    return "\n".join(lines)


def _as_read(row: Coverage) -> str:
    if row["through"] is None:
        return "not held"
    if row["state"] == "unread":
        return f"from {row['from']} on only"
    part = "in part, " if row["state"] == "partly" else ""
    only = " only" if row["state"] == "beyond" else ""
    return f"{part}through {row['through']}{only}"
