"""What changed on the lists between two days: who came, went, was changed or suspended."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.questions.common import JSON, first_day, last_day
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, Parameter

if TYPE_CHECKING:
    from detente.answers.parties import ListDifference, ListedChange
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> ListDifference:
    from detente.parties.screening.list_changes import changes_between, met_by
    from detente.parties.screening.list_rows import check_lists
    from detente.register.country_words import stated_day

    first, last = (ask.text(name) or ask.today() for name in ("from", "to_date"))
    for name, day in (("from", first), ("to_date", last)):
        stated_day(day, name)
    lists = {word.upper() for text in ask.texts("list") for word in text.replace(",", " ").split()}
    check_lists(lists, ask.today())
    found = changes_between(first, last, lists)
    rows: list[ListedChange] = [each.row() for each in found.changes]
    if ask.text("file"):
        met = met_by(dict.fromkeys(_names(ask.text("file"))), found, first, last)
        rows = [{"name": name, **each.row()} for name, each in met]
    return {"from": first, "to": last, "compared": found.compared, "changes": rows,
            "coverage": found.unread}  # fmt: skip


def _names(path: str) -> list[str]:
    """The names of a table with a column `name`."""
    from pathlib import Path

    from detente.core.tables.reading import read_table

    columns, rows = read_table(Path(path))
    if "name" not in columns:
        raise ValueError(f"{path} has no column `name`, but {', '.join(columns[:8])}")
    return [row["name"] for row in rows if row["name"].strip()]


QUESTION = Question(
    "lists diff",
    "Who was added, removed, changed and suspended between two days.",
    (
        Parameter(
            "list",
            "short names of lists, such as EL or UFLPA (default: all)",
            example="EL",
            metavar="LIST",
            many=True,
            spelled=("list",),
        ),
        first_day("the first day", needed=True)._replace(
            example="2026-07-01", unless=("since_ledger",)
        ),
        last_day("default: today")._replace(example="2026-08-01"),
        Parameter("file", "names: show only what concerns them", metavar="CSV", where=PROGRAMS),
        JSON,
    ),
    _answer,
    """  detente lists diff --from-date 2025-09-01 --to-date 2026-07-31
  detente lists diff EL UFLPA --from-date 2026-01-01 --to-date 2026-08-11 --json
  detente lists diff --from-date 2026-07-01 --to-date 2026-08-11 --file customers.csv
  detente lists diff --since-ledger
  detente lists diff --since-ledger 12 --json""",
    tool="Lists that are not under `compared` were not compared. Those under `coverage` were not "
    "read whole for both days: others may have changed.",
    rows="changes",
    typed="parties.ListDifference",
)
