"""What a question at the shell is asked of: the law at hand on this machine, and its clock."""

from __future__ import annotations

from functools import cached_property

from detente._shapes import TYPE_CHECKING
from detente.questions.request import QuestionRequest

if TYPE_CHECKING:
    from detente.goods.schedule import Schedule
    from detente.register.book import Register


class Shell(QuestionRequest):
    """A question asked on the command line: over the register and files of this machine."""

    @cached_property
    def register(self) -> Register:
        """The register with local records, or that of a folder; by the reading and scenario."""
        return self._load(self.values.get("scenario"), self.values.get("reading"))

    @cached_property
    def _laws(self) -> dict[str | None, Register]:
        """The register without a scenario, by reading, each loaded once."""
        return {}

    def _load(self, scenario: str | None, reading: str | None) -> Register:
        if reading not in self._laws:
            self._laws[reading] = load_register(self.values.get("register"), None, reading)
        law = self._laws[reading]
        if scenario is None:
            return law
        from detente.scenario.opened import supposing

        return supposing(law, scenario)

    def supposing(self, word: str) -> tuple[str, Register]:
        """The law, what was announced, or a scenario by name or file."""
        from detente.compare.answer import LAW
        from detente.register.model import ANNOUNCED

        reading = self.values.get("reading")
        if word in LAW:
            return LAW[0], self._load(None, reading)
        if word == ANNOUNCED:
            return ANNOUNCED, self._load(None, ANNOUNCED)
        register = self._load(word, reading)
        return register.supposed[-1], register

    @cached_property
    def law(self) -> Register:
        """The register by the reading, without a scenario."""
        return self._load(None, self.values.get("reading"))

    @cached_property
    def schedule(self) -> Schedule:
        """The goods schedule at hand."""
        from detente.goods.schedule import Schedule

        return Schedule()


def today() -> str:
    """The one clock of the product: everything below takes the day as an argument."""
    from datetime import date

    return date.today().isoformat()


def load_register(
    folder: str | None, scenario: str | None = None, reading: str | None = None
) -> Register:
    """The register with local records, or the one in a folder; with a scenario if one is named.

    A scenario lies over the reading: what it supposes holds in both.

    Raises:
        ValueError: a file holds a fault; the message says file, line and what to do.
    """
    from detente.register.book import Register

    if folder is None and scenario is None and reading is None:
        return Register.load()
    from pathlib import Path

    from detente.scenario.opened import NamedLaw

    if folder is not None and not Path(folder).is_dir():
        raise ValueError(
            f"{folder} is not a folder: --register takes the folder of a register, with its "
            "places.yaml, sources.yaml and the other common files"
        )
    return NamedLaw(folder, scenario, reading).opened()
