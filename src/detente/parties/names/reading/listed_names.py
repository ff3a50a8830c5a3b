"""What is asked of the lists while a name is read, and what a name is read as."""

from __future__ import annotations

from typing import Protocol

from detente._shapes import TYPE_CHECKING
from detente.parties.names.names import NameWord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from detente.parties.names.korean import Syllables
    from detente.parties.names.languages.unvoweled import ListedFile
    from detente.parties.names.reading.cut_fields import CutName

Form = tuple[tuple[NameWord, ...], str]
"""The words of a name as it may be read, and how it was read; "" for as it is written."""


ALSO = "; "
"""What stands between two ways in which a name was read, one behind the other."""


class ListedNames(Protocol):
    """What is asked of the lists while a name is read."""

    weight: Callable[[NameWord], float]
    """How much a word counts."""

    is_in_any_file: Callable[[str], bool]
    """Whether a brand stands in a listed name of any file."""

    may_be_city: Callable[[str], bool]
    """Whether a word, or two, may be the name of a city; one of thirty others passes, too."""

    called: Callable[[str], list[set[NameWord]]]
    """The words of each name that a party has which one of its names, squashed, calls so."""

    def is_listed(self, brand: str) -> bool:
        """Whether a brand stands in a listed name."""

    def bearers_of(self, borne: str) -> Sequence[object]:
        """The listed entries that bear a brand."""

    def means_others(self, known_as: Sequence[NameWord], words: Sequence[NameWord]) -> bool:
        """Whether a whole name, read as its acronym, meets only parties of another name."""

    def listed_files(self) -> list[ListedFile]:
        """The files, as names that say their words in part are looked for in them."""

    def koreans(self, asked: dict[str, Syllables]) -> Iterator[tuple[NameWord, ...]]:
        """The listed names of Koreans with a key among those that are asked."""

    def heard_as(self, key: str) -> Iterator[tuple[NameWord, ...]]:
        """The listed names of persons of which the same is heard; see `heard_names`."""

    def begun_so(self, letters: str) -> Iterator[CutName]:
        """The listed names that begin so and go on; see `cut_fields.letters_of`."""

    def prints(self, squashed_names: Sequence[str]) -> bool:
        """Whether one of some names, squashed, is listed."""

    def bodies_called(self, squashed_names: Sequence[str]) -> list[str]:
        """Those of some names, squashed, that a list prints of a party that is no person."""

    def aircraft_marked(self, squashed_marks: Sequence[str]) -> list[str]:
        """Those of some marks, squashed, that a list prints of an aircraft."""

    def countries_of(self, place: str) -> Sequence[str]:
        """The ISO codes of a country or of the cities that a text in small letters names."""

    def bodies_in(self, squashed_name: str, country: str) -> bool:
        """Whether a list prints a name, squashed, of a company in a country, an ISO code."""
