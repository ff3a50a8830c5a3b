"""``detente assess`` for a table: the same rows come out, each with its verdict."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.options import load_register, today
from detente.cli.output_file import write_chosen
from detente.cli.recording import recording
from detente.core.tables.columns import Column, chosen
from detente.core.tables.reading import read_table
from detente.core.tables.writing import csv_text, kind_of
from detente.transaction.recorded import of_answer

if TYPE_CHECKING:
    import argparse


def assess_table(given: argparse.Namespace) -> int:
    """Assess every row of a table.

    Raises:
        ValueError: the table or an option will not do; nothing is written.
    """
    from detente.goods.schedule import Schedule
    from detente.transaction.shipment_rows import (
        OUTPUT,
        UNRESOLVED,
        assess_rows,
        check_shipment_columns,
    )

    for name, said in (("memo", given.memo), ("json", given.json), ("known-on", given.known_on)):
        if said:
            raise ValueError(f"--{name} is for a single shipment: leave it out for a table")
    columns, rows = read_table(Path(given.file), None)
    check_shipment_columns(columns)
    register = load_register(given.register, given.scenario, given.reading)
    if given.output is not None:
        kind_of(Path(given.output))  # what is wrong with the name is said before anything is done
    told: list[tuple[str, ...]] = []
    count: Counter[str] = Counter()
    answers = assess_rows(register, Schedule(), rows, given.on or today())
    with recording() if given.record else nullcontext() as record:
        for row, (answer, cells) in zip(rows, answers, strict=True):
            told.append((*row.values(), *cells.values()))
            count[cells["status"]] += 1
            if record is not None and answer is not None:
                record(of_answer("assess", answer))
    if given.output is None:
        shown, picked = chosen([Column(name) for name in (*columns, *OUTPUT)], given.columns or "")
        sys.stdout.write(csv_text([each.name for each in shown], map(picked, told)))
    else:
        write_chosen(Path(given.output), (*columns, *OUTPUT), told, given.columns)
    counts = ", ".join(f"{number} {status}" for status, number in sorted(count.items()))
    print(f"{len(rows)} rows: {counts or 'none'}", file=sys.stderr)
    unsettled = count.total() - count["clear"]
    return 3 if given.strict and (unsettled or count[UNRESOLVED]) else 0
