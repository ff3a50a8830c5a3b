"""Answers over HTTP: the commands' questions and the same JSON, under `/v1`.

Reach for this room to add a route that a program calls; pages that a person reads are in `web`.
It reads a request, asks `answer`, and writes what comes back: no rule and no arithmetic. Litestar
is imported when a server is made, never on the way to an answer from the shell.
"""
