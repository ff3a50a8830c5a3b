"""The file that a command writes its answer to: refused before anything is asked, written whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.core.tables.columns import Column, chosen
from detente.questions.declare import FILES

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TextIO

    from detente.questions.declare import Question
    from detente.questions.request import QuestionRequest

JSON = ".json"


def check_output(ask: QuestionRequest, kinds: Sequence[str]) -> None:
    """Refuse a file of a kind that is not written.

    Args:
        ask: what was asked.
        kinds: suffixes that are written.

    Raises:
        ValueError: it is of another kind.
    """
    if ask.text("output"):
        from detente.core.tables.writing import kind_of

        kind_of(Path(ask.text("output")), kinds)


def check_table(ask: QuestionRequest) -> None:
    """Refuse a table of a kind that is not written, before anything is asked.

    Raises:
        ValueError: the name of the file ends in nothing that is written.
    """
    if ask.text("output"):
        from detente.core.tables.writing import kind_of

        kind_of(Path(ask.text("output")))


def check_files(ask: QuestionRequest) -> None:
    """Refuse a table or a picture of a kind that is not written, before anything is asked.

    Raises:
        ValueError: the name of a file ends in nothing that is written or drawn.
    """
    from detente.cli.pictures import check

    check_table(ask)
    check(ask)


def check_rows(question: Question, ask: QuestionRequest) -> None:
    """Refuse columns without a file, and a file of rows of a kind that is not written.

    Raises:
        ValueError: it is one of these.
    """
    if not any(ask.values.get(name) for name in FILES):
        raise ValueError("--columns names columns of the table that -o FILE writes: name a file")
    if question.writes_rows:
        from detente.core.tables.writing import KINDS, kind_of

        kind_of(Path(ask.text("output")), (*KINDS, JSON))


def write_rows(
    question: Question,
    ask: QuestionRequest,
    answer: Mapping[str, Any],
    write_json: Callable[[Any, TextIO], None] | None,
    groups: Mapping[str, Any] | None = None,
) -> None:
    """Write the rows of an answer, a key a column; what stands below a cell as JSON.

    Args:
        question: it says which of the answer are the rows.
        ask: what was asked: the file, and which columns of the table.
        answer: all of it, which a file of JSON has.
        write_json: writes an answer to this question as JSON in a way of its own; None for none.
        groups: rows by their status, which is the first column; None where they have none.
    """
    target = Path(ask.text("output"))
    if write_json is not None and target.suffix.lower() == JSON:
        from detente.store.whole import written_whole

        with written_whole(target) as beside, beside.open("w", encoding="utf-8") as file:
            write_json(answer, file)
        return
    of_status = {"": answer[question.rows]} if groups is None else groups
    # Rows that are made as they are read have the same keys.
    told = [rows if isinstance(rows, list) else rows[:1] for rows in of_status.values()]
    columns = list(dict.fromkeys(key for rows in told for row in rows for key in row))
    heading = columns if groups is None else ["status", *columns]

    def cells() -> Iterator[list[object]]:
        for status, rows in of_status.items():
            of_rows = (
                ([row.get(name) for name in columns] for row in rows)
                if isinstance(rows, list)
                else rows.cells(columns)
            )
            for row in of_rows:
                yield [*([] if groups is None else [status]), *map(_cell, row)]

    write_table(ask, dict(answer), [Column(name, "") for name in heading], cells())


def _cell(value: object) -> object:
    if isinstance(value, dict) and {"because", "text"} <= value.keys():
        return value["text"]  # what was only announced, in a sentence
    if isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(each, dict | list) for each in value)
    ):
        import json

        return json.dumps(value, ensure_ascii=False)
    return value


def write_table(
    ask: QuestionRequest,
    answer: Mapping[str, Any],
    columns: Sequence[str | Column],
    rows: Iterable[Sequence[object]],
    file: str = "output",
) -> None:
    """Write rows, or the whole answer where the suffix is that of JSON.

    Args:
        ask: what was asked: the file, and which columns of the table.
        answer: what JSON has.
        columns: of the table; one without a kind holds what its cells are.
        rows: its rows.
        file: the parameter that names the file.

    Raises:
        ValueError: there is no such column.
    """
    target = Path(ask.text(file))
    if target.suffix.lower() == JSON:
        from detente._lean import json_text
        from detente.store.whole import write_whole

        write_whole(target, (json_text(answer) + "\n").encode())
        return
    write_chosen(target, columns, rows, ask.text("columns"))


def write_chosen(
    target: Path,
    columns: Sequence[str | Column],
    rows: Iterable[Sequence[object]],
    wanted: str | None,
) -> None:
    """Write the columns that are wanted, between commas, of a table; all where none are named.

    Raises:
        ValueError: there is no such column, or the name of the file ends in nothing known.
    """
    from detente.core.tables.writing import kind_of, open_target
    from detente.store.whole import written_whole

    kind = kind_of(target)
    declared = [each if isinstance(each, Column) else Column(each, "") for each in columns]
    shown, picked = chosen(declared, wanted or "")
    with written_whole(target) as beside, open_target(beside, kind, shown) as put:
        for row in rows:
            put(picked(row))
