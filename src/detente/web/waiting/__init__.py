"""Pages of work that takes longer than an answer: a file is sent, worked on, and its results shown.

Reach for it when a form takes a table: ``background`` is the page of every such job.
"""
