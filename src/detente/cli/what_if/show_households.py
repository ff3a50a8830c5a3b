"""Households and revenue, for a person to read."""

from __future__ import annotations

from decimal import Decimal

from detente._shapes import TYPE_CHECKING
from detente.cli.show_rests import rests_on
from detente.cli.wrapped import wrapped
from detente.core.figures import percent
from detente.core.tables.printing import lined_up

if TYPE_CHECKING:
    from detente.answers.impact import Households, Revenue

INDUSTRIES = 8


def show_households(answer: Households) -> str:
    """The price level, a row a decile, published pass-through, and exposed industries."""
    question, rise = answer["question"], answer["rise"]
    head = (
        f"{question['from']} to {question['to_date']}: the average duty on goods of China rises by "
        f"{percent(rise['CN'], 2)} of value, of all others by {percent(rise['others'], 2)}; with "
        f"a pass-through of {question['pass_through']} the price level of consumption rises by "
        f"{percent(answer['price_level'], 2)} through direct imports alone."
    )
    rows = [["decile", "dollars", "of income", "of spending"]]
    for row in answer["deciles"]:
        shares = [percent(row[key], 2) for key in ("share_of_income", "share_of_spending")]
        rows.append([row["decile"], row["cost"], *shares])
    stages = [["stage", "share", "study"]]
    for each in answer["pass_through"]:
        ends = f" ({each['low']} to {each['high']})" if each["low"] else ""
        stages.append([each["stage"], f"{each['share']}{ends}", f"{each['study']}, {each['day']}"])
    exposed = [["Chinese inputs of output", "cost", "industry"]]
    for industry in answer["industries"][:INDUSTRIES]:
        figures = [percent(industry[key], 2) for key in ("chinese_inputs", "cost_of_output")]
        exposed.append([*figures, industry["name"]])
    parts = [
        wrapped(head, ""),
        lined_up(rows),
        f"The first decile bears {answer['regressivity']} times the last one's share of income.",
        lined_up(stages),
        lined_up(exposed),
        "\n".join(wrapped(note, "", "- ") for note in answer["notes"]),
        rests_on(answer),
    ]
    return "\n\n".join(part for part in parts if part)


def show_revenue(answer: Revenue) -> str:
    """A row a year."""
    rows = [
        [
            "year",
            "imports, bn",
            "statutory",
            "claimed",
            "collected",
            "net of offset",
            "each household",
        ]
    ]
    for row in answer["years"]:
        amounts = [
            _billions(row[key]) for key in ("statutory", "claimed", "collected", "net_of_offset")
        ]
        rows.append([row["year"], _billions(row["imports"]), *amounts, f"${row['per_household']}"])
    parts = [
        "Duty of a calendar year, billion dollars",
        lined_up(rows),
        "\n".join(wrapped(note, "", "- ") for note in answer["notes"]),
        rests_on(answer),
    ]
    return "\n\n".join(part for part in parts if part)


def _billions(dollars: str | None) -> str:
    return "-" if dollars is None else f"{Decimal(dollars) / 10**9:.1f}"
