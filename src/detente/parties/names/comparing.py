"""How far two names are one, word by word, and why, by the features of `policy`.

`kernels` says the same for many names at once and is tested against this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from detente.parties.names import policy, spelling
from detente.parties.names.kinds import BRAND, FILLER, INDUSTRY, LEGAL, NUMBER, PLACE, SILENT
from detente.parties.names.names import NameWord, is_han
from detente.parties.names.policy import NamePair
from detente.parties.names.sounds import may_sound_alike

CRAFT, PERSON, MARK = 1, 2, 3
"""What a party is that is not a company: a ship or an aircraft; a person; and a company's brand by
itself, which is told as a ship is, with a legal form or without."""

MANDARIN, KOREAN, KOREAN_FAMILY = 1, 2, 4
"""What a word is made of, as bits: syllables of Mandarin; of Korean; and one that is a family name
there. In a name that is all of syllables each letter tells: there are a few hundred."""

FEWEST_WITH_FATHER = 3
"""Words of the shortest name that says whose son somebody is."""

FEWEST_KOREAN, FEWEST_HEADLESS = 3, 2
"""Syllables of the shortest Korean name whose given name has an order, and words of the shortest
name that may lack the family's."""

UNTOLD, SLIP, MEANT, SON, TITLE, SHARED = 0, 1, 2, 3, 4, 5
"""What is known of how a brand is written that is asked: nothing; that it is nobody's word, and can
be no Mandarin either; that it is a word of its own, somebody's name or a word of a language, and
no other one however near, but for one that sounds the same (`Meli`, `Melli`); that it says whose
son or daughter somebody is; that it is a title, which documents write or leave out; that dozens of
companies bear it, and that no list names one by it alone.
"""

ROUNDED = 1e-9
"""What fractions of letters may be off by."""

VOWELS = "aeiou"
"""Letters that a short form leaves out, but for one in so many letters."""


CEILING = max(
    getattr(policy.RULES, name) for name in ("most", "other_order", "initials_alone", "person")
)
"""The highest score of two names that are not the same as a whole."""

SAID_OF_WHOLE = {
    feature.weight: feature.says
    for feature in policy.WHOLE
    if feature.name in ("same", "other_form") and feature.weight > CEILING
}
"""What is said of names with a score that no others have, unless all words are silent."""


def untold(_text: str) -> int:
    """Know nothing of how a brand is written."""
    return UNTOLD


def silent(_text: str) -> str:
    """Know nothing of how a word sounds."""
    return ""


def _of_none(_text: str) -> int:
    """Take no word for one of syllables."""
    return 0


def befits(score: float, one: Sequence[NameWord], party: int) -> bool:
    """Whether a score may count for what the party is.

    Words of a trade and legal forms are not in the name of a person, one word does not tell one
    unless it is long, and a company is not the ship that bears half its name, nor the ship or the
    person of one word, where it has a legal form besides (`Glory, Ltd.`); a long name of a ship may
    be misspelled.

    Args:
        score: of the two names.
        one: words of the name that is asked.
        party: 0 for a company or what is not known, else one of `CRAFT`, `PERSON`, `MARK`.
    """
    if not party or score >= policy.RULES.same:
        return True
    kinds = [part.kind for part in one]
    plain = sum(kind not in (LEGAL, FILLER) for kind in kinds)
    if score >= policy.RULES.same_party:
        return party == MARK or plain > 1 or LEGAL not in kinds
    letters = sum(len(part.text) for part in one)
    if LEGAL in kinds or INDUSTRY in kinds:
        return False
    if plain < 2:
        long = letters >= policy.RULES.shortest_one_word
        return party == PERSON and long and score >= policy.RULES.one_word
    return party == PERSON or (
        score >= policy.RULES.same_craft and letters >= policy.RULES.shortest_craft
    )


