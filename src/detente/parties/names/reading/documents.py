"""Names as documents carry them: behind words of forms, before an address, in full pinyin.

An invoice says ``Consignee: X, Room 1203, Shanghai`` and a bill of lading ``TO THE ORDER OF X``.
What is cut here is never taken away: each reading is asked beside the name as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise, takewhile

from detente.parties.names.document_words import DOTTED, DocumentWords
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.patterns import late_pattern, words_in

CUT_LEAD, CUT_ADDRESS = "without words of forms", "without the address"
CUT_PART, REGISTRATION = "without a part of the organization", "the mark of an aircraft"
CUT_NUMBER = "without numbers of the party and how it is reached"
CUT_PRODUCT, CUT_ROLE = "without the goods", "without what a person is, papers and birth"
CUT_BRACKETS, IN_BRACKETS = "without what stands in brackets", "what stands in brackets"
CUT_WITHIN = "without what stands in brackets within it"
CUT_SHIP, OF_COMPANY = "without what is said of a ship", "who stands behind a company"
ONE_SCRIPT = "one of the two names that the line has in two scripts"

HAN = late_pattern(r"[\u3400-\u9fff][\u3400-\u9fff\d（）()·]*")
"""A run of Chinese characters, with what may stand between them."""

LATIN = late_pattern(r"[^\W\d_]{4}")
"""Letters that are no mere acronym, beside the Chinese ones of a name: TCL集团."""

SIGNS = r"[\d:：，；、(（\[/@=?？]"
"""A sign at which something may be cut."""

HAS_SIGN = re.compile(SIGNS).search

FIRST_LETTERS = re.compile(r"\W*([A-Za-z]*)").match
"""Letters with which a text starts, signs before them aside."""

LABEL = re.compile(r"^[^\W\d_][^:：=?？,;|\n]{1,40}[:：=?？]\s*(?=[^\s\d])")
"""Words before a colon, or a sign as one: whatever they are, no name has one."""

FIELD = late_pattern(r"^:?\d{2}[A-Z]?:\s*(?:/\S+\s+)?")
"""The number of a field of a bank's message, and an account behind it."""

LINE = late_pattern(r"^\s*(?::?\d{2}[A-Z]?:?\s+|:?\d{2}[A-Z]?:)?(?:/\S+\s+)?1/\s*(?=\w)")
"""The number of a bank's line that has the name, after that of the field and an account."""

NEXT_LINE = late_pattern(r"\s+[2-8]/\S.*$", re.DOTALL)
"""The lines of such a message behind the one with the name."""

CODE = late_pattern(r"^\s*/(?:(?:[A-Z]{3,8}|\d{2}[A-Z]?)/\s*|[A-Z]{3,8}\s+)(?=\w)")
"""A code, or the number of a field, that says in a bank's message who is named behind it."""

QUOTED = late_pattern(r"^\W*([^\W\d]+)\s[^«»\"“”„,]{0,24}[«\"“„]([^«»\"“”„]{4,})[»\"”“]\s*(.*)$")
"""A legal form, a name in quotes, and what stands behind."""

NEXT_CODE = late_pattern(r"\s+/[A-Z]{3,8}/.*$", re.DOTALL)
"""Another one behind the name, with what it says."""

TAG = late_pattern(r"(?:^|(?<=\s)):?\d{2}[A-Z]?:(?:/\S+)?\s*|(?:^|(?<=\s))[A-Z]{2,8}=\s*")
"""The number or the name of a field, wherever it stands in a line."""

MOST_FIELDS = 5
"""Fields of a line that are read, each as a name."""

POSTAL = late_pattern(r"(?<=\w)[\s,]+\d{5,6}\s+(?=[^\W\d_]{3})")
"""A postal code within a line that runs on."""

NUMBERED_BEFORE = late_pattern(
    r"^\W*[a-z.]{2,8}\W{0,3}(?:no\W{0,2})?(?:[a-z]{1,3}\W?)?\d[\w-]{6,}\s+(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
"""A number of the party with which a line begins (`EORI DE123456789 `)."""

LONG = 4
"""Letters of a word in brackets, of which a name has two; characters of a Chinese name that may say
more than a brand."""

BRACKETS = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]")
"""What a name has in brackets, with the spaces before them."""

HAS_QUOTE = frozenset("«“„")
"""The signs, but for that of ASCII, with which what stands in quotes begins."""

OPENING = frozenset("(（[")
"""The signs with which what stands in brackets begins."""

HOUSE_FIRST = late_pattern(r"^(?:no\.?\s*)?\d+[a-z]?,?\s+[^\W\d]", re.IGNORECASE)
"""How a piece of an address begins that has the number of a house."""

BEHIND_CODE = late_pattern(r"\d{4,}[\s,]+([^\W\d]\S*(?:\s+\S+)+)$")
"""What stands behind a postal code: two words or more."""

CHINESE_ADDRESS = late_pattern(
    r"(?:[\u4e00-\u9fff\d]{1,9}?(?:省|自治区|市|区|县|镇|街道|路|街|道|巷|号|园|大厦|栋|楼|层|室)){2}"
)
"""How a piece of a Chinese line begins that is an address: two of a province, a street, a house."""

