"""What makes two names one: the whole policy, as a list of features with their weights.

A name is compared in this order. First the names as a whole: the first feature of WHOLE that holds
is the score. Else word by word:

    (weight of words that agree, each as far as WORDS says) / (weight of all words of both names)

where a word weighs its rarity times the FACTOR of its kind. Then every feature of LEFT_OVER that
holds keeps that score down, or SPELLED lifts it. `comparing` reads the list for one name and tells
which features held; the loops of `kernels` read the same weights, and tests hold both equal.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE
from detente.parties.names.names import NameWord, first_letters

if TYPE_CHECKING:
    from typing import Any


class NamePair:
    """Two names beside each other, as far as they are compared.

    Attributes:
        squash: the words of the name that is asked, written together, but for its legal form.
        listed: the same of the listed name.
        same_form: whether their legal forms are the same, asked where the rest is.
        formed: whether the name that is asked has a legal form, asked where it is one word.
        all_close: whether all words are the same, legal forms too, asked where the rest is.
        swapped: whether all words are the same but for two letters of one, which changed places.
        left: words that are asked, without legal forms, misspelled ones too.
        right: words of the listed name, without legal forms.
        over: by kind, words of either name for which the other has none; set word by word.
        well_known: whether the listed name is one word that many listed names have; set where it is
            asked.
        shared: whether it is one word that dozens of companies bear; set where it is asked.
        spoken: whether it is two Mandarin syllables and no more, as the name of a person is.
        known: whether a brand agrees, or several written together do; set word by word.
        joined: whether several written together do; set word by word.
    """

    __slots__ = (
        "all_close", "formed", "joined", "known", "left", "listed", "over", "right", "same_form",
        "shared", "spoken", "squash", "swapped", "well_known",
    )  # fmt: skip

    def __init__(
        self,
        squash: str,
        listed: str,
        same_form: Callable[[], bool],
        formed: Callable[[], bool],
        all_close: Callable[[], bool],
        swapped: Callable[[], bool],
        left: Sequence[NameWord],
        right: Sequence[NameWord],
    ) -> None:
        self.squash, self.listed, self.same_form = squash, listed, same_form
        self.formed, self.all_close, self.swapped = formed, all_close, swapped
        self.left, self.right = left, right
        self.over: dict[str, tuple[list[str], list[str]]] = {}
        self.known = self.joined = self.shared = self.well_known = self.spoken = False


class Feature(NamedTuple):
    """One thing that a comparison looks at.

    Attributes:
        name: under which the loops know its weight.
        holds: the words that a reason names, or "" for none; None where the feature does not hold.
        weight: see the list in which it stands.
        says: the reason for people; "" for none.
    """

    name: str
    holds: Callable[[NamePair], str | None]
    weight: float
    says: str = ""


def _same(pair: NamePair) -> str | None:
    return "" if pair.squash and pair.squash == pair.listed and pair.same_form() else None


def _other_form(pair: NamePair) -> str | None:
    return "" if pair.squash and pair.squash == pair.listed else None


def _swapped(pair: NamePair) -> str | None:
    long = len(pair.squash) >= RULES.shortest_swapped and len(pair.squash) == len(pair.listed)
    return "" if long and pair.swapped() else None


def _other_order(pair: NamePair) -> str | None:
    if not pair.left or len(pair.left) != len(pair.right):
        return None
    return "" if _sorted(pair.left) == _sorted(pair.right) else None


def _initials(pair: NamePair) -> str | None:
    word = pair.left[0].text if len(pair.left) == 1 else ""
    if not word or word != first_letters(pair.right):
        return None
    return None if pair.formed() else word  # with a legal form it is a brand


def _differ(kind: str) -> Callable[[NamePair], str | None]:
    def holds(pair: NamePair) -> str | None:
        mine, theirs = pair.over[kind]
        return f"{' '.join(mine)} and {' '.join(theirs)}" if mine and theirs else None

    return holds


def _lone(kind: str) -> Callable[[NamePair], str | None]:
    def holds(pair: NamePair) -> str | None:
        mine, theirs = pair.over[kind]
        return " ".join(mine or theirs) if bool(mine) != bool(theirs) else None

    return holds


def _no_brand(pair: NamePair) -> str | None:
    if pair.known:
        return None
    return "" if any(part.kind == BRAND for part in (*pair.left, *pair.right)) else None


def _same_words(pair: NamePair) -> str | None:
    return "" if not pair.left and not pair.right and pair.all_close() else None


def _unbranded_trade(pair: NamePair) -> str | None:
    if not any(pair.over[INDUSTRY]):
        return None
    if any(part.kind == BRAND for part in (*pair.left, *pair.right)):
        return None
    lacking = sum(len(side) for sides in pair.over.values() for side in sides)
    alone = sum(len(mine) for mine, _ in pair.over.values())
    # A word that only the name asked has is of another body: of information science, not science.
    agree = len(pair.left) - 2 * alone
    return None if lacking == 1 and agree >= RULES.tells_unbranded else ""


def _trades_differ(pair: NamePair) -> str | None:
    if not all(pair.over[INDUSTRY]):
        return None
    # With the word that both begin with they are called, as with a brand (`Pacific Rim`).
    begin = pair.left[0].kind == INDUSTRY and pair.left[0] == pair.right[0]
    shared = any(
        part.kind in (INDUSTRY, NUMBER) and part in pair.right for part in pair.left[begin:]
    )
    return None if shared else ""


def _other_brand(pair: NamePair) -> str | None:
    mine = pair.over[BRAND][0]
    return "" if mine and (pair.over[PLACE][1] or pair.over[INDUSTRY][1]) else None


def _bare_brand(pair: NamePair) -> str | None:
    if not (pair.over[BRAND][0] or pair.over[INDUSTRY][0]):
        return None
    numbered = any(part.kind == NUMBER for part in pair.right) and not any(pair.over[NUMBER])
    if numbered and not pair.over[BRAND][0]:
        return None  # `CETC 24` is told by both, whatever it is called besides
    described = [part for part in pair.right if part.kind not in (PLACE, NUMBER)]
    letters = sum(len(part.text) for part in described if part.kind == BRAND)
    bare = 0 < letters < RULES.tells_alone and all(part.kind == BRAND for part in described)
    return "" if bare else None


def _lone_word(pair: NamePair) -> str | None:
    if len(pair.left) != 1:
        return None
    one = pair.left[0]
    misspelled = not pair.joined and all(one.text != other.text for other in pair.right)
    least = RULES.tells_alone if len(pair.right) > 1 else RULES.shortest_alone
    if pair.well_known:
        least = RULES.shortest_well_known
    short = misspelled and len(one.text) < least
    return "" if short or (len(pair.right) == 1 and one.kind != pair.right[0].kind) else None


def _said_of_person(pair: NamePair) -> str | None:
    more = pair.over[INDUSTRY][1] or pair.over[PLACE][1]
    return "" if pair.spoken and pair.joined and more else None


def _few_letters(pair: NamePair) -> str | None:
    if len(pair.left) != 1 or not pair.over[INDUSTRY][1]:
        return None
    one = pair.left[0]
    few = pair.shared or len(one.text) < RULES.shortest_bare
    return "" if few and one.kind == BRAND else None


def _sorted(words: Sequence[NameWord]) -> list[str]:
    return sorted([part.text for part in words])


FACTOR = {BRAND: 1.0, PLACE: 0.45, INDUSTRY: 0.35, NUMBER: 0.6, LEGAL: 0.0, FILLER: 0.0}
"""How much a word of each kind weighs, for its rarity."""

FATHER = 0.75
"""How much a father's name weighs of what another word does: many papers leave it out."""