def compare_party(
    one: tuple[NameWord, ...],
    city: NameWord | None,
    other: Sequence[NameWord],
    weight: Callable[[NameWord], float],
    stands: Callable[[str], int],
    syllables: Callable[[str], int],
    party: int,
    sound: Callable[[str], str] = silent,
    heard: Callable[[str], str] = silent,
) -> tuple[float, list[str]]:
    """How far two names are those of one party, and why; no hit where that may not count.

    Args:
        one: words of the name that is asked.
        city: where the party is; see `with_city`.
        other: words of the name on the list.
        weight: how much a word counts.
        stands: whether a brand that is asked is a slip or meant as it is written.
        syllables: what a word is made of: bits of `MANDARIN`, `KOREAN` and `KOREAN_FAMILY`.
        party: what the listed party is, see `befits`.
        sound: how a word sounds that is no Mandarin, see `sounds`; "" where that says nothing.
        heard: what is heard of a word of a person's name, as far as it is.
    """
    another = lacks = False
    if party == PERSON:
        here, there = ([part.text for part in name if part.kind not in SILENT]
                       for name in (one, other))  # fmt: skip
        another = (
            _of_another_father(one, other)
            or _is_the_father(one, other, stands)
            or _is_of_other_order(here, there, syllables)
        )
        lacks = _lacks_family(here, there)
    stated = with_city(one, other, city)
    score, why = compare(stated, other, weight, untold if party else stands, sound, syllables)
    if lacks:
        score *= policy.RULES.unbefitting
    if party == PERSON and score < policy.RULES.person and not another:
        shared = words_of_person(one, other, weight, syllables, stands, heard)
        if shared:
            score, why = policy.RULES.person, [policy.PERSON_SAYS.format(", ".join(shared))]
    fits = not another and befits(score, one, party)
    return (score if fits else score * policy.RULES.unbefitting), why


def _of_another_father(one: Sequence[NameWord], other: Sequence[NameWord]) -> bool:
    """Whether a name has more words than a listed one without its patronymic.

    The patronymic stands there as a word that fills: another one beside the same names is another
    person's, and the whole name, which is listed too, finds the same one. Its initial is its own.
    """
    father = next((text for kind, text in other if kind == FILLER), "")
    if not father:
        return False
    here, there = ([part for part in name if part.kind not in (LEGAL, FILLER)]
                   for name in (one, other))  # fmt: skip
    if len(here) <= len(there):
        return False
    if len(here) == len(there) + 1 and any(part.text == father[0] for part in here):
        return False
    return pack_squashed(here) != pack_squashed(there)  # else a word was cut in two


def _is_the_father(
    one: Sequence[NameWord], other: Sequence[NameWord], stands: Callable[[str], int]
) -> bool:
    """Whether the father in one of two names is the son in the other (Ali bin Omar bin Zayd)."""
    if min(len(one), len(other)) < FEWEST_WITH_FATHER:
        return False
    here = [part for part in one if part[0] not in SILENT]
    fathers = _fathers(here, stands)
    if not fathers:
        return False
    there = [part for part in other if part[0] not in SILENT]
    others = _fathers(there, stands)
    if not others:
        return False
    return any(part.text in fathers for part in there if part.text not in others) or any(
        part.text in others for part in here if part.text not in fathers
    )


def _fathers(name: Sequence[NameWord], stands: Callable[[str], int]) -> set[str]:
    """The words behind one that says whose son somebody is, which has a word before it."""
    return {
        after[1]
        for (kind, text), after in pairwise(name[1:])
        if kind == BRAND and stands(text) == SON
    }


def _is_of_other_order(
    here: Sequence[str], there: Sequence[str], syllables: Callable[[str], int]
) -> bool:
    """Whether two Korean names have the same syllables, and not those of one given name.

    The family name may stand first or last: Kim Jong Un is Jong Un Kim, and Kim Un Jong another.
    """
    if len(here) != len(there) or len(here) < FEWEST_KOREAN or sorted(here) != sorted(there):
        return False
    if there in (here, [*here[1:], here[0]], [here[-1], *here[:-1]]):
        return False
    return _is_korean(here, syllables)


def _lacks_family(here: Sequence[str], there: Sequence[str]) -> bool:
    """Whether a name has some words of a listed one, not the first, and ends otherwise.

    Most lists print the family name first; of two the second is left out, and not the first.
    """
    if len(here) >= len(there) or len(here) < FEWEST_HEADLESS or here[-1] == there[-1]:
        return False
    particle = policy.RULES.longest_particle
    head = next((text for text in there if len(text) > particle), there[0])
    return head not in here and all(text in there for text in here)


