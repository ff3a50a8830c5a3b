"""The register as people ask for it: where it stands, what happened, what comes, what changed.

Every function returns plain data under the keys of the interface; faces print it. Days without
an hour are days; an instant within a day bears its offset. Every ``until`` is exclusive.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente._shapes import TYPE_CHECKING
from detente.core.clock import day_number, day_text, last_minute_of, minute_of
from detente.register.book import Register
from detente.register.confirmed import confirmed_row
from detente.register.events import Query, acts, acts_of, authority_of, coming, note_of, records
from detente.register.model import Measure, Provision
from detente.register.periods import known
from detente.register.runs import Run, run_at, run_words, runs
from detente.register.source_links import addresses_of
from detente.register.views.act_rows import act_row, citations, instant_text, title_of
from detente.register.views.chinese_titles import is_own_rendering
from detente.register.views.list_changes import list_changes
from detente.register.views.place_words import place_words
from detente.register.views.standing import standing, together
from detente.register.views.two_readings import of_changes, of_measure, of_provision, of_rows

if TYPE_CHECKING:
    from detente.answers.events import Change, Difference, HeardProvision, Timeline, Upcoming
    from detente.answers.measures import MeasureOn as MeasureRow
    from detente.answers.measures import OneMeasure, ProvisionOverTime, StateSegment, Status, Void
    from detente.answers.shared import Claim, Consulted

INSTRUMENTS = ("measure", "threat", "proposal", "agreement", "commitment")
"""Kinds that have a state worth asking for; claims and events are read off the timeline."""


def as_of(register: Register, on: str) -> dict[str, int]:
    """A day's last minute, or an instant, on the wall clock of each side.

    Raises:
        ValueError: the text is neither a day nor an instant with its offset.
    """
    try:
        # A day ends on each side's own clock; an instant is one for both.
        if len(on) <= len("2025-11-10"):
            return dict.fromkeys(register.zones, last_minute_of(on))
        return {by: minute_of(on, zone) for by, zone in register.zones.items()}
    except ValueError:
        from detente.core.stated_days import neither_words

        raise ValueError(neither_words(on)) from None


def about(register: Register, measures: Iterable[Measure]) -> Consulted:
    """Which register answered, and how far the areas of some records were read."""
    names = sorted({measure.area for measure in measures} & register.areas.keys())
    areas = {name: register.areas[name].reviewed_through for name in names}
    return {
        "sha256": register.sha256,
        "bundle": register.bundle or None,
        "reviewed_through": min(areas.values(), default=None),
        "areas": areas,
        "local_records": len(register.local),
    }


def status(register: Register, query: Query, on: str) -> Status:
    """Where every record stands on a day.

    Args:
        register: the register asked.
        query: which records, as known when; without kinds, those of ``INSTRUMENTS``.
        on: a day or an instant.
    """
    query = query if query.kinds else query._replace(kinds=INSTRUMENTS)
    minutes = as_of(register, on)
    measures = records(register, query)
    rows = [
        measure_on(register, measure, minutes[measure.by], query.known_on) for measure in measures
    ]
    return {
        "on": on,
        "known_on": _day_or_none(query.known_on),
        "reading": register.reading,
        "announced": of_rows(register, rows),
        "measures": rows,
        "register": about(register, measures),
    }


def one_measure(register: Register, name: str, on: str, known_on: int | None) -> OneMeasure:
    """One record on a day, with its history: its events, and the timeline of each provision.

    Raises:
        ValueError: the register has no record of that id; the message names the nearest.
    """
    try:
        measure = register.measure(name).as_read()
    except KeyError:
        raise ValueError(_unknown(register, name)) from None
    row = measure_on(register, measure, as_of(register, on)[measure.by], known_on)
    zone = register.zones[measure.by]

    def history(name: str) -> list[StateSegment]:
        provision = measure.provision(name)
        found = runs(provision, known_on)
        return [
            _run_row(register, measure, provision, run, zone)
            for run in found
            if run.first is not None
        ]

    found = acts_of([measure], register, Query(known_on=known_on))
    events = [act_row(register, act) for act in found]
    provisions: list[ProvisionOverTime] = [
        {**provision, "history": history(provision["id"])} for provision in row["limbs"]
    ]
    return {
        "on": on,
        "known_on": _day_or_none(known_on),
        "reading": register.reading,
        **row,
        "limbs": provisions,
        "places_in_words": place_words(register, measure.places),
        "note": note_of(measure, known_on),
        "events": events,
        "citations": addresses_of(register, row["authority"], provisions, events),
        "register": about(register, [measure]),
    }


def timeline(register: Register, query: Query) -> Timeline:
    """What was announced, in order of announcement."""
    found = acts(register, query)
    return {
        "known_on": _day_or_none(query.known_on),
        "events": [act_row(register, act) for act in found],
        "register": about(register, [act.measure for act in found]),
    }


def upcoming(register: Register, query: Query, on: str, days: int | None) -> Upcoming:
    """What changes after a day, in order of the days on which it does.

    Args:
        register: the register asked.
        query: which records, as known when.
        on: a day or an instant.
        days: look this many days ahead; None for all that is known.
    """
    if days is not None:
        query = query._replace(last=day_number(on[:10]) + days)
    minutes = as_of(register, on)
    found = [act_row(register, act) for act in coming(register, query, minutes)]
    rows, heard = of_changes(register, query, minutes, found)
    return {
        "on": on,
        "known_on": _day_or_none(query.known_on),
        "reading": register.reading,
        "announced": heard,
        "events": rows,
        "register": about(register, records(register, query)),
    }


def difference(register: Register, query: Query, start: str, end: str) -> Difference:
    """What shows differently on two days, provision by provision, by the law known at one time.

    Lists of goods that change, while a provision that names them stays in force, are told beside.
    """
    first, last = as_of(register, start), as_of(register, end)
    changes = []
    lists: dict[str, str] = {}
    measures = records(register, query)
    for measure in measures:
        for provision in measure.provisions:
            before = run_at(provision, first[measure.by], query.known_on)
            after = run_at(provision, last[measure.by], query.known_on)
            if before[2:5] != after[2:5]:
                heard = of_provision(register, measure, provision, last[measure.by], query.known_on)
                changes.append(_difference(register, measure, provision, before, after, heard))
            if before.first is not None and after.first is not None:
                named = (*provision.goods, *provision.not_goods)
                lists.update({name: measure.by for name in named if name in register.lists})
    return {
        "from": start,
        "to": end,
        "known_on": _day_or_none(query.known_on),
        "reading": register.reading,
        "announced": of_rows(register, changes),
        "changes": changes,
        "lists": list_changes(register, lists, first, last, query.known_on),
        "register": about(register, measures),
    }


def _difference(
    register: Register,
    measure: Measure,
    provision: Provision,
    before: Run,
    after: Run,
    heard: HeardProvision | None,
) -> Change:
    """One change; its source is what begins, or else what ran out."""
    headed = (before.state, before.value) == (after.state, after.value)
    cause = after.first or before.last
    return {
        "measure": measure.id,
        "limb": provision.id,
        "before": run_words(before, headed),
        "after": run_words(after, headed),
        "source": None if cause is None else "; ".join(citations(register, cause.sources)),
        "title": title_of(measure, provision, None),
        "by": measure.by,
        "state_before": before.state,
        "state_after": after.state,
        **confirmed_row(register, measure, after.start, (provision,)),
        "announced": heard,
    }


def measure_on(
    register: Register, measure: Measure, minute: int, known_on: int | None
) -> MeasureRow:
    """One record at a minute of its own wall clock, under the keys of the interface."""
    zone = register.zones[measure.by]
    here = standing(measure, minute, known_on)
    return {
        "id": measure.id,
        "title": measure.title,
        "title_zh": measure.title_zh,
        "title_zh_own": is_own_rendering(register, measure.title_zh),
        "by": measure.by,
        "kind": measure.kind,
        "state": here.state,
        "since": instant_text(here.since, zone),
        "until": instant_text(here.until, zone),
        **confirmed_row(register, measure, here.since),
        "announced": of_measure(register, measure, minute, known_on),
        "rate": together(here.duties),
        "places": list(measure.places),
        "goods": list(
            dict.fromkeys(name for provision in measure.provisions for name in provision.goods)
        ),
        "authority": [
            {
                "citation": source.citation,
                "citation_zh": source.citation_zh,
                "title": source.title,
                "url": source.url,
            }
            for source in (register.sources[key] for key in authority_of(measure, known_on))
        ],
        "answers": list(measure.answers),
        "verified": {"day": measure.verified[0] or None, "grade": measure.verified[1]},
        "limbs": [
            {
                "id": provision.id,
                "title": provision.title,
                "heading": run.heading,
                "state": run.state,
                "since": instant_text(run.start, zone),
                "until": instant_text(run.until, zone),
                **confirmed_row(register, measure, run.start, (provision,)),
                "rate": run.value,
                "control": provision.control,
            }
            for provision, run in zip(measure.provisions, here.provisions, strict=True)
            if known_on is None or not provision.periods or known(provision.periods, known_on)
        ],
        "void": _voids(register, measure, known_on),
        "terms": _terms(register, measure, known_on),
    }


def claim_row(register: Register, claim: Measure, known_on: int | None) -> Claim:
    """A claim as it was made, with the notes on it that were known by then."""
    first = claim.events[0]
    return {
        "id": claim.id,
        "speaker": claim.terms["speaker"],
        "role": claim.terms.get("role", ""),
        "outlet": claim.terms.get("outlet", ""),
        "attested": claim.terms.get("attested", ""),
        "words": claim.terms.get("words", ""),
        "on": day_text(first.announced),
        "text": claim.title,
        "note": note_of(claim, known_on),
        "sources": citations(register, first.sources),
    }


def _terms(register: Register, measure: Measure, known_on: int | None) -> dict[str, object]:
    """What a record says beside its days, with progress as far as it was told by then."""
    terms = {key: value for key, value in measure.terms.items() if key != "later"}
    progress = measure.terms.get("progress")
    if progress is not None:
        terms["progress"] = [
            {**row, "sources": citations(register, row["sources"])}
            for row in progress
            if known_on is None or day_number(row["on"]) <= known_on
        ]
    return terms


def _voids(register: Register, measure: Measure, known_on: int | None) -> list[Void]:
    """Days that were never owed; ``provisions`` is null where that holds for all of them."""
    zone = register.zones[measure.by]
    return [
        {
            "announced": day_text(void.announced),
            "from": instant_text(void.start, zone),
            "until": instant_text(void.until, zone),
            "limbs": None
            if len(void.provisions) == len(measure.provisions)
            else list(void.provisions),
            "sources": citations(register, void.sources),
        }
        for void in measure.voids
        if known_on is None or void.announced <= known_on
    ]


def _run_row(
    register: Register, measure: Measure, provision: Provision, run: Run, zone: str
) -> StateSegment:
    return {
        "from": instant_text(run.start, zone),
        "until": instant_text(run.until, zone),
        "state": run.state,
        **confirmed_row(register, measure, run.start, (provision,)),
        "rate": run.value,
        "heading": run.heading,
        "suspends": run.first.suspends if run.first is not None else "",
        "sources": citations(register, () if run.first is None else run.first.sources),
    }


def _day_or_none(number: int | None) -> str | None:
    return None if number is None else day_text(number)


def _unknown(register: Register, name: str) -> str:
    from detente.core.vocabulary import nearest

    names = register.names()
    part = name.lower().strip()
    # One letter or two stand in nearly every id.
    near = [each for each in names if len(part) > 2 and part in each]
    near.extend(each for each in nearest(part, names, 5) if each not in near)
    hint = f"the nearest are {', '.join(near[:8])}" if near else "`detente status` lists them"
    return f"the register has no record {name!r}: {hint}"
