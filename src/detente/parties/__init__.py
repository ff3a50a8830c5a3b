"""Who is on the other side: lists of restricted parties, their names, and screening against them.

Reach for this room to read a list, to keep it with its date, or to ask which entry a name may be.
It says nothing of what a licence needs: an entry carries the words of its list.
"""