def words_of_person(
    one: Sequence[NameWord],
    other: Sequence[NameWord],
    weight: Callable[[NameWord], float],
    syllables: Callable[[str], int],
    stands: Callable[[str], int] = untold,
    heard: Callable[[str], str] = silent,
) -> list[str]:
    """The words that two names of a person share, where they tell enough; else none.

    One name may lack words of the other, one word may be misspelled, and words may be initials;
    how much the rest must tell, `_told_enough` says. Words may be spelled otherwise as they sound,
    two may be written as one, and titles may be left out.
    """
    if any(part.kind in (LEGAL, INDUSTRY) for part in one):
        return []
    left, rest = ([part for part in name if part.kind not in (LEGAL, FILLER)]
                  for name in (one, other))  # fmt: skip
    if not left or not rest:
        return []
    whole = max(left, rest, key=len)
    particle = policy.RULES.longest_particle
    head = next((part for part in rest if len(part.text) > particle), rest[0]).text
    same_end = left[-1].text == rest[-1].text
    ends = {whole[0].text}, {each.text for each in (whole[1:2] or whole) + whole[-1:]}
    telling = _telling_syllables(left, rest, syllables)
    alone: list[NameWord] = []
    twice: list[NameWord] = []
    met, shared, shared_weight, longest = set(), [], 0.0, 0
    for part in left:
        same = _same_of_person(part, rest, heard)
        if same is not None:
            rest.remove(same)
            met.add(part.text)
            longest = max(longest, len(part.text))
            shared.append(part.text if same.text == part.text else f"{part.text} = {same.text}")
            told = syllables(part.text) & telling
            shared_weight += 0.0 if told else min(weight(part), weight(same))
        else:
            (twice if part.text in met else alone).append(part)
    if not shared:
        return []
    for pair, joined, here in _written_as_one(alone, rest):
        for each in pair:
            (alone if here else rest).remove(each)
        (rest if here else alone).remove(joined)
        shared.append(f"{' '.join(each.text for each in pair)} = {joined.text}")
        shared_weight += weight(joined)
        longest = max(longest, len(joined.text))
    initials, slips, most, shortest = 0, 0, 0, policy.RULES.shortest_slip_beside
    for part in tuple(alone):
        close, edits = _close_of_person(part, rest, syllables, telling, len(shared))
        if close is None:
            continue
        alone.remove(part)
        rest.remove(close)
        shared.append(f"{part.text} = {close.text}")
        if edits:
            slips, most = slips + 1, max(most, edits)
            shortest = min(shortest, len(part.text), len(close.text))
            longest = max(longest, len(part.text))
            shared_weight += min(weight(part), weight(close))
        else:
            initials += 1
            shared_weight += policy.RULES.initial_tells
    alone, rest = ([part for part in name if stands(part.text) != TITLE] for name in (alone, rest))
    if rest:
        alone += twice  # a word that is written twice is another one where the other name has one
    if len(shared) < 2 or slips > 1 or (rest and alone):
        return []
    # An initial that only one name has says nothing of the other.
    lacks = any(len(part.text) > 1 for part in (*alone, *rest))
    rules = policy.RULES
    if lacks and (shortest < rules.shortest_slip_beside or longest < rules.shortest_beside):
        return []
    lacking = {part.text for part in (*alone, *rest)}
    between = lacks and lacking.isdisjoint(ends[0]) and not lacking >= ends[1]
    headless = not same_end and any(part.text == head for part in rest)
    enough = _told_enough(lacks, initials > 0, most, between, headless)
    return shared if shared_weight >= enough else []


def _telling_syllables(
    one: Sequence[NameWord], other: Sequence[NameWord], syllables: Callable[[str], int]
) -> int:
    """Of what the words of two names of persons are that each letter of tells, as bits.

    Syllables are few where one name is all of Mandarin ones, or both are Korean; of a name that is
    neither a word may be one by chance.
    """
    names = [[part.text for part in name if len(part.text) > 1] for name in (one, other)]
    mandarin = any(all(syllables(text) & MANDARIN for text in name) for name in names)
    korean = all(_is_korean(name, syllables) for name in names)
    return (MANDARIN if mandarin else 0) | (KOREAN if korean else 0)


def _is_korean(words: Sequence[str], syllables: Callable[[str], int]) -> bool:
    """Whether words are all made of Korean syllables, and one is a family name."""
    return all(syllables(text) & KOREAN for text in words) and any(
        syllables(text) & KOREAN_FAMILY for text in words
    )


def _same_of_person(
    one: NameWord, rest: Sequence[NameWord], heard: Callable[[str], str]
) -> NameWord | None:
    """The word that is the same as one, or of which the same is heard; None for none."""
    for other in rest:
        if other.text == one.text:
            return other
    said = heard(one.text) if one.kind == BRAND else ""
    if not said:
        return None
    return next(
        (other for other in rest if other.kind == BRAND and heard(other.text) == said), None
    )


def _written_as_one(
    alone: Sequence[NameWord], rest: Sequence[NameWord]
) -> Iterable[tuple[tuple[NameWord, NameWord], NameWord, bool]]:
    """Two words of one name that are one word of the other; whether the two are of the first."""
    for apart, whole, here in ((alone, rest, True), (rest, alone, False)):
        for pair in pairwise(apart):
            for word in whole:
                if pair[0].text + pair[1].text == word.text:
                    return ((pair, word, here),)
    return ()


