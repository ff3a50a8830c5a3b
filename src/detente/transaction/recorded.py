"""What the ledger keeps of an answer: the question, the answer, and the hash of what answered.

A question is kept whole enough to be asked again. The command line and the server record alike.
"""

from __future__ import annotations

from functools import lru_cache

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from detente.parties.lists.versions import ListsRead

KINDS = ("duty", "entry", "assess", "licence", "screen", "owners")
"""The questions whose answers are recorded, by the names of their commands."""


class LedgerDraft(NamedTuple):
    """An entry before it is one.

    Attributes:
        kind: one of ``KINDS``.
        question: what was asked.
        answer: what was answered, with a ``register`` block.
    """

    kind: str
    question: Mapping[str, Any]
    answer: Mapping[str, Any]

    @property
    def register(self) -> str:
        """The hash of what answered."""
        return str(self.answer["register"]["sha256"])


def of_answer(kind: str, answer: Mapping[str, Any]) -> LedgerDraft:
    """Of an answer that tells its own question: duty, assess, licence."""
    return LedgerDraft(kind, answer["question"], answer)


def of_screening(
    names: Sequence[str],
    country: str | None,
    on: str | None,
    answer: Mapping[str, Any],
    addresses: Sequence[str] = (),
) -> LedgerDraft:
    """Of names that were screened; what stands for the register is the hash of the lists.

    Args:
        names: as they were asked.
        country: where all of them are; None where it was not said.
        on: the day of the lists, ISO; None for the newest.
        answer: the answer as it is given; a ``register`` block of its own stays.
        addresses: of each name, in their order.
    """
    question: dict[str, object] = {"names": list(names), "country": country, "on": on}
    if any(addresses):
        question["addresses"] = list(addresses)
    if "register" in answer:
        return LedgerDraft("screen", question, answer)
    from detente.parties.screening.store import user_state

    return LedgerDraft("screen", question, {**answer, "register": _lists_on(on, user_state())})


@lru_cache(16)
def _lists_on(on: str | None, state: tuple[int, int]) -> ListsRead:
    """The lists as of a day and their hash; `state` changes where the user's own lists do."""
    from detente.parties.screening.store import Screen

    return Screen(on).read()


def of_owners(stated: Mapping[str, Any], answer: Mapping[str, Any]) -> LedgerDraft:
    """Of an answer about owners.

    Args:
        stated: the tables as they were sent, or the names and hashes of the files that hold them.
        answer: the answer, whose rule and day become part of the question.
    """
    question = {**stated, "regime": answer["regime"], "on": answer["on"]}
    return LedgerDraft("owners", question, answer)
