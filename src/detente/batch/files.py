"""Files of entries in, the same rows with their duties out, a chunk at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice, repeat
from pathlib import Path

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.applicability.entry_facts import EntryFacts
from detente.batch.columns import DECLARED, NO_COMPRESSION, OUTPUT, check_columns
from detente.batch.extra import NEEDS_EXTRA, has_extra
from detente.batch.tables import FrameTable, ListTable
from detente.core.collector import prefetched, soon, without_collector
from detente.core.missing_files import no_file
from detente.core.tables.cells import csv_safe
from detente.core.tables.columns import Column, chosen
from detente.core.tables.reading import WORKBOOKS, no_sheets, open_table
from detente.core.tables.writing import (
    ARROW,
    CSV,
    KINDS,
    LINE_END,
    PARQUET,
    TABS,
    WORKBOOK,
    Workbook,
    csv_text,
    csv_writer,
    kind_of,
)
from detente.core.tables.written import written_day
from detente.store.whole import written_whole

if TYPE_CHECKING:
    from typing import Any, TypeVar

    import polars

    from detente.answers.tables import BatchDone
    from detente.batch.answer import Batch
    from detente.batch.pages.entries import ColumnTable, TableHead
    from detente.batch.supposed import Supposed
    from detente.batch.table import Answers
    from detente.batch.tables import CellTable, EntryTable
    from detente.core.tables.parquet_pages import Packing
    from detente.register.book import Register

    Table = TypeVar("Table", bound=EntryTable)

CHUNK = 3 << 16
"""Rows that are answered at once: with fewer the same texts are written more often, with more
memory grows."""

TEXT_CHUNK = 3 << 15
"""The same where texts are written: writing takes longest there, and so it begins earlier."""

GROUP = 6 << 16
"""The same where the pages of Parquet are written here, and a group of its rows: half of the
dictionaries of headings, and these tables need less memory."""

BY_COLUMN = (PARQUET, ARROW)
"""Files that hold their tables by column."""

MANY = 1 << 22
"""Bytes of a file by column that has some rows, very likely, which are answered by themselves."""

READ = (CSV, TABS, *WORKBOOKS, *BY_COLUMN)
"""What is read, by suffix."""

SMALL = 8_192
"""Bytes of a text of which the lines are counted: see `FEW_ROWS`."""

LISTED = 1 << 20
"""Bytes of a text that is answered as lists before polars is loaded."""

FEW_ROWS = 80
"""Rows that are answered one by one before the libraries for many rows are loaded."""

Progress = Callable[[int], None]
"""Told how many rows are answered so far."""


class BatchJob(NamedTuple):
    """What a batch is asked.

    Attributes:
        source: the file of entries.
        target: the file to write.
        facts: entry facts of every row.
        encoding: of a text; by its mark where None, else UTF-8.
        progress: called now and then.
        dates: whether day or month stands first in the column of days, where somebody said; it is
            written as ISO days then.
        columns: those to write, between commas, of the input's and ours; all where it is empty.
        compression: of a file by column, one of `COMPRESSIONS`; zstd for Parquet and lz4 for Arrow
            where it is empty.
        alone: whether this process is for the batch alone, and may be copied to read the file.
        sheet: of a workbook; the only one that has cells where it is empty.
        note: is told what was read into cells that stand otherwise in the file, a sentence each.
    """

    source: Path
    target: Path
    facts: Mapping[str, str]
    encoding: str | None = None
    progress: Progress = lambda rows: None
    dates: str = ""
    columns: str = ""
    compression: str = ""
    alone: bool = False
    sheet: str = ""
    note: Callable[[Sequence[str]], object] = lambda notes: None


class Done(NamedTuple):
    """What a batch came to.

    Attributes:
        statuses: how many rows had which status.
        late: how many lie after the day through which an area of the law was read, by area.
        announced: how many owe otherwise by what was only announced, under "rows".
        notes: what was read into cells that stand otherwise in the file, a sentence each.
    """

    statuses: Counter[str]
    late: Counter[str]
    announced: Counter[str]
    notes: Sequence[str] = ()

    def described(self, register: Register) -> BatchDone:
        """What is told of it: rows, by status, what was announced, and what lies past the reading.

        Args:
            register: the register asked.
        """
        return {
            "rows": self.statuses.total(),
            "statuses": dict(sorted(self.statuses.items())),
            "announced_rows": self.announced["rows"],
            "beyond": [
                {"area": area, "through": register.areas[area].reviewed_through, "rows": number}
                for area, number in sorted(self.late.items())
            ],
            "notes": list(self.notes),
        }


class Out(NamedTuple):
    """Where answered rows go.

    Attributes:
        written: how a text is written there.
        take: writes rows of cells.
    """

    written: Callable[[str], str]
    take: Callable[[Iterable[Iterable[str]]], object]


def answer_file(register: Register, job: BatchJob) -> Done:
    """Answer every row of a file.

    The output comes into its place whole or not at all.

    Raises:
        ValueError: the file or a fact of every row cannot be read; the message says where and
            what to do.
    """
    kind = kind_of(job.target, (*KINDS, ARROW))
    if job.compression and kind not in BY_COLUMN:
        raise ValueError(f"{job.target}: only {' and '.join(BY_COLUMN)} are compressed here")
    if job.source.suffix.lower() not in READ:
        raise ValueError(f"{job.source}: a table is a {', '.join(READ)} file, by its suffix")
    libraries = {job.source.suffix.lower(), kind} & {*WORKBOOKS, *BY_COLUMN}
    if libraries and not has_extra():
        raise ValueError(f"{job.source}: anything but CSV {NEEDS_EXTRA}")
    if job.sheet and job.source.suffix.lower() not in WORKBOOKS:
        raise no_sheets(job.source)
    EntryFacts(register.facts, job.facts)  # told before anything is written
    notes: list[str] = []
    job = job._replace(note=notes.extend)
    done = Done(Counter(), Counter(), Counter(), notes)
    with written_whole(job.target) as beside, without_collector():
        _ways(job, kind)(register, job, beside, done)
    return done


def _ways(job: BatchJob, kind: str) -> Callable[[Register, BatchJob, Path, Done], None]:
    size = _size_of_text(job)
    small = _has_few_rows(job.source) if size is None else _has_few_lines(job.source, size)
    if (small and kind in (CSV, TABS, WORKBOOK)) or not has_extra():
        return _one_by_one
    if kind in BY_COLUMN:
        return _to_columns
    return _to_rows if kind == WORKBOOK or (size is not None and size <= LISTED) else _to_texts


def _size_of_text(job: BatchJob) -> int | None:
    """The bytes of a file of texts; None of anything else."""
    texts = job.source.suffix.lower() in (CSV, TABS) and job.source.is_file()
    return job.source.stat().st_size if texts else None


def _has_few_lines(source: Path, size: int) -> bool:
    """Whether a text of so many bytes has few lines below the first."""
    return size <= SMALL and source.read_bytes().count(b"\n") <= 1 + FEW_ROWS


def _has_few_rows(source: Path) -> bool:
    """Whether a file is a workbook of few rows; one that cannot be read is told by its reader."""
    from zipfile import BadZipFile

    from detente.core.tables.sheets import extents

    if source.suffix.lower() not in WORKBOOKS or not source.is_file():
        return False
    rows = 0
    try:
        for extent in extents(source):
            rows = max(rows, extent.rows)
            if rows > FEW_ROWS:
                return False
    except (BadZipFile, OSError):
        return False
    return rows > 0


@contextmanager
def _rows_out(beside: Path, job: BatchJob, columns: Sequence[str]) -> Iterator[Out]:
    """What takes rows of cells, those of the input first, and writes them as they come.

    In CSV no cell is left that a spreadsheet would run; a workbook holds texts as texts.
    """
    kind = kind_of(job.target)
    shown, picked = chosen((*map(Column, columns), *DECLARED), job.columns)
    if kind == WORKBOOK:
        with Workbook(beside, shown) as book:
            yield Out(str, lambda rows: book.add_all(picked(tuple(row)) for row in rows))
        return
    with open(beside, "w", encoding="utf-8", newline="") as target:
        writer = csv_writer(target, "\t" if kind == TABS else ",")
        writer.writerow([csv_safe(column.name) for column in shown])
        if job.columns:
            yield Out(csv_safe, lambda rows: writer.writerows(picked(tuple(row)) for row in rows))
        else:
            yield Out(csv_safe, writer.writerows)


def _one_by_one(register: Register, job: BatchJob, beside: Path, done: Done) -> None:
    """Rows to rows without any library: the single path, row by row."""
    from detente.batch.rows import answer_rows, late_areas
    from detente.goods.schedule import Schedule

    schedule = Schedule()
    with (
        open_table(job.source, job.encoding, sheet=job.sheet) as rows,
        _rows_out(beside, job, rows.columns) as out,
    ):
        check_columns(rows.columns)
        job.note(rows.notes)
        for cells in rows.by_column():
            if job.dates:
                cells["on"] = written_day(cells["on"], order=job.dates)
            (answer,) = answer_rows(register, schedule, [cells], job.facts)
            done.statuses[answer["status"]] += 1
            done.late.update(late_areas(register, cells))
            done.announced["rows"] += bool(answer["announced_because"])
            described = (*cells.values(), *(answer[key] for key in OUTPUT))
            out.take([[out.written(cell) for cell in described]])
            job.progress(done.statuses.total())


def _frames_of_rows(job: BatchJob, size: int) -> Iterator[polars.DataFrame]:
    """The rows of a text or a workbook in chunks, as `_frames` gives them."""
    import polars

    from detente.core.tables.plain_text import plain_frames

    with open_table(job.source, job.encoding, sheet=job.sheet) as rows:
        check_columns(rows.columns)
        job.note(rows.notes)
        types = dict.fromkeys(rows.columns, polars.String)
        yield polars.DataFrame(schema=types)
        read, whole = 0, False
        if job.source.suffix.lower() not in WORKBOOKS:
            read, whole = yield from plain_frames(job.source, job.encoding, rows.columns, size)
        if whole:
            return
        cells = islice(rows, read, None)
        while chunk := list(islice(cells, size)):
            yield polars.DataFrame(chunk, schema=types, orient="row")


def _frames(job: BatchJob, size: int = CHUNK) -> Iterator[polars.DataFrame]:
    """The file in chunks; the first may be empty and tells the columns."""
    import polars

    kind = job.source.suffix.lower()
    if kind not in BY_COLUMN:
        yield from _frames_of_rows(job, size)
        return
    if not job.source.is_file():
        raise FileNotFoundError(no_file(job.source))
    name = {PARQUET: "a Parquet", ARROW: "an Arrow"}[kind]
    try:
        scan = (polars.scan_parquet if kind == PARQUET else polars.scan_ipc)(job.source)
        schema = scan.collect_schema()
    except (polars.exceptions.ComputeError, OSError) as error:
        raise ValueError(f"{job.source} is not {name} file: {error}") from error
    check_columns(schema.names())
    try:
        # Begun here, so that the file is read while the law is.
        chunks = scan.collect_batches(chunk_size=size, maintain_order=True)
        yield polars.DataFrame(schema=schema)
        yield from chunks
    except polars.exceptions.ComputeError as error:
        raise ValueError(f"{job.source} is damaged: {error}") from error


def _tables(job: BatchJob) -> tuple[Sequence[str], Iterable[CellTable]]:
    """The columns of a file, and its rows in tables."""
    size = _size_of_text(job)
    if size is not None and size <= LISTED:
        table = _listed(job)
        return table.columns, [table]
    frames = _frames(job)
    columns = next(frames).columns
    return columns, (FrameTable(_dated(frame, job.dates)) for frame in frames)


def _listed(job: BatchJob) -> ListTable:
    """A file of texts as one table of lists."""
    with open_table(job.source, job.encoding, sheet=job.sheet) as rows:
        check_columns(rows.columns)
        job.note(rows.notes)
        cells = list(rows)
    texts = dict(zip(rows.columns, zip(*cells, strict=True) if cells else repeat(()), strict=False))
    if job.dates:
        read = {text: written_day(text, order=job.dates) for text in {*texts["on"]}}
        texts["on"] = tuple(read[text] for text in texts["on"])
    return ListTable(texts, len(cells))


def _answered(
    opened: Callable[[], Batch | Supposed], job: BatchJob, tables: Iterable[Table], done: Done
) -> Iterator[tuple[Table, Answers]]:
    """Each table with its answers."""
    from detente.batch.table import STATUSES

    batch = opened()
    read = ((table, batch.read(table)) for table in tables if len(table))
    # A list is one table, with nothing to be read ahead of it.
    for table, numbers in read if isinstance(tables, list) else prefetched(read):
        answers = batch.answer_read(table, numbers)
        for number, status in enumerate(STATUSES):
            found = int((answers.status == number).sum())
            if found:
                done.statuses[status] += found
        done.late.update(answers.late)
        done.announced["rows"] += int((answers.because != 0).sum())
        job.progress(done.statuses.total())
        yield table, answers


def _opened(
    register: Register, job: BatchJob, finding: bool = False
) -> Callable[[], Batch | Supposed]:
    """What opens the law for a batch; see `Engine.make_ready`."""
    from detente.batch.supposed import batch_of
    from detente.goods.schedule import Schedule

    def opened() -> Batch | Supposed:
        batch = batch_of(register, Schedule(), job.facts)
        batch.make_ready(finding)
        return batch

    return opened


def _dated(frame: polars.DataFrame, order: str) -> polars.DataFrame:
    """Days as ISO, by an order of day and month; each distinct text is read once."""
    import polars

    texts = frame["on"]
    if not order or texts.dtype != polars.String:  # a day of Parquet is one day already
        return frame
    read = {text: written_day(text, order=order) for text in texts.drop_nulls().unique().to_list()}
    return frame.with_columns(texts.replace_strict(read).alias("on"))


def _to_rows(register: Register, job: BatchJob, beside: Path, done: Done) -> None:
    columns, tables = _tables(job)
    with _rows_out(beside, job, columns) as out:
        for table, answers in _answered(_opened(register, job), job, tables, done):
            out.take(_text_rows(table, answers, out.written))


def _text_rows(
    table: CellTable, answers: Answers, written: Callable[[str], str]
) -> Iterator[tuple[str, ...]]:
    """Rows of cells, each distinct text written once."""
    from detente.batch.cells import text_columns

    cells = [map(written, column) for column in table.cells()]
    return zip(*cells, *text_columns(answers, written).values(), strict=True)


def _packing(job: BatchJob) -> Packing | None:
    """How the pages of a Parquet file are packed; None where polars alone can do it."""
    from detente.core.tables.parquet_pages import packing

    if kind_of(job.target, BY_COLUMN) != PARQUET:
        return None
    return packing("uncompressed" if job.compression == NO_COMPRESSION else job.compression)


def _to_pages(
    register: Register, job: BatchJob, beside: Path, done: Done, packing: Packing
) -> None:
    """Chunks are answered while those before them are written."""
    with _made(_entry_tables(job, packing), job) as coming:
        # Loaded here, while the other process loads what it reads with.
        from detente.batch.pages.answers import AnswerPages
        from detente.core.tables.parquet import ParquetWriter

        # The law is opened while the file is, and what many rows will ask of it is made ready.
        many = job.alone and job.source.stat().st_size > MANY
        known: dict[str, list[str]] = {}
        read: Iterator[ColumnTable] = (table.after(known) for table in coming)
        answered = _answered(soon(_opened(register, job, many)), job, read, done)
        head: TableHead = next(coming)
        with open(beside, "wb") as target:
            writer = ParquetWriter(target, head.columns, head.footer, packing)
            pages = AnswerPages(writer, head.columns)
            for table, answers in prefetched(answered, waiting=1):
                pages.add(table.pages, answers)
            writer.close()


def _entry_tables(job: BatchJob, packing: Packing) -> Iterator[Any]:
    """The head of a file and its tables; what reads them is loaded where they are read."""
    from detente.batch.pages.entries import entries_of

    def frames() -> Iterator[polars.DataFrame]:
        return (_dated(frame, job.dates) for frame in _frames(job, GROUP))

    yield from entries_of(frames, job.columns, packing)


def _made(items: Iterator[Any], job: BatchJob) -> AbstractContextManager[Iterator[Any]]:
    """Items made in a process of their own where one is to be had, else in this one."""
    from detente.core.apart import made_apart, may_part

    # Before anything that both need is loaded: each loads it while the other does.
    # What is noted of a workbook is told in the process that reads it.
    apart = job.alone and may_part() and job.source.suffix.lower() not in WORKBOOKS
    return made_apart(items) if apart else nullcontext(items)


def _to_texts(register: Register, job: BatchJob, beside: Path, done: Done) -> None:
    """Frames to CSV, written by polars; the cells are those of `_to_rows`."""
    from detente.batch.frame import TextColumns, answer_columns, as_digits
    from detente.core.tables.column_texts import as_cells, safe_cells

    frames = _frames(job, TEXT_CHUNK)
    own = next(frames).columns
    columns, _ = chosen((*map(Column, own), *DECLARED), job.columns)
    names = [column.name for column in columns]
    delimiter = "\t" if kind_of(job.target) == TABS else ","
    texts = TextColumns(csv_safe)
    tables = (FrameTable(_dated(frame, job.dates)) for frame in frames)
    with open(beside, "wb") as target:
        target.write(csv_text(names, (), delimiter).encode())
        for table, answers in prefetched(_answered(_opened(register, job), job, tables, done)):
            shown = (table.frame[name] for name in own if name in names)
            cells = table.frame.with_columns(safe_cells(as_cells(column)) for column in shown)
            found = cells.hstack(answer_columns(answers, texts)).with_columns(as_digits())
            found.select(_cell(name, alone=len(names) == 1) for name in names).write_csv(
                target, include_header=False, separator=delimiter, line_terminator=LINE_END
            )


def _cell(name: str, *, alone: bool) -> polars.Expr:
    """A column as polars is to write it: an empty cell as nothing, or quotes where it is alone."""
    import polars

    column = polars.col(name)
    if alone:
        return column.cast(polars.String).fill_null("")
    return polars.when(column != "").then(column)


def _to_columns(register: Register, job: BatchJob, beside: Path, done: Done) -> None:
    """Chunks are answered while those before them are written."""
    packing = _packing(job)
    if packing is not None:
        _to_pages(register, job, beside, done, packing)
        return
    import polars
    from polars.io.plugins import register_io_source

    from detente.batch.frame import TextColumns, numbered_schema, shown

    frames = _frames(job)
    first = next(frames)
    faults: list[BaseException] = []
    texts = TextColumns()

    def chunks(*_: object) -> Iterator[polars.DataFrame]:
        try:
            tables = (FrameTable(_dated(frame, job.dates)) for frame in frames)
            for table, answers in prefetched(_answered(_opened(register, job), job, tables, done)):
                yield table.frame.with_columns(texts.numbered(answers))
        except BaseException as error:
            # Polars wraps what a source raises; the error that says what to do is kept here.
            faults.append(error)
            raise

    source = register_io_source(chunks, schema={**first.schema, **numbered_schema()})
    try:
        columns_chosen, _ = chosen((*map(Column, first.columns), *DECLARED), job.columns)
        written = source.select(*first.columns, *shown())
        _sink(written.select(column.name for column in columns_chosen), beside, job)
    except polars.exceptions.ComputeError:
        if faults:
            raise faults[0] from None
        raise


def _sink(table: polars.LazyFrame, beside: Path, job: BatchJob) -> None:
    """Write a table by column, as its chunks come."""
    from detente.core.tables.parquet_pages import LEVEL

    packed: Any = "uncompressed" if job.compression == NO_COMPRESSION else job.compression
    if kind_of(job.target, BY_COLUMN) == ARROW:
        table.sink_ipc(beside, compression=packed or "lz4", maintain_order=True)
        return
    table.sink_parquet(
        beside,
        compression=packed or "zstd",
        compression_level=LEVEL if packed in ("", "zstd") else None,
        maintain_order=True,
        row_group_size=CHUNK,
        # Rows are as they come, so what is least and most in a group of them tells nothing.
        statistics=False,
    )
