"""Chinese names that are written in full pinyin, read with the words that it says.

A list prints the Chinese of an institute translated; somebody writes it as it is said, joined or
syllable by syllable: `Dishiba yanjiusuo` is the 18th institute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from detente.parties.names.kinds import BRAND, INDUSTRY, NUMBER, PLACE
from detente.parties.names.languages.spoken_numbers import DIGIT_RUNS, SpokenNumbers
from detente.parties.names.names import (
    FEWEST_SYLLABLES,
    NameTables,
    NameWord,
    is_han,
    latin_parts,
    plain,
    said,
    spoken_words,
    without_conjunctions,
    without_form,
)
from detente.parties.names.sounds import counts_of, spelled_in_pinyin

LONGEST_SPOKEN, LONGEST_SYLLABLE = 30, 6
"""Letters of the longest Chinese word as it is said, and of the longest syllable."""

SHORTEST_BEHIND = 4
"""Letters of the shortest word that is read from the end."""

FEWEST_TRADES = 2
"""Words of a trade that tell a party which has no brand."""

FEWEST_WITH_BODY = 3
"""Words of the shortest name in pinyin whose last syllable is a body: brand, trade, factory."""


class FullPinyin:
    """What full pinyin says, by the words of the tables."""

    def __init__(self, tables: NameTables, weight: Callable[[NameWord], float]) -> None:
        """Take the tables.

        Args:
            tables: words and characters.
            weight: how much a word counts: of words that are said alike the commonest is meant.
        """
        self._tables = tables
        self._weight = weight
        self._syllables = tables.syllables
        self._syllables_in = counts_of(self._syllables)

    def spells(self, words: Sequence[str]) -> bool:
        """Whether words are written in Mandarin syllables alone, but for numbers."""
        if not words or (words[0].isalpha() and not self._syllables_in(words[0])):
            return False
        spelled = [part for word in words for part in DIGIT_RUNS(word)[::2] if part]
        return spelled_in_pinyin(spelled, self._syllables_in) >= FEWEST_SYLLABLES

    def word_by_word(self, name: str) -> list[tuple[NameWord, ...]]:
        """Full pinyin with every word of the table that it says; [] where it says no trade.

        It is read across its blanks, which stand behind each syllable or behind words, and word by
        word, where a word that is not all of the table is a brand. A place that is no word of the
        table in Latin letters may be a brand, too.
        """
        stated = plain(name, self._tables).split()
        letters = "".join(stated)
        across = self._said_words(letters)
        words = latin_parts(stated, self._tables)
        read = [across, self._each_word(words), self._each_word(words, places=False)]
        if any(part.kind == NUMBER for part in across):
            read.append(self._known_as(letters))
        if bare := self._without_districts(across):
            read.append(bare)
        if letters.isalpha():
            read.append(self._from_behind(letters))
        forms = (tuple(without_conjunctions(self._body_told(each), self._tables)) for each in read)
        return [form for form in dict.fromkeys(forms) if _tells_a_trade(form)]

    def _from_behind(self, letters: str) -> list[NameWord]:
        """What full pinyin says, its trades read from the end: a brand may end as a word begins."""
        behind: list[NameWord] = []
        place: list[NameWord] = []
        while letters:
            sizes = range(min(LONGEST_SPOKEN, len(letters) - 1), SHORTEST_BEHIND - 1, -1)
            known = next(
                (
                    letters[-size:]
                    for size in sizes
                    if letters[-size:] in self._words and self._syllables_in(letters[:-size])
                ),
                "",
            )
            if not known:
                break
            behind = [*self._words[known], *behind]
            letters = letters.removesuffix(known)
        words, length = self._first_spoken(letters) if letters else (None, 0)
        if words and all(part.kind == PLACE for part in words):
            place, letters = words, letters[length:]
        brand = [NameWord(BRAND, letters)] if letters else []
        return [*place, *brand, *behind] if behind and brand else []

    def _without_districts(self, words: Sequence[NameWord]) -> list[NameWord]:
        """Words without the syllable for a city or province behind a place; [] where none is."""
        said = self._tables.documents.pinyin_districts
        found, bare, before = list[NameWord](), False, ""
        for part in words:
            kind, text = part
            district = next((each for each in said if text.startswith(each)), "")
            if before == PLACE and kind == BRAND and district:
                text, bare = text.removeprefix(district), True
            if text:
                found.append(NameWord(kind, text))
            before = kind
        return found if bare else []

    def _each_word(self, words: Iterable[NameWord], *, places: bool = True) -> list[NameWord]:
        """Words of pinyin, each brand of which as what it says where that is all of the table.

        Args:
            words: as they are written.
            places: whether what a brand says may be a place alone.
        """
        found: list[NameWord] = []
        for part in words:
            spoken = self._said_words(part.text) if part.kind == BRAND else []
            kinds = {kind for kind, _ in spoken}
            known = bool(kinds) and BRAND not in kinds and (places or kinds != {PLACE})
            found += spoken if known else [part]
        return found

    def _body_told(self, words: list[NameWord]) -> list[NameWord]:
        """Words of pinyin, of which the last syllable behind a trade is the body that it says."""
        if len(words) < FEWEST_WITH_BODY or words[-2].kind != INDUSTRY:
            return words
        *rest, last = words
        body = self._numbers.bodies.get(last.text) if last.kind == BRAND else None
        return [*rest, *body] if body else words

    def _known_as(self, letters: str) -> list[NameWord]:
        """What full pinyin of an institute with a number says, its parent by its other name."""
        heads = (letters[:length] for length in range(len(letters), 0, -1))
        head = next((each for each in heads if each in self._brands), "")
        rest = self._said_words(letters[len(head) :])
        return [NameWord(BRAND, self._brands[head]), *rest] if head else rest

    @cached_property
    def _brands(self) -> dict[str, str]:
        """The Chinese brands of the table as they are said, with the Latin name of each."""
        return {
            stated: canonical
            for text, (kind, canonical) in self._tables.words.items()
            if kind == BRAND and len(text) > 1 and all(map(is_han, text)) and canonical.isascii()
            for stated in said(text, self._tables.han)
        }

    def _said_words(self, letters: str) -> list[NameWord]:
        """The words of the table that full pinyin says, and what is between them as brands."""
        numbers = self._numbers
        found: list[NameWord] = []
        pieces = DIGIT_RUNS(letters)
        for at, piece in enumerate(pieces):
            if at % 2:
                found.append(NameWord(NUMBER, str(int(piece))))
            elif at and piece in numbers.bodies:
                found += numbers.bodies[piece]
            else:
                before_digits = at + 1 < len(pieces)
                found += self._spoken(piece.removesuffix(numbers.mark) if before_digits else piece)
        return found

    def _spoken(self, letters: str) -> list[NameWord]:
        """The words that letters without digits say."""
        found: list[NameWord] = []
        brand = ""
        for piece, known in self._pieces(letters):
            if known is None:
                brand += piece
            else:
                found += [NameWord(BRAND, brand), *known] if brand else known
                brand = ""
        return [*found, NameWord(BRAND, brand)] if brand else found

    def _pieces(
        self, letters: str, *, anywhere: bool = False
    ) -> Iterator[tuple[str, list[NameWord] | None]]:
        """The pieces that letters are said in, each with its words; None for a syllable of none.

        Args:
            letters: small letters without blanks.
            anywhere: whether a number may stand before whatever it may be; see `SpokenNumbers`.
        """
        numbers = self._numbers
        while letters:
            number, length = numbers.first(letters, self._names_a_body, anywhere=anywhere)
            known: list[NameWord] | None = [NameWord(NUMBER, number)]
            if not number:
                known, length = self._first_spoken(letters)
            yield letters[:length], known
            letters = letters[length:]
            if number and (body := numbers.bodies.get(letters)):
                yield letters, body
                return

    def as_one_word(self, letters: str) -> list[tuple[NameWord, ...]]:
        """Full pinyin as one word, with the numbers in it apart: of these no letter may be wrong.

        What may be a number before something else than a body is read in both ways.
        """
        whole = NameWord(BRAND, without_form(letters, self._tables))
        if not self._numbers.may_stand_in(letters):
            return [(whole,)]
        if apart := self._numbers_apart(letters, anywhere=False):
            return [apart]
        apart = self._numbers_apart(letters, anywhere=True)
        return [apart, (whole,)] if apart else [(whole,)]

    def _numbers_apart(self, letters: str, *, anywhere: bool) -> tuple[NameWord, ...]:
        """The rest of full pinyin as one word, and the numbers in it; () where there are none."""
        numbers: list[NameWord] = []
        rest = ""
        for piece, known in self._pieces(letters, anywhere=anywhere):
            if known and known[0].kind == NUMBER:
                numbers += known
            else:
                rest += piece
        return (NameWord(BRAND, without_form(rest, self._tables)), *numbers) if numbers else ()

    @cached_property
    def _words(self) -> dict[str, list[NameWord]]:
        """What each Chinese word of the table means as it is said, the commonest of several."""
        return {
            stated: min(meant, key=lambda words: sum(map(self._weight, words)))
            for stated, meant in spoken_words(self._tables).items()
        }

    @cached_property
    def _numbers(self) -> SpokenNumbers:
        return SpokenNumbers(self._tables)

    def _names_a_body(self, letters: str) -> bool:
        """Whether full pinyin names a body that has a number for a name, behind what it does."""
        known, length = self._first_spoken(letters)
        if known is None or known[-1].kind != INDUSTRY:
            return False
        bodies = self._numbers.bodies.values()
        return known[-1:] in bodies or self._names_a_body(letters[length:])

    def _first_spoken(self, letters: str) -> tuple[list[NameWord] | None, int]:
        """The words of the table that full pinyin begins with, or one syllable; and its length."""
        words = self._tables.words
        for length in range(min(len(letters), LONGEST_SPOKEN), 0, -1):
            head, rest = letters[:length], letters[length:]
            if rest and not self._syllables_in(rest):
                continue
            known = self._words.get(head)
            if known is None and (place := words.get(head)) and place[0] == PLACE:
                known = [NameWord(*place)]
            if known is not None:
                return known, length
        for length in range(min(len(letters), LONGEST_SYLLABLE), 0, -1):
            rest = letters[length:]
            if letters[:length] in self._syllables and (not rest or self._syllables_in(rest)):
                return None, length
        return None, len(letters)


def _tells_a_trade(words: Sequence[NameWord]) -> bool:
    """Whether words read from pinyin tell a party by what it does, with its brand or without."""
    trades = sum(part.kind == INDUSTRY for part in words)
    return trades >= FEWEST_TRADES or (trades > 0 and any(part.kind == BRAND for part in words))
