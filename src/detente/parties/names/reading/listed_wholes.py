"""The whole names of listed parties within a longer one.

A document puts more beside a name than the list has: a plant, a town, a country, a second name,
whatever was meant for another field. Where the rest is the whole name of a listed body, that one is
meant; all that one name may hold is asked of the lists at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise, zip_longest

from detente._shapes import TYPE_CHECKING
from detente.parties.names.document_words import SIGNS_BETWEEN
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.languages.full_pinyin import FEWEST_TRADES
from detente.parties.names.legal import COUNTRY_CODE, FEWEST_OF_ACRONYM
from detente.parties.names.names import NameTables, NameWord, in_simplified, parts, squashed
from detente.parties.names.patterns import late_pattern
from detente.parties.names.policy import RULES
from detente.parties.names.reading.cuts import CUT_WITHIN, REGISTRATION
from detente.parties.names.reading.listed_names import ALSO, Form, ListedNames
from detente.parties.names.reading.located import CHINESE_ADDRESS
from detente.parties.names.reading.ships import AIRCRAFT_MARK
from detente.parties.names.remembered import remembered

if TYPE_CHECKING:
    from detente.parties.names.languages.unvoweled import ListedFile

LETTERS_OF = {
    "1": ("one", "i"), "2": ("ii",), "3": ("iii",), "4": ("iv",), "5": ("v",), "6": ("vi",),
    "7": ("vii",), "8": ("viii",), "9": ("ix",), "11": ("xi",), "12": ("xii",), "13": ("xiii",),
    "14": ("xiv",), "15": ("xv",), "16": ("xvi",), "17": ("xvii",), "18": ("xviii",),
    "19": ("xix",), "20": ("xx",),
}  # fmt: skip
DIGITS_OF = {letters: digit for digit, several in LETTERS_OF.items() for letters in several}
"""Numbers as they stand behind the names of ships, in digits and in Roman ones or as a word."""

FEWEST_BESIDE_SITE, FEWEST_BARE = 2, 3
"""Words of the shortest listed name that is known with what a company has at a place behind it; and
of one with an unknown town alone, or without a brand."""

WEIGHT_UNBRANDED = 6.5
"""How much the words of a name without a brand weigh together that is known before a place."""

SHORTEST_SITED, MOST_OF_SITE = 6, 4
"""Letters of the shortest such name, and words of the longest of what stands behind it: a town,
what is made there, and `plant`."""

SHORTEST_OWN, MOST_BEGUN, MOST_OF_BEGUN = 7, 6, 3
"""Letters of the shortest brand that tells a company whose listed name goes on, how many names have
it at the most, and words of the longest name that is looked for so."""

SHORTEST_CUT_SHORT, FEWEST_BRANDS, MOST_LEFT_OUT = 14, 2, 2
"""Letters of the shortest name that is known without its end, how many brands it has at the least,
where it has any, and how many words that tell something may be left out behind them."""

SHORTEST_AT_HOME, SHORTEST_IN_CITY, MOST_WRITTEN, MOST_OF_PLACE = 5, 7, 4, 2
"""Letters of the shortest name of a company that is known beside its country, and beside a city
that may be any word; and words at the end of a name, its legal form with them, and at its
beginning, in which these are looked for."""

SHORTEST_AT_COMMA = 14
"""Letters of the shortest name of trades alone that is known before an address of its country."""

SHORTEST_BEGINNING = 16
"""Letters of the shortest listed name that is known with anything behind it."""

FEWEST_OF_LINE, MOST_OF_WHOLE, SHORTEST_FORMED = 4, 8, 8
"""Words of the shortest line in which a whole name is looked for anywhere, words of the longest one
that is, and letters of the shortest that is known by its legal form."""

FEWEST_PLACED, SHORTEST_PLACED = 4, 24
"""Words and letters of the shortest name of trades with a place that is known so."""

MOST_UNPLACED = 5
"""Words of the longest line in which a name of trades with a place is not looked for."""

CHINESE_RUN = late_pattern(
    r"(?:^|(?<=[\s,，;；、:：|/]))[\u4e00-\u9fff가-힣\w（）()]+(?=[\s,，;；、:：|/]|$)"
)
"""What stands in a Chinese line between blanks and signs."""

IS_CHINESE = late_pattern(r"[\u4e00-\u9fff]{4}|[가-힣]{4}")
"""Whether a text has as many characters or syllables in a row as the name of a body."""

IS_BODY = late_pattern(r"[\u4e00-\u9fff\d]*(?:[所院厂局队]|中心|基地|大学|学院|实验室|总部)")
IS_NUMBERED = late_pattern(r"[\u4e00-\u9fff]{2,}?(\d{3,}(?:所|厂|院|基地))")
"""A Chinese text that ends as the name of a body, and one that ends in a body with a number."""

SHORTEST_PARENT, SHORTEST_OWN_CHINESE, ENDS_PARENT = 2, 7, frozenset("局院部司团校府会委厅")
"""Characters of the shortest name of a body above another, and of the shortest that stands behind
it; and those with which the former ends."""

MOST_OF_TRADE = 3
"""Words of a trade that another may be used for."""

PIECE_SIGNS, PIECES = frozenset(",;|/(\n"), re.compile(SIGNS_BETWEEN).split
"""The signs behind which a name has ended, and the pieces of a line."""

SHORTEST_LINE, SHORTEST_PIECE, SHORTEST_OF_FIRM = 24, 8, 5
"""Signs of the shortest line in which a listed name stands as a piece or before an address, letters
of the shortest such piece and of one with its legal form."""

MOST_BEFORE_ADDRESS, MOST_OF_STREET = 12, 4
"""Words of the longest name before an address, and of the longest name of a street."""

SHORTEST_POSTAL = 5
"""Digits of the shortest postal code behind a name."""

LONGEST_VILLAGE, SHORTEST_CHINESE = 4, 4
"""Characters of the longest name of a village behind these, and of the shortest name of a body."""

MARK_SIGNS = re.compile("[- ]")
"""What stands in such a mark, or is left out."""

STROKE, DASH = " / ", " - "
"""What stands between two names of one party, and between a name and what the party is."""

SHORTEST_SAID = 9
"""Letters of the shortest brand of which it is told behind a dash what the party is."""

WORDS = re.compile(r"[^\W\d_]+").findall
"""The words of a text."""

HAS_DIGIT = re.compile(r"\d").search
"""Whether a text has a digit."""

CODE_BEHIND_COMMA = re.compile(r",\s*[A-Z]{2}$").search
"""Whether a text ends behind a comma in two capitals, as in the code of a country."""

_SIGN = re.compile(r"[,;:/|(（]|\s[-–—]+\s")
HAS_SIGN, SIGNS, MOST_SIGNS = _SIGN.search, _SIGN.finditer, 3
"""The signs behind which something may be said of who is named before, and how many are tried."""

OF_PLACE = frozenset((PLACE, LEGAL, FILLER))
"""The kinds of the words behind a name that say where a company is, and of what form."""

OF_TRADES = frozenset((INDUSTRY, PLACE, LEGAL, FILLER))
"""The kinds of the words of a name that has neither a brand nor a number."""

OF_FIRM = OF_TRADES - {PLACE}
"""The kinds of a word behind which a name has not ended."""

OF_CITY = frozenset((PLACE, BRAND, INDUSTRY))
"""The kinds of the words of which a city's name may be."""

