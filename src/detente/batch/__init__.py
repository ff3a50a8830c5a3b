"""A million entries: one question for many rows, worked out once for all that are alike.

Reach for this room when the question is a table, or the rates of every line day by day (`panel`).
`engine` holds the law in columns; `answer` gives each row its status, texts and figures; `files`
reads and writes the tables. What columns cannot hold is answered by ``duty``, in its place.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
