"""A day as an option of lists takes it."""

from __future__ import annotations

from datetime import date


def checked_day(text: str | None) -> str | None:
    """A day as ISO, or None.

    Raises:
        ValueError: it is not a day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a day: write it as YYYY-MM-DD") from None
