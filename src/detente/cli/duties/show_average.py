"""An average for a person to read: steps, what each family adds, and what was left out."""

from __future__ import annotations

from decimal import Decimal

from detente._shapes import TYPE_CHECKING
from detente.cli.show_rests import rests_on
from detente.cli.wrapped import wrapped
from detente.core.figures import counted, percent
from detente.core.tables.printing import lined_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.answers.average import Average, AveragePoint, LeftOut, OneAverage, Weighting

NAMED = 5
"""At most this many codes that are left out are named for one cause; the JSON has all."""


def show_average(answer: Average) -> str:
    """The series as a table, then the weights, what is not matched, and notes; of both sides."""
    if answer["question"]["layer"]:
        from detente.cli.duties.show_layers import show_layers

        return show_layers(answer)
    parts = [_side(answer)]
    if answer["other_side"]:
        parts.append(_side(answer["other_side"]))
    return "\n\n".join(parts)


def _side(answer: OneAverage) -> str:
    question, weighting = answer["question"], answer["weighting"]
    known = f", as known on {question['known_on']}" if question["known_on"] else ""
    parts = [
        f"Average duty of {question['destination']} on goods of {question['origin']}{known}, in "
        "percent of customs value",
        wrapped(_weighed(answer), ""),
        _averaged(answer),
        _table(answer["series"], question["band"]),
        _left_out(answer),
    ]
    parts += [wrapped(note, "", "- ") for note in _about(weighting)]
    parts += [wrapped(note, "", "- ") for note in answer["notes"]]
    return "\n\n".join(
        part for part in (*parts[:5], "\n".join(parts[5:]), rests_on(answer)) if part
    )


def _weighed(answer: OneAverage) -> str:
    """What weighs, by which rule, and how much it is in all."""
    weighting = answer["weighting"]
    codes = counted(weighting["lines"], "code")
    return (
        f"Weights {answer['weights']}: {weighting['title']}; {weighting['rule']}. In all "
        f"${Decimal(weighting['value']):,} under {codes}."
    )


def _averaged(answer: OneAverage) -> str:
    """What is averaged, where it is not all duties."""
    return wrapped(f"Averaged: {answer['averaged']}.", "") if answer["averaged"] else ""


def _table(series: list[AveragePoint], band: str | None) -> str:
    """One line a point; a column for every family that charges on some day."""
    families = list(dict.fromkeys(name for point in series for name in point["by_family"] or ()))
    families.sort(key=lambda name: name != "base")
    refunds = any(point["refundable"] not in ("0", None) for point in series)
    head = ["from", "average"]
    head += [f"at {band}"] if band else []
    ends = any(point["average_high"] is not None for point in series)
    head += ["high end"] if ends else []
    head += [
        *families,
        *(["refundable"] if refunds else []),
        "covered",
        *(["mixed"] if ends else []),
    ]
    rows = [head]
    for point in series:
        row = [point["on"], _percent(point["average"])]
        row += [_percent(point["average_low"])] if band else []
        row += [_percent(point["average_high"])] if ends else []
        row += [_percent((point["by_family"] or {}).get(name, "0")) for name in families]
        row += [_percent(point["refundable"])] if refunds else []
        row += [_percent(point["covered_share"])]
        rows.append([*row, *([_percent(point["mixed_share"])] if ends else [])])
    return lined_up(rows)


def _percent(share: str | None) -> str:
    """Two decimals, as averages are published; the sign of percent stands in no cell."""
    return "-" if share is None else percent(share, 2).removesuffix("%")


def _left_out(answer: OneAverage) -> str:
    """Codes that have no line or no rate, with what they weigh and why."""
    one_day = answer["question"]["from"] == answer["question"]["to_date"]
    open_ = "Without a rate" if one_day else "Without a rate on some of the days"
    parts = [
        _listed(f"{words}, and so not in the average", rows)
        for words, rows in (("Not matched", answer["unmatched"]), (open_, answer["unresolved"]))
    ]
    return "\n\n".join(part for part in parts if part)


def _listed(words: str, rows: Sequence[LeftOut]) -> str:
    """The heaviest of some codes, and what the others weigh together; "" where there are none."""
    if not rows:
        return ""
    lines = [f"{words}: {len(rows)}"]
    for row in rows[:NAMED]:
        lines.append(wrapped(f"${Decimal(row['value']):,}  {row['why']}", "  ", f"{row['code']}  "))
    if len(rows) > NAMED:
        rest = sum(Decimal(row["value"]) for row in rows[NAMED:])
        lines.append(f"  and {len(rows) - NAMED} more, ${rest:,} (--json shows all)")
    return "\n".join(lines)


def _about(weighting: Weighting) -> list[str]:
    """How codes were followed and rates that are not ad valorem were turned into shares."""
    notes = [
        f"{_percent(share)}% of the weight is placed {how}."
        for how, share in (weighting["remapped"] or {}).items()
    ]
    equivalents = weighting["ad_valorem_equivalents"]
    if equivalents and equivalents["share"] != "0":
        notes.append(
            f"{_percent(equivalents['share'])}% of the weight has a rate that is not ad valorem: "
            f"{equivalents['rule']}."
        )
    return notes
