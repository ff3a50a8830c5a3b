"""An audit as a page to send: Markdown with totals, reasons, headings, entries and caveats."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.core.figures import counted, long_day
from detente.core.tables.printing import markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.answers.audit import AuditAnswer, AuditedEntry

WORDS = {"over": "Overpaid", "under": "Underpaid", "unresolved": "Not resolved"}


def summary(answer: AuditAnswer, name: str) -> str:
    """The page.

    Args:
        answer: as ``audit_report.audit`` gives it.
        name: of the table that was audited.
    """
    totals, register = answer["totals"], answer["register"]
    parts = [
        f"# Duties declared and owed: {name}",
        _opening(answer),
        markdown(
            ("", "dollars"),
            [
                ("Declared", totals["declared"]),
                ("Owed (assessed on the entry day)", totals["owed"]),
                ("Overpaid", totals["over"]),
                ("Underpaid", totals["under"]),
                ("Rounding", totals["rounding"]),
                ("Refundable (assessed and void since)", totals["refundable"]),
            ],
        ),
        answer["basis"],
    ]
    if totals["by_reason"]:
        reasons = [
            (each["title"], each["entries"], each["over"], each["under"])
            for each in totals["by_reason"]
        ]
        parts += ["## By reason", markdown(("reason", "entries", "over", "under"), reasons)]
    if totals["by_heading"]:
        keys = ("heading", "entries", "declared", "owed", "difference")
        rows = [
            (
                each["heading"],
                each["entries"],
                each["declared"],
                each["owed"],
                each["difference"],
            )
            for each in totals["by_heading"]
        ]
        parts += ["## By heading", markdown(keys, rows)]
    for status, title in WORDS.items():
        parts += _entries(title, [each for each in answer["rows"] if each["status"] == status])
    misfiled = [each for each in answer["rows"] if each["status"] == "agrees" and each["why"]]
    # A cent of rounding alone is no wrong heading.
    misfiled = [each for each in misfiled if each["reasons"] != ["rounding"]]
    parts += _entries("Amount right, headings not", misfiled)
    parts += _claims(answer["rows"])
    parts += ["## Caveats", *_caveats(answer), f"Register SHA-256: `{register['sha256']}`"]
    return "\n\n".join(parts) + "\n"


def _opening(answer: AuditAnswer) -> str:
    totals, register = answer["totals"], answer["register"]
    counts = totals["rows"]
    words = ", ".join(f"{number} {status}" for status, number in counts.items())
    through = register["reviewed_through"]
    read = f", read through {long_day(through)}" if through else ""
    known = answer["known_on"]
    as_known = f" As known on {long_day(known)}." if known else ""
    return (
        f"{counted(totals['entries'], 'entry', 'entries')}: {words}. "
        f"Détente {register['version']}{read}.{as_known} "
        f"Entries whose amount is right and whose headings are not: "
        f"{totals['agrees_but_headings']}."
    )


def _entries(title: str, rows: Sequence[AuditedEntry]) -> list[str]:
    if not rows:
        return []
    cells = [
        (
            each["id"],
            each["code"],
            each["origin"],
            each["on"],
            each["declared"],
            each["owed"],
            each["difference"],
            each["refundable"],
            each["why"],
        )
        for each in rows
    ]
    head = ("entry", "code", "origin", "day", "declared", "owed", "difference", "refundable", "why")
    return [f"## {title}", markdown(head, cells)]


def _claims(rows: Sequence[AuditedEntry]) -> list[str]:
    """The text of each claim for void duty, with the days that run from the entry."""
    claims = [(each, claim) for each in rows if (claim := each["refund"])]
    if not claims:
        return []
    parts = [
        "## Void duty to claim",
        "Days run from the entry as declared; an extension or suspension of liquidation moves "
        "them, and the notice of the entry itself counts.",
    ]
    for row, claim in claims:
        days = [
            f"- {each['on']}: {each['title']} ({each['runs']}; {each['source']}, {each['grade']})"
            for each in row["deadlines"]
        ]
        parts += [claim["text"], "\n".join(days)]
    return parts


def _caveats(answer: AuditAnswer) -> list[str]:
    totals = answer["totals"]
    lines = [
        "- A comparison with the register, and not legal advice; facts that were not stated have "
        "their defaults.",
        *(f"- {note}" for note in (*answer["warnings"], *answer["notes"])),
    ]
    if number := totals["refundable_not_known"]:
        lines.append(
            f"- For {number} {'entry' if number == 1 else 'entries'} nothing is counted as "
            "refundable: a total below what was owed does not tell which duties were paid, "
            "and rates without a value have no amount."
        )
    if totals["rows"]["unresolved"]:
        lines.append(
            f"- Declared amounts of {totals['unresolved_declared']} stand on entries that are not "
            "resolved, outside every sum above."
        )
    return ["\n".join(lines)]
