"""What one line of an entry owes on a day: the stack of duties, its amounts, what is open.

Reach for this room for the duty of one shipment. `answer` gives the whole answer under the keys of
the interface; `stack` is the law without values, `amounts` the arithmetic without law.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
