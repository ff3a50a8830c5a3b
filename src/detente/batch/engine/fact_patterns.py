"""Entry facts as the law sees them: which tests hold, and which parts of the value are given.

A fact with few values (true or false, a word) counts as it stands; a day, a country or a number
counts only by the tests of the law that read it. Two entries of one sign have the same stack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from detente._shapes import NamedTuple
from detente.applicability.entry_facts import EntryFacts, FactError, ValuePart
from detente.batch.engine.distinct import Distinct
from detente.register.model import Base, EntryFact, Measure, Test

PLAIN = ("bool", "word")
"""Types of fact that have few values."""


class FactPattern(NamedTuple):
    """What the law sees of one fact that was given.

    Attributes:
        key: the fact.
        seen: its value, or for each test of the law whether it holds (None: it cannot be read so).
        kind: ``money`` or ``share`` for a part of the value, else "".
    """

    key: str
    seen: tuple[object, ...]
    kind: str


RowPattern = tuple[FactPattern, ...]
"""Signs of all facts given with an entry, in order of key."""


class FactPatterns:
    """The signs met so far, by number; 0 is an entry without facts."""

    def __init__(
        self, known: Mapping[str, EntryFact], bases: Mapping[str, Base], measures: Iterable[Measure]
    ) -> None:
        self.known = known
        self.parts = {base.fact for base in bases.values() if base.fact}
        self._places = {key: place for place, key in enumerate(known)}
        self._measures = measures
        self._patterns: Distinct[RowPattern] = Distinct([()])
        self.patterns = self._patterns.things
        self.facts: list[EntryFacts] = [EntryFacts(known, {})]

    @cached_property
    def _tests(self) -> dict[str, list[Test]]:
        """The tests of the law, by the fact that they read."""
        found: dict[str, list[Test]] = {}
        for measure in self._measures:
            for test in _tests(measure):
                rows = found.setdefault(test.fact, [])
                if test not in rows:
                    rows.append(test)
        return found

    def bit(self, key: str) -> int:
        """One bit of 64 for a fact; facts may share one."""
        return 1 << self._places[key] % 64

    def pattern_of(self, key: str, text: str) -> FactPattern:
        """The sign of one fact.

        Raises:
            FactError: the text cannot be read, or the fact is not known.
        """
        facts = EntryFacts(self.known, {key: text})
        value = facts.value(key)
        kind = ""
        if isinstance(value, ValuePart) and key in self.parts:
            kind = "money" if value.cents is not None else "share"
        if key not in self.known or self.known[key].type in PLAIN:
            return FactPattern(key, (value,), kind)
        return FactPattern(
            key, tuple(_holds(facts, test) for test in self._tests.get(key, ())), kind
        )

    def number(self, pattern: RowPattern, texts: Mapping[str, str]) -> int:
        """The number of a sign, with the texts of the first entry that had it."""
        number = self._patterns.number(pattern)
        if number == len(self.facts):
            self.facts.append(EntryFacts(self.known, texts))
        return number


def _tests(measure: Measure) -> Iterable[Test]:
    for provision in measure.provisions:
        yield from provision.when


def _holds(facts: EntryFacts, test: Test) -> bool | None:
    try:
        return facts.holds(test)
    except FactError:
        return None


def facts_of(measure: Measure) -> frozenset[str]:
    """The entry facts that a measure reads."""
    return frozenset(test.fact for test in _tests(measure))
