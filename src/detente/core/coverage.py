"""What an answer rests on, and whether it may call itself settled.

An answer is settled (``ok``, ``clear``, ``none``) only where everything that could change it was
read, for that day and those goods or names. Each room says what it rests on as rows of coverage,
takes its verdict from ``verdict``, and passes the finished answer through ``vouched``, which
refuses a settled verdict without its coverage.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, TypeVar

    from detente.answers.shared import Coverage as CoverageRow

    Answer = TypeVar("Answer", bound=Mapping[str, Any])

READ, PARTLY, UNREAD, BEYOND = "read", "partly", "unread", "beyond"
"""States: read for this question; in part; not at all; the day lies after what was read."""

STATES = (READ, PARTLY, UNREAD, BEYOND)

LISTS = "list/"
"""Before the short name of a list of parties, in what a row of coverage is about."""

SETTLED = frozenset({"ok", "clear", "none"})
"""Verdicts that a reader takes as final."""


class UnreadError(AssertionError):
    """An answer calls itself settled over something that was not read: a fault of this program."""


class Coverage(NamedTuple):
    """One thing that an answer rests on.

    Attributes:
        what: an area of law, a measure, a list or a schedule, by its short name.
        start: first day that is held, ISO; None where there is no first day.
        through: last day that was read, ISO; None where nothing was.
        scope: in words, what of it is held: countries, programs, chapters.
        state: one of ``STATES``.
    """

    what: str
    start: str | None
    through: str | None
    scope: str
    state: str

    def row(self) -> CoverageRow:
        """The row under the keys of the interface."""
        return {
            "what": self.what,
            "from": self.start,
            "through": self.through,
            "scope": self.scope,
            "state": self.state,
        }


def state_on(day: str, start: str | None, through: str | None) -> str:
    """The state of something that was read whole from one day through another.

    Args:
        day: the day asked about, ISO.
        start: the first day that is held; None where there is none.
        through: the last day that was read; None where nothing was read.
    """
    if through is None or (start is not None and day < start):
        return UNREAD
    return BEYOND if day > through else READ


def is_settled(coverage: Iterable[Mapping[str, Any]]) -> bool:
    """Whether everything in these rows was read; no rows settle nothing."""
    states = [row["state"] for row in coverage]
    return bool(states) and all(state == READ for state in states)


def verdict(settled: str, otherwise: str, coverage: Iterable[Mapping[str, Any]]) -> str:
    """The settled word where everything was read, else the other one."""
    return settled if is_settled(coverage) else otherwise


def vouched(answer: Answer, key: str = "status") -> Answer:
    """An answer that leaves a room, unless it is settled over something unread.

    Args:
        answer: the answer, with its ``coverage``.
        key: where its verdict stands.

    Raises:
        UnreadError: the verdict is settled and the coverage does not bear it.
    """
    # Left out under -O like an assertion, since it guards against faults of this program alone.
    if __debug__ and answer[key] in SETTLED:
        rows = answer.get("coverage", ())
        if not is_settled(rows):
            unread = ", ".join(row["what"] for row in rows if row["state"] != READ)
            raise UnreadError(f"{key} is {answer[key]!r} without {unread or 'any coverage'}")
    return answer