ENDS_IN_NUMBER = late_pattern(r"[^\W\d_]{3,}.*\s\d+[a-z]?$", re.IGNORECASE)
"""How a piece of an address ends whose house stands behind the street."""

_STOPS, _DASHES = ",;|\n，；、", "-–—/"

BREAKS = re.compile(rf"\s*[{_STOPS}]\s*|\s+[{_DASHES}]{{1,3}}\s+")
"""Where a line of a document may pass from a name to an address."""

BREAK_SIGNS = frozenset(_STOPS + _DASHES)
"""The signs of which such a line has one."""

OF_COMPANIES = late_pattern(
    r"^(.{4,}?(?:有限责任公司|股份有限公司|有限公司|公司|研究所|研究院|大学|学院|厂|株式会社"
    r"|有限会社|合同会社))"
    r"[\s,，;；、:：]*(?:地址|住所)?[\s:：]*(?=\S*?[省市区县路街道号镇都府県區縣號])(?=\S{4,})"
)
"""A Chinese name up to its legal form or kind, where an address follows."""

PART_BEHIND = late_pattern(
    r"^(\S{2,}?(?:公司|大学|(?<!科)学院|研究[所院]|设计院|公安局|中心))\s?((?!第|附属)[^\s,，;；、第]{0,9}"
    r"(?:部|处|科|室|系|学院|支队|大队|中队|分局|仓库|图书馆|车间|分厂|分公司"
    r"|(?:研发|采购|物流|技术|测试)中心|(?<=院)[一二三四五六七八九十]+[所室部]))$"
)
"""A Chinese name up to its legal form or kind, where a part follows: a department, a school."""

ADDRESS_APART = late_pattern(
    r"^([\u4e00-\u9fff（）()]{3,})\s+[\u4e00-\u9fff]+?(?:省|市|区|县|州|路|街|镇|号).*$"
)
"""A Chinese name, and an address behind a blank."""

PART_OF_COMPANY = late_pattern(
    r"^(\S.+?(?:株式会社|有限会社|合同会社|会社|总会社|회사|은행|공사|대학교?|연구소|그룹))\s*"
    r"(?:\S+\s)?\S{0,8}?(?:事業所|事业所|支店|営業所|营业所|工場|工场|本社|支社|事務所|事务所"
    r"|대표부|지사|지점|사무소|본사|공장)$"
)
"""A Japanese or Korean name up to its legal form or kind, where a part follows."""

BEFORE_TOWN = late_pattern(
    r"^(\S.+?(?:株式会社|有限会社|회사|유한회사))\s+[^\s\W\da-z]{1,6}$", re.IGNORECASE
)
"""A Japanese or Korean name up to its legal form, and a town behind a blank."""

STOCK_BEHIND = late_pattern(
    r"^([\u4e00-\u9fff（）()]{3,}?)[\s(（:：]*(?:S[HZ]|HK)?[.:]?\d{4,6}(?:\.(?:S[HZ]|HK))?[)）]?$"
)
"""A Chinese name, and the number of its shares behind it."""

RUSSIAN_TOWN = late_pattern(r"[\s,]+(?:г|гор|пос|с|д)\.\s?[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+)?\W*$")
"""A town behind a Russian name, and before it the letters that say that it is one."""

NUMBERED_SHIP = late_pattern(r"^([\u4e00-\u9fff]{2,}\s?\d+|[\u4e00-\u9fff]{3,})[号號轮輪]$")
"""The name of a Chinese ship, and what says that it is one."""

PLACE_IN_BRACKETS = late_pattern(
    r"^([가-힣ァ-ヺー][^()（）\x00-\x7f]{3,})\s*[(（][^()（）\x00-\x7f]{2,4}[)）]$"
)
"""A Korean name, or one in katakana, and a short word in brackets at its end."""

WHOLE_CHINESE = re.compile(r"[\u3400-\u9fff（）()·]{4,}").fullmatch
"""Whether a text is a Chinese name of several characters, with nothing else."""

TITLED_BEFORE = re.compile(r"([\u4e00-\u9fff]{4,})([\u4e00-\u9fff]{3})").fullmatch
"""A Chinese name of three characters, and what may be the office that somebody has before it."""

MOST_CALLED, FEWEST_CALLED = 5, 2
"""Characters of the longest and the shortest name of a person before a title behind it."""

FOR_PERSON = late_pattern(r"^([\u4e00-\u9fff（）()]{4,})\s+[\u4e00-\u9fff]{1,4}\s*收$")
"""A Chinese name, and who is to have a letter there."""

PART_APART = late_pattern(
    r"^([\u4e00-\u9fff（）()]{4,})\s+([\u4e00-\u9fff]{1,10}(?:部|处|科|室|院|所|中心|厂|车间|仓库))$"
)
"""A Chinese name, and a part of it behind a blank."""

SHORTEST = 2
"""Letters of the shortest reading."""

MANY_COMMAS = 2
"""Commas from which a line may have an address without a number: `Co., Ltd.` has one."""

