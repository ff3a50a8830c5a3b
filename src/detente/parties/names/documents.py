"""Names as documents carry them: behind words of forms, before an address, in full pinyin.

An invoice says ``Consignee: X, Room 1203, Shanghai`` and a bill of lading ``TO THE ORDER OF X``.
What is cut here is never taken away: each reading is asked beside the name as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import islice

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.remembered import remembered

if TYPE_CHECKING:
    from typing import Any


class _LatePattern:
    """A pattern that is compiled when first asked for one of its methods, which it then has."""

    def __init__(self, text: str | Callable[[], str], flags: re.RegexFlag) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, method: str) -> object:
        if method.startswith("_"):
            raise AttributeError(method)
        text = self._text if isinstance(self._text, str) else self._text()
        found = getattr(re.compile(text, self._flags), method)
        setattr(self, method, found)
        return found


def late_pattern(text: str | Callable[[], str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern that costs nothing until it is used: long ones take milliseconds to compile."""
    pattern: Any = _LatePattern(text, flags)
    found: re.Pattern[str] = pattern
    return found


MOST_PATTERNS = 4096
"""Patterns of the phrases of a text that are kept, of each kind."""


class PhrasePattern:
    """A pattern of phrases, tried with those of them alone whose words a text has.

    Most texts have none, and a pattern of hundreds of phrases takes long to compile and to try.
    """

    def __init__(
        self,
        compose: Callable[[Collection[str]], str],
        phrases: Iterable[str],
        says: Callable[[str], object] | None = None,
    ) -> None:
        """Take a pattern.

        Args:
            compose: writes it with some of the phrases.
            phrases: of which one stands, as words of its own, in every text that the pattern fits.
            says: whether a text may be fitted that has none of them.
        """
        self._compose, self._phrases, self._says = compose, phrases, says
        self._patterns: dict[frozenset[str], re.Pattern[str]] = {}

    @cached_property
    def _by_last(
        self,
    ) -> tuple[frozenset[str], Mapping[str, list[tuple[frozenset[str], str]]], dict[str, str]]:
        """The last words of phrases, the phrases of each; and those that have no words."""
        by_last: dict[str, list[tuple[frozenset[str], str]]] = {}
        within: dict[str, str] = {}
        for phrase in self._phrases:
            words = _runs(phrase.lower())
            if phrase.isascii() and words:
                by_last.setdefault(words[-1], []).append((frozenset(words), phrase))
            else:
                within[phrase.lower()] = phrase  # Chinese has no blanks
        return frozenset(by_last), by_last, within

    def in_text(self, text: str) -> frozenset[str]:
        """The phrases of which a text has all words."""
        held = _words_in(text)
        lasts, by_last, within = self._by_last
        found: list[str] = []
        if not held.isdisjoint(lasts):
            found = [
                phrase for word in held & lasts for words, phrase in by_last[word] if words <= held
            ]
        if within and not text.isascii():
            small = text.lower()
            found += [phrase for letters, phrase in within.items() if letters in small]
        return frozenset(found)

    def pattern(self, text: str) -> re.Pattern[str] | None:
        """The pattern as far as it may fit a text; None where it does not."""
        stated = self.in_text(text)
        if not stated and not (self._says is not None and self._says(text)):
            return None
        found = self._patterns.get(stated)
        if found is None:
            if len(self._patterns) >= MOST_PATTERNS:
                self._patterns.clear()
            found = self._patterns[stated] = re.compile(self._compose(stated), _FLAGS)
        return found

    def whole(self) -> re.Pattern[str]:
        """The pattern with all phrases."""
        return re.compile(self._compose(frozenset(self._phrases)), _FLAGS)

    def search(self, text: str) -> re.Match[str] | None:
        """As a pattern does."""
        return pattern.search(text) if (pattern := self.pattern(text)) else None

    def match(self, text: str) -> re.Match[str] | None:
        """As a pattern does."""
        return pattern.match(text) if (pattern := self.pattern(text)) else None

    def sub(self, instead: str, text: str) -> str:
        """As a pattern does."""
        return pattern.sub(instead, text) if (pattern := self.pattern(text)) else text

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As a pattern does."""
        return pattern.finditer(text) if (pattern := self.pattern(text)) else iter(())

    def split(self, text: str) -> list[str]:
        """As a pattern without groups does."""
        return list(pattern.split(text)) if (pattern := self.pattern(text)) else [text]


_FLAGS = re.IGNORECASE | re.DOTALL
"""No pattern of phrases tells small letters from capitals, or a line's end from another blank."""

LEAD, ALONE, TAIL, TITLE, ADDRESS = "lead", "alone", "tail", "title", "address"
PATRONYMIC, PART, BRANCH, THROUGH, SON_OF = "patronymic", "part", "branch", "through", "son"
HONORIFIC, PARENT, BEYOND, REMARK = "honorific", "parent", "beyond", "remark"
ENDING, PRODUCT, DISTRICT, MARK, BODY = "ending", "product", "district", "mark", "body"
SHORT, HONORED, STATUS, COMMON = "short", "honored", "status", "common"
ABBREVIATED, BEHIND, STREET = "abbreviated", "behind", "street"
ROLE, PAPER, HOUSE_BRAND, PARTICLE = "role", "paper", "house", "particle"
SCHOOL, UNIT, WITH = "school", "unit", "with"
"""What a word of documents is: one before a colon and a name; one before a name, colon or not; one
behind a name; a title of a person; one of an address; the ending of a father's name; a part of an
organization; a house of one that has its own name; one between two names; one before a father's
name; a title that may stand anywhere in a name; a body to which an institute belongs; what a list
adds behind a name of those who are listed with it; what it says in brackets that the named one is;
what the brands of many end with; goods that somebody names beside who makes them; what a place is,
where that stands behind its name; a brand that nobody else has and no language knows; what a body
is; a short form of one and what it is short for; what stands before the one after whom a body is
named; a rank that a body has, in front of its name; a brand of dozens of companies, or of a group,
that alone is nobody's on a list; an abbreviation with a word that it may be short for, beside what
it is read as; what stands behind a name before a number, a telephone or a person; what a street is,
with a star for its name (`rue *`, `* road`, `*strasse`); what somebody is, behind a name; what
stands before the number of a paper or a day of birth; a brand of three letters that is that of one
house; an article or preposition of another language than English; what a university is; what a
part of one is; and who is named with a party behind its name (`or nominee`, `and family`).
"""

