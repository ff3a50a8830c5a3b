"""Read a name as it is asked: the words that it may say, by what is written and by the lists.

A document writes more than a name, shortens it or spells it in its own way. Each way to read it is
a form, which says how it was read; what is listed under a form is told by `screening`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice, product

from detente._shapes import TYPE_CHECKING
from detente.parties.names.document_words import bare_text
from detente.parties.names.japanese import HAS_KATAKANA
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.korean import hangul_of
from detente.parties.names.languages.full_pinyin import FullPinyin
from detente.parties.names.languages.heard_names import MAY_BE_HEARD
from detente.parties.names.languages.spelled_names import HAS_CYRILLIC, in_english, told_apart
from detente.parties.names.legal import (
    EZAFE,
    MAY_BE_JOINED,
    acronym_alone,
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
    in_mandarin,
    in_simplified,
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
from detente.parties.names.policy import FACTOR
from detente.parties.names.reading.bodies import GROUP_LEFT_OUT, BodyNames
from detente.parties.names.reading.cut_fields import (
    FIELD_ENDS,
    CutField,
    fills_a_field,
    letters_of,
)
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
from detente.parties.names.reading.spoken import MAY_BE_PERSON, SpokenNames
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
from detente.parties.names.remembered import remembered

if TYPE_CHECKING:
    from detente.parties.names.reading.shortened import ShortWords

FEWEST_BESIDE_INITIALS = 3
"""Words of the shortest name of a body that is also asked without somebody's initials."""

MOST_IN_FULL = 9
"""Ways in which the abbreviations of a name are written in full that are tried."""

FEWEST_BESIDE_CLIPPED = 2
"""Words that a name has beside those that are clipped."""

SHORTEST_FIELD = 24
"""Signs of the shortest name that the field of a form may have cut off."""

FEWEST_SHARED = 3
"""Words that tell something, without a brand, of the shortest beginning that many listed names
share and one has alone."""

LONGEST_STUB = 4
"""Letters of the longest word that may be what is left of another one though it is known."""

FEWEST_OF_UNPRINTED = 4
"""Letters of the shortest acronym that no list prints and that may be somebody's first letters."""

FEWEST_HELD = 3
"""Words of the shortest name of a person that is known with one short word misspelled."""

MOST_OF_BRAND = 3
"""Words of the longest name that may be one brand written apart."""

IN_CODE = re.compile(r"[\s,][A-Z]{2}$").search
"""Whether a text ends in two capitals, as in the code of a country."""

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

FIELDS, SIGNS_OF_PLACE = re.compile("[;|\n]").split, re.compile(r"[,(/]|\s-").split
"""The fields of a line, and the parts of what says where something is."""

LONGEST_LETTER = 3
"""Signs of a text that is one letter, with a dot or in brackets."""

ARTICLE = late_pattern(r"\b[Aa](?:sh|[snrtzd])-(?=[A-Z])")
"""The article of Arabic before a letter that it is said as (`as-Sanoussi`)."""

LONGEST_OF_NOBODY = 32
"""Signs of the longest text that may stand in place of a name, and of the longest label of one."""

OF_ANY = {LEGAL, INDUSTRY}
"""Kinds of the words that say what any company is."""

