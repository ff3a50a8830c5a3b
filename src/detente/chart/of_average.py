"""Which chart an average is: by layer, both directions, or one direction by family."""

from __future__ import annotations

from detente._shapes import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.answers.average import Average
    from detente.chart.vega import Chart
    from detente.register.book import Register


def chart_of_average(register: Register, answer: Average) -> Chart:
    """A Vega-Lite dictionary of an answer of `detente average` over several days.

    Raises:
        ValueError: the answer has no figure.
    """
    if answer["question"]["layer"]:
        from detente.chart.layers import layers_chart

        return layers_chart(answer)
    if answer["other_side"]:
        from detente.chart.both_sides import Mark, averages_chart
        from detente.register.views.turning import turning_points

        question = answer["question"]
        found = turning_points(
            register, question["from"], question["to_date"], question["known_on"]
        )
        marks = [Mark(point.on, point.title) for point in found]
        return averages_chart(answer, answer["other_side"], marks)
    from detente.chart.average import average_chart

    names = sorted(register.families, key=lambda name: -register.families[name][1])
    titles = {name: register.families[name][0] for name in names}
    return average_chart(answer, titles)
