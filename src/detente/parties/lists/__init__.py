"""Lists of parties: the record that every list is read into, its readers and its versions.

Reach for this room to read somebody's list. `lists` is where a format is registered.
"""
