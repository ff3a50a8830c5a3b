"""Days of a question: ISO alone is taken, and what was surely meant by another form is said."""

from __future__ import annotations

from detente.core.clock import day_number


def named_day(text: str, name: str) -> int:
    """The number of an ISO day that somebody gave under a name, such as ``--known-on``.

    Raises:
        ValueError: it is none; the message names it and says how a day is written.
    """
    try:
        return day_number(text)
    except ValueError:
        raise ValueError(f"{name} {text!r} is not a day: {how_to_write(text)}") from None


def neither_words(text: str) -> str:
    """The refusal of what is neither a day nor an instant."""
    do = how_to_write(text)
    both = do if "YYYY" not in do else "write 2025-11-12, or 2025-11-10T13:01+08:00"
    return f"{text!r} is neither a day nor an instant: {both}"


def how_to_write(text: str) -> str:
    """What to write in the place of a text that is not an ISO day: "write 2026-11-27"."""
    from unicodedata import normalize

    from detente.core.tables.written import AmbiguousDayError, written_day

    form = "write it as YYYY-MM-DD, such as 2025-11-12"
    try:
        day = written_day(normalize("NFKC", text))
        day_number(day)
    except AmbiguousDayError:
        return f"it may be one of two days: {form}"
    except ValueError:
        return form
    return f"write {day}"
