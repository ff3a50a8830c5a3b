"""What ``detente entry`` writes: a row a heading of each line, then fees, taxes and deposits."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.output_file import JSON, check_output, write_table

if TYPE_CHECKING:
    from detente.answers.entry import EntryAnswer
    from detente.questions.request import QuestionRequest


def check(ask: QuestionRequest) -> None:
    """Refuse a file of a kind that is not written.

    Raises:
        ValueError: it is of another kind.
    """
    from detente.core.tables.writing import KINDS

    check_output(ask, (*KINDS, JSON))


def write(ask: QuestionRequest, answer: EntryAnswer) -> None:
    """Write the answer where that was asked for."""
    if ask.text("output"):
        from detente.entry.rows import COLUMNS, table_rows

        write_table(ask, answer, COLUMNS, table_rows(answer))
