"""The truce and the claims, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.show_register import described_state, state_words
from detente.cli.wrapped import wrapped

if TYPE_CHECKING:
    from detente.answers.claims import ClaimsCited
    from detente.answers.truce import HeardStanding, Part, Truce


def show_truce(answer: Truce) -> str:
    """One instrument after another: what, where it stands, what returns and when."""
    known = f", as known on {answer['known_on']}" if answer["known_on"] else ""
    titles = "; ".join(each["title"] for each in answer["agreements"])
    if not answer["instruments"]:
        return f"On {answer['on']}{known}: no agreement with instruments is in the register."
    parts = [f"On {answer['on']}{known}: {titles}"]
    if answer["reading"] != "law":
        parts.append(wrapped("Reading: as announced, which is not the law as read.", "  ", "! "))
    parts.append("\n".join(wrapped(line, "  ", "! ") for line in answer["summary"]))
    for number, row in enumerate(answer["instruments"], 1):
        rows = [wrapped(f"{number}. {row['by']}  {row['what']}", "")]
        rows.extend(_lines(row, "     "))
        for part in row["also"]:
            rows.append(wrapped(f"with it: {part['what']}", "     "))
            rows.extend(_lines(part, "       "))
        parts.append("\n".join(rows))
    for claim in answer["claims"]:
        stated = f"Said, and not counted on: {claim['text']} ({claim['speaker']}, {claim['on']})."
        parts.append(wrapped(f"{stated} {claim['note']}".strip(), ""))
    parts.append("\n".join(wrapped(note, "") for note in answer["notes"]))
    return "\n\n".join(part for part in parts if part)


def _lines(row: Part, indent: str) -> list[str]:
    """Where an instrument stands, and what lies ahead of it."""
    name = f"{row['measure']}/{row['limb']}"
    words = [state_words(row["state"])]
    if row["value"]:
        words.insert(0, row["value"])
    if row["void"]:
        words.append("held never owed")
    lines = [wrapped(f"{name}: {described_state(row, ', '.join(words))}", indent)]
    if row["suspended_from"]:
        until = f" until {row['suspended_until']}" if row["suspended_until"] else ", without an end"
        doubt = "; whether the last day is covered is not clear" if row["boundary"] else ""
        lines.append(wrapped(f"{row['verb']} from {row['suspended_from']}{until}{doubt}", indent))
    if row["returns_on"]:
        turn = "returned on" if row["returned"] and row["confirmed"] else "returns on"
        if row["returned"] and not row["confirmed"]:
            turn = "by its own text to return on"
        left = "" if row["returned"] else f" ({row['days_left']} days left)"
        lines.append(wrapped(f"{turn} {row['returns_on']}{left}: {row['what_returns']}", indent))
    if row["announced"]:
        lines.append(wrapped(_announced(row["announced"]), indent, "! "))
    return lines


def _announced(heard: HeardStanding) -> str:
    """Where an instrument stands by what was announced, in a line; who said it stands above."""
    shown = [heard["value"]] if heard["value"] else []
    shown.append(state_words(heard["state"]))
    words = f"by what was announced: {', '.join(shown)}"
    if heard["suspended_until"]:
        words += f" until {heard['suspended_until']}"
    if heard["days_left"] is not None:
        words += f" ({heard['days_left']} days left)"
    return words


def show_claims(answer: ClaimsCited) -> str:
    """Claims with their speaker, and the engine's answer where it has one."""
    parts = []
    for claim in answer["claims"]:
        who = ", ".join(filter(None, (claim["speaker"], claim["role"])))
        rows = [wrapped(f"{claim['on']}  {who}: {claim['text']}", "")]
        where = [f"“{claim['words']}”"] if claim["words"] else []
        where += [claim["outlet"]] if claim["outlet"] else []
        where += [f"attested {claim['attested']}"] if claim["attested"] else []
        if where:
            rows.append(wrapped("; ".join(where), "            "))
        rows.append(wrapped(f"[{'; '.join(claim['sources'])}]", "            "))
        if claim["note"]:
            rows.append(wrapped(claim["note"], "            "))
        if claim["test"]:
            rows.append(wrapped(f"{claim['test']}", "            "))
            rows.append(wrapped(f"-> {claim['answer']}", "            "))
        else:
            rows.append(wrapped(f"-> not tested: {claim['untested']}", "            "))
        parts.append("\n".join(rows))
    return "\n\n".join(parts) or "No claim in the register was made on these days."
