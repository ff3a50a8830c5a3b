"""A whole entry: duty line by line, fees, taxes, possible orders, and totals."""

from typing import Annotated, Any, TypedDict

from detente.answers.duty import HeardTotal, OpenQuestion, RegisterUsed, Scheduled
from detente.answers.shared import Cited, Coverage


class EntryRegister(RegisterUsed):
    """The register, the schedule and the tables of entries that answered."""

    entry_sha256: Annotated[str, "Hash of the tables of entries."]


class EntryHeader(TypedDict):
    """The entry as it was understood."""

    entry_number: Annotated[str | None, "Its number."]
    entry_type: Annotated[str, "Its type."]
    entry_type_name: Annotated[str, "What the type is."]
    entry_date: Annotated[str, "Day of entry."]
    import_date: Annotated[str | None, "Day of import."]
    it_date: Annotated[str | None, "Day of the immediate transport."]
    withdrawal_date: Annotated[str | None, "Day of withdrawal from a warehouse."]
    mode: Annotated[str | None, "Mode of transport."]
    port: Annotated[str | None, "Port of entry."]
    assumed: Annotated[list[str], "What was taken where nothing was given."]


class DecidedBy(TypedDict):
    """Which day decides the rates of a line."""

    words: Annotated[str, "The rule, in words."]
    source: Annotated[str, "Where it stands."]
    grade: Annotated[str, "How well it is known."]


class FiledHeading(TypedDict):
    """A heading to file, with its duty."""

    heading: Annotated[str, "The heading, or the line itself."]
    measure: Annotated[str | None, "Id of the measure."]
    rate: Annotated[str, "The rate as the law writes it."]
    value: Annotated[str | None, "Dollars that it falls on."]
    duty: Annotated[str | None, "Dollars; null where it is not known."]
    refundable: Annotated[bool, "Whether it was assessed and never owed."]
    part: Annotated[str | None, "The filed line that it belongs to, of an article on two."]
    why: Annotated[str, "Why it is filed."]


class FiledPart(TypedDict):
    """One of two lines on which an article is filed."""

    part: Annotated[str, "Fact whose part of the value it is, or rest."]
    entered_value: Annotated[str, "Whole dollars of it."]
    duty: Annotated[str, "Dollars of duty."]


class LineProcessing(TypedDict):
    """What a line adds to the merchandise processing fee."""

    base: Annotated[str, "Dollars that it falls on."]
    raw: Annotated[str | None, "Rate times base."]
    exempt: Annotated[str | None, "Why nothing, or only a part, is charged."]
    to_confirm: Annotated[bool, "Whether the filer must confirm that."]
    source: Annotated[str | None, "Where the exemption stands."]
    grade: Annotated[str | None, "How well it is known."]


class LineHarbor(TypedDict):
    """What a line adds to the harbor maintenance fee."""

    raw: Annotated[str | None, "Rate times value."]


class LineFees(TypedDict):
    """Fees of a line, before the bounds of the entry."""

    mpf: LineProcessing
    hmf: LineHarbor


class EntryLine(TypedDict):
    """A line of the entry with its duty."""

    id: Annotated[str, "Its number."]
    code: Annotated[str, "Tariff code."]
    description: Annotated[str | None, "Words of the tariff line."]
    origin: Annotated[str, "Country of origin."]
    entered_value: Annotated[str, "Whole dollars."]
    on: Annotated[str | None, "Day whose rates decide; null where that is open."]
    decided_by: DecidedBy
    zone_status: Annotated[str | None, "Status in a foreign-trade zone."]
    status: Annotated[str, "ok, open, not_covered or barred."]
    headings: Annotated[list[FiledHeading], "Headings to file, in order."]
    ad_valorem: Annotated[str | None, "Total share of the value."]
    duty: Annotated[str | None, "Dollars of duty; null where it is not known."]
    split: Annotated[list[FiledPart], "The two lines on which it is filed; empty for one."]
    fees: LineFees
    open_questions: Annotated[list[OpenQuestion], "What would change the duty."]
    as_filed: Annotated[list[str], "Where headings as filed differ, in sentences."]
    announced: Annotated[HeardTotal | None, "What was only announced."]
    scheduled: Annotated[Scheduled | None, "What the law changed after the last day read."]
    notes: Annotated[list[str], "What must be known beside it."]


Fee = TypedDict(
    "Fee",
    {
        "class": Annotated[str, "Class code of the fee."],
        "name": Annotated[str, "Its name."],
        "rate": Annotated[str | None, "Its rate, a fraction of one."],
        "source": Annotated[str, "Where it stands."],
        "grade": Annotated[str, "How well it is known."],
        "raw": Annotated[str | None, "Sum of the lines."],
        "amount": Annotated[str | None, "Dollars; null where that is open."],
        "why": Annotated[str, "Why so much."],
    },
)