def _told_enough(
    lacks: bool, initials: bool, edits: int, between: bool = False, headless: bool = False
) -> float:
    """How much the words that two names of a person share must weigh.

    Args:
        lacks: whether one name lacks words of the other.
        initials: whether any word is an initial.
        edits: between the words that are misspelled, 0 where none is.
        between: whether both names have the first word of the longer one, and its second or last.
        headless: whether the name that is asked lacks the first word of the listed one, and they
            end otherwise: it may be the family name.
    """
    rules = policy.RULES
    if lacks and (edits or headless or (initials and not between)):
        return float(rules.told_beside)
    if initials and edits > 1:
        return float(rules.told_beside)
    if between:
        return float(rules.told_between)
    if edits > 1:
        return float(rules.told_two_slips)
    if lacks or (initials and edits):
        return float(rules.told)
    if edits:
        return float(rules.told_slip)
    return float(rules.told_initial) if initials else 0.0


def _close_of_person(
    one: NameWord,
    rest: Sequence[NameWord],
    syllables: Callable[[str], int],
    telling: int,
    shared: int,
) -> tuple[NameWord | None, int]:
    """The first word that is another's initial, with 0, or it misspelled, with the edits.

    Args:
        one: the word.
        rest: the words of the other name that are left.
        syllables: what a word is made of.
        telling: of what it is where each of its letters tells.
        shared: how many words the names share besides.
    """
    rules = policy.RULES
    many = shared >= rules.shared_beside_start
    other_start = rules.shortest_start_beside if many else rules.shortest_other_start
    for other in rest:
        short, long = sorted((len(one.text), len(other.text)))
        alike = one.text[0] == other.text[0]
        if short == 1 < long:
            if alike:
                return other, 0
            continue
        two = rules.shortest_two_slips if short == long else rules.shortest_two_apart
        most = 2 if alike and short >= two else 1
        least = rules.shortest_in_person if alike else other_start
        if short < least or long - short > most:
            continue
        mine, theirs = syllables(one.text), syllables(other.text)
        if (mine | theirs) & telling:
            continue
        if long <= rules.longest_family and mine & theirs & MANDARIN:
            continue
        edits = spelling.edits(one.text, other.text)
        if edits <= most:
            return other, edits
    return None, 0


def why_whole(score: float, packed: str) -> list[str]:
    """The reasons of a score that only two names have that are the same as a whole.

    Args:
        score: of the two names.
        packed: words of the name on the list as one text; see `index.pack`.

    Returns:
        No reason where the score may be that of other names, too.
    """
    says = SAID_OF_WHOLE.get(score)
    return [says] if says and any(word[0] not in SILENT for word in packed.split()) else []


def compare(
    one: Sequence[NameWord],
    other: Sequence[NameWord],
    weight: Callable[[NameWord], float],
    stands: Callable[[str], int] = untold,
    sound: Callable[[str], str] = silent,
    syllables: Callable[[str], int] = _of_none,
) -> tuple[float, list[str]]:
    """How far two names are one, and why.

    Args:
        one: words of the name that is asked.
        other: words of the name on the list.
        weight: how much a word counts.
        stands: whether a brand that is asked is a slip or meant as it is written: `SLIP`, `MEANT`.
        sound: how a word sounds, see `compare_party`.
        syllables: what a word is made of, see `compare_party`.

    Returns:
        A score from 0 to 1, and the reasons for people.
    """
    rules = policy.RULES
    here = [part for part in one if part[0] not in SILENT]
    right = [part for part in other if part[0] not in SILENT]
    legal = [part for part in other if part[0] == LEGAL]
    left = [part for part in here if not _misspelled_form(part, legal)] if legal else here

    def same_form() -> bool:
        return pack_legal(one) == pack_legal(legal)

    def formed() -> bool:
        return any(part.kind == LEGAL for part in one)

    def all_close() -> bool:
        return [part.text for part in one] == [part.text for part in other]

    def swapped() -> bool:
        return _swapped_in_one(left, right, syllables)

    pair = NamePair(
        pack_squashed(here), pack_squashed(right), same_form, formed, all_close, swapped,
        left, right,
    )  # fmt: skip
    for feature in policy.WHOLE:
        words = feature.holds(pair)
        if words is not None:
            return getattr(rules, feature.name), [feature.says.format(words)]
    if {kind for kind, _ in (*one, *other)} <= {BRAND}:
        stands = untold  # they may be a person's name, and each spelling of one is somebody's
    pair.well_known = len(right) == 1 and weight(right[0]) <= rules.weight_well_known
    pair.spoken = len(left) == 2 and all(
        part.kind == BRAND and syllables(part.text) & MANDARIN for part in left
    )
    pair.shared = len(left) == 1 and stands(left[0].text) == SHARED
    tells = _are_syllables(left, right, syllables) if stands is untold else 0
    total = weigh(left, weight) + weigh(right, weight)
    if not total:
        return 0.0, []
    score, why = _word_by_word(pair, total, weight, stands, sound, tells > 0)
    for feature in policy.LEFT_OVER:
        words = feature.holds(pair)
        if words is not None:
            number = getattr(rules, feature.name)
            score = score * number if feature.name in policy.MULTIPLIES else min(score, number)
            if feature.says:
                why.append(feature.says.format(words))
    if score < rules.slipped and (slip := _slipped_in_one(left, right, stands, syllables)):
        return rules.slipped, [policy.SLIPPED_SAYS.format(slip)]
    # Of one word it was looked at, and of a Korean name the whole says nothing.
    if score < rules.whole and max(len(left), len(right)) > 1 and not tells & KOREAN:
        another = any(_is_another(part, right, stands) for part in left)
        whole = 0.0 if another else _whole(here, pair.squash, right, pair.listed)
        if whole - rules.spelling > score and not _has_other_word(left, right, syllables):
            return whole - rules.spelling, [policy.SPELLED_SAYS]
    return min(score, rules.most), why


