"""What the models need beside the core, and how to get it."""

from __future__ import annotations

INSTALL = 'this needs numpy: pip install "detente[impact]"'


def need_numpy() -> None:
    """Say how to install what the models need.

    Raises:
        ValueError: numpy is missing.
    """
    try:
        import numpy  # noqa: F401
    except ImportError:
        raise ValueError(INSTALL) from None
