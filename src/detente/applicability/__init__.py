"""Which provisions apply to goods, from a place, on a day: the law without values.

Reach for it wherever one asks what the law says, and not yet what it costs: ``scope`` narrows the
register to a code and a place, ``stack`` fits every measure and lets them give way, ``alike``
remembers what was found for goods that the law treats alike. ``duty`` puts values to it, ``batch``
and ``average`` ask it for many goods at once.
"""
