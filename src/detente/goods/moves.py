"""Which code became which: derived from two editions, graded, and never guessed.

Between editions of one nomenclature only statistical lines change, inside an eight-digit rate line,
so a successor always has the same ordinary rate. Between the nomenclatures of 2017 and 2022 rate
lines themselves change; a successor is named there only where place, rates and words agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente._shapes import NamedTuple
from detente.goods.codes import RATE_LINE
from detente.goods.export import EditionRow, WordGroups
from detente.goods.lines import Move

LIKE = 0.6  # share of words that two lines of different nomenclatures must have in common
WORD = re.compile(r"[^\W_]+")
OTHER = "other"
EMPTY = frozenset({"of", "the", "and", "or", "a", "an", "in", "for", "to", "nesi", "nesoi", OTHER})


def moves_of_editions(
    names: Sequence[str], editions: Sequence[Mapping[str, EditionRow]], groups: WordGroups
) -> Iterator[Move]:
    """Yield the moves of statistical lines between neighboring editions, in order."""
    texts = {name: (parent, text) for name, parent, text in groups.rows()}
    for at in range(1, len(names)):
        before, after = editions[at - 1], editions[at]
        gone, come = _by_rate_line(before, after), _by_rate_line(after, before)
        for line in sorted(gone.keys() | come.keys()):
            old = {code: _words_below(code, before, texts) for code in gone[line]}
            new = {code: _words_below(code, after, texts) for code in come[line]}
            both = [f"{line}{suffix:02}" for suffix in range(100)]
            stayed = {
                code: _words_below(code, after, texts)
                for code in both
                if code in before and code in after
            }
            for start, end, kind, grade in _pair(old, new, stayed):
                yield Move(start, end, names[at - 1], names[at], kind, grade)


def _by_rate_line(
    edition: Mapping[str, EditionRow], other: Mapping[str, EditionRow]
) -> defaultdict[str, list[str]]:
    """Return the statistical lines that `other` lacks, by their first eight digits."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for code in edition:
        if len(code) > RATE_LINE and code not in other and code[:2] < "98":
            lines[code[:RATE_LINE]].append(code)
    return lines


def _words_below(
    code: str, edition: Mapping[str, EditionRow], groups: Mapping[str, tuple[str, str]]
) -> tuple[str, ...]:
    """Return the words that set a line apart inside its eight-digit line, widest first."""
    words = [edition[code].description.lower()]
    at = edition[code].parent
    while at in groups and at.partition(":")[0] == code[:RATE_LINE]:
        at, text = groups[at]
        words.insert(0, text.rstrip(":").lower())
    # A line that is its own rate line is set apart by nothing: it is the whole.
    return () if code.endswith("00") and code[:RATE_LINE] not in edition else tuple(words)


Pair = tuple[str, str, str, str]
Words = Mapping[str, tuple[str, ...]]


def _pair(old: Words, new: Words, stayed: Words) -> Iterator[Pair]:
    """Pair the lines that went with those that came, inside one eight-digit line."""
    same = list(_alone(old, new))
    went, came = _without(old, same, 0), _without(new, same, 1)
    own = list(_alone(_own(went), _own(came)))
    went, came = _without(went, own, 0), _without(came, own, 1)
    split = [(a, b) for a in went for b in came if _is_part(new[b], old[a])]
    went = _without(went, split, 0)
    left = {**came, **stayed}
    merged = [(a, b) for a in went for b, words in left.items() if _is_part(old[a], words)]
    went, came = _without(went, merged, 0), _without(came, [*split, *merged], 1)
    # "Other" beside lines that are new covers less than "other" without them.
    unpaired = bool(went or came or own)
    for kind, pairs in (("renumbered", same), ("split", split), ("merged", merged)):
        for start, end in pairs:
            yield start, end, kind, "line" if unpaired and OTHER in old[start] else "exact"
    yield from ((a, b, "renumbered", "likely") for a, b in own)
    yield from _rest(list(went), list(came), old, new, stayed)


def _without(lines: Words, pairs: Iterable[tuple[str, str]], side: int) -> Words:
    """Leave out the lines that stand on one side of some pairs."""
    paired = {pair[side] for pair in pairs}
    return {code: words for code, words in lines.items() if code not in paired}


def _own(lines: Words) -> Words:
    """Keep a line's own words alone, where they say something."""
    return {code: words[-1:] for code, words in lines.items() if words and words[-1] != OTHER}


