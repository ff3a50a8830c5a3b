"""Decisions about partners, asked by name: ``detente.vendors.decisions()``.

What a decision is stands in `detente.parties.masters`.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