UNTELLING = LEGAL + FILLER
"""The kinds of the words that tell nothing of whose a name is."""

TELLING = str.maketrans("", "", UNTELLING)
"""What leaves of some kinds those that tell something."""

NUMBERED = BRAND + NUMBER
"""The kinds of the words with which the name of a body begins that its number tells (`CETC 16`)."""

TWO_BRANDS = 2 * BRAND
"""The kinds of the words of a name that is a brand and the first letters of the rest, or two."""

OF_AIRCRAFT = NameWord(INDUSTRY, "aircraft")
"""The word that says that an aircraft is named."""

GROUPS = frozenset(("group", "holding"))
"""Words that say that a company is a group."""

AS_PRINTED, SITED, BEHIND, AROUND, AT_HOME, ONE_OF_TWO, BEHIND_PARENT, BEGUN, KINDRED = (
    "as a list prints it",
    "without its site, or a town, behind a listed name",
    "without what stands behind a listed name",
    "without what stands around a listed name",
    "without where it is",
    "one of two names",
    "without the body above it, or where it is",
    "a listed name that begins so",
    "with another word for its trade",
)
"""How a listed name was found within another one."""

ELSEWHERE = frozenset((SITED, AT_HOME, CUT_WITHIN))
"""How one was found that may be the name of a company of the listed one there, too."""


@remembered
def is_elsewhere(how: str) -> bool:
    """Whether a name that was read so may be that of a company of the listed one."""
    return not ELSEWHERE.isdisjoint(how.split(ALSO))


Whole = tuple[str, tuple[NameWord, ...]]
"""What may be a whole listed name: its letters, by which the lists are asked, and its words."""

Wholes = dict[str, list[Form]]
"""All that one name may hold, by the letters."""


