"""A tree of scenarios, for a person to read."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING
from detente.cli.what_if.show_scenario import CLOSING
from detente.cli.wrapped import wrapped
from detente.core.figures import dollars, percent

if TYPE_CHECKING:
    from detente.answers.comparisons import TreeAnswer
    from detente.questions.request import QuestionRequest


def show_tree(answer: TreeAnswer) -> str:
    """Branches, the duty by day of arrival, and what arriving before is worth."""
    parts = [
        wrapped(f"{answer['name']}: {answer['note']}" if answer["note"] else answer["name"], ""),
        _shipment(answer),
        "\n".join(["Branches, with the probabilities of the file:", *_ways(answer)]),
        _distribution(answer),
        _break_even(answer),
        _draws(answer),
        "\n".join(wrapped(note, "") for note in answer["notes"]),
        CLOSING,
    ]
    return "\n\n".join(part for part in parts if part)


def _shipment(answer: TreeAnswer) -> str:
    entry_value = f", {dollars(answer['value'])}" if answer["value"] else ""
    return wrapped(f"Shipment: {'; '.join(answer['shipment'])}{entry_value}", "")


def _ways(answer: TreeAnswer) -> list[str]:
    rows = answer["probabilities"]["ways"]
    width = max(len(row["way"]) for row in rows) + 2
    return [
        f"  {row['way']:<{width}}{' x '.join(row['given'])} = {percent(row['joint'])}"
        for row in rows
    ]


def _cell(text: str | None, answer: TreeAnswer) -> str:
    if text is None:
        return "not known"
    return percent(text) if answer["unit"] != "dollars" else dollars(text)


def _distribution(answer: TreeAnswer) -> str:
    lines = [f"{'arrives':<12}{'expected':>14}{'p90':>14}{'lowest':>14}{'highest':>14}"]
    for row in answer["distribution"]:
        cells = [_cell(row[key], answer) for key in ("expected", "p90", "lowest", "highest")]
        lines.append(f"{row['arrive']:<12}" + "".join(f"{cell:>14}" for cell in cells))
    return "\n".join(lines)


def _break_even(answer: TreeAnswer) -> str:
    lines = []
    for row in answer["break_even"]:
        gain = row["value_of_before"]
        lines.append(
            f"Arriving on {row['before']} instead of {row['after']} ({row['days_held']} days held, "
            f"{_cell(row['holding'], answer)}): worth {_cell(gain, answer)}"
        )
        for each in row["branches"]:
            even = (
                f"breaks even at {percent(each['break_even'])}"
                if each["break_even"] is not None
                else each["why"]
            )
            lines.append(f"  {each['branch']} (file: {each['probability']}): {even}")
    return "\n".join(lines)


def _draws(answer: TreeAnswer) -> str:
    drawn = answer["draws"]
    if drawn is None:
        return ""
    lines = [
        wrapped(
            f"{drawn['count']:,} draws, seed {drawn['seed']}; elasticity {drawn['elasticity']}; "
            f"pass-through {drawn['pass_through']}:",
            "",
        ),
        f"{'arrives':<12}{'mean':>14}{'p10':>14}{'p50':>14}{'p90':>14}{'quantity':>12}",
    ]
    for row in drawn["distribution"]:
        cells = [_cell(row[key], answer) for key in ("mean", "p10", "p50", "p90")]
        bought = "" if row["quantity"] is None else percent(row["quantity"])
        lines.append(
            f"{row['arrive']:<12}" + "".join(f"{cell:>14}" for cell in cells) + f"{bought:>12}"
        )
    return "\n".join(lines)


def draw(ask: QuestionRequest, answer: TreeAnswer) -> None:
    """Draw the tree, where that was asked for."""
    if ask.text("chart"):
        from detente.chart.tree import tree_chart
        from detente.cli.pictures import write_chart

        write_chart(ask, "scenario", tree_chart(answer))
