"""The rate of every line from every origin over a span of days, and the files it is written to.

Reach for it when the law of many days is wanted and no entries are at hand. The cells are those of
``batch.engine``.
"""
