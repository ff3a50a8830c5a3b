"""What goods may be: from a control code, a name or a tariff code to the items they come under.

Goods that are described too shortly are several things at once. Each of them is a *world*: a set of
items that the goods come under if they turn out to be that. A decision is taken in every world, and
stands where all agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.controls.facts import holds
from detente.core.recent import cached
from detente.register.control_terms import STATED

if TYPE_CHECKING:
    from detente.register.control_terms import ControlItem, ControlTerms
    from detente.register.model import CodeRow

SUBHEADING = 6
"""Digits that the tariffs of all countries share."""

LONGEST = 10
"""Digits of a code that no other lies within."""

_CODE = re.compile(r"[0-9][A-E][0-9]{3}(\.[a-z0-9]+)*")


class ItemError(ValueError):
    """An item or a code that cannot be understood; the message says what to do."""


class ItemReading(NamedTuple):
    """One thing that the goods may be.

    Attributes:
        item: its most precise name; None for goods that are none of the items suggested.
        title: in words.
        items: every item that it comes under, itself among them.
        needs: what must be known to tell it from the others: entry facts, or ``item``.
        code: the tariff code that suggests it, as the register holds it.
        grade: how well that is known.
        read: whether every control on it is held for the day asked about.
    """

    item: str | None
    title: str
    items: frozenset[str]
    needs: tuple[str, ...] = ()
    code: str = ""
    grade: str = ""
    read: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether no item of the register stands for the goods at all."""
        return self.item is None and self.title == UNKNOWN.title


OTHER = ItemReading(None, "none of these items", frozenset())

UNKNOWN = ItemReading(None, "no item that the register holds", frozenset())

CODES_CACHED = 1_000
"""Of how many codes the rows are kept: one question looks them up a score of times."""


NAMES_CACHED = 4_000
"""Of how many names the plain form is kept: those of every item are read for each entry anew."""


