"""Whether the libraries for many entries are installed; to ask loads none of them."""

from __future__ import annotations

NEEDS_EXTRA = 'needs polars and numpy: pip install "detente[batch]"'


def has_extra() -> bool:
    """Whether the libraries for many entries are installed."""
    from importlib.util import find_spec

    return find_spec("polars") is not None and find_spec("numpy") is not None
