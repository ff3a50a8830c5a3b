"""Tables of owners as open sources publish them, joined, and who is covered by them counted.

Reach for this room where a file is not the user's own: how its headings and shares are read.
"""
