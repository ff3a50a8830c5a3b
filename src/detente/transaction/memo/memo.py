"""The dated record of an assessment as a document: inputs, verdict, working, sources, hashes.

A memo carries its own SHA-256: over its text, line ends as line feeds, with sixty-four zeros where
the hash stands. It also carries the question and the hash of the answer, so that ``verify`` can
find the answer in the ledger, or ask the same again, and write the memo anew: whoever changes a
figure and makes the memo's hash anew is found by that. A memo that is recorded as it is written
bears the instant of the entry, so that the ledger vouches for its day too.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256

from detente._shapes import TYPE_CHECKING
from detente.core.coverage import LISTS
from detente.core.figures import dollars, dotted, long_day, percent
from detente.store.ledger import canonical
from detente.store.whole import write_whole
from detente.transaction.memo.attested import attest, with_attested
from detente.transaction.memo.blocks import (
    BLANK,
    Links,
    Memo,
    MemoHeading,
    MemoParagraph,
    MemoTable,
    Points,
    Preformatted,
)
from detente.transaction.memo.controls import control_record
from detente.transaction.shipment import KEYS
from detente.transaction.verdict_lines import outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any, TypeGuard

    from detente.answers.assess import (
        AssessedBy,
        AssessedParty,
        AssessmentAnswer,
        DutyPart,
        LicencePart,
        OwnerRow,
        OwnershipRule,
        ShipmentRow,
        Verdict,
        VerdictLine,
    )
    from detente.answers.duty import Layer
    from detente.answers.licence import LicenceRule, NearRule
    from detente.answers.shared import Coverage, NamedSource
    from detente.store.ledger import LedgerEntry
    from detente.store.signing import SigningKey
    from detente.transaction.memo.blocks import Block

FORMS = {".md": "markdown", ".html": "html"}
"""Form of a memo by the end of the file's name."""

TITLE = "Assessment"
"""What the title of a memo begins with."""

HELD = ("what", "held", "from", "through", "state")
"""Head of a table of what an answer rests on."""

AGAIN = "To ask again"
"""Heading over the question and the hashes as JSON."""

ADVICE = "A planning aid, not legal advice. The authorities of each country decide."


def form_of(path: str) -> str:
    """The form that a memo's name asks for.

    Raises:
        ValueError: it ends in neither .md nor .html.
    """
    end = os.path.splitext(path)[1].lower()
    if end not in FORMS:
        raise ValueError(f"{path}: a memo ends in {' or '.join(FORMS)}")
    return FORMS[end]


