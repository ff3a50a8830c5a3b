"""Names in Arabic letters, which are written without their short vowels, and in katakana.

What is written of such a word are its consonants and long vowels: حسن may be Hasan, Hassan or
Hosn. So nothing is guessed. The words of the lists are kept by their consonants alone, each sound
as one of a few classes (`skeleton`); those that have the consonants of an asked word are held
against all that it may be written as (`WordSpelling`), and a listed name whose words agree is read
in place of the one that was asked. How near the two are the comparison says as of any other names.
Foreign names in katakana, which has vowels too many and one letter for several consonants, are read
in the same way (`japanese`).
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, product
from math import log

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.names.japanese import HAS_KATAKANA, KATAKANA_RUNS, written_as
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, PLACE
from detente.parties.names.names import HAS_ARABIC, NameTables, NameWord, parts
from detente.parties.names.policy import RULES

if TYPE_CHECKING:
    import sqlite3

SCHEMA = """
CREATE TABLE IF NOT EXISTS skeletons (
  skeleton TEXT NOT NULL, word TEXT NOT NULL, names BLOB NOT NULL, PRIMARY KEY (skeleton, word)
) WITHOUT ROWID;
"""

MOST_SKELETONS, MOST_READ, MOST_COMPARED = 24, 6, 400
"""Skeletons that a word may have; listed names that a name is read as; and names whose words are
looked at."""

FEWEST_LOOSE = 6
"""Letters of the shortest word in which a written vowel may be any, as in a word of Europe."""

FEWEST_OF_BODY, FEWEST_CONSONANTS, MOST_OF_BODY = 5, 4, 60
"""Letters, or consonants, of the shortest word that alone tells an organization, and how many names
may have it."""

FEWEST_OF_WHOLE = 2
"""Consonants of the shortest word that tells an organization by its whole name."""

LONGEST_JOINED = 3
"""Words of a listed name that may be one word of the name that is asked."""

LONGEST_PHRASE = 4
"""Words of the longest phrase in Arabic letters that the tables know."""

_DIGRAPHS = (
    ("ph", "f"), ("tsch", "k"), ("tch", "k"), ("sch", "s"), ("dj", "k"), ("x", "ks"),
)  # fmt: skip
"""Letters that are written for one sound, before each letter is read by itself."""

_CLASSES = str.maketrans(
    {**dict.fromkeys("td", "T"), **dict.fromkeys("sz", "S"), **dict.fromkeys("kqgjc", "K"),
     **dict.fromkeys("bp", "B"), "f": "F", "m": "M", "n": "N", "l": "L", "r": "R",
     **dict.fromkeys("aeiouhwvy", "")}
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"[ae]l(?=..)")

_FOLDED = str.maketrans(
    {"أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا", "ك": "ک", "ي": "ی", "ى": "ی", "ۀ": "ه", "ة": "ه",
     "ہ": "ه", "ھ": "ه", "ے": "ی", "ۃ": "ه", "ء": "", "ـ": "", "ٹ": "ت",
     "ڈ": "د", "ڑ": "ر", "ں": "ن", "ۓ": "ی", "\u200c": "", "\u200d": "", "\u0670": ""}
)  # fmt: skip
"""Letters as they are written here: those of Arabic, Persian and Urdu that are one sound."""

_SEATS = str.maketrans("ؤئ", "وی")
"""Letters that a glottal stop is written on, as the tables write them."""

_LETTERS = {
    "ا": ("", "[ao]"), "ب": ("B", "[bp]"), "پ": ("B", "[pb]"), "ت": ("T", "th?"),
    "ث": ("T S", "(?:th|s|t)"), "ج": ("K", "(?:j|dj|g|gh|c|zh)"), "چ": ("K", "(?:ch|tch|c)"),
    "ح": ("", "h"), "خ": ("K", "(?:kh|k|ch|x)"), "د": ("T", "d"), "ذ": ("T S", "(?:dh|z|d|th)"),
    "ر": ("R", "r"), "ز": ("S", "z"), "ژ": ("S K", "(?:zh|j)"), "س": ("S", "[sc]"),
    "ش": ("S K", "(?:sh|sch|ch)"), "ص": ("S", "s"), "ض": ("T S", "(?:dh|d|z)"), "ط": ("T", "t"),
    "ظ": ("S T", "(?:z|dh|th|d)"), "ع": ("", "[aeiou]?"), "غ": ("K", "(?:gh|g|q)"),
    "ف": ("F", "(?:f|ph)"), "ق": ("K", "(?:q|k|gh|g|c)"), "ک": ("K", "[kc]"), "گ": ("K", "g"),
    "ل": ("L", "l"), "م": ("M", "m"), "ن": ("N", "n"), "ه": ("", "h"), "و": ("", "[wvuo]"),
    "ی": ("", "[yi]"), "ڤ": ("", "v"), "ئ": ("", "[yie]?"), "ؤ": ("", "[wuo]?"),
}  # fmt: skip
"""By letter the classes of consonants that it may be, and how it may be written in Latin letters
of which none stands twice and `ee`, `oo`, `ou` are `i` and `u`."""

_VOWEL = "[aeiou]?"
_ENDS = {
    "ا": "[ao]h?", "ه": "(?:[aeou]h?|[ae]?t|[aeiou]?h)", "ی": "(?:[aeo]?[iy]e?h?|ah?)",
    "و": "a?[wvuo]h?",
}  # fmt: skip
"""How letters may be written at the end of a word, with the vowel before them."""

_BEGINS = {"ا": "[aeiou]?", "و": "(?:w|v|u|o)", "ی": "(?:y|i|j)", "ع": "[aeiou]?"}
_WITHIN = "[aeiou]?l?"
_LOOSE = {"ا": "[aoe]", "ی": "[yie]", "و": "[wvuoe]"}

PARTICLES = frozenset({"al", "el", "ul", "ol", "bin", "ben", "ibn", "bint", "wa", "e", "va"})
"""Latin words of names that Arabic letters write with the next word, or leave out."""

_LEFT_OUT = frozenset({"بن", "ابن", "بنت", "ال"})


def skeletons_of(word: str) -> set[str]:
    """The consonants of a Latin word, without and with an article that is written with it."""
    return {each for each in (skeleton(word), skeleton(_ARTICLE.sub("", word, count=1))) if each}


def skeleton(word: str) -> str:
    """The consonants of a Latin word, each by its class."""
    word = _DOUBLE.sub(r"\1", word)
    for letters, one in _DIGRAPHS:
        if letters in word:
            word = word.replace(letters, one)
    return word.translate(_CLASSES)


def folded(text: str) -> str:
    """A text in Arabic letters with those of one sound as one letter."""
    return text.translate(_FOLDED)


@lru_cache(1 << 14)
def _without_doubles(word: str) -> str:
    for letters, one in (("ee", "i"), ("oo", "u"), ("ou", "u")):
        word = word.replace(letters, one)
    return _DOUBLE.sub(r"\1", word)


class WordSpelling(NamedTuple):
    """What a word in Arabic letters may be written as.

    Attributes:
        skeletons: those that it may have.
        pattern: a match for Latin words without doubled letters.
    """

    skeletons: frozenset[str]
    pattern: Callable[[str], object]


@lru_cache(1 << 12)
def spelled(word: str) -> WordSpelling:
    """What a folded word may be written as, its article left out or not."""
    if HAS_KATAKANA(word):
        skeletons, pattern = written_as(word)
        return WordSpelling(skeletons, pattern.fullmatch)
    bare = word[2:] if word.startswith("ال") and len(word) > len("اللها") else word
    yaya = bare.endswith("یی")
    bare = bare.replace("یی", "ی").replace("وو", "و")
    classes: list[tuple[str, ...]] = []
    pieces: list[str] = []
    at, loose = 0, len(bare) >= FEWEST_LOOSE
    while at < len(bare):
        char, rest = bare[at], bare[at + 1 :]
        if at and char == "ا" and rest[:1] == "ل" and len(rest) > len("لد"):
            classes.append(("", "L"))
            pieces.append(f"(?:{_WITHIN}|[ao]l)")
            at += 2
            continue
        known, letters = _LETTERS.get(char, ("", ""))
        if not at:
            letters = _BEGINS.get(char, letters)
        elif not rest:
            letters = _ENDS.get(char, letters)
        elif loose:
            letters = _LOOSE.get(char, letters)
        kinds = tuple(known.split())
        if char == "ه" and not rest:
            kinds = ("", "T")
        if kinds:
            classes.append(kinds)
        pieces.append(letters)
        at += 1
    several = islice(product(*classes), MOST_SKELETONS)
    last = pieces.pop() if not yaya else f"(?:{pieces.pop()}|ya)"
    vowel = "" if bare[-1:] in _ENDS else _VOWEL
    pattern = re.compile(f"(?:[ae]l)?{_VOWEL.join(pieces)}{vowel}{last}")
    return WordSpelling(frozenset(map("".join, several)) - {""}, pattern.fullmatch)


class Skeletons:
    """The words of listed names by their consonants, gathered name by name."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: dict[tuple[str, str], array[int]] = {}

    def add(self, number: int, form: Iterable[NameWord]) -> None:
        """Take the words of a name."""
        for word in {text for kind, text in form if kind in (BRAND, PLACE)}:
            if word.isascii() and word.isalpha() and len(word) > 1:
                for each in skeletons_of(word):
                    self._found.setdefault((each, word), array("I")).append(number)

    def write(self, database: sqlite3.Connection) -> None:
        """Keep them in a file of lists, in place of what it had."""
        database.execute(SCHEMA)
        database.execute("DELETE FROM skeletons")
        database.executemany(
            "INSERT INTO skeletons VALUES (?, ?, ?)",
            ((*key, names.tobytes()) for key, names in sorted(self._found.items())),
        )


