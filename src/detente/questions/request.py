"""A question that is being asked: what was given, and over which register and schedule."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from fractions import Fraction
    from typing import Any

    from detente.applicability.equivalence import Memory
    from detente.goods.schedule import Schedule
    from detente.questions.parameters import Parameter, ParameterValues
    from detente.register.book import Register
    from detente.register.events import Query
    from detente.scenario.scenario import Scenario
    from detente.transaction.shipment import ShipmentQuery


class QuestionRequest:
    """What an answer is made from; each face has its own way to the register.

    Attributes:
        parameters: what may be given.
        values: what was given, by the names of parameters.
        dashed: whether the asker writes parameters as options of the command line.
        beside: what an answer was made from, for a face that writes more of it than the answer.
    """

    def __init__(
        self,
        parameters: Iterable[Parameter],
        values: ParameterValues,
        today: Callable[[], str],
        *,
        dashed: bool = False,
    ) -> None:
        """Take up a question.

        Args:
            parameters: what may be given.
            values: what was given.
            today: gives the day that is meant where none is named.
            dashed: whether errors name parameters as options of the command line.
        """
        self.parameters = {each.name: each for each in parameters}
        self.values = values
        self.today = today
        self.dashed = dashed
        self.beside: dict[str, Any] = {}

    @property
    def register(self) -> Register:
        """The register that is asked: by the reading and under the scenario that were given."""
        raise NotImplementedError

    @property
    def files(self) -> bool:
        """Whether a word may name a file of the machine that answers."""
        return self.dashed

    @property
    def schedule(self) -> Schedule:
        """The goods schedule."""
        raise NotImplementedError

    @property
    def memory(self) -> Memory | None:
        """What was asked of the register lately; None where nothing is kept for a next question."""
        return None

    def assess(self, query: ShipmentQuery) -> Mapping[str, Any]:
        """What is found of a shipment on its day.

        Raises:
            ValueError: the question cannot be understood.
        """
        from detente.transaction.assessment import Assessor

        made = Assessor(self.register, self.schedule)
        return made.assess(query.shipment, query.on, query.known_on)

    def spelled(self, name: str) -> str:
        """A parameter as whoever asks has written it."""
        if not self.dashed:
            return name
        return self.parameters[name].options[0]

    def text(self, name: str) -> str:
        """What was given as a text; "" where nothing was."""
        return self.values.get(name) or ""

    def texts(self, name: str) -> list[str]:
        """All that was given."""
        return list(self.values.get(name) or ())

    def number(self, name: str) -> int | None:
        """A whole number that was given.

        Raises:
            ValueError: it is too small.
        """
        found: int | None = self.values.get(name)
        if found is None:
            return None
        least = self.parameters[name].least
        if found < least:
            raise ValueError(f"{self.spelled(name)} {found} is too little: write {least} or more")
        return found

    @property
    def on(self) -> str:
        """The day or the instant that is asked about; today where none is."""
        return self.text("on") or self.today()

    @property
    def day(self) -> date:
        """The day that is asked about.

        Raises:
            ValueError: the text is not a day.
        """
        from datetime import date

        from detente.core.clock import day_text
        from detente.core.stated_days import named_day

        return date.fromisoformat(day_text(named_day(self.on, self.spelled("on"))))

    def day_number(self, name: str) -> int | None:
        """The number of a day that was given.

        Raises:
            ValueError: the text is not a day.
        """
        from detente.core.stated_days import named_day

        text = self.text(name)
        return named_day(text, self.spelled(name)) if text else None

    def query(self) -> Query:
        """The records that are asked for: whose, of which kind, as known when.

        Raises:
            ValueError: what was given names no side, kind or day; the message says which there are.
        """
        from detente.register.events import read_query

        known_on = self.day_number("known_on")
        dashes = "--" if self.dashed else ""
        return read_query(self.register, self.text("by"), self.text("kind"), known_on, dashes)

    def pairs(self, name: str, what: str) -> dict[str, str]:
        """KEY=VALUE texts as a mapping.

        Raises:
            ValueError: one has no "=", or a key stands twice.
        """
        from detente.core.stated import pairs

        return pairs(self.texts(name), what)

    def quantity(self, name: str) -> Fraction | None:
        """A quantity that was given.

        Raises:
            ValueError: it is not a number, or below nothing.
        """
        from detente._numbers import exact

        text = self.text(name)
        if not text:
            return None
        try:
            found = exact(text)
        except ValueError:
            found = None
        if found is None or found < 0:
            named = self.spelled(name)
            raise ValueError(f"{named} {text!r} is not a quantity: write a number such as 1200")
        return found

    def share(self, name: str) -> Fraction:
        """A share that was given, as 0.6 or 60%; the whole where none was.

        Raises:
            ValueError: it is not a share.
        """
        from detente._numbers import exact

        text = self.text(name) or "1"
        try:
            return exact(text[:-1]) / 100 if text.endswith("%") else exact(text)
        except ValueError:
            named = self.spelled(name)
            raise ValueError(f"{named} {text!r} is not a share: write 0.6 or 60%") from None

    def supposing(self, word: str) -> tuple[str, Register]:
        """The register that a word stands for: the law, a reading, or a scenario; and its name.

        Raises:
            ValueError: there is no such scenario; the message names those there are.
        """
        raise NotImplementedError

    @property
    def law(self) -> Register:
        """The register by the reading that was given, without a scenario."""
        raise NotImplementedError

    def scenario(self, name: str) -> Scenario:
        """A scenario that was given, by its name or, where the asker may name one, by a file.

        Raises:
            ValueError: there is none; the message names those there are.
        """
        from detente.scenario.scenario import find_scenario

        known = self.law.scenarios
        if not self.files and self.text(name) not in known:
            raise ValueError(f"no scenario {self.text(name)!r}: write one of {', '.join(known)}")
        return find_scenario(self.law, self.text(name))

    def word(self, name: str, known: Iterable[str]) -> str | None:
        """A word that was given: one that is known, or a file where the asker may name one.

        Raises:
            ValueError: it is neither; the message names the words there are.
        """
        word, words = self.text(name), tuple(known)
        if not word:
            return None
        if word in words or self.files:
            return word
        raise ValueError(f"no {name} {word!r}: write one of {', '.join(words)}")
