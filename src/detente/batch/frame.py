"""Answers as a table: exact decimals, and texts that each stand once.

A table comes first as numbers and then, by expressions that a query may work out elsewhere and at
the same time, as what the interface shows.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.batch.columns import BECAUSE, DIGITS_OF, OUTPUT, shown_schema
from detente.batch.table import MISSING, STATUSES, Answers
from detente.core.figures import PLACES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy
    import polars

    from detente.goods.schedule import Schedule
    from detente.register.book import Register

LAST = "\0line"
"""A column, under a name that no table has, until the headings are put together."""


def numbered_schema() -> dict[str, polars.DataType]:
    """Types of the output columns as `numbered` gives them."""
    import polars

    numbers = dict.fromkeys(DIGITS_OF, polars.Int64())
    return {**shown_schema(), **numbers, LAST: polars.String()}


class TextColumns:
    """The texts of answers as categorical columns; each text is taken up once."""

    def __init__(self, written: Callable[[str], str] = str) -> None:
        """Begin without texts.

        Args:
            written: how a text is written, asked once for each that is distinct.
        """
        import polars

        self._written = written
        self._statuses = polars.Series(STATUSES).cast(polars.Categorical)
        self._known = polars.Series([], dtype=polars.Categorical)
        self._lines: tuple[list[str], polars.Series] = [], polars.Series([], dtype=polars.String)

    def numbered(self, answers: Answers) -> list[polars.Series]:
        """The output columns, in the order of the interface, with numbers as whole numbers."""
        import polars

        columns = {
            "status": self._statuses.gather(answers.status),
            "reason": self._texts(answers.reason, answers.texts),
            "headings": polars.Series(answers.filed, dtype=polars.String).gather(answers.before),
            "layers": self._texts(answers.layers, answers.texts),
            BECAUSE: self._texts(answers.because, answers.texts),
        }
        for name, numbers in answers.numbers.items():
            columns[name] = polars.Series(numbers)
        return [*(columns[name].alias(name) for name in OUTPUT), self._last(answers).alias(LAST)]

    def _last(self, answers: Answers) -> polars.Series:
        import polars

        if answers.lines is not self._lines[0]:
            self._lines = answers.lines, polars.Series(answers.lines, dtype=polars.String)
        return self._lines[1].gather(answers.last)

    def _texts(self, places: numpy.ndarray, texts: list[str]) -> polars.Series:
        import polars

        if len(self._known) < len(texts):
            written = [self._written(text) for text in texts[len(self._known) :]]
            new = polars.Series(written, dtype=polars.String)
            # In one piece: what is gathered from several takes thrice as long.
            self._known = polars.concat([self._known, new.cast(polars.Categorical)], rechunk=True)
        return self._known.gather(places)


def shown() -> list[polars.Expr]:
    """The output columns of the interface, from those that `numbered` gives."""
    import polars

    found = []
    for name in OUTPUT:
        column = polars.col(name)
        if name in DIGITS_OF:
            known = polars.when(column != MISSING).then(column).cast(polars.Int128)
            # The whole numbers are the digits of the decimals already, so nothing is scaled.
            column = known.reinterpret(dtype=polars.Decimal(*DIGITS_OF[name]))
        elif name == "headings":
            column += polars.col(LAST)
        found.append(column.alias(name))
    return found


def answer_columns(answers: Answers, texts: TextColumns) -> list[polars.Series]:
    """The output columns of a table of answers, in the order of the interface."""
    import polars

    return polars.DataFrame(texts.numbered(answers)).select(shown()).get_columns()


def as_digits() -> list[polars.Expr]:
    """The numbers among the columns of `shown` as the texts of the interface."""
    import polars

    found = []
    for name in DIGITS_OF:
        column = polars.col(name).cast(polars.String)
        if DIGITS_OF[name][1] == PLACES:
            # A rate has no zeros at its end; that which is whole has no point either.
            column = column.str.strip_chars_end("0").str.strip_chars_end(".")
        found.append(column)
    return found


class FrameAnswers:
    """Frames answered one after the other, with what was worked out for those before."""

    def __init__(self, register: Register, schedule: Schedule, facts: Mapping[str, str]) -> None:
        """Read the law.

        Raises:
            FactError: a fact of every entry cannot be read.
        """
        from detente.batch.supposed import batch_of

        self._batch = batch_of(register, schedule, facts)
        self._texts = TextColumns()

    def columns(self, frame: polars.DataFrame) -> list[polars.Series]:
        """The output columns of a frame of texts, in the order of the interface."""
        return answer_columns(self._batch.answer(frame), self._texts)
