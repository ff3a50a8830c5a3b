"""Read a name as it is asked: the words that it may say, by what is written and by the lists.

A document writes more than a name, shortens it or spells it in its own way. Each way to read it is
a form, which says how it was read; what is listed under a form is told by `screening`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice, pairwise, product

from detente._shapes import TYPE_CHECKING
from detente.parties.names.comparing import PERSON
from detente.parties.names.document_words import bare_text
from detente.parties.names.japanese import HAS_KATAKANA, hepburn
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE, SLIGHT
from detente.parties.names.korean import hangul_of
from detente.parties.names.languages.full_pinyin import FEWEST_TRADES, FullPinyin
from detente.parties.names.languages.heard_names import MAY_BE_HEARD, key_of, whole_brands
from detente.parties.names.languages.hong_kong import spelled_names
from detente.parties.names.languages.slavic import as_english, is_of_firm, of_town
from detente.parties.names.languages.spelled_names import HAS_CYRILLIC, in_english, told_apart
from detente.parties.names.legal import (
    EZAFE,
    FEWEST_OF_ACRONYM,
    MAY_BE_JOINED,
    acronym_alone,
    acronyms_beside,
    are_initials,
    halves_joined,
    hyphen_closed,
    mended_form,
    place_left_out,
    stroke_as_and,
    taken_apart,
)
from detente.parties.names.names import (
    HAS_ARABIC,
    LONGEST_NAME,
    MOST_OF_PERSON,
    UNBRANDED,
    NameTables,
    NameWord,
    brand_of_trade,
    clipped_as_initials,
    clipped_words,
    dotted_initials_apart,
    family_apart,
    from_wade_giles,
    in_cantonese,
    in_mandarin,
    in_simplified,
    is_han,
    kinds_of,
    latin_parts,
    latin_words,
    parts,
    plain,
    squashed,
    with_initials_apart,
    with_letters_of_initials,
)
from detente.parties.names.patterns import late_pattern
from detente.parties.names.policy import FACTOR, RULES
from detente.parties.names.reading.cuts import CUT_ADDRESS, CUT_LEAD, CUT_PART, CUT_SHIP
from detente.parties.names.reading.documents import INITIALS_BEFORE, readings, without_initials
from detente.parties.names.reading.listed_names import ALSO, Form, ListedNames
from detente.parties.names.reading.listed_wholes import (
    TWO_BRANDS,
    UNTELLING,
    ListedWholes,
    is_elsewhere,
)
from detente.parties.names.reading.scanned import (
    all_on_paper,
    as_meant,
    capitals_on_paper,
    has_letters_of_one,
    site_name,
    with_letter,
)
from detente.parties.names.reading.word_readings import (
    ABBREVIATED,
    ANY,
    DOUBLED,
    FOREIGN,
    INITIALS,
    JOINED,
    MISREAD,
    OTHER_NAME,
    PART,
    PHRASE,
    RESPELLED,
    SAID_PLACE,
    SLAVIC,
    UNVOWELED,
    WRITTEN_OTHERWISE,
    WordReadings,
)
from detente.parties.names.remembered import MOST_MET, remembered
from detente.parties.names.sounds import counts_of

if TYPE_CHECKING:
    from detente.parties.names.reading.shortened import ShortWords

LETTERS_LESS = 2
"""Letters by which pinyin may be shorter than Wade-Giles: one in the beginning, one in the end."""

FEWEST_BESIDE_INITIALS = 3
"""Words of the shortest name of a body that is also asked without somebody's initials."""

MOST_IN_FULL = 9
"""Ways in which the abbreviations of a name are written in full that are tried."""

FEWEST_BESIDE_CLIPPED = 2
"""Words that a name has beside those that are clipped."""

SHORTEST_FIELD = 24
"""Signs of the shortest name that the field of a form may have cut off."""

UNITED = frozenset((BRAND, INDUSTRY, PLACE))
"""Kinds of words that may be one brand."""

BESIDE_BRAND = late_pattern(f"(?={BRAND}[{INDUSTRY}{PLACE}]|[{INDUSTRY}{PLACE}]{BRAND})")
"""Where, among the kinds of the words of a name, a brand stands beside another such word."""

SHORTEST_JOINED = 8
"""Letters of the shortest brand that two or three words of a name may be."""

SHORTEST_DOUBTED = 14
"""Letters of the shortest name that is read with another word than one that may be meant."""

LONGEST_STUB = 4
"""Letters of the longest word that may be what is left of another one though it is known."""

FEWEST_OF_UNPRINTED = 4
"""Letters of the shortest acronym that no list prints and that may be somebody's first letters."""

