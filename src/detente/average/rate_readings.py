"""What terms that hang on the ordinary rate read of it: rates that they read alike charge alike."""

from __future__ import annotations

from collections.abc import Sequence

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

    from detente.average.cases import Varying
    from detente.duty.amounts import ColumnRates

    Column = numpy.ndarray


class RateReadings:
    """What varying terms read of ordinary rates, by number."""

    def __init__(self, rates: Sequence[ColumnRates | None]) -> None:
        """Take the rates."""
        self.rates = rates
        self._known: dict[object, Column] = {}
        self._numbers: dict[object, int] = {}
        self._met: set[Varying] = set()

    def of(self, varying: Varying, rates: Column) -> Column:
        """Numbers of what terms read of some rates; equal where they charge alike."""
        import numpy

        # Held, since what terms read is known by its identity as long as they are there.
        self._met.add(varying)
        found = self._known.setdefault(varying.reading, numpy.full(len(self.rates), -1))
        for rate in rates[found[rates] < 0].tolist():
            printed = self.rates[rate]
            read = None if printed is None else varying.read(printed)
            found[rate] = self._numbers.setdefault(read, len(self._numbers))
        own: Column = found[rates]
        return own
