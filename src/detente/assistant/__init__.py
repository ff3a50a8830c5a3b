"""Tools for an assistant program: the same questions as the commands, typed, cited, by day.

Reach for this room to let a language model ask the register; it answers nothing of its own.
"""
