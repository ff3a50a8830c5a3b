"""Our rates beside those of another encoding of the same law, cell by cell.

Reach for this room when a file says what somebody else charges each line: `peer` reads it, `beside`
works our rates out and finds the cells that differ, `causes` assigns each to a cause that someone
has decided, and `answer` counts agreement before and after them, by family and by origin.
"""
