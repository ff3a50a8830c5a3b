"""Names as documents carry them: behind words of forms, before an address, in full pinyin.

An invoice says ``Consignee: X, Room 1203, Shanghai`` and a bill of lading ``TO THE ORDER OF X``.
What is cut here is never taken away: each reading is asked beside the name as written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from detente.parties.names.document_words import DOTTED, DocumentWords
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.patterns import late_pattern, words_in
from detente.parties.names.reading.cuts import (
    CUT_ADDRESS,
    CUT_BRACKETS,
    CUT_LEAD,
    CUT_NUMBER,
    CUT_PART,
    CUT_PRODUCT,
    CUT_ROLE,
    CUT_SHIP,
    CUT_WITHIN,
    IN_BRACKETS,
    OF_COMPANY,
    REGISTRATION,
)
from detente.parties.names.reading.located import before_address, before_comma, named_behind
from detente.parties.names.reading.persons import (
    body_behind_person,
    person_and_more,
    person_before,
    person_before_dash,
    person_behind,
    person_described,
    person_of_company,
    person_of_role,
    persons_beside,
    titled_behind,
    untitled,
    with_place_behind,
    without_papers,
    without_role,
)
from detente.parties.names.reading.pieces import (
    BETWEEN,
    BRACKETS,
    BREAKS,
    FEWEST_BEFORE,
    FEWEST_WORDS,
    LONG,
    MANY_COMMAS,
    OPENING,
    SHORTEST,
    ends_in_form,
    may_be_person,
    tells_a_body,
)
from detente.parties.names.reading.scripts import in_two_scripts, without_what_follows
from detente.parties.names.reading.sentences import (
    IS_BASED,
    between_two,
    may_be_sentence,
    named_in_sentence,
)
from detente.parties.names.reading.ships import (
    AIRCRAFT_MARK,
    SAYS_VOYAGE,
    SERIAL_NUMBER,
    names_of_ship,
    several_ships,
    ships_within,
    without_imo_number,
)

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

IN_QUOTES = late_pattern(r"[«\"“„][^«»\"“”„]{3,}[»\"”“]")
"""What stands in quotes; before it a legal form, between which and it a kind of company may be."""

NEXT_CODE = late_pattern(r"\s+/[A-Z]{3,8}/.*$", re.DOTALL)
"""Another one behind the name, with what it says."""

TAG = late_pattern(r"(?:^|(?<=\s)):?\d{2}[A-Z]?:(?:/\S+)?\s*|(?:^|(?<=\s))[A-Z]{2,8}=\s*")
"""The number or the name of a field, wherever it stands in a line."""

MOST_FIELDS = 5
"""Fields of a line that are read, each as a name."""

NUMBERED_BEFORE = late_pattern(
    r"^\W*[a-z.]{2,8}\W{0,3}(?:no\W{0,2})?(?:[a-z]{1,3}\W?)?\d[\w-]{6,}\s+(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
"""A number of the party with which a line begins (`EORI DE123456789 `)."""

OPENS_QUOTE = frozenset("«“„")
"""The signs, but for that of ASCII, with which what stands in quotes begins."""

CAPITALIZED = late_pattern(r"\b[^\W\d_a-z]\w+")
"""A word of a name, which has a capital."""

GOES_ON = late_pattern(r"\s+(?:of|for|at|in)\b", re.IGNORECASE)
"""What stands behind `University` where its name goes on."""

MOST_BEGINNINGS = 5
"""Words at which the name of a university may begin that stands behind a part of it."""

IN_PLACE = late_pattern(r"(.+\(([^()]+)\))\s+\w")
"""A name that ends in a place in brackets, before more."""

SAYS_NUMBER = re.compile(
    r"\d{4}|\d[\d\s()/.-]{6,}\d|\d\w{8}|@|https?:|www\.|^\W*\d{1,3}[.)]\s|\d\.[hs][kzs]\b",
    re.IGNORECASE,
).search
"""Something without which no line has a number of the party, or how it is reached, but for one
with a word before it."""

BEFORE = late_pattern(
    r"^\W*(?:\d{1,3}[.)]\s+|(?:[a-z]{1,8}\.?\s)?[a-z]{0,4}-?\d{4,}\w*[\s:.)|–—-]+)"
    r"(?=[^\W\d]{2})",
    re.IGNORECASE,
)
"""A place in a list, or the number of a vendor or an account, with which a line begins."""

_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.\s?){1,2}(?=([^\W\d_]{4,}))")
"""Initials before a family name, which is told."""

_NAMED_AFTER = late_pattern(rf"^\W*{DOTTED}\s*[^\W\d_]{{4,}}(?:-[^\W\d_]{{4,}})?\s+(?=\w)")
"""Whom a body is named after, with initials, where its name begins with them."""

INITIALS_BEFORE = _INITIALS.search
"""Whether a text has such initials."""

AND = " and "
"""What stands before the last of several companies."""


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
        if _may_quote(text):
            yield from _in_quotes(text, kinds)
        if not text.isascii():
            yield from in_two_scripts(text, kinds)
            yield from without_what_follows(text, words, kinds)
        # Behind most commas stands what says what any company is.
        name = ""
        if "," in text and kinds(text.rpartition(",")[2]) != {LEGAL}:
            if name := before_comma(text, words, kinds):
                yield name, CUT_ADDRESS
            if person := person_behind(text, kinds):
                yield person, OF_COMPANY
            if person := person_of_role(text, words, kinds):
                yield person, CUT_ROLE
            if match := words.role_before.match(text):
                yield text[match.end() :], CUT_ROLE
        if AND in text:
            for each in _around_and(text, kinds):
                yield each, CUT_LEAD
            if "between " in text:
                for each in between_two(text):
                    yield each, CUT_LEAD
        if "," in text and (less := IS_BASED.sub("", text)) != text:
            yield less, CUT_ROLE
        if person := person_of_company(text, kinds):
            yield person, OF_COMPANY
        if person := without_role(text, words, kinds):
            yield person, CUT_ROLE
        if person := person_described(text, words, kinds):
            yield person, CUT_ROLE
        if "," in text:
            for person in (person_and_more(text, kinds), titled_behind(text, words, kinds)):
                if person not in ("", name):
                    yield person, CUT_ROLE
        if may_be_sentence(text):
            for name in named_in_sentence(text, words, kinds):
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
            for each in names_of_ship(line, is_cut, words, kinds)
            if each != line
        ]
    if (unnumbered := without_imo_number(text)) != text:
        names.append((_without_forms(unnumbered, words), CUT_SHIP))
    if match := words.ship_before.match(text):
        names.append((BREAKS.split(text[match.end() :])[0], CUT_SHIP))
    names += [(each, CUT_SHIP) for each in ships_within(text, words, kinds)]
    if words.title.match(rest):
        person = untitled(rest, words)
        if BRAND in kinds(person):  # SR Technology is no Senior
            names.append((person, CUT_LEAD))
        names += [(each, CUT_LEAD) for each in body_behind_person(person, kinds)]
        before, _, after = person.partition(",")
        if after.strip():
            if len(before.split()) >= FEWEST_BEFORE:
                whole.append((before, CUT_LEAD))
            rest = after.strip()
            names.append((rest, CUT_LEAD))
    elif words.rank.match(rest):
        person = words.rank.sub("", rest).partition(",")[0]
        if may_be_person(person, kinds):
            names.append((person, CUT_LEAD))
    names += [(each, OF_COMPANY) for each in persons_beside(rest, kinds)]
    if person := person_of_role(rest, words, kinds) or person_described(rest, words, kinds):
        names.append((person, CUT_ROLE))
    if names[0][0] != text.strip() or len(names) > 1:
        names += [(each, CUT_ADDRESS) for each in person_before(names[:2][-1][0], kinds)]
    names += _fields_of(text, words)
    if match := words.family_first.match(text) or words.given_first.match(text):
        names.append((f"{match['given']} {match['family']}", CUT_LEAD))
    if match := words.role_before.match(rest):
        names.append((rest[match.end() :], CUT_ROLE))
    if (match := words.street.search(rest)) is not None:
        names.append((rest[: match.start() + 1], CUT_ADDRESS))
    whole.append((rest, ""))
    whole += [(each, CUT_LEAD) for each in _around_and(rest, kinds)]
    if "between " in small:
        whole += [(each, CUT_LEAD) for each in between_two(rest)]
    if (less := IS_BASED.sub("", rest)) != rest:
        whole.append((less, CUT_ROLE))
    behind = rest.rpartition(":")[2]
    if len(behind) < len(rest) and {BRAND, LEGAL} <= kinds(behind):
        whole.append((behind, CUT_LEAD))
    if described and (lead := words.inner_lead.match(rest)):
        whole.append((_without_forms(rest[lead.end() :], words), CUT_LEAD))
    whole += [(piece, CUT_ADDRESS) for piece in named_behind(rest, words, kinds)]
    if rest != text.strip():  # whom the department is of that is written to
        pieces = rest.split(",")[1:MOST_FIELDS]
        whole += [(each, CUT_LEAD) for each in pieces if _is_formed(each, kinds)]
    if (less := words.sites.sub("", rest)) != rest:
        whole.append((less, CUT_PART))
    if (_has_colon(text) or "," in text) and (field := words.field.sub("", text)) != text:
        whole.append((_without_forms(field, words), CUT_LEAD))
    whole += [
        (part, CUT_PART)
        for each, _ in tuple(whole)
        for part in _without_parts(each, described, words, kinds)
    ]
    whole += without_what_follows(rest, words, kinds)
    if described and words.product.in_text(rest):
        maker = words.product.sub("", rest)
        before, _, place = rest.rpartition(" ")
        if maker == rest and kinds(place) == {PLACE}:  # `Hikvision cameras Hangzhou`
            maker = words.product.sub("", before)
            whole.append((f"{maker} {place}", CUT_PRODUCT))
        whole.append((maker, CUT_PRODUCT))
        if len(before) > len(maker) > 0:  # a trade of the maker is in the goods: `JA Solar panels`
            whole.append((before, CUT_PRODUCT))
    for each, how in whole:
        names += [(each, how)] if how else []
        for cut in before_address(each, words, kinds):
            names.append((cut, CUT_ADDRESS))
            names += [(part, CUT_PART) for part in _without_parts(cut, described, words, kinds)]
    names += [(each, REGISTRATION) for each in SERIAL_NUMBER.findall(text)]
    if "-" in rest and " " in rest:
        marks = [mark for mark in AIRCRAFT_MARK.findall(rest) if "-" in mark]
        names += [(each, REGISTRATION) for each in marks if kinds(each) <= {BRAND, NUMBER}]
    if not OPENING.isdisjoint(text):
        names += [each for name, _ in names for each in _around_brackets(name, kinds)]
    names += [(each, CUT_ROLE) for each in without_papers(text, words, kinds)]
    if _may_quote(text):
        names += _in_quotes(text, kinds)
    if not text.isascii():
        names += [each for name, _ in names for each in in_two_scripts(name, kinds)]
        located = [name for name, how in names if how == CUT_ADDRESS]
        names += [each for name in located for each in without_what_follows(name, words, kinds)]
    for line in dict.fromkeys((rest, text)):
        if may_be_sentence(line):
            names += [(each, CUT_LEAD) for each in named_in_sentence(line, words, kinds)]
    names += [(each, CUT_SHIP) for each in several_ships(text)]
    if person := with_place_behind(rest, kinds):
        names.append((person, CUT_BRACKETS))
    if person := person_before_dash(rest, kinds):
        names.append((person, CUT_ROLE))
    if "," in rest:
        told = person_and_more(rest, kinds), titled_behind(rest, words, kinds)
        names += [(person, CUT_ROLE) for person in filter(None, told)]
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


def _around_and(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[str]:
    """The last two companies that `and` stands between, the first of which has its legal form."""
    before, joined, last = text.rpartition(AND)
    company = before.split(",")[-1]
    if joined and ends_in_form(company, kinds):
        yield last
        yield before


def _is_formed(piece: str, kinds: Callable[[str], frozenset[str]]) -> bool:
    """Whether a piece of a line is a name and a legal form."""
    said = kinds(piece)
    long = INDUSTRY in said and len(piece.split()) >= FEWEST_WORDS
    return LEGAL in said and (BRAND in said or long)


def _may_quote(text: str) -> bool:
    """Whether something may stand in quotation marks."""
    return '"' in text or not (text.isascii() or OPENS_QUOTE.isdisjoint(text))


def _in_quotes(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[tuple[str, str]]:
    """A company by what stands in quotes behind its legal form, without what follows.

    Two words tell it also behind what it is and where (`Vladivostok shipyard "Vostochnaya Verf"`).
    """
    for quoted in IN_QUOTES.finditer(text):
        before = text[: quoted.start()].split()
        for size in (1, 2):
            if len(before) > size and kinds(before[-size]) == {LEGAL}:
                yield " ".join((*before[-size:], quoted[0])), CUT_LEAD
                break
    match = QUOTED.match(text)
    if match is None or (BRAND not in kinds(match[2]) and " " not in match[2]):
        return
    if kinds(match[1]) == {LEGAL}:
        if match[3]:
            yield f"{match[1]} {match[2]}", CUT_ADDRESS
        yield match[2], CUT_LEAD
    elif " " in match[2] and BRAND not in kinds(text[: match.start(2)]):
        yield match[2], CUT_LEAD


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
            if tells_a_body(rest, kinds):
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
    if shorter != text.strip() and tells_a_body(shorter, kinds):
        yield shorter


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
        if piece != text and len(piece.split()) >= FEWEST_WORDS and tells_a_body(piece, kinds)
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
    named = INDUSTRY in kinds(whole) and tells_a_body(whole, kinds)
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
