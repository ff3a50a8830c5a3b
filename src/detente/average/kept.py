"""Averages of the built-in weights that were asked before: those asked last are kept.

An average of all partners takes seconds, and much that is asked of it changes nothing in it: which
part of a duty reaches a buyer, by how much receipts of other taxes fall, whose claim it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from copy import deepcopy
from typing import TypeVar

from detente._shapes import TYPE_CHECKING
from detente.average.layered.layered_question import LayeredQuestion
from detente.average.question import AverageQuestion

if TYPE_CHECKING:
    from detente.goods.schedule import Schedule
    from detente.register.book import Register
    from detente.trade.flows import Flows

Asked = TypeVar("Asked", LayeredQuestion, AverageQuestion)
Answer = TypeVar("Answer")

MOST = 64
"""Answers that are kept; one of a day and all partners takes thirty kilobytes."""

_kept: dict[tuple[object, ...], object] = {}


def kept(
    answer: Callable[[Register, Schedule, Flows, Asked], Answer],
    register: Register,
    schedule: Schedule,
    flows: Flows,
    question: Asked,
) -> Answer:
    """The answer to a question, as it was given before where law, tables and question are the same.

    What is handed out is the caller's own.

    Args:
        answer: `answer_average` or `answer_layers`.
        register: the register asked.
        schedule: the goods schedule.
        flows: trade flows.
        question: the question; one with weights of its own is always answered anew, since a file
            can change.

    Raises:
        ValueError: as `answer` does; a refusal is not kept.
    """
    if question.weights is not None:
        return answer(register, schedule, flows, question)
    written = os.stat(flows.path)
    key = (
        answer,
        register.sha256,
        register.reading,
        schedule.tables_sha256,
        schedule.imported_sha256,
        (flows.path, written.st_mtime_ns, written.st_size),
        repr(question),
    )
    found = _kept.pop(key, None)
    if found is None:
        found = answer(register, schedule, flows, question)
    _kept[key] = found  # as the one asked last
    if len(_kept) > MOST:
        _kept.pop(next(iter(_kept)), None)
    return deepcopy(found)  # type: ignore[return-value]
