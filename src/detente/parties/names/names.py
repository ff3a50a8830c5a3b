"""A name in the form in which names are compared.

Width and case are folded (NFKC), accents and punctuation dropped, traditional characters become
simplified ones, and each word is told apart: legal form, place, word of a trade, number, or brand,
which is what remains. Words of a trade and places are written one way whatever language they came
in, so that a Chinese name and its English form meet.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain, islice, pairwise, product

from detente._shapes import NamedTuple
from detente.parties.names.document_words import DocumentWords
from detente.parties.names.japanese import HAS_KANA, from_kana
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE, SILENT
from detente.parties.names.korean import KoreanSyllables
from detente.parties.names.remembered import MOST_MET, remembered
from detente.parties.names.sounds import counts_of
from detente.parties.names.spelling import (
    edits,
    has_long_ending,
    kept_forms,
    may_be_declined,
    meant,
)

KINDS = {"legal": LEGAL, "place": PLACE, "industry": INDUSTRY, "filler": FILLER, "brand": BRAND}
ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        (
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
            "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
            "seventeenth", "eighteenth", "nineteenth", "twentieth",
        ),
        1,
    )
} | {"ii": "2", "iii": "3", "vii": "7", "viii": "8"}  # fmt: skip
"""Words that are numbers; a Roman one of which no letter alone could be an initial."""

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _written_numbers() -> dict[str, tuple[str, str]]:
    """Cardinal numbers in words, as entries of the table of words: `forty four` and `forty 4`.

    One and ten by themselves are words of names as often as numbers (Air One, ten Brink).
    """
    found = {word: str(at) for at, word in enumerate(_ONES, 1) if at > 1}
    found |= {word: str(at) for at, word in enumerate(_TEENS, 11)}
    for at, ten in enumerate(_TENS, 2):
        for written in (ten, "fourty") if ten == "forty" else (ten,):
            found[written] = str(10 * at)
            for one, word in enumerate(_ONES, 1):
                found[f"{written} {word}"] = found[f"{written} {one}"] = str(10 * at + one)
    return {word: (NUMBER, number) for word, number in found.items()}


WHOLE_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
"""Latin letters that are no letter with a sign, as they are written without them."""

ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th", "i", "y", "go", "ya"})
"""What stands behind the digits of an ordinal: in English, and in Russian (48-й, 46-го)."""

DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
IN_DIGITS = re.compile(r"第 ?(\d+)")
"""A number of a body that a Chinese name writes in digits."""

NUMBERED = ("所", "院", "厂", "局")
"""Bodies that have numbers in place of names."""

LONGEST_JOINED, LONGEST_HAN = 3, 10
"""Words that are also looked up written together, and characters that are looked up at once."""

FEWEST_BLANKS, LONG_PHRASE = 2, 16
"""Blanks and letters of the shortest legal form that is known though misspelled or cut off."""

SHORTEST_UNREAD = 4
"""Letters of the shortest word that is still known by its letters where it is misspelled."""

ALIKE = 3
"""First letters that a word shares with the word that it is written as here, where it is near."""

SHORTEST_TRADE_BEFORE = 8
"""Letters of the shortest word of a trade that another one is written together with."""

SHORTEST_SCANNED = 6
"""Letters of the shortest word that a scanner may have read wrongly."""

SHORTEST_REST, SHORTEST_ENDING, SHORTEST_PLACE = 4, 7, 8
"""Letters before and in a known word that an unknown one ends with: `keplercorporation`."""

LETTERS_OF_FORM = (3, 4)
"""Letters of a legal form that is known behind a known word it is written together with."""

OR = ";"
"""Stands between the ways in which a character is said."""

MOST_READINGS = 8
"""Ways in which a name is said that are tried."""

FEWEST_SYLLABLES = 4
"""Syllables of the shortest name that is read as full pinyin."""

PERSON_IN_CHINESE = 3
"""Characters of a person's name, of which the first is the family's; two are those of many."""

FEWEST_STATED = 3
"""Characters of the shortest brand that is known by its other name where it is said."""

UNBRANDED, LONGEST_INITIALS = frozenset({INDUSTRY, LEGAL, FILLER}), 3
"""Kinds of words with which a name may begin of which one word of a trade is all that it says; and
letters of the longest word that rather is somebody's brand there."""

FEWEST_INITIALS = 4
"""Words of the shortest name that may be known by their first letters: three letters are many."""

LONGEST_NAME = 1000
"""Characters of the longest name that is kept or asked; more is a damaged row."""

MOST_OF_PERSON, JOINED_INITIALS, VOWELS = 4, 2, frozenset("aeiouy")
"""Words of the longest name that may be a person's, letters of initials written together, and what
is never among them."""

SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:a|o|e|i|u|ai|ei|ao|ou|an|en|ang|eng|er|ia|ie|iao|iu|"
    "ian|in|iang|ing|iong|ua|uo|uai|ui|uan|un|uang|ong|ue)"
)
"""One Mandarin syllable: letters that are somebody's name, and nobody's initials."""

INTERJECTIONS = frozenset({"m", "n", "ng", "hm", "o", "yo", "ei"})
"""Readings of characters that are in no name, and would make Mandarin of Sechin."""

_NAME_OF_PERSON = r"[^\W\d_]{3,}(?:-[^\W\d_]+)?"
DOTTED_INITIALS = re.compile(
    r"(?=.*[^\W\d_]{3})"
    rf"(?:{_NAME_OF_PERSON},?\s+){{0,2}}[^\W\d_](?:\.\s?[^\W\d_]){{1,3}}"
    rf"(?:\.\s*{_NAME_OF_PERSON}(?:\s+{_NAME_OF_PERSON})?|\.?)"
).fullmatch
"""A name of a person with two initials or more, which without their dots may be a word (`Ivanov
I.N.`, `Kazemi S.M.H. Mousa`)."""

DIGRAPH_INITIAL = re.compile(r"(?<!\w)([SCKZ](?=h)|Y(?=[aeou])|T(?=s))(?:hch|h|[aeou]|s)\.")
"""An initial that is a letter of the Cyrillic alphabet, and several of the Latin one."""

