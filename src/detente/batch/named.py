"""Which codes of a batch some provisions name: a look-up for rows that few provisions may touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from detente._shapes import TYPE_CHECKING
from detente.batch.engine.distinct import distinct_numbers
from detente.register.lists import prefixes

if TYPE_CHECKING:
    import numpy

    from detente.register.book import Register
    from detente.register.model import Provision

    Column = numpy.ndarray

NOT_SEEN = -1
"""Of a code that was not yet looked for."""


class NamedCodes:
    """The codes that provisions name, by the number of a code."""

    def __init__(
        self,
        register: Register,
        provisions: Iterable[Provision],
        codes: Sequence[str],
        stored: Callable[[], list[str] | None] | None = None,
    ) -> None:
        """Begin.

        Args:
            register: whose lists the provisions name.
            provisions: the provisions.
            codes: digits of codes by number; more may follow.
            stored: gives what `named` gave to the build, where it was asked of these provisions.
        """
        import numpy

        self._codes = codes
        self._register = register
        self._provisions = [*provisions]
        self._stored = stored
        self._known = numpy.zeros(0, numpy.int8)

    @cached_property
    def _named(self) -> frozenset[str] | None:
        # Most batches have no row at a place and on a day that asks.
        if self._stored is None:
            return _named(self._register, self._provisions)
        found = self._stored()
        return None if found is None else frozenset(found)

    @cached_property
    def _begun(self) -> set[str]:
        """What is begun: an entry of eight digits may be of a longer code that is named."""
        return {each for code in self._named or () for each in prefixes(code)[1:]}

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(code) for code in self._named or ()})

    def named(self) -> list[str] | None:
        """The codes that the provisions name, or beginnings of them, in order; None for all."""
        return None if self._named is None else sorted(self._named)

    def rows(self, code: Column) -> Column:
        """Whether a provision names each of some codes, or a longer one."""
        import numpy

        unseen = numpy.full(len(self._codes) - len(self._known), NOT_SEEN, numpy.int8)
        self._known = numpy.append(self._known, unseen)
        new = distinct_numbers(code[self._known.take(code) == NOT_SEEN])
        self._known[new] = [self._names(self._codes[each]) for each in new.tolist()]
        found: Column = self._known.take(code) == 1
        return found

    def is_begun(self, digits: str) -> bool:
        """Whether a longer code is named that begins with these digits."""
        return digits in self._begun

    def _names(self, digits: str) -> bool:
        named = self._named
        if named is None:
            return True
        beginnings = [digits[:each] for each in self._lengths]
        return digits in self._begun or not named.isdisjoint(beginnings)


def _named(register: Register, provisions: Iterable[Provision]) -> frozenset[str] | None:
    """The codes that provisions name, or prefixes of them; None for all codes."""
    lists: set[str] = set()
    codes: set[str] = set()
    for provision in provisions:
        if not provision.goods:
            return None
        for name in provision.goods:
            if name[0].isdigit():
                codes.add(name)
            elif register.lists[name].unknown:
                return None
            else:
                lists.add(name)
    if lists:
        codes |= register.codes_in(lists)
    return frozenset(codes)
