"""Answers whose citations can be opened: addresses beside the words, under a key of theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from detente.questions.request import QuestionRequest

    Answering = Callable[[QuestionRequest], Mapping[str, Any]]


def cited(answer: Answering) -> Answering:
    """What answers, with ``citations``: rows of ``citation``, ``url`` and ``archive``."""

    def answered(ask: QuestionRequest) -> Mapping[str, Any]:
        from detente.register.source_links import addresses_of

        found = answer(ask)
        return {**found, "citations": addresses_of(ask.register, found)}

    return answered
