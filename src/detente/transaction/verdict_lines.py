"""The lines of a verdict, and the words that several of them use."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.licence.words import outcome as outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.answers.assess import VerdictLine

DENIED = ("presumption_of_denial", "policy_of_denial", "not_permitted_in_principle")
"""Review policies under which a licence is not to be counted on."""

NONE, LICENCE, PROHIBITED, CANDIDATES = "none", "licence", "prohibited", "candidates"
NOT_COVERED = "not_covered"


class VerdictLines:
    """The lines of a verdict as they are found."""

    def __init__(self) -> None:
        self.stop: list[VerdictLine] = []
        self.resolve: list[VerdictLine] = []
        self.watch: list[VerdictLine] = []


def line(
    about: str, what: str, do: str = "", sources: Iterable[str] = (), on: str | None = None
) -> VerdictLine:
    """One line.

    Args:
        about: ``duty``, ``licence``, ``party`` or ``owner``.
        what: what was found.
        do: what to do about it.
        sources: citations that say so.
        on: the day of a change.
    """
    described = list(dict.fromkeys(sources))
    return {"about": about, "what": what, "do": do or None, "on": on, "sources": described}


def spaced(word: str) -> str:
    """A word of the register as people write it."""
    return word.replace("_", " ")


def upper(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
