"""Who is covered because of who owns them: holdings, regimes, shares along every path.

Reach for this room when the name is on no list but its owners may be.
"""
