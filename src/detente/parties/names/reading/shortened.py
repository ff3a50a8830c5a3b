"""Words that clerks shorten, and names that a field of a form cuts off.

A word may be clipped before a dot (`Resea.`), lack its vowels (`Tchnlgy`), or be the last one that
a field of 30 or 40 letters had room for (`Hefei Advanced Computing Cen`). What it is short for the
tables tell, where they know a word that begins so or has its consonants: of several those come
first that more listed names have. A brand is in no table. It may be that of a listed name which has
the other words of the name too, and that the lists say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice, product

from detente.parties.names.kinds import BRAND, FILLER, LEGAL, PLACE
from detente.parties.names.languages.unvoweled import ListedFile, skeletons_of
from detente.parties.names.names import NameTables, NameWord, latin_parts, squashed
from detente.parties.names.reading.word_readings import (
    VOWELS_LEFT_OUT,
    lacks_vowels,
    without_vowels,
)
from detente.parties.names.remembered import remembered

SHORTEST_MEANT = 4
"""Letters of the shortest word of the tables that another may be short for."""

FEWEST_OF_BRAND = 5
"""Letters of the shortest word without vowels that is looked for among the brands of all lists."""

FEWEST_BEFORE_CUT = 8
"""Letters that a name has, beside its legal form, where it is cut off."""

FEWEST_OF_TRADE, FEWEST_WITHOUT_BRAND = 2, 3
"""Words of the shortest name without a brand: before the place where it is cut off, written out."""

MOST_MEANINGS, MOST_WAYS, MOST_COMPARED, MOST_NAMED = 3, 6, 200, 6
"""Words that one may be short for; ways in which a name is written out; listed names that are
looked at for one of them; and brands and places that these must have."""

IN_FULL, AS_CUT = "its shortened words in full", "as a listed name that a field cuts off there"
"""How a name was read."""

_NAMES, _FORMS = (BRAND, PLACE), (LEGAL, FILLER)

Reading = tuple[NameWord, ...]


FEWEST_LEFT = 3
"""Consonants of the shortest word that is known by these, where vowels of it are left out."""


class ShortWords:
    """What the shortened words of a name may be."""

    def __init__(
        self,
        tables: NameTables,
        rarity: Callable[[NameWord], float],
        files: Callable[[], Iterable[ListedFile]],
    ) -> None:
        """Take what is known of words.

        Args:
            tables: words and characters.
            rarity: the more, the fewer listed names have a word.
            files: the lists.
        """
        self._tables, self._rarity, self._files = tables, rarity, files
        self._rank = remembered(self._rank_of)
        self._meant_by = remembered(self._clipped)

    def readings(
        self, name: str, stated: Sequence[str], clipped: Sequence[str], cut: bool
    ) -> Iterator[tuple[Reading, str]]:
        """The words of a name with the shortened ones in full, each with how it was read.

        Args:
            name: as it is written.
            stated: its words in small ASCII letters.
            clipped: those that stand before a dot and are no words of the tables.
            cut: whether the last one may be cut off.
        """
        short = {each: self._meant_by(each) for each in clipped}
        for word in stated:
            if not lacks_vowels(word) or word in short or word in self._tables.words:
                continue
            # In capitals, where the name is not, it is an acronym.
            if name.isupper() or word.upper() not in name:
                short[word] = self._first(self._by_consonants.get(word, ()))
        last = stated[-1]
        if cut and last not in short and (full := self._meant_by(last)):
            short[last] = full
        for form in self._written_out(stated, short, clipped) if short else ():
            yield form, IN_FULL
        if cut and len(stated) > 1:
            if self._begins_form(last):
                yield latin_parts(stated[:-1], self._tables), IN_FULL
            for form in self._going_on(stated[:-1], last):
                yield form, AS_CUT

    def _written_out(
        self, stated: Sequence[str], short: Mapping[str, Sequence[str]], clipped: Collection[str]
    ) -> Iterator[Reading]:
        """The words of a name with those in full that are shortened, the likeliest way first."""
        rest = latin_parts([word for word in stated if word not in short], self._tables)
        if all(kind in _FORMS for kind, _ in rest):
            return  # nothing else tells whose name it is
        named = [part for part in rest if part.kind in _NAMES and len(part.text) > 1]
        sure = any(kind == BRAND for kind, _ in named)
        # What the tables know of a word that nobody clipped is not asked of the lists.
        asked = {word for word in short if word in clipped or not short[word]}
        beside = self._beside(named[:MOST_NAMED]) if asked and named else None
        several = self._tables.documents.abbreviated if sure else {}
        options: list[Sequence[str]] = []
        for word in stated:
            if word not in short:
                options.append((word, *several.get(word, ())))
                continue
            listed = self._listed(word, beside) if word in asked else []
            sure |= not named and len(listed) == 1
            options.append(tuple(dict.fromkeys((*listed, *short[word]))) or (word,))
        seen: set[Reading] = set()
        ways = islice(product(*(range(len(each)) for each in options)), MOST_COMPARED)
        for way in sorted(ways, key=sum)[:MOST_WAYS]:
            full = " ".join(some[at] for some, at in zip(options, way, strict=True))
            form = latin_parts(full.split(), self._tables)
            telling = sum(kind not in _FORMS for kind, _ in form)
            if form not in seen and (sure or telling >= FEWEST_WITHOUT_BRAND):
                seen.add(form)
                yield form

    def _listed(self, word: str, beside: Mapping[str, int] | None) -> list[str]:
        """The words of listed names that one may be short for.

        Args:
            word: the word.
            beside: the words of the listed names that have the brands and places of the name, by
                how many have each; None where it has none. Then one without its vowels may be any
                brand that has its consonants.
        """
        vowels_left_out = lacks_vowels(word)
        found: Counter[str] = Counter()
        if beside is not None:
            for text, names in beside.items():
                if without_vowels(text) == word if vowels_left_out else text.startswith(word):
                    found[text] = names
        elif vowels_left_out and len(word) >= FEWEST_OF_BRAND:
            for file in self._files():
                for text, numbers in file.find(skeletons_of(word)):
                    if without_vowels(text) == word:
                        found[text] += sum(1 for _ in numbers)
        del found[word]
        return sorted(found, key=lambda each: (-found[each], each))[:MOST_MEANINGS]

    def _beside(self, named: Sequence[NameWord]) -> Counter[str]:
        """The words of the listed names that have all of some, by how many have each."""
        found: Counter[str] = Counter()
        for file in self._files():
            numbers = _bearing_all(file, named)
            for _, words in file.names(numbers) if len(numbers) <= MOST_COMPARED else ():
                found.update(text for _, text in words)
        return found

    def _going_on(self, whole: Sequence[str], last: str) -> list[Reading]:
        """The listed names that begin with some words, and go on with one that begins so.

        Where many do, nothing tells which is meant.
        """
        if whole and all(map(self._begins_form, (*whole, last))):
            return []
        base = [part for part in latin_parts(whole, self._tables) if part.kind not in _FORMS]
        begin = squashed(base)
        if len(begin) + len(last) < FEWEST_BEFORE_CUT or (
            0 < len(base) < FEWEST_OF_TRADE and base[0].kind not in _NAMES
        ):
            return []
        found: set[Reading] = set()
        for file in self._files():
            for words in islice(file.beginning(begin + last), MOST_COMPARED):
                telling = [part for part in words if part.kind not in _FORMS]
                behind = telling[len(base)].text if len(telling) > len(base) else ""
                if behind.startswith(last) and behind != last and telling[: len(base)] == base:
                    found.add(words)
        meant = {squashed(words) for words in found}
        return (
            sorted(found, key=lambda each: (len(each), each))[:MOST_WAYS]
            if len(meant) <= MOST_WAYS
            else []
        )

    @cached_property
    def _words(self) -> Sequence[str]:
        """The words of the tables and of their phrases, in order."""
        tables = self._tables
        phrases = set(chain.from_iterable(tables.phrases.values()))
        found = {*" ".join(filter(str.isascii, tables.words)).split(), *chain(*phrases)}
        return sorted([each for each in found if len(each) >= SHORTEST_MEANT and each.isalpha()])

    @cached_property
    def _by_consonants(self) -> Mapping[str, Sequence[str]]:
        """The words of the tables by what is left of each without its vowels."""
        found: dict[str, list[str]] = {}
        # All at once: it is done in every process that meets such a word.
        rest = "\n".join([word[1:] for word in self._words]).translate(VOWELS_LEFT_OUT).split("\n")
        for word, left in zip(self._words, rest, strict=True):
            if len(left) < len(word) - 1:
                found.setdefault(word[0] + left, []).append(word)
        return found

    @cached_property
    def _forms(self) -> Sequence[str]:
        """The words of legal forms, in order."""
        tables = self._tables
        found = {word for text, (kind, _) in tables.words.items()
                 if kind == LEGAL and text.isascii() for word in text.split()}  # fmt: skip
        return sorted(found.union(*chain.from_iterable(tables.phrases.values())))

    def _begins_form(self, word: str) -> bool:
        """Whether a word is the beginning of one of a legal form."""
        forms, at = self._forms, bisect_left(self._forms, word)
        return at < len(forms) and forms[at].startswith(word)

    def _clipped(self, word: str) -> tuple[str, ...]:
        """The words of the tables that one may be whose rest is left out."""
        words, at = self._words, bisect_left(self._words, word)
        left = without_vowels(word)
        # Two consonants are those of too many words (`seas`).
        found = list(self._by_consonants.get(left, ())) if len(left) >= FEWEST_LEFT else []
        while at < len(words) and words[at].startswith(word):
            if len(words[at]) > len(word) + 1:
                found.append(words[at])
            at += 1
        return self._first(found)

    def _rank_of(self, word: str) -> tuple[float, int, str]:
        """What a word of the tables comes by among others."""
        kind, text = self._tables.words.get(word, (BRAND, word))
        part = NameWord(kind, word if kind == BRAND else text)
        return self._rarity(part), len(word), word

    def _first(self, words: Iterable[str]) -> tuple[str, ...]:
        """Those of some words that most listed names have, one of each meaning."""
        tables = self._tables
        by_meaning: dict[object, str] = {}

        for word in sorted(words, key=self._rank):
            by_meaning.setdefault(tables.words.get(word, word), word)
        return tuple(by_meaning.values())[:MOST_MEANINGS]


def _bearing_all(file: ListedFile, words: Sequence[NameWord]) -> list[int]:
    """The numbers of the listed names that have all of some words."""
    # A long word is that of few names, or of none: then the others need not be looked for.
    first, *others = sorted((text for _, text in words), key=len, reverse=True)
    found = set(file.bearing(first))
    for text in others:
        if not found:
            break
        found.intersection_update(file.bearing(text))
    return sorted(found)
