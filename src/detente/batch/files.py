"""Files of entries in, the same rows with their duties out: CSV and Parquet, a chunk at a time."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.batch.csv_table import csv_table
from detente.batch.rows import OUTPUT, answer_rows, check_columns, late_areas
from detente.core.tables.cells import harmless
from detente.core.steady import ahead, without_collector
from detente.duty.entry_facts import EntryFacts
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.store.whole import written_whole

if TYPE_CHECKING:
    import polars

    from detente.batch.table import Answers

CHUNK = 1 << 17
COMPRESSION = 1
"""Of zstd: the default 3 takes a third longer and saves nothing, since texts stand once."""

CSV, PARQUET = ".csv", ".parquet"
NEEDS_EXTRA = 'needs polars and numpy: pip install "detente[batch]"'

Progress = Callable[[int], None]
"""Told how many rows are answered so far."""


class Job(NamedTuple):
    """What a batch is asked.

    Attributes:
        source: the file of entries.
        target: the file to write.
        facts: entry facts of every row.
        encoding: of a CSV file.
        progress: called now and then.
    """

    source: Path
    target: Path
    facts: Mapping[str, str]
    encoding: str = "utf-8-sig"
    progress: Progress = lambda rows: None


class Done(NamedTuple):
    """What a batch came to.

    Attributes:
        statuses: how many rows had which status.
        late: how many lie after the day through which an area of the law was read, by area.
        announced: how many owe otherwise by what was only announced, under "rows".
    """

    statuses: Counter[str]
    late: Counter[str]
    announced: Counter[str]


def answer_file(register: Register, job: Job) -> Done:
    """Answer every row of a file.

    The output comes into its place whole or not at all.

    Raises:
        ValueError: the file or a fact of every row cannot be read; the message says where and
            what to do.
    """
    kinds = [path.suffix.lower() for path in (job.source, job.target)]
    for path, kind in zip((job.source, job.target), kinds, strict=True):
        if kind not in (CSV, PARQUET):
            raise ValueError(f"{path}: a table is a {CSV} or a {PARQUET} file, by its suffix")
        if kind == PARQUET and not has_extra():
            raise ValueError(f"{path}: Parquet {NEEDS_EXTRA}")
    EntryFacts(register.facts, job.facts)  # told before anything is written
    done = Done(Counter(), Counter(), Counter())
    with written_whole(job.target) as beside, without_collector():
        _ways(*kinds)(register, job, beside, done)
    return done


def has_extra() -> bool:
    """Whether the libraries for many entries are installed."""
    from importlib.util import find_spec

    return find_spec("polars") is not None and find_spec("numpy") is not None


def _ways(source: str, target: str) -> Callable[[Register, Job, Path, Done], None]:
    if source == CSV and not has_extra():
        return _one_by_one
    return _to_csv if target == CSV else _to_parquet


def _one_by_one(register: Register, job: Job, beside: Path, done: Done) -> None:
    """CSV to CSV without any library: the single path, row by row."""
    with (
        csv_table(job.source, job.encoding) as (columns, rows),
        open(beside, "w", encoding="utf-8", newline="") as target,
    ):
        writer = csv.writer(target)
        writer.writerow([*map(harmless, columns), *OUTPUT])
        schedule = Schedule()
        for row in rows:
            cells = dict(zip(columns, row, strict=True))
            (answer,) = answer_rows(register, schedule, [cells], job.facts)
            done.statuses[answer["status"]] += 1
            done.late.update(late_areas(register, cells))
            done.announced["rows"] += bool(answer["announced_because"])
            writer.writerow([*map(harmless, row), *(harmless(answer[key]) for key in OUTPUT)])
            job.progress(done.statuses.total())


def _frames(job: Job) -> Iterator[polars.DataFrame]:
    """The file in chunks; the first may be empty and tells the columns."""
    import polars

    if job.source.suffix.lower() == CSV:
        with csv_table(job.source, job.encoding) as (columns, rows):
            types = dict.fromkeys(columns, polars.String)
            yield polars.DataFrame(schema=types)
            while chunk := list(islice(rows, CHUNK)):
                yield polars.DataFrame(chunk, schema=types, orient="row")
        return
    if not job.source.is_file():
        raise FileNotFoundError(f"{job.source} is not there")
    try:
        scan = polars.scan_parquet(job.source)
        columns = scan.collect_schema().names()
    except polars.exceptions.ComputeError as error:
        raise ValueError(f"{job.source} is no Parquet file: {error}") from error
    check_columns(columns)
    yield scan.head(0).collect()
    try:
        yield from scan.collect_batches(chunk_size=CHUNK, maintain_order=True)
    except polars.exceptions.ComputeError as error:
        raise ValueError(f"{job.source} is damaged: {error}") from error


def _answered(
    register: Register, job: Job, frames: Iterator[polars.DataFrame], done: Done
) -> Iterator[tuple[polars.DataFrame, Answers]]:
    """Each chunk with its answers."""
    from detente.batch.answer import Batch
    from detente.batch.table import STATUSES

    batch = Batch(register, Schedule(), job.facts)
    read = ((frame, batch.read(frame)) for frame in frames if len(frame))
    for frame, numbers in ahead(read):
        answers = batch.answer_read(frame, numbers)
        for number, status in enumerate(STATUSES):
            found = int((answers.status == number).sum())
            if found:
                done.statuses[status] += found
        done.late.update(answers.late)
        done.announced["rows"] += int((answers.because != 0).sum())
        job.progress(done.statuses.total())
        yield frame, answers


def _to_csv(register: Register, job: Job, beside: Path, done: Done) -> None:
    frames = _frames(job)
    columns = next(frames).columns
    with open(beside, "w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([*map(harmless, columns), *OUTPUT])
        for frame, answers in _answered(register, job, frames, done):
            writer.writerows(_text_rows(frame, answers))


def _text_rows(frame: polars.DataFrame, answers: Answers) -> Iterator[tuple[str, ...]]:
    """Rows of a CSV file, with no cell that a spreadsheet would run."""
    from detente.batch.cells import text_columns
    from detente.core.tables.column_texts import as_cells

    cells = [map(harmless, as_cells(column)) for column in frame]
    return zip(*cells, *text_columns(answers, harmless).values(), strict=True)


def _to_parquet(register: Register, job: Job, beside: Path, done: Done) -> None:
    """Chunks are answered while those before them are written."""
    import polars
    from polars.io.plugins import register_io_source

    from detente.batch.frame import TextColumns, numbered_schema, shown

    frames = _frames(job)
    first = next(frames)
    faults: list[BaseException] = []
    texts = TextColumns()

    def chunks(*_: object) -> Iterator[polars.DataFrame]:
        try:
            for frame, answers in ahead(_answered(register, job, frames, done)):
                yield frame.with_columns(texts.numbered(answers))
        except BaseException as error:
            faults.append(error)
            raise

    source = register_io_source(chunks, schema={**first.schema, **numbered_schema()})
    try:
        source.select(*first.columns, *shown()).sink_parquet(
            beside,
            compression_level=COMPRESSION,
            maintain_order=True,
            row_group_size=CHUNK,
            # Rows are as they come, so what is least and most in a group of them tells nothing.
            statistics=False,
        )
    except polars.exceptions.ComputeError:
        if faults:
            raise faults[0] from None
        raise
