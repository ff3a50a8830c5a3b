"""The basket of goods on every day on which its duty changes, as a table that git can compare.

`python tools/snapshots.py` writes snapshots/us-imports.tsv, so that a change of law is read as a
diff of numbers; with `--check` it only says whether the file is what the register gives today.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from detente.answer.duty_answer import build_case, filing
from detente.answer.effect import question
from detente.answer.figures import percent, rate
from detente.answer.outlook import edges
from detente.duty.scope import narrow
from detente.goods.codes import Code, CodeError
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.clock import MINUTES, day_text, start_of
from detente.register.model import BasketGood

FILE = Path(__file__).resolve().parent.parent / "snapshots" / "us-imports.tsv"
FIRST = "2018-01-01"
HEADER = "code\torigin\tfrom\ttotal\tfile as"


def rows() -> Iterator[str]:
    """The lines of the table, the header first."""
    register, schedule = Register.built_in(), Schedule()
    yield HEADER
    for good in register.basket:
        yield from _history(register, schedule, good)


def _history(register: Register, schedule: Schedule, good: BasketGood) -> Iterator[str]:
    """One good: a line for each day on which its total or its headings become others."""
    scope = narrow(register, Code.parse(good.code).digits, good.origin, "US")
    first = start_of(FIRST) // MINUTES
    days = {first, *(edge // MINUTES for edge in edges(scope))}
    days.update(start_of(edition.start.isoformat()) // MINUTES for edition in schedule.editions)
    before: tuple[str, str] | None = None
    for day in sorted(day for day in days if day >= first):
        now = _answer(register, schedule, good, day_text(day))
        if now != before:
            yield "\t".join((good.code, good.origin, day_text(day), *now))
        before = now


def _answer(register: Register, schedule: Schedule, good: BasketGood, day: str) -> tuple[str, str]:
    try:
        case = build_case(register, schedule, question(good, day))
    except CodeError:
        return "", "no such line"
    figures = case.figures(case.stack)
    return percent(rate(figures.share)), " ".join(filing(case, figures)[:-1])


def main() -> int:
    """Write or check the table; returns the exit code."""
    text = "\n".join(rows()) + "\n"
    if "--check" in sys.argv[1:]:
        if FILE.is_file() and FILE.read_text(encoding="utf-8") == text:
            return 0
        print(f"{FILE.name} is not what the register gives: run `make snapshots`, read the diff")
        return 1
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text, encoding="utf-8")
    print(f"wrote {FILE.name}: {text.count(chr(10)) - 1} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
