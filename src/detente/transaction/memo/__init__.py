"""The memo of an assessment: written as Markdown or HTML, read back, and checked again.

Reach for this room to put an assessment on paper, or to ask whether one still says what it said.
"""
