"""The record of answers, asked by name: ``detente.ledger.list(last=20)``.

What an entry is stands in `detente.store.ledger`.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
