"""A whole entry summary: duty line by line, fees, taxes, possible orders, and totals to the cent.

Reach for this room when the lines of one entry are at hand. What a line owes is asked of ``duty``;
this room adds what belongs to the entry as a whole, in whole dollars of entered value as filed.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
