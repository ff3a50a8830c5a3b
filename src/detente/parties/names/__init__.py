"""Names: how they are read, which are like another, and by how much.

Reach for this room for anything about one name or a pair of them. It knows no lists.
"""
