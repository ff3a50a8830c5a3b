"""What an auditor asks of an export beside the decision: classification, exceptions, flags, days.

Every part is left out where an older answer, out of a ledger, does not have it.
"""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.controls.model import LICENCE
from detente.core.figures import long_day
from detente.licence.transfer import DEEMED, DEEMED_EXPORT
from detente.licence.words import missing, outcome
from detente.transaction.memo.blocks import MemoHeading, MemoParagraph, MemoTable, Points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from detente.answers.assess import LicencePart, ShipmentRow
    from detente.answers.licence import ExceptionRow
    from detente.transaction.memo.blocks import Block

AVAILABLE = {True: "available", False: "not available", None: "possible, on conditions"}
UNREAD = "conditions not read"
NEEDS = {"item": "which of the things under Classification that it may be the item is"}
SUBJECT = {True: "yes", False: "no", None: "open"}


def control_record(licence: LicencePart, question: ShipmentRow) -> Iterable[Block]:
    """The parts of the record that concern export controls, in the order of an examination."""
    yield from _classification(licence, question)
    yield from _quoted(licence)
    yield from _exceptions(licence)
    yield from _flags(licence)
    yield from _open(licence)
    yield from _again(licence)


def _classification(licence: LicencePart, question: ShipmentRow) -> Iterable[Block]:
    yield MemoHeading("Classification", 3)
    stated = question["item"] or question["code"]
    rows = [("stated by the asker", str(stated)), ("transfer", licence.get("transfer", ""))]
    described = licence.get("classification")
    if described:
        rows += [
            ("entry", f"{described['item']}: {described['heading']}"),
            ("what the entry says of items near it", described["related"]),
            ("list and chart as of", described["held_as_of"]),
            ("country groups of the destination", ", ".join(described["groups"])),
            ("reasons for control", ", ".join(licence["reasons"])),
        ]
        rows += [(f"{each['reason']}, if", each["if"]) for each in licence.get("reasons_if", ())]
        rows += [
            (f"marked in the Country Chart for {to}", ", ".join(columns) or "no column")
            for to, columns in licence["chart"].items()
        ]
    for each in licence.get("subject", ()):
        rows.append(
            (f"subject to the law of {each['by']}", f"{SUBJECT[each['subject']]}: {each['why']}")
        )
    stated_of_it = question["parameters"]
    rows += [
        (f"known of {stated} here: {name.replace('_', ' ')}", value)
        for name, value in licence.get("question", {}).get("params", {}).items()
        if name not in stated_of_it and name not in question["facts"] and name != DEEMED_EXPORT
    ]
    for candidate in licence["candidates"]:
        what = f"may be {candidate['item'] or 'none of these'} ({candidate['by']})"
        rows.append((what, f"{candidate['title']}: {outcome(candidate)}"))
    yield MemoTable("What the item is, and why", ("what", "which"), tuple(r for r in rows if r[1]))


def _quoted(licence: LicencePart) -> Iterable[Block]:
    rows = tuple(
        (f"“{each['sentence']}”", " ".join(filter(None, (each["citation"], each["url"]))))
        for each in licence.get("quoted", ())
    )
    if rows:
        yield MemoHeading("What the text says", 3)
        yield Points(rows)


def _exceptions(licence: LicencePart) -> Iterable[Block]:
    yield MemoHeading("Exceptions and general licences considered", 3)
    by_state: dict[tuple[str, str], list[ExceptionRow]] = {}
    for each in licence["exceptions"]:
        if "available" in each:
            by_state.setdefault((_state(each), each["why"]), []).append(each)
    rows = tuple(
        (
            ", ".join(each["code"] for each in group),
            state,
            " ".join([why, *dict.fromkeys(f"{word}." for each in group for word in _asks(each))]),
            ", ".join(dict.fromkeys(each["citation"] for each in group)),
        )
        for (state, why), group in by_state.items()
    )
    if rows:
        yield MemoTable("Each, and why", ("exception", "state", "why", "where it stands"), rows)
    else:
        yield MemoParagraph(_none_considered(licence))


def _none_considered(licence: LicencePart) -> str:
    """Why no exception is told: none is needed, or it is not known whose they would be."""
    if not any(rule["decision"] == LICENCE for rule in licence["rules"]):
        return "None was to be considered: no rule read here asks a licence."
    return (
        "None was considered: the rules name none, and those of an entry of the control list are "
        "told where its number is asked about."
    )


def _state(row: ExceptionRow) -> str:
    """Whether an exception serves; of one that may, whether its conditions were read."""
    unread = row["available"] is None and row.get("holds") == "unread"
    return UNREAD if unread else AVAILABLE[row["available"]]


def _asks(row: ExceptionRow) -> Iterable[str]:
    """The conditions of an exception; an older answer has none."""
    return tuple(row.get("conditions", ()))


def _flags(licence: LicencePart) -> Iterable[Block]:
    flags = licence.get("red_flags")
    if flags:
        yield MemoHeading("Red flags", 3)
        rows = tuple(
            (each["text"], each["state"], each["why"])
            for each in sorted(flags, key=lambda each: each["state"] != "seen")
        )
        yield MemoTable(
            f"Matched to what was stated, in our words ({flags[0]['citation']})",
            ("flag", "state", "by what"),
            rows,
        )


def _open(licence: LicencePart) -> Iterable[Block]:
    yield MemoHeading("What would change it", 3)
    rows = [
        (
            f"{each['by']}: {each['question']}",
            f"yes: {outcome(each['if_true'])}; no: {outcome(each['if_false'])}",
        )
        for each in licence["open_questions"]
    ]
    rows += [
        (f"To be known: {NEEDS.get(need, need.replace('_', ' '))}", "") for need in licence["needs"]
    ]
    rows += [(each, "") for each in missing(licence["coverage"])]
    yield Points(tuple(rows)) if rows else MemoParagraph("Nothing that was found.")


def _again(licence: LicencePart) -> Iterable[Block]:
    yield MemoHeading("When to look again", 3)
    rows = [
        (f"On {long_day(each['on'])}: {outcome(each)}", each["what"])
        for each in licence["changes_ahead"]
    ]
    through = licence["register"]["reviewed_through"]
    if through:
        leave = "the release" if licence.get("transfer") == DEEMED else "the goods leave"
        rows.append((f"Before {leave}: the controls were read to {long_day(through)}", ""))
    rows.append(("Whenever a party, an owner, a use, a route or a parameter changes", ""))
    yield Points(tuple(rows))
