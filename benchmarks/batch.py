"""A million entries: in memory and from file to file, beside hand-written joins; and the panel."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy
import polars

from benchmarks.entries import DAYS, FIRST, draw
from detente.batch.engine.amounts import PLAIN
from detente.batch.engine.charges import OutcomeCharges
from detente.batch.engine.compiled import CompiledCells
from detente.batch.engine.engine import CodedEntries, Engine
from detente.batch.engine.ordinary import AD_VALOREM
from detente.batch.texts import CaseMaker, OutcomeTexts
from detente.core.clock import day_number, last_minute_of
from detente.core.figures import dotted
from detente.duty.case import build_case
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register

HERE = Path(__file__).parent
ENVIRONMENT, PEERS = HERE / ".venv", HERE / "peers"
ROWS, CHUNK, THREADS, RUNS = 5_000_000, 1 << 17, 2, 5
FILE_RUNS = 5
CELLS = 10_000
PANEL = ("2025-01-01", "2026-11-25")

Row = tuple[str, str, str, str]


def rows() -> Iterator[Row]:
    """Rows of what, goal, measured, and the peer beside it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        register = Register.built_in()
        engine = Engine(register, Schedule(), compiled=CompiledCells.of(register))
        strings = draw(engine, ROWS)
        filling, coded, kept = _coded(engine, strings)
        seconds, total = _in_memory(engine, coded)
        _write_tables(engine, coded, strings.filter(kept), folder)
        peers = _peers(folder)
        count = len(coded.entries.code)
        yield (
            f"batch in memory, {count:,} coded entries; stack, rate and cents by family out",
            "15 million/s on two threads, 3x the peers",
            f"{count / seconds / 1e6:.1f} million/s (working the cells out first: {filling:.1f} s)",
            "; ".join(
                f"{peer}: {count / times['memory'][0] / 1e6:.1f} million/s, "
                f"{times['memory'][0] / seconds:.1f}x, {_same(times['memory'][1], total)}"
                for peer, times in peers.items()
            ),
        )
        yield from _files(folder, strings, peers, count)
        yield _panel(folder)


class Coded:
    """Entries as numbers, with the stack and the rates that each has."""

    def __init__(self, entries: CodedEntries, rates: numpy.ndarray) -> None:
        self.entries = entries
        self.rates = rates


def _coded(engine: Engine, strings: polars.DataFrame) -> tuple[float, Coded, polars.Series]:
    """The entries whose duties are all shares of the value, coded; and the seconds to know them.

    Those of column 2 are left out: a join finds one ordinary rate by line and edition.
    """
    from detente.batch.tables import FrameTable
    from detente.batch.words import TableReader

    read = TableReader(engine, {}).read(FrameTable(strings))
    entries = CodedEntries(read.code, read.instant, read.place, None, read.value, {})
    rates = engine.rates(entries.code, entries.instant)
    answered = (rates >= 0).nonzero()[0]
    entries, rates = _some(entries, answered), rates[answered]
    started = time.perf_counter()
    situation = engine.situations(entries)
    filling = time.perf_counter() - started
    figures = engine.figures(situation, rates, entries)
    kind = engine.ordinary.by_form()[1][figures.form]
    column = engine.reckoner.column[situation]
    general = numpy.bincount(column[column >= 0]).argmax()
    plain = (engine.reckoner.need[situation] == PLAIN) & (kind == AD_VALOREM) & ~figures.single
    plain &= (column == general) & ~engine.reckoner.open[situation]
    kept = numpy.zeros(len(strings), bool)
    kept[answered[plain]] = True
    coded = Coded(_some(entries, plain.nonzero()[0]), rates[plain])
    return filling, coded, polars.Series(kept)


def _some(entries: CodedEntries, rows: numpy.ndarray | slice) -> CodedEntries:
    columns = (entries.code[rows], entries.instant[rows], entries.place[rows])
    return CodedEntries(*columns, None, entries.value[rows], {})


def _in_memory(engine: Engine, coded: Coded) -> tuple[float, int]:
    """The least seconds of some runs, chunk by chunk on two threads; and all cents together."""
    size = len(coded.rates)

    def answer(start: int) -> int:
        entries = _some(coded.entries, slice(start, start + CHUNK))
        situation = engine.situations(entries)
        rates = engine.rates(entries.code, entries.instant)
        return int(engine.figures(situation, rates, entries).total.sum())

    times, total = [], 0
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in range(RUNS):
            started = time.perf_counter()
            total = sum(threads.map(answer, range(0, size, CHUNK)))
            times.append(time.perf_counter() - started)
    return min(times), total


