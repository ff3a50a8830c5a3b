"""Where the measures of the register stand, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.show_terms import reach, terms
from detente.cli.wrapped import wrapped
from detente.core.figures import long_day
from detente.register.confirmed import read_words, unconfirmed_words
from detente.register.views.chinese_titles import marked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from detente.answers.events import Act, Difference, Upcoming
    from detente.answers.measures import MeasureOn, OneMeasure, ProvisionOverTime, Status
    from detente.answers.shared import Confirmed, SourceRow

    OfADay = Status | OneMeasure | Upcoming


STATES = {
    "in_force": "In force",
    "suspended": "Suspended",
    "not_enforced": "Not enforced",
    "informal": "Informal",
    "scheduled": "To come",
    "announced": "Announced",
}
"""States of what is not over, in the order in which they are shown."""

OVER = "Over"


def show_status(answer: Status) -> str:
    """Records by state: days of the state, rate, id, title."""
    groups: dict[str, list[MeasureOn]] = {}
    for measure in answer["measures"]:
        groups.setdefault(STATES.get(measure["state"], OVER), []).append(measure)
    parts = [f"{when(answer)}:" if answer["measures"] else f"{when(answer)}: no such record."]
    parts.append(first_lines(answer))
    width = max((len(measure["id"]) for measure in answer["measures"]), default=0)
    for title in (*STATES.values(), OVER):
        if title in groups:
            rows = [_status_row(measure, width) for measure in groups[title]]
            parts.append("\n".join([title, *rows]))
    parts.append(horizon(answer))
    return "\n\n".join(part for part in parts if part)


def _status_row(measure: MeasureOn, width: int) -> str:
    state = measure["state"]
    words = [days(measure["since"], measure["until"])]
    if STATES.get(state, OVER) == OVER:
        words = [f"{state_words(state)} {measure['since'] or ''}".strip()]
    elif state == "scheduled":
        words = [f"from {measure['until']}"]
    words[0] = described_state(measure, words[0])
    if measure["rate"]:
        words.append(measure["rate"])
    if measure["void"] and state != "scheduled":
        words.append("held never owed")
    name = f"  {measure['id'].ljust(width)}  "
    lines = [", ".join(word for word in words if word) or state_words(state), measure["title"]]
    if measure["announced"]:
        lines.append(f"! {measure['announced']['text']}")
    return "\n".join(wrapped(line, " " * len(name)) for line in lines).replace(
        " " * len(name), name, 1
    )


def show_measure(answer: OneMeasure) -> str:
    """One record: what it is, where it stands, and the timeline of each provision over time."""
    standing = state_words(answer["state"])
    span = days(answer["since"], answer["until"])
    rate = f", {answer['rate']}" if answer["rate"] else ""
    rows = [f"{answer['id']}  {answer['title']}"]
    if answer["title_zh"]:
        rows.append(f"  {marked(answer['title_zh'], answer['title_zh_own'])}")
    rows.append(f"  {answer['kind']} by {answer['by']}" + _of_places(answer))
    shown = f"{standing}{' ' + span if span else ''}{rate}"
    rows.append(f"  {when(answer)}: {described_state(answer, shown)}")
    parts = ["\n".join(rows), first_lines(answer)]
    for void in answer["void"]:
        provisions = "" if void["limbs"] is None else f" ({', '.join(void['limbs'])})"
        held = f"{void['announced']}: {'; '.join(void['sources'])}"
        parts.append(
            wrapped(
                f"Held never owed {days(void['from'], void['until'])}{provisions}, {held}", "  "
            )
        )
    parts.extend(_provision(provision) for provision in answer["limbs"])
    parts.append(_described(answer))
    parts.append("\n".join(wrapped(row, "  ") for row in terms(answer["terms"])))
    if answer["note"]:
        parts.append(wrapped(answer["note"], "  "))
    parts.append(_authority(answer))
    parts.append(horizon(answer, read_words(answer)))
    return "\n\n".join(part for part in parts if part)


def _of_places(answer: OneMeasure) -> str:
    places = "; ".join(answer["places_in_words"])
    return f", on {places}" if places else ""


def _provision(provision: ProvisionOverTime) -> str:
    """A provision and its timeline, a line for each run of days."""
    head = "  ".join(
        word for word in (provision["id"], provision["heading"], provision["title"]) if word
    )
    rows = [head]
    if reached := reach(provision["control"]):
        rows.append(wrapped(reached, "    "))
    for run in provision["history"]:
        span = f"{run['from'] or '':<16} {run['until'] or '':<16}"
        shown = [] if run["rate"] is None else [run["rate"]]
        if run["state"] != "in_force" or not shown:
            shown.append(state_words(run["state"]))
        if run["suspends"]:
            shown.append(f"suspends {run['suspends']}")
        if run["rate"] and run["heading"] and run["heading"] != provision["heading"]:
            shown.append(f"under {run['heading']}")
        text = f"{described_state(run, ', '.join(shown))}  [{'; '.join(run['sources'])}]"
        rows.append(wrapped(text, " " * 36).replace(" " * 36, f"  {span} ", 1))
    if not provision["history"]:
        rows.append(f"  {state_words(provision['state'])}")
    return "\n".join(rows)


def _described(answer: OneMeasure) -> str:
    """Events that period no provision: what a threat, a claim or an agreement consists of."""
    rows = []
    for event in answer["events"]:
        if event["announced_only"] or (event["limb"] is None and event["state"] != "void"):
            span = days(event["effective"], event["until"])
            sources = "; ".join(event["sources"])
            text = f"{event['title']}{', ' + span if span else ''}{statement(event)}  [{sources}]"
            rows.append(wrapped(text, " " * 12).replace(" " * 12, f"{event['announced']}  ", 1))
    return "\n".join(dict.fromkeys(rows))


def statement(event: Act) -> str:
    """Who said what was only announced; "" for what was enacted."""
    would = event["announced_state"]
    if would is None:
        return ""
    return f"; announced by {event['speaker']}, no instrument read: would be {state_words(would)}"


def _authority(answer: OneMeasure) -> str:
    rows = [
        wrapped(f"{' '.join(_names(source))}: {source['title']}", "  ", "- ")
        for source in answer["authority"]
    ]
    verified = answer["verified"]
    checked = "Supposed in a scenario: no source was checked."
    if verified["day"]:
        checked = f"Checked {long_day(verified['day'])}, from {verified['grade']} sources."
    return "\n".join(["Authority:", *rows, checked] if rows else [checked])


def _names(source: SourceRow) -> list[str]:
    """A citation, and the Chinese one where there is one."""
    return [each for each in (source["citation"], source["citation_zh"]) if each]


def when(answer: OfADay | Mapping[str, Any]) -> str:
    """The day asked for, and what was known."""
    on = answer["on"]
    words = f"On {long_day(on) if len(on) == len('2025-11-10') else on}"
    if answer["known_on"]:
        words += f", as known on {long_day(answer['known_on'])}"
    return words


def horizon(answer: OfADay, through: str = "") -> str:
    """How far the register was read, where the day asked for lies after it; or so, in words."""
    on, areas = answer["on"][:10], answer["register"]["areas"]
    behind = {area: read for area, read in areas.items() if read is not None and read < on}
    if not behind:
        return ""
    read = f"Read through {through or long_day(min(behind.values()))}"
    if len(set(areas.values())) > 1:
        each = ", ".join(f"{area} to {long_day(day)}" for area, day in sorted(behind.items()))
        read = f"Areas were read so far: {each}"
    return wrapped(f"{read}: what was ordered since is not here.", "  ", "! ")


def days(since: str | None, until: str | None) -> str:
    """Days in words, the first and the first without: "from 2025-04-05 until 2025-04-09"."""
    words = [] if since is None else [f"from {since}"]
    if until is not None:
        words.append(f"until {until}")
    return " ".join(words)


def state_words(state: str) -> str:
    """A state as people say it."""
    return state.replace("_", " ")


def described_state(row: Confirmed, shown: str) -> str:
    """What a row shows, never plainly where the law scheduled it and nothing confirms it."""
    if row["confirmed"]:
        return shown
    return f"{shown} ({unconfirmed_words(row['confirmed_through'])})"


def first_lines(answer: OfADay | Difference) -> str:
    """What was announced beside the law, for the top of an answer; "" where nothing differs."""
    described = answer["announced"]
    lines = []
    if answer["reading"] != "law":
        lines.append(wrapped("Reading: as announced, which is not the law as read.", "  ", "! "))
    if described:
        lines.append(wrapped(described["text"], "  ", "! "))
    return "\n".join(lines)
