"""Read the name of a body: by its number or acronym, in a group, with a slip in a known word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from detente.parties.names.comparing import PERSON
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE, SLIGHT
from detente.parties.names.languages.full_pinyin import FEWEST_TRADES
from detente.parties.names.legal import FEWEST_OF_ACRONYM, acronyms_beside, are_initials
from detente.parties.names.names import NameTables, NameWord, parts, squashed
from detente.parties.names.patterns import late_pattern
from detente.parties.names.policy import RULES
from detente.parties.names.reading.listed_names import Form, ListedNames
from detente.parties.names.reading.word_readings import Way
from detente.parties.names.remembered import remembered

UNITED = frozenset((BRAND, INDUSTRY, PLACE))
"""Kinds of words that may be one brand."""

BESIDE_BRAND = late_pattern(f"(?={BRAND}[{INDUSTRY}{PLACE}]|[{INDUSTRY}{PLACE}]{BRAND})")
"""Where, among the kinds of the words of a name, a brand stands beside another such word."""

SHORTEST_JOINED = 8
"""Letters of the shortest brand that two or three words of a name may be."""

SHORTEST_DOUBTED = 14
"""Letters of the shortest name that is read with another word than one that may be meant."""

FEWEST_OF_LETTERS, MOST_OF_LETTERS, MOST_BEARING = 2, 6, 200
"""How many such letters a name has at the least and at the most; and the listed names of a brand
that are looked through."""

FEWEST_NUMBERED, LONGEST_OF_BODY = 3, 4
"""Words of the shortest name whose number may be left out, and digits of the longest number."""

OF_GROUP, GROUP = (BRAND, INDUSTRY), "group"
"""Kinds of the words of a brand with the word for a group, and that word."""

GROUP_LEFT_OUT = "without what says that it is a group"
"""How a name was read."""

NUMBERED_BODY = NUMBER + INDUSTRY
"""Kinds of the words with which a name begins that says the number of a body first."""

FEWEST_OF_BODY, FEWEST_OF_GROUP, FEWEST_OF_HOUSE = 3, 3, 3
"""Digits of the shortest number that tells a body (`Factory 320 Nanchang`), words of the shortest
name without a brand that is also asked as that of a group, and of the shortest full name of a
house."""

OF_PARENT = re.compile(
    r"\W*(?:the\s+)?(?P<number>[\w-]+)\s+(?P<body>\D+?)\s+of\s+(?:the\s+)?(?P<parent>[^,;]+)",
    re.IGNORECASE,
).match
"""The number of a body, what it is, and the body above it (`24th Research Institute of CETC`)."""


class BodyNames:
    """Reads the names of companies and institutes, with the tables and with what the lists have."""

    def __init__(
        self,
        lists: ListedNames,
        tables: NameTables,
        kinds: Callable[[str], frozenset[str]],
        ways: Callable[[str], tuple[Way, ...]],
        tells_unbranded: Callable[[Sequence[NameWord]], bool],
    ) -> None:
        """Take what names are read with.

        Args:
            lists: what they are screened against.
            tables: words and characters.
            kinds: the kinds of the words of a text.
            ways: the known words that a word with a slip may be; see `WordReadings`.
            tells_unbranded: whether the words of a name without a brand tell a body nevertheless.
        """
        self._lists, self._tables, self._kinds = lists, tables, kinds
        self._ways, self._tells_unbranded = ways, tells_unbranded

    def as_said(self, name: str, words: tuple[NameWord, ...], kinds: str) -> Iterator[Form]:
        """A body by its number or behind the one above it, with the word for a group or without."""
        group = words[:-1] if words[-1].kind == PLACE else words
        if self.is_group(name, group):
            yield words[:1], GROUP_LEFT_OUT
        if NUMBER in kinds and len(kinds) > len(NUMBERED_BODY):
            yield from self._by_its_number(words)
        of_group = NameWord(INDUSTRY, GROUP)
        if len(kinds) >= FEWEST_OF_GROUP and BRAND not in kinds and of_group not in words:
            grouped = *words, of_group
            told = NUMBER in kinds or self._tells_unbranded(words)
            if told and self._lists.bodies_called([squashed(grouped)]):
                yield grouped, "with the word for a group"

    def behind_parent(self, name: str, kinds: str) -> str:
        """A name with the number and the body behind the one above them; "" for another name."""
        match = OF_PARENT(name) if kinds[:2] == NUMBERED_BODY else None
        return f"{match['parent']} {match['number']} {match['body']}" if match else ""

    def is_group(self, name: str, words: Sequence[NameWord]) -> bool:
        """Whether a name is the acronym of a listed party and the word for group (CETC Group)."""
        if len(words) != len(OF_GROUP) or tuple(kind for kind, _ in words) != OF_GROUP:
            return False
        first = name.split()[0]
        acronym = len(first) >= FEWEST_OF_ACRONYM and first.isupper() and not name.isupper()
        if not acronym or words[1].text != GROUP:
            return False
        # A ship may be called so, too; a company says in another name what it does.
        called = [[kind for kind, _ in each] for each in self._lists.called(words[0].text)]
        return any(LEGAL in each and each.count(INDUSTRY) >= FEWEST_TRADES for each in called)

    def _by_its_number(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """A body that a list calls by a number alone, whatever stands beside it (`617 Plant`).

        Where a house does, it is that of the body: the 703rd institute of another is another one.
        """
        well_known = RULES.weight_well_known
        for one, other in pairwise(words):
            number, body = (one, other) if one.kind == NUMBER else (other, one)
            if body.kind != INDUSTRY or len(number.text) < FEWEST_OF_BODY or number.kind != NUMBER:
                continue
            if not (called := self._lists.called(squashed((number, body)))):
                continue
            rest = {part for part in words if part not in (number, body)}
            brands = {part for part in rest if part.kind == BRAND}
            houses = {part for part in brands if self._lists.weight(part) <= well_known}
            told = {part for part in rest if part.kind in (PLACE, INDUSTRY)}
            if not brands and len(told) >= FEWEST_OF_HOUSE:
                houses = told  # as it is called in full
            if not houses or any(houses <= names for names in called):
                yield (number, body), "by its number"

    def without_its_number(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """The words of a body without the number that it has beside a name of its own.

        `AVIC Leihua Institute 607` is told by its brand, and the 182 of `Factory 182 Shaanxi
        Aircraft Industry` is what it was called by before. A house with a number is another body
        than the house.
        """
        if len(words) <= FEWEST_NUMBERED:
            return
        bodies, how = self._tables.documents.bodies, "without its number"
        for at, (kind, text) in enumerate(words):
            if kind != NUMBER or not 1 < len(text) <= LONGEST_OF_BODY:
                continue
            beside = {place for place in (at - 1, at + 1) if 0 <= place < len(words)}
            if not any(words[place].text in bodies for place in beside):
                continue
            left = words[:at] + words[at + 1 :]
            kinds = [each for each, _ in left]
            if kinds.count(BRAND) > 1:
                yield left, how
            rest = words[at + 1 :]
            told = [each for each, _ in rest if each not in (LEGAL, FILLER)]
            begins = all(each in (INDUSTRY, FILLER) for each, _ in words[:at])
            if begins and len(told) > 1 and not {BRAND, PLACE}.isdisjoint(told):
                yield rest, how

    def without_acronyms(self, name: str) -> Iterator[Form]:
        """The words of a name without the acronym beside it, its own or that of its parent."""
        # A name with a capital at the beginning of each word alone has none.
        for acronym, rest in () if name.istitle() or name.islower() else acronyms_beside(name):
            if form := self._without_acronym(name, acronym, rest):
                yield form, "without its acronym"

    def _without_acronym(self, name: str, acronym: str, rest: str) -> tuple[NameWord, ...]:
        """The words of a name beside its acronym; () where nothing tells that it is one.

        It is told by the first letters of these words, or by a party that the lists name both so
        (`YMTC Yangtze Memory Technologies`). In a name that is in capitals any word may look like
        an acronym.
        """
        first, _, behind = rest.partition(" ")
        if are_initials(acronym, rest) or (
            are_initials(acronym, behind) and self._kinds(first) == {PLACE}
        ):
            return parts(rest, self._tables)
        # A family name in capitals before a comma is no acronym: `GUZMAN, Ivan`.
        if name.isupper() or name.startswith(f"{acronym},"):
            return ()
        if not (known := self._lists.called(acronym.lower())):
            return ()
        form = parts(rest, self._tables)
        telling = {part for part in form if part.kind not in SLIGHT}
        branded = any(part.kind == BRAND for part in telling)
        if not branded and len(telling) < FEWEST_TRADES:
            return ()
        return form if any(telling <= words for words in known) else ()

    def with_known_words(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """A listed body of whose name a word that says little has a slip, or no blank beside it.

        `Bank of East Lnad`, `Science andTechnology`, `Cul ture and Media`.
        """
        known, ways = self._tables.words, self._ways
        meant = [
            (at, at + 1, several, sure)
            for at, (kind, text) in enumerate(words) if kind == BRAND
            for several, sure in ways(text)
        ] + [
            (at, at + 2, (NameWord(*whole),), True)
            for at, ((kind, text), (of_next, following)) in enumerate(pairwise(words))
            if (kind == BRAND or of_next == BRAND) and (whole := known.get(text + following))
        ]  # fmt: skip
        wholes: dict[str, tuple[NameWord, ...]] = {}
        for begin, end, several, sure in meant:
            rest = words[:begin] + words[end:]
            form = words[:begin] + several + words[end:]
            letters = squashed(form)
            if self._tells_so(form, len(letters), rest, sure):
                wholes[letters] = form
        for letters in self._lists.bodies_called(list(wholes)) if wholes else ():
            yield wholes[letters], "with a slip in a known word, or its blank in another place"

    def _tells_so(
        self, form: Sequence[NameWord], size: int, rest: Sequence[NameWord], sure: bool
    ) -> bool:
        """Whether a name tells a body in which a word is read as a known one.

        Args:
            form: its words.
            size: their letters.
            rest: those that are as they were.
            sure: whether the word is nobody's as it was.
        """
        branded = any(kind == BRAND for kind, _ in rest)
        if size < SHORTEST_DOUBTED:
            return branded and sure and size >= SHORTEST_JOINED
        return branded or sure or self._tells_unbranded(form)

    def joined_as_listed(
        self, stated: Sequence[str], words: tuple[NameWord, ...], kinds: str
    ) -> Iterator[Form]:
        """A name with several words in a row as one, where that is a listed brand (TDP Molds).

        Brands alone are compared without their blanks; a word of a trade would be lost. Words of
        trades alone are what they say.
        """
        for first, end in _may_be_joined(kinds):
            joined = "".join(stated[first:end])
            if len(joined) >= SHORTEST_JOINED and self._lists.is_listed(joined):
                form = *words[:first], NameWord(BRAND, joined), *words[end:]
                yield form, "its words as one, which is a listed brand"

    def with_rest_in_letters(
        self, written: Sequence[str], words: tuple[NameWord, ...]
    ) -> Iterator[Form]:
        """A listed body by its brand, with the first letters of its other words, or of all."""
        for letters, told in zip(written, reversed(words), strict=False):
            short = letters.isupper() and letters.isalpha() and len(letters) <= MOST_OF_LETTERS
            if short and len(letters) >= FEWEST_OF_LETTERS:
                named = self._bodies_bearing(told.text)
                begun = (form for form in named if _begin_so(form, told, letters.lower()))
                for form in dict.fromkeys(begun):
                    yield form, "its other words by their first letters"

    def _bodies_bearing(self, brand: str) -> Iterator[tuple[NameWord, ...]]:
        """The words of the listed names with a brand, those of persons aside."""
        for file in self._lists.listed_files():
            numbers = file.bearing(brand)
            if len(numbers) <= MOST_BEARING:
                yield from (form for party, form in file.names(numbers) if party != PERSON)


@remembered
def _may_be_joined(kinds: str) -> list[tuple[int, int]]:
    """Where, among the kinds of words, two or three stand in a row that may be one brand."""
    return [
        (first, end)
        for match in BESIDE_BRAND.finditer(kinds)
        for first, end in (
            (match.start(), match.start() + 2),
            (match.start(), match.start() + 3),
            (match.start() - 1, match.start() + 2),
        )
        if first >= 0 and UNITED.issuperset(kinds[first:end])
    ]


def _begin_so(form: Sequence[NameWord], told: NameWord, letters: str) -> bool:
    """Whether the words of a name, or all but one, begin with these letters."""
    telling = [part for part in form if part.kind not in (LEGAL, FILLER)]
    first, rest = (
        "".join(part.text[0] for part in some)
        for some in (telling, [part for part in telling if part != told])
    )
    return letters in (first, rest)
