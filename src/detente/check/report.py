"""The report on a file that was looked over: a workbook, a table of its rows, a memo."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from detente._lean import json_text
from detente._shapes import TYPE_CHECKING
from detente.check.answer import GOODS_COLUMNS, PARTY_COLUMNS, CheckedFile
from detente.core.figures import counted, long_day, percent
from detente.core.tables.columns import MONEY, RATE, TEXT, Column, chosen
from detente.core.tables.printing import markdown
from detente.core.tables.writing import KINDS, WORKBOOK, Workbook, kind_of, table_file

if TYPE_CHECKING:
    from typing import Any

    from detente.answers.tables import FileChecked, GoodsChecked, NamesChecked, ReasonCounted

JSON, MEMO = ".json", ".md"
REPORTS = (*KINDS, JSON, MEMO)
"""What a report may be, by suffix."""

NUMBERS = {
    "rate": RATE,
    "announced_rate": RATE,
    "rate_then": RATE,
    "rate_there": RATE,
    "duty": MONEY,
    "refundable": MONEY,
    "saves_then": MONEY,
    "saves_there": MONEY,
}
SHEETS = (
    ("Waiting", "cheaper_from"),
    ("Origins", "cheapest_origin"),
    ("Controlled", "controlled"),
    ("Touched", "touched"),
    ("Names", "listed"),
    ("Related", "related"),
)
"""Sheets of a workbook beside its summary and its rows, each with the column that they show."""

SHOWN = 20
"""Rows of a table in the memo; the workbook has all."""


def report(target: Path, found: CheckedFile, columns: str = "") -> bytes:
    """The report in the form that a file's suffix names.

    Args:
        target: the file.
        found: what was found.
        columns: those of the rows to write, between commas; all where it is empty.

    Raises:
        ValueError: the suffix names none, there is no such column, or a form without rows was
            asked for some.
    """
    kind = kind_of(target, REPORTS)
    if columns and kind in (JSON, MEMO):
        raise ValueError(f"{target}: columns are those of a table, which {kind} is not")
    shown, picked = chosen(_columns(found), columns)
    if columns:
        found = found._replace(
            columns=tuple(each.name for each in shown),
            rows=[list(picked(row)) for row in found.rows],
        )
        # The other sheets rest on columns that may not have been chosen.
        if kind == WORKBOOK:
            return table_file(target, shown, found.rows)
    if kind == JSON:
        return (json_text(found.answer) + "\n").encode()
    if kind == MEMO:
        return memo(found).encode()
    if kind == WORKBOOK:
        return workbook(found)
    return table_file(target, shown, found.rows)


def _columns(found: CheckedFile) -> list[Column]:
    """The columns of the rows: those of the file are texts as they stand."""
    ours = {name.removeprefix("detente ") for name in (*GOODS_COLUMNS, *PARTY_COLUMNS)}
    theirs = {each["column"] for each in found.answer["columns"]}
    return [
        Column(name, NUMBERS.get(name.removeprefix("detente "), TEXT))
        if name not in theirs and name.removeprefix("detente ") in ours
        else Column(name, TEXT)
        for name in found.columns
    ]


def workbook(found: CheckedFile) -> bytes:
    """Sheets: what was found in short, all rows, what waits, what is cheaper elsewhere, names."""
    target = io.BytesIO()
    columns = _columns(found)
    with Workbook(target, (Column("what", TEXT), Column("found", "")), "Summary") as book:
        book.add_all(_summary(found.answer))
        book.begin("Rows", columns)
        book.add_all(found.rows)
        for sheet, key in SHEETS:
            rows = _with(found, key)
            if rows:
                book.begin(sheet, columns)
                book.add_all(rows)
    return target.getvalue()


def _with(found: CheckedFile, key: str) -> list[list[Any]]:
    """The rows that have something in one of our columns."""
    names = [name.removeprefix("detente ") for name in found.columns]
    if key not in names:
        return []
    # The last of that name is ours: a column of the file may bear it too.
    at = len(names) - 1 - names[::-1].index(key)
    return [row for row in found.rows if row[at]]


def _summary(answer: FileChecked) -> Iterable[tuple[str, object]]:
    yield "day", answer["on"]
    yield "rows", answer["rows"]
    yield "status", answer["status"]
    parts: tuple[tuple[str, GoodsChecked | NamesChecked | None], ...] = (
        ("goods", answer["goods"]),
        ("parties", answer["parties"]),
    )
    for part, summary in parts:
        if summary is None:
            continue
        for key, value in summary.items():
            if key == "by_status":
                for status, count in summary["by_status"].items():
                    yield f"{part}: {status}", count
            elif key == "reasons":
                for each in summary["reasons"]:
                    yield f"{part}: not settled, {each['count']:,}", each["reason"]
            elif key not in ("hits", "touches", "related_to"):
                yield f"{part}: {key.replace('_', ' ')}", value
    for touching in answer["goods"]["touches"] if answer["goods"] else ():
        yield f"touched by {touching['measure']}", touching["rows"]
    for column in answer["columns"]:
        yield f"column {column['column']}", column["meaning"] or "not read"
    for row in answer["coverage"]:
        yield f"rests on {row['what']}", f"{row['state']}, {row['scope']}"
    for note in answer["notes"]:
        yield "note", note


def memo(found: CheckedFile) -> str:
    """What was found, as a memo in Markdown."""
    answer = found.answer
    goods, parties = answer["goods"], answer["parties"]
    count = counted(answer["rows"], "row")
    parts = [f"# A file of {count}, looked over as of {long_day(answer['on'])}"]
    if goods:
        parts.append(_of_goods(goods))
        for title, key, shown in (
            ("Cheaper by waiting", "cheaper_from",
             ("code", "origin", "rate", "cheaper_from", "cheaper_until", "rate_then",
              "saves_then")),
            ("Cheaper from elsewhere", "cheapest_origin",
             ("code", "origin", "rate", "cheapest_origin", "rate_there", "saves_there")),
        ):  # fmt: skip
            parts.append(_table(found, title, key, shown))
        parts.append(_touches(goods))
    if parties:
        parts.append(_of_parties(parties))
    rests = [(each["what"], each["state"], each["scope"]) for each in answer["coverage"]]
    parts.append(f"## What this rests on\n\n{markdown(('what', 'state', 'scope'), rests)}")
    parts.append("\n".join(f"- {note}" for note in answer["notes"]))
    parts.append("A planning aid, not legal advice.")
    return "\n\n".join(part for part in parts if part) + "\n"


def _of_goods(goods: GoodsChecked) -> str:
    states = ", ".join(f"{count:,} {status}" for status, count in goods["by_status"].items())
    lines = [f"## Goods\n\n{counted(goods['rows'], 'row')}: {states}."]
    if goods["duty"] is not None:
        of_value = f" on {goods['value']} dollars of value" if goods["value"] else ""
        lines.append(f"Duty {goods['duty']} dollars{of_value}.")
    if goods["without_amount"]:
        lines.append(
            f"Rows without an amount, each of which says why: {goods['without_amount']:,}."
        )
    if goods["refundable"] not in (None, "0.00"):
        lines.append(f"{goods['refundable']} dollars of it were never owed and may be refunded.")
    return "\n\n".join(filter(None, (" ".join(lines), _reasons(goods["reasons"], "rows"))))


def _of_parties(parties: NamesChecked) -> str:
    hits = [
        (each["name"] or each["address"], each["country"] or "", each["listed"])
        for each in parties["hits"]
    ]
    related = [
        (each["name"] or each["address"], each["country"] or "", each["related"])
        for each in parties["related_to"]
    ]
    words = f"{parties['names']:,} names were screened; {parties['hit']:,} may be listed."
    beside = f"Related to listed parties, which is no hit: {counted(parties['related'], 'name')}."
    shown = ["## Names", words, _reasons(parties["reasons"], "names")]
    for rows, head in ((hits, "may be"), (related, "related to")):
        if rows is related and rows:
            shown.append(beside)
        if rows:
            shown += [markdown(("name", "country", head), rows[:SHOWN]), _more(rows)]
    return "\n\n".join(filter(None, shown))


def _reasons(reasons: Iterable[ReasonCounted], what: str) -> str:
    """Why rows or names are not settled."""
    rows = [(each["reason"], f"{each['count']:,}") for each in reasons]
    return markdown(("not settled, because", what), rows) if rows else ""


def _touches(goods: GoodsChecked) -> str:
    """Records that may touch the goods, beside what they owe."""
    rows = [
        (each["title"], each["measure"], str(each["rows"]), " ".join(each["asks"]))
        for each in goods["touches"]
    ]
    if not rows:
        return ""
    return f"## Beside the duty\n\n{markdown(('record', 'id', 'rows', 'settled by'), rows)}"


def _table(found: CheckedFile, title: str, key: str, shown: tuple[str, ...]) -> str:
    rows = _with(found, key)
    if not rows:
        return ""
    meant = {each["meaning"]: each["column"] for each in found.answer["columns"]}
    names = list(found.columns)

    def at(name: str) -> int:
        own = meant.get(name)
        if own is not None:
            return names.index(own)
        return names.index(name) if name in names else names.index(f"detente {name}")

    places = [at(name) for name in shown]
    described = [
        [_shown(name, row[place]) for name, place in zip(shown, places, strict=True)]
        for row in rows[:SHOWN]
    ]
    heads = [name.replace("_", " ") for name in shown]
    return "\n\n".join(filter(None, (f"## {title}", markdown(heads, described), _more(rows))))


def _shown(name: str, value: object) -> str:
    if value is None:
        return ""
    return percent(str(value)) if NUMBERS.get(name) == RATE else str(value)


def _more(rows: list[Any]) -> str:
    return f"{len(rows) - SHOWN:,} more stand in the workbook." if len(rows) > SHOWN else ""
