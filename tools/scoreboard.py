"""Run the commands of the scoreboard and write what they come to.

    python tools/scoreboard.py [ID…]

Without ids every row is run. `data/model/scoreboard-ours.tsv` is written; read its diff: a change
of law or of data moves our figures, and the cause that stands beside the gap must still be true.
What is measured of a cause is run too, under the row's id and a number.
"""

from __future__ import annotations

import io
import json
import shlex
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from detente.cli.main import main as detente
from detente.impact.accounts.sheets import built_in_rows
from detente.impact.estimates_beside import Ours, compute, measured_rows

TARGET = Path(__file__).resolve().parents[1] / "data/model/scoreboard-ours.tsv"


def run(command: str) -> Any:
    """The JSON answer of a command line.

    Raises:
        ValueError: the command was not answered.
    """
    out = io.StringIO()
    with redirect_stdout(out):
        code = detente([*shlex.split(command), "--json"])
    if code:
        raise ValueError(f"detente {command} ended with {code}")
    return json.loads(out.getvalue())


def main() -> int:
    """Run the rows that are named, or all."""
    named = sys.argv[1:]
    known: dict[str, Ours] = {}
    if TARGET.exists():
        for line in TARGET.read_text(encoding="utf-8").splitlines()[1:]:
            name, low, high = line.split("\t")
            known[name] = Ours(float(low), float(high))
    answers: dict[str, Any] = {}

    def once(command: str) -> Any:
        if command not in answers:
            answers[command] = run(command)
        return answers[command]

    rows = [
        {**row, "key": row["id"]} for row in built_in_rows("scoreboard-asked")
    ] + measured_rows()
    for row in rows:
        if not named or row["id"] in named:
            known[row["key"]] = compute(row, once)
            print(row["key"], known[row["key"]], flush=True)
    ids = [row["key"] for row in rows]
    lines = [
        f"{name}\t{known[name].low:.6g}\t{known[name].high:.6g}" for name in ids if name in known
    ]
    TARGET.write_text("\n".join(["id\tlow\thigh", *lines]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
