"""A question over a register that a program holds: for Python and for the assistant's tools."""

from __future__ import annotations

from functools import cached_property
from threading import local

from detente._shapes import TYPE_CHECKING
from detente.core.recent import cached
from detente.questions.request import QuestionRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from detente.applicability.equivalence import Memory
    from detente.batch.frame import FrameAnswers
    from detente.goods.schedule import Schedule
    from detente.questions.parameters import Parameter, ParameterValues
    from detente.register.book import Register
    from detente.transaction.assessment import Assessor
    from detente.transaction.shipment import ShipmentQuery


REGISTERS_CACHED = 2
"""Of how many registers, by their readings, something is kept for the next question."""


class _ThreadCache(local):
    """What a thread keeps for its next question: lists of parties are files of one thread."""

    def __init__(self) -> None:
        self.memories: dict[Register, Memory] = {}
        self.assessors: dict[tuple[Register, Schedule], Assessor] = {}
        self.frames: dict[tuple[Register, Schedule, frozenset[tuple[str, str]]], FrameAnswers] = {}


_CACHE = _ThreadCache()


class ProgramRequest(QuestionRequest):
    """A question asked by a program, over a register and a schedule that it brings."""

    def __init__(
        self,
        parameters: Iterable[Parameter],
        values: ParameterValues,
        today: Callable[[], str],
        over: tuple[Register, Schedule],
        *,
        files: bool = False,
    ) -> None:
        """Take up a question.

        Args:
            parameters: what may be given.
            values: what was given.
            today: gives the day that is meant where none is named.
            over: the register and the schedule.
            files: whether a word may name a file of this machine.
        """
        super().__init__(parameters, values, today)
        self._register, self._schedule = over
        self._files = files

    @property
    def files(self) -> bool:
        """Whether a word may name a file of this machine."""
        return self._files

    @property
    def schedule(self) -> Schedule:
        """The goods schedule."""
        return self._schedule

    @cached_property
    def register(self) -> Register:
        """The register by the reading, and under the scenario that the question names."""
        scenario = self.text("scenario")
        return self.supposing(scenario)[1] if scenario else self.law

    @cached_property
    def law(self) -> Register:
        """The register by the reading, without a scenario."""
        from detente.register.reading import read

        reading = self.text("reading")
        return read(self._register, reading) if reading else self._register

    @property
    def memory(self) -> Memory | None:
        """What was asked of the register lately; a scenario is made anew for each question."""
        from detente.applicability.equivalence import Memory

        if self.text("scenario"):
            return None
        return cached(
            _CACHE.memories, self.register, lambda: Memory(self.register), REGISTERS_CACHED
        )

    def assess(self, query: ShipmentQuery) -> Mapping[str, Any]:
        """What is found of a shipment, with what is kept of those before."""
        from detente.transaction.assessment import Assessor

        if self.text("scenario"):
            return super().assess(query)
        over = self.register, self.schedule
        assessor = cached(
            _CACHE.assessors, over, lambda: Assessor(*over, self.memory), REGISTERS_CACHED
        )
        return assessor.assess(query.shipment, query.on, query.known_on)

    def frames(self, facts: Mapping[str, str]) -> FrameAnswers:
        """What answers frames, with what it worked out for those before.

        Args:
            facts: entry facts of every entry.

        Raises:
            FactError: a fact cannot be read.
        """
        from detente.batch.frame import FrameAnswers

        over = self.register, self.schedule
        if self.text("scenario"):
            return FrameAnswers(*over, facts)
        key = *over, frozenset(facts.items())
        return cached(_CACHE.frames, key, lambda: FrameAnswers(*over, facts), REGISTERS_CACHED)

    def supposing(self, word: str) -> tuple[str, Register]:
        """The law, what was announced, or a scenario: shipped, or from a file where one may be."""
        from detente.compare.answer import LAW, named_register
        from detente.register.model import ANNOUNCED

        # A word from outside must not name a file of this machine.
        if not self._files or word in (*LAW, ANNOUNCED, *self.law.scenarios):
            return word, named_register(self.law, word)
        from detente.scenario.scenario import find_scenario, with_scenario

        register = with_scenario(self.law, find_scenario(self.law, word))
        return register.supposed[-1], register
