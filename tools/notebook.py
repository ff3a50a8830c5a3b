"""Run the cells of a notebook in order and keep what they print in it.

A notebook of this project prints text alone, so it needs no Jupyter to be run or checked. With
`--check` nothing is written: the exit code says whether every output is what the cells print today.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from typing import Any

NOTEBOOKS = tuple(
    Path(f"examples/{name}.ipynb") for name in ("article", "broker", "economist", "journalist")
)
ROOT = Path(__file__).resolve().parent.parent


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with the outputs of its code cells as they are now.

    Raises:
        Exception: whatever a cell raises.
    """
    space: dict[str, Any] = {"__name__": "__main__"}
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            cells.append(cell)
            continue
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            exec(compile("".join(cell["source"]), "cell", "exec"), space)
        printed = text.getvalue().splitlines(keepends=True)
        stream = {"name": "stdout", "output_type": "stream", "text": printed}
        cells.append({**cell, "outputs": [stream] if printed else []})
    return {**notebook, "cells": cells}


def main() -> int:
    """Write or check every notebook."""
    stale = []
    for path in NOTEBOOKS:
        text = (ROOT / path).read_text(encoding="utf-8")
        now = json.dumps(run(json.loads(text)), ensure_ascii=False, indent=1) + "\n"
        if now == text:
            continue
        stale.append(path.as_posix())
        if "--check" not in sys.argv[1:]:
            (ROOT / path).write_text(now, encoding="utf-8", newline="\n")
    if stale and "--check" in sys.argv[1:]:
        print(f"other outputs now: {', '.join(stale)}; run python tools/notebook.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
