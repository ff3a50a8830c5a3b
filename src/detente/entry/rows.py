"""The rows of a worksheet: one a heading of each line, then fees, taxes, deposits and totals."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING
from detente.core.tables.columns import MONEY, TEXT, Column
from detente.entry.named import named_fees

if TYPE_CHECKING:
    from detente.answers.entry import EntryAnswer

NAMES = ("line", "kind", "code", "origin", "on", "number", "name", "rate", "value", "amount",
         "status", "why")  # fmt: skip
COLUMNS = tuple(Column(name, MONEY if name in ("value", "amount") else TEXT) for name in NAMES)
"""``kind`` is duty, fee, tax, adcvd or total; ``number`` a heading, a class code or a case."""


def table_rows(answer: EntryAnswer) -> Iterator[list[str | None]]:
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
    for fee in (answer["fees"]["mpf"], answer["fees"]["hmf"]):
        yield [None, "fee", None, None, None, fee["class"], fee["name"], fee["rate"], None,
               fee["amount"], None, fee["why"]]  # fmt: skip
    for part in named_fees(answer["fees"]):
        for row in part["lines"]:
            yield [row["line"], "fee", None, None, None, row["class"], row["name"], None, None,
                   row["amount"], None, row["why"]]  # fmt: skip
    for row in answer["taxes"]:
        yield [row["line"], "tax", None, None, None, row["class"], row["name"], None, None,
               row["amount"], None, row["why"]]  # fmt: skip
    for order in answer["adcvd"]:
        yield [order["line"], "adcvd", None, order["origin"], None, order["case"],
               order["product"], order["rate"], None, order["deposit"], order["state"],
               order["why"]]  # fmt: skip
    totals = answer["totals"]
    for key, amount in (("duty", totals["duty"]), ("fees", totals["fees"]),
                        ("taxes", totals["taxes"]), ("adcvd", totals["adcvd"]),
                        ("owed", totals["owed"])):  # fmt: skip
        yield [None, "total", None, None, None, None, key, None, None, amount,
               answer["status"] if key == "owed" else None, None]  # fmt: skip
