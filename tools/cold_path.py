"""What a cold answer loads, opens and reads: `python tools/cold_path.py` writes it anew.

Every row of tests/cold_path.tsv is time that each cold answer takes. Rows: `module`, of the package
by its name and of everything else by that of the outermost; `file`, opened beside modules; `table`,
of a database, with the number of times it was asked.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
LISTED = ROOT / "tests" / "cold_path.tsv"
QUESTION = "duty 8507.60.00.10 --origin CN --on 2025-11-12 --value 10000"
FORMS = {"text": QUESTION, "json": f"{QUESTION} --json"}

Loads = Counter[tuple[str, str]]
"""How often what is loaded, opened or read is, by its kind and name."""

WATCH = """
import os, sys
bare = set(sys.modules)
files, statements = [], []
import _sqlite3
connect = _sqlite3.connect
def connected(*given, **named):
    connection = connect(*given, **named)
    connection.set_trace_callback(statements.append)
    return connection
_sqlite3.connect = connected
watching = True
def heard(event, given):
    if watching and event in ("open", "sqlite3.connect") and isinstance(given[0], str):
        files.append(given[0])
sys.addaudithook(heard)
from detente.cli.main import main
code = main(sys.argv[1:])
watching = False
loaded = set(sys.modules) - bare
for kind, names in (("module", loaded), ("file", files), ("statement", statements)):
    for name in names:
        print(kind, name.replace("\\n", " "), sep="\\t", file=sys.stderr)
sys.exit(code)
"""

ASKED = re.compile(r"\b(?:FROM|JOIN) (\w+)")


def cold_path(question: str) -> Loads:
    """What one cold answer loads, opens and reads."""
    with TemporaryDirectory() as home:
        ran = subprocess.run(
            [sys.executable, "-c", WATCH, *question.split()],
            env={**os.environ, "DETENTE_HOME": home, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=True,
        )
    found: Loads = Counter()
    for line in ran.stderr.splitlines():
        kind, _, name = line.partition("\t")
        if kind == "module":
            own = name.partition(".")[0] == "detente"
            found[kind, name if own else name.partition(".")[0]] = 1
        elif kind == "file":
            file = Path(name.partition("?")[0])
            if file.suffix not in (".py", ".pyc"):
                found[kind, file.name] += 1
        elif kind == "statement":
            found.update(("table", table) for table in ASKED.findall(name))
    return found


def read_listed() -> dict[str, Loads]:
    """The rows of the table, by the form of the answer."""
    found: dict[str, Loads] = {form: Counter() for form in FORMS}
    for line in LISTED.read_text("utf-8").splitlines()[1:]:
        kind, name, *counts = line.split("\t")
        for form, count in zip(FORMS, counts, strict=True):
            if int(count):
                found[form][kind, name] = int(count)
    return found


def main() -> None:
    """Write the table."""
    found = {form: cold_path(question) for form, question in FORMS.items()}
    rows = ["\t".join(("kind", "name", *FORMS))]
    for key in sorted(set().union(*found.values())):
        rows.append("\t".join((*key, *(str(each[key]) for each in found.values()))))
    LISTED.write_text("\n".join(rows) + "\n", "utf-8")
    print(f"{LISTED.relative_to(ROOT)} is written anew: {len(rows) - 1} rows")


if __name__ == "__main__":
    main()
