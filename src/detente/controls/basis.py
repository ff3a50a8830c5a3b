"""What the answer of one side rests on: the areas read, the items held whole, the lists screened.

That no rule fires settles nothing by itself: a rule that was not read may. A ruling of no licence
stands only over rows that are all read. Goods whose item is held in part, or not at all, are not
covered; where only the days or the lists fall short, the decision depends on what they miss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.controls.facts import compare, ratio
from detente.controls.model import NONE, NOT_COVERED, LicenceQuestion
from detente.controls.provisions import CONTENT, names, roles_of
from detente.core.clock import MINUTES, day_text
from detente.core.coverage import BEYOND, LISTS, PARTLY, READ, UNREAD, Coverage, state_on

if TYPE_CHECKING:
    from detente.controls.items import Catalogue, ItemReading
    from detente.controls.law import ControlLaw, SideControls
    from detente.controls.rulings import Ruling


class ControlBasis(NamedTuple):
    """The rows under one ruling.

    Attributes:
        law: areas, items, and parts of the law that were not read.
        lists: the lists of parties that could change it.
    """

    law: tuple[Coverage, ...]
    lists: tuple[Coverage, ...]

    @property
    def rows(self) -> tuple[Coverage, ...]:
        """All rows, each once."""
        return tuple(dict.fromkeys((*self.law, *self.lists)))


def read_day(catalogue: Catalogue, firsts: dict[str, str], name: str) -> str | None:
    """First day from which every control on an item is held: its own, or that of what it is in."""
    if name in firsts:
        return firsts[name]
    found = [read_day(catalogue, firsts, parent) for parent in catalogue.parents(name)]
    return min((day for day in found if day), default=None)


def reaches_goods(regime: SideControls, question: LicenceQuestion) -> bool:
    """Whether this side's list of items may reach the goods: by their way, origin or content."""
    if regime.by in (question.start, question.made_in):
        return True
    facts = regime.terms.read.facts
    if question.content and CONTENT in facts:
        return True
    return any(_says(question.facts.get(fact, "")) for fact in facts)


def _says(value: str) -> bool:
    """Whether a fact was given and is neither false nor nothing."""
    if value in ("", "true", "false"):
        return value == "true"
    return compare(ratio(value), (0, 1)) > 0


def is_held(regime: SideControls, world: ItemReading, day: str, reached: bool) -> bool:
    """Whether every control of this side on goods that are this is held for the day."""
    if not reached:
        return True
    return _item_row(regime, world, day, None).state == READ


