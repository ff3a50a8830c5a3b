"""The files that every measure leans on: places, entry facts, sources, gaps, families."""

from __future__ import annotations

from collections.abc import Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.register.load.events import day_of
from detente.register.load.stacking_rules import measure_and_provisions
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import (
    Area,
    Base,
    EntryFact,
    Gap,
    GapTouch,
    OfGoods,
    Place,
    Source,
)
from detente.register.words import Spoken, folded

if TYPE_CHECKING:
    from typing import Any

FACT_TYPES = (
    "bool",
    "share",
    "money",
    "money_or_share",
    "date",
    "word",
    "number",
    "country",
    "rate",
)


RAISED = ("named", "total", "origin", "always", "never", "silent")
OF_GOODS = ("states", "likely", "asked")

PLACE_KEYS = ("countries", "words", "parts", "groups", "sets", "zones")


class Family(NamedTuple):
    """A family of duties, and where its headings stand on an entry."""

    id: str
    title: str
    filing: int


def read_places(root: YamlNode) -> tuple[dict[str, str], dict[str, Place], dict[str, str]]:
    """Countries by ISO code, sets of them by name, and the time zone of each acting side."""
    entries = root.mapping(PLACE_KEYS, ("countries", "sets", "zones"))
    countries = {code: item.raw.strip() for code, item in entries["countries"].entries().items()}
    sets = {}
    for name, item in entries["sets"].entries().items():
        parts = item.mapping(("countries", "everywhere", "except", "note"))
        everywhere = "everywhere" in parts and parts["everywhere"].boolean()
        named = parts.get("except" if everywhere else "countries")
        if named is None and not everywhere:
            item.fail("a set of places names its countries", "Add `countries: [CN, HK]`")
        codes = tuple(each.raw.strip() for each in named.items()) if named is not None else ()
        for code in codes:
            if code not in countries:
                item.fail(f"unknown country `{code}`", "Use ISO 3166 alpha-2 codes listed above")
        sets[name] = Place(name, codes, everywhere)
    zones = {by: _zone(item) for by, item in entries["zones"].entries().items()}
    return countries, sets, zones


def read_words(
    places: YamlNode, parties: YamlNode | None, countries: dict[str, str], sets: dict[str, Place]
) -> Spoken:
    """Other words for countries and groups, and those for lists of parties and programs.

    Args:
        places: the file of places.
        parties: the file of words for parties, where there is one.
        countries: names by ISO code.
        sets: sets of countries by name.
    """
    entries = places.mapping(PLACE_KEYS)
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    # Folded as readers fold them, or two owners could share a word that looks different here.
    taken = {folded(word): code for code, name in countries.items() for word in (code, name)}
    for key, known in (("words", countries), ("groups", sets)):
        words[key] = {}
        for name, item in entries[key].entries().items() if key in entries else ():
            if name not in known:
                what = "country" if key == "words" else "set"
                item.fail(f"`{name}` is not a {what} of this file", f"Name one, or add the {what}")
            words[key][name] = tuple(each.raw.strip() for each in item.items())
            for each in item.items():
                owner = taken.setdefault(folded(each.raw), name)
                if owner != name:
                    each.fail(
                        f"`{each.raw}` is a word for {owner} already", "Keep it with one of them"
                    )
    within = _parts(entries["parts"], countries) if "parts" in entries else {}
    if parties is None:
        return Spoken(words["words"], words["groups"], parts=within)
    parts = parties.mapping(("lists", "programmes"), ("lists", "programmes"))
    lists = {
        name: tuple(each.raw.strip() for each in item.items())
        for name, item in parts["lists"].entries().items()
    }
    programmes = tuple(each.raw.strip() for each in parts["programmes"].items())
    return Spoken(words["words"], words["groups"], lists, programmes, within)


def _parts(node: YamlNode, countries: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Names of the parts of countries; a country may be called as one is (Georgia)."""
    found = {}
    for code, item in node.entries().items():
        if code not in countries:
            item.fail(f"`{code}` is not a country of this file", "Name one, or add the country")
        found[code] = tuple(each.raw.strip() for each in item.items())
    return found


def _zone(item: YamlNode) -> str:
    """A time zone that the clock knows."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    name = item.raw.strip()
    try:
        ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError):
        item.fail(f"unknown time zone `{name}`", "Write one such as America/New_York")
    return name


