"""The law by the words that name it: on a command line, and in a job that another process does."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from detente._shapes import NamedTuple
from detente.register.book import Register
from detente.register.load.yaml_reader import RegisterError

LAW = "law"
"""The option of a job that names its law."""


class NamedLaw(NamedTuple):
    """Words that name a law; without any it is the register with the user's records.

    Attributes:
        register: a folder of YAML, or a compiled file.
        scenario: a scenario over it, by its name or its file.
        reading: how it is read.
    """

    register: str | None = None
    scenario: str | None = None
    reading: str | None = None

    def opened(self) -> Register:
        """The register that the words name; the scenario lies over the reading.

        Raises:
            ValueError: a file holds a fault; the message says file, line and what to do.
            FileNotFoundError: there is no such file.
        """
        from pathlib import Path

        try:
            register = Register.load(None if self.register is None else Path(self.register))
            if self.reading is not None:
                from detente.register.reading import read

                register = read(register, self.reading)
        except RegisterError as error:
            raise ValueError(str(error)) from error
        return register if self.scenario is None else supposing(register, self.scenario)

    def options(self, register: Register) -> dict[str, str]:
        """The words as an option of a job; none where nothing is named.

        Files are named in full, since a job may be done in another folder.

        Args:
            register: what was opened; its own scenarios stay names.
        """
        if self == NamedLaw():
            return {}
        full = self
        if self.register is not None:
            full = full._replace(register=os.path.abspath(self.register))
        if self.scenario is not None and self.scenario not in register.scenarios:
            full = full._replace(scenario=os.path.abspath(self.scenario))
        return {LAW: json.dumps(full._asdict())}


def law_of(options: Mapping[str, str]) -> Register:
    """The register that the options of a job name; raises as ``NamedLaw.opened``."""
    return NamedLaw(**json.loads(options.get(LAW, "{}"))).opened()


def supposing(register: Register, scenario: str) -> Register:
    """A register with a scenario over it.

    Args:
        register: the law, by its reading.
        scenario: its name, or its file.

    Raises:
        ValueError: a file holds a fault; the message says file, line and what to do.
    """
    from detente.scenario.scenario import find_scenario, with_scenario

    try:
        return with_scenario(register, find_scenario(register, scenario))
    except RegisterError as error:
        raise ValueError(str(error)) from error
