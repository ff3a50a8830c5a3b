"""The short words of a scenario; each stands for periods of days of a provision.

* ``extend``: what shows on the day before goes on.
* ``revive``: what lies beneath a suspension shows again, with the steps that it has of its own.
* ``end``: the provision is over.
* ``set_rate``: another rate is charged where one is. What exempts goes on exempting.
* ``enact``: a rate is charged, also where it had ended or never began; or a record of one's own
  where the register has none of the id: a ``title``, the side (``by``), ``places``, a rate and, if
  not on all goods, ``goods``.
* ``enact_threat``: a threat or proposal becomes a measure on the goods of its places.
* ``join``: a provision reaches more places. ``decide``: a provision of a control decides otherwise
towards
  some destinations. See `detente.scenario.copied`.

``places`` may be cut by ``but``: ``places: all``, ``but: [CA, MX]``. A rate is a percentage, or in
a record of one's own dollars a unit ("$0.50/kg").

Without ``provision`` a word reaches the provisions that ``acts`` tells: a rate those that charge,
all at one rate; to revive, those that are suspended.

Their periods cover what was announced before and after, and are known as early as their record is:
what is supposed does not depend on what was known.
"""

from __future__ import annotations

from detente.core.clock import MINUTES
from detente.register.book import Register
from detente.register.load.events import instant_of
from detente.register.load.forms import duty_of
from detente.register.load.yaml_reader import YamlNode
from detente.register.model import SCENARIO as SOURCE
from detente.register.model import DutyRate, EffectivePeriod, Event, Measure, Provision
from detente.scenario.acts import ShortEvent, periods_of
from detente.scenario.copied import copied, places_but, places_of

WORDS = ("extend", "revive", "end", "enact", "set_rate", "enact_threat", "join", "decide")
KEYS = (
    "do",
    "measure",
    "provision",
    "from",
    "until",
    "rate",
    "heading",
    "places",
    "but",
    "family",
    "goods",
    "title",
    "by",
    "decision",
    "policy",
    "to",
)
OF_ALL = ("do", "measure", "from", "until")
TAKES = {
    "extend": (*OF_ALL, "provision"),
    "revive": (*OF_ALL, "provision"),
    "end": (*OF_ALL, "provision"),
    "set_rate": (*OF_ALL, "provision", "rate", "heading"),
    "enact": (*OF_ALL, "provision", "rate", "heading"),
    "enact_threat": (*OF_ALL, "rate", "heading", "places", "but", "family", "goods"),
    "join": (*OF_ALL, "provision", "places"),
    "decide": (*OF_ALL, "provision", "decision", "policy", "to"),
}
"""The keys that each word takes; another one would be passed over without a word."""

OF_NEW = (*OF_ALL, "rate", "heading", "places", "but", "family", "goods", "title", "by")
SUPPOSED = ("", "background")
"""Day and grade of a record that nobody verified, since it is supposed."""


