"""Read a name as it is said in Chinese, Korean, Japanese, Russian or Arabic, or as it is heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.parties.names.comparing import PERSON
from detente.parties.names.japanese import hepburn
from detente.parties.names.kinds import BRAND, LEGAL, PLACE
from detente.parties.names.languages.heard_names import key_of, whole_brands
from detente.parties.names.languages.hong_kong import spelled_names
from detente.parties.names.languages.slavic import as_english, is_of_firm, of_town
from detente.parties.names.names import (
    HAS_ARABIC,
    NameTables,
    NameWord,
    family_apart,
    from_wade_giles,
    in_cantonese,
    in_mandarin,
    is_han,
    latin_parts,
    parts,
    squashed,
)
from detente.parties.names.reading.listed_names import Form, ListedNames
from detente.parties.names.remembered import MOST_MET
from detente.parties.names.sounds import counts_of

LETTERS_LESS = 2
"""Letters by which pinyin may be shorter than Wade-Giles: one in the beginning, one in the end."""

MAY_BE_PERSON = frozenset((BRAND, PLACE))
"""The kinds of the words of a person's name."""

FEWEST_OF_TWO_NAMES = 3
"""Words of the shortest name of a person that has a Chinese family and a Chinese given name beside
another: Teresa Cheng Yeuk-wah, and not Nguyen Van Hung."""

AS_HEARD = "a listed name as katakana writes what is heard"
"""How a name in katakana was read."""