def words_by_skeleton(
    database: sqlite3.Connection, skeletons: Collection[str]
) -> Iterator[tuple[str, array[int]]]:
    """The listed words that have one of some skeletons, each with the numbers of its names."""
    wanted = sorted(skeletons)
    marks = ",".join("?" * len(wanted))
    for word, blob in database.execute(
        f"SELECT word, names FROM skeletons WHERE skeleton IN ({marks}) ORDER BY skeleton, word",
        wanted,
    ):
        numbers = array("I")
        numbers.frombytes(blob)
        yield word, numbers


def names_bearing(database: sqlite3.Connection, word: str) -> array[int]:
    """The numbers of the listed names that have a word."""
    numbers = array("I")
    for (blob,) in database.execute(
        "SELECT names FROM skeletons WHERE skeleton = ? AND word = ?", (skeleton(word), word)
    ):
        numbers.frombytes(blob)
    return numbers


class UnvoweledWord(NamedTuple):
    """A word that is asked: as it is written here, and how it may be spelled."""

    text: str
    spelled: WordSpelling


class UnvoweledName(NamedTuple):
    """A name in Arabic letters.

    Attributes:
        words: those that are told by the lists alone.
        known: those that the tables know, such as what a company does.
        stated: the latter as they are written, each with what the tables know of it: a list may
            print a word of a trade as it is said (Bandar Imam, Sanat va Madan).
    """

    words: tuple[UnvoweledWord, ...]
    known: tuple[NameWord, ...]
    stated: tuple[tuple[str, tuple[NameWord, ...]], ...] = ()


