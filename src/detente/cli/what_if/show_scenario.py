"""Scenarios and comparisons, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.show_register import days, state_words
from detente.cli.wrapped import wrapped
from detente.core.figures import dollars, percent

if TYPE_CHECKING:
    from detente.answers.comparisons import (
        BasketEffect,
        Comparison,
        InstrumentCompared,
        ScenarioDescribed,
        ScenarioRun,
        Scenarios,
        ScenarioShown,
        TruceCompared,
    )

SHOWN = 40
"""Rows of an effect that are shown before the rest is counted."""

CLOSING = (
    "What is supposed here is neither the law nor a forecast. A planning aid, not legal advice."
)


def show_list(answer: Scenarios) -> str:
    """Names and notes."""
    width = max((len(each["name"]) for each in answer["scenarios"]), default=0) + 2
    rows = []
    for each in answer["scenarios"]:
        text = wrapped(each["note"], " " * width)
        rows.append(each["name"].ljust(width) + text.lstrip())
    return "\n".join(rows) or "The register brings no scenario."


def show_one(answer: ScenarioShown) -> str:
    """What it supposes, its sources, and the days that it changes."""
    parts = [*_head(answer), _changes(answer), CLOSING]
    return "\n\n".join(part for part in parts if part)


def show_run(answer: ScenarioRun) -> str:
    """What it supposes, the goods of the basket that change, and the truce."""
    parts = [*_head(answer), _changes(answer), _basket(answer), _board(answer["truce"]), CLOSING]
    return "\n\n".join(part for part in parts if part)


def _head(answer: ScenarioDescribed) -> list[str]:
    lines = [wrapped(f"{answer['name']}: {answer['note']}", "")]
    if answer["builds_on"]:
        lines.append(f"Builds on {', '.join(answer['builds_on'])}.")
    assumed = "\n".join(f"  - {wrapped(each, '    ').lstrip()}" for each in answer["assumes"])
    sources = wrapped(f"Sources: {'; '.join(answer['sources'])}", "") if answer["sources"] else ""
    return ["\n".join(lines), f"It assumes:\n{assumed}" if assumed else "", sources]


def _changes(answer: ScenarioDescribed) -> str:
    if not answer["changes"]:
        count = len(answer["events"])
        events = "event changes" if count == 1 else f"{count} events change"
        return wrapped(f"Its {events} no day of the law as the register reads it.", "")
    grouped: dict[tuple[str, ...], list[str]] = {}
    for each in answer["changes"]:
        what = f"{each['before'] or 'nothing'} → {each['after'] or 'nothing'}"
        key = (each["measure"], days(each["from"], each["until"]), what)
        grouped.setdefault(key, []).append(each["limb"])
    lines = ["Changed against the law in force:"]
    for (measure, when, what), provisions in grouped.items():
        named = ", ".join(provisions[:3]) + (
            f" and {len(provisions) - 3} more" if len(provisions) > 3 else ""
        )
        lines.append(wrapped(f"{measure}  {what}  {when}  ({named})", "  "))
    return "\n".join(lines)


def _basket(answer: ScenarioRun) -> str:
    effects, count = answer["basket"]["effects"], answer["basket"]["goods"]
    if not answer["days"]:
        return ""
    if not effects:
        return f"No duty into the United States of the goods of the basket ({count}) changes."
    by_day: dict[str, list[BasketEffect]] = {}
    for row in effects:
        by_day.setdefault(row["on"], []).append(row)
    lines = []
    for day, rows in by_day.items():
        lines.append(f"Goods of the basket that differ on {day}, {len(rows)} of {count}:")
        for row in rows[:SHOWN]:
            before, after = percent(row["before"]), percent(row["after"])
            change = f"{before} → {after}" if before != after else f"{after}, filed otherwise"
            code = f"{row['code']} {row['origin']}"
            lines.append(f"  {code:<17}{change:<24} {row['what']}")
        if len(rows) > SHOWN:
            lines.append(f"  and {len(rows) - SHOWN} more, with --json")
    return "\n".join(lines)


def _board(board: TruceCompared | None) -> str:
    if board is None:
        return ""
    on = board["on"]
    moved = [row for row in board["instruments"] if _before(row, on) != _after(row, on)]
    if not moved:
        return f"The instruments of the truce stand on {board['on']} as the law has them."
    lines = [f"The truce on {board['on']}, by the law and in the scenario:"]
    for row in moved:
        lines.append(wrapped(f"{row['by']}  {row['what']}  ({row['measure']}/{row['limb']})", "  "))
        lines.append(wrapped(f"{_before(row, on)}  →  {_after(row, on)}", "      "))
    same = len(board["instruments"]) - len(moved)
    lines.append(f"  {same} other parts stand alike.")
    return "\n".join(lines)


def _before(row: InstrumentCompared, on: str) -> str:
    return _side(row["value_before"], row["state_before"], row["returns_on_before"], on)


def _after(row: InstrumentCompared, on: str) -> str:
    return _side(row["value_after"], row["state_after"], row["returns_on_after"], on)


def _side(value: str | None, state: str, back: str | None, on: str) -> str:
    words = [word for word in (value, state_words(state)) if word]
    return ", ".join(words) + (f" (returns on {back})" if back and back[:10] > on else "")


def show_comparison(answer: Comparison) -> str:
    """A table of both sides and their difference, by day."""
    rows = answer["rows"]
    width = min(max((len(row["what"]) for row in rows), default=4), 46)
    several = len({row["on"] for row in rows}) > 1
    head = "" if several or not rows or rows[0]["on"] is None else f", on {rows[0]['on']}"
    lines = [f"{answer['base']} and {answer['scenario']}{head}", ""]
    if answer["announced"]:
        lines += [wrapped(answer["announced"]["text"], "  ", "! "), ""]
    columns = f"{'':{width}}  {answer['base']:>14}  {answer['scenario']:>16}  {'difference':>14}"
    lines.append(("  " + " " * 10 if several else "") + columns)
    for row in rows:
        cells = [_cell(row[key], row["unit"], key) for key in ("before", "after", "difference")]
        day = f"{row['on'] or '':<12}" if several else ""
        what = row["what"][:width]
        lines.append(f"{day}{what:<{width}}  {cells[0]:>14}  {cells[1]:>16}  {cells[2]:>14}")
    notes = "\n".join(wrapped(note, "") for note in answer["notes"])
    return "\n\n".join(["\n".join(lines), notes, CLOSING])


def _cell(text: str | None, unit: str, key: str) -> str:
    if text is None:
        return "not known"
    plus = "+" if key == "difference" and not text.startswith("-") else ""
    if unit == "dollars":
        return plus + dollars(text)
    if unit == "percent":
        return f"{plus}{text}%"
    if key == "difference":
        return plus + percent(text).replace("%", " points")
    return percent(text)
