"""Who is on the other side: lists of restricted parties, their names, and screening against them.

Reach for `lists` to read a list, for `names` to compare two names, for `screening` to ask which
entry a name may be, for `ownership` to ask who is covered because of who owns them. Nothing here
says what a licence needs: an entry carries the words of its list.
"""
