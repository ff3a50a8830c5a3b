"""What happened, what comes and what changed, for a person to read.

An order may cover a hundred provisions alike; here they stand in one line.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.show_register import (
    days,
    described_state,
    first_lines,
    horizon,
    state_words,
    statement,
    when,
)
from detente.cli.wrapped import wrapped
from detente.core.figures import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeVar

    from detente.answers.events import Act, Change, Difference, Timeline, Upcoming

    Row = TypeVar("Row")
    Key = TypeVar("Key")

NAMED = 3
"""At most this many provisions are named in a line; more are counted."""


def show_timeline(answer: Timeline) -> str:
    """Events in order of announcement, each with what it did to which provisions."""
    if not answer["events"]:
        return "Nothing in the register was announced or took effect on these days."
    parts = []
    for described in _together(answer["events"], _event_of).values():
        first = described[0]
        sources = "; ".join(first["sources"])
        head = [f"{first['announced']}  {first['by']}  {first['measure']}"]
        head.append(wrapped(f"{_subject(described)}{statement(first)}  [{sources}]", " " * 12))
        for same in _together(described, _deed_of).values():
            head.append(_deed(same))
        parts.append("\n".join(line for line in head if line))
    return "\n\n".join(parts)


def _event_of(row: Act) -> tuple[object, ...]:
    return row["announced"], row["measure"], tuple(row["sources"]), row["announced_only"]


def _deed_of(row: Act) -> tuple[object, ...]:
    return (
        row["effective"],
        row["until"],
        row["state"],
        row["announced_state"],
        row["suspends"],
        row["value"] == "free",
    )


def _subject(described: Sequence[Act | Change]) -> str:
    """The event's own title, or the record's: what the titles of its provisions have in common."""
    titles = {row["title"] for row in described}
    shortest = min(titles, key=len)
    return shortest if len(titles) == 1 else shortest.partition(": ")[0]


def _deed(same: Sequence[Act]) -> str:
    """One line: days, what shows on them, for which provisions."""
    first = same[0]
    if first["effective"] is None:
        return ""
    state = first["announced_state"] or first["state"]
    values = list(dict.fromkeys(row["value"] for row in same if row["value"]))
    shown = [_values(values)] if values else []
    if first["state"] == "void":
        shown = ["held never owed"]
    elif state != "in_force":
        shown.append(state_words(state))
    if first["suspends"]:
        shown.append(f"suspends {first['suspends']}")
    if first["announced_only"]:
        shown.append("announced only")
    text = f"{days(first['effective'], first['until'])}: {', '.join(shown)}"
    text = described_state(first, text) if not first["announced_only"] else text
    provisions = _provisions(row["limb"] for row in same)
    return wrapped(f"{text}  ({provisions})" if provisions else text.rstrip(": "), " " * 12)


def show_upcoming(answer: Upcoming) -> str:
    """Days ahead, each with what changes on it."""
    if not answer["events"]:
        return f"{when(answer)}: nothing ahead in the register."
    parts = [f"After {when(answer).removeprefix('On ')}:", first_lines(answer)]
    for described in _together(answer["events"], lambda row: row["effective"]).values():
        rows = [described[0]["effective"] or ""]
        for record in _together(described, lambda row: row["measure"]).values():
            rows.append(described_state(record[0], f"  {record[0]['measure']}  {_subject(record)}"))
            for same in _together(record, _turn_of).values():
                rows.append(_turn(same, all(row["by_other_reading"] for row in same)))
        parts.append("\n".join(rows))
    parts.append(_ahead_otherwise(answer))
    parts.append(horizon(answer))
    return "\n\n".join(part for part in parts if part)


def _ahead_otherwise(answer: Upcoming) -> str:
    """The days ahead that only the reading `announced` has."""
    described = answer["announced"]
    if not described or not described["events"] or answer["reading"] != "law":
        return ""
    rows = ["By what was announced instead:"]
    for record in _together(
        described["events"], lambda row: (row["effective"], row["measure"])
    ).values():
        rows.append(f"  {record[0]['effective']}  {record[0]['measure']}")
        for same in _together(record, _turn_of).values():
            rows.append(_turn(same))
    return "\n".join(rows)


def _turn_of(row: Act) -> tuple[object, ...]:
    before = row["before"]
    return row["state"], before and before["state"], row["value"] == "free"


def _turn(same: Sequence[Act], by_both: bool = True) -> str:
    """One line: what showed before, what shows from the day on, for which provisions."""
    befores = [
        _shown(row["before"]["state"], row["before"]["value"]) for row in same if row["before"]
    ]
    afters = [_shown(row["state"], row["value"]) for row in same]
    before, after = _values(befores), _values(afters)
    text = f"{before} → {after}" if before and before != after else after
    provisions = _provisions(row["limb"] for row in same)
    doubt = ", last day unclear" if any(row["boundary"] for row in same) else ""
    if not by_both:
        doubt += "; not so by what was announced"
    return wrapped(f"{text}{doubt}  ({provisions})" if provisions else f"{text}{doubt}", "    ")


def _shown(state: str, value: str | None) -> str:
    if state == "scheduled":
        return ""
    if value is None or state == "in_force":
        return value or state_words(state)
    return f"{value}, {state_words(state)}"


def show_difference(answer: Difference) -> str:
    """Changes by record, provisions that change alike in one line.

    Then lists of goods, in numbers.
    """
    head = f"From {answer['from']} to {answer['to']}"
    if not answer["changes"] and not answer["lists"]:
        return f"{head}: no provision of the register shows anything else, and no list has changed."
    parts = [f"{head}:", first_lines(answer)]
    for record in _together(answer["changes"], lambda row: row["measure"]).values():
        rows = [f"{record[0]['measure']}  {_subject(record)}"]
        by_difference = _together(record, _difference)
        for same in by_difference.values():
            first = same[0]
            after = described_state(first, first["after"] or "nothing")
            words = f"{first['before'] or 'nothing'} → {after}"
            if first["announced"]:
                words += "; not so by what was announced"
            provisions = _provisions(row["limb"] for row in same)
            rows.append(wrapped(f"{words}  ({provisions})  [{first['source']}]", "  "))
        parts.append("\n".join(rows))
    if answer["lists"]:
        rows = ["Lists of goods:"]
        for goods in answer["lists"]:
            added = counted(len(goods["added"]), "code")
            removed = counted(len(goods["removed"]), "code")
            rows.append(f"  {goods['list']}  {added} more, {removed} less")
        parts.append("\n".join(rows))
    return "\n\n".join(part for part in parts if part)


def _difference(row: Change) -> tuple[object, ...]:
    """What a line of differences says: rows alike in it are told together."""
    return row["before"], row["after"], row["source"], bool(row["announced"])


def _together(rows: Iterable[Row], key: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    """Rows of one key together, in order of the first of each."""
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _values(values: Iterable[str]) -> str:
    found = [value for value in dict.fromkeys(values) if value]
    if len(found) > NAMED:
        return f"{found[0]} and {len(found) - 1} others"
    return "; ".join(found)


def _provisions(names: Iterable[str | None]) -> str:
    named = [name for name in names if name]
    if len(named) > NAMED:
        return f"{len(named)} provisions: {', '.join(named[:NAMED])}, …"
    return ", ".join(named)
