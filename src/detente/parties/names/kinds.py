"""What a word of a name is: the kinds that tables, rules and compiled loops tell apart."""

from __future__ import annotations

LEGAL, PLACE, INDUSTRY, NUMBER, BRAND, FILLER = "l", "p", "i", "n", "b", "f"
"""A legal form, a place, a trade, a number, a name of its own, a word that fills."""

SLIGHT = frozenset({LEGAL, FILLER, PLACE})
"""Kinds of words beside which a name is still that of its brand."""

SILENT = frozenset({LEGAL, FILLER})
"""Kinds of words that do not tell one name from another."""
