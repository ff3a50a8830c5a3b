"""What follows from an assessment: what stops the goods, what to resolve, what is paid, what comes.

A line of the verdict has ``about`` (duty, licence, party, owner), ``what`` was found, what to
``do``, and the ``sources`` that say so. Nothing is decided here: each line is read off an answer.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.figures import dollars, long_day, percent
from detente.duty.coverage import BARRED
from detente.transaction.verdict_licence import read_licence
from detente.transaction.verdict_lines import NONE, VerdictLines, line
from detente.transaction.verdict_parties import read_party, read_unread

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from detente.answers.assess import AssessedParty, DutyPart, LicencePart, Verdict
    from detente.answers.duty import OpenQuestion
    from detente.answers.shared import ImportMeasure

LATER = 12
"""At most so many changes ahead are watched."""


RESOLVE = "Find the instrument, or the authority's word on this entry, before the goods leave."
"""What to do about a statement without an instrument, and about what the law only scheduled."""


def verdict_of(
    duty: DutyPart,
    headings: Collection[str],
    parties: list[AssessedParty],
    licence: LicencePart,
    asks: Mapping[str, str],
) -> Verdict:
    """The verdict: ``stop, resolve, pay, amount, ad_valorem, watch``.

    Args:
        duty: the duty on arrival.
        headings: those of the duties that the goods owe or may owe, by `headings_of`.
        parties: what was found of each party.
        licence: what needs permission.
        asks: the question of each entry fact of the register.
    """
    lines = VerdictLines()
    read_licence(lines, licence, asks, _touches(duty, licence))
    requiring = {each["by"] for each in licence["regimes"] if each["decision"] != NONE}
    for party in parties:
        read_party(lines, party, headings, requiring)
    read_unread(lines, parties)
    _read_duty(lines, duty)
    parts = [("duty", duty["announced"]), ("duty", duty["scheduled"])] if duty["applies"] else []
    for about, described in (
        *parts,
        ("licence", licence["announced"]),
        ("licence", licence["scheduled"]),
    ):
        if described:
            lines.resolve.insert(0, line(about, described["text"], RESOLVE))
    lines.watch.sort(key=lambda each: (each["on"] is None, each["on"]))
    return {
        "stop": lines.stop,
        "resolve": lines.resolve,
        "pay": pay(duty),
        "amount": duty["total"]["amount"] if duty["applies"] else None,
        "ad_valorem": duty["total"]["ad_valorem"] if duty["applies"] else None,
        "watch": lines.watch,
    }


def _touches(duty: DutyPart, licence: LicencePart) -> list[ImportMeasure]:
    """What may touch goods of the code; that of the duty where the licence was asked by item."""
    rows = licence["touches"]
    known = {(each["measure"], each["limb"]) for each in (*rows, *licence["rules"])}
    of_duty = duty["touches"] if duty["applies"] and licence["question"]["code"] is None else []
    return [*rows, *(each for each in of_duty if (each["measure"], each["limb"]) not in known)]


def pay(duty: DutyPart) -> str:
    """What is paid, in one sentence."""
    if not duty["applies"]:
        return str(duty["why"])
    total, value = duty["total"], duty["question"]["value"]
    rate = total["ad_valorem"]
    if total["amount"] is None or value is None:
        known = "The duty cannot be computed" if rate is None else f"{percent(rate)} of the value"
        missing = ", since the value is not given" if value is None else ": see the open questions"
        return f"{known}; no amount{missing}."
    of = f"{percent(rate)} of {dollars(value)}" if rate is not None else f"on {dollars(value)}"
    text = f"{dollars(total['amount'])}, {of}"
    refundable, owed = total["refundable_amount"], total["owed_amount"]
    if refundable not in (None, "0.00") and owed is not None:
        text += (
            f"; {dollars(refundable)} of it was found not to be owed and is "
            f"refundable, {dollars(owed)} is owed"
        )
    return f"{text}."


def _read_duty(lines: VerdictLines, duty: DutyPart) -> None:
    if not duty["applies"]:
        if duty["open"]:
            lines.resolve.append(line("duty", duty["why"], "Find the duty before the goods leave."))
        return
    if duty["status"] == BARRED:
        lines.stop.append(line("duty", duty["notes"][0], "Do not import the goods."))
    if duty["question"]["value"] is None:
        lines.resolve.append(
            line("duty", "The customs value is not given.", "Give it for an amount.")
        )
    for each in duty["open_questions"]:
        lines.resolve.append(line("duty", each["question"], _sides(each)))
    for change in duty["changes_ahead"][:LATER]:
        rate = percent(change["total_ad_valorem"])
        what = f"On {long_day(change['on'])} the duty is {rate}: {change['what']}."
        lines.watch.append(line("duty", what, on=change["on"]))


def _sides(question: OpenQuestion) -> str:
    if question["if_true"] is None and question["if_false"] is None:
        return "Until then there is no amount."
    test = question["test"] or "yes"
    yes, no = percent(question["if_true"]), percent(question["if_false"])
    return f"{test}: {yes}; otherwise {no}."
