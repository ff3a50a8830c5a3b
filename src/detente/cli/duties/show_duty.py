"""A duty answer for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import readings, wrapped
from detente.core.coverage import READ
from detente.core.figures import counted, dollars, long_day, percent, without_stop
from detente.duty.coverage import STATE_WORDS, STATUS_WORDS
from detente.register.confirmed import unconfirmed_words

if TYPE_CHECKING:
    from detente.answers.duty import Duty
    from detente.answers.shared import Coverage

MARGIN = " " * 41
LONGEST_RATE = 24
"""Characters of a rate that stands in its column; a longer one stands in words below."""


def show(answer: Duty, reasons: bool = False) -> str:
    """The answer as text: the line, the layers, the total, what to file, what is open and ahead.

    Args:
        answer: an answer under the keys of the interface.
        reasons: also why each layer applies, its sources, and what did not apply.
    """
    parts = [
        _head(answer),
        readings(answer),
        _layers(answer, reasons),
        _filing(answer),
        _status(answer),
        _questions(answer),
        _ahead(answer),
        _touching(answer),
    ]
    if reasons:
        parts.append(_not_applied(answer))
    parts.append(_notes(answer))
    return "\n\n".join(part for part in parts if part)


def _head(answer: Duty) -> str:
    question, line = answer["question"], answer["line"]
    code = line["code"] if line else question["code"]
    day = question["on"]
    when = long_day(day) if len(day) == 10 else day
    words = f"{code} from {question['origin']} into {question['destination']}, entered {when}"
    if question["known_on"]:
        words += f", as known on {long_day(question['known_on'])}"
    if line is None:
        return words
    path = " › ".join((*line["path"], line["description"]))
    return f"{words}\n{wrapped(path, '  ')}"


def _layers(answer: Duty, reasons: bool) -> str:
    rows = []
    for layer in answer["layers"]:
        heading = layer["heading"] or ("column 1" if layer["family"] == "base" else "")
        amount = "" if layer["amount"] is None else dollars(layer["amount"])
        in_words = len(layer["rate"]) > LONGEST_RATE
        cells = f"  {heading:<11} {'' if in_words else layer['rate']:>9}  {amount:>14}  "
        rows.append(wrapped(layer["name"], " " * len(cells)).replace(" " * len(cells), cells, 1))
        if in_words:
            rows.append(wrapped(layer["rate"], MARGIN))
        if layer["base"] is not None and layer["base"] != answer["question"]["value"]:
            rows.append(f"{MARGIN}on {dollars(layer['base'])} of the value")
        if not layer["confirmed"]:
            words = f"from {layer['from']}, {unconfirmed_words(layer['confirmed_through'])}"
            rows.append(wrapped(words, MARGIN))
        if layer["refundable"]:
            rows.append(f"{MARGIN}assessed, and later found not owed: refundable")
        if reasons:
            rows.append(wrapped(layer["why"], MARGIN))
            rows.append(wrapped("; ".join(layer["sources"]), MARGIN))
    return "\n".join([*rows, *_total_rows(answer), *_tax_rows(answer)])


def _total_rows(answer: Duty) -> list[str]:
    total = answer["total"]
    amount = "" if total["amount"] is None else dollars(total["amount"])
    rows = [f"  {'total':<11} {percent(total['ad_valorem']):>9}  {amount:>14}".rstrip()]
    refundable, owed = total["refundable_amount"], total["owed_amount"]
    if refundable not in (None, "0.00") and owed is not None:
        rows.append(f"{MARGIN}{dollars(refundable)} refundable, {dollars(owed)} owed")
    return rows


def _tax_rows(answer: Duty) -> list[str]:
    """Taxes beside the duty, and what the goods cost with both."""
    rows = []
    for tax in answer["taxes"]:
        amount = "" if tax["amount"] is None else dollars(tax["amount"])
        base = "" if tax["base"] is None else f", on {dollars(tax['base'])}"
        why = f" ({tax['why']})" if tax["why"] else ""
        cells = f"  {'tax':<11} {tax['rate'] or 'not known':>9}  {amount:>14}  "
        indent = " " * len(cells)
        rows.append(wrapped(f"{tax['name']}{base}{why}", indent).replace(indent, cells, 1))
    if rows and answer["landed_total"] is not None:
        rows.append(f"  {'landed':<11} {'':>9}  {dollars(answer['landed_total']):>14}")
    return rows


def _filing(answer: Duty) -> str:
    return "File as: " + ", ".join(answer["filing"])


def _status(answer: Duty) -> str:
    """The status, and what it rests on: what was not read first, a line each."""
    count = len(answer["open_questions"])
    questions = f", {counted(count, 'question')} below" if count else ""
    words = f"{STATUS_WORDS[answer['status']]}{questions}."
    rows = [wrapped(words, "  ").lstrip()]
    rows.extend(
        wrapped(f"{STATE_WORDS[row['state']]}, {row['what']}: {row['scope']}", "  ", "- ")
        for row in answer["coverage"]
        if row["state"] != READ
    )
    read = [_row_words(row) for row in answer["coverage"] if row["state"] == READ]
    if read:
        rows.append(wrapped(f"Rests on {'; '.join(read)}.", "  "))
    return "\n".join(rows)


def _row_words(row: Coverage) -> str:
    """What was read: its name, and over which days or which edition."""
    if row["from"] is None or row["through"] is None or row["what"] == "schedule":
        return f"{row['what']} ({without_stop(row['scope'])})"
    return f"{row['what']} ({long_day(row['from'])} to {long_day(row['through'])})"


def _questions(answer: Duty) -> str:
    if not answer["open_questions"]:
        return ""
    rows = ["Open questions:"]
    for each in answer["open_questions"]:
        rows.append(wrapped(each["question"], "  ", "- "))
        if each["if_true"] is None and each["if_false"] is None:
            rows.append("    until then this layer has no amount")
        else:
            test = each["test"] or "yes"
            yes, no = percent(each["if_true"]), percent(each["if_false"])
            rows.append(f"    {test}: {yes}; otherwise {no}")
    return "\n".join(rows)


def _ahead(answer: Duty) -> str:
    if not answer["changes_ahead"]:
        return ""
    rows = ["What changes next for these goods:"]
    for change in answer["changes_ahead"]:
        cells = f"  {change['on']}  {percent(change['total_ad_valorem']):>9}  "
        indent = " " * len(cells)
        what = change["what"]
        if not change["confirmed"]:
            what += f" ({unconfirmed_words(change['confirmed_through'])})"
        if change["by_other_reading"]:
            other = "what was announced" if answer["reading"] == "law" else "the law as read"
            total = percent(change["by_other_reading"]["total_ad_valorem"])
            what += f"; by {other} the total is {total}"
        rows.append(wrapped(what, indent).replace(indent, cells, 1))
    return "\n".join(rows)


def _touching(answer: Duty) -> str:
    if not answer["touches"]:
        return ""
    # Little touches most goods, so a cold answer seldom loads this.
    from detente.cli.show_touching import touching

    return touching(answer["touches"])


def _not_applied(answer: Duty) -> str:
    if not answer["not_applied"]:
        return ""
    rows = ["Did not apply:"]
    for row in answer["not_applied"]:
        heading = f" ({row['heading']})" if row["heading"] else ""
        rows.append(wrapped(f"{row['measure']}, {row['limb']}{heading}: {row['why']}", "  ", "- "))
    return "\n".join(rows)


def _notes(answer: Duty) -> str:
    return "\n".join(
        wrapped(note, "  ", "! " if i == 0 else "  ") for i, note in enumerate(answer["notes"])
    )
