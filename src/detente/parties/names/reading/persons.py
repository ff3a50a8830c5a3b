"""Persons in a line of a document: without titles, roles and papers, beside a company."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from detente.parties.names.document_words import DocumentWords
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.patterns import late_pattern
from detente.parties.names.reading.pieces import (
    BETWEEN,
    FEWEST_BEFORE,
    LONG,
    MOST_OF_PERSON,
    OF_BODY,
    SHORTEST,
    ends_in_form,
    may_be_person,
)

SIZES_OF_PERSON, ARE_CHARACTERS = (3, 4, 2), re.compile(r"[\u4e00-\u9fff]+").fullmatch
"""Characters that a Chinese person's name has, the usual number first; and what has no others."""

MOST_CALLED, FEWEST_CALLED = 5, 2
"""Characters of the longest and the shortest name of a person before a title behind it."""

OF_COMPANY_BEHIND = re.compile(r"\s+(?:of|at|from|with|for)\s+(?=[A-Z])")
"""What stands between a person and the company that they are of."""

SAID_OF = late_pattern(r"\s*[,;|(（]\s*|\s+(?=\d)")
"""Where a line passes from a person to what is said of them."""

DAY_BEHIND = late_pattern(
    r"[\s,;(]+(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{2}[./-]\d{2})\)?\s*$"
)
"""A day in digits behind a name."""


def without_papers(
    text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]
) -> Iterator[str]:
    """The name of a person without the number of a paper, a day of birth, and what it is."""
    name = words.paper.sub("", text)
    if name[-2:].strip(" )").isdigit():
        name = DAY_BEHIND.sub("", name)
    if name != text:
        yield name
        if words.title.match(name):
            yield untitled(name, words)
    if person := without_role(name, words, kinds):
        yield person


def without_role(text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]) -> str:
    """The name of a person without what it is, behind the name; "" where nothing says so."""
    whole = rest = text.rstrip(" .,)")
    while True:
        name, _, last = rest.rpartition(" ")
        if last.lower().strip("(,").replace(".", "") not in words.roles:
            break
        rest = name.rstrip(" ,(-–—")
    is_name = rest != whole and " " in rest and kinds(rest) <= {BRAND, PLACE}
    return rest if is_name else ""


def uncalled(text: str, words: DocumentWords) -> str:
    """The name of a person before a title behind it (`王明山 先生`); "" for none."""
    name = text.strip()
    first, _, rest = name.partition(" ")
    if rest.endswith(words.called) and len(first) <= MOST_CALLED:
        name = first  # and what he is of which body
    elif person := _behind_title(name, words):
        name = person
    while name.endswith(words.called):
        name = name.removesuffix(next(each for each in words.called if name.endswith(each)))
        name = name.rstrip(" ·,，、副")
    told = name != text.strip() and not any(map(str.isascii, name.replace(" ", "")))
    return name if told and FEWEST_CALLED <= len(name) <= MOST_CALLED else ""


def _behind_title(name: str, words: DocumentWords) -> str:
    """The Chinese name of a person behind an office (`香港特首李家超`); "" for none."""
    for size in SIZES_OF_PERSON:
        person, before = name[-size:], name[:-size].rstrip()
        if before.endswith(words.called) and ARE_CHARACTERS(person):
            return person
    return ""


def titled_behind(text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]) -> str:
    """A person whose title stands behind the family name (`Chen, Mr. Mingguo, PSB`); or ""."""
    family, _, behind = text.partition(",")
    given = behind.strip()
    if " " in family.strip() or not words.title.match(given):
        return ""
    person = f"{untitled(given, words).partition(',')[0]} {family}"
    return person if may_be_person(person, kinds) else ""


def with_place_behind(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """A person with a place in brackets behind the name (`Ri Dok Jin (DPRK)`); "" for another."""
    person, _, place = text.rstrip(" )").partition(" (")
    of_place = place and text.endswith(")") and kinds(place) == {PLACE}
    return person if of_place and may_be_person(person, kinds) else ""


def untitled(text: str, words: DocumentWords) -> str:
    """A line without the titles of a person, of which one may stand behind another."""
    while (shorter := words.title.sub("", text)) != text:
        text = shorter
    return text


def person_and_more(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands before a comma and what they are (`Maria Zakharova, MID`); or "".

    A family name before a comma is one word, and behind it a given one is another's.
    """
    person, _, behind = text.partition(",")
    few = len(person.split()) < FEWEST_BEFORE or LEGAL in kinds(behind)
    return "" if few or not may_be_person(person, kinds) else person


def person_before(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[str]:
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


def person_before_dash(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands before a dash, and behind it what is said of them (`Ivan Petrov - crypto`)."""
    person, _, behind = text.partition(" - ")
    return person if behind and may_be_person(person.replace(",", " "), kinds) else ""


def body_behind_person(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[str]:
    """The body behind one name or two of a person with a title (`Xu Acme Group, Shenzhen`)."""
    first, _, _ = text.partition(",")
    words = first.split()
    for names in (1, 2):
        body = " ".join(words[names:])
        said = kinds(body) if len(words) > names + 1 else frozenset()
        if BRAND in said and not said.isdisjoint((LEGAL, INDUSTRY)):
            yield body


def person_behind(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands behind the name of a company and a comma (`Acme Ltd, Ivan Petrov`); or ""."""
    company, _, person = text.partition(",")
    while person:
        if ends_in_form(company, kinds) and may_be_person(person, kinds):
            return person
        company, _, person = person.partition(",")
    return ""


def person_of_role(text: str, words: DocumentWords, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands before a comma and what they are, or the body that they are of; or "".

    So is `Ivan Petrov, Deputy Director, Acme`, and `Ivan Petrov, State Duma`.
    """
    person, _, behind = text.partition(",")
    behind = behind.partition(",")[0]
    said = behind.lower().replace(".", "").replace("-", " ").split()
    told = not words.roles.isdisjoint(said) or OF_BODY <= kinds(behind) <= OF_BODY | {BRAND, FILLER}
    return person if told and may_be_person(person, kinds) else ""


def person_described(
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


def persons_beside(text: str, kinds: Callable[[str], frozenset[str]]) -> Iterator[str]:
    """Who stands beside the name of a company, behind a comma or at a dash or slash."""
    if person := person_behind(text, kinds):
        yield person
    if person := person_of_company(text, kinds):
        yield person
    pieces = BETWEEN.split(text)
    if len(pieces) > 1 and any(ends_in_form(each, kinds) for each in pieces):
        yield from (each for each in pieces if may_be_person(each, kinds))


def person_of_company(text: str, kinds: Callable[[str], frozenset[str]]) -> str:
    """Who stands before the company that they are of (`Ivan Petrov of Acme Ltd`); or ""."""
    person, *company = OF_COMPANY_BEHIND.split(text, maxsplit=1)
    told = bool(company) and ends_in_form(company[0], kinds) and may_be_person(person, kinds)
    return person if told else ""
