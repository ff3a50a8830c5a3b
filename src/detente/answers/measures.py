"""Records of the register on a day, and one of them over time."""

from typing import Annotated, Any, TypedDict

from detente.answers.events import Act
from detente.answers.shared import ArchivedCitation, Confirmed, Consulted, Heard, SourceRow


class HeardMeasure(Heard):
    """Where a record stands by what was only announced."""

    state: Annotated[str, "Its state then."]
    until: Annotated[str | None, "First day, or instant, on which it no longer has that state."]
    rate: Annotated[str | None, "Its duties then."]


class ProvisionOn(Confirmed):
    """A provision of a measure on a day."""

    id: Annotated[str, "Id of the provision, within its measure."]
    title: Annotated[str, "Its title; empty where it needs none."]
    heading: Annotated[str | None, "Heading of chapter 99 to file."]
    state: Annotated[str, "Its state."]
    since: Annotated[str | None, "First day, or instant, of that state."]
    until: Annotated[str | None, "First day, or instant, on which it no longer has that state."]
    rate: Annotated[str | None, "Its duty or decision."]
    control: Annotated[dict[str, Any], "What it decides about exports, as it is written down."]


_Span = TypedDict(
    "_Span",
    {
        "from": Annotated[str | None, "First day, or instant."],
        "until": Annotated[str | None, "First day, or instant, on which it no longer holds."],
    },
)


class StateSegment(Confirmed, _Span):
    """A stretch of days over which a provision shows one thing."""

    state: Annotated[str, "Its state."]
    rate: Annotated[str | None, "Its duty or decision."]
    heading: Annotated[str | None, "Heading of chapter 99 to file."]
    suspends: Annotated[str, "What of it is suspended, in words."]
    sources: Annotated[list[str], "Citations."]


class ProvisionOverTime(ProvisionOn):
    """A provision with its strip of days."""

    history: Annotated[list[StateSegment], "Its days, the first ones first."]


class Void(_Span):
    """Days on which a duty was never owed."""

    announced: Annotated[str, "The day of the finding."]
    limbs: Annotated[list[str] | None, "The provisions that it concerns; null for all."]
    sources: Annotated[list[str], "Citations."]


class Verified(TypedDict):
    """When a record was last checked, and against what."""

    day: Annotated[str | None, "The day."]
    grade: Annotated[str, "How well it is known: primary, secondary and others."]


class _Measure(Confirmed):
    id: Annotated[str, "Id of the record."]
    title: Annotated[str, "Its title."]
    title_zh: Annotated[
        str, "The title in Chinese: that of the act, or else as this register renders it."
    ]
    title_zh_own: Annotated[bool, "Whether the Chinese title is a rendering of this register."]
    by: Annotated[str, "The side that acts: US, CN or both."]
    kind: Annotated[str, "measure, threat, proposal, agreement, commitment, claim or event."]
    state: Annotated[str, "Its state, which follows from its provisions."]
    since: Annotated[str | None, "First day, or instant, of that state."]
    until: Annotated[str | None, "First day, or instant, on which it no longer has that state."]
    announced: Annotated[HeardMeasure | None, "Where it stands by what was only announced."]
    rate: Annotated[str | None, "Its duties in one text."]
    places: Annotated[list[str], "Places, or sets of places, that it touches."]
    goods: Annotated[list[str], "Lists of goods, or codes, that it touches."]
    authority: Annotated[list[SourceRow], "The texts that it rests on."]
    answers: Annotated[list[str], "What it answers: ids of records, or the other side."]
    verified: Verified
    void: Annotated[list[Void], "Days that were never owed."]
    terms: Annotated[dict[str, Any], "What it says beside its days, as it is written down."]


class MeasureOn(_Measure):
    """A record on a day."""

    limbs: Annotated[list[ProvisionOn], "Its provisions on that day."]


class Status(TypedDict):
    """Where every record stands on a day."""

    on: Annotated[str, "The day, or instant, asked about."]
    known_on: Annotated[str | None, "What was announced after this day is left out."]
    reading: Annotated[str, "law, or announced."]
    announced: Annotated[Heard | None, "Where the other reading differs."]
    measures: Annotated[list[MeasureOn], "The records."]
    register: Consulted


class OneMeasure(_Measure):
    """One record on a day, with its history."""

    on: Annotated[str, "The day, or instant, asked about."]
    known_on: Annotated[str | None, "What was announced after this day is left out."]
    reading: Annotated[str, "law, or announced."]
    limbs: Annotated[list[ProvisionOverTime], "Its provisions, each over time."]
    places_in_words: Annotated[list[str], "The same places by the names of their countries."]
    note: Annotated[str, "What is to be known beside it."]
    events: Annotated[list[Act], "What was announced about it, in order."]
    register: Consulted
    citations: Annotated[list[ArchivedCitation], "Citations that can be opened."]
