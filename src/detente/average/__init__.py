"""Average duties on a country's goods, weighted by trade, on every day between two changes.

Reach for this room for a figure over many lines: an average, its series over days, or the rates of
every flow that a model reads. One line of one entry is a question for ``duty``.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
