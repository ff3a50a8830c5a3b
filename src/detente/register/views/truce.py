"""The instruments of an agreement on any day: a truce is not one switch.

An agreement names its instruments, ``measure/provision`` with a verb; their days stand in the
measures themselves. The *window* of an instrument is the run of days that orders announced since
the agreement treats alike: suspended, reduced, ceased. What shows on the timeline right after it is
what returns; where an end of duty or nothing at all follows, nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.core.clock import MINUTES, day_text, minute_text
from detente.register.book import Register
from detente.register.confirmed import confirmed_row
from detente.register.events import Query, announced_on, is_known, records
from detente.register.model import READINGS, Measure, Provision
from detente.register.periods import Segment, state_at, timeline
from detente.register.reading import by_reading
from detente.register.runs import run_at, run_words, value_of
from detente.register.views.announced import heard, showing
from detente.register.views.chinese_titles import is_own_rendering
from detente.register.views.law_by_day import about, as_of, claim_row
from detente.register.views.truce_summary import summary
from detente.register.views.two_readings import of_rows

if TYPE_CHECKING:
    from detente.answers.shared import Claim
    from detente.answers.truce import HeardStanding, Part, Standing
    from detente.answers.truce import Truce as Answer
    from detente.register.model import AgreedPart

RELIEF = "extended"
"""The verb of relief that is in force: when it lapses, what it relieves from returns."""


class TruceWindow(NamedTuple):
    """Days ``[start, until)`` over which an instrument stands as the agreement left it."""

    start: int | None
    until: int | None
    boundary: str
    returns: int | None
    what: str | None
    sources: tuple[str, ...]


def truce(register: Register, known_on: int | None, on: str) -> Answer:
    """Every instrument of every agreement that names some, at a day or an instant.

    Args:
        register: the register asked.
        known_on: day number; what was announced later is left out. None for all that is known.
        on: a day, which means its last minute in the zone of the side that acts, or an instant.

    Raises:
        ValueError: ``on`` is neither.
    """
    minutes = as_of(register, on)
    query = Query(known_on=known_on, kinds=("agreement",))
    agreements = [each for each in records(register, query) if each.terms.get("instruments")]
    rows = [
        _row(register, part, agreement, minutes, known_on)
        for agreement in agreements
        for part in agreement.terms["instruments"]
    ]
    flat = [part for row in rows for part in (row, *row["also"])]
    touched = [register.measure(part["measure"]) for part in flat]
    consulted = about(register, touched)
    return {
        "on": on,
        "known_on": None if known_on is None else day_text(known_on),
        "reading": register.reading,
        "announced": of_rows(register, flat),
        "summary": list(summary(register, rows)),
        "agreements": [{"id": each.id, "title": each.title} for each in agreements],
        "instruments": rows,
        "claims": list(_claims(register, {each.id for each in agreements}, known_on)),
        "notes": [*_turning_today(rows, minutes), *_horizon(consulted["areas"])],
        "register": consulted,
    }


def _row(
    register: Register,
    part: AgreedPart,
    agreement: Measure,
    minutes: dict[str, int],
    known_on: int | None,
) -> Part:
    """One instrument, and under ``also`` what goes with it."""
    measure = register.measure(part["measure"])
    provision = measure.provision(part["limb"])
    minute = minutes[measure.by]
    since = min(event.announced for event in agreement.events)
    window = _window(measure, provision, part, since, minute, known_on)
    run = run_at(provision, minute, known_on)
    return {
        "measure": measure.id,
        "limb": provision.id,
        "by": measure.by,
        "verb": part["verb"],
        "what": part["what"],
        "title": measure.title,
        "title_zh": measure.title_zh,
        "title_zh_own": is_own_rendering(register, measure.title_zh),
        **_standing(provision, window, minute, known_on, register.zones[measure.by]),
        **confirmed_row(register, measure, run.start, (provision,)),
        "void": _is_void(measure, provision, minute, known_on),
        "announced": _announced(register, measure, part, since, minute, known_on),
        "sources": [register.citation(key) for key in window.sources],
        "also": [
            _row(register, {**each, "also": []}, agreement, minutes, known_on)
            for each in part["also"]
        ],
    }


def _standing(
    provision: Provision, window: TruceWindow, minute: int, known_on: int | None, zone: str
) -> Standing:
    """Where an instrument stands, and what lies ahead of it, by one reading."""
    # By the calendar, as people count to a date, whatever the hours are.
    days = None if window.returns is None else window.returns // MINUTES - minute // MINUTES

    def time(edge: int | None) -> str | None:
        return None if edge is None else minute_text(edge, zone)

    return {
        "state": state_at(provision, minute, known_on),
        "value": run_at(provision, minute, known_on).value,
        "suspended_from": time(window.start),
        "suspended_until": time(window.until),
        "boundary": window.boundary,
        "returns_on": time(window.returns),
        "days_left": days if days is not None and days >= 0 else None,
        "returned": window.returns is not None and window.returns <= minute,
        "what_returns": window.what,
    }


def _announced(
    register: Register,
    measure: Measure,
    part: AgreedPart,
    since: int,
    minute: int,
    known_on: int | None,
) -> HeardStanding | None:
    """Where an instrument stands by the reading ``announced``, where it differs, or will."""
    if not measure.provision(part["limb"]).announced:
        return None
    rows: list[Standing] = []
    words = []
    for reading in READINGS:
        read = by_reading(measure, reading)
        provision = read.provision(part["limb"])
        window = _window(read, provision, part, since, minute, known_on)
        row = _standing(provision, window, minute, known_on, register.zones[measure.by])
        rows.append(row)
        words.append(run_words(run_at(provision, minute, known_on)) or "nothing")
        if row["returns_on"] and not row["returned"]:
            words[-1] += f", returns on {row['returns_on']}"
    over = [(row["state"], row["value"], row["returned"]) for row in rows]
    if rows[0] == rows[1] or (over[0] == over[1] and rows[0]["returned"]):
        return None
    # Before its days the statement shows nowhere, and moves the day on which something returns.
    begins = max(period.start for period in measure.provision(part["limb"]).announced)
    acts = showing(register, measure, max(minute, begins), known_on, (part["limb"],))
    return {**rows[1], **heard(acts, words[0], words[1], register.reading)}


def _window(
    measure: Measure,
    provision: Provision,
    part: AgreedPart,
    since: int,
    minute: int,
    known_on: int | None,
) -> TruceWindow:
    """The window that holds a minute, or else the next one, or else the last."""
    segments = timeline(provision, known_on)
    ours = [at for at, each in enumerate(segments) if _is_ours(measure, each, since)]
    anchor = 0
    if not ours:
        # Put away before the agreement and left as it was; or no order is known yet.
        ours = [at for at, each in enumerate(segments) if _is_put_away(each)]
        anchor = -1
    if not ours:
        return TruceWindow(None, None, "", None, None, ())
    same_state = [at for at in ours if _state(segments[at]) == _state(segments[ours[anchor]])]
    groups = list(_neighbors(same_state))
    here = next((group for group in groups if _ends_after(segments[group[-1]], minute)), groups[-1])
    start, last = segments[here[0]], segments[here[-1]]
    assert start.period is not None
    assert last.period is not None
    after = segments[here[-1] + 1] if here[-1] + 1 < len(segments) else None
    returns = last.until if after is not None and _comes_back(after, part["verb"]) else None
    what = None
    if returns is not None and after is not None:
        what = (
            part["returns"] or value_of(provision, after.period) or provision.title or provision.id
        )
    return TruceWindow(
        start.start,
        last.until,
        last.period.boundary,
        returns,
        what,
        tuple(dict.fromkeys((*start.period.sources, *last.period.sources))),
    )


def _is_ours(measure: Measure, segment: Segment, since: int) -> bool:
    return segment.period is not None and announced_on(measure, segment.period) >= since


def _is_put_away(segment: Segment) -> bool:
    return _state(segment) in ("suspended", "ceased")


def _state(segment: Segment) -> str | None:
    return None if segment.period is None else segment.period.state


def _ends_after(segment: Segment, minute: int) -> bool:
    return segment.until is None or minute < segment.until


def _comes_back(after: Segment, verb: str) -> bool:
    """Whether what was put away is in force again, or relief is over."""
    if verb == RELIEF:
        return _state(after) != "in_force"
    return _state(after) == "in_force"


def _neighbors(places: Iterable[int]) -> Iterator[list[int]]:
    """Places in a timeline, grouped where they follow one another."""
    group: list[int] = []
    for place in places:
        if group and place != group[-1] + 1:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _is_void(measure: Measure, provision: Provision, minute: int, known_on: int | None) -> bool:
    """Whether a later finding, as far as known, says that this was never owed."""
    return any(
        provision.id in void.provisions and (known_on is None or void.announced <= known_on)
        for void in measure.voids
        if void.start <= minute
    )


def _claims(register: Register, agreements: set[str], known_on: int | None) -> Iterator[Claim]:
    """What was said of these agreements, and by whom; it changes no state."""
    for claim in register.measures(kind="claim"):
        if agreements & set(claim.answers) and is_known(claim, known_on):
            yield claim_row(register, claim, known_on)


def _turning_today(rows: list[Part], minutes: dict[str, int]) -> Iterator[str]:
    """Instruments that turn at an hour within the day asked for, or may have turned with it."""
    for row in rows:
        if row["boundary"] and row["days_left"] == 1:
            yield (
                f"{row['title']} counts as {row['verb']} on this day: the text leaves its last "
                "day open."
            )
        for edge in (row["suspended_from"], row["returns_on"]):
            day = day_text(minutes[row["by"]] // MINUTES)
            if edge and len(edge) > len(day) and edge.startswith(day):
                yield f"{row['title']} turns within this day, at {edge}."


def _horizon(areas: dict[str, str]) -> Iterator[str]:
    """How far each part was read, in one line."""
    by_day: dict[str, list[str]] = {}
    for name, day in areas.items():
        by_day.setdefault(day, []).append(name)
    parts = [f"{', '.join(names)} to {day}" for day, names in sorted(by_day.items(), reverse=True)]
    if parts:
        yield (
            f"Read: {'; '.join(parts)}. For later days this assumes that nothing was ordered in "
            "between that the register does not hold."
        )
