"""Measure the rows that this machine can run, print the tables, write them into RESULTS.md.

``python -m benchmarks`` measures all sections, ``python -m benchmarks commands server`` these two.
"""

from __future__ import annotations

import csv
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.processes import NOT_MEASURED, beside, python
from detente import __version__
from detente.average.answer import AverageQuestion, answer_average
from detente.core.figures import percent
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.trade.flows import Flows

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("RESULTS.md")
PUBLISHED = ROOT / "docs" / "published-averages.tsv"
QUESTION = ["duty", "8507.60.00.10", "--origin", "CN", "--on", "2025-11-12", "--value", "10000"]
SERIES = ["average", "--origin", "CN", "--from", "2018-01-01", "--to-date", "2026-10-10", "--json"]


def speed() -> Iterator[tuple[str, str, str, str]]:
    """Rows of what, goal, measured, and the peer beside it."""
    command = [str(Path(sys.executable).with_name("detente")), *QUESTION]
    for name, words in (("text", []), ("JSON", ["--json"])):
        pair = beside([*command, *words], python("pass"))
        yield (
            f"cold `detente duty`, {name}",
            "3.5x a bare interpreter, under 40 MB",
            f"{pair.ratio:.2f}x ({pair.ours * 1000:.0f} ms), {pair.peak:.0f} MiB",
            f"bare interpreter, {pair.peer * 1000:.0f} ms",
        )
    pair = beside(python("import detente"), python("pass"))
    yield (
        "`import detente`",
        "1.5x a bare interpreter",
        f"{pair.ratio:.2f}x",
        f"bare interpreter, {pair.peer * 1000:.0f} ms",
    )
    yield ("register: open and read one area", "10 ms", f"{_decode() * 1000:.1f} ms", "")
    seconds, points = _series()
    yield (
        f"average of China, every change since 2018 ({points} points), in a warm process",
        "1 s",
        f"{seconds:.2f} s",
        "",
    )
    pair = beside([command[0], *SERIES], python("pass"))
    yield (
        "the same from the shell, cold",
        "1 s",
        f"{pair.ours:.2f} s",
        f"bare interpreter, {pair.peer * 1000:.0f} ms",
    )


def _decode() -> float:
    times = []
    for _ in range(20):
        started = time.perf_counter()
        Register.built_in().measures("us/tariff")
        times.append(time.perf_counter() - started)
    return median(times)


def _series() -> tuple[float, int]:
    register, schedule, flows = Register.built_in(), Schedule(), Flows()
    asked = AverageQuestion("CN", "2018-01-01", "2026-10-10")
    started = time.perf_counter()
    answer = answer_average(register, schedule, flows, asked)
    return time.perf_counter() - started, len(answer["series"])


def waits() -> Iterator[tuple[str, str, str, str]]:
    """Small files and large questions; the libraries that draw entries are loaded here."""
    from benchmarks.waits import rows

    yield from rows()


def many_entries() -> Iterator[tuple[str, str, str, str]]:
    """Batches and panels; their libraries are loaded here, so as not to count as a command's."""
    from benchmarks.batch import rows

    yield from rows()


def many_names() -> Iterator[tuple[str, str, str, str]]:
    """Screening; its libraries are loaded here, for the same reason."""
    from benchmarks.screening import rows

    yield from rows()


def owners() -> Iterator[tuple[str, str, str, str]]:
    """Ownership; its libraries are loaded here, for the same reason."""
    from benchmarks.ownership import rows

    yield from rows()


def models() -> Iterator[tuple[str, str, str, str]]:
    """Equilibria and imports by line; their libraries are loaded here, for the same reason."""
    from benchmarks.impact import rows

    yield from rows()


def served() -> Iterator[tuple[str, str, str, str]]:
    """The server under load; it runs in processes of its own."""
    from benchmarks.server import rows

    yield from rows()


def averages() -> Iterator[tuple[str, str, str, str]]:
    """Published days: ours with all metal and a quarter of it, the published figure, the gap."""
    register, schedule, flows = Register.built_in(), Schedule(), Flows()
    for row in _published():
        asked = AverageQuestion("CN", row["on"], row["on"], band="25%")
        point = answer_average(register, schedule, flows, asked)["series"][0]
        ends = sorted((point["average"], point["average_low"]), key=float)
        low, high = (100 * float(end) for end in ends)
        gap = max(low - float(row["percent"]), float(row["percent"]) - high, 0.0)
        yield (
            row["on"],
            f"{percent(ends[0])} to {percent(ends[1])}",
            f"{row['percent']}%",
            "within" if gap == 0 else f"{gap:.2f} points outside",
        )


