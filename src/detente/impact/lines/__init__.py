"""Imports line by line where the rest of the economy stands still, with how sure that is.

Reach for it for the answer of ``detente impact partial``. Prices and wages that move stand in the
equilibrium beside it.
"""
