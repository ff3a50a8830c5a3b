"""The duty on every row of a table."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.batch.columns import COMPRESSIONS
from detente.questions.common import READING, REGISTER, SCENARIO, dates, encoding, output, sheet
from detente.questions.declare import Question
from detente.questions.parameters import PROGRAMS, SHELL, Parameter

if TYPE_CHECKING:
    from detente.answers.tables import BatchWritten
    from detente.questions.request import QuestionRequest


def _answer(ask: QuestionRequest) -> BatchWritten:
    """Write the file; the answer is what it came to."""
    from pathlib import Path

    from detente.core.tables.reading import check_encoding

    encoding = ask.text("encoding") or None
    if encoding is not None:
        check_encoding(encoding)
    facts = ask.pairs("facts", "a fact")
    from detente.batch.files import BatchJob, answer_file
    from detente.core.collector import keep_freed_memory, take_short_turns, use_small_pages

    alone = ask.beside.get("alone", False)
    keep_freed_memory(for_all_threads=alone)
    if alone:
        take_short_turns()
        use_small_pages()
    source, target = Path(ask.text("input")), Path(ask.text("output"))
    progress = ask.beside.get("progress", lambda rows: None)
    done = answer_file(
        ask.register,
        BatchJob(
            source,
            target,
            facts,
            encoding,
            progress,
            ask.text("dates"),
            ask.text("columns"),
            ask.text("compression"),
            alone,
            ask.text("sheet"),
        ),
    )
    return {"file": str(target), **done.described(ask.register)}


QUESTION = Question(
    "batch",
    "The duty on every row of a table.",
    (
        Parameter(
            "input",
            "table with a header: .csv, .tsv, .xlsx, .ods, .parquet or .arrow",
            needed=True,
            spelled=("input",),
            where=PROGRAMS,
        ),
        output("table to write: .csv, .tsv, .xlsx, .parquet or .arrow")._replace(
            needed=True, metavar=""
        ),
        Parameter("facts", "a fact that holds for every row", metavar="KEY=VALUE", many=True),
        Parameter(
            "compression",
            "of .parquet (default: zstd) and .arrow (default: lz4)",
            choices=COMPRESSIONS,
            where=SHELL,
        ),
        encoding("the input"),
        sheet(),
        dates("not at all: such a row is unresolved"),
        SCENARIO,
        READING,
        REGISTER,
    ),
    _answer,
    """  detente batch entries.csv -o duties.csv
  detente batch entries.xlsx -o duties.xlsx
  detente batch entries.parquet -o duties.parquet --facts auto_part=false
  detente batch entries.parquet -o duties.arrow --compression none
  detente batch customs.csv -o duties.csv --encoding GB18030

input columns: code, origin, on; optional id, destination, value, quantity, unit, quantity2,
unit2, base_rate (column 1 where the register lacks it: China's side), fact.KEY; any others are
kept as they are. Days may be written as people and workbooks write them (2025-11-12, 12-Nov-2025,
25/11/2025, 45973); one that may be two days is refused. A row that cannot be answered comes back
`unresolved` with its reason.
Parquet, Arrow and workbooks, and CSV at full speed, need `pip install "detente[batch,sheets]"`.""",
    tool=None,
    where=PROGRAMS,
    typed="tables.BatchWritten",
    rewrites=True,
)
