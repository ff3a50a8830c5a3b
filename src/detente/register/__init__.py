"""The law, as facts: measures with provisions, events that period them, lists, yields.

Reach for this room to ask what the register says on a day. It knows no goods and no values:
``duty`` turns what it says into what is owed.
"""
