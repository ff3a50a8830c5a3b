"""A licence answer for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.show_touching import touching
from detente.cli.wrapped import readings, wrapped
from detente.core.figures import dotted, long_day
from detente.licence.words import missing, outcome
from detente.register.confirmed import unconfirmed_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from detente.answers.licence import Licence, LicenceCandidate

MANY = 8
"""Things that the goods may be, from which on they are told in groups."""


def show(answer: Licence, reasons: bool = False) -> str:
    """The answer as text: decision, rules, what it may be, what is open and ahead.

    Args:
        answer: an answer under the keys of the interface.
        reasons: also the days and conditions of each rule, and every provision that nearly fired.
    """
    parts = [
        _head(answer),
        readings(answer),
        _rules(answer, reasons),
        _candidates(answer),
        _exceptions(answer),
        _nearly(answer, reasons),
        _questions(answer),
        touching(answer["touches"]),
        _parties(answer),
        _claims(answer),
        _ahead(answer),
        "\n".join(
            wrapped(note, "  ", "! " if i == 0 else "  ") for i, note in enumerate(answer["notes"])
        ),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(answer: Licence) -> str:
    question = answer["question"]
    what = question["item"] or dotted(question["code"] or "")
    day = question["on"]
    words = f"{what} from {question['from']} to {question['to']}"
    if answer["transfer"] == "deemed":
        words = f"{what} released in {question['from']} to a person of {question['to']}"
    if question["made_in"] and question["made_in"] != question["from"]:
        words += f", made in {question['made_in']}"
    if question["end_user"]:
        words += f", for {question['end_user']}"
    words += f", {long_day(day) if len(day) == 10 else day}"
    if question["known_on"]:
        words += f", as known on {long_day(question['known_on'])}"
    rows = [words, "", wrapped(answer["headline"], "  ")]
    rows += [wrapped(each, "  ", "  ") for each in _classified(answer)]
    if answer["needs"]:
        named = zip(answer["needs"], answer["needs_in_words"], strict=True)
        shown = (words if words == need else f"{words} ({need})" for need, words in named)
        rows.append(wrapped(f"would settle it: {', '.join(shown)}", "  "))
    rows += [wrapped(each, "  ", "  ") for each in missing(answer["coverage"])]
    return "\n".join(rows)


def _classified(answer: Licence) -> Iterator[str]:
    """The reasons for control with the marks of the chart, and what is not subject to a law."""
    if answer["reasons"]:
        marked = "; ".join(
            f"{to}: {', '.join(columns) or 'no column'}" for to, columns in answer["chart"].items()
        )
        yield f"reasons for control {', '.join(answer['reasons'])}; marked for {marked}"
    for row in answer["subject"]:
        if row["subject"] is False:
            yield f"{row['by']}: {row['why'].partition(':')[0]}"


def _rules(answer: Licence, reasons: bool) -> str:
    rows = []
    for rule in answer["rules"]:
        decided = outcome(rule)
        if rule["stands_back_for"]:
            decided += f"; stands back for {rule['stands_back_for']}"
        if not rule["always"]:
            decided += "; for some of what the goods may be"
        rows.append(wrapped(f"{rule['title']} [{rule['citation']}]", "  ", f"{rule['by']} "))
        rows.append(f"     {decided}")
        if rule["review"]:
            where = f"reviewed by {rule['reviewed_by']}: " if rule["reviewed_by"] else ""
            rows.append(wrapped(f"{where}{rule['review']}", "     "))
        rows.append(wrapped(rule["why"], "     "))
        if not rule["confirmed"]:
            rows.append(wrapped(unconfirmed_words(rule["confirmed_through"]), "     "))
        if rule["conditions"]:
            rows.append(wrapped(f"to be shown: {'; '.join(rule['conditions'])}", "     "))
        if reasons:
            rows.append(f"     {rule['measure']}/{rule['limb']}, read: {rule['grade']}")
            rows += _sentences(answer, rule["citation"])
    return "\n".join(["Rules that apply:", *rows]) if rows else ""


def _sentences(answer: Licence, citation: str) -> Iterator[str]:
    """What the text of a rule says, with its address."""
    for each in answer["quoted"]:
        if each["citation"] == citation:
            yield wrapped(f"“{each['sentence']}” {each['url'] or ''}".rstrip(), "     ", "     ")


def _candidates(answer: Licence) -> str:
    if not answer["candidates"]:
        return ""
    rows = ["It may be:"]
    if len(answer["candidates"]) > MANY:
        return "\n".join([*rows, *_grouped(answer["candidates"])])
    for each in answer["candidates"]:
        name = f"{each['item']}: {each['title']}" if each["item"] else each["title"]
        tell = [need for need in each["needs"] if need not in answer["needs"]]
        needs = f" (tell: {', '.join(tell)})" if tell else ""
        rows.append(wrapped(f"{name} -> {outcome(each)}{needs}", "  ", f"{each['by']} "))
    return "\n".join(rows)


def _grouped(candidates: list[LicenceCandidate]) -> list[str]:
    """Many things that the goods may be, by what is decided of them."""
    groups: dict[tuple[str, str], list[str]] = {}
    for each in candidates:
        key = each["by"], outcome(each)
        groups.setdefault(key, []).append(each["item"] or each["title"])
    return [
        wrapped(f"{decided}: {', '.join(names)}", "  ", f"{by} ")
        for (by, decided), names in groups.items()
    ]


def _exceptions(answer: Licence) -> str:
    if not answer["exceptions"]:
        return ""
    rows = ["Exceptions and general licences:"]
    for each in answer["exceptions"]:
        if each["holds"] not in ("yes", "possibly"):
            continue
        citation = f" [{each['citation']}]" if each["citation"] else ""
        rows.append(wrapped(f"{each['title']}{citation}: {each['why']}", "  ", "- "))
        if each["conditions"]:
            rows.append(wrapped(f"to be shown: {'; '.join(each['conditions'])}", "    "))
    for holds, words in (("no", "not available"), ("unread", "conditions not read")):
        codes = [each["code"] for each in answer["exceptions"] if each["holds"] == holds]
        if codes:
            rows.append(wrapped(f"{words}: {', '.join(codes)}", "  ", "- "))
    return "\n".join(rows)


def _nearly(answer: Licence, reasons: bool) -> str:
    near = answer["nearly"]
    if not near:
        return ""
    shown = near if reasons else [each for each in near if each["failed"] == "state"]
    rows = [
        wrapped(f"{each['title']} [{each['citation']}]: {each['why']}", "  ", f"{each['by']} ")
        for each in shown
    ]
    if len(shown) < len(near):
        rows.append(f"  {len(near) - len(shown)} more with --why")
    return "\n".join(["Nearly:", *rows])


def _questions(answer: Licence) -> str:
    if not answer["open_questions"]:
        return ""
    rows = ["Open questions:"]
    for each in answer["open_questions"]:
        rows.append(wrapped(each["question"], "  ", f"{each['by']} "))
        described = f"yes: {outcome(each['if_true'])}; no: {outcome(each['if_false'])}"
        rows.append(wrapped(described, "     "))
    return "\n".join(rows)


def _parties(answer: Licence) -> str:
    rows: list[str] = []
    for each in answer["parties"]:
        how = "decided on" if each["decided_on"] else "an open question"
        found = f"{each['name']} as {each['entry']} ({each['list']}, {each['score']}): {how}"
        rows.append(wrapped(found, "  ", "- "))
        entry = [text for text in (each["requirement"], each["policy_text"]) if text]
        if each["decided_on"] and entry:
            rows.append(wrapped(f"the entry: {'; review: '.join(entry)}", "    "))
    return "\n".join(["Parties found:", *rows]) if rows else ""


def _claims(answer: Licence) -> str:
    rows = [
        wrapped(
            f"{each['speaker']}, {long_day(each['on'])}: {each['text']}. {each['note']}", "  ", "- "
        )
        for each in answer["claims"]
    ]
    return "\n".join(["Claims, which decide nothing:", *rows]) if rows else ""


def _ahead(answer: Licence) -> str:
    if not answer["changes_ahead"]:
        return ""
    rows = ["What changes next for these goods:"]
    for each in answer["changes_ahead"]:
        described = f"{outcome(each)}: {each['what']}"
        if not each["confirmed"]:
            described += f" ({unconfirmed_words(each['confirmed_through'])})"
        if each["by_other_reading"]:
            other = "what was announced" if answer["reading"] == "law" else "the law as read"
            described += f"; by {other} {outcome(each['by_other_reading'])}"
        rows.append(wrapped(described, "  ", f"{each['on']}  "))
    return "\n".join(rows)