def _same(cents: int, ours: int) -> str:
    return "same cents" if cents == ours else f"{cents - ours:+,} cents apart"


def _write_tables(engine: Engine, coded: Coded, strings: polars.DataFrame, folder: Path) -> None:
    """The law of these entries as tables that a join can read."""
    entries = coded.entries
    days = [(FIRST + timedelta(number)).isoformat() for number in range(DAYS)]
    instants = numpy.array([engine.instant(last_minute_of(day)) for day in days])
    day_of = numpy.full(len(engine.minutes), -1)
    day_of[instants] = numpy.arange(DAYS)
    tables = {
        "strings": strings,
        "entries": _table(
            code=entries.code,
            day=day_of[entries.instant],
            origin=_origins(engine, strings),
            value=entries.value,
        ),
        "lines": _table(
            code=numpy.arange(len(engine.codes)),
            digits=engine.codes,
            dotted=list(map(dotted, engine.codes)),
            line=engine.line_of(numpy.arange(len(engine.codes))),
        ),
        "days": _table(
            day=numpy.arange(DAYS),
            on=days,
            regime=engine.regime_of(instants),
            edition=[engine.calendar.edition(FIRST + timedelta(at)) for at in range(DAYS)],
        ),
        "origins": _table(
            origin=range(len(engine.law.place_class)),
            country=list(engine.law.place_class),
            place=list(engine.law.place_class.values()),
        ),
    }
    situation = engine.situations(entries)
    cells = _table(
        line=engine.line_of(entries.code),
        place=entries.place,
        regime=engine.regime_of(entries.instant),
        stack=situation,
    )
    tables["cells"] = cells.unique()
    tables["stacks"] = _stacks(engine, numpy.unique(situation))
    form = engine.ordinary.numbers(engine.reckoner.column[situation], coded.rates)
    edition = tables["days"]["edition"].to_numpy()[day_of[entries.instant]]
    forms = engine.ordinary.forms
    base = _table(code=entries.code, edition=edition, form=form).unique(["code", "edition"])
    tables["base"] = base.with_columns(
        rate=polars.Series([forms[each].rate for each in base["form"]]),
        text=polars.Series([json.dumps(forms[each].text) for each in base["form"]]),
    ).drop("form")
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet")


def _table(**columns: object) -> polars.DataFrame:
    return polars.DataFrame(columns)


def _origins(engine: Engine, strings: polars.DataFrame) -> polars.Series:
    numbers = {country: number for number, country in enumerate(engine.law.place_class)}
    return strings["origin"].replace_strict(numbers, return_dtype=polars.Int64)


def _stacks(engine: Engine, numbers: numpy.ndarray) -> polars.DataFrame:
    """Rates and caps by family, and the texts around the line's own."""
    texts = OutcomeTexts(
        CaseMaker(engine.law.register, "US", engine.cells.resolve), engine.situation, []
    )
    charged = [engine.reckoner.charged[number] for number in numbers.tolist()]
    by_stack = [_by_column(each) if each else {} for each in charged]
    names = sorted({name for rates in by_stack for name in rates})
    found = []
    for number, rates in zip(numbers.tolist(), by_stack, strict=True):
        row: dict[str, object] = {"stack": number, **dict.fromkeys(names, 0), **rates}
        headings, layers = texts.filed(number, False)
        row |= {"headings": headings, "before": layers.before, "after": layers.after}
        found.append(row)
    return polars.DataFrame(found, infer_schema_length=None)


def _by_column(charged: OutcomeCharges) -> dict[str, int]:
    """Rates by form and family, several of one family and form numbered: the peers' columns."""
    found: dict[str, int] = {}
    count: dict[tuple[str, str], int] = {}
    for charge in charged.charges:
        kind = charge.form, charge.family
        number = count[kind] = count.get(kind, -1) + 1
        rate = 1 if charge.form == "column" else charge.rate
        found[f"{charge.form}_{number}_{charge.family}"] = rate * charge.factors[0]
    return found


