"""A question, as every face asks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.questions.parameters import EVERYWHERE, SHELL, Parameter
from detente.questions.request import QuestionRequest

if TYPE_CHECKING:
    from typing import Any


FILES = ("output", "out")
"""Names of parameters that name the file of a table."""

WRITTEN = (*FILES, "chart", "memo", "summary")
"""Names of options that name a file which is written."""

ROWS_FILE = Parameter(
    "output",
    "write the rows: .csv, .tsv, .xlsx, .parquet; or the answer: .json",
    metavar="FILE",
    spelled=("-o", "--output"),
    where=SHELL,
)
COLUMNS = Parameter(
    "columns",
    "write these columns of the table alone, in this order",
    metavar="NAME,…",
    where=SHELL,
)


class Question(NamedTuple):
    """A question, as every face asks it.

    Attributes:
        name: of the command, and the last step of its address.
        summary: what it answers, in a sentence.
        parameters: what may be said, in the order of the help.
        answer: gives the answer to what was asked.
        examples: command lines, one a row, and what a reader of the help must know.
        typed: the type of the answer, as "module.Name" of the room of answers.
        tool: what an assistant must know beside the summary; None where it has no such tool.
        recorded: makes an entry of the ledger of an answer, where such answers are recorded.
        code: the exit code of the command by its answer; 0 where none is named.
        rows: the key of the answer's rows; none where it has none.
        slow: whether an answer takes seconds, so that the API's document shows none.
        where: who may ask it: one that needs a file is for Python and the shell.
        tables: whether the file that it writes may be a table.
        rewrites: whether it may be the file that is read, of which it has all columns and rows.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: Callable[[QuestionRequest], Mapping[str, Any]]
    examples: str = ""
    typed: str = ""
    tool: str | None = ""
    recorded: Callable[[QuestionRequest, Any], Any] | None = None
    code: Callable[[QuestionRequest, Any], int] | None = None
    rows: str = ""
    slow: bool = False
    where: str = EVERYWHERE
    tables: bool = True
    rewrites: bool = False

    @property
    def writes_rows(self) -> bool:
        """Whether the command line writes its rows as they are, since it declares no file."""
        return bool(self.rows) and not any(each.name in FILES for each in self.parameters)

    @property
    def at_shell(self) -> tuple[Parameter, ...]:
        """What the command line takes: where a table is written, which columns too."""
        if self.writes_rows:
            return (*self.parameters, ROWS_FILE, COLUMNS)
        if self.tables and any(each.name in FILES for each in self.parameters):
            return (*self.parameters, COLUMNS)
        return self.parameters

    def check_written(self, values: Mapping[str, Any]) -> None:
        """Refuse to write over a file that the question reads.

        Args:
            values: what was given, by the names of parameters.

        Raises:
            ValueError: a file that is written is one that is read.
        """
        options = (each.name for each in self.at_shell if not each.by_place)
        written = [name for name in options if name in WRITTEN and values.get(name)]
        if not written or self.rewrites:
            return
        from detente.store.whole import check_not_read

        read = [text for name in values if name not in written for text in _texts(values[name])]
        for name in written:
            for target in _texts(values[name]):
                check_not_read(target, read)

    @property
    def operation(self) -> str:
        """Its name as one word."""
        return self.name.replace(" ", "_")

    def parameters_in(self, *where: str) -> tuple[Parameter, ...]:
        """The parameters that may be given at some places."""
        return tuple(each for each in self.parameters if each.where in where)

    def sample(self) -> list[tuple[str, str]]:
        """A question with every parameter of an address that can stand beside the others."""
        parameters = self.parameters_in(EVERYWHERE)
        return [(each.name, each.example) for each in parameters if each.example and not each.apart]


def _texts(value: Any) -> list[str]:
    """The texts that were given of a parameter; none of a number or a flag."""
    given = value if isinstance(value, list) else [value]
    return [each for each in given if isinstance(each, str)]