WHOLE = (
    Feature("same", _same, 1.0, "the same name"),
    Feature("other_form", _other_form, 0.99, "the same name but for legal form"),
    Feature("swapped", _swapped, 0.97, "the same name but for two letters that changed places"),
    Feature("same_words", _same_words, 1.0, "the same name, of words that otherwise say nothing"),
    Feature("other_order", _other_order, 0.98,
            "the same name but for a misspelled legal form or the order of words"),
    Feature("initials_alone", _initials, 0.82, "{} are the initials of the listed name"),
)  # fmt: skip
"""The names as a whole; the weight of the first that holds is the score."""

WORDS = {
    "shortened": 0.85,
    "initial": 0.6,
    "near_counts": 0.5,
    "slip": 0.99,
    "sounds": 0.97,
}
"""How far two words agree that are not spelled alike: a known word with its short form (`Techn.`,
`Mngmnt`), a word with its first letter, and, of its letters that agree, a brand with one that is
near it, which lifts a score no higher than brands that differ may have; and a brand with one that
is one edit away, where the one that is asked is nobody's word: a slip; or with one that sounds the
same. Words that are spelled alike
otherwise agree as far as their letters do."""

LEFT_OVER = (
    Feature("numbers_differ", _differ(NUMBER), 0.45, "numbers differ: {}"),
    Feature("lone_number", _lone(NUMBER), 0.8, "only one has {}"),
    Feature("brands_differ", _differ(BRAND), 0.6, "brands differ: {}"),
    Feature("lone_brand", _lone(BRAND), 1.0, "only one has {}"),
    Feature("other_brand", _other_brand, 0.8),
    Feature("places_differ", _differ(PLACE), 0.7, "places differ: {}"),
    Feature("lone_place", _lone(PLACE), 1.0, "only one has {}"),
    Feature("no_brand", _no_brand, 0.6),
    Feature("unbranded_trade", _unbranded_trade, 0.75),
    Feature("trades_differ", _trades_differ, 0.75),
    Feature("other_trades", _differ(INDUSTRY), 0.96, "trades differ: {}"),
    Feature("bare_brand", _bare_brand, 0.8),
    Feature("lone_word", _lone_word, 0.75),
    Feature("few_letters", _few_letters, 0.8),
    Feature("said_of_person", _said_of_person, 0.8),
)
"""What words are left over: what only one name has, and trades that differ though another agrees,
multiply the score by the weight; anything else is the most that the score may be."""

