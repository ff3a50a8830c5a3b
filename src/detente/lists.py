"""The lists of parties, asked by name: ``detente.lists.diff(from_date="2026-07-01")``.

How lists are read stands in `detente.parties.lists`.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
