"""What was made lately, kept for the next question."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from typing import TypeVar

    Key = TypeVar("Key", bound=Hashable)
    Made = TypeVar("Made")


def cached(store: dict[Key, Made], key: Key, make: Callable[[], Made], limit: int) -> Made:
    """What is kept under a key, made where it is not; beyond the limit all is forgotten."""
    if key not in store:
        # Made before anything is forgotten: where it fails, what was kept stays.
        made = make()
        if len(store) >= limit:
            store.clear()
        store[key] = made
    return store[key]
