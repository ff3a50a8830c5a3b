"""Rows given in words, for questions that otherwise read a table from a file."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.core.tables.reading import Noted


def rows_of(texts: Iterable[str]) -> Noted:
    """A table from rows that are each written ``KEY=VALUE,KEY=VALUE``."""
    from detente.core.tables.reading import Noted

    rows = []
    for text in texts:
        pairs = [each.partition("=") for each in text.split(",") if each.strip()]
        rows.append({name.strip(): cell.strip() for name, _, cell in pairs})
    columns = list(dict.fromkeys(name for row in rows for name in row))
    return Noted(
        columns, [{name: row.get(name, "") for name in columns} for row in rows], [], set()
    )
