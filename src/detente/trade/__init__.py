"""How much moves: trade flows by line and partner, and the weights made of them.

Reach for this when rates are to be averaged, or when what a duty does to trade is to be computed.
It knows values and codes, and no law.
"""
