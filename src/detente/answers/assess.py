"""A whole transaction: what is owed, who takes part, what needs permission, what follows."""

from typing import Annotated, Literal, NotRequired, TypedDict

from detente.answers.duty import Duty
from detente.answers.licence import Licence
from detente.answers.owners import Counted, Step
from detente.answers.parties import ListedParty, RelatedParty
from detente.answers.shared import Coverage, Heard, NamedSource


class OwnerRow(TypedDict):
    """An owner, as it was stated."""

    name: Annotated[str, "Its name."]
    share: Annotated[str, "Its share, as it was written."]
    country: Annotated[str, "Its country; empty where none was given."]
    list: Annotated[list[str], "Lists on which it stands, as stated."]
    source: Annotated[str, "Where that is known from; empty where it was not said."]
    owners: Annotated[list["OwnerRow"], "Its own owners."]


class PartyRow(TypedDict):
    """A party of the shipment, as it was stated."""

    name: Annotated[str, "Its name."]
    role: Annotated[str, "Its role."]
    country: Annotated[str, "Its country; empty where none was given."]
    address: NotRequired[Annotated[str, "Where it is, where that was given."]]
    owners: Annotated[list[OwnerRow], "Its owners."]


ShipmentRow = TypedDict(
    "ShipmentRow",
    {
        "code": Annotated[str | None, "Digits of the tariff code."],
        "item": Annotated[str | None, "Controlled item."],
        "origin": Annotated[str | None, "Country of origin, ISO 3166."],
        "from": Annotated[str | None, "Country that the goods leave."],
        "destination": Annotated[str, "Country that they go to."],
        "on": Annotated[str, "Day, or instant, of the entry."],
        "known_on": Annotated[str | None, "Answered as known at the end of this day."],
        "value": Annotated[str | None, "Customs value in dollars."],
        "quantities": Annotated[dict[str, str], "Quantities by unit."],
        "parties": Annotated[list[PartyRow], "Parties."],
        "end_use": Annotated[str | None, "Word of the end use."],
        "facts": Annotated[dict[str, str], "Entry facts that were stated, by key."],
        "parameters": Annotated[dict[str, str], "Parameters of the goods, by name."],
        "content": Annotated[dict[str, str], "Shares of the value, by controlled item."],
        "base": Annotated[str | None, "The ordinary rate, where it was given."],
        # Only where they are said: records of before do not have them, and keep their hashes.
        "transfer": NotRequired[Annotated[str, "export, reexport or deemed, where it was said."]],
        "deemed_to": NotRequired[Annotated[str, "Citizenship of the person who is told."]],
        "stated_by": NotRequired[Annotated[str, "Who stated it, where somebody was named."]],
    },
)
ShipmentRow.__doc__ = "The shipment as it was understood; it can be posted again."


class DutyOwed(Duty):
    """The duty on arrival."""

    applies: Annotated[Literal[True], "That duty is told."]


class NoDuty(TypedDict):
    """That no duty is told, and why."""

    applies: Annotated[Literal[False], "That none is told."]
    open: Annotated[bool, "Whether one is owed that is not known."]
    why: Annotated[str, "Why none is told."]


DutyPart = DutyOwed | NoDuty


class RedFlag(TypedDict):
    """A red flag of the export regulations."""

    key: Annotated[str, "Its name."]
    text: Annotated[str, "What it is, in our words."]
    state: Annotated[str, "`seen`, or `to be asked`."]
    why: Annotated[str, "What shows it, or where a question is most needed; else empty."]
    citation: Annotated[str, "Where it stands."]


class LicencePart(Licence):
    """What the controls decide, with the red flags to ask about."""

    red_flags: Annotated[list[RedFlag], "Every red flag, and whether it was seen."]


class ListingConsequence(TypedDict):
    """What standing on a list means for these goods."""

    measure: Annotated[str, "Id of the measure."]
    title: Annotated[str, "Its title."]
    limb: Annotated[str, "The provision of it."]
    what: Annotated[str | None, "What the provision reaches, in words."]
    decision: Annotated[str | None, "licence or prohibited; null where it decides nothing."]
    policy: Annotated[str | None, "Review policy."]
    everything: Annotated[bool, "Whether it reaches every item, and not some only."]
    citation: Annotated[str | None, "Where it stands."]
    bears: Annotated[bool, "Whether it is about goods that go this way."]
    sources: Annotated[list[str], "Citations."]


class PartyHit(ListedParty):
    """A listed party that a party may be, on one list."""

    list_title: Annotated[str, "Title of the list."]
    by: Annotated[str, "The side whose list it is; empty for a list of the user's own."]
    same_name: Annotated[bool, "Whether it is the same name."]
    consequences: Annotated[list[ListingConsequence], "What standing there means."]


