"""Hits on the lists under the keys of the interface, and what standing on a list means on a day."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.coverage import vouched
from detente.parties.lists.model import notices_in
from detente.parties.lists.standing import SUSPENDED
from detente.parties.lists.standing import standing_of as standing_of
from detente.parties.screening.list_coverage import NOT_CITED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from detente.answers.parties import (
        Amendment,
        HeardListing,
        ListedAs,
        ListedParty,
        ScreenedName,
        Screening,
        ScreeningHit,
    )
    from detente.parties.lists.model import ListedEntry
    from detente.parties.screening.hits import NameHit
    from detente.parties.screening.list_coverage import ListsCoverage
    from detente.parties.screening.related import Related
    from detente.parties.screening.store import Screen
    from detente.register.book import Register
    from detente.register.model import Measure, Provision

SAME = 0.98
"""Score from which a hit is the same name, but for legal form or the order of words."""


def nothing_heard(_entry: ListedEntry) -> HeardListing | None:
    """That nothing was announced of an entry beside its notice, where nobody asks."""
    return None


class Consequence(NamedTuple):
    """What the register says that standing on a list means on a day.

    Attributes:
        measure: id of the record.
        title: of the record.
        provision: id of the provision.
        what: what the provision reaches, in words.
        decision: ``licence``, ``prohibited``, or "" where it decides nothing.
        policy: review policy, or "".
        everything: whether it reaches every item whatever its use, and not some only.
        citation: where it stands.
        sources: keys of citations.
    """

    measure: str
    title: str
    provision: str
    what: str
    decision: str
    policy: str
    everything: bool
    citation: str
    sources: tuple[str, ...]


def shown(
    hit: NameHit,
    standing: Callable[[ListedEntry], str],
    day: str = "",
    cited: Mapping[str, str] = NOT_CITED,
    heard: Callable[[ListedEntry], HeardListing | None] = nothing_heard,
) -> ScreeningHit:
    """A hit under the keys of the interface, with every list of the party, the strictest first.

    Args:
        hit: the hit.
        standing: how an entry stands on the day.
        day: the day, ISO; requirement and policy of a later change are not told of it.
        cited: see `ListsCoverage`.
        heard: how an entry stands on the day by what was only announced.
    """
    of_lists = on_lists(hit, standing, day, cited, heard)
    return {**strictest(hit, standing, day, cited, heard), "lists": of_lists}


def on_lists(
    hit: NameHit,
    standing: Callable[[ListedEntry], str],
    day: str = "",
    cited: Mapping[str, str] = NOT_CITED,
    heard: Callable[[ListedEntry], HeardListing | None] = nothing_heard,
) -> list[ListedAs]:
    """What every list of a party says of it, the strictest first; see `shown`."""
    return [_on_list(as_of(entry, day), standing, cited, heard) for entry in hit.entries]


def strictest(
    hit: NameHit,
    standing: Callable[[ListedEntry], str],
    day: str = "",
    cited: Mapping[str, str] = NOT_CITED,
    heard: Callable[[ListedEntry], HeardListing | None] = nothing_heard,
) -> ListedParty:
    """A hit by the list with the strictest consequence alone; see ``shown``."""
    entry = as_of(hit.entry, day)
    return {
        "entry": entry.names[0].text,
        "list": entry.list,
        "name": hit.name,
        "score": str(hit.score),
        "why": list(hit.why),
        "standing": standing(entry),
        "listed_on": entry.since or None,
        "removed_on": entry.until or None,
        "requirement": entry.requirement_text or None,
        "requirement_normal": entry.requirement or None,
        "policy": entry.policy or None,
        "policy_text": entry.policy_text or None,
        "programme": entry.programme or None,
        "countries": list(entry.countries),
        "citation": entry.citation or None,
        "list_citation": cited.get(entry.list),
        "source": entry.source or None,
        "url": address_of(entry),
        "grade": entry.grade,
        "since": entry.since or None,
        "until": entry.until or None,
        "suspended_from": entry.suspended_from or None,
        "suspended_until": _suspended_until(entry, standing, heard),
        "announced": heard(entry),
        "note": entry.note or None,
        "listed_perhaps_from": entry.maybe_since or None,
        "changed_on": entry.changed or None,
        "changes": _amendments(entry),
        "standing_unknown_because": entry.doubt or None,
        "addresses": list(entry.addresses),
    }


def _on_list(
    entry: ListedEntry,
    standing: Callable[[ListedEntry], str],
    cited: Mapping[str, str],
    heard: Callable[[ListedEntry], HeardListing | None],
) -> ListedAs:
    """What one list says of a party; null where the list does not say."""
    return {
        "list": entry.list,
        "entry": entry.names[0].text,
        "standing": standing(entry),
        "listed_on": entry.since or None,
        "changed_on": entry.changed or None,
        "removed_on": entry.until or None,
        "suspended_from": entry.suspended_from or None,
        "suspended_until": _suspended_until(entry, standing, heard),
        "announced": heard(entry),
        "listed_perhaps_from": entry.maybe_since or None,
        "standing_unknown_because": entry.doubt or None,
        "requirement": entry.requirement_text or None,
        "policy": entry.policy or None,
        "policy_text": entry.policy_text or None,
        "programme": entry.programme or None,
        "citation": entry.citation or None,
        "list_citation": cited.get(entry.list),
        "source": entry.source or None,
        "url": address_of(entry),
        "note": entry.note or None,
        "changes": _amendments(entry),
        "addresses": list(entry.addresses),
    }


def _suspended_until(
    entry: ListedEntry,
    standing: Callable[[ListedEntry], str],
    heard: Callable[[ListedEntry], HeardListing | None],
) -> str | None:
    """First day on which an entry is suspended no longer, by the reading that is followed."""
    told = heard(entry)
    if told is not None and standing(entry) == SUSPENDED:
        return told["suspended_until"]
    return entry.suspended_until or None


def _amendments(entry: ListedEntry) -> list[Amendment]:
    """The notices that listed an entry and changed it, each with its day."""
    return [{"citation": notice, "on": day or None} for notice, day in notices_in(entry.changes)]


def address_of(entry: ListedEntry) -> str | None:
    """Where an entry can be read, if its source is an address."""
    return entry.source if entry.source.startswith("http") else None


def as_of(entry: ListedEntry, day: str) -> ListedEntry:
    """An entry without what is held of a change after the day alone; "" for no day."""
    return without_policy(entry) if day and day < entry.changed else entry


def without_policy(entry: ListedEntry) -> ListedEntry:
    """An entry on a day before its last change, whose text of that day is not held."""
    untold = f"requirement and policy are held as changed on {entry.changed} only"
    return entry._replace(
        requirement="", requirement_text="", policy="", policy_text="",
        note="; ".join(filter(None, (entry.note, untold))),
    )  # fmt: skip


def answer_screen(
    screen: Screen,
    names: Sequence[str],
    country: str | None = None,
    top: int = 10,
    addresses: Sequence[str] = (),
) -> Screening:
    """Names with the listed parties that they may be, and what the lists were read of.

    Args:
        screen: the lists, opened for the day.
        names: as written; one that is empty is asked by its address.
        country: where the parties are; it explains and orders.
        top: at most so many parties of each name.
        addresses: of each name, in their order; it is compared with entries that are addresses.

    Returns:
        ``on, reading, results, coverage, beside``; a result has ``name, status, reason, hits,
        related``. Its status is ``hit``; without one ``clear`` only where every list was read whole
        for the day, else ``partly``, or ``not_screened`` for a day before any list begins.
        ``beside`` are lists that names are screened against too, as far as they are held, and of
        which no status speaks.

    Raises:
        ValueError: one is not a name (of several, the message says which), or there are more or
            fewer addresses.
    """
    from detente.parties.screening.list_coverage import screened
    from detente.parties.screening.queries import NameQuery, known_country
    from detente.parties.screening.related import RelatedParties, without_name

    country = known_country(country)  # which is wrong of all names, and not of the first
    if addresses and len(addresses) != len(names):
        raise ValueError(f"{len(addresses)} addresses for {len(names)} names: write one of each")

    read, beside = screened(screen), RelatedParties(screen)
    results = []
    for at, (stated, line) in enumerate(zip(names, addresses or [""] * len(names), strict=True), 1):
        # An address alone is asked as a name, since a list may have it as one.
        name, address = (stated, line) if stated.strip() else (line or stated, "")
        try:
            hits = screen.parties(name, country, top, None, address)
        except ValueError as error:
            named = without_name(screen, NameQuery(name, address=address), str(error), top)
            if isinstance(named, str):
                which = f"name {at} of {len(names)}, " if len(names) > 1 else ""
                raise ValueError(f"{which}{named}") from None
            results.append(result_of(read, name, named))
            continue
        related = beside.of(screen.lists[0].forms(name), hits, name, address)
        results.append(result_of(read, name, hits, related))
    return {
        "on": screen.day,
        "reading": read.reading,
        "results": results,
        "coverage": list(read.rows),
        "beside": list(read.beside),
    }


def result_of(
    read: ListsCoverage, name: str, hits: list[NameHit], beside: Iterable[Related] = ()
) -> ScreenedName:
    """One name with its verdict and hits, under the keys of the interface.

    Args:
        read: how the lists were read.
        name: as written.
        hits: the listed parties that it may be, best first.
        beside: listed parties that it has to do with without being them; they make no hit.
    """
    status = read.status_of(hits)
    vouched({"status": status, "coverage": read.rows})
    return {
        "name": name,
        "status": status,
        "reason": read.reason_of(status, hits) or None,
        "hits": [shown(hit, read.standing, read.day, read.cited, read.heard) for hit in hits],
        "related": [each.row() for each in beside],
    }


def consequences(
    register: Register, words: Collection[str], on: str, known_on: int | None = None
) -> list[Consequence]:
    """What standing on a list means on a day, by the provisions that name its parties.

    Of several provisions of one record with the same decision on the same items under the same
    questions the first is told: they are rounds of one list, with one consequence.

    Args:
        register: the register.
        words: the list, and the classes of parties that the entry belongs to.
        on: a day or an instant.
        known_on: as known at the end of this day number.
    """
    from detente.register.control_terms import BORROWED
    from detente.register.runs import run_at
    from detente.register.views.law_by_day import as_of

    minutes = as_of(register, on)
    found: dict[tuple[object, ...], Consequence] = {}
    for measure in register.measures(kind="measure"):
        if not measure.area.endswith("/control"):
            continue
        for provision in measure.provisions:
            named = provision.control.get("parties")
            if not set(words).intersection(named if isinstance(named, list) else [named]):
                continue
            run = run_at(provision, minutes[measure.by], known_on)
            if run.state == "in_force" and run.last is not None:
                described = _consequence(measure, provision, run.last.sources)
                items = str(provision.control.get("items", ""))
                asked = frozenset(test.fact for test in provision.when)
                key = measure.id, described.decision, items, asked
                first = found.setdefault(key, described)
                if first.policy in BORROWED and described.policy not in BORROWED:
                    # The round of a listing states the policy of its day.
                    found[key] = first._replace(policy=described.policy)
    return list(found.values())


def _consequence(measure: Measure, provision: Provision, sources: tuple[str, ...]) -> Consequence:
    stated = provision.control
    items = str(stated.get("items", ""))
    return Consequence(
        measure=measure.id,
        title=measure.title,
        provision=provision.id,
        what=provision.title,
        decision=str(stated.get("decision") or ""),
        policy=str(stated.get("policy") or ""),
        everything=(not items or items.startswith("all-"))
        and not any(test.fact == "end_use" for test in provision.when),
        citation=str(stated.get("citation") or ""),
        sources=(*sources, *measure.authority),
    )