def _published() -> list[dict[str, Any]]:
    """The published figures on import weights of 2024: the Budget Lab's."""
    with open(PUBLISHED, encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return [row for row in rows if row["by"] == "Budget Lab"]


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """Rows as a Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in rows:
        lines.append(f"| {' | '.join(row)} |")
        print("  ".join(row), flush=True)
    return "\n".join(lines)


class Section(NamedTuple):
    """A part of the results: its heading, what is said of it, and its rows."""

    title: str
    about: str
    head: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[str, ...]]]


MEASURED = ("what", "goal", "measured", "beside it")
SECTIONS = {
    "commands": Section(
        "Commands", "Medians; ratios are taken pair by pair in one run.", MEASURED, speed
    ),
    "waits": Section(
        "Waits at the shell",
        "Whole commands, each in a process of its own, with nothing kept from the one before: "
        "medians of five, in turn with a bare interpreter.",
        MEASURED,
        waits,
    ),
    "entries": Section(
        "Many entries",
        "The joins are hand-written SQL and polars expressions in an environment of their own, on "
        "the same coded entries: those without facts whose duties are all shares of the value, in "
        "column 1. Their tables are prepared beforehand, and so is ours, when the package is "
        "built. They ask no open questions, read no parts and no quantities, and tell of no "
        "faulty row. From file to file ours does all of that, from a cold start.",
        MEASURED,
        many_entries,
    ),
    "names": Section(
        "Many names",
        "Every listed name changed in one of ten ways, in turn; the peers give twenty names and no "
        "reason, and their indexes are made before the clock starts.",
        MEASURED,
        many_names,
    ),
    "ownership": Section(
        "Ownership",
        "Graphs drawn by lot, shares in hundredths of a percent; the peers work on the same "
        "numbers and must cover as many companies. A plain recursive query is no peer: it cannot "
        "add up what several owners hold.",
        MEASURED,
        owners,
    ),
    "models": Section(
        "Models",
        "Single solves are the median of fifteen, to a largest relative gap of 1e-10, and the data "
        "of 44 economies is read in place where it lies at hand. Draws count every solve, on one "
        "thread: deficits closed, then both changes, anew for each set of elasticities.",
        MEASURED,
        models,
    ),
    "server": Section(
        "The server",
        "On loopback, over connections that stay open; the client runs on the same cores. "
        "datasette looks one line of the schedule up and shows it: no law, no day, no cents.",
        MEASURED,
        served,
    ),
    "averages": Section(
        "China's average on the days that the Budget Lab published",
        "Import weights of 2024, ordinary duty included; with a quarter and with all of the value "
        "as metal content. The gaps, and the days that the other series dates otherwise, are told "
        "in [why the averages differ](../docs/why-the-averages-differ.md).",
        ("day", "ours", "published", "the published figure lies"),
        averages,
    ),
}


def measured(section: Section) -> str:
    """A section measured now, as Markdown: heading, day and machine, and the table."""
    when = (
        f"Measured on {date.today().isoformat()}: Détente {__version__}, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores."
    )
    rows = table(section.head, section.rows())
    return "\n\n".join((f"## {section.title}", section.about, when, rows))


def main(names: Sequence[str]) -> int:
    """Measure the sections named, or all, in their order; each is written when it is done."""
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        print(f"no section {unknown[0]!r}: {', '.join(SECTIONS)}", file=sys.stderr)
        return 2
    for name in (each for each in SECTIONS if each in names or not names):
        done = measured(SECTIONS[name])
        RESULTS.write_text(with_section(RESULTS.read_text("utf-8"), SECTIONS[name], done), "utf-8")
        what = "left the older rows of" if NOT_MEASURED in done else "wrote"
        print(f"{what} {name} in {RESULTS.name}", flush=True)
    return 0


def with_section(text: str, section: Section, done: str) -> str:
    """The results with a section in the place of the one measured before, in their order.

    What could not be measured here says so only where nothing was measured before.
    """
    head, *parts = text.rstrip("\n").split("\n\n## ")
    kept = {part.partition("\n")[0]: f"## {part}" for part in parts}
    if section.title not in kept or NOT_MEASURED not in done:
        kept[section.title] = done
    found = [kept[each.title] for each in SECTIONS.values() if each.title in kept]
    return "\n\n".join((head, *found)) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
