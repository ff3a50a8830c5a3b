"""What a licence answer means for the goods: what stops them, what to ask for, what comes."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.controls.model import LISTING_DAY
from detente.core.figures import long_day, without_stop
from detente.licence.transfer import DEEMED
from detente.licence.words import missing, review
from detente.transaction.verdict_lines import (
    CANDIDATES,
    DENIED,
    LICENCE,
    NOT_COVERED,
    PROHIBITED,
    VerdictLines,
    line,
    outcome,
    spaced,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.answers.assess import LicencePart, VerdictLine
    from detente.answers.licence import LicenceOpenQuestion, LicenceRule
    from detente.answers.shared import ImportMeasure

UNASKED = {
    "item": "Which of these are the goods?",
    LISTING_DAY: "Was the party listed on that day?",
}
"""Questions of what is needed beside entry facts."""

LATER = 12
"""At most so many changes ahead are watched."""


def read_licence(
    lines: VerdictLines,
    licence: LicencePart,
    asks: Mapping[str, str],
    touches: Sequence[ImportMeasure],
) -> None:
    """The decision, what would settle it, what is open, what was said, and what comes.

    Args:
        lines: where the lines go.
        licence: the licence answer.
        asks: the question of each entry fact of the register.
        touches: what else may touch goods of the code that come in.
    """
    decision, policy = licence["decision"], licence["policy"]
    rules = [rule for rule in licence["rules"] if not rule["stands_back_for"]]
    deciding = [rule for rule in rules if rule["decision"] == decision]
    if decision == PROHIBITED:
        lines.stop.append(_rule_line("Prohibited", deciding, "Do not send the goods."))
    elif decision == LICENCE and policy in DENIED:
        what = f"A licence is needed and not to be counted on ({review(policy)})"
        lines.stop.append(_rule_line(what, deciding, _exceptions(licence)))
    elif decision == LICENCE:
        how = f" ({review(policy)})" if policy else ""
        before = "the release" if licence["transfer"] == DEEMED else "the goods leave"
        do = f"Have it before {before}. {_exceptions(licence)}".strip()
        lines.resolve.append(_rule_line(f"A licence is needed{how}", deciding, do))
    elif decision == CANDIDATES and licence["candidates"]:
        lines.resolve.append(_candidates(licence, rules, asks))
    elif decision in (CANDIDATES, NOT_COVERED):
        lines.resolve.append(_uncovered(licence, rules))
    fired = {rule["measure"] for rule in licence["rules"]}
    beside = [each for each in touches if each["measure"] not in fired]
    # What a record alone asks is told with the record.
    asked = {(each["by"], *each["asks"]) for each in beside}
    open_ = [
        each for each in licence["open_questions"] if (each["by"], each["question"]) not in asked
    ]
    _read_questions(lines, open_)
    lines.resolve.extend(_touch_line(each) for each in beside)
    for claim in licence["claims"]:
        what = f"Said by {claim['speaker']}, not a rule: {claim['text']}."
        lines.watch.append(line("licence", what, "", [claim["source"]]))
    for change in licence["changes_ahead"][:LATER]:
        now = outcome(change) + ("" if change["confirmed"] else ", not confirmed")
        what = f"On {long_day(change['on'])} the licence answer is: {now}. {change['what']}."
        lines.watch.append(line("licence", what, on=change["on"]))


def _read_questions(lines: VerdictLines, questions: list[LicenceOpenQuestion]) -> None:
    """What is open: each fact by itself, and together what is open about parties alone."""
    about_parties: dict[tuple[str, str], list[LicenceOpenQuestion]] = {}
    for each in questions:
        if each["kind"] == "party":
            about_parties.setdefault((each["by"], outcome(each["if_false"])), []).append(each)
            continue
        do = f"If so: {outcome(each['if_true'])}; otherwise: {outcome(each['if_false'])}."
        lines.resolve.append(line("licence", f"{each['by']}: {each['question']}", do))
    for (by, otherwise), rows in about_parties.items():
        joined = " ".join(each["question"] for each in rows)
        so = " or ".join(dict.fromkeys(outcome(each["if_true"]) for each in rows))
        do = f"Name the parties and their owners. If so: {so}; otherwise: {otherwise}."
        lines.resolve.append(line("licence", f"{by}: {joined}", do))


def _touch_line(each: ImportMeasure) -> VerdictLine:
    """A record that may touch the goods: of which it speaks, what it asks, and what follows."""
    speaks = "of this code: " if each["code"] else ""
    of = f" ({speaks}{each['note']})" if each["note"] else ""
    later = each["from"] if each["state"] != "in_force" else None
    days = f", from {long_day(later[:10])} on" if later else ""
    decided = each["decision"] or "see the record"
    do = f"{' '.join(each['asks'])} If so: {decided}{days}.".strip()
    return line("licence", f"{each['by']}: {each['title']}{of}.", do, [each["citation"]])


def _rule_line(what: str, rules: list[LicenceRule], do: str) -> VerdictLine:
    described = "; ".join(dict.fromkeys(f"{rule['title']} ({rule['citation']})" for rule in rules))
    sources = [source for rule in rules for source in rule["sources"]]
    return line("licence", f"{what}: {described}." if described else f"{what}.", do, sources)


def _uncovered(licence: LicencePart, rules: list[LicenceRule]) -> VerdictLine:
    """What keeps the answer from being settled, beside the goods themselves."""
    sources = [source for rule in rules for source in rule["sources"]]
    unread = "; ".join(missing(licence["coverage"]))
    do = f"{without_stop(unread)}. Settle it before the goods leave." if unread else ""
    return line("licence", f"{licence['headline']}.", do, sources)


def _candidates(
    licence: LicencePart, rules: list[LicenceRule], asks: Mapping[str, str]
) -> VerdictLine:
    named = {each["item"] or each["title"]: outcome(each) for each in licence["candidates"]}
    described = "; ".join(f"{name}: {outcome}" for name, outcome in named.items())
    needs = " ".join(asks.get(each) or UNASKED.get(each, spaced(each)) for each in licence["needs"])
    what = f"Whether a licence is needed depends on what the goods are: {described}."
    sources = [source for rule in rules for source in rule["sources"]]
    return line("licence", what, f"To establish: {needs}" if needs else "", sources)


def _exceptions(licence: LicencePart) -> str:
    """Exceptions that may free the goods, by name and place."""
    named = [
        f"{each['title']} ({each['citation']})"
        for each in licence["exceptions"]
        if each["holds"] in ("yes", "possibly")
    ]
    return f"What may free it: {'; '.join(named)}." if named else ""
