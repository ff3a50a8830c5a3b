"""An assessment for a person to read: the verdict first, then what it rests on."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.coverage import LISTS
from detente.core.figures import dotted, long_day
from detente.licence.words import missing

if TYPE_CHECKING:
    from detente.answers.assess import (
        AssessedParty,
        AssessmentAnswer,
        LicencePart,
        ShipmentRow,
        VerdictLine,
    )

ADVICE = "not legal advice"
"""What every part may say, and the whole says once, at its end."""

STOPS = "Stops the goods"
"""Title of the lines that are told even where there is none."""


def show(answer: AssessmentAnswer, reasons: bool = False) -> str:
    """The assessment as text.

    Args:
        answer: an assessment under the keys of the interface.
        reasons: also the working of the duty, the licence and the parties.
    """
    verdict = answer["verdict"]
    parts = [_head(answer["question"])]
    if answer["announced"]:
        parts.append(wrapped(answer["announced"]["text"], "  ", "! "))
    parts += [_lines(STOPS, verdict["stop"]), _lines("To resolve first", verdict["resolve"])]
    parts.append(f"Pay\n{wrapped(verdict['pay'], '  ')}")
    parts.append(_licence(answer["licence"]))
    parts.append("\n".join(filter(None, [_parties(answer["parties"]), _screened(answer)])))
    parts.append(_lines("To watch", verdict["watch"]))
    if reasons:
        parts += _working(answer)
    elif answer["duty"]["applies"]:
        parts.append(f"File as: {', '.join(answer['duty']['filing'])}")
    parts.append(_notes(answer))
    return "\n\n".join(part for part in parts if part)


def _head(question: ShipmentRow) -> str:
    code = question["code"] or ""
    what = [dotted(code) if code.isdigit() else code] if code else []
    what += [f"item {question['item']}"] if question["item"] else []
    day = question["on"]
    when = long_day(day) if len(day) == len("2025-11-10") else day
    way = f"from {question['from']} to {question['destination']}"
    made = f", made in {question['origin']}" if question["origin"] != question["from"] else ""
    known = f", as known on {long_day(question['known_on'])}" if question["known_on"] else ""
    return f"{', '.join(what)} {way}{made}, {when}{known}"


def _lines(title: str, lines: list[VerdictLine]) -> str:
    if not lines:
        return "" if title != STOPS else f"{title}\n  nothing that was found"
    rows = [title]
    for line in lines:
        rows.append(wrapped(line["what"], "  ", "- "))
        if line["do"]:
            rows.append(wrapped(line["do"], "    "))
        if line["sources"]:
            rows.append(wrapped(f"[{'; '.join(line['sources'])}]", "    "))
    return "\n".join(rows)


def _licence(licence: LicencePart) -> str:
    rows = [wrapped(licence["headline"], "", "Licence: ")]
    for rule in licence["rules"]:
        rows.append(wrapped(f"{rule['measure']}, {rule['limb']}: {rule['why']}", "  ", "- "))
    rows += [wrapped(each, "  ", "- ") for each in missing(licence["coverage"])]
    return "\n".join(rows)


def _parties(parties: list[AssessedParty]) -> str:
    rows = []
    for party in parties:
        place = f", {party['country']}" if party["country"] else ""
        role = party["role"].replace("_", " ")
        status = party["status"].replace("_", " ")
        rows.append(f"  {party['name']} ({role}{place}): {status}")
        # An answer that was recorded by an earlier version has none.
        for why, told in groupby(party.get("related", ()), itemgetter("why")):
            names = "; ".join(f"{each['entry']} ({each['list']})" for each in told)
            rows.append(wrapped(f"{why}: {names}", "      ", "    related  "))
    return "\n".join(["Parties", *rows]) if rows else ""


def _screened(answer: AssessmentAnswer) -> str:
    """The lists that parties were screened against, with their days."""
    if not answer["parties"]:
        return ""
    lists = [
        f"{row['what'].removeprefix(LISTS)} {row['through'] or 'not held'}"
        + (f" ({row['state']})" if row["through"] else "")
        for row in answer["coverage"]
        if row["what"].startswith(LISTS)
    ]
    return wrapped(f"Screened against {', '.join(lists)}.", "  ")


def _working(answer: AssessmentAnswer) -> list[str]:
    """The duty and the licence with their reasons, and every hit."""
    parts = []
    if answer["duty"]["applies"]:
        from detente.cli.duties.show_duty import show as show_duty

        parts.append(show_duty(answer["duty"], reasons=True))
    for party in answer["parties"]:
        rows = [f"Names like {party['name']}"]
        for hit in party["hits"]:
            text = f"{hit['score']}  {hit['list']}  {hit['entry']}: {'; '.join(hit['why'])}"
            rows.append(wrapped(f"{text} [{hit['standing'].replace('_', ' ')}]", "  ", "- "))
        for rule in party["owners"]:
            paths = "; ".join(" > ".join(path) for path in rule["paths"])
            text = f"{rule['title']}: {rule['result'].replace('_', ' ')}" + (
                f" ({paths})" if paths else ""
            )
            rows.append(wrapped(f"{text} [{rule['state'].replace('_', ' ')}]", "  ", "- "))
        if len(rows) > 1:
            parts.append("\n".join(rows))
    return parts


def _notes(answer: AssessmentAnswer) -> str:
    block = answer["register"]
    described = list(answer["notes"])
    described += answer["duty"]["notes"] if answer["duty"]["applies"] else []
    described += answer["licence"]["notes"]
    through = block["reviewed_through"]
    read = f", read through {long_day(through)}" if through else ""
    described.append(f"Register {block['sha256'][:16]}{read}; answer {answer['sha256'][:16]}.")
    left = [note for note in dict.fromkeys(described) if ADVICE not in note]
    left.append(f"A planning aid, {ADVICE}.")
    rows = [wrapped(note, "  ", "! " if i == 0 else "  ") for i, note in enumerate(left)]
    return "\n".join(rows)