def _rest(
    went: Sequence[str], came: Sequence[str], old: Words, new: Words, stayed: Words
) -> Iterator[Pair]:
    """Pair what words did not pair: that both lie in one rate line is all that is known."""
    for start in went:
        ends = came or list(new) or list(stayed)
        yield from ((start, end, "regrouped", "line") for end in ends)
        if not ends:
            yield start, "", "dropped", "unknown"
    if went:
        return
    lines = {**old, **stayed}
    sources = [code for code, words in lines.items() if OTHER in words] or list(lines)
    for end in came:
        yield from ((start, end, "carved", "line") for start in sources)
        if not sources:
            yield "", end, "new", "unknown"


def _alone(old: Words, new: Words) -> Iterator[tuple[str, str]]:
    """Yield the pairs whose words are the same, where both are alone in having them."""
    places: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for code, words in new.items():
        places[words].append(code)
    counts: defaultdict[tuple[str, ...], int] = defaultdict(int)
    for words in old.values():
        counts[words] += 1
    for code, words in old.items():
        if len(places[words]) == 1 and counts[words] == 1:
            yield code, places[words][0]


def _is_part(narrow: tuple[str, ...], wide: tuple[str, ...]) -> bool:
    """Say whether the words of one line begin with all the words of another, and go on."""
    return len(narrow) > len(wide) and narrow[: len(wide)] == wide


def moves_between_trees(
    from_name: str, to_name: str, before: Mapping[str, EditionRow], after: Mapping[str, EditionRow]
) -> Iterator[Move]:
    """Yield the moves of rate lines from one nomenclature to the next, in order of the old code.

    A successor is named where it stands under the same six digits, or failing that under the same
    four, its column 1 and column 2 rates are equal, and either it is the only line that went or
    came there or most words agree and no other line agrees as well. The rest is unknown.
    """
    old, new = _rate_lines(before), _rate_lines(after)
    gone = {code: row for code, row in old.items() if code not in new}
    come = {code: row for code, row in new.items() if code not in old}
    found: dict[str, tuple[str, str]] = {}
    # Within the subheading first, so that a nearer successor is not given away.
    for size in (6, 4):
        left = [code for code in gone if code not in found]
        taken = {code for code, _ in found.values()}
        free = [code for code in come if code not in taken]
        found.update(_match(left, free, size, old, new))
    for code in sorted(gone):
        to_code, grade = found.get(code, ("", "unknown"))
        yield Move(code, to_code, from_name, to_name, "renumbered" if to_code else "unknown", grade)
    named = {code for code, _ in found.values()}
    for code in sorted(come.keys() - named):
        yield Move("", code, from_name, to_name, "unknown", "unknown")


class _Line(NamedTuple):
    """A rate line as two nomenclatures can be compared: words, and rates without blanks."""

    words: frozenset[str]
    rates: tuple[str, str]


def _rate_lines(edition: Mapping[str, EditionRow]) -> dict[str, _Line]:
    """Return the rate lines of chapters 1 to 97 by their eight digits."""
    lines = {}
    for code, row in edition.items():
        if row.general and code[:2] < "98":
            lines[code[:RATE_LINE]] = _Line(_own_words(code, edition), _rates(row))
    return lines


def _own_words(code: str, edition: Mapping[str, EditionRow]) -> frozenset[str]:
    """Return the words of a line, and of its numbered rows above where its own say too little."""
    texts = [edition[code].description]
    texts += [edition[code[:size]].description for size in (6, 4) if code[:size] in edition]
    return frozenset(_words(texts))


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (word for word in WORD.findall(text.lower()) if word not in EMPTY)


def _rates(row: EditionRow) -> tuple[str, str]:
    return "".join(row.general.split()).lower(), "".join(row.other.split()).lower()


def _match(
    left: Sequence[str],
    free: Sequence[str],
    size: int,
    old: Mapping[str, _Line],
    new: Mapping[str, _Line],
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield code, and successor with grade, for lines that agree under the same `size` digits."""
    places: defaultdict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for code in left:
        places[code[:size]][0].append(code)
    for code in free:
        places[code[:size]][1].append(code)
    for went, came in places.values():
        lone = size == 6 and len(went) == 1 and len(came) == 1
        for start in went:
            best = [b for b in came if _agrees(old[start], new[b], lone)]
            # Both ways: a line that two others agree with is the successor of neither.
            back = [a for a in went for b in best if _agrees(old[a], new[b], lone)]
            if len(best) == 1 and back == [start]:
                yield start, (best[0], "likely")


def _agrees(old: _Line, new: _Line, lone: bool) -> bool:
    """Say whether two lines have the same rates and, unless alone in their place, most words."""
    if old.rates != new.rates:
        return False
    shared = len(old.words & new.words)
    return lone or shared >= LIKE * max(len(old.words), 1)
