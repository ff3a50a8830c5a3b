"""The words that documents have around a name, as patterns, made from the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import permutations

from detente._shapes import NamedTuple
from detente.parties.names.patterns import PhrasePattern, late_pattern, runs

# What a word of documents is, by the kind that its row of the table states.
LEAD = "lead"  # before a colon and a name
ALONE = "alone"  # before a name, with a colon or not
TAIL = "tail"  # behind a name
THROUGH = "through"  # between two names
BESIDE = "beside"  # between two names, each of which tells somebody only where it is listed whole
TOWARD = "toward"  # between what a paper is and whom it is from or to (`freight invoice from *`)
BEHIND = "behind"  # behind a name, before a number, a telephone or a person
MEASURE = "measure"  # what a number behind a name counts
PAPER = "paper"  # before the number of a paper, or a day of birth
WITH = "with"  # who is named with a party, behind its name (`or nominee`, `and family`)
NOBODY = "nobody"  # what stands where a name should, of one that nobody knows (`n/a`, `to order`)
WHERE = "where"  # before a place, with a colon: nobody is named there (`Port of loading: *`)
FREQUENT = "frequent"  # a word of so many names that no phrase is looked for by it

TITLE = "title"  # a title of a person, before the name
HONORIFIC = "honorific"  # a title that may stand anywhere in the name of a person
RANK = "rank"  # a title that is also a word of companies: only two names of a person tell it
ROLE = "role"  # what somebody is, behind the name
CALLED = "called"  # a title that stands behind the name, in Chinese, Japanese or Korean
PATRONYMIC = "patronymic"  # the ending of a father's name
SON_OF = "son"  # before a father's name
FAMILY, GIVEN = "family", "given"  # the fields of a form that a person's name is in
MONTH = "month"  # how the name of a month begins
PARTICLE = "particle"  # an article or preposition of another language than English
PREPOSITION = "preposition"  # an English one that may stand before or behind a name in a sentence

ADDRESS = "address"  # a word of an address
STREET = "street"  # what a street is, with a star for its name (`rue *`, `* road`, `*strasse`)
DISTRICT = "district"  # what a place is, behind its name
PINYIN_DISTRICT = "said"  # the same in pinyin (`Shenzhen Shi`), where it may be a name, too
CITY = "city"  # a city, and the ISO code of its country
SITE = "site"  # what a company has at a place, behind a comma (`Acme, Zhuzhou plant`)

BODY = "body"  # what a body is
PART = "part"  # a part of an organization
DEPARTMENT = "department"  # a department of a company in Chinese, directly behind its name
BRANCH = "branch"  # a house of one that has its own name
SCHOOL = "school"  # what a university is
UNIT = "unit"  # what a part of a university is
PARENT = "parent"  # a body to which an institute belongs
STATUS = "status"  # a rank that a body has, before its name
HONORED = "honored"  # before the one after whom a body is named
SHORT = "short"  # a short form of a body, and what it is short for

MARK = "mark"  # a brand that nobody else has and no language knows
COMMON = "common"  # a brand of dozens of companies, or of a group, that alone is no listed one's
HOUSE_BRAND = "house"  # a brand of three letters that is that of one house
ENDING = "ending"  # what the brands of many end with
PRODUCT = "product"  # goods that are named beside who makes them
ABBREVIATED = "abbreviated"  # an abbreviation, and a word that it may be short for beside its own
KINDRED = "kindred"  # words of trades that translators use for one another
CLOSING = "closing"  # a legal form that is one at the end of a name alone

CRAFT_BEFORE = "before"  # what stands before the name of a ship alone (`M/V`)
VESSEL = "vessel"  # what a ship is, behind its name, before a sign or a number
SHIP = "ship"  # said of a ship behind its name: `#` is a number behind it, `*` a place
FORMER = "former"  # between the names that a ship had

BEYOND = "beyond"  # added by a list behind a name, of those who are listed with it
FURTHER = "further"  # what a list adds behind a comma, with all that follows
ASIDE = "aside"  # how a remark in brackets begins that a list adds
REMARK = "remark"  # said by a list, in brackets, of the one that it names
LABEL = "label"  # what one is to the party that a list prints before it: a colon or dash follows
JOINED = "joined"  # between the party that a list prints first and the one it lists, without a sign

UNSPACED = "unspaced"  # of ALONE the Chinese ones, behind which no blank stands
ONWARD = "onward"  # with which something else begins behind a name, up to the end of the line

SIGNS_BETWEEN = r"[,;|\n\t→：]|:\s|(?<!\d)/|/(?![A-Za-z]\b)"
"""The signs between the pieces of a line; none is the stroke of a floor (`3/F`)."""

LETTERS = re.compile("[A-Za-z]*")
"""The letters that a phrase begins with, as a text in ASCII has them."""

LONGEST_CODE = 4
"""Letters of the longest word that may be written with the number that it says."""

MOST_BEFORE_LEAD = 5
"""Words that a line may have before those that stand before a name."""

SHORTEST_BETWEEN = 3
"""Letters of the shortest word that says that two names stand in a line: others have a sign."""

SHORTEST_TELLING = 3
"""Letters of the shortest word by which what stands behind a name is looked for."""

NUMBERED_BEHIND = (
    r"\b(?:\W{0,3}(?:no|nr|num|number|code|id)\b)?\W{0,4}"
    r"(?:[a-z]{1,4}\W?)?\d[\d\s./()+-]*\w*|\s*[:：]"
)
"""What stands behind what says what a number is: the number, or a colon before whatever it is."""

REACHED = (
    r"[\s,;|(/:-]+(?:\+?\d[\d\s()/.-]{6,}\d\b(?!\s+[^\W\d])|[a-z]{0,3}\d\w{8,}\b"
    r"|(?-i:[A-Z]{6}\d{2}(?:[A-Z\d]{3})?)\b"
    r"|(?:swift|bic)\b\W*(?:code\b\W*)?(?-i:[A-Z]{6}[A-Z\d]{2}(?:[A-Z\d]{3})?)\b"
    r"|\S+@\S+|https?:|www\.|\d{3,6}\.(?:HK|S[HSZ]|TW|KS|T)\b)"
)
"""A telephone, a long number, the code of a bank or of a share, or where a party is in the net."""

BEHIND_NAME = r"(?<=[\w.)\"'»”])"
"""What stands before such a number."""

SAYS_HOUSE = re.compile(r"\b\d").search
"""Something without which no line has a street behind a name, but for one that a word tells."""

EDGES = " \t\n.,:;*!?()[]{}<>'\"`_#=-–—/\\"
"""Signs that say nothing around what stands in place of a name."""

DOTTED = r"(?:[^\W\d_]\.\s?){1,3}"
"""Initials of a person."""

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
        field: a line up to the last of its fields that such words and a colon begin.
        tail: what may stand behind it.
        title: a title of a person at the beginning.
        rank: one that may be a company's word.
        address: a word of an address.
        numbered: such a word with its number.
        patronymic: a father's name, as East Slavic names have it.
        father_ends: its endings, by which most words are told to be none.
        part: a part of an organization.
        branch: the end of a name that is a branch of the rest, with the word before.
        branch_of: the beginning of a name that is a branch of the rest.
        through: what stands between two names.
        beside: what stands between pieces of a line each of which may be a listed name, signs too.
        inner_lead: the beginning of a line in which such words have others before them
            (`EUC final consignee`), or that says whom a paper is from or to.
        sites: what a company has at a place, behind a comma or a dash.
        site_ends: the last words of these.
        son: words that say whose son or daughter somebody is.
        parent: a body to which an institute belongs, before or behind its name.
        status: a legal form and a rank before the name of a body (`Federal Research Center`).
        honored: the one after whom a body is named, with initials, at its end.
        beyond: what a list adds behind a name: those who are listed with it, remarks in brackets.
        belongs: the party that a list prints before the one that it lists, and what this is to it.
        titles: single words that are a title anywhere in the name of a person.
        endings: what the brands of many companies end with (`tech`, `tron`).
        product: goods that are named behind who makes them.
        described_by: one word of each part, branch, parent and product, and of those who are named
            with a party, in small letters.
        first_letters: with which an ASCII text starts that has what `opening` is, up to the first
            sign or space, in small letters.
        districts: what a place is, as it stands behind its name (`Urumqi City`).
        pinyin_districts: the same as pinyin says it, alone or with the place.
        cities: the ISO codes of the countries of cities.
        bodies: what a body is, as names are compared (`institute` of an academy, too).
        marks: brands that by themselves tell the one party that bears them (`Quectel`).
        common: brands that by themselves are those of dozens of companies, none of them listed so.
        houses: brands of three letters that are each those of one house.
        abbreviated: what abbreviations may be short for, beside what they are read as.
        behind: a number of the party, how it is reached, who is there or how much of what, up to
            the end of the line, where a word says what it is.
        onward: what begins behind a name and is none of it, up to the end of the line: who is there
            to have it, and the terms of a trade (`attn Mr Li`, `FOB Shanghai`).
        reached: the same where nothing does, or a word is written with the number (`INV2231`).
        street: the beginning of an address that runs on behind a name: a street with its number.
        in_full: Chinese names of bodies with which a name begins, each with the one it is read as:
            a short form in full, a university by its brand.
        labels: words of forms with a colon, wherever they stand in a line.
        role_before: what somebody is, before the body that they are of (`Chief Engineer, `).
        roles: single words that say what somebody is, behind a name (`Director`, `PhD`).
        paper: what stands before the number of a paper or a day of birth, with all behind it.
        family_first: the name of a person in two fields, the family's first, in groups.
        given_first: the same, the given name's first.
        voyage: the number of a ship or of its voyage, or its day, behind its name.
        particles: articles and prepositions of other languages than English.
        departments: departments of companies in Chinese, as they stand behind a name.
        school: what a university is.
        unit: what a part of one is.
        ship: what is said of a ship behind its name, with all that follows, and in the group
            `where` that which is so only before a place.
        ship_before: what stands before the name of a ship.
        ship_within: the same within a line, before a capital or a digit.
        called: titles that stand behind the name of a person in Chinese, Japanese or Korean.
        prepositions: English ones that may stand beside a name in a sentence.
        former: what stands between the names that a ship had.
        said_of_ships: one word of each of these, and what stands between the names of a ship.
        said_behind: these words, one of each tail, and one of what stands between two names.
        kindred: what translators write for a word of a trade, or for several in a row.
        closing: legal forms that are so only at the end of a name (`PLM Consultores, C.A.`).
        where: the beginning of a field that says where something is or goes (`Destination: `).
        nobody: what stands in place of a name that nobody knows; see `bare_text`.
    """

    opening: PhrasePattern
    chinese_parent: re.Pattern[str]
    lead: PhrasePattern
    field: PhrasePattern
    tail: PhrasePattern
    title: PhrasePattern
    rank: PhrasePattern
    address: PhrasePattern
    numbered: re.Pattern[str]
    patronymic: re.Pattern[str]
    father_ends: tuple[str, ...]
    part: PhrasePattern
    branch: PhrasePattern
    branch_of: PhrasePattern
    through: PhrasePattern
    beside: re.Pattern[str]
    inner_lead: PhrasePattern
    sites: PhrasePattern
    site_ends: frozenset[str]
    parent: PhrasePattern
    status: PhrasePattern
    honored: PhrasePattern
    beyond: PhrasePattern
    belongs: PhrasePattern
    son: frozenset[str]
    titles: frozenset[str]
    endings: tuple[str, ...]
    product: PhrasePattern
    described_by: frozenset[str]
    first_letters: frozenset[str]
    districts: frozenset[str]
    pinyin_districts: tuple[str, ...]
    cities: Mapping[str, str]
    bodies: frozenset[str]
    marks: frozenset[str]
    common: frozenset[str]
    houses: frozenset[str]
    abbreviated: Mapping[str, tuple[str, ...]]
    kindred: Mapping[str, tuple[str, ...]]
    behind: PhrasePattern
    onward: PhrasePattern
    reached: re.Pattern[str]
    street: PhrasePattern
    in_full: Mapping[str, str]
    labels: PhrasePattern
    role_before: PhrasePattern
    roles: frozenset[str]
    paper: PhrasePattern
    family_first: PhrasePattern
    given_first: PhrasePattern
    voyage: re.Pattern[str]
    particles: frozenset[str]
    departments: tuple[str, ...]
    school: PhrasePattern
    unit: PhrasePattern
    ship: PhrasePattern
    ship_before: PhrasePattern
    ship_within: PhrasePattern
    called: tuple[str, ...]
    prepositions: frozenset[str]
    former: PhrasePattern
    said_of_ships: frozenset[str]
    said_behind: frozenset[str]
    closing: frozenset[str]
    where: re.Pattern[str]
    nobody: frozenset[str]


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
    found[UNSPACED] = [text for text in some(ALONE) if "\u4e00" <= text[-1] <= "\u9fff"]
    described = some(PART, BRANCH, PARENT, PRODUCT, WITH)
    between = [max(runs(text), key=len) for text in some(THROUGH)]
    frequent = frozenset(some(FREQUENT))
    codes = [text for text in some(BEHIND) if text.isalpha() and len(text) <= LONGEST_CODE]
    of_ships = [max(runs(text), key=len) for text in some(SHIP, FORMER)]
    of_ships += map(_telling_word, some(VESSEL, CRAFT_BEFORE))
    # A word that begins many names says nothing of a line in which it stands further behind.
    leading = [word for text in some(ALONE) if (word := _telling_word(text)) not in frequent]
    # An acronym of a body is no part of a longer one; a Chinese name has no end of its own.
    body_ends = r"(?:(?!\w)|(?<=[^\x00-\x7f]))"
    return DocumentWords(
        opening=phrases(
            lambda of: (
                rf"^\W*(?:(?:{of(ALONE)}|{of(RANK)})[\s.]|(?:{of(TITLE)}){TITLE_ENDS}"
                rf"|(?:{of(UNSPACED)})|(?:{of(LEAD)})\s+(?:is|are)\s)"
            ),
            ALONE,
            LEAD,
            RANK,
            TITLE,
        ),
        chinese_parent=late_pattern(
            lambda: f"公司.|{_any_of(text for text in some(PARENT) if not text.isascii())}", flags
        ),
        lead=phrases(
            lambda of: (
                rf"^\W*(?:(?:{of(LEAD)})\s*/\s*(?:{of(LEAD)})(?:\s*[:：]|\s+[-–—])?\s+"
                rf"|(?:{of(ALONE)})(?:\s*[:：.]\s*|\s+)|(?:{of(UNSPACED)})(?=[^\x00-\x7f])"
                rf"|(?:{of(LEAD)})(?:\s*[/&,]\s*(?:{of(LEAD)}))*\.?"
                r"(?:\s*[:：]|\s+[-–—]\s|\s+(?:is|are|will\s+be)\s)\s*)"
            ),
            ALONE,
            LEAD,
        ),
        field=phrases(
            lambda of: (
                rf"^.+[\s,;|(/](?:{of(ALONE)}|{of(LEAD)})\.?\s*[:：]\s*(?=\w)"
                rf"|^.+,\s*(?:{of(ALONE)})\s+(?=\w)"
            ),
            ALONE,
            LEAD,
        ),
        tail=phrases(lambda of: rf"[\s,(*\[#<]+(?:{of(TAIL)}|{of(WITH)})\W*$", TAIL, WITH),
        labels=phrases(
            lambda of: (
                rf"(?:^|(?<=[\s,;|(]))(?:{of(LEAD)}|{of(ALONE)})\.?(?:\s*[:：=]|\s+[-–—]\s)\s*"
            ),
            LEAD,
            ALONE,
        ),
        role_before=phrases(
            lambda of: (
                rf"^\W*(?:[^\W\d_]+\s+){{0,2}}(?:{of(ROLE)})"
                r"\s*(?:[,–—-]\s*(?:(?:of|at)\s+)?|\s(?:of|at|for)\s+)(?:the\s+)?(?=\w)"
            ),
            ROLE,
        ),
        title=phrases(
            lambda of: rf"^\W*(?:{of(TITLE)}){TITLE_ENDS}(?:/(?:{of(TITLE)}){TITLE_ENDS})*[.\s]+",
            TITLE,
        ),
        rank=phrases(lambda of: rf"^\W*(?:{of(RANK)})\s+", RANK),
        address=phrases(
            lambda of: rf"(?<!\w)(?:{of(ADDRESS)})(?!\w)|\d+\s*/\s*(?:{of(FLOOR)})\b",
            ADDRESS,
            FLOOR,
        ),
        numbered=late_pattern(
            lambda: rf"(?<=\s)(?:{_any_of(some(ADDRESS))})\.?\s*(?:[a-z]\b|[\w/-]*\d)", flags
        ),
        patronymic=late_pattern(lambda: rf"^(?:\w{{2,}})?(?:{_any_of(some(PATRONYMIC))})$", flags),
        father_ends=tuple(some(PATRONYMIC)),
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
        beside=late_pattern(
            lambda: rf"{SIGNS_BETWEEN}|\s(?:[-–—+&]|{_any_of(some(BESIDE))})\s",
            flags,
        ),
        inner_lead=phrases(
            lambda of: (
                rf"^(?:\S+\s+){{1,{MOST_BEFORE_LEAD}}}(?:{of(TOWARD)}|{of(ALONE)})"
                r"(?:\s*[:：.]\s*|\s+)(?=\w)"
            ),
            TOWARD,
            ALONE,
        ),
        sites=phrases(
            lambda of: rf"(?:,|\s[-–—])\s*(?:[\w'’-]+\s+){{0,3}}(?:{of(SITE)})\W*$", SITE
        ),
        site_ends=frozenset(text.split()[-1] for text in some(SITE)),
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
            lambda of: (
                rf"[\s,;]+(?:{of(BEYOND)})\W*$|,\s+(?:{of(FURTHER)})\s.*$"
                rf"|\s*\((?:\w[\w\s]*\s(?:{of(REMARK)})|(?:{of(ASIDE)})\s[^()]*)\)"
            ),
            BEYOND,
            FURTHER,
            REMARK,
            ASIDE,
        ),
        belongs=phrases(
            lambda of: rf"^.*\b(?:(?:{of(LABEL)})(?::|\s[-–—])|(?:{of(JOINED)}))\s+(?=\w)",
            LABEL,
            JOINED,
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
            [
                next((word for word in reversed(runs(text)) if word not in frequent), text)
                for text in described
            ]
            # An institute is so common among the listed that a part of it must be told by its word.
            + [text for text in some(SCHOOL) if " " not in text]
            + [word for text in some(UNIT) if (word := runs(text)[-1]) not in some(BODY)]
        ),
        first_letters=frozenset(
            match[0].lower()
            for text in some(ALONE, LEAD, RANK, TITLE)
            if text.split()[0].isascii() and (match := LETTERS.match(text))
        ),
        districts=frozenset(some(DISTRICT)),
        pinyin_districts=tuple(some(PINYIN_DISTRICT)),
        departments=tuple(some(DEPARTMENT)),
        cities=dict(text.split("=", 1) for text in some(CITY)),
        bodies=frozenset(some(BODY)),
        marks=frozenset(some(MARK)),
        common=frozenset(some(COMMON)),
        houses=frozenset(some(HOUSE_BRAND)),
        abbreviated=_meanings(text.split("=") for text in some(ABBREVIATED)),
        kindred=_meanings(
            pair for text in some(KINDRED) for pair in permutations(text.split("="), 2)
        ),
        reached=late_pattern(
            lambda: (
                rf"{BEHIND_NAME}(?:{REACHED}|[\s,;|(/:-]+(?:{_any_of(codes)})[-./#]?\d{{3,}}\w*\b).*$"
            ),
            flags | re.DOTALL,
        ),
        behind=phrases(
            lambda of: (
                rf"{BEHIND_NAME}(?:[\s,;|(/-]+(?:{of(BEHIND)})(?:{NUMBERED_BEHIND})"
                rf"|[\s,;|(/-]+(?:[a-z]{{2,3}}\s?)?\d[\d.,]*\s*(?:{of(MEASURE)})\b).*$"
            ),
            BEHIND,
            MEASURE,
        ),
        onward=phrases(
            lambda of: rf"{BEHIND_NAME}[\s,;|(/-]+(?:{of(ONWARD)})(?:[.:]\s*|\s+)(?=\w).*$", ONWARD
        ),
        street=_streets(some(STREET)),
        in_full=dict(text.split("=") for text in some(SHORT)),
        roles=frozenset(some(ROLE)),
        paper=phrases(lambda of: rf"[\s,;(–—-]+(?:{of(PAPER)})(?!\w)[\s.:#№-]*\w*\d.*$", PAPER),
        family_first=phrases(lambda of: _two_fields(of, FAMILY, GIVEN), FAMILY, GIVEN),
        given_first=phrases(lambda of: _two_fields(of, GIVEN, FAMILY), GIVEN, FAMILY),
        voyage=late_pattern(
            lambda: (
                r"[\s,;(/-]+(?:imo\b\W*(?:(?:no|nr|number)\b\W*)?\d{7}|imo\d{7}"
                r"|v(?:oy(?:age)?)?\b\W*(?:no\b\W*)?\d{1,4}[a-z]?\b|\d{2,4}[nsew](?=\W*$|\s*[,;(])"
                rf"|\d{{1,2}}[\s./-]?(?:{_any_of(some(MONTH))})[a-z]*[\s./,-]*\d{{2,4}}\b).*$"
            ),
            flags | re.DOTALL,
        ),
        particles=frozenset(some(PARTICLE)),
        school=phrases(lambda of: rf"(?<!\w)(?:{of(SCHOOL)})(?!\w)", SCHOOL),
        unit=phrases(lambda of: rf"(?<!\w)(?:{of(UNIT)})(?!\w)", UNIT),
        ship=_of_ships(some(SHIP), some(VESSEL)),
        ship_before=phrases(
            lambda of: rf"^\W*(?:{of(CRAFT_BEFORE)})[.:]?\s+[\"'“”‘’«]*(?=\w)", CRAFT_BEFORE
        ),
        ship_within=phrases(
            lambda of: (
                rf"(?<![\w/.])(?!(?<=\d\s)mt\s)(?:{of(CRAFT_BEFORE)})[.:]?\s+[\"'“”‘’«]*(?=(?-i:[A-Z]|\d))"
            ),
            CRAFT_BEFORE,
        ),
        called=tuple(sorted(some(CALLED), key=len, reverse=True)),
        prepositions=frozenset(some(PREPOSITION)),
        former=phrases(lambda of: rf"[\s,;(]+(?:{of(FORMER)})[\s.:-]+(?=\w)", FORMER),
        said_of_ships=frozenset(of_ships),
        said_behind=frozenset(
            [*of_ships, *leading, *some(TOWARD), *map(_telling_word, some(ONWARD))]
            + [word for text in some(TAIL) if (word := _telling_word(text))]
            + [word for word in between if len(word) >= SHORTEST_BETWEEN]
        ),
        closing=frozenset(some(CLOSING)),
        where=late_pattern(lambda: rf"\W*(?:{_any_of(some(WHERE))})\s*(?:[:：]|\s)\s*", flags),
        nobody=frozenset(map(bare_text, some(NOBODY))),
    )