def read_facts(root: YamlNode) -> tuple[dict[str, EntryFact], dict[str, Base]]:
    """Entry facts by key, and the named parts of the value that duties are charged on."""
    entries = root.mapping(("facts", "bases"), ("facts", "bases"))
    facts = {key: read_fact(key, item) for key, item in entries["facts"].entries().items()}
    bases = {"value": Base("value", "", False)}
    for name, item in entries["bases"].entries().items():
        parts = item.mapping(("fact", "rest", "shares"), ("fact",))
        fact = parts["fact"].raw.strip()
        if fact not in facts:
            item.fail(f"unknown entry fact `{fact}`", "Name a fact from the list above")
        rest = "rest" in parts and parts["rest"].boolean()
        shares = parts["shares"].text() if "shares" in parts else ""
        bases[name] = Base(name, fact, rest, shares)
    return facts, bases


def read_fact(key: str, item: YamlNode) -> EntryFact:
    """One entry fact: its type, its default, and the question that it asks."""
    parts = item.mapping(
        (*_FACT_KEYS, "raised", "unit", "goods", "beside", "because", "claim", "named", "told"),
        ("type", "default", "ask"),
    )
    kind = parts["type"].word(FACT_TYPES)
    words = tuple(each.text() for each in parts["words"].items()) if "words" in parts else ()
    default, goods = _read_default(parts["default"], kind)
    if kind == "word" and default is not None:
        parts["default"].word(words)
    for each in parts["goods"].items() if "goods" in parts else ():
        goods = (*goods, _read_of_goods(each, kind, words))
    return EntryFact(
        key=key,
        type=kind,
        default=default,
        goods=goods,
        unknown_means=parts["unknown_means"].text() if "unknown_means" in parts else "",
        ask=parts["ask"].text(),
        words=words,
        raised=parts["raised"].word(RAISED) if "raised" in parts else "named",
        beside=_read_beside(parts["beside"]) if "beside" in parts else (),
        because=parts["because"].text() if "because" in parts else "",
        claim="claim" in parts and parts["claim"].boolean(),
        named=parts["named"].text() if "named" in parts else "",
        told="told" in parts and parts["told"].boolean(),
    )


_FACT_KEYS = ("type", "default", "unknown_means", "ask", "words")


def _read_default(item: YamlNode, kind: str) -> tuple[str | bool | None, tuple[OfGoods, ...]]:
    """A default value, or ``{goods: LIST, then: true, else: false}`` for a boolean."""
    if item.is_mapping:
        parts = item.mapping(("goods", "then", "else"), ("goods", "then", "else"))
        if not parts["then"].boolean() or parts["else"].boolean():
            item.fail("a default by goods is true for its goods", "Write then: true, else: false")
        return False, (OfGoods(parts["goods"].text(), True, "likely"),)
    return _read_value(item, kind), ()


def _read_value(item: YamlNode, kind: str) -> str | bool | None:
    if item.raw == "unknown":
        return None
    return item.boolean() if kind == "bool" else item.text()


def _read_beside(item: YamlNode) -> tuple[str, ...]:
    """``{FACT: [VALUE, VALUE]}`` as the fact and its values."""
    entries = item.entries()
    if len(entries) != 1:
        item.fail("a fact stands beside one other", "Write beside: {fact: [value, value]}")
    ((name, values),) = entries.items()
    return (name, *(each.text() for each in values.one_or_many()))


def _read_of_goods(item: YamlNode, kind: str, words: tuple[str, ...]) -> OfGoods:
    """One of ``{list: LIST, states: VALUE}``, ``likely: VALUE``, ``asked: true``."""
    parts = item.mapping(("list", *OF_GOODS), ("list",))
    states = [name for name in OF_GOODS if name in parts]
    if len(states) != 1:
        item.fail(
            "a fact by goods says one thing of a list",
            "Write one of states: VALUE, likely: VALUE, asked: true",
        )
    (state,) = states
    if state == "asked":
        if not parts["asked"].boolean():
            parts["asked"].fail("goods that are not asked about need no line", "Leave it out")
        return OfGoods(parts["list"].text(), None, state)
    if kind == "word":
        parts[state].word(words)
    return OfGoods(parts["list"].text(), _read_value(parts[state], kind), state)


