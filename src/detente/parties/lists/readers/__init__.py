"""Readers: one file of somebody's list in, one shape of entry out.

Each reader checks that the file is what it claims to be, counts the rows that it read, and says
which it did not understand and why.
"""