def _name_of(
    words: Iterable[UnvoweledWord], known: Iterable[tuple[str, Sequence[NameWord]]]
) -> UnvoweledName:
    """A name of some words, and of some that the tables know."""
    stated = tuple((word, tuple(told)) for word, told in known)
    return UnvoweledName(tuple(words), tuple(part for _, told in stated for part in told), stated)


def asked(text: str, tables: NameTables) -> list[UnvoweledName]:
    """A name in Arabic letters, its words folded, what the tables know of them told apart.

    A name of known words alone is read as these, and with one that is a name there: *Export* of
    the Export Bank (Saderat).
    """
    words: list[UnvoweledWord] = []
    known: list[tuple[str, Sequence[NameWord]]] = []
    for word, told in _told(_split(text), tables):
        if told or not _is_spelled(word):
            known.append((word, told or parts(word, tables)))
        else:
            words.append(UnvoweledWord(word, spelled(word)))
    if any(told[0].kind == INDUSTRY for _, told in known if told):
        of_country = [(each, _country(each.text, tables)) for each in words]
        words = [each for each, country in of_country if not country]
        known += [(each.text, country) for each, country in of_country if country]
    if words:
        return [_name_of(words, known)]
    return [_name_of((), known)] + [
        _name_of([UnvoweledWord(word, spelled(word))], (*known[:at], *known[at + 1 :]))
        for at, (word, told) in enumerate(known)
        if _is_spelled(word) and told[0].kind == INDUSTRY and len(known) > 1
    ]


