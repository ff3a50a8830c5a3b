"""The answer about a whole entry for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.coverage import READ
from detente.core.figures import dollars, long_day, percent
from detente.duty.coverage import STATE_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.answers.entry import (
        EntryAnswer,
        EntryHeader,
        EntryLine,
        HarborFee,
        NamedAmount,
        ProcessingFee,
    )

FEES = {"cotton_fee": "Cotton fee", "other_fees": "Fees of commodities"}
UNKNOWN = "not known"


def show(answer: EntryAnswer, reasons: bool = False) -> str:
    """The entry as text: lines, fees, taxes, orders, totals, and what is missing.

    Args:
        answer: an answer under the keys of the interface.
        reasons: also why each heading applies, and the open questions of each line.
    """
    parts = [
        _head(answer),
        *(_line(each, answer["entry"], reasons) for each in answer["lines"]),
        _fees(answer, reasons),
        _named("Taxes:", answer["taxes"]),
        _orders(answer),
        _totals(answer),
        _status(answer),
        "\n".join(wrapped(note, "  ", "! ") for note in answer["notes"]),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(answer: EntryAnswer) -> str:
    entry = answer["entry"]
    words = f"Entry {entry['entry_number'] or 'summary'}, type {entry['entry_type']} "
    words += f"({entry['entry_type_name']}), entered {long_day(entry['entry_date'])}"
    words += f", {entry['mode']}" if entry["mode"] else ""
    rows = [wrapped(words, "  ").lstrip()]
    rows.extend(f"  Taken as {each}." for each in entry["assumed"])
    return "\n".join(rows)


def _line(line: EntryLine, entry: EntryHeader, reasons: bool) -> str:
    value = f"{int(line['entered_value']):,}"
    head = f"Line {line['id']}: {line['code']} from {line['origin']}, entered value ${value}"
    rows = [head]
    if line["on"] != entry["entry_date"] or line["zone_status"]:
        day = "no day" if line["on"] is None else long_day(line["on"])
        rows.append(wrapped(f"rates of {day}: {line['decided_by']['words']}", "    "))
    for described in (line["announced"], line["scheduled"]):
        if described:
            rows.append(wrapped(described["text"], "    ", "! "))
    for filed in line["headings"]:
        rows.append(f"  {filed['heading']:<14} {filed['rate']:>12}  {_amount(filed['duty']):>14}")
        if filed["part"] and filed["value"]:
            name = filed["part"].replace("_", " ")
            rows.append(f"    on {dollars(filed['value'])}, the line of the {name}")
        elif filed["value"] and filed["value"].partition(".")[0] != line["entered_value"]:
            rows.append(f"    on {dollars(filed['value'])} of the value")
        if reasons:
            rows.append(wrapped(filed["why"], "    "))
    rows.append(f"  {'duty':<14} {percent(line['ad_valorem']):>12}  {_amount(line['duty']):>14}")
    if line["fees"]["mpf"]["exempt"]:
        rows.append(wrapped(f"merchandise processing fee: {line['fees']['mpf']['exempt']}", "    "))
    rows.extend(wrapped(words, "    ", "! ") for words in (*line["as_filed"], *line["notes"]))
    for each in line["open_questions"]:
        yes, no = percent(each["if_true"]), percent(each["if_false"])
        words = f"{each['question']} ({each['test'] or 'yes'}: {yes}; otherwise {no})"
        rows.append(wrapped(words, "    ", "  ? "))
    return "\n".join(rows)


def _fees(answer: EntryAnswer, reasons: bool) -> str:
    processing, harbor = answer["fees"]["mpf"], answer["fees"]["hmf"]
    bounds = ""
    if processing["min"] and processing["raw"]:
        least, most = processing["min"], processing["max"]
        bounds = f"; {dollars(processing['raw'])} by the lines, from {least} to {most}"
    rows = ["Fees:", *_fee(processing, bounds, reasons), *_fee(harbor, "", reasons)]
    for key, title in FEES.items():
        found = answer["fees"]["cotton_fee" if key == "cotton_fee" else "other_fees"]
        if found is not None:
            rows.append(_named(f"  {title}:", found["lines"]))
    return "\n".join(rows)


def _fee(fee: ProcessingFee | HarborFee, bounds: str, reasons: bool) -> Iterator[str]:
    yield f"  {fee['class']:<5}{fee['name']:<44} {_amount(fee['amount']):>14}"
    yield wrapped(f"{fee['why']}{bounds}", "       ")
    if reasons:
        yield wrapped(fee["source"], "       ")


def _named(head: str, rows: list[NamedAmount]) -> str:
    if not rows:
        return ""
    lines = [head]
    for each in rows:
        words = f"line {each['line']}, {each['name']}: {_amount(each['amount'])}, {each['why']}"
        lines.append(wrapped(words, "    ", "  "))
    return "\n".join(lines)


def _orders(answer: EntryAnswer) -> str:
    if not answer["adcvd"]:
        return ""
    lines = ["Antidumping and countervailing orders:"]
    for each in answer["adcvd"]:
        product = each["product"] or "product not held"
        words = f"line {each['line']}, {each['case']}, {product}: {each['state'].replace('_', ' ')}"
        if each["deposit"] is not None and each["state"] == "subject":
            words += f", {dollars(each['deposit'])}"
        lines.append(wrapped(f"{words}; {each['why']}", "    ", "  "))
        for what, day, url in (
            ("order of", each["ordered_on"], each["ordered_url"]),
            ("continued on", each["continued_on"], each["continued_url"]),
            ("scope read in", "", each["url"]),
        ):
            if url or day:
                lines.append(
                    f"    {' '.join(filter(None, (what, day)))}" + (f": {url}" if url else "")
                )
    return "\n".join(lines)


def _totals(answer: EntryAnswer) -> str:
    totals = answer["totals"]
    rows = ["Totals:", f"  {'entered value':<20} {int(totals['entered_value']):>17,}"]
    for key, amount in (
        ("duty", totals["duty"]),
        ("fees", totals["fees"]),
        ("taxes", totals["taxes"]),
        ("adcvd", totals["adcvd"]),
        ("owed", totals["owed"]),
    ):
        rows.append(f"  {key:<20} {_amount(amount):>17}")
    if totals["owed"] is None:
        rows.append(f"  {'known so far':<20} {_amount(totals['known']):>17}")
    if totals["refundable"] not in (None, "0.00"):
        rows.append(f"  {'refundable':<20} {_amount(totals['refundable']):>17}")
    return "\n".join(rows)


def _status(answer: EntryAnswer) -> str:
    rows = [f"{STATUS_WORDS[answer['status']]}."]
    for each in answer["missing"]:
        where = f"line {each['line']}, " if each["line"] else ""
        rows.append(wrapped(f"{where}{each['what']}: {each['why']}", "  ", "- "))
    rows.extend(
        wrapped(f"{STATE_WORDS[row['state']]}, {row['what']}: {row['scope']}", "  ", "- ")
        for row in answer["coverage"]
        if row["state"] != READ
    )
    return "\n".join(rows)


def _amount(amount: str | None) -> str:
    return UNKNOWN if amount is None else dollars(amount)
