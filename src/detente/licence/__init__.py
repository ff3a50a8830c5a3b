"""Whether an export needs a licence, of either side, with the parties that take part.

Reach for this room to ask a whole question about permission. ``controls`` decides items and
provisions without looking at lists of parties; here both are joined.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
