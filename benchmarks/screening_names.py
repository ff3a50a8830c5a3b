"""Names as they are written wrongly: each listed name changed in one known way.

What is changed is drawn with a seed, so that every run asks the same. A change that leaves the name
as it was, leaves fewer than four letters, or leaves nothing that says who is meant, is drawn again.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SCANNED = (("rn", "m"), ("m", "rn"), ("o", "0"), ("l", "1"), ("i", "l"), ("cl", "d"), ("e", "c"),
           ("s", "5"), ("b", "8"), ("u", "v"), ("h", "b"))  # fmt: skip
FORMS = ("Co., Ltd.", "Company Limited", "Ltd", "Limited", "Inc.", "LLC", "Corp.", "GmbH", "Co Ltd")
ENDING = re.compile(
    r"[\s,]+(co\.?,? ?ltd\.?|company limited|limited|ltd\.?|inc\.?|llc|corp\.?|corporation|gmbh|"
    r"ooo|jsc|company|co\.?|plc|s\.?a\.?)$",
    re.IGNORECASE,
)
LEGAL = frozenset({
    "co", "company", "limited", "ltd", "inc", "llc", "corp", "corporation", "gmbh", "ooo", "oao",
    "zao", "pao", "ao", "jsc", "ojsc", "cjsc", "pjsc", "plc", "sa", "joint", "stock", "liability",
    "coltd", "pte", "pvt", "sdn", "bhd", "fze", "fzco", "llcfz", "sasu", "the", "of", "and",
    "obshchestvo", "s", "ogranichennoi", "ogranichennoy", "otvetstvennostyu", "aktsionernoe",
    "aktsionernoye",
})  # fmt: skip
"""Words that say little of who it is."""

SHORT = {
    "technology": "TECH", "technologies": "TECH", "group": "GRP", "communication": "COMM",
    "communications": "COMM", "services": "SRVCES", "service": "SVC", "international": "INTL",
    "company": "COMP", "shenzhen": "SZ", "trading": "TRDG", "industrial": "IND",
    "industry": "IND", "industries": "INDS", "development": "DEV", "engineering": "ENGG",
    "electronics": "ELECTR", "electronic": "ELEC", "manufacturing": "MFG", "institute": "INST",
    "research": "RES", "university": "UNIV", "equipment": "EQUIP", "limited": "LTD",
    "corporation": "CORP", "management": "MGMT", "general": "GEN", "national": "NATL",
    "association": "ASSN", "systems": "SYS", "transport": "TRANSP", "shipping": "SHPG",
    "beijing": "BJ", "shanghai": "SH", "guangzhou": "GZ", "investment": "INVEST",
    "import": "IMP", "export": "EXP", "science": "SCI", "scientific": "SCI",
    "department": "DEPT", "brothers": "BROS", "enterprises": "ENT", "bank": "BK",
}  # fmt: skip
"""Words with the short form that is asked for them."""


class Asked(NamedTuple):
    """A name that is asked.

    Attributes:
        text: as it is asked.
        kind: how it was changed.
        listed: number of the listed name that it was made from.
    """

    text: str
    kind: str
    listed: int


def droppable(words: Sequence[str]) -> list[int]:
    """Places of words that may go: of three or more that are no legal form, not the longest."""
    places = [at for at, word in enumerate(words) if plain(word) not in LEGAL]
    if len(places) < 3:
        return []
    longest = max(places, key=lambda at: len(words[at]))
    return [at for at in places if at != longest]


def plain(word: str) -> str:
    """A word without case and signs."""
    return "".join(char for char in word.casefold() if char.isalnum())


def typing_slip(name: str, draw: random.Random) -> str:
    """One letter wrong, missing, or too many; two in a name of more than twenty letters."""
    for _ in range(1 + (len(name) > 20 and draw.random() < 0.3)):
        at = draw.choice([at for at, char in enumerate(name) if char.isalnum()])
        letter = draw.choice(LETTERS)
        name = draw.choice(
            (name[:at] + letter + name[at + 1 :], name[:at] + name[at + 1 :],
             name[:at] + letter + name[at:])
        )  # fmt: skip
    return name


def swapped_letters(name: str, draw: random.Random) -> str:
    """Two letters that stand side by side change places."""
    places = [
        at for at in range(len(name) - 1)
        if name[at].isalnum() and name[at + 1].isalnum() and name[at] != name[at + 1]
    ]  # fmt: skip
    if not places:
        return name
    at = draw.choice(places)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def scanned(name: str, draw: random.Random) -> str:
    """Letters read wrongly from paper, in one place."""
    low = name.lower()
    places = [(at, old, new) for old, new in SCANNED for at in range(len(low))
              if low.startswith(old, at)]  # fmt: skip
    if not places:
        return name
    at, old, new = draw.choice(places)
    return name[:at] + new + name[at + len(old) :]


def dropped_word(name: str, draw: random.Random) -> str:
    """One word is missing, of those that may go."""
    words = name.split()
    places = droppable(words)
    if not places:
        return name
    gone = draw.choice(places)
    return " ".join(word for at, word in enumerate(words) if at != gone)


def other_order(name: str, draw: random.Random) -> str:
    """The words in another order: turned round, or the last one first."""
    words = name.replace(",", " ").split()
    return " ".join(words[::-1] if draw.random() < 0.5 else words[-1:] + words[:-1])


def initial(name: str, draw: random.Random) -> str:
    """One word, of those that may go, as its first letter."""
    words = name.split()
    places = [at for at in droppable(words) if len(words[at]) > 3]
    if not places:
        return name
    at = draw.choice(places)
    words[at] = f"{words[at][0]}."
    return " ".join(words)


def other_form(name: str, draw: random.Random) -> str:
    """Another legal form, or none."""
    bare = ENDING.sub("", name)
    return bare if bare != name and draw.random() < 0.3 else f"{bare} {draw.choice(FORMS)}"


def joined_or_split(name: str, draw: random.Random) -> str:
    """A space too few, or one too many in a long word."""
    words = name.split()
    long = [at for at, word in enumerate(words) if len(word) >= 7 and word.isalpha()]
    if long and draw.random() < 0.5:
        at = draw.choice(long)
        cut = draw.randint(3, len(words[at]) - 3)
        words[at] = f"{words[at][:cut]} {words[at][cut:]}"
    elif len(words) > 1:
        at = draw.randrange(len(words) - 1)
        words[at : at + 2] = [words[at] + words[at + 1]]
    return " ".join(words)


def shortened(name: str, draw: random.Random) -> str:
    """Known words by their short form."""
    words = name.split()
    places = [at for at, word in enumerate(words) if word.strip(".,").lower() in SHORT]
    for at in places:
        words[at] = SHORT[words[at].strip(".,").lower()]
    return " ".join(words)


def clipped(name: str, draw: random.Random) -> str:
    """A long word that may go, clipped (`Manufac.`) or without its vowels (`Mnfctrng`)."""
    words = name.split()
    places = [at for at in droppable(words) if len(words[at]) >= 8 and words[at].isalpha()]
    if not places:
        return name
    at = draw.choice(places)
    word = words[at]
    if draw.random() < 0.5:
        words[at] = f"{word[: draw.randint(4, len(word) - 3)]}."
    else:
        words[at] = word[0] + re.sub("[aeiouAEIOU]", "", word[1:])
    return " ".join(words)


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "typing slip": typing_slip,
    "letters swapped": swapped_letters,
    "scanned wrongly": scanned,
    "word dropped": dropped_word,
    "other word order": other_order,
    "a word as its initial": initial,
    "other legal form": other_form,
    "joined or split": joined_or_split,
    "short forms": shortened,
    "a word clipped": clipped,
}


SAYS_LITTLE = 20
"""Names that have a word, above which it does not tell by itself who is meant."""

LOSES = ("word dropped", "a word as its initial", "a word clipped")
"""Changes after which a word must be left that says who is meant."""


def asked(names: Sequence[str], count: int, seed: int = 7) -> list[Asked]:
    """So many names, each kind of change as often as the others.

    What is left of `Harold Trading LLC` without its first word is a question that nobody can
    answer: a change that loses a word must leave one that few of the names have.

    Args:
        names: the listed names.
        count: how many are asked.
        seed: decides everything that is drawn.
    """
    draw = random.Random(seed)
    held = Counter(word for name in names for word in set(map(plain, name.split())))
    kinds = list(CHANGES)
    found: list[Asked] = []
    while len(found) < count:
        kind = kinds[len(found) % len(kinds)]
        number = draw.randrange(len(names))
        text = CHANGES[kind](names[number], draw)
        words = [plain(word) for word in text.split()]
        if text.casefold() == names[number].casefold() or sum(map(len, words)) < 4:
            continue
        if kind in LOSES and not any(0 < held[word] <= SAYS_LITTLE for word in words):
            continue
        found.append(Asked(text, kind, number))
    return found