def _swapped_in_one(
    left: Sequence[NameWord], right: Sequence[NameWord], syllables: Callable[[str], int]
) -> bool:
    """Whether two names are the same but for two letters of one word, which changed places.

    Mandarin syllables with other letters are another name (Lian, Lina), as are a few letters, and
    a known word is meant as it is asked (Noble, Nobel).
    """
    if (pair := _one_apart(left, right)) is None:
        return False
    one, other = pair
    return (
        one.kind == BRAND
        and other.kind != NUMBER
        and len(one.text) >= policy.RULES.shortest_slip
        and not syllables(one.text) & syllables(other.text) & MANDARIN
        and spelling.swaps(one.text, other.text)
    )


def _one_apart(
    left: Sequence[NameWord], right: Sequence[NameWord]
) -> tuple[NameWord, NameWord] | None:
    """The word of either of two names that are the same but for it; None for others."""
    if len(left) != len(right):
        return None
    differ = [pair for pair in zip(left, right, strict=True) if pair[0].text != pair[1].text]
    return differ[0] if len(differ) == 1 else None


def _slipped_in_one(
    left: Sequence[NameWord],
    right: Sequence[NameWord],
    stands: Callable[[str], int],
    syllables: Callable[[str], int],
) -> str:
    """The word that tells two names apart, where it does so by one letter; "" for none.

    All others are the same, and one of them is a brand, or the word is none on the list. A word
    that is asked and somebody's own is meant so, but beside several that are the same.
    """
    if (pair := _one_apart(left, right)) is None:
        return ""
    one, other = pair
    rules, same = policy.RULES, [part for part in left if part is not one]
    branded = any(part.kind == BRAND for part in same)
    named = any(part.kind != BRAND for part in (*left, *right))
    slips = (
        one.kind == BRAND
        and other.kind != NUMBER
        and named
        and sum(len(part.text) for part in same) >= rules.shortest_beside_slip
        and (branded or other.kind != BRAND)
        and min(len(one.text), len(other.text)) >= rules.shortest_slip
        and one.text[0] == other.text[0]
        and not syllables(one.text) & syllables(other.text) & MANDARIN
        and (stands(one.text) != MEANT or (branded and len(same) >= rules.sure_beside_slip))
        and spelling.edits(one.text, other.text) == 1
    )
    return one.text if slips else ""


def _are_syllables(
    one: Sequence[NameWord], other: Sequence[NameWord], syllables: Callable[[str], int]
) -> int:
    """What the words of two names both are, all of them: Mandarin syllables, Korean ones, or 0."""
    both = MANDARIN | KOREAN
    for part in (*one, *other):
        both &= syllables(part.text)
        if not both:
            return 0  # as most are
    for name in (one, other):
        if not any(syllables(part.text) & KOREAN_FAMILY for part in name):
            both &= MANDARIN
    return both


def _has_other_word(
    left: Sequence[NameWord], right: Sequence[NameWord], syllables: Callable[[str], int]
) -> bool:
    """Whether two words in one place are not near each other, in names of as many words."""
    return len(left) == len(right) and any(
        _is_other_word(one, other, syllables)
        for one, other in zip(left, right, strict=True)
        if one.text != other.text
    )


