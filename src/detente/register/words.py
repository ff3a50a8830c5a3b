"""Words for countries, groups of them, lists of parties and programs: as people write them.

One reader for every face. ``country`` gives the ISO code of a word, ``programme`` and ``list`` what
the register calls it; a word that is none is refused with the nearest.
"""

from __future__ import annotations

import re

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.vocabulary import UnknownWordError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from detente.register.model import Place

PART_OF = re.compile("(?:state|commonwealth|district) of ")
"""What stands before the name of a part of a country."""

CODE = re.compile("([A-Z]{2})-([A-Z0-9]{1,3})")
"""The code of a part of a country (ISO 3166-2): that of the country, and its own."""

BETWEEN_PLACES = re.compile(r"[,;/()（），、]| [-–—] ")
"""What stands between a place and the one that it is in."""

NEAR = 3
"""As many countries are offered in place of an unknown word."""

FEW = 6
"""As many members of a group are named."""


class Spoken(NamedTuple):
    """The words of a register, as its files write them.

    Attributes:
        countries: other words for a country, by its ISO code.
        groups: what people call a set of places, by its name.
        lists: other words for a list of parties, by its short name.
        programmes: programs of the list whose entries bear them.
        parts: names of the parts of a country, such as its states, by its ISO code.
    """

    countries: Mapping[str, tuple[str, ...]] = {}
    groups: Mapping[str, tuple[str, ...]] = {}
    lists: Mapping[str, tuple[str, ...]] = {}
    programmes: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = {}


def folded(text: str) -> str:
    """A word without case, accents, points and articles: how words are compared."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (each for each in plain if not unicodedata.combining(each))
    words = "".join(each if each.isalnum() else " " for each in letters).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


class CountryWords:
    """Countries by every word that names one."""

    def __init__(
        self, names: Mapping[str, str], spoken: Spoken, places: Mapping[str, Place]
    ) -> None:
        self.names = names
        self._codes: dict[str, str] = {}
        for code, name in names.items():
            for word in (code, name, *spoken.countries.get(code, ())):
                self._codes.setdefault(folded(word), code)
        self._parts = {folded(word): code for code, words in spoken.parts.items() for word in words}
        self._groups: dict[str, tuple[str, tuple[str, ...]]] = {}
        for place, words in spoken.groups.items():
            for word in (place, *words):
                self._groups.setdefault(folded(word), (words[0], places[place].countries))

    def find(self, text: str) -> str | None:
        """The ISO code of a word, None where it names no country."""
        return text if text in self.names else self._codes.get(folded(text))

    def of_jurisdiction(self, text: str, *, in_states: bool = False) -> tuple[str, ...]:
        """The ISO codes of the countries that a place may be in, as filings name it.

        Args:
            text: a country, a part of one or both (`Delaware`, `State of Delaware, USA`), or the
                code of a part (`US-DE`).
            in_states: whether a state may be meant, so that a code by itself may be that of one.

        Returns:
            One code; several where the text leaves open which country is meant (`Georgia`, or
            `Wilmington, DE`, since Germany has that code too), none where it names none.
        """
        is_code = text.strip().upper() in self.names and not in_states
        if (found := self.find(text)) and (is_code or folded(text) not in self._parts):
            return (found,)
        if (code := CODE.fullmatch(text.strip())) and code[1] in self.names:
            return (self._within(code[2], code[1]),)
        named = [codes for each in BETWEEN_PLACES.split(text) if (codes := self._codes_of(each))]
        if not named:
            return ()
        alone = [next(iter(codes)) for codes in named if len(codes) == 1]
        if len(alone) == len(named) == 2:
            one, other = alone
            if known := {one} & {self._within(one, other)} | {other} & {self._within(other, one)}:
                return tuple(sorted(known))
        return tuple(sorted(set.intersection(*named) or set.union(*named)))

    def _within(self, part: str, whole: str) -> str:
        """The country of a part: its own code where the words know both names for one."""
        if part not in self.names or part == whole:
            return whole
        both = folded(f"{self.names[part]} {self.names[whole]}")
        return part if self._codes.get(both) == part else whole

    def _codes_of(self, text: str) -> set[str]:
        word = folded(text)
        part = self._parts.get(word) or self._parts.get(PART_OF.sub("", word))
        codes = {code for code in (self.find(text.strip()), part) if code is not None}
        if not codes:
            # Without a comma between them: Delaware USA.
            whole = next((each for each in self._parts if word.startswith(f"{each} ")), "")
            if whole and self._codes.get(word[len(whole) + 1 :]) == self._parts[whole]:
                codes.add(self._parts[whole])
        return codes

    def named(self, code: str) -> str | None:
        """The name of a country by its code, of two letters or three; None where it is none."""
        found = self.find(code)
        return None if found is None else self.names[found]

    def group(self, text: str) -> tuple[str, tuple[str, ...]] | None:
        """The title and members of a group of countries; None where the word names none."""
        return self._groups.get(folded(text))

    def code(self, text: str, where: str = "country") -> str:
        """The ISO code of a country.

        Args:
            text: ISO alpha-2 or alpha-3, or a name in English or Chinese.
            where: the parameter or column that it stands in.

        Raises:
            UnknownWordError: it names none, or a group; the message says what to write.
        """
        found = self.find(text)
        if found is None:
            raise self.refusal(text, where)
        return found

    def refusal(self, text: str, where: str) -> UnknownWordError:
        """Why a word is not a country, and the nearest that are."""
        group = self.group(text)
        if group is not None:
            title, members = group
            shown = ", ".join(members[:FEW])
            return UnknownWordError(
                f"{text!r} is a group of {len(members)} countries ({shown}, …), and one country "
                f"is asked for: write a member of the {title}, such as {members[0]}",
                where,
            )
        wanted = folded(text)
        near = nearest(wanted, self._codes, 2 * NEAR, 0.6)
        codes = list(dict.fromkeys(self._codes[word] for word in near))[:NEAR]
        hint = ", ".join(f"{code} {self.names[code]}" for code in codes)
        return UnknownWordError(
            f"unknown country {text!r}: write two letters of ISO 3166, such as CN"
            + (f"; perhaps {hint}" if hint else ""),
            where,
        )


def list_word(text: str, spoken: Spoken, others: Iterable[str], where: str = "list") -> str:
    """The short name of a list of parties.

    Args:
        text: its short name or one of its titles.
        spoken: the words of the register.
        others: names of lists beside those of the register, such as imported ones.
        where: the parameter or column that it stands in.

    Raises:
        UnknownWordError: it is none.
    """
    from detente.core.vocabulary import refuse

    known: dict[str, str] = {}
    for name, words in spoken.lists.items():
        for word in (name, *words):
            known.setdefault(folded(word), name)
    for name in others:
        known.setdefault(folded(name), name)
    found = known.get(folded(text))
    if found is None:
        names = dict.fromkeys((*spoken.lists, *others))
        titles = (word for each in spoken.lists.values() for word in each)
        raise refuse(text, (*names, *titles), "a list", where)
    return found
