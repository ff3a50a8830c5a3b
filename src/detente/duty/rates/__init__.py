"""Rates as a schedule prints them: read from their text, and counted out on value and quantities.

Reach for it to read another form of rate, or another unit. Nothing here knows measures or entries.
"""
