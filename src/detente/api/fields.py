"""Every field of an answer about duty, in words; the API's document and its page are made of it."""

from __future__ import annotations

from detente._shapes import NamedTuple
from detente.questions.duty import QUESTION
from detente.questions.parameters import EVERYWHERE


class Field(NamedTuple):
    """One field: where it stands ("layers[].rate"), its JSON types, and what it says."""

    path: str
    types: tuple[str, ...]
    text: str


TEXT, MAYBE = ("string",), ("string", "null")
PERHAPS = ("object", "null")
OBJECT, LIST, FLAG, NUMBER = ("object",), ("array",), ("boolean",), ("integer",)

DUTY = (
    Field("question", OBJECT, "The question as it was understood; it can be posted again."),
    Field("question.code", TEXT, "Digits of the tariff code."),
    Field("question.origin", TEXT, "Country of origin, ISO 3166."),
    Field("question.destination", TEXT, "Country of import, ISO 3166."),
    Field("question.on", TEXT, "Entry day, or an instant with its offset."),
    Field("question.known_on", MAYBE, "Answered as known at the end of this day."),
    Field("question.value", MAYBE, "Customs value in dollars."),
    Field("question.quantities", OBJECT, "Quantities by unit."),
    Field("question.facts", OBJECT, "Entry facts that were stated, by key."),
    Field("reading", TEXT, "law, or announced: the reading of the register that is followed."),
    Field("announced", PERHAPS, "What was only announced, where it changes this answer."),
    Field("announced.total_ad_valorem", MAYBE, "The total by the reading announced."),
    Field("announced.amount", MAYBE, "The same in dollars."),
    Field("announced.until", MAYBE, "First day, or instant, without it."),
    Field("announced.because", LIST, "Ids of the events, as in the timeline."),
    Field("announced.text", TEXT, "Both readings, who said so and when, in a sentence."),
    Field("scheduled", PERHAPS, "What the law itself changed after the last day that was read."),
    Field("scheduled.through", TEXT, "The last day that was read."),
    Field("scheduled.text", TEXT, "The changes in a sentence: scheduled, not confirmed."),
    Field("scheduled.changes", LIST, "The changes, as rows of changes_ahead."),
    Field("scheduled.changes[].on", TEXT, "The day."),
    Field("scheduled.changes[].measures", LIST, "Ids of the measures that change."),
    Field("scheduled.changes[].what", TEXT, "What changes, in words."),
    Field("scheduled.changes[].total_ad_valorem", MAYBE, "The total from that day."),
    Field("register", OBJECT, "The register that answered."),
    Field("register.version", TEXT, "Version of the package."),
    Field("register.sha256", TEXT, "Hash of register, local records and imported editions."),
    Field("register.bundle", MAYBE, "Bundle of law that answered; null for that of the package."),
    Field("register.reviewed_through", TEXT, "Day through which the law was read."),
    Field("register.areas", OBJECT, "The same day by area of the register that was consulted."),
    Field("register.local_records", NUMBER, "Records of the user that took part."),
    Field("register.imported_editions", LIST, "Editions of the schedule that the user imported."),
    Field("status", TEXT, "ok, open, not_covered or barred; ok with all read and nothing open."),
    Field("edition", MAYBE, "Edition of the tariff schedule that has the line."),
    Field("line", ("object", "null"), "The line of the tariff schedule."),
    Field("line.code", TEXT, "Its code, with dots."),
    Field("line.description", TEXT, "Its own words."),
    Field("line.path", LIST, "Words of what it stands under, the heading first."),
    Field("line.general", TEXT, "Column 1 general rate, as printed."),
    Field("line.units", LIST, "Units of quantity that an entry reports."),
    Field("layers", LIST, "What is charged: the ordinary duty first, then in filing order."),
    Field("layers[].measure", TEXT, "Id of the measure."),
    Field("layers[].limb", TEXT, "The limb of it that fits."),
    Field("layers[].family", TEXT, "Family of duties."),
    Field("layers[].heading", MAYBE, "Heading of chapter 99 to file; null for the ordinary duty."),
    Field("layers[].name", TEXT, "Name of measure and limb."),
    Field("layers[].form", TEXT, "Form of the rate: ad_valorem, specific, cap, quota and others."),
    Field("layers[].rate", TEXT, "The rate as the law writes it."),
    Field("layers[].ad_valorem", MAYBE, "Share of the whole value, a fraction of one."),
    Field("layers[].base", MAYBE, "Part of the value that it is charged on, in dollars."),
    Field("layers[].amount", MAYBE, "Dollars, rounded half up to the cent."),
    Field("layers[].from", MAYBE, "First day, or instant, on which it has this rate."),
    Field("layers[].until", MAYBE, "First day, or instant, on which it no longer has."),
    Field("layers[].confirmed", FLAG, "Whether it had begun by the last day that was read."),
    Field("layers[].refundable", FLAG, "Whether it was assessed and never owed."),
    Field("layers[].sources", LIST, "Citations of the law that charges it."),
    Field("layers[].why", TEXT, "Why it applies."),
    Field("filing", LIST, "Headings to report, exemptions among them, then the line itself."),
    Field("not_applied", LIST, "What names the goods and was kept out."),
    Field("not_applied[].measure", TEXT, "Id of the measure."),
    Field("not_applied[].limb", TEXT, "The limb of it."),
    Field("not_applied[].heading", MAYBE, "Its heading of chapter 99."),
    Field("not_applied[].why", TEXT, "Why it did not apply."),
    Field("total", OBJECT, "Sums over the layers."),
    Field("total.ad_valorem", MAYBE, "Share of the value; null where a rate cannot be turned."),
    Field("total.additional_ad_valorem", MAYBE, "The same without the ordinary duty."),
    Field("total.amount", MAYBE, "Dollars; null without a value, or where a layer has no amount."),
    Field("total.refundable_amount", MAYBE, "Dollars assessed and never owed."),
    Field("total.owed_amount", MAYBE, "Dollars without the refundable ones."),
    Field("taxes", LIST, "Taxes on imports beside the duty; empty where none are held."),
    Field("taxes[].name", TEXT, "Name of the tax."),
    Field("taxes[].rate", MAYBE, "Its rate; null where the code does not decide it."),
    Field("taxes[].base", MAYBE, "Dollars that it is charged on: value, duty and earlier taxes."),
    Field("taxes[].amount", MAYBE, "Dollars, rounded half up to the cent."),
    Field("taxes[].ad_valorem", MAYBE, "The tax as a share of the value."),
    Field("taxes[].or_rate", MAYBE, "Another rate that goods of the same code may pay."),
    Field("taxes[].grade", TEXT, "How well the rate is known."),
    Field("taxes[].why", TEXT, "Which goods it is for."),
    Field("landed_total", MAYBE, "Dollars: value, duty and taxes."),
    Field("landed_ad_valorem", MAYBE, "The same as a share of the value."),
    Field("open_questions", LIST, "What would change the answer, each asked alone."),
    Field("open_questions[].kind", TEXT, "fact, law, list or boundary."),
    Field("open_questions[].fact", MAYBE, "Entry fact that answers it."),
    Field("open_questions[].test", TEXT, "What matters about the fact."),
    Field("open_questions[].measure", TEXT, "Id of the measure that hangs on it."),
    Field("open_questions[].question", TEXT, "The question, for a person."),
    Field("open_questions[].if_true", MAYBE, "Total where the test holds."),
    Field("open_questions[].if_false", MAYBE, "Total where it does not."),
    Field("open_questions[].value_if_true", MAYBE, "A value of the fact with which it holds."),
    Field("open_questions[].value_if_false", MAYBE, "A value of the fact with which it does not."),
    Field("open_questions[].unit", TEXT, "Unit of the quantity that is missing."),
    Field("open_questions[].list", TEXT, "List on which the code may stand."),
    Field("open_questions[].by_code", OBJECT, "Totals by statistical number."),
    Field("changes_ahead", LIST, "Days on which the duty of these goods becomes another."),
    Field("changes_ahead[].on", TEXT, "The day."),
    Field("changes_ahead[].measures", LIST, "Ids of the measures that change."),
    Field("changes_ahead[].what", TEXT, "What changes, in words."),
    Field("changes_ahead[].total_ad_valorem", MAYBE, "The total from that day."),
    Field("changes_ahead[].confirmed", FLAG, "Whether its day lies within what was read."),
    Field("changes_ahead[].confirmed_through", TEXT, "The last day that was read."),
    Field("changes_ahead[].by_other_reading", PERHAPS, "The other reading, if another."),
    Field("changes_ahead[].by_other_reading.total_ad_valorem", MAYBE, "Its total on that day."),
    Field("coverage", LIST, "What the answer rests on."),
    Field("coverage[].what", TEXT, "An area of law, a measure, a list or a schedule."),
    Field("coverage[].from", MAYBE, "First day that is held."),
    Field("coverage[].through", MAYBE, "Last day that was read."),
    Field("coverage[].scope", TEXT, "What of it is held, in words."),
    Field("coverage[].state", TEXT, "read, partly, unread or beyond."),
    Field("notes", LIST, "The horizon of the register, and what is outside the answer."),
)

PARAMETERS = tuple(
    Field(each.name, LIST if each.many else TEXT, each.sentence)
    for each in QUESTION.asked_in(EVERYWHERE)
)
"""Parameters of `GET /v1/duty`, as the question declares them."""

EXAMPLES: dict[str, str | list[str]] = {
    each.name: [each.example] if each.many else each.example
    for each in QUESTION.asked_in(EVERYWHERE)
}
"""A value of each parameter."""
