"""Cases that stand in YAML, read by PyYAML's parts in C where it has them: a tenth of the time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

TEXTS = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
VALUES = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def texts(path: Path) -> Any:
    """What a file holds, each scalar as the text that is written."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=TEXTS)


def values(path: Path) -> Any:
    """What a file holds, with its numbers, days and truths as such."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=VALUES)