MULTIPLIES = frozenset({"lone_number", "lone_brand", "lone_place", "other_trades"})
"""The features of LEFT_OVER that multiply."""

SPELLED = {"spelling": 0.08, "slipped": 0.93, "most": 0.98}
"""What a score loses where only the spelling of the whole speaks for it; what names score at the
least that are the same but for a letter of one word; and the most that anything but WHOLE may
score."""

PERSON_SAYS = "words of the person that both names have: {}"

SPELLED_SAYS = "spelled almost the same"
SLIPPED_SAYS = "the same name but for a letter of {}"

PERSONS = {
    "person": 0.83,
    "initial_tells": 2.0,
    "told": 20.1,
    "told_between": 16.1,
    "told_slip": 16.1,
    "told_two_slips": 22.1,
    "told_initial": 11.55,
    "told_beside": 27.1,
}
"""What two names of persons score where documents write fewer or more of the words that a person
has, a word is misspelled, or words are initials. The words that both have must weigh so much
together, an initial so much, and a Mandarin syllable, of which there are few, nothing. So much is
`told` where one name lacks words of the other, `told_two_slips` where one word takes two edits,
as far as those of others do (Shahlai, Shahidi), `told_between` where
both have the first word of the longer one and its second or last, `told_slip` where it
takes one, `told_initial` where all that differs are initials, and `told_beside` where words are
initials and one takes two edits, one name lacks words besides, or the one that is asked lacks the
first word of the listed name and ends otherwise: most lists print the family name first, of two the
one that is never left out."""