def _is_spelled(word: str) -> bool:
    """Whether a word is in letters of which several Latin words may be written."""
    return bool(HAS_ARABIC(word) or HAS_KATAKANA(word))


def _split(text: str) -> list[str]:
    """The folded words of a text, those in katakana apart from what they are written with."""
    if HAS_KATAKANA(text):
        text = KATAKANA_RUNS.sub(r" \1 ", unicodedata.normalize("NFKC", text))
    words = _joined(re.sub(r"[^\w\s\u200c]|_", " ", folded(text)).split())
    return [word for word in words if word not in _LEFT_OUT]


def _told(words: Sequence[str], tables: NameTables) -> Iterator[tuple[str, list[NameWord]]]:
    """Words, each with what the tables know of it, and of a phrase of several as of one."""
    bare = [word[2:] if word.startswith("ال") else word for word in words]
    at = 0
    while at < len(words):
        for size in range(min(LONGEST_PHRASE, len(words) - at), 1, -1):
            if told := tables.words.get(" ".join(bare[at : at + size])):
                break
        else:
            size, told = 1, None
        phrase = words[at] if size == 1 else " ".join(words[at : at + size])
        yield phrase, _words_of(told) if told else _known(phrase, tables)
        at += size


def _words_of(told: tuple[str, str]) -> list[NameWord]:
    """The words that the tables have for one, of its kind."""
    return [NameWord(told[0], each) for each in told[1].split(" ")]


def _country(word: str, tables: NameTables) -> list[NameWord]:
    """The country of which a word says that a body is of it (سوری, لبنانية); none for others."""
    stem = word.removeprefix("ال").removesuffix("ه")
    if not stem.endswith("ی"):
        return []
    for country in (stem + "ا", stem[:-1], stem[:-1] + "ا"):
        told = tables.words.get(country)
        if told and told[0] == PLACE:
            return _words_of(told)
    return []


def _joined(words: Iterable[str]) -> Iterator[str]:
    """Words with a servant of God as one word: عبد الرحمن is عبدالرحمن."""
    before = ""
    for word in words:
        if word == "عبد":
            before = word
            continue
        if before and not word.startswith("ال"):
            word = "ال" + word
        yield before + word
        before = ""
    if before:
        yield before


def _known(word: str, tables: NameTables) -> list[NameWord]:
    """What the tables know of a word, without what is written with it (the, for, and)."""
    word = word.translate(_SEATS)
    for before in ("", "ال", "لل", "وال", "و"):
        if word.startswith(before) and (told := tables.words.get(word[len(before) :])):
            return _words_of(told)
    return []


ListedWords = tuple[int, tuple[NameWord, ...]]
"""A listed name that may be meant: what its party is, and its words."""


class VoweledName(NamedTuple):
    """A name read as a listed one: its words, and how many of either name are left over."""

    words: tuple[NameWord, ...]
    left: int


