"""What an affiliate must do: the most restrictive of what its listed owners must.

Requirements are a lattice, not a ladder: a stricter policy on fewer items is neither above nor
below a milder one on more. Of those that compare the strictest is kept, of the others all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import chain
from operator import or_

from detente._shapes import TYPE_CHECKING
from detente.parties.ownership.attribution import rings
from detente.parties.ownership.graph import Graph
from detente.parties.ownership.model import Seed
from detente.parties.ownership.regimes import OwnershipRegime

if TYPE_CHECKING:
    from typing import Any

    from detente.parties.lists.model import ListedEntry

    Came = int | tuple[int, ...]
    """Requirements that came to a company, by their places among all: as bits, or in order."""

EVERY_ITEM = ("", "all", "all items", "all items subject to the ear")
"""Ways to write that a requirement speaks of every item."""

OF_SEVERAL = ("mixed", "see_section")
"""Policies of lists that no one word says: they differ by item, or stand in another section."""

SEVERAL = "the most restrictive of:"
"""How several requirements begin that do not compare."""

LISTING = "what the listing of"
"""How a requirement begins that no file states, and that refers to a listing."""

MOST_BITS = 4096
"""Requirements of one answer up to which those of a company are bits of one number."""

SHOWN = 50
"""Requirements that do not compare and are told of one company; the rest is counted."""


def requirement_of(seed: Seed) -> str:
    """What a listing requires, as the file says, or a reference to the listing."""
    if seed.requirement:
        return seed.requirement
    return f"{LISTING} {seed.id} requires ({_place(seed.list, seed.programmes)})"


@lru_cache(maxsize=4096)
def _place(code: str, programmes: tuple[str, ...]) -> str:
    """A list and programs on it, which most seeds of a file have in common."""
    return f"{code} {', '.join(programmes)}" if programmes else code


def stated_requirement(entry: ListedEntry, day: str) -> str:
    """What a list requires of a party on a day: its policy, with the items where not all are meant.

    In the list's own words where no one word says its policy; "" where the list states nothing, or
    where its words of that day are not held.

    Args:
        entry: the party on the list.
        day: the day, ISO.
    """
    if day < entry.changed:
        return ""
    in_own_words = entry.policy in OF_SEVERAL
    policy = entry.policy_text.strip(" .") if in_own_words else entry.policy
    every_item = entry.requirement.replace("_", " ") in EVERY_ITEM
    if policy and every_item and not in_own_words:
        return policy
    items = entry.requirement_text.strip(" .") or entry.requirement
    return ": ".join(filter(None, (items, policy)))


def policy_of(requirement: str) -> str:
    """The policy of one requirement, on whatever items; "" where several were kept."""
    return "" if requirement.startswith(SEVERAL) else _parts(requirement)[1]


def strictest(requirements: Iterable[str], strictness: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some requirements that no other one covers, in order of their text.

    A requirement covers another of the same items, or of fewer where it speaks of every item, if
    its policy is at least as strict; of two that cover each other the first stands.

    Args:
        requirements: a policy, or items and a policy: ``listed items: case_by_case``.
        strictness: policies, the strictest first. Other words compare with nothing.
    """
    described = set(requirements)
    if len(described) == 1:
        return tuple(described)
    rank = {policy: place for place, policy in enumerate(strictness)}
    chosen: list[str] = []
    best: dict[str, tuple[int, str]] = {}
    for each in sorted(described):
        items, policy = _parts(each)
        if policy not in rank:
            chosen.append(each)
            continue
        over = "" if items in EVERY_ITEM else items
        if over not in best or rank[policy] < best[over][0]:
            best[over] = rank[policy], each
    whole = best.pop("", None)
    chosen.extend(each for at, each in best.values() if whole is None or at < whole[0])
    if whole is not None:
        chosen.append(whole[1])
    return tuple(sorted(chosen))


def _parts(requirement: str) -> tuple[str, str]:
    items, _, policy = requirement.rpartition(":")
    return items.strip().lower(), policy.strip().lower().replace(" ", "_")


class Requirements(Mapping[str, str]):
    """What each covered company must do, worked out when it is read.

    What came to a company of one owner is what came to this owner, so it is kept of others alone.
    """

    def __init__(
        self, graph: Graph, covered: Collection[str], came: dict[str, Came], words: _Words
    ) -> None:
        """Take what came to companies.

        Args:
            graph: the holdings of the day.
            covered: the companies.
            came: to listed parties, to owners and to companies of several owners.
            words: describes it.
        """
        self._graph, self._covered, self._came, self._words = graph, covered, came, words
        self._described: dict[Came | None, str] = {}

    def through(self, each: str) -> str:
        """What came to a party, and comes down through it."""
        came = self._came.get(each)
        text = self._described.get(came)
        if text is None:
            text = self._described[came] = self._words.of(came or ())
        return text

    def __getitem__(self, each: str) -> str:
        if each not in self._covered:
            raise KeyError(each)
        tie = None if each in self._came else _sole(self._graph, each)
        return self.through(each if tie is None else self._graph.ties.owner[tie])

    def __iter__(self) -> Iterator[str]:
        return iter(self._covered)

    def __len__(self) -> int:
        return len(self._covered)