def bare_text(text: str) -> str:
    """A text without the signs around it, in small letters, each blank one."""
    return " ".join(text.strip(EDGES).casefold().split())


def _any_of(texts: Iterable[str]) -> str:
    """An alternation: the longest first, as it takes what fits first; `(?!)` fits nothing."""
    ordered = sorted(texts, key=len, reverse=True)
    return "|".join(re.escape(text).replace(r"\ ", r"\s+") for text in ordered) or "(?!)"


def _two_fields(of: Callable[[str], str], first: str, second: str) -> str:
    """The name of a person in two fields, each in a group by the kind of its words."""
    one, other = (rf"(?:{of(kind)})(?:\(s\))?\W+(?P<{kind}>.+?)" for kind in (first, second))
    return rf"^\W*{one}[\s,;|]+{other}[\s.]*$"


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


def _telling_word(text: str) -> str:
    """The word of a phrase by which it is looked for: the last that is long enough; "" for none."""
    words: list[str] = [word for word in runs(text.lower()) if len(word) > 1]
    long = [word for word in words if len(word) >= SHORTEST_TELLING]
    return (long or words or [""])[-1]


def _of_ships(stated: Iterable[str], vessels: Iterable[str]) -> PhrasePattern:
    """What is said of a ship behind its name, up to the end of the line.

    Args:
        stated: with `#` for a number behind it, and with `*` for a place.
        vessels: what a ship is: a company may have the word in its name, where more of it follows.
    """
    said, kinds = list(stated), list(vessels)

    def composed(held: Collection[str]) -> str:
        numbered = _any_of(text[:-2] for text in held if text.endswith(" #"))
        placed = _any_of(text[:-2] for text in held if text.endswith(" *"))
        plain = _any_of(text for text in said if text in held and text[-1].isalpha())
        vessel = _any_of(text for text in kinds if text in held)
        return (
            rf"[\s,;(/–—-]+(?:(?:\d[\d.,]{{3,}}\s*)?(?:{plain})(?!\w)"
            rf"|(?:{vessel})(?=\W*$|\s*[,;(/–—-]|\s+(?:abt|about)?\s*\d)"
            rf"|(?:{vessel})\s+(?P<state>[^\W\d]+)\W*$"
            rf"|(?:{numbered})\W+(?:no\b\W*)?\d|(?:{placed})[\s:]+(?P<where>\w)).*$"
        )

    return PhrasePattern(composed, [*said, *kinds])


def _meanings(pairs: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """What abbreviations may be short for, from pairs of one and a word."""
    found: dict[str, tuple[str, ...]] = {}
    for short, word in pairs:
        found[short] = (*found.get(short, ()), word)
    return found
