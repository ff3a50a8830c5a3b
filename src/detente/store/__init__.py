"""Where things are kept: SQLite files that ship with the package, and the user's own folder.

Reach for this room to open or write a file; it knows nothing of trade.
"""
