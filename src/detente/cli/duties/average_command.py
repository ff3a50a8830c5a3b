"""``detente average``: the average duty on a country's goods, day by day."""

from __future__ import annotations

from pathlib import Path

from detente._shapes import TYPE_CHECKING
from detente.cli.asking import reply
from detente.cli.options import add_register_options, load_register, pairs, parser, today

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from detente.register.book import Register

EXAMPLES = """  detente average --origin CN --on 2025-11-12
  detente average --origin CN --from 2018-01-01 --to-date 2026-11-10 --chart average.svg
  detente average --origin CN --on 2025-11-12 --band 25%
  detente average --origin CN --on 2025-11-12 --fact steel_value=40% --fact aluminum_value=40%
  detente average --origin VN --from 2025-01-01 --weights mine.csv --json
  detente average --origin US --to CN --from 2018-01-01 --to-date 2026-11-10
  detente average --origin CN --from 2018-01-01 --to-date 2026-11-10 --both --chart both.svg

weights: us-imports-2024 (lines), us-imports-2017-chapters, us-exports-2017-chapters, or a CSV file
in UTF-8 with the columns code (8 or 10 digits; into China also 6) and value (dollars; proportions
alone count). A point stands on the first day and on every day of change. What weighs and has no
line or no rate is listed.

Metal contents that are not given are the whole value, as customs takes them; --band shows the
average with them at a share beside that. More content is more duty on some days and less on others:
the two are contents, not a lower and an upper end.

Goods into China: its ordinary duties are not in the register, so additional duties alone are
averaged, or those and --base; its lists are known at six digits (HS6, derived, not the
announcement's own list), so two ends are shown: average, and average_high with what they leave
open."""


def run(words: list[str]) -> int:
    """Print an average, or the series of its steps."""
    options = parser(
        "average", "The average duty on a country's goods, weighted, on every change.", EXAMPLES
    )
    options.add_argument("--origin", required=True, metavar="CC", help="country of origin")
    options.add_argument("--to", default="US", metavar="CC", help="country of import (default: US)")
    options.add_argument("--from", dest="start", metavar="DAY", help="first day of a series")
    options.add_argument("--to-date", metavar="DAY", help="last day of a series (default: today)")
    options.add_argument("--weights", metavar="NAME|FILE", help="what lines weigh")
    options.add_argument(
        "--fact",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="a fact of every entry; contents in percent",
    )
    options.add_argument(
        "--band",
        metavar="SHARE",
        help="a second average, with metal contents that are not given at a share such as 25%%",
    )
    options.add_argument(
        "--base", metavar="RATE", help="the ordinary duty of all goods into China, such as 8%%"
    )
    options.add_argument(
        "--both", action="store_true", help="the other direction too, by its own weights"
    )
    options.add_argument(
        "--chart", type=Path, metavar="OUT", help="draw it: .svg, .png, .json (Vega-Lite), .csv"
    )
    options.add_argument("--on", metavar="DAY", help="the day of a single average (default: today)")
    add_register_options(options, on="")
    given = options.parse_args(words)
    start, last = _days(given)
    if given.chart is not None:
        from detente.chart.picture import check_target

        check_target(given.chart)
        if start == last:
            raise ValueError(
                "--chart draws steps over days and one day has none: give --from and --to-date"
            )

    from detente.average.answer import HELD, AverageQuestion, answer_average, other_side
    from detente.goods.schedule import Schedule
    from detente.trade.flows import Flows

    register = load_register(given.register, given.scenario, given.reading)
    asked = AverageQuestion(
        origin=given.origin,
        start=start,
        last=last,
        destination=given.to,
        weights=given.weights,
        facts=pairs(given.fact, "a fact"),
        known_on=given.known_on,
        band=given.band,
        base=None if given.both and given.to.upper() == HELD else given.base,
    )
    schedule, flows = Schedule(), Flows()
    back = other_side(register, asked, given.base) if given.both else None
    answer = answer_average(register, schedule, flows, asked)
    if back is not None:
        answer["other_side"] = answer_average(register, schedule, flows, back)
    if given.chart is not None:
        _draw(register, answer, given.chart)
    from detente.cli.duties.show_average import show_average

    reply(answer, given.json, show_average)
    return 0


def _days(given: argparse.Namespace) -> tuple[str, str]:
    """The first and the last day asked for.

    Raises:
        ValueError: one day and a series are asked for at once, or a last day without a first.
    """
    if given.on is not None:
        if given.start is not None or given.to_date is not None:
            raise ValueError("--on asks for one day, --from and --to-date for a series: take one")
        return given.on, given.on
    if given.start is None:
        if given.to_date is not None:
            raise ValueError("--to-date needs --from; for one day, write --on")
        return today(), today()
    return given.start, given.to_date or max(today(), given.start)


def _draw(register: Register, answer: dict[str, Any], target: Path) -> None:
    import sys

    from detente.chart.picture import write_picture

    for warning in write_picture(_chart(register, answer), target):
        print(f"detente average: {warning}", file=sys.stderr)


def _chart(register: Register, answer: dict[str, Any]) -> dict[str, Any]:
    if "other_side" in answer:
        from detente.chart.both_sides import Mark, averages_chart
        from detente.register.views.turning import turning_points

        asked = answer["question"]
        found = turning_points(register, asked["from"], asked["to_date"], asked["known_on"])
        marks = [Mark(point.on, point.title) for point in found]
        return averages_chart(answer, answer["other_side"], marks)
    from detente.chart.average import average_chart

    names = sorted(register.families, key=lambda name: -register.families[name][1])
    titles = {name: register.families[name][0] for name in names}
    return average_chart(answer, titles)
