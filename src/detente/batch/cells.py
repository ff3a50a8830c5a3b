"""Answers of a table as cells: the texts that the single path writes, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from threading import Lock

from detente.batch.columns import AMOUNTS, BECAUSE, OUTPUT, RATES
from detente.batch.table import MISSING, STATUSES, Answers, is_parameter
from detente.batch.tables import ListTable
from detente.core.figures import money, rate
from detente.goods.schedule import Schedule
from detente.register.book import Register


def text_columns(answers: Answers, written: Callable[[str], str] = str) -> dict[str, list[str]]:
    """The output columns of the interface as texts, in its order; what is not known is empty.

    Args:
        answers: of a table.
        written: how a text is written, asked once for each that is distinct.
    """
    known = [written(text) for text in answers.texts]
    found = {
        "status": [STATUSES[each] for each in answers.status.tolist()],
        "reason": [known[each] for each in answers.reason.tolist()],
        "headings": answers.headings,
        "layers": [known[each] for each in answers.layers.tolist()],
        BECAUSE: [known[each] for each in answers.because.tolist()],
    }
    for name in RATES:
        found[name] = _shares(answers.numbers[name].tolist())
    for name in AMOUNTS:
        cents = answers.numbers[name].tolist()
        found[name] = ["" if each == MISSING else money(each) or "" for each in cents]
    return {name: found[name] for name in OUTPUT}


def _shares(millionths: Sequence[int]) -> list[str]:
    known = {each: rate(Fraction(each, 10**6)) or "" for each in {*millionths} - {MISSING}}
    known[MISSING] = ""
    return [known[each] for each in millionths]


class ManyRows:
    """Rows answered together: what `answer_rows` gives, in less time where they are many.

    Several threads may ask; one waits for the other.
    """

    def __init__(self, register: Register, schedule: Schedule, facts: Mapping[str, str]) -> None:
        """Read the law.

        Raises:
            FactError: a fact of every row cannot be read.
        """
        from detente.batch.supposed import batch_of

        self._batch = batch_of(register, schedule, facts)
        self._lock = Lock()

    def answers(self, rows: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
        """The output columns of each row, in order."""
        names = dict.fromkeys(name for row in rows for name in row if is_parameter(name))
        columns = {name: [row.get(name) or "" for row in rows] for name in names}
        with self._lock:
            found = text_columns(self._batch.answer(ListTable(columns, len(rows))))
        for cells in zip(*found.values(), strict=True):
            yield dict(zip(OUTPUT, cells, strict=True))
