"""Agreement with another's rates for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import wrapped
from detente.core.figures import counted, percent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from detente.answers.tables import CauseCells, FamilyAgreement, RatesAgreement

WORDS = {
    "ours": "ours is right",
    "theirs": "theirs is right",
    "neither": "neither is a rate",
    "question": "hangs on a fact",
}
LISTED = 12
"""Unexplained cells that are printed; a file has all."""

DECIMALS = 3


def show(answer: RatesAgreement, reasons: bool = False) -> str:
    """The comparison as text: totals, families, origins, causes, and cells without a cause.

    Args:
        answer: an answer under the keys of the interface.
        reasons: also what each cause says, with its sources.
    """
    parts = [
        _head(answer),
        _table("By family:", _by("family", answer["rows"])),
        _table("By origin:", _by("origin", answer["rows"])),
        _causes(answer["causes"], reasons),
        _unexplained(answer),
        "\n".join(wrapped(note, "  ", "! ") for note in answer["notes"]),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(answer: RatesAgreement) -> str:
    totals, days = answer["totals"], answer["on"]
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}, {len(days)} days"
    lines, rates = counted(totals["lines"], "line"), counted(totals["cells"], "rate")
    words = f"{answer['peer']}, {when}: {lines}, {rates}."
    return "\n".join(
        (
            words,
            f"  agree{percent(totals['agreement'], DECIMALS):>20}",
            f"  with causes{percent(totals['agreement_with_causes'], DECIMALS):>14}",
            f"  unexplained{totals['unexplained']:>14,}",
        )
    )


def _by(key: Literal["family", "origin"], rows: Iterable[FamilyAgreement]) -> dict[str, list[int]]:
    """Cells, equal, explained and unexplained by a key."""
    found: dict[str, list[int]] = {}
    for row in rows:
        sums = found.setdefault(row[key], [0, 0, 0, 0])
        counts = (row["cells"], row["equal"], row["explained"], row["unexplained"])
        for place, count in enumerate(counts):
            sums[place] += count
    return found


def _table(head: str, rows: dict[str, list[int]]) -> str:
    lines = [head, f"  {'':<18}{'rates':>10}{'agree':>10}{'with causes':>13}{'unexplained':>13}"]
    for name, (cells, equal, explained, open_cells) in rows.items():
        shares = (equal / cells, (equal + explained) / cells)
        agree, after = (percent(share, DECIMALS) for share in shares)
        lines.append(f"  {name:<18}{cells:>10,}{agree:>10}{after:>13}{open_cells:>13,}")
    return "\n".join(lines)


def _causes(causes: list[CauseCells], reasons: bool) -> str:
    if not causes:
        return ""
    lines = ["Causes:"]
    for cause in causes:
        count = sum(cause["cells"].values())
        words = f"{cause['title']} ({WORDS[cause['right']]})"
        lines.append(wrapped(words, "  ", f"{count:>8,}  "))
        if reasons:
            words = f"{cause['why']} ({'; '.join(cause['sources'])})"
            lines.append(wrapped(words, " " * 12))
    return "\n".join(lines)


def _unexplained(answer: RatesAgreement) -> str:
    cells, many = answer["unexplained"], answer["totals"]["unexplained"]
    if not cells:
        return ""
    lines = ["Without a cause:"]
    for cell in cells[:LISTED]:
        theirs, ours = percent(cell["theirs"]), percent(cell["ours"])
        lines.append(
            f"  {cell['code']}  {cell['origin']}  {cell['on']}  {cell['family']:<6} "
            f"theirs {theirs}, ours {ours} ({cell['status']})"
        )
    if many > LISTED:
        lines.append(f"  … {many - LISTED:,} more: -o FILE writes all of them")
    return "\n".join(lines)
