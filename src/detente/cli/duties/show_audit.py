"""An audit for a person to read: totals, reasons, refunds, and the entries that differ."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.figures import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.answers.audit import AuditAnswer, AuditedEntry

CLAIMED = 5
"""At most this many claims are printed for a person."""

LISTED = 20
"""At most this many entries are printed for a person."""


def _refunds(rows: Sequence[AuditedEntry]) -> list[str]:
    """What to claim for void duty, with the days of the entry."""
    claims = [(row, row["refund"]) for row in rows if row["refund"]]
    lines = ["", "Void duty to claim:"] if claims else []
    for row, refund in claims[:CLAIMED]:
        lines.append(wrapped(refund["text"], "  ", "- "))
        days = "; ".join(
            f"{each['on']} {each['id'].replace('-', ' ')}" for each in row["deadlines"]
        )
        lines.append(wrapped(f"days: {days}", "    "))
    for each in claims[0][0]["deadlines"] if claims else ():
        words = (
            f"{each['id'].replace('-', ' ')}: {each['title']} ({each['source']}, {each['grade']})"
        )
        lines.append(wrapped(words, "  ", "* "))
    if len(claims) > CLAIMED:
        lines.append(f"  and {len(claims) - CLAIMED} more: write them with -o FILE.csv or FILE.md")
    return lines


def show(answer: AuditAnswer) -> str:
    """The audit for a person: totals, reasons, and the entries that differ."""
    totals = answer["totals"]
    counts = ", ".join(f"{number} {status}" for status, number in totals["rows"].items())
    lines = [f"{counted(totals['entries'], 'entry', 'entries')}: {counts}", ""]
    sums = (
        ("declared", totals["declared"]),
        ("owed", totals["owed"]),
        ("over", totals["over"]),
        ("under", totals["under"]),
        ("rounding", totals["rounding"]),
        ("refundable", totals["refundable"]),
    )
    lines.extend(f"  {name:<12}{amount:>16}" for name, amount in sums)
    if totals["rows"]["unresolved"]:
        left = f"Declared amounts of {totals['unresolved_declared']} stand on entries that are not"
        lines += ["", f"{left} resolved, outside every sum."]
    for warning in answer["warnings"]:
        lines += ["", f"Warning: {warning}."]
    if totals["by_reason"]:
        lines += ["", "By reason:"]
        lines.extend(
            f"  {each['title']}: {counted(each['entries'], 'entry', 'entries')}, "
            f"over {each['over']}, under {each['under']}"
            for each in totals["by_reason"]
        )
    differing = [row for row in answer["rows"] if row["why"] and row["reasons"] != ["rounding"]]
    if differing:
        lines += ["", "Entries:"]
    for row in differing[:LISTED]:
        by = ""
        if row["status"] in ("over", "under") and row["difference"]:
            by = f" by {row['difference'].removeprefix('-')}"
        lines.append(f"  {row['id']}  {row['status']}{by}: {row['why']}")
    if len(differing) > LISTED:
        lines.append(f"  and {len(differing) - LISTED} more: write them with -o FILE.csv")
    lines += _refunds(answer["rows"])
    lines += ["", answer["basis"], "A comparison with the register, not legal advice."]
    return "\n".join(lines)
