"""What one line of an entry owes on a day."""

from typing import Annotated, TypedDict

from detente.answers.shared import Coverage, Heard, ImportMeasure, Opened


class DutyQuestionRow(TypedDict):
    """The question as it was understood; it can be posted again."""

    code: Annotated[str, "Digits of the tariff code."]
    origin: Annotated[str, "Country of origin, ISO 3166."]
    destination: Annotated[str, "Country of import, ISO 3166."]
    on: Annotated[str, "Entry day, or an instant with its offset."]
    known_on: Annotated[str | None, "Answered as known at the end of this day."]
    value: Annotated[str | None, "Customs value in dollars."]
    quantities: Annotated[dict[str, str], "Quantities by unit."]
    facts: Annotated[dict[str, str], "Entry facts that were stated, by key."]


class RegisterUsed(TypedDict):
    """The register and the schedule that answered."""

    version: Annotated[str, "Version of the package."]
    sha256: Annotated[str, "Hash of register, local records and imported editions."]
    bundle: Annotated[str | None, "Bundle of law that answered; null for that of the package."]
    reviewed_through: Annotated[str, "Day through which the law was read."]
    areas: Annotated[dict[str, str], "The same day by area of the register that was consulted."]
    local_records: Annotated[int, "Records of the user that took part."]
    imported_editions: Annotated[list[str], "Editions of the schedule that the user imported."]


class HeardTotal(Heard):
    """The total by what was only announced."""

    total_ad_valorem: Annotated[str | None, "The total by the reading announced."]
    amount: Annotated[str | None, "The same in dollars."]
    until: Annotated[str | None, "First day, or instant, without it."]


class ScheduledChange(TypedDict):
    """A change that the law itself set, after the last day that was read."""

    on: Annotated[str, "The day."]
    measures: Annotated[list[str], "Ids of the measures that change."]
    what: Annotated[str, "What changes, in words."]
    total_ad_valorem: Annotated[str | None, "The total from that day."]


class Scheduled(TypedDict):
    """What the law itself changed after the last day that was read."""

    through: Annotated[str, "The last day that was read."]
    text: Annotated[str, "The changes in a sentence: scheduled, not confirmed."]
    changes: Annotated[list[ScheduledChange], "The changes."]


class Line(TypedDict):
    """The line of the tariff schedule."""

    code: Annotated[str, "Its code, with dots."]
    description: Annotated[str, "Its own words."]
    path: Annotated[list[str], "Words of what it stands under, the heading first."]
    general: Annotated[str, "Column 1 general rate, as printed."]
    units: Annotated[list[str], "Units of quantity that an entry reports."]


Layer = TypedDict(
    "Layer",
    {
        "measure": Annotated[str, "Id of the measure."],
        "limb": Annotated[str, "The provision of it that fits."],
        "family": Annotated[str, "Family of duties."],
        "heading": Annotated[
            str | None, "Heading of chapter 99 to file; null for the ordinary duty."
        ],
        "name": Annotated[str, "Name of measure and provision."],
        "form": Annotated[str, "Form of the rate: ad_valorem, specific, cap, quota and others."],
        "rate": Annotated[str, "The rate as the law writes it."],
        "ad_valorem": Annotated[str | None, "Share of the whole value, a fraction of one."],
        "base": Annotated[str | None, "Part of the value that it is charged on, in dollars."],
        "amount": Annotated[str | None, "Dollars, rounded half up to the cent."],
        "from": Annotated[str | None, "First day, or instant, on which it has this rate."],
        "until": Annotated[str | None, "First day, or instant, on which it no longer has."],
        "confirmed": Annotated[bool, "Whether it had begun by the last day that was read."],
        "confirmed_through": Annotated[
            str | None, "The last day through which the law that charges it was read."
        ],
        "refundable": Annotated[bool, "Whether it was assessed and never owed."],
        "sources": Annotated[list[str], "Citations of the law that charges it."],
        "why": Annotated[str, "Why it applies."],
    },
)


class NotAppliedRow(TypedDict):
    """What names the goods and was kept out."""

    measure: Annotated[str, "Id of the measure."]
    limb: Annotated[str, "The provision of it."]
    heading: Annotated[str | None, "Its heading of chapter 99."]
    why: Annotated[str, "Why it did not apply."]


