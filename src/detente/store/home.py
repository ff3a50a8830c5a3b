"""The user's own folder: local records, imported editions, whatever outlives one command."""

from __future__ import annotations

import os


def home() -> str:
    """The folder, which need not exist yet: ``DETENTE_HOME``, or the platform's data folder."""
    named = os.environ.get("DETENTE_HOME")
    if named:
        return os.path.abspath(named)
    data = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local/share")
    return os.path.join(data, "detente")