CLIPPED = re.compile(r"(?<![\w.'’-])([^\W\d_])[^\W\d_]{2,7}\.(?=[\s,;)]|$)")
"""A word of a few letters before a dot, of which the rest may be left out."""

DIGIT_WITHIN = re.compile(r"[a-z]\d[a-z]").fullmatch
"""A word of a letter, a digit and a letter (H3C), which is no number between initials."""

CONJUNCTIONS = "与及和"
"""Characters that join two words of a trade, and are part of a brand anywhere else."""

RUN_TOGETHER = (("rn", "m"), ("nn", "m"), ("vv", "w"))
"""Letters that a scanner reads for one, and that letter."""

SCANNED = {"0": "o", "1": "l", "5": "s", "8": "b", "9": "g"}
"""Digits that a scanner reads for letters."""


NOTHING: frozenset[str] = frozenset()

LetterTables = Sequence[tuple[frozenset[str], Mapping[int, str]]]


class NameWord(NamedTuple):
    """One word of a name: what it is, and how it is written here."""

    kind: str
    text: str


class MendedPhrases(dict[str, Sequence[tuple[str, ...]]]):
    """Phrases that are mended where they are misspelled; see `_mended_phrases`.

    Attributes:
        near: the phrases that a word may be of, as it is written or with one letter too many.
    """

    def __init__(self, by_word: Mapping[str, Sequence[tuple[str, ...]]] = {}) -> None:
        """Take the phrases by the words that tell them, or by one letter less of these."""
        super().__init__(by_word)
        self.near: Callable[[str], frozenset[tuple[str, ...]]] = remembered(self._near)

    def _near(self, word: str) -> frozenset[tuple[str, ...]]:
        return frozenset(
            phrase for each in (word, *_one_letter_less(word)) for phrase in self.get(each, ())
        )


FEWEST_CLOSED = 2
"""Words of a name without another brand that has no room for a legal form (`Grupo SC`)."""


class NameTables(NamedTuple):
    """What names are read with.

    Attributes:
        words: kind and canonical form of a word.
        han: simplified form, Mandarin and Cantonese reading of a character.
        near: words with a letter left out, to know a misspelled one; see `spelling`.
        starts: first words of entries of several words, with how many words the longest has.
        entries: the words and entries of several words, in order.
        brands: first words of brands that have another name.
        met: words that were met before; a few hundred thousand at most.
        bare: words that are known to be a brand and nothing else, whatever stands beside them, as
            far as they were read; see `WordReadings.is_bare`.
        documents: words of documents that stand around a name.
        syllables: of Mandarin, as it is written in pinyin.
        known: gives words that are somebody's name, or a language's, though one edit from a brand
            that is listed; read when they are first asked for.
        letters: how letters of other alphabets are written in Latin ones; see `letters_of`.
        phrases: by a word that tells them, or one letter less of it, phrases that are mended where
            they are misspelled; see `legal`.
        phrase_forms: how they are written here.
        renamed: brands as they are written here for which another name is asked.
        written: what each character of a text that is not ASCII becomes.
        within: places whose addresses lists print under another country as well, with that country.
        trades: phrases of several words of a trade, by the first: how each of the words is written
            here, and how the phrase is; the longest first.
        trade_words: the words of these phrases.
        address: words of addresses: kind, word and what it is short for.
        same: pairs of entries that are one party though neither is named as the other: of each its
            list and its main name.
        korean: the syllables of Korean names in their spellings.
        hong_kong: how Hong Kong spells the syllables of Cantonese; see `languages.hong_kong`.
    """

    words: Mapping[str, tuple[str, str]]
    han: Mapping[str, tuple[str, str, str]]
    near: Mapping[str, str]
    starts: Mapping[str, int]
    entries: Sequence[str]
    brands: frozenset[str]
    met: dict[str, Met]
    bare: set[str]
    documents: DocumentWords
    syllables: frozenset[str] = frozenset()
    known: Callable[[], frozenset[str]] = frozenset
    letters: LetterTables = ()
    phrases: MendedPhrases = MendedPhrases()
    phrase_forms: frozenset[str] = frozenset()
    renamed: frozenset[str] = frozenset()
    written: Mapping[int, str] = {}
    within: Mapping[str, str] = {}
    trades: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = {}
    trade_words: frozenset[str] = frozenset()
    address: Sequence[tuple[str, str, str]] = ()
    same: Sequence[tuple[str, str, str, str]] = ()
    korean: KoreanSyllables = KoreanSyllables()
    hong_kong: Mapping[str, str] = {}


class Met(NamedTuple):
    """What is told of a word by itself.

    Attributes:
        alone: how it is read where no entry of several words begins with it.
        follows: second words of entries that begin with it, and where it is written together with
            what comes after it, the letter that comes next, and the two that do.
        beside: whether how it is read may change by the words beside it: a number, a district, or
            a part of a phrase that is abbreviated or misspelled.
    """

    alone: tuple[NameWord, ...]
    follows: frozenset[str]
    beside: bool


def tables_of(
    words: Mapping[str, tuple[str, str]],
    han: Mapping[str, tuple[str, str, str]],
    near: Mapping[str, str],
    documents: DocumentWords,
    known: Callable[[], frozenset[str]] = frozenset,
    letters: LetterTables = (),
    within: Mapping[str, str] = {},
) -> NameTables:
    """What names are read with, from its tables."""
    words = {**words, **_written_numbers()}
    words = {**_stated_brands(words, han), **words}
    first = {word.split()[0] for word, (kind, _) in words.items() if kind == BRAND}

    phrases, trades = _mended_phrases(words), _trade_phrases(words)
    return NameTables(
        words, han, near, starts(words), sorted(words), frozenset(first), {}, set(), documents,
        _syllables(han), known, letters, phrases,
        frozenset(words[" ".join(each)][1] for some in phrases.values() for each in some),
        frozenset(text for kind, text in words.values() if kind == BRAND),
        WrittenLetters(han), within, trades,
        frozenset(word for some in trades.values() for each, _ in some for word in each),
    )  # fmt: skip


def _syllables(han: Mapping[str, tuple[str, str, str]]) -> frozenset[str]:
    """The syllables of Mandarin that are in names."""
    readings = {reading[1] for reading in han.values()}
    return frozenset(each for several in readings for each in several.split(OR)) - INTERJECTIONS


