"""How a brand that is asked stands: as a slip, or meant as it is written; see `comparing`."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.parties.names.comparing import (
    MEANT,
    SHARED,
    SLIP,
    SON,
    TITLE,
    UNTOLD,
)
from detente.parties.names.policy import RULES
from detente.parties.names.remembered import remembered
from detente.parties.names.sounds import counts_of

if TYPE_CHECKING:
    from detente.parties.names.names import NameTables

GUESSED = -1
"""Not a standing: what is told of a brand is only told where no list has it."""


class BrandStandings:
    """What is told of brands by what names are read with, once for all files of lists.

    Attributes:
        unlisted: how a brand stands that is on no list.
    """

    def __init__(self, tables: NameTables) -> None:
        """Take what names are read with."""
        self._tables = tables
        self._cantonese: frozenset[str] = frozenset()
        self.unlisted = remembered(self._unlisted)

    def sure(self, brand: str) -> int:
        """How a brand stands whether or not it is listed; `GUESSED` where that decides."""
        documents = self._tables.documents
        if brand in documents.son:
            return SON
        if brand in documents.titles:
            return TITLE
        if brand in documents.common:
            return SHARED
        if len(brand) < RULES.shortest_slip or not (brand.isascii() and brand.isalpha()):
            return UNTOLD
        known = self._tables.known()
        if brand in known:
            return MEANT
        return GUESSED if known else UNTOLD

    def _unlisted(self, brand: str) -> int:
        """Known words are meant, and nobody's are slips; of one in Chinese syllables none knows."""
        sure = self.sure(brand)
        if sure != GUESSED:
            return sure
        if counts_of(self._tables.syllables)(brand) or counts_of(self._in_cantonese())(brand):
            return UNTOLD
        return MEANT if self._is_mostly_ending(brand) else SLIP

    def _is_mostly_ending(self, brand: str) -> bool:
        """Whether little but what many brands end with is in one: Grotech and Protech are two."""
        endings = self._tables.documents.endings
        return brand.endswith(endings) and any(
            brand.endswith(ending) and len(brand) - len(ending) < RULES.shortest_misspelled
            for ending in endings
        )

    def _in_cantonese(self) -> frozenset[str]:
        """The syllables in which Chinese names are read in Cantonese, gathered once."""
        if not self._cantonese:
            self._cantonese = frozenset(reading[2] for reading in self._tables.han.values())
        return self._cantonese
