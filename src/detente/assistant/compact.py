"""Answers that are short enough for an assistant to read, and say what they leave out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from detente._shapes import NamedTuple

LARGEST = 6_000
"""Characters of an answer as JSON, unless all of it is asked for."""

LEAST = (3, 1)
"""Rows of a list that are left: first of each, and where that is not short enough."""

LAST = ("layers", "open_questions", "filing", "rules", "results", "hits")
"""Lists that are what was asked for: they are shortened after all others."""


def compact(answer: Mapping[str, Any], largest: int = LARGEST) -> dict[str, Any]:
    """An answer that is short enough to be read: long lists keep their first rows.

    What was left out is counted by the list that it stood in, under ``left_out``; nothing is left
    out without a word.
    """
    import json

    # A deep copy, since lists are cut in place below.
    shortened: dict[str, Any] = json.loads(json.dumps(answer, ensure_ascii=False))
    left: dict[str, int] = {}
    for wanted, least in ((False, LEAST[0]), (False, LEAST[1]), (True, LEAST[0]), (True, LEAST[1])):
        while len(json.dumps(shortened, ensure_ascii=False)) > largest:
            lists = [
                each
                for each in _lists(shortened, "")
                if len(each.rows) > least and (each.path.split(".")[0] in LAST) is wanted
            ]
            if not lists:
                break
            found = max(lists, key=lambda each: each.size)
            # Halved and not cut down at once, so that no list loses more than the size demands.
            size = max(least, len(found.rows) // 2)
            left[found.path] = left.get(found.path, 0) + len(found.rows) - size
            del found.rows[size:]
    if left:
        note = "Ask again with detail=true for all of it, or ask more narrowly."
        shortened["left_out"] = {"rows": left, "note": note}
    return shortened


class _List(NamedTuple):
    """A list in an answer: how long it is as text, where it stands, and its rows."""

    size: int
    path: str
    rows: list[Any]


def _lists(part: Any, path: str) -> Iterator[_List]:
    import json

    if isinstance(part, dict):
        for key, value in part.items():
            yield from _lists(value, f"{path}.{key}".lstrip("."))
    elif isinstance(part, list):
        yield _List(len(json.dumps(part, ensure_ascii=False)), path, part)
        for row in part:
            yield from _lists(row, f"{path}[]")
