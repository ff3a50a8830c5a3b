"""Averages in layers or of several partners, for a person to read."""

from __future__ import annotations

from decimal import Decimal

from detente._shapes import TYPE_CHECKING
from detente.cli.show_rests import rests_on
from detente.cli.wrapped import wrapped
from detente.core.figures import percent
from detente.core.tables.printing import lined_up

if TYPE_CHECKING:
    from detente.answers.average import AveragePoint, AverageQuestionRow, OneAverage

PARTNERS = 6
STEPS = {
    "parts": "parts of vehicles",
    "contents": "contents of metals",
    "exclusion": "exclusions",
    "preference": "preferences",
    "usmca": "USMCA claims",
}
ROWS = 60


def show_layers(answer: OneAverage) -> str:
    """The rows as a table, then what each step changes, the partners, and notes."""
    question = answer["question"]
    whose = (
        "goods of all partners" if question["origin"] == "all" else f"goods of {question['origin']}"
    )
    known = f", as known on {question['known_on']}" if question["known_on"] else ""
    parts = [
        f"Average duty of {question['destination']} on {whose}{known}, in percent of customs value",
        wrapped(_weighed(answer), ""),
        _table(answer["series"], question),
        _steps(answer["series"], question),
        "\n".join(wrapped(note, "", "- ") for note in answer["notes"]),
        rests_on(answer),
    ]
    return "\n\n".join(part for part in parts if part)


def _weighed(answer: OneAverage) -> str:
    """What weighs, and the heaviest partners."""
    weighting, partners = answer["weighting"], answer["partners"]
    text = f"Weights {answer['weights']}: {weighting['title']}; ${Decimal(weighting['value']):,}"
    if len(partners) > 1:
        heavy = ", ".join(
            f"{each['origin']} {percent(each['share'], 1)}" for each in partners[:PARTNERS]
        )
        more = len(partners) - PARTNERS
        text += f" of {len(partners)} partners: {heavy}{f' and {more} more' if more > 0 else ''}"
    return f"{text}."


def _table(series: list[AveragePoint], query: AverageQuestionRow) -> str:
    by = query["by"]
    layers = _layers(series, query)
    families = [] if by else _families(series)
    head = ["from", *([by] if by else []), "statutory", *layers]
    head += [f"{name}*" for name in families]
    rows = [[*head, "covered"]]
    for row in series[-ROWS:]:
        kinds = {"origin": row["origin"], "family": row["family"], "hs2": row["hs2"]}
        cells = [row["on"], *([str(kinds[by])] if by else []), _percent(row["average"])]
        of = {"claimed": row["claimed"], "collected": row["collected"], "tracker": row["tracker"]}
        cells += [_percent(of[name]) for name in layers]
        cells += [_percent((row["by_family"] or {}).get(name, "0")) for name in families]
        rows.append([*cells, _percent(row["covered_share"])])
    text = lined_up(rows)
    if families:
        text += "\n* of the statutory rate"
    if len(series) > ROWS:
        text += f"\nthe last {ROWS} of {len(series)} rows; -o FILE.csv writes all, --json shows all"
    return text


def _layers(series: list[AveragePoint], query: AverageQuestionRow) -> list[str]:
    """Columns of layers beside the statutory one: those asked for, and what is published."""
    found = ["claimed"] if query["layer"] != "statutory" else []
    if query["layer"] in ("collected", "all") and query["by"] != "family":
        found.append("collected")
    return found + (["tracker"] if any(row["tracker"] is not None for row in series) else [])


def _families(series: list[AveragePoint]) -> list[str]:
    found = list(dict.fromkeys(name for row in series for name in row["by_family"] or ()))
    return sorted(found, key=lambda name: name != "base")


def _steps(series: list[AveragePoint], query: AverageQuestionRow) -> str:
    """From the statutory to the claimed rate on the last row, in points."""
    last = next((row for row in reversed(series) if row["steps"]), None)
    if last is None or query["by"]:
        return ""
    lines = [f"From statutory to claimed on {last['on']}, in points:"]
    rows = []
    for step in last["steps"] or ():
        described = ", ".join(f"{name} {_points(part)}" for name, part in step["by_family"].items())
        rows.append([f"  {STEPS[step['step']]}", _points(step["change"]), described])
    lines.append(lined_up(rows))
    if last["gap"] is not None:
        lines.append(
            f"From claimed to collected ({last['collected_of']}): {_points(last['gap'])} points"
        )
    return "\n".join(lines)


def _percent(share: str | None) -> str:
    return "-" if share is None else percent(share, 2).removesuffix("%")


def _points(share: str) -> str:
    points = Decimal(share) * 100
    return f"{points:+.2f}"
