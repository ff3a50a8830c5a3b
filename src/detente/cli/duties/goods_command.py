"""``detente goods``: one line of the schedule, and the editions that it is read from."""

from __future__ import annotations

from detente.cli import ask

VERBS = ("import", "editions", "forget")


def run(words: list[str]) -> int:
    """Print one line of the schedule, or see to its editions."""
    if words and words[0] in VERBS:
        from detente.cli.duties.goods_import import run as run_verb

        return run_verb(words[0], words[1:])
    return ask.run("goods", words, VERBS)
