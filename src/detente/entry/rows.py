"""The rows of a worksheet: one a heading of each line, then fees, taxes, deposits and totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente._shapes import TYPE_CHECKING
from detente.core.tables.columns import MONEY, TEXT, Column

if TYPE_CHECKING:
    from typing import Any

NAMES = ("line", "kind", "code", "origin", "on", "number", "name", "rate", "value", "amount",
         "status", "why")  # fmt: skip
COLUMNS = tuple(Column(name, MONEY if name in ("value", "amount") else TEXT) for name in NAMES)
"""``kind`` is duty, fee, tax, adcvd or total; ``number`` a heading, a class code or a case."""


def table_rows(answer: Mapping[str, Any]) -> Iterator[list[str | None]]:
    """The rows; amounts that are not known are empty cells."""
    for line in answer["lines"]:
        same = (line["code"], line["origin"], line["on"])
        for each in line["headings"]:
            yield [
                line["id"], "duty", *same, each["heading"], each["measure"], each["rate"],
                each["value"], each["duty"], line["status"], each["why"],
            ]  # fmt: skip
        if not line["headings"]:
            why = line["decided_by"]["words"]
            yield [line["id"], "duty", *same, None, None, None, None, line["duty"],
                   line["status"], why]  # fmt: skip
    for key, fee in answer["fees"].items():
        for row in fee.get("lines", (fee,)):
            yield [
                row.get("line"), "fee", None, None, None, row["class"], row.get("name", key),
                row.get("rate"), None, row["amount"], None, row["why"],
            ]  # fmt: skip
    for row in answer["taxes"]:
        yield [row["line"], "tax", None, None, None, row["class"], row["name"], None, None,
               row["amount"], None, row["why"]]  # fmt: skip
    for row in answer["adcvd"]:
        yield [row["line"], "adcvd", None, row["origin"], None, row["case"], row["product"],
               row["rate"], None, row["deposit"], row["state"], row["why"]]  # fmt: skip
    for key in ("duty", "fees", "taxes", "adcvd", "owed"):
        yield [None, "total", None, None, None, None, key, None, None, answer["totals"][key],
               answer["status"] if key == "owed" else None, None]  # fmt: skip