def act_out(register: Register, measure: Measure, item: YamlNode, name: str) -> Measure:
    """The record after one short word.

    Args:
        register: the register whose names of places and lists are known.
        measure: the record as it is.
        item: the event, a mapping with ``do``.
        name: of the scenario, for the record's history.

    Raises:
        RegisterError: the word, a day, a provision or a rate cannot be.
    """
    entries = item.mapping(KEYS, ("do", "measure", "from"))
    word = entries["do"].word(WORDS)
    # Once more, since only the word tells which of the keys it takes.
    item.mapping(TAKES[word], ("do", "measure", "from"))
    zone = register.zones[measure.by]
    start, until = _days(entries, zone)
    described = Event(start // MINUTES, None, None, f"Scenario {name}", "", "", (), "", (SOURCE,))
    number = len(measure.events)
    measure = measure._replace(events=(*measure.events, described))
    if word == "enact_threat":
        return _enacted(register, measure, entries, (start, until), number)
    first = _known_since(measure, number)
    if word in ("join", "decide"):
        return copied(register, measure, entries, (start, until), (first, number), SOURCE)
    periods = periods_of(ShortEvent(word, measure, entries, start, until))
    provisions = []
    for provision in measure.provisions:
        supposed = (
            period._replace(announced=first, sources=(SOURCE,), readings=(), event=number)
            for period in periods.get(provision.id, ())
        )
        # At the end and unsorted: the last period that covers a minute shows, however early it is
        # known.
        provisions.append(provision._replace(periods=(*provision.periods, *supposed)))
    return measure._replace(provisions=tuple(provisions))


def new_measure(register: Register, item: YamlNode, name: str) -> Measure:
    """A record that the register does not have: a rate on the goods of some places.

    Raises:
        RegisterError: a part is missing, or names no side, place or list.
    """
    entries = item.mapping(OF_NEW, ("do", "measure", "title", "by", "places", "from", "rate"))
    if entries["do"].raw.strip() != "enact":
        entries["do"].fail("a record of one's own begins with `enact`", "Write do: enact")
    by = entries["by"].raw.strip()
    area = f"{by.lower()}/tariff"
    if area not in register.areas:
        entries["by"].fail(f"`{by}` has no duties in the register", "Write by: US or by: CN")
    days = _days(entries, register.zones[by])
    described = Event(days[0] // MINUTES, None, None, f"Scenario {name}", "", "", (), "", (SOURCE,))
    measure = Measure(
        id=entries["measure"].text(),
        title=entries["title"].text(),
        title_zh="",
        by=by,
        kind="measure",
        family="other",
        area=area,
        authority=(),
        answers=(),
        places=(),
        note="",
        verified=SUPPOSED,
        ownership={},
        provisions=(),
        voids=(),
        events=(described,),
    )
    return _charging(register, measure, entries, days, (days[0] // MINUTES, 0))


def _known_since(measure: Measure, number: int) -> int:
    """The day on which anything of the record was first known."""
    days = [period.announced for provision in measure.provisions for period in provision.periods]
    days += [event.announced for event in measure.events[:number]]
    return min(days, default=measure.events[number].announced)


def _heading(entries: dict[str, YamlNode]) -> str | None:
    return entries["heading"].quoted("the heading") if "heading" in entries else None


def _days(entries: dict[str, YamlNode], zone: str) -> tuple[int, int | None]:
    start = instant_of(entries["from"], zone)
    until = instant_of(entries["until"], zone) if "until" in entries else None
    if until is not None and until <= start:
        entries["until"].fail("`until` is not after `from`", "`until` is the first day without it")
    return start, until


def _rate(entries: dict[str, YamlNode]) -> DutyRate:
    if "rate" not in entries:
        next(iter(entries.values())).fail("this event needs a rate", 'Add rate: "25%"')
    # Dollars a unit, such as "$0.50/kg", are a duty by quantity.
    by_quantity = entries["rate"].raw.strip().startswith("$")
    return duty_of("specific" if by_quantity else "add", entries["rate"])


def _enacted(
    register: Register,
    measure: Measure,
    entries: dict[str, YamlNode],
    days: tuple[int, int | None],
    number: int,
) -> Measure:
    """A threat as a measure on the goods of its places, at the rate that the scenario gives."""
    if measure.kind not in ("threat", "proposal"):
        entries["measure"].fail(
            f"`{measure.id}` is a {measure.kind}", "enact_threat takes a threat or a proposal"
        )
    if "places" not in entries and not measure.places:
        entries["measure"].fail("the threat names no places", "Add places: [CN]")
    known = (_known_since(measure, number), number)
    return _charging(register, measure._replace(kind="measure"), entries, days, known)


def _charging(
    register: Register,
    measure: Measure,
    entries: dict[str, YamlNode],
    days: tuple[int, int | None],
    known: tuple[int, int],
) -> Measure:
    """A record with one provision that adds a rate to the goods of its places.

    Args:
        register: the register whose names of places, lists and families are known.
        measure: the record without it.
        entries: the event.
        days: the first minute, and the first after.
        known: the day since when it is known, and the place of its event in the history.
    """
    places = places_of(register, entries["places"]) if "places" in entries else measure.places
    if "but" in entries:
        places = places_but(register, places, entries["but"])
    family = measure.family or "other"
    if "family" in entries:
        family = entries["family"].word(tuple(register.families))
    goods = _goods(register, entries) if "goods" in entries else ()
    since, number = known
    period = EffectivePeriod(
        since, *days, _rate(entries), _heading(entries), "in_force", "", "", (SOURCE,), (), number
    )
    provision = Provision("main", "", None, None, "", goods, (), (), (), (), "", {}, (period,))
    return measure._replace(places=places, family=family, provisions=(provision,))


def _goods(register: Register, entries: dict[str, YamlNode]) -> tuple[str, ...]:
    names = []
    for each in entries["goods"].one_or_many():
        name = each.raw.strip()
        digits = name.replace(".", "")
        if digits.isdigit():
            each.quoted("the code")
            name = digits
        elif name not in register.lists:
            each.fail(f"unknown list `{name}`", "Name a list of the register, or a quoted code")
        names.append(name)
    return tuple(names)
