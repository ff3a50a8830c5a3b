"""What a declaration is made of: parameters, and a question that has some.

A parameter is said once: its name as programs and addresses write it (``known_on``), how the
command line spells it (``--known-on``), what it means, an example, and where it may be asked. One
that names a file or folder, or that says how an answer is printed, is for the command line alone:
no address and no tool may read or write a file of the machine that answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any, Literal

    from detente.questions.asking import Asking

    Kind = Literal["text", "number", "flag"]

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

    @property
    def by_place(self) -> bool:
        """Whether the command line tells it by its place."""
        return bool(self.spelled) and not self.spelled[0].startswith("-")

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


class Question(NamedTuple):
    """A question, as every face asks it.

    Attributes:
        name: of the command, and the last step of its address.
        summary: what it answers, in a sentence.
        parameters: what may be said, in the order of the help.
        answer: gives the answer to what was asked.
        examples: command lines, one a row, and what a reader of the help must know.
        tool: what an assistant must know beside the summary; None where it has no such tool.
        recorded: makes an entry of the ledger of an answer, where such answers are recorded.
        code: the exit code of the command by its answer; 0 where none is named.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: Callable[[Asking], dict[str, Any]]
    examples: str = ""
    tool: str | None = ""
    recorded: Callable[[Asking, dict[str, Any]], Any] | None = None
    code: Callable[[Asking, dict[str, Any]], int] | None = None

    def asked_in(self, *where: str) -> tuple[Parameter, ...]:
        """The parameters that may be given at some places."""
        return tuple(each for each in self.parameters if each.where in where)

    def sample(self) -> list[tuple[str, str]]:
        """A question with every parameter of an address that can stand beside the others."""
        asked = self.asked_in(EVERYWHERE)
        return [(each.name, each.example) for each in asked if each.example and not each.apart]


Given = Mapping[str, "Any"]
"""What was given, by the names of parameters: a text, a number, a flag, or a list of texts."""
