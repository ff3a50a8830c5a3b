"""Parts that answers of many questions have in common."""

from typing import Annotated, TypedDict

Coverage = TypedDict(
    "Coverage",
    {
        "what": Annotated[str, "An area of law, a measure, a list or a schedule."],
        "from": Annotated[str | None, "First day that is held."],
        "through": Annotated[str | None, "Last day that was read; null where nothing was."],
        "scope": Annotated[str, "What of it is held, in words."],
        "state": Annotated[str, "read, partly, unread or beyond."],
    },
)


class Confirmed(TypedDict):
    """Whether a day lies within what was read."""

    confirmed: Annotated[bool, "Whether its day lies within what was read."]
    confirmed_through: Annotated[str | None, "The last day that was read of its area."]


class Consulted(TypedDict):
    """Which register answered, and how far it was read."""

    sha256: Annotated[str, "Hash of the register."]
    bundle: Annotated[str | None, "Bundle of law that answered; null for that of the package."]
    reviewed_through: Annotated[str | None, "The earliest day through which an area was read."]
    areas: Annotated[dict[str, str], "The same day, by area of law that was consulted."]
    local_records: Annotated[int, "Records of the user that took part."]


class Heard(TypedDict):
    """What was only announced, where it would change something."""

    because: Annotated[list[str], "Ids of the events, as in the timeline."]
    text: Annotated[str, "Both readings, who said so and when, in a sentence."]


class SourceRow(TypedDict):
    """A text that a record rests on."""

    citation: Annotated[str, "Its citation."]
    citation_zh: Annotated[str, "The same in Chinese; empty where it has none."]
    title: Annotated[str, "Its title."]
    url: Annotated[str, "Where it is published; empty where no address is held."]


class Opened(TypedDict):
    """A citation that can be opened."""

    citation: Annotated[str, "The citation, as in the sources of a row."]
    url: Annotated[str, "Where it can be read."]


class ArchivedCitation(Opened):
    """A citation that can be opened, and a copy of what may be moved."""

    archive: Annotated[str | None, "Where a copy is kept of a page that may be moved."]


class NamedSource(TypedDict):
    """A citation with its title and address."""

    citation: Annotated[str, "The citation."]
    title: Annotated[str | None, "Its title."]
    date: Annotated[str | None, "Its date."]
    url: Annotated[str | None, "Where it can be read."]


class Cited(TypedDict):
    """An answer whose citations can be opened."""

    citations: Annotated[list[ArchivedCitation], "Citations that can be opened."]


class Claim(TypedDict):
    """Something that was said, and by whom."""

    id: Annotated[str, "Id of the claim."]
    speaker: Annotated[str, "Who said it."]
    role: Annotated[str, "Office of who said it; empty where none is recorded."]
    outlet: Annotated[str, "Where it was said; empty where that is not recorded."]
    attested: Annotated[str, "How well it is known that it was said: A, B or D, with a minus."]
    words: Annotated[str, "The few exact words that were seen; empty where none were."]
    on: Annotated[str, "The day on which it was said."]
    text: Annotated[str, "What was said, in our words."]
    note: Annotated[str, "What is to be known beside it."]
    sources: Annotated[list[str], "Citations."]


_Days = TypedDict(
    "_Days",
    {
        "from": Annotated[str | None, "First day, or instant, on which it is law so."],
        "until": Annotated[str | None, "First day, or instant, on which it no longer is."],
    },
)


class ImportMeasure(_Days):
    """A provision that may touch goods of the code that come in, beside what they owe."""

    by: Annotated[str, "The side whose law it is: US or CN."]
    measure: Annotated[str, "Id of the measure."]
    limb: Annotated[str, "The provision of it."]
    title: Annotated[str, "Title of measure and provision."]
    decision: Annotated[str | None, "What it decides where all that is asked is so."]
    citation: Annotated[str, "Where it stands."]
    state: Annotated[str, "in_force, or scheduled for a later day."]
    asks: Annotated[list[str], "Questions that settle it; empty where nothing is left to ask."]
    code: Annotated[str, "The code that suggests it, as the register holds it."]
    covers: Annotated[str, "How much of the code: whole, test, part, or stated."]
    grade: Annotated[str, "How well it is known that the code suggests it."]
    note: Annotated[str, "Of which goods of the code it speaks; empty where of all."]
    through: Annotated[str | None, "Day through which the area of law was read."]