CUT_LEAD, CUT_ADDRESS = "without words of forms", "without the address"
CUT_PART, REGISTRATION = "without a part of the organization", "the mark of an aircraft"
CUT_NUMBER = "without numbers of the party and how it is reached"
CUT_PRODUCT, CUT_ROLE = "without the goods", "without what a person is, papers and birth"
CUT_BRACKETS, IN_BRACKETS = "without what stands in brackets", "what stands in brackets"
CUT_SHIP = "without what is said of a ship"
ONE_SCRIPT = "one of the two names that the line has in two scripts"

HAN = late_pattern(r"[\u3400-\u9fff][\u3400-\u9fff\d（）()·]*")
"""A run of Chinese characters, with what may stand between them."""

LATIN = late_pattern(r"[^\W\d_]{4}")
"""Letters that are no mere acronym, beside the Chinese ones of a name: TCL集团."""

SIGNS = r"[\d:：，；、(（\[/@]"
"""A sign at which something may be cut."""

HAS_SIGN = re.compile(SIGNS).search

_runs = re.compile(r"\w+").findall

LETTERS = re.compile("[A-Za-z]*")
FIRST_LETTERS = re.compile(r"\W*([A-Za-z]*)").match
"""Letters with which a text starts, signs before them aside."""

LABEL = re.compile(r"^[^\W\d_][^:：,;|\n]{1,40}[:：]\s*(?=\S)")
"""Words before a colon: whatever they are, no name has one."""

FIELD = re.compile(r"^:?\d{2}[A-Z]?:\s*(?:/\S+\s+)?")
"""The number of a field of a bank's message, and an account behind it."""

LONG = 4
"""Letters of a word in brackets, of which a name has two; characters of a Chinese name that may say
more than a brand."""

BRACKETS = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]")
"""What a name has in brackets, with the spaces before them."""

OPENING = frozenset("(（[")
"""The signs with which what stands in brackets begins."""

HOUSE_FIRST = re.compile(r"^(?:no\.?\s*)?\d+[a-z]?,?\s+[^\W\d]", re.IGNORECASE)
"""How a piece of an address begins that has the number of a house."""

ENDS_IN_NUMBER = re.compile(r"[^\W\d_]{3,}.*\s\d+[a-z]?$", re.IGNORECASE).search
"""How a piece of an address ends whose house stands behind the street."""

_STOPS, _DASHES = ",;|\n，；、", "-–—/"

BREAKS = re.compile(rf"\s*[{_STOPS}]\s*|\s+[{_DASHES}]\s+")
"""Where a line of a document may pass from a name to an address."""

BREAK_SIGNS = frozenset(_STOPS + _DASHES)
"""The signs of which such a line has one."""

OF_COMPANIES = re.compile(
    r"^(.{4,}?(?:有限责任公司|股份有限公司|有限公司|公司|研究所|研究院|大学|学院|厂))"
    r"[\s,，;；、:：]*(?:地址)?[\s:：]*(?=\S*?[省市区县路街道号镇])(?=\S{4,})"
)
"""A Chinese name up to its legal form or kind, where an address follows."""

PART_BEHIND = re.compile(
    r"^(\S{2,}?(?:公司|大学|(?<!科)学院|研究[所院]|公安局|中心))((?!第|附属)[^\s,，;；、第]{0,9}"
    r"(?:部|处|科|室|系|学院|支队|大队|中队|分局|仓库|图书馆|车间|分厂|分公司"
    r"|(?:研发|采购|物流|技术|测试)中心))$"
)
"""A Chinese name up to its legal form or kind, where a part follows: a department, a school."""

SHORTEST = 2
"""Letters of the shortest reading."""

SHORTEST_BETWEEN = 3
"""Letters of the shortest word that says that two names stand in a line: others have a sign."""

MANY_COMMAS = 2
"""Commas from which a line may have an address without a number: `Co., Ltd.` has one."""

CAPITALIZED = late_pattern(r"\b[^\W\d_a-z]\w+")
"""A word of a name, which has a capital."""

GOES_ON = late_pattern(r"\s+(?:of|for|at|in)\b", re.IGNORECASE)
"""What stands behind `University` where its name goes on."""

MOST_BEGINNINGS = 5
"""Words at which the name of a university may begin that stands behind a part of it."""

FEWEST_WORDS = 3
"""Words of the shortest name that a line is cut down to where nothing tells where it ends."""

LONGEST_CODE = 3
"""Letters of the shortest word that is no state's code behind a place: `Salt Lake City UT`."""

FEWEST_BEFORE = 2
"""Words before the number of a house, of which one alone is too little of a name."""

REGISTERED = re.compile(r"(?<![\w-])(?:[A-Z]{1,2}|\d[A-Z]|[A-Z]\d)-[A-Z0-9]{3,5}(?![\w-])")
"""The mark of an aircraft."""

OF_SHIP = late_pattern(
    r"[\s,;(/-]+(?:imo\b\W*(?:(?:no|nr|number)\b\W*)?\d{7}|imo\d{7}|flag(?:ged)?\b"
    r"|v(?:oy(?:age)?)?\b\W*(?:no\b\W*)?\d{1,4}[a-z]?\b).*$",
    re.IGNORECASE | re.DOTALL,
)
"""What a document says of a ship behind its name: number, flag, voyage."""

FORMER_NAME = late_pattern(r"[\s,;(]+(?:ex|formerly|now|renamed)[\s.:-]+(?=\w)", re.IGNORECASE)
"""What stands between the names that a ship had."""

PORT_BEHIND = late_pattern(
    r"[\s,]+(?:at|from|in|to|bound\s+for|laden\s+with|carrying|cargo|laycan|e\.?t\.?[ad]\.?)"
    r"(?:[\s:]+.*)?$",
    re.IGNORECASE,
)
"""Where a ship is and what it carries, behind its name."""

BETWEEN = re.compile(r"\s+[-–—/]\s+")
"""What stands between two names of one party."""

SAID_OF = re.compile(r"\s*[,;|(（]\s*|\s+(?=\d)")
"""Where a line passes from a person to what is said of them."""

