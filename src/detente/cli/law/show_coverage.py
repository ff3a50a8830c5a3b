"""How much of chapter 99 is modelled, for a person to read."""

from __future__ import annotations

from itertools import groupby

from detente._shapes import TYPE_CHECKING
from detente.cli.wrapped import width

if TYPE_CHECKING:
    from detente.answers.models import HeadingCounts, RegisterCoverage


def show_coverage(answer: RegisterCoverage) -> str:
    """Counts by record and by reason, what is in neither list, rate texts, and the sums."""
    parts = [
        f"Chapter 99 of {answer['edition']}",
        _counted("Modelled in", [row["measure"] for row in answer["headings"] if row["measure"]]),
        _counted(
            "Listed as not modelled", [row["gap"] for row in answer["headings"] if row["gap"]]
        ),
        _missing(answer["unmodelled"]),
        _rates(answer["rate_texts"]),
        "\n".join(_sum(part, count) for part, count in reversed(answer["counts"].items())),
    ]
    return "\n\n".join(part for part in parts if part)


def _counted(title: str, names: list[str]) -> str:
    if not names:
        return ""
    rows = [f"  {len(list(same)):>5}  {name}" for name, same in groupby(sorted(names))]
    return "\n".join([f"{title}:", *rows])


def _rates(forms: dict[str, int]) -> str:
    """How many rate texts there are, and in which forms they are read."""
    unread = forms.get("unparsed", 0)
    rows = [f"  {count:>5}  {form}" for form, count in forms.items()]
    first = f"{sum(forms.values())} rate texts of chapters 1 to 97, {unread} without a form:"
    return "\n".join([first, *rows])


def _missing(headings: list[str]) -> str:
    """Headings in neither list, a line for each group of six digits."""
    if not headings:
        return ""
    rows = ["In neither:"]
    for group, same in groupby(headings, key=lambda heading: heading[: len("9903.01")]):
        last = [heading[len(group) :] for heading in same]
        shown = f"  {group}  {' '.join(last)}"
        rows.append(
            shown
            if len(shown) <= width()
            else f"  {group}  {last[0]} … {last[-1]}, {len(last)} headings"
        )
    return "\n".join(rows)


def _sum(part: str, count: HeadingCounts) -> str:
    where = "9903" if part == "9903" else "the other subchapters"
    return (
        f"{count['modelled']} of {count['headings']} headings of {where} modelled, "
        f"{count['not_modelled']} listed as not modelled, {count['unmodelled']} unmodelled"
    )