THRESHOLDS = {
    "close": 0.8,
    "whole": 0.9,
    "near": 0.6,
    "near_most": 0.79,
    "shortest_whole": 9,
    "shortest_swapped": 9,
    "shortest_beside_slip": 12,
    "sure_beside_slip": 3,
    "shortest_shortened": 3,
    "shortest_telling": 6,
    "shortest_form": 3,
    "shortest_misspelled": 5,
    "shortest_other_word": 3,
    "shortest_slip": 4,
    "shortest_any_start": 9,
    "most_edits": 2,
    "letters_a_vowel": 5,
    "short_brand": 5,
    "longest_mandarin": 14,
    "shortest_alone": 7,
    "shortest_well_known": 5,
    "weight_well_known": 9.0,
    "weight_best_known": 6.5,
    "tells_alone": 9,
    "shortest_bare": 4,
    "tells_unbranded": 4,
    "shortest_in_person": 3,
    "shortest_two_slips": 6,
    "shortest_two_apart": 8,
    "longest_particle": 2,
    "longest_family": 4,
    "shortest_other_start": 6,
    "shortest_start_beside": 4,
    "shared_beside_start": 3,
    "shortest_slip_beside": 6,
    "shortest_beside": 4,
    "shortest_one_word": 8,
    "one_word": 0.87,
    "same_party": 0.9699,  # what sounds the same is, however its weights are rounded
    "same_craft": 0.9,
    "shortest_craft": 12,
    "unbefitting": 0.8,
}
"""What decides beside the features.

close, whole: letters that agree, from which two brands may be one misspelled, and two whole names.
near, near_most: from which brands that differ are near each other, and how near at the most.
shortest_whole: letters of the shortest name whose spelling as a whole says anything.
shortest_swapped: of the shortest that is the same but for two letters which changed places.
shortest_beside_slip, sure_beside_slip: letters of the words that are the same in names which a
    letter of another tells apart; and as many words, one of them a brand, where that one is
    somebody's.
shortest_shortened, letters_a_vowel: letters of the shortest short form of a word; it has one vowel
    in so many letters at the most.
shortest_telling: letters of the shortest short form or misspelled word that tells which brand is
    meant; a shorter one only agrees.
shortest_form: letters of the shortest legal form that is known misspelled.
shortest_misspelled: of the shortest other word: one letter makes another company of a shorter one
    (Rose, Rosen).
shortest_other_word: of the shortest that is another word in a name that is spelled almost the same
    as a whole (Society to Help, Society to Fund).
shortest_slip: of the shortest that is known a slip, being nobody's word.
shortest_any_start: of the shortest that may be misspelled in its first letter.
most_edits: of a word at the most, however long: what is read as full pinyin is one word.
short_brand: letters of a brand of which each one tells, so that the whole's spelling says little.
longest_mandarin: of the longest word of a person's name that is other Mandarin where it is spelled
    otherwise: Shulong is not Shilong.
shortest_alone: of the shortest word that is known misspelled where it is all that is asked, and
    the listed name is one word, too.
shortest_well_known, weight_well_known: of the shortest where many listed names have that word, and
    what it weighs at the most: somebody who writes Gazpom means Gazprom.
weight_best_known: what such a word weighs at the most that tells a party beside its trades, too,
    where a letter is wrong: Huwei Technologies.
tells_alone: of the shortest brand that, places aside, by itself tells a party whose name goes on,
    misspelled or not.
shortest_bare: of the shortest brand that by itself may be a listed one with a trade: JT is anybody.
tells_unbranded: words of a name without a brand that agree, at the least, where they tell a party
    though one name lacks a word of a trade.
shortest_in_person: of the shortest word of a person's name that is known misspelled.
shortest_two_apart: of the shortest that is so by two edits where it is shorter or longer: Mutebi is
    not Mutebusi.
shortest_two_slips, shortest_other_start, shortest_slip_beside: of the shortest that is so by two
    edits, in its first letter, or where one name lacks words of the other.
longest_particle: of the longest word before a family name that is no name by itself (al, de).
longest_family: of the longest Mandarin syllables that are two family names, and none misspelled,
    in any name: Tan is not Tang.
shortest_start_beside, shared_beside_start: of the shortest that is so in its first letter in a name
    that shares so many other words.
shortest_beside: letters of the longest word that two names share, at the least, where one lacks
    words of the other: Son and Min are syllables, as most of Son Heung-min.
shortest_one_word, one_word: letters of the shortest single word that tells a person though it is
    misspelled, and the lowest score at which it does.
same_party: the lowest score at which a ship is told by its name, and a person by a company's.
same_craft, shortest_craft: the same for a ship's name of so many letters without words of a trade.
unbefitting: what a score that tells no ship or person is multiplied by, so that the nearest still
    come first, and none is a hit.
"""


def weights() -> dict[str, float]:
    """Every number that decides, by name."""
    features = {feature.name: feature.weight for feature in (*WHOLE, *LEFT_OVER)}
    return {**features, **WORDS, **SPELLED, **PERSONS, **THRESHOLDS}


def record_of(numbers: dict[str, float], module: str) -> Any:
    """A class of records with a field for each number, which loops read as fast as constants.

    Args:
        numbers: by name.
        module: where the class will stand under the name ``Rules``; compiled code is kept by it.
    """
    make: Any = namedtuple
    return make("Rules", tuple(numbers), module=module)


Rules = record_of(weights(), __name__)
RULES = Rules(**weights())
"""Every number that decides."""
