"""Joins the other rooms into answers: a duty with its working, questions and what lies ahead.

Reach for this room to ask a whole question. Every answer is plain data under the keys of the
interface, ready for JSON; faces only render it.
"""
