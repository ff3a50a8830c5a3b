"""Declared entries beside what they owed: which differ, by how much, and the likeliest reason.

Reach for this room when the duty was already declared. What an entry owes is asked of ``duty``.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
