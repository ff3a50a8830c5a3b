"""How entry facts and quantities are written where a question is asked in words."""

from __future__ import annotations


def pairs(texts: list[str], what: str) -> dict[str, str]:
    """KEY=VALUE arguments as a mapping.

    Raises:
        ValueError: an argument has no "=", or a key stands twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            such = f", such as {name.strip()}=true" if what == "a fact" and name.strip() else ""
            raise ValueError(f"{what} is written KEY=VALUE{such}, not {text!r}")
        key = name.strip()
        if key in found:
            raise ValueError(f"{what} {key!r} is given twice: keep one")
        found[key] = value.strip()
    return found


def quantities(texts: list[str]) -> dict[str, str]:
    """Quantities such as "100kg" or "12 doz." by unit.

    Raises:
        ValueError: no number at the start, no unit, or a unit given twice.
    """
    found: dict[str, str] = {}
    for text in texts:
        digits = len(text) - len(text.lstrip("0123456789.,"))
        number, unit = text[:digits], text[digits:].strip()
        if not number or not unit:
            raise ValueError(f"a quantity is a number and its unit, such as 100kg, not {text!r}")
        if unit in found:
            raise ValueError(f"the quantity in {unit} is given twice: keep one")
        found[unit] = number
    return found
