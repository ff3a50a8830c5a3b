"""The duty on a line over time."""

from typing import Annotated, TypedDict

from detente.answers.duty import Line, RegisterUsed
from detente.answers.shared import Coverage

HistoryQuestion = TypedDict(
    "HistoryQuestion",
    {
        "code": Annotated[str, "Digits of the tariff code."],
        "origins": Annotated[list[str], "Countries of origin, as asked."],
        "destination": Annotated[str, "Country of import, ISO 3166."],
        "from": Annotated[str, "First day."],
        "to_date": Annotated[str, "Last day."],
        "known_on": Annotated[str | None, "Answered as known at the end of this day."],
        "value": Annotated[str | None, "Customs value in dollars."],
        "facts": Annotated[dict[str, str], "Entry facts that were stated, by key."],
    },
)


class SegmentLayer(TypedDict):
    """A duty that is charged over a segment."""

    measure: Annotated[str, "Id of the measure."]
    limb: Annotated[str, "The provision of it that fits."]
    family: Annotated[str, "Family of duties."]
    heading: Annotated[str | None, "Heading of chapter 99; null for the ordinary duty."]
    name: Annotated[str, "Name of measure and provision."]
    rate: Annotated[str, "The rate as the law writes it."]
    ad_valorem: Annotated[str | None, "Share of the whole value, a fraction of one."]
    refundable: Annotated[bool, "Whether it was assessed and never owed."]
    sources: Annotated[list[str], "Citations of the law that charges it."]


class Instrument(TypedDict):
    """An act that made a change."""

    citation: Annotated[str, "Its citation."]
    url: Annotated[str | None, "Where it can be read."]


class ChangedCharge(TypedDict):
    """A duty that became another at the beginning of a segment."""

    measure: Annotated[str, "Id of the measure."]
    title: Annotated[str, "Its title."]
    before: Annotated[str | None, "Its rate before; null for none."]
    after: Annotated[str | None, "Its rate from then on; null for none."]
    sources: Annotated[list[Instrument], "The acts that did it."]


class HeardShare(TypedDict):
    """What was only announced, where it changes the total."""

    total_ad_valorem: Annotated[str | None, "The total by the reading announced."]
    text: Annotated[str, "Both readings, who said so and when, in a sentence."]


Segment = TypedDict(
    "Segment",
    {
        "origin": Annotated[str, "Country of origin, ISO 3166."],
        "from": Annotated[str, "First day of the duty."],
        "until": Annotated[str | None, "First day without it; null for the last segment."],
        "code": Annotated[str | None, "Code that the schedule of those days prints."],
        "edition": Annotated[str | None, "Edition of the tariff schedule."],
        "status": Annotated[str, "ok, open, not_covered or barred, as of a duty."],
        "ad_valorem": Annotated[str | None, "Total share of the value."],
        "owed_ad_valorem": Annotated[str | None, "The same without what was never owed."],
        "amount": Annotated[str | None, "Dollars; null without a value."],
        "open": Annotated[int, "Open questions."],
        "layers": Annotated[list[SegmentLayer], "What is charged."],
        "changed": Annotated[list[ChangedCharge], "What became another on the first day."],
        "confirmed": Annotated[bool, "Whether its first day lies within what was read."],
        "confirmed_through": Annotated[
            str | None, "The last day through which the law that changed it was read."
        ],
        "announced": Annotated[HeardShare | None, "What was only announced."],
        "why": Annotated[str, "Why there is no duty to tell; empty where there is one."],
    },
)


class CheaperLater(TypedDict):
    """The first later day on which the law charges less."""

    on: Annotated[str, "The day."]
    ad_valorem: Annotated[str | None, "The total from that day."]
    saves: Annotated[str | None, "How much less, a fraction of the value."]
    confirmed: Annotated[bool, "Whether that day lies within what was read."]
    confirmed_through: Annotated[str, "The last day through which the law behind it was read."]


class AheadOfLine(TypedDict):
    """A later day on which the duty becomes another."""

    on: Annotated[str, "The day."]
    total_ad_valorem: Annotated[str | None, "The total from that day."]
    what: Annotated[str, "What changes, in words."]
    confirmed: Annotated[bool, "Whether that day lies within what was read."]
    confirmed_through: Annotated[str, "The last day through which the law behind it was read."]


class OriginCompared(TypedDict):
    """An origin beside the others, on the last day and later."""

    origin: Annotated[str, "Country of origin, ISO 3166."]
    status: Annotated[str, "ok, open, not_covered or barred, on the last day."]
    ad_valorem: Annotated[str | None, "Total on the last day."]
    open: Annotated[int, "Open questions of the last segment."]
    announced: Annotated[HeardShare | None, "What was only announced."]
    later_on: Annotated[str, "A quarter later."]
    later_ad_valorem: Annotated[str | None, "Total on that day, as the law stands."]
    cheaper_if_later: Annotated[CheaperLater | None, "The first later day that is cheaper."]
    ahead: Annotated[list[AheadOfLine], "Later days on which it changes."]
    lowest: Annotated[bool | None, "Whether none is lower; null where one is not known."]
    lowest_later: Annotated[bool | None, "The same a quarter later."]


class DutyHistory(TypedDict):
    """The duty on a line over time, from one origin or several."""

    question: Annotated[HistoryQuestion, "The question as it was understood."]
    status: Annotated[str, "ok, or partly where a segment is not settled."]
    register: RegisterUsed
    reading: Annotated[str, "law, or announced."]
    line: Annotated[Line | None, "The line of the schedule on the last day; null for none."]
    segments: Annotated[list[Segment], "Days of one duty, by origin, the first ones first."]
    side_by_side: Annotated[list[OriginCompared], "Origins beside each other."]
    coverage: Annotated[list[Coverage], "What the answer rests on."]
    notes: Annotated[list[str], "What must be known beside it."]
