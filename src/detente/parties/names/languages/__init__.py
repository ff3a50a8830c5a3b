"""Names as languages of other letters or spellings write them: Japanese, Korean, Slavic, Arabic.

Reach for this room for what holds in one of them alone; the readings of a name ask it.
"""