def _peers(folder: Path) -> dict[str, dict[str, tuple[float, int]]]:
    """Run the joins in the peers' environment, which is made where it is missing."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.is_file():
        venv.create(ENVIRONMENT, with_pip=True)
        wanted = str(PEERS / "entries.txt")
        install = [str(python), "-m", "pip", "install", "--quiet", "--requirement", wanted]
        subprocess.run(install, check=True)
    command = [str(python), str(PEERS / "entries_peers.py"), str(folder)]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, dict[str, tuple[float, int]]] = json.loads(ran.stdout)
    return found


def _files(
    folder: Path,
    strings: polars.DataFrame,
    peers: dict[str, dict[str, tuple[float, int]]],
    plain: int,
) -> Iterator[Row]:
    """The command on a million rows, then on all, so that memory can be compared.

    Beside each run a process of its own copies the file by polars, and does nothing else.
    """
    source, target = folder / "in.parquet", folder / "out.parquet"
    measured = []
    for size in (ROWS // 5, ROWS):
        strings.head(size).write_parquet(source)
        runs, copies = [], []
        for _ in range(FILE_RUNS):
            runs.append(command_run(["batch", str(source), "-o", str(target)]))
            copies.append(_copy(source, target))
        middle = FILE_RUNS // 2
        measured.append((size, *sorted(runs)[middle], sorted(copies)[middle]))
    words = "; ".join(
        f"{size / 1e6:.0f} million rows: {seconds:.2f} s, {size / seconds / 1e6:.2f} million/s, "
        f"{seconds / copy:.1f}x a bare copy of the file, {processor:.1f} s of processor, "
        f"{peak:,.0f} MiB"
        for size, seconds, peak, processor, copy in measured
    )
    beside = "; ".join(
        f"{peer}, {plain:,} rows without questions, parts or faults: "
        f"{plain / times['files'][0] / 1e6:.2f} million/s"
        for peer, times in peers.items()
        if "files" in times
    )
    yield (
        "batch, Parquet to Parquet, strings in, all output columns, one cold process",
        "1.2 million/s at one million rows, 2.1 at five, 5x a bare copy of the file, memory flat",
        words,
        beside,
    )


def _copy(source: Path, target: Path) -> float:
    """Seconds in which a cold process copies a file of Parquet, decoding and encoding it."""
    code = "import sys, polars; polars.scan_parquet(sys.argv[1]).sink_parquet(sys.argv[2])"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(source), str(target)], check=True)
    return time.perf_counter() - started


def command_run(words: list[str]) -> tuple[float, float, float]:
    """Seconds, peak MiB and seconds of processor of a command in a process of its own.

    Of a command that reads in a second process both are counted, the peaks as if they came at once.
    """
    # The peak of this process alone: what getrusage tells begins with that of the parent.
    code = (
        "import os, resource, sys; os.environ['OPENBLAS_NUM_THREADS'] = '1'; "  # as the command has
        "from detente.cli.main import main; code = main(sys.argv[1:]); "
        "told = open('/proc/self/status').read().partition('VmHWM:')[2].split()[0]; "
        "second = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss; "
        "peak = (int(told) + second) // 1024; "
        "print(peak, sum(os.times()[:4]), flush=True); os._exit(code)"
    )
    started = time.perf_counter()
    command = [sys.executable, "-c", code, *words]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    peak, processor = map(float, ran.stdout.split())
    return time.perf_counter() - started, peak, processor


def _panel(folder: Path) -> Row:
    """Every line, every origin, every change; and cells of it against single questions."""
    target = folder / "panel.parquet"
    first, until = PANEL
    words = ["panel", "--origins", "all", "--from", first, "--to", until, "-o", str(target)]
    seconds, peak, processor = command_run(words)
    size = polars.scan_parquet(target).select(polars.len()).collect().item()
    differing = _differing(target, size)
    return (
        f"panel: every line, {len(Register.built_in().countries) - 1} origins, every change from "
        f"{first} until {until}",
        "10 s, 2 GB",
        f"{seconds:.1f} s, {processor:.0f} s of processor, {peak:,.0f} MiB, {size:,} rows; "
        f"of {CELLS:,} sampled cells "
        f"{differing} differ from a single answer",
        "192 GB batch job, 277 million rows (published)",
    )


def _differing(target: Path, size: int) -> int:
    """How many sampled cells differ from the answer to one question."""
    random, register, schedule = Random(3), Register.built_in(), Schedule()
    at = sorted(random.sample(range(size), CELLS))
    numbered = polars.scan_parquet(target).with_row_index()
    chosen = numbered.filter(polars.col("index").is_in(at)).collect(engine="streaming")
    differing = 0
    for row in chosen.iter_rows(named=True):
        start, until = day_number(str(row["from"])), day_number(str(row["until"]))
        day = row["from"] + timedelta(random.randrange(until - start))
        case = build_case(register, schedule, DutyQuestion(row["code"], row["origin"], str(day)))
        try:
            share = case.figures(case.stack).share
        except ValueError:
            share = None
        expected = None if share is None else round(share * 10**6)
        rate = row["ad_valorem"]
        differing += expected != (None if rate is None else int(rate * 10**6))
    return differing
