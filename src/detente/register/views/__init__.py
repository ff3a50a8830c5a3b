"""Views of one set of events: status, timeline, what is next, differences, the truce.

Reach for this room to ask what the register says by day or by event; each view is plain data.
"""