def _stated_brands(
    words: Mapping[str, tuple[str, str]], han: Mapping[str, tuple[str, str, str]]
) -> dict[str, tuple[str, str]]:
    """Chinese brands that have another name, as they are said: Biyadi is BYD."""
    return {
        stated: (kind, canonical)
        for word, (kind, canonical) in words.items()
        if kind == BRAND and len(word) >= FEWEST_STATED and all(map(is_han, word))
        for stated in said(word, han)
    }


def _mended_phrases(words: Mapping[str, tuple[str, str]]) -> MendedPhrases:
    """Phrases that are mended where they are misspelled, by the words that tell them.

    They are legal forms of several words, and phrases of a trade with a word that alone is a legal
    form, which no name is kept without. One is told by a word that is known from nothing else, or,
    of a legal form, by any that is none by itself; or by two of its words written together; or by
    either with one letter left out.
    """
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(each for each in words if " " in each and _is_mended(each, words)):
        several = phrase.split()
        kinds = {each: words.get(each, (BRAND,))[0] for each in several}
        telling = [each for each in several if kinds[each] == BRAND]
        if not telling and words[phrase][0] == LEGAL:
            telling = [each for each in several if kinds[each] != LEGAL]
        longest = max(map(len, telling), default=0)
        telling = [each for each in telling if len(each) >= min(longest, SHORTEST_UNREAD)]
        joined = [one + other for one, other in pairwise(several)]
        for word in {*telling, *(each for each in joined if each not in words)}:
            for written in (word, *_one_letter_less(word)):
                found.setdefault(written, []).append(tuple(several))
    return MendedPhrases(found)


def _is_mended(phrase: str, words: Mapping[str, tuple[str, str]]) -> bool:
    """Whether an entry is a phrase that is mended where it is misspelled."""
    kind, blanks = words[phrase][0], phrase.count(" ")
    if kind == INDUSTRY and blanks and phrase.isascii():
        return any(words.get(each, (BRAND,))[0] == LEGAL for each in phrase.split())
    long = blanks >= FEWEST_BLANKS and len(phrase) >= LONG_PHRASE
    # `S C de R L de C V` has no word that could be misspelled.
    return kind == LEGAL and long and any(len(each) >= SHORTEST_UNREAD for each in phrase.split())


