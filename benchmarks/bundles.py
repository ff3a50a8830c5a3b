"""Ten years of daily bundles of law, simulated: how large, how long, and what stays on the disk.

    python -m benchmarks.bundles [DAYS]

First the mechanics: a small register that gains a document a day, bundled and taken every day.
Then the size: the law of this checkout with the documents and events of ten years more, bundled and
taken once. Both in folders of their own; nothing of the user is touched.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST = date(2026, 10, 15)
A_DAY, A_MONTH = 3, 20
"""Documents of a working day, and events of a month, as the tables of 2025 and 2026 have them."""


def daily(folder: Path, days: int) -> None:
    """Bundle and take a small register every day, with one document more each time."""
    from detente.freshness import updating
    from detente.freshness.bundles import build
    from detente.freshness.updating import take
    from tests.freshness.law import NAMES, compiled, key_of, trusting
    from tests.small_register import READ

    key = key_of(folder / "maintainer")
    trusting(key)
    data, path = compiled(folder / "day", READ), folder / "day.law"
    times, sizes = [], []
    for number in range(days):
        day = (FIRST + timedelta(days=number)).isoformat()
        # Into the compiled register: to compile it anew each day would measure the compiler.
        with closing(sqlite3.connect(data / "register.sqlite")) as kept, kept:
            cells = ("orders", f"9{number:05}", day, "", "Order", "", "", "duties", "none: no", "")
            marks = ", ".join("?" * (len(cells) + 3))
            kept.execute(f"INSERT INTO document VALUES ({marks})", (*cells, "r", day, "primary"))
        build(data, path, day, {"us/tariff": "2026-10-10"}, key, None, NAMES)
        begun = time.perf_counter()
        take(path)
        times.append(time.perf_counter() - begun)
        sizes.append(path.stat().st_size)
    kept_here = [each for each in updating.folder().iterdir() if each.is_dir()]
    early, late = median(times[:100]) * 1000, median(times[-100:]) * 1000
    print(
        f"{days:,} daily bundles of a small register: update {early:.0f} ms in the first hundred "
        f"days, {late:.0f} ms in the last; bundles from "
        f"{sizes[0]:,} to {sizes[-1]:,} bytes; {len(kept_here)} on the disk",
        flush=True,
    )


def median(times: list[float]) -> float:
    """The one in the middle."""
    return sorted(times)[len(times) // 2]


def grown(folder: Path, days: int) -> Path:
    """The register of this checkout with days more of documents and events."""
    register = folder / "register"
    shutil.copytree(ROOT / "register", register)
    day, rows = FIRST, []
    while day < FIRST + timedelta(days=days):
        if day.weekday() < 5:
            rows += [
                f"{day.year}-{day.toordinal() % 10000:04}{number}\t{day}\t\tNotice of a "
                f"modification of an action, number {number}\t{day.year - 1935} FR {day.day * 99}\t"
                f"https://www.federalregister.gov/documents/{day:%Y/%m/%d}/notice\tsection-301\t"
                f"none: it asks, and changes no rate\t\ta maintainer\t{day}\tprimary"
                for number in range(A_DAY)
            ]
        day += timedelta(days=1)
    with (register / "read" / "ustr.tsv").open("a", encoding="utf-8") as file:
        file.write("".join(f"{row}\n" for row in rows))
    records = [
        f"- id: both-simulated-{number}\n  title: A meeting\n  by: US\n  kind: event\n"
        f"  events:\n    - {{announced: {FIRST + timedelta(days=number * 30 // A_MONTH)}, "
        f'source: press, title: "A meeting, number {number}"}}\n'
        f"  verified: {{day: {FIRST}, grade: background}}\n"
        for number in range(1 + A_MONTH * days // 30)
    ]
    (register / "both" / "events-simulated.yaml").write_text("".join(records), encoding="utf-8")
    return register


def whole(folder: Path, years: int) -> None:
    """Bundle and take the law of this checkout, as it is and with ten years more."""
    from detente.freshness.bundles import build, open_bundle
    from detente.freshness.updating import take
    from detente.register.book import Register
    from detente.register.load.compile import build_register
    from detente.store.files import DATA
    from tests.freshness.law import key_of, trusting

    key = key_of(folder / "maintainer-whole")
    trusting(key)
    data = folder / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("*.inputs"))
    after = None
    for number, name in enumerate(("today", "a day later", f"{years} years later, whole")):
        if number == 1:
            build_register(grown(folder / "one", 1), data / "register.sqlite")
        if number == 2:
            after = None
            begun = time.perf_counter()
            build_register(grown(folder / "ten", 365 * years), data / "register.sqlite")
            print(f"compiling ten years more: {time.perf_counter() - begun:.1f} s")
        register = Register.load(data / "register.sqlite")
        areas = {key_: area.reviewed_through for key_, area in register.areas.items()}
        count = len(register.documents())
        register.close()
        path = folder / f"{number}.law"
        day = (FIRST + timedelta(days=number)).isoformat()
        begun = time.perf_counter()
        build(data, path, day, areas, key, after)
        built = time.perf_counter() - begun
        begun = time.perf_counter()
        take(path)
        taken = time.perf_counter() - begun
        size = (data / "register.sqlite").stat().st_size
        print(
            f"{name}: {count:,} documents, register {size:,} bytes, bundle "
            f"{path.stat().st_size:,} bytes; built in {built:.1f} s, taken in {taken:.1f} s"
        )
        opened = open_bundle(path)
        opened.packed.close()
        after = opened.manifest


def main() -> int:
    """Run both and print what was measured."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3650
    with tempfile.TemporaryDirectory() as name:
        os.environ["DETENTE_HOME"] = str(Path(name, "small"))
        from detente.store import files

        package, files.DATA = files.DATA, str(Path(name, "package"))
        from tests.freshness.law import compiled

        compiled(Path(files.DATA))
        daily(Path(name), count)
        files.DATA = package
        os.environ["DETENTE_HOME"] = str(Path(name, "whole"))
        whole(Path(name), 10)
    return 0


if __name__ == "__main__":
    sys.exit(main())