class Total(TypedDict):
    """Sums over the layers."""

    ad_valorem: Annotated[str | None, "Share of the value; null where a rate cannot be turned."]
    additional_ad_valorem: Annotated[str | None, "The same without the ordinary duty."]
    amount: Annotated[str | None, "Dollars; null without a value, or where a layer has no amount."]
    refundable_amount: Annotated[str | None, "Dollars assessed and never owed."]
    owed_amount: Annotated[str | None, "Dollars without the refundable ones."]


class Tax(TypedDict):
    """A tax on imports beside the duty."""

    name: Annotated[str, "Name of the tax."]
    rate: Annotated[str | None, "Its rate; null where the code does not decide it."]
    base: Annotated[str | None, "Dollars that it is charged on: value, duty and earlier taxes."]
    amount: Annotated[str | None, "Dollars, rounded half up to the cent."]
    ad_valorem: Annotated[str | None, "The tax as a share of the value."]
    or_rate: Annotated[str | None, "Another rate that goods of the same code may pay."]
    grade: Annotated[str, "How well the rate is known."]
    why: Annotated[str, "Which goods it is for."]


Taxes = Annotated[list[Tax], "Taxes on imports beside the duty; empty where none are held."]
LandedTotal = Annotated[str | None, "Dollars: value, duty and taxes."]
LandedShare = Annotated[str | None, "The same as a share of the value."]


class Landed(TypedDict):
    """What the goods cost with the duty and the taxes on imports."""

    taxes: Taxes
    landed_total: LandedTotal
    landed_ad_valorem: LandedShare


class OpenQuestion(TypedDict):
    """Something that would change the answer, asked alone."""

    kind: Annotated[str, "fact, law, list or boundary."]
    fact: Annotated[str | None, "Entry fact that answers it."]
    test: Annotated[str | None, "What matters about the fact."]
    measure: Annotated[str | None, "Id of the measure that hangs on it."]
    question: Annotated[str, "The question, for a person."]
    if_true: Annotated[str | None, "Total where the test holds."]
    if_false: Annotated[str | None, "Total where it does not."]
    value_if_true: Annotated[str | None, "A value of the fact with which it holds."]
    value_if_false: Annotated[str | None, "A value of the fact with which it does not."]
    unit: Annotated[str | None, "Unit of the quantity that is missing."]
    list: Annotated[str | None, "List on which the code may stand."]
    by_code: Annotated[dict[str, str | None] | None, "Totals by statistical number."]


class OtherReading(TypedDict):
    """A day by the other reading."""

    total_ad_valorem: Annotated[str | None, "Its total on that day."]


class ChangeAhead(TypedDict):
    """A day on which the duty of these goods becomes another."""

    on: Annotated[str, "The day."]
    measures: Annotated[list[str], "Ids of the measures that change."]
    what: Annotated[str, "What changes, in words."]
    total_ad_valorem: Annotated[str | None, "The total from that day."]
    confirmed: Annotated[bool, "Whether its day lies within what was read."]
    confirmed_through: Annotated[str, "The last day that was read."]
    by_other_reading: Annotated[OtherReading | None, "The other reading, if another."]


class Duty(TypedDict):
    """What one line of an entry owes, with the working."""

    question: DutyQuestionRow
    status: Annotated[str, "ok, open, not_covered or barred; ok with all read and nothing open."]
    reading: Annotated[str, "law, or announced: the reading of the register that is followed."]
    announced: Annotated[HeardTotal | None, "What was only announced, where it changes this."]
    scheduled: Annotated[
        Scheduled | None, "What the law itself changed after the last day that was read."
    ]
    register: RegisterUsed
    edition: Annotated[str | None, "Edition of the tariff schedule that has the line."]
    line: Annotated[Line | None, "The line of the tariff schedule."]
    layers: Annotated[
        list[Layer], "What is charged: the ordinary duty first, then in filing order."
    ]
    filing: Annotated[list[str], "Headings to report, exemptions among them, then the line itself."]
    not_applied: Annotated[list[NotAppliedRow], "What names the goods and was kept out."]
    total: Total
    taxes: Taxes
    landed_total: LandedTotal
    landed_ad_valorem: LandedShare
    open_questions: Annotated[list[OpenQuestion], "What would change the answer, each asked alone."]
    changes_ahead: Annotated[
        list[ChangeAhead], "Days on which the duty of these goods becomes another."
    ]
    touches: Annotated[
        list[ImportMeasure],
        "What else may touch goods of this code that come in; no part of the duty.",
    ]
    coverage: Annotated[list[Coverage], "What the answer rests on."]
    notes: Annotated[list[str], "The horizon of the register, and what is outside the answer."]
    citations: Annotated[list[Opened], "Citations of the layers that can be opened."]
