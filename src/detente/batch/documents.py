"""Rows of a table that an unread document may change: the same rows as for one entry.

See ``unread_of`` of the room of duty. A document that names countries is rare, and a row does not
keep its country: such rows are answered by themselves.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.clock import start_of
from detente.duty.coverage import DOCUMENT, document_words, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy

    from detente.batch.engine.distinct import Distinct
    from detente.batch.engine.engine import CodedEntries, Engine
    from detente.register.model import Confined

    Column = numpy.ndarray


class Documents:
    """The unread documents of an area, by code, instant, place and situation."""

    def __init__(self, unread: Sequence[Confined], engine: Engine, stated: Distinct[str]) -> None:
        """Begin.

        Args:
            unread: the documents.
            engine: codes, instants and situations by number.
            stated: texts by number; 0 is that of an entry of which nothing is open.
        """
        self.engine = engine
        self.stated = stated
        self._placed = [each for each in unread if _places(each)]
        self._others = [each for each in unread if not _places(each)]
        self._codes: dict[str, Column] = {}
        self._touching: dict[tuple[str, int], bool] = {}

    def alone(self, entries: CodedEntries, situation: Column) -> Column:
        """Whether each row is touched by a document that names countries."""
        import numpy

        found = numpy.zeros(len(situation), bool)
        classes = self.engine.law.place_class
        for document in self._placed:
            numbers = {classes[each] for each in _places(document) if each in classes}
            at = numpy.isin(entries.place, list(numbers))
            found[self._touched(document, entries, situation, at)] = True
        return found

    def added(
        self, reason: Column, entries: CodedEntries, situation: Column, selected: Column
    ) -> Iterator[tuple[Column, Column]]:
        """The rows that documents touch, by their places, with their reasons then.

        Args:
            reason: the number of the text of each row of the table; what a document adds is to
                be written there before the next is asked.
            entries: the whole table.
            situation: of each row of the table.
            selected: whether each row is asked.
        """
        import numpy

        for document in self._others:
            rows = self._touched(document, entries, situation, selected)
            if len(rows):
                words = f"{DOCUMENT}: {document_words(document)}"
                # Many rows share few reasons: each text is joined once.
                texts, places = numpy.unique(reason[rows], return_inverse=True)
                joined = numpy.array([self._join(each, words) for each in texts.tolist()])
                yield rows, joined[places]

    def _join(self, reason: int, words: str) -> int:
        return self.stated.number("; ".join(filter(None, (self.stated.things[reason], words))))

    def _touched(
        self, document: Confined, entries: CodedEntries, situation: Column, selected: Column
    ) -> Column:
        """The rows among those asked that a document may change, whatever their country.

        Days are looked at first and situations last: to find a situation costs the most.
        """
        import numpy

        start = start_of(document.start)
        late = numpy.array([minute >= start for minute in self.engine.minutes[:]], bool)
        rows: Column = (late.take(entries.instant) & selected).nonzero()[0]
        codes = tuple(name for kind, name in document.touches if kind == "code")
        others = any(kind in ("heading", "measure") for kind, _ in document.touches)
        if not codes and not others:
            return rows
        found = numpy.zeros(len(rows), bool)
        if codes:
            found |= self._of_goods(document.id, codes)[entries.code[rows]]
        if others:
            # What a code settled needs no look at its stack.
            rest = (~found).nonzero()[0]
            found[rest] = self._of_situations(document, situation[rows[rest]])
        touched: Column = rows[found]
        return touched

    def _of_goods(self, document: str, codes: tuple[str, ...]) -> Column:
        """For each code whether it begins as the document says."""
        import numpy

        known = self._codes.get(document, numpy.zeros(0, bool))
        # Codes are only ever added, so what is known of the earlier ones stays.
        more = self.engine.codes[len(known) :]
        if more:
            found = numpy.array([code.startswith(codes) for code in more], bool)
            known = self._codes[document] = numpy.append(known, found)
        return known

    def _of_situations(self, document: Confined, situation: Column) -> Column:
        """For each row whether its stack has a heading or a measure that the document names."""
        import numpy

        wanted = {each for each in document.touches if each[0] in ("heading", "measure")}
        numbers, places = numpy.unique(situation, return_inverse=True)
        found = []
        for number in numbers.tolist():
            key = document.id, number
            if key not in self._touching:
                stack = self.engine.situation(number).stack
                self._touching[key] = stack is not None and not wanted.isdisjoint(names_of(stack))
            found.append(self._touching[key])
        return numpy.array(found, bool)[places]


def _places(document: Confined) -> list[str]:
    return [name for kind, name in document.touches if kind == "place"]
