"""Screening: which entries of the lists a name may be, for one name or for millions.

Reach for this room to ask who somebody is, or to keep an imported list with its index.
"""
