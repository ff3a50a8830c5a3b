"""The answer about a whole entry for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.coverage import READ
from detente.core.figures import dollars, long_day, percent
from detente.duty.coverage import STATE_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from typing import Any

FEES = {"cotton_fee": "Cotton fee", "other_fees": "Fees of commodities"}
UNKNOWN = "not known"


def show(answer: dict[str, Any], reasons: bool = False) -> str:
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


def _head(answer: dict[str, Any]) -> str:
    entry = answer["entry"]
    words = f"Entry {entry['entry_number'] or 'summary'}, type {entry['entry_type']} "
    words += f"({entry['entry_type_name']}), entered {long_day(entry['entry_date'])}"
    words += f", {entry['mode']}" if entry["mode"] else ""
    rows = [wrapped(words, "  ").lstrip()]
    rows.extend(f"  Taken as {each}." for each in entry["assumed"])
    return "\n".join(rows)


def _line(line: dict[str, Any], entry: dict[str, Any], reasons: bool) -> str:
    value = f"{int(line['entered_value']):,}"
    head = f"Line {line['id']}: {line['code']} from {line['origin']}, entered value ${value}"
    rows = [head]
    if line["on"] != entry["entry_date"] or line["zone_status"]:
        day = "no day" if line["on"] is None else long_day(line["on"])
        rows.append(wrapped(f"rates of {day}: {line['decided_by']['words']}", "    "))
    for each in (line["announced"], line["scheduled"]):
        if each:
            rows.append(wrapped(each["text"], "    ", "! "))
    for each in line["headings"]:
        rows.append(f"  {each['heading']:<14} {each['rate']:>12}  {_amount(each['duty']):>14}")
        if each["part"] and each["value"]:
            name = each["part"].replace("_", " ")
            rows.append(f"    on {dollars(each['value'])}, the line of the {name}")
        elif each["value"] and each["value"].partition(".")[0] != line["entered_value"]:
            rows.append(f"    on {dollars(each['value'])} of the value")
        if reasons:
            rows.append(wrapped(each["why"], "    "))
    rows.append(f"  {'duty':<14} {percent(line['ad_valorem']):>12}  {_amount(line['duty']):>14}")
    if line["fees"]["mpf"]["exempt"]:
        rows.append(wrapped(f"merchandise processing fee: {line['fees']['mpf']['exempt']}", "    "))
    rows.extend(wrapped(each, "    ", "! ") for each in (*line["as_filed"], *line["notes"]))
    for each in line["open_questions"]:
        yes, no = percent(each["if_true"]), percent(each["if_false"])
        rows.append(wrapped(f"{each['question']} ({each.get('test', 'yes')}: {yes}; otherwise "
                            f"{no})", "    ", "  ? "))  # fmt: skip
    return "\n".join(rows)


def _fees(answer: dict[str, Any], reasons: bool) -> str:
    rows = ["Fees:"]
    for key, fee in answer["fees"].items():
        if "lines" in fee:
            rows.append(_named(f"  {FEES[key]}:", fee["lines"]))
            continue
        rows.append(f"  {fee['class']:<5}{fee['name']:<44} {_amount(fee['amount']):>14}")
        words = fee["why"]
        if fee.get("min") and fee["raw"]:
            words += f"; {dollars(fee['raw'])} by the lines, from {fee['min']} to {fee['max']}"
        rows.append(wrapped(words, "       "))
        if reasons:
            rows.append(wrapped(fee["source"], "       "))
    return "\n".join(rows)


def _named(head: str, rows: list[dict[str, Any]]) -> str:
    if not rows:
        return ""
    lines = [head]
    for each in rows:
        words = f"line {each['line']}, {each['name']}: {_amount(each['amount'])}, {each['why']}"
        lines.append(wrapped(words, "    ", "  "))
    return "\n".join(lines)


def _orders(answer: dict[str, Any]) -> str:
    if not answer["adcvd"]:
        return ""
    lines = ["Antidumping and countervailing orders:"]
    for each in answer["adcvd"]:
        product = each["product"] or "product not held"
        words = f"line {each['line']}, {each['case']}, {product}: {each['state'].replace('_', ' ')}"
        if each["deposit"] is not None and each["state"] == "subject":
            words += f", {dollars(each['deposit'])}"
        lines.append(wrapped(f"{words}; {each['why']}", "    ", "  "))
        if each["url"]:
            lines.append(f"    {each['url']}")
    return "\n".join(lines)


def _totals(answer: dict[str, Any]) -> str:
    totals = answer["totals"]
    rows = ["Totals:", f"  {'entered value':<20} {int(totals['entered_value']):>17,}"]
    for key in ("duty", "fees", "taxes", "adcvd", "owed"):
        rows.append(f"  {key:<20} {_amount(totals[key]):>17}")
    if totals["owed"] is None:
        rows.append(f"  {'known so far':<20} {_amount(totals['known']):>17}")
    if totals["refundable"] not in (None, "0.00"):
        rows.append(f"  {'refundable':<20} {_amount(totals['refundable']):>17}")
    return "\n".join(rows)


def _status(answer: dict[str, Any]) -> str:
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