HOUSE = re.compile(
    r"(?<=\s)\d+[A-Za-z]?\s+(?:[^\W\d]+\.?\s+){0,3}(?:road|street|avenue|lane|rd|st|ave)\b", re.I
)
"""The number of a house and its street."""


NUMBERED_BEHIND = (
    r"\b(?:\W{0,3}(?:no|nr|num|number|code|id)\b)?\W{0,4}(?:[a-z]{1,3}\W?)?\d[\d\s./()+-]*\w*|\s*:"
)
"""What stands behind what says what a number is: the number, or a colon before whatever it is."""

REACHED = (
    r"[\s,;|(/:-]+(?:\+?\d[\d\s()/.-]{6,}\d\b(?!\s+[^\W\d])|[a-z]{0,3}\d\w{8,}\b"
    r"|\S+@\S+|https?:|www\.)"
)
"""A telephone, a long number, or where a party is in the net."""

BEHIND_NAME = r"(?<=[\w.)\"'»”])"
"""What stands before such a number."""

REACHED_BEHIND = late_pattern(rf"{BEHIND_NAME}{REACHED}.*$", re.IGNORECASE | re.DOTALL)
"""Where nothing says what the number is."""

SAYS_NUMBER = re.compile(
    r"\d{4}|\d[\d\s()/.-]{6,}\d|\d\w{8}|@|https?:|www\.|^\W*\d{1,3}[.)]\s", re.IGNORECASE
).search
"""Something without which no line has a number of the party, or how it is reached, but for one
with a word before it."""

SAYS_HOUSE = re.compile(r"\b\d").search
"""Something without which no line has a street behind a name, but for one that a word tells."""

BEFORE = re.compile(
    r"^\W*(?:\d{1,3}[.)]\s+|(?:[a-z]{1,8}\.?\s)?[a-z]{0,4}-?\d{4,}\w*[\s:.)|–—-]+)"
    r"(?=[^\W\d]{2})",
    re.IGNORECASE,
)
"""A place in a list, or the number of a vendor or an account, with which a line begins."""

DAY_BEHIND = late_pattern(
    r"[\s,;(]+(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{2}[./-]\d{2})\)?\s*$"
)
"""A day in digits behind a name."""

DOTTED = r"(?:[^\W\d_]\.\s?){1,3}"
"""Initials of a person."""

_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?){1,2}(?=([^\W\d_]{4,}))")
"""Initials before a family name, which is told."""

_NAMED_AFTER = late_pattern(rf"^\W*{DOTTED}\s*[^\W\d_]{{4,}}(?:-[^\W\d_]{{4,}})?\s+(?=\w)")
"""Whom a body is named after, with initials, where its name begins with them."""

INITIALS_BEFORE = _INITIALS.search
"""Whether a text has such initials."""

FEWEST_TELLING, TELLING_CHINESE = 3, 8
"""Words of more than three letters, and characters, that tell a body without a brand or a place:
there are many Institutes of Physics."""

MODEL = r"(?=[\w/-]*\d)[\w/-]+"
"""The number of a model of goods."""


TITLE_ENDS = r"(?:\b|(?<=\.))"
"""Where a title ends that may have a dot."""

OFFICE, FLOOR = "office", "floor"
"""Kinds that are told here: parts of several words, and the letter of a floor (`15/F`)."""


class DocumentWords(NamedTuple):
    """The words of documents, ready to be looked for.

    Attributes:
        opening: what may stand before a name without a colon, or a title.
        chinese_parent: a parent in Chinese, or a company with more behind.
        lead: what may stand before a name.
        tail: what may stand behind it.
        title: a title of a person at the beginning.
        address: a word of an address.
        numbered: such a word with its number.
        patronymic: a father's name, as East Slavic names have it.
        part: a part of an organization.
        branch: the end of a name that is a branch of the rest, with the word before.
        branch_of: the beginning of a name that is a branch of the rest.
        through: what stands between two names.
        son: words that say whose son or daughter somebody is.
        parent: a body to which an institute belongs, before or behind its name.
        status: a legal form and a rank before the name of a body (`Federal Research Center`).
        honored: the one after whom a body is named, with initials, at its end.
        beyond: what a list adds behind a name: those who are listed with it, remarks in brackets.
        titles: single words that are a title anywhere in the name of a person.
        endings: what the brands of many companies end with (`tech`, `tron`).
        product: goods that are named behind who makes them.
        described_by: one word of each part, branch, parent and product, and of those who are named
            with a party, in small letters.
        first_letters: with which an ASCII text starts that has what `opening` is, up to the first
            sign or space, in small letters.
        districts: what a place is, as it stands behind its name (`Urumqi City`).
        bodies: what a body is, as names are compared (`institute` of an academy, too).
        marks: brands that by themselves tell the one party that bears them (`Quectel`).
        common: brands that by themselves are those of dozens of companies, none of them listed so.
        houses: brands of three letters that are each those of one house.
        abbreviated: what abbreviations may be short for, beside what they are read as.
        behind: a number of the party, how it is reached or who is there, up to the end of the line,
            where a word says what it is; see `REACHED_BEHIND`.
        street: the beginning of an address that runs on behind a name: a street with its number.
        in_full: Chinese names of bodies with which a name begins, each with the one it is read as:
            a short form in full, a university by its brand.
        roles: single words that say what somebody is, behind a name (`Director`, `PhD`).
        paper: what stands before the number of a paper or a day of birth, with all behind it.
        particles: articles and prepositions of other languages than English.
        school: what a university is.
        unit: what a part of one is.
    """

    opening: PhrasePattern
    chinese_parent: re.Pattern[str]
    lead: PhrasePattern
    tail: PhrasePattern
    title: PhrasePattern
    address: PhrasePattern
    numbered: re.Pattern[str]
    patronymic: re.Pattern[str]
    part: PhrasePattern
    branch: PhrasePattern
    branch_of: PhrasePattern
    through: PhrasePattern
    parent: PhrasePattern
    status: PhrasePattern
    honored: PhrasePattern
    beyond: PhrasePattern
    son: frozenset[str]
    titles: frozenset[str]
    endings: tuple[str, ...]
    product: PhrasePattern
    described_by: frozenset[str]
    first_letters: frozenset[str]
    districts: frozenset[str]
    bodies: frozenset[str]
    marks: frozenset[str]
    common: frozenset[str]
    houses: frozenset[str]
    abbreviated: Mapping[str, tuple[str, ...]]
    behind: PhrasePattern
    street: PhrasePattern
    in_full: Mapping[str, str]
    roles: frozenset[str]
    paper: PhrasePattern
    particles: frozenset[str]
    school: PhrasePattern
    unit: PhrasePattern


