"""What every entry of the Commerce Control List is decided to be, as a table that git can compare.

`python tools/control_list.py` writes snapshots/control-list.tsv: each entry to some destinations
on the first day after that of the table on which all areas were read; with `--check` it only says
whether the table is what the engine decides today.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from detente.controls import LicenceQuestion, decide, law_of
from detente.controls.control_list import ControlList
from detente.core.clock import last_minute_of
from detente.register.book import Register

FILE = Path(__file__).resolve().parent.parent / "snapshots" / "control-list.tsv"
DAY = "2026-08-01"
DESTINATIONS = ("CN", "HK", "MO", "DE", "IN", "SG")


def rows() -> Iterator[str]:
    """The lines of the table, the header first."""
    register = Register.built_in()
    yield "\t".join(("eccn", *DESTINATIONS))
    for entry in ControlList().entries():
        law = law_of(register, entry.eccn, DAY)
        minutes = {regime.by: last_minute_of(DAY) for regime in law.regimes}
        shown = []
        for to in DESTINATIONS:
            answer = decide(LicenceQuestion("US", to, minutes, item=entry.eccn), law, False)
            shown.append(" ".join(filter(None, (answer.decision, answer.policy))))
        yield "\t".join((entry.eccn, *shown))


def main(words: list[str]) -> int:
    """Write the table, or check it; returns the exit code."""
    text = "\n".join(rows()) + "\n"
    if "--check" in words:
        same = FILE.is_file() and FILE.read_text(encoding="utf-8") == text
        print("as it was" if same else f"{FILE.name} differs: run python tools/control_list.py")
        return 0 if same else 1
    FILE.write_text(text, encoding="utf-8")
    print(f"wrote {FILE.name}: {text.count(chr(10)) - 1} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