class OwnershipRule(TypedDict):
    """What a rule about owners says of a party."""

    regime: Annotated[str, "Name of the rule."]
    measure: Annotated[str, "Id of its measure."]
    title: Annotated[str, "Its title."]
    by: Annotated[str, "The side whose rule it is."]
    state: Annotated[str, "Its state on the day."]
    in_force: Annotated[bool | None, "Whether it is in force; null for no legal test."]
    decision: Annotated[str | None, "licence or prohibited; null where it decides nothing."]
    consequence: Annotated[str, "What follows, in words."]
    result: Annotated[str, "covered, possibly_covered or not_covered."]
    status: Annotated[str, "covered, possibly, none, open or not_in_force, of all holdings."]
    share: Annotated[list[str] | None, "Lower and upper end of what covered owners hold."]
    because: Annotated[list[Counted], "Owners that count."]
    paths: Annotated[list[list[str]], "Ways down to the party, as ids."]
    holdings: Annotated[list[list[Step]], "The same ways, as holdings."]
    requirement: Annotated[str | None, "What is required of it."]
    red_flags: Annotated[list[str], "What wants a look, and is not a finding."]
    citation: Annotated[str | None, "Where the rule stands."]
    sources: Annotated[list[str], "Citations."]
    notes: Annotated[list[str], "What must be known beside it."]


class AssessedParty(TypedDict):
    """What is known of a party."""

    name: Annotated[str, "Its name."]
    role: Annotated[str, "Its role."]
    country: Annotated[str | None, "Its country."]
    status: Annotated[
        str, "listed, covered, possible, unresolved, suspended, clear, partly or not_screened."
    ]
    reason: Annotated[str | None, "What was not read, where the verdict is not settled."]
    hits: Annotated[list[PartyHit], "Listed parties that it may be, the best first."]
    related: Annotated[list[RelatedParty], "Listed parties that it has to do with, no hits."]
    owners: Annotated[list[OwnershipRule], "What rules about owners say of it."]
    unsure: Annotated[list[str], "Owners that may be listed, on which no rule was asked."]
    notes: Annotated[list[str], "Why it could not be screened."]


class VerdictLine(TypedDict):
    """A line of the verdict."""

    about: Annotated[str, "duty, licence, party or owner."]
    what: Annotated[str, "What was found."]
    do: Annotated[str | None, "What to do about it."]
    on: Annotated[str | None, "The day of a change."]
    sources: Annotated[list[str], "Citations that say so."]


class Verdict(TypedDict):
    """What follows from the parts."""

    stop: Annotated[list[VerdictLine], "What stops the goods."]
    resolve: Annotated[list[VerdictLine], "What to resolve first."]
    pay: Annotated[str, "What is paid, in a sentence."]
    amount: Annotated[str | None, "Dollars of duty."]
    ad_valorem: Annotated[str | None, "The duty as a share of the value."]
    watch: Annotated[list[VerdictLine], "What changes ahead, the first day first."]


class HeardAssessment(Heard):
    """Duty and decision by what was only announced."""

    total_ad_valorem: Annotated[str | None, "The total of the duty, where that differs."]
    decision: Annotated[str | None, "The licence decision, where that differs."]


class AssessedBy(TypedDict):
    """Which register, schedule and lists answered."""

    version: Annotated[str, "Version of the package."]
    sha256: Annotated[str, "Hash of all that was asked."]
    bundle: Annotated[str | None, "Bundle of law that answered; null for that of the package."]
    reviewed_through: Annotated[str | None, "The earliest day through which an area was read."]
    areas: Annotated[dict[str, str], "The same day, by area of law that was consulted."]
    lists: Annotated[dict[str, str], "Day of each list that was asked."]
    local_records: Annotated[int, "Records of the user that took part."]
    imported_editions: Annotated[list[str], "Editions of the schedule that the user imported."]


class Assessed(TypedDict):
    """What was found of a shipment, but for the hash of it."""

    question: ShipmentRow
    reading: Annotated[str, "law, or announced."]
    announced: Annotated[HeardAssessment | None, "What was only announced, where it differs."]
    duty: Annotated[DutyOwed | NoDuty, "The duty on arrival, or why none is told."]
    parties: Annotated[list[AssessedParty], "What is known of each party."]
    licence: LicencePart
    verdict: Verdict
    coverage: Annotated[list[Coverage], "What the parts rest on, each thing once."]
    sources: Annotated[list[NamedSource], "Every citation, in order of mention."]
    notes: Annotated[list[str], "What must be known beside it."]
    register: AssessedBy


class AssessmentAnswer(Assessed):
    """What was found of a shipment."""

    sha256: Annotated[str, "Hash of all other keys, as canonical JSON."]
