"""Declared entries beside what they owed."""

from typing import Annotated, TypedDict

from detente.answers.duty import RegisterUsed

LessOwed = Annotated[str | None, "Declared less owed, dollars; null where one is not known."]


class DeadlineRow(TypedDict):
    """Until when something may be asked of an entry."""

    id: Annotated[str, "Which deadline."]
    on: Annotated[str, "The last day."]
    title: Annotated[str, "What may be done until then."]
    runs: Annotated[str, "From when it runs, in words."]
    source: Annotated[str, "Citation of the rule."]
    grade: Annotated[str, "How well it is known."]


class HeadingPaid(TypedDict):
    """What was paid under a heading."""

    heading: Annotated[str, "The heading, with dots."]
    amount: Annotated[str | None, "Dollars."]


class RefundClaim(TypedDict):
    """What a claim for duty that is void says."""

    amount: Annotated[str | None, "Dollars, all headings together."]
    headings: Annotated[list[HeadingPaid], "Paid under each; assessed under each for a total."]
    sources: Annotated[list[str], "Keys of the acts by which the duty is void."]
    text: Annotated[str, "A sentence or two to send."]


class DeclaredHeading(TypedDict):
    """A heading of an entry: declared and owed."""

    heading: Annotated[str | None, "The heading; null for a total."]
    filed: Annotated[bool | None, "Whether it was declared; null where headings were not listed."]
    rows: Annotated[list[int], "Numbers of the rows that declare it."]
    declared_rate: Annotated[str | None, "Declared rate, as a fraction or as it was written."]
    declared_amount: Annotated[str | None, "Declared dollars."]
    owed_rate: Annotated[str | None, "Rate that was owed."]
    owed_amount: Annotated[str | None, "Dollars that were owed."]
    difference: LessOwed
    why: Annotated[str, "Why the two differ; empty where they do not."]


class AuditedEntry(TypedDict):
    """A declared entry beside what it owed."""

    id: Annotated[str, "Its id, or one made of its rows."]
    code: Annotated[str | None, "Tariff code, as it was written."]
    origin: Annotated[str | None, "Country of origin."]
    on: Annotated[str | None, "Day of entry, as it was written."]
    value: Annotated[str | None, "Customs value, dollars."]
    status: Annotated[str, "over, under, agrees or unresolved."]
    declared: Annotated[str | None, "Declared dollars."]
    owed: Annotated[str | None, "Dollars that were owed."]
    difference: LessOwed
    declared_rate: Annotated[str | None, "Declared duty over value."]
    owed_rate: Annotated[str | None, "Owed duty over value."]
    refundable: Annotated[str | None, "Dollars that were never owed; null where not known."]
    refund: Annotated[RefundClaim | None, "The claim for them; null where nothing is known."]
    deadlines: Annotated[list[DeadlineRow], "Until when something may be asked."]
    reasons: Annotated[list[str], "Names of the reasons, the largest first."]
    right_if: Annotated[list[str], "Facts under which the declaration is right."]
    why: Annotated[str, "The finding in words."]
    by_heading: Annotated[list[DeclaredHeading], "Heading by heading."]
    rows: Annotated[list[int], "Numbers of its rows, from 1."]


class ReasonTotals(TypedDict):
    """Entries and dollars of a reason."""

    reason: Annotated[str, "Its name."]
    title: Annotated[str, "What it is."]
    entries: Annotated[int, "Entries that have it."]
    over: Annotated[str | None, "Dollars declared too much."]
    under: Annotated[str | None, "Dollars declared too little."]


class HeadingTotals(TypedDict):
    """Declared and owed dollars of a heading."""

    heading: Annotated[str, "The heading."]
    entries: Annotated[int, "Entries that have it."]
    declared: Annotated[str | None, "Declared dollars."]
    owed: Annotated[str | None, "Dollars that were owed."]
    difference: Annotated[str | None, "The first less the second."]


class AuditTotals(TypedDict):
    """Sums over the entries whose amounts are known."""

    entries: Annotated[int, "All entries."]
    rows: Annotated[dict[str, int], "Entries by status."]
    declared: Annotated[str | None, "Declared dollars."]
    owed: Annotated[str | None, "Dollars that were owed."]
    over: Annotated[str | None, "Dollars declared too much."]
    under: Annotated[str | None, "Dollars declared too little."]
    rounding: Annotated[str | None, "Dollars of rounding."]
    refundable: Annotated[str | None, "Dollars that were never owed."]
    refundable_not_known: Annotated[int, "Entries of which that is not known."]
    unresolved_declared: Annotated[str | None, "Declared dollars of unresolved entries."]
    agrees_but_headings: Annotated[int, "Entries that agree in sum, under other headings."]
    by_reason: Annotated[list[ReasonTotals], "By reason, the most money first."]
    by_heading: Annotated[list[HeadingTotals], "By heading."]


class AuditAnswer(TypedDict):
    """Declared entries beside what they owed."""

    known_on: Annotated[str | None, "Judged with what was known at the end of this day."]
    basis: Annotated[str, "What the judgement rests on, in words."]
    register: RegisterUsed
    rows: Annotated[list[AuditedEntry], "The entries."]
    totals: AuditTotals
    warnings: Annotated[list[str], "What the table leaves to guess, and what was read into it."]
    notes: Annotated[list[str], "What must be known beside it."]
