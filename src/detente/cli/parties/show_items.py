"""Controlled items that were found, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.answers.licence import ControlledItem, Items

NEAR = 6
"""Neighbours that one item shows."""


def show(answer: Items) -> str:
    """Each item with reasons, tests and tariff codes; the first with its neighbours."""
    rows: list[str] = []
    for number, hit in enumerate(answer["hits"]):
        words = f"{hit['item']}: {hit['title']} {hit['title_zh']}".rstrip()
        rows.append(wrapped(words, "", f"{hit['by']} "))
        rows += [wrapped(each, "     ") for each in _more(hit, number == 0)]
    rows += [wrapped(note, "", "! ") for note in answer["notes"]]
    return "\n".join(rows)


def _more(hit: ControlledItem, first: bool) -> Iterator[str]:
    if hit["of"]:
        yield f"in {hit['of']}"
    if hit["measures"]:
        yield f"controlled by {', '.join(hit['measures'])}"
    if hit["reasons"]:
        yield f"reasons for control {', '.join(hit['reasons'])}, as of {hit['held_as_of']}"
    if hit["tests"]:
        yield f"if {'; or '.join(hit['tests'])}"
    if hit["also"]:
        yield f"also {', '.join(hit['also'])}"
    if hit["code"] and hit["covers"]:
        covers = {
            "whole": "all goods",
            "test": "what meets its tests",
            "part": "some goods",
            "stated": "what is said to be it",
        }
        yield f"beside {hit['code']}: {covers[hit['covers']]} of the code ({hit['grade']})"
    elif hit["codes"]:
        yield f"beside tariff codes {', '.join(hit['codes'])}"
    if first:
        near = hit["neighbours"]
        for each in near[:NEAR]:
            yield f"near it {each['item']}: {each['title']}"
        if len(near) > NEAR:
            yield f"and {len(near) - NEAR} more near it"