def _is_other_word(one: NameWord, other: NameWord, syllables: Callable[[str], int]) -> bool:
    """Whether one word is not the other misspelled; known words are others, endings aside."""
    if BRAND not in (one.kind, other.kind):
        return not (one.text.startswith(other.text) or other.text.startswith(one.text))
    return (
        min(len(one.text), len(other.text)) >= policy.RULES.shortest_other_word
        and not _clipped(*sorted((one.text, other.text), key=len))
        and (
            not near(one.text, other.text, 0.0)
            or _begins_otherwise(one.text, other.text)
            or (
                one.kind == other.kind
                and _tells_in_mandarin(one, other)
                and syllables(one.text) & syllables(other.text) & MANDARIN > 0
            )
        )
    )


def _begins_otherwise(one: str, other: str) -> bool:
    """Whether two words differ in their first letter, and besides."""
    return one[0] != other[0] and spelling.edits(one, other) > 1


def _clipped(short: str, long: str) -> bool:
    """Whether a short word is the beginning of another."""
    return len(short) < policy.RULES.shortest_misspelled and long.startswith(short)


def _is_another(part: NameWord, right: Sequence[NameWord], stands: Callable[[str], int]) -> bool:
    """Whether a brand that is meant as it is written is none of the listed name."""
    return (
        part.kind == BRAND
        and len(part.text) >= policy.RULES.shortest_misspelled
        and stands(part.text) == MEANT
        and all(part.text != other.text for other in right)
    )


def _word_by_word(
    pair: NamePair,
    total: float,
    weight: Callable[[NameWord], float],
    stands: Callable[[str], int],
    sound: Callable[[str], str],
    tells: bool,
) -> tuple[float, list[str]]:
    """The share of the weight that agrees, and what does; the pair is told what is left over."""
    agreed, almost, why, rest, alone, pair.known = _matched(
        pair.left, pair.right, weight, stands, sound, tells
    )
    score = agreed / total
    joined = _joined(alone, rest, stands, tells)
    if not joined:
        # Brands that are near each other order what is not a hit; they make none.
        score = max(score, min(policy.RULES.brands_differ, (agreed + almost) / total))
    else:
        brands = [part for part in (*alone, *rest) if part.kind == BRAND]
        score += joined * weigh(brands, weight) / total
        why.append("written together or apart")
        alone = [part for part in alone if part.kind != BRAND]
        rest = [part for part in rest if part.kind != BRAND]
        pair.known = pair.joined = True
    for kind in (NUMBER, BRAND, PLACE, INDUSTRY):
        pair.over[kind] = [], []
    for kind, text in alone:
        pair.over[kind][0].append(text)
    for kind, text in rest:
        pair.over[kind][1].append(text)
    return score, [f"agree: {', '.join(why)}"] if why else []


def _matched(
    left: Sequence[NameWord],
    right: Sequence[NameWord],
    weight: Callable[[NameWord], float],
    stands: Callable[[str], int],
    sound: Callable[[str], str],
    tells: bool,
) -> tuple[float, float, list[str], list[NameWord], list[NameWord], bool]:
    """Word by word.

    Returns:
        Weight that agrees, weight that almost does, what agrees, what is left of the listed name,
        what is left of the other, and whether any brand agrees.
    """
    agreed, almost, why, rest, alone, known = 0.0, 0.0, [], list(right), [], False
    for part in left:
        found, close, sure = _partner(part, rest, stands, sound, tells)
        if found is None or not sure:
            alone.append(part)
            if found is not None:
                almost += policy.RULES.near_counts * close * (weight(part) + weight(found))
            continue
        rest.remove(found)
        agreed += close * (weight(part) + weight(found))
        brands = BRAND in (part.kind, found.kind) and close >= policy.RULES.close
        # One letter is an initial of anybody, and a few may be the beginning of any word; a known
        # word that is misspelled is that one (`Yeild Bright`).
        misspelled = part.kind == BRAND != found.kind and close != policy.RULES.shortened
        sure = misspelled or close >= policy.RULES.sounds
        least = 2 if sure else policy.RULES.shortest_telling
        if not sure and found.kind == BRAND and weight(found) <= policy.RULES.weight_best_known:
            least = policy.RULES.shortest_well_known
        known = known or (brands and min(len(part.text), len(found.text)) >= least)
        why.append(f"{part.text} = {found.text}" if close < 1 else part.text)
    return agreed, almost, why, rest, alone, known


def weigh(words: Iterable[NameWord], weight: Callable[[NameWord], float]) -> float:
    """What words weigh together; added one by one, as some versions of `sum` do not."""
    total = 0.0
    for word in words:
        total += weight(word)
    return total


