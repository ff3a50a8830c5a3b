"""What a question may say: each parameter declared once, for every face that asks.

A parameter has one name as programs and addresses write it (``known_on``), a spelling on the
command line (``--known-on``), a meaning, an example, and places where it may be asked. One that
names a file or folder, or that says how an answer is printed, is for the command line alone: no
address and no tool may read or write a file of the machine that answers.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Literal

    Kind = Literal["text", "number", "flag"]

ParameterValues = Mapping[str, "Any"]
"""What was given, by the names of parameters: a text, a number, a flag, or a list of texts."""

DAY = "DAY"
"""What stands for the value of a day in the help."""

EVERYWHERE, PROGRAMS, SHELL = "everywhere", "programs", "shell"
"""Where a parameter may be asked: by every face; in Python and at the shell; at the shell alone."""


class Parameter(NamedTuple):
    """Something that a question may say.

    Attributes:
        name: as programs and addresses write it.
        help: its meaning, as the command line's help has it.
        text: its meaning for everybody else, in a sentence; the help as a sentence where empty.
        example: a value, as an address has it.
        metavar: what stands for the value in the help; the name where empty.
        kind: text, a whole number, or a flag that is there or not.
        default: what is meant where it is left out, if that is a text of its own.
        needed: whether no question goes without it.
        many: whether it may be given more than once.
        spelled: on the command line; none for two dashes and the name, a word without dashes for
            one that is told by its place.
        least: of a number, the smallest there is.
        choices: the words that there are, where there are no others.
        where: who may give it.
        apart: whether it excludes another one, so that a sample question leaves it out.
        either: parameters of which a question gives exactly one share a name here.
        unless: parameters that stand in for a needed one, some on the command line alone.
    """

    name: str
    help: str = ""
    text: str = ""
    example: str = ""
    metavar: str = ""
    kind: Kind = "text"
    default: str | int | None = None
    needed: bool = False
    many: bool = False
    spelled: tuple[str, ...] = ()
    least: int = 0
    choices: tuple[str, ...] = ()
    where: str = EVERYWHERE
    apart: bool = False
    either: str = ""
    unless: tuple[str, ...] = ()

    @property
    def by_place(self) -> bool:
        """Whether the command line tells it by its place."""
        return bool(self.spelled) and not self.spelled[0].startswith("-")

    @property
    def is_day(self) -> bool:
        """Whether it is a day, or an instant."""
        return self.metavar == DAY

    @property
    def is_required(self) -> bool:
        """Whether the command line goes nowhere without it."""
        return self.needed and not self.unless

    def is_needed(self, others: Iterable[Parameter]) -> bool:
        """Whether no question goes without it where some others may be given."""
        return self.needed and not any(each.name in self.unless for each in others)

    def is_missing(self, given: Callable[[str], object]) -> bool:
        """Whether it is needed, and neither it nor what stands in for it is given.

        Args:
            given: what is given of a parameter by its name; nothing that is true where it is not.
        """
        return self.needed and not any(map(given, (self.name, *self.unless)))

    @property
    def options(self) -> tuple[str, ...]:
        """Its spellings on the command line."""
        return self.spelled or (f"--{self.name.replace('_', '-')}",)

    @property
    def sentence(self) -> str:
        """Its meaning as a sentence."""
        if self.text:
            return self.text
        plain = self.help.replace("%%", "%")
        return f"{plain[:1].upper()}{plain[1:]}."