CAPITALIZED = late_pattern(r"\b[^\W\d_a-z]\w+")
"""A word of a name, which has a capital."""

GOES_ON = late_pattern(r"\s+(?:of|for|at|in)\b", re.IGNORECASE)
"""What stands behind `University` where its name goes on."""

MOST_BEGINNINGS = 5
"""Words at which the name of a university may begin that stands behind a part of it."""

IN_PLACE = late_pattern(r"(.+\(([^()]+)\))\s+\w")
"""A name that ends in a place in brackets, before more."""

FEWEST_WORDS = 3
"""Words of the shortest name that a line is cut down to where nothing tells where it ends."""

LONGEST_CODE = 3
"""Letters of the shortest word that is no state's code behind a place: `Salt Lake City UT`."""

FEWEST_BEFORE = 2
"""Words before the number of a house, of which one alone is too little of a name."""

MOST_OF_SHIP, AROUND_SHIP = 4, ",;:.()\"'“”‘’«»"
"""Words of the longest name of a ship in a line, and the signs that stand around it."""

MOST_OF_PERSON = 4
"""Words of the longest name of a person that is told by nothing else."""

REGISTERED = re.compile(r"(?<![\w-])(?:[A-Z]{1,2}|\d[A-Z]|[A-Z]\d)-[A-Z0-9]{3,5}(?![\w-])")
"""The mark of an aircraft."""

SAYS_VOYAGE = late_pattern(r"[\s/]v?[\s.]?\d{2,4}[nsew]\W*$|\bvoy(?:age)?\b", re.IGNORECASE)
"""Whether a line says a voyage, or ends in the number of one and where to: `V.012E`, `034W`."""

PORT_BEHIND = late_pattern(
    r"[\s,]+(?:at|from|in|to|bound\s+for|laden\s+with|carrying|cargo|laycan|e\.?t\.?[ad]\.?)"
    r"(?:[\s:]+.*)?$",
    re.IGNORECASE,
)
"""Where a ship is and what it carries, behind its name."""

OF_COMPANY_BEHIND = re.compile(r"\s+(?:of|at|from|with|for)\s+(?=[A-Z])")
"""What stands between a person and the company that they are of."""

BETWEEN = re.compile(r"\s+[-–—/]{1,3}\s+")
"""What stands between two names of one party."""

SAID_OF = late_pattern(r"\s*[,;|(（]\s*|\s+(?=\d)")
"""Where a line passes from a person to what is said of them."""

HOUSE = late_pattern(
    r"(?<=\s)\d+[A-Za-z]?\s+(?:[^\W\d]+\.?\s+){0,3}(?:road|street|avenue|lane|rd|st|ave)\b", re.I
)
"""The number of a house and its street."""


SAYS_NUMBER = re.compile(
    r"\d{4}|\d[\d\s()/.-]{6,}\d|\d\w{8}|@|https?:|www\.|^\W*\d{1,3}[.)]\s", re.IGNORECASE
).search
"""Something without which no line has a number of the party, or how it is reached, but for one
with a word before it."""

BEFORE = late_pattern(
    r"^\W*(?:\d{1,3}[.)]\s+|(?:[a-z]{1,8}\.?\s)?[a-z]{0,4}-?\d{4,}\w*[\s:.)|–—-]+)"
    r"(?=[^\W\d]{2})",
    re.IGNORECASE,
)
"""A place in a list, or the number of a vendor or an account, with which a line begins."""

DAY_BEHIND = late_pattern(
    r"[\s,;(]+(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{2}[./-]\d{2})\)?\s*$"
)
"""A day in digits behind a name."""

_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?){1,2}(?=([^\W\d_]{4,}))")
"""Initials before a family name, which is told."""

_NAMED_AFTER = late_pattern(rf"^\W*{DOTTED}\s*[^\W\d_]{{4,}}(?:-[^\W\d_]{{4,}})?\s+(?=\w)")
"""Whom a body is named after, with initials, where its name begins with them."""

INITIALS_BEFORE = _INITIALS.search
"""Whether a text has such initials."""

IN_SENTENCE = re.compile(r"(?<!\S)[a-z]{2,}\s+(?:\S+\s+)*?[a-z]{2,}(?!\S)").search
"""Whether a text has words in small letters, as a sentence has."""

AND = " and "
"""What stands before the last of several companies."""

FOR = "for"
"""What may stand in a name, and between one and what it is about."""

OF_BODY = frozenset((INDUSTRY,))
"""The kinds of what a body does."""

FEWEST_AROUND = 2
"""Words in small letters that a sentence has around a name."""

FEWEST_TELLING, TELLING_CHINESE = 3, 8
"""Words of more than three letters, and characters, that tell a body without a brand or a place:
there are many Institutes of Physics."""