def basis_of(
    law: ControlLaw, regime: SideControls, question: LicenceQuestion, ruling: Ruling
) -> ControlBasis:
    """What a ruling of one side rests on."""
    day = day_text(question.minutes[regime.by] // MINUTES)
    rows = [*_areas(law, regime, day)]
    if reaches_goods(regime, question):
        through = law.register.areas.get(f"{regime.by.lower()}/control")
        last = through.reviewed_through if through else None
        rows.append(_item_row(regime, ruling.world, day, last))
        rows.extend(_unread(law, regime, question, ruling.world))
    rows.extend(_unruled(regime, question))
    return ControlBasis(tuple(rows), tuple(dict.fromkeys(_lists(regime, question, ruling))))


def weighed(
    outcomes: Iterable[tuple[str, str]], basis: ControlBasis, scheduled: bool
) -> tuple[tuple[str, str], ...]:
    """What a ruling may decide, with no licence only where all that could ask one was read."""
    found = set(outcomes)
    if (NONE, "") not in found:
        return tuple(sorted(found))
    states = {row.state for row in basis.law}
    if states & {UNREAD, PARTLY}:
        found.remove((NONE, ""))
        found.add((NOT_COVERED, ""))
    # By the law's own dates alone, that nothing later was read changes nothing.
    elif not scheduled and (BEYOND in states or any(row.state != READ for row in basis.lists)):
        found.add((NOT_COVERED, ""))
    return tuple(sorted(found))


def _areas(law: ControlLaw, regime: SideControls, day: str) -> Iterator[Coverage]:
    """The areas of law that were consulted."""
    start = regime.terms.read.start or None
    for name in dict.fromkeys(measure.area for measure in regime.measures):
        area = law.register.areas.get(name)
        if area is not None:
            last = area.reviewed_through
            yield Coverage(name, start, last, area.note, state_on(day, start, last))


def _item_row(regime: SideControls, world: ItemReading, day: str, last: str | None) -> Coverage:
    """How far the controls on what the goods may be are held."""
    what = f"{regime.by.lower()}/items"
    if world.item is None:
        scope = regime.terms.unlisted or "the list of controlled items was not read"
        if not world.is_unknown and not world.items:
            scope = f"{world.title}: what else these goods may be was not read. {scope}"
        return Coverage(what, None, None, scope, READ if world.read else UNREAD)
    firsts = dict(regime.terms.read.items)
    first = read_day(regime.catalogue, firsts, world.item)
    name = f"{world.item} ({world.title})"
    if first is None:
        scope = f"{name}: only the rules recorded here, not every reason for control"
        return Coverage(what, None, last, scope, PARTLY)
    if day < first:
        return Coverage(what, first, last, f"{name}: held from {first} on, not before", UNREAD)
    return Coverage(what, first, last, f"{name}: every control on it", READ)


def _unread(
    law: ControlLaw, regime: SideControls, question: LicenceQuestion, world: ItemReading
) -> Iterator[Coverage]:
    """Parts of the law that were not read and may reach these goods, going this way."""
    uses = set(question.facts.get("end_use", "").split(","))
    today = question.minutes[regime.by] // MINUTES
    parties = {
        found.word
        for found in question.parties
        if found.likely and (found.until is None or today < found.until)
    }
    for each in regime.terms.read.unread:
        there = not each.to or law.inside(each.to, question.to)
        used = not each.end_use or uses & set(each.end_use)
        sent = not each.parties or parties & set(each.parties)
        if there and used and sent and world.items.isdisjoint(each.but_not):
            scope = f"{each.title} ({each.citation})"
            yield Coverage(f"{regime.by.lower()}/{each.key}", None, None, scope, UNREAD)


def _unruled(regime: SideControls, question: LicenceQuestion) -> Iterator[Coverage]:
    """Parties that stand on a list for which no rule is recorded."""
    if not question.parties:
        return
    ruled = {
        name
        for measure in regime.measures
        for provision in measure.provisions
        if "decision" in provision.control
        for name in names(provision, "parties")
    }
    lists = {each.name: each.list for each in regime.terms.parties}
    # A round that stands for its list as a whole needs a rule of its own.
    alone = {each.name for each in regime.terms.parties if each.instead}
    ruled_lists = {lists.get(name, "") for name in ruled}
    for found in question.parties:
        short = lists.get(found.word, "")
        known = found.word in ruled if found.word in alone else short in ruled_lists
        if found.likely and short and not known:
            scope = f"what standing on it means for {found.name} is not recorded"
            yield Coverage(f"{LISTS}{short}", None, None, scope, UNREAD)


def _lists(regime: SideControls, question: LicenceQuestion, ruling: Ruling) -> Iterator[Coverage]:
    """The lists on which a party that was screened would change the ruling."""
    lists = {each.name: each.list for each in regime.terms.parties}
    for each, failed in ruling.nearly:
        if failed.kind != "party" or each.provision.control.get("decision", NONE) == NONE:
            continue
        for role in roles_of(each.provision):
            if role not in question.screened:
                continue
            for short in dict.fromkeys(
                lists.get(name, "") for name in names(each.provision, "parties")
            ):
                if short:
                    held = question.lists.get((role, short))
                    missing = Coverage(f"{LISTS}{short}", None, None, "no version is held", UNREAD)
                    yield held or missing
