"""What if: events added to a register. Nothing below this room knows that it exists.

Reach for this room to turn a scenario, by its name or from its file, into another register; ask
that one as any other. ``tree`` reads a file of scenarios that part ways on dated days.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
