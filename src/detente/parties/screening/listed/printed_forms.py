"""What a listed name is read as: as it is printed, and as it may be written otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain

from detente.parties.lists.model import ALSO, KNOWN, MAIN, ListedEntry, Name
from detente.parties.names.comparing import CRAFT, PERSON
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.legal import (
    EZAFE,
    are_initials,
    hyphen_closed,
    is_contraction,
    mended_form,
    stroke_as_and,
    taken_apart,
)
from detente.parties.names.names import (
    FEWEST_SYLLABLES,
    MOST_OF_PERSON,
    NameTables,
    NameWord,
    brand_of_trade,
    has_other_name,
    in_cantonese,
    in_mandarin,
    in_pinyin,
    is_han,
    kinds_of,
    latin_parts,
    latin_words,
    parts,
    plain,
    squashed,
    with_a_word_unread,
)
from detente.parties.names.patterns import late_pattern
from detente.parties.names.reading.documents import body_alone
from detente.parties.names.reading.pieces import BRACKETS
from detente.parties.names.sounds import counts_of
from detente.parties.screening.listed.bearers import only_brand
from detente.parties.screening.listed.kinds_of_names import (
    ACRONYM,
    ALONE,
    AS_PERSON,
    BARE,
    BODY_ALONE,
    CROSSED,
    KNOWN_AS,
    NO_PATRONYMIC,
    PINYIN,
    SPOKEN,
    UNREAD,
)

FEWEST_PLACED = 6
"""Characters of the shortest name of a place and a brand that no list prints and that is known in
pinyin."""


SHORTEST_CROSSED, MOST_CROSSED = 4, 2
"""Letters of the shortest brand that is also kept with the trades of other names, and of how many
of these."""

FAMILY_AND_GIVEN, SHORTEST_GIVEN = 2, 3
"""Words of a Chinese name, and letters of the shortest given name that somebody has beside it."""

HYPHENS = late_pattern(r"(?<=[A-Za-z])(?<!\b[AaEe][DdLlNnRrSsTtZz])-(?=[A-Za-z])")
"""Hyphens within words, which some leave out (`Pu-Tech`), but for one behind an Arabic article."""

FEWEST_TRADES = 3
"""Words of a trade that tell a body without a brand, a place or a number."""

LATIN = re.compile("[A-Za-z]")
BLANK_WITHIN = late_pattern(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
SHORTENED = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:[-\s]?[A-Z0-9]{1,3})?")
KNOWN_BY = (
    r"(?:(?:and\s+)?(?:also|formerly|now)\s+known\s+as|[afn]\.?/?k\.?/?a\.?|d/?b/?a)[,:]?[\s-]+"
)
ALSO_KNOWN = late_pattern(rf"(?:^|[,;(\s-]){KNOWN_BY}(.+)$", re.IGNORECASE)
AGAIN_KNOWN = late_pattern(rf"[,;]?[\s-]+{KNOWN_BY}", re.IGNORECASE)
BODY = late_pattern(r",\s+|\bof\s+(?:the\s+)?", re.IGNORECASE)
"""What stands in a name before the body that the party belongs to."""
JOINED = late_pattern(
    r"(?<=Co\.|td\.|nc\.|ted|LLC|\.A\.|\.V\.)"
    r"(?:,?\s+and\s+(?:its\s+[^,;]{1,40},\s+)?|(?<=\.A\.),\s+|(?<=\.V\.),\s+)(?=[A-Z])"
)
"""What stands between two names behind the legal form of the first."""
EITHER = late_pattern(r"(\w+) \(or (\w+)\)")
"""A word of a name with another in its place."""
INCLUDED = late_pattern(r",\s+including\s+(?:the\s+)?([A-Z].*?)(?:\s+and\s|[,.;]|$)")
"""Who a list says is listed with a party."""
SPELLED_BESIDE = late_pattern(r"(\S+) \(([^\W\d_]+(?:-[^\W\d_]+)?)\)")
"""A word of a person's name, and how else it is written, or one by which they go."""
NAME_FATHER_FAMILY = 3
"""Words of a person's name with a given, a father's and a family name."""
FEWEST_OF_ANOTHER = 2
"""Words of the shortest name that stands in brackets behind another one."""
SHORTEST_ACRONYM, SHORTEST_LEFT_OUT = 4, 3
"""Letters of the shortest acronym that tells a party whatever they are, and of the shortest that
does as the first letters of its name, or without which a name is the same; of two letters there are
countries."""


