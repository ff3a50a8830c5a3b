"""What was meant by the name of an option or parameter that there is not.

The words that people of the field use for one thing stand in one table, each row with the names
that parameters have here; which of them a question takes decides the hint. Loaded for a refusal
alone.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.vocabulary import is_slip, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST = 3
"""Names that a hint gives where one is as near as the other."""

SYNONYMS = (
    ("from country", "origin by from"),
    ("coo country-of-origin origin-country exporting-country producer origin",
     "origin made-in from"),
    ("to destination dest into importing-country import-country target", "to"),
    ("date day when at as-at as-of time entered entry-day", "on entry-date from-date dates"),
    ("known as-known as-of", "known-on"),
    ("since start begin after start-date first", "from-date from"),
    ("until till end before end-date through up-to", "to-date to"),
    ("hs hts hs-code hts-code hscode htsus tariff tariff-code commodity heading code",
     "code basket words item"),
    ("product goods good eccn control control-code", "item code words"),
    ("price amount cost customs-value invoice usd", "value"),
    ("qty weight units number count kg", "quantity"),
    ("rate mfn duty base-duty ordinary column-1", "base rates"),
    ("file in input source csv table path", "file input files"),
    ("out save write export xlsx parquet output-file", "output out"),
    ("format", "json output"),
    ("consignee buyer customer recipient importer company user purchaser", "end-user party name"),
    ("seller shipper supplier vendor", "exporter party name"),
    ("name person entity firm", "name party end-user"),
    ("use purpose application", "end-use"),
    ("explain verbose reasons reason working", "why"),
    ("flag claim facts", "fact facts"),
    ("parameter specification", "param"),
    ("side authority", "by"),
    ("type category", "kind"),
    ("max n count results first", "limit top last"),
    ("period frequency interval", "every"),
    ("image svg png plot graph", "chart picture"),
    ("version law", "edition register reading"),
    ("what-if assume suppose", "scenario"),
    ("charset", "encoding"),
    ("material", "mineral"),
)  # fmt: skip
"""Words that people use, and the parameters that they may mean, the likeliest first."""


def meant(name: str, known: Iterable[str]) -> list[str]:
    """The names that a name was meant to be, the likeliest first; empty where none is near.

    A letter doubled, left out or exchanged with its neighbor is a slip of the hand; then come the
    words that people use for a thing; then names with another letter, and those that are alike.

    Args:
        name: as it was written, without dashes before it.
        known: the names that there are.
    """
    names = {_plain(each): each for each in known}
    word = _plain(name)
    hands = [each for each in names if _is_hands(word, each)]
    exchanged = [each for each in hands if len(each) == len(word)]
    near = _nearest_first(word, exchanged or hands)
    if not near:
        near = list(_by_meaning(word, names))[:1]
    if not near:
        near = _nearest_first(word, [each for each in names if is_slip(word, each)])
    if not near:
        near = nearest(word, sorted(names), 1)
    return [names[each] for each in near[:MOST]]


def words_for(name: str) -> frozenset[str]:
    """The words that people use for a parameter, its own name among them."""
    found = (words.split() for words, meanings in SYNONYMS if name in meanings.split())
    return frozenset({name}.union(*found))


def is_hand_slip(word: str, other: str) -> bool:
    """Whether a word is another with a letter too many or too few, or two exchanged."""
    return word != other and _is_hands(word, other)


def _plain(name: str) -> str:
    return name.strip().casefold().replace("_", "-").replace(" ", "-")


def _is_hands(word: str, other: str) -> bool:
    """Whether a word is another with a letter too many or too few, or two exchanged."""
    return word == other or (
        is_slip(word, other) and (len(word) != len(other) or sorted(word) == sorted(other))
    )


def _nearest_first(word: str, names: list[str]) -> list[str]:
    """Names by likeness; those that are less alike than the nearest are left out."""
    from difflib import SequenceMatcher

    likeness = {each: SequenceMatcher(None, word, each).ratio() for each in names}
    best = max(likeness.values(), default=0.0)
    return sorted(each for each in names if likeness[each] == best)


def _by_meaning(word: str, names: Iterable[str]) -> Iterator[str]:
    """What there is of the names that a word stands for."""
    there = set(names)
    if "from-date" in there:
        there.discard("from")  # which is a day then
    for spelled, meanings in SYNONYMS:
        words = spelled.split()
        if word in words or any(_is_hands(word, each) for each in words):
            yield from (each for each in meanings.split() if each in there)
