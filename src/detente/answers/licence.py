"""Whether a transaction needs a licence, and the controlled items that may be asked about."""

from typing import Annotated, TypedDict

from detente.answers.shared import (
    Cited,
    Claim,
    Confirmed,
    Consulted,
    Coverage,
    Heard,
    ImportMeasure,
)

DecisionWord = Annotated[str, "none, licence, prohibited, candidates or not_covered."]
PolicyWord = Annotated[str | None, "Review policy; null where there is none, or nothing to review."]
Side = Annotated[str, "The side whose law it is: US or CN."]


class Decided(TypedDict):
    """A decision with its review policy."""

    decision: DecisionWord
    policy: PolicyWord


LicenceQuestion = TypedDict(
    "LicenceQuestion",
    {
        "from": Annotated[str, "Country that the goods leave, ISO 3166."],
        "to": Annotated[str, "Country that they go to, or of the person who is told."],
        "on": Annotated[str, "Day, or instant, of export."],
        "known_on": Annotated[str | None, "Answered as known at the end of this day."],
        "item": Annotated[str | None, "Control code or plain name."],
        "code": Annotated[str | None, "Digits of a tariff code, where no item was named."],
        "params": Annotated[dict[str, str], "Parameters of the goods that were stated, by name."],
        "end_user": Annotated[str | None, "Name of the end user, or a word for one."],
        "end_use": Annotated[list[str], "Words of end use."],
        "made_in": Annotated[str | None, "Country of origin, where it was stated."],
        "content": Annotated[dict[str, str], "Shares of the value, by controlled item."],
        "exporter": Annotated[str | None, "Name of the exporter."],
        "deemed_to": Annotated[str | None, "Citizenship of the person who is told technology."],
    },
)


class OfOneSide(Decided):
    """What one side decides."""

    by: Side


_Days = TypedDict(
    "_Days",
    {
        "from": Annotated[str | None, "First day, or instant, of that state."],
        "until": Annotated[str | None, "First day, or instant, on which it no longer has it."],
    },
)


class ProvisionDecision(Confirmed, Decided, _Days):
    """What a provision decides."""

    by: Side
    measure: Annotated[str, "Id of the measure."]
    limb: Annotated[str, "The provision of it."]
    citation: Annotated[str, "Where the rule stands."]
    title: Annotated[str, "Title of measure and provision."]
    title_zh: Annotated[str, "Title of the measure in Chinese; empty where there is none."]
    title_zh_own: Annotated[bool, "Whether the Chinese title is a rendering of this register."]
    reviewed_by: Annotated[str | None, "Where the policy of a control list's reason stands."]
    review: Annotated[str | None, "That policy in our words, or that it was not read."]
    review_grade: Annotated[str | None, "How well that policy is known."]
    state: Annotated[str, "State of the provision on the day."]
    why: Annotated[str, "Conditions that hold, or the one that does not."]
    conditions: Annotated[list[str], "What must be shown, and no question can settle."]
    grade: Annotated[str, "How well the text is known: primary, secondary and others."]
    sources: Annotated[list[str], "Citations of the measure."]


class LicenceRule(ProvisionDecision):
    """A rule that applies."""

    stands_back_for: Annotated[str | None, "The rule that decides in its place."]
    revived: Annotated[bool, "Whether it is in force again because its suspension ended by date."]
    always: Annotated[bool, "Whether it applies to all that the goods may be."]


class NearRule(ProvisionDecision):
    """A rule that does not apply, by one condition alone."""

    failed: Annotated[str, "Kind of the condition: state, party, item, place and others."]


GroupChangeRow = TypedDict(
    "GroupChangeRow",
    {
        "group": Annotated[str, "The country group."],
        "from": Annotated[str | None, "First day in it; null for no bound."],
        "until": Annotated[str | None, "First day no longer in it; null for none."],
        "citation": Annotated[str, "Where the change stands."],
    },
)


class Classification(TypedDict):
    """The entry of a whole control list."""

    by: Side
    item: Annotated[str, "Number of the entry or paragraph."]
    heading: Annotated[str, "Heading of the entry; empty where it is not held."]
    related: Annotated[str, "Related controls, as the entry names them."]
    held_as_of: Annotated[str, "The day of which the list is held."]
    groups: Annotated[list[str], "Country groups of the destination on the day, as far as known."]
    groups_read: Annotated[bool, "Whether the groups were read for the day, or only for a later."]
    group_changes: Annotated[list[GroupChangeRow], "Known changes of the destination's groups."]


