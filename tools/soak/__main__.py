"""Run what takes long, and write what it found: ``python -m tools.soak [PART…] [--share N]``.

``--share`` divides every count: 1 is the whole, 100 a hundredth of it, to see that it works.
``--rooms``, ``--seed`` and ``--seconds`` say which single changes are drawn (the seed also which
requests are), and how long the tests of one may take; a machine that others share needs more. What
some rooms show is only printed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tools.soak.mutants import Sampled

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "benchmarks" / "SOAK.md"

MINUTES, CLIENTS = 10, 6
KILLS, LOSSES, ANSWERS, DAYS = 1_000, 1_000, 400, 12
REQUESTS = 100_000
PAGES = 3
CODE_CHANGES, LAW_CHANGES = 60, 20
SCALE = 12
GRIDS = (
    "tests/batch/test_batch.py",
    "tests/batch/test_panel.py",
    "tests/spark/test_whole_tables.py",
    "tests/spark/test_ownership.py",
    "tests/parties/screening/test_screening_loops.py",
    "tests/parties/screening/test_screening_many.py",
    "tests/parties/names/test_document_names.py",
    "tests/parties/names/test_word_readings.py",
)
"""Long comparisons, of which a test run does a part."""
ENTRIES, FEWER = 100_000_000, 20
"""Rows of the long table, and how many times fewer the short one has."""
GROWTH, GROWTH_OF_TABLES, SEEN = 0.05, 0.1, 0.95
SEED = 20261126

Rows = Iterator[tuple[str, str, bool]]
"""What was tried, what was found, and whether it is as it must be."""

Part = Callable[[Path, float], Rows]
"""Runs in a folder, with every count divided by a share."""


class Lot(NamedTuple):
    """Which single changes are drawn.

    Attributes:
        rooms: of the code, to draw from; of all and of the register where none is named.
        seed: of the draw.
        seconds: that the tests of one change may take before it counts as not decided.
    """

    rooms: Sequence[str] = ()
    seed: int = SEED
    seconds: float = 1800


ALL_ROOMS = Lot()


def _load(folder: Path, share: float) -> Rows:
    from tools.soak.load import soak

    seconds = MINUTES * 60 / share
    found = soak(folder, seconds, CLIENTS, SEED, warm=60 / share)
    described = ", ".join(f"{count} of {status}" for status, count in sorted(found.answers.items()))
    what = f"{CLIENTS} clients ask a mix for {seconds / 60:g} minutes: no fault of the server"
    yield what, described, all(status < 500 or status == 503 for status in found.answers)
    for name, memory, growth in (
        ("the server's own process", found.own, found.growth),
        ("all its processes", found.all, found.growth_of_all),
    ):
        quarters = ", ".join(f"{each / 2**20:.0f}" for each in memory)
        yield (
            f"memory of {name}, the highest of each quarter in MiB: grows by at most {GROWTH:.0%}",
            f"{quarters}: {growth:+.1%}",
            growth <= GROWTH,
        )


def _kills(folder: Path, share: float) -> Rows:
    from tools.soak.kills import kill

    found = kill(folder, max(2, int(KILLS / share)), SEED)
    yield (
        f"{found.kills} kills of a recording server: no confirmed answer lost, the chain holds",
        f"{found.confirmed} confirmed, {found.recorded} recorded, {found.lost} lost, "
        f"{found.faults} faults",
        not found.lost and not found.faults and found.confirmed > found.kills / 2,
    )


def _power(folder: Path, share: float) -> Rows:
    from tools.soak.power.runs import recording_server, updated_lists

    losses = max(10, int(LOSSES / share))
    for name, run, size in (
        ("a recording server", recording_server, ANSWERS),
        ("lists that are imported day by day", updated_lists, DAYS),
    ):
        place = folder / name.split()[1]
        place.mkdir()
        found = run(place, max(3, int(size / share**0.5)), losses, SEED)
        yield (
            f"{losses} power losses of {name}, writes torn and reordered: nothing confirmed lost",
            f"{found.confirmed} confirmed before them, {len(found.lost)} lost"
            + (f": {found.lost[0]}" if found.lost else ""),
            not found.lost,
        )


def _drawn(folder: Path, share: float, seed: int = SEED) -> Rows:
    from tools.soak.drawn import draw_in_processes

    found = draw_in_processes(int(REQUESTS / share), seed, os.cpu_count() or 1)
    statuses = ", ".join(f"{count} of {each}" for each, count in sorted(found.statuses.items()))
    yield (
        f"{found.requests} requests drawn from the OpenAPI document, seed {seed}: no fault of the "
        "server",
        statuses + (f"; {found.faults[0]}" if found.faults else ""),
        not found.faults,
    )
    worst = "; ".join(f"{count} x {what}" for what, count in found.differing.most_common(3))
    yield (
        "answers that the document does not allow (told, not judged)",
        f"{sum(found.differing.values())}: {worst}" if worst else "0",
        True,
    )


def _mutants(folder: Path, share: float, lot: Lot = ALL_ROOMS) -> Rows:
    from tools.soak.mutants import code_mutant, law_mutant, sample

    rooms = f"{', '.join(lot.rooms)} of src" if lot.rooms else "src"
    for folder_name, name, make, count, least in (
        ("src", rooms, partial(code_mutant, rooms_of=lot.rooms), CODE_CHANGES, SEEN),
        ("register", "the register", law_mutant, LAW_CHANGES, 1.0),
    ):
        if lot.rooms and folder_name == "register":
            continue
        number = max(1, int(count / share))
        found = sample(folder / folder_name, make, number, lot.seed, lot.seconds)
        yield (
            f"single changes by lot in {name}, seed {lot.seed}: "
            f"{least:.0%} of the decided ones are seen",
            _sampled(found),
            found.share >= least,
        )


def _pages(folder: Path, share: float) -> Rows:
    from tools.soak.pages import BYTES, HEIGHT, walk

    seen = list(walk(folder, max(1, round(PAGES / share)), SEED))
    plain = [each for each in seen if not each.asks_for_a_table]
    tallest = max(plain, key=lambda each: each.heights[1280])
    largest = max(plain, key=lambda each: each.size)
    wrong = [f"`{each.path}`: {', '.join(each.wrong)}" for each in seen if each.wrong]
    yield (
        f"{len(seen)} pages, at most {PAGES} of a kind, at 1280 and 360, light and dark: under "
        f"{HEIGHT:,} px and {BYTES:,} bytes, no barrier, nothing too wide or on the console",
        f"tallest {tallest.heights[1280]:,} px, largest {largest.size:,} bytes"
        + "".join(f"; {each}" for each in wrong),
        not wrong,
    )


def _grids(folder: Path, share: float) -> Rows:
    scale = max(1, round(SCALE / share))
    asked = [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", *GRIDS]
    environment = {**os.environ, "DETENTE_TEST_SCALE": str(scale)}
    ran = subprocess.run(
        asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    yield (
        f"rows, cells, names and companies of the long comparisons, {scale} times those of a test "
        "run: not a cent and not a hit apart",
        ran.stdout.strip().rpartition("\n")[2] or ran.stderr.strip().rpartition("\n")[2],
        ran.returncode == 0,
    )


def _tables(folder: Path, share: float) -> Rows:
    from tools.soak.tables import runs

    size = max(FEWER, int(ENTRIES / share))
    small, large = runs(folder, (max(FEWER, size // FEWER), size))
    growth = large.memory / small.memory - 1
    yield (
        f"{large.rows:,} entries from Parquet to Parquet: memory grows by at most "
        f"{GROWTH_OF_TABLES:.0%} over that of {small.rows:,}, and every row comes back",
        f"{small.memory:,.0f} MiB in {small.seconds:.1f} s, then {large.memory:,.0f} MiB in "
        f"{large.seconds:.1f} s, {large.rows / large.seconds / 1e6:.2f} million/s: {growth:+.1%}",
        growth <= GROWTH_OF_TABLES and small.written == small.rows and large.written == large.rows,
    )


def _sampled(found: Sampled) -> str:
    decided = len(found.seen) + len(found.unseen)
    unseen = "".join(f"; not seen: `{each}`" for each in found.unseen)
    return f"{len(found.seen)} of {decided}, {len(found.undecided)} not decided{unseen}"


PARTS: dict[str, Part] = {
    "load": _load,
    "kills": _kills,
    "power": _power,
    "drawn": _drawn,
    "mutants": _mutants,
    "pages": _pages,
    "grids": _grids,
    "tables": _tables,
}


def main(words: list[str]) -> int:
    """Run the parts that are named, or all; returns 1 where something is not as it must be."""
    options = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__)
    options.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    options.add_argument("--share", type=float, default=1.0, help="divide every count by this")
    options.add_argument("--rooms", default="", help="of src, for single changes: batch,impact")
    options.add_argument("--seed", type=int, default=SEED, help="of single changes and requests")
    options.add_argument("--seconds", type=float, default=ALL_ROOMS.seconds, help="for one change")
    given = options.parse_args(words)
    lot = Lot([room for room in given.rooms.split(",") if room], given.seed, given.seconds)
    parts: dict[str, Part] = {
        **PARTS, "mutants": partial(_mutants, lot=lot), "drawn": partial(_drawn, seed=given.seed)
    }  # fmt: skip
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        options.error(f"no part {sorted(unknown)[0]!r}: there are {', '.join(PARTS)}")
    found: list[tuple[str, str, str, bool]] = []
    for name in given.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix=f"soak-{name}-") as folder:
            began = time.monotonic()
            for what, described, good in parts[name](Path(folder), given.share):
                print(f"{'ok ' if good else 'BAD'} {what}: {described}", flush=True)
                found.append((name, what, described, good))
            print(f"    {name}: {time.monotonic() - began:.0f} s", flush=True)
    if not lot.rooms:  # some rooms say nothing of all, whose row stays
        _write(found, given.share)
    return 0 if all(good for *_, good in found) else 1


def _write(found: list[tuple[str, str, str, bool]], share: float) -> None:
    """Write the parts that were run into the results; the others stay as they stand there."""
    kept = RESULTS.read_text("utf-8").splitlines() if RESULTS.exists() else []
    parts = {part for part, *_ in found}
    rows = [line for line in kept if line.startswith("| ") and line.split("|")[1].strip() in PARTS]
    rows = [line for line in rows if line.split("|")[1].strip() not in parts]
    day = datetime.now(UTC).date().isoformat()
    scale = "" if share == 1 else f" (1/{share:g})"
    rows += [
        f"| {part} | {what} | {described.replace('|', '/')} | {'yes' if good else 'NO'} "
        f"| {day}{scale} |"
        for part, what, described, good in found
    ]
    order = list(PARTS)
    rows.sort(key=lambda line: order.index(line.split("|")[1].strip()))
    head = (
        "# What a long run found\n\n"
        "Written by `make soak`; a fraction after the day: only that part of the counts was "
        "run.\n\n| part | what must hold | found | holds | day |\n|---|---|---|---|---|\n"
    )
    RESULTS.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