FEWEST_OF_LETTERS, MOST_OF_LETTERS, MOST_BEARING = 2, 6, 200
"""How many such letters a name has at the least and at the most; and the listed names of a brand
that are looked through."""

FEWEST_HELD, MAY_BE_PERSON = 3, frozenset((BRAND, PLACE))
"""Words of the shortest name of a person of which one is known though it is short and misspelled,
and the kinds of the words of a person's name."""

MOST_OF_BRAND = 3
"""Words of the longest name that may be one brand written apart."""

LETTERS_AND = re.compile(r"(?<![\w&/])([A-Za-z])(\s?&\s?|/)([A-Za-z])(?![\w&/])")
"""Two letters with the sign for `and` between them, or a stroke."""

OF_PERSON_SOMEWHERE = frozenset((2 * BRAND + PLACE, 3 * BRAND + PLACE))
"""The kinds of the words of a name of a person, with the country that they are of."""

WHOLE_BESIDE = frozenset((CUT_LEAD, CUT_ADDRESS))
"""What was cut off a name beside whose rest more may stand: a branch, a second name, a city."""

HAS_QUOTE = re.compile("[“”„«»‘’]").search
"""Whether a text has a sign around what is quoted that is not of ASCII."""

WITH_QUOTED = late_pattern(
    "(?<![^\\s(])(?:[\"“”„«»]{1,2}[^\"“”„«»]+[\"“”„«»]{1,2}|['‘][^'’]+['’])(?![^\\s),])"
)
"""What is quoted in a name: the nickname of a person, or the name of a company."""

FEWEST_NUMBERED, LONGEST_OF_BODY = 3, 4
"""Words of the shortest name whose number may be left out, and digits of the longest number."""

LONGEST_LETTER = 3
"""Signs of a text that is one letter, with a dot or in brackets."""

ARTICLE = late_pattern(r"\b[Aa](?:sh|[snrtzd])-(?=[A-Z])")
"""The article of Arabic before a letter that it is said as (`as-Sanoussi`)."""

LONGEST_OF_NOBODY = 32
"""Signs of the longest text that may stand in place of a name, and of the longest label of one."""

FEWEST_OF_TWO_NAMES = 3
"""Words of the shortest name of a person that has a Chinese family and a Chinese given name beside
another: Teresa Cheng Yeuk-wah, and not Nguyen Van Hung."""

OF_GROUP, GROUP = (BRAND, INDUSTRY), "group"
"""Kinds of the words of a brand with the word for a group, and that word."""

OF_ANY = {LEGAL, INDUSTRY}
"""Kinds of the words that say what any company is."""

OTHER_BRAND = "by the other name of the brand"
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

AS_HEARD = "a listed name as katakana writes what is heard"
"""How a name in katakana was read."""