def write_memo(
    path: str,
    answer: Mapping[str, Any],
    written: str,
    entry: LedgerEntry | None = None,
    key: SigningKey | None = None,
) -> str:
    """Write a memo beside its place and rename it; returns its hash.

    Args:
        path: .md or .html.
        answer: an assessment.
        written: the instant of writing, ISO.
        entry: the entry of the ledger that the answer was recorded as.
        key: what signs it.

    Raises:
        ValueError: the name of the file, or its folder, will not do.
    """
    whole, seal = memo_text(answer, written, form_of(path), entry, key)
    try:
        write_whole(path, whole.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise ValueError(
            f"{path} cannot be written ({error.strerror}): check its folder"
        ) from error
    return seal


def memo_text(
    answer: Mapping[str, Any],
    written: str,
    form: str,
    entry: LedgerEntry | None = None,
    key: SigningKey | None = None,
) -> tuple[str, str]:
    """The text of a memo with its hash in its place, and the hash; see ``write_memo``.

    Args:
        answer: an assessment.
        written: the instant of writing, ISO.
        form: ``md`` or ``html``.
        entry: the entry of the ledger that the answer was recorded as.
        key: what signs it.
    """
    text = render(memo_of(answer, written), form)
    seal = seal_of(text)
    before, _, after = text.rpartition(BLANK)
    return with_attested(f"{before}{seal}{after}", attest(seal, entry, key), form), seal


def render(memo: Memo, form: str) -> str:
    """The text of a memo, with the blank in the place of its hash."""
    if form == "html":
        from detente.transaction.memo.html import as_html

        return as_html(memo)
    from detente.transaction.memo.markdown import as_markdown

    return as_markdown(memo)


def seal_of(text: str) -> str:
    """SHA-256 of a memo's text whose own hash is blank."""
    return sha256(text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")).hexdigest()


def memo_of(answer: Mapping[str, Any], written: str) -> Memo:
    """An assessment as a document: the same for an answer just given and for one out of the ledger.

    Args:
        answer: an assessment; its keys may stand in any order.
        written: the instant of writing, ISO.
    """
    plain: Any = json.loads(canonical(answer))
    read: AssessmentAnswer = plain
    question = read["question"]
    title = f"{_goods(question)} from {question['from']} to {question['destination']}"
    if question.get("deemed_to"):
        person = f"a citizen of {question['deemed_to']}"
        title = f"release of {question['item']} in {question['from']} to {person}"
    day = question["on"]
    blocks = (
        MemoParagraph(
            f"Assessed for {long_day(day) if len(day) == 10 else day}, "
            f"written {written[:19].replace('T', ' ')} UTC."
        ),
        *([MemoParagraph(heard["text"])] if (heard := read.get("announced")) else []),
        *_verdict(read["verdict"]),
        *_inputs(question, read.get("reading")),
        *_duty(read["duty"]),
        *_licence(read["licence"]),
        *(control_record(plain["licence"], plain["question"]) if _named(question) else ()),
        *_parties(read["parties"], read["coverage"]),
        *_notes(read),
        *_links(read["sources"]),
        *_coverage(read),
        *_register(read["register"]),
        MemoHeading(AGAIN),
        MemoParagraph(
            "The command detente verify reads this, asks the same again and compares the answers."
        ),
        Preformatted(_again(read, written)),
        MemoParagraph(ADVICE),
    )
    return Memo(f"{TITLE}: {title}", blocks)


def _named(question: ShipmentRow) -> bool:
    """Whether the goods are named by an item or a code."""
    return bool(question["item"] or question["code"])


def _goods(question: ShipmentRow) -> str:
    code = question["code"]
    if code:
        return dotted(code) if code.isdigit() else str(code)
    return f"item {question['item']}"


def _verdict(verdict: Verdict) -> Iterable[Block]:
    yield MemoHeading("Verdict")
    yield MemoParagraph(f"Pay: {verdict['pay']}")
    for lines, title, none in (
        (verdict["stop"], "Stops the goods", "Nothing that was found."),
        (verdict["resolve"], "To resolve first", "Nothing that was found."),
        (verdict["watch"], "To watch", "No change ahead is known."),
    ):
        yield MemoHeading(title, 3)
        rows = tuple((line["what"], _small(line)) for line in lines)
        yield Points(rows) if rows else MemoParagraph(none)


def _small(line: VerdictLine) -> str:
    return " ".join([line["do"] or "", *(f"[{each}]" for each in line["sources"])]).strip()


def _inputs(question: ShipmentRow, reading: str | None) -> Iterable[Block]:
    yield MemoHeading("What was asked")
    values: Mapping[str, object] = question
    ordered = [
        *((key, values[key]) for key in KEYS if key in values),
        *((key, value) for key, value in values.items() if key not in KEYS),
    ]
    rows = [
        (key.replace("_", " "), value)
        for key, value in ordered
        if isinstance(value, str) and value and key != "stated_by"
    ]
    for key, named in (
        ("quantities", question["quantities"]),
        ("facts", question["facts"]),
        ("parameters", question["parameters"]),
        ("content", question["content"]),
    ):
        rows += [(f"{key}: {name}", str(value)) for name, value in named.items()]
    for party in question["parties"]:
        place = f", {party['country']}" if party["country"] else ""
        rows.append((party["role"].replace("_", " "), f"{party['name']}{place}"))
        rows += _owner_rows(party["name"], party["owners"])
    if reading:
        rows.append(("by the reading", reading))
    by = question.get("stated_by", "whoever asked")
    yield MemoParagraph(f"Stated by {by}; nothing of it was verified here.")
    yield MemoTable("The shipment", ("what", "as given"), tuple(rows))


def _owner_rows(owned: str, owners: Iterable[OwnerRow]) -> Iterable[tuple[str, str]]:
    for each in owners:
        source = f" ({each['source']})" if each["source"] else ""
        yield f"owner of {owned}", f"{each['name']}: {each['share']}{source}"
        yield from _owner_rows(each["name"], each["owners"])


def _duty(duty: DutyPart) -> Iterable[Block]:
    yield MemoHeading("Duty")
    if not duty["applies"]:
        yield MemoParagraph(duty["why"])
        return
    line = duty["line"]
    if line is not None:
        yield MemoParagraph(
            f"{line['code']}: {' › '.join((*line['path'], line['description']))} "
            f"(schedule {duty['edition']})."
        )
    rows = tuple(
        (
            layer["heading"] or ("column 1" if layer["family"] == "base" else "none"),
            layer["name"],
            layer["rate"],
            "" if layer["base"] is None else dollars(layer["base"]),
            "not known" if layer["amount"] is None else dollars(layer["amount"]),
            _days(layer),
            "refundable" if layer["refundable"] else "",
        )
        for layer in duty["layers"]
    )
    total = duty["total"]
    amount = "" if total["amount"] is None else dollars(total["amount"])
    rows += (("total", "", percent(total["ad_valorem"]), "", amount, "", ""),)
    head = ("heading", "duty", "rate", "on", "amount", "at this rate", "")
    yield MemoTable("Layers of duty", head, rows, (2, 3, 4))
    yield MemoParagraph(f"File as: {', '.join(duty['filing'])}.")
    yield MemoHeading("Why", 3)
    yield Points(
        tuple(
            (f"{layer['name']}: {layer['why']}", "; ".join(layer["sources"]))
            for layer in duty["layers"]
        )
    )
    if duty["not_applied"]:
        yield MemoHeading("Did not apply", 3)
        yield Points(
            tuple(
                (f"{row['measure']}, {row['limb']}: {row['why']}", row["heading"] or "")
                for row in duty["not_applied"]
            )
        )


def _days(layer: Layer) -> str:
    start, until = layer["from"], layer["until"]
    words = [f"from {start}" if start else "", f"until {until}, exclusive" if until else ""]
    return " ".join(word for word in words if word)


def _licence(licence: LicencePart) -> Iterable[Block]:
    yield MemoHeading("Licence")
    sides = ", ".join(f"{each['by']}: {outcome(each)}" for each in licence["regimes"])
    yield MemoParagraph(f"{licence['headline']}. By the controls of each side, {sides}.")
    parts: tuple[tuple[str, Sequence[LicenceRule | NearRule]], ...] = (
        ("Rules", licence["rules"]),
        ("Nearly", licence["nearly"]),
    )
    for title, rules in parts:
        rows = tuple(
            (
                f"{rule['title']} ({rule['measure']}, {rule['limb']}): {_decided(rule)}"
                + rule["why"]
                + (f". {rule['review']}" if rule.get("review") else ""),
                "; ".join(filter(None, (rule["citation"], rule.get("reviewed_by")))),
            )
            for rule in rules
        )
        if rows:
            yield MemoHeading(title, 3)
            yield Points(rows)
    claims = tuple(
        (f"{each['speaker']}: {each['text']}", str(each["source"])) for each in licence["claims"]
    )
    if claims:
        yield MemoHeading("What was said", 3)
        yield Points(claims)


def _decided(rule: LicenceRule | NearRule) -> str:
    """What a rule decides, by which review, and what it gives way to; empty for one that does not.

    A rule that nearly applies has no ``always``: what it would decide is not said of these goods.
    """
    if not _applies(rule):
        return ""
    words = [outcome(rule)]
    if rule.get("stands_back_for"):
        words.append(f"stands back for {rule['stands_back_for']}")
    if not rule["always"]:
        words.append("for some of what the goods may be")
    if rule.get("review_grade"):
        words.append(f"the review read as {rule['review_grade']}")
    return f"{'; '.join(words)}. "


def _applies(rule: LicenceRule | NearRule) -> TypeGuard[LicenceRule]:
    return "always" in rule


def _parties(parties: list[AssessedParty], coverage: list[Coverage]) -> Iterable[Block]:
    yield MemoHeading("Parties")
    if not parties:
        yield MemoParagraph("No party was named, so nobody was screened.")
        return
    rows = tuple(
        (each["name"], each["role"].replace("_", " "), each["country"] or "", each["status"])
        for each in parties
    )
    yield MemoTable("Screened by name", ("party", "role", "country", "status"), rows)
    yield MemoTable("Lists that names were screened against", HELD, _held(coverage, LISTS))
    for party in parties:
        hits = tuple(
            (
                f"{party['name']}: {hit['entry']} on the {hit['list_title']}, "
                f"score {hit['score']}, {hit['standing'].replace('_', ' ')}",
                "; ".join([*hit["why"], *([hit["citation"]] if hit["citation"] else [])]),
            )
            for hit in party["hits"]
        )
        if hits:
            yield Points(hits)
        beside = tuple(
            (
                f"{party['name']} is related to {each['entry']} ({each['list']}), and is no hit",
                "; ".join(filter(None, (each["why"], each["citation"]))),
            )
            for each in party["related"]
        )
        if beside:
            yield Points(beside)
        rules = tuple(
            (_rule(party["name"], rule), rule["citation"] or "") for rule in party["owners"]
        )
        if rules:
            yield Points(rules)


def _held(rows: list[Coverage], mark: str, inside: bool = True) -> tuple[tuple[str, ...], ...]:
    """Rows of coverage whose subject begins with a mark, without it; or else all others."""
    return tuple(
        (
            each["what"].removeprefix(mark),
            each["scope"],
            each["from"] or "",
            each["through"] or "",
            each["state"],
        )
        for each in rows
        if each["what"].startswith(mark) == inside
    )


def _rule(name: str, rule: OwnershipRule) -> str:
    ways = "; ".join(" > ".join(path) for path in rule["paths"])
    return (
        f"{name}, {rule['title']}: {rule['result'].replace('_', ' ')}"
        f"{f' through {ways}' if ways else ''} (the rule is {rule['state'].replace('_', ' ')})"
    )


def _notes(answer: AssessmentAnswer) -> Iterable[Block]:
    duty = answer["duty"]
    notes = [
        *answer["notes"],
        *(duty.get("notes", []) if duty["applies"] else []),
        *answer["licence"]["notes"],
    ]
    if notes:
        yield MemoHeading("Caveats")
        yield Points(tuple((note, "") for note in dict.fromkeys(notes)))


def _links(sources: list[NamedSource]) -> Iterable[Block]:
    if sources:
        yield MemoHeading("Sources")
        yield Links(
            tuple((each["citation"], each["title"] or "", each["url"] or "") for each in sources)
        )


def _coverage(answer: AssessmentAnswer) -> Iterable[Block]:
    """What the parts of the answer rest on besides the lists of parties."""
    if rows := _held(answer["coverage"], LISTS, inside=False):
        yield MemoHeading("What this rests on")
        yield MemoTable("What was read for it", HELD, rows)


def _register(block: AssessedBy) -> Iterable[Block]:
    yield MemoHeading("Register")
    rows = [("version", block["version"]), ("SHA-256", block["sha256"])]
    rows += [(f"read through, {area}", day) for area, day in block["areas"].items()]
    rows += [(f"list {name}, as of", day) for name, day in block["lists"].items()]
    rows += [("local records", str(block["local_records"]))]
    yield MemoTable("What answered", ("what", "which"), tuple(rows))


def _again(answer: AssessmentAnswer, written: str) -> str:
    """The question and the hashes, for a program."""
    described = {
        "question": answer["question"],
        "reading": answer.get("reading"),
        "answer_sha256": answer["sha256"],
        "register_sha256": answer["register"]["sha256"],
        "version": answer["register"]["version"],
        "pay": answer["verdict"]["pay"],
        "decision": answer["licence"]["decision"],
        "written": written,
    }
    return json.dumps(described, ensure_ascii=False, indent=1)
