"""What the thing is: codes of the tariff schedule, its lines by day, search, and moves of codes.

Reach for it when a question names goods. `goods.codes` reads a code as a person writes it;
`goods.schedule` says what the line was called and what its ordinary rate was on a day;
`goods.search` finds a line by words; `goods.compile` makes the database that both read. Nothing
here knows of additional duties, origins or values: that is law, and lives in `register` and `duty`.
"""

from detente._callable import ask_by_name

ask_by_name(__name__)