def pack_squashed(words: Iterable[NameWord]) -> str:
    """Words written together."""
    return "".join([part.text for part in words])


def pack_legal(words: Iterable[NameWord]) -> list[str]:
    """The legal forms of a name."""
    return [part.text for part in words if part.kind == LEGAL]


def _partner(
    part: NameWord,
    rest: Sequence[NameWord],
    stands: Callable[[str], int],
    sound: Callable[[str], str],
    tells: bool,
) -> tuple[NameWord | None, float, bool]:
    """The word of the other name that agrees best with one, how far, and whether it is taken."""
    text = part.text
    for other in rest:
        if other.text == text:
            return other, 1.0, True
    best, closest, taken = None, 0.0, False
    for other in rest:
        close, sure = agreement(part, other, stands, sound, tells)
        if close > closest:
            best, closest, taken = other, close, sure
    return best, closest, taken


def agreement(
    one: NameWord,
    other: NameWord,
    stands: Callable[[str], int] = untold,
    sound: Callable[[str], str] = silent,
    tells: bool = False,
) -> tuple[float, bool]:
    """How far two words agree, and whether that makes them one; 0 where they have nothing to do.

    What is not in the table of words counts as a brand, so it may be a trade or place misspelled.
    A brand that is nobody's word is the listed one with a slip where one edit makes it so; one that
    is somebody's is that other's, however near.
    """
    (kind, text), (other_kind, other_text) = one, other
    if text == other_text:
        return 1.0, True
    if NUMBER in (kind, other_kind) or BRAND not in (kind, other_kind):
        return 0.0, False
    rules, same_kind = policy.RULES, kind == other_kind
    first = len(text) < len(other_text)
    short, long = (text, other_text) if first else (other_text, text)
    close = word_closeness(short, long)
    standing = stands(text) if same_kind else UNTOLD
    if standing == SLIP and slipped(short, long):
        return rules.slip, True
    alike = same_kind and may_sound_alike(text, other_text)
    if alike and (heard := sound(text)) and heard == sound(other_text):
        return rules.sounds, True
    if close >= rules.close and standing != MEANT:
        if not (tells and _tells_in_mandarin(one, other)):
            return close, True
        return rules.near_most, False
    if short[0] == long[0] and len(long) >= 4 and not is_han(short[0]):
        if len(short) == 1:
            return rules.initial, True
        of_short, of_long = (kind, other_kind) if first else (other_kind, kind)
        # A syllable or two stand in many names of places.
        known = of_long != PLACE or len(short) >= rules.shortest_misspelled
        if of_short == BRAND != of_long and known and shortens(short, long):
            return rules.shortened, True
    if not same_kind:
        return 0.0, False
    return near(short, long, close) or _clipped_brand(short, long), False


def _clipped_brand(short: str, long: str) -> float:
    """How near a brand is that may be short for another; 0 where it is not."""
    alike = short[0] == long[0] and not is_han(short[0]) and shortens(short, long)
    return policy.RULES.near if alike else 0.0


def _tells_in_mandarin(one: NameWord, other: NameWord) -> bool:
    """Whether two words are so short that each letter tells in a name that is all of Mandarin."""
    return bool(max(len(one.text), len(other.text)) <= policy.RULES.longest_mandarin)


def slipped(short: str, long: str) -> bool:
    """Whether one edit lies between two Latin words; short ones must begin alike."""
    return (
        len(short) >= policy.RULES.shortest_slip
        and len(long) >= policy.RULES.shortest_misspelled
        and len(long) - len(short) <= 1
        and (short[0] == long[0] or len(short) >= policy.RULES.shortest_other_start)
        and not is_han(short[0])
        and spelling.edits(short, long) == 1
    )


def shortens(short: str, long: str) -> bool:
    """Whether the letters of one stand in the other in their order, and are at most 3 in 4.

    A short form begins as the word does (`Techn.`) or leaves its vowels out (`Mngmnt`): `iron` is
    not short for `international`.
    """
    if len(short) < policy.RULES.shortest_shortened:
        return False
    vowels = sum(letter in VOWELS for letter in short[1:])
    if short[:2] != long[:2] and vowels > len(short) // policy.RULES.letters_a_vowel:
        return False
    # `in` uses an iterator up to what it finds, so the letters must come in this order.
    rest = iter(long)
    return 4 * len(short) <= 3 * len(long) and all(letter in rest for letter in short)