def _sole(graph: Graph, owned: str) -> int | None:
    """The number of the tie of a company that one owner alone has."""
    tie = graph.sole.get(owned)
    return tie if tie is not None and graph.held[graph.ties.share[tie]] else None


def requirements(
    rule: OwnershipRegime,
    graph: Graph,
    covered: Collection[str],
    seeds: dict[str, tuple[Seed, ...]],
) -> Requirements:
    """What each covered company must do; every covered owner's requirement comes down to it."""
    if not rule.strictness or not covered:
        return Requirements(graph, covered, {}, _Words((), rule))
    # Of nearly all the one requirement; of who stands in several rows all that are kept.
    single = [each for each, rows in seeds.items() if len(rows) == 1]
    of_one = [requirement_of(seeds[each][0]) for each in single]
    stated = {
        each: strictest(map(requirement_of, rows), rule.strictness)
        for each, rows in (seeds.items() if len(single) < len(seeds) else ())
        if len(rows) > 1
    }
    texts = sorted({*of_one, *chain.from_iterable(stated.values())})
    # As bits of a whole number, which unite fastest; as places where most bits would be none.
    dense = len(texts) <= MOST_BITS
    of_text: dict[str, Came] = {text: 1 << at if dense else (at,) for at, text in enumerate(texts)}
    unite = _all_bits if dense else _all_places
    came = dict(zip(single, map(of_text.__getitem__, of_one), strict=True))
    for each, own in stated.items():
        came[each] = unite(map(of_text.__getitem__, own))
    del single, of_one, stated, of_text  # room for what follows
    _come_down(graph, covered, came, unite)
    return Requirements(graph, covered, came, _Words(texts, rule))


def _come_down(
    graph: Graph,
    covered: Collection[str],
    came: dict[str, Came],
    unite: Callable[[Iterable[Came]], Came],
) -> None:
    """Fill in what comes from all who hold some of a covered company, over all tiers.

    To owners and to companies of several owners: see `Requirements`. Companies that hold each
    other have all in common, so they are one, and owners come first.
    """
    ties, nothing, held, ties_of = graph.ties, unite(()), graph.held, graph.ties_of

    def passing(owner: str) -> Iterator[str]:
        # Who owns nobody passes nothing on, and is served last.
        return (
            owned
            for tie in ties_of[owner]
            if (owned := ties.owned[tie]) in ties_of and owned in covered and held[ties.share[tie]]
        )

    def arrive(companies: Sequence[str]) -> None:
        within = chain.from_iterable(map(graph.ties_in, companies))
        all_of_them = unite(
            came.get(ties.owner[tie], nothing) for tie in within if held[ties.share[tie]]
        )
        came.update(dict.fromkeys(companies, all_of_them))

    for ring in rings((each for each in ties_of if each in covered), passing):
        arrive(ring)
    for each in graph.several:
        if each in covered and each not in came:
            arrive((each,))


def _all_bits(parts: Iterable[Any]) -> Any:
    return reduce(or_, parts, 0)


def _all_places(parts: Iterable[Any]) -> Any:
    distinct = set(parts)
    # What comes from one alone stays one object, however many companies it comes down to.
    if len(distinct) == 1:
        return distinct.pop()
    return tuple(sorted(set(chain.from_iterable(distinct))))


class _Words:
    """Requirements that came to a company, in words."""

    def __init__(self, texts: Sequence[str], rule: OwnershipRegime) -> None:
        """Take all that were stated, in order, and the rule whose policies may compare."""
        self._texts, self._rule = texts, rule
        # What no file states names a listing, and compares with nothing.
        self._compare = {
            at
            for at, each in enumerate(texts)
            if not each.startswith(LISTING) and _parts(each)[1] in rule.strictness
        }

    def of(self, came: Came) -> str:
        """The most restrictive of those that came; what the rule says where none did."""
        places = _places(came)
        several = self._compare.intersection(places)
        if len(several) > 1:
            kept = strictest((self._texts[at] for at in several), self._rule.strictness)
            places = [at for at in places if at not in several or self._texts[at] in kept]
        shown = [self._texts[at] for at in places[:SHOWN]]
        if len(shown) < 2:
            return shown[0] if shown else self._rule.consequence
        more = len(places) - SHOWN
        rest = f"; and {more} more, each as its listing says" if more > 0 else ""
        return f"{SEVERAL} {'; '.join(shown)}{rest}"


def _places(came: Came) -> Sequence[int]:
    """The places of requirements among all, in order."""
    if isinstance(came, int):
        return [at for at, digit in enumerate(bin(came)[:1:-1]) if digit == "1"]
    return came
