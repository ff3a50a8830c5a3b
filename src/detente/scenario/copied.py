"""Words that lay a provision beside another: more places under it, or another decision of it.

* ``join``: a provision reaches more places from a day on, such as column 2 for one country. It
  stands before the others, so that it is the one that is filed.
* ``decide``: a provision of a control decides otherwise towards some destinations, such as a ban
  on what needed a licence.

What is laid beside has the goods, items, tests and exemptions of the provision that it is made of,
on the days that it has them; the provision itself is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.register.book import Register
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import EffectivePeriod, Measure, Provision
from detente.register.periods import timeline
from detente.scenario.changes import NOTHING

DECISIONS = ("none", "licence", "prohibited")


def copied(
    register: Register,
    measure: Measure,
    entries: dict[str, YamlNode],
    days: tuple[int, int | None],
    known: tuple[int, int],
    source: str,
) -> Measure:
    """The record with its provisions laid beside themselves.

    Args:
        register: the register whose names of places are known.
        measure: the record.
        entries: the event.
        days: the first minute, and the first after.
        known: the day since when it is known, and the place of its event in the history.
        source: of what is supposed.

    Raises:
        RegisterError: no provision, place or decision is named that could be, or the provision
            says nothing on these days.
    """
    word = entries["do"].raw.strip()
    for key in ("provision", "places") if word == "join" else ("provision", "decision"):
        if key not in entries:
            entries["do"].fail(f"`{word}` needs `{key}`", f"Add {key}: …")
    provisions = []
    for each in entries["provision"].one_or_many():
        try:
            provisions.append(measure.provision(each.text()))
        except KeyError:
            known_provisions = ", ".join(provision.id for provision in measure.as_read().provisions)
            each.fail(
                f"unknown provision `{each.text()}`", f"The provisions here are {known_provisions}"
            )
    made = []
    for provision in provisions:
        periods = tuple(_periods(provision, days, known, source))
        if not periods:
            entries["provision"].fail(
                f"`{provision.id}` says nothing on these days that could be {word}ed",
                "Check the days, or revive it first",
            )
        made.append(_changed(register, provision, entries, word, periods))
    if word == "join":
        outside = [
            place
            for provision in made
            for place in provision.places
            if measure.places and not _inside(register, measure.places, place)
        ]
        if outside:
            entries["places"].fail(
                f"`{measure.id}` does not reach {outside[0]} at all",
                "Name a record that reaches it, or enact one of your own",
            )
    return measure._replace(provisions=(*made, *measure.provisions))


def places_of(register: Register, item: YamlNode) -> tuple[str, ...]:
    """Names of places and countries as an event writes them.

    Raises:
        RegisterError: one is neither.
    """
    names = []
    for each in item.one_or_many():
        name = each.raw.strip()
        if name not in register.places and name not in register.countries:
            each.fail(f"unknown place `{name}`", "Write two letters of ISO 3166, or a set's name")
        names.append(name)
    return tuple(names)


def places_but(register: Register, places: tuple[str, ...], but: YamlNode) -> tuple[str, ...]:
    """Every country of some places but those that are taken out.

    Raises:
        RegisterError: what is taken out is not a place, or nothing is left.
    """
    out = places_of(register, but)
    found = tuple(
        country
        for country in sorted(register.countries)
        if _inside(register, places, country) and not _inside(register, out, country)
    )
    if not found:
        but.fail("no place is left", "Take fewer out, or name more in `places`")
    return found


def _inside(register: Register, places: tuple[str, ...], name: str) -> bool:
    return name in places or register.inside(places, name)


def _changed(
    register: Register,
    provision: Provision,
    entries: dict[str, YamlNode],
    word: str,
    periods: tuple[EffectivePeriod, ...],
) -> Provision:
    if word == "join":
        places = places_of(register, entries["places"])
        return provision._replace(
            id=f"{provision.id}-{'-'.join(places).lower()}",
            places=places,
            periods=periods,
            # What was only announced was said of the provision itself, and not of its copy.
            announced=(),
        )
    decision = entries["decision"].word(DECISIONS)
    control = {key: value for key, value in provision.control.items() if key != "policy"}
    control["decision"] = decision
    if "policy" in entries:
        control["policy"] = entries["policy"].text()
    if "to" in entries:
        control["to"] = list(places_of(register, entries["to"]))
    if not provision.control.get("decision"):
        entries["provision"].fail(
            f"`{provision.id}` decides nothing", "Name a provision of a control"
        )
    return provision._replace(
        id=f"{provision.id}-{decision}", control=control, periods=periods, announced=()
    )


def _periods(
    provision: Provision, days: tuple[int, int | None], known: tuple[int, int], source: str
) -> Iterator[EffectivePeriod]:
    """What a provision says on some days, as supposed of its copy."""
    start, until = days
    since, number = known
    for segment in timeline(provision):
        if segment.period is None or segment.period.state in NOTHING:
            continue
        first = start if segment.start is None else max(segment.start, start)
        last = min((end for end in (segment.until, until) if end is not None), default=None)
        if last is None or first < last:
            yield segment.period._replace(
                announced=since, start=first, until=last, boundary="", sources=(source,),
                readings=(), event=number,
            )  # fmt: skip
