"""Names as some languages write them: Slavic ones, those without vowels, in one word or in kana.

Reach for this room for what holds in one of them alone; the readings of a name ask it.
"""
