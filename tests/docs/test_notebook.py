"""The notebook's cells run, and print what stands under them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools.notebook import NOTEBOOKS, ROOT, run


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_cells_print_what_the_notebook_shows(path: Path) -> None:
    kept = json.loads((ROOT / path).read_text(encoding="utf-8"))
    now = run(kept)
    for before, after in zip(kept["cells"], now["cells"], strict=True):
        assert after.get("outputs") == before.get("outputs"), "".join(before["source"])
