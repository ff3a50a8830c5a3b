"""``detente assess`` for a table: the same rows come out, each with its verdict."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.output_file import write_chosen
from detente.cli.recording import recording
from detente.cli.transaction.assess_memo import is_table
from detente.core.figures import counted
from detente.core.tables.columns import Column, chosen
from detente.core.tables.reading import read_table
from detente.core.tables.writing import csv_text, kind_of
from detente.transaction.recorded import of_answer

if TYPE_CHECKING:
    from detente.questions.request import QuestionRequest


def assess_table(ask: QuestionRequest) -> int | None:
    """Assess every row of a table; None where the question is of a single shipment.

    Raises:
        ValueError: the table or an option will not do; nothing is written.
    """
    if not (ask.text("file") and is_table(ask)):
        return None
    from detente.transaction.shipment_rows import (
        OUTPUT,
        UNRESOLVED,
        assess_rows,
        check_shipment_columns,
    )

    for name in ("memo", "json", "known_on"):
        if ask.values[name]:
            raise ValueError(
                f"{ask.spelled(name)} is for a single shipment: leave it out for a table"
            )
    columns, rows = read_table(Path(ask.text("file")), None)
    check_shipment_columns(columns)
    register, output = ask.register, ask.text("output")
    if output:
        kind_of(Path(output))  # what is wrong with the name is said before anything is done
    described: list[tuple[str, ...]] = []
    count: Counter[str] = Counter()
    answers = assess_rows(register, ask.schedule, rows, ask.on)
    with recording() if ask.values["record"] else nullcontext() as record:
        for row, (answer, cells) in zip(rows, answers, strict=True):
            described.append((*row.values(), *cells.values()))
            count[cells["status"]] += 1
            if record is not None and answer is not None:
                record(of_answer("assess", answer))
    if not output:
        shown, picked = chosen([Column(name) for name in (*columns, *OUTPUT)], ask.text("columns"))
        sys.stdout.write(csv_text([each.name for each in shown], map(picked, described)))
    else:
        write_chosen(Path(output), (*columns, *OUTPUT), described, ask.text("columns"))
    counts = ", ".join(f"{number} {status}" for status, number in sorted(count.items()))
    print(f"{counted(len(rows), 'row')}: {counts or 'none'}", file=sys.stderr)
    unsettled = count.total() - count["clear"]
    return 3 if ask.values["strict"] and (unsettled or count[UNRESOLVED]) else 0