def _misspelled_form(part: NameWord, legal: Sequence[NameWord]) -> bool:
    """Whether what looks like a brand is a legal form of the other name, misspelled."""
    kind, text = part
    if kind != BRAND:
        return False
    size, least = len(text), policy.RULES.shortest_form
    for _, form in legal:
        near = abs(size - len(form)) <= 1 and min(size, len(form)) >= least
        if near and spelling.edits(text, form) <= 1:
            return True
    return False


def _whole(one: Sequence[NameWord], squash: str, other: Sequence[NameWord], listed: str) -> float:
    """How far two Latin names are spelled alike, words aside; 0 where numbers or places differ.

    The letters that differ may all be those of the brand, so they are held against its length.
    """
    if len(squash) < policy.RULES.shortest_whole or not (squash.isascii() and listed.isascii()):
        return 0.0
    close = closeness(squash, listed)
    if close < policy.RULES.whole or _of_kind(NUMBER, one) != _of_kind(NUMBER, other):
        return 0.0
    here, there = _of_kind(PLACE, one), _of_kind(PLACE, other)
    if here - there and there - here:
        return 0.0
    brands = [letters for words in (one, other) if (letters := _brand_letters(words))]
    if brands and min(brands) <= policy.RULES.short_brand:
        return 0.0
    # The whole number of edits again, out of the share that was made of it.
    edits = round((1 - close) * max(len(squash), len(listed)))
    if brands and edits > (1 - policy.RULES.close) * min(brands) + ROUNDED:
        return 0.0
    return close


def _brand_letters(words: Iterable[NameWord]) -> int:
    return sum(len(part.text) for part in words if part.kind == BRAND)


def _of_kind(kind: str, words: Iterable[NameWord]) -> set[str]:
    return {part.text for part in words if part.kind == kind}


def _joined(
    alone: Sequence[NameWord],
    rest: Sequence[NameWord],
    stands: Callable[[str], int],
    tells: bool,
) -> float:
    """How far the brands that are left agree written together; a person's in Mandarin must."""
    one = "".join(part.text for part in alone if part.kind == BRAND)
    other = "".join(part.text for part in rest if part.kind == BRAND)
    if not one or not other:
        return 0.0
    close = word_closeness(one, other)
    # Two syllables written together are near those of thousands of names.
    least = policy.RULES.shortest_whole
    brands = [part.text for part in alone if part.kind == BRAND]
    another = len(brands) == 1 and stands(brands[0]) == MEANT
    another = another or (tells and max(len(one), len(other)) <= policy.RULES.longest_mandarin)
    sure = close == 1.0 or (min(len(one), len(other)) >= least and not another)
    return close if sure and close >= policy.RULES.close else 0.0


def with_city(
    one: tuple[NameWord, ...], other: Sequence[NameWord], city: NameWord | None
) -> tuple[NameWord, ...]:
    """The words that are asked, with the city of the party where only the listed name has it."""
    if city is None or city not in other or any(part.kind == PLACE for part in one):
        return one
    return (*one, city)


def closeness(one: str, other: str) -> float:
    """How far two words are spelled alike: one minus edits over the longer length.

    Short words and Chinese ones must be the same: one character makes another company. The first
    letter is seldom misspelled.
    """
    if one == other:
        return 1.0
    rules = policy.RULES
    shorter, longer = len(one), len(other)
    if shorter > longer:
        shorter, longer = longer, shorter
    # Their lengths alone take more edits than may lie between them.
    if shorter < rules.shortest_misspelled or longer - shorter > 0.2 * longer:
        return 0.0
    if one[0] != other[0] and longer < rules.shortest_any_start:
        return 0.0
    if longer < 5 and is_han(one[0]):
        return 0.0
    return 1 - spelling.edits(one, other) / longer


def word_closeness(one: str, other: str) -> float:
    """How far two words are spelled alike; few letters may differ, however long they are.

    What is read as full pinyin is one long word, and ends as thousands do.
    """
    close = closeness(one, other)
    if close in (0.0, 1.0):
        return close
    edits = round((1 - close) * max(len(one), len(other)))
    return close if edits <= policy.RULES.most_edits else 0.0


def near(one: str, other: str, close: float) -> float:
    """How far two words that differ are still near each other; 0 below `NEAR`, and for Chinese.

    Args:
        one: a word.
        other: another.
        close: how far `alike` says that they are alike, so that edits are counted once.
    """
    longer = max(len(one), len(other))
    if min(len(one), len(other)) < 3 or is_han(one[0]) or is_han(other[0]):
        return 0.0
    if abs(len(one) - len(other)) > (1 - policy.RULES.near) * longer:
        return 0.0
    close = close or 1 - spelling.edits(one, other) / longer
    return min(close, policy.RULES.near_most) if close >= policy.RULES.near else 0.0
