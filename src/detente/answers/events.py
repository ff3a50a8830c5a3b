"""Acts over time: the timeline, what comes next, and what differs between two days."""

from typing import Annotated, NotRequired, TypedDict

from detente.answers.shared import ArchivedCitation, Confirmed, Consulted, Heard


class Before(TypedDict):
    """What an act takes the place of."""

    state: Annotated[str, "The state until then."]
    value: Annotated[str | None, "The rate or decision until then."]


class Act(Confirmed):
    """One thing that was announced, or that the law does on a day."""

    id: Annotated[str, "Id of the event; stable between versions."]
    announced: Annotated[str, "The day on which it was announced."]
    effective: Annotated[str | None, "First day, or instant; null where none is named."]
    until: Annotated[str | None, "First day, or instant, on which it no longer holds."]
    by: Annotated[str, "The side that acts: US, CN or both."]
    kind: Annotated[str, "Kind of record: measure, threat, agreement and others."]
    measure: Annotated[str, "Id of the record."]
    limb: Annotated[str | None, "The provision that it moves; null for the whole record."]
    title: Annotated[str, "Its title."]
    title_zh: Annotated[
        str,
        "The title in Chinese: that of the act, or else as this register renders it; empty where "
        "the title is held in English alone.",
    ]
    title_zh_own: Annotated[bool, "Whether the Chinese title is a rendering of this register."]
    state: Annotated[str, "The state that it brings about."]
    announced_only: Annotated[bool, "Whether no instrument of it was read."]
    announced_state: Annotated[str | None, "What it would bring about, if it was only announced."]
    speaker: Annotated[str | None, "Who said so, if it was only announced."]
    value: Annotated[str | None, "The rate or decision from then on."]
    heading: Annotated[str | None, "Heading of chapter 99 to file."]
    suspends: Annotated[str, "What of a measure it suspends, in words."]
    boundary: Annotated[str, "How the text draws its first or last day, where it leaves doubt."]
    note: Annotated[str, "What is to be known beside it."]
    answers: Annotated[list[str], "What it answers: ids of records, or the other side."]
    sources: Annotated[list[str], "Citations."]
    sources_zh: Annotated[list[str], "Citations in Chinese."]
    grade: Annotated[str, "How well it is known: primary, secondary and others."]
    before: Annotated[Before | None, "What it takes the place of, in answers about days ahead."]


class Ahead(Act):
    """An act that lies ahead."""

    by_other_reading: Annotated[bool, "Whether the other reading of the register has it too."]


class HeardAhead(Heard):
    """What was only announced and would change days ahead."""

    events: Annotated[list[Act], "The acts by which the readings differ."]


class Timeline(TypedDict):
    """What was announced, in order of announcement."""

    known_on: Annotated[str | None, "What was announced after this day is left out."]
    events: Annotated[list[Act], "The acts."]
    register: Consulted
    citations: NotRequired[Annotated[list[ArchivedCitation], "Citations that can be opened."]]


class Upcoming(TypedDict):
    """What changes after a day, in order of the days on which it does."""

    on: Annotated[str, "The day, or instant, asked about."]
    known_on: Annotated[str | None, "What was announced after this day is left out."]
    reading: Annotated[str, "law, or announced."]
    announced: Annotated[HeardAhead | None, "Where the other reading differs."]
    events: Annotated[list[Ahead], "What comes."]
    register: Consulted
    citations: NotRequired[Annotated[list[ArchivedCitation], "Citations that can be opened."]]


class HeardProvision(Heard):
    """What a provision shows by what was only announced."""

    state: Annotated[str, "Its state then."]
    value: Annotated[str | None, "Its rate or decision then."]


class Change(Confirmed):
    """A provision that shows differently on two days."""

    measure: Annotated[str, "Id of the measure."]
    limb: Annotated[str, "The provision."]
    before: Annotated[str | None, "What it shows on the first day; null for nothing."]
    after: Annotated[str | None, "What it shows on the second day; null for nothing."]
    source: Annotated[str | None, "Citations of what begins, or else of what ran out."]
    title: Annotated[str, "Title of measure and provision."]
    by: Annotated[str, "The side that acts."]
    state_before: Annotated[str, "Its state on the first day."]
    state_after: Annotated[str, "Its state on the second day."]
    announced: Annotated[HeardProvision | None, "What it shows on the second day by what was said."]


class ListChange(TypedDict):
    """A list of goods that changes between two days."""

    list: Annotated[str, "Name of the list."]
    title: Annotated[str, "Its title."]
    added: Annotated[list[str], "Codes that it gains."]
    removed: Annotated[list[str], "Codes that it loses."]


Difference = TypedDict(
    "Difference",
    {
        "from": Annotated[str, "The first day, or instant."],
        "to": Annotated[str, "The second."],
        "known_on": Annotated[str | None, "What was announced after this day is left out."],
        "reading": Annotated[str, "law, or announced."],
        "announced": Annotated[Heard | None, "Where the other reading differs."],
        "changes": Annotated[list[Change], "What shows differently, provision by provision."],
        "lists": Annotated[list[ListChange], "Lists of goods that change, their provisions apart."],
        "register": Consulted,
        "citations": NotRequired[
            Annotated[list[ArchivedCitation], "Citations that can be opened."]
        ],
    },
)


class Feed(TypedDict):
    """Announcements as an Atom feed."""

    entries: Annotated[int, "Entries in it."]
    atom: Annotated[str, "The feed."]