def _tells_in_pinyin(text: str, words: Sequence[NameWord]) -> bool:
    """Whether a Chinese name that no list prints is long enough to be known in Latin letters."""
    placed = {kind for kind, _ in words} == {PLACE, BRAND}
    return sum(map(is_han, text)) >= (FEWEST_PLACED if placed else FEWEST_SYLLABLES)


def forms_of(
    name: Name, party: int, tables: NameTables
) -> Iterator[tuple[str, tuple[NameWord, ...]]]:
    """The words of a listed name as printed and as it may be written otherwise, each with its kind.

    Args:
        name: as printed.
        party: what the listed party is, see `PARTIES`.
        tables: words and characters.
    """
    words = brand_of_trade(parts(name.text, tables), name.text)
    forms = [(name.kind, words)]
    # A short name in Chinese is seldom said in Latin letters, in which it may be anybody's.
    may_be_said = name.kind != KNOWN
    if may_be_said and any(is_han(part.text[0]) for part in words):
        forms += _spoken(words, tables)
    if may_be_said or _tells_in_pinyin(name.text, words):
        forms += [(PINYIN, form) for form in in_pinyin(name.text, tables)]
    texts = [name.text]
    bare = tables.documents.beyond.sub("", name.text)
    if bare != name.text:
        forms.append((BARE, parts(bare, tables)))
    for text in in_both_scripts(name.text):
        form = parts(text, tables)
        if not _tells_a_body(form):
            continue  # a trade and a legal form behind a brand in Latin letters
        forms.append((BARE, form))
        if may_be_said and any(map(is_han, text)):
            forms += _spoken(form, tables)
    for kind, text in in_brackets(bare, tables):
        form = parts(text, tables)
        if kind == ACRONYM and not is_acronym(form):
            continue
        forms.append((kind, form))
        texts.append(text)
    if mended := mended_form(plain(name.text, tables).split(), words, tables):
        forms.append((BARE, latin_parts(mended, tables)))
    if text := taken_apart(name.text, tables):
        forms.append((BARE, parts(text, tables)))
    if party == PERSON:
        forms += [(NO_PATRONYMIC, form) for form in _without_father(name.text, tables)]
        if match := SPELLED_BESIDE.search(name.text):
            before, behind = name.text[: match.start()], name.text[match.end() :]
            forms += [(BARE, parts(before + each + behind, tables)) for each in match.groups()]
    if not party:
        forms += [(BODY_ALONE, form) for form in _bodies_alone(name.text, tables)]
    closed = HYPHENS.sub("", name.text) if party != PERSON else ""
    ways = hyphen_closed(name.text, tables), closed, EZAFE.sub(" ", name.text)
    for text in dict.fromkeys((*ways, stroke_as_and(name.text))):
        if text and text != name.text:
            forms.append((BARE, parts(text, tables)))
    if not party:
        forms += [(BARE, form) for form in _of_company(name.text, bare, tables)]
    if party == CRAFT and (text := tables.documents.lead.sub("", name.text)) != name.text:
        forms.append((BARE, parts(text, tables)))
    for text in texts:
        if has_other_name(text, tables):
            known_as = parts(text, tables, known_as=True)
            if known_as not in (form for _, form in forms):
                forms += [(KNOWN_AS, form) for form in in_mandarin(known_as, tables)]
    if not party and (mark := only_brand(parts(bare, tables))) in tables.documents.marks:
        forms.append((ALONE, (NameWord(BRAND, mark),)))
    if not party:
        forms += [(kind, without_academy(form, tables)) for kind, form in tuple(forms)]
    yield from forms
    # What no list prints is known as it is written.
    for form in with_a_word_unread(name.text, words, tables) if name.kind != KNOWN else ():
        yield UNREAD, form
    if not party and (own := tables.documents.belongs.sub("", name.text)) != name.text:
        for kind, form in forms_of(name._replace(text=own), party, tables):
            yield BARE if kind == MAIN else kind, form
    if not party and "; " in name.text:
        for each in bare.split("; "):
            if _tells_a_body(form := parts(each, tables)):
                yield BARE, form