class NameReader:
    """Reads names with the tables, and with what the lists have."""

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
        self._syllables_in = counts_of(self._syllables)
        self._longest_wade = max(map(len, self._syllables), default=0) + LETTERS_LESS
        self._spelled: dict[str, tuple[str, str]] = {}
        self._kinds = remembered(self._tell_kinds)
        self._words = remembered(self._words_alone)
        self._pinyin = FullPinyin(tables, lists.weight)
        self.signs = WordReadings(tables, self._respelled, self._syllables_in)
        """What words are signs of; see `WordReadings`."""
        self._mistyped, self._held_letter = self.signs.mistyped, self.signs.held_letter
        self._ways = self.signs.ways
        self._place_said = self.signs.place_said
        self._wholes = ListedWholes(
            lists, tables, lambda text: self._words_of(text)[1], self.signs.in_two, self.is_pinyin
        )

    def forms(self, name: str) -> list[Form]:
        """The words of a name as written and as they may be read, each with how they were read.

        Raises:
            ValueError: the name has no letter and no digit, is a number that no listed party is
                called, says that there is none, or is longer than any name.
        """
        name, stated, words, signs = self._named(name)
        found = self._read(name, stated, words, signs)
        if not name.isascii():
            stated = name.lower().split()
        kinds = "".join([kind for kind, _ in words])
        found += self._as_shortened(name, stated, words, signs)
        if signs & WRITTEN_OTHERWISE:
            found += self._by_signs(stated, words, kinds, signs)
        found += self._as_said_of_body(name, words, kinds)
        if has_letters_of_one(name) and (printed := self._as_listed(stated, with_letter)):
            found.append((latin_parts(printed, self._tables), "as it may stand on the paper"))
        found += self._wholes.within(name, words, kinds)
        found += self._with_less(name, stated, words, kinds)
        found += self._parted_or_joined(name)
        # One word alone has no label, bracket or address that could be cut.
        if not (name.isascii() and name.isalnum()):
            found += self._cut(name, stated, signs)
            if not name.isascii() and (simplified := in_simplified(name, self._tables)) != name:
                found += self._cut(simplified, stated, signs)
        return found if len(found) == 1 else _each_once(found)

    def _named(self, name: str) -> tuple[str, Sequence[str], tuple[NameWord, ...], int]:
        """A name as it is meant, with its words; see `_words_of` and `forms`."""
        if len(name) > LONGEST_NAME:
            raise ValueError(
                f"{name[:40]!r} and so on, {len(name):,} characters, is too long for a name: "
                f"{LONGEST_NAME:,} at most"
            )
        if not name.isascii():
            _refuse_half_characters(name)
        name = as_meant(name)
        stated, words, signs = self._words_of(name)
        if len(words) == 1:
            words = brand_of_trade(words, name)
        if not words:
            wrong = f"{name!r} is not a name: it has no letter and no digit"
            raise ValueError(wrong if name.strip() else "no name is given")
        if len(name) <= LONGEST_LETTER and name.isascii() and sum(map(str.isalnum, name)) == 1:
            raise ValueError(f"{name!r} is not a name: one letter is nobody's")
        # A vendor's number, or `n/a`, stands where its name was meant: nobody is cleared by it.
        is_number = not any(map(str.isalpha, name))
        may_say = ":" in name or not name.isascii() or stated[0] in self._begin_nobody
        nobody = is_number or (may_say and self._says_nobody(name))
        if nobody and not self._lists.prints([squashed(words)]):
            what = "it is a number" if is_number else "it stands where nobody is named"
            raise ValueError(f"{name!r} is not a name: {what}, and no listed party is called so")
        return name, stated, words, signs

    def _as_shortened(
        self, name: str, stated: Sequence[str], words: tuple[NameWord, ...], signs: int
    ) -> list[Form]:
        """A name whose words are shortened or clipped, or whose end the field of a form cut off."""
        tables, found = self._tables, list[Form]()
        clipped: list[str] = []
        if "." in name:
            if INITIALS_BEFORE(name):
                found += self._without_honored(name)
            if shorter := with_letters_of_initials(name):
                found.append((parts(shorter, tables), "its initials of one letter"))
            if " " not in name and (site := site_name(name)):
                found.append((parts(site, tables), "the name of its site"))
            clipped = clipped_words(name, self._is_known)
            if clipped:
                found += self._with_initials(clipped_as_initials(name, clipped))
        if name.isascii():
            cut = len(name) >= SHORTEST_FIELD and self._may_be_cut(name, words[-1])
            if clipped or cut or signs & UNVOWELED:
                found += self._short_words.readings(name, stated, clipped, cut)
        return found

    def _as_said_of_body(
        self, name: str, words: tuple[NameWord, ...], kinds: str
    ) -> Iterator[Form]:
        """A body by its number or behind the one above it, with the word for a group or without."""
        group = words[:-1] if words[-1].kind == PLACE else words
        if self._is_group(name, group):
            yield words[:1], GROUP_LEFT_OUT
        if NUMBER in kinds and len(kinds) > len(NUMBERED_BODY):
            yield from self._by_its_number(words)
        of_group = NameWord(INDUSTRY, GROUP)
        if len(kinds) >= FEWEST_OF_GROUP and BRAND not in kinds and of_group not in words:
            grouped = *words, of_group
            told = NUMBER in kinds or self._wholes.tells_unbranded(words)
            if told and self._lists.bodies_called([squashed(grouped)]):
                yield grouped, "with the word for a group"
        if kinds[:2] == NUMBERED_BODY and (match := OF_PARENT(name)):
            text = f"{match['parent']} {match['number']} {match['body']}"
            yield from self._read_as(text, "with its number behind the body above it")

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

    def _with_less(
        self, name: str, stated: Sequence[str], words: tuple[NameWord, ...], kinds: str
    ) -> list[Form]:
        """A name with words joined or misspelled, or without one that it may be told without."""
        found: list[Form] = []
        if 1 < len(words) == len(stated):
            if BRAND in kinds[1:]:
                found += self._with_trades(words)
            found += self._joined_as_listed(stated, words, kinds)
            if BRAND in kinds:
                found += self._with_known_words(words)
        if NUMBER in kinds and len(kinds) > FEWEST_NUMBERED:
            found += self._without_its_number(words)
        quoted = '"' in name or "'" in name or (not name.isascii() and HAS_QUOTE(name))
        if quoted and (person := WITH_QUOTED.sub(" ", name)) != name:
            found += self._without_nickname(person)
        telling = kinds.rstrip(UNTELLING)
        if telling in OF_PERSON_SOMEWHERE and len(words) == len(stated):
            person = " ".join(stated[: len(telling) - 1])
            found += self._read_as(person, "without the country of a person")
        if "-" in name and (text := ARTICLE.sub("al-", EZAFE.sub(" ", name))) != name:
            found += self._read_as(text, "with its article, and without what joins its words")
        if kinds[-1] == PLACE or (kinds[-1] == BRAND and LEGAL in kinds[1:-1]):
            found += self._without_place(name, words)
        if kinds == TWO_BRANDS and len(stated) == len(kinds) and not name.isupper():
            found += self._with_rest_in_letters(name.split(), words)
        return found

    def _parted_or_joined(self, name: str) -> list[Form]:
        """A name whose words a sign or a capital parts or joins, or that has its acronym."""
        tables, found = self._tables, list[Form]()
        if MAY_BE_JOINED(name):
            if text := taken_apart(name, tables):
                found.append((parts(text, tables), "taken apart"))
            if text := capitals_on_paper(name):
                printed = latin_words(text) if text.isascii() else []
                form = latin_parts(all_on_paper(printed) or printed, tables)
                found.append((form or parts(text, tables), "as it may stand on the paper"))
        if "/" in name and (text := stroke_as_and(name)):
            form = parts(text, tables)
            if all(kind != BRAND or len(each) > 1 for kind, each in form):
                found.append((form, "its letters with a stroke as joined by and"))
        if "&" in name or "/" in name:
            text = LETTERS_AND.sub(self._letters_in_full, name)
            if text != name and len(text) <= LONGEST_NAME:
                how = "its abbreviations in full"
                found += [(form, also or how) for form, also in self.forms(text)]
        if "-" in name and (text := hyphen_closed(name, tables)):
            found += self._read_as(text, "without a hyphen")
        found += self._without_acronyms(name)
        return found

    def _without_acronyms(self, name: str) -> Iterator[Form]:
        """The words of a name without the acronym beside it, its own or that of its parent."""
        # A name with a capital at the beginning of each word alone has none.
        for acronym, rest in () if name.istitle() or name.islower() else acronyms_beside(name):
            if form := self._without_acronym(name, acronym, rest):
                yield form, "without its acronym"

    def _cut(self, name: str, stated: Sequence[str], signs: int) -> Iterator[Form]:
        """The names that a line of a document may carry, as they may be read."""
        documents = self._tables.documents
        described = not documents.said_behind.isdisjoint(stated) or (
            bool(signs & PART) and not documents.described_by.isdisjoint(stated)
        )
        for text, how in readings(name, described, documents, self._kinds):
            stated, words, signs = self._words_of(text)
            if self._is_nobody(name, text, how, words):
                continue
            read = self._read(text, stated, words, signs)
            if self._is_group(text, words):
                read.append((words[:1], GROUP_LEFT_OUT))
            kinds = "".join([kind for kind, _ in words])
            if 1 < len(words) == len(stated):
                read += self._joined_as_listed(stated, words, kinds)
            if kinds[-1:] == PLACE:
                read += self._without_place(text, words)
            if how == CUT_PART and not text.isascii():
                read += self._wholes.behind_parent(text)
            if how in WHOLE_BESIDE:
                read += self._wholes.within(text, words, kinds)
                read += self._without_acronyms(text)
            else:
                read += self._wholes.before(text, words)
            for form, also in read:
                yield form, f"{how}{ALSO}{also}" if also else how

    def _is_nobody(self, name: str, text: str, how: str, words: tuple[NameWord, ...]) -> bool:
        """Whether what is left of a name tells nobody.

        Args:
            name: the whole.
            text: what is left.
            how: what was cut.
            words: of what is left.
        """
        untold = (LEGAL, INDUSTRY) if text.islower() and not name.islower() else (LEGAL,)
        if len(words) == 1 and words[0].kind in untold:
            return True  # it says what any company is
        kinds = {kind for kind, _ in words}
        if how == CUT_SHIP and " " in text and kinds == OF_ANY:
            return True  # `Argos Tanker Brokers LLC` is no ship
        if how == CUT_LEAD and kinds == {PLACE} and "," in name.partition(text)[0]:
            return True  # where somebody is whom the line names
        if self._is_titled(text, words):
            return True
        # It is told by its number: `Brigade 44`.
        return name.removeprefix(text).strip().isdigit() and _is_unnamed(words)

    def _by_signs(
        self, stated: Sequence[str], words: tuple[NameWord, ...], kinds: str, signs: int
    ) -> Iterator[Form]:
        """A name as its words may have been meant by the signs that few words have."""
        tables = self._tables
        if signs & INITIALS and (initials := with_initials_apart(words)):
            yield initials, "its initials one by one"
        if signs & PHRASE and (mended := mended_form(stated, words, tables)):
            yield latin_parts(mended, tables), "with its whole legal form"
        if signs & MISREAD and (printed := all_on_paper(stated)):
            yield latin_parts(printed, tables), "as it may stand on the paper"
        # Of a company each letter of a short word tells, and a longer one is known misspelled.
        held = signs & DOUBLED and len(stated) >= FEWEST_HELD and MAY_BE_PERSON.issuperset(kinds)
        if held and (once := self._as_listed(stated, self._held_letter)):
            yield latin_parts(once, tables), "its doubled letters once"
        if signs & SAID_PLACE and (bare := " ".join(self._without_districts(stated))):
            yield from self._read_as(bare, "without the word for a city or province")
        if signs & JOINED and (joined := halves_joined(stated, words)):
            yield joined, "its two words as one"

    def _read_as(self, text: str, how: str) -> Iterator[Form]:
        """The words of a text as they may be read, each with how; or else how the text was made."""
        for form, also in self._read(text, *self._words_of(text)):
            yield form, also or how

    @cached_property
    def _begin_nobody(self) -> frozenset[str]:
        """The first words of what stands in place of a name."""
        texts = map(latin_words, filter(str.isascii, self._tables.documents.nobody))
        return frozenset(words[0] for words in texts if words)

    def _says_nobody(self, name: str) -> bool:
        """Whether a text stands in place of a name: `n/a`, `Notify party: same as consignee`."""
        documents = self._tables.documents
        if len(name) <= LONGEST_OF_NOBODY and bare_text(name) in documents.nobody:
            return True
        if len(name) > 2 * LONGEST_OF_NOBODY or not (":" in name or "：" in name):
            return False
        if not (lead := documents.lead.match(name)):
            return False
        named = bare_text(name[lead.end() :])
        return not named or named in documents.nobody

    def _joined_as_listed(
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

    def _without_its_number(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """The words of a body without the number that it has beside a name of its own.

        `AVIC Leihua Institute 607` is told by its brand, and the 182 of `Factory 182 Shaanxi
        Aircraft Industry` is what it was called by before. A house with a number is another body
        than the house.
        """
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

    def _is_titled(self, text: str, words: Sequence[NameWord]) -> bool:
        """Whether a text is a title and one name (`Ms Tan`), who is no company that is called so.

        In capitals it may be a ship's (`MS TAN`).
        """
        title, _, rest = text.partition(" ")
        if " " in rest or not title[1:].islower():
            return False
        return len(words) <= len(TWO_BRANDS) and bool(self._tables.documents.title.match(text))

    def _as_heard(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """The listed names of which the same is heard."""
        if words[-1].kind == LEGAL:
            words = whole_brands(words)
        if key := key_of(words):
            for form in self._lists.heard_as(key):
                if sorted(form) != sorted(words):
                    yield form, "as a list spells what is heard of it"

    def _without_nickname(self, person: str) -> Iterator[Form]:
        """The words of a person's name without the one in quotes (`Kim "Jay" Lee`).

        Args:
            person: the name, without what is quoted.
        """
        told = self._kinds(person)
        if told <= {BRAND, FILLER} and len(person.split()) > 1:
            yield from self._read_as(" ".join(person.split()), "without the name in quotes")

    def _without_place(self, name: str, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """The words of a name without the place behind its legal form, or behind its acronym."""
        if bare := place_left_out(words):
            yield bare, "without the place behind its legal form"
        elif words[-1].kind != PLACE:
            return
        acronym = acronym_alone(name, words)
        if not acronym:
            return
        # With the acronym of a group the name may be that of any of its companies; one that no list
        # prints may be the first letters of a name, where there are enough of them.
        bearers = len(self._lists.bearers_of(acronym[0].text))
        if bearers == 1 or (not bearers and len(acronym[0].text) >= FEWEST_OF_UNPRINTED):
            yield acronym, "without the place behind an acronym"

    def _with_trades(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """The words of a name with short words of trades that are misspelled.

        A word that a list has is that one, and with the first a body is called; without a brand or
        a place trades alone tell little.
        """
        mistyped, is_listed = self._mistyped, self._lists.is_listed
        told = {
            at: trade
            for at, (kind, text) in enumerate(words)
            if at and kind == BRAND and (trade := mistyped(text)) and not is_listed(text)
        }
        if not told:
            return
        form = tuple(
            NameWord(*self._tables.words[told[at]]) if at in told else part
            for at, part in enumerate(words)
        )
        if any(kind in (BRAND, PLACE) for kind, _ in form):
            yield form, "its misspelled trade"

    def _with_known_words(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
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
        return branded or sure or self._wholes.tells_unbranded(form)

    def _as_listed(self, stated: Sequence[str], otherwise: Callable[[str], str]) -> list[str]:
        """The words of a name, each that no list has as one that a list has; [] where none is so.

        Args:
            stated: in small letters.
            otherwise: how a word may have been meant; "" for not otherwise.
        """
        is_listed = self._lists.is_listed
        known = self._tables.words
        read = [
            other if (other := otherwise(word)) and word not in known
            and not is_listed(word) and is_listed(other)
            else word
            for word in stated
        ]  # fmt: skip
        return read if read != list(stated) else []

    def _without_districts(self, stated: Sequence[str]) -> list[str]:
        """The words of a name without what pinyin says that places are; [] where nothing is left.

        So is most of a name: what is left must be more than places.
        """
        said, words = self._tables.documents.pinyin_districts, self._tables.words
        kinds = [words.get(word, (BRAND,))[0] for word in stated]
        read = [
            self._place_said(word) or word
            for before, word in zip(["", *kinds], stated, strict=False)
            if not (before == PLACE and word in said)
        ]
        named = any(words.get(word, (BRAND,))[0] not in (PLACE, LEGAL, FILLER) for word in read)
        return read if named and read != list(stated) else []

    def _with_rest_in_letters(
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

    def _with_initials(self, shorter: str) -> Iterator[Form]:
        """The words of a name whose clipped words are initials, where others tell whose it is."""
        form = parts(shorter, self._tables)
        telling = [kind for kind, text in form if kind not in (LEGAL, FILLER) and len(text) > 1]
        if BRAND in telling and len(telling) >= FEWEST_BESIDE_CLIPPED:
            yield form, "its clipped words as initials"

    def _is_group(self, name: str, words: Sequence[NameWord]) -> bool:
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

    def _may_be_cut(self, name: str, last: NameWord) -> bool:
        """Whether the last word of a name may be cut off: neither the tables know it nor a list."""
        kind, text = last
        if not name[-1:].isalpha():
            return False
        if len(text) <= LONGEST_STUB:
            return kind != LEGAL
        return kind == BRAND and not self._lists.is_listed(text)

    @cached_property
    def _short_words(self) -> ShortWords:
        """What shortened words may be, by the tables and by the lists."""
        from detente.parties.names.reading.shortened import ShortWords

        def rarity(part: NameWord) -> float:
            return self._lists.weight(part) / (FACTOR[part.kind] or 1.0)

        return ShortWords(self._tables, rarity, self._lists.listed_files)

    def _is_known(self, word: str) -> bool:
        """Whether a word before a dot is one of the tables, or a title."""
        return word in self._tables.words or word in self._tables.documents.titles

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

    def _without_honored(self, name: str) -> Iterator[Form]:
        """The words of the name of a body without the person after whom it is named.

        It may also be called by that name alone, as the Lebedev Physical Institute is.
        """
        words = self._tables.documents
        shorter, texts = name, []
        if match := words.honored.search(name):
            shorter = words.honored.sub(" ", name)
            called = match[0].split()[-1].strip(',.;»”"')
            texts = [shorter, f"{called} {words.parent.sub('', shorter)}"]
        texts += without_initials(shorter, self._kinds, FEWEST_BESIDE_INITIALS)
        for text in texts:
            yield parts(text, self._tables), "without whom it is named after"

    def _words_of(self, text: str) -> tuple[Sequence[str], tuple[NameWord, ...], int]:
        """The words of a text in small letters, each with what it is, and what they are signs of.

        The first of these are those of an ASCII text alone: another is read in all ways.
        """
        if text.isascii():
            stated = latin_words(text)
            return stated, latin_parts(stated, self._tables), self.signs(stated)
        if hangul := hangul_of(text):
            # A name of a person is a family name and a given one, written as one word or two.
            return (), parts(" ".join(hangul), self._tables), ANY & ~OTHER_NAME
        return (), parts(text, self._tables), ANY

    def _letters_in_full(self, match: re.Match[str]) -> str:
        """Two letters with a sign between them in full where they are known (`R&D`, `A/C`)."""
        letters = "".join(map(str.strip, match.groups())).lower()
        return next(iter(self._tables.documents.abbreviated.get(letters, (match[0],))))

    def _with_vowels(self, text: str) -> Iterator[Form]:
        """A name in Arabic letters or katakana as the listed names of all files that it may be."""
        from detente.parties.names.languages.unvoweled import readings as with_vowels

        for form in with_vowels(text, self._tables, self._lists.listed_files(), PERSON):
            how = "with the vowels of a listed name" if HAS_ARABIC(text) else AS_HEARD
            yield form, how

    def _words_alone(self, text: str) -> tuple[NameWord, ...]:
        """The words of an abbreviation, or of what it is short for."""
        return latin_parts(text.split(), self._tables)

    def _tell_kinds(self, text: str) -> frozenset[str]:
        """The kinds of the words of a text, as `documents` asks."""
        return kinds_of(text, self._tables)

    def _read(
        self, name: str, stated: Sequence[str], words: tuple[NameWord, ...], signs: int
    ) -> list[Form]:
        """The words of one text as written and as they may be read.

        Args:
            name: the text.
            stated: its words in small letters; see `_words_of`.
            words: as written.
            signs: what they are signs of.
        """
        tables = self._tables
        if not words:
            return []
        stated = stated or plain(name, tables).split()
        found = [(words, "")]
        if "." in name and (apart := dotted_initials_apart(name, tables)):
            found.append((apart, "its initials one by one"))
        if signs & OTHER_NAME:
            known_as = parts(name, tables, known_as=True)
            if known_as != words and not self._lists.means_others(known_as, words):
                found += [(form, OTHER_BRAND)
                          for form in in_mandarin(known_as, tables)]  # fmt: skip
        if signs & ABBREVIATED:
            found += self._in_full(stated, words)
        if signs & RESPELLED:
            found += self._said(words)
        if signs & SLAVIC and len(words) <= MOST_OF_PERSON:
            found += self._as_slavic(name, stated, words)
        # Of pinyin, which has no vowel twice, each letter tells.
        foreign = not all(map(self._syllables_in, stated)) or "ee" in name or "oo" in name
        particles = tables.documents.particles
        particled = foreign and not particles.isdisjoint(stated)
        if particled and (bare := self._without_particles(words)):
            found.append((bare, "without the articles of its language"))
        hangul = "" if name.isascii() else hangul_of(name)
        if hangul or tables.korean.are_korean(stated):
            found += self._as_korean(list(hangul) or stated, words)
        if hepburn(stated[0]) and (spelled := self._in_hepburn(stated)):
            found += self._as_japanese(spelled)
        if not name.isascii():
            if HAS_ARABIC(name) or HAS_KATAKANA(name):
                found += self._with_vowels(name)
            if apart := told_apart(name, tables):
                ways = ((False, True), (True, False), (True, True))
                read = (told_apart(name, tables, voiced=voiced, as_said=as_said)
                        for voiced, as_said in ways)  # fmt: skip
                found += [
                    (form, "its words told apart")
                    for form in dict.fromkeys(filter(None, (apart, *read)))
                ]
            if HAS_CYRILLIC.search(name):
                found += [(form, "spelled as in English") for form in in_english(words, tables)]
        last = words[-1].kind
        several = len(words) > 1 if last in MAY_BE_HEARD else last == LEGAL and len(words) > 3
        if foreign and several:
            found += self._as_heard(words)
            if signs & OTHER_NAME:
                also = [form for form, how in found if how == OTHER_BRAND]
                found += chain.from_iterable(map(self._as_heard, also))
        if signs & FOREIGN:
            return found
        if self._pinyin.spells(stated):
            letters = "".join(stated)
            if letters.isalpha():
                # Where the words stand apart each syllable is told, and another one is another's.
                short, prints = len(stated) <= MOST_OF_BRAND, self._lists.prints
                found += [
                    (form, "read as full pinyin")
                    for form in self._pinyin.as_one_word(letters)
                    if short or prints([squashed(form)])
                ]
            found += [(form, "its pinyin read word by word")
                      for form in self._pinyin.word_by_word(name) if form != words]  # fmt: skip
        return found

    def _without_particles(self, words: tuple[NameWord, ...]) -> tuple[NameWord, ...]:
        """The words of a body without articles and prepositions of another language than English.

        A list that translates the name has none of them; in a person's they are of the name.
        """
        left = tuple(
            part for part in words
            if part.kind != BRAND or part.text not in self._tables.documents.particles
        )  # fmt: skip
        telling = sum(kind not in (LEGAL, FILLER) for kind, _ in left)
        translated = any(kind == INDUSTRY for kind, _ in left) and telling > 1
        return left if translated and len(left) < len(words) else ()

    def _in_full(self, stated: Sequence[str], words: tuple[NameWord, ...]) -> Iterator[Form]:
        """A name with its abbreviations as other words than they are read as (`Elec.`, `Res.`)."""
        tables, short = self._tables, self._tables.documents.abbreviated
        options = [(word, *short[word]) if word in short else (word,) for word in stated]
        brands = {
            word
            for word in stated
            if word in short
            and self._words(word) == (NameWord(BRAND, word),)
            and any(part.kind != PLACE for full in short[word] for part in self._words(full))
        }
        if brands and all(kind in UNBRANDED or text in brands for kind, text in words):
            return  # nothing else tells whose name it is
        seen = {words}
        # The first way is the name as written.
        for each in islice(product(*options), 1, MOST_IN_FULL):
            form = latin_parts(" ".join(each).split(), tables)
            # A word that was a brand stays one: where no word agrees with it, it is another's.
            if full := {
                part.text
                for word, new in zip(stated, each, strict=True)
                if word != new and word in brands
                for part in self._words(new)
            }:
                form = tuple(NameWord(BRAND, part.text) if part.text in full else part
                             for part in form)  # fmt: skip
            if form not in seen:
                seen.add(form)
                yield form, "its abbreviations in full"

    def _as_slavic(
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

    def _said(self, words: tuple[NameWord, ...]) -> list[Form]:
        """The words as they are said in Chinese, or in pinyin where they are spelled otherwise."""
        tables, spelled = self._tables, self._spelled
        found: list[Form] = []
        chinese = respelled = False
        for kind, text in words:
            if not text.isascii() and is_han(text[0]):
                chinese = True
            elif kind == BRAND and (spelled.get(text) or self._respelled(text)) != (text, text):
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
                NameWord(BRAND, self._respelled(part.text)[at]) if part.kind == BRAND else part
                for part in words
            )
            told = (self._may_be_mandarin(changed), self._may_be_cantonese(words))[at]
            if told and changed != words:
                yield changed, f"read as {what}"

    def _as_korean(self, stated: Sequence[str], words: Sequence[NameWord]) -> Iterator[Form]:
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

    def _as_japanese(self, read: list[str]) -> Iterator[Form]:
        """A Japanese name in Hepburn, where a list prints it so."""
        if all(map(self.is_pinyin, read)):
            return
        form = latin_parts(read, self._tables)
        # Of a name that is spelled otherwise already a letter more would be another one.
        wanted = sorted(set(map(squashed, (form, (*form[1:], form[0]), (form[-1], *form[:-1])))))
        if self._lists.prints(wanted):
            yield form, "read as Japanese"

    def is_pinyin(self, word: str) -> bool:
        """Whether a word is made of Mandarin syllables alone."""
        return self._syllables_in(word) > 0

    def _respelled(self, word: str) -> tuple[str, str]:
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


def _each_once(found: Sequence[Form]) -> list[Form]:
    """Each form once: what was cut may be nothing that is compared.

    What may be a company of its own by one reading is the party by another; the former come last.
    """
    ways: dict[tuple[NameWord, ...], str] = {}
    for form, how in found:
        if is_elsewhere(ways.setdefault(form, how)):
            ways[form] = how
    if not any(map(is_elsewhere, ways.values())):
        return list(ways.items())
    return sorted(ways.items(), key=lambda way: is_elsewhere(way[1]))


def _begin_so(form: Sequence[NameWord], told: NameWord, letters: str) -> bool:
    """Whether the words of a name, or all but one, begin with these letters."""
    telling = [part for part in form if part.kind not in (LEGAL, FILLER)]
    first, rest = (
        "".join(part.text[0] for part in some)
        for some in (telling, [part for part in telling if part != told])
    )
    return letters in (first, rest)


def _is_unnamed(words: Sequence[NameWord]) -> bool:
    """Whether the words of a body say what it is, and not what it is called or where it is."""
    return all(kind not in (BRAND, PLACE) for kind, _ in words)


def _refuse_half_characters(name: str) -> None:
    """Refuse what no text holds, such as bytes of another encoding that were passed on.

    Raises:
        ValueError: there is such a sign.
    """
    try:
        name.encode()
    except UnicodeEncodeError as error:
        wrong = name[error.start]
        raise ValueError(
            f"{name[:40]!r} is not a name: it holds half a character, {wrong!r}; read the text "
            "anew in its own encoding"
        ) from None
