"""Published estimates beside ours: definition, source, the command that gives ours, gap and cause.

    gap = ours - published;  of a range, the distance to its nearer end, and 0 inside it

What is published is in `scoreboard.tsv`; by which commands ours are computed, and why they differ,
in `scoreboard-asked.tsv`; which part of a cause is measured by asking otherwise, in
`scoreboard-measured.tsv`; what all came to when they were last run, in `scoreboard-ours.tsv`, which
`tools/scoreboard.py` writes and a test computes again. A cause without a measured part is
reasoning, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from detente._shapes import TYPE_CHECKING, NamedTuple
from detente.impact.accounts.sheets import built_in_rows
from detente.impact.errors import ImpactError

if TYPE_CHECKING:
    from typing import Any, TypedDict

    from detente.answers.models import EstimateBeside, Scoreboard

    class MeasuredPart(TypedDict):
        """A part of a cause that was measured: what, what it came to, and by which commands."""

        what: str
        of: Ours
        commands: list[str]


BETWEEN = " ;; "
RANGE = "|"
STEP = "/"
"""Between the id of a row and the number of what is measured of its cause."""


class Ours(NamedTuple):
    """What a row came to: one figure, or two ends."""

    low: float
    high: float


def scoreboard(*, all_: bool = False) -> Scoreboard:
    """The rows under the keys of the interface, those with a figure of ours first asked for.

    Args:
        all_: whether published estimates that nothing is set beside are shown too.
    """
    stated = {row["id"]: row for row in built_in_rows("scoreboard-asked")}
    ours = {
        row["id"]: Ours(float(row["low"]), float(row["high"]))
        for row in built_in_rows("scoreboard-ours")
    }
    measured = _measured(ours)
    rows = []
    for row in built_in_rows("scoreboard"):
        own, found = stated.get(row["id"]), ours.get(row["id"])
        if own is None and not all_:
            continue
        rows.append(_row(row, own, found, measured.get(row["id"], [])))
    beside = sum(row["ours"] is not None for row in rows)
    return {"rows": rows, "beside": beside, "notes": [NOTE]}


NOTE = (
    "Nothing here is tuned to match. Ours answer the question of the command in the row, which is "
    "seldom the same question as the study's: the cause of the gap says where the two part."
)


def _row(
    row: Mapping[str, str],
    own: Mapping[str, str] | None,
    found: Ours | None,
    measured: list[MeasuredPart],
) -> EstimateBeside:
    published = own["value"] if own and own["value"] else row["value"]
    return {
        "id": row["id"],
        "study": row["study"],
        "day": row["day"],
        "figure": row["figure"],
        "definition": row["definition"],
        "window": row["window"],
        "published": published,
        "unit": own["unit"] if own else row["unit"],
        "ours": None if found is None else ours_text(found),
        "gap": None if found is None else f"{gap(float(published), found):.3g}",
        "why": own["why"] if own else "nothing in hand answers this",
        "measured": [
            {
                "what": each["what"],
                "commands": each["commands"],
                "gap": f"{gap(float(published), each['of']):.3g}",
                "ours": ours_text(each["of"]),
            }
            for each in measured
        ],
        "cause": "measured in part" if measured else "reasoning" if own else None,
        "commands": [f"detente {each}" for each in own["commands"].split(BETWEEN)] if own else [],
        "source": row["source"],
        "grade": row["grade"],
    }


def measured_rows() -> list[dict[str, str]]:
    """What is measured of causes, each with a key of its own: ``fgkk-net/2``."""
    counts: dict[str, int] = {}
    rows = []
    for row in built_in_rows("scoreboard-measured"):
        counts[row["id"]] = counts.get(row["id"], 0) + 1
        rows.append({**row, "key": f"{row['id']}{STEP}{counts[row['id']]}"})
    return rows


def _measured(ours: Mapping[str, Ours]) -> dict[str, list[MeasuredPart]]:
    """What is measured of causes by the row that they are of, as far as it has been run."""
    found: dict[str, list[MeasuredPart]] = {}
    for row in measured_rows():
        if row["key"] in ours:
            described: MeasuredPart = {
                "what": row["what"],
                "of": ours[row["key"]],
                "commands": [f"detente {each}" for each in row["commands"].split(BETWEEN)],
            }
            found.setdefault(row["id"], []).append(described)
    return found


def ours_text(found: Ours) -> str:
    """A figure to three digits, or both ends of a range."""
    if found.low == found.high:
        return f"{found.low:.3g}"
    return f"{found.low:.3g} to {found.high:.3g}"


def gap(published: float, found: Ours) -> float:
    """Ours less what is published; of a range the distance to its nearer end, 0 inside."""
    if found.low <= published <= found.high:
        return 0.0
    return found.low - published if published < found.low else found.high - published


def compute(own: Mapping[str, str], run: Callable[[str], Any]) -> Ours:
    """What a row comes to.

    Args:
        own: the row of what is asked.
        run: gives the JSON answer of a command line.

    Raises:
        ImpactError: a term of the row cannot be read, or leads to nothing.
    """
    answers = [run(command) for command in own["commands"].split(BETWEEN)]
    low = high = 0.0
    for term in own["take"].split():
        factor, _, where = term.partition("@")
        ends = [float(end) for path in where.split(RANGE) for end in _reached(answers, path)]
        first, last = sorted((float(factor) * min(ends), float(factor) * max(ends)))
        low, high = low + first, high + last
    return Ours(low, high)


def _reached(answers: Sequence[Any], path: str) -> list[str]:
    """The figures that a path leads to: ``2:series.0.claimed`` in the second answer."""
    number, _, steps = path.partition(":")
    found: Any = answers[int(number) - 1]
    for step in steps.split("."):
        if isinstance(found, list):
            found = (
                found[int(step)]
                if step.isdigit()
                else next((each for each in found if each.get("origin") == step), None)
            )
        else:
            found = found.get(step)
        if found is None:
            raise ImpactError(f"{path}: the answer has nothing at {step}")
    return found if isinstance(found, list) else [found]