OTHER_BRAND = "by the other name of the brand"
"""How a name was read."""


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
        self._spoken = SpokenNames(lists, tables, spellings)
        self._syllables_in = self._spoken.syllables_in
        self.is_pinyin = self._spoken.is_pinyin
        """Whether a word is made of Mandarin syllables alone."""
        self._kinds = remembered(self._tell_kinds)
        self._words = remembered(self._words_alone)
        self._pinyin = FullPinyin(tables, lists.weight)
        self.signs = WordReadings(tables, self._spoken.respelled, self._syllables_in)
        """What words are signs of; see `WordReadings`."""
        self._mistyped, self._held_letter = self.signs.mistyped, self.signs.held_letter
        self._place_said = self.signs.place_said
        self._wholes = ListedWholes(
            lists, tables, lambda text: self._words_of(text)[1], self.signs.in_two, self.is_pinyin
        )
        self._bodies = BodyNames(
            lists, tables, self._kinds, self.signs.ways, self._wholes.tells_unbranded
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
        found += self._bodies.as_said(name, words, kinds)
        if text := self._bodies.behind_parent(name, kinds):
            found += self._read_as(text, "with its number behind the body above it")
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
        if not words:
            wrong = f"{name!r} is not a name: it has no letter and no digit"
            raise ValueError(wrong if name.strip() else "no name is given")
        if len(name) <= LONGEST_LETTER and name.isascii() and sum(map(str.isalnum, name)) == 1:
            raise ValueError(f"{name!r} is not a name: one letter is nobody's")
        if why := self._why_nobody(name, stated, words):
            letters = squashed(words) or "".join(text for _, text in words)
            if not self._lists.prints([letters]):
                raise ValueError(f"{name!r} is not a name: {why}, and no listed party is called so")
        return name, stated, words, signs

    def _why_nobody(self, name: str, stated: Sequence[str], words: tuple[NameWord, ...]) -> str:
        """Why a text that stands where a name was meant names nobody; "" where it may name one.

        Nobody is cleared by a vendor's number, by `n/a` or by a port.
        """
        if all(kind in UNTELLING for kind, _ in words):
            return "no word of it tells one party from another"
        if not any(map(str.isalpha, name)):
            return "it is a number"
        if (":" in name or "：" in name) and self._says_where(name):
            return "it says where something is or goes"
        may_say = ":" in name or not name.isascii() or stated[0] in self._begin_nobody
        return "it stands where nobody is named" if may_say and self._says_nobody(name) else ""

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
            if fills_a_field(name):
                found += self._cut_off(name)
        return found

    def _with_less(
        self, name: str, stated: Sequence[str], words: tuple[NameWord, ...], kinds: str
    ) -> list[Form]:
        """A name with words joined or misspelled, or without one that it may be told without."""
        found: list[Form] = []
        if 1 < len(words) == len(stated):
            if BRAND in kinds[1:]:
                found += self._with_trades(words)
            found += self._bodies.joined_as_listed(stated, words, kinds)
        if len(words) > 1 and BRAND in kinds:
            found += self._bodies.with_known_words(words)
        if NUMBER in kinds:
            found += self._bodies.without_its_number(words)
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
        elif len(words) > 1 and IN_CODE(name) and self._lists.countries_of(words[-1].text):
            # An acronym with a code is its party's name as one with the country is.
            placed = NameWord(PLACE, words[-1].text)
            found += self._without_place(name, (*words[:-1], placed))
        if kinds == TWO_BRANDS and len(stated) == len(kinds) and not name.isupper():
            found += self._bodies.with_rest_in_letters(name.split(), words)
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
        found += self._bodies.without_acronyms(name)
        return found

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
            if self._bodies.is_group(text, words):
                read.append((words[:1], GROUP_LEFT_OUT))
            kinds = "".join([kind for kind, _ in words])
            if 1 < len(words) == len(stated):
                read += self._bodies.joined_as_listed(stated, words, kinds)
            if kinds[-1:] == PLACE:
                read += self._without_place(text, words)
            if how == CUT_PART and not text.isascii():
                read += self._wholes.behind_parent(text)
            if how in WHOLE_BESIDE:
                read += self._wholes.within(text, words, kinds)
                read += self._bodies.without_acronyms(text)
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
        if len(words) == 1:
            said = self._tables.words.get(text.lower(), words[0])[0]
            if said == LEGAL or (said == INDUSTRY and text.islower() and not name.islower()):
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

    def _says_where(self, name: str) -> bool:
        """Whether every field of a line says where something is or goes (`Port of loading: X`)."""
        for field in FIELDS(name):
            said = self._tables.documents.where.match(field)
            place = SIGNS_OF_PLACE(field[said.end() :])[0].strip() if said else ""
            if not place:
                return False
            if self._kinds(place) != {PLACE} and not self._lists.countries_of(place.lower()):
                return False
        return True

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

    def _is_titled(self, text: str, words: Sequence[NameWord]) -> bool:
        """Whether a text is a title and one name (`Ms Tan`), who is no company that is called so.

        In capitals it may be a ship's (`MS TAN`).
        """
        title, _, rest = text.partition(" ")
        if " " in rest or not title[1:].islower():
            return False
        return len(words) <= len(TWO_BRANDS) and bool(self._tables.documents.title.match(text))

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

    def _with_initials(self, shorter: str) -> Iterator[Form]:
        """The words of a name whose clipped words are initials, where others tell whose it is."""
        form = parts(shorter, self._tables)
        telling = [kind for kind, text in form if kind not in (LEGAL, FILLER) and len(text) > 1]
        if BRAND in telling and len(telling) >= FEWEST_BESIDE_CLIPPED:
            yield form, "its clipped words as initials"

    def _may_be_cut(self, name: str, last: NameWord) -> bool:
        """Whether the last word of a name may be cut off: neither the tables know it nor a list."""
        kind, text = last
        if not name[-1:].isalpha():
            return False
        if len(text) <= LONGEST_STUB:
            return kind != LEGAL
        return kind == BRAND and not self._lists.is_listed(text)

    def _cut_off(self, name: str) -> list[Form]:
        """The listed names that a field which ends in the middle of a name may have held.

        Raises:
            ValueError: it ends within a word, and what is left may be any of many names.
        """
        cut = CutField(name, self._lists.begun_so(letters_of(name)))
        if not cut.ends_within and BRAND not in self._kinds(name):
            return []  # `Chinese Academy of Engineering` is whole
        if cut.is_told:
            return [(form, FIELD_ENDS) for form in cut.forms]
        if not cut.ends_within:
            return []
        form = parts(cut.shared(), self._tables)
        telling = [kind for kind, _ in form if kind not in UNTELLING]
        named = BRAND in telling or len(telling) >= FEWEST_SHARED
        if named and self._lists.bodies_called([squashed(form)]):
            return [(form, FIELD_ENDS)]
        raise ValueError(
            f"{name!r} is not a whole name: its field ends within a word, and {len(cut.forms)} "
            "listed names begin so; give more of it"
        )

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
            words = brand_of_trade(latin_parts(stated, self._tables), text)
            return stated, words, self.signs(stated)
        if hangul := hangul_of(text):
            # A name of a person is a family name and a given one, written as one word or two.
            return (), parts(" ".join(hangul), self._tables), ANY & ~OTHER_NAME
        return (), parts(text, self._tables), ANY

    def _letters_in_full(self, match: re.Match[str]) -> str:
        """Two letters with a sign between them in full where they are known (`R&D`, `A/C`)."""
        letters = "".join(map(str.strip, match.groups())).lower()
        return next(iter(self._tables.documents.abbreviated.get(letters, (match[0],))))

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
            found += self._spoken.said(words)
        if signs & SLAVIC and len(words) <= MOST_OF_PERSON:
            found += self._spoken.as_slavic(name, stated, words)
        # Of pinyin, which has no vowel twice, each letter tells.
        foreign = not all(map(self._syllables_in, stated)) or "ee" in name or "oo" in name
        particles = tables.documents.particles
        particled = foreign and not particles.isdisjoint(stated)
        if particled and (bare := self._without_particles(words)):
            found.append((bare, "without the articles of its language"))
        hangul = "" if name.isascii() else hangul_of(name)
        if hangul or tables.korean.are_korean(stated):
            found += self._spoken.as_korean(list(hangul) or stated, words)
        found += self._spoken.as_japanese(stated)
        if not name.isascii():
            if HAS_ARABIC(name) or HAS_KATAKANA(name):
                found += self._spoken.with_vowels(name)
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
            found += self._spoken.as_heard(words)
            if signs & OTHER_NAME:
                also = [form for form, how in found if how == OTHER_BRAND]
                found += chain.from_iterable(map(self._spoken.as_heard, also))
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