def words_of(rows: Iterable[tuple[str, str]]) -> DocumentWords:
    """The words of documents from rows of kind and text."""
    found: dict[str, list[str]] = {}
    for kind, text in rows:
        found.setdefault(kind, []).append(text)

    def some(*kinds: str) -> list[str]:
        return [text for kind in kinds for text in found.get(kind, ())]

    def phrases(compose: Callable[[Callable[[str], str]], str], *kinds: str) -> PhrasePattern:
        """A pattern of phrases of some kinds, of each of which it is given those in a text."""

        def composed(stated: Collection[str]) -> str:
            return compose(lambda kind: _any_of(each for each in some(kind) if each in stated))

        return PhrasePattern(composed, some(*kinds))

    flags = re.IGNORECASE
    # A part of several words is one wherever it stands; a department alone may be a ministry's.
    found[OFFICE] = [text for text in some(PART) if " " in text and not text.endswith("of")]
    found[FLOOR] = ["f"]
    described = some(PART, BRANCH, PARENT, PRODUCT, WITH)
    between = [max(_runs(text), key=len) for text in some(THROUGH)]
    # An acronym of a body is no part of a longer one; a Chinese name has no end of its own.
    body_ends = r"(?:(?!\w)|(?<=[^\x00-\x7f]))"
    return DocumentWords(
        opening=phrases(
            lambda of: rf"^\W*(?:(?:{of(ALONE)})\s|(?:{of(TITLE)}){TITLE_ENDS})", ALONE, TITLE
        ),
        chinese_parent=late_pattern(
            lambda: f"公司.|{_any_of(text for text in some(PARENT) if not text.isascii())}", flags
        ),
        lead=phrases(
            lambda of: (
                rf"^\W*(?:(?:{of(ALONE)})(?:\s*[:：.]\s*|\s+)"
                rf"|(?:{of(LEAD)})\.?(?:\s*[:：]|\s+[-–—]\s)\s*)"
            ),
            ALONE,
            LEAD,
        ),
        tail=phrases(lambda of: rf"[\s,(]+(?:{of(TAIL)}|{of(WITH)})\W*$", TAIL, WITH),
        title=phrases(lambda of: rf"^\W*(?:{of(TITLE)}){TITLE_ENDS}[.\s]+", TITLE),
        address=phrases(
            lambda of: rf"(?<!\w)(?:{of(ADDRESS)})(?!\w)|\d+\s*/\s*(?:{of(FLOOR)})\b",
            ADDRESS,
            FLOOR,
        ),
        numbered=late_pattern(
            lambda: rf"(?<=\s)(?:{_any_of(some(ADDRESS))})\.?\s*(?:[a-z]\b|[\w/-]*\d)", flags
        ),
        patronymic=late_pattern(lambda: rf"^(?:\w{{2,}})?(?:{_any_of(some(PATRONYMIC))})$", flags),
        part=phrases(lambda of: rf"(?<!\w)(?:{of(PART)}|{of(BRANCH)})(?!\w)", PART, BRANCH),
        branch=phrases(
            lambda of: rf"[\s,]+(?:\w+\s+(?:{of(BRANCH)})|(?:{of(OFFICE)}))\W*$", BRANCH, OFFICE
        ),
        branch_of=phrases(
            lambda of: rf"^.{{0,40}}?\b(?:{of(BRANCH)}|{of(OFFICE)})\s+of\s+(?:the\s+)?",
            BRANCH,
            OFFICE,
        ),
        through=phrases(lambda of: rf"[\s,;(]+(?:{of(THROUGH)})[\s:.]+", THROUGH),
        parent=phrases(
            lambda of: (
                rf"^\W*(?:{of(PARENT)}){body_ends}(?:['’]s?)?[\s,]*(?=\S)"
                rf"|[\s,(（]+(?:of\s+(?:the\s+)?)?(?:{of(PARENT)}){body_ends}\W*$"
            ),
            PARENT,
        ),
        status=phrases(lambda of: rf"^.{{0,60}}?\b(?:{of(STATUS)})\W+(?=\w)", STATUS),
        honored=phrases(
            lambda of: (
                rf"[\s,\"“(]+(?:{of(HONORED)})\s+"
                rf"(?:(?:[^\W\d_]+\s+){{0,5}}{DOTTED}\s*[^\W\d_]{{3,}}\W*"
                r"|(?:[^\W\d_]+\s+){1,3}[^\W\d_]{3,}\W*$)"
            ),
            HONORED,
        ),
        beyond=phrases(
            lambda of: rf"[\s,;]+(?:{of(BEYOND)})\W*$|\s*\(\w[\w\s]*\s(?:{of(REMARK)})\)",
            BEYOND,
            REMARK,
        ),
        son=frozenset(some(SON_OF)),
        titles=frozenset(some(HONORIFIC)),
        endings=tuple(some(ENDING)),
        product=phrases(
            # What was taken for goods is not tried in other ways: `solar panels` is not also two.
            lambda of: (
                rf"(?<=\w)(?=(?:[\s,-]++{MODEL})*+[\s,-]++(?:{of(PRODUCT)})(?!\w))"
                rf"(?>[\s,-]++(?:{of(PRODUCT)}|{MODEL})(?!\w))++$"
            ),
            PRODUCT,
        ),
        # One word of each that a name must have: most names are then never searched for more.
        described_by=frozenset(
            [_runs(text)[0 if text.endswith(" of") else -1] for text in described]
            + [word for word in between if len(word) >= SHORTEST_BETWEEN]
            # An institute is so common among the listed that a part of it must be told by its word.
            + [text for text in some(SCHOOL) if " " not in text]
            + [word for text in some(UNIT) if (word := _runs(text)[-1]) not in some(BODY)]
        ),
        first_letters=frozenset(
            match[0].lower() for text in some(ALONE, TITLE) if (match := LETTERS.match(text))
        ),
        districts=frozenset(some(DISTRICT)),
        bodies=frozenset(some(BODY)),
        marks=frozenset(some(MARK)),
        common=frozenset(some(COMMON)),
        houses=frozenset(some(HOUSE_BRAND)),
        abbreviated=_meanings(text.split("=") for text in some(ABBREVIATED)),
        behind=phrases(
            lambda of: (
                rf"{BEHIND_NAME}(?:[\s,;|(/-]+(?:{of(BEHIND)})(?:{NUMBERED_BEHIND})|{REACHED}).*$"
            ),
            BEHIND,
        ),
        street=_streets(some(STREET)),
        in_full=dict(text.split("=") for text in some(SHORT)),
        roles=frozenset(some(ROLE)),
        paper=phrases(lambda of: rf"[\s,;(–—-]+(?:{of(PAPER)})(?!\w)[\s.:#№-]*\w*\d.*$", PAPER),
        particles=frozenset(some(PARTICLE)),
        school=phrases(lambda of: rf"(?<!\w)(?:{of(SCHOOL)})(?!\w)", SCHOOL),
        unit=phrases(lambda of: rf"(?<!\w)(?:{of(UNIT)})(?!\w)", UNIT),
    )