ReasonIf = TypedDict(
    "ReasonIf",
    {
        "reason": Annotated[str, "Reason for control, with its column."],
        "if": Annotated[str, "For which goods, in the words of the entry."],
    },
)


class Classified(TypedDict):
    """What a control list says of the item."""

    classification: Annotated[
        Classification | None, "The entry; null where the item is not a number of a list in hand."
    ]
    reasons: Annotated[list[str], "Reasons for control, with their columns: NS2."]
    reasons_if: Annotated[list[ReasonIf], "Reasons that hold for some of the entry alone."]
    chart: Annotated[dict[str, list[str]], "Columns that are marked, by destination."]


class ExceptionRow(TypedDict):
    """An exception, an exemption or a general licence."""

    code: Annotated[str, "Its symbol, or measure and provision."]
    available: Annotated[bool | None, "Whether it can be used; null where that is not settled."]
    name: Annotated[str, "The same as `code`."]
    title: Annotated[str, "Its title."]
    citation: Annotated[str, "Where it stands."]
    why: Annotated[str, "Why it can be used or cannot."]
    holds: Annotated[str, "yes, possibly, no or unread."]
    conditions: Annotated[list[str], "What must hold beside, which the answer does not settle."]


class QuotedSentence(TypedDict):
    """A sentence of a text that anybody may quote."""

    citation: Annotated[str, "Where it stands."]
    sentence: Annotated[str, "The sentence."]
    url: Annotated[str | None, "Where it can be read."]


class LicenceCandidate(Decided):
    """What the goods may be, and what is decided of it."""

    by: Side
    item: Annotated[str | None, "The item; null for none of those that the code suggests."]
    title: Annotated[str, "Its title."]
    needs: Annotated[list[str], "Parameters that would settle it."]
    code: Annotated[str, "Tariff code that suggests it; empty for an item that was named."]
    grade: Annotated[str, "How well that is known; empty for an item that was named."]


class LicenceClaim(Claim):
    """Something that was said about these controls."""

    source: Annotated[str, "The citations in one text."]


class LicenceOutcome(Decided):
    """What is decided if an open question is answered in one way."""

    at_most: Annotated[str | None, "The strictest that may be decided then, if not this."]


class LicenceOpenQuestion(TypedDict):
    """Something that would change the decision, asked alone."""

    kind: Annotated[str, "fact, party, law, list and others."]
    by: Side
    fact: Annotated[str | None, "The parameter that answers it."]
    question: Annotated[str, "The question, for a person."]
    if_true: Annotated[LicenceOutcome, "What is decided if so."]
    if_false: Annotated[LicenceOutcome, "What is decided if not."]


class LicenceDecision(Classified):
    """What the controls of both sides decide, and from which rules."""

    decision: DecisionWord
    policy: PolicyWord
    regimes: Annotated[list[OfOneSide], "What each side decides."]
    rules: Annotated[list[LicenceRule], "Rules that apply."]
    nearly: Annotated[list[NearRule], "Rules that one condition alone keeps from applying."]
    exceptions: Annotated[list[ExceptionRow], "Exceptions, exemptions and general licences."]
    quoted: Annotated[list[QuotedSentence], "Sentences of the rules, where they may be quoted."]
    needs: Annotated[list[str], "Parameters that would settle the decision."]
    needs_in_words: Annotated[list[str], "The same, as they are called within a sentence."]
    candidates: Annotated[list[LicenceCandidate], "What the goods may be, where that matters."]
    claims: Annotated[list[LicenceClaim], "What was said of these controls; it decides nothing."]
    open_questions: Annotated[
        list[LicenceOpenQuestion], "What would change the decision, each asked alone."
    ]
    touches: Annotated[
        list[ImportMeasure], "What else may touch goods of the code that come in, beside the rules."
    ]
    coverage: Annotated[list[Coverage], "What the answer rests on."]
    register: Consulted