Fee.__doc__ = "A fee of the entry."


class HarborFee(Fee):
    """The harbor maintenance fee."""


class ProcessingFee(Fee):
    """The merchandise processing fee, with its bounds."""

    min: Annotated[str | None, "The least of an entry."]
    max: Annotated[str | None, "The most of an entry."]
    if_not_exempt: Annotated[str | None, "Dollars if exemptions are not confirmed."]
    fiscal_year: Annotated[str | None, "Fiscal year of the bounds; null where none are held."]


NamedAmount = TypedDict(
    "NamedAmount",
    {
        "line": Annotated[str, "Number of the line."],
        "class": Annotated[str | None, "Class code."],
        "name": Annotated[str, "Its name."],
        "due": Annotated[str, "yes, may_be or no."],
        "amount": Annotated[str | None, "Dollars; null where the filer has not given it."],
        "why": Annotated[str, "Why it is named."],
        "source": Annotated[str | None, "Where it stands."],
    },
)
NamedAmount.__doc__ = "A tax or fee that a line owes, or may owe."


class NamedFees(TypedDict):
    """Fees of commodities, as the filer gives them."""

    amount: Annotated[str | None, "Dollars; null where one of them is not known."]
    lines: Annotated[list[NamedAmount], "The lines that owe them, or may."]


class EntryFees(TypedDict):
    """Fees of the entry."""

    mpf: ProcessingFee
    hmf: HarborFee
    cotton_fee: Annotated[NamedFees | None, "The cotton fee; null where no line owes it."]
    other_fees: Annotated[NamedFees | None, "Fees of other commodities; null for none."]


class PossibleOrder(TypedDict):
    """An antidumping or countervailing order that a line may fall under."""

    line: Annotated[str, "Number of the line."]
    case: Annotated[str, "Number of the case."]
    kind: Annotated[str, "AD or CVD."]
    product: Annotated[str | None, "The product; null for an order that is not held."]
    origin: Annotated[str, "Country of the order."]
    state: Annotated[str, "possible, not_declared, subject or not_subject."]
    why: Annotated[str, "Why it is named."]
    ordered_on: Annotated[str | None, "Day of the order; null where none is held."]
    ordered_url: Annotated[str | None, "Where the order can be read; null where no number is held."]
    ordered_grade: Annotated[
        str | None, "How well that day is known: primary, secondary, background."
    ]
    continued_on: Annotated[str | None, "Day of its last continuation that is held."]
    continued_url: Annotated[str | None, "Where the continuation can be read."]
    revoked_on: Annotated[str | None, "Day of its revocation; none of those listed is revoked."]
    read: Annotated[str | None, "Day of the notice whose scope was read."]
    listed_in: Annotated[str | None, "Notice that lists it."]
    url: Annotated[str | None, "Where the notice can be read."]
    rate: Annotated[str | None, "Deposit rate, as the filer gives it."]
    deposit: Annotated[str | None, "Dollars of deposit."]


class EntryTotals(TypedDict):
    """Totals in dollars; each is null where a part of it is not known."""

    entered_value: Annotated[str, "Whole dollars of all lines."]
    duty: Annotated[str | None, "Duty."]
    fees: Annotated[str | None, "Fees."]
    taxes: Annotated[str | None, "Taxes."]
    adcvd: Annotated[str | None, "Antidumping and countervailing deposits."]
    owed: Annotated[str | None, "All together."]
    known: Annotated[str | None, "What of it is known."]
    refundable: Annotated[str | None, "Duty that was never owed."]


class MissingOfEntry(TypedDict):
    """Something that the filer must say for the total to be certain."""

    line: Annotated[str | None, "Number of the line; null for the entry as a whole."]
    what: Annotated[str, "What is missing."]
    why: Annotated[str, "Why it matters."]


class EntryAnswer(TypedDict):
    """What an entry owes."""

    question: Annotated[dict[str, Any], "The entry as it was given."]
    status: Annotated[str, "ok, open, not_covered or barred."]
    reading: Annotated[str, "law, or announced."]
    register: EntryRegister
    entry: EntryHeader
    lines: Annotated[list[EntryLine], "Its lines."]
    fees: EntryFees
    taxes: Annotated[list[NamedAmount], "Taxes that lines owe, or may owe."]
    adcvd: Annotated[list[PossibleOrder], "Orders that lines may fall under, or were asked of."]
    totals: EntryTotals
    missing: Annotated[list[MissingOfEntry], "What the filer must say for the total."]
    coverage: Annotated[list[Coverage], "What the answer rests on."]
    notes: Annotated[list[str], "What must be known beside it."]


class EntryCited(EntryAnswer, Cited):
    """What an entry owes, with citations that can be opened."""