class Catalogue:
    """The items of one side, with what is within what."""

    def __init__(self, terms: ControlTerms) -> None:
        self.items = {item.name: item for item in terms.items}
        self.codes = terms.codes
        self.imports = terms.imports
        self.wide = {item.name: item.reach for item in terms.items if item.reach}
        self._rows: dict[str, list[CodeRow]] = {}
        self._names: dict[str, str] = {}
        for item in terms.items:
            for name in (item.name, *item.also):
                self._names.setdefault(plain_name(name), item.name)
        self._parents: dict[str, set[str]] = {name: set() for name in self.items}
        for item in terms.items:
            for narrower in item.has:
                self._parents[narrower].add(item.name)
            wider = self._wider_code(item.name)
            if wider is not None:
                self._parents[item.name].add(wider)
        self._children: dict[str, list[str]] = {}
        for name, parents in self._parents.items():
            for parent in parents:
                self._children.setdefault(parent, []).append(name)

    def _wider_code(self, name: str) -> str | None:
        """The nearest wider code that the catalogue holds: 1C905 for 1C905.b."""
        while _CODE.fullmatch(name) and "." in name:
            name = name.rpartition(".")[0]
            if name in self.items:
                return name
        return None

    def exact(self, text: str) -> str | None:
        """The item of a name or of a control code that the catalogue holds as it is."""
        return self._names.get(plain_name(text))

    def find(self, text: str) -> str | None:
        """The item of a name or a control code; a finer code than is held gives the wider one."""
        found = self.exact(text)
        if found is not None:
            return found
        code = text.strip()
        code = code[:5].upper() + code[5:].lower()
        return self._wider_code(code)

    def names(self) -> list[str]:
        """Every name by which an item can be asked for."""
        return sorted(name for item in self.items.values() for name in (item.name, *item.also))

    def closure(self, name: str) -> frozenset[str]:
        """The item and everything that it is within."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            each = waiting.pop()
            if each not in found:
                found.add(each)
                waiting.extend(self._parents[each])
        return frozenset(found)

    def parents(self, name: str) -> list[str]:
        """The items that one lies right within, in order."""
        return sorted(self._parents[name])

    def children(self, name: str) -> list[str]:
        """The items right within one."""
        return self._children.get(name, [])

    def worlds_of_item(self, name: str, values: Mapping[str, str | None]) -> list[ItemReading]:
        """What goods may be that are called by an item's name.

        Args:
            name: an item of the catalogue.
            values: what is known of the goods, by entry fact.

        Raises:
            ItemError: the parameters contradict the code.
        """
        item = self.items[name]
        if item.may_be:
            rows = [(other, covers, "", "") for other, covers in item.may_be]
            return [
                world._replace(items=world.items | self.closure(name))
                for world in self._of_rows(rows, values)
            ]
        meets, needs = meets_tests(item, values)
        worlds, sure = ([], False) if meets is False else self._within(name, values)
        if not worlds:
            # A code without letters is asked for to be tested; a paragraph of it is said to hold.
            if is_code(name) and "." in name:
                raise ItemError(
                    f"these parameters are not those of {name} ({item.title}): ask for "
                    f"{name.partition('.')[0]}, which tests them, or correct them"
                )
            return [OTHER._replace(title=f"by these parameters not {item.title}")]
        tested = is_code(name) and "." not in name and item.complete and not sure
        if tested and self._rules_out(name, values):
            title = f"by these parameters perhaps not {item.title}"
            return [*worlds, OTHER._replace(title=title)]
        if is_code(name) or not item.when or meets:
            return worlds
        return [*_needing(worlds, needs), OTHER._replace(needs=needs)]

    def _rules_out(self, name: str, values: Mapping[str, str | None]) -> bool:
        """Whether the parameters rule out some part of an item.

        A number stands for goods that are to be tested: where the parameters rule out some of its
        parts and settle none, the goods may be no part of it, and not the part that is left.
        """
        return any(
            meets_tests(self.items[child], values)[0] is False or self._rules_out(child, values)
            for child in self.children(name)
        )

    def worlds_of_code(self, code: str, values: Mapping[str, str | None]) -> list[ItemReading]:
        """What goods of a tariff code may be; ``UNKNOWN`` where no item stands beside it."""
        rows = [(row.item, row.covers, row.code, row.grade) for row in self.rows(code)]
        return self._of_rows(rows, values) if rows else [UNKNOWN]

    def rows(self, code: str) -> list[CodeRow]:
        """The rows of a code, of longer and shorter ones, or else of its subheading."""
        return cached(self._rows, code, lambda: self._rows_of(code), CODES_CACHED)

    def rows_coming_in(self, code: str) -> list[CodeRow]:
        """The rows of goods that come in: of a code, and of longer and shorter ones."""
        return [
            row for row in self.imports if row.code.startswith(code) or code.startswith(row.code)
        ]

    def worlds_coming_in(
        self, rows: Iterable[CodeRow], stated: Mapping[str, str]
    ) -> list[ItemReading]:
        """What goods that come in may be; ``UNKNOWN`` where no item stands beside their code.

        Args:
            rows: the rows that speak of such goods, by their code and origin.
            stated: what was said of the goods; no default answers what a row asks.
        """
        told = [
            row._replace(covers="test") if row.covers == STATED else row
            for row in rows
            if row.covers != STATED or meets_tests(self.items[row.item], stated)[0]
        ]
        found = [(row.item, row.covers, row.code, row.grade) for row in told]
        return self._of_rows(found, stated) if found else [UNKNOWN]

    def _rows_of(self, code: str) -> list[CodeRow]:
        exact = [row for row in self.codes if code in (row.code, row.meant)]
        if exact and len(code) == LONGEST:
            return exact
        near = [
            row
            for row in self.codes
            if any(
                printed.startswith(code) or code.startswith(printed)
                for printed in (row.code, row.meant)
                if printed
            )
        ]
        if near:
            return near
        same_subheading = [row for row in self.codes if code[:SUBHEADING] == row.code[:SUBHEADING]]
        return [
            # The row is of a neighbouring code, so it does not cover these goods as a whole.
            row._replace(covers="part" if row.covers == "whole" else row.covers)
            for row in same_subheading
        ]

    def _of_rows(
        self, rows: Iterable[tuple[str, str, str, str]], values: Mapping[str, str | None]
    ) -> list[ItemReading]:
        certain: list[ItemReading] = []
        met: list[list[ItemReading]] = []
        possible: list[ItemReading] = []
        missing: list[str] = []
        seen: set[str] = set()
        for name, covers, code, grade in rows:
            if name in seen:
                continue
            seen.add(name)
            meets, needs = meets_tests(self.items[name], values)
            if meets is False:
                continue
            within, sure = self._within(name, values)
            inside = [world._replace(code=code, grade=grade) for world in within]
            tested = covers == "test" and bool(self.items[name].when or sure)
            if tested and (sure or (meets and self.items[name].when)):
                met.append(inside)
                continue
            if covers == "whole":
                certain.extend(inside)
                continue
            needs = needs if tested else (*needs, "item")
            missing.extend(needs)
            possible.extend(_needing(inside, needs))
        certain.extend(_all_at_once(met))
        if certain:
            return certain
        return [*possible, OTHER._replace(needs=tuple(dict.fromkeys(missing)))]

    def _within(
        self, name: str, values: Mapping[str, str | None]
    ) -> tuple[list[ItemReading], bool]:
        """The item itself and the narrower items that it may be, and whether tests settle which.

        Nothing is left where an item is complete and the parameters rule out all its parts.
        """
        item = self.items[name]
        met: list[list[ItemReading]] = []
        possible: list[ItemReading] = []
        for child in self.children(name):
            meets, needs = meets_tests(self.items[child], values)
            if meets is False:
                continue
            worlds, sure = self._within(child, values)
            if sure or (meets and self.items[child].when):
                met.append(worlds)
            else:
                possible.extend(_needing(worlds, needs or ("item",)))
        if met:
            return _all_at_once(met), True
        if item.complete:
            return possible, False
        return [ItemReading(name, item.title, self.closure(name)), *possible], False


def normal(text: str) -> str:
    """A control number as the list writes it: ``3A001.b.2``."""
    code = text.strip()
    return code[:5].upper() + code[5:].lower()


def is_code(name: str) -> bool:
    """Whether a name is a control code: a digit, a letter, three digits."""
    return _CODE.fullmatch(name) is not None


def meets_tests(
    item: ControlItem, values: Mapping[str, str | None]
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether goods are the item by its tests (true where it has none), and what is not known."""
    if not item.when:
        return True, ()
    found: list[bool | None] = []
    missing: list[str] = []
    for alternative in item.when:
        results = [(test, holds(test, values.get(test.fact))) for test in alternative]
        if any(result is False for _, result in results):
            found.append(False)
            continue
        open_facts = [test.fact for test, result in results if result is None]
        found.append(None if open_facts else True)
        missing.extend(open_facts)
    if True in found:
        return True, ()
    return (None if None in found else False), tuple(dict.fromkeys(missing))


