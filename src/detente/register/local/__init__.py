"""Records of the user's own, laid over the register that came with the package.

Reach for this room to write an order down, to check it, or to change a record in memory.
"""