def without_academy(form: tuple[NameWord, ...], tables: NameTables) -> tuple[NameWord, ...]:
    """The words of an institute without the number and the word of the academy that it is of.

    `CASC 9th Academy 771 Research Institute` is CASC 771 Institute to others. Another name is left
    as it is.
    """
    numbers = [at for at, part in enumerate(form[:-1]) if part.kind == NUMBER]
    if len(numbers) != 2 or any(form[at + 1].text not in tables.documents.bodies for at in numbers):
        return form
    smaller = min(numbers, key=lambda at: len(form[at].text))
    return form[:smaller] + form[smaller + 2 :]


def _without_father(text: str, tables: NameTables) -> list[tuple[NameWord, ...]]:
    """The words of a person's name without the father's, which only fills."""
    text, patronymic = without_patronymic(text, tables)
    if not text:
        return []
    fills = NameWord(FILLER, squashed(parts(patronymic, tables)))
    read = {parts(text, tables), parts(text, tables, known_as=True)}
    return [(*form, fills) for form in sorted(read)]


def _bodies_alone(text: str, tables: NameTables) -> Iterator[tuple[NameWord, ...]]:
    """The words of the names of bodies that a name has beside those of others."""
    for each in body_alone(text, tables.documents, lambda part: kinds_of(part, tables)):
        form = parts(each, tables)
        if _tells_a_body(form):
            yield form


def _of_company(text: str, bare: str, tables: NameTables) -> Iterator[tuple[NameWord, ...]]:
    """The words of a company's name without its own acronym, and of names that are joined in it.

    Args:
        text: as printed.
        bare: without what a list adds.
        tables: words and characters.
    """
    form = parts(without_own_acronym(bare), tables)
    if any(part.kind == BRAND for part in form):
        yield form
    for each in dict.fromkeys(chain.from_iterable(map(several_names, {bare: 0, text: 0}))):
        yield parts(tables.documents.beyond.sub("", each), tables)


def _tells_a_body(form: Sequence[NameWord]) -> bool:
    """Whether a name tells a body: there are many Institutes of Physics and Design Bureaus."""
    kinds = [part.kind for part in form]
    trades = kinds.count(INDUSTRY)
    placed = PLACE in kinds and trades > 0
    return trades >= FEWEST_TRADES or placed or not {BRAND, NUMBER}.isdisjoint(kinds)


def _spoken(
    words: Sequence[NameWord], tables: NameTables
) -> Iterator[tuple[str, tuple[NameWord, ...]]]:
    """Words with a Chinese brand as they may be said, in Mandarin and in Cantonese."""
    for form in (*in_mandarin(words, tables), in_cantonese(words, tables)):
        yield SPOKEN, form


def crossed(
    every: Sequence[tuple[Name, str, tuple[NameWord, ...]]],
) -> Iterator[tuple[Name, str, tuple[NameWord, ...]]]:
    """The brands that a company is listed by alone, each with the trades of its first other names.

    One of which a list prints `Suzhou Nata Materials` and `NTA` is known as NTA Materials, too.

    Args:
        every: the forms of all its names, each with the name and its kind.
    """
    printed = [each for each in every if each[1] in (MAIN, ALSO, BARE, ACRONYM)]
    traded = [form for _, _, form in printed if {BRAND, INDUSTRY} <= {kind for kind, _ in form}]
    for name, _, form in printed:
        plain = [part for part in form if part.kind not in (LEGAL, FILLER)]
        brands = [part for part in plain if part.kind == BRAND]
        if len(brands) != 1 or any(part.kind not in (BRAND, PLACE) for part in plain):
            continue
        if len(brands[0].text) < SHORTEST_CROSSED or not brands[0].text.isascii():
            continue
        for other in traded[:MOST_CROSSED]:
            if brands[0] not in other:
                trades = (part for part in other if part.kind == INDUSTRY)
                yield name, CROSSED, (*plain, *trades)


