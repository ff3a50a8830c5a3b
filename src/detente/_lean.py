"""SQLite, days and JSON without the Python that the standard library puts around them.

What a cold answer needs of the three is compiled. The modules that one usually imports also bring
adapters, classes for a Python without compiled parts and regular expressions, which took a
fifteenth of its time. The objects are the same, so both ways may be used side by side; a Python
that lacks the compiled parts takes the usual modules.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3 as sqlite
    from datetime import date, datetime, timedelta
    from json.encoder import encode_basestring as _quoted
    from typing import Any
else:
    try:
        import _sqlite3 as sqlite
        from _datetime import date, datetime, timedelta
        from _json import encode_basestring as _quoted
    except ImportError:
        import sqlite3 as sqlite
        from datetime import date, datetime, timedelta
        from json.encoder import encode_basestring as _quoted

__all__ = ["date", "datetime", "json_text", "read_json", "sqlite", "timedelta"]


class _Plain:
    """How JSON is read: as dicts, lists, texts and numbers."""

    strict, memo = True, None
    object_hook = object_pairs_hook = array_hook = None
    parse_float, parse_int = float, int

    @staticmethod
    def parse_constant(name: str) -> float:
        """Not a number, or an infinite one, which are no JSON."""
        raise ValueError(f"{name} is not a number in JSON")


def _reader() -> Any:
    """Reads the value at a place of a text: gives it and the place after it."""
    try:
        from _json import make_scanner
    except ImportError:
        from json import JSONDecoder

        return JSONDecoder().raw_decode
    return make_scanner(_Plain)  # type: ignore[arg-type]


_read = _reader()


def read_json(text: str) -> Any:
    """The value of a JSON text without space around it.

    Raises:
        ValueError: the text is no JSON, or something follows it.
    """
    try:
        value, end = _read(text, 0)
    except StopIteration:
        end = None
    if end != len(text):
        raise ValueError("a text of the compiled data is not JSON")
    return value


def json_text(value: object, margin: str = "\n") -> str:
    """A value as JSON for people too: two spaces a level, characters as they are.

    Raises:
        TypeError: something in it is no value of JSON.
        ValueError: a number in it is infinite, or none.
    """
    if isinstance(value, str):
        return _quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        if value - value != 0:
            raise ValueError(f"{value} is not a number in JSON")
        return float.__repr__(value)
    deeper = f"{margin}  "
    if isinstance(value, dict):
        items = [
            f"{_quoted(key if isinstance(key, str) else json_text(key))}: {json_text(item, deeper)}"
            for key, item in value.items()
        ]
        opening, closing = "{}"
    elif isinstance(value, (list, tuple)):
        items = [json_text(item, deeper) for item in value]
        opening, closing = "[]"
    else:
        raise TypeError(f"a {type(value).__name__} is no value of JSON")
    if not items:
        return opening + closing
    return f"{opening}{deeper}{f',{deeper}'.join(items)}{margin}{closing}"