class SubjectTo(TypedDict):
    """Whether the goods are subject to the law of a side."""

    by: Side
    subject: Annotated[bool | None, "Whether they are; null where a fact would settle it."]
    why: Annotated[str, "Why."]


class HeardDecision(Decided, Heard):
    """The decision by what was only announced."""


class ScheduledDecision(TypedDict):
    """What the law itself changed after the last day that was read."""

    through: Annotated[str, "The last day that was read."]
    decision_then: DecisionWord
    text: Annotated[str, "The changes in a sentence: scheduled, not confirmed."]


class DecisionAhead(Decided, Confirmed):
    """A later day on which the decision becomes another."""

    on: Annotated[str, "The day."]
    measures: Annotated[list[str], "Ids of the measures that change."]
    what: Annotated[str, "What changes, in words."]
    by_other_reading: Annotated[Decided | None, "The other reading, where it decides otherwise."]


class PartyFound(TypedDict):
    """A listed party that a named party may be."""

    name: Annotated[str, "The name as it was asked."]
    role: Annotated[str, "end_user or exporter."]
    entry: Annotated[str, "The name under which it is listed."]
    list: Annotated[str, "Short name of the list."]
    score: Annotated[str, "How alike the names are, from 0 to 1."]
    why: Annotated[list[str], "Reasons of the score."]
    classes: Annotated[list[str], "Classes of parties that the controls name."]
    requirement: Annotated[str | None, "Licence requirement of the entry, in the list's words."]
    policy_text: Annotated[str | None, "Review policy of the entry, in the list's words."]
    citation: Annotated[str | None, "Notices that the entry cites."]
    listed_on: Annotated[str | None, "Since when; null where that is not certain."]
    decided_on: Annotated[bool, "Whether the decision counts with it; else it is a question."]


class Licence(LicenceDecision):
    """What the controls of both sides decide about a transaction."""

    question: Annotated[LicenceQuestion, "The question as it was understood."]
    transfer: Annotated[str, "export, reexport or deemed."]
    subject: Annotated[list[SubjectTo], "Whether the law of each side reaches the goods."]
    reading: Annotated[str, "law, or announced."]
    announced: Annotated[HeardDecision | None, "What was only announced, if it decides otherwise."]
    scheduled: Annotated[
        ScheduledDecision | None, "What the law itself changed after the last day that was read."
    ]
    changes_ahead: Annotated[list[DecisionAhead], "Later days on which the decision changes."]
    parties: Annotated[list[PartyFound], "Listed parties that the named parties may be."]
    headline: Annotated[str, "The answer in one line."]
    notes: Annotated[list[str], "What must be known beside the decision."]


class LicenceCited(Licence, Cited):
    """What the controls decide, with citations that can be opened."""


class Neighbour(TypedDict):
    """An item beside another."""

    item: Annotated[str, "Its number or name."]
    title: Annotated[str, "What it is."]


class ControlledItem(TypedDict):
    """A controlled item, with what tells it from its neighbors."""

    by: Side
    item: Annotated[str, "Its number or name, as the question on licences takes it."]
    title: Annotated[str, "What it is."]
    title_zh: Annotated[str, "The same in Chinese; empty where there is none."]
    of: Annotated[str, "The entry, or the items, within which it lies."]
    measures: Annotated[list[str], "Records that control it by name, the nearest first."]
    reasons: Annotated[list[str], "Reasons for control, with their columns."]
    held_as_of: Annotated[str | None, "The day of which the list is held."]
    tests: Annotated[list[str], "What makes the item by its parameters, an alternative each."]
    also: Annotated[list[str], "Other names."]
    codes: Annotated[list[str], "Tariff codes that stand beside it."]
    neighbours: Annotated[list[Neighbour], "Items beside it."]
    code: Annotated[str | None, "The tariff code that led to it, if one was asked."]
    covers: Annotated[str | None, "How much of that code it covers: whole, part and others."]
    grade: Annotated[str | None, "How well that is known."]
    code_note: Annotated[str | None, "What is to be known of that."]


class Items(TypedDict):
    """Controlled items of both countries."""

    query: Annotated[str, "What was asked."]
    hits: Annotated[list[ControlledItem], "What was found, the best first."]
    found: Annotated[int, "How many were found, those left out among them."]
    notes: Annotated[list[str], "What was left out, and what the codes do not say."]