def also_called(
    every: Sequence[tuple[Name, str, tuple[NameWord, ...]]], tables: NameTables
) -> Iterator[tuple[Name, str, tuple[NameWord, ...]]]:
    """The Chinese names of a person, each with the given name that another name of theirs has.

    Who is listed as `HU, Yunlu` and `HU, Hans` is Hans Yunlu Hu, too.

    Args:
        every: the forms of all their names, each with the name and its kind.
        tables: words and characters.
    """
    spelled = counts_of(tables.syllables)
    plain = [
        (name, [part for part in form if part.kind != FILLER])
        for name, kind, form in every
        if kind in (MAIN, ALSO) and all(part.text.isascii() for part in form)
    ]
    chinese = [
        (name, form)
        for name, form in plain
        if len(form) == FAMILY_AND_GIVEN
        and all(spelled(part.text) for part in form)
        and any(spelled(part.text) == 1 for part in form)  # a family name has one syllable
    ]
    for name, form in chinese[:MOST_CROSSED]:
        given = [
            part
            for _, other in plain
            if len(other) <= FAMILY_AND_GIVEN and (len(other) == 1 or form[0] in other)
            for part in other
            if part.kind == BRAND and len(part.text) >= SHORTEST_GIVEN and not spelled(part.text)
        ]
        yield from ((name, CROSSED, (each, *form)) for each in dict.fromkeys(given))


def _may_be_person(name: Sequence[NameWord]) -> bool:
    """Whether a name may be a person's: brands alone, two or more, of which one may be a place.

    Jordan is both; what has a legal form, a trade or a number is a company's.
    """
    kinds = [part.kind for part in name if part.kind != FILLER]
    brands, places = kinds.count(BRAND), kinds.count(PLACE)
    return brands > 1 >= places and brands + places == len(kinds) <= MOST_OF_PERSON


def persons_names(
    entry: ListedEntry, tables: NameTables
) -> Iterator[tuple[Name, str, tuple[NameWord, ...]]]:
    """The names of an entry that may be a person's, as persons are compared."""
    for name in entry.names:
        if not any(map(is_han, name.text)) and _may_be_person(parts(name.text, tables)):
            for kind, form in forms_of(name, PERSON, tables):
                yield name, kind if kind == UNREAD else AS_PERSON, form


def in_both_scripts(text: str) -> tuple[str, ...]:
    """A Latin name and the Chinese one that is printed behind it; () for another."""
    text = unicodedata.normalize("NFKC", text)
    at = next((at for at, char in enumerate(text) if not char.isascii()), 0)
    if LATIN.search(text[at:]) or not any(map(is_han, text)):
        return ()
    opened = text.rfind("(", 0, at)
    if opened > text.rfind(")", 0, at):
        at = opened  # what stands in brackets begins with digits or letters
    latin = BRACKETS.sub(_unless_acronym, text[:at]).strip()
    chinese = BLANK_WITHIN.sub("", text[at:]).strip(" (")  # of a line's end in the list
    if chinese.count(")") > chinese.count("("):
        chinese = chinese.removesuffix(")").rstrip()
    return (latin, chinese) if latin else ()


def _unless_acronym(match: re.Match[str]) -> str:
    letters = match[1].strip()
    return " " if len(letters) >= SHORTEST_LEFT_OUT and SHORTENED.fullmatch(letters) else match[0]


def in_brackets(text: str, tables: NameTables) -> Iterator[tuple[str, str]]:
    """Further names that a printed one holds: kind and text.

    The party's own acronym in brackets is a name, and the name stands without one as well; so it
    does where other names follow ``a.k.a.``.
    """
    if not text.isascii() and not any(map(str.isascii, text)):
        return
    found = list(BRACKETS.finditer(text))
    acronyms = [each for each in found if SHORTENED.fullmatch(each[1].strip())]
    for each in acronyms:
        size = sum(map(str.isalpha, each[1]))
        told = size >= SHORTEST_ACRONYM or (
            size == SHORTEST_LEFT_OUT and are_initials(each[1].strip(), text[: each.start()])
        )
        if told and _is_its_own(each, text, tables):
            yield ACRONYM, each[1]
        elif told and are_initials(each[1].strip(), text[: each.start()]):
            yield BARE, f"{each[1]} {text[each.end() :]}"  # `IRGC Aerospace Force`
    others = [match[1] for each in found if (match := ALSO_KNOWN.search(each[1]))]
    if acronyms or others:
        yield BARE, BRACKETS.sub(" ", text)
    elif match := ALSO_KNOWN.search(text):
        yield BARE, text[: match.start()]
        others = [BRACKETS.sub(" ", match[1])]
    for other in others:
        for name in AGAIN_KNOWN.split(other):
            yield BARE, name
    if found and not (others or acronyms) and found[-1].end() == len(text.rstrip()):
        names = text[: found[-1].start()].strip(), found[-1][1].strip()
        if _is_name(names[1], tables) and _tells_a_body(form := parts(names[0], tables)):
            # By a few letters alone anybody may be called.
            few = len(form) == 1 and len(names[0]) < SHORTEST_ACRONYM
            yield from ((BARE, name) for name in names[few:])


