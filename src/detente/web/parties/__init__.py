"""The pages of who is on the other side: names screened, lists and their changes, owners.

Reach for it when a page asks ``detente.parties``; a whole table of partners waits in ``waiting``.
"""
