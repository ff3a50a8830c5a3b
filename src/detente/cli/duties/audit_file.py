"""What ``detente audit`` writes: declared rows with their findings, and a page to send."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.answers.audit import AuditAnswer
    from detente.questions.request import QuestionRequest


def check(ask: QuestionRequest) -> None:
    """Refuse a file of a kind that is not written.

    Raises:
        ValueError: one is of another kind.
    """
    from detente.core.tables.writing import KINDS, kind_of

    for each in ask.texts("output"):
        kind_of(Path(each), (*KINDS, ".json", ".md"))


def write(ask: QuestionRequest, answer: AuditAnswer) -> None:
    """Write the rows, the answer and the page that were asked for."""
    from detente.audit.rows import check_free
    from detente.audit.summary import summary
    from detente.store.whole import write_whole

    check_free(ask.text("input"), ask.beside["table"].columns)
    name = Path(ask.text("input")).name
    for target in map(Path, ask.texts("output")):
        write_whole(target, _as_suffix(target, ask, answer, name))
    if ask.text("summary"):
        write_whole(ask.text("summary"), summary(answer, name).encode())


def _as_suffix(target: Path, ask: QuestionRequest, answer: AuditAnswer, name: str) -> bytes:
    from detente._lean import json_text
    from detente.audit.rows import DECLARED, table_rows
    from detente.audit.summary import summary
    from detente.core.tables.columns import Column, chosen
    from detente.core.tables.writing import table_file

    if target.suffix.lower() == ".json":
        return (json_text(answer) + "\n").encode()
    if target.suffix.lower() == ".md":
        return summary(answer, name).encode()
    columns, rows = ask.beside["table"].columns, ask.beside["table"].rows
    shown, picked = chosen([*map(Column, columns), *DECLARED], ask.text("columns"))
    return table_file(target, shown, map(picked, table_rows(answer, columns, rows)))