def _is_name(text: str, tables: NameTables) -> bool:
    """Whether what stands in brackets behind a name is another: a brand or two trades, and more."""
    kinds = [kind for kind, _ in parts(text, tables) if kind != FILLER]
    told = BRAND in kinds or (LEGAL in kinds and len(kinds) > FEWEST_OF_ANOTHER)
    if len(kinds) < FEWEST_OF_ANOTHER or not told or PLACE in kinds:
        return False
    return tables.documents.roles.isdisjoint(text.lower().split())  # `President of Acme`


def _is_its_own(match: re.Match[str], text: str, tables: NameTables) -> bool:
    """Whether the acronym in brackets is of the whole name, and not of the body that it names.

    What goes on behind it is a part of that body (`Corporation (CASC) 1st Academy`), unless its
    number is in the acronym; and where the acronym is not of the words that the name begins with,
    but of those behind `of` or a comma, it is the body's (`10th Institute of Corporation (CETC)`).
    Within brackets it is of what stands there: `Works (Parent: Corporation (CNNC))`.
    """
    behind = re.split(r"[,;.:(（\[・]", text[match.end() :], maxsplit=1)[0]
    goes_on = any(part.kind not in (LEGAL, FILLER, PLACE) for part in parts(behind, tables))
    if goes_on and not any(map(str.isdigit, match[1])):
        return False
    letters = "".join(filter(str.isalpha, match[1])).casefold()
    before = text[: match.start()]
    around = before[before.rfind(")") + 1 :].rpartition("(")
    if around[1] and not ALSO_KNOWN.search(around[2]):
        return False
    first = latin_words(before)[:1]
    if not first or first[0].startswith(letters[0]):
        return True
    return not any(_are_initials(letters, each) for each in BODY.split(before)[1:])


def _are_initials(letters: str, text: str) -> bool:
    """Whether letters are first letters of the words of a text, from its first word on."""
    initials = iter(word[0] for word in latin_words(text))
    return (
        bool(text.strip())
        and all(letter in initials for letter in letters)
        and (latin_words(text)[0].startswith(letters[0]))
    )


def several_names(text: str) -> tuple[str, ...]:
    """Names that a list joins behind the legal form of the first; () for one name.

    `Sichuan Mianyang Jingweida Technology Co., Ltd. and JWD Technology` are two, and one of which a
    word is `Wulin (or Wuling)` is known by both.
    """
    found = [each for part in text.split("; ") for each in JOINED.split(part)]
    if len(found) == text.count("; ") + 1:
        found = []
    if included := INCLUDED.search(text):
        found.append(included[1])
    if EITHER.search(text):
        found += [EITHER.sub(rf"\{at}", text) for at in (1, 2)]
    return tuple(found)


def without_own_acronym(text: str) -> str:
    """A name without the acronym of its own words that it begins with; "" for one that has none.

    `NBC Navegan Bar Co. Ltd.` is Navegan Bar, and `STG Stroytransgaz Logistic` Stroytransgaz.
    """
    first, _, rest = text.partition(" ")
    if not (first.isalpha() and first.isupper()):
        return ""
    return rest if are_initials(first, rest) or is_contraction(first, rest) else ""


def without_patronymic(text: str, tables: NameTables) -> tuple[str, str]:
    """A person's name without a father's name, and that; "" where none, or fewer than two others.

    A family name may end as a father's name does (Abramovich): where a comma tells them apart, only
    what is behind it is looked at, else only the second and third of three words.
    """
    is_patronymic = tables.documents.patronymic.match
    family, comma, first = text.partition(",")
    words = first.split()
    if comma and len(words) > 1 and is_patronymic(words[-1]):
        return f"{family}, {' '.join(words[:-1])}", words[-1]
    words = text.split()
    if comma or len(words) != NAME_FATHER_FAMILY:
        return "", ""
    at = next((at for at in (1, 2) if is_patronymic(words[at])), 0)
    return (" ".join(words[:at] + words[at + 1 :]), words[at]) if at else ("", "")


def is_acronym(form: Sequence[NameWord]) -> bool:
    """Whether letters in brackets are no known word, such as a place or a legal form."""
    return any(part.kind == BRAND for part in form)
