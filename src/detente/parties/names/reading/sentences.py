"""Names in sentences: words in capitals, around which there are small ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile

from detente.parties.names.document_words import DocumentWords
from detente.parties.names.kinds import BRAND, FILLER, LEGAL, PLACE
from detente.parties.names.patterns import late_pattern
from detente.parties.names.reading.pieces import FEWEST_BEFORE, LONG, OF_BODY, OPENING, SHORTEST

IN_SENTENCE = re.compile(r"(?<!\S)[a-z]{2,}\s+(?:\S+\s+)*?[a-z]{2,}(?!\S)").search
"""Whether a text has words in small letters, as a sentence has."""

FOR = "for"
"""What may stand in a name, and between one and what it is about."""

FEWEST_AROUND = 2
"""Words in small letters that a sentence has around a name."""


BETWEEN_TWO = late_pattern(r"\bbetween\s+(.+?),?\s+and\s+(.+)$", re.IGNORECASE)
"""Two parties, or ships, between which something is."""

IS_BASED = late_pattern(
    r",\s+an?\s+(?:[^,]*\b(?:based|registered|incorporated|owned|listed)\b.*"
    r"|(?:[\w-]+\s+){1,3}(?:company|firm|bank|manufacturer|supplier|trader|entity|shipper))\W*$",
    re.IGNORECASE,
)
"""What somebody is, behind a comma (`Acme, a Dubai based company`)."""


def between_two(text: str) -> Iterator[str]:
    """Each of those between whom something is (`agreement between A, B and C`)."""
    if match := BETWEEN_TWO.search(text):
        yield from (match[1], *match[1].split(", "), match[2])


def may_be_sentence(text: str) -> bool:
    """Whether a text has words in small letters, and others."""
    # Most names have a capital in each word, which costs less to tell.
    return not (text.istitle() or text.isupper() or text.islower()) and bool(IN_SENTENCE(text))


def named_in_sentence(
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