def read_sources(root: YamlNode) -> dict[str, Source]:
    """Citations by key."""
    sources = {}
    for key, item in root.entries().items():
        parts = item.mapping(
            ("citation", "title", "url", "date", "citation_zh"), ("citation", "title")
        )
        texts = {name: part.raw.strip() for name, part in parts.items()}
        sources[key] = Source(
            key,
            texts["citation"],
            texts["title"],
            texts.get("url", ""),
            texts.get("date", ""),
            texts.get("citation_zh", ""),
        )
    return sources


GAP_KEYS = (
    "id",
    "what",
    "why",
    "headings",
    "in_answers",
    "touches",
    "untouched",
    "into",
    "not_of",
)


def read_gaps(root: YamlNode) -> list[tuple[Gap, YamlNode]]:
    """What is not modelled, and why, with the place where each stands."""
    gaps: list[tuple[Gap, YamlNode]] = []
    for item in root.items():
        parts = item.mapping(GAP_KEYS, ("id", "what", "why"))
        if "touches" in parts and "untouched" in parts:
            parts["untouched"].fail(
                "a gap that touches something is not untouched", "Keep one of the two"
            )
        name = parts["id"].text()
        if any(gap.id == name for gap, _ in gaps):
            parts["id"].fail(f"the gap `{name}` stands twice", "Give each an id of its own")
        headings = parts["headings"].items() if "headings" in parts else []
        gap = Gap(
            name,
            parts["what"].text(),
            parts["why"].text(),
            tuple(each.quoted("the heading") for each in headings),
            parts["in_answers"].text() if "in_answers" in parts else "",
            _read_touches(parts["touches"]) if "touches" in parts else GapTouch(),
            parts["untouched"].text() if "untouched" in parts else "",
            parts["into"].text() if "into" in parts else "",
            parts["not_of"].text() if "not_of" in parts else "",
        )
        gaps.append((gap, item))
    return gaps


def _read_touches(item: YamlNode) -> GapTouch:
    """What a gap touches: rows that name provisions, lists, facts or columns of the schedule."""
    found: dict[str, list[Any]] = {key: [] for key in GapTouch._fields}
    for row in item.items():
        parts = row.mapping(GapTouch._fields)
        if not parts:
            row.fail("a touch names something", f"Write one of {', '.join(GapTouch._fields)}")
        for key, value in parts.items():
            for each in value.one_or_many():
                found[key].extend(_provisions(each) if key == "provisions" else (each.text(),))
    return GapTouch(*(tuple(found[key]) for key in GapTouch._fields))


def _provisions(item: YamlNode) -> Iterator[tuple[str, str]]:
    measure, provisions = measure_and_provisions(item)
    if not provisions:
        item.fail(
            f"`{measure}` names no provision",
            "Write measure/provision or measure/[provision, provision]",
        )
    for provision in provisions:
        yield measure, provision


def read_families(root: YamlNode) -> dict[str, Family]:
    """Families of duties in the order in which their headings are filed."""
    families = {}
    for order, item in enumerate(root.items()):
        parts = item.mapping(("id", "title"), ("id", "title"))
        name = parts["id"].text()
        if name in families:
            item.fail(f"the family `{name}` stands twice", "Keep one of the two")
        families[name] = Family(name, parts["title"].text(), order)
    return families


def read_area(root: YamlNode, name: str) -> Area:
    """How far an area of the register was read."""
    parts = root.mapping(("from", "reviewed_through", "note", "rates"), ("note",))
    start = day_of(parts["from"]) if "from" in parts else None
    through = day_of(parts["reviewed_through"]) if "reviewed_through" in parts else ""
    if start is not None and through and through < start:
        parts["from"].fail(
            f"{start} stands after {through}", "It is the first day that the area holds for"
        )
    rates = None
    if "rates" in parts:
        stand = parts["rates"].mapping(("edition", "through"), ("edition", "through"))
        rates = (stand["edition"].text(), day_of(stand["through"]))
    return Area(name, through, parts["note"].text(), start, rates)