def readings(
    text: str, described: bool, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """The names that a line of a document may carry, each with what was cut.

    Args:
        text: as written.
        described: whether a part of an organization may be named, or something be said of a ship,
            see `DocumentWords.described_by` and `said_behind`.
        words: the words of documents.
        kinds: the kinds of the words of a text, see `names`.
    """
    few = not described and text.count(",") < MANY_COMMAS and " - " not in text
    if few and not has_hint(_without_place_in_brackets(text, kinds), words):
        # Most names of a file, which must not take the time of all that follows.
        if '"' in text or not (text.isascii() or HAS_QUOTE.isdisjoint(text)):
            yield from _in_quotes(text, kinds)
        if not text.isascii():
            yield from _in_two_scripts(text, kinds)
            yield from _without_part_behind(text, words, kinds)
        # Behind most commas stands what says what any company is.
        name = ""
        if "," in text and kinds(text.rpartition(",")[2]) != {LEGAL}:
            if name := before_comma(text, words, kinds):
                yield name, CUT_ADDRESS
            if person := _person_behind(text, kinds):
                yield person, OF_COMPANY
            if person := _person_of_role(text, words, kinds):
                yield person, CUT_ROLE
            if match := words.role_before.match(text):
                yield text[match.end() :], CUT_ROLE
        if AND in text and (last := _behind_company(text, kinds)):
            yield last, CUT_LEAD
        if person := _person_of_company(text, kinds):
            yield person, OF_COMPANY
        if person := _without_role(text, words, kinds):
            yield person, CUT_ROLE
        if person := _person_described(text, words, kinds):
            yield person, CUT_ROLE
        if "," in text and (person := _person_and_more(text, kinds)) not in ("", name):
            yield person, CUT_ROLE
        if _may_be_sentence(text):
            for name in _named_in_sentence(text, words, kinds):
                yield name, CUT_LEAD
        return
    seen = {text.strip()}
    names, whole = [(_without_forms(text, words), CUT_LEAD)], list[tuple[str, str]]()
    rest = names[0][0]
    onward = words.onward.in_text(text)
    if onward or SAYS_NUMBER(text) or words.behind.in_text(text):
        for unnumbered in (
            _without_numbers(rest, bool(onward), words),
            _without_numbers(text, bool(onward), words),
        ):
            if unnumbered not in (rest, text) and (left := _without_forms(unnumbered, words)):
                rest = left
                names.append((rest, CUT_NUMBER))
    small = text.lower()
    is_cut = rest != text.strip() or "imo" in small or bool(SAYS_VOYAGE.search(text))
    if is_cut or not words.said_of_ships.isdisjoint(words_in(text)):
        # A number of the ship may have a colon, before which all would be a word of forms.
        lines = dict.fromkeys((rest, words.lead.sub("", text)))
        names += [
            (each, CUT_SHIP)
            for line in lines
            for each in _names_of_ship(line, is_cut, words, kinds)
            if each != line
        ]
    if match := words.ship_before.match(text):
        names.append((BREAKS.split(text[match.end() :])[0], CUT_SHIP))
    names += [(each, CUT_SHIP) for each in _ships_within(text, words, kinds)]
    if words.title.match(rest):
        person = _untitled(rest, words)
        if BRAND in kinds(person):  # SR Technology is no Senior
            names.append((person, CUT_LEAD))
        before, _, after = person.partition(",")
        if after.strip():
            if len(before.split()) >= FEWEST_BEFORE:
                whole.append((before, CUT_LEAD))
            rest = after.strip()
            names.append((rest, CUT_LEAD))
    elif words.rank.match(rest):
        person = words.rank.sub("", rest).partition(",")[0]
        if _may_be_person(person, kinds):
            names.append((person, CUT_LEAD))
    names += [(each, OF_COMPANY) for each in _persons_beside(rest, kinds)]
    if person := _person_of_role(rest, words, kinds) or _person_described(rest, words, kinds):
        names.append((person, CUT_ROLE))
    if names[0][0] != text.strip() or len(names) > 1:
        names += [(each, CUT_ADDRESS) for each in _person_before(names[:2][-1][0], kinds)]
    names += _fields_of(text, words)
    if match := words.family_first.match(text) or words.given_first.match(text):
        names.append((f"{match['given']} {match['family']}", CUT_LEAD))
    if match := words.role_before.match(rest):
        names.append((rest[match.end() :], CUT_ROLE))
    if (match := words.street.search(rest)) is not None:
        names.append((rest[: match.start() + 1], CUT_ADDRESS))
    whole.append((rest, ""))
    if last := _behind_company(rest, kinds):
        whole.append((last, CUT_LEAD))
    behind = rest.rpartition(":")[2]
    if len(behind) < len(rest) and {BRAND, LEGAL} <= kinds(behind):
        whole.append((behind, CUT_LEAD))
    if described and (lead := words.inner_lead.match(rest)):
        whole.append((_without_forms(rest[lead.end() :], words), CUT_LEAD))
    whole += [(piece, CUT_ADDRESS) for piece in _named_behind(rest, words, kinds)]
    if (less := words.sites.sub("", rest)) != rest:
        whole.append((less, CUT_PART))
    if (_has_colon(text) or "," in text) and (field := words.field.sub("", text)) != text:
        whole.append((_without_forms(field, words), CUT_LEAD))
    whole += [
        (part, CUT_PART)
        for each, _ in tuple(whole)
        for part in _without_parts(each, described, words, kinds)
    ]
    whole += _without_part_behind(rest, words, kinds)
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
    if '"' in text or not (text.isascii() or HAS_QUOTE.isdisjoint(text)):
        names += _in_quotes(text, kinds)
    if not text.isascii():
        names += [each for name, _ in names for each in _in_two_scripts(name, kinds)]
    for line in dict.fromkeys((rest, text)):
        if _may_be_sentence(line):
            names += [(each, CUT_LEAD) for each in _named_in_sentence(line, words, kinds)]
    if "," in rest and (person := _person_and_more(rest, kinds)):
        names.append((person, CUT_ROLE))
    if described:
        names += [(words.tail.sub("", name), CUT_LEAD) for name, _ in tuple(names)]
    for name, how in names:
        plain = name.strip(" ,;.:-/|\n")
        if plain not in seen and sum(map(str.isalnum, plain)) >= SHORTEST:
            seen.add(plain)
            yield plain, how


def _without_place_in_brackets(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """A name without the one place in brackets within it, which is no part that could be cut."""
    opened = text.find("(")
    if opened <= 0:
        return text
    closed = text.find(")", opened)
    if opened < closed < len(text) - 1 and kinds(text[opened + 1 : closed]) == {PLACE}:
        return f"{text[:opened]} {text[closed + 1 :]}"
    return text


def _may_be_sentence(text: str) -> bool:
    """Whether a text has words in small letters, and others."""
    # Most names have a capital in each word, which costs less to tell.
    return not (text.istitle() or text.isupper() or text.islower()) and bool(IN_SENTENCE(text))


def _named_in_sentence(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The names in a sentence: words in capitals, around which it has small ones.

    A name may go on in small letters with what it does: what stands beside one says nothing of it.
    """
    tokens = text.split()
    joins = [
        token.islower() and (token in words.particles or kinds(token) == {FILLER})
        for token in tokens
    ]
    small = [at for at, token in enumerate(tokens) if token.islower() and not joins[at]]
    if not small or sum(map(str.islower, tokens)) < FEWEST_AROUND:
        return
    for first, last in pairwise((-1, *small, len(tokens))):
        for run in _told_apart(range(first + 1, last), tokens, kinds):
            while run and joins[run[0]]:
                run = run[1:]
            while run and joins[run[-1]]:
                run = run[:-1]
            named = [tokens[at] for at in run]
            while len(named) > FEWEST_BEFORE and named[0].lower().strip(".") in words.roles:
                named, run = named[1:], run[1:]
            if len(named) < len(tokens) and _is_called(named, words, kinds):
                before, behind = (
                    at not in small or _is_no_name(tokens[at], words, kinds)
                    for at in (run[0] - 1, run[-1] + 1)
                )
                if before and not behind:
                    trades = takewhile(
                        lambda token: token.islower() and kinds(token) == OF_BODY,
                        tokens[run[-1] + 1 :],
                    )
                    yield " ".join([*named, *trades])
                elif before:
                    yield " ".join(named)
                    # A name may have `for` within, and a sentence behind it.
                    ends = named.index(FOR) if FOR in named else 0
                    if _is_called(named[:ends], words, kinds):
                        yield " ".join(named[:ends])


def _is_no_name(token: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a word in small letters beside a name is none of it, and says not what it does."""
    return (
        len(token) <= SHORTEST
        or token[0] in OPENING
        or token in words.prepositions
        or kinds(token) <= {BRAND, FILLER}
    )


def _told_apart(
    run: range, tokens: Sequence[str], kinds: Callable[[str], frozenset[str]]
) -> Iterator[range]:
    """Words of a sentence up to each comma or colon, but for one before a legal form."""
    begin = run.start
    for at in run:
        ends = tokens[at][-1] in ",;:" and not (at + 1 in run and kinds(tokens[at + 1]) == {LEGAL})
        if ends:
            yield range(begin, at + 1)
            begin = at + 1
    yield range(begin, run.stop)


def _is_called(
    run: Sequence[str], words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> bool:
    """Whether words in capitals are a name, and not of trades alone.

    A single one is a brand that tells its party by itself, or is long or an acronym with more.
    """
    telling = [word for word in run if kinds(word) != {LEGAL}]
    if len(run) < FEWEST_BEFORE:
        return any(word.strip(",.;:()").lower() in words.marks for word in telling)
    if len(telling) == 1:
        long = len(telling[0]) > LONG or telling[0].isupper()
        return long and kinds(telling[0]) == {BRAND}
    told = not kinds(" ".join(telling)).isdisjoint((BRAND, PLACE))
    return told or FEWEST_BEFORE <= len(telling) < len(run)


def _without_forms(text: str, words: DocumentWords) -> str:
    """A line without the words of forms before and behind a name, of which several may stand."""
    while (shorter := words.tail.sub("", words.lead.sub("", _without_label(text)))) != text:
        text = shorter.strip()
    return text


def _fields_of(text: str, words: DocumentWords) -> Iterator[tuple[str, str]]:
    """What each field of a line says that has several, with a label before each."""
    marks = [*TAG.finditer(text)]
    if _has_colon(text):
        marks += words.labels.finditer(text)
    if len(marks) < FEWEST_BEFORE:
        return
    marks.sort(key=lambda match: match.start())
    ends = [*(match.start() for match in marks[1:]), len(text)]
    for match, end in islice(zip(marks, ends, strict=True), MOST_FIELDS):
        if name := _without_forms(text[match.end() : end], words):
            yield name, CUT_LEAD


def _without_label(text: str) -> str:
    """A line without the words before its first colon, and the number of a field before these."""
    if "/" in text:
        if (line := LINE.sub("", text)) != text:
            return NEXT_LINE.sub("", line)
        if (coded := CODE.sub("", text)) != text:
            return NEXT_CODE.sub("", coded)
    return LABEL.sub("", FIELD.sub("", text)) if _has_colon(text) else text


def _has_colon(text: str) -> bool:
    """Whether a line may have a field with a label."""
    return ":" in text or "：" in text or "=" in text or "?" in text or "？" in text


def _without_numbers(text: str, onward: bool, words: DocumentWords) -> str:
    """A line without the numbers of the party and how it is reached, where a name is left.

    Args:
        text: the line.
        onward: whether something may begin behind the name; see `DocumentWords.onward`.
        words: the words of documents.
    """
    text = NUMBERED_BEFORE.sub("", text)
    other = words.onward.search(text) if onward and not words.lead.match(text) else None
    found = filter(None, (words.behind.search(text), words.reached.search(text), other))
    begin = min((match.start() for match in found), default=len(text))
    if sum(map(str.isalpha, text[:begin])) > SHORTEST:
        text = text[:begin]
    shorter = BEFORE.sub("", text)
    return shorter if sum(map(str.isalpha, shorter)) > SHORTEST else text


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
    text: str, is_cut: bool, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The names that a ship has and had, without its number, its kind, its voyage and where it is.

    A fund is of the world ``(ex-Japan)``, which is no ship that was Japan before.

    Args:
        text: a line.
        is_cut: whether something else says that the line is one of a ship or of a form. Where it
            is, is cut from no other: `Keel at Home` is no ship.
        words: the words of documents.
        kinds: the kinds of the words of a text.
    """
    said = words.voyage.sub("", _before_what_is_said(text, words, kinds))
    names = words.former.split(said)
    if any(PLACE in kinds(each.split()[0]) for each in names[1:] if each.strip()):
        names = [said]
    for each in names:
        shorter = words.voyage.sub("", each)
        yield shorter
        if said != text:
            yield words.tail.sub("", shorter)
        if is_cut or said != text:
            yield PORT_BEHIND.sub("", each)
            bracket = BRACKETS.search(shorter)
            name = shorter[: bracket.start()].strip() if bracket else ""
            if bracket and " " not in name and kinds(bracket[1]) == {PLACE}:
                yield name  # of one word, and its flag


def _ships_within(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The names of ships within a line, behind what a ship is (`STS with M/T Lioness off Iran`).

    One goes on to a sign, or to a word in small letters that is none of a name (`Star of the Sea`).
    """
    for match in words.ship_within.finditer(text):
        name: list[str] = []
        for token in text[match.end() :].split()[:MOST_OF_SHIP]:
            ends = token[0].islower() and kinds(token) != {FILLER}
            if ends or not any(map(str.isalnum, token)):
                break
            name.append(token.strip(AROUND_SHIP))
            if token[-1] in AROUND_SHIP and len(token) > SHORTEST:
                break
        if name:
            yield " ".join(name)


def _before_what_is_said(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> str:
    """The name of a ship of which something is said behind it; the text where nothing is."""
    found = words.ship.search(text)
    if found is None:
        return text
    if found["state"] and kinds(found["state"]) != {PLACE}:
        return text
    where = found.start("where")
    behind_comma = found[0][:1] == ","
    if (
        where >= 0
        and not behind_comma
        and PLACE not in kinds(" ".join(text[where:].split()[:FEWEST_BEFORE]))
    ):
        return text
    name = text[: found.start()]
    while " " in name and kinds(last := name.rpartition(" ")[2]) == {PLACE}:
        name = name[: -len(last)].rstrip(" ,(-–—")  # the state whose flag it is
    return name


def has_hint(text: str, words: DocumentWords) -> bool:
    """Whether a text may have a word of documents; most texts are not searched for it."""
    if HAS_SIGN(text) or "www." in text:
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
    ends = _ends_in_form(name, kinds)
    cut = (
        (ends and LEGAL not in kinds(rest))
        or words.tail.search(text)
        or words.sites.search(text)
        or (PLACE in kinds(rest) and words.address.match(rest.strip()))
        or _is_beside(name, kinds(rest))
    )
    return name if cut else ""


def _named_behind(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """What is named with its legal form behind an address: `Moscow, Lenin St. 4, AO Mikron`."""
    first, *pieces = BREAKS.split(text)
    if pieces and _has_digit(first) and words.address.search(first):
        named = [piece for piece in pieces if not _has_digit(piece) and BRAND in kinds(piece)]
        named = [piece for piece in named if not words.address.search(piece)]
        yield from named[-1:]
    if len(pieces) < MANY_COMMAS:
        return
    if kinds(first) <= {PLACE, NUMBER} or (words.address.search(first) and _has_digit(first)):
        yield from (piece for piece in pieces if {LEGAL, BRAND} <= kinds(piece))
        if _ends_in_form(pieces[-1], kinds) and INDUSTRY in kinds(pieces[-1]):
            yield pieces[-1]
        if behind := BEHIND_CODE.search(pieces[-1]):
            yield behind[1]


def _has_digit(text: str) -> bool:
    """Whether a text has one."""
    return any(map(str.isdigit, text))


def _behind_company(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands last behind a company with its legal form and `and`; "" for nobody."""
    before, joined, last = text.rpartition(AND)
    return last if joined and _ends_in_form(before.split(",")[-1], kinds) else ""


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
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """A Chinese name without the department, the school or the address behind it.

    A college of a university in another town is one of its own: 电子科技大学成都学院.
    """
    if text.endswith(words.departments):
        department = max((each for each in words.departments if text.endswith(each)), key=len)
        yield text.removesuffix(department), CUT_PART
    if match := ADDRESS_APART.match(text):
        yield match[1], CUT_ADDRESS
    if text.isascii():
        return
    if match := FOR_PERSON.match(text):
        yield match[1], CUT_ADDRESS
    if person := _uncalled(text, words):
        yield person, CUT_ROLE
    first, _, rest = text.strip().partition(" ")
    # A trade behind it is of the name: 大华（集团）有限公司 房地产.
    if rest and WHOLE_CHINESE(first) and INDUSTRY not in kinds(rest):
        said = kinds(first)
        if BRAND in said and not said.isdisjoint((INDUSTRY, LEGAL)):
            yield first, CUT_PART
    if match := PART_OF_COMPANY.match(text) or BEFORE_TOWN.match(text):
        yield match[1], CUT_PART
    if match := NUMBERED_SHIP.match(text):
        yield match[1], CUT_SHIP
    if match := STOCK_BEHIND.match(text):
        yield match[1], CUT_NUMBER
    if (shorter := RUSSIAN_TOWN.sub("", text)) != text:
        yield shorter, CUT_ADDRESS
    if match := PLACE_IN_BRACKETS.match(text):
        yield match[1], CUT_BRACKETS
    match = PART_BEHIND.match(text) or PART_APART.match(text)
    if match and not (match[2].endswith("学院") and PLACE in kinds(match[2])):
        yield match[1], CUT_PART


def _uncalled(text: str, words: DocumentWords) -> str:
    """The name of a person before a title behind it (`王明山 先生`); "" for none."""
    name = text.strip()
    first, _, rest = name.partition(" ")
    if rest.endswith(words.called) and len(first) <= MOST_CALLED:
        name = first  # and what he is of which body
    elif (title := TITLED_BEFORE(name)) and title[1].endswith(words.called):
        name = title[2]
    while name.endswith(words.called):
        name = name.removesuffix(next(each for each in words.called if name.endswith(each)))
        name = name.rstrip(" ·,，、副")
    told = name != text.strip() and not any(map(str.isascii, name.replace(" ", "")))
    return name if told and FEWEST_CALLED <= len(name) <= MOST_CALLED else ""


def _in_quotes(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[tuple[str, str]]:
    """A company by what stands in quotes behind its legal form, without what follows.

    Two words tell it also behind what it is and where (`Vladivostok shipyard "Vostochnaya Verf"`).
    """
    match = QUOTED.match(text)
    if match is None or (BRAND not in kinds(match[2]) and " " not in match[2]):
        return
    if kinds(match[1]) == {LEGAL}:
        if match[3]:
            yield f"{match[1]} {match[2]}", CUT_ADDRESS
        yield match[2], CUT_LEAD
    elif " " in match[2] and BRAND not in kinds(text[: match.start(2)]):
        yield match[2], CUT_LEAD


def _untitled(text: str, words: DocumentWords) -> str:
    """A line without the titles of a person, of which one may stand behind another."""
    while (shorter := words.title.sub("", text)) != text:
        text = shorter
    return text


def _person_and_more(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands before a comma and what they are (`Maria Zakharova, MID`); or "".

    A family name before a comma is one word, and behind it a given one is another's.
    """
    person, _, behind = text.partition(",")
    few = len(person.split()) < FEWEST_BEFORE or LEGAL in kinds(behind)
    return "" if few or not _may_be_person(person, kinds) else person


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


def _person_behind(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands behind the name of a company and a comma (`Acme Ltd, Ivan Petrov`); or ""."""
    company, _, person = text.partition(",")
    while person:
        if _ends_in_form(company, kinds) and _may_be_person(person, kinds):
            return person
        company, _, person = person.partition(",")
    return ""


def _person_of_role(text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands before a comma and what they are, or the body that they are of; or "".

    So is `Ivan Petrov, Deputy Director, Acme`, and `Ivan Petrov, State Duma`.
    """
    person, _, behind = text.partition(",")
    behind = behind.partition(",")[0]
    said = behind.lower().replace(".", "").replace("-", " ").split()
    told = not words.roles.isdisjoint(said) or OF_BODY <= kinds(behind) <= OF_BODY | {BRAND, FILLER}
    return person if told and _may_be_person(person, kinds) else ""


def _person_described(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> str:
    """Who stands before a word in small letters, or letters, that say something of them; or "".

    So is `Ivan Petrov hacker`, and `Ivan Petrov NPC`; of a company such a word says what it does.
    """
    last = text[-1:]
    if not last.isalnum() or text.isupper() or "," in text:
        return ""
    tokens = text.split()
    if not FEWEST_BEFORE < len(tokens) <= MOST_OF_PERSON + 1 or not tokens[0][0].isupper():
        return ""
    end = len(tokens)
    while end > FEWEST_BEFORE and _describes(tokens[end - 1], words):
        end -= 1
    person = tokens[:end]
    if end == len(tokens) or not all(each[0].isupper() for each in person):
        return ""
    told = any(each[1:].islower() for each in person)
    described = kinds(" ".join(tokens[end:])) <= {BRAND, NUMBER}
    return " ".join(person) if told and described and kinds(" ".join(person)) == {BRAND} else ""


def _describes(token: str, words: DocumentWords) -> bool:
    """Whether a word behind a person's names is none of them: in small letters, or letters."""
    if token.islower():
        return len(token) >= LONG and token not in words.particles
    return len(token) > SHORTEST and token.isupper() and token.isalnum()


def _persons_beside(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[str]:
    """Who stands beside the name of a company, behind a comma or at a dash or slash."""
    if person := _person_behind(text, kinds):
        yield person
    if person := _person_of_company(text, kinds):
        yield person
    pieces = BETWEEN.split(text)
    if len(pieces) > 1 and any(_ends_in_form(each, kinds) for each in pieces):
        yield from (each for each in pieces if _may_be_person(each, kinds))


def _person_of_company(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands before the company that they are of (`Ivan Petrov of Acme Ltd`); or ""."""
    person, *company = OF_COMPANY_BEHIND.split(text, maxsplit=1)
    told = bool(company) and _ends_in_form(company[0], kinds) and _may_be_person(person, kinds)
    return person if told else ""


def _ends_in_form(text: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether the last word of a text is a legal form."""
    return any(kinds(word) == {LEGAL} for word in text.split()[-1:])


def _may_be_person(text: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a text may be two names of a person, and no word of it says that it is none."""
    return 1 < len(text.split()) <= MOST_OF_PERSON and kinds(text) <= {BRAND, FILLER}


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
        behind = text[match.end() :]
        if text[: match.start()].strip():
            # What stands within a name, and is no acronym of it, may tell one company of several.
            within = bool(behind.strip(" .,")) and not match[1].isupper()
            yield text[: match.start()] + behind, CUT_WITHIN if within else CUT_BRACKETS
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
    if (bracket := IN_PLACE.match(whole)) and kinds(bracket[2]) == {PLACE}:
        yield bracket[1]  # `HiSilicon (Suzhou) Chip Verification Department`
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
    long = [word for word in words if len(word) >= LONGEST_CODE and not _has_digit(word)]
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
    elif (
        located
        and len(pieces) > MANY_COMMAS
        and " " in pieces[0]
        and not _has_digit(pieces[0])
        and all(map(_has_digit, pieces[1:3]))
    ):  # a street that no table has, and a town with its postal code
        yield pieces[0]
    elif located and len(pieces) > MANY_COMMAS and {BRAND, INDUSTRY} <= kinds(pieces[0]):
        yield pieces[0]
    if named == len(pieces) == 2 and _is_beside(pieces[0], kinds(pieces[1])):
        yield pieces[0]
    streets = [
        at for at, piece in enumerate(pieces)
        if words.address.search(piece)
        or (at and (HOUSE_FIRST.match(piece) or _is_of_street(piece, kinds)))
        or (at and not piece.isascii() and CHINESE_ADDRESS.match(piece))
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
        before, _, end = pieces[0].rpartition(" ")
        if len(end) == SHORTEST and end.isupper():  # the code of a country behind a place
            end = before.rpartition(" ")[2]
        placed = bool(located) or kinds(end) == {PLACE}
        if shorter := _before_run_on(pieces[0], placed, words, kinds):
            yield shorter


def _is_of_street(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a piece of a line is a name and a number, and no body's: a street and its house."""
    return bool(ENDS_IN_NUMBER.search(piece)) and INDUSTRY not in kinds(piece)


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
    for pattern in (words.numbered, HOUSE, POSTAL):
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
    if not (goes_on or _has_digit(piece) or words.address.in_text(piece)):
        return ""
    tokens = piece.split()
    for at in range(len(tokens) - 1, 0, -1):
        if kinds(tokens[at - 1]) != {LEGAL} or kinds(tokens[at]) <= {LEGAL, FILLER}:
            continue  # `Corporation of America` goes on
        rest = " ".join(tokens[at:])
        if LEGAL in kinds(rest):
            return ""  # the name of another company begins with this one's
        located = goes_on or _has_digit(rest)
        if words.address.search(rest) or (located and kinds(tokens[-1]) != {INDUSTRY}):
            return " ".join(tokens[:at])
    return ""
