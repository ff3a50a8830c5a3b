"""How a name is read: what a document writes around it, shortens, or spells in its own way.

Reach for this room for a new way to read one name; what its words are, `names` says.
"""
