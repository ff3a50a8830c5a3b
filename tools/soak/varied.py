"""Requests made from those that the API's description shows, each with some of its parts changed.

What is drawn from a description alone is nearly always refused at the first word; what begins as a
question that has an answer comes to the rooms behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

ODD = (
    "", " ", "0", "-1", "1e400", "NaN", "inf", "9" * 60, "0.0000000001", "1/3", "१२", "true",
    "null", "2026-02-30", "9999-12-31", "0001-01-01", "2025-11-12T25:00", "CN,CN", "CN:CN:CN",
    "a=b=c", "=", "100%", "-5%", "%s%n", "\x00", "\u202e", "🜲", "../../etc/passwd", "<b>", "*",
    "8507", "9903.88.03", "8507.60.00.1", "[" * 40, "x" * 400, "XX", "HK", "none", "all", "law",
)  # fmt: skip
"""Values that somebody will send one day."""

SHOWN, DRAWN, LEFT_OUT = 0.6, 0.75, 0.85
"""Below which a part is as shown, as drawn, left out; beyond them it is odd."""

AS_SHOWN = 0.4
"""Share of the queries none of whose parts is changed, so that most of these have an answer."""


def known_values(operations: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Every value that a description shows for a name of a parameter, whichever operation it is."""
    found: dict[str, list[str]] = {}
    for operation in operations:
        for each in operation.get("parameters", ()):
            shown = each.get("example")
            values = shown if isinstance(shown, list) else [shown]
            found.setdefault(each["name"], []).extend(_text(value) for value in values)
    return {name: sorted(set(values)) for name, values in found.items()}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def varied_query(
    operation: Mapping[str, Any], known: Mapping[str, list[str]], drawn: Mapping[str, Any],
    random: Random,
) -> dict[str, Any]:  # fmt: skip
    """A query: what is needed as it is shown, some of the rest, and a part or two changed."""
    found: dict[str, Any] = {}
    all_shown = random.random() < AS_SHOWN
    wanted = random.choice((0.1, 0.3, 0.6))
    for each in operation.get("parameters", ()):
        name = each["name"]
        if not each.get("required") and random.random() > wanted:
            continue
        lot = 0.0 if all_shown else random.random()
        if lot < SHOWN:
            found[name] = random.choice(known[name])
        elif lot < DRAWN and name in drawn:
            found[name] = drawn[name]
        elif lot >= LEFT_OUT:
            found[name] = random.choice(ODD)
    return found


def varied_body(shown: Any, random: Random) -> Any:
    """A body as it is shown, with one to three of its parts changed."""
    made = shown
    for _ in range(random.randint(0, 3)):
        made = _changed(made, random)
    return made


def _changed(value: Any, random: Random) -> Any:
    if isinstance(value, dict) and value and random.random() < 0.85:
        name = random.choice(sorted(value))
        lot = random.random()
        if lot < 0.15:
            return {key: each for key, each in value.items() if key != name}
        if lot < 0.25:
            return {**value, random.choice(ODD): value[name]}
        return {**value, name: _changed(value[name], random)}
    if isinstance(value, list) and value and random.random() < 0.85:
        at = random.randrange(len(value))
        if random.random() < 0.2:
            return value * random.randint(0, 3)
        return [*value[:at], _changed(value[at], random), *value[at + 1 :]]
    if isinstance(value, str) and random.random() < 0.3:
        at = random.randint(0, len(value))
        return value[:at] + random.choice(ODD) + value[at:]
    return random.choice((random.choice(ODD), -1, 10**30, 0.1, None, True, [], {}, [[]], value))
