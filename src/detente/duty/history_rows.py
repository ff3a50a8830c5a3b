"""The steps of a history as rows of a table: rates before and after, acts and their addresses."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING
from detente.core.figures import dotted

if TYPE_CHECKING:
    from detente.answers.history import ChangedCharge, DutyHistory, SegmentLayer

COLUMNS = (
    "origin", "from", "until", "code", "status", "ad_valorem", "ad_valorem_before",
    "owed_ad_valorem", "what", "instruments", "urls", "layers", "open", "confirmed", "edition",
    "confirmed_through",
)  # fmt: skip


def step_rows(answer: DutyHistory) -> Iterator[list[str | None]]:
    """A row for each step, in the order of `COLUMNS`; several acts with "; " between."""
    before: dict[str, str | None] = {}
    for row in answer["segments"]:
        acts = {
            each["citation"]: each["url"] or ""
            for part in row["changed"]
            for each in part["sources"]
        }
        yield [
            row["origin"],
            row["from"],
            row["until"],
            dotted(row["code"]) if row["code"] else None,
            row["status"],
            row["ad_valorem"],
            before.get(row["origin"]),
            row["owed_ad_valorem"],
            "; ".join(change_words(each) for each in row["changed"]) or row["why"],
            "; ".join(acts),
            "; ".join(acts.values()).strip("; "),
            "; ".join(_layer_words(each) for each in row["layers"]),
            str(row["open"]),
            "true" if row["confirmed"] else "false",
            row["edition"],
            row["confirmed_through"],
        ]
        before[row["origin"]] = row["ad_valorem"]


def change_words(changed: ChangedCharge) -> str:
    """One change in words."""
    before, after = changed["before"], changed["after"]
    if not before:
        return f"{changed['title']} begins: {after}"
    if not after:
        return f"{changed['title']} ends (was {before})"
    if before == after:
        return f"{changed['title']} stays {after}, under another heading"
    return f"{changed['title']}: {before} to {after}"


def _layer_words(layer: SegmentLayer) -> str:
    refundable = ", refundable" if layer["refundable"] else ""
    heading = f"{layer['heading']} " if layer["heading"] else ""
    return f"{heading}{layer['measure']} {layer['rate']}{refundable}"