class ListedFile(NamedTuple):
    """A file of lists, as names in Arabic letters are looked for in it.

    Attributes:
        find: the listed words that have one of some skeletons, with the numbers of their names.
        bearing: the numbers of the names that have a word.
        names: listed names by their numbers, those that count on the day.
        beginning: the words of those whose squashed names begin so, of them that count.
        size: how many names there are.
    """

    find: Callable[[Collection[str]], Iterable[tuple[str, Iterable[int]]]]
    bearing: Callable[[str], Sequence[int]]
    names: Callable[[Sequence[int]], Iterable[ListedWords]]
    beginning: Callable[[str], Iterable[tuple[NameWord, ...]]]
    size: int


def readings(
    text: str, tables: NameTables, files: Iterable[ListedFile], person: int
) -> list[tuple[NameWord, ...]]:
    """The words of a name in Arabic letters as those of listed names that it may be.

    Args:
        text: the name.
        tables: words and characters.
        files: the lists.
        person: what a listed party is that is a person.
    """
    found: dict[tuple[NameWord, ...], int] = {}
    names = asked(text, tables)
    known = [name.known for name in names if not name.words and len(name.known) > 1]
    for name, file in product([name for name in names if name.words], files):
        several = len(name.words)
        least = max(1, several - 1 if several < LONGEST_JOINED else several - 2)
        shared, told = _shared(name, file)
        ranked = sorted(shared, key=lambda each: (-shared[each], each))
        wanted = [each for each in ranked[:MOST_COMPARED] if shared[each] >= least]
        for listed in file.names(wanted):
            reading = _read_as(name, listed, told, file.size, person, tables)
            if reading is not None:
                found[reading.words] = min(reading.left, found.get(reading.words, reading.left))
    best = sorted(found, key=lambda each: (found[each], each))[:MOST_READ]
    written = (" ".join(part.text for part in form) for form in best)
    again = (parts(each, tables, known_as=True) for each in written)
    return list(dict.fromkeys((*known, *best, *again)))


def _shared(name: UnvoweledName, file: ListedFile) -> tuple[Counter[int], list[float]]:
    """How many words each listed name shares with one, and how much each of these tells."""
    shared: Counter[int] = Counter()
    told: list[float] = []
    for at, word in enumerate(name.words):
        numbers: set[int] = set()
        beside = name.words[at + 1].text if at + 1 < len(name.words) else ""
        alone = word.text[3:] if word.text.startswith("عبدال") else ""
        for each in filter(None, (word.text, word.text + beside if beside else "", alone)):
            meant = spelled(each)
            for listed, own in file.find(meant.skeletons):
                if meant.pattern(_without_doubles(listed)):
                    numbers.update(own)
        shared.update(numbers)
        told.append(log(1 + file.size / max(len(numbers), 1)))
    return shared, told


def _read_as(
    name: UnvoweledName,
    listed: ListedWords,
    told: Sequence[float],
    count: int,
    person: int,
    tables: NameTables,
) -> VoweledName | None:
    """A name as a listed one, where their words agree and tell enough; else None."""
    party, listed_words = listed
    if party and any(kind in (LEGAL, INDUSTRY) for kind, _ in name.known):
        return None
    matched, free = _matched(name.words, listed_words)
    known = _known_or_said(name, listed_words, free) if party != person else name.known
    missing = len(name.words) - len(matched)
    is_father = tables.documents.patronymic.match
    if missing > (len(name.words) >= LONGEST_JOINED):
        return None
    left = [
        part for at, part in enumerate(listed_words)
        if at in free and part.kind not in (LEGAL, FILLER) and part.text not in PARTICLES
        and not (party == person and is_father(part.text))
    ]  # fmt: skip
    weight = sum(told[at] for at in matched)
    if party == person:
        enough = RULES.told if missing else RULES.told_between
        if len(name.words) < 2 or ((missing or left) and weight < enough):
            return None
    elif missing or (left and all(kind != INDUSTRY for kind, _ in name.known)):
        return None
    else:
        tells = _tells_body(name, told, count)
        sure = tells and known == name.known
        if not sure and (
            not (tells or _is_whole(name, left, known)) or _is_elsewhere(name, listed_words)
        ):
            return None
    words: list[NameWord] = []
    for at, word in enumerate(name.words):
        words += matched.get(at) or ([] if at in _taken(matched) else parts(word.text, tables))
    if party != person:
        words += [listed_words[at] for at in sorted(free) if listed_words[at].text in PARTICLES]
    return VoweledName((*words, *known), len(left) + missing)