def _any_of(texts: Iterable[str]) -> str:
    """An alternation: the longest first, as it takes what fits first; `(?!)` fits nothing."""
    ordered = sorted(texts, key=len, reverse=True)
    return "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in ordered) or "(?!)"


def _streets(stated: Iterable[str]) -> PhrasePattern:
    """What an address begins with that runs on behind a name: a street and its number.

    Args:
        stated: what a street is, with a star for its name.
    """
    before, behind, end = (
        [text.strip("* ") for text in stated if is_so(text)]
        for is_so in (
            lambda text: text.endswith("*"),
            lambda text: text.startswith("* "),
            lambda text: " " not in text,
        )
    )
    word = r"[^\W\d_]+"

    def composed(held: Collection[str]) -> str:
        first, last = (_any_of(each for each in some if each in held) for some in (before, behind))
        return (
            rf"(?<=\w)[.)\"”»]?[\s,;]+(?:(?:{first})\.?\s+(?:{word}[.,]?\s+){{1,4}}(?:{word}\.?\s*)?#?\d"
            rf"|\d[\w/-]*,?\s+(?:{first})\b|\d[\w/-]*,?\s+(?:{word}\.?\s+){{1,3}}(?:{last})\b"
            rf"|{word}\s+(?:{last})\.?,?\s*(?:no\b\W*)?\d|{word}(?:{_any_of(end)})\.?\s+\d"
            rf"|{word}\s+(?:{last})\.?,\s|\d+(?:-\d+){{1,2}},?\s+{word})"
        )

    return PhrasePattern(composed, [*before, *behind], SAYS_HOUSE)


