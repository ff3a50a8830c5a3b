"""Checks across files: every name that a record uses must lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from detente.core.clock import MINUTES, day_text
from detente.core.vocabulary import nearest
from detente.register.load.contents import Contents
from detente.register.load.yaml_reader import RegisterError, YamlNode
from detente.register.model import (
    EVERY_LIMB,
    EVERYBODY,
    EntryFact,
    Measure,
    Provision,
    StackingRule,
    Test,
)

BOUNDS = ("at_least", "more_than", "at_most", "below")
_BOUND = re.compile(r"[0-9]+(\.[0-9]+)?%?|[0-9]+/[1-9][0-9]*")


def check_measure(contents: Contents, measure: Measure) -> None:
    """The names in one record: area, family, places, sources, goods, facts, bases."""
    origin = contents.origins[measure.id]
    if measure.area not in contents.areas:
        origin.fail(
            f"the folder {measure.area} has no _area.yaml", "Add one that says how far it was read"
        )
    if measure.provisions and measure.area.endswith("/tariff"):
        require_known(origin, "family", [measure.family], contents.families)
    sources = [*measure.authority]
    for event in measure.events:
        sources.extend(event.sources)
    for provision in measure.provisions:
        for period in (*provision.periods, *provision.announced):
            sources.extend(period.sources)
            sources.extend(reading.source for reading in period.readings)
        _check_provision(contents, measure, provision)
    for void in measure.voids:
        sources.extend(void.sources)
    for described in measure.terms.get("progress", []):
        sources.extend(described["sources"])
    require_known(origin, "source", sources, contents.sources)
    _check_places(contents, origin, measure.places)
    _check_instruments(contents, origin, measure)


def _check_instruments(contents: Contents, origin: YamlNode, measure: Measure) -> None:
    """An agreement names instruments that stand in the register."""
    for row in measure.terms.get("instruments", []):
        for part in (row, *row["also"]):
            require_known(origin, "measure", [part["measure"]], contents.measures)
            provisions = {
                provision.id: provision
                for provision in contents.measures[part["measure"]].provisions
            }
            require_known(origin, f"provision of {part['measure']}", [part["limb"]], provisions)


def _check_provision(contents: Contents, measure: Measure, provision: Provision) -> None:
    origin = contents.origins.get(f"{measure.id}/{provision.id}", contents.origins[measure.id])
    _check_places(contents, origin, provision.places)
    named = [name for name in (*provision.goods, *provision.not_goods) if not name[0].isdigit()]
    require_known(origin, "list", named, contents.lists)
    require_known(origin, "base", provision.base, contents.bases)
    if provision.possible:
        require_known(origin, "gap", [provision.possible], {gap.id: gap for gap in contents.gaps})
    for test in provision.when:
        require_known(origin, "entry fact", [test.fact], contents.facts)
        _check_test(origin, test, contents.facts[test.fact], contents.countries)


def _check_places(contents: Contents, origin: YamlNode, places: Iterable[str]) -> None:
    for place in places:
        if place not in contents.places and place not in contents.countries:
            require_known(origin, "place", [place], {**contents.places, **contents.countries})


def _check_test(
    origin: YamlNode, test: Test, fact: EntryFact, countries: Mapping[str, object]
) -> None:
    """A test must fit its fact: a date is compared with dates, a boolean only with ``is``."""
    if test.operator == "given":
        return
    by_type = {
        "bool": ("is",),
        "word": ("is", "in"),
        "country": ("is", "in"),
        "date": ("before", "from"),
    }
    allowed = by_type.get(fact.type, BOUNDS)
    if test.operator not in allowed:
        _where(origin, fact.key).fail(
            f"`{test.operator}` does not fit {fact.key}, which is a {fact.type}",
            f"Use {' or '.join(allowed)}",
        )
    words = (str(test.value),) if not isinstance(test.value, tuple) else test.value
    if fact.type == "bool" and not isinstance(test.value, bool):
        _where(origin, fact.key).fail(
            f"{fact.key} is true or false, not `{words[0]}`", "Write is: true, without quotes"
        )
    if fact.type == "word":
        require_known(origin, f"word of {fact.key}", words, dict.fromkeys(fact.words))
    if fact.type == "country":
        require_known(origin, "country", words, countries)
    if allowed == BOUNDS and _BOUND.fullmatch(words[0]) is None:
        _where(origin, words[0]).fail(
            f"`{words[0]}` is not a number", 'Write one such as "20%", "0.2" or "1/3"'
        )


def check_lists(contents: Contents) -> None:
    """Lists cite known sources."""
    for listed in contents.lists.values():
        for source in listed.sources:
            if source not in contents.sources:
                raise RegisterError(
                    f"register/lists/{listed.name}.tsv",
                    1,
                    f"unknown source `{source}`",
                    "Add it to sources.yaml",
                )
    for fact in contents.facts.values():
        for each in fact.goods:
            if each.list not in contents.lists:
                raise RegisterError(
                    "register/entry-facts.yaml",
                    1,
                    f"unknown list `{each.list}` in {fact.key}",
                    "Name a list of register/lists",
                )
        for name in fact.beside[:1]:
            if name not in contents.facts:
                raise RegisterError(
                    "register/entry-facts.yaml",
                    1,
                    f"unknown entry fact `{name}` in {fact.key}",
                    "Name a fact of this file",
                )


def check_stacking_rules(contents: Contents) -> None:
    """Yields name known measures, provisions and sources, and nobody yields in a circle.

    A row that prevails as ``measure/*`` is given the names of all provisions of that measure.
    """
    for number, row in enumerate(contents.stacking_rules, 1):
        origin = contents.origins[f"yield {number}"]
        named = [name for name in (row.yielding, row.prevailing) if name != EVERYBODY]
        require_known(origin, "measure", named, contents.measures)
        if row.prevailing_provisions == (EVERY_LIMB,):
            every = tuple(
                provision.id for provision in contents.measures[row.prevailing].provisions
            )
            # Written back, since the compiled form has no word for all of them.
            row = contents.stacking_rules[number - 1] = row._replace(prevailing_provisions=every)
        for measure, provisions in (
            (row.yielding, row.yielding_provisions),
            (row.prevailing, row.prevailing_provisions),
        ):
            if measure == EVERYBODY:
                continue
            known = {provision.id: provision for provision in contents.measures[measure].provisions}
            require_known(origin, f"provision of {measure}", provisions, known)
        sources = [*row.sources, *(reading.source for reading in row.readings)]
        require_known(origin, "source", sources, contents.sources)
    # A circle can only close on a day on which some row begins.
    for start in sorted({row.start for row in contents.stacking_rules}):
        rows = [
            row
            for row in contents.stacking_rules
            if _active(row, start) and row.yielding != EVERYBODY
        ]
        _refuse_circles(rows, start)


def _active(row: StackingRule, minute: int) -> bool:
    return row.start <= minute and (row.until is None or minute < row.until)


def _refuse_circles(rows: list[StackingRule], minute: int) -> None:
    """Nobody may yield in a circle on one day; over time two may trade places."""
    waiting: dict[str, set[str]] = {}
    for row in rows:
        waiting.setdefault(row.yielding, set()).add(row.prevailing)
        waiting.setdefault(row.prevailing, set())
    while waiting:
        ready = [name for name, prevailing in waiting.items() if not prevailing & waiting.keys()]
        if not ready:
            raise RegisterError(
                "register/yields.yaml",
                1,
                f"{', '.join(sorted(waiting))} yield in a circle on {day_text(minute // MINUTES)}",
                "Remove the row that closes the circle, or end it before",
            )
        for name in ready:
            del waiting[name]


def require_known(
    origin: YamlNode, what: str, names: Iterable[str], known: Mapping[str, object]
) -> None:
    """Refuse the first of some names that is not known, with the nearest that is."""
    for name in names:
        if name not in known:
            near = nearest(name, known, 1, 0.6)
            hint = f"Did you mean `{near[0]}`?" if near else f"Add the {what}, or correct the name"
            _where(origin, name).fail(f"unknown {what} `{name}`", hint)


def _where(origin: YamlNode, name: str) -> YamlNode:
    """The place inside a record where a name stands, or the record where it is not found."""
    return next((item for item in _scalars(origin) if item.raw.strip() == name), origin)


def _scalars(item: YamlNode) -> Iterator[YamlNode]:
    """Every key and every single value inside an item, in order."""
    if item.is_mapping:
        for pair in item.node.value:
            for node in pair:
                yield from _scalars(YamlNode(node, item.file))
    elif item.is_sequence:
        for each in item.items():
            yield from _scalars(each)
    else:
        yield item
