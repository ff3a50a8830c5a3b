"""A file that was looked over, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.figures import counted, long_day, without_stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.answers.tables import (
        ColumnMeaning,
        FileChecked,
        GoodsChecked,
        NamesChecked,
        ReasonCounted,
    )

LISTED = 12
"""Names with a hit, and related ones, that are printed; the report has all."""
REASONS = 3
"""Reasons why rows or names are not settled that are printed; the report has all."""


def show(answer: FileChecked) -> str:
    """What the columns were taken for, what was found of goods and names, and the caveats."""
    parts = [
        f"{counted(answer['rows'], 'row')} as of {long_day(answer['on'])}: {answer['status']}",
        "\n".join(_columns(answer["columns"])),
        "\n".join(_goods(answer["goods"])) if answer["goods"] else "",
        "\n".join(_parties(answer["parties"])) if answer["parties"] else "",
        "\n".join(wrapped(note, "  ", "! ") for note in answer["notes"]),
    ]
    return "\n\n".join(part for part in parts if part)


def _columns(columns: list[ColumnMeaning]) -> Iterator[str]:
    yield "Columns, as they were read:"
    width = max((len(each["column"]) for each in columns), default=0)
    for each in columns:
        if each["meaning"] is not None:
            yield f"  {each['column']:<{width}}  {each['meaning']}"
    left = [each["column"] for each in columns if each["meaning"] is None]
    if left:
        yield wrapped(f"not read: {', '.join(left)}", "  ", "  ")
        yield "  (--column 'NAME=MEANING' says what one means)"


def _goods(goods: GoodsChecked) -> Iterator[str]:
    states = ", ".join(f"{count:,} {status}" for status, count in goods["by_status"].items())
    yield f"Goods: {counted(goods['rows'], 'row')}, {states}"
    yield from _reasons(goods["reasons"], "row")
    yield f"  value{_money(goods['value'])}"
    yield f"  duty {_money(goods['duty'])}"
    if goods["without_amount"]:
        yield f"  without an amount{_rows(goods['without_amount'], 13)}"
    yield f"  never owed {_money(goods['refundable'], 14)}"
    if goods["cheaper_by_waiting"] and goods["first_day"]:
        yield (
            f"  cheaper by waiting{_rows(goods['cheaper_by_waiting'], 12)}, from "
            f"{long_day(goods['first_day'])} on; less by {goods['saved_by_waiting'] or 'unknown'}"
        )
    else:
        yield "  cheaper by waiting           0 rows, by the law as read"
    yield (
        f"  less from elsewhere{_rows(goods['cheaper_elsewhere'], 11)}, of "
        f"{', '.join(goods['origins'])}; less by {goods['saved_elsewhere'] or 'unknown'}"
    )
    have = "has" if goods["controlled"] == 1 else "have"
    yield f"  controlled items{_rows(goods['controlled'], 14)} {have} a code that some list names"
    yield f"  touched by records{_rows(goods['touched'], 12)}, beside the duty"
    for each in goods["touches"]:
        asks = f" {' '.join(each['asks'])}" if each["asks"] else ""
        words = f"{counted(each['rows'], 'row')}: {each['title']} ({each['measure']}).{asks}"
        yield wrapped(words, "      ", "- ")


def _rows(number: int, width: int) -> str:
    """A number of rows, which ends under the numbers above it."""
    return f"{number:>{width},} {'row' if number == 1 else 'rows'}"


def _money(text: str | None, width: int = 20) -> str:
    return f"{'not known' if text is None else text:>{width}}"


def _parties(parties: NamesChecked) -> Iterator[str]:
    states = ", ".join(f"{count:,} {status}" for status, count in parties["by_status"].items())
    yield f"Names: {parties['names']:,}, {states}"
    yield from _named(
        [f"{each['name'] or each['address']}: {each['listed']}" for each in parties["hits"]]
    )
    yield from _reasons(parties["reasons"], "name")
    if parties["related"]:
        yield f"Related to listed parties, which is no hit: {counted(parties['related'], 'name')}"
        yield from _named(
            [
                f"{each['name'] or each['address']}: {each['related']}"
                for each in parties["related_to"]
            ]
        )


def _reasons(reasons: list[ReasonCounted], what: str) -> Iterator[str]:
    """Why some are not settled: the most frequent reasons, and how many more there are."""
    for each in reasons[:REASONS]:
        number = counted(each["count"], what)
        yield wrapped(f"{number} not settled: {without_stop(each['reason'])}.", "    ", "  ")
    if len(reasons) > REASONS:
        yield f"  … and for other reasons: -o FILE writes that of every {what}"


def _named(lines: list[str]) -> Iterator[str]:
    """The first of some names, and how many more there are."""
    for line in lines[:LISTED]:
        yield wrapped(line, "    ", "  ")
    more = len(lines) - LISTED
    if more > 0:
        yield f"  … {more:,} more: -o FILE writes all of them"
