"""Two sides beside each other: law and scenario, branches of a tree, a claim and the law.

Reach for this room when the question is a difference. Each side is asked of ``duty`` or
``average``, which know nothing of the other.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