def _meanings(pairs: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """What abbreviations may be short for, from pairs of one and a word."""
    found: dict[str, tuple[str, ...]] = {}
    for short, word in pairs:
        found[short] = (*found.get(short, ()), word)
    return found


@lru_cache(maxsize=8)
def _words_in(text: str) -> frozenset[str]:
    """What stands between the signs and blanks of a text, in small letters."""
    small = text.lower()
    if not text.isascii():
        # A pattern takes these letters of Turkish for an i, too.
        small = small.replace("i\u0307", "i").replace("ı", "i")
    return frozenset(_runs(small))


def readings(
    text: str, described: bool, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """The names that a line of a document may carry, each with what was cut.

    Args:
        text: as written.
        described: whether a part of an organization may be named, see `DocumentWords.told_by`.
        words: the words of documents.
        kinds: the kinds of the words of a text, see `names`.
    """
    few = not described and text.count(",") < MANY_COMMAS and " - " not in text
    if few and not has_hint(text, words):
        # Most names of a file, which must not take the time of all that follows.
        if not text.isascii():
            yield from _in_two_scripts(text, kinds)
            yield from _without_part_behind(text, kinds)
        if "," in text and (name := before_comma(text, words, kinds)):
            yield name, CUT_ADDRESS
        if person := _without_role(text, words, kinds):
            yield person, CUT_ROLE
        return
    seen = {text.strip()}
    names = [(_without_forms(text, words), CUT_LEAD)]
    rest = names[0][0]
    if SAYS_NUMBER(text) or words.behind.in_text(text):
        for unnumbered in (_without_numbers(rest, words), _without_numbers(text, words)):
            if unnumbered not in (rest, text) and (left := _without_forms(unnumbered, words)):
                rest = left
                names.append((rest, CUT_NUMBER))
    small = text.lower()
    if rest != text.strip() or "imo" in small or ", ex" in small or "(ex" in small:
        # A number of the ship may have a colon, before which all would be a word of forms.
        lines = dict.fromkeys((rest, words.lead.sub("", text)))
        names += [
            (each, CUT_SHIP)
            for line in lines
            for each in _names_of_ship(line, words.tail, kinds)
            if each != line
        ]
    if words.title.match(rest):
        person = _untitled(rest, words)
        if BRAND in kinds(person):  # SR Technology is no Senior
            names.append((person, CUT_LEAD))
        _, _, after = person.partition(",")
        if after.strip():
            rest = after.strip()
            names.append((rest, CUT_LEAD))
    if names[0][0] != text.strip() or len(names) > 1:
        names += [(each, CUT_ADDRESS) for each in _person_before(names[:2][-1][0], kinds)]
    if (match := words.street.search(rest)) is not None:
        names.append((rest[: match.start() + 1], CUT_ADDRESS))
    whole = [(rest, "")]
    whole += [(each, CUT_PART) for each in _without_parts(rest, described, words, kinds)]
    whole += _without_part_behind(rest, kinds)
    if described and words.product.in_text(rest):
        maker = words.product.sub("", rest)
        whole.append((maker, CUT_PRODUCT))
        less = rest.rpartition(" ")[0]
        if len(less) > len(maker) > 0:  # a trade of the maker is in the goods: `JA Solar panels`
            whole.append((less, CUT_PRODUCT))
    for each, how in whole:
        names += [(each, how)] if how else []
        names += [(cut, CUT_ADDRESS) for cut in _before_address(each, words, kinds)]
    if "-" in rest and " " in rest:
        marks = REGISTERED.findall(rest)
        names += [(each, REGISTRATION) for each in marks if kinds(each) <= {BRAND, NUMBER}]
    if not OPENING.isdisjoint(text):
        names += [each for name, _ in names for each in _around_brackets(name, kinds)]
    names += [(each, CUT_ROLE) for each in _without_papers(text, words, kinds)]
    if not text.isascii():
        names += [each for name, _ in names for each in _in_two_scripts(name, kinds)]
    for name, how in names:
        plain = name.strip(" ,;.:-/|\n")
        if plain not in seen and sum(map(str.isalnum, plain)) >= SHORTEST:
            seen.add(plain)
            yield plain, how


def _without_forms(text: str, words: DocumentWords) -> str:
    """A line without the words of forms before and behind a name, of which several may stand."""
    while (shorter := words.tail.sub("", words.lead.sub("", _without_label(text)))) != text:
        text = shorter.strip()
    return text


def _without_label(text: str) -> str:
    """A line without the words before its first colon, and the number of a field before these."""
    return LABEL.sub("", FIELD.sub("", text)) if ":" in text or "：" in text else text


def _without_numbers(text: str, words: DocumentWords) -> str:
    """A line without the numbers of the party and how it is reached, where a name is left."""
    for cut in (words.behind.pattern(text) or REACHED_BEHIND, BEFORE):
        shorter = cut.sub("", text)
        if sum(map(str.isalpha, shorter)) > SHORTEST:
            text = shorter
    return text


def _without_papers(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The name of a person without the number of a paper, a day of birth, and what it is."""
    name = words.paper.sub("", text)
    if name[-2:].strip(" )").isdigit():
        name = DAY_BEHIND.sub("", name)
    if name != text:
        yield name
        if words.title.match(name):
            yield _untitled(name, words)
    if person := _without_role(name, words, kinds):
        yield person


def _without_role(text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]) -> str:
    """The name of a person without what it is, behind the name; "" where nothing says so."""
    whole = rest = text.rstrip(" .,)")
    while True:
        name, _, last = rest.rpartition(" ")
        if last.lower().strip("(,").replace(".", "") not in words.roles:
            break
        rest = name.rstrip(" ,(-–—")
    is_name = rest != whole and " " in rest and kinds(rest) <= {BRAND, PLACE}
    return rest if is_name else ""


def _names_of_ship(
    text: str, tail: PhrasePattern, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The names that a ship has and had, without its number, its kind, its voyage and where it is.

    A fund is of the world ``(ex-Japan)``, which is no ship that was Japan before.
    """
    name = OF_SHIP.sub("", text)
    names = FORMER_NAME.split(name)
    if any(PLACE in kinds(each.split()[0]) for each in names[1:] if each.strip()):
        names = [name]
    for each in names:
        shorter = OF_SHIP.sub("", each)
        yield shorter
        if name != text:
            yield tail.sub("", shorter)
        yield PORT_BEHIND.sub("", each)


def has_hint(text: str, words: DocumentWords) -> bool:
    """Whether a text may have a word of documents; most texts are not searched for it."""
    if HAS_SIGN(text):
        return True
    if text.isascii():
        first = FIRST_LETTERS(text)
        if first is None or first[1].lower() not in words.first_letters:
            return False
    elif words.chinese_parent.search(text):
        return True
    return words.opening.match(text) is not None


def before_comma(text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]) -> str:
    """What stands before the last comma of a line, where what stands behind is no part of the name.

    Args:
        text: a line that has nothing else to be cut, see `has_hint`.
        words: the words of documents.
        kinds: the kinds of the words of a text.

    Returns:
        The name; "" where the line has no comma, or the whole is the name.
    """
    name, _, rest = text.rpartition(",")
    name = name.strip()
    if not name:
        return ""
    ends = kinds(name.split()[-1]) == {LEGAL}
    cut = (
        (ends and LEGAL not in kinds(rest))
        or words.tail.search(text)
        or _is_beside(name, kinds(rest))
    )
    return name if cut else ""


def _in_two_scripts(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The Latin and the Chinese name of a party, where a line has one beside the other.

    A single Latin word is no name of its own where the Chinese one says more than a brand: what
    it says of the trade would be lost. Nor are a trade and a legal form: 科技有限公司 is anybody's.
    """
    if text.isascii():
        return
    chinese = "".join(HAN.findall(text))
    latin = HAN.sub(" ", text).strip(" ,;.:-/|()（）")
    characters = sum(map(str.isalpha, chinese))
    if characters >= SHORTEST and LATIN.search(latin):
        said = kinds(chinese)
        if LEGAL not in said or not said.isdisjoint((BRAND, PLACE, NUMBER)):
            yield chinese, ONE_SCRIPT
        if characters < LONG or len(latin.split()) > 1:
            yield latin, ONE_SCRIPT


def _without_part_behind(
    text: str, kinds: Callable[[str], frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """A Chinese name without the department or school behind it.

    A college of a university in another town is one of its own: 电子科技大学成都学院.
    """
    if text.isascii() or (match := PART_BEHIND.match(text)) is None:
        return
    if not (match[2].endswith("学院") and PLACE in kinds(match[2])):
        yield match[1], CUT_PART


def _untitled(text: str, words: DocumentWords) -> str:
    """A line without the titles of a person, of which one may stand behind another."""
    while (shorter := words.title.sub("", text)) != text:
        text = shorter
    return text


def _person_before(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[str]:
    """What stands before the first break or bracket, where it may be the name of a person.

    Behind it a document says where somebody is from, what they are or where they have an account.
    """
    name = SAID_OF.split(text, maxsplit=1)[0].strip()
    if (
        name != text.strip()
        and len(name.split()) >= FEWEST_BEFORE
        and kinds(name) <= {BRAND, FILLER}
    ):
        yield name


def _around_brackets(
    text: str, kinds: Callable[[str], frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """A name without what stands in brackets, and that, where it is no mere place or form.

    One word in brackets is an acronym more often than a name, and short ones are initials: neither
    is a name here.
    """
    for match in BRACKETS.finditer(text):
        said = kinds(match[1])
        if said == {NUMBER} and NUMBER not in kinds(rest := BRACKETS.sub(" ", text)):
            # What a body is called by beside its name: `Leihua Technology Institute (607)`.
            if _tells_a_body(rest, kinds):
                yield rest, CUT_BRACKETS
            continue
        # Several places are an address, one may tell a subsidiary.
        if said <= {PLACE, LEGAL, NUMBER, FILLER} and not (said == {PLACE} and "," in match[1]):
            continue
        if text[: match.start()].strip():
            yield text[: match.start()] + text[match.end() :], CUT_BRACKETS
        if sum(len(word) >= LONG for word in match[1].split()) > 1:
            yield match[1], IN_BRACKETS


def without_parent(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The name of an institute without the body that it belongs to, where it still tells one."""
    shorter = words.parent.sub("", text).strip(" –—-,")
    if shorter != text.strip() and _tells_a_body(shorter, kinds):
        yield shorter


def _is_name_of_body(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether the first piece of a line is the name of a body: of two words one must be a place."""
    if len(piece.split()) < FEWEST_WORDS:
        return kinds(piece) == {PLACE, INDUSTRY}
    return _tells_a_body(piece, kinds)


def _tells_a_body(text: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a name of trades is more than that of any body of its kind."""
    if not kinds(text).isdisjoint((PLACE, BRAND, NUMBER)):
        return True
    if text.isascii():
        return sum(len(word) >= LONG for word in text.split()) >= FEWEST_TELLING
    return sum(map(str.isalpha, text)) >= TELLING_CHINESE


def body_alone(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The name of a body without what a list prints around it.

    That is its rank, the body above it, and the person after whom it is named, or the initials.
    """
    found = {text.strip()}
    for cut in (words.status, words.honored, words.parent, _NAMED_AFTER):
        found |= {cut.sub(" ", each).strip(' –—-,"“”') for each in found}
    found |= {shorter for each in found for shorter in without_initials(each, kinds)}
    yield from sorted(found - {text.strip(), ""})


def without_initials(
    text: str, kinds: Callable[[str], frozenset[str]], fewest: int = 2
) -> Iterator[str]:
    """The name of a body without the initials of whom it is named after.

    Args:
        text: the name.
        kinds: the kinds of the words of a text.
        fewest: words that must be left.
    """

    def left(match: re.Match[str]) -> str:
        return "" if kinds(match[1]) == {BRAND} else match[0]

    shorter = _INITIALS.sub(left, text)
    if shorter != text and len(shorter.split()) >= fewest and kinds(shorter) >= {BRAND, INDUSTRY}:
        yield shorter


def _without_parts(
    text: str, described: bool, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """A line without its departments and branches, and each of several names that it has.

    Args:
        text: the line.
        described: whether it may have one.
        words: the words of documents.
        kinds: the kinds of the words of a text.
    """
    if described and words.part.in_text(text):
        pieces = BREAKS.split(text)
        names = [piece for piece in pieces if not words.part.search(piece)]
        if names and len(names) < len(pieces):
            yield ", ".join(names)
        for pattern in (words.branch, words.branch_of):
            if (shorter := pattern.sub("", text)) != text:
                yield shorter
        yield from _before_part(text, words, kinds)
    if described and (school := words.school.search(text)):
        yield from _school_alone(text, school, words, kinds)
    if words.through.search(text):
        yield from words.through.split(text)
    yield from without_parent(text, words, kinds)
    yield from (
        words.lead.sub("", piece) for piece in BETWEEN.split(text)
        if piece != text and len(piece.split()) >= FEWEST_WORDS and _tells_a_body(piece, kinds)
    )  # fmt: skip


def _before_part(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """What stands before a part that no comma cuts off (`Harbin University School of Physics`).

    It is the name of a body or a company, by what it does, or an acronym: the London School of
    Economics is no part of London.
    """
    if words.branch_of.search(text):
        return  # `Far Eastern branch of Development Bank` is of the latter
    match = words.part.search(text)
    whole = text[: match.start()].strip(" ,–—-") if match else ""
    if not whole:
        return
    named = INDUSTRY in kinds(whole) and _tells_a_body(whole, kinds)
    acronym = whole.isalpha() and whole.isupper() and not text.isupper()
    if named or (acronym and len(whole) > SHORTEST):
        yield whole


def _school_alone(
    text: str, school: re.Match[str], words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The university that a line names with a part of it, and without a comma between them.

    Its library or its department is a part, behind the name or before it. Its company is not.

    Args:
        text: the line.
        school: where it says that it is one.
        words: the words of documents.
        kinds: the kinds of the words of a text.
    """
    behind = text[school.end() :]
    goes_on = bool(GOES_ON.match(behind))
    unit = words.unit.search(behind)
    if unit and LEGAL not in kinds(behind) and (goes_on or text[: school.start()].strip()):
        whole = text[: school.end() + unit.start()]
        yield whole
        if not goes_on:
            yield text[: school.end()]
        elif len(behind[: unit.start()].split()) >= FEWEST_WORDS:
            yield whole.rstrip().rpartition(" ")[0]  # `University of Physics Research Office`
    units = [match.end() for match in words.unit.finditer(text[: school.start()])]
    if units:
        last, end = (school.end(), len(text)) if goes_on else (school.start(), school.end())
        begins = (match.start() for match in CAPITALIZED.finditer(text, units[-1], last))
        for begin in islice(begins, MOST_BEGINNINGS):
            yield text[begin:end]


def _is_place(found: frozenset[str]) -> bool:
    """Whether words are places and nothing else, but for numbers such as a postal code."""
    return PLACE in found and found <= {PLACE, NUMBER}


def _is_of_places(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a piece of a line is a place, with its postal code or the letters of its state."""
    if _is_place(kinds(piece)):
        return True
    words = piece.split()
    long = [word for word in words if len(word) >= LONGEST_CODE and not any(map(str.isdigit, word))]
    return 0 < len(long) < len(words) and _is_place(kinds(" ".join(long)))


def _is_beside(name: str, behind: frozenset[str]) -> bool:
    """Whether what stands behind the comma of a name, of these kinds, is no part of the name.

    It is a place, or behind a long name a village that no table has, or a parent.
    """
    return _is_place(behind) or (
        len(name.split()) >= FEWEST_WORDS and BRAND in behind and LEGAL not in behind
    )


def _before_address(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """What stands before an address: to the first break behind which one is, or a legal form is."""
    if not text.isascii() and (match := OF_COMPANIES.match(text)):
        yield match[1]
    breaks = list(BREAKS.finditer(text)) if not BREAK_SIGNS.isdisjoint(text) else []
    begins = [0, *(match.end() for match in breaks)]
    ends = [*(match.start() for match in breaks), len(text)]
    pieces = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    named = len(pieces)
    while named > 1 and _is_of_places(pieces[named - 1], kinds):
        named -= 1
        yield text[: ends[named - 1]]
    at_place = next((at for at in range(1, named) if _is_of_places(pieces[at], kinds)), 0)
    if at_place:
        yield text[: ends[at_place - 1]]
    located = named < len(pieces) or at_place
    unplaced = (
        not located
        and named > FEWEST_BEFORE
        and _is_beside(pieces[0], kinds(", ".join(pieces[1:])))
    )
    if (located or unplaced) and _is_name_of_body(pieces[0], kinds):
        yield pieces[0]
    if named == len(pieces) == 2 and _is_beside(pieces[0], kinds(pieces[1])):
        yield pieces[0]
    streets = [
        at for at, piece in enumerate(pieces)
        if words.address.search(piece)
        or (at and (HOUSE_FIRST.match(piece) or _is_of_street(piece, kinds)))
    ]  # fmt: skip
    if streets and streets[-1] > 0:
        first = next(at for at in streets if at > 0)
        yield text[: ends[first - 1]]
        if first > 1 and len(pieces[0].split()) >= FEWEST_WORDS:
            yield pieces[0]

    def is_legal(word: str) -> bool:
        return kinds(word) == {LEGAL}

    last = -1
    for at, piece in enumerate(pieces[:-1]):
        if piece and is_legal(piece.split()[-1]):
            last = at
        elif last >= 0:
            break
    if last >= 0 and not _goes_on(pieces[last + 1], kinds):
        yield text[: ends[last]]
    if streets:
        yield from _run_on(pieces[0], bool(streets[-1]), words, kinds)
    else:
        placed = bool(located) or kinds(pieces[0].rpartition(" ")[2]) == {PLACE}
        if shorter := _before_run_on(pieces[0], placed, words, kinds):
            yield shorter


def _is_of_street(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a piece of a line is a name and a number, and no body's: a street and its house."""
    return bool(ENDS_IN_NUMBER(piece)) and INDUSTRY not in kinds(piece)


def _goes_on(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether the name goes on behind its legal form: `Ltd. Third Research Institute`."""
    first, *rest = piece.split() or [""]
    return bool(rest) and kinds(first) == {LEGAL} and kinds(rest[-1]) == {INDUSTRY}


def _run_on(
    piece: str, goes_on: bool, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """A name behind which an address runs on without a break: to its last legal form, or a number.

    Args:
        piece: the first piece of the line.
        goes_on: whether a later piece is of an address.
        words: the words of documents.
        kinds: the kinds of the words of a text.
    """
    if shorter := _before_run_on(piece, goes_on, words, kinds):
        yield shorter
    for pattern in (words.numbered, HOUSE):
        match = pattern.search(piece)
        before = piece[: match.start()].split() if match else []
        if match and len(before) >= FEWEST_BEFORE:
            yield piece[: match.start()]
            if len(before) > FEWEST_WORDS:  # the street may stand before what it is: `Nevsky pr. 1`
                yield " ".join(before[:-1])


def _before_run_on(
    piece: str, goes_on: bool, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> str:
    """What stands before an address that runs on behind a legal form; "" for another piece.

    What ends in a trade is an institute of the body, and no address.
    """
    if not (goes_on or any(map(str.isdigit, piece)) or words.address.in_text(piece)):
        return ""
    tokens = piece.split()
    for at in range(len(tokens) - 1, 0, -1):
        if kinds(tokens[at - 1]) != {LEGAL} or kinds(tokens[at]) <= {LEGAL, FILLER}:
            continue  # `Corporation of America` goes on
        rest = " ".join(tokens[at:])
        if LEGAL in kinds(rest):
            return ""  # the name of another company begins with this one's
        located = goes_on or any(map(str.isdigit, rest))
        if words.address.search(rest) or (located and kinds(tokens[-1]) != {INDUSTRY}):
            return " ".join(tokens[:at])
    return ""


def spelled_in_pinyin(words: Iterable[str], is_spelled: Callable[[str], int]) -> int:
    """How many Mandarin syllables words are made of; 0 where one is made of something else."""
    count = 0
    for word in words:
        each = is_spelled(word)
        if not each:
            return 0
        count += each
    return count


@lru_cache(maxsize=8)
def counts_of(syllables: frozenset[str]) -> Callable[[str], int]:
    """What says how many of some syllables a word is made of; see `syllables_in`."""
    return remembered(partial(syllables_in, syllables=syllables))


def syllables_in(word: str, syllables: frozenset[str]) -> int:
    """How many syllables a word is made of, as few as may be; 0 where it is not."""
    begun, ends = _edges(syllables)
    # Most words of other languages begin or end as no syllable does.
    if not word or word[-1] not in ends or word[0] not in begun:
        return 0
    size = len(word)
    fewest = [0] * (size + 1)
    reached = 0
    for begin in range(size):
        count = fewest[begin] + 1
        # Zero is no way to write what stands before, except at the beginning of the word.
        if begin and count == 1:
            continue
        end = begin + 1
        while end <= size and (piece := word[begin:end]) in begun:
            if piece in syllables:
                if not fewest[end] or count < fewest[end]:
                    fewest[end] = count
                if end > reached:
                    reached = end
            end += 1
        if reached <= begin:
            return 0  # nothing goes on from what is spelled
    return fewest[size]


@lru_cache(maxsize=8)
def _edges(syllables: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """What syllables begin with, up to all of their letters, and the letters that they end with."""
    written = syllables - {""}
    begun = {each[:size] for each in written for size in range(1, len(each) + 1)}
    return frozenset(begun), frozenset(each[-1] for each in written)
