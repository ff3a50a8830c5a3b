"""The instruments of an agreement on a day."""

from typing import Annotated, NotRequired, TypedDict

from detente.answers.shared import ArchivedCitation, Claim, Confirmed, Consulted, Heard


class Standing(TypedDict):
    """Where an instrument stands, and what lies ahead of it, by one reading."""

    state: Annotated[str, "Its state; announced where nothing is ordered yet."]
    value: Annotated[str | None, "Its rate or decision."]
    suspended_from: Annotated[str | None, "First day, or instant, as the agreement left it."]
    suspended_until: Annotated[str | None, "First day, or instant, after that."]
    boundary: Annotated[str, "How the text draws its last day, where it leaves doubt."]
    returns_on: Annotated[str | None, "Day, or instant, on which what was put away returns."]
    days_left: Annotated[int | None, "Days until then; null once it is past."]
    returned: Annotated[bool, "Whether it has returned."]
    what_returns: Annotated[str | None, "What returns, in words."]


class HeardStanding(Standing, Heard):
    """The same by what was only announced."""


class Part(Standing, Confirmed):
    """An instrument of an agreement."""

    measure: Annotated[str, "Id of the measure."]
    limb: Annotated[str, "The provision of it."]
    by: Annotated[str, "The side that acts."]
    verb: Annotated[str, "What the agreement does to it: suspended, reduced, ceased, extended."]
    what: Annotated[str, "What it is, in a few words."]
    title: Annotated[str, "Title of the measure."]
    title_zh: Annotated[str, "The title in Chinese; empty where there is none."]
    title_zh_own: Annotated[bool, "Whether the Chinese title is a rendering of this register."]
    void: Annotated[bool, "Whether a later finding says that it was never owed."]
    announced: Annotated[HeardStanding | None, "Where it stands by what was only announced."]
    sources: Annotated[list[str], "Citations."]
    also: Annotated[list["Part"], "What goes with it."]


class Agreement(TypedDict):
    """An agreement that names instruments."""

    id: Annotated[str, "Id of the record."]
    title: Annotated[str, "Its title."]


class Truce(TypedDict):
    """Every instrument of every agreement that names some."""

    on: Annotated[str, "The day, or instant, asked about."]
    known_on: Annotated[str | None, "What was announced after this day is left out."]
    reading: Annotated[str, "law, or announced."]
    announced: Annotated[Heard | None, "Where the other reading differs."]
    summary: Annotated[list[str], "Both readings in the first lines."]
    agreements: Annotated[list[Agreement], "The agreements."]
    instruments: Annotated[list[Part], "Their instruments."]
    claims: Annotated[list[Claim], "What was said of them."]
    notes: Annotated[list[str], "What turns within the day, and how far the law was read."]
    register: Consulted
    citations: NotRequired[Annotated[list[ArchivedCitation], "Citations that can be opened."]]