def _known_or_said(
    name: UnvoweledName, listed: Sequence[NameWord], free: set[int]
) -> tuple[NameWord, ...]:
    """The known words of a name, those as the list has them that it prints as they are said.

    Args:
        name: the name.
        listed: the words of a listed name.
        free: the places of those that none of the name is; those that are said are taken out.
    """
    found: list[NameWord] = []
    for word, told in name.stated:
        said = -1
        if _is_spelled(word) and not any(part in listed for part in told):
            pattern = spelled(word).pattern
            said = next(
                (at for at in sorted(free) if pattern(_without_doubles(listed[at].text))), -1
            )
        if said < 0:
            found += told
        else:
            found.append(listed[said])
            free.remove(said)
    return tuple(found)


def _taken(matched: Mapping[int, Sequence[NameWord]]) -> set[int]:
    """The words that are written with the one before them in the listed name."""
    return {at for at, words in matched.items() if not words}


def _is_elsewhere(name: UnvoweledName, listed: Sequence[NameWord]) -> bool:
    """Whether a name says a place that a listed one lacks (بانک ملی پاکستان and Bank Melli)."""
    return any(part.kind == PLACE and part not in listed for part in name.known)


def _is_whole(name: UnvoweledName, left: Sequence[NameWord], known: Sequence[NameWord]) -> bool:
    """Whether known words are all that is left of a listed name, and say what it does.

    A word of one consonant is half the words of a language.
    """
    telling = min(map(len, name.words[0].spelled.skeletons), default=0)
    return (
        telling >= FEWEST_OF_WHOLE
        and any(part.kind == INDUSTRY for part in left)
        and all(part in known for part in left)
    )


def _tells_body(name: UnvoweledName, told: Sequence[float], count: int) -> bool:
    """Whether the words of a name that agree tell an organization, or a ship."""
    if len(name.words) > 1:
        return True
    bare = name.words[0].text.removeprefix("ال")
    telling = max(map(len, name.words[0].spelled.skeletons), default=0)
    long = len(bare) >= FEWEST_OF_BODY or telling >= FEWEST_CONSONANTS
    if HAS_KATAKANA(bare):
        long = min(map(len, name.words[0].spelled.skeletons), default=0) >= FEWEST_CONSONANTS
    return long and told[0] >= log(1 + count / MOST_OF_BODY)


def _matched(
    words: Sequence[UnvoweledWord], listed: Sequence[NameWord]
) -> tuple[dict[int, list[NameWord]], set[int]]:
    """The listed words that each word is, by its place, and the places of those that none is.

    A word may be several listed ones in a row, and two in a row one listed word; the second of two
    such has no listed word of its own.
    """
    free = {at for at, part in enumerate(listed) if part.text.isascii()}
    found: dict[int, list[NameWord]] = {}
    for at, word in enumerate(words):
        for place in sorted(free):
            if word.spelled.pattern(_without_doubles(listed[place].text)):
                found[at] = [listed[place]]
                free.remove(place)
                break
    for at, word in enumerate(words):
        if at in found:
            continue
        for run in _runs(free):
            if word.spelled.pattern(_without_doubles("".join(listed[each].text for each in run))):
                found[at] = [listed[each] for each in run]
                free -= set(run)
                break
    for at in range(len(words) - 1):
        if at in found or at + 1 in found:
            continue
        both = spelled(words[at].text + words[at + 1].text).pattern
        for place in sorted(free):
            if both(_without_doubles(listed[place].text)):
                found[at], found[at + 1] = [listed[place]], []
                free.remove(place)
                break
    return found, free


def _runs(places: Collection[int]) -> Iterator[tuple[int, ...]]:
    """Two or more places in a row."""
    for length in range(2, LONGEST_JOINED + 1):
        for first in sorted(places):
            run = tuple(range(first, first + length))
            if all(each in places for each in run):
                yield run
