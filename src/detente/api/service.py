"""Where questions are answered: one register, one schedule, and the answers given lately."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from hashlib import sha256
from threading import Lock

import msgspec

from detente._shapes import TYPE_CHECKING
from detente._version import __version__
from detente.api.limits import Limits
from detente.api.parameters import to_query
from detente.api.refusals import RefusedError, refusal_of, refuse
from detente.applicability.equivalence import Memory
from detente.duty.answer import answer_duty, register_sha256
from detente.duty.question import DutyQuestion
from detente.goods.schedule import Schedule
from detente.register.book import Register
from detente.register.reading import read
from detente.store.ledger import Ledger, LedgerError
from detente.transaction.recorded import of_answer

if TYPE_CHECKING:
    from detente.answers.comparisons import ScenarioName
    from detente.answers.duty import Duty
    from detente.batch.cells import ManyRows
    from detente.compare.answer import RegisterPair
    from detente.transaction.assessment import Assessment, Assessor
    from detente.transaction.recorded import LedgerDraft
    from detente.transaction.shipment import ShipmentQuery

REMEMBERED = 32 * 2**20
"""Bytes of answers that are kept by default."""


class Remembered:
    """Answers by question, the latest used kept, bounded by the bytes that they take."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._cached: OrderedDict[str, bytes] = OrderedDict()
        self._one_at_a_time = Lock()  # pages are made in threads

    def get(self, key: str) -> bytes | None:
        """What is kept under a key; it then counts as used last."""
        with self._one_at_a_time:
            found = self._cached.get(key)
            if found is not None:
                self._cached.move_to_end(key)
        return found

    def keep(self, key: str, body: bytes) -> None:
        """Keep an answer, and let go of those unused for longest where there is no more room."""
        with self._one_at_a_time:
            before = self._cached.pop(key, None)
            if before is not None:
                self._size -= len(key) + len(before)
            # One that fits nowhere would drive out all others; at 0, as for the other reading, all.
            if len(key) + len(body) > self._limit:
                return
            self._size += len(key) + len(body)
            self._cached[key] = body
            while self._size > self._limit:
                dropped, gone = self._cached.popitem(last=False)
                self._size -= len(dropped) + len(gone)

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """What is kept under a key, made and kept where nothing is."""
        found = self.get(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def __len__(self) -> int:
        return len(self._cached)


class Service:
    """A register and a schedule that are asked again and again.

    Attributes:
        register: the register asked.
        schedule: the goods schedule.
        today: gives the day that is meant where a question names none.
        remembered: answers given lately, JSON and pages, under "json …" and "page …".
        memory: what the register said lately of goods that the law treats alike.
        ledger: where answers are recorded, see ``answer.recorded``; None to record none.
        clock: gives the instant of recording.
        limits: what one question may take.
    """

    def __init__(
        self,
        register: Register,
        schedule: Schedule,
        today: Callable[[], str],
        remember: int = REMEMBERED,
        ledger: Ledger | None = None,
        clock: Callable[[], str] | None = None,
        limits: Limits = Limits(),  # noqa: B008 - an immutable tuple
    ) -> None:
        """Take a register and a schedule into service.

        Args:
            register: the register asked.
            schedule: the goods schedule.
            today: gives today as an ISO day.
            remember: bytes of answers to keep.
            ledger: where answers are recorded, if they are.
            clock: gives the instant of recording, ISO; `today` where it is left out.
            limits: what one question may take.
        """
        self.register = register
        self.schedule = schedule
        self.today = today
        self.remembered = Remembered(remember)
        self.memory = Memory(register)
        self._other: Service | None = None
        self._supposed: dict[str, Register] = {}
        self._many: tuple[dict[str, str], ManyRows] | None = None
        # One thread, since the user's lists are a file that one thread may read.
        self._bench = ThreadPoolExecutor(1, "assess")
        self._assessor: Assessor | None = None
        self.ledger = ledger
        self.clock = clock or today
        self.limits = limits

    def close(self) -> None:
        """End what the service began and let go of the files that it asks.

        The ledger stays open.
        """
        for service in (self, self._other):
            if service is not None:
                service._bench.shutdown()
        self.register.close()
        self.schedule.close()

    @cached_property
    def sha256(self) -> str:
        """The hash that every answer carries: register, local records and imported editions."""
        return register_sha256(self.register, self.schedule)

    def by_reading(self, reading: str | None) -> Service:
        """The same service by a reading of its register; the one that it has where none is named.

        Raises:
            UnknownWordError: there is no such reading.
        """
        if not reading:
            return self
        register = read(self.register, reading)
        if register is self.register:
            return self
        if self._other is None:
            self._other = Service(
                register,
                self.schedule,
                self.today,
                0,
                ledger=self.ledger,
                clock=self.clock,
                limits=self.limits,
            )
        return self._other

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of measures by their ids."""
        return {each.id: each.title for each in self.register.measures()}

    @cached_property
    def scenarios(self) -> list[ScenarioName]:
        """The scenarios that come with the register."""
        from detente.compare.scenario_run import list_scenarios

        return list_scenarios(self.register)["scenarios"]

    def pair(self, base: str, scenario: str) -> RegisterPair:
        """Two registers to compare: the law, or shipped scenarios by name; files are not read here.

        Raises:
            ValueError: there is no such scenario; the message names those there are.
        """
        from detente.compare.answer import RegisterPair

        return RegisterPair(base, self.supposing(base), scenario, self.supposing(scenario))

    def supposing(self, name: str) -> Register:
        """The register that a word stands for: the law, what was announced, a shipped scenario.

        Raises:
            ValueError: there is no such scenario; the message names those there are.
        """
        from detente.compare.answer import named_register

        # Bounded, as only scenarios that ship have a name here.
        if name not in self._supposed:
            self._supposed[name] = named_register(self.register, name)
        return self._supposed[name]

    def many_rows(self, facts: Mapping[str, str]) -> ManyRows:
        """What answers tables of many rows that share some facts; one for the facts asked last."""
        from detente.batch.cells import ManyRows

        held = self._many  # another thread may put that of other facts in its place
        if held is None or held[0] != facts:
            held = self._many = dict(facts), ManyRows(self.register, self.schedule, facts)
        return held[1]

    def assess(self, query: ShipmentQuery) -> Assessment:
        """What is found of a shipment, as the command gives it; it waits for those before it.

        Raises:
            ValueError: the question cannot be understood.
        """
        return self._bench.submit(self._assess, query).result()

    def _assess(self, query: ShipmentQuery) -> Assessment:
        from detente.transaction.assessment import Assessor

        if self._assessor is None:
            self._assessor = Assessor(self.register, self.schedule, self.memory)
        on = query.on or self.today()
        return self._assessor.assess(query.shipment, on, query.known_on)

    def answer(self, question: DutyQuestion) -> Duty:
        """The answer to a question, as the command gives it.

        Raises:
            RefusedError: the question cannot be understood.
        """
        try:
            service = self.by_reading(question.reading)
            return answer_duty(service.register, self.schedule, question, service.memory)
        except ValueError as error:
            raise RefusedError(refusal_of(error)) from error

    def answer_json(self, question: DutyQuestion) -> bytes:
        """The answer as JSON in UTF-8, from memory where the same was asked lately.

        Raises:
            RefusedError: the question cannot be understood, or the answer cannot be recorded.
        """
        key = f"json {to_query(question)}"
        body = self.remembered.made(key, lambda: msgspec.json.encode(self.answer(question)))
        # From the bytes that are sent, so that the ledger has what the caller saw.
        self.record(lambda: of_answer("duty", msgspec.json.decode(body)))
        return body

    def note(self, question: DutyQuestion) -> None:
        """Record the answer to a question that is shown in another form; nothing without a ledger.

        Raises:
            RefusedError: the answer cannot be recorded.
        """
        if self.ledger is not None:
            self.answer_json(question)

    def record(self, make: Callable[[], LedgerDraft]) -> None:
        """Record an answer before it is sent; nothing without a ledger.

        Args:
            make: makes the entry; asked only where there is a ledger.

        Raises:
            RefusedError: the answer cannot be recorded, and is therefore not to be sent.
        """
        if self.ledger is None:
            return
        made = make()
        try:
            self.ledger.append(
                made.kind,
                made.question,
                made.answer,
                register=made.register,
                version=__version__,
                clock=self.clock,
            )
        except LedgerError as error:
            if isinstance(error.__cause__, UnicodeEncodeError):
                raise error.__cause__ from error  # the question is not text, the ledger is well
            do = "Ask again later; whoever runs the server finds the reason in its output."
            print(f"detente serve: {error}", file=sys.stderr, flush=True)
            raise refuse(503, "The answer could not be recorded.", "", do) from error

    def tag(self, question: DutyQuestion, face: str) -> str:
        """What changes exactly when an answer may: an entity tag, quoted.

        Args:
            question: the question, with its day.
            face: what else decides the bytes: "json", or the state of the pages.
        """
        text = "\0".join((__version__, self.sha256, face, to_query(question)))
        return f'"{sha256(text.encode()).hexdigest()[:32]}"'