def _trade_phrases(
    words: Mapping[str, tuple[str, str]],
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases of words of a trade by the first, each word as it is written here."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, (kind, canonical) in words.items():
        if kind != INDUSTRY or " " not in phrase or not phrase.isascii():
            continue
        read = [words.get(word, (BRAND, word)) for word in phrase.split()]
        stated = tuple(text for each, text in read if each != FILLER)
        if len(stated) > 1 and all(each in (INDUSTRY, FILLER) for each, _ in read):
            found.setdefault(stated[0], []).append((stated, canonical))
    for some in found.values():
        some.sort(key=lambda each: (-len(each[0]), each))
    return found


def _one_letter_less(word: str) -> list[str]:
    """A long word without each of its letters, as it may be misspelled."""
    long = len(word) >= SHORTEST_ENDING
    return [word[:at] + word[at + 1 :] for at in range(len(word))] if long else []


def letters_of(rows: Iterable[tuple[str, str, str]]) -> LetterTables:
    """How letters of other alphabets are written, from rows of letter, Latin letters, and beside.

    A letter may be written otherwise in one language than in the others of its alphabet: such a row
    has letters beside it, one of which a text in that language is known by.

    Returns:
        Letters that tell a language, "" for none, each with what `str.translate` takes.
    """
    found: dict[str, dict[int, str]] = {"": {}}
    for letter, latin, beside in rows:
        found.setdefault(beside, {})[ord(letter)] = latin
    return tuple((frozenset(beside), {**found[""], **each}) for beside, each in found.items())


def starts(words: Iterable[str]) -> dict[str, int]:
    """First words of entries of several words, each with the most words such an entry has."""
    found: dict[str, int] = {}
    for word in words:
        first, *rest = word.split()
        if rest:
            found[first] = max(found.get(first, 0), 1 + len(rest))
    return found


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u3400" <= char <= "\u9fff"


_ARABIC_ARTICLE = re.compile(r"\bال(?=\w{2})(?!له\b)").sub
"""The article, which Arabic writes with the word behind it and Latin letters apart from it."""

HAS_ARABIC = re.compile("[\u0621-\u06d3]").search
"""Whether a text has Arabic letters."""

ASCII = {
    code: char.lower()
    if char.isalnum()
    else {"&": " and ", "'": "", "`": "", ".": ""}.get(char, " ")
    for code, char in enumerate(map(chr, range(128)))
}
"""What each ASCII character becomes; the same as the long way in `plain` says."""


MARKS_BEHIND = dict.fromkeys(map(ord, "™℠®©¹²³⁰⁴⁵⁶⁷⁸⁹"), " ")
"""Signs of a mark and of a footnote behind a word, which width would make letters and digits."""


def plain(text: str, tables: NameTables) -> str:
    """The text without width, case, accents and punctuation, in simplified characters."""
    if text.isascii():
        return " ".join(latin_words(text))
    text = unicodedata.normalize("NFKC", text.translate(MARKS_BEHIND))
    text = _ARABIC_ARTICLE("ال ", text.casefold())
    # A letter with a sign may be one of its own (й), and one with an accent is written without it.
    latin = _latin_letters(text, tables)
    if HAS_KANA(text):
        text = from_kana(text, latin)
    text = unicodedata.normalize("NFKD", text.translate(latin)).casefold()
    text = text.translate(WHOLE_LETTERS).translate(latin)
    return " ".join(text.translate(tables.written).split())


def letters_written(text: str, tables: NameTables) -> str:
    """The letters and digits of a text, which are all of it that spelling leaves alone."""
    return plain(text, tables).replace(" ", "")


class WrittenLetters(dict[int, str]):
    """What each character becomes, by its number; told when it is first met."""

    def __init__(self, han: Mapping[str, tuple[str, str, str]]) -> None:
        """Begin with none.

        Args:
            han: simplified forms of Chinese characters, with their readings.
        """
        super().__init__()
        self._han = han

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char == "〇":
            found = "零"  # a digit that is not an ideograph
        elif is_han(char):
            entry = self._han.get(char)
            found = entry[0] if entry else char
        elif char.isalnum() or _is_vowel_sign(char):
            found = char
        elif char == "&":
            found = " and "
        else:
            left_out = char in "'’`‘.\u00b7·" or unicodedata.combining(char)
            found = "" if left_out else " "
        self[code] = found
        return found


def _is_vowel_sign(char: str) -> bool:
    """Whether a character is a vowel that is written as a sign at a letter (Thai, Khmer, Bengali).

    Signs that only change a letter, as accents do, have a class by which they combine.
    """
    return unicodedata.category(char) in ("Mc", "Mn") and not (
        unicodedata.combining(char) or "\ufe00" <= char <= "\ufe0f"
    )


def _latin_letters(text: str, tables: NameTables) -> Mapping[int, str]:
    """How the letters of a text are written in Latin ones, by the language that it is known by."""
    found: Mapping[int, str] = {}
    for beside, latin in tables.letters:
        if not beside or not beside.isdisjoint(text):
            found = latin
    return found


def latin_words(text: str) -> list[str]:
    """The words of an ASCII text, as `plain` writes them."""
    return text.translate(ASCII).split()


def parts(text: str, tables: NameTables, known_as: bool = False) -> tuple[NameWord, ...]:
    """The words of a name, in order, each with what it is.

    Args:
        text: the name as written.
        tables: words and characters.
        known_as: write a brand that has another name as that one: 浪潮 is Inspur, `Yangtze Memory`
            is YMTC.
    """
    if text.isascii():
        return latin_parts(latin_words(text), tables, known_as)
    found: list[NameWord] = []
    run: list[str] = []
    for word in plain(text, tables).split():
        for piece in _pieces(word, tables):
            if is_han(piece[0]):
                for short, full in tables.documents.in_full.items():
                    if piece.startswith(short):
                        piece = full + piece[len(short) :]
                found += _latin(run, tables, known_as)
                run = []
                found += _han(piece, tables, known_as, bool(found) and found[-1].kind == NUMBER)
            else:
                run.append(piece)
    return tuple(found + _latin(run, tables, known_as))


def kinds_of(text: str, tables: NameTables) -> frozenset[str]:
    """The kinds of the words of a text."""
    return frozenset([kind for kind, _ in parts(text, tables)])


def latin_parts(
    words: Sequence[str], tables: NameTables, known_as: bool = False
) -> tuple[NameWord, ...]:
    """The words of a name, each with what it is; as `parts`, for ASCII words."""
    if not "".join(words).isalpha():
        words = [piece for word in words for piece in _pieces(word, tables)]
    found = _latin(words, tables, known_as)
    # Most names begin with a brand or a place, and are told at their first word.
    if found and found[0][0] in UNBRANDED and _is_of_one_trade(found):
        return _brand_kept(words, found, tables)
    return tuple(found)


def _is_of_one_trade(words: Sequence[NameWord]) -> bool:
    """Whether one word of a trade is all that a name says, legal forms aside."""
    trades = 0
    for kind, _ in words:
        if kind == INDUSTRY:
            trades += 1
        elif kind not in (LEGAL, FILLER):
            return False
    return trades == 1


def _brand_kept(
    words: Sequence[str], found: Sequence[NameWord], tables: NameTables
) -> tuple[NameWord, ...]:
    """The words of a name of one trade, with what rather is its brand as a brand.

    A few letters are (`TEC Corporation`), and a word that only resembles one of a trade; so is what
    stands before the trade, where a legal form stands elsewhere (`AG Electronics Ltd`).
    """
    if len(words) != len(found):
        return tuple(found)
    at = next(at for at, part in enumerate(found) if part.kind == INDUSTRY)
    word = words[at]
    if len(word) <= LONGEST_INITIALS or word not in tables.words:
        return (*found[:at], _brand(word), *found[at + 1 :])
    forms = sum(part.kind == LEGAL for part in found)
    if forms > 1 and at and found[at - 1].kind == LEGAL and len(words[at - 1]) <= LONGEST_INITIALS:
        return (*found[: at - 1], _brand(words[at - 1]), *found[at:])
    return tuple(found)


MOST_OF_TRADE, FEWEST_OTHERWISE = 4, 2
"""Words of the longest name that is one word of a trade or a place, with its legal form; and
letters by which one that is written otherwise differs: `Electronic` is no brand."""


def brand_of_trade(words: tuple[NameWord, ...], text: str) -> tuple[NameWord, ...]:
    """The words of a name whose one word that tells is a trade or a place, written otherwise.

    It is a brand then (`Bancorp`, `Rossiya`): nobody who writes `Bank` or `Russia` means it.

    Args:
        words: as they are read.
        text: the name as written.
    """
    if len(words) > MOST_OF_TRADE or not text.isascii():
        return words  # as most names are
    told = [part for part in words if part.kind not in SILENT]
    if len(told) != 1 or told[0].kind not in (INDUSTRY, PLACE):
        return words
    untold = [part.text for part in words if part.kind in SILENT]
    stated = [word for word in latin_words(text) if word not in untold]
    if len(stated) != 1 or edits(stated[0], told[0].text) < FEWEST_OTHERWISE:
        return words
    return tuple(_brand(stated[0]) if part is told[0] else part for part in words)


def _pieces(word: str, tables: NameTables) -> list[str]:
    """A word cut as `_by_script` does, but for one that is known with its digit for a letter."""
    letter = SCANNED.get(word[-1])
    if letter and len(word) >= SHORTEST_SCANNED:
        read = word[:-1] + letter
        known = tables.words.get(read)
        if known and known[0] != BRAND:
            return [read]
    return _by_script(word)


def _by_script(word: str) -> list[str]:
    """A word cut where the script changes, or where digits begin or end."""
    if word.isascii() and (word.isalpha() or DIGIT_WITHIN(word)):
        return [word]
    word = _unscanned(word)
    pieces = [word[0]]
    for before, char in pairwise(word):
        if is_han(before) == is_han(char) and before.isdigit() == char.isdigit():
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _unscanned(word: str) -> str:
    """A word with the one digit that stands among its letters read as the letter it resembles.

    It may stand there twice (`Deepc00l`).
    """
    digits = [char for char in word if char.isdigit()]
    if len(word) < 4 or not word.isascii() or len(digits) > 2 or len(set(digits)) != 1:
        return word
    digit, letter = digits[0], SCANNED.get(digits[0])
    if letter is None or word[-1].isdigit():
        return word
    if len(digits) > 1 and (2 * digit not in word[1:] or len(word) < SHORTEST_SCANNED):
        return word
    return word.replace(digit, letter)


def _latin(words: Sequence[str], tables: NameTables, known_as: bool) -> list[NameWord]:
    found: list[NameWord] = []
    at, any_beside, last, met = 0, False, len(words) - 1, tables.met
    while at <= last:
        word = words[at]
        alone, follows, beside = met.get(word) or meet(word, tables)
        if follows and at < last and (words[at + 1] in follows or words[at + 1][:2] in follows):
            known, length = _entry(words, at, tables, known_as)
            if known is not None:
                found.append(known)
                at += length
                continue
        elif known_as and (stated := tables.words.get(word)):
            found.append(tuple.__new__(NameWord, stated))
            at += 1
            continue
        found += alone
        any_beside |= beside
        at += 1
    return _beside_others(found, tables) if any_beside else found


def _beside_others(words: Sequence[NameWord], tables: NameTables) -> list[NameWord]:
    """Words as they are read by those beside them.

    `1` `st` is an ordinal that was cut where its digits end, `Urumqi` `City` the place, `ca` a
    legal form at the end of a name, and `univ` `of` `sci` `and` `tech` a phrase of the
    table whose words are abbreviated.
    """
    found: list[NameWord] = []
    at, before, trades = 0, "", tables.trades
    while at < len(words):
        part, length = words[at], 1
        if part.text in trades:
            phrase, length = _phrase(words, at, tables)
            part = phrase or part
        at += length
        kind, text = part
        ordinal = before == NUMBER and text in ORDINAL_ENDS
        if not ordinal and not (before == PLACE and text in tables.documents.districts):
            found.append(part)
            before = kind
    end = len(found)
    while end and found[end - 1].kind == PLACE:
        end -= 1
    last = found[end - 1].text if end else ""
    if last in tables.documents.closing and (
        end > FEWEST_CLOSED or any(each.kind == BRAND for each in found[: end - 1])
    ):
        found[end - 1] = NameWord(LEGAL, last)
    return found


def _phrase(words: Sequence[NameWord], at: int, tables: NameTables) -> tuple[NameWord | None, int]:
    """The phrase of the table that begins with a word, in whatever form; and how many it takes."""
    behind = (part.text for part in words[at + 1 :] if part.kind != FILLER)
    second = next(behind, None)
    for phrase, canonical in tables.trades.get(words[at].text, ()):
        if phrase[1] != second:
            continue  # as nearly all
        end, matched = at, 0
        while end < len(words) and matched < len(phrase):
            if words[end].text == phrase[matched]:
                matched += 1
            elif words[end].kind != FILLER:
                break
            end += 1
        if matched == len(phrase):
            return NameWord(INDUSTRY, canonical), end - at
    return None, 1


def _entry(
    words: Sequence[str], at: int, tables: NameTables, known_as: bool
) -> tuple[NameWord | None, int]:
    """The longest entry that begins with a word, and how many words it takes."""
    several, look_up = tables.starts.get(words[at], 1), tables.words.get
    for length in range(min(max(several, LONGEST_JOINED), len(words) - at), 0, -1):
        stated = " ".join(words[at : at + length])
        known = look_up(stated) if length <= several else None
        if known is None and 1 < length <= LONGEST_JOINED:
            known = _joined(words[at : at + length], tables)
        if known is not None and (known_as or known[0] != BRAND):
            return tuple.__new__(NameWord, known), length
    return None, 0


def _joined(words: Sequence[str], tables: NameTables) -> tuple[str, str] | None:
    """What words are that are written apart: `Chang Zhou` is Changzhou, and `S A` is SA.

    A legal form is a part of no other word: `Ban Co` is no bank. Neither is what fills, nor a
    letter behind a word: `S and D` has no sand, and in `Bank S A L` are no banks.
    """
    known = tables.words.get("".join(words))
    if known is None or known[0] == BRAND:
        return None
    described = [tables.words.get(word, (BRAND,))[0] for word in words]
    if known[0] != LEGAL and (LEGAL in described or len(words[-1]) == 1 < len(words[-2])):
        return None
    return None if FILLER in described else known


def with_a_word_unread(
    text: str, words: Sequence[NameWord], tables: NameTables
) -> list[tuple[NameWord, ...]]:
    """The words of a name as they are read where one of its Latin words is misspelled.

    Such a word is in no phrase, and is known by its letters; the words beside it are read as ever.
    So `Scientific Research Institute`, an `institute` here, is that behind `scientific`. Where what
    is left says the same, the misspelled word may still be understood: it is `science` there. Left
    aside is what is near the words as they are read in full, and what takes a legal form apart; and
    a name with a brand that has other names, by which it is asked with less of its words.

    Args:
        text: the name.
        words: as `parts` gives them.
        tables: words and characters.
    """
    if any(part.kind == BRAND and part.text in tables.renamed for part in words):
        return []
    stated, legal = plain(text, tables).split(), _legal_forms(words)
    found: dict[tuple[NameWord, ...], None] = {}
    for at, word in enumerate(stated):
        unread = NameWord(tables.words.get(word, (BRAND,))[0], word)
        if len(word) < SHORTEST_UNREAD or not word.isascii() or unread in words:
            continue
        before, behind = (parts(" ".join(some), tables) for some in (stated[:at], stated[at + 1 :]))
        found[*before, unread, *behind] = None
        alone = tuple(_beside_others((*before, *parts(word, tables), *behind), tables))
        if set(words).issubset(alone):
            found[alone] = None
    return [form for form in found if _legal_forms(form) == legal and _is_far(form, words)]


def _legal_forms(words: Sequence[NameWord]) -> list[NameWord]:
    return [part for part in words if part.kind == LEGAL]


def _is_far(words: Sequence[NameWord], others: Sequence[NameWord]) -> bool:
    """Whether there are more words than others, or one of those begins as none of these does."""
    if len(words) != len(others):
        return True
    begins = {part.text[:ALIKE] for part in words}
    return any(part.text[:ALIKE] not in begins for part in others)


def has_other_name(text: str, tables: NameTables) -> bool:
    """Whether a brand in a name may have another name; without it, `known_as` changes nothing."""
    return not text.isascii() or not tables.brands.isdisjoint(latin_words(text))


def meet(word: str, tables: NameTables) -> Met:
    """What is told of a word, kept for the next time."""
    # Emptied whole: to drop the oldest, an order of use would be kept at every word.
    if len(tables.met) >= MOST_MET:
        tables.met.clear()
    if word in tables.bare:
        found = tables.met[word] = Met((_brand(word),), NOTHING, False)
        return found
    known = tables.words.get(word)
    alone = (
        (tuple.__new__(NameWord, known),)
        if known and known[0] != BRAND
        else tuple(_word(word, tables))
    )
    beside = _is_read_beside_others(word, alone, tables)
    # Made as tuples are: most words of a file are met once.
    met = alone, _followed_by(word, tables.entries), beside
    found = tables.met[word] = tuple.__new__(Met, met)
    return found


def _followed_by(word: str, entries: Sequence[str]) -> frozenset[str]:
    """What comes next in entries that begin with a word; see `Met.follows`."""
    first = bisect_right(entries, word)
    if first == len(entries) or not entries[first].startswith(word):
        return NOTHING
    follows: set[str] = set()
    for at in range(first, len(entries)):
        entry = entries[at]
        if not entry.startswith(word):
            break
        rest = entry[len(word) :]
        follows.update((rest.split()[0],) if rest[0] == " " else (rest[0], rest[:2]))
    return frozenset(follows)


def _is_read_beside_others(word: str, alone: Sequence[NameWord], tables: NameTables) -> bool:
    """Whether how a word is read may change by the words beside it."""
    for kind, text in alone:
        if kind == NUMBER or (text != word and text in tables.trade_words):
            return True
    return word in tables.documents.districts or word in tables.documents.closing


def _declined(word: str, tables: NameTables) -> NameWord | None:
    """The trade of which a word is another form, as Russian has them; None for none.

    A long one with an ending that nothing else has may be misspelled, too.
    """
    if not may_be_declined(word):
        return None
    forms = [*kept_forms(word)]
    near = (meant(form, tables.near) for form in forms if has_long_ending(word))
    for form in chain(forms, near):
        known = tables.words.get(form)
        if known and known[0] == INDUSTRY:
            return NameWord(*known)
    return None


def _misspelled(word: str, tables: NameTables) -> NameWord | None:
    """The trade, legal form or place that a word is misspelled; None where it may be a brand.

    One letter lies between many Chinese brands, and between many family names and a place: Jinlong
    is not Jilong, nor Shirazi Shiraz.
    """
    known = meant(word, tables.near)
    # A word of Mandarin syllables is a brand of its own, and no place misspelled.
    if not known or tables.words[known][0] == BRAND or counts_of(tables.syllables)(word):
        return None
    kind, text = tables.words[known]
    korean = tables.korean.may_cut(word) and tables.korean.cut(word)  # Kwangsung, not Kwangtung
    another = len(word) < SHORTEST_PLACE or bool(korean)
    return None if kind == PLACE and another else NameWord(kind, text)


def _run_together(word: str, tables: NameTables) -> NameWord | None:
    """The trade, legal form or place that a scanner read wrongly in one letter; None for none."""
    if len(word) < SHORTEST_SCANNED:
        return None
    for letters, read in RUN_TOGETHER:
        known = tables.words.get(word.replace(letters, read, 1)) if letters in word else None
        if known and known[0] != BRAND:
            return NameWord(*known)
    return None


def _word(word: str, tables: NameTables) -> list[NameWord]:
    if word.isdigit():
        return [NameWord(NUMBER, str(int(word)))]
    if word in ORDINALS:
        return [NameWord(NUMBER, ORDINALS[word])]
    if word == "no":
        return [NameWord(FILLER, word)]
    known = _declined(word, tables) or _misspelled(word, tables) or _run_together(word, tables)
    if known is not None:
        return [known]
    if several := _with_form(word, tables):
        return several
    for cut in range(SHORTEST_REST, len(word) - SHORTEST_ENDING + 1):
        ending = tables.words.get(word[cut:])
        if ending and ending[0] != BRAND:
            tells = cut >= SHORTEST_TRADE_BEFORE or ending[0] == LEGAL
            before = tables.words.get(word[:cut]) if tells else None
            trade = before and before[0] == INDUSTRY  # Verteidigungs-ministerium
            first = NameWord(*before) if before and trade else _brand(word[:cut])
            return [first, NameWord(*ending)]
    return [_brand(word)]


def _with_form(word: str, tables: NameTables) -> list[NameWord]:
    """A known word and a legal form that are written together (`coltd`, `tradingllc`); [] else."""
    for size in LETTERS_OF_FORM:
        form = tables.words.get(word[-size:])
        if form and form[0] == LEGAL:
            known = tables.words.get(word[:-size])
            long = len(word) >= SHORTEST_REST + size
            # No word ends in letters without a vowel; `Cosal` may be a brand.
            two_forms = known and known[0] == LEGAL and VOWELS.isdisjoint(word[-size:])
            if known and (two_forms or (long and known[0] in (INDUSTRY, PLACE))):
                return [NameWord(*known), NameWord(*form)]
    return []


def _brand(text: str) -> NameWord:
    """A word that is a brand; made as tuples are, for names have more of these than of others."""
    return tuple.__new__(NameWord, (BRAND, text))


def _han(run: str, tables: NameTables, known_as: bool, numbered: bool = False) -> list[NameWord]:
    """The words of Chinese characters; `numbered` is whether a number stands before them."""
    found: list[NameWord] = []
    brand, at = "", 0
    if len(run) > 1 and run[-1] == "第":
        run = run[:-1]  # the number that it belongs to is written in digits
    while at < len(run):
        if not brand and found and run[at] in CONJUNCTIONS and _goes_on(run, at + 1, tables):
            at += 1
            continue
        number, length = _chinese_number(run, at)
        known = None
        if not length:
            # One character alone is part of a brand more often than a word, but after a number, and
            # at the end, or before a legal form, after a place or a trade.
            rest = run[at + 1 :]
            last = not rest or tables.words.get(rest, ("",))[0] == LEGAL
            ends = (NUMBER, PLACE, INDUSTRY) if last else (NUMBER,)
            after = found[-1].kind in ends if found else numbered
            for length in range(min(LONGEST_HAN, len(run) - at), 0, -1):
                described = length > 1 or (not brand and after)
                known = tables.words.get(run[at : at + length]) if described else None
                if known and known[0] == BRAND and not known_as:
                    known = None
                if known or length == 1:
                    break
        if number or known:
            if brand:
                found.append(NameWord(BRAND, brand))
                brand = ""
            found += [NameWord(NUMBER, number)] if number else meanings(*(known or (BRAND, "")))
        else:
            brand += run[at]
        at += length
        if not brand and run[at : at + 1] in "市省县区" and found and found[-1].kind == PLACE:
            at += 1
    return [*found, NameWord(BRAND, brand)] if brand else found


def meanings(kind: str, canonical: str) -> list[NameWord]:
    """The words that one of the table stands for: one of Chinese may be several of English."""
    return [NameWord(kind, each) for each in canonical.split(" ")]


def _goes_on(run: str, at: int, tables: NameTables) -> bool:
    """Whether a word of a trade begins here."""
    return any(
        tables.words.get(run[at : at + length], ("",))[0] == INDUSTRY
        for length in range(min(LONGEST_HAN, len(run) - at), 1, -1)
    )


FEWEST_DIGITS = 3
"""Digits of the shortest number that stands before 研究所 without 第."""


def _chinese_number(run: str, at: int) -> tuple[str, int]:
    """The number that begins here, after 第 or alone before 所, 院, 厂; and its length."""
    start = at + 1 if run[at] == "第" else at
    end = start
    while end < len(run) and (run[end] in DIGITS or run[end] in "十百"):
        end += 1
    is_told = run[end : end + 1] in (*NUMBERED, "号") or (
        end - start >= FEWEST_DIGITS and run.startswith("研究", end)
    )
    if end == start or (start == at and not is_told):
        return "", 0
    return number_of(run[start:end]), end - at


def number_of(text: str) -> str:
    """A number in Chinese characters as digits."""
    if "十" in text or "百" in text:
        hundreds, _, rest = text.rpartition("百")
        value = DIGITS.get(hundreds, 1) * 100 if "百" in text else 0
        tens, ten, ones = rest.rpartition("十")
        value += (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)
        return str(value)
    return str(int("".join(str(DIGITS[char]) for char in text)))


def with_initials_apart(words: Sequence[NameWord]) -> tuple[NameWord, ...]:
    """The words of what may be a person's name with initials as words; () where there are none.

    JC is Jean-Claude: two consonants, which are no word and no syllable.
    """
    if not 1 < len(words) <= MOST_OF_PERSON:
        return ()
    joined = [text for _, text in words if len(text) == JOINED_INITIALS]
    if not any(text.isascii() and text.isalpha() and VOWELS.isdisjoint(text) for text in joined):
        return ()
    if any(kind != BRAND for kind, _ in words):
        return ()
    return tuple(
        NameWord(BRAND, piece)
        for _, text in words
        for piece in (text if len(text) == JOINED_INITIALS and VOWELS.isdisjoint(text) else (text,))
    )


def with_letters_of_initials(text: str) -> str:
    """A text whose initials of two letters (`Sh.`, `Yu.`) are one; "" for one that has none."""
    if not ("h." in text or "Y" in text or "Ts." in text):
        return ""
    shorter = DIGRAPH_INITIAL.sub(r"\1.", text)
    return shorter if shorter != text else ""


def clipped_words(text: str, known: Callable[[str], bool]) -> list[str]:
    """The words of a text that may be clipped (`Eliz.`, `Moham.`), in small letters.

    Args:
        text: the name.
        known: whether a word in small letters is none that is clipped.
    """
    found = [match[0][:-1].lower() for match in CLIPPED.finditer(text)]
    return [word for word in found if not known(word)]


def clipped_as_initials(text: str, clipped: Collection[str]) -> str:
    """A text whose clipped words are initials."""

    def shorter(match: re.Match[str]) -> str:
        return f"{match[1]}." if match[0][:-1].lower() in clipped else match[0]

    return CLIPPED.sub(shorter, text)


def dotted_initials_apart(text: str, tables: NameTables) -> tuple[NameWord, ...]:
    """A person's name with dotted initials in a row, each a word; () for another text."""
    if not DOTTED_INITIALS(text.strip()):
        return ()
    # An initial is a word of its own, whatever two of them would be together.
    return tuple(part for each in re.split(r"[\s.,]+", text) for part in parts(each, tables))


def squashed(words: Sequence[NameWord]) -> str:
    """All that is not a legal form or a filler, without spaces."""
    return "".join([part.text for part in words if part.kind not in (LEGAL, FILLER)])


def first_letters(words: Sequence[NameWord]) -> str:
    """First letters of the words that count, when there are enough of them, all Latin."""
    initials = [part.text[0] for part in words if part.kind not in (LEGAL, FILLER)]
    if len(initials) < FEWEST_INITIALS or any(map(is_han, initials)):
        return ""
    letters = "".join(initials)
    return "" if SYLLABLE.fullmatch(letters) else letters


def in_simplified(text: str, tables: NameTables) -> str:
    """A text with each traditional character as the simplified one."""
    han = tables.han
    return "".join([han[char][0] if char in han else char for char in text])


def said(text: str, han: Mapping[str, tuple[str, str, str]], unknown: bool = False) -> list[str]:
    """Chinese characters as they are said in Mandarin, the likeliest way first.

    One such as 长 (*chang* or *zhang*) is said in several ways, and a text in each of them.

    Args:
        text: the characters.
        han: how each is said; see `NameTables`.
        unknown: whether a character without a reading stays, or is left out.
    """
    found = [han.get(char, ("", char if unknown else "", ""))[1] for char in text]
    if not any(OR in each for each in found):
        return ["".join(found)]
    several = product(*(each.split(OR) for each in found))
    return ["".join(each) for each in islice(several, MOST_READINGS)]


def in_pinyin(text: str, tables: NameTables) -> list[tuple[NameWord, ...]]:
    """A Chinese name as it may be said, written together without legal form and numbers.

    The numbers stand behind: two that are said alike are two institutes. [] for another name.
    """
    stated = plain(text, tables)
    numbers = [NameWord(NUMBER, each) for each in IN_DIGITS.findall(stated)]
    chars = "".join(char for char in IN_DIGITS.sub("", stated) if is_han(char))
    if len(chars) < FEWEST_SYLLABLES:
        return []
    kept, at = "", 0
    while at < len(chars):
        number, length = _chinese_number(chars, at)
        if number:
            numbers.append(NameWord(NUMBER, number))
        else:
            kept, length = kept + chars[at], 1
        at += length
    found = (without_form(each.replace("v", "u"), tables) for each in said(kept, tables.han))
    return [(NameWord(BRAND, each), *numbers) for each in dict.fromkeys(filter(None, found))]


def without_form(stated: str, tables: NameTables) -> str:
    """Letters of full pinyin without the legal forms at their end."""
    forms = spoken_forms(tables)
    while True:
        form = next((each for each in forms if stated.endswith(each) and stated != each), "")
        if not form:
            return stated
        stated = stated[: -len(form)]


def spoken_forms(tables: NameTables) -> tuple[str, ...]:
    """The Chinese legal forms as they are said, the longest first."""
    key = "\n said forms"  # no word has a line break
    if key not in tables.met:
        found = {
            stated
            for word, (kind, _) in tables.words.items()
            if kind == LEGAL and is_han(word[0])
            for stated in said(word, tables.han)
        }
        # The longest first, or a short form would leave the beginning of a longer one behind.
        forms = tuple(
            NameWord(LEGAL, each) for each in sorted(found - {""}, key=lambda x: (-len(x), x))
        )
        tables.met[key] = Met(forms, frozenset(), False)
    return tuple(part.text for part in tables.met[key].alone)


def spoken_words(tables: NameTables) -> dict[str, list[list[NameWord]]]:
    """The Chinese words of the table as they are said, each with what they may be."""
    found: dict[str, list[list[NameWord]]] = {}
    for text, (kind, canonical) in tables.words.items():
        if kind != BRAND and len(text) > 1 and all(map(is_han, text)):
            for stated in said(text, tables.han):
                found.setdefault(stated, []).append(meanings(kind, canonical))
    return found


def without_conjunctions(words: Sequence[NameWord], tables: NameTables) -> list[NameWord]:
    """Words read from pinyin, without a syllable that joins two words of a trade (*yu*, *he*)."""
    joining = {each for char in CONJUNCTIONS for each in said(char, tables.han)}
    last = len(words) - 1
    return [
        part
        for at, part in enumerate(words)
        if part.text not in joining
        or not 0 < at < last
        or not words[at - 1].kind == words[at + 1].kind == INDUSTRY
    ]


def in_mandarin(words: Sequence[NameWord], tables: NameTables) -> list[tuple[NameWord, ...]]:
    """The words with every Chinese brand written as it may be said, the likeliest way first."""
    options = [
        [_as_said(part, text, tables) for text in said(part.text, tables.han, unknown=True)]
        if is_han(part.text[0])
        else [part]
        for part in words
    ]
    return list(dict.fromkeys(islice(product(*options), MOST_READINGS)))


def in_cantonese(words: Sequence[NameWord], tables: NameTables) -> tuple[NameWord, ...]:
    """The words with every Chinese brand written as it is said in Hong Kong."""
    return tuple(
        _as_said(part, "".join(tables.han.get(char, (char,) * 3)[2] for char in part.text), tables)
        if is_han(part.text[0])
        else part
        for part in words
    )


def _as_said(part: NameWord, text: str, tables: NameTables) -> NameWord:
    """A Chinese word in Latin letters; one that sounds like a trade stays as written.

    达闼 is no `data`. One that sounds like a place is read as that, as Latin letters do not tell
    them apart (向阳).
    """
    kind, canonical = tables.words.get(text, (BRAND, "")) if part.kind == BRAND else (BRAND, "")
    if kind == PLACE:
        return NameWord(PLACE, canonical)
    return part if kind != BRAND else NameWord(part.kind, text)


def family_apart(words: Sequence[NameWord], tables: NameTables) -> list[tuple[NameWord, ...]]:
    """What may be a person's name in three characters, as family and given name are said."""
    if len(words) != 1 or words[0].kind != BRAND or len(words[0].text) != PERSON_IN_CHINESE:
        return []
    readings = [said(each, tables.han) for each in (words[0].text[0], words[0].text[1:])]
    return [
        tuple(NameWord(BRAND, each) for each in stated)
        for stated in islice(product(*readings), MOST_READINGS)
        if all(stated)
    ]


WADE = (
    ("chih", "zhi"), ("shih", "shi"), ("jih", "ri"), ("tzu", "zi"), ("ssu", "si"), ("hs", "x"),
    ("ts", "z"), ("ch", "zh"), ("k", "g"), ("t", "d"), ("p", "b"), ("j", "r"),
)  # fmt: skip
FINALS = (("ieh", "ie"), ("ueh", "ue"), ("erh", "er"), ("ien", "ian"), ("ung", "ong"), ("ih", "i"))
_WADE_STARTS, _WADE_ENDS = (tuple(old for old, _ in table) for table in (WADE, FINALS))


def from_wade_giles(word: str, syllables: frozenset[str]) -> str:
    """A syllable of Wade-Giles as pinyin; empty where it gives none.

    Apostrophes are gone by now, so `t` may stand for t or d: the plain reading is given.
    """
    if word.startswith(_WADE_STARTS):
        old, new = next(each for each in WADE if word.startswith(each[0]))
        word = new + word[len(old) :]
    if word.endswith(_WADE_ENDS):
        old, new = next(each for each in FINALS if word.endswith(each[0]))
        word = word[: -len(old)] + new
    # zh before i or u with umlaut is j in pinyin.
    if word.startswith("zh") and word[2:3] == "i" and word != "zhi":
        word = "j" + word[2:]
    return word if word in syllables else ""