def _all_at_once(met: list[list[ItemReading]]) -> list[ItemReading]:
    """Goods that meet the tests of several items are all of them: one world, not several."""
    alone = [worlds[0] for worlds in met if len(worlds) == 1]
    base = frozenset[str]().union(*(world.items for world in alone))
    several = [world for worlds in met if len(worlds) > 1 for world in worlds]
    if several:
        return [world._replace(items=world.items | base) for world in several]
    return [alone[0]._replace(items=base)] if alone else []


def _needing(worlds: Iterable[ItemReading], needs: tuple[str, ...]) -> list[ItemReading]:
    return [world._replace(needs=tuple(dict.fromkeys((*needs, *world.needs)))) for world in worlds]


@lru_cache(maxsize=NAMES_CACHED)
def plain_name(name: str) -> str:
    """A name without case, blanks and hyphens."""
    return re.sub(r"[\s_-]+", "-", name.strip().lower())


def near_names(catalogues: Iterable[Catalogue], text: str) -> Iterator[str]:
    """Names of items that are spelled like a text, or hold it."""
    from detente.core.vocabulary import nearest

    names = sorted({name for catalogue in catalogues for name in catalogue.names()})
    plain = {plain_name(name): name for name in names}
    word = plain_name(text)
    near = [plain[key] for key in nearest(word, plain, 5, 0.6)]
    near += [plain[key] for key in plain if len(word) > 2 and word in key]
    yield from list(dict.fromkeys(near))[:8]