class ListedWholes:
    """Finds the whole names of listed parties within a longer one."""

    def __init__(
        self,
        lists: ListedNames,
        tables: NameTables,
        words_of: Callable[[str], tuple[NameWord, ...]],
        in_two: Callable[[str], list[tuple[NameWord, NameWord]]],
        is_pinyin: Callable[[str], bool],
    ) -> None:
        """Take what names are looked for with.

        Args:
            lists: where they are looked for.
            tables: words and characters.
            words_of: the words of a text.
            in_two: the two words that a brand may be; see `WordReadings`.
            is_pinyin: whether a word is made of Mandarin syllables alone.
        """
        self._lists, self._tables, self._words_of = lists, tables, words_of
        self._in_two, self._is_pinyin = remembered(in_two), is_pinyin

    def within(self, name: str, words: tuple[NameWord, ...], kinds: str) -> Iterator[Form]:
        """The listed names that a name may be meant as, each with how it was found.

        Args:
            name: as written.
            words: as they are read.
            kinds: of these.
        """
        telling = kinds.rstrip(UNTELLING)
        told = len(telling)
        wholes: Wholes = {}
        # A few brands alone are most persons' names, behind the first of which a comma is.
        is_person = not telling.strip(BRAND) and told <= FEWEST_OF_LINE
        if (
            is_person
            and "," in name
            and not (STROKE in name or HAS_DIGIT(name) or CODE_BEHIND_COMMA(name))
        ):
            return
        if self._may_begin(words, kinds):
            if kinds[-1] != LEGAL and told > (1 if kinds[-1] == PLACE else FEWEST_BESIDE_SITE):
                _add(wholes, self._without_site(words, kinds), SITED)
            grouped = told > 1 and words[told - 1].text in GROUPS
            if grouped or (told > FEWEST_BESIDE_SITE and BRAND in telling[:-1]):
                _add(wholes, self._beginnings(words, telling, grouped), SITED)
            if (told > FEWEST_BESIDE_SITE and not is_person) and (
                LEGAL in telling[1:] or NUMBER in telling or HAS_SIGN(name)
            ):
                _add(wholes, self._before_signs(name, words, telling), BEHIND)
            if "," in name and not is_person and kinds[0] != BRAND:
                _add(wholes, self._before_comma(name, words), AT_HOME)
        said = telling.translate(TELLING) if told >= FEWEST_OF_LINE else ""
        if len(said) >= FEWEST_OF_LINE and said.strip(BRAND):
            _add(wholes, self._in_line(name, words, kinds), AROUND)
        if len(name) >= SHORTEST_LINE:
            pieces = self._tables.documents.beside.split(name)
            if len(pieces) > 1:
                # A name may have a word or a sign of its own that stands between two others.
                few = PIECES(name)
                for some in (few, pieces) if len(pieces) > len(few) else (few,):
                    _add(wholes, self._pieces(some), AROUND)
            if HAS_DIGIT(name):
                _add(wholes, self._before_address(name, words), BEHIND)
        if not name.isascii():
            if address := CHINESE_ADDRESS.match(name):
                _add(wholes, self._behind_address(name[address.end() :]), AROUND)
            _add(wholes, self._in_chinese(name), AROUND)
            yield from self.behind_parent(name)
        at = kinds.find(NUMBERED)
        # Behind a colon the number is of what a form asks for (`Address: 3/F`).
        acronym = at >= 0 and told > len(NUMBERED) and len(words[at].text) >= FEWEST_OF_ACRONYM
        if acronym and not (":" in name and f"{words[at].text}:" in name.lower()):
            body = words[at : at + len(NUMBERED)]
            _add(wholes, iter([(squashed(body), body)]), AROUND if at else BEHIND)
        halves = self._in_two(words[0].text) if kinds[0] == BRAND else ()
        if halves or kinds[-1] == NUMBER or words[-1].text in DIGITS_OF:
            _add(wholes, _as_printed(words, halves), AS_PRINTED)
        if told > 1:
            _add(wholes, self._beside_places(words, telling), AT_HOME)
            if INDUSTRY in telling:
                _add(wholes, self._in_kindred_words(words), KINDRED)
        for form, how in self._listed(wholes):
            if how != AT_HOME or self._is_at_home(name, words, form):
                yield form, how
        if len(words) > 1 and not name.islower():
            yield from self._aircraft(name, OF_AIRCRAFT in words)
        elif len(words) > 1:
            yield from self._aircraft(name.upper(), told=True)
        if STROKE in name:
            yield from self._each_of_two(name)
        if kinds[0] == BRAND and told > FEWEST_BARE and OF_TRADES.issuperset(kinds[1:]):
            yield from self._behind_acronym(name, words)
        if kinds == TWO_BRANDS and min(len(text) for _, text in words) >= SHORTEST_SITED:
            yield from self._two_of_one(words)
        if 1 < told <= MOST_OF_BEGUN and name.isascii():
            if kinds[0] == BRAND:
                yield from self._begun(words)
            if kinds.count(BRAND) != 1:  # as of most
                yield from self._cut_short(words)

    def _in_kindred_words(self, words: tuple[NameWord, ...]) -> Iterator[Whole]:
        """A listed body by its whole name with a trade in another word, as translators have it."""
        kindred = self._tables.documents.kindred
        branded = any(kind == BRAND for kind, _ in words)
        for at in range(len(words)):
            trade = ""
            for end in range(at + 1, min(at + MOST_OF_TRADE, len(words)) + 1):
                kind, text = words[end - 1]
                if kind != INDUSTRY:
                    break
                trade = f"{trade} {text}" if trade else text
                for others in kindred.get(trade, ()):
                    other = [NameWord(INDUSTRY, each) for each in others.split()]
                    form = (*words[:at], *other, *words[end:])
                    if branded or self.tells_unbranded(form):
                        yield squashed(form), form

    def _may_begin(self, words: Sequence[NameWord], kinds: str) -> bool:
        """Whether a listed name may begin as these words do: with a brand that a list has."""
        first = len(kinds) - len(kinds.lstrip(UNTELLING))
        return kinds[first : first + 1] != BRAND or self._lists.is_in_any_file(words[first].text)

    def before(self, name: str, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """The listed names that stand before a sign, or behind whose legal form more is written.

        Args:
            name: as written.
            words: as they are read.
        """
        telling = "".join([kind for kind, _ in words]).rstrip(UNTELLING)
        if len(telling) > FEWEST_BESIDE_SITE and self._may_begin(words, telling):
            wholes: Wholes = {}
            _add(wholes, self._before_signs(name, words, telling), BEHIND)
            yield from self._listed(wholes)

    def _listed(self, wholes: Wholes) -> Iterator[Form]:
        """Those of some forms, by their letters, that are whole names of listed bodies."""
        for each in self._lists.bodies_called(list(wholes)) if wholes else ():
            yield from wholes[each]

    def _without_site(self, words: tuple[NameWord, ...], kinds: str) -> Iterator[Whole]:
        """A listed body by its whole name, without its plant or an unknown town behind it."""
        kind, text = words[-1]
        sites, size = self._sites, len(words)
        last = max((at for at in range(size) if words[at].text in sites), default=-size)
        sited = last >= size - MOST_OF_SITE
        # A name of trades alone goes on with a brand.
        in_town = size > FEWEST_BARE and kind == BRAND and kinds.count(INDUSTRY) < FEWEST_TRADES
        in_town = in_town and not self._lists.is_in_any_file(text)
        placed = kind == PLACE or (kind == BRAND and len(text) == COUNTRY_CODE)
        if not (sited or in_town or placed):
            return
        for end in range(size - 1, 0, -1):
            if kinds[end] == LEGAL or size - end > MOST_OF_SITE:
                break
            telling = sum(each not in UNTELLING for each in kinds[:end])
            sited = end <= last
            few = sited and not {BRAND, NUMBER}.isdisjoint(kinds[:end])
            letters = squashed(words[:end])
            near = set(kinds[end:-1]) <= {PLACE}  # `Acme Japan office`
            if near and placed:
                long = len(letters) >= RULES.tells_alone
                told = [kind for kind in kinds[:end] if kind not in UNTELLING]
                if long and (BRAND in told or self.tells_unbranded(words[:end])):
                    yield letters, words[:end]
                continue
            telling += few and (near or LEGAL in kinds[:end] or len(letters) >= RULES.tells_alone)
            least = FEWEST_BESIDE_SITE if few else FEWEST_BARE
            if (sited or in_town) and telling >= least and len(letters) >= SHORTEST_SITED:
                yield letters, words[:end]
            in_town = False  # of which the name is one word

    @cached_property
    def _sites(self) -> frozenset[str]:
        """What a company has at a place, as names are read."""
        ends = self._tables.documents.site_ends
        return ends.union(part.text for each in ends for part in parts(each, self._tables))

    def _beginnings(
        self, words: tuple[NameWord, ...], telling: str, grouped: bool
    ) -> Iterator[Whole]:
        """A listed company by its whole name, with whatever stands behind it.

        Args:
            words: of the name.
            telling: their kinds, without the legal forms behind all that tells.
            grouped: whether the last of these says that it is a group.
        """
        first = telling.find(BRAND)
        if first < 0 or not self._lists.is_in_any_file(words[first].text):
            return
        for end in range(
            first + 1 if grouped else max(first + 1, FEWEST_BESIDE_SITE), len(telling)
        ):
            letters = squashed(words[:end])
            told = sum(kind not in UNTELLING for kind in telling[:end])
            least = SHORTEST_SITED if told > 1 else RULES.tells_alone
            of_group = grouped and end == len(telling) - 1 and len(letters) >= least
            # A namesake elsewhere has the same beginning (`Radel Global Solutions (France)`).
            long = (
                len(letters) >= SHORTEST_BEGINNING
                and told > 1
                and not set(telling[end:]) <= OF_PLACE
            )
            if long or of_group:
                yield letters, words[:end]

    def _in_line(self, name: str, words: tuple[NameWord, ...], kinds: str) -> Iterator[Whole]:
        """A listed body by its whole name anywhere in a line, with a brand that a list has.

        It is long, or has its legal form, and what stands before it is no part of it. One of trades
        with a place is longer still.

        Args:
            name: as written.
            words: as they are read.
            kinds: of these.
        """
        is_listed = self._lists.is_in_any_file
        # One that begins the line is looked for by itself, with what tells where it ends.
        branded = [at for at, (kind, text) in enumerate(words) if kind == BRAND and is_listed(text)]
        last = branded[-1] if branded else 0
        long_line = len(kinds) > MOST_UNPLACED and PLACE in kinds
        if not last and not long_line:
            return
        small = set() if name.islower() else set(filter(str.islower, WORDS(name)))
        for begin in range(1, len(kinds) if long_line else last + 1):
            # A place before a name is of it: `Ningbo Nata` is not Nata.
            if kinds[begin] in UNTELLING or kinds[begin - 1] == PLACE:
                continue
            first = begin - (kinds[begin - 1] == LEGAL)
            free = not first or kinds[first - 1] == NUMBER or words[first - 1].text in small
            brand = next((at for at in branded if at >= begin), len(words))
            if not long_line and brand >= begin + MOST_OF_WHOLE:
                continue
            letters, told = "", 0
            for end in range(begin, min(begin + MOST_OF_WHOLE, len(words))):
                if kinds[end] in UNTELLING:
                    continue
                letters += words[end].text
                told += 1
                if brand > end and not (long_line and told >= FEWEST_PLACED):
                    continue
                rest = kinds[end + 1 :]
                behind = len(rest) - len(rest.lstrip(LEGAL))
                if brand <= end:
                    long = told > 1 and len(letters) >= SHORTEST_BEGINNING
                    formed = (first < begin or behind > 0) and len(letters) >= SHORTEST_FORMED
                    # A namesake elsewhere has the same beginning.
                    elsewhere = not first and set(rest) <= OF_PLACE
                    known = not elsewhere and (long or (free and formed))
                else:
                    # Behind its name a parent's institutes have more.
                    long = told >= FEWEST_PLACED and len(letters) >= SHORTEST_PLACED
                    known = long and first > 0 and PLACE in kinds[begin : end + 1]
                if known:
                    yield letters, words[first : end + 1 + behind]

    def _pieces(self, line: Sequence[str]) -> Iterator[Whole]:
        """A listed body by its whole name as a piece of a line, behind the first one."""
        first, *pieces = line
        if all(len(piece) < SHORTEST_PIECE for piece in pieces):
            return  # `Acme Co., Ltd.`
        before, *forms = map(self._words_of, (first, *pieces))
        for form, following in zip_longest(forms, forms[1:], fillvalue=()):
            # The comma may stand within a legal form (`Co., Ltd.`), and before it.
            goes_on = before[-1:] and form and before[-1].kind == form[0].kind == LEGAL
            before = form
            if all(kind == LEGAL for kind, _ in following):
                form += following
            if not goes_on and self._tells(form, SHORTEST_PIECE):
                yield squashed(form), form

    def _before_address(self, name: str, words: Sequence[NameWord]) -> Iterator[Whole]:
        """A listed body by its whole name, behind which an address runs on without a sign.

        Args:
            name: as written.
            words: as they are read.
        """
        tokens, is_of_address = name.split(), self._tables.documents.address.search
        begins = [bool(HAS_DIGIT(each) or is_of_address(each)) for each in tokens]
        has_street = bool(is_of_address(name))
        last = max(at for at, each in enumerate(tokens) if HAS_DIGIT(each))
        for end in range(1, min(last, MOST_BEFORE_ADDRESS) + 1):
            begin = begins.index(True, end)
            if begin - end > MOST_OF_STREET:
                continue
            # The name of a street stands before what it is; what does anything is of a longer name.
            between = "".join(tokens[end:begin])
            runs_on = begin == end or (
                PIECE_SIGNS.isdisjoint(between)
                and not OF_FIRM.issuperset(kind for kind, _ in self._words_of(tokens[end]))
            )
            form = self._words_of(" ".join(tokens[:end])) if runs_on else ()
            if self._tells(form, SHORTEST_SITED, alone=begin == end) and (
                has_street or any(kind == PLACE for kind, _ in words[len(form) :])
            ):
                yield squashed(form), form

    def _tells(self, form: Sequence[NameWord], shortest: int, alone: bool = False) -> bool:
        """Whether the words of a whole name tell a body, whatever stands beside it.

        Args:
            form: the words.
            shortest: letters that they have at the least.
            alone: whether nothing but an address stands beside it, so that a brand does by itself,
                and trades with a place.
        """
        kinds = [kind for kind, _ in form]
        told, size = [kind for kind in kinds if kind not in UNTELLING], len(squashed(form))
        if LEGAL in kinds and (len(told) > 1 or BRAND in told):
            return size >= SHORTEST_OF_FIRM
        if size < shortest or not told:
            return False
        if BRAND in told:
            return len(told) > 1 or alone
        long = len(told) >= FEWEST_BARE and size >= SHORTEST_BEGINNING
        return (alone and long) or self.tells_unbranded(form)

    def _behind_address(self, text: str) -> Iterator[Whole]:
        """A listed body by its whole Chinese name behind an address, and the name of a village."""
        for at in range(min(LONGEST_VILLAGE + 1, len(text) - SHORTEST_CHINESE + 1)):
            form = self._words_of(text[at:])
            if not {BRAND, NUMBER}.isdisjoint(kind for kind, _ in form):
                yield squashed(form), form

    def _in_chinese(self, name: str) -> Iterator[Whole]:
        """A listed body by its whole Chinese name, where others stand beside it in the line."""
        runs = CHINESE_RUN.findall(name) if IS_CHINESE.search(name) else []
        for run in filter(IS_CHINESE.search, runs if len(runs) > 1 else ()):
            form = self._words_of(run)
            if any(kind not in (INDUSTRY, LEGAL, FILLER) for kind, _ in form):
                yield squashed(form), form

    def behind_parent(self, name: str) -> Iterator[Form]:
        """A listed body by its whole Chinese name, behind the body above it or where it is.

        A number of three digits tells it behind anything (`中国航发624所`).
        """
        text = in_simplified(name.strip(), self._tables)
        if not IS_BODY.fullmatch(text):
            return
        rests = [match[1]] if (match := IS_NUMBERED.fullmatch(text)) else []
        for at in range(SHORTEST_PARENT, len(text) - SHORTEST_OWN_CHINESE + 1):
            parent = self._words_of(text[:at])
            if text[at - 1] in ENDS_PARENT or {kind for kind, _ in parent} == {PLACE}:
                rests.append(text[at:])
        for rest in rests:
            form = self._words_of(rest)
            kinds = "".join([kind for kind, _ in form])
            # The second institute of one company is not that of another.
            told = LEGAL not in kinds and (rest[0].isdigit() or NUMBER not in kinds)
            if told and self._lists.prints([squashed(form)]):
                yield form, BEHIND_PARENT

    def _aircraft(self, name: str, told: bool) -> Iterator[Form]:
        """A listed aircraft by its mark, beside its operator or what it is (`bizjet T7OKY`).

        Args:
            name: as written, or in capitals.
            told: whether it was written in small letters, or what is named is an aircraft.
        """
        # In capitals any word may look like one, but for its hyphen or digit.
        capitals = name.isupper() and not told
        if capitals and "-" not in name and not HAS_DIGIT(name):
            return
        marks = {
            MARK_SIGNS.sub("", match[0]).lower(): match[0]
            for match in AIRCRAFT_MARK.finditer(name)
            if not capitals or "-" in match[0] or HAS_DIGIT(match[0])
        }
        for mark in self._lists.aircraft_marked(list(marks)) if marks else ():
            form = self._words_of(marks[mark])
            # A digit among letters is none that a scanner read wrongly.
            yield form if squashed(form) == mark else (NameWord(BRAND, mark),), REGISTRATION

    def _beside_places(self, words: tuple[NameWord, ...], telling: str) -> Iterator[Whole]:
        """A listed company by its whole name, beside what may be where it is (`Radel Russia`)."""
        last = len(telling) - 1
        may_be_city = self._lists.may_be_city
        rests: list[tuple[str, tuple[NameWord, ...]]] = []
        for at, rest in ((last, words[:last]), (0, words[1:])):
            kind, text = words[at]
            if kind == PLACE or (kind == BRAND and may_be_city(text)):
                rests.append((kind, rest))
            elif at and len(text) == COUNTRY_CODE:
                rests.append((PLACE, rest))
        two = last > 1 and OF_CITY.issuperset(telling[last - 1 :])
        if two and may_be_city(f"{words[last - 1].text} {words[last].text}"):
            rests.append((BRAND, words[: last - 1]))
        # What it does may stand behind its whole name: `Los Rojos cartel Mexico`.
        for kind, form in rests[:1]:
            brands = [text for each, text in form[:-1] if each == BRAND]
            foreign = len(brands) >= FEWEST_BRANDS and not all(map(self._is_pinyin, brands))
            if len(form) == last and form[-1].kind == INDUSTRY and foreign:
                rests.append((kind, form[:-1]))
        for kind, form in rests:
            letters = squashed(form)
            told = [each for each, _ in form if each not in UNTELLING]
            if len(letters) < (SHORTEST_AT_HOME if kind == PLACE else SHORTEST_IN_CITY):
                continue
            # Any city may have a body of its own of one or two trades (`Xiamen University`).
            is_body = form[-1].text in self._tables.documents.bodies
            if BRAND in told or (len(told) > 1 and not is_body):
                yield letters, form

    def _is_at_home(self, name: str, words: Sequence[NameWord], form: tuple[NameWord, ...]) -> bool:
        """Whether the place beside a listed name, as it is written, is the country or a city of it.

        Args:
            name: as written (`Radel Russia`, `Radel (Moscow) Ltd`).
            words: as they are read.
            form: those of the listed name.
        """
        at_end, own = form[0] is words[0], {text for _, text in form}
        part = slice(-MOST_WRITTEN, None) if at_end else slice(MOST_OF_PLACE)
        written = [word.strip(" ,.()").lower() for word in name.split()[part]]
        places = [word for word in written if word not in own]
        said = [text for kind, text in words if kind == PLACE or len(text) == COUNTRY_CODE]
        places += [text for text in said if text not in own]
        places += map(" ".join, pairwise(written))
        codes = {code for place in places for code in self._lists.countries_of(place)}
        letters = squashed(form)
        return any(self._lists.bodies_in(letters, code) for code in codes)

    def _before_signs(
        self, name: str, words: tuple[NameWord, ...], telling: str
    ) -> Iterator[Whole]:
        """A listed body by its whole name, before a sign or behind its legal form.

        Args:
            name: as written.
            words: as they are read.
            telling: their kinds, without the legal forms behind all that tells.
        """
        begun = [
            words[: at + (kind == LEGAL)]
            for at, (kind, text) in enumerate(words[: len(telling)])
            if at and (kind == LEGAL or (kind == NUMBER and len(text) >= SHORTEST_POSTAL))
        ]
        for match in islice(SIGNS(name), MOST_SIGNS):
            before = name[: match.start()]
            # Where each word is read by itself, those before the sign are known.
            size = len(before.split())
            alike = words[:size] if len(words) == len(name.split()) and name.isascii() else ()
            # A place in brackets tells one of several companies of a name.
            if not alike or not set(telling[size:]) <= OF_PLACE:
                begun.append(alike or self._words_of(before))
        whole = squashed(words)
        # Before a comma a single brand may be all of a name where an address follows, and a long
        # one before a dash where it is told what the party is.
        before, _, behind = name.partition(",")
        apart = bool(behind) and HAS_DIGIT(behind) is not None
        if not apart:
            before, _, behind = name.partition(DASH)
            apart = len(before) >= SHORTEST_SAID and INDUSTRY in telling[1:]
        apart = apart and LEGAL not in telling[1:]
        alone = self._words_of(before) if apart and " " not in before.strip() else ()
        for form in begun:
            kinds = [kind for kind, _ in form]
            told = [kind for kind in kinds if kind not in UNTELLING]
            letters = squashed(form)
            long = len(letters) >= RULES.tells_alone or NUMBER in told
            least = FEWEST_BESIDE_SITE if long else FEWEST_BARE
            formed = LEGAL in kinds and len(letters) >= SHORTEST_SITED
            by_itself = form == alone and len(letters) >= SHORTEST_SITED
            branded = BRAND in told and (formed or by_itself or len(told) >= least)
            if letters != whole and (branded or self.tells_unbranded(form)):
                yield letters, form

    def _before_comma(self, name: str, words: tuple[NameWord, ...]) -> Iterator[Whole]:
        """A listed body of trades alone by its whole name, before the comma of an address."""
        size = len(name.partition(",")[0].split())
        form = words[:size] if len(words) == len(name.split()) else ()
        letters = squashed(form)
        if (
            len(letters) >= SHORTEST_AT_COMMA
            and size > 1
            and all(kind in (INDUSTRY, LEGAL, FILLER) for kind, _ in form)
        ):
            yield letters, form

    def tells_unbranded(self, form: Sequence[NameWord]) -> bool:
        """Whether the words of a name without a brand tell a body nevertheless."""
        told = [kind for kind, _ in form if kind not in UNTELLING]
        if BRAND in told or len(told) < FEWEST_BARE:
            return False
        return sum(map(self._lists.weight, form)) >= WEIGHT_UNBRANDED

    def _each_of_two(self, name: str) -> Iterator[Form]:
        """Each of two names with a stroke between them."""
        one, _, other = name.partition(STROKE)
        for text in (one, other) if STROKE not in other else ():
            form = self._words_of(text)
            letters = squashed(form)
            acronym = text.strip().isupper() and len(letters) >= FEWEST_OF_ACRONYM
            long = acronym or len(letters) >= SHORTEST_SITED
            if long and any(kind == BRAND for kind, _ in form):
                yield form, ONE_OF_TWO

    def _two_of_one(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """A company by the first of two words, each of which a list prints as a name of its own."""
        names = [text for _, text in words]
        if (
            all(map(self._lists.is_in_any_file, names))
            and len(self._lists.bodies_called(names)) > 1
        ):
            yield words[:1], ONE_OF_TWO

    def _behind_acronym(self, name: str, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """A body by its whole name of trades, behind the acronym of the one to which it belongs."""
        if name.split()[0].isupper() and not name.isupper():
            rest = words[1:]
            if len(self._lists.bodies_called([words[0].text, squashed(rest)])) > 1:
                yield rest, ONE_OF_TWO

    def _begun(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """A listed company whose name goes on (Bulutlar Gemi), by a brand that is nobody else's."""
        brand = words[0].text
        if len(brand) < SHORTEST_OWN or not (brand.isalpha() and self._lists.is_in_any_file(brand)):
            return
        if self._is_pinyin(brand) or brand in self._tables.known():
            return
        told = tuple(part for part in words if part.kind not in UNTELLING)
        for file in self._lists.listed_files():
            forms = [form for form in _going_on(file, told) if _is_firm(form)]
            if forms and len(file.bearing(brand)) <= MOST_BEGUN:
                yield from ((form, BEGUN) for form in forms)

    def _cut_short(self, words: tuple[NameWord, ...]) -> Iterator[Form]:
        """A listed company of whose name the end is left out (`Pars Nickel Karan`, a Kabir).

        It is the only one whose name begins so. Without a brand it has a place, and no more is left
        out than what says what any company does: `Dandong Rich Earth`, a trading company.
        """
        told = tuple(part for part in words if part.kind not in UNTELLING)
        letters, brands = squashed(told), [text for kind, text in told if kind == BRAND]
        if len(letters) < SHORTEST_CUT_SHORT or not all(map(self._lists.is_in_any_file, brands)):
            return
        if len(brands) < FEWEST_BRANDS and (
            brands
            or not any(kind == PLACE for kind, _ in told)
            or sum(map(self._lists.weight, told)) < WEIGHT_UNBRANDED
        ):
            return
        forms = {form for file in self._lists.listed_files() for form in _going_on(file, told)}
        goes_on = [[part for part in form[len(told) :] if part.kind not in UNTELLING]
                   for form in forms]  # fmt: skip
        if len({squashed(rest) for rest in goes_on}) != 1 or not goes_on[0]:
            return
        kinds = {kind for form in forms for kind, _ in form[len(told) :]}
        ends = kinds <= OF_TRADES if not brands else len(goes_on[0]) <= MOST_LEFT_OUT
        if ends and any(map(_is_firm, forms)):
            yield from ((form, BEGUN) for form in sorted(forms))


def _going_on(file: ListedFile, told: tuple[NameWord, ...]) -> Iterator[tuple[NameWord, ...]]:
    """The listed names of a file that begin with these words and have more."""
    for form in file.beginning(squashed(told)):
        if len(form) > len(told) and form[: len(told)] == told:
            yield form


def _is_firm(form: Sequence[NameWord]) -> bool:
    """Whether a name says that it is a company's, or what it does."""
    return any(kind in (LEGAL, INDUSTRY) for kind, _ in form)


def _as_printed(
    words: tuple[NameWord, ...], halves: Sequence[tuple[NameWord, NameWord]]
) -> Iterator[Whole]:
    """A listed body by its whole name with its first word as two, or with a Roman number."""
    of_last, last = words[-1]
    for two in halves:
        form = (*two, *words[1:])
        yield squashed(form), form
    if len(words) > 1:
        if of_last == NUMBER and last in LETTERS_OF:
            for letters in LETTERS_OF[last]:
                form = (*words[:-1], NameWord(BRAND, letters))
                yield squashed(form), form
        elif of_last == BRAND and last in DIGITS_OF:
            form = (*words[:-1], NameWord(NUMBER, DIGITS_OF[last]))
            yield squashed(form), form


def _add(wholes: Wholes, some: Iterator[Whole], how: str) -> None:
    """Add what may be whole listed names to those by their letters."""
    for letters, form in some:
        wholes.setdefault(letters, []).append((form, how))
