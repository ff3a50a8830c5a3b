"""Cells of a table that a spreadsheet will open."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Beginnings of a cell that a spreadsheet would run; it takes the wide signs for the others."""


def csv_safe(cell: str) -> str:
    """A cell that a spreadsheet shows as text and does not run as a formula."""
    if cell.startswith(FORMULA) and not is_number(cell):
        return f"'{cell}"
    return cell


def as_before_csv_safe(cell: str) -> str:
    """A cell without the sign that ``csv_safe`` put before it."""
    bare = cell[1:]
    return bare if cell.startswith("'") and csv_safe(bare) == cell else cell


def is_number(cell: str) -> bool:
    """Whether a cell is one number, with one sign at the most."""
    plain = cell[1:] if cell[:1] in ("+", "-") else cell
    number, _, power = plain.partition("e" if "e" in plain else "E")
    if power[:1] in ("+", "-"):
        power = power[1:]
    digits = number.replace(".", "", 1)
    whole = not ("e" in plain or "E" in plain) or power.isdigit()
    return cell.isascii() and digits.isdigit() and whole