class SpokenNames:
    """Reads names as they are said, with the tables and with what the lists have."""

    def __init__(
        self, lists: ListedNames, tables: NameTables, spellings: Mapping[str, str]
    ) -> None:
        """Take what names are read with.

        Args:
            lists: what they are screened against.
            tables: words and characters.
            spellings: Cantonese spellings of Hong Kong, with their pinyin.
        """
        self._lists, self._tables = lists, tables
        self._spellings = {word: stated.split(",")[0] for word, stated in spellings.items()}
        self._syllables = tables.syllables
        self.syllables_in = counts_of(self._syllables)
        """How many Mandarin syllables a word is made of; 0 for others."""
        self._longest_wade = max(map(len, self._syllables), default=0) + LETTERS_LESS
        self._spelled: dict[str, tuple[str, str]] = {}

    def is_pinyin(self, word: str) -> bool:
        """Whether a word is made of Mandarin syllables alone."""
        return self.syllables_in(word) > 0

    def respelled(self, word: str) -> tuple[str, str]:
        """A word as pinyin, if it is Wade-Giles, and if it is a Cantonese spelling; else itself."""
        if len(word) > self._longest_wade and word not in self._spellings:
            return word, word
        found = self._spelled.get(word)
        if found is None:
            wade = word
            if word not in self._syllables and len(word) <= self._longest_wade:
                wade = from_wade_giles(word, self._syllables)
            if len(self._spelled) >= MOST_MET:
                self._spelled.clear()
            found = self._spelled[word] = wade or word, self._spellings.get(word, word)
        return found

    def said(self, words: tuple[NameWord, ...]) -> list[Form]:
        """The words as they are said in Chinese, or in pinyin where they are spelled otherwise."""
        tables, spelled = self._tables, self._spelled
        found: list[Form] = []
        chinese = respelled = False
        for kind, text in words:
            if not text.isascii() and is_han(text[0]):
                chinese = True
            elif kind == BRAND and (spelled.get(text) or self.respelled(text)) != (text, text):
                respelled = True
        if chinese:
            found += [(form, "read in Mandarin") for form in in_mandarin(words, tables)]
            found.append((in_cantonese(words, tables), "read in Cantonese"))
            found += [(form, "read in Mandarin, family name apart")
                      for form in family_apart(words, tables)]  # fmt: skip
            if len(words) == 1 and words[0].kind == BRAND:
                spelled_so = spelled_names(words[0].text, tables, self._lists.is_in_any_file)
                found += [(form, "as Hong Kong spells it") for form in spelled_so]
        elif respelled:
            found += self._as_respelled(words)
        return found

    def _as_respelled(self, words: Sequence[NameWord]) -> Iterator[Form]:
        """The words of a Latin name as they may be read, each with how they were read."""
        for at, what in enumerate(("Wade-Giles", "Cantonese spelling")):
            changed = tuple(
                NameWord(BRAND, self.respelled(part.text)[at]) if part.kind == BRAND else part
                for part in words
            )
            told = (self._may_be_mandarin(changed), self._may_be_cantonese(words))[at]
            if told and changed != words:
                yield changed, f"read as {what}"

    def _may_be_mandarin(self, words: Sequence[NameWord]) -> bool:
        """Whether words are no name of a person in which one alone is a Mandarin syllable."""
        if any(part.kind != BRAND for part in words) or len(words) < 2:
            return True
        return sum(self.is_pinyin(part.text) for part in words) > 1

    def _may_be_cantonese(self, words: Sequence[NameWord]) -> bool:
        """Whether words are no longer name of a person in which one alone may be Chinese."""
        if any(part.kind != BRAND for part in words) or len(words) < FEWEST_OF_TWO_NAMES:
            return True
        return sum(part.text in self._spellings or self.is_pinyin(part.text) for part in words) > 1

    def as_slavic(
        self, name: str, stated: Sequence[str], words: tuple[NameWord, ...]
    ) -> Iterator[Form]:
        """A name as English writes Russian, where another language may have it so.

        A firm is told by a word that says what it is: many are called as a person in that language.
        """
        kinds = {kind for kind, _ in words}
        if BRAND not in kinds or len(words) < 2:
            return  # Yaroslav is a town, too
        places = tuple([self._of_town(part) for part in words])
        if places != words:
            yield places, "with a town as it is called"
        if not kinds <= MAY_BE_PERSON and not any(map(is_of_firm, stated)):
            return
        for text, language in as_english(name):
            form = parts(text, self._tables)
            if form != words and any(kind == BRAND for kind, _ in form):
                yield form, f"read as {language} writes Russian"

    def _of_town(self, part: NameWord) -> NameWord:
        """A word as the town of which it is the Russian adjective (`Angarskaya`); else itself."""
        town = of_town(part.text, self._tables.words) if part.kind == BRAND else ""
        return NameWord(PLACE, town) if town else part

    def as_korean(self, stated: Sequence[str], words: Sequence[NameWord]) -> Iterator[Form]:
        """The listed names of Koreans that a name may be, all syllables alike in some spelling."""
        if any(kind == LEGAL for kind, _ in words):
            return
        korean = self._tables.korean
        asked = korean.keys(stated, any_first=True)
        if not asked:
            return
        mandarin = all(map(self.is_pinyin, stated))
        for form in dict.fromkeys(self._lists.koreans(asked)):
            # Names that are both all of Mandarin syllables are compared as such.
            if form != words and not (mandarin and all(self.is_pinyin(text) for _, text in form)):
                yield form, "read as Korean"

    def _in_hepburn(self, stated: Sequence[str]) -> list[str]:
        """The words of a Japanese name in Hepburn, legal forms aside; [] of one that is so, too."""
        kinds, read = self._tables.words, []
        for word in stated:
            said = hepburn(word)
            if kinds.get(word, (BRAND,))[0] != LEGAL:
                if not said:
                    return []  # as most second words are
                read.append((word, said))
        return [said for _, said in read] if any(word != said for word, said in read) else []

    def as_japanese(self, stated: Sequence[str]) -> Iterator[Form]:
        """A Japanese name in Hepburn, where a list prints it so."""
        read = self._in_hepburn(stated) if hepburn(stated[0]) else []
        if not read or all(map(self.is_pinyin, read)):
            return
        form = latin_parts(read, self._tables)
        # Of a name that is spelled otherwise already a letter more would be another one.
        wanted = sorted(set(map(squashed, (form, (*form[1:], form[0]), (form[-1], *form[:-1])))))
        if self._lists.prints(wanted):
            yield form, "read as Japanese"

    def as_heard(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """The listed names of which the same is heard."""
        if words[-1].kind == LEGAL:
            words = whole_brands(words)
        if key := key_of(words):
            for form in self._lists.heard_as(key):
                if sorted(form) != sorted(words):
                    yield form, "as a list spells what is heard of it"

    def with_vowels(self, text: str) -> Iterator[Form]:
        """A name in Arabic letters or katakana as the listed names of all files that it may be."""
        from detente.parties.names.languages.unvoweled import readings

        for form in readings(text, self._tables, self._lists.listed_files(), PERSON):
            how = "with the vowels of a listed name" if HAS_ARABIC(text) else AS_HEARD
            yield form, how
