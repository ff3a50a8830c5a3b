"""What if: events added to a register. Nothing below this room knows that it exists.

Reach for this room to turn a scenario file into another register; ask that one as any other.
"""
