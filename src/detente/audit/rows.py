"""Declared entries as rows with their findings, for every form of table."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.tables.columns import MONEY, TEXT, Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from detente.answers.audit import AuditAnswer, AuditedEntry, DeclaredHeading

ADDED = (
    "status",
    "reasons",
    "filed",
    "owed_rate",
    "owed_amount",
    "difference",
    "entry_declared",
    "entry_owed",
    "entry_difference",
    "entry_refundable",
    "refund_claim",
    "usual_liquidation",
    "protest_until",
    "why",
)
"""Columns after those of the input; ``filed`` is ``declared`` or ``not declared``."""

AMOUNTS = ("owed_amount", "difference", "entry_declared", "entry_owed", "entry_difference",
           "entry_refundable")  # fmt: skip
DECLARED = tuple(Column(name, MONEY if name in AMOUNTS else TEXT) for name in ADDED)


class _EntryLine(NamedTuple):
    """What is said of one row: its figures, where they are its own, and why."""

    why: str
    owed_rate: str | None = None
    owed_amount: str | None = None
    difference: str | None = None


def check_free(name: str, columns: Sequence[str]) -> None:
    """Refuse a table whose columns bear the name of an output column.

    Raises:
        ValueError: one does.
    """
    clash = [each for each in columns if each in ADDED]
    if clash:
        raise ValueError(
            f"{name}: the column {' and '.join(clash)} has the name of an output column: rename it"
        )


def table_rows(
    answer: AuditAnswer, columns: Sequence[str], rows: Sequence[dict[str, str]]
) -> Iterator[list[str]]:
    """Every input row in its order with its findings; after an entry's last row, what it lacks.

    What a total lacks has no amount of its own: the total's row holds that of the whole entry.
    """
    from detente.audit.cells import name_columns

    own = {number: entry for entry in answer["rows"] for number in entry["rows"]}
    names = name_columns(columns)
    heading_column = next((name for name, means in names.items() if means == "heading"), None)
    for number, row in enumerate(rows, start=1):
        entry = own[number]
        line = _line_of(entry, number)
        yield [*(row[column] for column in columns), *_added(entry, line, "declared")]
        if number != entry["rows"][-1]:
            continue
        for each in entry["by_heading"]:
            if each["filed"] is False and (each["why"] or each["difference"] != "0.00"):
                blank = {**dict.fromkeys(columns, ""), **_same_entry(row, names)}
                if heading_column is not None:
                    blank[heading_column] = each["heading"] or ""
                lacking = _of_heading(each)
                if not _by_row(entry):
                    lacking = lacking._replace(owed_amount=None)
                yield [
                    *(blank[column] for column in columns),
                    *_added(entry, lacking, "not declared"),
                ]


def _by_row(entry: AuditedEntry) -> bool:
    """Whether an entry declares heading by heading, and not its total."""
    return any(each["rows"] for each in entry["by_heading"])


def _same_entry(row: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    shown = ("id", "line", "code", "origin", "on")
    return {name: row[name] for name, means in names.items() if means in shown}


def _line_of(entry: AuditedEntry, number: int) -> _EntryLine:
    """What the answer says of one input row: of its heading, or of the total of the entry.

    A heading or a total that stands on several rows has its figures on the first of them, so that
    a column of the table adds up.
    """
    found = next((each for each in entry["by_heading"] if number in each["rows"]), None)
    if found is not None:
        return _of_heading(found) if number == found["rows"][0] else _EntryLine(found["why"])
    if _by_row(entry) or number != entry["rows"][0]:
        return _EntryLine(entry["why"])
    return _EntryLine(entry["why"], entry["owed_rate"], entry["owed"], entry["difference"])


def _of_heading(each: DeclaredHeading) -> _EntryLine:
    return _EntryLine(each["why"], each["owed_rate"], each["owed_amount"], each["difference"])


def _added(entry: AuditedEntry, line: _EntryLine, filed: str) -> list[str]:
    days = {each["id"]: each["on"] for each in entry["deadlines"]}
    cells = (
        entry["status"],
        ";".join(entry["reasons"]),
        filed,
        line.owed_rate,
        line.owed_amount,
        line.difference,
        entry["declared"],
        entry["owed"],
        entry["difference"],
        entry["refundable"],
        entry["refund"] and entry["refund"]["text"],
        days.get("usual-liquidation"),
        days.get("protest"),
        line.why or (entry["why"] if entry["status"] == "unresolved" else ""),
    )
    return ["" if cell is None else str(cell) for cell in cells]
