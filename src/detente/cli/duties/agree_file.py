"""What ``detente agree`` writes: a row a cell that differs, with its cause."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.output_file import JSON, check_output, write_table
from detente.core.tables.columns import RATE, Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.answers.tables import RatesAgreement
    from detente.questions.request import QuestionRequest

COLUMNS = (
    Column("code"),
    Column("origin"),
    Column("on"),
    Column("family"),
    Column("theirs", RATE),
    Column("ours", RATE),
    Column("cause"),
    Column("right"),
    Column("status"),
    Column("reason"),
)
"""``right``: whose rate the cause bears out; ``status`` and ``reason``: those of our answer."""


def check(ask: QuestionRequest) -> None:
    """Refuse a file of a kind that is not written.

    Raises:
        ValueError: it is of another kind.
    """
    from detente.core.tables.writing import KINDS

    check_output(ask, (*KINDS, JSON))


def write(ask: QuestionRequest, answer: RatesAgreement) -> None:
    """Write the answer where that was asked for."""
    if ask.text("output"):
        write_table(ask, answer, COLUMNS, _rows(ask, answer))


def _rows(ask: QuestionRequest, answer: RatesAgreement) -> Iterator[list[str | None]]:
    from detente.agreement.answer import cell_of

    right = {cause["id"]: cause["right"] for cause in answer["causes"]}
    for row in ask.beside["cells"].iter_rows(named=True):
        cell = cell_of(row)
        yield [
            cell["code"],
            cell["origin"],
            cell["on"],
            cell["family"],
            cell["theirs"],
            cell["ours"],
            row["cause"],
            right.get(row["cause"]),
            cell["status"],
            cell["reason"],
        ]
